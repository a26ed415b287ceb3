"""An error nobody expected is logged without a word of the analyst's, told once, loses nothing, and work goes on."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
import stat
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer, qWarning
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.errors import ImportRefused
from annotate.fault_report import fault_of
from annotate.handing_on import Form, Order
from annotate.importers import read_bytes
from annotate.project import Project
from annotate.store.changes import Changes
from tests.annotate.drafts import tables_of, take_in
from tests.conftest import PROJECT
from tests.safety.faulty import NEEDLES, fail, in_a_slot, log_of, nothing_of_the_analyst, standing_behind, wait_for
from ui.fault_dialog import FaultDialog
from ui.faults import WORDS
from ui.inspector.article_form import ArticleForm
from ui.jobs import Job
from ui.session import Session
from ui.theme import LIGHT
from ui.window import MainWindow

# -- wherever it comes up ----------------------------------------------------------------------------------------


class Failing(QWidget):
    """Fails in what Qt calls: painting, keys."""

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.drawPoint(1, 1)
        fail()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        fail()


class Dropped:
    def __del__(self) -> None:
        fail()


def in_an_action(window: MainWindow) -> None:
    window.actions_["zoom_in"].triggered.connect(lambda: fail())
    window.actions_["zoom_in"].trigger()


def in_a_paint(window: MainWindow) -> None:
    failing = Failing(window)
    failing.resize(20, 20)
    QTimer.singleShot(0, failing.show)
    QTimer.singleShot(200, failing.deleteLater)


def in_a_key(window: MainWindow) -> None:
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    failing = Failing(window)
    QApplication.postEvent(failing, key)


def in_a_timer(window: MainWindow) -> None:
    QTimer.singleShot(0, fail)


def in_a_thread(window: MainWindow) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def while_clearing_up(window: MainWindow) -> None:
    Dropped()


def in_a_modal_dialog(window: MainWindow) -> None:
    dialog = QDialog(window)
    QTimer.singleShot(0, fail)
    QTimer.singleShot(50, dialog.accept)
    dialog.exec()


def in_a_job(window: MainWindow) -> None:
    job = Job("Reading a file", lambda _job: fail(), window)
    job.failed.connect(lambda error: window.session.tell_fault(WORDS, error))
    job.start()


def in_what_a_job_hands_over(window: MainWindow) -> None:
    job = Job("Reading a file", lambda job: job.deliver(1), window)
    job.delivered.connect(lambda _piece: fail())
    job.start()


WAYS = [
    *(in_a_slot, in_an_action, in_a_paint, in_a_key, in_a_timer, in_a_thread, while_clearing_up, in_a_modal_dialog),
    *(in_a_job, in_what_a_job_hands_over),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_it_is_logged_and_told_wherever_it_comes_up_and_the_window_goes_on(
    window: MainWindow, qtbot: QtBot, way: Callable[[MainWindow], None], capfd: pytest.CaptureFixture[str]
):
    with standing_behind(window) as told:
        window.actions_["zoom_out"].trigger()
        way(window)
        notice = wait_for(qtbot, told)
        qtbot.waitUntil(lambda: window.bars.notices.isVisible())
        window.actions_["zoom_reset"].trigger()
        take_in(window.session.project, "Another article.", "other.txt")
        assert len(window.session.read.articles()) == 2
    assert notice.trouble
    assert notice.action == "Details…"
    logged = log_of(window)
    assert "ValueError: (message left out" in logged
    assert "zoom_out" in logged
    assert "in fail" in logged
    assert nothing_of_the_analyst(logged)
    assert nothing_of_the_analyst("".join(capfd.readouterr()))


def test_the_log_says_what_mending_needs_and_only_this_person_may_read_it(window: MainWindow, qtbot: QtBot):
    with standing_behind(window) as told:
        window.actions_["zoom_in"].trigger()
        in_a_slot(window)
        wait_for(qtbot, told)
    logged = log_of(window)
    for label, _value in [*window.faults.about(), ("Time", ""), ("Last used", ""), ("Fault", "")]:
        assert re.search(rf"^{label} +\S", logged, re.MULTILINE), label
    assert re.search(r"^Time +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$", logged, re.MULTILINE)
    if os.name == "posix":
        assert stat.S_IMODE(window.faults.log.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(window.faults.log.folder.stat().st_mode) == 0o700


def test_files_are_named_from_the_programs_own_folder_on():
    with pytest.raises(ImportRefused) as caught:
        read_bytes(b"", "a.txt")
    text = fault_of(caught.value, "in a test").text
    assert 'File "annotate/importers/registry.py", line' in text
    assert 'raise ImportRefused(f"{name} is empty' in text  # the program's own line, without what stood in it
    assert "a.txt" not in text
    assert str(PROJECT) not in text


# -- again and again ---------------------------------------------------------------------------------------------


def test_a_panel_that_fails_whenever_it_is_painted_is_counted_and_does_not_lock_the_window(
    window: MainWindow, qtbot: QtBot
):
    with standing_behind(window) as told:
        failing = Failing(window)
        failing.resize(20, 20)
        QTimer.singleShot(0, failing.show)
        wait_for(qtbot, told)
        for _ in range(60):
            failing.update()
            qtbot.wait(1)
        window.bars.notices.dismiss()
        for _ in range(60):
            failing.update()
            qtbot.wait(1)
        assert not window.bars.notices.isVisible()  # it is the same trouble still
        before = window.session.read.totals()["articles"]
        window.importing.take_text("Another article.\n\nWith words.")
        qtbot.waitUntil(lambda: window.session.read.totals()["articles"] == before + 1)
        failing.deleteLater()
        qtbot.wait(1)
    assert [notice.words for notice in told].count(WORDS) == 1
    logged = log_of(window)
    assert logged.count("in Failing.paintEvent") == 1
    counts = [int(count) for count in re.findall(r"(\d+) times until now", logged)]
    assert counts == sorted(counts)
    assert counts[-1] > 60
    assert len(counts) < 5
    assert "active painter" not in logged  # the painter of a paint that failed is let go before Qt goes on


def test_what_fails_again_later_is_told_again(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    now = [1000.0]
    monkeypatch.setattr("ui.faults.time", SimpleNamespace(monotonic=lambda: now[0]))
    with standing_behind(window) as told:
        for seconds in (0.0, 0.1, 60.0, 3.0, 10.0):
            now[0] += seconds
            in_a_slot(window)
            QApplication.processEvents()
    assert [notice.words for notice in told].count(WORDS) == 3


def test_a_log_that_cannot_be_written_stops_nothing(window: MainWindow, qtbot: QtBot):
    window.faults.log.folder.parent.mkdir(exist_ok=True)
    window.faults.log.folder.write_bytes(b"a file stands where the folder should be")
    with standing_behind(window) as told:
        in_a_slot(window)
        wait_for(qtbot, told).act()
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert not dialog.folder_button.isVisibleTo(dialog)


# -- nothing is lost ---------------------------------------------------------------------------------------------


def test_inside_a_transaction_nothing_of_it_is_written_and_the_next_one_works(window: MainWindow, qtbot: QtBot):
    project = window.session.project

    window.session.run(commands.add_tag, "Kept")

    def half(project: Project) -> None:
        with project.change("Half of it"):
            project.read.connection.exec_driver_sql("DELETE FROM tags")
            fail()

    before = tables_of(project)
    with standing_behind(window) as told:
        QTimer.singleShot(0, lambda: window.session.run(half))
        wait_for(qtbot, told)
    assert tables_of(project) == before
    take_in(project, "Another article.", "other.txt")
    assert len(window.session.read.articles()) == 2


def test_a_text_that_is_gone_from_the_file_is_told_with_what_to_do(window: MainWindow, qtbot: QtBot):
    other = take_in(window.session.project, "Another article.", "other.txt")
    with closing(sqlite3.connect(window.session.project.path, isolation_level=None)) as raw:
        raw.execute("DELETE FROM text_bodies WHERE body = 'Another article.'")
    said = (
        "The project’s file is damaged (missing from it: the words of an article). Go back to a backup of it, or save "
        "what can be saved of it into a new project."
    )
    with standing_behind(window) as told:
        QTimer.singleShot(0, lambda: window.session.choose_article(other.id))
        assert wait_for(qtbot, told, said).trouble
    assert "ProjectDamaged" in log_of(window)


def test_an_error_that_comes_of_a_row_no_command_leaves_is_told_as_the_damage_it_is(window: MainWindow, qtbot: QtBot):
    project = window.session.project
    said = (
        f"{project.path.name} is damaged, and that may be why something went wrong: Row 1 of articles holds something "
        "that cannot be read. Go back to a backup, or save what can be saved into a new project."
    )
    with closing(sqlite3.connect(project.path, isolation_level=None)) as raw:
        before = raw.execute("SELECT published_on FROM articles").fetchone()
        raw.execute("UPDATE articles SET published_on = 'soon'")
        with standing_behind(window) as told:
            QTimer.singleShot(0, lambda: window.session.read.articles())
            assert wait_for(qtbot, told, said).trouble
        raw.execute("UPDATE articles SET published_on = ?", before)
    assert told[0].words == WORDS


def test_a_window_closes_also_over_a_project_that_cannot_be_read_any_more(window: MainWindow):
    path = window.session.project.path
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("UPDATE articles SET published_on = 'soon'")
    with standing_behind(window):
        assert window.close()
    assert not window.session.has_project
    assert "ValueError" in log_of(window)
    assert not path.with_name(f"{path.name}-wal").exists()


@pytest.mark.parametrize("what", ["backups", "project"])
def test_a_window_closes_whatever_fails_at_that_and_the_next_one_opens_the_project(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, what: str
):
    project = window.session.project
    monkeypatch.setattr(*{"backups": (window.keeping, "quit"), "project": (project, "close")}[what], fail)
    with standing_behind(window):
        assert window.close()
    assert not window.isVisible()
    assert "at closing" in log_of(window)
    assert window.session.has_project == (what == "project")
    monkeypatch.undo()
    window.session.close()  # as the program does at its end
    following = MainWindow(Session("Ann"), window.settings, LIGHT)
    qtbot.addWidget(following)
    following.show()
    assert following.session.open(project.path)
    assert len(following.session.read.articles()) == 1
    assert following.close()


def test_a_whole_project_is_not_blamed_for_an_error(window: MainWindow, qtbot: QtBot):
    with standing_behind(window) as told:
        in_a_slot(window)
        wait_for(qtbot, told)
        qtbot.waitUntil(lambda: not window.findChildren(Job), timeout=10_000)
    assert [notice.words for notice in told] == [WORDS]


def test_one_who_fails_to_follow_a_change_keeps_no_other_from_hearing_of_it(window: MainWindow, qtbot: QtBot):
    project = window.session.project
    heard: list[str] = []

    def failing(changes: Changes) -> None:
        fail()

    project.subscribe(failing)
    project.subscribe(lambda changes: heard.append(changes.label))
    window.session.project_changed.connect(lambda changes: fail())
    window.session.project_changed.connect(lambda changes: heard.append("a panel"))
    with standing_behind(window) as told:
        article = take_in(project, "Another article.", "other.txt")  # whoever made the change is told it went well
        wait_for(qtbot, told)
        assert window.session.read.article(article.id) is not None
    assert sorted(heard) == ["Import other.txt", "a panel"]


def test_a_session_that_fails_to_follow_a_change_still_tells_the_panels(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    heard: list[str] = []
    window.session.project_changed.connect(lambda changes: heard.append(changes.label))
    monkeypatch.setattr(window.session, "_follow", lambda changes: fail())
    with standing_behind(window) as told:
        take_in(window.session.project, "Another article.", "other.txt")
        wait_for(qtbot, told)
    assert heard == ["Import other.txt"]


def test_what_was_typed_stays_where_it_could_not_be_written(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    window.session.select(None)
    form = window.inspector.form
    assert isinstance(form, ArticleForm)
    field = next(one for one in form.findChildren(QLineEdit) if one.isVisible() and not one.isReadOnly())
    field.setFocus()
    field.selectAll()
    edit = commands.edit_article
    with standing_behind(window) as told:
        monkeypatch.setattr(commands, "edit_article", lambda *_args, **_options: fail())
        QTest.keyClicks(field, "Typed just now")
        wait_for(qtbot, told)
        assert field.text() == "Typed just now"
        assert field.property("wrong") == "true"
        monkeypatch.setattr(commands, "edit_article", edit)
        QTest.keyClicks(field, "!")
        window.inspector.commit_pending()
    article = window.session.article
    assert article is not None
    assert "Typed just now!" in str(article)


def test_an_export_that_fails_says_so_and_leaves_what_stood_there(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"what stood there")
    monkeypatch.setattr("annotate.handing_on.Handing.write", lambda *_args, **_options: fail())
    words = "out.xlsx could not be written because of a fault in Provenote. The project is unharmed."
    with standing_behind(window) as told, qtbot.waitSignal(window.exporting.finished, timeout=10_000):
        window.exporting.write(Order(Form.WORKBOOK, target))
        notice = wait_for(qtbot, told, words)
    assert notice.action == "Details…"
    assert target.read_bytes() == b"what stood there"
    assert not window.exporting.busy
    assert nothing_of_the_analyst(log_of(window))
    assert "in a job" in log_of(window)


def test_what_fails_while_nobody_listens_is_raised():
    with pytest.raises(ZeroDivisionError):
        Session("Ann").tell_fault("That did not go well.", ZeroDivisionError())


def test_work_that_is_stopped_by_any_kind_of_error_ends_its_job(window: MainWindow, qtbot: QtBot):
    def leave(_job: Job) -> None:
        raise SystemExit(3)

    job = Job("Reading", leave, window)
    failed: list[BaseException] = []
    job.failed.connect(failed.append)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert isinstance(failed[0], SystemExit)


# -- Qt, libraries and the command line ---------------------------------------------------------------------------


def test_what_qt_and_libraries_warn_of_is_logged_without_what_they_quote(
    window: MainWindow, capfd: pytest.CaptureFixture[str]
):
    with standing_behind(window) as told:
        for _ in range(20):
            qWarning(f"QString::arg: Argument missing: {NEEDLES[0]}, {NEEDLES[1]}")
        qWarning("QPainter::begin: Paint device returned engine == 0, type: 2")
        qWarning(NEEDLES[2])
        logging.getLogger("some.library").warning("%s could not be read", NEEDLES[0])
        with warnings.catch_warnings(action="default"):
            warnings.showwarning = window.faults._warned
            warnings.warn(NEEDLES[1], stacklevel=1)
    assert told == []
    logged = log_of(window)
    assert logged.count("Qt warning: QString::arg: (message left out") == 1
    assert "20 times until now" in logged
    assert "Qt warning: QPainter::begin: Paint device returned engine == 0, type: 2" in logged
    assert "Qt warning: default: (message left out" in logged
    assert nothing_of_the_analyst(logged)
    assert nothing_of_the_analyst("".join(capfd.readouterr()))


def test_the_hooks_are_left_as_they_were_found(window: MainWindow):
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning)
    with standing_behind(window):
        assert sys.excepthook is not before[0]
    assert before == (sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning)


def test_where_the_articles_cannot_be_searched_the_panel_says_so(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    said = "The articles could not be searched"
    window.docks.bring("searching")
    panel = window.searching
    panel.words.setText("people")
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0, timeout=10_000)
    monkeypatch.setattr("ui.searching.panel.search_articles", lambda *_given: 1 // 0)
    with standing_behind(window) as told:
        panel.words.setText("peoples")
        wait_for(
            qtbot, told, "The articles could not be searched because of a fault in Provenote. The project is unharmed."
        )
        qtbot.waitUntil(lambda: not panel.busy, timeout=10_000)
    assert (panel.model.rowCount(), panel.empty.text()) == (0, f"{said}.")
