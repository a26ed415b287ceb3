"""What every test stands on: no screen, no settings of the person who runs them, the same examples in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Qt reads this when its application is made; a test of the real screen sets its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What is asserted there says what was found; here, since tests of more than one folder use them.
pytest.register_assert_rewrite("tests.safety.wholeness", "tests.safety.salvaging")

PROJECT = Path(__file__).resolve().parents[1]

hypothesis.settings.register_profile("provenote", deadline=None, derandomize="CI" in os.environ, print_blob=True)
hypothesis.settings.load_profile("provenote")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="takes minutes; ./run test --long runs it"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: archives made for one hold the time, and every process that runs tests makes its own."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def settings_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder where Qt's settings go, here and in processes started by a test; never the person's own."""
    folder = tmp_path_factory.mktemp("settings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and prototypes beside the project; it is no part of the project."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder 'shared' beside the project, which is not there")
    return folder
