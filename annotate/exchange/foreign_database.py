"""SQLite files of other programs, read and never believed.

Why it exists: a database file from a stranger can hold views and triggers that run, tables that are programs, values of
any type in any column, and pages that lead in circles. Here it is opened read-only, only plain tables are read, nothing
in it is run, and what takes too long or is too much is given up. No file is made beside it: one that its program has
open, or left unfinished, is read in a copy. This is the one place outside the store that uses SQLite.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotate.errors import ImportRefused
from annotate.store.opening import guard
from annotate.unfinished import working_folder

LARGEST_FILE = 2 * 2**30
"""Bytes."""
LARGEST_VALUE = 256 * 2**20
"""Bytes of one text."""
MOST_TEXT = 2**30
"""Characters and bytes in all: cells that lead to the same pages can say the same large text a thousand times."""
MOST_STEPS = 400_000_000
"""Of SQLite's virtual machine, for the whole file; a million rows take some 20 million."""
MOST_ROWS = 2_000_000
"""Of one table."""
_STEPS_BETWEEN_LOOKS = 100_000
_HEADER = b"SQLite format 3\x00"
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LARGEST_VALUE,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 10,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 100_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 20,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_COLUMNS_OF = "table_xinfo"
"""The only pragma that is answered."""
_BESIDE = ("-wal", "-journal")
"""What a program that has a file open, or was stopped, leaves beside it; without it the file is not whole."""

Row = dict[str, Any]
"""A row by column: None, int, float, str or bytes."""


class ForeignDatabase:
    """The tables of one file."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection, self._name = connection, name
        self._tables: dict[str, str] = {}
        self._odd: set[str] = set()
        self._read = 0
        for kind, table, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
            if not isinstance(table, str):
                continue
            if kind == "table" and not str(sql).lstrip().upper().startswith("CREATE VIRTUAL"):
                self._tables[table.casefold()] = table
            elif kind in ("table", "view"):
                self._odd.add(table.casefold())

    def has(self, *tables: str) -> bool:
        """Whether all of these are plain tables of the file. Raises ImportRefused where one is a view."""
        for table in tables:
            if table in self._odd:
                raise ImportRefused(f"{self._name} was not read: its “{table}” is something that runs, and no table.")
        return all(table in self._tables for table in tables)

    def rows(self, table: str, columns: Sequence[str]) -> list[Row]:
        """All rows of a table with these columns, in the order of the file; a column or table that is not there, as in
        files of other versions, gives None or no rows."""
        if not self.has(table):
            return []
        found = self._tables[table]
        names = self._columns(found)
        wanted = [column for column in columns if column in names]
        if not wanted:
            return []
        listed = ", ".join(_quoted(names[column]) for column in wanted)
        cursor = self._connection.execute(f"SELECT {listed} FROM {_quoted(found)} LIMIT {MOST_ROWS + 1}")
        missing = dict.fromkeys(columns)
        rows = []
        for row in cursor:
            self._read += sum(len(value) for value in row if isinstance(value, str | bytes))
            if self._read > MOST_TEXT:
                raise ImportRefused(f"{self._name} was not read: it says more than {MOST_TEXT // 2**20:,} MB of text.")
            rows.append(missing | dict(zip(wanted, row, strict=True)))
        if len(rows) > MOST_ROWS:
            raise ImportRefused(f"{self._name} was not read: it has more than {MOST_ROWS:,} rows in “{table}”.")
        return rows

    def count(self, table: str) -> int:
        """How many rows a table has; none where it is not there."""
        if not self.has(table):
            return 0
        [(count,)] = self._connection.execute(f"SELECT count(*) FROM {_quoted(self._tables[table])}")
        return int(count)

    def _columns(self, table: str) -> dict[str, str]:
        """Names of columns as the file has them, by their folded ones. One that is reckoned when it is read would run
        what the file says (the function authorizer is not asked there), so it is refused."""
        names = {}
        for _, name, _, _, _, _, hidden in self._connection.execute(f"PRAGMA {_COLUMNS_OF}({_quoted(table)})"):
            if hidden:
                raise ImportRefused(f"{self._name} was not read: it would run something of its own in “{table}”.")
            names[str(name).casefold()] = str(name)
        return names


@contextmanager
def opened(path: Path, *, most_steps: int = MOST_STEPS) -> Iterator[ForeignDatabase]:
    """A database of another program. Raises ImportRefused, also while it is read, where it is none, is damaged, too
    large, or takes too long."""
    name = path.name
    _check_file(path)
    with working_folder() as folder:
        address = _address(path, folder)
        try:
            connection = sqlite3.connect(address, uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise ImportRefused(f"{name} cannot be opened: {error}.") from error
        try:
            _restrain(connection, most_steps)
            yield ForeignDatabase(connection, name)
        except (sqlite3.Error, OverflowError) as error:
            raise _explained(error, name) from error
        except UnicodeDecodeError as error:  # SQLite's own message quotes bytes of the file
            raise ImportRefused(f"{name} is damaged and cannot be read as a database.") from error
        finally:
            connection.close()


def text_of(value: Any) -> str:
    """A value as text; the empty text for none. Bytes are read as UTF-8."""
    if value is None:
        return ""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def whole_of(value: Any) -> int | None:
    """A value as a whole number, None where it is none."""
    if isinstance(value, str | bytes):
        digits = text_of(value).strip()
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 19 else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else None
    return value if isinstance(value, int) else None


def _check_file(path: Path) -> None:
    try:
        if not path.is_file():
            raise ImportRefused(f"{path.name} is not there, or is no file.")
        if path.stat().st_size > LARGEST_FILE:
            raise ImportRefused(
                f"{path.name} is larger than {LARGEST_FILE // 2**30} GB, more than is read of a project."
            )
        with path.open("rb") as file:
            head = file.read(len(_HEADER))
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if head != _HEADER:
        raise ImportRefused(f"{path.name} is no database of SQLite, as projects of Taguette and QualCoder are.")


def _address(path: Path, folder: Path) -> str:
    """Where SQLite opens it: the file itself, which nothing then is made beside, or a copy with what belongs to it."""
    beside = [path.with_name(path.name + suffix) for suffix in _BESIDE]
    try:
        beside = [file for file in beside if file.is_file() and 0 < file.stat().st_size <= LARGEST_FILE]
        address = path.absolute().as_uri()
        if not beside and address.startswith("file:///"):  # SQLite takes no address with the name of a server
            return f"{address}?mode=ro&immutable=1"
        copy = folder / "copy"
        shutil.copyfile(path, copy)
        for file in beside:
            shutil.copyfile(file, folder / f"copy{file.name.removeprefix(path.name)}")
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read: {error.strerror or error}.") from error
    return f"{copy.as_uri()}?mode=rw"


def _restrain(connection: sqlite3.Connection, most_steps: int) -> None:
    looks = 0

    def give_up() -> int:
        nonlocal looks
        looks += 1
        return looks * _STEPS_BETWEEN_LOOKS > most_steps

    def allowed(action: int, subject: str | None, detail: str | None, *_: object) -> int:
        asked = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
        asked |= action == sqlite3.SQLITE_PRAGMA and subject == _COLUMNS_OF
        asked |= action == sqlite3.SQLITE_FUNCTION and detail == "count"
        return sqlite3.SQLITE_OK if asked else sqlite3.SQLITE_DENY

    connection.set_progress_handler(give_up, _STEPS_BETWEEN_LOOKS)
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    guard(connection)
    connection.execute("PRAGMA query_only = ON")
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.set_authorizer(allowed)


def _explained(error: Exception, name: str) -> ImportRefused:
    if "interrupted" in str(error):
        return ImportRefused(f"{name} was given up: reading it takes longer than any project would.")
    if "not authorized" in str(error) or "prohibited" in str(error):
        return ImportRefused(f"{name} was not read: it would run something of its own, which no project has to.")
    if "too big" in str(error):
        return ImportRefused(f"{name} was not read: it holds a text of more than {LARGEST_VALUE // 2**20} MB.")
    return ImportRefused(f"{name} is damaged and cannot be read as a database: {error}.")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
