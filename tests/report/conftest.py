"""A small project about a flood, worked through with the commands an analyst uses."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotate import commands
from annotate.model import DatedWords, Published
from annotate.project import Project
from annotate.report.workbook import export_workbook
from annotate.vocabulary import (
    ClaimType,
    Credibility,
    DateBasis,
    Finding,
    Kind,
    Mode,
    Precision,
    Primacy,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)
from annotate.writing import Written
from tests.report.flood import FLOOD, Flood, take_in
from tests.report.lint import check_workbook


@pytest.fixture(autouse=True)
def excel_takes_every_workbook(tmp_path: Path) -> Iterator[None]:
    """Whatever workbook a test has written is looked through for what Excel would call damaged."""
    yield
    for path in tmp_path.rglob("*.xlsx"):
        if path.is_file() and path.read_bytes().startswith(b"PK"):
            assert check_workbook(path) == []


@pytest.fixture
def empty_project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "flood.pnote", "Mara Lind", title="Flood & dam") as project:
        yield project


@pytest.fixture
def flood(empty_project: Project) -> Flood:
    project = empty_project
    commands.edit_project(project, marking="TLP:AMBER & internal")
    article_id = take_in(
        project,
        "flood.txt",
        FLOOD,
        title="Water over the old town 🌊",
        outlet="Valley Post",
        author="R. Okoye",
        published=Published("June 2024", date(2024, 6, 1), Precision.MONTH),
        url="https://valley.example/flood?a=1&b=2",
    )
    flood = Flood(project, article_id)
    left = flood.mark("left", Kind.CLAIM, "At least 3,200 people left the old town on Tuesday")
    held = flood.mark("held", Kind.CLAIM, '"The dam held all night,"', '"and nobody was warned too late."')
    fell = flood.mark("fell", Kind.CLAIM, "قال شهود إن السد انهار")
    flood.mark("people", Kind.FIGURE, "At least 3,200 people")
    flood.mark("cost", Kind.FIGURE, "between $4.5 million and $6 million")
    flood.mark("homes", Kind.FIGURE, "A third of the homes")
    duarte = flood.ids["duarte"] = commands.add_source(project, "Ines Duarte", SourceType.GOVERNMENT)
    board = flood.ids["board"] = commands.add_source(project, "Water Board", SourceType.COMPANY)
    radio = flood.ids["radio"] = commands.add_source(project, "Harbour Radio", SourceType.MEDIA)
    mention = flood.mark("mention", Kind.SOURCE, "mayor Ines Duarte")
    commands.set_mention_source(project, mention, duarte)
    commands.edit_source(project, duarte, reliability=Reliability.B, reliability_basis="Own office counts")
    commands.attribute(project, left, duarte, verb="said")
    commands.attribute(project, left, board, stance=Stance.DENIES, verb="rejected")
    commands.attribute(project, held, board, verb="said", via_id=radio)
    commands.edit_record(
        project,
        left,
        mode=Mode.PARAPHRASE,
        type=ClaimType.QUANTITY,
        credibility=Credibility.PROBABLE,
        finding=Finding.PARTLY,
        event_id=commands.add_event(project, "Dam failure"),
        happened=DatedWords("on Tuesday", date(2024, 6, 4), None, Precision.DAY, DateBasis.RECKONED),
        said=DatedWords(None, date(1899, 12, 31), None, Precision.DAY),
    )
    commands.edit_record(project, held, mode=Mode.DIRECT, happened=DatedWords("overnight"))
    commands.edit_record(project, fell, happened=DatedWords(None, date(2024, 1, 1), None, Precision.YEAR))
    commands.link(project, fell, held, Relation.CONTRADICTS)
    tag = commands.add_tag(project, "Displacement", meaning="People who had to leave")
    below = commands.add_tag(project, "Evacuation", parent_id=tag)
    commands.toggle_tag(project, [left], tag)
    commands.toggle_tag(project, [left], below)
    commands.add_check(
        project,
        left,
        checked_on=date(2024, 6, 5),
        looked_at="Shelter lists",
        primacy=Primacy.PRIMARY,
        shows=Shows.SUPPORTS,
    )
    commands.add_check(project, held, checked_on=date(2024, 6, 6), looked_at="Gauge readings")
    return flood


@pytest.fixture
def export(tmp_path: Path) -> Callable[[Project], tuple[Any, Written]]:
    """Exports a project and opens the workbook that came of it."""
    import openpyxl

    def exported(project: Project) -> tuple[Any, Written]:
        report = export_workbook(project.read, tmp_path / "evidence.xlsx", analyst="Mara Lind")
        return openpyxl.load_workbook(report.path), report

    return exported
