"""Putting what a person ticked of a workbook into the project, as one step.

What cannot be written any more (the record is gone, or was changed since it was compared) is left out and told; the
rest goes in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from annotate.canonical import canonical
from annotate.commands.adding_rows import add_row
from annotate.commands.annotations import delete_annotations, note_edited
from annotate.commands.edited_cells import EDITORS
from annotate.commands.new_names import NewNames
from annotate.errors import NotAllowed
from annotate.exchange.readback.compare import compare
from annotate.exchange.readback.diff import Addition, Change, Diff, Edit, Removal
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
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What went in, and what did not with a sentence why."""

    applied: tuple[Change, ...]
    left: tuple[tuple[Change, str], ...]


_SINCE = "The project has changed there since the workbook was compared. Compare it again."


def read_back(project: Project, diff: Diff, ticked: Collection[str]) -> ReadBack:
    """Write the changes with these keys, as one step of history.

    Where the project has changed since the comparison, only what would still be told the same goes in.
    """
    wanted, left = _still_the_same(project, diff, diff.with_keys(frozenset(ticked)))
    applied: list[Change] = []
    with project.change(canonical(f"Read back {diff.name}").text) as transaction:
        writing = _Writing(project, transaction)
        for _key, group in groupby(sorted(wanted, key=_order), key=_record):
            changes = list(group)
            refused = writing.refusal(changes)
            if refused is not None and len(changes) > 1:  # one cell must not keep the others of its row out
                refusals = [(change, writing.refusal([change])) for change in changes]
            else:
                refusals = [(change, refused) for change in changes]
            applied += [change for change, why in refusals if why is None]
            left += [(change, why) for change, why in refusals if why is not None]
    return ReadBack(tuple(applied), tuple(left))


def _still_the_same(
    project: Project, diff: Diff, ticked: Iterable[Change]
) -> tuple[list[Change], list[tuple[Change, str]]]:
    """What can be written, and what cannot."""
    there = {change.key: change for change in ticked}
    if project.read.newest_moment() != diff.moment:
        again = {change.key: change for change in compare(project.read, diff.workbook).changes}
    else:
        again = there
    wanted, left = [], []
    for key, change in there.items():
        now = again.get(key)
        if change.action is None:
            left.append((change, change.said))
        elif now is None or (now.action, now.now, now.what) != (change.action, change.now, change.what):
            left.append((change, _SINCE))
        else:
            wanted.append(now)
    return wanted, left


_FIRST = (SOURCES, ARTICLES, CODEBOOK, CLAIMS, FIGURES, ATTRIBUTIONS, CROSS_CHECK, CHECKS, "")
"""Sources are renamed before claims name them; attributions are edited after claims have got theirs."""
_LAST = (ATTRIBUTIONS, CROSS_CHECK, CHECKS, FIGURES, CLAIMS, SOURCES, CODEBOOK, ARTICLES)
"""What hangs on something goes before it."""


def _order(change: Change) -> tuple[int, int, str]:
    action = change.action
    if isinstance(action, Edit):
        return 0, _FIRST.index(action.sheet), f"{action.row_id:012d}"
    if isinstance(action, Addition):
        return 1, _FIRST.index(action.sheet), f"{change.row or 0:012d}"
    assert isinstance(action, Removal)
    return 2, _LAST.index(action.sheet), ""


def _record(change: Change) -> tuple[str, object]:
    """Changes that are written together: the cells of one record."""
    action = change.action
    return (action.sheet, action.row_id) if isinstance(action, Edit) else (change.key, None)


class _Writing:
    """One step on its way; what is made anew for one record is there for the next."""

    def __init__(self, project: Project, transaction: Transaction) -> None:
        self._project, self._transaction = project, transaction
        self._names = NewNames(project, transaction)

    def refusal(self, changes: list[Change]) -> str | None:
        """Write changes that belong together, all or none; a sentence where they cannot be."""
        try:
            with self._transaction.savepoint():
                self._write(changes)
        except NotAllowed as error:
            self._names.forget()
            return str(error)
        self._names.keep()
        return None

    def _write(self, changes: list[Change]) -> None:
        """The cells of one record, one new row, or one removal. Raises NotAllowed."""
        action = changes[0].action
        if isinstance(action, Edit):
            values: Mapping[str, object] = {
                change.action.field: change.action.value for change in changes if isinstance(change.action, Edit)
            }
            EDITORS[action.sheet](self._project, self._transaction, self._names, action.row_id, values)
        elif isinstance(action, Addition):
            add_row(self._project, self._transaction, self._names, action)
        elif isinstance(action, Removal):
            self._remove(action)

    def _remove(self, removal: Removal) -> None:
        project, transaction, row_id = self._project, self._transaction, removal.row_id
        if removal.sheet in (CLAIMS, FIGURES):
            delete_annotations(transaction, [row_id])
        elif removal.sheet == ATTRIBUTIONS:
            old = transaction.row(t.attributions, row_id)
            annotation = None if old is None else project.read.annotation(old["annotation_id"])
            transaction.delete(t.attributions, row_id)
            if annotation is not None:
                note_edited(transaction, annotation)
        elif removal.sheet in (CROSS_CHECK, CHECKS):
            transaction.delete(t.links if removal.sheet == CROSS_CHECK else t.checks, row_id)
        elif removal.sheet == SOURCES:
            self._remove_source(row_id)
        elif removal.sheet == ARTICLES:
            transaction.update(t.articles, row_id, deleted=True)
        else:
            self._remove_tag(row_id)

    def _remove_source(self, source_id: int) -> None:
        source = self._project.read.source(source_id)
        if source is None:
            return
        if self._project.read.mentions_of(source_id) or self._project.read.attributions_to(source_id):
            raise NotAllowed(f"“{source.name}” is still named by mentions or claims. Change those first.")
        self._transaction.delete(t.sources, source_id)

    def _remove_tag(self, tag_id: int) -> None:
        row = self._transaction.row(t.tags, tag_id)
        if row is None:
            return
        self._transaction.delete_where(t.annotation_tags, t.annotation_tags.c.tag_id, [tag_id])
        self._transaction.update_where(t.tags, t.tags.c.parent_id, [tag_id], parent_id=row["parent_id"])
        self._transaction.delete(t.tags, tag_id)
