"""Where the words of an RTF document go, and how they become paragraphs and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate.importers.assembly import Block
from annotate.importers.tables import MOST_COLUMNS, Cell, below_each_other, table_blocks
from annotate.vocabulary import PartRole

NO_HEADING = 9
"""The outline level of body text."""
DEEPEST = 5
"""Tables in each other that are told apart."""

_HEADING = re.compile(r"(?i)(heading [1-9]|subtitle)\b")


@dataclass(slots=True)
class State:
    """What a group inherits and gives back at its end."""

    target: Flow
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1
    """Characters that stand after a Unicode character for readers that do not know it."""
    style: int = 0
    outline: int = NO_HEADING
    depth: int = 0
    """Tables around the paragraph."""
    in_list: bool = False

    def copy(self) -> State:
        """Quicker than `replace`, for documents with a group a word."""
        return State(
            self.target,
            self.font,
            self.hidden,
            self.deleted,
            self.fallback,
            self.style,
            self.outline,
            self.depth,
            self.in_list,
        )


class _Table:
    """A table that is open: paragraphs of the open cell, cells of the open row, rows and where their cells end."""

    __slots__ = ("cell", "cells", "edges", "rows")

    def __init__(self) -> None:
        self.cell: list[Block] = []
        self.cells: list[Cell] = []
        self.rows: list[list[Cell]] = []
        self.edges: list[Sequence[int]] = []

    def end_cell(self) -> None:
        self.cells.append(tuple(self.cell))
        self.cell.clear()

    def end_row(self, edges: Sequence[int] = ()) -> None:
        if self.cells:
            self.rows.append([*self.cells])
            self.edges.append(edges)
            self.cells.clear()

    def blocks(self) -> Iterator[Block]:
        if self.cell:  # it was never ended
            self.end_cell()
        self.end_row()
        return table_blocks(list(below_each_other(self.rows, self.edges)))


class Flow:
    """Where text goes: the body, a footnote, a property. Paragraphs and rows become blocks."""

    __slots__ = ("_edges", "_last", "_tables", "blocks", "boxes", "pieces", "titles")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.titles: list[str] = []
        self.boxes: list[Block] = []
        """Text boxes wait for the end of the paragraph that they stand in."""
        self.pieces: list[str] = []
        self._tables: list[_Table] = []
        """Those that are open, each in a cell of the one before it."""
        self._edges: dict[int, list[int]] = {}
        """Of the row that a table of this depth has last begun."""
        self._last = ""

    def end_paragraph(self, state: State, style_name: str) -> None:
        self._go_to(state.depth)
        paragraph = self._paragraph(state, style_name)
        if self._tables:
            self._tables[-1].cell.append(paragraph)
        else:
            self._add(paragraph)

    def _paragraph(self, state: State, style_name: str) -> Block:
        text = self.taken()
        title = style_name.lower() == "title"
        heading = title or state.outline < NO_HEADING or _HEADING.match(style_name) is not None
        if title and text.strip():
            self.titles.append(text)
        kind = "item" if state.in_list and not heading else ""
        follows = bool(kind) and kind == self._last
        self._last = kind
        return Block(text, PartRole.HEADLINE if heading else PartRole.BODY, follows)

    def end_cell(self, depth: int, state: State, style_name: str) -> None:
        """The end of a cell in a table of this depth."""
        self._go_to(depth)
        table = self._tables[-1]
        if "".join(self.pieces).strip():
            table.cell.append(self._paragraph(state, style_name))
        self.pieces.clear()
        table.end_cell()
        self._last = ""

    def end_row(self, depth: int, state: State, style_name: str) -> None:
        self._go_to(depth)
        table = self._tables[-1]
        if table.cells and (table.cell or "".join(self.pieces).strip()):
            self.end_cell(depth, state, style_name)
        table.end_row(self._edges.get(depth, ()))

    def begin_row(self, depth: int) -> None:
        self._edges[depth] = []

    def set_edge(self, depth: int, edge: int) -> None:
        """Where the next cell of a row ends, in twips."""
        edges = self._edges.setdefault(depth, [])
        if len(edges) < MOST_COLUMNS:
            edges.append(edge)

    def _go_to(self, depth: int) -> None:
        """Close the tables that are deeper, and open those that are missing."""
        while len(self._tables) > depth:
            table = self._tables.pop()
            above = self._tables[-1].cell if self._tables else self.blocks
            above += table.blocks()
            self._last = ""
            if not self._tables:
                self._put_boxes()
        while len(self._tables) < depth:
            self._tables.append(_Table())

    def end(self, state: State, style_name: str) -> None:
        """Nothing more comes: what is left makes a paragraph or a row."""
        if self._tables:
            self.end_row(1, state, style_name)
            self._go_to(0)
        self._add(self._paragraph(state, style_name))

    def taken(self) -> str:
        """What was said since the last paragraph or cell; it is gone from here."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self._put_boxes()

    def _put_boxes(self) -> None:
        self.blocks += self.boxes
        self.boxes.clear()
