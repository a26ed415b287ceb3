"""All dialogs are of one hand: the same room around, what is done and then the way out, none beyond the screen."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

import ui
from annotate import commands
from annotate.backups import Backup, backups_of, make_backup
from annotate.importers import Heads
from annotate.model import Tag
from tests.annotate.drafts import FLOOD
from tests.ui.conftest import Hands
from ui.backups.dialog import BackupsDialog
from ui.columns_dialog import ColumnsDialog
from ui.dialog_frame import MARGINS
from ui.dialogs import NameDialog, PasteDialog, ProjectDialog
from ui.erasing.bin_dialog import BinDialog
from ui.handing_on import ExportDialog
from ui.handing_on.sheet_columns import SheetColumnsDialog
from ui.keys_dialog import KeysDialog
from ui.mending.backup_chooser import BackupChooser
from ui.tag_dialog import TagDialog
from ui.web_dialog import WebDialog

WAYS_OUT = ("Cancel", "Close")
HEADS = Heads(("No", "Words"), (("1", "At least 900 people left their homes"),), guess=None, named=False)


def a_backup(hands: Hands) -> list[Backup]:
    hands.window.importing.take_text(FLOOD)
    make_backup(hands.session.project.path)
    return list(backups_of(hands.session.project.path))


def a_tag(hands: Hands) -> Tag:
    commands.add_tag(hands.session.project, "aid")
    return hands.session.read.tags()[0]


DIALOGS: dict[str, Callable[[Hands], QDialog]] = {
    "backups": lambda h: BackupsDialog(h.session, h.window.keeping, h.window),
    "bin": lambda h: BinDialog(h.session, h.window),
    "chooser": lambda h: BackupChooser(h.session.project.path, a_backup(h), h.window),
    "columns": lambda h: ColumnsDialog("list.csv", HEADS, h.window),
    "export": lambda h: ExportDialog(h.session, h.window.settings, [], h.window),
    "keys": lambda h: KeysDialog(h.window.keys, h.session, h.window),
    "name": lambda h: NameDialog("Ann", h.window),
    "paste": lambda h: PasteDialog(FLOOD, h.window),
    "project": lambda h: ProjectDialog(h.session.read.project_info(), h.window),
    "sheet columns": lambda h: SheetColumnsDialog(h.session, h.window),
    "tag": lambda h: TagDialog(a_tag(h), [], h.window.keys, h.window),
    "web": lambda h: WebDialog(("https://example.org/a",), h.window),
}


def buttons_of(dialog: QDialog) -> list[QPushButton]:
    """Those of the last row, from left to right."""
    seen = [button for button in dialog.findChildren(QPushButton) if button.isVisible()]
    tops = {button: button.mapTo(dialog, QPoint(0, 0)) for button in seen}
    last = max(top.y() for top in tops.values())
    return sorted((one for one, top in tops.items() if last - top.y() < 6), key=lambda one: tops[one].x())


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_ends_with_what_it_does_and_then_the_way_out(hands: Hands, qtbot: QtBot, name: str):
    dialog = DIALOGS[name](hands)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    *before, way_out = buttons_of(dialog)
    assert way_out.text().replace("&", "") in WAYS_OUT
    primary = [button for button in before if button.property("kind") == "primary"]
    assert primary in ([], before[-1:])
    assert primary or name == "keys"  # keys change as they are pressed
    margins = dialog.layout().contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == MARGINS
    room = dialog.screen().availableGeometry()
    assert (dialog.width(), dialog.height()) <= (room.width(), room.height())
    dialog.reject()


def test_every_dialog_has_the_room_around_that_all_have():
    """The sheet of keys is a page to read: it scrolls up to its edge."""
    files = Path(ui.__file__).parent.rglob("*.py")
    made = {}
    for tree in (ast.parse(file.read_text("utf-8")) for file in files):
        for one in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            if any(isinstance(base, ast.Name) and base.id == "QDialog" for base in one.bases):
                called = {
                    call.func.id
                    for call in ast.walk(one)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                }
                made[one.name] = "column_of" in called
    assert len(made) >= 20
    assert [name for name, is_so in made.items() if not is_so] == ["ShortcutSheet"]


def test_the_order_of_buttons_is_that_of_the_program_on_every_system(hands: Hands, qtbot: QtBot):
    """A desktop that has the way out first must not turn round half of the dialogs."""
    dialog = NameDialog("Ann", hands.window)
    qtbot.addWidget(dialog)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    dialog.show()
    assert box.style().styleHint(box.style().StyleHint.SH_DialogButtonLayout, None, box) == 0
