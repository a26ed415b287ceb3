"""A project as it was: what later changes did is taken back in a copy, and nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotate import commands
from annotate.history import redo, undo
from annotate.model import Span
from annotate.project import Project
from annotate.report.evidence import Evidence, gather
from annotate.steps import Moment
from annotate.store.rewinding import as_it_was
from annotate.vocabulary import Credibility, Kind, SourceType
from tests.report.flood import FLOOD, take_in


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "flood.pnote", "Mara Lind 🌊") as project:
        yield project


def told(evidence: Evidence) -> Evidence:
    """Without what is different each time it is asked."""
    return replace(evidence, made_at=evidence.project.created_at, moment=None)


def test_every_moment_of_a_project_can_be_seen_again(project: Project) -> None:
    seen: list[tuple[Moment, Evidence]] = []

    def look() -> None:
        seen.append((project.read.newest_moment(), told(gather(project.read, "Mara"))))

    look()
    article = take_in(project, "flood.txt", FLOOD, outlet="Valley Post")
    look()
    claim = commands.mark(project, article, Kind.CLAIM, [Span(30, 60)])
    figure = commands.mark(project, article, Kind.FIGURE, [Span(30, 45)])
    look()
    source = commands.add_source(project, "Duarte", SourceType.GOVERNMENT)
    other = commands.add_source(project, "Ines Duarte", SourceType.GOVERNMENT)
    said = commands.attribute(project, claim, source, verb="said")
    tag = commands.add_tag(project, "Dam; 🌊", meaning="سد")
    commands.toggle_tag(project, [claim], tag)
    look()
    commands.edit_record(project, claim, credibility=Credibility.DOUBTFUL, plain_words="\u2028قال")
    commands.edit_attribution(project, said, verb="insisted")
    commands.join_sources(project, other, source)
    commands.remove_tag(project, tag)
    look()
    commands.remove_annotations(project, [claim, figure])
    look()
    undo(project)
    undo(project)
    redo(project)
    look()
    commands.move_to_bin(project, [article])
    look()
    for moment, evidence in seen:
        with as_it_was(project.read, moment.change_id) as earlier:
            assert told(gather(earlier, "Mara")) == evidence
    assert told(gather(project.read, "Mara")) == seen[-1][1]
    assert len({moment for moment, _ in seen}) == len(seen)
    assert all(project.read.knows_moment(moment) for moment, _ in seen)


def test_an_undone_import_is_seen_again_with_its_words(project: Project) -> None:
    article = take_in(project, "flood.txt", FLOOD)
    commands.mark(project, article, Kind.CLAIM, [Span(30, 60)])
    moment, evidence = project.read.newest_moment(), told(gather(project.read, "Mara"))
    undo(project)
    undo(project)
    with as_it_was(project.read, moment.change_id) as earlier:
        assert told(gather(earlier, "Mara")) == evidence


def test_a_moment_is_written_in_words_and_read_again(project: Project) -> None:
    assert Moment.read(str(project.read.newest_moment())) == Moment(None, 0)
    commands.add_tag(project, "Dam")
    moment = project.read.newest_moment()
    assert Moment.read(str(moment)) == moment
    assert Moment.read("not a moment") is None
    assert Moment.read("x 4") is None
    assert project.read.knows_moment(moment)
    assert not project.read.knows_moment(Moment(moment.step, 99))
    assert not project.read.knows_moment(Moment(None, 4))
