"""Where reports of unexpected errors lie, and those of commands, of a start and of worker processes."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from annotate.errors import ImportRefused
from annotate.fault_log import FaultLog, LastUsed, state_folder
from annotate.fault_report import Fault
from annotate.importers import ImportedFile, ReadOptions, read_many
from annotate.project import Project
from tests.conftest import PROJECT
from tests.safety.faulty import NEEDLES, nothing_of_the_analyst
from ui.faults import WORDS


def test_the_log_stays_small_whatever_happens(tmp_path: Path):
    log = FaultLog(tmp_path / "logs", largest=10_000, kept=2)
    for number in range(200):
        fault = Fault(f"{number:08x}", "ValueError", "in a test", "words " * 100)
        assert log.note(fault, lambda fault=fault: fault.text) == 1
    assert log.write("x" * 1_000_000)
    sizes = {path.name: path.stat().st_size for path in log.folder.iterdir()}
    assert set(sizes) == {"provenote.log", "provenote.1.log", "provenote.2.log"}
    assert max(sizes.values()) < 20_000


def test_where_logs_lie_is_where_the_system_wants_them():
    home = Path.home()
    assert state_folder({}, "linux") == home / ".local" / "state" / "provenote"
    assert state_folder({"XDG_STATE_HOME": "relative"}, "linux") == home / ".local" / "state" / "provenote"
    assert state_folder({"XDG_STATE_HOME": str(home / "s")}, "linux") == home / "s" / "provenote"
    assert state_folder({}, "darwin") == home / "Library" / "Logs" / "Provenote"
    assert state_folder({"LOCALAPPDATA": str(home / "L")}, "win32") == home / "L" / "Provenote" / "Logs"


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
