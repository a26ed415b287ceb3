"""Giving commands other keys, with real key presses, and what the window says and does afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel

from annotate import commands
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from ui.actions import ACTIONS
from ui.keys_dialog import KeysDialog
from ui.plain_tips import plain_tip
from ui.session import Session
from ui.settings import Settings
from ui.shortcut_sheet import ShortcutSheet
from ui.tag_dialog import TagDialog
from ui.theme import LIGHT
from ui.toolbar import KeyedButton
from ui.window import MainWindow

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXT = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded. قال العمدة ذلك.\n"
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def dialog(hands: Hands) -> KeysDialog:
    """One article is shown, with a tag of key 1; the dialog was opened from the sheet."""
    hands.window.importing.take_text(TEXT)
    commands.add_tag(hands.session.project, "damage 🌊")
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    QTest.qWaitForWindowActive(hands.window)
    hands.press(Key.Key_F1)
    sheet = hands.window.findChild(ShortcutSheet)
    assert sheet is not None
    QTest.mouseClick(sheet.change, Qt.MouseButton.LeftButton)
    opened = hands.window.findChild(KeysDialog)
    assert opened is not None
    assert opened.isVisible()
    return opened


def give(dialog: KeysDialog, name: str, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier, place: int = 0) -> None:
    """Choose an action and press its new key."""
    dialog.choose(name)
    dialog.fields[place].setFocus()
    QTest.keyClick(dialog.fields[place], key, modifiers)


def close(hands: Hands, dialog: KeysDialog) -> None:
    QTest.keyClick(dialog, Key.Key_Escape)
    sheet = hands.window.findChild(ShortcutSheet)
    if sheet is not None:
        sheet.close()
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    QTest.qWait(0)


def test_every_command_is_listed_by_menu_and_found_by_words_or_key(dialog: KeysDialog):
    heads = [dialog.tree.topLevelItem(row) for row in range(dialog.tree.topLevelItemCount())]
    listed = [head.child(row).text(0) for head in heads for row in range(head.childCount())]
    assert sorted(listed) == sorted(spec.label.rstrip("…") for spec in ACTIONS)
    assert dialog.search.hasFocus()
    QTest.keyClicks(dialog.search, "mark CLAIM change")
    shown = [
        head.child(row).text(0) for head in heads for row in range(head.childCount()) if not head.child(row).isHidden()
    ]
    assert shown == ["Change to claim"]
    assert dialog.command.text() == "Mark: Change to claim"
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "ctrl+z")
    assert dialog.command.text() == "Edit: Undo"
    QTest.keyClick(dialog.search, Key.Key_Return)
    assert dialog.fields[0].hasFocus()
    QTest.keyClicks(dialog.search, " nothing of this")
    assert dialog.said.text() == "No command has these words or this key."


def test_a_new_key_marks_at_once_and_the_old_one_no_more(hands: Hands, dialog: KeysDialog):
    give(dialog, "mark_claim", Key.Key_W)
    assert dialog.fields[0].text() == "W"
    assert dialog.said.text() == "W works “Claim” now."
    close(hands, dialog)
    hands.drag("some 340 homes")
    hands.press(Key.Key_C)
    assert hands.session.annotation is None
    hands.press(Key.Key_W)
    made = hands.session.annotation
    assert made is not None
    assert made.kind is Kind.CLAIM


def test_everything_that_names_a_key_names_the_new_one(hands: Hands, dialog: KeysDialog):
    window = hands.window
    give(dialog, "mark_claim", Key.Key_W)
    give(dialog, "mark_source", Key.Key_F9)
    give(dialog, "undo", Key.Key_U, CONTROL)
    give(dialog, "register_source", Key.Key_G)
    caps = {button.defaultAction().objectName(): button for button in window.toolbar.findChildren(KeyedButton)}
    assert [label.text() for label in caps["mark_claim"].findChildren(QLabel) if label.text() == "W"] == ["W"]
    assert not any(label.isVisible() and label.text() == "F9" for label in caps["mark_source"].findChildren(QLabel))
    assert window.actions_["mark_source"].toolTip().endswith("(F9)")
    sheet = window.findChild(ShortcutSheet)
    names = {label.accessibleName() for label in sheet.findChildren(QLabel) if not label.isHidden()}
    assert {"Claim: W", "Source: F9"} <= names
    assert "Claim: C" not in {label.accessibleName() for label in sheet.findChildren(QLabel) if label.isVisible()}
    assert window.annotations.empty.text().endswith("press W, F or F9.")
    close(hands, dialog)
    hands.press(Key.Key_W)
    assert hands.told[-1].words == "Drag over the words first, then press W."
    hands.drag("The mayor")
    assert window.status_line.hint.text() == "W, F or F9 marks the words"
    hands.press(Key.Key_F9)
    QTest.qWait(0)
    assert window.inspector.form.register_key.text() == "G"
    assert window.actions_["undo"].toolTip() == "Undo: Mark source (Ctrl+U)"
    window.palette_.open()
    key = next(row.key for row in window.palette_.model.rows if row.target == "mark_claim")
    window.palette_.close()
    assert key == "W"


def test_an_action_without_a_key_is_spoken_of_by_its_menu(hands: Hands, dialog: KeysDialog):
    give(dialog, "import_files", Key.Key_Backspace)
    for name in ("mark_claim", "mark_figure", "mark_source"):
        give(dialog, name, Key.Key_Backspace)
    assert hands.window.annotations.empty.text().endswith("choose a kind in the menu Mark.")
    close(hands, dialog)
    hands.drag("The mayor")
    assert hands.window.status_line.hint.text() == ""
    hands.session.close()
    assert hands.session.create(hands.window.settings.folder / "b.pnote")
    assert hands.window.reader.message.text() == "Drop articles here, or choose “Import articles…” in the menu File."
    hands.window.keys.change(hands.window.keys.keymap.all_usual())
    assert hands.window.reader.message.text() == "Drop articles here, or press Ctrl+I."
    assert hands.window.articles.empty.text() == "Drop files on the window, or press Ctrl+I."


def test_a_key_of_another_command_is_told_and_moved_only_when_asked(hands: Hands, dialog: KeysDialog):
    keys = hands.window.keys
    give(dialog, "mark_claim", Key.Key_F)
    assert dialog.said.text() == "F is already “Figure”. Use it here instead?"
    assert dialog.answer.isVisible()
    assert keys.keymap.changes == {}
    dialog.choose("mark_source")
    dialog.choose("mark_claim")
    assert dialog.fields[0].text() == "C"
    assert not dialog.answer.isVisible()
    give(dialog, "mark_claim", Key.Key_F)
    QTest.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    assert keys.keymap.changes == {"mark_claim": ("F",), "mark_figure": ()}
    assert dialog.said.text() == "F works “Claim” now. “Figure” has no key now."
    assert not dialog.answer.isVisible()


def test_enter_in_the_field_says_yes_to_what_is_asked_and_nothing_else(hands: Hands, dialog: KeysDialog):
    give(dialog, "mark_claim", Key.Key_Return)
    assert hands.window.keys.keymap.changes == {}
    assert dialog.isVisible()
    give(dialog, "next_mark", Key.Key_F, place=1)
    QTest.keyClick(dialog.fields[1], Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert hands.window.keys.keymap.changes == {"next_mark": ("]", "F"), "mark_figure": ()}


def test_a_key_of_a_tag_is_told_and_taken_off_the_tag_when_it_moves(hands: Hands, dialog: KeysDialog):
    give(dialog, "mark_claim", Key.Key_1)
    assert dialog.said.text() == "1 is already the key of the tag “damage 🌊”. Use it here instead?"
    QTest.keyClick(dialog.fields[0], Key.Key_Return)
    assert [tag.key for tag in hands.session.read.tags()] == [None]
    assert hands.window.keys.keymap.keys("mark_claim") == ("1",)
    assert dialog.tags.isHidden()


@pytest.mark.parametrize(
    ("key", "modifiers", "why"),
    [
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, "moves the caret"),
        (Key.Key_C, CONTROL, "copies"),
        (Key.Key_A, CONTROL, "selects everything"),
        (Key.Key_Space, Qt.KeyboardModifier.NoModifier, "presses the button"),
    ],
)
def test_a_key_that_the_text_needs_is_refused_with_the_reason(
    hands: Hands, dialog: KeysDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier, why: str
):
    give(dialog, "mark_claim", key, modifiers)
    assert why in dialog.said.text()
    assert dialog.fields[0].text() == "C"
    assert not dialog.answer.isVisible()
    assert hands.window.keys.keymap.changes == {}


def test_tab_leaves_the_field_and_escape_the_dialog(hands: Hands, dialog: KeysDialog):
    dialog.activateWindow()
    dialog.fields[0].setFocus()
    QTest.keyClick(dialog.fields[0], Key.Key_Tab)
    assert QApplication.focusWidget() is not dialog.fields[0]
    QTest.keyClick(dialog.fields[0], Key.Key_Escape)
    assert not dialog.isVisible()
    assert hands.window.keys.keymap.changes == {}


def test_no_key_and_back_to_the_usual_keys_of_one_and_of_all(hands: Hands, dialog: KeysDialog):
    keys = hands.window.keys
    dialog.choose("redo")
    assert not dialog.usual.isEnabled()
    QTest.mouseClick(dialog.no_key[1], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.no_key[0], Qt.MouseButton.LeftButton)
    assert keys.keymap.changes == {"redo": ()}
    assert not dialog.fields[1].isEnabled()
    give(dialog, "mark_claim", Key.Key_Y, CONTROL)
    dialog.choose("redo")
    QTest.mouseClick(dialog.usual, Qt.MouseButton.LeftButton)
    assert keys.keymap.changes == {"mark_claim": ()}
    assert "“Claim” has no key now." in dialog.said.text()
    QTest.mouseClick(dialog.all_usual, Qt.MouseButton.LeftButton)
    assert keys.keymap.changes == {}
    QTest.mouseClick(dialog.answer, Qt.MouseButton.LeftButton)
    assert keys.keymap.changes == {"mark_claim": ()}


def test_changed_keys_are_there_in_the_next_window(qtbot, hands: Hands, dialog: KeysDialog, settings: Settings):
    give(dialog, "mark_claim", Key.Key_W)
    QTest.mouseClick(
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton
    )
    another = MainWindow(Session("Ann"), settings, LIGHT)
    qtbot.addWidget(another)
    assert another.actions_["mark_claim"].shortcut().toString() == "W"
    another.close()


# -- tags -------------------------------------------------------------------------------------------------------------


def test_a_tag_whose_key_a_command_uses_says_so_and_the_key_is_the_commands(hands: Hands, dialog: KeysDialog):
    project, panel = hands.session.project, hands.window.tags
    tag = next(iter(hands.session.read.tags()))
    commands.edit_tag(project, tag.id, key="W")
    hands.window.keys.change(hands.window.keys.keymap.with_key("attribute", 0, "W"))
    told = "W is used by “Say who says so”"
    assert panel.view.item(0).toolTip() == plain_tip(f"damage 🌊\n{told}")
    assert told in panel.view.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert [act.text() for act in panel.menu_of(None).actions()] == [f"Edit “damage 🌊”…   ({told})"]
    assert panel.menu_of(hands.session.read.tags()[0]).actions()[0].text() == f"Edit…   ({told})"
    assert dialog.tags.text() == "The tag “damage 🌊” has the key W, which is used by “Say who says so”."
    close(hands, dialog)
    made = hands.mark(Kind.SOURCE, "The mayor")  # nobody says so of a source: the command cannot be used
    hands.press(Key.Key_W)
    assert hands.session.read.annotation(made.id).tag_ids == ()
    hands.window.keys.change(hands.window.keys.keymap.all_usual())
    hands.press(Key.Key_W)
    assert hands.session.read.annotation(made.id).tag_ids == (tag.id,)
    assert panel.view.item(0).toolTip() == plain_tip("damage 🌊")


def test_a_tag_is_refused_the_key_of_a_command_with_a_sentence(hands: Hands, qtbot):
    commands.add_tag(hands.session.project, "damage")
    tag = hands.session.read.tags()[0]
    keys = hands.window.keys
    keys.change(keys.keymap.with_key("mark_claim", 0, "W"))
    edited = TagDialog(tag, [tag], keys)
    qtbot.addWidget(edited)
    ok = edited.buttons.button(QDialogButtonBox.StandardButton.Ok)
    for typed, user in (("w", "Claim"), ("f", "Figure")):
        edited.key.clear()
        QTest.keyClicks(edited.key, typed)
        assert edited.hint.text().startswith(f"{typed.upper()} is used by “{user}”.")
        assert not ok.isEnabled()
    edited.key.clear()
    QTest.keyClicks(edited.key, "c")
    assert ok.isEnabled()
    assert edited.columns() == {"key": "C"}


def test_a_tag_keeps_a_key_it_has_while_its_name_is_edited(hands: Hands, qtbot):
    commands.add_tag(hands.session.project, "damage", key="F")
    tag = hands.session.read.tags()[0]
    edited = TagDialog(tag, [tag], hands.window.keys)
    qtbot.addWidget(edited)
    assert edited.hint.text().startswith("F is used by “Figure”.")
    assert edited.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_a_new_tag_gets_a_key_that_no_command_uses(hands: Hands):
    keys = hands.window.keys
    keys.change(keys.keymap.with_key("mark_claim", 0, "1"))
    line = hands.window.tags.new
    line.setFocus()
    QTest.keyClicks(line, "damage")
    QTest.keyClick(line, Key.Key_Return)
    assert [tag.key for tag in hands.session.read.tags()] == ["2"]
