"""Where the words of an RTF document go, and how they become paragraphs and rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.importers.assembly import CELL_GAP, Block
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

    __slots__ = ("_cells", "_last", "blocks", "boxes", "pieces", "titles")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.titles: list[str] = []
        self.boxes: list[Block] = []
        """Text boxes wait for the end of the paragraph that they stand in."""
        self.pieces: list[str] = []
        self._cells: list[str] = []
        self._last = ""

    def end_paragraph(self, state: State, style_name: str) -> None:
        if state.in_table:
            self.pieces.append("\n")
        else:
            self._end_paragraph(state, style_name)

    def _end_paragraph(self, state: State, style_name: str) -> None:
        self._put_row()
        text = self.taken()
        title = style_name.lower() == "title"
        heading = title or state.outline < NO_HEADING or _HEADING.match(style_name) is not None
        if title and text.strip():
            self.titles.append(text)
        kind = "item" if state.in_list else ""
        self._add(text, PartRole.HEADLINE if heading else PartRole.BODY, kind)

    def end_cell(self) -> None:
        self._cells.append(" ".join(line.strip() for line in self.taken().split("\n") if line.strip()))

    def end_row(self) -> None:
        if self._cells and "".join(self.pieces).strip():
            self.end_cell()
        self._put_row()

    def _put_row(self) -> None:
        if self._cells:
            row = CELL_GAP.join(self._cells).rstrip()
            self._cells.clear()
            self._add(row, PartRole.BODY, "row")

    def end(self, state: State, style_name: str) -> None:
        """Nothing more comes: what is left makes a paragraph or a row."""
        self.end_row()
        self._end_paragraph(state, style_name)

    def taken(self) -> str:
        """What was said since the last paragraph or cell; it is gone from here."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return text

    def _add(self, text: str, role: PartRole, kind: str) -> None:
        self.blocks.append(Block(text, role, follows=bool(kind) and kind == self._last))
        self._last = kind
        self.blocks += self.boxes
        self.boxes.clear()
