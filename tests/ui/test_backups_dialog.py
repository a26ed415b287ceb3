"""Backups in the window: made by themselves, seen, compared and restored; trouble with them stops nothing."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotate import backup_thinning, backups
from annotate import commands as do
from annotate.backups import Made, Occasion, backups_folder, backups_of, make_backup
from annotate.errors import BackupFailed
from annotate.project import Project
from annotate.store.engine import inspect_header
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD, tables_of
from tests.ui.conftest import Hands
from ui.backups import keeping
from ui.backups.closing_dialog import ClosingDialog
from ui.backups.dialog import BackupsDialog
from ui.backups.model import BackupsModel
from ui.settings import Settings
from ui.window import MainWindow

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PATIENCE = 20_000


@pytest.fixture
def hands(hands: Hands) -> Hands:
    """An article is open."""
    hands.window.importing.take_text(FLOOD)
    return hands


def path_of(hands: Hands) -> Path:
    return hands.session.project.path


def dialog_of(hands: Hands, qtbot: QtBot) -> BackupsDialog:
    hands.window.actions_["backups"].trigger()
    dialog = hands.window.findChild(BackupsDialog)
    assert dialog is not None
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    return dialog


def compared(dialog: BackupsDialog, qtbot: QtBot) -> str:
    """What is told of the selected backup."""
    chosen = dialog.chosen()
    assert chosen is not None
    qtbot.waitUntil(lambda: dialog.details.words.text() not in ("", "Comparing …"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not dialog.model.unread(), timeout=PATIENCE)
    return dialog.details.words.text()


def until_idle(hands: Hands, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not hands.window.keeping.busy, timeout=PATIENCE)


# -- by themselves ---------------------------------------------------------------------------------------------------


def test_closing_a_project_makes_a_backup_of_all_that_was_done(hands: Hands) -> None:
    path = path_of(hands)
    hands.mark(Kind.FIGURE, "900 people")
    held = tables_of(hands.session.project)
    hands.session.close()
    (backup,) = backups_of(path)
    assert backup.occasion is Occasion.CLOSING
    with Project.open(shutil.copy(backup.path, path.with_name("copy.pnote"))) as copy:
        assert tables_of(copy) == held
    assert hands.told == []


def test_closing_the_window_makes_one_too_with_what_is_being_typed(hands: Hands) -> None:
    path = path_of(hands)
    mark = hands.mark(Kind.CLAIM, "Nobody told us")
    hands.window.inspector.setFocus()
    do.edit_annotation(hands.session.project, mark.id, note="see 🌊")
    hands.window.close()
    (backup,) = backups_of(path)
    with Project.open(shutil.copy(backup.path, path.with_name("copy.pnote"))) as copy:
        assert [each.note for each in copy.read.annotations()] == ["see 🌊"]


def test_closing_without_a_change_since_the_last_backup_makes_none(hands: Hands) -> None:
    path = path_of(hands)
    hands.session.close()
    assert hands.session.open(path)
    hands.session.close()
    assert len(backups_of(path)) == 1


def test_a_new_project_that_nothing_was_done_to_has_no_backup(window: MainWindow, tmp_path: Path) -> None:
    assert window.session.create(tmp_path / "empty.pnote")
    window.session.close()
    assert [path.name for path in tmp_path.iterdir() if "backups" in path.name] == []


def test_what_a_crash_left_without_a_backup_gets_one_at_the_next_closing(hands: Hands) -> None:
    path = path_of(hands)
    hands.session.close()
    with Project.open(path, "Ben") as elsewhere:
        do.add_tag(elsewhere, "made by a command")
    assert hands.session.open(path)
    hands.session.close()
    assert len(backups_of(path)) == 2


def test_after_so_many_changes_a_backup_is_made_while_the_work_goes_on(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_thinning, "CHANGES_BETWEEN", 3)
    for words in ("900 people", "Nobody told us", "dozens of houses"):
        hands.mark(Kind.CLAIM, words)
    until_idle(hands, qtbot)
    assert [backup.occasion for backup in backups_of(path_of(hands))] == [Occasion.WORKING]
    assert hands.window.bars.job.isHidden()  # nobody asked for it
    assert hands.told == []


def test_after_half_an_hour_of_work_a_backup_is_made(hands: Hands, qtbot: QtBot) -> None:
    made = hands.window.keeping
    hands.mark(Kind.CLAIM, "900 people")
    made._make_if_due()
    assert not made.busy
    made._last -= timedelta(minutes=31)
    made._make_if_due()
    until_idle(hands, qtbot)
    assert len(backups_of(path_of(hands))) == 1
    made._last -= timedelta(minutes=31)
    made._make_if_due()
    assert not made.busy  # nothing was changed since


# -- trouble ---------------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_is_told_once_and_work_and_closing_go_on(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(hands)
    backups_folder(path).write_text("in the way")
    monkeypatch.setattr(backup_thinning, "CHANGES_BETWEEN", 1)
    for words in ("900 people", "Nobody told us", "dozens of houses"):
        hands.mark(Kind.CLAIM, words)
        until_idle(hands, qtbot)
    assert len(hands.told) == 1
    assert hands.told[0].trouble
    assert "cannot be made" in hands.told[0].words
    hands.session.close()
    assert len(hands.told) == 1
    with Project.open(path) as opened:
        assert len(opened.read.annotations()) == 3


def test_once_there_is_a_backup_again_new_trouble_is_told_again(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_thinning, "CHANGES_BETWEEN", 1)
    folder = backups_folder(path_of(hands))
    for is_blocked, words in ((True, "900 people"), (False, "Nobody told us"), (True, "dozens of houses")):
        if is_blocked:
            shutil.rmtree(folder, ignore_errors=True)
            folder.write_text("in the way")
        else:
            folder.unlink()
        hands.mark(Kind.CLAIM, words)
        until_idle(hands, qtbot)
    assert len(hands.told) == 2


def test_what_goes_wrong_while_the_window_closes_is_told_at_the_next_start(
    hands: Hands, settings: Settings, qtbot: QtBot
) -> None:
    path = path_of(hands)
    backups_folder(path).write_text("in the way")
    hands.mark(Kind.CLAIM, "900 people")
    hands.window.close()
    assert hands.told == []
    assert "cannot be made" in settings.untold
    hands.session.open(path)
    assert [notice.words for notice in hands.told if notice.trouble] != []
    assert settings.untold == ""
    hands.session.close()


def test_a_damaged_text_is_told_and_the_backup_is_made_all_the_same(hands: Hands, qtbot: QtBot) -> None:
    path = path_of(hands)
    hands.session.close()
    data = bytearray(path.read_bytes())
    data[data.index(b"civil defence")] ^= 1
    path.write_bytes(data)
    hands.session.open(path)
    hands.mark(Kind.CLAIM, "900 people")
    hands.window.keeping.make_now()
    until_idle(hands, qtbot)
    assert any("not what was imported into case.pnote" in notice.words for notice in hands.told)
    assert len(backups_of(path)) == 2


def test_a_backup_that_takes_long_at_closing_says_so_and_can_be_left_out(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(hands)

    def slow(_path: Path, _occasion: Occasion, *, progress) -> None:
        while progress(1, 2):
            QTest.qSleep(5)
        raise BackupFailed("The backup was stopped.")

    monkeypatch.setattr(keeping, "make_backup", slow)
    seen: list[str] = []

    def skip() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ClosingDialog)
        seen.append(dialog.skip.text())
        QTest.mouseClick(dialog.skip, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, hands.session.close)
    QTimer.singleShot(600, skip)
    qtbot.waitUntil(lambda: not hands.session.has_project, timeout=PATIENCE)
    assert seen == ["Close without a backup"]
    assert backups_of(path) == []
    assert hands.told == []


def test_where_no_window_answers_any_more_closing_waits_for_the_backup_without_a_dialog(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = path_of(hands), make_backup

    def slow(project: Path, occasion: Occasion, *, progress) -> Made:
        QTest.qSleep(500)
        return real(project, occasion, progress=progress)

    monkeypatch.setattr(keeping, "make_backup", slow)
    hands.session.close()
    assert [backup.occasion for backup in backups_of(path)] == [Occasion.CLOSING]


# -- the dialog ------------------------------------------------------------------------------------------------------


def test_without_backups_the_dialog_says_when_there_will_be_some(hands: Hands, qtbot: QtBot) -> None:
    dialog = dialog_of(hands, qtbot)
    assert dialog.none_yet.isVisible()
    assert not dialog.restore.isEnabled()
    assert not dialog.folder.isEnabled()
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.table.isVisible(), timeout=PATIENCE)
    assert compared(dialog, qtbot) == "Nothing was changed since this backup."
    (backup,) = backups_of(path_of(hands))
    assert backup.occasion is Occasion.ASKED
    assert dialog.restore.isEnabled()


def test_each_backup_tells_when_and_why_it_was_made_and_what_it_holds(hands: Hands, qtbot: QtBot) -> None:
    now = datetime.now(UTC)
    make_backup(path_of(hands), Occasion.CLOSING, now=now - timedelta(days=3))
    hands.mark(Kind.CLAIM, "900 people")
    make_backup(path_of(hands), Occasion.WORKING, now=now - timedelta(hours=3))
    dialog = dialog_of(hands, qtbot)
    compared(dialog, qtbot)
    rows = [[dialog.model.index(row, column).data() for column in range(1, 5)] for row in range(2)]
    assert rows == [["3 hours ago", "while working", "1", "1"], ["3 days ago", "on closing", "1", "0"]]
    assert dialog.model.index(0, 5).data().endswith(" KB")


def test_selecting_a_backup_shows_what_was_changed_since_and_by_whom(
    hands: Hands, qtbot: QtBot, announced: list[str]
) -> None:
    now = datetime.now(UTC)
    make_backup(path_of(hands), now=now - timedelta(days=3))
    hands.mark(Kind.FIGURE, "900 people")
    make_backup(path_of(hands), now=now - timedelta(hours=3))
    hands.session.become("Ben")
    hands.mark(Kind.CLAIM, "Nobody told us")
    dialog = dialog_of(hands, qtbot)
    assert compared(dialog, qtbot) == "1 claim added"
    assert dialog.details.heading.text() == "1 step by Ben (1)"
    assert announced[-1] == "Changed since this backup. 1 claim added. 1 step by Ben (1)"
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "figure" in dialog.details.words.text(), timeout=PATIENCE)
    assert dialog.details.words.text() == "1 article changed\n1 claim added\n1 figure added"
    assert sorted(dialog.details.heading.text()[11:].split(", ")) == ["Ann Alyst (1)", "Ben (1)"]
    assert dialog.details.list.model().rowCount() == 2


def test_restoring_shows_the_project_as_it_was_and_can_be_taken_back(hands: Hands, qtbot: QtBot) -> None:
    path = path_of(hands)
    hands.mark(Kind.FIGURE, "900 people")
    make_backup(path)
    hands.mark(Kind.CLAIM, "Nobody told us")
    article_id = hands.session.article_id
    dialog = dialog_of(hands, qtbot)
    compared(dialog, qtbot)
    QTest.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hands.session.has_project and not hands.window.keeping.busy, timeout=PATIENCE)
    assert path_of(hands) == path
    assert [each.words for each in hands.session.read.annotations()] == ["900 people"]
    assert hands.session.article_id == article_id
    assert hands.told[-1].words == "case.pnote is restored. What it was before is a backup now, too."
    assert [backup.occasion for backup in backups_of(path)] == [Occasion.RESTORE, Occasion.ASKED]
    QTest.mouseClick(hands.window.bars.notices.act_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hands.session.has_project and not hands.window.keeping.busy, timeout=PATIENCE)
    assert len(hands.session.read.annotations()) == 2


def test_a_damaged_backup_says_so_and_cannot_be_restored(hands: Hands, qtbot: QtBot) -> None:
    backup = make_backup(path_of(hands)).backup
    backup.path.write_bytes(b"only words")
    dialog = dialog_of(hands, qtbot)
    assert "is not a Provenote project" in compared(dialog, qtbot)
    assert dialog.model.index(0, 3).data() == "damaged"
    assert not dialog.restore.isEnabled()


def test_a_restore_that_fails_leaves_the_project_open_as_it_was(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(hands)
    backup = make_backup(path).backup
    hands.mark(Kind.CLAIM, "900 people")
    held = tables_of(hands.session.project)

    def full(_from: Path, _to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.shutil, "copyfile", full)
    hands.window.keeping.restore(backup.path)
    qtbot.waitUntil(lambda: hands.session.has_project and not hands.window.keeping.busy, timeout=PATIENCE)
    assert tables_of(hands.session.project) == held
    assert "No space left on device" in hands.told[-1].words


def test_forty_backups_are_listed_the_newest_first_and_read_in_the_background(hands: Hands, qtbot: QtBot) -> None:
    now = datetime.now(UTC)
    first = make_backup(path_of(hands), now=now).backup
    for days in range(1, 40):
        time = now - timedelta(days=days)
        shutil.copy(first.path, first.path.with_name(f"case {time:%Y-%m-%d %H.%M.%SZ}.pnote"))
    dialog = dialog_of(hands, qtbot)
    assert dialog.model.rowCount() == 40
    compared(dialog, qtbot)
    assert {dialog.model.index(row, 3).data() for row in range(40)} == {"1"}
    assert dialog.chosen() == backups_of(path_of(hands))[0]


def test_of_a_project_that_is_only_looked_at_backups_are_seen_and_none_is_made(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(hands)
    hands.session.close()
    hands.told.clear()
    assert hands.session.view(path)
    dialog = dialog_of(hands, qtbot)
    assert compared(dialog, qtbot) == "Nothing was changed since this backup."
    assert not dialog.make.isEnabled()
    assert not dialog.restore.isEnabled()
    dialog.reject()
    hands.session.close()
    assert len(backups_of(path)) == 1


def test_the_list_is_a_sound_model(qtbot: QtBot, hands: Hands) -> None:
    model = BackupsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made = make_backup(path_of(hands)).backup
    model.show([made])
    model.take(made.path, "damaged")
    model.show([])
    del tester


def test_a_project_of_an_older_version_that_was_restored_is_brought_up_to_date_again(
    hands: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    import gzip

    stored = Path(__file__).parents[1] / "annotate" / "schemas" / "version-1.pnote.gz"
    old = tmp_path / "old.pnote"
    old.write_bytes(gzip.decompress(stored.read_bytes()))
    assert hands.session.open(old)
    (update,) = backups_of(old)
    assert (update.occasion, inspect_header(update.path)) == (Occasion.UPDATE, 1)
    hands.window.keeping.restore(update.path)
    qtbot.waitUntil(lambda: hands.session.has_project and not hands.window.keeping.busy, timeout=PATIENCE)
    assert hands.session.read.exports() == []  # a table that it did not have
    assert len(hands.session.read.annotations()) == 3
