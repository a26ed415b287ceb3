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

    def step(self, direction: int) -> str:
        """Select the next stop (1) or the one before (-1); what it is to the mark from which one set out.

        Empty where nothing is linked to the selected mark.
        """
        current = self._session.annotation_id
        if current is None:
            return ""
        stops = self._stops(current if self._set_out_from is None else self._set_out_from)
        if current not in stops:  # its tie was cut on the way
            stops = self._stops(current)
        if len(stops) == 1:
            return ""
        order = list(stops)
        self._set_out_from, self._at = order[0], order[(order.index(current) + direction) % len(order)]
        self._session.select(self._at)
        return stops[self._at]

    def _stops(self, annotation_id: int) -> dict[int, str]:
        """In order, with what each is to the first."""
        ties = self._session.read.ties_of(annotation_id)
        return {annotation_id: "back where you set out"} | {tie.annotation_id: tie.words for tie in ties}

    def _follow(self, annotation_id: int | None) -> None:
        if annotation_id != self._at:
            self._set_out_from = self._at = None
