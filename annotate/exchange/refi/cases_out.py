"""Cases: one for each mark with its typed attributes, one for each entry of the register of sources, one an event.

A case ties variables to selections, which is what REFI-QDA has for records. The first selection of a mark has the
mark's own uid, or, where it has no place, its case has it; so a link to a mark always names its uid.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from annotate.exchange.refi import attributes as a
from annotate.exchange.refi import identity
from annotate.exchange.refi.markup import Markup
from annotate.model import Annotation, Claim, Event, Figure, Source
from annotate.report.evidence import Evidence
from annotate.shortened import shortened
from annotate.vocabulary import Kind

SHOWN = 200
"""Code points of a mark's words that serve as its name."""


def selection_guids(annotation: Annotation) -> list[UUID]:
    """The GUIDs of the selections of a placed annotation, in the order of its spans."""
    uid = annotation.uid
    return [uid, *(identity.derived(uid, f"span {number}") for number in range(1, len(annotation.spans)))]


def kind_code(annotation: Annotation) -> UUID:
    """The code for an annotation's kind, as narrow as its record tells."""
    record = annotation.record
    choice = record.type if isinstance(record, Claim) else record.kind if isinstance(record, Figure) else None
    kind = annotation.kind.value
    return identity.fixed(f"kind:{kind}") if choice is None else identity.fixed(f"{kind}:{choice.value}")


def code_guids(evidence: Evidence, annotation: Annotation) -> list[UUID]:
    """Its kind, then its tags."""
    tags = (evidence.tags.get(tag_id) for tag_id in annotation.tag_ids)
    return [kind_code(annotation), *(tag.uid for tag in tags if tag is not None)]


class Cases:
    """Writes the Case elements of a project."""

    def __init__(self, evidence: Evidence, markup: Markup) -> None:
        self._evidence, self._markup = evidence, markup
        self._is: dict[str, str] = {
            what: a.RECORD.written(what, markup) for what in ("claim", "figure", "mention", "source", "event")
        }

    def all(self) -> Iterator[str]:
        """The elements, one at a time."""
        yield from map(self._mark, self._evidence.annotations.values())
        yield from map(self._source, self._evidence.sources.values())
        yield from map(self._event, self._evidence.events.values())

    def _mark(self, annotation: Annotation) -> str:
        evidence, markup = self._evidence, self._markup
        placed = evidence.is_placed(annotation)
        guid = identity.derived(annotation.uid, "case") if placed else annotation.uid
        values = [self._is["mention" if annotation.kind is Kind.SOURCE else annotation.kind.value]]
        values += a.written(a.MARK, annotation, markup)
        if not placed:
            values.append(a.ANALYST.written(evidence.analysts[annotation.analyst_id], markup))
            values += a.written(a.WITHOUT_PLACE, annotation, markup)
        values += a.written(a.RECORDS[annotation.kind], annotation.record, markup)
        codes = [f'<CodeRef targetGUID="{code}"/>' for code in code_guids(evidence, annotation)]
        selections = [f'<SelectionRef targetGUID="{one}"/>' for one in selection_guids(annotation)] if placed else []
        name = markup.attribute(f"{annotation.label}: {shortened(annotation.words, SHOWN)}")
        article = evidence.articles[annotation.article_id].uid
        return (
            f'<Case guid="{guid}" name="{name}">{"".join(codes)}{"".join(values)}'
            f'<SourceRef targetGUID="{article}"/>{"".join(selections)}</Case>'
        )

    def _source(self, source: Source) -> str:
        article = self._evidence.articles.get(source.article_id) if source.article_id is not None else None
        within = f'<SourceRef targetGUID="{article.uid}"/>' if article is not None else ""
        return self._case(source, "source", a.written(a.SOURCE, source, self._markup), within)

    def _event(self, event: Event) -> str:
        return self._case(event, "event", a.written(a.EVENT, event, self._markup), "")

    def _case(self, record: Source | Event, what: str, values: list[str], within: str) -> str:
        markup = self._markup
        note = f"<Description>{markup.text(record.note)}</Description>" if record.note else ""
        return (
            f'<Case guid="{record.uid}" name="{markup.attribute(record.name)}">'
            f"{note}{self._is[what]}{''.join(values)}{within}</Case>"
        )
