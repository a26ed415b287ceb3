"""The style sheet is one piece of text made from a theme; what it names must be there."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.style import mixed, palette, restyle, stylesheet
from ui.theme import DARK, LIGHT, Theme

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@THEMES
def test_every_picture_the_sheet_names_exists(theme: Theme) -> None:
    pictures = re.findall(r'url\("([^"]+)"\)', stylesheet(theme))
    assert pictures
    assert [picture for picture in pictures if not Path(picture).is_file()] == []


@THEMES
def test_qt_takes_the_whole_sheet_without_a_warning(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in (QPushButton("Import"), QComboBox(), QLabel("Outlet")):
        layout.addWidget(widget)
    window.setStyleSheet(stylesheet(theme))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)


def test_a_primary_button_is_filled_with_the_accent(qtbot: QtBot) -> None:
    button = QPushButton("Export to Excel")
    qtbot.addWidget(button)
    button.setStyleSheet(stylesheet(LIGHT))
    button.show()
    plain = button.grab().toImage().pixelColor(6, button.height() // 2).name()
    button.setProperty("kind", "primary")
    restyle(button)
    filled = button.grab().toImage().pixelColor(6, button.height() // 2).name()
    assert (plain, filled) == (LIGHT.panel, LIGHT.accent)


@THEMES
def test_the_palette_marks_selected_words_in_the_accent(theme: Theme) -> None:
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Highlight).name() == theme.accent
    assert made.color(QPalette.ColorRole.Text).name() == theme.text


def test_mixing_runs_from_the_ground_to_the_colour_laid_on_it() -> None:
    assert mixed("#000000", "#ffffff", 0) == "#000000"
    assert mixed("#000000", "#ffffff", 1) == "#ffffff"
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


@THEMES
@pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen screen has no stacking order
def test_the_chosen_line_of_a_list_that_drops_down_looks_as_in_other_lists(theme: Theme, qtbot: QtBot) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems(["open", "in progress"])
    box.setStyleSheet(stylesheet(theme))
    box.resize(200, 28)
    box.show()
    box.showPopup()
    chosen = box.view().visualRect(box.view().model().index(0, 0))
    drawn = box.view().viewport().grab().toImage()
    assert drawn.pixelColor(drawn.width() - 8, chosen.center().y()).name() == theme.selection
    box.hidePopup()
