"""Erasing for good: what was planned is left out of a new file, which is looked at and then takes the project's place.

Killed at any moment, the project is as it was or erased. Backups that hold what is erased are removed after a new one
was made of what is left; where that was cut short, whoever opens the project next finishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import DatabaseError

from annotate.counted import counted
from annotate.erasing import names as n
from annotate.erasing.backups import backups_holding, new_backup, present_backups, remove_begun
from annotate.erasing.planning import plan_in_project
from annotate.erasing.plans import Plan
from annotate.erasing_note import ErasingNote, noted_erasing
from annotate.errors import AnnotateError, EraseFailed, NotAllowed, NotReopened, ProjectError, ViewOnly
from annotate.integrity import Problem, check_project
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.belonging import Belonging
from annotate.store.engine import connect
from annotate.store.ownership import in_use, is_held
from annotate.store.peeking import knows_step
from annotate.store.queries import Reader
from annotate.store.replacing import remove_for_good
from annotate.store.selective_copy import Leaving, copy_selected
from annotate.unfinished import name_beside
from annotate.writing import Progress, go_on

_CHANGED = "The project has changed since you were shown what would go. Look at it again."
_PREFIX = 20
"""Characters by which a title is known in a label, where it may be shortened."""
_LEAST_PREFIX = 3
_LEAST_OF_EXPORTS = 8
"""The same of names of exports, which may have the words from anywhere."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, and where the name or title still stands as far as this project and its backups go."""

    plan: Plan
    removed: tuple[Path, ...]
    """Backups that are gone."""
    remaining: tuple[Path, ...]
    """Backups that hold it and could not be removed."""
    backup: Path | None
    """The new one."""
    standing: tuple[n.Standing, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new file without what was planned, whole and looked at; it is of use as long as nothing is changed."""

    plan: Plan
    fresh: Path
    step: UUID
    standing: tuple[n.Standing, ...]
    state: tuple[int, ...]

    def give_up(self) -> None:
        """Leave nothing behind."""
        remove_for_good(self.fresh)


@dataclass(frozen=True, slots=True)
class Replaced:
    """The project is erased; what is left to do is in its backups."""

    prepared: Prepared
    path: Path
    note: ErasingNote


def erase(project: Project, plan: Plan, progress: Progress = go_on) -> Erased:
    """Erase what was planned. It cannot be undone.

    Raises NotAllowed where the project has changed so that something else would go, and EraseFailed where it cannot be
    done; the project is as it was then.
    """
    prepared = prepare_erasing(project.read, project.path, plan, analyst_id=project.analyst_id, progress=progress)
    return clear_backups(replace_project(project, prepared))


def prepare_erasing(reader: Reader, path: Path, plan: Plan, *, analyst_id: int, progress: Progress = go_on) -> Prepared:
    """Make the new file beside the project, in any thread that has a reader of its own. Raises as `erase` does."""
    now = plan_in_project(reader, path, plan.wish)
    if (now.counts, now.answers, now.uids) != (plan.counts, plan.answers, plan.uids):
        raise NotAllowed(_CHANGED)
    now = replace(now, backups=plan.backups, copies=plan.copies)  # later backups are asked once it is erased
    fresh, step = name_beside(path), uuid4()
    try:
        standing = _make(reader, path, now, fresh, step, analyst_id, progress)
        return Prepared(now, fresh, step, standing, _state(reader))
    except BaseException as error:
        remove_for_good(fresh)
        if isinstance(error, OSError | DatabaseError | ProjectError):
            raise _failed(path, error) from error
        raise


def replace_project(project: Project, prepared: Prepared) -> Replaced:
    """Put the new file in the project's place; in the project's thread. Raises as `erase` does, and NotReopened where
    the project is closed now, erased or not."""
    try:
        if project.view_only:
            raise ViewOnly(project.view_only)
        if _state(project.read) != prepared.state:
            raise NotAllowed(_CHANGED)
        note = ErasingNote.begin(project.path, prepared.step, prepared.plan.backups)
        try:
            project.go_on_with(prepared.fresh)
        except BaseException:
            if prepared.fresh.exists():  # else it is erased, and whoever opens it next goes on
                note.end()
            raise
    except NotReopened as error:
        raise _not_reopened(prepared, error) from error
    except (OSError, DatabaseError) as error:
        raise _failed(project.path, error) from error
    finally:
        prepared.give_up()
    return Replaced(prepared, project.path, note)


def clear_backups(replaced: Replaced) -> Erased:
    """Remove the backups that hold what is erased, in any thread while the project is owned."""
    prepared = replaced.prepared
    since = backups_holding(replaced.path, prepared.plan.uids, asked=prepared.plan.backups)
    note = replace(replaced.note, backups=tuple(dict.fromkeys((*replaced.note.backups, *since))))
    removed, backup, warnings = _clear_backups(replaced.path, note)
    remaining = tuple(path for path in note.backups if path not in removed and path.exists())
    return Erased(prepared.plan, removed, remaining, backup, prepared.standing, warnings)


def finish_erasing(path: Path) -> None:
    """Do what an erasing that was cut short has left; for whoever has just become the project's owner."""
    note = noted_erasing(path, present_backups(path))
    if note is None:
        return
    try:
        has_happened = knows_step(path, note.step)
    except (OSError, DatabaseError, AnnotateError):  # which opening it will tell; nobody knows until it can be read
        return
    if has_happened:
        _clear_backups(path, note)
    else:
        note.end()


def _make(
    before: Reader, path: Path, plan: Plan, fresh: Path, step: UUID, analyst_id: int, progress: Progress
) -> tuple[n.Standing, ...]:
    """Make the new file and look at all of it; where what was erased still stands in it."""

    def told(done: int, total: int) -> None:
        if not progress(done, total):
            raise EraseFailed(f"Erasing was stopped; {path.name} is as it was.")

    clean = n.cleaning(plan.search) if plan.search else None
    labels, exports = _label_cleaning(plan.names, _LEAST_PREFIX), _label_cleaning(plan.names, _LEAST_OF_EXPORTS)
    leaving = Leaving(plan.gone, clean_label=labels, clean_export=exports)
    copy_selected(before, fresh, replace(leaving, clean=clean) if clean else leaving, told)
    with closing(connect(fresh, writable=True)) as connection:
        _note(connection, step, analyst_id, plan)
        reader = Reader(connection)
        problems = _new_problems(before, reader)
        if problems:
            raise EraseFailed(
                f"{path.name} was left as it is, since the new file would not be whole: {problems[0].sentence}"
            )
        _see_that_it_is_gone(reader, plan)
        standing = (*_standing(reader, plan), *n.standing_in_file_name(path, plan.search))
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.engine.dispose()
    return standing


def _new_problems(before: Reader, after: Reader) -> list[Problem]:
    """What is wrong with the new file and was not before."""
    problems = check_project(after)
    if not problems:
        return []
    known = {problem.sentence for problem in check_project(before)}
    return [problem for problem in problems if problem.sentence not in known]


def _see_that_it_is_gone(reader: Reader, plan: Plan) -> None:
    belonging = Belonging(reader)
    for name, ids in plan.gone.items():
        table = t.metadata.tables[name]
        remembered = {row_id for row_id, _values in belonging.remembered(table)}
        if ids & (belonging.present(table) | remembered):
            raise EraseFailed(f"Something of “{plan.name}” is still in the new file, so nothing was changed.")


def _note(connection: Connection, step: UUID, analyst_id: int, plan: Plan) -> None:
    """A step that says that something was erased, when and by whom, and not what."""
    count = len(plan.wish.article_ids)
    articles = counted(count, "article") if count else ""
    what = " and ".join(filter(None, (articles, "a source" if plan.wish.source_id is not None else "")))
    row = {
        "uid": step,
        "label": f"Erased {what} for good",
        "kind": "erase",
        "state": "done",
        "analyst_id": analyst_id,
        "made_at": datetime.now(UTC),
        "target_id": None,
    }
    connection.execute(insert(t.steps), row)


def _standing(reader: Reader, plan: Plan) -> list[n.Standing]:
    """Where the source's name, or a title, stands in what is left."""
    search = plan.search or n.title_search(plan.titles)
    found = [*n.standing_in_records(reader, search), *n.standing_in_marks(reader, search)]
    found += [standing for standing, _count in n.standing_in_texts(reader, search)]
    return found


def _clear_backups(path: Path, note: ErasingNote) -> tuple[tuple[Path, ...], Path | None, tuple[str, ...]]:
    """Make a backup of what is left, then remove those that hold what is erased."""
    remove_begun(path)
    if not note.backups:
        note.end()
        return (), None, ()
    try:
        backup = new_backup(path)
    except AnnotateError as error:
        words = f"{error} So the earlier backups stay, and with them what was erased."
        return (), None, (words,)
    removed = []
    warnings = []
    for old in note.backups:
        if (owner := is_held(old)) is not None:
            warnings.append(f"The backup {in_use(old, owner, '')} Then remove it yourself.")
            continue
        try:
            remove_for_good(old)
            removed.append(old)
        except OSError as error:
            warnings.append(f"The backup {old.name} cannot be removed: {error.strerror or error}. Remove it yourself.")
    note.end()
    return tuple(removed), backup, tuple(warnings)


def _label_cleaning(titles: Sequence[str], least: int) -> Callable[[str], str]:
    """What takes labels away in which a title or name stands, also the beginning of one."""
    known = [" ".join(title.split())[:_PREFIX].rstrip() for title in titles]
    known = [words for words in known if len(words) >= least]

    def clean(label: str) -> str:
        return n.ERASED if any(words in " ".join(label.split()) for words in known) else label

    return clean


def _state(reader: Reader) -> tuple[int, ...]:
    """What differs once anything was changed, suggestions and noted exports among it."""
    numbers = [
        func.count(),
        func.coalesce(func.max(t.suggestions.c.id), 0),
        func.coalesce(func.sum(t.suggestions.c.revision), 0),
    ]
    suggested = reader.connection.execute(select(*numbers).select_from(t.suggestions)).one()
    last = [reader.connection.scalar(select(func.max(table.c.id))) or 0 for table in (t.changes, t.steps, t.exports)]
    return (*map(int, suggested), *map(int, last))


def _not_reopened(prepared: Prepared, error: NotReopened) -> NotReopened:
    if prepared.fresh.exists():
        return NotReopened(f"Nothing was erased, but {error}")
    return NotReopened(f"It is erased for good, but {error} Backups that hold it are removed when it is opened again.")


def _failed(path: Path, error: Exception) -> EraseFailed:
    cause = error.__cause__ or error  # which says nothing of the file that nobody knows
    reason = getattr(cause, "strerror", None) or getattr(cause, "orig", None) or cause
    return EraseFailed(f"Nothing was erased, {path.name} is as it was: {str(reason).rstrip('.')}.")
