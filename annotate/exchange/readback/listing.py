"""A diff as lines of a terminal and as objects for scripts."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.exchange.readback.diff import Change, Diff, What

_LONGEST = 120
"""Code points of a value on a line."""


def line_of(change: Change, outcome: str | None = None) -> str:
    """One change on one line. `outcome` is empty for what was taken over, and says why where it was not."""
    where = (
        f"{change.tab or change.sheet} row {change.row}"
        if not change.record
        else f"{change.record} {change.column}".rstrip()
    )
    if change.what is What.NEW or (change.what in (What.NOT_READ, What.NOT_ALLOWED) and not change.column):
        value = _short(change.workbook)
    elif change.what is What.DELETED:
        value = _short(change.now)
    else:
        before = [change.exported] if change.exported == change.now else [change.exported, change.now]
        value = f"{' | '.join(_short(one) or '(empty)' for one in before)} → {_short(change.workbook) or '(empty)'}"
    said = outcome or change.said
    taken = "taken over  " if outcome == "" else ""
    return f"{change.what.value:<21}  {taken}{where}: {value}{f'  ({said})' if said else ''}"


def as_object(change: Change, outcome: str | None = None) -> dict[str, object]:
    """One change for JSON, with the same keys whatever it is."""
    return {
        "key": change.key,
        "what": change.what.name.lower(),
        "sheet": change.sheet,
        "row": change.row,
        "record": change.record,
        "column": change.column,
        "exported": change.exported,
        "now": change.now,
        "workbook": change.workbook,
        "said": outcome or change.said,
        "taken": outcome == "",
    }


def summary_of(diff: Diff, outcomes: Mapping[str, str]) -> str:
    """How many changes of each kind there are, and how many were taken over."""
    counts = ", ".join(f"{number:,} {what.value}" for what, number in diff.counted().items())
    taken = sum(1 for why in outcomes.values() if not why)
    over = f"; {taken:,} taken over" if taken else ""
    return f"{diff.name}: {counts or 'nothing was edited'}{over}."


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
