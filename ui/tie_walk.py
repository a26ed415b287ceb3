"""From a mark to each of those it is linked to, one key press a time, and back to where one set out."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.session import Session


class TieWalk(QObject):
    """Goes round: the first tie, the second, … and the mark itself. Any other selection ends the walk."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._set_out_from: int | None = None
        self._at: int | None = None
        session.annotation_selected.connect(self._follow)

    def step(self, direction: int) -> bool:
        """Select the next stop (1) or the one before (-1); False where nothing is linked to the selected mark."""
        current = self._session.annotation_id
        if current is None:
            return False
        stops = self._stops(current if self._set_out_from is None else self._set_out_from)
        if current not in stops:  # its tie was cut on the way
            stops = self._stops(current)
        if len(stops) == 1:
            return False
        self._set_out_from, self._at = stops[0], stops[(stops.index(current) + direction) % len(stops)]
        self._session.select(self._at)
        return True

    def _stops(self, annotation_id: int) -> list[int]:
        return [annotation_id, *(tie.annotation_id for tie in self._session.read.ties_of(annotation_id))]

    def _follow(self, annotation_id: int | None) -> None:
        if annotation_id != self._at:
            self._set_out_from = self._at = None
