"""Which column of a list of articles holds what: a line a column, with its heading, a choice and its first cells.

For lists whose headings do not say it; what stands there first is the best guess.
"""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QWidget,
)

from annotate.importers import Columns, Heads
from ui.dialog_frame import column_of, ok_and_cancel, size_of
from ui.plain_tips import plain_tip

ROLES = {
    "text": "Text",
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "published": "Published",
    "url": "Address",
}
"""Fields of Columns, and what an analyst calls them."""
_NOTHING = "–"
_MOST_COLUMNS = 60
"""That are shown; further ones only as far as the guess goes."""
_HEADING_WIDTH = 150
_WIDTH = 960
_CELLS_WIDTH = 556
"""Of all cells beside a column together, where the screen has room for the width above: where a list has one row, more
of its words are seen."""
_GAP = 14
_MOST_CELLS = 3
"""Of a column: as many as fit beside it."""
_CELL_LENGTH = 300
"""Code points of a cell that are looked at; what does not fit is elided."""


class ColumnsDialog(QDialog):
    """`columns()` is what was chosen, once the dialog was accepted; that cannot be without a text."""

    def __init__(self, name: str, heads: Heads, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Columns of a list")
        self.choices: list[QComboBox] = []
        """One for each column, in their order."""
        said = QLabel(f"What do the columns of {name} hold?", textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.hint = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.hint.setMinimumHeight(self.hint.fontMetrics().lineSpacing())
        self.buttons = ok_and_cancel(self)
        size_of(self, _WIDTH, 460)
        scrolled = QScrollArea(widgetResizable=True, focusPolicy=Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(self._table(heads))
        column = column_of(self)
        column.addWidget(said)
        column.addWidget(scrolled, 1)
        column.addWidget(self.hint)
        column.addWidget(self.buttons)
        self._judge()
        focused = next((choice for choice in self.choices if choice.currentData() == "text"), self.choices[0])
        focused.setFocus()

    def columns(self) -> Columns | None:
        """What was chosen; None as long as no column holds the text, or two hold the same."""
        roles = self._roles()
        if "text" not in roles or len(set(roles)) < len(roles):
            return None
        return Columns(
            **{choice.currentData(): index for index, choice in enumerate(self.choices) if choice.currentData()}
        )

    def _roles(self) -> list[str]:
        return [choice.currentData() for choice in self.choices if choice.currentData()]

    def _table(self, heads: Heads) -> QWidget:
        """A grid and no item view: choices are reached with Tab, and come into view when they are."""
        guessed = {} if heads.guess is None else {getattr(heads.guess, f.name): f.name for f in fields(heads.guess)}
        width = max(1, len(heads.headings), *map(len, heads.rows))
        far = max((index for index in guessed if isinstance(index, int)), default=0)
        table = QWidget()
        grid = QGridLayout(table)
        shown = heads.rows[:_MOST_CELLS]
        room = _CELLS_WIDTH - (_WIDTH - self.width())
        cell_width = (room - _GAP * (len(shown) - 1)) // max(1, len(shown))
        for index in range(min(width, max(_MOST_COLUMNS, far + 1))):
            heading = heads.headings[index].strip() if index < len(heads.headings) else ""
            heading = heading or f"Column {index + 1}"
            choice = QComboBox()
            choice.setAccessibleName(f"What {heading} holds")
            choice.addItem(_NOTHING, "")
            for role, label in ROLES.items():
                choice.addItem(label, role)
            choice.setCurrentIndex(choice.findData(guessed.get(index, "")))
            choice.currentIndexChanged.connect(self._judge)
            self.choices.append(choice)
            grid.addWidget(cell_label(heading, _HEADING_WIDTH), index, 0)
            grid.addWidget(choice, index, 1)
            for place, cells in enumerate(shown, start=2):
                grid.addWidget(cell_label(cells[index] if index < len(cells) else "", cell_width), index, place)
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setColumnStretch(grid.columnCount(), 1)
        grid.setHorizontalSpacing(_GAP)
        return table

    def _judge(self) -> None:
        """Nothing is taken from another column by itself: the arrow keys pass every choice on their way."""
        roles = self._roles()
        twice = next((ROLES[role] for role in ROLES if roles.count(role) > 1), None)
        hint = "" if "text" in roles else "Choose the column that holds the texts of the articles."
        self.hint.setText(f"{twice} is chosen for more than one column; choose one." if twice else hint)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.columns() is not None)


def cell_label(words: str, width: int) -> QLabel:
    """The beginning of a cell on one line, cut to a width; the tip has more of it."""
    label = QLabel(textFormat=Qt.TextFormat.PlainText)
    label.setFixedWidth(width)
    one_line = " ".join(words[:_CELL_LENGTH].split())
    label.setText(QFontMetrics(label.font()).elidedText(one_line, Qt.TextElideMode.ElideRight, width))
    if label.text() != one_line:
        label.setToolTip(plain_tip(one_line))
        label.setAccessibleDescription(one_line)
    return label
