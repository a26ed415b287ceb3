"""What taking in a claims list will do: where each row's claim stands, and which are there already. Only reads.

The list itself becomes an article whose text is its rows, and its bytes are kept like those of any file: so every cell
has a place in the project, and every claim an article. A claim whose words stand in an article is put there. One whose
words stand nowhere gets no span, since no text says them: it belongs to the article that its row names or else to the
list, and keeps its words. Once the article is in the project, taking in the same list again puts the claim there.

The dialog before and the command that writes both ask here, so that they never disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath

from annotate.counted import counted
from annotate.exchange.hand_kept import (
    Entry,
    HandKeptSheet,
    ListColumns,
    QuoteSearch,
    SqueezedText,
    entries_of,
    rows_in,
    squeezed,
)
from annotate.model import Annotation, Article, Span
from annotate.names import name_key
from annotate.same_article import address_key
from annotate.store.queries import Reader
from annotate.vocabulary import Kind

IMPORTER = "claims list"
"""By which texts of lists are told from those of articles."""
_SHORTEST_TITLE = 12
"""Code points of a title that may be a part of another one."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row and what becomes of it."""

    entry: Entry
    article_id: int | None
    """Of the article that its claim will belong to; None for the list itself."""
    text_id: int | None = None
    """The newest text of that article, which the spans are in."""
    spans: tuple[Span, ...] = ()
    """Where its words stand, anchored; none where they stand nowhere."""
    more: int = 0
    """Further articles that have the same words."""
    known_id: int | None = None
    """The claim that it is already, by its words and its place."""
    is_done: bool = False
    """The row was taken in before as it is, and its claim is there."""
    note: str = ""

    @property
    def is_claim(self) -> bool:
        return bool(self.entry.words)


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What will become of a claims list."""

    sheet: HandKeptSheet
    columns: ListColumns
    rows: tuple[PlannedRow, ...]
    list_article_id: int | None = None
    """The article that is this list already, as it is or as it was."""

    @property
    def found(self) -> int:
        """Rows whose words stand in an article."""
        return sum(bool(row.spans) for row in self.rows)

    @property
    def articles(self) -> int:
        return len({row.article_id for row in self.rows if row.spans})

    @property
    def without_place(self) -> int:
        return sum(row.is_claim and not row.spans for row in self.rows)

    @property
    def without_claim(self) -> int:
        return sum(not row.is_claim for row in self.rows)

    @property
    def done(self) -> int:
        """Rows that are in the project already; nothing becomes of them."""
        return sum(row.is_done for row in self.rows)

    @property
    def ambiguous(self) -> int:
        return sum(bool(row.more) for row in self.rows)

    @property
    def sentence(self) -> str:
        """ "212 rows: 180 quotes found in 14 articles, 32 without a place."."""
        said = [f"{counted(self.found, 'quote')} found in {counted(self.articles, 'article')}"]
        if self.without_place:
            said.append(f"{self.without_place:,} without a place")
        if self.without_claim:
            said.append(f"{self.without_claim:,} without a claim")
        if self.done:
            said.append(f"{self.done:,} in the project already")
        return f"{counted(len(self.rows), 'row')}: {', '.join(said)}."


def plan_list(
    reader: Reader, sheet: HandKeptSheet, columns: ListColumns, progress: Callable[[int, int], bool] | None = None
) -> ListPlan | None:
    """Look for the quotes of a list in all articles outside the bin, and for what is there already.

    `progress` is told the articles looked through and their number; where it answers False, there is no plan.
    """
    entries = entries_of(sheet, columns)
    importers = {text.id: text.importer for text in reader.texts()}
    everything = reader.articles()
    lists = [article for article in everything if importers[article.text_id] == IMPORTER]
    articles = [article for article in everything if importers[article.text_id] != IMPORTER]
    named = _Named(reader, articles)
    nowhere = _Meant((), None)
    meant = [named.by(entry) if entry.words else nowhere for entry in entries]
    wanted = [one.article_ids for one in meant]
    found = _found(reader, articles, entries, wanted, progress or (lambda _done, _total: True))
    if found is None:
        return None
    of_article = {article.id: article for article in articles}
    known = _Known(reader, lists)
    rows = []
    for number, entry in enumerate(entries):
        article_id, spans, more = found.get(number, (meant[number].surely, (), 0))
        article = None if article_id is None else of_article[article_id]
        note = _note(entry, article, article_id in wanted[number])
        text_id = None if article is None else article.text_id
        row = PlannedRow(entry, article_id, text_id, spans, more, note=note)
        rows.append(known.of(row) if entry.words else replace(row, is_done=known.has_row(entry)))
    return ListPlan(sheet, columns, tuple(rows), _same_list(reader, lists, sheet))


def _found(
    reader: Reader,
    articles: Sequence[Article],
    entries: Sequence[Entry],
    wanted: Sequence[Sequence[int]],
    progress: Callable[[int, int], bool],
) -> dict[int, tuple[int, tuple[Span, ...], int]] | None:
    """For the rows whose words stand somewhere: the article, the spans, and how many further articles have them.

    The articles that a row names come first, then all in the order of their import.
    """
    search = QuoteSearch((number, entry.words) for number, entry in enumerate(entries) if entry.words)
    of_article: dict[int, list[int]] = defaultdict(list)
    for number, article_ids in enumerate(wanted):
        for article_id in article_ids:
            of_article[article_id].append(number)
    best: dict[int, tuple[int, tuple[Span, ...]]] = {}
    times: dict[int, int] = defaultdict(int)
    for done, article in enumerate(articles):
        if not progress(done, len(articles)):
            return None
        body = reader.body(article.text_id)
        there = search.found_in(body)
        if missing := [number for number in of_article[article.id] if number not in there]:
            text = SqueezedText(body)  # of an article that the row names, also words that stand in many
            there |= {number: spans for number in missing if (spans := text.find(entries[number].words))}
        for number, spans in there.items():
            times[number] += 1
            is_first = number not in best
            if is_first or _rank(article.id, wanted[number]) < _rank(best[number][0], wanted[number]):
                best[number] = article.id, spans
    progress(len(articles), len(articles))
    named = {number for number, (article_id, _) in best.items() if article_id in wanted[number]}
    return {
        number: (article_id, spans, 0 if number in named else times[number] - 1)
        for number, (article_id, spans) in best.items()
    }


def _rank(article_id: int, wanted: Sequence[int]) -> int:
    return wanted.index(article_id) if article_id in wanted else len(wanted)


@dataclass(frozen=True, slots=True)
class _Meant:
    """The articles that a row may mean, the likeliest first; `surely` is the one that it names without doubt."""

    article_ids: tuple[int, ...]
    surely: int | None


class _Named:
    """Which article a row means by its web address, or by a title, an ID, a file name or an outlet."""

    def __init__(self, reader: Reader, articles: Sequence[Article]) -> None:
        files = {file.id: file.name for file in reader.files()}
        self._ids = {article.label.casefold(): article.id for article in articles}
        self._by_address: dict[str, list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        self._by_file: dict[str, list[int]] = defaultdict(list)
        self._by_outlet: dict[str, list[int]] = defaultdict(list)
        for article in articles:
            for address in dict.fromkeys(filter(None, map(address_key, (article.url, article.archive_url)))):
                self._by_address[address].append(article.id)
            title, outlet = name_key(article.title), name_key(article.outlet or "")
            self._by_title[squeezed(title)].append(article.id)
            if outlet:
                self._by_outlet[outlet].append(article.id)
                for both in (f"{outlet} {title}", f"{title} {outlet}"):
                    self._by_title[squeezed(both)].append(article.id)
            name = files.get(article.file_id or 0, "")
            for file_name in {name, PurePath(name).stem} - {""}:
                self._by_file[name_key(file_name)].append(article.id)
        self._titles = {title: ids for title, ids in self._by_title.items() if len(title) >= _SHORTEST_TITLE}

    def by(self, entry: Entry) -> _Meant:
        """By its web address before its other words; an outlet or a part of a title only says where to look first."""
        sure = list(self._by_address.get(address_key(entry.url), ())) if entry.url else []
        if not entry.article:
            return _Meant(tuple(dict.fromkeys(sure)), next(iter(sure), None))
        key, title = name_key(entry.article), squeezed(entry.article)
        sure += self._by_address.get(address_key(entry.article), ())
        sure += [self._ids[key]] if key in self._ids else []
        sure += chain(self._by_title.get(title, ()), self._by_file.get(key, ()))
        perhaps: list[int] = []
        if not sure and len(title) >= _SHORTEST_TITLE:
            perhaps += chain.from_iterable(ids for own, ids in self._titles.items() if own in title or title in own)
        if not sure and len(set(perhaps)) == 1:
            sure = perhaps
        if not sure:
            perhaps += self._by_outlet.get(key, ())
        return _Meant(tuple(dict.fromkeys((*sure, *perhaps))), next(iter(sure), None))


class _Known:
    """The claims that rows are already, and the rows that were taken in before."""

    def __init__(self, reader: Reader, lists: Sequence[Article]) -> None:
        self._reader = reader
        self._claims: dict[int, list[Annotation]] = {}
        texts = chain.from_iterable(reader.texts(article.id) for article in lists)
        self._rows = frozenset(chain.from_iterable(rows_in(reader.body(text.id)) for text in texts))
        self._in_lists: Mapping[str, Annotation] = {
            squeezed(claim.words): claim
            for article in reversed(lists)
            for claim in reversed(self._of_article(article.id))
            if not claim.spans
        }

    def has_row(self, entry: Entry) -> bool:
        return entry.text in self._rows

    def of(self, row: PlannedRow) -> PlannedRow:
        """The row with the claim that it is already; done where nothing is left to do."""
        is_old = self.has_row(row.entry)
        words = squeezed(row.entry.words)
        there = () if row.article_id is None else self._of_article(row.article_id)
        if row.spans:
            known = next((claim for claim in there if _stands_at(claim, row)), None)
            if known is None and is_old:  # its edges were moved since
                known = next((claim for claim in there if _overlaps(claim, row)), None)
            if known is not None:
                return replace(row, known_id=known.id, is_done=is_old)
        known = next((claim for claim in there if squeezed(claim.words) == words and not claim.spans), None)
        known = known or self._in_lists.get(words)
        if known is None and is_old and not row.spans:  # somebody has put it on words of the article since
            known = next((claim for claim in there if squeezed(claim.words) == words), None)
        if known is None:
            return row
        return replace(row, known_id=known.id, is_done=is_old and not row.spans and not self._moves(known, row))

    def _moves(self, known: Annotation, row: PlannedRow) -> bool:
        """Whether a claim without a place would come to the article that its row names."""
        return row.article_id is not None and known.article_id != row.article_id

    def _of_article(self, article_id: int) -> list[Annotation]:
        if article_id not in self._claims:
            found = self._reader.annotations(self._reader.annotation_ids(article_id))
            self._claims[article_id] = [one for one in found if one.kind is Kind.CLAIM]
        return self._claims[article_id]


def _stands_at(claim: Annotation, row: PlannedRow) -> bool:
    places = [(span.start, span.end) for span in claim.spans]
    return claim.text_id == row.text_id and places == [(span.start, span.end) for span in row.spans]


def _overlaps(claim: Annotation, row: PlannedRow) -> bool:
    return claim.text_id == row.text_id and any(
        own.start < other.end and other.start < own.end for own in claim.spans for other in row.spans
    )


def _same_list(reader: Reader, lists: Iterable[Article], sheet: HandKeptSheet) -> int | None:
    """The article that this list is already: from the same bytes, else from a file of the same name."""
    files = {file.id: file for file in reader.files()}
    of_lists = {article.id: files.get(article.file_id or 0) for article in lists}
    same = [i for i, file in of_lists.items() if file is not None and file.sha256 == sheet.sha256]
    named = [i for i, file in of_lists.items() if file is not None and file.name == sheet.name]
    return next(iter(same or named), None)


def _note(entry: Entry, article: Article | None, is_named: bool) -> str:
    """The note of a row's claim, with the words for the article and the address that are not the article's own."""
    lines = [entry.note] if entry.note else []
    if entry.article and not is_named:
        lines.append(f"{entry.article_heading}: {entry.article}")
    own = () if article is None else (article.url, article.archive_url)
    if entry.url and (not address_key(entry.url) or address_key(entry.url) not in map(address_key, own)):
        lines.append(f"{entry.url_heading}: {entry.url}")
    return "\n".join(lines)
