"""A day's work opens no connection, starts no program and reads no file that nobody chose.

Two watchers: Python's own audit events, also in the worker processes that read files, and, where there is strace, the
calls to the system, which also shows what Qt does.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import PROJECT

AUDIT = """
import os, sys
_out = os.open(os.environ["AUDIT_TO"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
def _watch(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)):
        said = "open " + os.fsdecode(given[0])
    elif event == "sqlite3.connect":
        said = "sqlite3.connect " + str(given[0])
    elif event == "socket.__new__":
        said = event + " " + str(int(given[1]))
    elif event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "http.", "urllib.",
                           "ftplib.", "smtplib.", "webbrowser.")):
        said = event + " " + " ".join(str(one) for one in given)[:200]
    else:
        return
    os.write(_out, (said.replace("\\n", " ") + "\\n").encode("utf-8", "backslashreplace"))
sys.addaudithook(_watch)
"""

DAY = """
import sys, time
from pathlib import Path

def main():
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    import ui.app
    from annotate import commands
    from annotate.handing_on import Form, Order
    from annotate.model import Span
    from annotate.vocabulary import Kind

    folder = Path(sys.argv[1])
    made = ui.app.App

    def until(what):
        end = time.monotonic() + 60
        while not what():
            assert time.monotonic() < end, "it never came to that"
            QApplication.processEvents()

    def day(window):
        session = window.session
        assert session.create(folder / "my.pnote")
        window.importing.take_files([folder / "chosen.html", folder / "chosen.txt"])
        until(lambda: window.importing.review is not None and not window.importing.review.is_reading)
        window.importing.review.accept()
        until(lambda: session.read.totals()["articles"] == 2 and not window.importing.busy)
        for article in session.read.articles():
            session.choose_article(article.id)
            session.run(commands.mark, article.id, Kind.CLAIM, [Span(0, 12)])
        session.undo()
        session.redo()
        for form, name in ((Form.WORKBOOK, "out.xlsx"), (Form.BRIEF, "out.docx")):
            window.exporting.write(Order(form, folder / name))
            until(lambda: not window.exporting.busy)
            assert (folder / name).exists()
        session.close()
        assert session.open(folder / "my.pnote")
        window.close()
        print("the day is done", flush=True)

    def app(*given):
        app = made(*given)

        def go():
            try:
                day(app.window)
            except BaseException as error:
                print("failed:", repr(error), flush=True)
                app.window.close()
        QTimer.singleShot(0, go)
        return app

    ui.app.App = app
    sys.exit(ui.app.main())

if __name__ == "__main__":
    main()
"""

PAGE = """<html><head><title>Flood at the mill</title>
<link rel="stylesheet" href="https://tracker.example/style.css"><script src="https://tracker.example/a.js"></script>
<link rel="icon" href="file://{trap}"></head><body><img src="https://tracker.example/pixel.png"><img src="file://{trap}">
<h1>Flood at the mill</h1><p>{words}</p></body></html>"""


class Day:
    """Folders of somebody who works: what is chosen, what is remembered, and what nobody has any business in."""

    def __init__(self, tmp_path: Path) -> None:
        self.chosen = tmp_path / "chosen"
        self.home = tmp_path / "home"
        self.temporary = tmp_path / "temporary"
        self.state, self.config = tmp_path / "state", tmp_path / "config"
        for folder in (self.chosen, self.home, self.temporary):
            folder.mkdir()
        self.traps = [self.home / "diary.txt", self.chosen / "not chosen.txt", self.chosen / "other.pnote"]
        for trap in self.traps:
            trap.write_text("TRAP", encoding="utf-8")
        words = "The mayor said that some 340 homes were flooded on Monday. " * 20
        page = PAGE.format(trap=self.traps[0], words=words)
        (self.chosen / "chosen.html").write_text(page, encoding="utf-8")
        (self.chosen / "chosen.txt").write_text(f"Fire on the hill\n\n{words}", encoding="utf-8")
        self.program = tmp_path / "program"
        self.program.mkdir()
        (self.program / "day.py").write_text(DAY, encoding="utf-8")
        self.audited = self.program / "audited"

    def live(self, *watched_by: str, audit: bool) -> None:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTEST", "QT_"))},
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "XDG_STATE_HOME": str(self.state),
            "XDG_CONFIG_HOME": str(self.config),
            "PYTHONPATH": os.pathsep.join((str(self.program), str(PROJECT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "AUDIT_TO": str(self.audited),
        }
        if audit:
            (self.program / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
        done = subprocess.run(
            [*watched_by, sys.executable, str(self.program / "day.py"), str(self.chosen)],
            cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=280, check=False,
        )  # fmt: skip
        if watched_by and "ptrace" in done.stderr and not done.stdout:
            pytest.skip("this system lets nobody watch another process")
        assert done.stdout == "the day is done\n", done.stdout + done.stderr
        assert done.returncode == 0, done.stderr

    def is_chosen(self, path: str) -> bool:
        """Whether it is a file that was chosen, or lies beside the project or an export under its name."""
        if not path.startswith(str(self.chosen)):
            return False
        name = Path(path).relative_to(self.chosen).parts[:1]
        return not name or re.match(r"(chosen\.(html|txt)|\.?my(\.pnote|\b)|\.?out[.-])", name[0]) is not None

    def of_the_program(self) -> tuple[str, ...]:
        python = {sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), str(Path(sys.executable).resolve().parent)}
        return (str(PROJECT), str(self.program), str(self.state), str(self.config), *python)


SYSTEM = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/opt/", "/bin/", "/var/cache/fontconfig", "/run/",
          "/var/lib/dbus/")  # fmt: skip


@pytest.fixture
def day(tmp_path: Path) -> Day:
    return Day(tmp_path)


def test_a_day_of_work_opens_no_connection_starts_no_program_and_reads_what_was_chosen(day: Day):
    day.live(audit=True)
    events = [line.partition(" ")[::2] for line in day.audited.read_text("utf-8").splitlines()]
    assert len(events) > 500, "nothing was watched"
    opened = {path for event, path in events if event == "open"}
    assert {str(day.chosen / "chosen.html"), str(day.chosen / "chosen.txt")} <= opened
    allowed = (*day.of_the_program(), str(day.temporary), "/proc/", "/dev/null", "/etc/", "/usr/share/zoneinfo")
    strange = {path for path in opened if Path(path).is_absolute() and not path.startswith(allowed)}
    assert {path for path in strange if not day.is_chosen(path)} == set()
    databases = {path for event, path in events if event == "sqlite3.connect"}
    files = {unquote(path.removeprefix("file://").partition("?")[0]) for path in databases}
    assert {path for path in files - {"", ":memory:"} if not day.is_chosen(path)} == set()
    # The lock beside a project names this computer; asking for its name connects to nothing. Worker processes are
    # started by Python itself, with nothing but Python in them, and spoken to by a pair of local sockets.
    expected = {("socket.gethostname", ""), ("socket.__new__", str(int(getattr(socket, "AF_UNIX", -1))))}
    rest = {(event, what) for event, what in events if event not in ("open", "sqlite3.connect")}
    assert rest - expected == set()
    assert list(day.temporary.iterdir()) == []  # nothing of an article stays there


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="needs Linux and strace"
)
def test_the_system_is_asked_for_no_connection_and_no_file_that_nobody_chose(day: Day):
    trace = day.program / "trace"
    calls = "trace=open,openat,creat,socket,connect,sendto"
    day.live("strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(trace), audit=False)
    lines = trace.read_text("utf-8", "replace").splitlines()
    # To the desktop of this very computer (fonts, theme, accessibility) Qt speaks by local sockets.
    connecting = [line for line in lines if re.search(r"\b(socket|connect)\(", line)]
    remote = [line for line in connecting if not re.search("AF_(UNIX|LOCAL)", line)]
    assert remote == []
    found = re.compile(r'\b(?:openat|open|creat)\([^"]*"((?:[^"\\]|\\.)*)"[^)]*\)\s*= \d')
    opened = {match[1] for line in lines if (match := found.search(line))}
    assert str(day.chosen / "chosen.html") in opened
    assert opened.isdisjoint(map(str, day.traps))
    allowed = (*SYSTEM, *day.of_the_program(), str(day.temporary), str(day.home / ".cache"), str(day.home / ".local"))
    strange = {path for path in opened if path.startswith("/") and not path.startswith(allowed)}
    files = {path for path in strange if not Path(path).is_dir()}  # folders are looked at: is one shared, is it there?
    assert {path for path in files if not day.is_chosen(path)} == set()


PROMISES = PROJECT / "SECURITY.md"


def test_every_module_that_the_promises_name_is_there_and_every_one_that_is_there_is_named():
    page = PROMISES.read_text(encoding="utf-8")
    named = set(re.findall(r"tests/safety/(test_\w+\.py)", page)) | set(re.findall(r"`(test_\w+\.py)`", page))
    there = {path.name for path in (PROJECT / "tests" / "safety").glob("test_*.py")}
    assert named - there == set()
    # What stands under a name that goes on, like test_erasing_killed.py, is named by its beginning.
    assert {name for name in there - named if not any(name.startswith(f"{one[:-3]}_") for one in named)} == set()


def test_the_pages_that_the_promises_lead_to_are_there():
    links = re.findall(r"\]\(([^)#]+)", PROMISES.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (PROJECT / link).is_file()] == []


def test_the_promises_name_no_address():
    assert re.findall(r"https?://|[\w.]+@[\w.]+", PROMISES.read_text(encoding="utf-8")) == []


def test_the_window_says_what_it_does_with_the_network():
    said = (PROJECT / "ui" / "handlers.py").read_text(encoding="utf-8")
    assert "it connects only to web addresses that you import from" in said
