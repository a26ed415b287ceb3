"""What the first page says: what this is, how much it holds, and whose words it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate.model import Source
from annotate.report.evidence import Evidence
from annotate.report.sheets.rows import RowIndex
from annotate.report.tables import Value, date_value
from annotate.vocabulary import Finding, Kind, Mode, Origin

SOURCES_SHOWN = 25
"""Sources named on the summary, those with most claims; the others share a line. The sheet Sources has them all."""

NO_MODE = "not set"


@dataclass(frozen=True, slots=True)
class Count:
    label: str
    number: int
    part: bool = False
    """A part of the count above it."""


@dataclass(frozen=True, slots=True)
class SourceModes:
    """Claims by source and mode: `headings` are the modes, a row has the source, a number a mode, and claims in all."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    named: int
    """How many of the rows, from the first, are single sources."""


@dataclass(frozen=True, slots=True)
class Summary:
    title: str
    marking: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[Count, ...]
    by_source: SourceModes


def summary(evidence: Evidence, index: RowIndex) -> Summary:
    """The first page of a report."""
    facts = (
        *([("Analyst", evidence.analyst)] if evidence.analyst else []),
        ("Exported", evidence.made_at.strftime("%Y-%m-%d %H:%M UTC")),
        ("Scope", scope_words(evidence)),
    )
    project = evidence.project
    return Summary(project.title, project.marking, facts, _counts(evidence), _source_modes(evidence, index))


def scope_words(evidence: Evidence) -> str:
    """What a report holds, and what it leaves out, in one sentence without a full stop."""
    number = len(evidence.articles)
    dates = [article.published for article in evidence.articles.values() if article.published.on]
    days = sorted(str(date_value(published.on, published.precision)) for published in dates)
    undated = number - len(days)
    missing = f", {undated:,} of them without a date" if days and undated else ""
    which = f"{_articles(evidence)}{_period(days)}{missing}"
    return "; ".join((which, *_narrowed(evidence), "nothing from the bin, no suggestions that nobody judged"))


def _articles(evidence: Evidence) -> str:
    number, in_all = len(evidence.articles), evidence.articles_in_all
    if number < in_all:
        return f"{number:,} of the {in_all:,} articles of the project"
    articles = f"All {number:,} articles" if number > 1 else "The one article" if number else "No article"
    return f"{articles} of the project"


def _narrowed(evidence: Evidence) -> Iterator[str]:
    """What else was asked for, so that nobody takes a part for the whole."""
    scope = evidence.scope
    if scope.period is not None:
        yield f"only what {scope.period.words}"
    shown = scope.shown
    hidden = [kind.label.lower() + "s" for kind in Kind if kind in shown.hidden_kinds]
    if hidden:
        yield f"without {' and '.join(hidden)}"
    if shown.hidden_tag_ids:
        tags = [tag.name for tag in evidence.tags.values() if tag.id not in shown.hidden_tag_ids]
        names = ", ".join(f"“{name}”" for name in tags) or "none of the codebook"
        yield f"only what is tagged {names}" + ("" if shown.hides_untagged else ", or not tagged")
    elif shown.hides_untagged:
        yield "only what is tagged"
    if shown.hidden_analyst_ids:
        yield "without the marks of some analysts"
    if scope.since is not None:
        made = f"{scope.since.name} of {scope.since.made_at:%Y-%m-%d %H:%M} UTC"
        yield f"only what is new, revised or withdrawn since {made}"


def _period(days: Sequence[str]) -> str:
    if not days:
        return ""
    if days[0] == days[-1]:
        return f", published {days[0]}"
    return f", published {days[0]} to {days[-1]}"


def _counts(evidence: Evidence) -> tuple[Count, ...]:
    claims = evidence.of_kind(Kind.CLAIM)
    findings = Counter(claim.claim.finding for claim in claims)
    saying = {said.source_id for claim in claims for said in evidence.saying(claim.id)}
    modes = Counter(claim.claim.mode for claim in claims)
    attributed = sum(1 for claim in claims if evidence.saying(claim.id) and claim.claim.mode is not Mode.VOICE)
    bulk = sum(1 for annotation in evidence.annotations.values() if annotation.origin is Origin.BULK)
    unnamed = sum(1 for source in evidence.sources.values() if source.article_id is not None)
    return (
        Count("Articles", len(evidence.articles)),
        Count("Claims", len(claims)),
        *(Count(finding.label, findings[finding], part=True) for finding in Finding if findings[finding]),
        Count("no finding yet", findings[None], part=True),
        Count("Claims attributed to a source", attributed),
        Count("Claims in the outlet's own voice", modes[Mode.VOICE]),
        Count("Direct quotes", modes[Mode.DIRECT]),
        Count("Figures", len(evidence.of_kind(Kind.FIGURE))),
        Count("Sources with a claim", len(saying)),
        Count("Unnamed sources", unnamed),
        Count("Accepted in bulk, not reviewed", bulk),
        Count("Marks to be judged since an update", len(evidence.carryings)),
        Count("Open checks (no result yet)", sum(1 for check in evidence.checks if check.shows is None)),
    )


def _source_modes(evidence: Evidence, index: RowIndex) -> SourceModes:
    """A claim that several sources make counts for each of them."""
    pairs: list[tuple[int, str]] = []
    without: list[str] = []
    for claim in evidence.of_kind(Kind.CLAIM):
        mode = claim.claim.mode.label if claim.claim.mode else NO_MODE
        saying = {said.source_id for said in evidence.saying(claim.id)}
        pairs += [(source_id, mode) for source_id in saying]
        without += [] if saying else [mode]
    present = {mode for _, mode in pairs} | set(without)
    headings = tuple(mode for mode in (*(mode.label for mode in Mode), NO_MODE) if mode in present or mode != NO_MODE)
    numbers = _crosstab(pairs, headings)
    order = sorted(numbers, key=lambda source_id: _standing(evidence.sources[source_id], numbers[source_id]))
    rows: list[tuple[Value, ...]] = [_row(index.source(source_id), numbers[source_id]) for source_id in order]
    others = [numbers[source_id] for source_id in order[SOURCES_SHOWN:]]
    rows = rows[:SOURCES_SHOWN]
    named = len(rows)
    if others:
        rows.append(_row(f"{len(others):,} other sources", tuple(map(sum, zip(*others, strict=True)))))
    if without:
        rows.append(_row("no source", tuple(without.count(mode) for mode in headings)))
    return SourceModes(headings, tuple(rows), named)


def _crosstab(pairs: Sequence[tuple[int, str]], headings: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Numbers of claims by source id, in the order of the headings."""
    if not pairs:
        return {}
    import pandas as pd

    frame = pd.DataFrame(pairs, columns=["source", "mode"])
    crossed = pd.crosstab(frame["source"], frame["mode"]).reindex(columns=list(headings), fill_value=0)
    return {
        int(source): tuple(int(number) for number in numbers)
        for source, numbers in zip(crossed.index, crossed.to_numpy(), strict=True)
    }


def _standing(source: Source, numbers: Sequence[int]) -> tuple[int, str]:
    return -sum(numbers), source.name.casefold()


def _row(name: Value, numbers: Sequence[int]) -> tuple[Value, ...]:
    return (name, *numbers, sum(numbers))
