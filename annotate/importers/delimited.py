"""Rows of a table that is text (csv, tsv): which character parts the cells, and the cells as they were written.

The standard library's Sniffer is not asked: its patterns take quadratic time for long cells, and it takes letters for
delimiters in prose. Here the first rows are read with each delimiter in use, and the one that makes a table of them
wins.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from annotate.errors import ImportRefused
from annotate.importers.columns import known_headings, rows_above
from annotate.importers.decoding import mark_of

LONGEST_CELL = 50_000_000
"""Code points; the standard library's reader takes four to eight bytes of memory for each."""
_SAMPLE = 256 * 1024
_SAMPLE_ROWS = 100
_DELIMITERS = (",", ";", "\t", "|")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
# Excel's own first line for a delimiter that is not the one of the country.
_STATED = re.compile(r"\ufeff?sep=([,;\t|])(?:\r\n?|\n)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted; `start` in code points is where the first row begins."""

    delimiter: str
    spaced: bool = False
    """A space follows each delimiter."""
    escaped: bool = False
    """Quotation marks inside a cell have a backslash before them and are not doubled."""
    start: int = 0


def is_table(data: bytes, name: str) -> bool:
    """Whether the bytes are rows of cells: by a name that says so, or by headings that leave no doubt."""
    if name.lower().endswith((".csv", ".tsv", ".tab")):
        return dialect_of(_start_of(data)) is not None
    start = _start_of(data[:4096])
    first_line = next(_lines(start, 0), "")
    if not any(_is_clear(first_line.split(delimiter)) for delimiter in _DELIMITERS):
        return False
    sample = _start_of(data)
    dialect = dialect_of(sample)
    rows = [] if dialect is None else _first_rows(sample, dialect)
    return len(rows) > 2 and _is_clear(rows[0]) and all(len(row) == len(rows[0]) for row in rows)


def dialect_of(text: str) -> Dialect | None:
    """How the cells of a text are parted; None where it is no table. Only its beginning is looked at."""
    sample = text[:_SAMPLE]
    stated = _STATED.match(sample)
    if stated:
        return _with_escapes(sample, Dialect(stated[1], start=stated.end()))
    best: tuple[tuple[int, float, int], Dialect] | None = None
    for spaced in (False, True):
        for delimiter in _DELIMITERS:
            dialect = _with_escapes(sample, Dialect(delimiter, spaced))
            score = _score(_first_rows(sample, dialect))
            if score is not None and (best is None or score > best[0]):
                best = score, dialect
    return None if best is None else best[1]


def rows_of(text: str, dialect: Dialect, name: str) -> Iterator[list[str]]:
    """Every row with its cells, empty lines as rows without any; raises ImportRefused for a cell that is too long."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(
        _lines(text, dialect.start),
        delimiter=dialect.delimiter,
        skipinitialspace=dialect.spaced,
        escapechar="\\" if dialect.escaped else None,
        doublequote=not dialect.escaped,
    )
    done = 0
    try:
        for row in reader:
            yield row
            done += 1
    except csv.Error as error:
        raise ImportRefused(
            f"{name} cannot be read after row {done:,}: a cell there has no end or over {LONGEST_CELL // 10**6} "
            "million characters. Look for a quotation mark that stands alone."
        ) from error


def _first_rows(sample: str, dialect: Dialect) -> list[list[str]]:
    """Rows with anything in them; the last may be cut short by the sample's end and is left out then."""
    rows = list(islice(rows_of(sample, dialect, ""), _SAMPLE_ROWS + 1))
    if (len(rows) > 1 and len(sample) >= _SAMPLE) or len(rows) > _SAMPLE_ROWS:
        rows.pop()
    return [row for row in rows if row]


def _score(rows: list[list[str]]) -> tuple[int, float, int] | None:
    """The more known headings, the more rows of one width, and the wider they are, the better; None for no table."""
    rows = rows[rows_above(rows) :]
    if not rows:
        return None
    known = known_headings(rows[0])
    widths = Counter(map(len, rows))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    if len(known) < 2:
        one_column = widths.keys() == {1} and "text" in known and len(rows) > 1
        if not one_column and (width < 2 or count < 2 or count < 0.8 * len(rows)):
            return None
    return len(known), count / len(rows), width


def _is_clear(cells: list[str]) -> bool:
    if len(cells) < 2:
        return False
    known = known_headings([cell.strip(' "\r\n\ufeff') for cell in cells])
    return len(known) > 1 and "text" in known


def _with_escapes(sample: str, dialect: Dialect) -> Dialect:
    """A quotation mark after a backslash with more of the cell behind it: cannot be where marks are doubled."""
    delimiter = re.escape(dialect.delimiter)
    escaped = re.search(rf'\\"(?!["\r\n]|\s?{delimiter}|\Z)', sample) is not None
    return Dialect(dialect.delimiter, dialect.spaced, escaped, dialect.start) if escaped else dialect


def _lines(text: str, start: int) -> Iterator[str]:
    """Lines with their ends; U+2028 and the like are no ends of rows."""
    return (found[0] for found in _LINE.finditer(text, start))


def _start_of(data: bytes) -> str:
    """The beginning in letters good enough for finding delimiters; never raises."""
    sample = data[:_SAMPLE]
    marked = mark_of(sample)
    if marked is not None:
        return sample[len(marked[0]) :].decode(marked[1], "ignore")
    if b"\0" in sample[:2]:
        return sample.decode("utf-16-le" if sample[1:2] == b"\0" else "utf-16-be", "ignore")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return sample.decode("cp1252", "replace")
