"""A project file from a stranger: nothing in it runs, nothing in it holds anybody up, and what it holds can be had.

Each oddity is put into a whole project. Opening, looking, checking and asking for its uid name it in one sentence and
leave the file byte for byte as it was, with nothing beside it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotate.errors import ProjectError, StrangeProject
from annotate.project import Project, reading, uid_of
from annotate.salvage import clean_copy_name, salvage
from annotate.store.known_schema import known_entries, oddity_of_schema
from annotate.store.migrations import NEWEST
from tests.annotate.drafts import files_beside
from tests.safety.whole_project import altered, schema_rewritten, whole_project

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "

ADDED = {
    "a trigger": (
        "CREATE TRIGGER t AFTER INSERT ON analysts BEGIN DELETE FROM annotations; END",
        "holds a trigger “t” on “analysts”",
    ),
    "a view": ("CREATE VIEW v AS SELECT 1", "holds a view “v”"),
    "an endless view": (f"CREATE VIEW v AS {ENDLESS} max(i) FROM n", "holds a view “v”"),
    "another table": ("CREATE TABLE recipes (name TEXT)", "holds a table “recipes”"),
    "a virtual table": ("CREATE VIRTUAL TABLE f USING fts5(words)", "holds a virtual table “f”"),
    "a generated column": (
        "ALTER TABLE tags ADD COLUMN heavy TEXT AS (hex(zeroblob(500000000)))",
        "holds a table “tags” that is made in another way",
    ),
    "another column": ("ALTER TABLE claims ADD COLUMN more TEXT", "holds a table “claims” that is made in another way"),
    "a costly default": (
        "ALTER TABLE tags ADD COLUMN more TEXT DEFAULT 'x'",
        "holds a table “tags” that is made in another way",
    ),
    "an index on an expression": (
        "CREATE INDEX i ON annotations (hex(zeroblob(length(words))))",
        "holds an index “i” on “annotations”",
    ),
    "a partial index": ("CREATE INDEX i ON claims (id) WHERE length(place) > 3", "holds an index “i” on “claims”"),
    "what ANALYZE leaves": ("ANALYZE", "holds a table “sqlite_stat1”"),
    "an index less": ("DROP INDEX spans_of_text", "lacks the index “spans_of_text”"),
    "a table less": ("DROP TABLE suggestions", "lacks the index “suggestions_of_text”"),
}


@pytest.fixture(params=ADDED, ids=list(ADDED))
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    path = whole_project(tmp_path)
    altered(path, ADDED[request.param][0])
    return path, ADDED[request.param][1]


def refused(path: Path, said: str) -> None:
    before = path.read_bytes()
    for look in (Project.open, Project.view, lambda path: reading(path).__enter__()):
        with pytest.raises(StrangeProject) as told:
            look(path)
        assert said in str(told.value)
        assert str(told.value).endswith("Work with a clean copy of it.")
        assert str(told.value).count(". ") == 1
    assert uid_of(path) is None
    assert path.read_bytes() == before
    assert files_beside(path) == [path.name]


def test_a_whole_project_is_not_strange(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    assert uid_of(path) is not None
    Project.open(path, "Ana").close()


def test_what_no_project_holds_is_named_and_nothing_is_done_with_the_file(odd: tuple[Path, str]) -> None:
    refused(*odd)


def test_a_clean_copy_holds_all_that_a_project_holds_and_nothing_that_runs(odd: tuple[Path, str]) -> None:
    path, _ = odd
    before = path.read_bytes()
    copied = salvage(path, clean_copy_name(path))
    assert path.read_bytes() == before
    assert copied.problems == ()
    assert (copied.lost, copied.changed) == ((), ())
    with Project.open(copied.target, "Ana") as project:
        assert project.read.totals()["claims"] == 6
        assert len(project.read.articles()) == 6


@pytest.mark.parametrize(
    ("table", "was", "now"),
    [
        ("articles", "title TEXT NOT NULL", "title TEXT NOT NULL CHECK (length(hex(zeroblob(100000000))) > 1)"),
        ("articles", "outlet TEXT", "outlet TEXT DEFAULT (hex(zeroblob(100000000)))"),
        ("articles", "outlet TEXT", "outlet TEXT COLLATE NOCASE"),
        ("articles", "outlet TEXT", "outlet INTEGER"),
        ("articles", "outlet TEXT", "outlet TEXT NOT NULL"),
        ("articles", "outlet TEXT", "outlet TEXT AS (hex(title))"),
        ("articles", "outlet TEXT", "outlet TEXT /* note */"),
        ("articles", "FOREIGN KEY(file_id) REFERENCES files (id)", "FOREIGN KEY(file_id) REFERENCES texts (id)"),
        ("spans", "REFERENCES texts (id)", "REFERENCES texts (id) ON DELETE CASCADE"),
        ("links", "UNIQUE (from_id, to_id, relation)", "UNIQUE (from_id, to_id, relation) ON CONFLICT REPLACE"),
        ("analysts", "PRIMARY KEY (id)\n)", "PRIMARY KEY (id)\n) STRICT"),
        ("ix_files_sha256", "(sha256)", "(sha256 DESC)"),
        ("ix_files_sha256", "(sha256)", "(name)"),
        ("ix_files_sha256", "(sha256)", "(sha256) WHERE size > 0"),
        ("ix_files_sha256", "CREATE INDEX", "CREATE UNIQUE INDEX"),
    ],
)  # fmt: skip
def test_a_table_or_index_that_is_made_otherwise_is_strange(tmp_path: Path, table: str, was: str, now: str) -> None:
    path = whole_project(tmp_path)
    schema_rewritten(path, table, was, now)
    before = path.read_bytes()
    with pytest.raises(StrangeProject, match=rf"holds an? (table|index) “{table}” that is made in another way"):
        Project.open(path)
    assert path.read_bytes() == before
    copied = salvage(path, clean_copy_name(path))
    assert copied.problems == ()
    assert path.read_bytes() == before
    with Project.open(copied.target, "Ana") as project:
        assert len(project.read.annotations()) == 16


def test_a_table_of_ours_that_is_a_view_runs_nothing(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    columns = "1 AS id, x'00' AS uid, 1 AS revision, max(i) AS title, '' AS marking, '' AS note"
    altered(path, "DROP TABLE projects", f"CREATE VIEW projects AS {ENDLESS} {columns} FROM n")
    refused(path, "holds a view “projects”")
    copied = salvage(path, clean_copy_name(path))
    assert [said for said in copied.lost if "Project" in said]
    with Project.open(copied.target, "Ana") as project:
        assert project.read.project_info().title == "case"


def test_other_words_that_make_the_same_table_are_no_oddity(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    schema_rewritten(path, "projects", "columns JSON DEFAULT '{}' NOT NULL", "\"columns\" JSON  NOT NULL DEFAULT '{}'")
    schema_rewritten(path, "ix_files_sha256", "CREATE INDEX ix_files_sha256", 'create index "ix_files_sha256"')
    schema_rewritten(path, "exports", "FOREIGN KEY(analyst_id)", "FOREIGN KEY (analyst_id)")
    Project.open(path, "Ana").close()


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE spans SET start = 'x' WHERE id = 1", "spans"),
        ("UPDATE annotations SET number = 1.5 WHERE id = 1", "annotations"),
        ("UPDATE annotations SET kind = 'rumour' WHERE id = 1", "annotations"),
        ("UPDATE articles SET title = zeroblob(50000000) WHERE id = 1", "articles"),
        ("UPDATE analysts SET uid = 'Ana'", "analysts"),
        ("UPDATE sources SET uid = zeroblob(10000000) WHERE id = 1", "sources"),
        ("UPDATE text_bodies SET body = x'ff'", "text_bodies"),
        ("UPDATE changes SET row_id = 'x' WHERE id = 1", "changes"),
    ],
)
def test_values_of_another_kind_are_strange_and_still_looked_at_by_the_check(
    tmp_path: Path, statement: str, table: str
) -> None:
    path = whole_project(tmp_path)
    altered(path, statement)
    before = path.read_bytes()
    with pytest.raises(StrangeProject, match=f"holds values in “{table}” of another kind than stands there"):
        Project.open(path)
    assert path.read_bytes() == before
    with reading(path):
        pass


def test_a_schema_of_twenty_thousand_views_is_given_up(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
            "INSERT INTO sqlite_master SELECT 'view', 'v' || i, 'v' || i, 0, 'CREATE VIEW v' || i || ' AS SELECT 1' "
            "FROM n"
        )
    refused(path, "holds far too many tables")


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_each_version_is_known_as_it_was_made_and_as_it_was_migrated(version: int) -> None:
    for made_in in range(1, version + 1):
        with closing(sqlite3.connect(":memory:")) as raw:
            for _, _, _, sql in sorted(known_entries(made_in, version), key=lambda entry: entry[0] != "table"):
                if sql and "sqlite_sequence" not in sql:
                    raw.execute(sql)
            assert oddity_of_schema(raw, version) == ""


def test_an_endless_table_is_given_up_and_what_can_be_had_without_it_is_copied(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        tags = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'tags'").fetchone()[0]
    altered(path, "CREATE TABLE recipes (name TEXT)")
    data = bytearray(path.read_bytes())
    page = bytearray(4096)  # an inner page whose children are all itself
    page[0:12] = (
        bytes([5, 0, 0]) + (600).to_bytes(2, "big") + (1800).to_bytes(2, "big") + b"\0" + tags.to_bytes(4, "big")
    )
    for cell in range(600):
        page[12 + 2 * cell : 14 + 2 * cell] = (1800 + 3 * (cell % 700)).to_bytes(2, "big")
    data[(tags - 1) * 4096 : tags * 4096] = page
    path.write_bytes(bytes(data))
    with pytest.raises(ProjectError):
        Project.open(path)
    copied = salvage(path, clean_copy_name(path))
    assert copied.problems == ()
    with Project.open(copied.target, "Ana") as project:
        assert len(project.read.tags()) == 5
