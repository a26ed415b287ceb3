"""Beside the table: the chosen change, whole, with what was exported and the choice where both sides changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotate.exchange.readback.diff import What
from ui.inspector.layout import Heading, Words
from ui.readback.lines import Group, Line
from ui.readback.model import NEW, OLD, Shownable, cell_pieces
from ui.readback.table import formats_of
from ui.style import restyle
from ui.theme import Theme

_LEAST_LINES, _MOST_LINES = 2, 12
_WIDTH = 320


class Value(QPlainTextEdit):
    """A value to read and to copy from, as tall as its words need up to some lines."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("kind", "field")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def put(self, pieces: list[tuple[str, QTextCharFormat]]) -> None:
        self.clear()
        cursor = self.textCursor()
        for words, look in pieces:
            cursor.insertText(words, look)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        wide = max(80, self.viewport().width() - 2 * int(self.document().documentMargin()))
        flags = int(Qt.TextFlag.TextWordWrap)
        tall = metrics.boundingRect(0, 0, wide, 100_000, flags, self.toPlainText()[:4000]).height()
        lines = min(_MOST_LINES, max(_LEAST_LINES, -(-tall // metrics.lineSpacing())))
        self.setFixedHeight(lines * metrics.lineSpacing() + 2 * int(self.document().documentMargin()) + 12)

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().resizeEvent(event)
        self._fit()


class Details(QWidget):
    """`chosen` tells a choice between the two values of what both sides changed: True for the workbook's."""

    chosen = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.heading = Heading("")
        self.record = Words()
        self.place = Words(kind="secondary")
        self.column = Words(kind="title")
        self.old_label = Heading("In the project")
        self.old = Value("In the project")
        self.new_label = Heading("In the workbook")
        self.new = Value("In the workbook")
        self.exported_label = Heading("When it was exported")
        self.exported = Value("When it was exported")
        self.keep = QPushButton("&Keep the project’s", checkable=True)
        self.take = QPushButton("&Take the workbook’s", checkable=True)
        self.choice = QFrame()
        self.choice.setProperty("kind", "segments")
        self.choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.said = Words()
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.heading, self.record, self.place, self.column, self.old_label, self.old, self.new_label):
            column.addWidget(widget)
        column.addWidget(self.new)
        column.addWidget(self.exported_label)
        column.addWidget(self.exported)
        row = QHBoxLayout(self.choice)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button, place, value in ((self.keep, "first", False), (self.take, "last", True)):
            button.setProperty("kind", "segment")
            button.setProperty("place", place)
            button.setAutoDefault(False)
            group.addButton(button)
            button.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            row.addWidget(button)
        column.addSpacing(4)
        column.addWidget(self.choice)
        column.addSpacing(2)
        column.addWidget(self.said)
        column.addStretch(1)
        self.setMinimumWidth(_WIDTH)
        self.show_line(None)

    def show_line(self, shown: Shownable | None) -> None:
        """Show a change, or the record of which there are changes."""
        line = shown if isinstance(shown, Line) else None
        group = line.group if line is not None else shown if isinstance(shown, Group) else None
        self.heading.setText(group.name.upper() if group is not None else "NOTHING CHOSEN")
        self.record.setText(_first_words(group.words) if group is not None else "")
        self.record.setVisible(bool(self.record.text()))
        self.place.setText(group.place if group is not None else "")
        is_conflict = line is not None and line.change.what is What.CONFLICT
        has_old = line is not None and line.change.what is not What.NEW
        has_new = line is not None and line.change.what is not What.DELETED
        for widget in (self.old_label, self.old):
            widget.setVisible(has_old)
        for widget in (self.new_label, self.new):
            widget.setVisible(has_new)
        was_other = is_conflict and line is not None and line.change.exported != line.change.now
        for widget in (self.exported_label, self.exported):
            widget.setVisible(was_other)
        self.choice.setVisible(is_conflict)
        self.column.setVisible(line is not None)
        self.said.setVisible(line is not None)
        if line is None:
            return
        self.column.setText(line.label())
        old, new = cell_pieces(line)
        self.old.put(formats_of(old, OLD, self._theme))
        is_new = line.change.what is What.NEW
        self.new.put([(line.group.cells, QTextCharFormat())] if is_new else formats_of(new, NEW, self._theme))
        self.exported.put([(line.change.exported or "(empty)", QTextCharFormat())])
        self.follow(line)

    def follow(self, line: Line) -> None:
        """Say what happens to the change that is shown, as it is ticked now."""
        self.take.setChecked(line.ticked)
        self.keep.setChecked(not line.ticked)
        words = line.happens()
        self.said.setText(words[:1].upper() + words[1:] + ("" if words.endswith(".") else "."))
        warns = line.change.what in (What.CONFLICT, What.NOT_ALLOWED)
        self.said.setProperty("kind", "warning" if warns else "secondary")
        restyle(self.said)


def _first_words(words: str) -> str:
    words = " ".join(words[:600].split())
    return words if len(words) <= 280 else f"{words[:279].rstrip()}…"
