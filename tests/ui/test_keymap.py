"""Which key works what: the declared keys among themselves, changed keys, and what a stored change may say."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

from tests.ui.conftest import Hands
from ui.actions import ACTIONS, MENUS, Needs
from ui.keymap import MOST_KEYS, Keymap, canonical, is_caret_move, keymap, pressed, refusal
from ui.palette import NAME
from ui.settings import Settings

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

USUAL = {"claim": ("C",), "merge": ("M", "Ctrl+M"), "find": ("Ctrl+F",), "about": (), "leave": ("Esc",)}
NO, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


# -- the declared actions -------------------------------------------------------------------------------------------


def test_no_usual_key_is_one_that_desktops_keep_for_themselves():
    assert not [spec.name for spec in ACTIONS for key in spec.keys if key.startswith("Ctrl+Alt+")]


def test_every_action_has_a_way_by_keys(hands: Hands):
    opened = hands.window.palette_
    hands.window.actions_[NAME].trigger()
    offered = {row.target for row in opened.model.rows}
    opened.close()
    keymap = hands.window.keys.keymap
    assert keymap.keys(NAME)
    there = [spec.name for spec in ACTIONS if spec.needs is not Needs.VIEWED]
    assert [name for name in there if not keymap.keys(name) and name not in offered] == []


def test_no_two_actions_share_a_key():
    for one, other in combinations(ACTIONS, 2):
        shared = {QKeySequence(key) for key in one.keys} & {QKeySequence(key) for key in other.keys}
        assert not shared, f"{one.name} and {other.name}"


@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.keys], ids=lambda spec: spec.name)
def test_declared_keys_can_be_pressed_and_leave_the_caret_its_keys(spec):
    assert len(spec.keys) <= MOST_KEYS
    assert all(map(canonical, spec.keys))
    assert [key for key in spec.keys if is_caret_move(key)] == []
    assert spec.menu in MENUS


@pytest.mark.parametrize("key", ["Left", "Shift+Right", "Ctrl+Right", "Ctrl+Shift+Left", "End", "Ctrl+Home"])
def test_a_caret_key_is_one_that_moves_the_caret_of_a_text(qtbot, key: str):
    view = QPlainTextEdit("one two three\nfour 🌊 five")
    qtbot.addWidget(view)
    cursor = view.textCursor()
    cursor.setPosition(6)
    view.setTextCursor(cursor)
    combination = QKeySequence(key)[0]
    qtbot.keyClick(view, combination.key(), combination.keyboardModifiers())
    assert view.textCursor().position() != 6
    assert is_caret_move(key)


# -- reading a key press ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "wanted"),
    [
        (Qt.Key.Key_M, NO, "m", "M"),
        (Qt.Key.Key_M, SHIFT, "M", "Shift+M"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_Plus, CONTROL | SHIFT, "+", "Ctrl++"),
        (Qt.Key.Key_F5, SHIFT, "", "Shift+F5"),
        (Qt.Key.Key_7, Qt.KeyboardModifier.KeypadModifier, "7", "7"),
        (0x645, NO, "م", "م"),
        (Qt.Key.Key_Shift, SHIFT, "", ""),
        (Qt.Key.Key_unknown, NO, "", ""),
    ],
)
def test_a_key_press_is_read_as_it_would_be_declared(key, modifiers, text: str, wanted: str):
    assert pressed(QKeyEvent(QEvent.Type.KeyPress, int(key), modifiers, text)) == wanted


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("Tab", "field"),
        ("Return", "typed"),
        ("Up", "caret"),
        ("Shift+Home", "caret"),
        ("Ctrl+C", "copies"),
        ("Ctrl+A", "selects"),
        ("Space", "button"),
        ("Esc", "leaves"),
    ],
)
def test_keys_that_the_text_or_the_system_needs_are_refused_with_a_reason(key: str, why: str):
    assert why in refusal(key)


@pytest.mark.parametrize("key", ["M", "Shift+M", "F5", "Ctrl+M", "7", "م", ".", "Del", "Alt+Left"])
def test_other_keys_are_not_refused(key: str):
    assert refusal(key) == ""


# -- changing ---------------------------------------------------------------------------------------------------------


def test_a_key_that_is_given_to_an_action_is_taken_from_the_one_that_had_it():
    made = Keymap(USUAL).with_key("claim", 1, "M")
    assert made.keys("claim") == ("C", "M")
    assert made.keys("merge") == ("Ctrl+M",)
    assert (made.owner("M"), made.owner("C"), made.owner("X")) == ("claim", "claim", None)


def test_only_what_differs_from_the_usual_is_a_change():
    made = Keymap(USUAL).with_key("claim", 0, "X")
    assert made.changes == {"claim": ("X",)}
    assert made.with_key("claim", 0, "C").changes == {}
    assert made.with_key("claim", 0, "").changes == {"claim": ()}


def test_usual_keys_come_back_from_the_action_that_has_them_now():
    made = Keymap(USUAL).with_key("find", 0, "M").usually("merge")
    assert made.keys("merge") == ("M", "Ctrl+M")
    assert made.changes == {"find": ()}
    assert made.all_usual().changes == {}


def test_names_and_keys_nobody_knows_are_passed_over():
    stored = {"gone": ["X"], "claim": ["Hyper+Q", "🌊🌊", "Ctrl+K, Ctrl+B"], "find": ["", "g", "Left", "Tab"]}
    assert keymap(USUAL, stored).changes == {"find": ("G",)}


def test_a_stored_conflict_ends_in_favour_of_the_usual():
    assert keymap(USUAL, {"claim": ["M"]}).changes == {}
    assert keymap(USUAL, {"claim": ["M", "X"]}).changes == {"claim": ("X",)}
    assert keymap(USUAL, {"find": ["X"], "claim": ["X"]}).changes == {"claim": ("X",)}
    # M is back with merge, so that find, which has taken C meanwhile, gives C back as well.
    assert keymap(USUAL, {"claim": ["M"], "find": ["C"]}).changes == {}


def test_no_key_at_all_is_kept_and_an_action_keeps_a_usual_key_that_others_cannot_have():
    stored = {"claim": [], "leave": ["Esc", "F9"], "find": ["Esc"]}
    assert keymap(USUAL, stored).changes == {"claim": (), "leave": ("Esc", "F9")}


KEY = st.sampled_from(["C", "M", "Ctrl+M", "Ctrl+F", "X", "Y", "F9", "م", "Left", "Esc", "no key", ""])
STORED = st.dictionaries(st.sampled_from([*USUAL, "gone"]), st.lists(KEY, max_size=3))


@given(STORED)
def test_whatever_is_stored_no_key_works_two_actions_and_reading_is_stable(stored: dict[str, list[str]]):
    made = keymap(USUAL, stored)
    keys = [key for name in USUAL for key in made.keys(name)]
    assert len(keys) == len(set(keys))
    assert all(len(made.keys(name)) <= MOST_KEYS for name in USUAL)
    assert keymap(USUAL, made.changes) == made


@given(st.lists(st.tuples(st.sampled_from(list(USUAL)), st.integers(0, 1), st.sampled_from(["C", "M", "X", ""]))))
def test_changes_one_after_the_other_keep_every_key_with_one_action(steps: list[tuple[str, int, str]]):
    made = Keymap(USUAL)
    for name, place, key in steps:
        made = made.with_key(name, place, key)
        keys = [key for each in USUAL for key in made.keys(each)]
        assert len(keys) == len(set(keys))
        assert not key or made.owner(key) == name
    assert all(made.keys(name) != made.usual[name] for name in made.changes)
    assert keymap(USUAL, made.changes) == made


# -- kept in the settings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stored", ["", "not json", "[1]", '{"mark_claim": "X"}', '{"mark_claim": [7]}', "null"])
def test_settings_that_cannot_be_read_mean_the_usual_keys(tmp_path: Path, stored: str):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("keys", stored)
    assert Settings(store).keys == {}


def test_keys_are_there_again_after_a_restart(tmp_path: Path):
    path = str(tmp_path / "settings.ini")
    store = QSettings(path, QSettings.Format.IniFormat)
    kept = {"mark_claim": ["X", "Ctrl+م"], "tag": []}
    Settings(store).keys = kept
    store.sync()
    assert Settings(QSettings(path, QSettings.Format.IniFormat)).keys == kept
    assert json.loads(str(store.value("keys"))) == kept
