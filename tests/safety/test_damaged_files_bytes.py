"""A project whose bytes are damaged: told at once, saved as far as it can be, and kept as it is."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.commands import edit_annotation
from annotate.errors import ProjectDamaged
from annotate.project import Project, reading
from annotate.salvage import salvage, write_report
from annotate.store.archive import TABLES
from annotate.store.faults import telling_damage
from annotate.store.schema import annotations
from tests.safety.salvaging import PAGE, page_of, rows_of, saved
from tests.safety.whole_project import altered, whole_bytes, whole_project


@pytest.mark.parametrize("table", [*TABLES, "spans_of_text", "sqlite_autoindex_annotations_1", "sqlite_schema"])
def test_a_scrambled_page_is_told_at_once_and_all_else_is_saved(tmp_path: Path, table: str) -> None:
    path = whole_project(tmp_path)
    page = 1 if table == "sqlite_schema" else page_of(path, table)
    data = bytearray(path.read_bytes())
    start = (page - 1) * PAGE + (100 if page == 1 else 0)
    data[start : page * PAGE] = random.Random(page).randbytes(page * PAGE - start)
    path.write_bytes(bytes(data))
    for look in (Project.open, Project.view):
        with pytest.raises(
            ProjectDamaged, match=r"^case\.pnote is damaged \(.*\), so it was left as it is\. Go back to"
        ):
            look(path)
    salvaged = saved(path)
    assert dict(salvaged.saved)["articles"] >= 6
    assert dict(salvaged.saved)["marks"] >= 15
    assert path.read_bytes() == bytes(data)


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_told_at_once_and_what_is_left_is_saved(tmp_path: Path, part: float) -> None:
    path = whole_project(tmp_path)
    path.write_bytes(whole_bytes()[: int(len(whole_bytes()) * part)])
    for look in (Project.open, lambda path: reading(path).__enter__()):
        with pytest.raises(ProjectDamaged, match=r"^case\.pnote is damaged"):
            look(path)
    salvaged = saved(path)
    assert not salvaged.is_whole
    assert write_report(salvaged).read_text(encoding="utf-8").count("\n") > 5


def test_places_of_marks_are_read_out_of_an_index_where_their_table_and_history_are_lost(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    altered(path, "DELETE FROM changes", "VACUUM")
    before = [row[3:9] for row in rows_of(path)["spans"]]
    page = page_of(path, "spans")
    data = bytearray(path.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    path.write_bytes(bytes(data))
    after = [row[3:9] for row in rows_of(saved(path).target)["spans"]]
    assert len(before) > 15
    assert sorted(after) == sorted(before)


def test_a_first_page_of_zeros_leaves_all_rows_to_be_found(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    before = rows_of(path)
    path.write_bytes(bytes(PAGE) + whole_bytes()[PAGE:])
    after = rows_of(saved(path).target)
    for name in ("annotations", "claims", "spans", "articles", "text_bodies", "checks", "changes"):
        assert after[name] == before[name]


def test_what_lies_in_the_log_alone_is_saved_too(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("UPDATE annotations SET note = 'in the log 🌊'")
    kept = path.read_bytes(), path.with_name("case.pnote-wal").read_bytes()
    page = page_of(path, "suggestions")
    raw.close()
    path.write_bytes(kept[0][: (page - 1) * PAGE] + b"\xff" * PAGE + kept[0][page * PAGE :])
    path.with_name("case.pnote-wal").write_bytes(kept[1])
    with reading(saved(path).target) as reader:
        assert {one.note for one in reader.annotations()} == {"in the log 🌊"}


def test_a_change_that_was_cut_off_is_taken_back_by_the_journal_beside_it(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    altered(path)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("BEGIN")
    raw.execute("UPDATE annotations SET note = note || 'half done'")
    raw.execute("UPDATE changes SET after = after || 'half done' WHERE after IS NOT NULL")
    kept = path.read_bytes(), path.with_name("case.pnote-journal").read_bytes()
    raw.execute("ROLLBACK")
    page = page_of(path, "suggestions")
    raw.close()
    path.write_bytes(kept[0][: (page - 1) * PAGE] + b"\xff" * PAGE + kept[0][page * PAGE :])
    path.with_name("case.pnote-journal").write_bytes(kept[1])
    with reading(saved(path).target) as reader:
        assert not any("half done" in one.note for one in reader.annotations())


def test_a_version_that_nobody_will_ever_make_is_damage_and_all_is_saved(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    data = bytearray(path.read_bytes())
    data[60] ^= 2  # the highest byte of the version
    path.write_bytes(data)
    with pytest.raises(ProjectDamaged, match="its header speaks of version 33,554,43"):
        Project.open(path, "Ana")
    salvaged = salvage(path, tmp_path / "saved.pnote")
    assert salvaged.problems == ()
    with reading(salvaged.target) as reader:
        assert reader.totals()["articles"] == 6
    assert path.read_bytes() == data


def test_damage_that_shows_while_somebody_works_is_told_and_nothing_is_half_saved(tmp_path: Path) -> None:
    path = whole_project(tmp_path)
    with Project.open(path, "Ana") as project:
        [first, *_] = project.read.annotations()
        page = page_of(path, "annotations")
        with path.open("r+b") as file:
            file.seek((page - 1) * PAGE)
            file.write(b"\xff" * PAGE)
        project._connection.exec_driver_sql("PRAGMA shrink_memory")
        said = r"^case\.pnote is damaged \(.*\), so that was not done\. Close it"
        with pytest.raises(ProjectDamaged, match=said), telling_damage(path.name):
            edit_annotation(project, first.id, note="new")
        with pytest.raises(ProjectDamaged, match=said), project.change("Note") as transaction:
            transaction.update(annotations, first.id, note="new")
    assert saved(path).lost == ()


# -- whatever bytes are flipped --------------------------------------------------------------------------------------


TRY = """
import sys
from pathlib import Path
from annotate.errors import AnnotateError, NewerProject
from annotate.integrity import check_project
from annotate.project import Project, reading
from annotate.salvage import salvage

path = Path(sys.argv[1])
for number in sys.argv[2:]:
    file = path / f"{number}.pnote"
    before = file.read_bytes()
    try:
        with reading(file) as reader:
            check_project(reader)
    except AnnotateError as error:
        assert str(error) and "\\n" not in str(error), error
    assert file.read_bytes() == before, "looking changed it"
    try:
        salvaged = salvage(file, path / f"{number} saved.pnote")
        assert salvaged.problems == (), salvaged.problems
        Project.open(salvaged.target, "Ben").close()
    except AnnotateError as error:
        assert "Nothing of" in str(error) or isinstance(error, NewerProject), error
    assert file.read_bytes() == before, "salvage changed it"
    try:
        Project.open(file, "Ben").close()
    except AnnotateError as error:
        assert str(error) and "\\n" not in str(error), error
        assert file.read_bytes() == before, "refusing changed it"
print("done")
"""


def flipped(seed: int) -> bytes:
    """A whole project with some bits, bytes or stretches of bytes changed."""
    chance = random.Random(seed)
    data = bytearray(whole_bytes())
    for _ in range(chance.choice((1, 1, 3, 30))):
        place = chance.randrange(16, len(data)) if chance.random() < 0.9 else chance.randrange(100)
        match chance.randrange(4):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                data[place] = chance.randrange(256)
            case 2:
                data[place : place + 64] = chance.randbytes(len(data[place : place + 64]))
            case _:
                page = place // PAGE * PAGE
                data[page + 8 : page + 40] = chance.randbytes(32)  # where a page says what is on it
    return bytes(data)


def tried(folder: Path, seeds: range) -> None:
    for seed in seeds:
        (folder / f"{seed}.pnote").write_bytes(flipped(seed))
    done = subprocess.run(
        [sys.executable, "-c", TRY, str(folder), *map(str, seeds)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=20 * len(seeds), check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "done", done.stderr[-3000:]


def test_flipped_bytes_end_in_a_sentence_or_a_whole_project(tmp_path: Path) -> None:
    tried(tmp_path, range(30))


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 3000, 100))
def test_thousands_of_flipped_files_end_in_a_sentence_or_a_whole_project(tmp_path: Path, first: int) -> None:
    tried(tmp_path, range(first, first + 100))
