"""A damaged project: what only the check can notice is found, and what can be saved is saved beside it and told."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from annotate.cli import main
from annotate.errors import ProjectError, ProjectInUse
from annotate.history import undo
from annotate.integrity import check_project
from annotate.project import Project, reading
from annotate.salvage import clean_copy_name, report_of, salvage, saved_name
from tests.annotate.drafts import files_beside
from tests.safety.salvaging import PAGE, page_of, rows_of, saved
from tests.safety.whole_project import altered, whole_bytes, whole_project

CLAIM = "(SELECT id FROM annotations WHERE words LIKE '“Nobody told us,”%')"
FIGURE = "(SELECT id FROM annotations WHERE words LIKE 'dozens of houses%')"
FLOOD_TEXT = "(SELECT sha256 FROM texts JOIN articles ON articles.id = article_id WHERE title LIKE 'Flood 🌊%')"
BY_ROWS = {
    "a flipped letter in a text": [
        f"UPDATE text_bodies SET body = replace(body, 'Alt-Moor', 'Alt-Moar') WHERE sha256 = {FLOOD_TEXT}"
    ],
    "a flipped letter in the words of a mark": [
        f"UPDATE text_bodies SET body = replace(body, 'Nobody', 'Nobpdy') WHERE sha256 = {FLOOD_TEXT}"
    ],
    "a flipped byte in a file": ["UPDATE file_contents SET data = data || x'00' WHERE rowid = 2"],
    "a flipped letter in a quote": [f"UPDATE spans SET exact = 'dozens of hoises' WHERE annotation_id = {FIGURE}"],
    "a flipped letter in an annotation": [f"UPDATE annotations SET words = 'x' || words WHERE id = {FIGURE}"],
    "a span that was moved": [f'UPDATE spans SET start = start + 3, "end" = "end" + 3 WHERE annotation_id = {FIGURE}'],
    "a span far outside": [f'UPDATE spans SET start = 90000, "end" = 90005 WHERE annotation_id = {FIGURE}'],
    "a record that is missing": [f"DELETE FROM claims WHERE id = {CLAIM}"],
    "a wrong hash of a text": [f"UPDATE texts SET sha256 = {FLOOD_TEXT} WHERE id = 1"],
    "a hash that leads nowhere": [f"UPDATE texts SET sha256 = '{'0' * 64}' WHERE id = 1"],
    "a text without a body": [f"DELETE FROM text_bodies WHERE sha256 = {FLOOD_TEXT}"],
    "a file without its bytes": ["DELETE FROM file_contents WHERE rowid = 1"],
    "spans without their annotation": [f"DELETE FROM annotations WHERE id = {FIGURE}"],
    "marks without their article": ["DELETE FROM articles WHERE title LIKE 'Flood 🌊%'"],
    "marks without their text": [f"DELETE FROM texts WHERE sha256 = {FLOOD_TEXT}"],
    "attributions without their source": ["DELETE FROM sources"],
    "steps without their analyst": ["DELETE FROM analysts"],
    "changes without their step": ["DELETE FROM steps WHERE id = 5"],
    "a tag that is gone": ["DELETE FROM tags"],
    "no project": ["DELETE FROM projects"],
    "history that is no JSON": ["UPDATE changes SET after = '{' WHERE id = 3"],
    "history of a table that is none": ["UPDATE changes SET table_name = 'recipes' WHERE id = 3"],
    "history of a column that is none": ["UPDATE changes SET after = '{\"recipe\": 1}' WHERE id = 3"],
    "history with a value that is none": ["UPDATE changes SET after = json_set(after, '$.uid', 'x') WHERE id = 3"],
    "a counter below what was given out": ["UPDATE counters SET last = 1 WHERE name = 'claim'"],
    "no counters": ["DELETE FROM counters"],
    "ids that would be given out again": ["UPDATE sqlite_sequence SET seq = 1 WHERE name = 'annotations'"],
    "two rows with one uid": ["UPDATE annotations SET uid = (SELECT uid FROM annotations WHERE id = 1) WHERE id < 4"],
    "a step of two analysts' uid": ["UPDATE steps SET uid = (SELECT uid FROM steps WHERE id = 1)"],
    "an entry of a closed list that is none": ["UPDATE articles SET status = 'read' WHERE id = 1"],
    "a moment that is none": ["UPDATE annotations SET created_at = 'soon' WHERE id = 2"],
    "a uid that is too short": ["UPDATE annotations SET uid = x'00' WHERE id = 3"],
    "pages that are no JSON": ["UPDATE texts SET pages = '[1,' WHERE id = 1"],
    "a part outside its text": ['UPDATE parts SET "end" = 999999 WHERE id = 2'],
    "a wrong length": ["UPDATE texts SET length = length + 1"],
    "a text in a column of numbers": ["UPDATE spans SET start = 'x' WHERE id = 1"],
    "bytes in a column of words": ["UPDATE annotations SET note = x'666c6f6f64ff' WHERE id = 1"],
    "a sentence that is a number": ["UPDATE annotations SET number = 'x' WHERE id = 2"],
}  # fmt: skip


def test_a_whole_project_is_saved_row_for_row(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    before = rows_of(path)
    salvaged = salvage(path, saved_name(path))
    assert salvaged.is_whole
    assert salvaged.target.name == "case (saved).pnote"
    assert rows_of(salvaged.target) == before
    with Project.open(salvaged.target, "Ana") as project:
        assert undo(project) is not None


@pytest.mark.parametrize("kind", BY_ROWS)
def test_the_check_finds_each_damage_and_what_is_saved_is_whole(tmp_path: Path, kind: str) -> None:
    path = whole_project(tmp_path)
    altered(path, *BY_ROWS[kind])
    with reading(path) as reader:
        assert check_project(reader), "the check says that it is whole"
    salvaged = saved(path)
    assert dict(salvaged.saved)["articles"] >= 6
    assert dict(salvaged.saved)["marks"] >= 15


def test_a_text_is_put_right_by_its_marks_and_proved_by_its_hash(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    altered(path, *BY_ROWS["a flipped letter in the words of a mark"])
    altered(path, "UPDATE articles SET file_id = NULL", "UPDATE texts SET file_id = NULL")
    salvaged = saved(path)
    assert any("is whole again by the words of its marks" in sentence for sentence in salvaged.changed)
    assert not salvaged.lost
    with reading(salvaged.target) as reader:
        [claim] = [one for one in reader.annotations() if one.words.startswith("“Nobody told us,”")]
        assert "“Nobody told us,” said" in reader.body(claim.text_id)


@pytest.mark.parametrize(
    "damage", ["UPDATE text_bodies SET body = replace(body, ' the ', ' thé ')", "DELETE FROM text_bodies"]
)
def test_a_text_is_read_again_out_of_its_file_and_proved_by_its_hash(tmp_path: Path, damage: str) -> None:
    path = whole_project(tmp_path)
    before = rows_of(path)
    altered(path, damage)
    salvaged = saved(path)
    assert salvaged.lost == ()
    assert len(salvaged.changed) >= 4
    assert all("is whole again by" in said and "(SHA-256 proves it)" in said for said in salvaged.changed)
    after = rows_of(salvaged.target)
    assert (after["text_bodies"], after["spans"]) == (before["text_bodies"], before["spans"])


def test_a_file_that_held_nothing_but_its_text_is_whole_again_by_it(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    before = rows_of(path)
    is_text = "sha256 IN (SELECT sha256 FROM text_bodies)"
    altered(path, f"DELETE FROM file_contents WHERE {is_text} AND rowid % 2")
    altered(path, f"UPDATE file_contents SET data = data || x'00' WHERE {is_text}")
    salvaged = saved(path)
    assert salvaged.lost == ()
    assert rows_of(salvaged.target)["file_contents"] == before["file_contents"]


def test_what_the_history_knows_is_brought_back(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    before = rows_of(path)
    altered(
        path, "DELETE FROM claims", "DELETE FROM sources", "DELETE FROM tags", "UPDATE annotations SET note = x'ff'"
    )
    salvaged = saved(path)
    assert not salvaged.lost
    after = rows_of(salvaged.target)
    for name in ("claims", "sources", "tags", "annotations"):
        assert after[name] == before[name]


def test_without_history_the_words_of_analysts_are_kept_by_stand_ins(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    altered(
        path,
        "DELETE FROM changes",
        "DELETE FROM articles",
        "DELETE FROM sources",
        "DELETE FROM annotations WHERE kind = 'claim'",
        "UPDATE claims SET plain_words = 'The wall gave way 🌊' WHERE id = (SELECT min(id) FROM claims)",
        "DELETE FROM spans WHERE annotation_id = (SELECT min(id) FROM claims)",
    )
    salvaged = saved(path)
    with reading(salvaged.target) as reader:
        assert "The wall gave way 🌊" in [one.words for one in reader.annotations()]
        assert {one.name for one in reader.sources()} != set()
        assert all("its entry was lost" in one.title or "without its article" in one.title for one in reader.articles())
    assert "Its name and grade are lost" in report_of(salvaged, datetime.now())


def test_a_text_that_is_lost_shows_the_words_of_its_marks_where_they_stood(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    altered(path, *BY_ROWS["a text without a body"], "DELETE FROM file_contents")
    salvaged = saved(path)
    with reading(salvaged.target) as reader:
        [article] = [one for one in reader.articles() if one.title.startswith("Flood 🌊")]
        body = reader.body(article.text_id)
        assert "░░ “Nobody told us,” said" in body.replace("e said. “", "░░ “")
        assert body.count("░") > 20
        assert "is lost but for the words of its marks" in article.note
        assert len(reader.annotations([one.id for one in reader.annotations() if one.article_id == article.id])) == 3


def test_the_report_says_once_what_is_the_same_of_several_records(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    altered(path, "DELETE FROM figures", "DELETE FROM changes", "DELETE FROM file_contents WHERE rowid = 1")
    words = report_of(saved(path), datetime.now())
    assert "  F-0001, F-0002, F-0003, F-0004, F-0005: What was filled in for it is lost; its words are kept.\n" in words
    assert words.startswith("6 articles and 16 marks of case.pnote were saved into case (saved).pnote (6 lost, ")


def test_no_number_is_given_out_twice_after_salvage(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    altered(path, "DELETE FROM counters", "DELETE FROM sqlite_sequence")
    salvaged = saved(path)
    with closing(sqlite3.connect(path)) as raw:
        [(highest,)] = raw.execute(
            "SELECT max(json_extract(after, '$.number')) FROM changes "
            "WHERE table_name = 'annotations' AND json_extract(after, '$.kind') = 'claim'"
        )
    with closing(sqlite3.connect(salvaged.target)) as raw:
        [(last,)] = raw.execute("SELECT last FROM counters WHERE name = 'claim'")
    assert last == highest


@pytest.mark.parametrize("damage", ["none", "a page", "half"])
def test_a_project_of_an_older_version_is_saved_as_one_of_the_newest(tmp_path: Path, damage: str) -> None:
    for stored in sorted((Path(__file__).parents[1] / "annotate" / "schemas").glob("*.gz")):
        path = tmp_path / f"{stored.name}.pnote"
        data = bytearray(gzip.decompress(stored.read_bytes()))
        path.write_bytes(data)
        if damage == "a page":
            page = page_of(path, "claims")
            data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
        path.write_bytes(data[: len(data) // 2] if damage == "half" else data)
        salvaged = saved(path)
        assert salvaged.is_whole == (damage == "none")
        with reading(salvaged.target) as reader:
            assert len(reader.articles()) >= 1
            if damage != "half":
                claim = reader.annotations()[0]
                assert (claim.words, claim.note) == ("At least 900 people left their homes", "see 🌊")
                assert reader.checks()[0].looked_at == "خريطة"


def test_nothing_is_made_of_what_is_no_project_or_in_place_of_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "case.pnote"
    for content, said in ((b"", "is empty"), (b"words", "Nothing of"), (bytes(50_000), "Nothing of")):
        path.write_bytes(content)
        with pytest.raises(ProjectError, match=said):
            salvage(path, tmp_path / "new.pnote")
        assert files_beside(path) == ["case.pnote"]
    whole_project(tmp_path)
    (tmp_path / "there.pnote").write_bytes(b"somebody's")
    with pytest.raises(ProjectError, match="there already"):
        salvage(path, tmp_path / "there.pnote")
    assert (tmp_path / "there.pnote").read_bytes() == b"somebody's"
    with Project.open(path, "Ana"), pytest.raises(ProjectInUse):
        salvage(path, tmp_path / "new.pnote")


def test_saved_and_clean_copies_lie_beside_and_never_take_a_name_that_is_there(tmp_path: Path) -> None:
    path = whole_project(tmp_path, "my.pnote")
    assert clean_copy_name(path).name == "my (clean copy).pnote"
    clean_copy_name(path).touch()
    assert clean_copy_name(path).name == "my (clean copy 2).pnote"
    assert saved_name(path).name == "my (saved).pnote"


def test_the_command_saves_names_what_is_lost_and_says_which_command_helps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = whole_project(tmp_path)
    altered(path, "DELETE FROM file_contents WHERE rowid = 1")
    new = tmp_path / "new.pnote"
    assert main(["salvage", str(path), str(new)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("lost     File “")
    assert said[-2:] == [
        "6 articles and 16 marks of case.pnote were saved into new.pnote (1 lost, 0 not as before).",
        "All of this stands in new report.txt beside it.",
    ]
    assert main(["salvage", str(path), str(new)]) == 1
    assert "new.pnote is there already" in capsys.readouterr().err
    path.write_bytes(whole_bytes()[:100_000])
    assert main(["check", str(path)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("run check: case.pnote is damaged")
    assert told.endswith(f"The command: run salvage {path} NEW.pnote\n")
    path.write_bytes(whole_bytes())
    assert main(["salvage", str(path), str(tmp_path / "all.pnote")]) == 0
    assert "Everything in case.pnote was taken over into all.pnote: 6 articles and 16 marks." in capsys.readouterr().out
