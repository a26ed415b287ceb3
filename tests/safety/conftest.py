"""A project on disk, in a folder of its own, and an article in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.model import Article
from annotate.project import Project
from tests.annotate.drafts import take_in

# What is asserted there says what was found.
pytest.register_assert_rewrite("tests.safety.wholeness", "tests.safety.salvaging")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    folder = tmp_path / "case"
    folder.mkdir()
    with Project.create(folder / "Überblick 🌊.pnote", "Ana") as opened:
        yield opened


@pytest.fixture
def article(project: Project) -> Article:
    return take_in(project)
