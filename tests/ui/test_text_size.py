"""The text of an article is made larger and smaller with keys and with the wheel, and stays so."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Hands
from ui.style import stylesheet
from ui.theme import DARK, LIGHT


@pytest.fixture
def reading(hands: Hands) -> Hands:
    """An article is shown, in letters of the usual size."""
    hands.window.importing.take_text("Flood 🌊 at the mill\n\nAt least 900 people fled, the mayor said.")
    hands.window.actions_["zoom_reset"].trigger()
    return hands


def turn_wheel(hands: Hands, notches: int) -> None:
    view = hands.window.reader.view
    at = QPointF(view.viewport().rect().center())
    wheel = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)


def size_of_text(hands: Hands) -> float:
    return hands.window.reader.view.font().pointSizeF()


@pytest.mark.parametrize("notches", [1, -1])
def test_the_wheel_changes_the_size_as_the_keys_do_and_it_is_remembered(reading: Hands, notches: int) -> None:
    usual = size_of_text(reading)
    turn_wheel(reading, notches)
    turned = size_of_text(reading)
    assert (turned > usual) is (notches > 0)
    assert reading.window.settings.text_size == pytest.approx(turned)
    reading.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    reading.window.actions_["zoom_in" if notches > 0 else "zoom_out"].trigger()
    assert size_of_text(reading) == pytest.approx(turned)


def test_the_title_grows_with_the_text_under_the_wheel(reading: Hands) -> None:
    title = reading.window.reader.header.title.font().pointSizeF()
    for _ in range(4):
        turn_wheel(reading, 1)
    assert reading.window.reader.header.title.font().pointSizeF() > title


def test_the_text_grows_and_shrinks_within_limits(reading: Hands) -> None:
    for notches, limit in ((1, 40.0), (-1, 7.0)):
        for _ in range(40):
            turn_wheel(reading, notches)
        assert size_of_text(reading) == limit
        assert reading.window.settings.text_size == limit


def test_another_theme_keeps_the_size_of_text_and_title(reading: Hands, qapp: QApplication) -> None:
    for _ in range(5):
        reading.window.actions_["zoom_in"].trigger()
    text, title = size_of_text(reading), reading.window.reader.header.title.font().pointSizeF()
    try:
        for theme in (DARK, LIGHT):
            qapp.setStyleSheet(stylesheet(theme))
            reading.window.set_theme(theme)
            assert size_of_text(reading) == text == pytest.approx(reading.window.settings.text_size)
            assert reading.window.reader.header.title.font().pointSizeF() == title
    finally:
        qapp.setStyleSheet(stylesheet(LIGHT))
