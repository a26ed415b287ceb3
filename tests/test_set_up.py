"""Which system libraries the set-up asks for, and what it tells those who may not install them."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture
def set_up() -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up", PROJECT / "run_setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def a_library_nobody_has(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux, as a person without root's rights, where one of Qt's libraries is not there."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    absent = set_up.Library("libnobody-has-this.so.1", "libnobody1", "nobody-libs")
    monkeypatch.setattr(set_up, "QT_LIBRARIES", (absent,))


@pytest.mark.usefixtures("a_library_nobody_has")
@pytest.mark.parametrize(
    ("tool", "line"),
    [
        ("apt-get", "type: sudo apt-get install libnobody1"),
        ("dnf", "type: sudo dnf install nobody-libs"),
        ("pacman", "install what holds these with your system's package manager: nobody-libs"),
    ],
)
def test_who_may_not_install_is_told_the_line_to_type(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tool: str, line: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name == tool else None)
    assert not set_up.bring_libraries("offscreen")
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"Provenote needs system libraries for its window; {line}\n"


@pytest.mark.usefixtures("a_library_nobody_has")
def test_commands_without_a_window_need_no_library(set_up: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.bring_libraries("nothing")
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("a_library_nobody_has")
def test_a_python_without_venv_is_told_its_package_and_leaves_everything_as_it_was(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(set_up, "VENV", tmp_path / "venv")
    assert not set_up.make_venv()
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert capsys.readouterr().err.endswith(f"type: sudo apt-get install {package}\n")
    assert not (tmp_path / "venv").exists()


def test_x11_is_asked_for_only_where_a_window_shows_on_it(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert set(set_up.libraries_for("screen")) > set(set_up.libraries_for("offscreen"))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert set_up.libraries_for("screen") == set_up.libraries_for("offscreen")


def test_other_systems_bring_their_own_libraries(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert set_up.missing_libraries((set_up.Library("libnobody-has-this.so.1", "", ""),)) == []
