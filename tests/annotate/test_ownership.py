"""One owner at a time: who has a project open is told, and a crash keeps nobody out."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from annotate.errors import ProjectInUse
from annotate.project import Project, reading
from annotate.store import ownership
from annotate.store.ownership import Ownership, is_held, left_by, side_file
from tests.annotate.drafts import files_beside

ROOT = Path(__file__).resolve().parents[2]


def run_apart(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A program in a process of its own, which may end as hard as it likes."""
    return subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_second_owner_is_refused_by_the_name_of_the_first(project: Project) -> None:
    for second in (Project.open, lambda path: reading(path).__enter__()):
        with pytest.raises(ProjectInUse, match=r"Überblick 🌊\.pnote is open already: Ana on .* since .* Close it"):
            second(project.path)
    project.close()
    Project.open(project.path, "Büşra").close()


def test_another_process_is_refused_too(project: Project) -> None:
    program = (
        "import sys; from pathlib import Path; from annotate.project import Project\n"
        "try: Project.open(Path(sys.argv[1]), 'Ben')\n"
        "except Exception as error: print(type(error).__name__)"
    )
    assert run_apart(program, str(project.path)).stdout == "ProjectInUse\n"


CRASH = """
import os, signal, sys
from pathlib import Path
from annotate.project import Project
from annotate.commands import add_source
project = Project.create(Path(sys.argv[1]), "Ben")
if sys.argv[2] == "worked":
    add_source(project, "Zoe\u0301 🌊")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(("how_far", "names"), [("created", []), ("worked", ["Zoe\u0301 🌊"])])
def test_a_crash_loses_nothing_and_its_lock_is_taken_over(tmp_path: Path, how_far: str, names: list[str]) -> None:
    path = tmp_path / "case.pnote"
    assert run_apart(CRASH, str(path), how_far).returncode == -signal.SIGKILL
    assert "case.pnote.owner" in files_beside(path)
    left = path.read_bytes()
    with reading(path, "Ana") as reader:
        assert [source.name for source in reader.sources()] == names
    assert path.read_bytes() == left
    with Project.open(path, "Ana") as project:
        assert [source.name for source in project.read.sources()] == names
        assert [analyst.name for analyst in project.read.analysts()] == ["Ben", "Ana"]
    assert files_beside(path) == ["case.pnote"]


def test_a_lock_file_with_other_words_in_it_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    Project.create(path).close()
    (tmp_path / "case.pnote.owner").write_bytes(b"\xff{not json")
    Project.open(path).close()


@pytest.mark.parametrize("words", [
    {"pid": "12"}, {"pid": None}, {"pid": 1.5}, {"pid": True}, {"pid": [1]}, {"host": 7}, {"host": None},
    {"analyst": 3}, {"analyst": None}, {"analyst": "\ud800"}, {"since": 12}, {"since": "0001-01-01T00:00:00"},
    {"pid": 10**30}, {"pid": -1}, {"more": 1},
])  # fmt: skip
def test_a_lock_file_whose_words_are_of_another_kind_keeps_nobody_out(tmp_path: Path, words: dict[str, object]) -> None:
    """Anybody may have written them, and nothing that can be told is in them."""
    path = tmp_path / "case.pnote"
    Project.create(path, "Ana").close()
    known = {"host": socket.gethostname(), "pid": 1, "analyst": "Ana", "since": "2026-11-27T08:00:00+00:00"}
    side_file(path).write_text(json.dumps(known | words), encoding="utf-8")
    (tmp_path / ".stfolder").mkdir()  # in a shared place, an owner that may be there keeps others out
    if words.keys() == {"pid"} and isinstance(words["pid"], int) and words["pid"] is not True:
        assert str(left_by(path)).startswith("Ana on ")
        with Project.open(path, "Ana", take_over=True) as project:
            assert "not closed properly last time (Ana on " in project.after_crash
        return
    assert left_by(path) is None
    assert is_held(path) is None
    with Project.view(path) as viewed:
        assert viewed.read.articles() == []
    with Project.open(path, "Ana") as project:
        assert project.after_crash.startswith("case.pnote was not closed properly last time. Nothing")


@pytest.mark.parametrize("words", [b"[" * 200_000, b"\xff\xfe", b"\0" * 4096, b'{"host": "' + b"x" * 2_000_000 + b'"}'])
def test_a_lock_file_that_is_no_lock_file_keeps_nobody_out(tmp_path: Path, words: bytes) -> None:
    path = tmp_path / "case.pnote"
    Project.create(path, "Ana").close()
    side_file(path).write_bytes(words)
    assert left_by(path) is None
    Project.open(path, "Ana").close()
    assert not side_file(path).exists()


def test_an_owner_that_leaves_while_one_asks_is_no_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case.pnote"
    owners = [Ownership.take(path, "Ana")]
    opened = ownership._opened

    def opened_just_before_the_owner_leaves(side_file: Path, project: Path) -> BinaryIO:
        file = opened(side_file, project)
        while owners:
            owners.pop().release()
        return file

    monkeypatch.setattr(ownership, "_opened", opened_just_before_the_owner_leaves)
    second = Ownership.take(path, "Béla")
    monkeypatch.undo()
    with pytest.raises(ProjectInUse, match="Béla"):
        Ownership.take(path, "Cy")
    second.release()
    assert files_beside(path) == []
