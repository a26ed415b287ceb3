"""The bin, erasing for good and the copy without history, in the window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from annotate import backup_thinning, erasing
from annotate import commands as do
from annotate import project as project_module
from annotate.backups import Occasion, backups_of, make_backup
from annotate.model import Article
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import BOATS, take_in
from tests.annotate.works import marked
from tests.safety.needles import found_in
from tests.ui.conftest import Hands
from ui.erasing import BinDialog, EraseDialog

NEEDLE = "Zyxqarwen"
TEXT = f"{NEEDLE} leaves\n\n“Nobody told us,” said {NEEDLE}, a baker.\n"


@pytest.fixture
def articles(hands: Hands) -> list[Article]:
    project = hands.session.project
    made = [take_in(project, TEXT, "secret.txt"), take_in(project), take_in(project, BOATS, "boats.txt")]
    marked(project, made[0], Kind.CLAIM, "Nobody told us")
    return made


def bin_of(hands: Hands) -> BinDialog:
    hands.window.actions_["open_bin"].trigger()
    assert hands.window.erasing.bin is not None
    return hands.window.erasing.bin


def dialog_of(hands: Hands) -> EraseDialog:
    """The dialog that asks, once it is worked out what would go."""
    tries = 1_000
    while hands.window.erasing.dialog is None and (tries := tries - 1):
        QTest.qWait(20)
    assert hands.window.erasing.dialog is not None
    return hands.window.erasing.dialog


def words_of(dialog: EraseDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if not label.isHidden())


def erased(qtbot: QtBot, dialog: EraseDialog) -> None:
    """Press the button and wait until it is done."""
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.cancel.text() == "Close", timeout=20_000)


def test_the_bin_shows_title_time_analyst_and_marks(hands: Hands, articles: list[Article]) -> None:
    hands.session.run(do.move_to_bin, [articles[0].id])
    table = bin_of(hands).table
    cells = [table.item(0, column).text() for column in range(table.columnCount())]
    assert cells[0] == f"{NEEDLE} leaves"
    assert cells[3:] == ["Ann Alyst", "1"]
    assert table.rowCount() == 1


def test_one_or_several_are_restored_from_it_and_that_can_be_undone(hands: Hands, articles: list[Article]) -> None:
    hands.session.run(do.move_to_bin, [one.id for one in articles])
    dialog = bin_of(hands)
    dialog.table.selectAll()
    assert dialog.restore.text() == "Restore 3 articles"
    dialog.restore.click()
    assert len(hands.session.read.articles()) == 3
    assert dialog.table.rowCount() == 0
    assert not dialog.empty.isHidden()
    assert not dialog.restore.isEnabled()
    hands.session.undo()
    assert dialog.table.rowCount() == 3
    at = dialog.table.visualItemRect(dialog.table.item(1, 0)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    chosen = dialog.chosen_ids()
    assert len(chosen) == 1
    dialog.table.setFocus()
    dialog.restore.click()
    assert [one.id for one in hands.session.read.articles()] == chosen


def test_an_article_is_erased_from_the_bin_once_its_id_is_typed(
    hands: Hands, articles: list[Article], qtbot: QtBot
) -> None:
    path = hands.session.project.path
    hands.session.choose_article(articles[1].id)
    hands.session.run(do.move_to_bin, [articles[0].id])
    make_backup(path)
    bin_dialog = bin_of(hands)
    bin_dialog.erase.click()
    dialog = dialog_of(hands)
    assert "This cannot be undone" in words_of(dialog)
    assert "1 article, 1 version of its text, 1 claim" in words_of(dialog)
    assert backups_of(path)[0].path.name in words_of(dialog)
    assert "copies of the project elsewhere" in words_of(dialog)
    assert not dialog.erase.isEnabled()
    qtbot.keyClicks(dialog.typed, "a-00")
    assert not dialog.erase.isEnabled()
    qtbot.keyClicks(dialog.typed, f"{articles[0].id:02d}")
    assert dialog.erase.isEnabled()
    erased(qtbot, dialog)
    assert "is erased for good" in words_of(dialog)
    assert hands.session.read.article(articles[0].id) is None
    assert bin_dialog.table.rowCount() == 0
    assert hands.session.article_id == articles[1].id, "what was read is read on"
    dialog.cancel.click()
    assert hands.window.erasing.dialog is None
    marked(hands.session.project, articles[1], Kind.CLAIM, "Nobody told us")
    hands.session.close()
    assert found_in(path.parent / f"{path.stem} backups", NEEDLE) == []
    assert NEEDLE.encode() not in path.read_bytes()


def test_several_are_erased_once_that_is_typed(hands: Hands, articles: list[Article], qtbot: QtBot) -> None:
    hands.session.run(do.move_to_bin, [one.id for one in articles[:2]])
    dialog = bin_of(hands)
    dialog.table.selectAll()
    dialog.erase.click()
    asking = dialog_of(hands)
    qtbot.keyClicks(asking.typed, "erase 2 articles")
    erased(qtbot, asking)
    assert [one.id for one in hands.session.read.articles()] == [articles[2].id]
    assert hands.session.read.binned() == []


def test_escape_erases_nothing(hands: Hands, articles: list[Article], qtbot: QtBot) -> None:
    hands.session.choose_article(articles[0].id)
    hands.window.actions_["erase_article"].trigger()
    dialog = dialog_of(hands)
    qtbot.keyClicks(dialog.typed, articles[0].title)
    assert dialog.erase.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert hands.window.erasing.dialog is None
    assert hands.session.read.article(articles[0].id) is not None


def test_a_source_is_erased_with_the_articles_that_are_ticked(
    hands: Hands, articles: list[Article], qtbot: QtBot
) -> None:
    project = hands.session.project
    mention = marked(project, articles[0], Kind.SOURCE, NEEDLE)
    do.register_mention(project, mention)
    do.edit_article(project, articles[1].id, note=f"ask {NEEDLE}")
    hands.session.select(mention)
    qtbot.waitUntil(hands.window.actions_["erase_source"].isEnabled)
    hands.window.actions_["erase_source"].trigger()
    dialog = dialog_of(hands)
    assert "Stays in the text of these articles".upper() in words_of(dialog)
    assert dialog.articles.count() == 1
    dialog.articles.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: "Stays in the text of these articles".upper() not in words_of(dialog), timeout=20_000)
    assert dialog.articles.count() == 1, "it can be unticked again"
    qtbot.keyClicks(dialog.typed, NEEDLE)
    erased(qtbot, dialog)
    assert "still stands" not in words_of(dialog)
    assert hands.session.read.sources() == []
    assert hands.session.read.article(articles[1].id).note == "ask [erased]"
    path = hands.session.project.path
    hands.session.close()
    assert found_in(path.parent / f"{path.stem} backups", NEEDLE) == []
    assert NEEDLE.encode() not in path.read_bytes()


def test_what_is_read_elsewhere_is_not_erased_and_can_be_tried_again(
    hands: Hands, articles: list[Article], qtbot: QtBot
) -> None:
    hands.session.choose_article(articles[0].id)
    hands.window.actions_["erase_article"].trigger()
    dialog = dialog_of(hands)
    qtbot.keyClicks(dialog.typed, articles[0].label)
    with hands.session.project.reading_elsewhere() as reader:
        assert reader.articles()
        qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "is being read" in dialog.warning.text(), timeout=20_000)
    assert hands.session.read.article(articles[0].id) is not None
    assert dialog.erase.isEnabled()
    erased(qtbot, dialog)
    assert hands.session.read.article(articles[0].id) is None


def test_a_copy_without_history_is_written_where_it_is_asked_for(
    hands: Hands, articles: list[Article], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.pnote"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target.with_suffix("")), ""))
    hands.window.actions_["copy_without_history"].trigger()
    qtbot.waitUntil(lambda: any("as it is now" in notice.words for notice in hands.told), timeout=20_000)
    with Project.open(target, "Ben") as copy:
        assert len(copy.read.articles()) == len(articles)
        assert copy.read.steps() == []


def test_escape_while_it_is_prepared_stops_it_and_nothing_is_changed(
    hands: Hands, articles: list[Article], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = erasing.prepare_erasing
    begun = threading.Event()

    def slowly(*asked: Any, progress: Callable[[int, int], bool], **more: Any) -> Any:
        def patiently(done: int, total: int) -> bool:
            begun.set()
            while progress(done, total):
                time.sleep(0.01)
            return False

        return prepare(*asked, progress=patiently, **more)

    monkeypatch.setattr(erasing, "prepare_erasing", slowly)
    hands.session.choose_article(articles[0].id)
    hands.window.actions_["erase_article"].trigger()
    dialog = dialog_of(hands)
    qtbot.keyClicks(dialog.typed, articles[0].label)
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    assert not dialog.erase.isEnabled()
    assert not dialog.typed.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "was stopped" in dialog.warning.text(), timeout=20_000)
    assert dialog.isVisible()
    assert hands.session.read.article(articles[0].id) is not None
    assert not [path for path in hands.session.project.path.parent.iterdir() if path.name.endswith(".part")]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert hands.window.erasing.dialog is None


def test_while_a_backup_is_made_nothing_is_erased(
    hands: Hands, articles: list[Article], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.session.choose_article(articles[0].id)
    hands.window.actions_["erase_article"].trigger()
    dialog = dialog_of(hands)
    qtbot.keyClicks(dialog.typed, articles[0].label)
    monkeypatch.setattr(hands.window.erasing, "_is_backing_up", lambda: True)
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "A backup is being made" in dialog.warning.text(), timeout=20_000)
    assert hands.session.read.article(articles[0].id) is not None
    monkeypatch.setattr(hands.window.erasing, "_is_backing_up", lambda: False)
    erased(qtbot, dialog)
    assert hands.session.read.article(articles[0].id) is None


def test_what_is_erased_and_not_opened_again_is_told_and_opened_on_request(
    hands: Hands, articles: list[Article], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hands.session.project.path
    hands.session.choose_article(articles[0].id)
    bin_of(hands)
    hands.window.actions_["erase_article"].trigger()
    dialog = dialog_of(hands)
    qtbot.keyClicks(dialog.typed, articles[0].label)
    open_file, errors = project_module.open_file, [OSError(28, "No space left on device")]

    def opened(*asked: Any) -> Any:
        if errors:
            raise errors.pop()
        return open_file(*asked)

    monkeypatch.setattr(project_module, "open_file", opened)
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not hands.session.has_project, timeout=20_000)
    assert hands.window.erasing.dialog is None
    [told] = [notice for notice in hands.told if notice.trouble]
    assert "It is erased for good" in told.words
    assert told.act is not None
    told.act()
    assert hands.session.project.path == path
    assert hands.session.read.article(articles[0].id) is None
    hands.session.close()
    assert found_in(path.parent, NEEDLE) == []


def test_a_copy_is_never_written_over_a_file_and_the_system_does_not_promise_it(
    hands: Hands, articles: list[Article], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hands.session.project.path
    hands.session.run(do.move_to_bin, [articles[0].id])
    mine = path.with_name(f"{path.stem} without history.pnote")
    mine.write_bytes(b"mine")
    asked: list[tuple[Any, ...]] = []

    def chosen(*one: Any) -> tuple[str, str]:
        asked.append(one)
        return (str(mine) if len(asked) == 1 else one[2]), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    monkeypatch.setattr(hands.window.erasing, "_ask_about_bin", lambda: False)
    hands.window.actions_["copy_without_history"].trigger()
    assert asked[0][-1] == QFileDialog.Option.DontConfirmOverwrite
    told = hands.told[-1]
    assert told.words == f"{mine.name} is there already, and nothing is written over it. Choose another name."
    assert told.act is not None
    told.act()
    assert Path(asked[1][2]).name == f"{path.stem} without history 2.pnote", "a name that is free is suggested"
    qtbot.waitUntil(lambda: "as it is now" in hands.told[-1].words, timeout=20_000)
    assert mine.read_bytes() == b"mine"
    steps = hands.session.read.step_count()
    assert hands.told[-1].words == (
        f"{path.stem} without history 2.pnote has the project as it is now; "
        f"left out: {steps} steps of history, 1 article in the bin."
    )


def test_while_backups_are_removed_no_backup_begins_by_itself(
    hands: Hands, articles: list[Article], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had half written, the removing would take away."""
    go_on = threading.Event()
    clear = erasing.clear_backups

    def slowly(replaced: Any) -> Any:
        go_on.wait(20)
        return clear(replaced)

    monkeypatch.setattr(erasing, "clear_backups", slowly)
    make_backup(hands.session.project.path)
    hands.session.choose_article(articles[0].id)
    hands.window.actions_["erase_article"].trigger()
    dialog = dialog_of(hands)
    qtbot.keyClicks(dialog.typed, articles[0].label)
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hands.session.read.article(articles[0].id) is None, timeout=20_000)
    monkeypatch.setattr(backup_thinning, "CHANGES_BETWEEN", 1)
    hands.session.run(do.edit_article, articles[1].id, note="meanwhile")
    begun = hands.window.keeping.busy
    go_on.set()
    qtbot.waitUntil(lambda: dialog.cancel.text() == "Close", timeout=20_000)
    assert not begun
    assert [backup.occasion for backup in backups_of(hands.session.project.path)] == [Occasion.ERASING]
    dialog.cancel.click()
    hands.session.run(do.edit_article, articles[1].id, note="afterwards")
    assert hands.window.keeping.busy, "what was put off is made up for"
    qtbot.waitUntil(lambda: not hands.window.keeping.busy, timeout=20_000)
    assert not [notice for notice in hands.told if notice.trouble]


def test_a_copy_that_is_cancelled_is_told_and_leaves_nothing(
    hands: Hands, articles: list[Article], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    copy = erasing.copy_without_history

    def slowly(*asked: Any, progress: Callable[[int, int], bool], **more: Any) -> Any:
        def patiently(done: int, total: int) -> bool:
            begun.set()
            while progress(done, total):
                time.sleep(0.01)
            return False

        return copy(*asked, progress=patiently, **more)

    monkeypatch.setattr(erasing, "copy_without_history", slowly)
    target = hands.session.project.path.with_name("copy.pnote")
    hands.window.erasing.write_copy(target)
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    hands.window.actions_["erase_article"].trigger()
    hands.window.erasing.ask_articles([articles[0].id])
    assert "Wait for it to end" in hands.told[-1].words
    hands.window.bars.job.cancel_button.click()
    qtbot.waitUntil(lambda: not hands.window.erasing.busy, timeout=20_000)
    assert hands.told[-1].words == "copy.pnote was not written."
    assert not target.exists()
