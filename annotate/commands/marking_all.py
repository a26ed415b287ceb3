"""Marking many places at once: every place where certain words were found becomes a mark of its own.

It fills records in as marking one place does, but asks and writes once for all of them: a thousand places one by one
took seconds, nearly all of them spent on questions with the same answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate.attribution import read_claim
from annotate.commands.annotations import find_article, insert_annotations
from annotate.commands.attributions import attribute_to_outlet
from annotate.commands.marking import anchored_words
from annotate.commands.sources import known_source, outlet_in_full
from annotate.errors import NotAllowed
from annotate.figures import read_figure
from annotate.mentions import read_mention
from annotate.model import Article, Claim, Figure, Mention, Span
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.queries import Reader
from annotate.summaries import Mark
from annotate.surroundings import whole_figures
from annotate.vocabulary import ArticleStatus, Kind, Mode, Naming, Origin, Relation

MOST_AT_ONCE = 2_000
"""Places marked in one step: a second of work for the window, and about two to take it back."""


@dataclass(frozen=True, slots=True)
class MarkedAll:
    annotation_ids: tuple[int, ...]
    already: int
    """Places left out because a mark of the kind holds what was found there."""


def mark_all(project: Project, article_id: int, kind: Kind, spans: Sequence[Span]) -> MarkedAll:
    """Mark each span of an article's newest text as an annotation of its own, in one step; only start and end count.

    What lies in a mark of the kind already is left out, and what holds only blanks. A number is marked with the whole
    figure that a double click takes, once for all of its parts that were found. Raises NotAllowed where there are more
    than MOST_AT_ONCE, or nothing but blanks.
    """
    if len(spans) > MOST_AT_ONCE:
        raise NotAllowed(f"More than {MOST_AT_ONCE:,} places cannot be marked at once. Look for something narrower.")
    article = find_article(project, article_id)
    new, already = places_in(project.read, article, kind, spans)
    if not new:
        return MarkedAll((), already)
    with project.change(f"Mark {kind.label.lower()}" if len(new) == 1 else _label(kind, len(new))) as transaction:
        return MarkedAll(tuple(marked_in(project, transaction, article, kind, new)), already)


def places_in(reader: Reader, article: Article, kind: Kind, spans: Sequence[Span]) -> tuple[list[Span], int]:
    """What of some spans is to be marked in an article, and how many places have a mark of the kind already."""
    marks = [mark for mark in reader.marks(article.text_id) if mark.kind is kind]
    return _places(reader.body(article.text_id), kind, spans, marks)


def marked_in(
    project: Project,
    transaction: Transaction,
    article: Article,
    kind: Kind,
    places: Sequence[Span],
    *,
    origin: Origin = Origin.HAND,
) -> list[int]:
    """Mark places of an article, as `places_in` gives them, with their records and ties. Returns their ids."""
    body, marks = project.read.body(article.text_id), project.read.marks(article.text_id)
    records = list(_records(project, article, body, kind, places))
    marked = [((place,), record) for place, record in zip(places, records, strict=True)]
    ids = insert_annotations(transaction, article.id, article.text_id, kind, marked, origin=origin)
    voices = [i for i, record in zip(ids, records, strict=True) if _is_own_voice(record)]
    attribute_to_outlet(project, transaction, article, voices)
    pairs = _claims_with_figures(kind, places, ids, marks)
    links = [{"from_id": claim, "to_id": figure, "relation": Relation.CONTAINS} for claim, figure in pairs]
    transaction.insert_many(t.links, links)
    if article.status is ArticleStatus.UNREAD:
        transaction.update(t.articles, article.id, status=ArticleStatus.IN_PROGRESS)
    return ids


def _label(kind: Kind, count: int) -> str:
    return f"Mark {count:,} {kind.label.lower()}s"


def _places(body: str, kind: Kind, spans: Sequence[Span], marks: Sequence[Mark]) -> tuple[list[Span], int]:
    """What to mark, in order, each place once, with its words and without blanks at its ends; and how many places
    `marks` have already, which come in the order of their starts."""
    there = (span for span in spans if not body[span.start : span.end].isspace())
    found = sorted((anchored_words(body, [span])[0] for span in there), key=lambda span: (span.start, span.end))
    if not found:
        raise NotAllowed("Only spaces were found there. Look for words.")
    figures = whole_figures(body, found) if kind is Kind.FIGURE else [None] * len(found)
    places: dict[tuple[int, int], Span] = {}
    marked: set[tuple[int, int]] = set()
    number = reached = 0
    for words, figure in zip(found, figures, strict=True):
        place = anchored_words(body, [words, figure])[0] if figure else words
        places[place.start, place.end] = place
        while number < len(marks) and marks[number].start <= words.start:
            reached = max(reached, marks[number].end)
            number += 1
        if words.end <= reached:
            marked.add((place.start, place.end))
    new = [place for edges, place in sorted(places.items()) if edges not in marked]
    return new, len(places) - len(new)


def _records(
    project: Project, article: Article, body: str, kind: Kind, places: Sequence[Span]
) -> Iterator[Claim | Figure | Mention]:
    """What the words of each place state; each name is looked up in the register once."""
    source_ids: dict[tuple[str, Naming], int | None] = {}
    for place in places:
        if kind is Kind.FIGURE:
            yield read_figure(place.exact)
        elif kind is Kind.CLAIM:
            claim = read_claim(body, (place,))
            yield Claim(mode=claim.mode, type=claim.claim_type)
        else:
            mention = outlet_in_full(read_mention(body, place), article.outlet)
            named = mention.name, mention.naming
            if named not in source_ids:
                known = known_source(project, mention, article.id)
                source_ids[named] = None if known is None else known.id
            yield Mention(source_ids[named], mention.naming, mention.role)


def _is_own_voice(record: Claim | Figure | Mention) -> bool:
    return isinstance(record, Claim) and record.mode is Mode.VOICE


def _claims_with_figures(
    kind: Kind, places: Sequence[Span], ids: Sequence[int], marks: Sequence[Mark]
) -> Iterator[tuple[int, int]]:
    """Ids of claims and of figures in their words, one of the two new; `places` are in order, and new claims do not
    overlap."""
    other = {Kind.CLAIM: Kind.FIGURE, Kind.FIGURE: Kind.CLAIM}.get(kind)
    words: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.kind is other:
            words[mark.annotation_id].append(mark)
    starts = [place.start for place in places]
    for other_id, stretches in words.items():
        if kind is Kind.FIGURE:  # each new figure in a stretch of this claim
            for stretch in stretches:
                inside = range(bisect_left(starts, stretch.start), bisect_left(starts, stretch.end))
                yield from ((other_id, ids[number]) for number in inside if places[number].end <= stretch.end)
        else:  # the one new claim that all stretches of this figure lie in
            number = bisect_right(starts, stretches[0].start) - 1
            claim = places[max(0, number)]
            if all(claim.start <= stretch.start and stretch.end <= claim.end for stretch in stretches):
                yield ids[number], other_id
