"""The key that puts the last tag on the next mark."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from tests.ui.test_merging import FLOOD, choose_rows


@pytest.fixture
def at_work(hands: Hands) -> Hands:
    """Two tags, and three marks of which the last is selected."""
    for name in ("displaced", "R&D 🌊"):
        commands.add_tag(hands.session.project, name)
    hands.window.importing.take_text(FLOOD)
    hands.window.activateWindow()
    for words in ("some 340 homes", "At least 27 people", "القوارب"):
        hands.mark(Kind.FIGURE, words)
    return hands


def names_on(hands: Hands, number: int) -> list[str]:
    """Tags of the mark with this number."""
    names = {tag.id: tag.name for tag in hands.session.read.tags()}
    [annotation] = [one for one in hands.session.read.annotations() if one.number == number]
    return [names[tag_id] for tag_id in annotation.tag_ids]


def select(hands: Hands, number: int) -> None:
    [annotation] = [one for one in hands.session.read.annotations() if one.number == number]
    hands.session.select(annotation.id)
    QTest.qWait(0)


def test_the_tag_that_a_key_put_on_is_put_on_the_next_mark(at_work: Hands):
    at_work.press(Qt.Key.Key_1)
    assert names_on(at_work, 3) == ["displaced"]
    assert at_work.window.actions_["repeat_tag"].text() == "Tag again: displaced"
    select(at_work, 1)
    at_work.press(Qt.Key.Key_Period)
    assert names_on(at_work, 1) == ["displaced"]
    at_work.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names_on(at_work, 1) == []
    at_work.press(Qt.Key.Key_Period)
    assert names_on(at_work, 1) == ["displaced"]


def test_a_click_on_a_tag_counts_as_well(at_work: Hands):
    view = at_work.window.tags.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualItemRect(view.item(1)).center())
    assert names_on(at_work, 3) == ["R&D 🌊"]
    select(at_work, 2)
    at_work.press(Qt.Key.Key_Period)
    assert names_on(at_work, 2) == ["R&D 🌊"]
    assert at_work.window.actions_["repeat_tag"].text() == "Tag again: R&&D 🌊", "a menu shows one of the two"
    assert at_work.window.actions_["repeat_tag"].toolTip() == "Tag again: R&D 🌊 (.)"


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
def test_a_new_tag_made_in_the_picker_counts_as_well(at_work: Hands):
    form = at_work.window.inspector.form
    assert form is not None
    picker = form.tags.open_picker()
    picker.line.insert("قارب")  # QTest types Latin letters only
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    QTest.qWait(0)
    assert names_on(at_work, 3) == ["قارب"]
    select(at_work, 1)
    at_work.window.actions_["repeat_tag"].trigger()  # keys find no window after a popup without a screen
    assert names_on(at_work, 1) == ["قارب"]


def test_it_never_takes_a_tag_off(at_work: Hands):
    at_work.press(Qt.Key.Key_1)
    step = at_work.session.project.last_step_id
    at_work.press(Qt.Key.Key_Period)
    assert names_on(at_work, 3) == ["displaced"]
    assert at_work.told[-1].words == "“displaced” is on F-0003 already."
    assert at_work.session.project.last_step_id == step


def test_a_tag_that_was_taken_off_is_not_the_last_one(at_work: Hands):
    at_work.press(Qt.Key.Key_1)
    at_work.press(Qt.Key.Key_2)
    at_work.press(Qt.Key.Key_1)
    assert names_on(at_work, 3) == ["R&D 🌊"]
    select(at_work, 1)
    at_work.press(Qt.Key.Key_Period)
    assert names_on(at_work, 1) == ["R&D 🌊"]


def test_all_selected_rows_get_it_in_one_step(at_work: Hands):
    at_work.press(Qt.Key.Key_1)
    ids = at_work.session.read.annotation_ids()
    choose_rows(at_work, *ids)
    at_work.press(Qt.Key.Key_Period)
    assert [names_on(at_work, number) for number in (1, 2, 3)] == [["displaced"]] * 3
    at_work.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [names_on(at_work, number) for number in (1, 2, 3)] == [[], [], ["displaced"]]


def test_before_any_tag_was_put_on_a_notice_says_how(at_work: Hands):
    at_work.press(Qt.Key.Key_Period)
    assert at_work.told[-1].words.startswith("Put a tag on a mark first")
    assert at_work.window.actions_["repeat_tag"].text() == "Tag again"


def test_a_tag_that_was_removed_is_forgotten_until_it_is_back(at_work: Hands):
    at_work.press(Qt.Key.Key_1)
    commands.remove_tag(at_work.session.project, at_work.session.read.tags()[0].id)
    QTest.qWait(0)
    assert at_work.window.actions_["repeat_tag"].text() == "Tag again"
    at_work.press(Qt.Key.Key_Period)
    assert at_work.told[-1].words.startswith("Put a tag on a mark first")
    at_work.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert at_work.window.actions_["repeat_tag"].text() == "Tag again: displaced"


def test_another_project_begins_without_one(at_work: Hands, tmp_path: Path):
    at_work.press(Qt.Key.Key_1)
    assert at_work.session.create(tmp_path / "other.pnote")
    assert at_work.session.last_tag is None
    assert at_work.window.actions_["repeat_tag"].text() == "Tag again"


def test_a_full_stop_is_typed_where_words_are_typed(at_work: Hands):
    at_work.press(Qt.Key.Key_1)
    select(at_work, 1)
    form = at_work.window.inspector.form
    assert form is not None
    form.note.setFocus()
    at_work.press(Qt.Key.Key_Period)
    assert QApplication.focusWidget() is form.note
    assert form.note.toPlainText() == "."
    assert names_on(at_work, 1) == []


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
def test_the_palette_shows_the_name_of_the_tag_as_it_is(at_work: Hands):
    at_work.press(Qt.Key.Key_2)
    at_work.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = at_work.window.palette_
    assert "Tag again: R&D 🌊" in [row.label for row in palette.model.rows]
    palette.close()
