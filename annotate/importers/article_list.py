"""Lists of articles (csv, tsv, Excel, OpenDocument): one article a row, as databases and news interfaces export them.

Which column holds what is told by `columns`, or chosen by the analyst; nothing is worked out from a cell beyond its
own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from html import unescape
from itertools import chain, islice

from annotate.canonical import canonical
from annotate.counted import counted
from annotate.errors import ImportRefused
from annotate.importers.assembly import assemble
from annotate.importers.columns import Guess, folded, guess_of, is_address, may_be_headings, rows_above
from annotate.importers.decoding import decode
from annotate.importers.delimited import dialect_of, is_table, rows_of
from annotate.importers.draft import Draft, DraftPart
from annotate.importers.format import Format, Reading
from annotate.importers.headline import first_line_as_title, headline_of
from annotate.importers.one_line import one_line
from annotate.importers.options import Columns, Heads, ReadOptions
from annotate.importers.stated_date import published_in
from annotate.importers.visible_text import visible_blocks
from annotate.importers.workbook import is_workbook, sheets_of
from annotate.shortened import shortened
from annotate.vocabulary import PartRole

_ROWS_TO_GUESS_FROM = 100
_ROWS_SHOWN = 8
"""First rows that columns are chosen by."""
_MOST_NAMED = 12
"""Columns that a sentence names."""
_GET_THEM = "Where it only names articles, get them from the web by their addresses. "
_CELL_OF_EXCEL = 32_767
"""Characters that Excel keeps of a longer text, without a word."""
# As news interfaces end what one has to pay for to read on.
_CUT = re.compile(r"(?:…|\.\.\.)?\s?\[\+?\s?\d[\d,.]{0,11} (?:more )?(?:chars|characters)\]\s{0,20}\Z")
_MARKUP = re.compile(r"<(?:p|div|br|article|section|h[1-6])(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_MARKUP_END = re.compile(r"</(?:p|div|article|section|h[1-6])>|<br\s?/?>", re.IGNORECASE)
# What pandas writes for the object that a news interface gives as the source.
_NAME_IN_OBJECT = re.compile(r"""\{.{0,200}?["']name["']: ?(["'])(.{1,200}?)\1.{0,500}\}""")
_ENTITY = re.compile(r"&(?:amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,6}|#x[\da-fA-F]{2,6});")
_NOTHING = {"none", "null", "nan", "n/a", "[removed]"}
"""What programs write into a cell that holds nothing."""

Row = tuple[int, list[str]]
"""A row's number as a spreadsheet shows it, and its cells."""
PlacedRow = tuple[str, int, list[str]]
"""Where a row stands in its file, for people, its number and its cells."""


class ColumnsUnknown(ImportRefused):
    """No column of a list looks like texts; `heads` is what an analyst chooses them by."""

    def __init__(self, said: str, heads: Heads) -> None:
        super().__init__(said)
        self.heads = heads

    def __reduce__(self) -> tuple[type[ColumnsUnknown], tuple[str, Heads]]:
        return ColumnsUnknown, (str(self), self.heads)


@dataclass(frozen=True, slots=True)
class _List:
    first: list[Row]
    rest: Iterator[Row]
    guess: Guess
    warnings: tuple[str, ...]
    encoding_guessed: str = ""
    others: Iterator[PlacedRow] = iter(())
    """Rows of further sheets with the same headings."""

    @property
    def headings(self) -> list[str]:
        return self.first[0][1] if self.guess.headed and self.first else []


def recognises(data: bytes, name: str) -> bool:
    """A spreadsheet by its bytes; a table in text by rows of as many cells, and its name or unmistakable headings."""
    return is_workbook(data) or is_table(data, name)


def read(data: bytes, name: str, options: ReadOptions) -> Reading:
    """One article a row with text; raises ImportRefused where no column holds texts, or a chosen one is not there."""
    found = _list_of(data, name, options)
    columns, headed = _columns(found, name, options)
    rows = chain(_placed(chain(found.first[1:] if headed else found.first, found.rest)), found.others)
    width = len(found.first[0][1]) if found.first else 0
    heads = replace(_heads(found), named=found.guess.named or options.columns is not None)
    made = _reading(rows, columns, width, name, [*found.warnings, *_told(found, columns, headed, options)])
    return replace(made, heads=heads, encoding_guessed=found.encoding_guessed)


FORMAT = Format(
    "list",
    "2",
    "list of articles",
    (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    recognises,
    read,
)


def _heads(found: _List) -> Heads:
    below = found.first[1:] if found.guess.headed else found.first
    rows = [tuple(cells) for _, cells in below if any(map(str.strip, cells))]
    return Heads(tuple(found.headings), tuple(rows[:_ROWS_SHOWN]), found.guess.columns, found.guess.named)


def _list_of(data: bytes, name: str, options: ReadOptions) -> _List:
    if is_workbook(data):
        return _first_list(data, name)
    decoded = decode(data, name, options.encoding, options.charset)
    dialect = dialect_of(decoded.text)
    if dialect is None:
        raise ImportRefused(f"{name} is no list of articles in this encoding; choose another one.")
    begun = _begun(enumerate(rows_of(decoded.text, dialect, name), start=1), decoded.warnings)
    return replace(begun, encoding_guessed=decoded.guessed)


def _first_list(data: bytes, name: str) -> _List:
    """The first sheet with a column of texts, else the first with anything in it, and those with the same headings."""
    found: dict[str, _List] = {}
    chosen = ""
    alike: list[str] = []
    others = 0
    for sheet in sheets_of(data, name):
        begun = _begun(sheet.rows)
        if not chosen and begun.guess.columns is not None:
            chosen = sheet.name
        elif chosen and found[chosen].guess.headed and begun.headings == found[chosen].headings:
            alike.append(sheet.name)
            continue  # its rows are read when it is its turn, so that one sheet is in memory at a time
        else:
            others += 1
        if sheet.name == chosen or not found:
            found[sheet.name] = begun
    if not found:
        raise ImportRefused(f"{name} holds no words; there is nothing to import.")
    if not chosen:
        chosen, others = next(iter(found)), others - 1
    told = found[chosen].warnings
    if others:
        read = (
            f"sheet “{chosen}” was" if not alike else f"{counted(len(alike) + 1, 'sheet')} with the same headings were"
        )
        told = (f"Only the {read} read, and not the {counted(others, 'other sheet')} in the file.", *told)
    return replace(found[chosen], warnings=told, others=_rows_of(data, name, frozenset(alike)))


def _rows_of(data: bytes, name: str, wanted: frozenset[str]) -> Iterator[PlacedRow]:
    """Rows below the headings of some sheets, one sheet after the other."""
    for sheet in sheets_of(data, name) if wanted else ():
        if sheet.name in wanted:
            begun = _begun(sheet.rows)
            yield from _placed(chain(begun.first[1:], begun.rest), f"sheet {sheet.name}, ")


def _placed(rows: Iterator[Row], before: str = "") -> Iterator[PlacedRow]:
    return ((f"{before}row {number}", number, cells) for number, cells in rows)


def _begun(rows: Iterator[Row], warnings: tuple[str, ...] = ()) -> _List:
    rows = (row for row in rows if any(map(str.strip, row[1])))
    first = list(islice(rows, _ROWS_TO_GUESS_FROM))
    if first and first[0][1]:
        first[0][1][0] = first[0][1][0].removeprefix("\ufeff")
    above = rows_above([cells for _, cells in first])
    if above:
        said = f"{counted(above, 'row')} above the headings {'was' if above == 1 else 'were'} left out."
        first, warnings = first[above:], (*warnings, said)
    return _List(first, rows, guess_of([cells for _, cells in first]), warnings)


def _columns(found: _List, name: str, options: ReadOptions) -> tuple[Columns, bool]:
    """The chosen columns or the guessed ones as numbers, and whether the first row is one of headings."""
    chosen = options.columns
    if chosen is None:
        if found.guess.columns is None:
            raise ColumnsUnknown(
                f"{name} is a list without a column that looks like the texts of articles; {_its_columns(found)}. "
                f"{_GET_THEM if _names_addresses(found) else ''}"
                "Say which one holds them.",
                _heads(found),
            )
        return found.guess.columns, found.guess.headed
    named = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    headings = [folded(cell) for cell in found.first[0][1]] if found.first else []
    width = max((len(cells) for _, cells in found.first), default=0)
    headed = found.guess.headed
    for role, column in named.items():
        if isinstance(column, str):
            headed = True
            if folded(column) not in headings:
                raise ImportRefused(f"{name} has no column “{one_line(column) or ''}”; {_its_columns(found)}.")
            named[role] = headings.index(folded(column))
        elif column is not None and not 0 <= column < width:
            raise ImportRefused(f"{name} has no column {column + 1}; {_its_columns(found)}.")
    return Columns(**named), headed


def _names_addresses(found: _List) -> bool:
    return any(is_address(cell) for _, cells in found.first[1:4] for cell in cells)


def _its_columns(found: _List) -> str:
    cells = found.first[0][1] if found.first else []
    names = [
        f"{number} “{shortened(one_line(cell) or '', 30, at_word=True)}”" for number, cell in enumerate(cells, start=1)
    ]
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    said = "its columns are" if found.guess.headed else "its first row is"
    return f"{said} {', '.join(names[:_MOST_NAMED])}{more}"


def _told(found: _List, columns: Columns, headed: bool, options: ReadOptions) -> list[str]:
    """Which columns were taken, where no heading says so, and that the first row may be one of headings."""
    doubt = []
    if not headed and len(found.first) > 1 and may_be_headings(found.first[0][1]):
        words = shortened(one_line(_cell(found.first[0][1], columns.text)) or "", 30, at_word=True)
        doubt = [f"The first row was taken for an article (“{words}”); if it holds headings, leave that one out."]
    if options.columns is not None or found.guess.named:
        return doubt
    taken = []
    for field in fields(columns):
        column = getattr(columns, field.name)
        if isinstance(column, int):
            heading = one_line(found.headings[column]) if column < len(found.headings) else None
            taken.append(f"{field.name} {f'“{shortened(heading, 30, at_word=True)}”' if heading else column + 1}")
    return [f"Which column holds what was guessed: {', '.join(taken)}. Look whether that is right.", *doubt]


def _reading(rows: Iterator[PlacedRow], columns: Columns, width: int, name: str, warnings: list[str]) -> Reading:
    """`width` is the first row's number of cells: with another one, a quotation mark or delimiter went astray."""
    drafts: list[Draft] = []
    astray: list[int] = []
    without = cut = full = cleaned = marked_up = 0
    for place, number, cells in rows:
        if len(cells) != width:
            astray.append(number)
        text, kind = _text(_cell(cells, columns.text))
        if not text:
            without += 1
            continue
        cleaned += kind == "cleaned"
        marked_up += kind == "markup"
        full += len(text) == _CELL_OF_EXCEL
        ending = _CUT.search(text, max(0, len(text) - 80))
        cut += ending is not None
        title = _metadata(cells, columns.title)
        drafts.append(
            Draft(
                text=text,
                title=title or headline_of(text) or first_line_as_title(text),
                title_confirmed=title is not None,
                outlet=_outlet(cells, columns.outlet),
                author=_metadata(cells, columns.author),
                published=published_in(_metadata(cells, columns.published) or ""),
                url=_url(cells, columns.url),
                place_in_file=place,
                parts=(DraftPart(PartRole.BOILERPLATE, ending.start(), len(text)),) if ending else (),
            )
        )
    if not drafts:
        raise ImportRefused(f"{name} holds no words in its text column; there is nothing to import.")
    if without:
        warnings.append(f"{counted(without, 'row')} without text {'was' if without == 1 else 'were'} left out.")
    if astray:
        verb = "has" if len(astray) == 1 else "have"
        warnings.append(
            f"{counted(len(astray), 'row')} {verb} more or fewer cells than the first row; look whether row "
            f"{astray[0]:,} is whole."
        )
    if cut:
        verb = "is" if cut == 1 else "are"
        warnings.append(
            f"{cut:,} of {counted(len(drafts), 'text')} {verb} only the beginning of an article (“[+… chars]”); get "
            "the whole one from its address."
        )
    if full:
        warnings.append(
            f"{counted(full, 'text')} {'has' if full == 1 else 'have'} {_CELL_OF_EXCEL:,} characters, the most a cell "
            "of Excel holds; the end may be missing."
        )
    if marked_up:
        warnings.append(f"{counted(marked_up, 'text')} held the markup of a web page; only the words were taken.")
    if cleaned:
        warnings.append(
            f"{counted(cleaned, 'text')} held characters that cannot be kept; they were removed or replaced."
        )
    return Reading(tuple(drafts), tuple(warnings))


def _text(words: str) -> tuple[str, str]:
    """The canonical words of a cell, and whether markup or characters had to go; empty where there are none."""
    if words.strip().casefold() in _NOTHING:
        return "", ""
    if _MARKUP.search(words) and _MARKUP_END.search(words):
        return assemble(visible_blocks(words)).text, "markup"
    found = canonical(words)
    return (found.text, "cleaned" if found.notes else "") if found.text.strip() else ("", "")


def _cell(cells: Sequence[str], column: int | str | None) -> str:
    return cells[column] if isinstance(column, int) and column < len(cells) else ""


def _metadata(cells: Sequence[str], column: int | str | None) -> str | None:
    words = one_line(_cell(cells, column))
    if words is None or words.casefold() in _NOTHING:
        return None
    return one_line(unescape(words)) if _ENTITY.search(words) else words


def _outlet(cells: Sequence[str], column: int | str | None) -> str | None:
    words = _metadata(cells, column)
    named = _NAME_IN_OBJECT.fullmatch(words) if words else None
    return named[2] if named else words


def _url(cells: Sequence[str], column: int | str | None) -> str | None:
    words = _metadata(cells, column)
    return words if words and is_address(words) else None
