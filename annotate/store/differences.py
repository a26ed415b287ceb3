"""What differs between the rows now and at an earlier moment: which would come back, go, and get values back.

Values are in the form in which the journal holds them. Of an article or a mark it is told of all rows that it consists
of or did then, with what these need of the register and the codebook.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, select

from annotate.errors import CannotGoBack
from annotate.steps import HistoryOf
from annotate.store import schema as t
from annotate.store.earlier_rows import Key, Values, earlier_rows
from annotate.store.plain_values import plain_values
from annotate.store.queries import Reader
from annotate.store.schema import JOURNALLED
from annotate.vocabulary import Fate

_AT_ONCE = 500
"""Ids in one IN list, well below SQLite's limit of host parameters."""
_SHARED = frozenset({"tags", "sources", "events", "files"})
"""Tables whose rows come back with what needs them."""

POINTING: Mapping[str, tuple[Column[int], ...]] = {
    name: tuple(
        column
        for table in JOURNALLED.values()
        for column in table.c
        for key in column.foreign_keys
        if key.column.table.name == name
    )
    for name in JOURNALLED
}
"""By table, the columns of all tables that point to its rows."""
_TARGETS: Mapping[str, Mapping[str, str]] = {
    name: {
        column.name: key.column.table.name
        for column in table.c
        for key in column.foreign_keys
        if key.column.table.name in JOURNALLED
    }
    for name, table in JOURNALLED.items()
}
"""By table, which of its columns point to rows of which table."""


@dataclass(frozen=True)
class Differences:
    """By rows. What stands in one of the first three stands in no other."""

    back: dict[Key, Values] = field(default_factory=dict)
    """Rows that are gone and would come back, whole."""
    away: dict[Key, Values] = field(default_factory=dict)
    """Rows that came since and would go, whole, as they are now."""
    changed: dict[Key, tuple[Values, Values]] = field(default_factory=dict)
    """Columns that differ, as they are now and as they were then."""
    now: dict[Key, Values] = field(default_factory=dict)
    """Every touched row that is there now, whole."""
    revisions: dict[Key, int] = field(default_factory=dict)
    left_out: dict[Key, Key] = field(default_factory=dict)
    """Rows that stay gone since the row that they would point to is gone and does not come back with them."""

    def __bool__(self) -> bool:
        return bool(self.back or self.away or self.changed)

    def touched(self) -> Iterator[Key]:
        yield from (*self.back, *self.away, *self.changed)


def differences(read: Reader, change_id: int, of: HistoryOf) -> Differences:
    """What differs between now and right after a change of the journal, in what `of` says.

    Raises CannotGoBack where rows outside it stand in the way, and DamagedHistory.
    """
    rows = None if of.is_whole else read.rows_of(of)
    found = _between(read, change_id, rows)
    if not of.is_whole:
        _bring_what_is_needed(read, change_id, found)
        _look_what_points_to(read, found)
    return found


def _between(read: Reader, change_id: int, rows: Mapping[str, Collection[int]] | None) -> Differences:
    """Of all rows, or of these by table."""
    then = earlier_rows(read, change_id, rows)
    found = Differences(revisions=then.revisions)
    keys = [*then.whole, *then.columns]
    if unknown := next((name for name, _ in keys if name not in JOURNALLED), None):
        raise CannotGoBack(f"The history tells of {unknown!r}, which this version does not know. Nothing was changed.")
    found.now.update(_rows_now(read, keys))
    for key, row in then.whole.items():
        _compare(found, key, found.now.get(key), None if row is None else _known(key, row))
    for key, columns in then.columns.items():
        now = found.now.get(key)
        if now is not None:  # else it went without a trace: a suggestion that nobody judged, a row erased for good
            _compare(found, key, now, {**now, **_known(key, columns)})
    going = {row_id for name, row_id in found.away if name == t.texts.name}
    for key, now in _judged(read, going):  # what was judged goes with its text, and comes back when that does
        found.changed.pop(key, None)
        found.now[key] = found.away[key] = now
    return found


def _compare(found: Differences, key: Key, now: Values | None, then: Values | None) -> None:
    if now is None and then is not None:
        found.back[key] = then
    elif now is not None and then is None:
        found.away[key] = now
    elif now is not None and then is not None:
        other = {name for name, value in then.items() if name not in ("id", "uid", "revision") and now[name] != value}
        if other:
            found.changed[key] = {name: now[name] for name in other}, {name: then[name] for name in other}


def _known(key: Key, row: Values) -> Values:
    """Without columns that a newer version may have written."""
    return {name: value for name, value in row.items() if name in JOURNALLED[key[0]].c}


def _rows_now(read: Reader, keys: Iterable[Key]) -> Iterator[tuple[Key, Values]]:
    by_table: dict[str, list[int]] = defaultdict(list)
    for name, row_id in keys:
        by_table[name].append(row_id)
    for name, ids in by_table.items():
        table = JOURNALLED[name]
        for some in _batches(ids):
            for row in read.connection.execute(select(table).where(table.c.id.in_(some))).mappings():
                yield (name, row["id"]), plain_values(table, dict(row))


def _judged(read: Reader, text_ids: Collection[int]) -> Iterator[tuple[Key, Values]]:
    for some in _batches(text_ids):
        of_texts = (t.suggestions.c.text_id.in_(some)) & (t.suggestions.c.fate != Fate.OPEN)
        for row in read.connection.execute(select(t.suggestions).where(of_texts)).mappings():
            yield (t.suggestions.name, row["id"]), plain_values(t.suggestions, dict(row))


def _batches(ids: Collection[int]) -> Iterator[list[int]]:
    wanted = sorted(ids)
    for first in range(0, len(wanted), _AT_ONCE):
        yield wanted[first : first + _AT_ONCE]


# -- one article or one mark -----------------------------------------------------------------------------------------


def _bring_what_is_needed(read: Reader, change_id: int, part: Differences) -> None:
    """Tags, sources and events that are gone come back with what points to them; what would point to a mark that
    stays gone is left out, a link for instance."""
    waiting = [*part.back, *part.changed]
    while waiting:
        key = waiting.pop()
        values = part.back[key] if key in part.back else part.changed[key][1]
        for column, target in _TARGETS[key[0]].items():
            row_id = values.get(column)
            if not isinstance(row_id, int):
                continue
            needed = target, row_id
            if needed in part.back or (needed not in part.away and _is_there(read, target, row_id)):
                continue
            if target in _SHARED and (row := _as_it_was(read, change_id, needed, part)) is not None:
                part.back[needed] = row
                waiting.append(needed)
            elif key[0] in ("links", "attributions", "annotation_tags", "carryings"):
                part.left_out[key] = needed
                part.back.pop(key, None)
                part.changed.pop(key, None)
                break
            else:
                raise CannotGoBack(
                    "What this stood in then is gone by now. Go back with the whole project, or bring that back first."
                )


def _as_it_was(read: Reader, change_id: int, key: Key, part: Differences) -> Values | None:
    """A row that is gone, as it was then; None where it was not there then either."""
    then = earlier_rows(read, change_id, {key[0]: {key[1]}})
    part.revisions.update(then.revisions)
    row = then.whole.get(key)
    return None if row is None else _known(key, row)


def _is_there(read: Reader, table: str, row_id: int) -> bool:
    of = JOURNALLED[table]
    return read.connection.scalar(select(of.c.id).where(of.c.id == row_id)) is not None


def _look_what_points_to(read: Reader, part: Differences) -> None:
    """Raises CannotGoBack, naming it, where a row that stays points to one that would go."""
    going: dict[str, list[int]] = defaultdict(list)
    for name, row_id in part.away:
        going[name].append(row_id)
    for name, ids in going.items():
        for column in POINTING[name]:
            for some in _batches(ids):
                query = select(column.table.c.id, column).where(column.in_(some))
                for pointing_id, pointed_id in read.connection.execute(query):
                    key = column.table.name, pointing_id
                    moves = key in part.changed and column.name in part.changed[key][1]
                    open_suggestion = column.table is t.suggestions
                    if key not in part.away and not moves and not open_suggestion:
                        raise Pointed((name, pointed_id), key)


class Pointed(CannotGoBack):
    """A row that stays points to one that would go."""

    def __init__(self, gone: Key, pointing: Key) -> None:
        super().__init__("Something that was made since needs what would go. Go back with the whole project.")
        self.gone = gone
        self.pointing = pointing
