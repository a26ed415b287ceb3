"""What it means that a project is whole, whatever happened to the program, the power or the disk."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from annotate.handing_on import Form
from annotate.integrity import check_project
from annotate.project import reading
from annotate.store.plain_values import plain_values
from annotate.store.queries import Reader
from annotate.store.schema import JOURNALLED, metadata

NOT_BY_STEPS = {"projects", "suggestions"}
"""Tables whose rows may come in without a step of history: what a project begins with, and what nobody has done."""


def assert_whole(read: Reader) -> None:
    """Every byte, row and quote is what was put in, and no step of history is half there."""
    assert [problem.sentence for problem in check_project(read)] == []
    assert_journal_tells_the_rows(read)
    assert_steps_are_whole(read)


class Looked:
    """Looks at many copies of few states: all of each state once, and of every copy how its pages lie."""

    def __init__(self) -> None:
        self._whole: set[str] = set()

    def state_of(self, read: Reader) -> str:
        """The digest of all rows of a project that is whole. Raises AssertionError for one that is not."""
        state = digest_of(read)
        if state in self._whole:
            assert list(read.damage()) == []
        else:
            assert_whole(read)
            self._whole.add(state)
        return state


def assert_journal_tells_the_rows(read: Reader) -> None:
    """Going back change by change, every row is as the change left it, and before the first there is nothing."""
    rows = {
        (name, row["id"]): plain_values(table, dict(row))
        for name, table in JOURNALLED.items()
        for row in read.connection.execute(table.select()).mappings()
    }
    for change in read.changes_since(0):
        key = change.table, change.row_id
        row = rows.get(key)
        if change.after is None:
            assert row is None, f"{key} is there, though it was removed"
            rows[key] = dict(change.before or {})
            continue
        assert row is not None, f"{key} is not there"
        assert {name: row[name] for name in change.after} == change.after, key
        if change.before is None:
            del rows[key]
        else:
            row |= change.before
    assert {name for name, _ in rows} <= NOT_BY_STEPS


def assert_steps_are_whole(read: Reader) -> None:
    """Each step has its changes, and stands, or is undone, as the undos and redos after it say."""
    run = read.connection.exec_driver_sql
    assert run("SELECT id, label FROM steps WHERE id NOT IN (SELECT step_id FROM changes)").fetchall() == []
    last_said = dict(run("SELECT target_id, kind FROM steps WHERE target_id IS NOT NULL ORDER BY id").fetchall())
    for step_id, state in run("SELECT id, state FROM steps WHERE kind = 'edit'"):
        if last_said.get(step_id) == "undo":
            assert state in ("undone", "dropped"), step_id
        else:
            assert state == "done", step_id


def chained(read: Reader, *, after: int = 0, upto: int | None = None, chain: str = "") -> tuple[int, str]:
    """The last change of the journal (or `upto`), and a digest of it and all before, going on from `chain`."""
    last = after
    rows = read.connection.exec_driver_sql(
        "SELECT c.id, c.table_name, c.row_id, c.before, c.after, s.uid, s.kind, s.label, s.target_id "
        "FROM changes c JOIN steps s ON s.id = c.step_id WHERE c.id > ? AND c.id <= ? ORDER BY c.id",
        (after, 2**62 if upto is None else upto),
    )
    for row in rows:
        last, chain = row[0], sha256(f"{chain}{tuple(row)!r}".encode()).hexdigest()
    return last, chain


def digest_of(read: Reader) -> str:
    """Of every row of every table, as SQLite holds it."""
    found = sha256()
    for table in metadata.sorted_tables:
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        for row in read.connection.exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY {keys}'):
            found.update(f"{table.name}{tuple(row)!r}\n".encode())
    return found.hexdigest()


def assert_whole_where_it_lies(path: Path) -> None:
    """Of a file that is not to be touched, such as a backup."""
    with reading(path) as read:
        assert_whole(read)


def files_in(folder: Path) -> dict[str, str]:
    """The digest of every file in a folder and below, by its path."""
    return {
        str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def digest_of_export(target: Path) -> Any:
    """Of a file; of a folder of files by their names."""
    return files_in(target) if target.is_dir() else sha256(target.read_bytes()).hexdigest()


def assert_export_is_whole(form: Form, target: Path) -> None:
    """That a file can be read to its end by what reads such files."""
    match form:
        case Form.WORKBOOK | Form.BRIEF | Form.WORD | Form.QDPX:
            with ZipFile(target) as package:
                assert package.testzip() is None
        case Form.JSON | Form.JSONLD:
            assert json.loads(target.read_text("utf-8"))
        case Form.CSV:
            for file in target.glob("*.csv"):
                with file.open(encoding="utf-8-sig", newline="") as lines:
                    assert len({len(row) for row in csv.reader(lines)}) == 1, file.name
        case Form.HTML:
            assert target.read_text("utf-8").rstrip().endswith("</html>")
        case Form.QDC:
            assert target.read_bytes().rstrip().endswith(b"</CodeBook>")
        case Form.PDF:
            assert target.read_bytes().rstrip().endswith(b"%%EOF")
