"""Which row of which sheet shows a record, so that cells can lead there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from annotate.model import Annotation, Attribution, Row
from annotate.references import SCHEME
from annotate.report.evidence import Evidence
from annotate.report.tables import Link, Value
from annotate.vocabulary import Kind

CLAIMS, FIGURES, SOURCES, ARTICLES = "Claims", "Figures", "Sources", "Articles"
ATTRIBUTIONS, CROSS_CHECK, CHECKS, TO_DO = "Attributions", "Cross-check", "Checks", "To do"
OVER_TIME = "Over time"


class RowIndex:
    """Row numbers (from 0) of claims, figures, sources, articles, attributions and checks on their sheets."""

    def __init__(self, evidence: Evidence, *, opens_window: bool = False) -> None:
        self._evidence = evidence
        self._opens_window = opens_window
        self._annotations = {kind: _numbered(evidence.of_kind(kind)) for kind in (Kind.CLAIM, Kind.FIGURE)}
        self._sources = _numbered(evidence.sources.values())
        self._articles = _numbered(evidence.articles.values())
        self._first_said: dict[int, int] = {}
        self._first_of_source: dict[int, int] = {}
        for row, said in enumerate(attributions_in_order(evidence)):
            self._first_said.setdefault(said.annotation_id, row)
            self._first_of_source.setdefault(said.source_id, row)
        self._first_check: dict[int, int] = {}
        self._checks: Counter[int] = Counter()
        for row, check in enumerate(evidence.checks):
            self._first_check.setdefault(check.annotation_id, row)
            self._checks[check.annotation_id] += 1
        self._first_in: dict[Kind, dict[int, int]] = {}

    def own_id(self, label: str) -> Value:
        """The ID of a row, which opens its words in the window where that is wanted."""
        if not self._opens_window:
            return label
        return Link(label, url=f"{SCHEME}://{self._evidence.project.uid}/{label}")

    def annotation(self, annotation_id: int) -> Link:
        """The ID of a claim or figure, leading to its row."""
        annotation = self._evidence.annotations[annotation_id]
        table = CLAIMS if annotation.kind is Kind.CLAIM else FIGURES
        return Link(annotation.label, table, self._annotations[annotation.kind][annotation_id])

    def source(self, source_id: int) -> Link:
        """The name of a source, leading to its row."""
        return Link(self._evidence.sources[source_id].name, SOURCES, self._sources[source_id])

    def article(self, article_id: int) -> Link:
        """The ID of an article, leading to its row."""
        return Link(self._evidence.articles[article_id].label, ARTICLES, self._articles[article_id])

    @staticmethod
    def at_row(link: Link, text: str | int) -> Link:
        """Other words, or a number, that lead to the same row."""
        return replace(link, text=text)

    def annotations(self, annotations: Iterable[Annotation], text: str = "") -> Value:
        """The IDs of several, or other words for them; a single one leads to its row, and several in other words to
        the first one's, since a cell holds one link."""
        several = list(annotations)
        if not several or (len(several) > 1 and not text):
            return "; ".join(annotation.label for annotation in several) or None
        link = self.annotation(several[0].id)
        return self.at_row(link, text) if text else link

    def who(self, names: str, said: Sequence[Attribution]) -> Value:
        """The names of who says so: a single one leads to its row in the register, several to the attributions."""
        sources = {one.source_id for one in said}
        if len(sources) == 1:
            return self.at_row(self.source(sources.pop()), names)
        if not said or said[0].annotation_id not in self._first_said:
            return names
        return Link(names, ATTRIBUTIONS, self._first_said[said[0].annotation_id])

    def said_by(self, source_id: int, number: int) -> Value:
        """A number of claims of a source, leading to the first of its attributions."""
        row = self._first_of_source.get(source_id)
        return number if row is None else Link(number, ATTRIBUTIONS, row)

    def checks(self, annotation_id: int) -> Value:
        """How many checks there are of a claim or figure, leading to the first; None where there is none."""
        number = self._checks[annotation_id]
        return Link(number, CHECKS, self._first_check[annotation_id]) if number else None

    def first_in(self, article_id: int, kind: Kind, number: int) -> Value:
        """How many claims or figures an article has, leading to the first."""
        if kind not in self._first_in:
            self._first_in[kind] = {}
            for one in self._evidence.of_kind(kind):
                self._first_in[kind].setdefault(one.article_id, one.id)
        first = self._first_in[kind].get(article_id)
        return number if first is None else self.at_row(self.annotation(first), number)


def attributions_in_order(evidence: Evidence) -> Iterator[Attribution]:
    """The attributions in the order of their sheet: those of claims, then those of figures."""
    for kind in (Kind.CLAIM, Kind.FIGURE):
        for annotation in evidence.of_kind(kind):
            yield from evidence.said_of.get(annotation.id, ())


def _numbered(rows: Iterable[Row]) -> dict[int, int]:
    return {row.id: place for place, row in enumerate(rows)}
