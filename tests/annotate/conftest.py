"""A project on disk for tests of the core."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.model import Article
from annotate.project import Project
from tests.annotate.drafts import take_in


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "Überblick 🌊.pnote", "Ana") as opened:
        yield opened


@pytest.fixture
def article(project: Project) -> Article:
    return take_in(project)
