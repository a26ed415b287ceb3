"""What is typed in the form of a claim: when it is written, of which step it is, and that nothing takes its place."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.vocabulary import Credibility, Kind
from tests.ui.inspector.conftest import Desk, form_of
from ui.inspector.fields import REST_MS

# The screen that tests use says so whenever a popup opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_words_are_written_after_half_a_second_without_leaving_the_field(desk: Desk, claim: int, qtbot) -> None:
    place = form_of(desk).place
    desk.type(place, "Lower Brandis")
    assert desk.record(claim).claim.place == ""
    qtbot.waitUntil(lambda: desk.record(claim).claim.place == "Lower Brandis", timeout=REST_MS * 10)
    assert place.hasFocus()


def test_all_typing_in_one_field_is_one_step_of_history(desk: Desk, claim: int) -> None:
    place = form_of(desk).place
    before = desk.steps()
    desk.type(place, "Lower")
    place.commit()
    QTest.keyClicks(place, " Brandis")
    place.commit()
    assert (desk.record(claim).claim.place, desk.steps()) == ("Lower Brandis", before + 1)
    desk.session.undo()
    assert desk.record(claim).claim.place == ""


def test_a_second_visit_to_a_field_is_a_step_of_its_own(desk: Desk, claim: int) -> None:
    form = form_of(desk)
    before = desk.steps()
    desk.type(form.place, "Brandis")
    form.plain_words.setFocus()
    desk.type(form.place, "Upper Brandis")
    form.plain_words.setFocus()
    assert desk.steps() == before + 2
    desk.session.undo()
    assert desk.record(claim).claim.place == "Brandis"


def test_typing_without_a_change_joins_no_step_of_another_field(desk: Desk, claim: int) -> None:
    form = form_of(desk)
    desk.click(form.credibility.segments[1])
    desk.type(form.place, "x")
    QTest.keyClick(form.place, Qt.Key.Key_Backspace)
    form.place.commit()
    QTest.keyClicks(form.place, "Brandis")
    form.place.commit()
    desk.session.undo()
    assert (desk.record(claim).claim.place, desk.record(claim).claim.credibility) == ("", Credibility.PROBABLE)


def test_a_refresh_never_replaces_words_being_typed(desk: Desk, claim: int) -> None:
    form = form_of(desk)
    desk.type(form.place, "Lower Bran")
    desk.session.run(commands.edit_record, claim, place="elsewhere", credibility=Credibility.DOUBTFUL)
    QApplication.processEvents()
    assert form.place.text() == "Lower Bran"
    assert form.credibility.value is Credibility.DOUBTFUL


def test_undo_elsewhere_shows_in_the_form_even_in_the_field_with_the_cursor(desk: Desk, claim: int) -> None:
    form = form_of(desk)
    desk.type(form.place, "Brandis")
    form.place.commit()
    desk.session.undo()
    QApplication.processEvents()
    assert form.place.text() == ""


def test_ctrl_z_takes_back_typing_first_and_then_steps(desk: Desk, claim: int) -> None:
    form = form_of(desk)
    undo = QAction(desk.inspector)
    undo.setShortcut(QKeySequence.StandardKey.Undo)
    undo.triggered.connect(desk.session.undo)
    desk.inspector.addAction(undo)
    desk.inspector.activateWindow()
    desk.click(form.credibility.segments[3])
    form.place.setFocus()
    QTest.keyClicks(form.place, "Brandis")
    QTest.keyClick(form.place, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert form.place.text() == ""
    assert desk.record(claim).claim.credibility is Credibility.DOUBTFUL
    QTest.keyClick(form.place, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.record(claim).claim.credibility is None


def test_what_rests_is_written_when_another_annotation_is_selected(desk: Desk, claim: int) -> None:
    other = desk.mark(Kind.CLAIM, "The dyke at Lower Brandis broke at dusk")
    desk.type(form_of(desk).plain_words, "Four to six people are missing.")
    desk.select(other)
    assert desk.record(claim).claim.plain_words == "Four to six people are missing."
    assert desk.record(other).claim.plain_words == ""
    assert form_of(desk).plain_words.toPlainText() == ""


def test_words_typed_for_a_claim_that_is_removed_meanwhile_trouble_nobody(desk: Desk, claim: int) -> None:
    desk.type(form_of(desk).place, "Brandis")
    desk.session.run(commands.remove_annotations, [claim])
    assert desk.told == []
    assert desk.session.annotation_id is None
