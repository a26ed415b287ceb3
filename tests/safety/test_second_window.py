"""A project is somebody's: a second window, a second person and every command are told who has it, and never do two
write. Whoever is killed keeps nobody out."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotate import commands
from annotate.cli import main, parser
from annotate.errors import ProjectInUse
from annotate.integrity import check_project
from annotate.project import Project, reading
from annotate.store.ownership import is_held
from tests.annotate.drafts import files_beside, take_in
from tests.safety.colleagues import ROOT, colleague

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes as only POSIX does")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "flood.pnote"
    with Project.create(path, "Ana") as project:
        take_in(project)
    return path


def test_a_project_that_somebody_has_open_is_refused_and_can_be_looked_at(path: Path) -> None:
    with colleague(path) as owner:
        owner.write()
        with pytest.raises(ProjectInUse, match=r"flood\.pnote is open already: Büşra on .* since .*Close it there"):
            Project.open(path, "Ana")
        beside = files_beside(path)
        with Project.view(path, "Ana") as project:
            assert project.view_only.startswith("flood.pnote is only looked at, since Büşra has it open on ")
            assert [source.name for source in project.read.sources()] == ["Büşra 1 🌊"]
            assert not project.is_outdated
            owner.write()  # is not held up, and not seen before it is looked again
            assert project.is_outdated
            assert len(project.read.sources()) == 1
            with project.reading_elsewhere() as reader:
                assert len(reader.sources()) == 1
        assert files_beside(path) == beside
        with Project.view(path, "Ana") as project:
            assert len(project.read.sources()) == 2
        owner.leave()
    assert files_beside(path) == [path.name]
    with Project.open(path, "Ana") as project:
        assert project.after_crash == ""
        assert check_project(project.read) == []


def test_looking_at_a_project_keeps_its_owner_from_nothing(path: Path) -> None:
    """Also not from folding the log into the file, and from closing."""
    with Project.view(path, "Ana") as project, colleague(path) as owner:
        for _ in range(20):
            owner.write()
        owner.leave()
        assert files_beside(path) == [path.name]
        assert project.read.sources() == []


def test_a_second_window_of_the_same_person_is_told_that_it_is_another_window(path: Path) -> None:
    with colleague(path, "Ana"):
        with pytest.raises(
            ProjectInUse, match=r"is open already in another window on this computer since .*\. Close it"
        ):
            Project.open(path, "Ana")
        with Project.view(path, "Ana") as project:
            assert "since another window on this computer has it open (since " in project.view_only


# -- commands -----------------------------------------------------------------------------------------------------

COMMANDS = {
    "import": ["{folder}/article.txt"],
    "claims": ["{folder}/claims.csv"],
    "export": ["{folder}/out.xlsx"],
    "readback": ["{folder}/back.xlsx"],
    "copy": ["{folder}/copy.pnote", "--without-history"],
    "erase": ["--article", "A-0001", "--yes"],
    "salvage": ["{folder}/saved.pnote"],
}
"""Words after the project, for commands that need more than that."""

NOT_ON_A_PROJECT: frozenset[str] = frozenset()
"""Commands that can be given to a project that is open."""


def commands_there_are() -> set[str]:
    found = next(action for action in parser()._actions if action.dest == "command")
    return set(found.choices or ())


@pytest.mark.parametrize("command", sorted(commands_there_are()))
def test_every_command_on_an_open_project_is_refused_with_the_owners_name(
    path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if command in NOT_ON_A_PROJECT:
        pytest.skip("does not touch the project")
    folder = path.parent
    (folder / "article.txt").write_text("Flood\n\nAt least 900 people left.", encoding="utf-8")
    (folder / "claims.csv").write_text("Claim,Source\nThe dam was weak,Zoé\n", encoding="utf-8")
    assert main(["export", str(path), str(folder / "back.xlsx")]) == 0
    words = [word.format(folder=folder) for word in COMMANDS.get(command, [])]
    capsys.readouterr()
    with colleague(path) as owner:
        owner.write()
        before = set(files_beside(path))
        status = main([command, str(path), *words])
        said = capsys.readouterr()
        assert status == 1, f"{said.err}; say in COMMANDS what the command needs"
        assert f"run {command}: flood.pnote is open already: Büşra on " in said.err
        assert "Traceback" not in said.err
        assert set(files_beside(path)) == before
        owner.write()
        owner.leave()
    with reading(path) as reader:
        assert len(reader.sources()) == 2


# -- killed -------------------------------------------------------------------------------------------------------


def test_what_a_killed_window_had_open_is_taken_over_and_that_is_told_once(path: Path) -> None:
    with colleague(path) as owner:
        owner.write()
        owner.write()
        owner.kill()
    assert f"{path.name}.owner" in files_beside(path)
    assert is_held(path) is None
    with Project.view(path, "Ana") as project:
        assert "Büşra" not in project.view_only
        assert len(project.read.sources()) == 2
    with Project.open(path, "Ana") as project:
        assert project.after_crash.startswith("flood.pnote was not closed properly last time (Büşra on ")
        assert project.after_crash.endswith("Nothing that was saved is lost.")
        assert [source.name for source in project.read.sources()] == ["Büşra 1 🌊", "Büşra 2 🌊"]
        assert check_project(project.read) == []
    assert files_beside(path) == [path.name]
    with Project.open(path, "Ana") as project:
        assert project.after_crash == ""


def test_a_command_says_too_that_a_project_was_not_closed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with colleague(path) as owner:
        owner.write()
        owner.kill()
    assert main(["check", str(path)]) == 0
    said = capsys.readouterr()
    assert "is whole" in said.out
    assert said.err.startswith("run check: flood.pnote was not closed properly last time (Büşra on ")
    assert said.err.count("\n") == 1
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().err == ""


IN_TURN = """
import os, random, sys, time
from pathlib import Path
from annotate import commands
from annotate.errors import ProjectInUse
from annotate.project import Project
path, marker, until = Path(sys.argv[1]), Path(sys.argv[2]), time.time() + float(sys.argv[3])
while time.time() < until:
    try:
        project = Project.open(path, str(os.getpid()))
    except ProjectInUse:
        time.sleep(random.random() / 100)
        continue
    try:
        found = os.open(marker, os.O_CREAT | os.O_EXCL | os.O_WRONLY)  # there already: somebody else is inside
    except FileExistsError:
        pid = int(marker.read_text() or 0)
        try:
            os.kill(pid, 0)
            alive = not Path(f"/proc/{pid}/stat").exists() or " Z " not in Path(f"/proc/{pid}/stat").read_text()
        except (ProcessLookupError, ValueError):
            alive = False
        if pid and alive:
            print("TWO", flush=True)
            sys.exit(3)
        found = os.open(marker, os.O_TRUNC | os.O_WRONLY)
    os.write(found, str(os.getpid()).encode())
    os.close(found)
    source = commands.add_source(project, f"{os.getpid()} {time.time_ns()}")
    print(source, flush=True)
    marker.unlink()
    project.close()
"""


def test_of_many_who_open_at_once_never_do_two_write_even_where_some_are_killed(path: Path, tmp_path: Path) -> None:
    marker = tmp_path / "inside"

    def started(seconds: float) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", IN_TURN, str(path), str(marker), str(seconds)]
        return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    acknowledged: list[int] = []
    running = [started(5.0) for _ in range(3)]
    for _ in range(4):
        time.sleep(0.9)
        victim = running.pop(0)
        victim.send_signal(signal.SIGKILL)
        out, _err = victim.communicate()
        assert "TWO" not in out
        acknowledged += [int(line) for line in out.splitlines() if line.isdecimal()]
        running.append(started(2.5))
    for process in running:
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        acknowledged += [int(line) for line in out.split()]
    assert len(acknowledged) == len(set(acknowledged)) > 0
    with Project.open(path, "Ana") as project:
        assert {source.id for source in project.read.sources()} >= set(acknowledged)
        assert check_project(project.read) == []
    assert os.listdir(tmp_path).count(f"{path.name}-wal") == 0  # noqa: PTH208


def test_a_commands_lock_goes_with_it(path: Path) -> None:
    assert main(["info", str(path)]) == 0
    with Project.open(path, "Ana") as project:
        commands.add_source(project, "free again")
