"""What an analyst does with the event of a claim: when and where it was is entered in place."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.model import DatedWords, Event
from annotate.vocabulary import DateBasis, Kind, Precision
from tests.ui.inspector.conftest import Desk
from ui.inspector.claim_form import ClaimForm
from ui.inspector.events import EventEditor, EventSection, event_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def event_id(desk: Desk) -> int:
    """A claim that is about a new event is selected."""
    claim = desk.mark(Kind.CLAIM, "nearly 1,200 residents had been moved to schools")
    made = desk.session.run(commands.add_event, "Dyke breach 🌊")
    assert made is not None
    desk.session.run(commands.edit_record, claim, event_id=made)
    desk.select(claim)
    return made


def section(desk: Desk) -> EventSection:
    form = desk.inspector.form
    assert isinstance(form, ClaimForm)
    return form.event


def editor(desk: Desk) -> EventEditor:
    desk.click(section(desk).chips.chips[0].focusables()[0])
    opened = section(desk).editor
    assert opened is not None
    return opened


def event(desk: Desk, event_id: int) -> Event:
    return next(event for event in desk.session.read.events() if event.id == event_id)


def test_days_place_and_note_are_entered_in_place_as_one_step(desk: Desk, event_id: int) -> None:
    steps = desk.steps()
    opened = editor(desk)
    assert desk.inspector.focusWidget() is opened.on
    desk.type(opened.on, "11 Mar 2024")
    desk.type(opened.until, "2024-03-13")
    desk.type(opened.place, "Lower Brandis")
    desk.type(opened.note, "the same night as the storm")
    desk.click(opened.save)
    known = event(desk, event_id)
    assert known.happened == DatedWords(None, date(2024, 3, 11), date(2024, 3, 13), Precision.DAY, DateBasis.ANALYST)
    assert (known.place, known.note) == ("Lower Brandis", "the same night as the storm")
    assert desk.steps() == steps + 1
    QApplication.processEvents()
    assert section(desk).editor is None
    assert section(desk).chips.chips[0].look.words == "11 Mar 2024 · Dyke breach 🌊 · Lower Brandis"
    desk.session.undo()
    assert event_words(event(desk, event_id)) == "Dyke breach 🌊"


def test_a_month_stays_a_month(desk: Desk, event_id: int) -> None:
    opened = editor(desk)
    desk.type(opened.on, "Mar 2024")
    desk.click(opened.save)
    assert event(desk, event_id).happened.precision is Precision.MONTH
    QApplication.processEvents()
    opened = editor(desk)
    assert opened.on.text() == "Mar 2024"
    desk.type(opened.place, "Brandis")
    desk.click(opened.save)
    assert event(desk, event_id).happened.precision is Precision.MONTH


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("name", "", "An event needs a name."),
        ("until", "9 Mar 2024", "An event cannot end before it begins."),
        ("on", "someday", "“someday” is not a date. Write for instance 12 Mar 2024 or 2024-03-12."),
    ],
)
def test_what_makes_no_sense_is_said_and_not_saved(
    desk: Desk, event_id: int, field: str, words: str, sentence: str
) -> None:
    before = event(desk, event_id)
    opened = editor(desk)
    desk.type(opened.on, "11 Mar 2024")
    desk.type(getattr(opened, field), words)
    desk.click(opened.save)
    assert getattr(opened, field).trouble == sentence
    assert event(desk, event_id) == before
    desk.session.select(None)
    QApplication.processEvents()
    assert event(desk, event_id) == before


def test_moving_on_keeps_what_was_entered_and_escape_drops_it(desk: Desk, event_id: int) -> None:
    claim = desk.session.annotation_id
    assert claim is not None
    desk.type(editor(desk).place, "Lower Brandis")
    desk.session.select(None)
    assert event(desk, event_id).place == "Lower Brandis"
    desk.select(claim)
    opened = editor(desk)
    desk.type(opened.place, "elsewhere")
    QTest.keyClick(opened.place, Qt.Key.Key_Escape)
    assert section(desk).editor is None
    assert event(desk, event_id).place == "Lower Brandis"
    desk.session.select(None)
    assert event(desk, event_id).place == "Lower Brandis"


def test_another_event_is_chosen_from_the_editor(desk: Desk, event_id: int) -> None:
    other = desk.session.run(commands.add_event, "Storm")
    desk.click(editor(desk).other)
    QTest.keyClicks(desk.picker().line, "storm")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    claim = desk.session.annotation
    assert claim is not None
    assert claim.claim.event_id == other != event_id
