"""Tables of documents: those that hold data, a row a line, and those that only lay paragraphs out on the page.

Why it exists: newsletters, letters and forms put whole articles into a cell, and an article on one line cannot be read
or marked. Word, OpenDocument and RTF tell tables in the same way, so they are told apart once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from annotate.importers.assembly import CELL_GAP, Block
from annotate.vocabulary import PartRole

Cell = Sequence[Block]
"""The paragraphs of a cell; none where it is empty or covered by another."""

MOST_COLUMNS = 63
"""That a cell may span: what Word allows."""

_NEAR = 60
"""Twips between edges that are meant to be one."""
_PROSE = 80
"""Code points of a paragraph that is more than an entry of a table."""
_LAYOUT_ROWS = 4
"""At most; a table of more rows holds data, however long its entries are."""


def table_blocks(rows: Sequence[Sequence[Cell]]) -> Iterator[Block]:
    """A table as blocks: rows with their cells a tab apart, or the paragraphs of its cells in reading order."""
    if _is_layout(rows):
        yield from chain.from_iterable(chain.from_iterable(rows))
        return
    for number, row in enumerate(rows):
        yield Block(CELL_GAP.join(map(in_one_line, row)).rstrip(), follows=number > 0, is_row=True)


def below_each_other(rows: Sequence[Sequence[Cell]], edges: Sequence[Sequence[int]]) -> Iterator[Sequence[Cell]]:
    """Rows with empty cells where one is as wide as several of the row that has most; edges are where cells end."""
    columns = max(edges, key=len, default=())
    for row, own in zip(rows, edges, strict=True):
        places = [_place(edge, columns) for edge in own]
        gaps = [place - before for before, place in pairwise((-1, *places))]
        if len(own) != len(row) or min(gaps, default=0) < 1:
            yield row
        else:
            yield [part for cell, gap in zip(row, gaps, strict=True) for part in (cell, *[()] * (gap - 1))]


def _place(edge: int, columns: Sequence[int]) -> int:
    """The column that ends there, -1 for none."""
    place = bisect_left(columns, edge - _NEAR)
    return place if place < len(columns) and abs(columns[place] - edge) <= _NEAR else -1


def in_one_line(cell: Cell) -> str:
    """The words of a cell, its paragraphs a space apart."""
    lines = (line.strip() for block in cell for line in block.text.replace(CELL_GAP, " ").split("\n"))
    return " ".join(line for line in lines if line)


def _is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether most of the words stand in cells that hold several paragraphs, with prose or a heading among them."""
    cells = list(chain.from_iterable(rows))
    length = sum(map(_length, cells))
    return 0 < len(rows) <= _LAYOUT_ROWS and 2 * sum(_length(cell) for cell in cells if _is_text(cell)) > length


def _is_text(cell: Cell) -> bool:
    paragraphs = [block for block in cell if block.text.strip() and not (block.follows or block.is_row)]
    longest = max((len(block.text) for block in paragraphs), default=0)
    headed = any(block.role is PartRole.HEADLINE for block in paragraphs)
    return len(paragraphs) > 1 and (longest >= _PROSE or headed)


def _length(cell: Cell) -> int:
    return sum(len(block.text) for block in cell)
