"""The page of differences: everything a colleague has changed, taken or left tick by tick before any of it goes in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotate.counted import counted
from annotate.exchange.readback.diff import Diff
from ui.dialog_frame import column_of, size_of
from ui.readback.details import Details
from ui.readback.lines import Group, Line, Shown, summary, ticked_keys
from ui.readback.model import ReadbackModel
from ui.readback.table import ReadbackTable
from ui.theme import Theme

_COUNT_AFTER_MS = 60
"""Counts follow ticks with this delay: there may be thousands."""


class ReadbackDialog(QDialog):
    """`ticked()` are the keys of what is to go in, once the dialog was accepted."""

    def __init__(self, diff: Diff, groups: Sequence[Group], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Read back {diff.name}")
        self.diff = diff
        self.model = ReadbackModel(theme, self)
        self.table = ReadbackTable(self.model, theme)
        self.details = Details(theme)
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        self._counting.timeout.connect(self.count)
        self._build(diff)
        self._connect()
        size_of(self, 1240, 720)
        self.model.fill(groups)
        self.table.select(None)
        self.count()
        self.table.setFocus()

    def ticked(self) -> list[str]:
        return ticked_keys(self.model.groups)

    def count(self) -> None:
        """Say what will happen, and how many changes each filter has."""
        self._counting.stop()
        self.summary.setText(summary(self.model.groups))
        number = len(self.ticked())
        self.apply_button.setText(f"Apply {counted(number, 'change')}" if number else "Apply")
        self.apply_button.setEnabled(bool(number))
        for shown, button in self.filters.items():
            count = self.model.count(shown)
            button.setText(f"{shown.value} {count:,}")
            button.setVisible(shown is Shown.ALL or bool(count) or button.isChecked())
        can = [line.ticked for line in self.model.shown_lines() if line.can_go_in]
        self.take_all.setEnabled(not all(can))
        self.leave_all.setEnabled(any(can))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up what was compared, but no work: once something was ticked here, only Cancel does."""
        if event.key() == Qt.Key.Key_Escape and self.search.hasFocus() and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Escape and self.model.is_decided:
            self.trouble.setText("Something was decided here. Press Cancel to give it up.")
            self.trouble.show()
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _build(self, diff: Diff) -> None:
        self.search = QLineEdit(placeholderText="Find an ID, a column or words", clearButtonEnabled=True)
        self.search.setAccessibleName("Find in the changes")
        self.search.setProperty("kind", "search")
        self.search.setMinimumWidth(110)
        self.search.setMaximumWidth(280)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.search, 1)
        top.addSpacing(6)
        self.filters: dict[Shown, QPushButton] = {}
        group = QButtonGroup(self)
        for shown in Shown:
            button = self.filters[shown] = QPushButton(shown.value, checkable=True, checked=shown is Shown.ALL)
            button.setAutoDefault(False)
            group.addButton(button)
            top.addWidget(button)
        top.addStretch(1)
        self.take_all = QPushButton("Take all", toolTip="Tick everything that is shown")
        self.leave_all = QPushButton("Leave all", toolTip="Untick everything that is shown")
        for button in (self.take_all, self.leave_all):
            button.setAutoDefault(False)
            button.setProperty("kind", "quiet")
            top.addWidget(button)

        self.said = QLabel("\n".join(diff.said), textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.said.setProperty("kind", "warning")
        self.said.setVisible(bool(diff.said))

        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        beside = QScrollArea(widgetResizable=True)  # on a low screen it scrolls, and the buttons below stay in sight
        beside.setWidget(self.details)
        beside.setFrameShape(QFrame.Shape.NoFrame)
        beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beside.setAccessibleName("About the change that is chosen")
        beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        beside.setMinimumWidth(self.details.minimumWidth() + 20)
        split.addWidget(beside)
        split.setStretchFactor(0, 1)
        split.setSizes([880, 340])

        self.summary = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.trouble = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.trouble.setProperty("kind", "warning")
        self.trouble.hide()
        hint = QLabel(
            "Space: take or leave what is selected. Enter: take it and go on", textFormat=Qt.TextFormat.PlainText
        )
        hint.setProperty("kind", "secondary")
        self.cancel_button = QPushButton("Cancel")
        self.apply_button = QPushButton("Apply", toolTip="Ctrl+Enter")
        self.apply_button.setProperty("kind", "primary")
        for button in (self.cancel_button, self.apply_button):
            button.setAutoDefault(False)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self.trouble, self.summary, hint):
            words.addWidget(label)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addLayout(words, 1)
        bottom.addWidget(self.apply_button)
        bottom.addWidget(self.cancel_button)
        column = column_of(self)
        column.addLayout(top)
        column.addWidget(self.said)
        column.addWidget(split, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self.reject)
        self.apply_button.clicked.connect(self.accept)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._apply)
        self.search.textChanged.connect(self._filter)
        for button in self.filters.values():
            button.toggled.connect(lambda on: on and self._filter())
        self.take_all.clicked.connect(lambda: self.model.tick(self.model.lines_in(self.model.shown_lines()), True))
        self.leave_all.clicked.connect(lambda: self.model.tick(self.model.lines_in(self.model.shown_lines()), False))
        self.model.decided.connect(self._counting.start)
        self.model.decided.connect(self._follow)
        self.table.line_shown.connect(lambda: self.details.show_line(self.table.current()))
        self.details.chosen.connect(self._choose)

    def _apply(self) -> None:
        self.count()
        if self.apply_button.isEnabled():
            self.accept()

    def _filter(self) -> None:
        current = self.table.current()
        which = next((shown for shown, button in self.filters.items() if button.isChecked()), Shown.ALL)
        self.model.filter(self.search.text(), which)
        self.table.select(current)
        self.details.show_line(self.table.current())
        self.count()

    def _follow(self) -> None:
        current = self.table.current()
        if isinstance(current, Line):
            self.details.follow(current)

    def _choose(self, workbook: bool) -> None:
        current = self.table.current()
        if isinstance(current, Line):
            self.model.tick([current], workbook)
