"""A project of an older version is brought up to date only after a verified backup of it, or left as it is."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from annotate import backups
from annotate.backup_preview import holdings_of, preview
from annotate.backups import Occasion, backups_folder, backups_of, make_backup, restore
from annotate.errors import ProjectError
from annotate.integrity import check_project
from annotate.project import Project
from annotate.store import backup as copying
from annotate.store import migrations
from annotate.store.engine import inspect_header
from annotate.store.migrations import NEWEST
from annotate.store.opening import looking_at
from tests.annotate.drafts import files_beside

SCHEMAS = Path(__file__).parents[1] / "annotate" / "schemas"
STORED = sorted(SCHEMAS.glob("*.gz"))


@pytest.fixture(params=STORED, ids=lambda file: file.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "älter 🌊.pnote"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a file, whatever version it is of."""
    with looking_at(path) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def test_every_older_version_has_a_stored_project() -> None:
    assert [file.name for file in STORED] == [f"version-{number}.pnote.gz" for number in range(1, NEWEST)]


def test_a_backup_of_the_old_version_is_made_before_it_is_brought_up_to_date(old: Path) -> None:
    version, held = inspect_header(old), rows_of(old)
    with Project.open(old, "Ana") as opened:
        assert check_project(opened.read) == []
    assert inspect_header(old) == NEWEST
    (backup,) = backups_of(old)
    assert backup.occasion is Occasion.UPDATE
    assert inspect_header(backup.path) == version
    assert rows_of(backup.path) == held


def test_a_project_of_the_newest_version_is_opened_without_a_backup(old: Path) -> None:
    Project.open(old, "Ana").close()
    (backup,) = backups_of(old)
    Project.open(old, "Ana").close()
    assert backups_of(old) == [backup]


def test_the_backup_can_be_seen_restored_and_brought_up_to_date_again(old: Path) -> None:
    with Project.open(old, "Ana") as opened:
        marks = len(opened.read.annotations())
        (backup,) = backups_of(old)
        assert holdings_of(backup.path).marks == marks
        assert preview(opened.read.connection, backup.path).is_equal
    restore(old, backup.path)
    assert old.read_bytes() == backup.path.read_bytes()
    with Project.open(old, "Ana") as again:
        assert check_project(again.read) == []
        assert len(again.read.annotations()) == marks


def test_where_no_backup_can_be_made_the_project_is_left_as_it_is(old: Path) -> None:
    backups_folder(old).write_text("a file that is in the way")
    before, beside = old.read_bytes(), files_beside(old)
    with pytest.raises(ProjectError, match="needs a backup before it is brought up to date, so it was left as it is"):
        Project.open(old, "Ana")
    assert old.read_bytes() == before
    assert files_beside(old) == beside


def test_where_the_disk_is_full_the_project_is_left_as_it_is(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copying, "put_in_place", full)
    before, beside = old.read_bytes(), files_beside(old)
    with pytest.raises(ProjectError, match="No space left on device"):
        Project.open(old, "Ana")
    assert old.read_bytes() == before
    assert files_beside(old) == beside


def test_a_damaged_old_project_is_left_as_it_is(old: Path) -> None:
    data = bytearray(old.read_bytes())
    data[4096:20_480] = b"\xa5" * 16_384
    old.write_bytes(data)
    beside = files_beside(old)
    with pytest.raises(ProjectError, match=f"{old.name} .*damaged"):
        Project.open(old, "Ana")
    assert old.read_bytes() == bytes(data)
    assert files_beside(old) == beside


def test_a_migration_that_fails_leaves_the_old_version_and_its_backup(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, held = inspect_header(old), rows_of(old)

    def failing(connection) -> None:  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("DELETE FROM steps")
        connection.exec_driver_sql("DELETE FROM changes")
        raise sqlite3.OperationalError("database or disk is full")

    steps = (*migrations.MIGRATIONS[: version - 1], failing, *migrations.MIGRATIONS[version:])
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    with pytest.raises(ProjectError, match="cannot be opened"):
        Project.open(old, "Ana")
    assert rows_of(old) == held
    assert rows_of(backups_of(old)[0].path) == held


def test_a_newer_project_is_refused_without_a_backup_and_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "newer.pnote"
    Project.create(path).close()
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA journal_mode = DELETE")
        file.execute(f"PRAGMA user_version = {NEWEST + 1}")
    file.close()
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="made by a newer version"):
        Project.open(path)
    with pytest.raises(backups.BackupFailed, match="made by a newer version"):
        make_backup(path)
    assert path.read_bytes() == before
    assert files_beside(path) == ["newer.pnote"]
