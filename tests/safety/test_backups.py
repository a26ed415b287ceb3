"""A backup is made whole and looked through, or not at all, and leaves everything else alone."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotate import commands as do
from annotate.backups import Occasion, backups_folder, backups_of, make_backup, restore
from annotate.errors import BackupFailed
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.store import backup as copying
from annotate.store.backup import BackupStopped
from annotate.store.opening import reader_of
from annotate.unfinished import name_beside
from annotate.vocabulary import Kind
from tests.annotate.drafts import span_of, tables_of
from tests.safety.backup_files import NOON, in_folder, scramble


def test_a_backup_holds_what_was_done_last_although_it_is_in_the_log_only(project: Project, article: Article) -> None:
    made = make_backup(project.path).backup
    with Project.open(shutil.copy(made.path, project.path.with_name("other.pnote"))) as copy:
        assert tables_of(copy) == tables_of(project)
        assert check_project(copy.read) == []


def test_a_backup_is_a_single_file_named_by_time_in_utc_and_occasion(project: Project, article: Article) -> None:
    made = make_backup(project.path, Occasion.WORKING, now=NOON)
    assert in_folder(project.path) == ["Überblick 🌊 2026-11-27 12.00.00Z while working.pnote"]
    assert backups_folder(project.path).name == "Überblick 🌊 backups"
    assert backups_of(project.path) == [made.backup]
    assert (made.backup.made_at, made.backup.occasion) == (NOON, Occasion.WORKING)
    assert made.backup.size == made.backup.path.stat().st_size
    assert made.backup.path.read_bytes()[18:20] == b"\x01\x01"  # no log belongs to it


def test_backups_within_a_second_are_told_apart(project: Project) -> None:
    made = [make_backup(project.path, now=NOON).backup for _ in range(3)]
    assert backups_of(project.path) == made[::-1]
    assert len({backup.made_at for backup in made}) == 3


def test_work_goes_on_while_a_backup_is_made_and_is_not_in_it(
    project: Project, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "PAGES_AT_ONCE", 1)
    before = tables_of(project)
    done: list[int] = []

    def watch(step: int, total: int) -> bool:
        if step * 2 < total and len(done) < 20:
            done.append(do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "900 people")]))
        return True

    made = make_backup(project.path, progress=watch).backup
    assert len(done) == 20
    with Project.open(shutil.copy(made.path, project.path.with_name("other.pnote"))) as copy:
        assert tables_of(copy) == before


def test_a_backup_of_a_project_without_a_log_is_of_one_state(project: Project, article: Article) -> None:
    project.close()
    with sqlite3.connect(project.path) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    changed = []

    def watch(step: int, total: int) -> bool:
        if not changed and step * 2 < total:
            changed.append(step)
            with sqlite3.connect(project.path) as other:
                other.execute("INSERT INTO counters (name, last) VALUES ('other', 1)")
            other.close()
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "PAGES_AT_ONCE", 1)
        made = make_backup(project.path, progress=watch).backup
    assert changed
    with closing(reader_of(made.path)) as copy:
        assert copy.execute("SELECT last FROM counters WHERE name = 'other'").fetchall() == [(1,)]


@pytest.mark.parametrize("at", [0.0, 0.3, 0.5])
def test_a_backup_that_is_stopped_leaves_nothing(project: Project, article: Article, at: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "PAGES_AT_ONCE", 1)
        with pytest.raises(BackupStopped):
            make_backup(project.path, progress=lambda done, total: done / total < at)
    assert not backups_folder(project.path).exists()
    make_backup(project.path)


def test_without_room_on_the_disk_no_backup_is_begun(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))  # type: ignore[attr-defined]
    with pytest.raises(BackupFailed, match=r"not enough room in .* for a backup of Überblick 🌊\.pnote"):
        make_backup(project.path)
    assert not backups_folder(project.path).exists()


def test_a_disk_that_fills_up_meanwhile_leaves_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_backup(project.path).backup

    def full(*_anything: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "put_in_place", full)
    with pytest.raises(BackupFailed, match="No space left on device"):
        make_backup(project.path)
    assert in_folder(project.path) == [first.path.name]


def test_where_the_folder_cannot_be_made_it_is_told(project: Project) -> None:
    backups_folder(project.path).write_text("a file that is in the way")
    with pytest.raises(BackupFailed, match="cannot be made"):
        make_backup(project.path)
    assert backups_of(project.path) == []


def test_what_a_killed_program_left_goes_with_the_next_backup(project: Project) -> None:
    backups_folder(project.path).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.getpid", lambda: 2**22 + 1)  # more than any system gives
        left = name_beside(backups_folder(project.path) / "x.pnote")
    for name in (left.name, f"{left.name}-journal"):
        left.with_name(name).write_bytes(b"half")
    made = make_backup(project.path).backup
    assert in_folder(project.path) == [made.path.name]


def test_of_a_damaged_project_no_backup_is_made(project: Project, article: Article) -> None:
    good = make_backup(project.path).backup
    project.close()
    scramble(project.path)
    before = project.path.read_bytes()
    with pytest.raises(BackupFailed, match="is damaged"):
        make_backup(project.path)
    assert in_folder(project.path) == [good.path.name]
    assert project.path.read_bytes() == before


def test_the_copy_is_compared_with_its_original(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    real = copying._copy_pages

    def lossy(original: sqlite3.Connection, temporary: Path, told: object) -> None:
        real(original, temporary, told)  # type: ignore[arg-type]
        with sqlite3.connect(temporary) as copy:
            copy.execute("DELETE FROM counters")
            copy.execute("DELETE FROM projects")
        copy.close()

    monkeypatch.setattr(copying, "_copy_pages", lossy)
    with pytest.raises(BackupFailed, match="does not hold what the project holds"):
        make_backup(project.path)
    assert backups_of(project.path) == []


def test_what_others_put_into_the_folder_is_left_alone(project: Project) -> None:
    made = make_backup(project.path).backup
    for name in ("notes.txt", "Überblick 🌊 2026-13-45 99.00.00Z.pnote", "copy.pnote", "a 2026-01-02 03.04.05.pnote"):
        (made.path.parent / name).write_bytes(b"mine")
    assert backups_of(project.path) == [made]
    make_backup(project.path, now=made.made_at + timedelta(days=400))
    assert (made.path.parent / "copy.pnote").read_bytes() == b"mine"


def test_a_backup_that_was_put_there_without_an_occasion_is_listed(project: Project) -> None:
    made = make_backup(project.path).backup
    renamed = made.path.rename(made.path.with_name("any name 2024-02-29 23.59.59Z.pnote"))
    (found,) = backups_of(project.path)
    assert (found.path, found.made_at, found.occasion) == (renamed, datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC), None)


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are those of POSIX")
def test_who_may_not_read_the_project_may_not_read_its_backups(project: Project, article: Article) -> None:
    project.path.chmod(0o600)
    made = make_backup(project.path).backup
    assert made.path.stat().st_mode & 0o777 == 0o600
    project.close()
    restore(project.path, made.path)
    assert project.path.stat().st_mode & 0o777 == 0o600


def test_a_project_with_a_very_long_name_has_backups(tmp_path: Path) -> None:
    with Project.create(tmp_path / f"{'🌊' * 55}.pnote") as project:
        made = make_backup(project.path).backup
        assert backups_of(project.path) == [made]


def test_a_stranger_s_project_is_not_backed_up(project: Project, article: Article) -> None:
    project.close()
    with sqlite3.connect(project.path) as raw:
        raw.execute("ALTER TABLE steps RENAME TO others")
        raw.execute(
            "CREATE VIEW steps AS WITH RECURSIVE n(uid, id) AS (SELECT x'00', 1 UNION ALL SELECT uid, id + 1 FROM n) "
            "SELECT uid, id FROM n"
        )
    raw.close()
    with pytest.raises(BackupFailed, match=project.path.name):
        make_backup(project.path)
    assert backups_of(project.path) == []
