"""The switches that say how words to find are meant, the same beside the article and for all articles."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from annotate.finding import Wanted

LONGEST_WORDS = 500
"""Code points that can be looked for."""


class HowToFind(QWidget):
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case = quiet_button("Aa", "Tell capital and small letters apart", checkable=True)
        self.whole_words = quiet_button("Whole words", "Find whole words only", checkable=True)
        self.expression = quiet_button(".*", "Regular expression", checkable=True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        for switch in (self.case, self.whole_words, self.expression):
            self.row.addWidget(switch)
            switch.toggled.connect(lambda _on: self.changed.emit())
        self.row.addStretch(1)

    def wanted(self, words: str) -> Wanted:
        """Words, meant as the switches say."""
        return Wanted(words, self.case.isChecked(), self.whole_words.isChecked(), self.expression.isChecked())

    def show_wanted(self, wanted: Wanted) -> None:
        """Set the switches as something was meant; nothing is told."""
        self.blockSignals(True)
        self.case.setChecked(wanted.case)
        self.whole_words.setChecked(wanted.whole_words)
        self.expression.setChecked(wanted.expression)
        self.blockSignals(False)


def quiet_button(text: str, says: str, *, checkable: bool = False) -> QToolButton:
    """A small button of a sign or a word that a screen reader hears in full."""
    button = QToolButton(text=text, toolTip=says, checkable=checkable)
    button.setAccessibleName(says)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
