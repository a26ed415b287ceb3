"""Databases of strangers: plain tables are read, nothing in them runs, nothing is made beside them."""

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotate.errors import ImportRefused
from annotate.exchange.foreign_database import opened, text_of, whole_of

COUNTING = "n(id) as (select 1 union all select id + 1 from n"


def made(path: Path, script: str) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path


def refused(path: Path, table: str = "notes") -> str:
    with pytest.raises(ImportRefused) as error, opened(path) as database:
        database.rows(table, ["id", "words"])
    said = str(error.value)
    assert path.name in said
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_rows_are_read_with_the_columns_there_are(tmp_path: Path) -> None:
    path = made(
        tmp_path / "a b#c?.sqlite3",
        "create table Notes (ID integer, words text); insert into notes values (1, 'قال 🌊')",
    )
    before = path.read_bytes()
    with opened(path) as database:
        assert database.rows("notes", ["id", "words", "later"]) == [{"id": 1, "words": "قال 🌊", "later": None}]
        assert database.rows("absent", ["id"]) == []
        assert not database.has("notes", "absent")
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_what_a_program_has_not_written_back_yet_is_read_and_nothing_is_made_beside(tmp_path: Path) -> None:
    path = tmp_path / "open.sqlite3"
    other = sqlite3.connect(path)
    other.execute("pragma journal_mode = wal")
    other.execute("create table notes (id integer, words text)")
    other.execute("insert into notes values (1, 'fresh')")
    other.commit()
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert "open.sqlite3-wal" in before
    with opened(path) as database:
        assert [row["words"] for row in database.rows("notes", ["words"])] == ["fresh"]
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before
    other.close()


def test_views_and_virtual_tables_are_refused(tmp_path: Path) -> None:
    view = made(
        tmp_path / "view.sqlite3",
        f"create view notes as with recursive {COUNTING}) select id, id words from n",
    )
    assert "something that runs" in refused(view)
    virtual = made(tmp_path / "virtual.sqlite3", "create virtual table notes using fts5(id, words)")
    assert "something that runs" in refused(virtual)


def test_columns_that_reckon_are_refused(tmp_path: Path) -> None:
    path = made(
        tmp_path / "generated.sqlite3",
        "create table notes (id integer, words text as (hex(zeroblob(id)))); insert into notes values (100000000)",
    )
    assert "run something of its own" in refused(path)


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = made(
        tmp_path / "long.sqlite3",
        "create table notes (id integer, words text);"
        f"with recursive {COUNTING} limit 200000) insert into notes select id, id from n",
    )
    with (
        pytest.raises(ImportRefused, match=r"long\.sqlite3 was given up"),
        opened(path, most_steps=500_000) as database,
    ):
        database.rows("notes", ["id"])
    with opened(path) as database:
        assert len(database.rows("notes", ["id"])) == 200_000


@pytest.mark.parametrize(
    "data", [b"", b"SQLite format 3\x00", b"plain words", b"SQLite format 3\x00" + b"\xff" * 5_000]
)
def test_what_is_no_database_is_one_sentence(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    path.write_bytes(data)
    refused(path)


def test_what_is_not_there_or_a_folder_is_one_sentence(tmp_path: Path) -> None:
    refused(tmp_path / "missing.sqlite3")
    (tmp_path / "folder.sqlite3").mkdir()
    refused(tmp_path / "folder.sqlite3")


@given(
    st.lists(st.tuples(st.integers(100, 20_000), st.integers(0, 255)), min_size=1, max_size=40), st.integers(0, 20_000)
)
@settings(max_examples=60)
@example(damage=[(4001, 128)], cut=0)  # SQLite's message about it is no UTF-8
def test_damage_anywhere_is_read_past_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int]], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    path = made(
        folder / "damaged.sqlite3",
        "create table notes (id integer primary key, words text); create index byword on notes (words);"
        f"with recursive {COUNTING} limit 400) insert into notes select id, hex(id) from n",
    )
    data = bytearray(path.read_bytes())
    for place, value in damage:
        data[place % len(data)] = value
    path.write_bytes(bytes(data[: len(data) - cut % 3_000]))
    with suppress(ImportRefused), opened(path) as database:
        for row in database.rows("notes", ["id", "words"]):
            text_of(row["words"])


def test_values_of_odd_types_become_text_or_numbers_or_nothing() -> None:
    assert [text_of(value) for value in (None, 5, 1.5, b"\xc3\xa9\xff", "x")] == ["", "5", "1.5", "é\ufffd", "x"]
    assert [whole_of(value) for value in (None, 5, 1.5, 2.0, "7", b"8", "x", "٣", 1e300)] == [
        None, 5, None, 2, 7, 8, None, None, None,
    ]  # fmt: skip
