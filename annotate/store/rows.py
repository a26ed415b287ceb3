"""Database rows as the records of model.py and steps.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from annotate import model as m
from annotate.steps import Export
from annotate.vocabulary import Kind

Values = Mapping[Any, Any]


def dated(row: Values, prefix: str) -> m.DatedWords:
    return m.DatedWords(
        row[f"{prefix}_words"],
        row[f"{prefix}_on"],
        row[f"{prefix}_until"],
        row[f"{prefix}_precision"],
        row[f"{prefix}_basis"],
    )


def dated_columns(prefix: str, value: m.DatedWords) -> dict[str, Any]:
    return {
        f"{prefix}_words": value.words,
        f"{prefix}_on": value.on,
        f"{prefix}_until": value.until,
        f"{prefix}_precision": value.precision,
        f"{prefix}_basis": value.basis,
    }


def article(row: Values) -> m.Article:
    published = m.Published(row["published_words"], row["published_on"], row["published_precision"])
    same = {name: row[name] for name in _ARTICLE_COLUMNS}
    return m.Article(**same, published=published, text_id=row["text_id"])


_ARTICLE_COLUMNS = tuple(name for name in m.Article.__dataclass_fields__ if name not in ("published", "text_id"))


def claim(row: Values) -> m.Claim:
    same = {name: row[name] for name in _CLAIM_COLUMNS}
    return m.Claim(**same, happened=dated(row, "happened"), said=dated(row, "said"))


_CLAIM_COLUMNS = tuple(name for name in m.Claim.__dataclass_fields__ if name not in ("happened", "said"))


def figure(row: Values) -> m.Figure:
    return m.Figure(**{name: row[name] for name in _FIGURE_COLUMNS}, as_of=dated(row, "as_of"))


_FIGURE_COLUMNS = tuple(name for name in m.Figure.__dataclass_fields__ if name != "as_of")


def mention(row: Values) -> m.Mention:
    return m.Mention(row["source_id"], row["naming"], row["role"])


RECORD_READERS: dict[Kind, Callable[[Values], m.Claim | m.Figure | m.Mention]] = {
    Kind.CLAIM: claim,
    Kind.FIGURE: figure,
    Kind.SOURCE: mention,
}


def record_columns(record: m.Claim | m.Figure | m.Mention) -> dict[str, Any]:
    """A record as columns of its table."""
    columns: dict[str, Any] = {}
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        if isinstance(value, m.DatedWords):
            columns |= dated_columns(name, value)
        else:
            columns[name] = value
    return columns


def annotation(row: Values, record: m.Claim | m.Figure | m.Mention, spans: Any, tag_ids: Any) -> m.Annotation:
    same = {name: row[name] for name in _ANNOTATION_COLUMNS}
    return m.Annotation(**same, spans=tuple(spans), tag_ids=tuple(tag_ids), record=record)


_ANNOTATION_COLUMNS = tuple(
    name for name in m.Annotation.__dataclass_fields__ if name not in ("spans", "tag_ids", "record")
)


def span(row: Values) -> m.Span:
    return m.Span(row["start"], row["end"], row["exact"], row["before"], row["after"])


def source(row: Values) -> m.Source:
    values = {name: row[name] for name in m.Source.__dataclass_fields__}
    return m.Source(**values | {"aliases": tuple(row["aliases"])})


def event(row: Values) -> m.Event:
    happened = dated(row, "happened")
    return m.Event(row["id"], row["uid"], row["revision"], row["name"], happened, row["place"], row["note"])


def text(row: Values) -> m.Text:
    values = {name: row[name] for name in m.Text.__dataclass_fields__}
    return m.Text(**values | {"pages": tuple(row["pages"])})


def suggestion(row: Values) -> m.Suggestion:
    values = {name: row[name] for name in m.Suggestion.__dataclass_fields__}
    return m.Suggestion(**values | {"spans": tuple(m.Span(*span) for span in row["spans"])})


def carrying(row: Values) -> m.Carrying:
    values = {name: row[name] for name in m.Carrying.__dataclass_fields__}
    spans = {name: tuple(m.Span(*span) for span in row[name]) for name in ("old_spans", "spans")}
    return m.Carrying(**values | spans)


T = TypeVar("T", bound="m.Row | Export")


def plain(kind: type[T], row: Values) -> T:
    """A record whose fields are the row's columns of the same names."""
    return kind(**{name: row[name] for name in kind.__dataclass_fields__})
