"""The sheet To do: what is still open, a row for each piece of work, with the row it is about and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.counted import counted
from annotate.model import Annotation, DatedWords
from annotate.report.comparison import amounts_of
from annotate.report.evidence import Evidence
from annotate.report.sheets.register import source_uses
from annotate.report.sheets.rows import TO_DO, RowIndex
from annotate.report.tables import Column, ColumnKind, Table, Value
from annotate.vocabulary import Kind, Mode, Origin

_COLUMNS = (
    Column("ID", 10, ColumnKind.ID),
    Column("Open", 24),
    Column("In words", 50),
    Column("Article", 30),
    Column("What to do", 46),
)

SUGGESTIONS = "suggestions not yet judged"

Row = tuple[Value, ...]


def to_do_table(evidence: Evidence, index: RowIndex) -> Table:
    """What is open, by kind of work and in the order of the rows."""
    rows = [
        *_without_source(evidence, index),
        *_figures(evidence, index),
        *_dates(evidence, index),
        *_not_graded(evidence, index),
        *_sources_not_graded(evidence, index),
        *_not_reviewed(evidence, index),
        *_after_updates(evidence, index),
        *_suggestions(evidence, index),
    ]
    return Table(TO_DO, "What is still open", _COLUMNS, rows)


def _without_source(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    for claim in evidence.of_kind(Kind.CLAIM):
        if not evidence.said_of.get(claim.id):
            voice = claim.claim.mode is Mode.VOICE
            advice = (
                "Name the outlet as the source." if voice else "Name who says so, or mark it as the outlet's own voice."
            )
            yield _row(evidence, index, claim, "claim without a source", advice)


def _figures(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    for figure in evidence.of_kind(Kind.FIGURE):
        if amounts_of(figure) == (None, None, None):
            yield _row(
                evidence, index, figure, "figure without an amount", "Type the value, or low and high, from the words."
            )
        if not (figure.figure.counted or figure.figure.unit):
            yield _row(
                evidence, index, figure, "figure without what it counts", "Say what is counted, or give the unit."
            )


def _dates(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    for annotation in evidence.annotations.values():
        if annotation.kind is Kind.CLAIM:
            dated = [("happened", annotation.claim.happened), ("said on", annotation.claim.said)]
        elif annotation.kind is Kind.FIGURE:
            dated = [("as of", annotation.figure.as_of)]
        else:
            continue
        for name, one in dated:
            if one.words and one.on is None:
                yield _row(
                    evidence,
                    index,
                    annotation,
                    f"date not worked out ({name})",
                    _date_advice(evidence, annotation, one),
                )


def _date_advice(evidence: Evidence, annotation: Annotation, dated: DatedWords) -> str:
    if evidence.articles[annotation.article_id].published.on is None:
        return f"Give the article its day of publication, then say which day “{dated.words}” is."
    return f"Say which day “{dated.words}” is."


def _not_graded(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    for claim in evidence.of_kind(Kind.CLAIM):
        if claim.claim.credibility is None:
            yield _row(evidence, index, claim, "claim not graded", "Grade how credible it is, 1 to 6.")


def _sources_not_graded(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    uses = source_uses(evidence)
    for source in evidence.sources.values():
        claims = len(uses[source.id].claims) if source.id in uses else 0
        if source.reliability is None and claims:
            number = "one claim" if claims == 1 else f"{claims:,} claims"
            link = index.source(source.id)
            advice = f"Grade how reliable it is, A to F: {number} rest{'s' if claims == 1 else ''} on it."
            yield index.at_row(link, source.label), "source not graded", source.name, None, advice


def _not_reviewed(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    for annotation in evidence.annotations.values():
        if annotation.origin is Origin.BULK:
            yield _row(
                evidence, index, annotation, "accepted in bulk, not reviewed", "Look at it, and correct or confirm it."
            )


def _after_updates(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    for annotation in evidence.annotations.values():
        if annotation.id in evidence.carryings:
            advice = "Say whether it still stands where the new text has it."
            yield _row(evidence, index, annotation, "to be judged since an update", advice)


def _suggestions(evidence: Evidence, index: RowIndex) -> Iterator[Row]:
    for article_id, number in evidence.open_suggestions.items():
        words = counted(number, "suggested mark")
        title = evidence.articles[article_id].title
        yield (
            index.article(article_id),
            SUGGESTIONS,
            words,
            title,
            "Accept or reject them in the article.",
        )


def _row(evidence: Evidence, index: RowIndex, annotation: Annotation, what: str, advice: str) -> Row:
    title = evidence.articles[annotation.article_id].title
    if annotation.kind is Kind.SOURCE:
        source_id = annotation.mention.source_id
        place: Value = annotation.label
        if source_id is not None:
            place = index.at_row(index.source(source_id), annotation.label)
    else:
        place = index.annotation(annotation.id)
    return place, what, annotation.words, title, advice
