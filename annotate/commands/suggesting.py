"""Keeping what an engine proposes for a text, until a person judges it.

Nothing that is kept here counts, is exported or linked, and none of it is a step of history: proposing changes nothing
that anybody did. What was judged once stays judged, also in later texts of the article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from annotate.anchoring import anchored
from annotate.commands.annotations import find_article
from annotate.errors import NotAllowed
from annotate.model import Article, Part, Span, Suggestion, Text
from annotate.names import name_key
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.queries import Reader
from annotate.suggest import Proposal
from annotate.vocabulary import Fate, Kind, PartRole

Place = tuple[Kind, tuple[tuple[int, int], ...]]
"""A kind, and starts and ends of words in code points: one suggestion or mark of a text."""

_SILENT = (PartRole.CREDIT, PartRole.BOILERPLATE)


def store_proposals(project: Project, text_id: int, proposals: Iterable[Proposal], *, engine: str, version: str) -> int:
    """Keep what an engine proposes for a text, in place of what waited there. Returns how many wait now.

    Left out are words that have a mark of the kind already, what begins in a credit or in boilerplate, and what was
    accepted or rejected before, in this text or, in the same surroundings, in an earlier one. What is proposed again
    keeps its id. This is no step of history.
    """
    text = project.read.text(text_id)
    if text is None:
        raise NotAllowed("That text is not in the project any more.")
    article = find_article(project, text.article_id)
    body = project.read.body(text_id)
    silent = [part for part in project.read.parts(text_id) if part.role in _SILENT]
    wanted: dict[Place, Proposal] = {}
    for proposal in proposals:
        is_inside = all(0 <= span.start < span.end <= len(body) for span in proposal.spans)
        if proposal.spans and is_inside and not _lies_in(silent, proposal.spans[0].start):
            wanted.setdefault(_place(proposal.kind, proposal.spans), proposal)
    for settled in (*_marked(project.read, text_id), *_judged(project.read, article, text, body, wanted)):
        wanted.pop(settled, None)
    waiting = {_place(one.kind, one.spans): one.id for one in project.read.suggestions(text_id)}
    made = {"text_id": text_id, "engine": engine, "engine_version": version, "fate": Fate.OPEN}
    new = [{**made, **_columns(one)} for place, one in wanted.items() if place not in waiting]
    again = {waiting[place]: {**made, **_columns(one)} for place, one in wanted.items() if place in waiting}
    with project.aside("Suggest marks") as transaction:
        gone = [row_id for place, row_id in waiting.items() if place not in wanted]
        transaction.delete_where(t.suggestions, t.suggestions.c.id, gone)
        transaction.update_many(t.suggestions, again)
        transaction.insert_many(t.suggestions, new)
    return len(wanted)


def known_names(read: Reader, article_id: int) -> list[str]:
    """Names and aliases in the register that an engine looks for in an article; unnamed sources of others are none."""
    here = [source for source in read.sources() if source.article_id in (None, article_id)]
    names = {name_key(name): name for source in reversed(here) for name in reversed((source.name, *source.aliases))}
    return [name for key, name in reversed(names.items()) if key]


def _lies_in(parts: Sequence[Part], place: int) -> bool:
    """Whether a place lies in one of the parts, which are in order and apart from each other."""
    number = bisect_right(parts, place, key=lambda part: part.start) - 1
    return number >= 0 and place < parts[number].end


def _place(kind: Kind, spans: Sequence[Span]) -> Place:
    return kind, tuple((span.start, span.end) for span in spans)


def _columns(proposal: Proposal) -> dict[str, object]:
    return {
        "kind": proposal.kind,
        "spans": [[span.start, span.end] for span in proposal.spans],
        "record": proposal.record,
        "rule": proposal.rule,
        "confidence": proposal.confidence,
    }


def _marked(read: Reader, text_id: int) -> list[Place]:
    """The words of every mark of a text."""
    words: dict[tuple[Kind, int], list[tuple[int, int]]] = defaultdict(list)
    for mark in read.marks(text_id):
        words[mark.kind, mark.annotation_id].append((mark.start, mark.end))
    return [(kind, tuple(spans)) for (kind, _annotation_id), spans in words.items()]


def _judged(read: Reader, article: Article, text: Text, body: str, wanted: Iterable[Place]) -> list[Place]:
    """Which of the places were judged already, here or in an earlier text."""
    here: list[Place] = []
    earlier: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in read.judged_suggestions(article.id):
        if suggestion.text_id == text.id:
            here.append(_place(suggestion.kind, suggestion.spans))
        else:
            earlier[suggestion.text_id].append(suggestion)
    if not earlier:
        return here
    surroundings: set[tuple[Kind, str, str]] = set()
    for text_id, suggestions in earlier.items():
        old = read.body(text_id)
        for one in suggestions:
            surroundings.update((one.kind, *around) for around in _surroundings(old, one.spans))
    for kind, places in wanted:
        spans = [Span(start, end) for start, end in places]
        if any((kind, *around) in surroundings for around in _surroundings(body, spans)):
            here.append((kind, places))
    return here


def _surroundings(body: str, spans: Sequence[Span]) -> list[tuple[str, str]]:
    """Words with what stands before them, and with what stands behind: one of the two tells a place in another text."""
    words = [anchored(body, span.start, span.end) for span in spans]
    exact = "\n".join(span.exact for span in words)
    return [(exact, f"{words[0].before}|"), (exact, f"|{words[-1].after}")]
