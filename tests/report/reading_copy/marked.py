"""Evidence with any text, marks and names, made without a project: what tests of reading copies draw examples from."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from annotate.canonical import canonical
from annotate.model import RECORD_TYPES, Annotation, Article, Claim, Mention, Published, Source, Span, Tag, Text
from annotate.project import Project
from annotate.report.evidence import Evidence, gather
from annotate.vocabulary import ArticleStatus, ArticleType, Handling, Kind, Origin, SourceType

NOW = datetime(2024, 6, 5, 12, tzinfo=UTC)


def empty_evidence(folder: Path) -> Evidence:
    """What a new project in a folder holds."""
    with Project.create(folder / "base.pnote", "Mara Lind", title="Base") as project:
        return gather(project.read, "Mara Lind")


def naughty_strings(shared: Path) -> list[str]:
    """Strings that break programs, in canonical form and none of them blank."""
    file = shared / "hostile" / "strings" / "blns.json"
    if not file.exists():
        pytest.skip("needs the naughty strings in the folder 'shared', which are not there")
    strings: list[str] = json.loads(file.read_text(encoding="utf-8"))
    return [string for string in (canonical(one).text for one in strings) if string.strip()]


def article(number: int, words: str = "", url: str | None = None) -> Article:
    return Article(
        number, uuid4(), 1, None, None, ArticleType.ARTICLE, words or f"Article {number}", True, words or None,
        words or None, Published(words or None), url, url, words or None, words or None, None, None, None, NOW,
        ArticleStatus.UNREAD, "", False, number,
    )  # fmt: skip


def text(number: int, body: str) -> Text:
    return Text(number, uuid4(), 1, number, None, 1, "", len(body), len(body.split()), "test", "1", ())


def annotation(
    number: int, article_id: int, body: str, kind: Kind, spans: Sequence[tuple[int, int]], note: str = ""
) -> Annotation:
    made = tuple(Span(start, end, body[start:end]) for start, end in spans)
    words = " […] ".join(span.exact for span in made)
    return Annotation(
        number, uuid4(), 1, article_id, article_id, kind, number, words, note, Handling.OPEN, Origin.HAND, None, None,
        1, NOW, NOW, made, (), RECORD_TYPES[kind](),
    )  # fmt: skip


def of_text(base: Evidence, body: str, marks: Sequence[tuple[Kind, Sequence[tuple[int, int]]]]) -> Evidence:
    """One article with marks: kind and spans in code points."""
    return replace(
        base,
        articles={1: article(1)},
        texts={1: text(1, body)},
        annotations={
            number: annotation(number, 1, body, kind, spans) for number, (kind, spans) in enumerate(marks, start=1)
        },
        sources={},
        tags={},
        places={},
        carryings={},
        said_of={},
        links_from={},
        links_to={},
        attributions=(),
        checks=(),
    )


def of_names(base: Evidence, words: str) -> Evidence:
    """One article that says `words` everywhere a word can stand: title, details, tag, source, note, marking."""
    body = f"{words}\n\nand a figure"
    mention = annotation(1, 1, body, Kind.SOURCE, [(0, max(1, len(words)))], note=words)
    claim = annotation(2, 1, body, Kind.CLAIM, [(0, len(body))], note=words)
    source = Source(1, uuid4(), 1, 1, words, (), SourceType.MEDIA, words, "", Handling.OPEN, None, "", None, None, "")
    return replace(
        of_text(base, body, []),
        project=replace(base.project, title=words, marking=words),
        analyst=words,
        articles={1: article(1, words, url=words), 2: article(2, words, url=f"https://x.example/{words}")},
        texts={1: text(1, body), 2: text(2, "")},
        annotations={
            1: replace(mention, record=Mention(1), tag_ids=(1,)),
            2: replace(claim, record=Claim(plain_words=words, place=words)),
        },
        sources={1: source},
        tags={1: Tag(1, uuid4(), 1, words, None, words, None, "", 0)},
    )
