"""Rows that were exported and are not in the workbook any more.

Why it exists: a colleague may have deleted them, or the export never had them, since only a part of the project was
written. A row counts as deleted where its article is in the workbook; it is listed, and nothing is ever deleted without
a person's tick.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from uuid import UUID

from annotate import model as m
from annotate.exchange.readback.diff import Change, Removal, What
from annotate.exchange.readback.fields import (
    ARTICLES,
    ATTRIBUTIONS,
    CHECKS,
    CLAIMS,
    CODEBOOK,
    CROSS_CHECK,
    FIGURES,
    SOURCES,
)
from annotate.exchange.readback.tables import Rows
from annotate.exchange.readback.values import shown_value
from annotate.exchange.readback.workbook import REVISION
from annotate.report.evidence import Evidence

_SAID = {
    CLAIMS: "Removes the claim with its attributions, links and checks.",
    FIGURES: "Removes the figure with its links and checks.",
    ATTRIBUTIONS: "Removes the attribution.",
    CROSS_CHECK: "Takes the link from the two claims.",
    CHECKS: "Removes the check.",
    SOURCES: "Takes the source out of the register.",
    ARTICLES: "Moves the article to the bin, with what is marked in it.",
    CODEBOOK: "Takes the tag off everything that has it.",
}
_SHOWN = 6


def removed_rows(
    there: Set[str],
    seen: Mapping[str, Set[str]],
    now: Mapping[str, Rows],
    earlier: Mapping[str, Rows],
    records: Mapping[UUID, m.Row],
    evidence: Evidence,
    scope: str | None,
) -> tuple[list[Change], list[str]]:
    """The rows that were deleted, in the order of the sheets, and sentences about what was not exported at all.

    `there` are the sheets that were read, by name, and `seen` the keys of the rows that are there, by sheet.
    """
    if scope == "marks":
        return [], ["This export held a part of the marks only, so rows that were deleted in it cannot be told."]
    missing = {
        name: [key for key in earlier[name].by_key if key not in seen[name] and key in now[name].by_key]
        for name in now
        if name in there
    }
    articles = _articles(seen, records, there)
    whole = scope == "everything" or not missing.get(ARTICLES) or articles is None
    changes: list[Change] = []
    absent = 0
    for name, keys in missing.items():
        for key in keys:
            record = _record(name, key, records, evidence)
            if record is None:
                continue
            article_id = _article_of(record, evidence)
            exported = whole or (article_id is not None and articles is not None and article_id in articles)
            if exported:
                since = _shown(earlier[name], key) != _shown(now[name], key)
                changes.append(_deleted(name, key, record, now[name], since=since))
            else:
                absent += 1
    said = [f"{absent:,} rows of the project were not in this export and are left as they are."] if absent else []
    if changes and scope is None:
        said.append(
            "The workbook does not say which part of the project was exported, so rows that are told as deleted may "
            "never have been in it."
        )
    return changes, said


def _articles(seen: Mapping[str, Set[str]], records: Mapping[UUID, m.Row], there: Set[str]) -> set[int] | None:
    """The articles that were exported: those listed, and those that listed rows belong to. None where nothing says."""
    if ARTICLES not in there:
        return None
    found = set()
    for key in (*seen[ARTICLES], *seen[CLAIMS], *seen[FIGURES]):
        record = records.get(UUID(key))
        if isinstance(record, m.Article):
            found.add(record.id)
        elif isinstance(record, m.Annotation):
            found.add(record.article_id)
    return found


def _record(name: str, key: str, records: Mapping[UUID, m.Row], evidence: Evidence) -> m.Row | None:
    if name == CODEBOOK:
        return next((tag for tag in evidence.tags.values() if tag.name.casefold() == key), None)
    return records.get(UUID(key))


def _article_of(record: m.Row, evidence: Evidence) -> int | None:
    """The article that a record belongs to; None for what belongs to the whole project."""
    if isinstance(record, m.Article):
        return record.id
    if isinstance(record, m.Annotation):
        return record.article_id
    if isinstance(record, m.Attribution | m.Check):
        return evidence.annotations[record.annotation_id].article_id
    if isinstance(record, m.Link):
        return evidence.annotations[record.from_id].article_id
    return None


def _shown(rows: Rows, key: str) -> list[str]:
    return [
        shown_value(value) for column, value in zip(rows.headings, rows.by_key[key], strict=True) if column != REVISION
    ]


def _deleted(name: str, key: str, record: m.Row, rows: Rows, *, since: bool) -> Change:
    values = [shown for value in rows.by_key[key][1:_SHOWN] if (shown := shown_value(value))]
    label = rows.label(key) if name != CODEBOOK else shown_value(rows.by_key[key][1])
    words = "; ".join(values)
    removal = Removal(name, record.id)
    said = f"{_SAID[name]} It was changed in the project since the export." if since else _SAID[name]
    return Change(f"{name}/{key}/deleted", What.DELETED, name, None, label, "", words, words, "", said, removal)
