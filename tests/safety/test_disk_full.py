"""Where there is no room, nothing is half written, what was there stays, it is said, and it goes on when there is room.

What is done is done by a process of its own (full_disk.py), which tries each thing with no room, then with a little
more, until it goes through: so every write of it was once the one that failed. There is no room in two ways: files may
not grow beyond a size, which is like a quota; and a small disk is full.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]

CHANGES = ("edit", "mark", "undo and redo", "import", "update")
AROUND = ("close", "open", "open an old one", "create", "copy")
BACKUPS = ("backup", "restore")
EXPORTS = tuple(f"export {form}" for form in ("xlsx", "brief", "docx", "html", "pdf", "csv", "qdpx", "jsonld", "json"))
pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits on the size of files are POSIX's")


@cache
def why_no_disk() -> str:
    """Why no small disk can be mounted; empty where one can be."""
    if shutil.which("unshare") is None:
        return "no small disk can be mounted: there is no unshare here"
    probe = subprocess.run(
        [*_apart(), "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/tmp"], capture_output=True, text=True
    )
    return "" if probe.returncode == 0 else f"no small disk can be mounted: {probe.stderr.strip()}"


def _apart() -> list[str]:
    """A process that sees mounts of its own, which go with it."""
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", "--mount", *as_root]


@pytest.fixture(scope="module", params=["coarse", pytest.param("fine", marks=pytest.mark.long)])
def fineness(request: pytest.FixtureRequest) -> str:
    """How little more room there is from try to try."""
    return str(request.param)


@pytest.fixture(scope="module", params=["limit", "disk"])
def room(request: pytest.FixtureRequest) -> str:
    if request.param == "disk" and why_no_disk():
        pytest.skip(why_no_disk())
    return str(request.param)


@pytest.fixture(scope="module")
def done(room: str, fineness: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What was said of each action for which there was no room, until there was; done once for all tests.

    Without --long each way of having no room gets every other action, where there are both.
    """
    actions = [*CHANGES, *EXPORTS, *BACKUPS, *AROUND]
    if fineness == "coarse" and not why_no_disk():
        actions = actions[room == "disk" :: 2]
    folder = tmp_path_factory.mktemp("full") / "disk"
    command = [sys.executable, "-m", "tests.safety.full_disk", room, str(folder), fineness, *actions]
    command = [*(_apart() if room == "disk" else []), *command]
    run = subprocess.run(command, cwd=HERE, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert [line["action"] for line in lines] == actions
    return {line["action"]: line["said"] for line in lines}


def said_of(done: dict[str, list[str]], actions: tuple[str, ...]) -> list[str]:
    return [said for action in actions for said in done.get(action, [])]


def test_a_change_for_which_there_is_no_room_is_refused_and_goes_through_later(
    room: str, done: dict[str, list[str]], record_property: Callable[[str, object], None]
) -> None:
    said = said_of(done, CHANGES)
    assert said
    assert all("case.pnote was not saved" in words for words in said)
    if room == "disk":
        assert all("The disk is full" in words or "room" in words for words in said)
    record_property(f"full: {room}", {action: len(said) for action, said in done.items()})


def test_opening_closing_and_making_without_room_leaves_what_was_there(done: dict[str, list[str]]) -> None:
    said = said_of(done, AROUND)
    assert said
    assert all(".pnote" in words for words in said)


def test_a_backup_for_which_there_is_no_room_leaves_those_before_and_the_project(done: dict[str, list[str]]) -> None:
    said = said_of(done, BACKUPS)
    assert said
    assert all("backup" in words or "could not be restored" in words for words in said)


def test_an_export_for_which_there_is_no_room_leaves_the_one_before(done: dict[str, list[str]]) -> None:
    said = said_of(done, EXPORTS)
    assert said
    assert all("was not written" in words and "untouched" in words for words in said)
