"""When and where it happened, as the words say: offered in chips, and filled in by a click."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotate import commands
from annotate.commands import OfferedOccasions
from annotate.model import Annotation, DatedWords
from ui.inspector.chips import ChipLook, ChipRow
from ui.inspector.layout import Fields
from ui.inspector.readings import show_date
from ui.session import Session


class OccasionsRow(QWidget):
    """There only while something is offered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._annotation_id: int | None = None
        self._offered = OfferedOccasions()
        self.chips = ChipRow()
        self.chips.taken.connect(self._take)
        fields = Fields()
        fields.row("As said", self.chips, name="When and where, as the words say")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields)

    def set_locked(self, locked: bool) -> None:
        """Nothing is offered."""
        if locked:
            self.hide()

    def show_annotation(self, annotation: Annotation) -> None:
        self._annotation_id = annotation.id
        self._offered = self._session.run(commands.offered_occasions, annotation.id) or OfferedOccasions()
        dates = [
            ChipLook(("happened", at), f"+ {_when(one)}", "", "Fill in when it happened", offered=True)
            for at, one in enumerate(self._offered.happened)
        ]
        places = [
            ChipLook(("place", at), f"+ {name}", "", "Fill in where it happened", offered=True)
            for at, name in enumerate(self._offered.places)
        ]
        self.chips.show_chips([*dates, *places])
        self.setVisible(bool(dates or places))

    def _take(self, key: tuple[str, int]) -> None:
        if self._annotation_id is None:
            return
        name, at = key
        value = self._offered.happened[at] if name == "happened" else self._offered.places[at]
        self._session.run(commands.edit_record, self._annotation_id, **{name: value})


def _when(dated: DatedWords) -> str:
    """The words, and the days that were made of them: "Monday (4 Nov 2024)"."""
    words = dated.words or ""
    if dated.on is None:
        return words
    days = show_date(dated.on, dated.precision)
    if dated.until is not None:
        days = f"{days} to {show_date(dated.until, dated.precision)}"
    return words if days == words else f"{words} ({days})"
