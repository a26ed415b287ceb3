"""Which system libraries the set-up asks for, and what it tells those who may not install them."""

import errno
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[1]

AGAIN = "type this, then the same line again"


@pytest.fixture
def set_up() -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up", PROJECT / "run_setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A project folder in which nothing is set up yet."""
    monkeypatch.setattr(set_up, "PROJECT", tmp_path)
    for name, path in (("VENV", ".venv"), ("MADE_FOR", ".venv/made-for"), ("INSTALLED", ".venv/installed")):
        monkeypatch.setattr(set_up, name, tmp_path / path)
    return tmp_path


@pytest.fixture
def a_library_nobody_has(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux, as a person without root's rights, where one of Qt's libraries is not there."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    absent = set_up.Need("libnobody-has-this.so.1", "libnobody1", "nobody-libs")
    monkeypatch.setattr(set_up, "QT_LIBRARIES", (absent,))


@pytest.mark.usefixtures("a_library_nobody_has")
@pytest.mark.parametrize(
    ("tools", "line"),
    [
        ("apt-get sudo", f"{AGAIN}: sudo apt-get update && sudo apt-get install libnobody1"),
        ("apt-get", f"as root {AGAIN}: apt-get update && apt-get install libnobody1"),
        ("dnf sudo", f"{AGAIN}: sudo dnf install nobody-libs"),
        (
            "pacman",
            "install what holds these with your system's package manager, then type the same line again:"
            " libnobody-has-this.so.1",
        ),
    ],
)
def test_who_may_not_install_is_told_the_line_to_type(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tools: str, line: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name in tools.split() else None)
    assert not set_up.bring(set_up.missing_libraries(set_up.libraries_for("offscreen")))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"Provenote needs system libraries for its window; {line}\n"


@pytest.mark.usefixtures("a_library_nobody_has")
def test_commands_without_a_window_need_no_library(set_up: ModuleType) -> None:
    assert set_up.missing_libraries(set_up.libraries_for("nothing")) == []


@pytest.mark.usefixtures("a_library_nobody_has")
def test_all_that_the_system_lacks_is_told_in_one_line_before_anything_is_made(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name in {"apt-get", "sudo"} else None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert set_up.main(["requirements.txt", "offscreen"]) == 1
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert capsys.readouterr().err == (
        "Provenote needs Python's venv module and system libraries for its window;"
        f" {AGAIN}: sudo apt-get update && sudo apt-get install {package} libnobody1\n"
    )
    assert not (folder / ".venv").exists()


@pytest.mark.usefixtures("a_library_nobody_has")
@pytest.mark.parametrize(("status", "told"), [(0, ""), (100, "E: no room\n")])
def test_root_reads_what_is_installed_and_more_only_where_it_fails(
    set_up: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    status: int,
    told: str,
) -> None:
    apt = tmp_path / "apt-get"
    apt.write_text(f"#!/bin/sh\n[ $1 = update ] && exit\necho 'E: no room'\nexit {status}\n")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert set_up.bring(set_up.missing_libraries(set_up.libraries_for("offscreen"))) == (status == 0)
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"Installing system libraries for its window: libnobody1\n{told}")
    if status:
        assert said.err.endswith(f"{AGAIN}: apt-get update && apt-get install libnobody1\n")


@pytest.mark.parametrize("character", [";"] if os.name == "nt" else [";", ":", '"', "\\"])
def test_a_folder_whose_name_qt_or_venv_misread_is_refused_by_name(
    set_up: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    character: str,
) -> None:
    monkeypatch.setattr(set_up, "PROJECT", folder / f"a{character}b")
    assert set_up.main(["requirements.txt", "nothing"]) == 1
    said = capsys.readouterr().err
    assert f"a{character}b" in said
    assert f"because of the {character} in it" in said


@pytest.mark.parametrize(
    ("trouble", "remedy"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "/there/.venv"), "into a folder that you may write in"),
        (OSError(errno.EROFS, "Read-only file system", "/there/.venv"), "into a folder that you may write in"),
        (OSError(errno.ENOSPC, "No space left on device", "/there/.venv"), "Set that right"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_folder_that_cannot_be_written_is_told_in_a_line(
    set_up: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    trouble: OSError,
    remedy: str,
) -> None:
    def fail() -> bool:
        raise trouble

    monkeypatch.setattr(set_up, "make_venv", fail)
    assert set_up.main(["requirements.txt", "nothing"]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(f"The set-up could not write /there/.venv ({trouble.strerror}).")
    assert remedy in said


@pytest.mark.usefixtures("folder")
def test_ctrl_c_ends_the_set_up_with_a_line_and_the_status_of_one(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(set_up, "make_venv", interrupted)
    assert set_up.main(["requirements.txt", "nothing"]) == 130
    assert capsys.readouterr().err.endswith("Stopped. Type the same line again to go on.\n")


def test_a_window_needs_the_libraries_of_the_screen_that_it_shows_on(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def needed() -> set[str]:
        return {need.name for need in set(set_up.libraries_for("screen")) - set(set_up.libraries_for("offscreen"))}

    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "libxcb-cursor.so.0" in needed()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "libwayland-cursor.so.0" in needed()
    assert not any("xcb" in name for name in needed())


def test_other_systems_bring_their_own_libraries(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert set_up.missing_libraries((set_up.Need("libnobody-has-this.so.1", "", ""),)) == []
