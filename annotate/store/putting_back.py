"""Writing what differs from an earlier moment, in an order in which every row that is pointed to is there.

The order holds backwards as well, so that undo, which takes the changes of a step in reverse, meets no row that points
into nothing either, and where two rows may not hold the same values, none meets the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete

from annotate.store import schema as t
from annotate.store.differences import POINTING, Differences
from annotate.store.earlier_rows import Key, Values
from annotate.store.journal import Transaction
from annotate.store.plain_values import revived_values
from annotate.store.schema import JOURNALLED
from annotate.vocabulary import Fate

_PARENTS = tuple(
    table.name
    for table in t.metadata.sorted_tables
    if table.name in JOURNALLED and any(column.table is not table for column in POINTING[table.name])
)
"""Tables that others point to, each before those that point to it."""
_AT_ONCE = 500


def put_back(transaction: Transaction, wanted: Differences) -> None:
    """Make the rows what they were. Raises IntegrityError where others stand in the way, and KeyError, TypeError or
    ValueError where the history holds what no row can."""
    back, away = wanted.back, wanted.away
    revisions = {key: revision + 1 for key, revision in wanted.revisions.items()}
    _remove(transaction, (key for key in away if key[0] not in _PARENTS))
    _make_room(transaction, back, away)
    for name in _PARENTS:
        _insert(transaction, name, {key: row for key, row in back.items() if key[0] == name}, revisions)
    _update(transaction, wanted)
    for name in {name: None for name, _ in back if name not in _PARENTS}:
        _insert(transaction, name, {key: row for key, row in back.items() if key[0] == name}, revisions)
    for name in reversed(_PARENTS):
        going = [key for key in away if key[0] == name]
        if name == t.texts.name:
            _drop_unjudged(transaction, [row_id for _, row_id in going])
        _remove(transaction, _children_first(away, going) if name == t.tags.name else going)


def _make_room(transaction: Transaction, back: Mapping[Key, Values], away: Mapping[Key, Values]) -> None:
    """A text that will go takes another number first, where one that comes back has the same in its article."""
    coming = {(row["article_id"], row["number"]) for key, row in back.items() if key[0] == t.texts.name}
    for (name, row_id), row in away.items():
        if name == t.texts.name and (row["article_id"], row["number"]) in coming:
            transaction.update(t.texts, row_id, number=-row_id)


def _insert(transaction: Transaction, name: str, rows: Mapping[Key, Values], revisions: Mapping[Key, int]) -> None:
    table = JOURNALLED[name]
    keys: Iterable[Key] = rows
    if name == t.tags.name:
        keys = reversed(_children_first(rows, list(rows)))
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for key in keys:  # rows of an older version may lack columns
        row = revived_values(table, rows[key]) | {"revision": revisions.get(key, 1)}
        alike[tuple(sorted(row))].append(row)
    for some in alike.values():
        transaction.insert_many(table, some)


def _update(transaction: Transaction, wanted: Differences) -> None:
    alike: dict[tuple[str, ...], dict[int, dict[str, Any]]] = defaultdict(dict)
    for (name, row_id), (_, values) in wanted.changed.items():
        if name != t.links.name:
            alike[name, *sorted(values)][row_id] = revived_values(JOURNALLED[name], values)
    for (name, *_columns), rows in alike.items():
        transaction.update_many(JOURNALLED[name], rows)
    for row_id in _one_making_room_for_the_next(wanted):
        values = wanted.changed[t.links.name, row_id][1]
        transaction.update(t.links, row_id, **revived_values(t.links, values))


def _one_making_room_for_the_next(wanted: Differences) -> Iterator[int]:
    """Links in an order in which none gets the ends of another that has not been changed yet."""
    ids = [row_id for name, row_id in wanted.changed if name == t.links.name]
    now = {row_id: wanted.now[t.links.name, row_id] for row_id in ids}
    held = {_ends(row): row_id for row_id, row in now.items()}
    then = {row_id: _ends({**now[row_id], **wanted.changed[t.links.name, row_id][1]}) for row_id in ids}
    while ids:
        row_id = next((one for one in ids if held.get(then[one], one) == one), ids[0])
        ids.remove(row_id)
        held.pop(_ends(now[row_id]), None)
        yield row_id


def _ends(link: Values) -> tuple[Any, ...]:
    return link["from_id"], link["to_id"], link["relation"]


def _remove(transaction: Transaction, keys: Iterable[Key]) -> None:
    ids: dict[str, list[int]] = defaultdict(list)
    for name, row_id in keys:
        ids[name].append(row_id)
    for name, wanted in ids.items():
        table = JOURNALLED[name]
        if table is t.tags:  # in the order that was asked for, and so backwards for undo
            for row_id in wanted:
                transaction.delete(table, row_id)
        else:
            transaction.delete_where(table, table.c.id, wanted)


def _children_first(rows: Mapping[Key, Values], keys: list[Key]) -> list[Key]:
    """Tags in an order in which none comes after the one it is nested in."""

    def depth(key: Key) -> int:
        deep = 0
        while key in rows and deep <= len(rows):
            key = t.tags.name, rows[key]["parent_id"]
            deep += 1
        return deep

    return sorted(keys, key=depth, reverse=True)


def _drop_unjudged(transaction: Transaction, text_ids: list[int]) -> None:
    """What nobody has judged goes with the text it is for."""
    for first in range(0, len(text_ids), _AT_ONCE):
        some = text_ids[first : first + _AT_ONCE]
        unjudged = t.suggestions.c.text_id.in_(some) & (t.suggestions.c.fate == Fate.OPEN)
        transaction.connection.execute(delete(t.suggestions).where(unjudged))
