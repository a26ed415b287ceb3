"""An error nobody expected is logged without a word of the analyst's, told once, loses nothing, and work goes on."""

from __future__ import annotations

import logging
import os
import re
import stat
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, qWarning
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.errors import ImportRefused
from annotate.fault_log import FaultLog, LastUsed, state_folder
from annotate.fault_report import Fault, fault_of, message_of, report, versions
from annotate.handing_on import Form, Order
from annotate.importers import ImportedFile, ReadOptions, read_bytes, read_many
from annotate.project import Project
from annotate.store.changes import Changes
from tests.annotate.drafts import FLOOD, tables_of, take_in
from tests.conftest import PROJECT
from ui.fault_dialog import FaultDialog
from ui.faults import CRASHED, WORDS
from ui.inspector.article_form import ArticleForm
from ui.jobs import Job
from ui.session import Notice, Session
from ui.settings import Settings
from ui.theme import LIGHT
from ui.window import MainWindow

NEEDLES = ("Zinnoberrot", "Überfähre 🛶", "شاهد عيان", "ne\u0301edle\u2028two", "/srv/ann/quelle.docx")
"""What stands in articles, titles, names of files and notes, and must stand in no log."""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window with a project whose every word is a needle; its log is in a folder of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.suggests = False
    made = MainWindow(Session(NEEDLES[0]), settings, LIGHT)
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    assert made.session.create(tmp_path / f"{NEEDLES[1]}.pnote", NEEDLES[2])
    take_in(made.session.project, "\n\n".join((*NEEDLES, FLOOD)), f"{NEEDLES[0]}.txt")
    article = made.session.read.articles()[0]
    made.session.choose_article(article.id)
    QTest.qWait(0)
    yield made
    made.close()


@contextmanager
def standing_behind(window: MainWindow) -> Iterator[list[Notice]]:
    """The hooks of the program instead of those of the tests; what is told meanwhile."""
    told: list[Notice] = []
    window.session.noticed.connect(told.append)
    window.faults.install()
    try:
        yield told
    finally:
        window.faults.uninstall()
        window.session.noticed.disconnect(told.append)


def log_of(window: MainWindow) -> str:
    path = window.faults.log.path
    return path.read_text(encoding="utf-8") if path.exists() else ""


def fail(*needles: str) -> None:
    raise ValueError(f"cannot read {' '.join(needles or NEEDLES)!r}")


def wait_for(qtbot: QtBot, told: list[Notice], words: str = WORDS) -> Notice:
    qtbot.waitUntil(lambda: any(notice.words == words for notice in told), timeout=10_000)
    return next(notice for notice in told if notice.words == words)


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


def in_a_slot(window: MainWindow) -> None:
    button = QPushButton(window)
    button.clicked.connect(lambda: fail())
    button.click()


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


def nothing_of_the_analyst(words: str) -> bool:
    pieces = {piece for needle in NEEDLES for piece in re.split(r"[\s/.]+", needle) if len(piece) > 3}
    found = [piece for piece in pieces if piece in words or ascii(piece)[1:-1] in words]
    assert found == []
    return True


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


# -- what may be said of it --------------------------------------------------------------------------------------


def raised(act: Callable[[], object]) -> BaseException:
    try:
        act()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def in_a_database(words: str) -> None:
    from sqlalchemy import text

    from annotate.store.engine import connect

    connection = connect(Path(":memory:"), writable=False)
    connection.execute(text(f'SELECT "{words}" FROM nowhere WHERE a = :words'), {"words": words})


def chained(words: str) -> None:
    try:
        {}[words]
    except KeyError as error:
        raise RuntimeError(words) from error


def noted(words: str) -> None:
    error = ValueError("unchanged")
    error.add_note(words)
    raise error


MAKING = {
    "key": lambda words: {}[words],
    "number": lambda words: int(words + "x"),
    "attribute": lambda words: getattr(1, words),
    "file": lambda words: Path(f"/nowhere/{words}").read_bytes(),
    "decoding": lambda words: (words.encode() + b"\xff").decode("utf-8"),
    "encoding": lambda words: (words + "\udc00").encode("utf-8"),
    "argument": lambda words: (lambda: None)(**{words: 1}),  # type: ignore[call-arg]
    "own": lambda words: fail(words),
    "assertion": lambda words: pytest.fail(words),
    "chained": chained,
    "noted": noted,
    "group": lambda words: (_ for _ in ()).throw(ExceptionGroup(words, [ValueError(words)])),
    "codec": lambda words: b"x".decode(words),
    "import": lambda words: __import__(words or "x"),
}


@pytest.mark.parametrize("kind", MAKING)
@given(words=st.text(min_size=1, max_size=40).map(lambda words: f"zinnober{words}rot"))
def test_no_message_of_any_kind_of_error_tells_a_word(kind: str, words: str):
    error = raised(lambda: MAKING[kind](words))
    said = report(fault_of(error, "in a test"), versions(), ["12:00:00 undo"])
    assert "zinnober" not in said
    assert words not in said
    assert type(error).__name__ in said


def test_errors_of_the_database_show_neither_statement_nor_words(tmp_path: Path):
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        error = raised(lambda: project.read.connection.exec_driver_sql(f"SELECT '{NEEDLES[0]}' FROM {NEEDLES[0]}"))
        said = fault_of(error, "in a test").text
        assert "OperationalError: SQLITE_ERROR" in said
        assert nothing_of_the_analyst(said)
        article = take_in(project)
        from sqlalchemy import update

        from annotate.store.schema import articles

        wrong = update(articles).where(articles.c.id == article.id).values(title=NEEDLES[0], status=None)
        error = raised(lambda: project.read.connection.execute(wrong))
        assert NEEDLES[0] not in str(error)  # also for whoever prints the error itself


SAYING = [
    (lambda: [][0], "IndexError: list index out of range"),
    (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
    (lambda: "a" + 1, 'TypeError: can only concatenate str (not "int") to str'),
    (lambda: len(3), "TypeError: object of type 'int' has no len()"),
    (lambda: Path("/nowhere/at all").read_bytes(), "FileNotFoundError: [ENOENT] No such file or directory"),
    (lambda: int("x"), "ValueError: invalid literal for int() with base 10:"),
    (lambda: {}[7], "KeyError: 7"),
    (lambda: QPushButton().setText(3), "TypeError: 'PySide6.QtWidgets.QAbstractButton.setText' called with wrong"),
]


@pytest.mark.parametrize(("act", "said"), SAYING, ids=[said for _act, said in SAYING])
def test_what_quotes_nothing_is_said_in_full(qapp: QApplication, act: Callable[[], object], said: str):
    assert said.partition("'PySide6")[0] in fault_of(raised(act), "in a test").text


def test_a_message_that_stands_in_the_program_is_kept_and_one_that_is_made_is_not(tmp_path: Path):
    with Project.create(tmp_path / "a.pnote") as project, project.change("One"):
        inside = raised(lambda: project.change("Two").__enter__())
    assert "RuntimeError: a change inside a change" in fault_of(inside, "in a test").text
    assert message_of(RuntimeError("a change inside a change"), []) == "(message left out, 24 characters)"


def test_an_error_without_end_is_told_in_few_lines():
    def deeper(number: int) -> int:
        return deeper(number + 1)

    text = fault_of(raised(lambda: deeper(0)), "in a test").text
    assert "maximum recursion depth exceeded" in text
    assert len(text.splitlines()) < 100
    error = ValueError("round")
    error.__cause__ = RuntimeError("about")
    error.__cause__.__cause__ = error
    assert fault_of(error, "in a test").text.count("ValueError") == 1


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


def test_the_log_stays_small_whatever_happens(tmp_path: Path):
    log = FaultLog(tmp_path / "logs", largest=10_000, kept=2)
    for number in range(200):
        fault = Fault(f"{number:08x}", "ValueError", "in a test", "words " * 100)
        assert log.note(fault, lambda fault=fault: fault.text) == 1
    assert log.write("x" * 1_000_000)
    sizes = {path.name: path.stat().st_size for path in log.folder.iterdir()}
    assert set(sizes) == {"provenote.log", "provenote.1.log", "provenote.2.log"}
    assert max(sizes.values()) < 20_000


def test_a_log_that_cannot_be_written_stops_nothing(window: MainWindow, qtbot: QtBot):
    window.faults.log.folder.parent.mkdir(exist_ok=True)
    window.faults.log.folder.write_bytes(b"a file stands where the folder should be")
    with standing_behind(window) as told:
        in_a_slot(window)
        wait_for(qtbot, told).act()
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert not dialog.folder_button.isVisibleTo(dialog)


def test_where_logs_lie_is_where_the_system_wants_them():
    home = Path.home()
    assert state_folder({}, "linux") == home / ".local" / "state" / "provenote"
    assert state_folder({"XDG_STATE_HOME": "relative"}, "linux") == home / ".local" / "state" / "provenote"
    assert state_folder({"XDG_STATE_HOME": str(home / "s")}, "linux") == home / "s" / "provenote"
    assert state_folder({}, "darwin") == home / "Library" / "Logs" / "Provenote"
    assert state_folder({"LOCALAPPDATA": str(home / "L")}, "win32") == home / "L" / "Provenote" / "Logs"


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


# -- what is shown -----------------------------------------------------------------------------------------------


def test_details_show_copy_and_lead_to_exactly_what_is_in_the_log(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []
    monkeypatch.setattr(
        "ui.fault_dialog.QDesktopServices.openUrl", lambda address: opened.append(address.toLocalFile())
    )
    with standing_behind(window) as told:
        in_a_slot(window)
        wait_for(qtbot, told)
        qtbot.waitUntil(window.bars.notices.act_button.isVisible)
        QTest.mouseClick(window.bars.notices.act_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert dialog.isVisible()
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.report.toPlainText()
    assert copied.strip() in log_of(window)
    assert nothing_of_the_analyst(copied)
    QTest.mouseClick(dialog.folder_button, Qt.MouseButton.LeftButton)
    assert [Path(folder) for folder in opened] == [window.faults.log.folder]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(FaultDialog) is None)


def test_the_log_can_be_looked_for_later(window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    monkeypatch.setattr("ui.faults.QDesktopServices.openUrl", lambda address: opened.append(address.toLocalFile()))
    window.actions_["show_log"].trigger()
    assert window.bars.notices.words == "There is no log: nothing has gone wrong so far."
    window.faults.log.write("Something")
    window.actions_["show_log"].trigger()
    assert [Path(folder) for folder in opened] == [window.faults.log.folder]


def test_a_later_notice_covers_a_fault_for_a_while_only(window: MainWindow):
    bar = window.bars.notices
    window.session.tell(Notice(WORDS, trouble=True, returns=True))
    window.session.tell(Notice("12 articles imported."))
    assert bar.words == "12 articles imported."
    bar.dismiss()
    assert bar.words == WORDS
    window.session.tell(Notice(WORDS, trouble=True, returns=True))
    bar.dismiss()
    assert bar.words == ""


def test_a_run_that_crashed_is_offered_until_it_is_dismissed(window: MainWindow):
    window.faults.tell_of_crashes(["Ended by a crash at 2026-11-27 08:00:00 UTC\n\nFatal Python error: Aborted\n"])
    assert window.bars.notices.words == CRASHED
    window.bars.notices.act_button.click()
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert "Fatal Python error: Aborted" in dialog.report.toPlainText()
    assert "Fatal Python error: Aborted" in log_of(window)
    dialog.close()


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


def test_last_used_holds_the_last_few_and_tells_who_follows():
    used, told = LastUsed(most=3), []
    used.follow(told.append)
    for name in ("undo", "redo", "find", "quit"):
        used.note(name)
    assert [name.split()[1] for name in used.all()] == ["redo", "find", "quit"]
    assert told[-1] == used.all()


COMMAND = """
import sys
from annotate.cli import looking, main
def fail(words):
    raise ValueError(open(sys.argv[1], encoding="utf-8").read())
looking._info = fail
sys.exit(main(["info", sys.argv[2]]))
"""


def test_a_command_says_in_one_sentence_that_it_failed_and_where_the_report_is(tmp_path: Path):
    words = tmp_path / "words"
    words.write_text("\n".join(NEEDLES), encoding="utf-8")
    project = tmp_path / f"{NEEDLES[0]}.pnote"
    Project.create(project, "Ana").close()
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    order = [sys.executable, "-c", COMMAND, str(words), str(project)]
    done = subprocess.run(order, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    log = state_folder(environment) / "provenote.log"
    assert done.returncode == 3, done.stderr
    said = f"run: Something went wrong inside Provenote. What was saved is safe. The report is in {log}.\n"
    assert done.stderr == said
    assert "in a command" in log.read_text(encoding="utf-8")
    assert nothing_of_the_analyst(log.read_text(encoding="utf-8"))


START = """
import sys
import ui.app
def fail(*given):
    raise ValueError(open(sys.argv[1], encoding="utf-8").read())
if sys.argv[2] == "window":
    ui.app.MainWindow = fail
    ui.app.QMessageBox.critical = lambda over, title, words: print(title, words, sep=": ")
else:
    from PySide6.QtCore import QTimer
    ui.app.Session.open = fail
    made = ui.app.App
    def app(*given):
        app = made(*given)
        app.session.noticed.connect(lambda notice: (print(notice.words), app.window.close()))
        return app
    ui.app.App = app
from pathlib import Path
sys.exit(ui.app.main(Path("my.pnote")))
"""


@pytest.mark.parametrize(("what", "status"), [("window", 3), ("project", 0)])
def test_a_start_that_fails_is_told(tmp_path: Path, what: str, status: int):
    words = tmp_path / "words"
    words.write_text("\n".join(NEEDLES), encoding="utf-8")
    folders = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    environment = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    order = [sys.executable, "-c", START, str(words), what]
    done = subprocess.run(order, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    log = state_folder(environment) / "provenote.log"
    assert done.returncode == status, done.stderr
    if what == "window":
        told = f"Something went wrong inside Provenote. What was saved is safe. The report is in {log}.\n"
        assert done.stdout == f"Provenote cannot start: {told}"
    else:
        assert done.stdout == f"{WORDS}\n"
    assert "at the start" in log.read_text(encoding="utf-8")
    assert nothing_of_the_analyst(log.read_text(encoding="utf-8") + done.stderr + done.stdout)


def read_wrongly(path: Path, options: ReadOptions) -> ImportedFile:
    """In a worker process: as an importer that has a fault, and a library that talks."""
    words = path.read_text(encoding="utf-8")
    logging.getLogger("some.library").error(words)
    warnings.warn(words, stacklevel=1)
    raise LookupError(words)


def test_a_fault_in_a_worker_process_is_logged_and_its_file_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    path = tmp_path / "list.csv"
    path.write_text("\n".join(NEEDLES), encoding="utf-8")
    [read] = read_many([path], workers=1, read=read_wrongly)
    assert isinstance(read.result, ImportRefused)
    logged = (state_folder() / "provenote.log").read_text(encoding="utf-8")
    assert "in a worker process" in logged
    assert "LookupError: (message left out" in logged
    assert nothing_of_the_analyst(logged)
    assert nothing_of_the_analyst("".join(capfd.readouterr()))


def test_no_connection_to_a_database_shows_parameters_in_its_errors():
    for file in (PROJECT / "annotate").rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        made = len(re.findall(r"\bcreate_engine\(", source))
        assert source.count("hide_parameters=True") == made, file.name
