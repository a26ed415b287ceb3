"""The rows of a claims list as records: every cell goes where its column says, and what has no place into the note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotate.exchange.hand_kept.columns import ListColumns, Role
from annotate.exchange.hand_kept.sheet import HandKeptSheet, SheetRow
from annotate.exchange.hand_kept.words import GENERAL, NOTHING, status_of
from annotate.figures import read_figure
from annotate.importers.columns import folded
from annotate.importers.stated_date import published_in
from annotate.model import DatedWords
from annotate.vocabulary import DateBasis, Finding, Progress

_SEVERAL = re.compile(r"\s*[;\n\u2028|]\s*")
_SEVERAL_TAGS = re.compile(r"\s*[;,\n\u2028|،、]\s*")
_BARE_NUMBER = re.compile(r"[\d.,\s'’٬٫%~≈<>+±–-]*[\d٠-٩][\d.,\s'’٬٫+–-]*")
_BLOCK = re.compile(r"(?:\A|\n\n)(?:Row|Sheet) [^\n]*\n")


@dataclass(frozen=True, slots=True)
class FigureCell:
    """A figure as its cell writes it; `counted` is what the heading of its column says, where the cell does not."""

    words: str
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `words` is empty where it holds no claim: it stays in the text of the list alone."""

    place: str
    words: str
    plain_words: str
    sources: tuple[str, ...]
    figures: tuple[FigureCell, ...]
    article: str
    """The cell that names the article, and the web address; what is found by neither goes into the note."""
    article_heading: str
    url: str
    url_heading: str
    progress: Progress | None
    finding: Finding | None
    said: DatedWords
    tags: tuple[str, ...]
    note: str
    text: str
    """All its cells with their headings, as they stand in the text of the list."""


def entries_of(sheet: HandKeptSheet, columns: ListColumns) -> list[Entry]:
    """The rows of a sheet, in their order, read as `columns` says."""
    return [_entry(sheet, columns, row) for row in sheet.rows]


def list_text(entries: Iterable[Entry], above: Iterable[str] = ()) -> str:
    """The list as one canonical text: what stands above its headings, then a paragraph a row, with its place and a
    line a cell."""
    rows = (f"{entry.place[0].upper()}{entry.place[1:]}\n{entry.text}" for entry in entries)
    return "\n\n".join((*above, *rows)) + "\n"


def rows_in(text: str) -> frozenset[str]:
    """The rows that the text of a list holds, as Entry.text has them: a row may have moved since."""
    return frozenset(block.strip("\n") for block in _BLOCK.split(text) if block.strip())


def _entry(sheet: HandKeptSheet, columns: ListColumns, row: SheetRow) -> Entry:
    cells = {column: cell for column, cell in enumerate(row.cells) if cell}
    named = [(sheet.heading(column), cell) for column, cell in cells.items()]
    kept: list[str] = []

    def keep(column: int) -> None:
        kept.append(f"{sheet.heading(column)}: {cells[column]}")

    words, plain = (_first(cells, columns.of(role)) for role in (Role.CLAIM, Role.PLAIN))
    sources: list[str] = []
    figures: list[FigureCell] = []
    tags: list[str] = []
    notes: list[str] = []
    progress: Progress | None = None
    finding: Finding | None = None
    for column, cell in cells.items():
        role = columns.roles[column] if column < len(columns.roles) else None
        if role is Role.SOURCE:
            found = [name for name in _parts(_SEVERAL, cell) if not _is_nothing(name)]
            sources += found
            if not found:
                keep(column)
        elif role is Role.FIGURE:
            read = [_figure(sheet.heading(column), one) for one in _parts(_SEVERAL, cell) if _has_amount(one)]
            figures += read
            if len(read) < len(_parts(_SEVERAL, cell)):
                keep(column)
        elif role is Role.STATUS:
            progress, finding = status_of(cell)
            if folded(cell) not in {folded(one.label) for one in (progress, finding) if one is not None}:
                keep(column)
        elif role is Role.TAGS:
            tags += [tag.lstrip("#").strip() for tag in _parts(_SEVERAL_TAGS, cell)]
        elif role is Role.NOTE:
            notes.append(cell)
        elif role is None:
            keep(column)
    of_article, of_url = columns.of(Role.ARTICLE), columns.of(Role.URL)
    return Entry(
        place=row.place,
        words=words or plain or "; ".join(figure.words for figure in figures),
        plain_words=plain if words else "",
        sources=tuple(dict.fromkeys(sources)),
        figures=tuple(dict.fromkeys(figures)),
        article=_first(cells, of_article),
        article_heading=sheet.heading(of_article[0]) if of_article else "",
        url=_first(cells, of_url),
        url_heading=sheet.heading(of_url[0]) if of_url else "",
        progress=progress,
        finding=finding,
        said=_said(_first(cells, columns.of(Role.DATE))),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        note="\n".join([*notes, *kept]),
        text="\n".join(f"{heading}: {cell}" for heading, cell in named),
    )


def _first(cells: dict[int, str], columns: Sequence[int]) -> str:
    return next((cells[column] for column in columns if column in cells), "")


def _parts(at: re.Pattern[str], cell: str) -> list[str]:
    return [part for part in at.split(cell) if part.strip()]


def _is_nothing(words: str) -> bool:
    return words.strip().casefold() in NOTHING


def _has_amount(words: str) -> bool:
    return not _is_nothing(words) and read_figure(words).bound is not None


def _figure(heading: str, words: str) -> FigureCell:
    """A bare number is one of what its heading says, unless that only says that it is a number."""
    general = folded(heading).startswith(GENERAL) or heading.startswith("Column ")
    counted = "" if general or not _BARE_NUMBER.fullmatch(words) else heading.casefold()
    return FigureCell(words, counted)


def _said(words: str) -> DatedWords:
    if not words:
        return DatedWords()
    dated = published_in(words)
    return DatedWords(words, dated.on, None, dated.precision, DateBasis.ANALYST)
