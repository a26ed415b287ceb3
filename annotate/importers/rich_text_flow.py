"""Where the words of an RTF document go, and how they become paragraphs and rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.importers.assembly import Block
from annotate.importers.tables import Cell, table_blocks
from annotate.vocabulary import PartRole

NO_HEADING = 9
"""The outline level of body text."""

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
    in_table: bool = False
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
            self.in_table,
            self.in_list,
        )


class Flow:
    """Where text goes: the body, a footnote, a property. Paragraphs and rows become blocks."""

    __slots__ = ("_cell", "_cells", "_last", "_rows", "blocks", "boxes", "pieces", "titles")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.titles: list[str] = []
        self.boxes: list[Block] = []
        """Text boxes wait for the end of the paragraph that they stand in."""
        self.pieces: list[str] = []
        self._cell: list[Block] = []
        self._cells: list[Cell] = []
        self._rows: list[list[Cell]] = []
        """Paragraphs of the open cell, cells of the open row, rows of the open table."""
        self._last = ""

    def end_paragraph(self, state: State, style_name: str) -> None:
        if state.in_table:
            self._cell.append(self._paragraph(state, style_name))
            return
        self._put_table()
        self._add(self._paragraph(state, style_name))

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

    def end_cell(self, state: State, style_name: str) -> None:
        if "".join(self.pieces).strip():
            self._cell.append(self._paragraph(state, style_name))
        self.pieces.clear()
        self._cells.append(tuple(self._cell))
        self._cell.clear()
        self._last = ""

    def end_row(self, state: State, style_name: str) -> None:
        if self._cells and (self._cell or "".join(self.pieces).strip()):
            self.end_cell(state, style_name)
        if self._cells:
            self._rows.append([*self._cells])
            self._cells.clear()

    def _put_table(self) -> None:
        if self._cell or self._cells:  # its row was never ended
            self._rows.append([*self._cells, tuple(self._cell)])
            self._cell.clear()
            self._cells.clear()
        if self._rows:
            self.blocks += table_blocks(self._rows)
            self._rows.clear()
            self._last = ""
            self._put_boxes()

    def end(self, state: State, style_name: str) -> None:
        """Nothing more comes: what is left makes a paragraph or a row."""
        self.end_row(state, style_name)
        self._put_table()
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
