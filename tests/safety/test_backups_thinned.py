"""Backups are made when they are due and thinned out with age, without ever losing the last one."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import backup_thinning as thinning
from annotate import commands as do
from annotate.backups import backups_of, make_backup
from annotate.model import Article
from annotate.project import Project
from tests.safety.backup_files import NOON

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


def test_a_backup_that_somebody_works_in_is_not_thinned_out(project: Project) -> None:
    """It was opened like any other project, and what is done in it is nowhere else."""
    old = [make_backup(project.path, now=NOON - timedelta(days=2, minutes=minute)).backup.path for minute in range(3)]
    with Project.open(old[1], "Ben") as working:
        made = make_backup(project.path, now=NOON)
        assert (made.removed, old[1].exists()) == (1, True)
        do.edit_project(working, note="in the backup")
    with Project.open(old[1]) as again:
        assert again.read.project_info().note == "in the backup"


def test_a_backup_stays_although_the_clock_was_set_back(project: Project) -> None:
    for minute in range(3):
        make_backup(project.path, now=NOON + timedelta(minutes=minute))
    made = make_backup(project.path, now=NOON - timedelta(days=40)).backup
    assert made in backups_of(project.path)
    assert len(backups_of(project.path)) == 4


def flip_a_byte(path: Path, words: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[data.index(words)] ^= 1
    path.write_bytes(data)


def test_while_a_text_is_damaged_no_older_backup_is_thinned_out(project: Project, article: Article) -> None:
    times = [NOON - timedelta(days=3, minutes=minute) for minute in range(5)]
    for time in times:
        make_backup(project.path, now=time)
    project.close()
    flip_a_byte(project.path, b"civil defence")
    made = make_backup(project.path, now=NOON)
    assert (made.spoiled, made.removed) == (1, 0)
    assert len(backups_of(project.path)) >= 3
