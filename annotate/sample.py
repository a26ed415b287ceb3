"""The sample project: four short articles about one invented flood, the first of them partly worked through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from annotate import commands
from annotate.importers import read_file
from annotate.model import Published, Span
from annotate.project import Project
from annotate.vocabulary import (
    ArticleStatus,
    Credibility,
    Kind,
    Precision,
    Primacy,
    Progress,
    Reliability,
    Shows,
    SourceType,
)

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "sample"

_KNOWN = {
    "2-wire.txt": ("National Wire", date(2024, 3, 13)),
    "3-ledger.txt": ("The Ledger", date(2024, 3, 14)),
    "4-nahr.txt": ("Al-Nahr", date(2024, 3, 13)),
}
"""Outlet and date of those whose file does not say."""


def create_sample(project: Project) -> None:
    """Fill a new project, under a name of the sample's own. Raises AnnotateError where its files are missing."""
    yours = project.read.analyst(project.analyst_id)
    assert yours is not None
    project.become("Sample analyst")
    article_ids = {}
    for path in sorted(FOLDER.iterdir()):
        taken = commands.import_file(project, read_file(path))
        article_ids[path.name] = taken.articles[0].article_id
        if path.name in _KNOWN:
            outlet, published = _KNOWN[path.name]
            commands.edit_article(
                project,
                article_ids[path.name],
                outlet=outlet,
                published=Published(on=published, precision=Precision.DAY),
            )
    _work_through(project, article_ids["1-courier.html"])
    project.become(yours.name)


def _work_through(project: Project, article_id: int) -> None:
    casualties = commands.add_tag(project, "casualties", meaning="Dead, injured, missing, displaced")
    responsibility = commands.add_tag(project, "responsibility", meaning="Who knew, who decided, who paid")
    commands.add_tag(project, "damage", meaning="Homes, power, money")
    commands.add_tag(project, "to verify", meaning="Look into this before it goes out")

    for words in ("as much as two metres", "Some 340 homes", "nearly 1,200 residents", "between four and six people"):
        _mark(project, article_id, Kind.FIGURE, words)
    voice = _mark(project, article_id, Kind.CLAIM, "Some 340 homes were flooded")
    _mark(project, article_id, Kind.SOURCE, "The regional civil defence")
    moved = _mark(
        project,
        article_id,
        Kind.CLAIM,
        "nearly 1,200 residents had been moved to three schools by noon and that between four and six people were "
        "still missing",
        tag_id=casualties,
    )
    inspections = _mark(
        project, article_id, Kind.CLAIM, "the wall “had failed two inspections since 2019”", tag_id=responsibility
    )
    quoted = _mark(project, article_id, Kind.CLAIM, "“Nobody rang us,”", "“until the water was at the oven door.”")
    for claim_id in (moved, inspections, quoted):
        for offer in commands.offered_speakers(project, claim_id):
            commands.take_offer(project, claim_id, offer)
    for attribution in project.read.attributions([moved]):
        commands.edit_source(
            project,
            attribution.source_id,
            type=SourceType.GOVERNMENT,
            reliability=Reliability.B,
            reliability_basis="Official figures, corrected when wrong",
        )
    commands.edit_record(project, moved, credibility=Credibility.POSSIBLE, progress=Progress.IN_PROGRESS)
    commands.edit_record(project, voice, plain_words="About 340 homes in Harrow Mills were flooded on 12 March 2024.")
    commands.add_check(
        project,
        moved,
        checked_on=date(2024, 3, 13),
        looked_at="Shelter lists of two of the three schools",
        primacy=Primacy.PRIMARY,
        shows=Shows.SUPPORTS,
        limits="The third school's list was not available.",
    )
    commands.set_status(project, [article_id], ArticleStatus.IN_PROGRESS)


def _mark(project: Project, article_id: int, kind: Kind, *words: str, tag_id: int | None = None) -> int:
    article = project.read.article(article_id)
    assert article is not None
    body = project.read.body(article.text_id)
    spans = [Span(body.index(quote), body.index(quote) + len(quote)) for quote in words]
    return commands.mark(project, article_id, kind, spans, tag_ids=() if tag_id is None else (tag_id,))
