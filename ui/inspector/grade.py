"""The grade of a claim in one line: reliability of its source and its own credibility, both set by people."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annotate.model import Source
from annotate.vocabulary import Credibility
from ui.inspector.layout import Words


class GradeLine(QWidget):
    """ "B3  source B, set by you"; says what is missing where it is not whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = QLabel()
        self.grade.setProperty("kind", "title")
        self.words = Words(kind="secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.grade)
        row.addWidget(self.words, 1)

    def show_grades(self, source: Source | None, credibility: Credibility | None, *, by: str) -> None:
        """The grade of a claim that `source` is the first to say; `by` names who set it."""
        reliability = None if source is None else source.reliability
        letter = "" if reliability is None else reliability.value
        digit = "" if credibility is None else credibility.value
        self.grade.setText(letter + digit)
        self.grade.setVisible(bool(letter or digit))
        if source is None:
            words = "no source yet" if digit else "not graded, no source yet"
        elif not letter:
            words = "source not graded" if digit else "not graded"
        else:
            words = f"source {letter}, set by {by}" if digit else f"source {letter}, claim not graded"
        self.words.setText(words)
        tips = [grade.meaning for grade in (reliability, credibility) if grade is not None]
        self.setToolTip(" · ".join(tips))
