"""What going back to an earlier moment would change, counted and named as an analyst would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotate.called import KINDS
from annotate.counted import counted
from annotate.row_names import RowNames
from annotate.store.differences import Differences
from annotate.store.earlier_rows import Key
from annotate.vocabulary import Kind

_NAMED = 4
"""Records that are named; of more they are counted."""
_MARKS = {Kind.CLAIM: "claim", Kind.FIGURE: "figure", Kind.SOURCE: "mention of a source"}
_RECORDS = frozenset({"annotations", "claims", "figures", "mentions", "spans"})
_PUT_TO = {
    "attributions": ("attribution", "attributions"),
    "links": ("link", "links"),
    "checks": ("check", "checks"),
    "annotation_tags": ("tag on a mark", "tags on marks"),
    "parts": ("part of an article", "parts of articles"),
}
_LISTED = {
    "sources": ("source", "sources"),
    "tags": ("tag of the codebook", "tags of the codebook"),
    "events": ("event", "events"),
}


def told_differences(rows: Differences, names: RowNames) -> Iterator[str]:
    """A sentence a line, without full stops: "3 claims come back", "2 articles come back out of the bin"."""
    names.learn(key for key in rows.touched() if key[0] in _LISTED or key[0] in ("annotations", "articles"))
    said = list(_said(rows, names))
    if rows and not said:  # a file or text alone, say: nothing is ever changed unsaid
        said = [f"{counted(len(set(rows.touched())), 'entry', 'entries')} behind the articles would change"]
    yield from said


def _said(rows: Differences, names: RowNames) -> Iterator[str]:
    yield from _said_of_articles(rows, names)
    yield from _said_of_marks(rows, names)
    for table, (one, several) in _PUT_TO.items():
        for verb, keys in (
            ("comes back", rows.back),
            ("goes, since it was made later", rows.away),
            ("is put back to what it was then", rows.changed),
        ):
            number = sum(not _rides(rows, key) for key in _of(keys, table))
            if number:
                yield f"{counted(number, one, several)} {_verb(verb, number)}"
    for table, (one, several) in _LISTED.items():
        for verb, keys in (
            ("comes back", rows.back),
            ("goes, since it was added later", rows.away),
            ("is put back to what it was then", rows.changed),
        ):
            yield from _line([key for key in keys if key[0] == table], one, several, verb, names)
    if any(key[0] == "projects" for key in rows.changed):
        yield "The project’s details are put back to what they were then"
    judged = sum(key[0] in ("carryings", "suggestions") for key in rows.touched())
    if judged and not any(key[0] in ("texts", "annotations") for key in rows.touched()):
        marks = counted(judged, "judgement", "judgements")
        yield f"{marks} of suggested or moved marks {_verb('is put back to what it was then', judged)}"
    if rows.left_out:
        gone = sorted({_called(names, key) for key in rows.left_out.values()})
        number = len(rows.left_out)
        yield f"{counted(number, 'tie', 'ties')} cannot come back, because {_listed(gone)} is gone"


def _said_of_articles(rows: Differences, names: RowNames) -> Iterator[str]:
    yield from _line(_of(rows.back, "articles"), "article", "articles", "comes back", names)
    yield from _line(_of(rows.away, "articles"), "article", "articles", "goes, since it came in later", names)
    binned: list[Key] = []
    fetched: list[Key] = []
    edited: list[Key] = []
    for key in _of(rows.changed, "articles"):
        then = rows.changed[key][1]
        if "deleted" in then:
            (binned if then["deleted"] else fetched).append(key)
        if set(then) - {"deleted"}:
            edited.append(key)
    yield from _line(fetched, "article", "articles", "comes back out of the bin", names)
    yield from _line(binned, "article", "articles", "goes to the bin again", names)
    yield from _line(edited, "article", "articles", "is put back to what it was then", names)
    moved = {
        ("articles", row["article_id"])
        for rows_of in (rows.back, rows.away)
        for key, row in rows_of.items()
        if key[0] == "texts"
    }
    texts = sorted(key for key in moved if key not in rows.back and key not in rows.away)
    yield from _line(texts, "article", "articles", "gets back the text of then", names)


def _said_of_marks(rows: Differences, names: RowNames) -> Iterator[str]:
    for verb, keys in (("comes back", rows.back), ("goes, since it was marked later", rows.away)):
        by_kind: dict[Kind, list[Key]] = defaultdict(list)
        for key in _of(keys, "annotations"):
            by_kind[KINDS[keys[key]["kind"]]].append(key)
        for kind, found in by_kind.items():
            several = "mentions of sources" if kind is Kind.SOURCE else f"{_MARKS[kind]}s"
            yield from _line(found, _MARKS[kind], several, verb, names)
    touched: set[Key] = set()
    for key in rows.touched():
        if key[0] in _RECORDS:
            row = rows.now.get(key) or rows.back.get(key) or {}
            touched.add(("annotations", int(row.get("annotation_id", key[1]))))
    changed = sorted(key for key in touched if key not in rows.back and key not in rows.away)
    yield from _line(changed, "mark", "marks", "is put back to what it was then", names)


def _rides(rows: Differences, key: Key) -> bool:
    """Whether a row comes or goes with a mark or a text that does, and is not worth a word of its own."""
    values = rows.back.get(key) or rows.away.get(key) or {}
    held = rows.back if key in rows.back else rows.away
    marks = {("annotations", values.get(column)) for column in ("annotation_id", "from_id", "to_id")}
    return any(owner in held for owner in (*marks, ("texts", values.get("text_id"))))


def _of(rows: Iterable[Key], table: str) -> list[Key]:
    return [key for key in rows if key[0] == table]


def _line(keys: list[Key], one: str, several: str, verb: str, names: RowNames) -> Iterator[str]:
    if keys:
        named = f" ({', '.join(_called(names, key) for key in sorted(keys))})" if len(keys) <= _NAMED else ""
        yield f"{counted(len(keys), one, several)}{named} {_verb(verb, len(keys))}"


def _called(names: RowNames, key: Key) -> str:
    name = names.name(*key)
    for before in ("Tag ", "Event ", "File "):
        name = name.removeprefix(before)
    return name


_SEVERAL = {
    "comes": "come",
    "goes": "go",
    "goes,": "go,",
    "is": "are",
    "gets": "get",
}
"""Verbs of one, and of several."""


def _verb(words: str, number: int) -> str:
    """ "comes back" of one, "come back" of several."""
    if number == 1:
        return words
    first, _, rest = words.partition(" ")
    words = " ".join(filter(None, (_SEVERAL[first], rest)))
    for one, several in (("what it was", "what they were"), ("it was", "they were"), ("it came", "they came")):
        words = words.replace(one, several)
    return words.replace("the text of", "the texts of")


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" and more" if len(names) > _NAMED else "")
