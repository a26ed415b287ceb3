"""The run script in a project of its own: a tiny package stands in for the real ones, no network is used."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from annotate.cli import parser

PROJECT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="./run is for bash; run.cmd stands beside it on Windows")

MAIN = "import sys, tiny\nprint(tiny.VERSION, *sys.argv[1:])\n"
SETTING_UP = "Setting up Provenote"


def make_wheel(folder: Path, version: str) -> str:
    """Write a package `tiny` of one module; returns the SHA-256 of its wheel."""
    wheel, info = folder / f"tiny-{version}-py3-none-any.whl", f"tiny-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tiny.py", f"VERSION = 'tiny-{version}'\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", f"tiny.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


class Copy:
    """A project folder with the real run script and set-up, and a main.py that says what it was given."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder, self.wheels = folder, wheels
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("run", "run_setup.py"):
            shutil.copy2(PROJECT / name, folder / name)
        (folder / "main.py").write_text(MAIN)

    def lock(self, version: str, sha256: str) -> None:
        line = f"tiny=={version} --hash=sha256:{sha256}\n"
        (self.folder / "requirements.txt").write_text(line)
        (self.folder / "requirements-dev.txt").write_text("# for tests\n" + line)

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        return start(self.folder / "run", *words, environment=os.environ | settings | environment)


def start(script: Path, *words: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [str(script), *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wheels")


@pytest.fixture(scope="module")
def hashes(wheels: Path) -> dict[str, str]:
    return {version: make_wheel(wheels, version) for version in ("1.0", "2.0")}


@pytest.fixture
def fresh(tmp_path: Path, wheels: Path) -> Copy:
    return Copy(tmp_path / "a project 😀", wheels)


class Ready(NamedTuple):
    """A copy that was set up by two runs at once, and what those runs said."""

    copy: Copy
    first_runs: list[subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def once_ready(tmp_path_factory: pytest.TempPathFactory, wheels: Path, hashes: dict[str, str]) -> Ready:
    copy = Copy(tmp_path_factory.mktemp("run") / "a project 😀", wheels)
    copy.lock("1.0", hashes["1.0"])
    with ThreadPoolExecutor(2) as pool:
        return Ready(copy, list(pool.map(copy.run, ("info", "check"))))


@pytest.fixture
def ready(once_ready: Ready, hashes: dict[str, str]) -> Copy:
    """The copy that is set up, brought back to version 1.0 of its only package."""
    once_ready.copy.lock("1.0", hashes["1.0"])
    assert once_ready.copy.run("info").stdout == "tiny-1.0 info\n"
    return once_ready.copy


@pytest.fixture
def no_python(tmp_path: Path) -> str:
    """A PATH with which a set-up is impossible, so that a start which works has done without one."""
    return fake_programs(tmp_path / "no python", None)


def fake_programs(folder: Path, python: str | None, **others: str) -> str:
    """A PATH with what the script itself calls, and a python3 and others that answer with these lines of shell."""
    folder.mkdir()
    for name in ("bash", "env", "dirname", "cat", "cmp", "readlink"):
        (folder / name).symlink_to(shutil.which(name) or pytest.fail(f"there is no {name}"))
    if python is not None:
        others |= {"python3": python, "python3.13": python}
    for name, lines in others.items():
        (folder / name).write_text(f"#!/usr/bin/env bash\n{lines}\n")
        (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_the_scripts_are_bash_and_may_be_executed(script: str) -> None:
    assert os.access(PROJECT / script, os.X_OK)
    subprocess.run(["bash", "-n", PROJECT / script], check=True)


@pytest.mark.parametrize("python", [None, "exit 1", "echo 'command not found' >&2; exit 127"])
def test_without_a_new_enough_python_one_sentence_says_so(fresh: Copy, tmp_path: Path, python: str | None) -> None:
    result = fresh.run("info", "a.pnote", PATH=fake_programs(tmp_path / "bin", python))
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Python 3.11 or newer" in result.stderr


@pytest.mark.parametrize(
    ("knows", "told"),
    [
        ("[ $2 = python3.12 ] && echo it", "apt-get install python3.12 python3.12-venv"),
        ("exit 100", "apt-get install python3 python3-venv"),
        ("[ $2 = python3 ] && echo it", "a newer release"),
    ],
)
def test_without_a_python_the_packages_that_this_system_has_are_named(
    fresh: Copy, tmp_path: Path, knows: str, told: str
) -> None:
    others = {"apt-get": "exit 1", "apt-cache": knows, "sudo": "exit 1"}
    result = fresh.run("info", PATH=fake_programs(tmp_path / "bin", None, **others))
    assert result.stderr.count("\n") == 1
    assert told in result.stderr
    if "install" in told:
        sudo = "" if os.geteuid() == 0 else "sudo "
        assert result.stderr.endswith(f"line again: {sudo}apt-get update && {sudo}{told}\n")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
@pytest.mark.parametrize("words", [(), ("my project.pnote",)])
def test_without_a_screen_one_line_names_what_works_and_nothing_is_set_up(fresh: Copy, words: tuple[str, ...]) -> None:
    result = fresh.run(*words, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    [commands] = [action.choices for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    assert all(f" {command}," in result.stderr for command in commands)
    assert not (fresh.folder / ".venv").exists()


def test_two_first_runs_at_once_set_up_once_and_both_start(once_ready: Ready) -> None:
    assert [run.stdout for run in once_ready.first_runs] == ["tiny-1.0 info\n", "tiny-1.0 check\n"]
    assert sum(SETTING_UP in run.stderr for run in once_ready.first_runs) == 1


def test_a_warm_start_sets_nothing_up_and_hands_the_words_on(ready: Copy, no_python: str, tmp_path: Path) -> None:
    link = tmp_path / "provenote"
    link.symlink_to(ready.folder / "run")
    warm = start(link, "--help", "two words", "😀", "", environment=os.environ | {"PATH": no_python})
    assert (warm.returncode, warm.stdout, warm.stderr) == (0, "tiny-1.0 --help two words 😀 \n", "")


def test_a_changed_lock_is_installed(ready: Copy, hashes: dict[str, str], no_python: str) -> None:
    ready.lock("2.0", hashes["2.0"])
    renewed = ready.run("info")
    assert (renewed.stdout, SETTING_UP in renewed.stderr) == ("tiny-2.0 info\n", True)
    assert ready.run("info", PATH=no_python).stdout == "tiny-2.0 info\n"


def test_what_was_set_up_for_tests_serves_commands_too(ready: Copy, no_python: str) -> None:
    shutil.copy(ready.folder / "requirements-dev.txt", ready.folder / ".venv" / "installed")
    assert ready.run("info", PATH=no_python).stdout == "tiny-1.0 info\n"
    shutil.copy(ready.folder / "requirements.txt", ready.folder / ".venv" / "installed")
    assert "Python 3.11 or newer" in ready.run("test", PATH=no_python).stderr


def test_a_package_that_is_not_the_one_locked_is_refused_and_asked_for_again(ready: Copy) -> None:
    ready.lock("2.0", "0" * 64)
    for _ in range(2):
        refused = ready.run("info")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "could not be fetched or installed" in refused.stderr


def test_a_set_up_that_was_cut_short_is_made_from_the_start_since_pip_takes_half_a_package_for_a_whole(
    ready: Copy,
) -> None:
    [module] = (ready.folder / ".venv").rglob("tiny.py")
    module.write_text("")
    (ready.folder / ".venv" / "installed").unlink()
    again = ready.run("info")
    assert (again.stdout, SETTING_UP in again.stderr) == ("tiny-1.0 info\n", True)


def test_a_moved_folder_is_noticed(ready: Copy, no_python: str) -> None:
    home = ready.folder
    ready.folder = home.rename(home.parent / "elsewhere")
    moved = ready.run("info", PATH=no_python)
    ready.folder = ready.folder.rename(home)
    assert (moved.returncode, moved.stdout) == (1, "")
    assert ready.run("info", PATH=no_python).returncode == 0


def test_a_python_that_went_away_is_noticed_and_replaced(ready: Copy) -> None:
    python = ready.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("python-that-was-removed")
    mended = ready.run("info")
    assert (mended.stdout, SETTING_UP in mended.stderr) == ("tiny-1.0 info\n", True)


def test_the_status_of_a_command_is_handed_on(ready: Copy) -> None:
    main = ready.folder / "main.py"
    main.write_text("import sys\nsys.exit(int(sys.argv[1]))\n")
    statuses = [ready.run(status).returncode for status in ("0", "2", "1")]
    main.write_text(MAIN)
    assert statuses == [0, 2, 1]


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does a window need libraries of the system")
def test_a_window_that_fails_hands_on_its_status_when_no_library_is_missing(ready: Copy) -> None:
    main = ready.folder / "main.py"
    main.write_text("import sys\nsys.exit(7)\n")
    failed = ready.run(QT_QPA_PLATFORM="offscreen")
    main.write_text(MAIN)
    assert (failed.returncode, failed.stderr) == (7, "")


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does a screen have a name")
def test_a_screen_that_cannot_be_reached_is_told_by_its_name_below_what_qt_says(ready: Copy) -> None:
    main = ready.folder / "main.py"
    main.write_text("import os\nos.abort()\n")
    failed = ready.run(DISPLAY=":93", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="offscreen")
    main.write_text(MAIN)
    assert failed.returncode == 134
    assert "(:93): is it there" in failed.stderr.splitlines()[-1]
