"""What would surprise whoever reads an export: told before anything is written, so that it can be mended or explained.

Why it exists: an empty cell or a mark on an old text is found by the first reader, and then it is too late. Each group
says in one sentence what it is and names the records, so that a window can lead to them. Nothing here stops an export.

What is old is measured by the evidence itself, never by today: a figure is old where another of the same event and
thing is for a later day, and a mark where its article has a newer text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotate.counted import counted
from annotate.model import Annotation, Article
from annotate.report.cells import LONGEST, utf16_units
from annotate.report.comparison import amounts_of, comparable_figures, day_of
from annotate.report.evidence import Evidence
from annotate.vocabulary import ArticleStatus, Choice, Finding, Handling, Kind, Mode, Origin, Shows


class Severity(Choice):
    SURPRISE = "surprise", "would surprise", "A reader would stumble over it or take it for more than it is"
    WORTH_KNOWING = "worth_knowing", "worth knowing", "A gap that a reader can see"


class Surprising(Choice):
    """What may surprise, the worst first."""

    EMPTY = "empty", "nothing to read", "There is no claim and no figure"
    PROTECTED = "protected", "protected or internal", "It is written as it is; only an export for sharing hides it"
    NOT_REVIEWED = "not_reviewed", "accepted in bulk, not reviewed", "Nobody has looked at each of them"
    NO_SOURCE = "no_source", "claim without a source", "Nobody is named who says so"
    NO_AMOUNT = "no_amount", "figure without an amount", "Neither value nor low nor high is given"
    WAITING = "waiting", "waits since an update", "The article has changed, and nobody has judged the mark since"
    NOT_PLACED = "not_placed", "not in the newest text", "The words stand in an older text, or in none"
    NO_CHECK = "no_check", "finding without a check", "Something was found, and nothing says how"
    AGAINST_CHECK = "against_check", "finding against its checks", "A check shows the opposite of the finding"
    OVERLONG = "overlong", "too long for a cell", "It continues on a sheet of its own"
    UNREAD = "unread", "article marked unread", "Whatever it claims is missing"
    UNJUDGED = "unjudged", "suggestions not judged", "Suggested marks are never written"
    UNTAGGED = "untagged", "without a tag", "Whoever filters by tags does not see it"
    NOT_COUNTED = "not_counted", "figure without what it counts", "A number of nothing"
    OLDER = "older", "figure that a later one replaces", "Another figure of the same event and thing is for a later day"
    NO_DATE = "no_date", "date not worked out", "The words are given, and no day"
    UNDATED = "undated", "article without a date", "It stands in no period and is sorted last"
    NO_OUTLET = "no_outlet", "article without an outlet", "Nobody can tell where it appeared"
    GUESSED_TITLE = "guessed_title", "title not confirmed", "It was taken from the first lines"
    CLAIM_NOT_GRADED = "claim_not_graded", "claim not graded", "Its credibility is empty"
    SOURCE_NOT_GRADED = "source_not_graded", "source not graded", "Claims rest on it, and its reliability is empty"
    NO_MARKING = "no_marking", "no marking", "Pages say nothing of who may see them"

    @property
    def severity(self) -> Severity:
        return Severity.SURPRISE if self in _STUMBLED_OVER else Severity.WORTH_KNOWING


_STUMBLED_OVER = frozenset(list(Surprising)[: list(Surprising).index(Surprising.UNREAD)])

_AGAINST = {
    Finding.CONFIRMED: Shows.CONTRADICTS,
    Finding.PARTLY: Shows.CONTRADICTS,
    Finding.REFUTED: Shows.SUPPORTS,
}
"""What a check of a finding must not show while none shows the other."""
_FOR = {Finding.CONFIRMED: Shows.SUPPORTS, Finding.PARTLY: Shows.SUPPORTS, Finding.REFUTED: Shows.CONTRADICTS}


@dataclass(frozen=True, slots=True)
class Surprise:
    """One group of records that may surprise for the same reason; ids are row ids, in the order of the sheets."""

    kind: Surprising
    sentence: str
    annotation_ids: tuple[int, ...] = ()
    article_ids: tuple[int, ...] = ()
    source_ids: tuple[int, ...] = ()

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def count(self) -> int:
        """How many records it is about; 0 where it is about the whole."""
        return len(self.annotation_ids) + len(self.article_ids) + len(self.source_ids)


def preflight(evidence: Evidence) -> tuple[Surprise, ...]:
    """What would surprise a reader of `evidence`, the worst first; empty where nothing would."""
    found = [*_of_the_whole(evidence), *_of_annotations(evidence), *_of_articles(evidence), *_of_sources(evidence)]
    order = list(Surprising)
    return tuple(sorted(found, key=lambda surprise: order.index(surprise.kind)))


def _of_the_whole(evidence: Evidence) -> Iterator[Surprise]:
    if not any(one.kind is not Kind.SOURCE for one in evidence.annotations.values()):
        yield Surprise(Surprising.EMPTY, "There is no claim and no figure in it.")
    if not evidence.project.marking.strip():
        yield Surprise(Surprising.NO_MARKING, "It has no marking (TLP or your own), so its pages show none.")


def _of_annotations(evidence: Evidence) -> Iterator[Surprise]:
    claims, figures = evidence.of_kind(Kind.CLAIM), evidence.of_kind(Kind.FIGURE)
    both = [one for one in evidence.annotations.values() if one.kind is not Kind.SOURCE]
    everything = evidence.annotations.values()
    checks: dict[int, list[Shows | None]] = {}
    for check in evidence.checks:
        checks.setdefault(check.annotation_id, []).append(check.shows)
    older = set(_older_figures(evidence))

    def placed_nowhere(one: Annotation) -> bool:
        return one.id not in evidence.carryings and not evidence.is_placed(one)

    def against(one: Annotation) -> bool:
        finding, shown = one.claim.finding, checks.get(one.id, ())
        return finding in _AGAINST and _AGAINST[finding] in shown and _FOR[finding] not in shown

    rules: tuple[tuple[Surprising, Iterable[Annotation], Callable[[Annotation], bool], str], ...] = (
        (
            Surprising.NOT_REVIEWED,
            everything,
            lambda one: one.origin is Origin.BULK,
            "{} accepted in bulk and not reviewed one by one",
        ),
        (Surprising.NO_SOURCE, claims, lambda one: not evidence.said_of.get(one.id), "{} without a source"),
        (Surprising.NO_AMOUNT, figures, lambda one: not _has_amount(one), "{} without an amount"),
        (Surprising.WAITING, everything, lambda one: one.id in evidence.carryings, "{} to be judged since an update"),
        (Surprising.NOT_PLACED, everything, placed_nowhere, "{} whose words are not in the newest text"),
        (
            Surprising.NO_CHECK,
            claims,
            lambda one: one.claim.finding is not None and not checks.get(one.id),
            "{} with a finding and without a check that it rests on",
        ),
        (Surprising.AGAINST_CHECK, claims, against, "{} whose checks show the opposite of the finding"),
        (Surprising.OVERLONG, both, _is_overlong, "{} with a text too long for a cell, which continues elsewhere"),
        (
            Surprising.UNTAGGED,
            both if evidence.tags else (),
            lambda one: not one.tag_ids,
            "{} without a tag",
        ),
        (
            Surprising.NOT_COUNTED,
            figures,
            lambda one: _has_amount(one) and not (one.figure.counted or one.figure.unit),
            "{} without what is counted or measured",
        ),
        (
            Surprising.OLDER,
            figures,
            lambda one: one.id in older,
            "{} where another of the same thing is for a later day",
        ),
        (Surprising.NO_DATE, both, _has_unreckoned_date, "{} with a date that is words only"),
        (
            Surprising.CLAIM_NOT_GRADED,
            claims,
            lambda one: one.claim.credibility is None,
            "{} without a grade of credibility",
        ),
    )
    for kind, several, holds, sentence in rules:
        ids = tuple(one.id for one in several if holds(one))
        if ids:
            yield Surprise(kind, _said(evidence, ids, sentence), annotation_ids=ids)
    if not evidence.shared:
        ids = tuple(one.id for one in everything if one.handling is not Handling.OPEN)
        if ids:
            told = _said(evidence, ids, "{} not open, and written as they are unless you export for sharing")
            yield Surprise(Surprising.PROTECTED, told, annotation_ids=ids)


def _of_articles(evidence: Evidence) -> Iterator[Surprise]:
    rules: tuple[tuple[Surprising, Callable[[Article], bool], str], ...] = (
        (Surprising.UNREAD, lambda article: article.status is ArticleStatus.UNREAD, "{} marked unread"),
        (
            Surprising.UNJUDGED,
            lambda article: bool(evidence.open_suggestions.get(article.id)),
            "{} with suggested marks that nobody has judged, which are left out",
        ),
        (Surprising.UNDATED, lambda article: article.published.on is None, "{} without a day of publication"),
        (
            Surprising.NO_OUTLET,
            lambda article: not (article.outlet or article.platform),
            "{} without an outlet or platform",
        ),
        (
            Surprising.GUESSED_TITLE,
            lambda article: not article.title_confirmed,
            "{} with a title that was guessed and not confirmed",
        ),
    )
    for kind, holds, sentence in rules:
        ids = tuple(article.id for article in evidence.articles.values() if holds(article))
        if ids:
            yield Surprise(kind, sentence.format(counted(len(ids), "article")) + ".", article_ids=ids)


def _of_sources(evidence: Evidence) -> Iterator[Surprise]:
    saying = {
        said.source_id
        for claim in evidence.of_kind(Kind.CLAIM)
        if claim.claim.mode is not Mode.VOICE
        for said in evidence.saying(claim.id)
    }
    sources = evidence.sources.values()
    ids = tuple(source.id for source in sources if source.id in saying and source.reliability is None)
    if ids:
        told = f"{counted(len(ids), 'source')} with claims and without a grade of reliability."
        yield Surprise(Surprising.SOURCE_NOT_GRADED, told, source_ids=ids)
    ids = tuple(source.id for source in sources if source.handling is not Handling.OPEN)
    if ids and not evidence.shared:
        told = f"{counted(len(ids), 'source')} not open, and named unless you export for sharing."
        yield Surprise(Surprising.PROTECTED, told, source_ids=ids)


def _has_amount(annotation: Annotation) -> bool:
    return amounts_of(annotation) != (None, None, None)


def _is_overlong(annotation: Annotation) -> bool:
    texts = [annotation.words, annotation.note]
    if annotation.kind is Kind.CLAIM:
        texts += [annotation.claim.plain_words, annotation.claim.translation]
    return any(2 * len(text) > LONGEST and utf16_units(text) > LONGEST for text in texts)


def _has_unreckoned_date(annotation: Annotation) -> bool:
    if annotation.kind is Kind.CLAIM:
        dates = (annotation.claim.happened, annotation.claim.said)
    else:
        dates = (annotation.figure.as_of, annotation.figure.as_of)
    return any(dated.words and dated.on is None for dated in dates)


def _older_figures(evidence: Evidence) -> Iterator[int]:
    """Figures for an earlier day than the latest of the same event, thing and measure."""
    for group in comparable_figures(evidence):
        days = [(day, figure.id) for figure in group.figures if (day := day_of(evidence, figure)) is not None]
        latest = max((day for day, _ in days), default=None)
        yield from (figure_id for day, figure_id in days if day != latest)


def _said(evidence: Evidence, ids: tuple[int, ...], sentence: str) -> str:
    """The sentence with how many of each kind it is about: "2 claims and 1 figure"."""
    kinds = [evidence.annotations[one].kind for one in ids]
    names = {Kind.CLAIM: "claim", Kind.FIGURE: "figure", Kind.SOURCE: "mention"}
    numbers = [counted(kinds.count(kind), name) for kind, name in names.items() if kind in kinds]
    several = " and ".join((", ".join(numbers[:-1]), numbers[-1])) if len(numbers) > 1 else numbers[0]
    return sentence.format(several) + "."
