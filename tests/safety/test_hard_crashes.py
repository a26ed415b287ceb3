"""A run that died of a fault in compiled code is offered at the next start; one that was ended from outside is not."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.crashes import RunFile, crashes
from annotate.project import Project
from tests.annotate.drafts import take_in
from tests.conftest import PROJECT
from ui.faults import CRASHED

WINDOW = """
import ctypes, faulthandler, os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
import ui.app

what, project = sys.argv[1], Path(sys.argv[2])
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # and this where they outlive their terminal
made = ui.app.App

def app(*given):
    app = made(*given)
    app.session.noticed.connect(lambda notice: print("told:", notice.words, flush=True))
    app.window.faults.show_details = lambda words, title: print("details:", words, flush=True)

    def act():
        app.window.actions_["theme_dark"].trigger()
        print("ready", flush=True)
        if what == "crash":
            faulthandler._sigsegv()
        if what == "abort":
            os.abort()
        if what == "look" and app.window.bars.notices.isVisible():
            app.window.bars.notices.act_button.click()
        if what in ("look", "close"):
            app.window.close()
        if what in ("type", "type and ask"):
            from ui.inspector.article_form import ArticleForm
            from PySide6.QtTest import QTest
            from PySide6.QtWidgets import QLineEdit
            form = app.window.inspector.form
            field = next(one for one in form.findChildren(QLineEdit) if one.isVisible() and not one.isReadOnly())
            field.setFocus()
            QTest.keyClicks(field, "typed")
            xlib = ctypes.CDLL("libX11.so.6") if what == "type and ask" else None
            if xlib:
                xlib.XOpenDisplay.restype, xlib.XSync.argtypes = ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_int]
            screen = xlib and xlib.XOpenDisplay(None)
            print("typed", flush=True)
            if screen:  # as Qt does for some of its work: where the screen is gone, Xlib ends the process
                sys.stdin.readline()
                xlib.XSync(screen, 0)
    QTimer.singleShot(0, act)
    return app

ui.app.App = app
sys.exit(ui.app.main(project if project.exists() else None))
"""


class Runs:
    """Windows in processes of their own, all with the same folder for logs."""

    def __init__(self, tmp_path: Path) -> None:
        self.project = tmp_path / "zinnoberrot.pnote"
        self.state = tmp_path / "state"
        self.folder = self.state / "provenote"
        self._environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_STATE_HOME": str(self.state),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
        }
        self.started: list[subprocess.Popen[str]] = []

    def start(self, what: str, **environment: str) -> subprocess.Popen[str]:
        order = [sys.executable, "-c", WINDOW, what, str(self.project)]
        given = self._environment | environment
        process = subprocess.Popen(
            order, cwd=PROJECT, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip
        self.started.append(process)
        return process

    def run(self, what: str) -> tuple[int, str]:
        process = self.start(what)
        said, _errors = process.communicate(timeout=60)
        return process.returncode, said

    def until(self, process: subprocess.Popen[str], words: str) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == words:
                return
        raise AssertionError(f"it never said {words}: {process.stderr.read() if process.stderr else ''}")

    def left(self) -> list[Path]:
        return sorted(self.folder.glob("*.run"))


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    made = Runs(tmp_path)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.communicate()


pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends processes by signals")


@pytest.mark.parametrize("how", ["crash", "abort"])
def test_a_crash_is_offered_once_at_the_next_start(runs: Runs, how: str):
    Project.create(runs.project, "Ana").close()
    status, _said = runs.run(how)
    assert status in (-signal.SIGSEGV, -signal.SIGABRT)
    assert [stat.S_IMODE(path.stat().st_mode) for path in runs.left()] == [0o600]
    status, said = runs.run("look")
    assert status == 0
    assert f"told: {CRASHED}" in said
    details = said.partition("details: ")[2]
    assert "Fatal Python error: " in details
    assert 'File "ui/app.py", line' in details
    assert "theme_dark" in details
    for label in ("Started", "Provenote", "Python", "SQLite", "System", "PySide", "Qt"):
        assert f"\n{label} " in details
    for private in (str(PROJECT), str(runs.state), "zinnoberrot", Path.home().name + "/"):
        assert private not in details
    assert details.strip().splitlines()[0] in (runs.folder / "provenote.log").read_text(encoding="utf-8")
    assert runs.left() == []
    assert CRASHED not in runs.run("look")[1]


def test_a_run_that_is_closed_leaves_nothing(runs: Runs):
    assert runs.run("close")[0] == 0
    assert runs.left() == []
    assert CRASHED not in runs.run("look")[1]


def test_a_run_that_is_ended_from_outside_is_no_crash(runs: Runs):
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL):
        process = runs.start("wait")
        runs.until(process, "ready")
        process.send_signal(number)
        process.wait(timeout=30)
    assert len(runs.left()) == 1  # that of the one that was killed
    assert CRASHED not in runs.run("look")[1]
    assert runs.left() == []


def test_a_second_window_that_runs_is_left_alone(runs: Runs):
    first = runs.start("wait")
    runs.until(first, "ready")
    [file] = runs.left()
    assert CRASHED not in runs.run("look")[1]
    assert runs.left() == [file]
    first.terminate()
    assert first.wait(timeout=30) == 0
    assert runs.left() == []


def test_at_log_out_what_is_being_typed_is_written(runs: Runs):
    with Project.create(runs.project, "Ana") as project:
        take_in(project)
    process = runs.start("type")
    runs.until(process, "typed")
    process.terminate()
    assert process.wait(timeout=30) == 0
    with Project.open(runs.project, "Ana") as project:
        assert "typed" in str(project.read.articles()[0])


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb, a screen that can be taken away")
@pytest.mark.parametrize("what", ["type", "type and ask"], ids=["Qt notices", "Xlib notices"])
def test_a_screen_that_goes_away_is_no_crash_and_what_is_being_typed_is_written(runs: Runs, what: str):
    with Project.create(runs.project, "Ana") as project:
        take_in(project)
    reads, writes = os.pipe()
    order = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x860x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(order, pass_fds=[writes], stderr=subprocess.DEVNULL)
    os.close(writes)
    with os.fdopen(reads) as said, screen:
        number = said.readline().strip()
        process = runs.start(what, QT_QPA_PLATFORM="xcb", DISPLAY=f":{number}")
        runs.until(process, "typed")
        screen.kill()
    if what == "type and ask":
        assert process.stdin is not None
        print("gone", file=process.stdin, flush=True)
    process.wait(timeout=60)
    with Project.open(runs.project, "Ana") as project:
        assert "typed" in str(project.read.articles()[0])
    assert CRASHED not in runs.run("look")[1]


def test_only_what_is_known_of_a_stack_is_shown(tmp_path: Path):
    run = RunFile(tmp_path, [("Provenote", "0")])
    [path] = tmp_path.iterdir()
    run.last_used(["08:00:00 undo"])
    run.end()
    assert not path.exists()
    head = b"Provenote  0".ljust(8192)
    stack = f"""Fatal Python error: Segmentation fault

Current thread 0x00007f51 [Reading zinnoberrot.docx] (most recent call first):
  File "{PROJECT}/ui/app.py", line 3 in main
  File "/srv/ann/zinnoberrot.py", line 4 in act
zinnoberrot
"""
    path.write_bytes(head + stack.encode())
    [report] = crashes(tmp_path)
    assert "zinnoberrot" not in report
    assert "ann" not in report
    assert '  File "ui/app.py", line 3 in main\n  File "elsewhere", line 4 in act' in report
    assert not path.exists()


def test_files_that_are_none_of_ours_or_cannot_be_read_stop_no_start(tmp_path: Path):
    (tmp_path / "folder.run").mkdir()
    (tmp_path / "short.run").write_bytes(b"")
    (tmp_path / "scrambled.run").write_bytes(b"\xff\x00" * 9000)
    reports = crashes(tmp_path)
    assert len(reports) == 1
    (tmp_path / "scrambled.run").write_bytes(b"a file where a folder should be")
    assert crashes(tmp_path / "nowhere") == []
    RunFile(tmp_path / "scrambled.run" / "below", []).end()
