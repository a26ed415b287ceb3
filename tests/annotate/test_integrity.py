"""A project is damaged on purpose, one thing at a time, and each damage is told of by name."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotate.commands import add_span, add_tag, mark, toggle_tag
from annotate.errors import ProjectDamaged
from annotate.history import undo
from annotate.integrity import Problem, check_project
from annotate.project import Project, reading
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD, span_of, take_in

TITLE = "Flood 🌊 in the upper valley"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with an article, a claim of two spans (C-0001), a figure in Arabic's company and a source; closed."""
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana") as project:
        article = take_in(project)
        claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "“Nobody told us,”")])
        add_span(project, claim, span_of(project, article, "“that the dam was weak.”"))
        mark(project, article.id, Kind.FIGURE, [span_of(project, article, "dozens of houses 🏚️")])
        mark(project, article.id, Kind.SOURCE, [span_of(project, article, "قال الدفاع المدني")])
        toggle_tag(project, [claim], add_tag(project, "Flucht"))
        mark(project, article.id, Kind.CLAIM, [span_of(project, article, "Zoe\u0301 Nu\u0308rsen")])
        undo(project)
    return path


def damaged(path: Path, *statements: str) -> list[Problem]:
    """What the check says after raw SQL, past all rules."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            assert raw.execute(statement).rowcount != 0, f"{statement} damaged nothing"
    return checked(path)


def checked(path: Path) -> list[Problem]:
    with reading(path) as reader:
        return check_project(reader)


def test_a_project_with_marks_of_every_kind_is_whole(path: Path) -> None:
    assert checked(path) == []


def test_an_empty_project_is_whole(project: Project) -> None:
    assert check_project(project.read) == []


def test_checking_an_open_project_reads_and_writes_nothing(project: Project) -> None:
    take_in(project)
    step = project.last_step_id
    assert check_project(project.read) == []
    assert project.last_step_id == step


@pytest.mark.parametrize(
    ("statement", "about", "said"),
    [
        (
            "UPDATE file_contents SET data = data || x'00'",
            "flood.txt",
            "The bytes of flood.txt are not those that were imported",
        ),
        (
            "UPDATE text_bodies SET body = replace(body, 'Alt-Moor', 'Alt-Moar')",
            TITLE,
            f"The text of “{TITLE}” is not the one that was imported",
        ),
        (
            "UPDATE text_bodies SET body = replace(body, char(8232), char(13) || char(10))",
            TITLE,
            "holds characters that no text may hold",
        ),
        ("UPDATE texts SET length = length + 1", TITLE, f"has {len(FLOOD)} characters, not {len(FLOOD) + 1}"),
        ('UPDATE parts SET "end" = 999999 WHERE id = 2', TITLE, "–999999) lies outside its text"),
        ('UPDATE parts SET start = "end" + 1 WHERE id = 1', TITLE, "lies outside its text"),
        (
            'UPDATE spans SET start = start + 1, "end" = "end" + 1 WHERE annotation_id = 2',
            "F-0001",
            f"F-0001 in “{TITLE}” quotes “dozens of houses 🏚️”, but “ozens of houses 🏚️ ” stands there",
        ),
        ("UPDATE spans SET exact = 'none' WHERE annotation_id = 3", "S-0001", "quotes “none”, but “قال الدفاع المدني”"),
        ("UPDATE spans SET exact = x'FF' WHERE annotation_id = 3", "S-0001", "but “قال الدفاع المدني” stands there"),
        ("UPDATE spans SET before = 'x' WHERE annotation_id = 2", "F-0001", "The words kept around F-0001"),
        ("UPDATE spans SET after = '' WHERE annotation_id = 1", "C-0001", "The words kept around C-0001"),
        (
            'UPDATE spans SET "end" = 99999 WHERE annotation_id = 2',
            "F-0001",
            "F-0001 in “Flood 🌊 in the upper valley” lies",
        ),
        ("UPDATE spans SET start = -1 WHERE annotation_id = 2", "F-0001", "lies outside its text (-1–"),
        ("UPDATE annotations SET words = 'other' WHERE id = 1", "C-0001", "The words of C-0001 are not those of its"),
        ("DELETE FROM claims WHERE id = 1", "C-0001", "C-0001 has no record of its kind"),
        (
            "UPDATE annotations SET kind = 'figure', number = 9 WHERE id = 1",
            "F-0009",
            "F-0009 has no record of its kind",
        ),
        ("DELETE FROM texts", TITLE, f"“{TITLE}” has no text"),
        ("DELETE FROM sources WHERE id > 0", "mentions", "points to a row of sources that is not there"),
        ("DELETE FROM projects", "projects", "does not say once, and only once, what it is"),
        ("UPDATE articles SET status = 'read'", "articles", "Row 1 of articles holds something that cannot be read"),
        ("UPDATE annotations SET created_at = 'soon' WHERE id = 2", "annotations", "Row 2 of annotations holds"),
        ("UPDATE annotations SET uid = x'00' WHERE id = 3", "annotations", "Row 3 of annotations holds"),
        ("UPDATE texts SET pages = '[1,'", "texts", "Row 1 of texts holds something that cannot be read"),
        ("UPDATE changes SET after = '{' WHERE id = 1", "changes", "The history of “Import flood.txt” cannot be read"),
    ],
)
def test_each_damage_is_told_of_by_name(path: Path, statement: str, about: str, said: str) -> None:
    if "FROM sources" in statement:
        prepared = "INSERT INTO sources (id, uid, revision, number, name, aliases, type, affiliation, controlled_by, "
        prepared += "handling, reliability_basis, note) VALUES (5, randomblob(16), 1, 5, 'x', '[]', 'company', '', '', "
        prepared += "'open', '', '')"
        found = damaged(path, prepared, "UPDATE mentions SET source_id = 5", statement)
    else:
        found = damaged(path, statement)
    assert any(problem.about == about and said in problem.sentence for problem in found), found


def test_a_span_in_a_text_that_is_not_its_own_is_told_of(path: Path) -> None:
    found = damaged(
        path,
        "INSERT INTO texts (id, uid, revision, article_id, number, sha256, length, words, importer, importer_version, "
        "pages) SELECT 7, randomblob(16), 1, article_id, 2, sha256, length, words, importer, importer_version, pages "
        "FROM texts",
        "UPDATE spans SET text_id = 7 WHERE annotation_id = 2",
    )
    assert [problem.about for problem in found] == ["F-0001"]
    assert "a text that is not its own" in found[0].sentence


def test_every_problem_says_what_to_do_and_is_one_sentence_or_two_on_one_line(path: Path) -> None:
    found = damaged(path, "UPDATE text_bodies SET body = 'other'", "DELETE FROM figures")
    assert len(found) > 5
    for problem in found:
        assert problem.sentence.endswith((".", "?"))
        assert any(verb in problem.sentence for verb in ("Go back", "Open the article", "Move one", "Remove"))


def test_an_orphan_with_words_is_whole_and_counted_apart(path: Path) -> None:
    assert damaged(path, "DELETE FROM spans WHERE annotation_id = 2") == []
    with reading(path) as reader:
        assert reader.orphan_count() == 1


def test_an_orphan_without_words_is_told_of(path: Path) -> None:
    [problem] = damaged(
        path, "DELETE FROM spans WHERE annotation_id = 2", "UPDATE annotations SET words = '' WHERE id = 2"
    )
    assert problem.sentence.startswith("F-0001 has neither a place in its text nor words")


def test_bytes_that_only_an_undone_import_needs_are_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    with Project.create(path, "Ana") as project:
        take_in(project)
        undo(project)
    assert checked(path) == []
    [problem] = damaged(path, "UPDATE file_contents SET data = x'00'")
    assert "a file whose import was undone" in problem.sentence


def test_a_flipped_letter_in_the_file_itself_is_found(path: Path) -> None:
    data = path.read_bytes()
    place = data.index(b"The road to Alt-Moor was closed")
    path.write_bytes(data[:place] + b"X" + data[place + 1 :])
    assert checked(path)


def test_a_broken_page_is_told_of_and_ends_the_look(path: Path) -> None:
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as raw:
        page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'spans'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(bytes(data))
    found = checked(path)
    assert found
    assert found[0].about == "file"
    assert "The project file is damaged" in found[0].sentence


NEEDED = {
    "the words of an article": ("text_bodies", lambda read: read.body(1)),
    "a file as it was imported": ("file_contents", lambda read: read.file_bytes(1)),
    "the record of a mark": ("claims", lambda read: read.annotation(1)),
    "what the project is": ("projects", lambda read: read.project_info()),
}


@pytest.mark.parametrize("missing", NEEDED)
def test_what_is_missing_where_it_is_needed_is_a_sentence(path: Path, missing: str) -> None:
    table, need = NEEDED[missing]
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute(f"DELETE FROM {table}")
    with (
        reading(path) as read,
        pytest.raises(ProjectDamaged, match=rf"damaged \(missing from it: {missing}\)\. Go back"),
    ):
        need(read)


@pytest.mark.parametrize(
    ("statement", "table", "row_id"),
    [
        ("UPDATE annotation_tags SET id = id - 1000", "annotation_tags", -999),
        ("UPDATE figures SET value = 9e999", "figures", 2),
        ("UPDATE tags SET name = name || char(0)", "tags", 1),
    ],
)
def test_a_value_that_the_history_could_not_hold_is_told_before_work_with_its_row_goes_into_it(
    path: Path, statement: str, table: str, row_id: int
) -> None:
    told = damaged(path, statement)
    sentence = f"Row {row_id} of {table} holds something that cannot be read."
    assert [problem.sentence[: len(sentence)] for problem in told if problem.about == table] == [sentence]
