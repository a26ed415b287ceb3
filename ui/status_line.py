"""The line below everything: is all saved, what was undone, what the keys would do now, how much there is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

from annotate.references import label_of
from annotate.store.changes import Changes
from annotate.vocabulary import Kind
from ui.announcing import announce
from ui.session import Session

_SHOWN_MS = 6000


class StatusLine:
    def __init__(self, session: Session, bar: QStatusBar) -> None:
        self._session = session
        self.saved = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.undone = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.undone.hide()
        self.hint = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.totals = QLabel(textFormat=Qt.TextFormat.PlainText)
        bar.addWidget(self.saved)
        bar.addWidget(self.undone)
        bar.addWidget(self.hint, 1)
        bar.addPermanentWidget(self.totals)
        bar.setSizeGripEnabled(False)
        self._timer = QTimer(bar, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.undone.hide)
        session.project_changed.connect(lambda changes: changes.is_aside or self.undone.hide())
        session.project_opened.connect(self.undone.hide)
        session.history_stepped.connect(self._tell_step)
        session.noticed.connect(lambda notice: notice.trouble and self.refresh())

    def refresh(self) -> None:
        if not self._session.has_project:
            self.saved.clear()
            self.totals.clear()
            return
        saved = "all changes saved" if self._session.file_is_there else "not in its place any more"
        saved = "the last change is not saved" if self._session.is_behind else saved
        saved = "only looked at" if self._session.view_only else saved
        self.saved.setText(f"{self._session.project.path.name}     {saved}")
        totals = self._session.read.totals(("claims", "figures", "mentions"))
        self.totals.setText(f"C {totals['claims']:,} · F {totals['figures']:,} · S {totals['mentions']:,}")

    def _tell_step(self, changes: Changes) -> None:
        words = f"{'Undone' if changes.kind == 'undo' else 'Redone'}: {_named(changes)}"
        self.undone.setText(words)
        self.undone.setAccessibleName(words)
        self.undone.show()
        self._timer.start()
        announce(self.undone, words)


def _named(changes: Changes) -> str:
    """The label of a step, with the ID of the one mark that it made, where the label does not have it."""
    marks = [row.change.before or row.change.after or {} for row in changes.rows if row.change.table == "annotations"]
    if len(marks) != 1 or "number" not in marks[0]:
        return changes.label
    label = label_of(Kind(marks[0]["kind"]), marks[0]["number"])
    return changes.label if label in changes.label else f"{changes.label} {label}"
