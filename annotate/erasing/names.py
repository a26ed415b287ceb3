"""Where a name or a title stands in what a project holds, and what stands there instead once it is erased.

The search is the one by which names are kept from being handed on (report/protected_names.py): it finds a name however
it is written, turned round, by initial, in an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from annotate.bare_letters import traced_letters
from annotate.field_labels import field_label
from annotate.model import Source
from annotate.references import Named, label_of
from annotate.report.name_parts import Form, Reach, forms_of, name_words, own_words, whole_names
from annotate.report.protected_names import ProtectedNames
from annotate.row_names import RowNames
from annotate.shortened import shortened
from annotate.store import schema as t
from annotate.store.belonging import Belonging
from annotate.store.queries import Reader
from annotate.store.selective_copy import OF_THE_TEAM, cleaned_value, word_columns

ERASED = "[erased]"

_LEAST_TITLE = 8
"""Bare letters of a title by which it is looked for elsewhere; shorter ones are everyday words."""
_SHOWN = 80
"""Code points of what stands there."""
_LISTS = {"steps": "History", "exports": "Exports", "analysts": "Analysts"}
"""Of which no single row is known by a name."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place where a name stands."""

    record: str
    """ID of the record, or what it is called: C-0004, A-0003, SRC-014, Tag “flood”, "History"."""
    field: str
    """What forms and sheets call it; "Text" for an article's own."""
    words: str
    """What stands there, shortened."""
    table: str
    row_id: int
    column: str = ""


def name_search(source: Source, sources: Iterable[Source], *, parts: bool = True) -> ProtectedNames:
    """Finds a source's names; with `parts`, also parts of a person's name that nobody else in the register has."""
    others = [one for one in sources if one.id != source.id]
    forms = forms_of(source, name_words(others), whole_names(others))
    return ProtectedNames(
        ((form, ERASED) for form in forms if parts or form.reach is not Reach.PART),
        kept=name_words(others),
        words={ERASED: own_words(source)} if parts else {},
    )


def title_search(titles: Iterable[str]) -> ProtectedNames:
    """Finds titles that are long enough to be known by."""
    traced = [one for one in map(traced_letters, titles) if len(one.letters) >= _LEAST_TITLE]
    return ProtectedNames((Form(one.letters, frozenset(one.breaks), Reach.WORD), ERASED) for one in traced)


def cleaning(names: ProtectedNames) -> Callable[[str], str]:
    """What gives texts without the names; what it was asked once is kept, for the journal says most things twice."""
    known: dict[str, str] = {}

    def clean(words: str) -> str:
        if len(words) > 2_000:
            return names.hidden(words)
        if words not in known:
            known[words] = names.hidden(words)
        return known[words]

    return clean


def standing_in_records(reader: Reader, names: ProtectedNames) -> Iterator[Standing]:
    """Where names stand in the words of records as they are now, labels of history among them."""
    rows = RowNames(reader)
    for table in (*t.JOURNALLED.values(), t.analysts, t.steps, t.exports):
        columns = word_columns(table)
        for row in reader.connection.execute(select(table.c.id, *(table.c[name] for name in columns))):
            for name, value in zip(columns, row[1:], strict=True):
                for words in _texts(value):
                    if names.find(words):
                        record = _LISTS.get(table.name) or rows.name(table.name, row[0])
                        said = shortened(words, _SHOWN)
                        yield Standing(record, field_label(table.name, name), said, table.name, row[0], name)


def is_untouched(standing: Standing) -> bool:
    """Whether the words are left as they are although the name stands in them."""
    return standing.table == t.analysts.name or standing.column in OF_THE_TEAM


def standing_in_file_name(path: Path, names: ProtectedNames | None) -> Iterator[Standing]:
    """The name of the project's own file, if a name stands in it."""
    if names is not None and names.find(path.stem):
        yield Standing("Project", "Name of the file", path.name, "", 0)


def standing_in_marks(reader: Reader, names: ProtectedNames) -> Iterator[Standing]:
    """Marks in whose words a name stands."""
    query = select(t.annotations.c.id, t.annotations.c.kind, t.annotations.c.number, t.annotations.c.words)
    for row_id, kind, number, words in reader.connection.execute(query.order_by(t.annotations.c.id)):
        if names.find(words):
            yield Standing(label_of(kind, number), "Words", shortened(words, _SHOWN), t.annotations.name, row_id)


def standing_in_texts(reader: Reader, names: ProtectedNames) -> Iterator[tuple[Standing, int]]:
    """Articles in any version of whose text a name stands, each once, with how often."""
    counts: dict[int, int] = {}
    found: dict[int, str] = {}
    rows = reader.connection.execute(
        select(t.texts.c.article_id, t.texts.c.sha256).order_by(t.texts.c.article_id)
    ).all()
    for article_id, sha256 in rows:
        body = reader.connection.scalar(select(t.text_bodies.c.body).where(t.text_bodies.c.sha256 == sha256))
        hits = names.find(body or "")
        if hits:
            first = hits[0]
            found.setdefault(article_id, shortened((body or "")[max(0, first.start - 30) : first.end + 30], _SHOWN))
            counts[article_id] = max(counts.get(article_id, 0), len(hits))
    for article_id, words in found.items():
        label = label_of(Named.ARTICLE, article_id)
        yield Standing(label, "Text", words, "articles", article_id), counts[article_id]


def remembered_with(reader: Reader, table_name: str, column: str, names: ProtectedNames) -> set[int]:
    """Rows of a table that the journal remembers with a name in a column."""
    found = set()
    for row_id, values in Belonging(reader).remembered(t.metadata.tables[table_name]):
        if row_id not in found and any(names.find(words) for words in _texts(values.get(column))):
            found.add(row_id)
    return found


def _texts(value: object) -> Iterator[str]:
    found: list[str] = []
    cleaned_value(value, lambda words: found.append(words) or words)  # type: ignore[func-returns-value]
    yield from found
