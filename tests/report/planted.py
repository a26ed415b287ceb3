"""A project in which a protected name stands in every field that holds words, in forms that are drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import quote

from sqlalchemy import Text

from annotate import commands
from annotate.model import Span
from annotate.project import Project
from annotate.store import schema as t
from annotate.vocabulary import Handling, Kind, Primacy, Relation, Shows, SourceType, Stance
from tests.report.flood import take_in

FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda name: name,
    "capitals": str.upper,
    "small": str.lower,
    "taken apart": lambda name: unicodedata.normalize("NFD", name),
    "wide": lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "no-break spaces": lambda name: name.replace(" ", "\u00a0"),
    "hyphens": lambda name: name.replace(" ", "-"),
    "lower line": lambda name: name.lower().replace(" ", "_"),
    "run together": lambda name: name.replace(" ", ""),
    "soft hyphens": lambda name: "\u00ad".join(name),
    "joiners": lambda name: "\u200d".join(name),
    "percent": quote,
    "percent twice": lambda name: quote(quote(name)),
    "address": lambda name: f"https://web.example/2024/https%3A%2F%2Fvalley.example%2F{quote(name)}%2Fsays?a=1&b=2",
    "host": lambda name: f"https://{_host(name.replace(' ', '').lower())}.example/",
    "handle": lambda name: f"@{name.replace(' ', '')}1985",
    "mail": lambda name: f"{name.lower().replace(' ', '.')}@mail.example",
    "possessive": lambda name: f"{name}'s",
    "turned round": lambda name: ", ".join(reversed(name.split(" ", 1))),
    "references": lambda name: "".join(f"&#{ord(sign)};" for sign in name),
    "line end": lambda name: name.replace(" ", "\n"),
}

RECORDS = (t.projects, t.articles, t.events, t.sources, t.annotations, t.claims, t.figures,
           t.attributions, t.links, t.checks, t.tags)  # fmt: skip
_MARKED = ("A claim about {}, made by day.", "At least 40 homes of {} were lost.", "“I saw {} run to the mill.”",
           "Another claim, that {} denies.", "A claim that stays within the team, of {}.")  # fmt: skip


def _host(name: str) -> str:
    name = name.replace("'", "")
    return name if name.isascii() else f"xn--{name.encode('punycode').decode()}"


def planted(project: Project, name: str, aliases: tuple[str, ...], next_form: Callable[[], str]) -> int:
    """Fill an empty project; `next_form` gives the name in some form each time. Returns the protected source's id."""
    sentences = [sentence.format(next_form()) for sentence in _MARKED]
    speaker = next_form()
    text = f"🌊 {next_form()}\n\n" + "\n\n".join([*sentences, f"قال {speaker} نعم.", "The end, said nobody."])
    article = take_in(project, f"{next_form()}.txt", text, title="A title")
    kept = project.read.article(article)
    assert kept is not None
    body = project.read.body(kept.text_id)

    def mark(kind: Kind, words: str) -> int:
        start = body.index(words)
        return commands.mark(project, article, kind, [Span(start, start + len(words))])

    claim, quoted, denied, inner = (mark(Kind.CLAIM, sentences[place]) for place in (0, 2, 3, 4))
    figure = mark(Kind.FIGURE, sentences[1])
    mention = mark(Kind.SOURCE, speaker)
    protected = commands.add_source(project, name, SourceType.WITNESS)
    commands.edit_source(project, protected, aliases=aliases, handling=Handling.PROTECT)
    other = commands.add_source(project, "Water Board", SourceType.COMPANY)
    within = commands.add_source(project, "Harbour Radio", SourceType.MEDIA)
    commands.edit_source(project, within, handling=Handling.INTERNAL)
    commands.set_mention_source(project, mention, protected)
    commands.attribute(project, claim, other, via_id=within)
    commands.attribute(project, quoted, protected)
    commands.attribute(project, denied, protected, stance=Stance.DENIES)
    commands.attribute(project, inner, other)
    commands.edit_annotation(project, inner, handling=Handling.INTERNAL)
    commands.link(project, claim, denied, Relation.CONTRADICTS)
    commands.link(project, inner, denied, Relation.REPEATS)
    event = commands.add_event(project, "Dam failure")
    for annotation in (claim, quoted, denied, figure):
        commands.edit_record(project, annotation, event_id=event)
        commands.add_check(
            project,
            annotation,
            checked_on=date(2024, 6, 6),
            looked_at="x",
            primacy=Primacy.PRIMARY,
            shows=Shows.NEITHER,
        )
    tag = commands.add_tag(project, "Displacement")
    commands.toggle_tag(project, [claim, figure], tag)
    with project.change("Plant") as transaction:
        for table in RECORDS:
            columns = [column.name for column in table.columns if type(column.type) is Text]
            for (row_id,) in transaction.connection.execute(table.select().with_only_columns(table.c.id)).all():
                if table is t.sources and row_id == protected:
                    continue
                for column in columns:
                    transaction.update(table, row_id, **{column: f"a {next_form()} b"})
        transaction.update(t.sources, other, aliases=[f"Friends of {next_form()}"])
    return protected


def unseen(data: bytes, names: tuple[str, ...]) -> Iterator[str]:
    """Names that stand in bytes in whatever form, read as UTF-8 and as UTF-16: there should be none."""
    from html import unescape
    from urllib.parse import unquote

    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "ignore")
        for _ in range(3):
            text = unquote(unescape(text))
        letters = _letters(text)
        yield from (f"{name} ({encoding})" for name in names if _letters(name) in letters)
        hosts = [label.encode("ascii", "ignore") for label in text.lower().split("xn--")[1:]]
        decoded = (host.split(b".")[0].split(b"/")[0] for host in hosts)
        for host in decoded:
            try:
                said = host.decode("punycode")
            except UnicodeError:
                continue
            yield from (f"{name} (host)" for name in names if _letters(name) in _letters(said))


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")
