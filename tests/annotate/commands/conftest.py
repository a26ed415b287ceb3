"""A project that all examples of a property share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotate import commands as do
from annotate.model import Article
from annotate.project import Project
from tests.annotate.drafts import take_in


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Article]]:
    """One project for all examples; each takes back what it did."""
    with Project.create(tmp_path_factory.mktemp("merging") / "case.pnote", "Ana") as project:
        article = take_in(project)
        for name in ("The mayor", "Zoe\u0301", "شاهد"):
            do.add_source(project, name)
        for name in ("damm", "flucht"):
            do.add_tag(project, name)
        yield project, article
