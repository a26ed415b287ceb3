"""What an analyst does in the form of a figure."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.vocabulary import Bound, Kind
from tests.ui.inspector.conftest import Desk
from ui.inspector.chips import Chip
from ui.inspector.figure_form import FigureForm

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def figure(desk: Desk) -> int:
    made = desk.mark(Kind.FIGURE, "nearly 1,200 residents")
    desk.select(made)
    return made


def form_of(desk: Desk) -> FigureForm:
    form = desk.inspector.form
    assert isinstance(form, FigureForm)
    return form


@pytest.mark.parametrize(
    ("typed", "value"),
    [("10,000", 10_000.0), ("10 000", 10_000.0), ("1.2m", 1_200_000.0), ("3,5", 3.5), ("−40", -40.0), ("twelve", 12.0)],
)
def test_a_value_is_understood_however_it_is_typed(desk: Desk, figure: int, typed: str, value: float) -> None:
    field = form_of(desk).numbers["value"]
    desk.type(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.record(figure).figure.value == value


def test_a_value_that_makes_no_sense_is_marked_with_a_sentence_and_kept(desk: Desk, figure: int) -> None:
    form = form_of(desk)
    field = form.numbers["value"]
    desk.type(field, "rather many \U0001f30a")
    form.counted.setFocus()
    desk.session.run(commands.edit_record, figure, counted="people")
    assert desk.record(figure).figure.value == 1200.0
    assert field.text() == "rather many \U0001f30a"
    assert "is not a number" in field.trouble
    desk.type(field, "1,300")
    form.counted.setFocus()
    assert (desk.record(figure).figure.value, field.trouble) == (1300.0, "")


def test_only_the_numbers_that_the_bound_states_are_shown(desk: Desk, figure: int) -> None:
    form = form_of(desk)

    def shown() -> list[str]:
        QApplication.processEvents()
        return [name for name, field in form.numbers.items() if field.isVisible()]

    assert shown() == ["value"]
    form.bound.setFocus()
    QTest.keyClicks(form.bound, "ran")
    assert desk.record(figure).figure.bound is Bound.RANGE
    assert shown() == ["low", "high"]
    desk.type(form.numbers["high"], "1500")
    form.numbers["high"].commit()
    written = desk.record(figure).figure
    assert (written.value, written.low, written.high) == (None, 1200.0, 1500.0)
    QApplication.processEvents()
    assert form.amount.text() == "1,200–1,500 residents"
    desk.session.undo()
    desk.session.undo()
    assert shown() == ["value"]


def test_every_bound_has_numbers_to_type(desk: Desk, figure: int) -> None:
    for bound in (*Bound, None):
        desk.session.run(commands.edit_record, figure, bound=bound)
        QApplication.processEvents()
        assert any(field.isVisible() for field in form_of(desk).numbers.values())


def test_a_figure_in_a_claim_shows_the_claim_and_has_no_speaker_of_its_own(desk: Desk, figure: int) -> None:
    form = form_of(desk)
    assert form.attributions.isVisible()
    claim = desk.mark(Kind.CLAIM, "nearly 1,200 residents had been moved to schools")
    QApplication.processEvents()
    assert not form.attributions.isVisible()
    (chip,) = form.claims.chips
    assert isinstance(chip, Chip)
    desk.click(chip.name)
    assert desk.session.annotation_id == claim


def test_a_figure_that_stands_alone_is_attributed(desk: Desk, figure: int) -> None:
    desk.inspector.focus_attribution()
    QTest.keyClicks(desk.picker().line, "County rescue")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert len(desk.session.read.attributions([figure])) == 1


def test_a_figure_in_a_claim_names_those_who_say_the_claim(desk: Desk) -> None:
    claim = desk.mark(Kind.CLAIM, "At least 27 people stood on roofs")
    figure = desk.mark(Kind.FIGURE, "At least 27 people")
    desk.select(figure)
    assert form_of(desk).through_claims.text() == "Through its claims, which name nobody yet."
    source = desk.session.run(commands.add_source, "راديو 🌊")
    desk.session.run(commands.attribute, claim, source)
    desk.select(claim)
    desk.select(figure)
    assert form_of(desk).through_claims.text() == "Through its claims: راديو 🌊."
