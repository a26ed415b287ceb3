"""The line below everything: is all saved, what the keys would do now, how much there is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar

from ui.session import Session


class StatusLine:
    def __init__(self, session: Session, bar: QStatusBar) -> None:
        self._session = session
        self.saved = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.hint = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.totals = QLabel(textFormat=Qt.TextFormat.PlainText)
        bar.addWidget(self.saved)
        bar.addWidget(self.hint, 1)
        bar.addPermanentWidget(self.totals)
        bar.setSizeGripEnabled(False)

    def refresh(self) -> None:
        if not self._session.has_project:
            self.saved.clear()
            self.totals.clear()
            return
        saved = "all changes saved" if self._session.file_is_there else "not in its place any more"
        self.saved.setText(f"{self._session.project.path.name}     {saved}")
        totals = self._session.read.totals()
        self.totals.setText(f"C {totals['claims']:,} · F {totals['figures']:,} · S {totals['mentions']:,}")
