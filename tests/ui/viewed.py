"""A project that the window only looks at, as tests use it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from annotate import commands
from annotate.model import Span
from annotate.project import Project
from annotate.suggest import Proposal
from annotate.vocabulary import Kind, Shows
from tests.annotate.drafts import span_of, take_in
from tests.ui.conftest import Hands
from ui.window import MainWindow


@pytest.fixture(name="path")
def project_path(tmp_path: Path) -> Iterator[Path]:
    """A project with two articles; a claim with everything, a figure, a mention without an entry, a suggestion."""
    folder = tmp_path / "cases"
    folder.mkdir()
    path = folder / "flood.pnote"
    with Project.create(path, "Büşra") as project:
        article = take_in(project)
        take_in(project, "Boats\n\nUp to 30% of the fleet is gone.", "boats.txt")
        claim = commands.mark(
            project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left their homes")]
        )
        commands.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "900 people")])
        commands.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "A witness")])
        source = commands.add_source(project, "Civil defence")
        commands.attribute(project, claim, source)
        commands.add_check(
            project, claim, checked_on=date(2026, 11, 26), looked_at="Satellite image", shows=Shows.SUPPORTS
        )
        tag = commands.add_tag(project, "Displacement", key="1")
        commands.toggle_tag(project, [claim], tag)
        event = commands.add_event(project, "The flood")
        commands.edit_record(project, claim, event_id=event)
        words = span_of(project, article, "dozens of houses")
        proposal = Proposal(Kind.FIGURE, (Span(words.start, words.end),), {}, rule="amount", confidence=0.95)
        commands.store_proposals(project, article.text_id, [proposal], engine="rules", version="1")
    yield path
    folder.chmod(0o755)


@pytest.fixture(name="viewing")
def viewing_hands(window: MainWindow, path: Path) -> Hands:
    """The project is looked at, with its claim selected."""
    assert window.session.view(path)
    hands = Hands(window)
    window.session.select(claim_of(hands))
    window.inspector.refresh()
    return hands


def claim_of(hands: Hands) -> int:
    read = hands.session.read
    return next(one.id for one in read.annotations(read.annotation_ids()) if one.kind is Kind.CLAIM)


def told(hands: Hands) -> str:
    return hands.told[-1].words if hands.told else ""
