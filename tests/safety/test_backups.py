"""Backups: made whole and looked through or not at all, thinned without ever losing the last one, restorable."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import backup_thinning as thinning
from annotate import backups
from annotate import commands as do
from annotate.backup_preview import Difference, holdings_of, preview
from annotate.backups import Made, Occasion, backups_folder, backups_of, make_backup, restore
from annotate.errors import BackupFailed, ProjectInUse
from annotate.history import undo
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.store import backup as copying
from annotate.store.backup import BackupStopped
from annotate.unfinished import name_beside
from annotate.vocabulary import Kind
from tests.annotate.drafts import BOATS, files_beside, span_of, tables_of, take_in

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Überblick 🌊.pnote"


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.create(path, "Ana") as opened:
        yield opened


@pytest.fixture
def article(project: Project) -> Article:
    return take_in(project)


def mark(project: Project, article: Article, words: str, kind: Kind = Kind.CLAIM) -> int:
    return do.mark(project, article.id, kind, [span_of(project, article, words)])


def in_folder(project: Path) -> list[str]:
    return sorted(path.name for path in backups_folder(project).iterdir())


def flip_a_byte(path: Path, words: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[data.index(words)] ^= 1
    path.write_bytes(data)


def scramble(path: Path) -> None:
    """Overwrite pages in the middle of a database."""
    data = bytearray(path.read_bytes())
    data[4096:40_960] = os.urandom(36_864)
    path.write_bytes(data)


# -- one backup ------------------------------------------------------------------------------------------------------


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
    with copying.reading_only(made.path) as copy:
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


def test_while_a_text_is_damaged_no_older_backup_is_thinned_out(project: Project, article: Article) -> None:
    times = [NOON - timedelta(days=3, minutes=minute) for minute in range(5)]
    for time in times:
        make_backup(project.path, now=time)
    project.close()
    flip_a_byte(project.path, b"civil defence")
    made = make_backup(project.path, now=NOON)
    assert (made.spoiled, made.removed) == (1, 0)
    assert len(backups_of(project.path)) >= 3


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


# -- which are kept --------------------------------------------------------------------------------------------------

ages = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
times_before = st.lists(ages.map(lambda age: NOON - age), min_size=1, max_size=80)


def spaces(times: list[datetime], space: str) -> set[str]:
    return {time.strftime(space) for time in times}


@given(times_before)
def test_the_newest_and_all_of_the_last_two_hours_are_kept(times: list[datetime]) -> None:
    keep = thinning.kept(times, NOON)
    assert keep <= set(times)
    assert max(times) in keep
    assert {time for time in times if NOON - time <= timedelta(hours=2)} <= keep


@given(times_before)
def test_every_hour_day_week_and_month_in_its_time_keeps_its_newest(times: list[datetime]) -> None:
    keep = thinning.kept(times, NOON)
    for space, age in (
        ("%Y-%j %H", timedelta(days=1)),
        ("%Y-%j", timedelta(days=14)),
        ("%G-%V", timedelta(weeks=12)),
        ("%Y-%m", timedelta.max),
    ):
        recent = [time for time in times if NOON - time <= age]
        assert spaces(recent, space) <= spaces(list(keep), space)
        for name in spaces(recent, space):
            assert max(time for time in recent if time.strftime(space) == name) in keep


@given(times_before)
def test_thinning_again_removes_nothing_more(times: list[datetime]) -> None:
    keep = thinning.kept(times, NOON)
    assert thinning.kept(keep, NOON) == keep


@given(times_before, st.lists(st.integers(1, 60 * 24 * 40), min_size=1, max_size=10))
def test_thinning_ever_again_as_time_goes_by_keeps_what_thinning_once_would(
    times: list[datetime], later: list[int]
) -> None:
    now, left = NOON, frozenset(times)
    for minutes in later:
        left = thinning.kept(left, now)
        now += timedelta(minutes=minutes)
    assert thinning.kept(left, now) == thinning.kept(times, now)


@given(times_before, st.lists(ages.map(lambda age: NOON + age), max_size=5))
def test_what_a_wrong_clock_put_into_the_future_is_kept(times: list[datetime], future: list[datetime]) -> None:
    assert set(future) <= thinning.kept([*times, *future], NOON)


def test_years_of_work_leave_a_few_dozen_backups() -> None:
    times = [NOON - timedelta(minutes=30 * number) for number in range(3 * 365 * 24 * 2)]
    assert len(thinning.kept(times, NOON)) < 100


@pytest.mark.parametrize(
    ("changes", "minutes", "is_due"), [(0, 1000, False), (1, 29, False), (1, 30, True), (499, 1, False), (500, 0, True)]
)
def test_a_backup_is_due_after_many_changes_or_half_an_hour_of_work(changes: int, minutes: int, is_due: bool) -> None:
    assert thinning.is_due(changes, NOON - timedelta(minutes=minutes), NOON) is is_due


def test_a_new_backup_thins_out_the_old_ones_and_stays_itself(project: Project) -> None:
    for minute in range(6):
        make_backup(project.path, now=NOON - timedelta(days=2, minutes=minute))
    made = make_backup(project.path, now=NOON)
    assert made.removed + len(backups_of(project.path)) == 7
    assert [backup.made_at for backup in backups_of(project.path)] == [NOON, NOON - timedelta(days=2)]


def test_a_backup_stays_although_the_clock_was_set_back(project: Project) -> None:
    for minute in range(3):
        make_backup(project.path, now=NOON + timedelta(minutes=minute))
    made = make_backup(project.path, now=NOON - timedelta(days=40)).backup
    assert made in backups_of(project.path)
    assert len(backups_of(project.path)) == 4


# -- restoring -------------------------------------------------------------------------------------------------------


@pytest.fixture
def earlier(project: Project, article: Article) -> Made:
    """A backup; one mark was made since."""
    mark(project, article, "900 people", Kind.FIGURE)
    made = make_backup(project.path)
    mark(project, article, "Nobody told us")
    return made


def test_a_restored_project_is_byte_for_byte_the_backup(project: Project, earlier: Made) -> None:
    project.close()
    done = restore(project.path, earlier.backup.path, analyst="Ben")
    assert project.path.read_bytes() == earlier.backup.path.read_bytes()
    assert done.set_aside is None
    assert files_beside(project.path) == ["Überblick 🌊 backups", "Überblick 🌊.pnote"]
    with Project.open(project.path, "Ana") as opened:
        assert [each.words for each in opened.read.annotations()] == ["900 people"]
        assert undo(opened) is not None


def test_what_was_replaced_can_be_restored_too(project: Project, earlier: Made) -> None:
    latest = tables_of(project)
    project.close()
    before = restore(project.path, earlier.backup.path).before
    assert before is not None
    assert before.occasion is Occasion.RESTORE
    restore(project.path, before.path)
    with Project.open(project.path, "Ana") as opened:
        assert tables_of(opened) == latest


def test_an_open_project_is_not_restored_and_its_owner_is_named(project: Project, earlier: Made) -> None:
    before = tables_of(project)
    with pytest.raises(ProjectInUse, match="Ana"):
        restore(project.path, earlier.backup.path)
    assert tables_of(project) == before
    assert in_folder(project.path) == [earlier.backup.path.name]


def test_a_project_that_is_looked_at_is_not_restored(project: Project, earlier: Made) -> None:
    with project.reading_elsewhere() as looking:
        project.close()
        before = project.path.read_bytes()
        with pytest.raises(BackupFailed, match="looked at in another window"):
            restore(project.path, earlier.backup.path)
        assert len(looking.annotations()) == 2
    assert project.path.read_bytes()[100:] == before[100:]


def test_what_a_crash_left_in_the_log_is_kept_before_restoring(project: Project, earlier: Made, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed" / project.path.name
    crashed.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(project.path.with_name(project.path.name + ending), crashed.with_name(crashed.name + ending))
    before = restore(crashed, earlier.backup.path).before
    assert before is not None
    assert crashed.read_bytes() == earlier.backup.path.read_bytes()
    assert holdings_of(before.path).marks == 2
    with Project.open(crashed, "Ana") as opened:
        assert len(opened.read.annotations()) == 1


def test_a_project_that_is_gone_is_restored(project: Project, earlier: Made) -> None:
    project.close()
    project.path.unlink()
    done = restore(project.path, earlier.backup.path)
    assert (done.before, done.set_aside) == (None, None)
    assert project.path.read_bytes() == earlier.backup.path.read_bytes()


@pytest.mark.parametrize("damage", ["scrambled", "cut", "empty", "another format"])
def test_a_damaged_project_is_set_aside_and_kept(project: Project, earlier: Made, damage: str) -> None:
    project.close()
    whole = project.path.read_bytes()
    if damage == "scrambled":
        scramble(project.path)
    else:
        project.path.write_bytes({"cut": whole[: len(whole) // 2], "empty": b""}.get(damage, b"PK\x03\x04" + whole))
    damaged = project.path.read_bytes()
    done = restore(project.path, earlier.backup.path, now=NOON)
    assert done.before is None
    assert done.set_aside == project.path.with_name("Überblick 🌊 (set aside 2026-11-27 12.00.00Z).pnote")
    assert done.set_aside.read_bytes()[100:] == damaged[100:]
    assert project.path.read_bytes() == earlier.backup.path.read_bytes()
    with Project.open(project.path, "Ana") as opened:
        assert check_project(opened.read) == []


def test_the_log_of_a_damaged_project_goes_aside_with_it(project: Project, earlier: Made) -> None:
    project.close()
    scramble(project.path)
    project.path.with_name(project.path.name + "-wal").write_bytes(b"what was in the log")
    done = restore(project.path, earlier.backup.path)
    assert done.set_aside is not None
    assert not project.path.with_name(project.path.name + "-wal").exists()


def test_a_damaged_backup_is_refused_and_the_project_unchanged(project: Project, earlier: Made) -> None:
    project.close()
    before = project.path.read_bytes()
    scramble(earlier.backup.path)
    with pytest.raises(BackupFailed, match=f"{earlier.backup.path.name} is damaged"):
        restore(project.path, earlier.backup.path)
    assert project.path.read_bytes() == before
    assert files_beside(project.path) == ["Überblick 🌊 backups", "Überblick 🌊.pnote"]


def test_a_backup_that_somebody_has_put_something_into_is_refused(project: Project, earlier: Made) -> None:
    project.close()
    before = project.path.read_bytes()
    with sqlite3.connect(earlier.backup.path) as raw:
        raw.execute("CREATE TRIGGER harm AFTER INSERT ON steps BEGIN DELETE FROM articles; END")
    raw.close()
    with pytest.raises(BackupFailed, match=earlier.backup.path.name):
        restore(project.path, earlier.backup.path)
    with pytest.raises(BackupFailed, match=earlier.backup.path.name):
        holdings_of(earlier.backup.path)
    assert project.path.read_bytes() == before


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


def test_a_restore_that_finds_the_disk_full_changes_nothing(
    project: Project, earlier: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    before = project.path.read_bytes()

    def full(_from: Path, _to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.shutil, "copyfile", full)
    with pytest.raises(BackupFailed, match="could not be restored: No space left on device"):
        restore(project.path, earlier.backup.path)
    assert project.path.read_bytes() == before
    assert files_beside(project.path) == ["Überblick 🌊 backups", "Überblick 🌊.pnote"]


# -- what differs ----------------------------------------------------------------------------------------------------


def test_what_differs_is_told_by_records_and_by_whom(project: Project, article: Article, earlier: Made) -> None:
    project.become("Ben")
    do.edit_annotation(project, project.read.annotations()[0].id, note="see 🌊")
    take_in(project, BOATS, "boats.txt")
    seen = preview(project.read.connection, earlier.backup.path)
    assert Difference("articles", 1, 0, 0) in seen.differences
    assert Difference("claims", 1, 0, 0) in seen.differences
    assert Difference("figures", 0, 1, 0) in seen.differences
    assert (seen.steps, dict(seen.by_analyst), seen.steps_only_in_backup) == (3, {"Ben": 2, "Ana": 1}, 0)
    assert (seen.newest_steps[0].analyst, len(seen.newest_steps)) == ("Ben", 3)
    assert seen.sentences[0].startswith("Since this backup: 1 article added; 1 claim added; 1 figure changed")
    assert seen.sentences[1] == "3 steps were made since, by Ben (2), Ana (1)."


def test_an_article_in_the_bin_counts_as_removed(project: Project, article: Article, earlier: Made) -> None:
    do.move_to_bin(project, [article.id])
    seen = preview(project.read.connection, earlier.backup.path)
    assert Difference("articles", 0, 0, 1) in seen.differences
    assert Difference("figures", 0, 0, 1) in seen.differences
    assert (seen.present.articles, seen.present.marks) == (0, 0)
    assert (seen.backup.articles, seen.backup.marks) == (1, 1)


def test_of_a_backup_of_the_present_state_nothing_differs(project: Project, earlier: Made) -> None:
    seen = preview(project.read.connection, make_backup(project.path).backup.path)
    assert seen.is_equal
    assert seen.sentences == ("Nothing was changed since this backup.",)


def test_a_backup_that_knows_more_than_the_project_says_so(project: Project, earlier: Made) -> None:
    project.close()
    before = restore(project.path, earlier.backup.path).before
    assert before is not None
    with Project.open(project.path, "Ana") as opened:
        seen = preview(opened.read.connection, before.path)
    assert seen.differences == (Difference("claims", 0, 0, 1),)
    assert seen.sentences[-1] == "The backup holds 1 step that the project has not."


def test_a_backup_of_another_project_is_known(project: Project, earlier: Made, tmp_path: Path) -> None:
    with Project.create(tmp_path / "other.pnote", title="Quite another") as other:
        made = make_backup(other.path).backup
    seen = preview(project.read.connection, made.path)
    assert not seen.is_same_project
    assert "another project, “Quite another”" in seen.sentences[0]


def test_a_backup_that_cannot_be_read_is_told_by_name(project: Project, earlier: Made) -> None:
    earlier.backup.path.write_bytes(b"")
    with pytest.raises(BackupFailed, match=earlier.backup.path.name):
        holdings_of(earlier.backup.path)
