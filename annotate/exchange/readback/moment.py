"""Which moment of a project a workbook shows, as exactly as what has come back tells.

Why it exists: to know who has changed a cell, both sides are compared with what was exported. The workbook says where
the journal stood; where another program has dropped that, the revisions of its rows and the time of the export say
between which changes it was. In doubt the earlier moment is taken: what the project has changed since counts as its own
then, and is never undone without a person's tick.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from annotate.exchange.readback.workbook import ReadWorkbook
from annotate.model import Annotation, Article, Attribution, Check, Link, Row, Source
from annotate.store.queries import Reader

_TABLES: dict[type[Row], str] = {
    Annotation: "annotations",
    Attribution: "attributions",
    Source: "sources",
    Link: "links",
    Check: "checks",
    Article: "articles",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """The change after which the workbook was exported; `certain` unless it comes from a copy that went its own way."""

    change_id: int
    certain: bool = True


def exported_at(reader: Reader, workbook: ReadWorkbook, records: Mapping[UUID, Row]) -> Exported:
    """Where the journal stood when the workbook was exported; `records` are those of the project now, by uid."""
    newest = reader.newest_moment().change_id
    if workbook.moment is not None and reader.knows_moment(workbook.moment):
        return Exported(workbook.moment.change_id)
    first, last, newer = 0, newest, False
    for table, revisions in _revisions(workbook, records).items():
        made, ended = reader.revision_changes(table, revisions)
        first, last = max(first, made), min(last, newest if ended is None else ended - 1)
    for sheet in workbook.sheets:
        for row in sheet.rows:
            record = records.get(row.uid) if row.uid is not None else None
            newer = newer or (record is not None and row.revision is not None and row.revision > record.revision)
    if first <= last and workbook.exported_at is not None:
        first = min(last, max(first, reader.newest_change_before(workbook.exported_at)))
    if first < last:  # nothing is exported in the midst of a step, where a row may not be whole yet
        first = min(last, max(first, reader.end_of_step(first)))
    return Exported(first, certain=workbook.moment is None and not newer and first <= last)


def _revisions(workbook: ReadWorkbook, records: Mapping[UUID, Row]) -> dict[str, dict[int, int]]:
    """The revisions of the workbook's rows by table and row id."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for sheet in workbook.sheets:
        for row in sheet.rows:
            record = records.get(row.uid) if row.uid is not None else None
            if record is not None and row.revision is not None and type(record) in _TABLES:
                found[_TABLES[type(record)]][record.id] = row.revision
    return found
