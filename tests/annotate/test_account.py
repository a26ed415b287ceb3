"""The program under an account, and under a number that has none."""

import getpass
from pathlib import Path

import pytest

from annotate.account import home_folder, user_name
from annotate.fault_log import state_folder


@pytest.fixture
def no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs as a user without an entry in the system's list."""

    def no_name() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(getpass, "getuser", no_name)
    monkeypatch.setattr(Path, "home", no_home)


def test_with_an_account_both_are_its_own() -> None:
    assert (user_name(), home_folder()) == (getpass.getuser(), Path.home())


@pytest.mark.usefixtures("no_account")
def test_without_an_account_nobody_is_named_and_logs_have_a_place() -> None:
    assert user_name() == ""
    assert home_folder() == Path(Path.cwd().anchor)
    assert state_folder({}, "linux").is_absolute()
