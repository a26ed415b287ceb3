"""A closed project in a folder of its own, whose rights can be taken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate import commands
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import span_of, take_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(name="folder")
def folder_of_cases(tmp_path: Path) -> Iterator[Path]:
    """Its own rights are given back at the end."""
    made = tmp_path / "cases"
    made.mkdir()
    yield made
    made.chmod(0o755)


@pytest.fixture(name="path")
def project_path(folder: Path) -> Path:
    """A project with an article and a mark, closed."""
    path = folder / "Überblick 100% #1 🌊.pnote"
    with Project.create(path, "Ana") as project:
        article = take_in(project)
        commands.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people")])
    return path
