"""One owner at a time: who has a project open is told, and a crash keeps nobody out."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from annotate.errors import ProjectInUse
from annotate.project import Project, reading
from annotate.store import ownership
from annotate.store.ownership import Ownership
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
