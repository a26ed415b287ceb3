"""Which row of which sheet shows a record, so that cells can lead there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotate.model import Annotation, Article, Row
from annotate.report.evidence import Evidence
from annotate.report.tables import Link, Value
from annotate.vocabulary import Kind

CLAIMS, FIGURES, SOURCES, ARTICLES = "Claims", "Figures", "Sources", "Articles"
CROSS_CHECK, TO_DO = "Cross-check", "To do"


class RowIndex:
    """Row numbers (from 0) of claims, figures, sources and articles on their sheets."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._annotations = {kind: _numbered(evidence.of_kind(kind)) for kind in (Kind.CLAIM, Kind.FIGURE)}
        self._sources = _numbered(evidence.sources.values())
        self._articles = _numbered(evidence.articles.values())

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
        return Link(article_label(self._evidence.articles[article_id]), ARTICLES, self._articles[article_id])

    @staticmethod
    def at_row(link: Link, text: str) -> Link:
        """Other words that lead to the same row."""
        return replace(link, text=text)

    def annotations(self, annotations: Iterable[Annotation]) -> Value:
        """The IDs of several; a single one leads to its row, since a cell holds one link."""
        several = list(annotations)
        if len(several) == 1:
            return self.annotation(several[0].id)
        return "; ".join(annotation.label for annotation in several) or None


def article_label(article: Article) -> str:
    """The ID of an article on the sheets."""
    return f"A-{article.id:04d}"


def _numbered(rows: Iterable[Row]) -> dict[int, int]:
    return {row.id: place for place, row in enumerate(rows)}
