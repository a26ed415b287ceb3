"""Which part of a project is exported: articles, what the filter shows, a period, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from annotate.mark_filter import SHOW_ALL
from annotate.report.scope import Period, PeriodOf, Scope, days_of
from annotate.steps import Export
from ui.inspector.readings import NotUnderstood, read_date
from ui.session import Session

_ANY_TIME = "At any time"


class PartBox(QWidget):
    """A few choices below each other, with labels of one width (pixels); what cannot be chosen here is absent."""

    changed = Signal()

    def __init__(
        self, session: Session, selected: Sequence[int], label_width: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        read = session.read
        there = [article.id for article in read.articles()]
        chosen = [article_id for article_id in selected if article_id in set(there)]
        self.articles = QComboBox(accessibleName="Articles")
        self.articles.addItem(f"All {len(there):,}" if len(there) != 1 else "The one there is", None)
        if 1 < len(chosen) < len(there):
            self.articles.addItem(f"The {len(chosen):,} selected in the list", frozenset(chosen))
        if session.article is not None and len(there) > 1:
            title = " ".join(session.article.title.split())
            self.articles.addItem(f"“{title[:48]}{'…' if len(title) > 48 else ''}”", frozenset({session.article.id}))
        self.marks = QComboBox(accessibleName="Marks")
        self.marks.addItem("All", SHOW_ALL)
        self.marks.addItem("Those that the filter shows now", session.filter)
        self.period_of = QComboBox(accessibleName="Period")
        self.period_of.addItem(_ANY_TIME, None)
        for of in PeriodOf:
            self.period_of.addItem(of.label.capitalize(), of)
        self.first, self.last = (
            QLineEdit(placeholderText=words, accessibleName=name)
            for words, name in (("from, as 2024-02-01", "First day"), ("to, as 2024-02", "Last day"))
        )
        self.between = QWidget()
        days = QHBoxLayout(self.between)
        days.setContentsMargins(0, 0, 0, 0)
        days.addWidget(self.first)
        days.addWidget(QLabel("to"))
        days.addWidget(self.last)
        self.since = QComboBox(accessibleName="What is new")
        self.since.addItem("Everything, new or not", None)
        for export in _newest_of_each(read.exports()):
            made = export.made_at.astimezone()
            self.since.addItem(f"What changed since {export.name}, {made:%d %B %Y %H:%M}", export)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow("Articles", self.articles)
        self._form.addRow("Marks", self.marks)
        self._form.addRow("Period", self.period_of)
        self._form.addRow("", self.between)
        self._form.addRow("Changes", self.since)
        self._form.setRowVisible(self.marks, not session.filter.is_open)
        self._form.setRowVisible(self.since, self.since.count() > 1)
        self._form.setRowVisible(self.articles, self.articles.count() > 1)
        for box in (self.articles, self.marks, self.period_of, self.since):
            self._form.labelForField(box).setMinimumWidth(label_width)
        self._show_days()
        self.period_of.currentIndexChanged.connect(self._show_days)
        for box in (self.articles, self.marks, self.period_of, self.since):
            box.currentIndexChanged.connect(self.changed)
        for line in (self.first, self.last):
            line.textChanged.connect(self.changed)

    def scope(self) -> Scope:
        """What was chosen. Raises NotUnderstood, with a sentence, where a day is none."""
        return Scope(self.articles.currentData(), self.marks.currentData(), self._period(), self.since.currentData())

    def _period(self) -> Period | None:
        of = next((of for of in PeriodOf if of == self.period_of.currentData()), None)  # Qt made a plain str of it
        if of is None:
            return None
        first, last = (_day(line.text(), last=number == 1) for number, line in enumerate((self.first, self.last)))
        if first is None and last is None:
            raise NotUnderstood("Type a first or a last day of the period.")
        if first is not None and last is not None and first > last:
            raise NotUnderstood("The period ends before it begins.")
        return Period(of, first, last)

    def _show_days(self) -> None:
        shown = self.period_of.currentData() is not None
        self._form.setRowVisible(self.between, shown)
        if shown and self.isVisible():
            self.first.setFocus()


def _newest_of_each(exports: Sequence[Export]) -> Sequence[Export]:
    """Exports by the newest, one for each name."""
    newest: dict[str, Export] = {}
    for export in exports:
        newest.setdefault(export.name, export)
    return list(newest.values())[:12]


def _day(words: str, *, last: bool) -> date | None:
    """The first or the last day that the words may mean; None for none. Raises NotUnderstood."""
    read = read_date(words)
    return None if read is None else days_of(*read)[last]
