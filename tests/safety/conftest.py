"""A project on disk, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.project import Project

# What is asserted there says what was found.
pytest.register_assert_rewrite("tests.safety.wholeness")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "case"
    folder.mkdir()
    with Project.create(folder / "Überblick 🌊.pnote", "Ana") as opened:
        yield opened
