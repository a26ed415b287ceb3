"""Going back to an earlier moment by new changes: nothing is erased, and what there was until now can be had again.

First it is planned, and the plan says in an analyst's words what would change; then it is done, as one step like any
other, with an undo of its own. Only rows change: texts and files stay, numbers of records are never given out again,
revisions go on growing. An article or a mark can go back alone, with all that belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from annotate.errors import CannotGoBack, DamagedHistory, NotAllowed
from annotate.field_labels import moment_words
from annotate.project import Project
from annotate.row_names import RowNames
from annotate.steps import WHOLE, Export, HistoryOf
from annotate.store.changes import Changes
from annotate.store.differences import Differences, Pointed, differences
from annotate.store.earlier_rows import Key
from annotate.store.putting_back import put_back
from annotate.store.queries import Reader
from annotate.told_differences import told_differences

_IN_THE_WAY = (
    "Something that is there now needs what would go, or what would come back needs something that is gone for good. "
    "Nothing was changed."
)
_UNREADABLE = (
    "The history holds something that cannot be read, so there is no going back beyond it. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class Point:
    """A moment in the journal; `words` say which: "27 Nov 2026 09:14", "before 27 Nov 2026 09:14"."""

    change_id: int
    """The last change that stands then."""
    words: str


@dataclass(frozen=True)
class Plan:
    """What going back would do."""

    point: Point
    of: HistoryOf
    label: str
    """Of the step that it would be."""
    said: tuple[str, ...]
    """What would change, a sentence a line; empty where everything is as it was then."""
    newest_change: int
    """Where the journal stood when this was planned."""
    rows: Differences

    def __bool__(self) -> bool:
        return bool(self.rows)


def before(read: Reader, step_id: int) -> Point:
    """The moment right before a step was begun. Raises NotAllowed for one that is not in the history."""
    first, _last, words = _step(read, step_id)
    return Point(first - 1, f"before {words}")


def after(read: Reader, step_id: int) -> Point:
    """The moment when a step was done. Raises NotAllowed for one that is not in the history."""
    _first, last, words = _step(read, step_id)
    return Point(last, words)


def exported(export: Export) -> Point:
    """The moment when the project was handed on."""
    return Point(export.last_change, moment_words(export.made_at))


def _step(read: Reader, step_id: int) -> tuple[int, int, str]:
    """Its first and last change, and when it was made; of a step without any change, such as one that was erased, the
    place between the changes before and after it."""
    step = read.step(step_id)
    if step is None:
        raise NotAllowed("That is not in the history any more, so there is no going back to it.")
    span = read.span_of_step(step_id)
    if span is None:
        last = read.last_change_before(step_id)
        span = last + 1, last
    return *span, moment_words(step.made_at)


def plan(read: Reader, point: Point, of: HistoryOf = WHOLE) -> Plan:
    """What would change. Raises CannotGoBack with the reason where it cannot be done; nothing is written."""
    names = RowNames(read)
    try:
        rows = differences(read, point.change_id, of)
    except DamagedHistory as error:
        raise CannotGoBack(f"There is no going back to {point.words}. {error}") from error
    except Pointed as error:
        raise CannotGoBack(_pointed(error, names)) from error
    try:
        said = tuple(told_differences(rows, names))
    except (KeyError, TypeError, ValueError) as error:
        raise CannotGoBack(_UNREADABLE) from error
    whose = _whose(of, names)
    label = f"Go back{f' with {whose}' if whose else ''} to {point.words}"
    return Plan(point, of, label, said, read.newest_moment().change_id, rows)


def go_back(project: Project, planned: Plan) -> Changes | None:
    """Do what was planned, as one step; None where there is nothing to do.

    Raises CannotGoBack, with nothing changed, where something stands in the way, or was changed since the plan.
    """
    if project.read.newest_moment().change_id != planned.newest_change:
        raise CannotGoBack(
            "The project was changed in the meantime, so nothing was done. Look once more what would change."
        )
    if not planned:
        return None
    told: list[Changes] = []
    end = project.subscribe(told.append)
    try:
        with project.change(planned.label) as transaction:
            try:
                put_back(transaction, planned.rows)
            except IntegrityError as error:
                raise CannotGoBack(_IN_THE_WAY) from error
            except OperationalError:  # the disk, not what was to be written
                raise
            except (StatementError, KeyError, TypeError, ValueError, OverflowError) as error:
                raise CannotGoBack(_UNREADABLE) from error
    finally:
        end()
    return told[-1] if told else None


def _whose(of: HistoryOf, names: RowNames) -> str:
    if of.annotation_id is not None:
        return names.name("annotations", of.annotation_id)
    return names.name("articles", of.article_id)


def _pointed(error: Pointed, names: RowNames) -> str:
    gone, pointing = names.name(*error.gone), _holder(error.pointing, names)
    return (
        f"{gone} would go, but {pointing or 'something made since'} needs it, so nothing was changed. "
        "Go back with the whole project, or take that off first."
    )


def _holder(key: Key, names: RowNames) -> str:
    """The record by whose name people know a row that points somewhere."""
    table, row_id = key
    row = names.row(table, row_id) if table not in ("claims", "figures", "mentions") else {}
    owner = row.get("annotation_id") or row.get("from_id")
    return names.name("annotations", owner) if owner is not None else names.name(table, row_id)
