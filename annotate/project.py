"""A project that is open: what the window and the command line hold.

Writing goes through `change`, one transaction and one step of history at a time; reading through `read`. Both belong
to the thread that opened the project; other threads borrow a reader of their own with `reading_elsewhere`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from annotate.backups import keep_before_update
from annotate.canonical import canonical
from annotate.erasing_note import is_unfinished
from annotate.errors import EraseFailed, NotReopened, ProjectError, ProjectInUse, ReadOnlyPlace, ViewOnly
from annotate.garbage import garbage_left
from annotate.store import schema
from annotate.store.changes import Changes
from annotate.store.engine import (
    closing_unless_whole,
    connect,
    create_file,
    driver_connection,
    has_log,
    hold_alone,
    in_transaction,
    look_into,
    open_file,
)
from annotate.store.faults import not_kept, not_opened, not_written
from annotate.store.journal import Transaction, insert_row
from annotate.store.looking import Look, copy_into
from annotate.store.opening import is_cut_off, leaving_nothing_beside
from annotate.store.ownership import Ownership, in_use, is_held
from annotate.store.places import place_of
from annotate.store.queries import Reader
from annotate.store.replacing import held, take_the_place_of
from annotate.unfinished import clear_left_behind
from annotate.view_only import refuse_read_only, why_view_only

SUFFIX = ".pnote"

Listener = Callable[[Changes], None]

NOBODY = 0
"""The id of an analyst who has never worked on a project that is only looked at."""
_HIGHEST_ID = 2**62
"""Only a damaged file speaks of higher ones, after which SQLite has none."""


class Project:
    """One open project file. Use `Project.open` or `Project.create`, and `close` it, or use it in a `with`."""

    def __init__(
        self,
        path: Path,
        connection: Connection,
        ownership: Ownership | None,
        analyst: str,
        look: Look | None = None,
        view_only: str = "",
    ) -> None:
        self.path = path
        self.view_only = view_only
        """Why the project is only looked at, as one sentence; empty where it may be changed."""
        self.place = place_of(path)
        self.read = Reader(connection)
        self._connection = connection
        self._ownership = ownership
        self._look = look
        self._listeners: list[Listener] = []
        self._in_change = False
        self.last_step_id: int | None = None
        self.analyst_id = self._analyst(analyst)

    @classmethod
    def open(cls, path: Path, analyst: str = "", *, take_over: bool = False) -> Project:
        """Open an existing project as `analyst`.

        Raises ProjectError; of its kinds CanBeViewed where it can only be looked at: ProjectInUse names the owner, and
        PerhapsInUse one on another computer; `take_over` says that it is not open there.
        """
        path = path.resolve()
        refuse_read_only(path)
        return cls._owned(path, analyst, lambda path: open_file(path, keep_before_update), take_over=take_over)

    @classmethod
    def view(cls, path: Path, analyst: str = "", because: str = "") -> Project:
        """Only look at a project, as it is now: also where it cannot be written, and while somebody has it open.

        No owner is taken, and nothing is written into the file or beside it. `because` is what CanBeViewed says, where
        that was raised. Raises ProjectError.
        """
        path = path.resolve()
        why = why_view_only(path, analyst, because)
        look = Look.take(path, is_open=is_held(path) is not None)
        try:
            with closing_unless_whole(look.connect()) as connection:
                return cls(path, connection, None, analyst, look, why)
        except BaseException:
            look.close()
            raise

    @classmethod
    def create(cls, path: Path, analyst: str = "", title: str = "") -> Project:
        """Make a new, empty project at `path`. Raises ProjectError where something stands there."""
        named = canonical(title or path.stem).text  # the name of a file may hold what is no text
        row = {"uid": uuid4(), "revision": 1, "title": named, "created_at": datetime.now(UTC)}
        fill = lambda connection: insert_row(connection, schema.projects, row)  # noqa: E731
        return cls._owned(path, analyst, lambda path: create_file(path, fill))

    @classmethod
    def _owned(
        cls, path: Path, analyst: str, connection_to: Callable[[Path], Connection], *, take_over: bool = False
    ) -> Project:
        path = path.resolve()
        if not path.parent.is_dir():
            raise ProjectError(f"The folder {path.parent} does not exist.")
        ownership = Ownership.take(path, analyst, take_over=take_over)
        try:
            if is_unfinished(path):
                from annotate.erasing import finish_erasing

                finish_erasing(path)
            clear_left_behind(path.parent)
            with closing_unless_whole(connection_to(path)) as connection:
                return cls(path, connection, ownership, analyst)
        except DatabaseError as error:
            ownership.release()
            raise not_opened(error, path.name) from error
        except BaseException:
            ownership.release()
            raise

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file and give the project free. Safe to call twice."""
        if self._connection.closed:
            return
        engine = self._connection.engine
        if not self.view_only:
            with suppress(DatabaseError):  # a reader elsewhere may hold the log; SQLite folds it in at the next opening
                self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        engine.dispose()
        if self._look is not None:
            self._look.close()
        if self._ownership is not None:
            self._ownership.release()

    def fold_in(self) -> None:
        """Copy the write-ahead log into the file, so that a copy of the one file holds everything.

        What is being read elsewhere stays in the log until the next time; nothing waits.
        """
        if self.view_only:
            return
        with suppress(DatabaseError):  # a full disk, for instance: the log still holds all of it
            self._connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def go_on_with(self, fresh: Path) -> None:
        """Put `fresh`, a whole project file beside this one, in the place of this project's file, and go on with it;
        for erasing, and nothing else. `read` is another reader then, and what was read before is stale.

        Raises EraseFailed where somebody else reads the file, ViewOnly, and OSError; the project goes on as it was.
        Raises NotReopened where it cannot go on, with whichever file; the project is closed then.
        """
        if self.view_only:
            raise ViewOnly(self.view_only)
        if self._in_change:
            raise RuntimeError("a file replaced inside a change")
        engine = self._connection.engine
        log = self.path.with_name(self.path.name + "-wal")
        with held(log) as file:
            try:
                if not hold_alone(self._connection):
                    raise EraseFailed(
                        f"{self.path.name} is being read, by an export perhaps or another window. Wait for it to end, "
                        "or close it there, and erase again. Nothing was erased."
                    )
                if os.name != "posix":  # there, a file that is open cannot be replaced, and so nobody else has it open
                    self._connection.close()
                take_the_place_of(self.path, fresh)
                if file is not None:
                    file.write_over()
            finally:
                self._connection.close()
                engine.dispose()
                self._open_again()

    def _open_again(self) -> None:
        try:
            self._connection = open_file(self.path, keep_before_update)
        except BaseException as error:
            if self._ownership is not None:
                self._ownership.release()
            if not isinstance(error, OSError | DatabaseError | ProjectError):
                raise
            reason = getattr(error, "strerror", None) or str(getattr(error, "orig", None) or error)
            raise NotReopened(f"{self.path.name} cannot be opened again: {reason.rstrip('.')}.") from error
        self.read = Reader(self._connection)
        self.last_step_id = None

    @property
    def is_closed(self) -> bool:
        return self._connection.closed

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` told of every committed change; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @contextmanager
    def change(self, label: str, *, join: int | None = None) -> Iterator[Transaction]:
        """One transaction and one step of history, named `label` for "Undo …".

        With `join`, what is written goes into that step if it is still this analyst's newest: fields that commit
        while somebody types, and imports that commit file by file, are one step. Raises whatever the block raises,
        with nothing written.
        """
        step_id: int | None = None
        with self.transaction() as transaction:
            yield transaction
            transaction.end()
            if transaction.touched:
                transaction.drop_undone()
                newest = None if join is None else self.read.step_to_undo(self.analyst_id)
                joined = join if newest is not None and newest.id == join else None
                step_id = transaction.write_step(label, "edit", join=joined)
        if step_id is not None:
            self.last_step_id = step_id
            self.tell(Changes(step_id, label, "edit", tuple(transaction.touched)))

    @contextmanager
    def aside(self, label: str) -> Iterator[Transaction]:
        """A transaction that is no step of history, for what nobody has done and nobody takes back: suggestions that
        wait for a judgement. Raises whatever the block raises, with nothing written."""
        with self.transaction() as transaction:
            yield transaction
        if transaction.touched:
            self.tell(Changes(0, label, "aside", tuple(transaction.touched)))

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """The bare transaction under `change`, `aside` and undo (history.py); nobody else uses it.

        Raises ViewOnly where the project is only looked at.
        """
        if self.view_only:
            raise ViewOnly(self.view_only)
        if self._in_change:
            raise RuntimeError("a change inside a change")
        self._in_change = True
        transaction = Transaction(self._connection, self.analyst_id)
        try:
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                with garbage_left():
                    yield transaction
                self._connection.exec_driver_sql("COMMIT")
            except BaseException:
                if in_transaction(self._connection):  # SQLite rolls back by itself where the disk is full or fails
                    self._connection.exec_driver_sql("ROLLBACK")
                raise
        except DatabaseError as error:
            raise not_written(error, self.path.name) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise not_kept(error, self.path.name) from error
        finally:
            transaction.end()
            self._in_change = False

    def tell(self, changes: Changes) -> None:
        """Hand committed changes to everybody who listens.

        Where one of them fails, the others hear all the same, and who made the change goes on: it is on disk. The
        fault ends where every fault that nobody has caught does.
        """
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception as fault:
                sys.excepthook(type(fault), fault, fault.__traceback__)

    @contextmanager
    def reading_elsewhere(self, *, at_length: bool = False) -> Iterator[Reader]:
        """A reader with a connection of its own, for use in another thread; it sees one state of the project.

        `at_length` is for what takes longer than a moment, such as an export: where reading would keep the owner from
        writing (in a shared place, which has no write-ahead log), it reads a copy.
        """
        look = self._look
        connection = connect(self.path, writable=False) if look is None else look.connect()
        copy: Look | None = None
        try:
            if look is None and at_length and not has_log(connection):
                copy = Look.of(self.path, driver_connection(connection))
                connection.close()
                connection.engine.dispose()
                connection = copy.connect()
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()  # holds the state from now on
            yield Reader(connection)
            connection.exec_driver_sql("COMMIT")
        finally:
            connection.close()
            connection.engine.dispose()
            if copy is not None:
                copy.close()

    @property
    def is_outdated(self) -> bool:
        """Whether the file of a project that is only looked at was written to since."""
        return self._look is not None and self._look.is_outdated

    @property
    def after_crash(self) -> str:
        """What became of a project that was not closed last time, in a sentence or two; empty where it was closed.

        Reads every page of the file, to say nothing that is not so.
        """
        if self._ownership is None or not self._ownership.was_left:
            return ""
        who = f" ({self._ownership.left_by})" if self._ownership.left_by is not None else ""
        damaged = next(iter(self.read.damage(quickly=True)), "")
        became = f"The file is damaged: {damaged.rstrip('.')}" if damaged else "Nothing that was saved is lost"
        return f"{self.path.name} was not closed properly last time{who}. {became}."

    def save_copy(self, target: Path) -> None:
        """Write the project as it is now to a file, in place of what stands there. Raises ProjectError with that as it
        was."""
        copy_into(driver_connection(self._connection), target.resolve(), self.path.name)

    def become(self, analyst: str) -> None:
        """Work on under another analyst's name."""
        self.analyst_id = self._analyst(analyst)

    def _analyst(self, name: str) -> int:
        table = schema.analysts
        name = canonical(name).text
        known = self._connection.scalar(select(table.c.id).where(table.c.name == name))
        if known is not None:
            return int(known)
        if self.view_only:
            return NOBODY
        return insert_row(self._connection, table, {"id": self._free_id(), "uid": uuid4(), "revision": 1, "name": name})

    def _free_id(self) -> int:
        """An id that no analyst has, nor had whose row is lost: what was that one's work would become another's."""
        named = [one.c.analyst_id for one in schema.metadata.tables.values() if "analyst_id" in one.c]
        every = (select(func.max(ids)).where(ids < _HIGHEST_ID) for ids in (schema.analysts.c.id, *named))
        return 1 + max(0, *(int(self._connection.scalar(highest) or 0) for highest in every))


@contextmanager
def reading(path: Path, analyst: str = "") -> Iterator[Reader]:
    """A project that is only looked at, by the one owner it has meanwhile; its file stays byte for byte what it was.

    In a place that cannot be written, and where a crash has cut off a change, a copy of it is looked at. Raises
    ProjectError, or ProjectInUse naming the owner.
    """
    path = path.resolve()
    try:
        ownership = Ownership.take(path, analyst)
    except ReadOnlyPlace:
        if (owner := is_held(path)) is not None:
            raise in_use(path, owner, analyst) from None
        with _looking(path) as reader:
            yield reader
        return
    try:
        if is_cut_off(path):
            with _looking(path) as reader:
                yield reader
            return
        with leaving_nothing_beside(path), _reader_on(look_into(path)) as reader:
            yield reader
    finally:
        ownership.release()


@contextmanager
def _looking(path: Path) -> Iterator[Reader]:
    look = Look.take(path, is_open=False)
    try:
        with _reader_on(look.connect()) as reader:
            yield reader
    finally:
        look.close()


@contextmanager
def _reader_on(connection: Connection) -> Iterator[Reader]:
    try:
        yield Reader(connection)
    finally:
        connection.close()
        connection.engine.dispose()


_NO_UID = (ProjectError, DatabaseError, ValueError, TypeError)
"""The last two where the row that says what a project is holds what cannot be read."""


def uid_of(path: Path) -> UUID | None:
    """The uid of a project that is looked into for it, also while somebody has it open; None where it is damaged."""
    try:
        with reading(path) as reader:
            return reader.project_info().uid
    except ProjectInUse:
        with suppress(*_NO_UID), Project.view(path) as viewed:
            return viewed.read.project_info().uid
    except _NO_UID:
        pass
    return None
