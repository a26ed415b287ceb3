"""What the rows of a sheet are known by: their uid, or their ID where the uid is gone or no longer stands at its row.

Why it exists: people delete columns that they do not understand, and who sorts what is in view leaves hidden columns
behind, so that each uid stands beside another record. The ID that people see moves with the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.exchange.readback.fields import CODEBOOK
from annotate.exchange.readback.tables import IDENTITY, LABELLED, TAG, Rows
from annotate.exchange.readback.values import shown_cell, shown_value
from annotate.exchange.readback.workbook import UID, ReadSheet, heading_key

SKIPPED = ""
"""The key of a row that is not read: an entry of a closed list, or one of a sheet whose rows nobody knows."""

_SEVERAL = 2
"""Rows whose ID is not that of their uid, from which on it was no slip of somebody's hand."""


@dataclass(frozen=True, slots=True)
class RowKeys:
    """A key for each row, None for rows that are new; a sentence for the analyst, or none."""

    keys: Sequence[str | None]
    aligned: bool = True
    """Whether revisions stand at their rows."""
    read: bool = True
    said: str = ""


def row_keys(name: str, sheet: ReadSheet, now: Rows, earlier: Rows) -> RowKeys:
    """What each row of a sheet is known by, as a key of `Rows.by_key`."""
    if name == CODEBOOK:
        return RowKeys([_tag(sheet, row) for row in range(len(sheet.rows))])
    uids = [None if row.uid is None else str(row.uid) for row in sheet.rows]
    has_label = heading_key(now.headings[0]) in sheet.places
    labels = [shown_cell(sheet.value(row, now.headings[0])).strip().casefold() for row in sheet.rows]
    if name in LABELLED and has_label:
        return _by_uid_or_label(sheet, uids, labels, now, earlier)
    if UID not in sheet.places:
        return _unknown(sheet, "has no uid column any more")
    if not any(uids) and _shows_known(sheet, earlier):
        return _unknown(sheet, "has lost what stood in its uid column")
    if has_label:
        owners = [now.label(uid).casefold() if uid in now.by_key else None for uid in uids if uid is not None]
        shown = [label for label, uid in zip(labels, uids, strict=True) if uid is not None]
        all_owners = set(owners)
        moved = sum(
            1
            for owner, label in zip(owners, shown, strict=True)
            if owner is not None and owner != label and label in all_owners
        )
        if moved >= _SEVERAL:
            return _unknown(sheet, "was sorted without its hidden columns")
    return RowKeys(uids)


def _by_uid_or_label(
    sheet: ReadSheet, uids: Sequence[str | None], labels: Sequence[str], now: Rows, earlier: Rows
) -> RowKeys:
    by_label = {rows.label(key).casefold(): key for rows in (earlier, now) for key in rows.by_key}
    known = [by_label.get(label) for label in labels]
    named = [key for key in known if key is not None]
    moved = sum(1 for key, uid in zip(known, uids, strict=True) if key and uid in now.by_key and key != uid)
    if moved >= _SEVERAL and len(set(named)) == len(named):
        said = f"“{sheet.name}” was sorted without its hidden columns; its rows are known by their IDs."
        return RowKeys(known, aligned=False, said=said)
    there = set(uids)
    keys: list[str | None] = []
    for uid, key in zip(uids, known, strict=True):
        keys.append(key if uid is None and key is not None and key not in there else uid)
        there.add(keys[-1])
    return RowKeys(keys)


def _shows_known(sheet: ReadSheet, earlier: Rows) -> bool:
    """Whether any row still says what was exported, as far as it has those columns."""
    columns = [column for column in sheet.places if column in earlier.places and column not in IDENTITY]
    at, was_at = [sheet.places[column] for column in columns], [earlier.places[column] for column in columns]
    exported = {tuple(shown_value(values[place]) for place in was_at) for values in earlier.by_key.values()}
    return any(tuple(shown_cell(row.values[place]) for place in at) in exported for row in sheet.rows)


def _unknown(sheet: ReadSheet, why: str) -> RowKeys:
    said = f"“{sheet.name}” {why}, so that nobody knows whose its rows are; it was not read."
    return RowKeys([SKIPPED] * len(sheet.rows), read=False, said=said)


def _tag(sheet: ReadSheet, row: int) -> str:
    listed = shown_cell(sheet.value(sheet.rows[row], "List")).strip().casefold()
    entry = shown_cell(sheet.value(sheet.rows[row], "Entry")).strip().casefold()
    return entry if listed in ("", TAG.casefold()) else SKIPPED
