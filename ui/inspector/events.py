"""The event that a claim or figure is about: chosen or made by name, dated and placed in a small editor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotate import commands
from annotate.model import DatedWords, Event
from annotate.vocabulary import DateBasis, Precision
from ui.bylines import joined
from ui.inspector.binding import done
from ui.inspector.chips import ChipLook, ChipRow
from ui.inspector.editor import Editor, take_away, text_of
from ui.inspector.fields import DateLine, TextBox, TextLine
from ui.inspector.layout import Fields
from ui.inspector.locking import lock
from ui.inspector.picker import Entry, Picker, pick
from ui.inspector.readings import DATE, NotUnderstood, show_date
from ui.session import Session


def event_words(event: Event) -> str:
    """An event as a chip shows it: day, name and place, as far as they are known."""
    on = event.happened.on
    day = show_date(on, event.happened.precision) if on is not None else ""
    return joined(day, event.name, event.place if event.place != event.name else "")


class EventEditor(Editor):
    """Name, days, place and note of one event; what changes here changes for all that is about it."""

    def __init__(self, event: Event, parent: QWidget | None = None) -> None:
        super().__init__("Save", parent, other="Another event …")
        self.event_id = event.id
        self._happened = event.happened
        self.name, self.place = TextLine(), TextLine()
        self.on, self.until = DateLine(DATE), DateLine(DATE)
        self.note = TextBox(lines=1)
        self.fields.row("Name", self.name, name="Name of the event")
        self.fields.row("From", self.on, name="Event from", tip="A day, a month or a year")
        self.fields.row("To", self.until, name="Event to", tip="Empty where it was over on the day it began")
        self.fields.row("Place", self.place, name="Place of the event")
        self.fields.row("Note", self.note, name="Note on the event")
        for name in ("name", "place", "note"):
            getattr(self, name).show_value(getattr(event, name))
        for name in ("on", "until"):
            day = getattr(event.happened, name)
            getattr(self, name).show_value(None if day is None else (day, event.happened.precision or Precision.DAY))
        self._shown = (self.on.text(), self.until.text())
        self._original = self.values()

    def values(self) -> dict[str, Any]:
        """What stands in the fields; days that are not understood are those that were there."""
        words = {name: text_of(getattr(self, name)) for name in ("name", "place", "note")}
        return words | {"happened": self._days()}

    def worth_keeping(self) -> bool:
        return self.values() != self._original and self.whole()

    def whole(self) -> bool:
        if not super().whole():
            return False
        values = self.values()
        happened = values["happened"]
        self.name.complain("" if values["name"] else "An event needs a name.")
        backwards = happened.until is not None and (happened.on is None or happened.until < happened.on)
        self.until.complain("An event cannot end before it begins." if backwards else "")
        return bool(values["name"]) and not backwards

    def _days(self) -> DatedWords:
        if (self.on.text(), self.until.text()) == self._shown:
            return self._happened
        try:
            on, until = DATE.parse(self.on.text()), DATE.parse(self.until.text())
        except NotUnderstood:
            return self._happened
        days = tuple(None if read is None else read[0] for read in (on, until))
        precision, basis = (None, None) if on is None else (on[1], DateBasis.ANALYST)
        return DatedWords(self._happened.words, *days, precision, basis)


class EventSection(QWidget):
    """The event's chip; a click opens its editor, + chooses an event or makes one of a name."""

    def __init__(self, session: Session, record_id: Callable[[], int | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._record_id = record_id
        self._event: Event | None = None
        self.editor: EventEditor | None = None
        self.chips = ChipRow("Say which event it is about", "+ event")
        self.chips.opened.connect(lambda _event: self.open_editor())
        self.chips.removed.connect(self._cut)
        self.chips.adding.connect(self.open_picker)
        fields = Fields()
        fields.row("Event", self.chips)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(fields)

    def show_event(self, event_id: int | None) -> None:
        if self.editor is not None and self.editor.event_id != event_id:
            self.close_editor()
        self._event = next((event for event in self._session.read.events() if event.id == event_id), None)
        event = self._event
        words = "" if event is None else event_words(event)
        tip = "Click to say when and where it was"
        self.chips.show_chips([] if event is None else [ChipLook(event.id, words, "", tip, "Not about this event")])
        self.chips.set_adding(event is None)

    def open_picker(self) -> Picker:
        self.commit()
        entries = [Entry(event.id, event_words(event), event.note) for event in self._session.read.events()]
        anchor = self.chips.chips[0] if self.chips.chips else self.chips.add
        take = lambda event_id: self._set(cast(int, event_id), None)  # noqa: E731
        return pick(anchor, entries, take, self._make, placeholder="Event")

    def open_editor(self) -> EventEditor | None:
        """Say when and where the event was, in place."""
        if self._event is None or self.editor is not None:
            return self.editor
        editor = self.editor = EventEditor(self._event, self)
        editor.saved.connect(self._save)
        editor.cancelled.connect(self.close_editor)
        editor.other.clicked.connect(self.open_picker)
        self._column.addWidget(editor)
        lock(editor, self._session.view_only)
        editor.show()
        editor.on.setFocus()
        return editor

    def close_editor(self) -> None:
        if self.editor is not None:
            editor, self.editor = self.editor, None
            take_away(editor, self.chips.chips[0] if self.chips.chips else self.chips.add)

    def commit(self) -> None:
        """Save what is being entered, where it makes sense."""
        if self.editor is not None and self.editor.worth_keeping():
            self._save(self.editor.values())

    def forget(self) -> None:
        """Drop what is being entered."""
        self.close_editor()

    def _save(self, values: object) -> None:
        columns = cast(dict[str, Any], values)
        if self.editor is not None and done(self._session, commands.edit_event, self.editor.event_id, **columns):
            self.close_editor()

    def _make(self, name: str) -> None:
        event_id = self._session.run(commands.add_event, name)
        if event_id is not None:
            self._set(event_id, self._session.project.last_step_id)

    def _cut(self, _event: object) -> None:
        self.commit()
        self._set(None, None)

    def _set(self, event_id: int | None, step: int | None) -> None:
        record_id = self._record_id()
        if record_id is not None:
            done(self._session, commands.edit_record, record_id, join=step, event_id=event_id)
