"""Killed at any moment, a project is whole, and holds everything that was done and acknowledged before.

A process of its own works and is killed with SIGKILL, which nothing can catch; killing it leaves the same as the
program's crash. Seeds are printed, and of a failure the folder with all its files is kept.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO, Any

import pytest

from annotate.backups import backups_folder, backups_of, make_backup
from annotate.errors import ProjectError
from annotate.handing_on import Form
from annotate.project import Project, reading
from annotate.store.backup import verify
from tests.safety.killed_editor import MODES, OLD, PROJECT
from tests.safety.wholeness import (
    assert_export_is_whole,
    assert_whole,
    assert_whole_where_it_lies,
    chained,
    digest_of,
    digest_of_export,
    files_in,
)
from tests.safety.work import Analyst, export_of

HERE = Path(__file__).resolve().parents[2]
OLDEST = HERE / "tests" / "annotate" / "schemas" / "version-1.pnote.gz"

KILLS = {True: 25, False: 2}
"""In each mode, with --long and without."""
MOST_DONE = {"migrate": 0, "export": 3, "backup": 4, "restore": 4}
OTHERS_MOST_DONE = 8
"""How much a process acknowledges, at most, before it is killed."""
MOST_MS = {"export": 300, "migrate": 80, "backup": 60, "restore": 150}
OTHERS_MOST_MS = 25
"""How long it works after that, at most."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the process that is killed is made by forking")


@dataclass
class Death:
    """What a process said before it was killed."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def done(self, what: str) -> list[dict[str, Any]]:
        return [line for line in self.lines if line.get("done") == what]

    @property
    def in_the_middle_of(self) -> str | None:
        """What it had begun and not finished."""
        last = self.lines[-1] if self.lines else {}
        return last.get("begins")


class Nursery:
    """Makes processes and kills them."""

    def __init__(self, stdin: IO[str], stdout: IO[str]) -> None:
        self._stdin, self._stdout = stdin, stdout

    def kill_one(self, mode: str, seed: str, folder: Path, done: int, after_seconds: float) -> Death:
        """Kill it so many seconds after it has acknowledged so many things."""
        self._stdin.write(json.dumps({"mode": mode, "seed": seed, "folder": str(folder)}) + "\n")
        self._stdin.flush()
        pid = self._next()["pid"]
        while "ready" not in (line := self._next()):
            assert "over" not in line, f"it ended by itself ({line['over']}) before it was ready"
        death = Death()
        while done:
            line = self._next()
            assert "over" not in line, f"it ended by itself ({line['over']})"
            death.lines.append(line)
            done -= "done" in line
        time.sleep(after_seconds)
        os.kill(pid, signal.SIGKILL)
        while "over" not in (line := self._next()):
            death.lines.append(line)
        assert line["over"] == -signal.SIGKILL, f"it ended by itself ({line['over']})"
        return death

    def _next(self) -> dict[str, Any]:
        line = self._stdout.readline()
        assert line, "the process that makes processes has ended"
        return dict(json.loads(line))


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    command = [sys.executable, "-m", "tests.safety.killed_editor"]
    trouble = tmp_path_factory.mktemp("nursery") / "stderr.txt"
    with (
        trouble.open("w") as stderr,
        subprocess.Popen(
            command, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, encoding="utf-8"
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        yield Nursery(process.stdin, process.stdout)
        process.stdin.close()
    assert trouble.read_text() == ""


@dataclass
class Case:
    """One mode: its folder, what was acknowledged in all, and what stood in each export before."""

    folder: Path
    last: int = 0
    chain: str = ""
    exports: dict[Form, Any] = field(default_factory=dict)

    def look(self, death: Death) -> None:
        """Everything that can be asked of the folder after a death. Raises AssertionError."""
        if death.in_the_middle_of != "close and open":
            assert (self.folder / f"{PROJECT}.owner").exists()
        with Project.open(self.folder / PROJECT, "Ana") as project:
            for edit in death.done("edit"):
                self.last, self.chain = edit["change"], edit["chain"]
            assert chained(project.read, upto=self.last) == (self.last, self.chain), "an acknowledged edit is lost"
            assert_whole(project.read)
            self.last, self.chain = chained(project.read)
        self._look_at_exports(death)
        here = {str(export_of(form, self.folder).name) for form in Form}
        here |= {PROJECT, backups_folder(self.folder / PROJECT).name}
        assert {file.name for file in self.folder.iterdir()} <= here, "something stayed beside the project"

    def _look_at_exports(self, death: Death) -> None:
        for line in death.done("export"):
            self.exports[Form(line["form"])] = line["digest"]
        for form in Form:
            target = export_of(form, self.folder)
            if form in self.exports or target.exists():
                assert_export_is_whole(form, target)
                if digest_of_export(target) != self.exports.get(form):
                    assert death.in_the_middle_of == f"export {form.value}", "an export changed by itself"
                    self.exports[form] = digest_of_export(target)


def look_at_new_projects(folder: Path, death: Death) -> None:
    """Each is whole or not there; an acknowledged one is there."""
    acknowledged = {line["name"] for line in death.done("create")}
    there = {file.name for file in folder.glob("*.pnote")}
    assert acknowledged <= there
    for name in there:
        with Project.open(folder / name, "Ana") as project:
            assert_whole(project.read)
        (folder / name).unlink()
    with Project.create(folder / "next.pnote", "Ana"):
        pass
    (folder / "next.pnote").unlink()
    for left in folder.glob("*.owner"):  # of a project that was never there; taken over by whoever makes it
        left.unlink()
    assert files_in(folder) == {}


def look_at_migrated(folder: Path, death: Death) -> None:
    """What it held is there, whether it was brought up to date or not yet."""
    with Project.open(folder / OLD, "Ana") as project:
        assert_whole(project.read)
        if not death.done("migrate"):
            assert len(project.read.annotations()) == 3
    for backup in backups_of(folder / OLD):
        verify(backup.path)
    (folder / OLD).unlink()


@dataclass
class BackedUp(Case):
    """A mode that makes backups beside."""

    seen: set[Path] = field(default_factory=set)

    def look(self, death: Death) -> None:
        super().look(death)
        acknowledged = death.done("backup")
        names = {backup.path.name for backup in backups_of(self.folder / PROJECT)}
        if acknowledged and death.in_the_middle_of != "backup":  # the next may have thinned it out
            assert acknowledged[-1]["name"] in names, "an acknowledged backup is not there"
        self.look_at_backups()

    def look_at_backups(self) -> None:
        """Each that was made since is whole, and once another is made nothing else lies among them."""
        for backup in {one.path for one in backups_of(self.folder / PROJECT)} - self.seen:
            assert_whole_where_it_lies(backup)
            self.seen.add(backup)
        with Project.open(self.folder / PROJECT, "Ana") as project:
            self.seen.add(make_backup(project.path).backup.path)
        there = {file.name for file in backups_folder(self.folder / PROJECT).iterdir()}
        there -= {f"{name}.owner" for name in there}  # the lock of who looked into a backup when it was killed
        assert there == {backup.path.name for backup in backups_of(self.folder / PROJECT)}


@dataclass
class Restored(BackedUp):
    """A mode that puts backups in the project's place; what was acknowledged is known by the digest of all rows."""

    state: str = ""

    def look(self, death: Death) -> None:
        self.state = death.done("state")[-1]["state"] if death.done("state") else self.state
        with Project.open(self.folder / PROJECT, "Ana") as project:
            found = digest_of(project.read)
            assert_whole(project.read)
        if death.in_the_middle_of == "restore":
            assert found in (self.state, death.lines[-1]["state"]), "neither what was there nor the backup"
            assert found == self.state or self.state in self._states_of_backups(), "what was replaced is lost"
        elif death.in_the_middle_of != "edit":
            assert found == self.state
        self.state = found
        self.look_at_backups()
        here = {PROJECT, backups_folder(self.folder / PROJECT).name}
        assert {file.name for file in self.folder.iterdir()} == here, "something stayed beside the project"

    def _states_of_backups(self) -> list[str]:
        states = []
        for backup in backups_of(self.folder / PROJECT):
            with reading(backup.path) as read:
                states.append(digest_of(read))
        return states


def kill_again_and_again(
    nursery: Nursery, mode: str, folder: Path, kills: int, prepare: Callable[[], object], look: Callable[[Death], None]
) -> dict[str, object]:
    """Numbers of what happened. A failure keeps the folder as the killed process left it, and says where."""
    chance = Random(f"{mode} {os.environ.get('PROVENOTE_SEED', '2026')}")
    happened: Counter[str] = Counter()
    for number in range(kills):
        prepare()
        seed, done = f"{mode} {number}", chance.randint(0, MOST_DONE.get(mode, OTHERS_MOST_DONE))
        after = chance.uniform(0, MOST_MS.get(mode, OTHERS_MOST_MS)) / 1000
        print(f"{mode}: kill {number}, seed {seed!r}, {after * 1000:.1f} ms after {done} were acknowledged")
        death = nursery.kill_one(mode, seed, folder, done, after)
        kept = folder.with_name(f"{folder.name} as it was left")
        shutil.copytree(folder, kept, dirs_exist_ok=False)
        try:
            look(death)
        except BaseException as error:
            error.add_note(f"after kill {number} with the seed {seed!r}; what it left is kept in {kept}")
            raise
        shutil.rmtree(kept)
        happened["kills"] += 1
        happened["acknowledged"] += sum("done" in line for line in death.lines)
        happened["in the middle of something"] += death.in_the_middle_of is not None
    return dict(happened)


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.long)], ids=["few", "many"])
def kills(request: pytest.FixtureRequest) -> int:
    return KILLS[request.param]


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode not in ("create", "migrate", "backup", "restore")])
def test_what_was_acknowledged_is_there_and_nothing_is_half_there(
    mode: str, kills: int, nursery: Nursery, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    with Project.create(folder / PROJECT, "Ana") as project:
        Analyst(project, mode).begin()
        case = Case(folder, *chained(project.read))
    record_property(mode, kill_again_and_again(nursery, mode, folder, kills, lambda: None, case.look))


@pytest.mark.parametrize(("mode", "kind"), [("backup", BackedUp), ("restore", Restored)])
def test_backups_and_the_project_are_whole_while_backups_are_made_and_restored(
    mode: str,
    kind: type[BackedUp],
    kills: int,
    nursery: Nursery,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    with Project.create(folder / PROJECT, "Ana") as project:
        Analyst(project, mode).begin()
        case = kind(folder, *chained(project.read))
        if isinstance(case, Restored):
            case.state = digest_of(project.read)
        make_backup(project.path)
    record_property(mode, kill_again_and_again(nursery, mode, folder, kills, lambda: None, case.look))


def test_a_new_project_is_whole_or_not_there(
    kills: int, nursery: Nursery, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    look = lambda death: look_at_new_projects(folder, death)  # noqa: E731
    record_property("create", kill_again_and_again(nursery, "create", folder, kills, lambda: None, look))


def test_an_old_project_keeps_what_it_held_while_it_is_brought_up_to_date(
    kills: int, nursery: Nursery, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "killed"
    folder.mkdir()
    prepare = lambda: (folder / OLD).write_bytes(gzip.decompress(OLDEST.read_bytes()))  # noqa: E731
    look = lambda death: look_at_migrated(folder, death)  # noqa: E731
    record_property("migrate", kill_again_and_again(nursery, "migrate", folder, kills, prepare, look))


def test_the_lock_of_a_dead_process_is_taken_over_and_that_of_a_living_one_is_not(
    nursery: Nursery, tmp_path: Path
) -> None:
    Project.create(tmp_path / PROJECT, "Ana").close()
    with Project.open(tmp_path / PROJECT, "Ana"), pytest.raises(ProjectError, match="open already"):
        Project.open(tmp_path / PROJECT, "Ben")
    with Project.open(tmp_path / PROJECT, "Ana") as project:
        Analyst(project, "lock").begin()
    nursery.kill_one("edit", "lock", tmp_path, 0, 0)
    assert (tmp_path / f"{PROJECT}.owner").exists()
    Project.open(tmp_path / PROJECT, "Ben").close()
    assert sorted(files_in(tmp_path)) == [PROJECT]
