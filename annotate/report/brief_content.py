"""What a brief says, as plain values: of everything that is known the part that a reader of two to four pages needs.

Why it exists: what is chosen, and in which order, is a judgement that tests can hold without Word. What was found comes
first, then what is graded, then what most sources say; what is left out is counted, and stands in the workbook.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotate.amount_format import as_fraction
from annotate.counted import counted
from annotate.figures import format_amount
from annotate.model import Annotation, Figure
from annotate.offsets import previous_grapheme
from annotate.report import saying
from annotate.report.comparison import Comparable, amounts_of, comparable_figures
from annotate.report.direction import closed
from annotate.report.evidence import Evidence
from annotate.report.sheets.rows import RowIndex
from annotate.report.sheets.summary import scope_words
from annotate.report.sheets.to_do import SUGGESTIONS, to_do_table
from annotate.report.tables import date_value, from_value
from annotate.store.queries.annotations import SAYS_SO
from annotate.vocabulary import Bound, FigureKind, Finding, Kind, Mode, Relation, Stance

MOST_CLAIMS = 14
MOST_CONTESTED = 6
MOST_FIGURES = 16
MOST_OPEN = 6
LONGEST = 260
"""Code points of a sentence; longer ones are shortened, and whole in the workbook."""
LONGEST_SIDE = 140
LONGEST_NAMES = 110

_QUOTES = '“”"'

NOT_CHECKED = "No finding yet"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in a sentence, with who says so and the row that has the rest."""

    label: str
    sentence: str
    """The analyst's own, else the words of the claim in quotation marks."""
    says_so: str
    denied_by: str
    grade: str
    where: str
    """Outlet and day."""


@dataclass(frozen=True, slots=True)
class Found:
    """Claims of one finding: those that are shown, and how many there are."""

    heading: str
    claims: tuple[Said, ...]
    in_all: int


@dataclass(frozen=True, slots=True)
class Contested:
    """What cannot both be so: two claims, or the different values of one thing."""

    about: str
    sides: tuple[tuple[str, str, str], ...]
    """What is said, who says so, and the row."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A row of the table of figures; what is not known is empty."""

    value: str
    low_high: str
    what: str
    as_of: str
    says_so: str
    label: str


@dataclass(frozen=True, slots=True)
class Brief:
    title: str
    marking: str
    date: str
    analyst: str
    scope: str
    in_short: str
    found: tuple[Found, ...]
    claims_in_all: int
    contested: tuple[Contested, ...]
    contested_in_all: int
    amounts: tuple[Amount, ...]
    figures_in_all: int
    still_open: tuple[tuple[str, int], ...]
    """Kinds of work and how many rows the sheet To do has of each; nothing where the brief is for sharing."""

    @property
    def claims_shown(self) -> int:
        return sum(len(found.claims) for found in self.found)


def brief_of(evidence: Evidence) -> Brief:
    """The brief of what `evidence` holds."""
    claims = evidence.of_kind(Kind.CLAIM)
    chosen = sorted(claims, key=lambda claim: _importance(evidence, claim))[:MOST_CLAIMS]
    contested = _contested(evidence, {claim.id for claim in chosen})
    figures = [one for one in evidence.of_kind(Kind.FIGURE) if amounts_of(one) != (None, None, None)]
    return Brief(
        title=one_line(evidence.project.title) or "Brief",
        marking=one_line(evidence.project.marking),
        date=evidence.made_at.strftime("%Y-%m-%d"),
        analyst=one_line(evidence.analyst),
        scope=one_line(scope_words(evidence)),
        in_short=_in_short(evidence, claims),
        found=tuple(_found(evidence, claims, chosen)),
        claims_in_all=len(claims),
        contested=tuple(contested[:MOST_CONTESTED]),
        contested_in_all=len(contested),
        amounts=tuple(_amount(evidence, figure) for figure in _chosen_figures(evidence, figures, chosen)),
        figures_in_all=len(figures),
        still_open=() if evidence.shared else tuple(_still_open(evidence)),
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text in one line, cut at a word (or else a grapheme) where it is longer."""
    line = one_line(text)
    if len(line) <= longest:
        return line
    head = line[: previous_grapheme(line, longest)]
    words, _, _ = head.rpartition(" ")
    return f"{words if len(words) > longest // 2 else head} …"


def _importance(evidence: Evidence, claim: Annotation) -> tuple[bool, bool, int, int]:
    record = claim.claim
    saying_so = len({said.source_id for said in evidence.said_of.get(claim.id, ())})
    tied = len(evidence.links_from.get(claim.id, ())) + len(evidence.links_to.get(claim.id, ()))
    return record.finding is None, record.credibility is None, -saying_so, -tied


def _found(evidence: Evidence, claims: Sequence[Annotation], chosen: Sequence[Annotation]) -> Iterable[Found]:
    findings: tuple[Finding | None, ...] = (*Finding, None)
    for finding in findings:
        in_all = sum(1 for claim in claims if claim.claim.finding is finding)
        if in_all:
            shown = [_said(evidence, claim) for claim in chosen if claim.claim.finding is finding]
            heading = finding.label.capitalize() if finding else NOT_CHECKED
            yield Found(heading, tuple(shown), in_all)


def _said(evidence: Evidence, claim: Annotation) -> Said:
    article = evidence.articles[claim.article_id]
    published = article.published
    day = date_value(published.on, published.precision, published.words)
    return Said(
        label=claim.label,
        sentence=_sentence(claim),
        says_so=_who(evidence, claim),
        denied_by=shortened(saying.speakers(evidence, claim, Stance.DENIES, graded=True), LONGEST_NAMES),
        grade=saying.grade(evidence, claim),
        where=shortened(", ".join(str(part) for part in (closed(article.outlet or ""), day) if part), LONGEST_NAMES),
    )


def _sentence(claim: Annotation, longest: int = LONGEST) -> str:
    plain = shortened(claim.claim.plain_words, longest)
    return plain or f"“{shortened(claim.words, longest).strip(_QUOTES)}”"


def _who(evidence: Evidence, annotation: Annotation) -> str:
    names = shortened(saying.speakers(evidence, annotation, *SAYS_SO, graded=True), LONGEST_NAMES)
    if names or annotation.kind is not Kind.CLAIM or annotation.claim.mode is not Mode.VOICE:
        return names
    return one_line(evidence.articles[annotation.article_id].outlet or "") or "the outlet itself"


def _contested(evidence: Evidence, shown: set[int]) -> list[Contested]:
    """Pairs of claims that contradict each other, those of the brief first; then figures that differ."""
    links = [link for links in evidence.links_from.values() for link in links if link.relation is Relation.CONTRADICTS]
    links.sort(key=lambda link: -(link.from_id in shown) - (link.to_id in shown))
    pairs = [
        Contested("", tuple(_side(evidence, evidence.annotations[one]) for one in (link.from_id, link.to_id)))
        for link in links
    ]
    return pairs + [one for group in comparable_figures(evidence) if (one := _differing(evidence, group)) is not None]


def _side(evidence: Evidence, claim: Annotation) -> tuple[str, str, str]:
    return _sentence(claim, LONGEST_SIDE), _who(evidence, claim), claim.label


def _differing(evidence: Evidence, group: Comparable) -> Contested | None:
    """The values that a thing is given, each with the first figure that gives it."""
    firsts: dict[tuple[float | None, ...], Annotation] = {}
    for figure in group.figures:
        firsts.setdefault(amounts_of(figure), figure)
    if len(firsts) < 2:
        return None
    sides = tuple(
        (shortened(format_amount(one.figure) or one.words, LONGEST_NAMES), _who(evidence, one), one.label)
        for one in list(firsts.values())[:MOST_CONTESTED]
    )
    return Contested(shortened(group.about, LONGEST_NAMES), sides)


def _chosen_figures(
    evidence: Evidence, figures: Sequence[Annotation], claims: Sequence[Annotation]
) -> list[Annotation]:
    """Figures of the claims that are shown, then those that somebody gives, in the order of the workbook."""
    shown = {one.id for claim in claims for one in evidence.linked(claim.id, Relation.CONTAINS)}
    ranked = sorted(figures, key=lambda one: (one.id not in shown, not saying.attributions(evidence, one)))
    kept = {one.id for one in ranked[:MOST_FIGURES]}
    return [one for one in figures if one.id in kept]


def _amount(evidence: Evidence, annotation: Annotation) -> Amount:
    figure = annotation.figure
    about = "≈ " if figure.bound is Bound.APPROX else ""
    return Amount(
        value="" if figure.value is None else f"{about}{_number(figure, figure.value)}",
        low_high=_low_high(figure),
        what=shortened(_what(figure) or annotation.words, 60),
        as_of=_as_of(evidence, annotation),
        says_so=shortened(_who(evidence, annotation), 70),
        label=annotation.label,
    )


def _what(figure: Figure) -> str:
    """What is counted or measured: "% of homes", "burials per day"."""
    if figure.unit.startswith("per "):
        return f"{figure.counted} {figure.unit}".strip()
    of = " of " if figure.unit in ("%", "‰") else " "
    return of.join(part for part in (figure.unit, figure.counted) if part)


def _as_of(evidence: Evidence, annotation: Annotation) -> str:
    """The day that a figure is for; in brackets that of its article, where the words name none."""
    own = from_value(annotation.figure.as_of)
    if own is not None:
        return shortened(str(own), 24)
    published = evidence.articles[annotation.article_id].published
    day = date_value(published.on, published.precision)
    return "" if day is None else f"({day})"


def _low_high(figure: Figure) -> str:
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        return f"{_number(figure, low)} – {_number(figure, high)}"
    if low is not None:
        return f"≥ {_number(figure, low)}"
    return f"≤ {_number(figure, high)}" if high is not None else ""


def _number(figure: Figure, value: float) -> str:
    if figure.kind is FigureKind.FRACTION:
        return as_fraction(value)
    if value == value // 1:
        return f"{value:,.0f}"
    return f"{value:,.6f}".rstrip("0")


def _in_short(evidence: Evidence, claims: Sequence[Annotation]) -> str:
    """The counts that say how far this can be relied on, in two sentences."""
    if not claims:
        return "There are no claims yet."
    findings = Counter(claim.claim.finding for claim in claims)
    named = [f"{finding.label} {findings[finding]:,}" for finding in Finding if findings[finding]]
    without = findings[None]
    first = f"{counted(len(claims), 'claim')} in {counted(len(evidence.articles), 'article')}"
    if named:
        rest = f"; {without:,} {'has' if without == 1 else 'have'} no finding yet" if without else ""
        second = f": {', '.join(named)}{rest}."
    else:
        second = "; none has a finding yet."
    graded = sum(1 for claim in claims if claim.claim.credibility is not None)
    sources = {said.source_id for claim in claims for said in evidence.saying(claim.id)}
    speaking = f"{counted(len(sources), 'source')} say{'s' if len(sources) == 1 else ''} so"
    return f"{first}{second} {speaking}; {graded:,} of the claims {'is' if graded == 1 else 'are'} graded."


def _still_open(evidence: Evidence) -> Iterable[tuple[str, int]]:
    work = Counter(str(row[1]) for row in to_do_table(evidence, RowIndex(evidence)).rows)
    if SUGGESTIONS in work:
        work[SUGGESTIONS] = sum(evidence.open_suggestions.values())  # a row of that sheet has those of an article
    return work.most_common(MOST_OPEN)
