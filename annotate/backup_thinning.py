"""When a backup is due, and which of those that lie there are kept: pure functions over times.

Why it exists: a mistake is noticed after minutes, a slip of yesterday today, and a lost article sometimes in months. So
backups are close together for the last hours and ever further apart before, and however long a project is worked on
there are a few dozen. Times are aware datetimes in UTC; hours, days, weeks and months are those of UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

CHANGES_BETWEEN = 500
"""Committed changes after which a backup is due: an hour or two of quick marking."""
WORK_BETWEEN = timedelta(minutes=30)
"""Time after which a backup is due if anything was changed."""

KEEP_ALL = timedelta(hours=2)
KEEP_AN_HOUR = timedelta(days=1)
KEEP_A_DAY = timedelta(days=14)
KEEP_A_WEEK = timedelta(weeks=12)

_SPACES: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
    (KEEP_ALL, lambda time: time),
    (KEEP_AN_HOUR, lambda time: (time.date(), time.hour)),
    (KEEP_A_DAY, lambda time: time.date()),
    (KEEP_A_WEEK, lambda time: time.isocalendar()[:2]),
    (timedelta.max, lambda time: (time.year, time.month)),
)


def is_due(changes: int, last: datetime, now: datetime) -> bool:
    """Whether a backup is due while somebody works: `changes` were made since `last`, the newest backup or, without
    one, since the work began."""
    return changes >= CHANGES_BETWEEN or (changes > 0 and now - last >= WORK_BETWEEN)


def kept(times: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Which of the backups made at these times stay: all of the last two hours, then the newest of each hour for a
    day, of each day for two weeks, of each week for twelve, and of each month without end.

    The newest always stays, and so does what a wrong clock puts into the future. Thinning again and again keeps the
    same as thinning once.
    """
    keep: set[datetime] = set()
    for age, space in _SPACES:
        newest: dict[object, datetime] = {}
        for time in times:
            if now - time <= age:
                of = space(time.astimezone(UTC))
                newest[of] = max(time, newest.get(of, time))
        keep.update(newest.values())
    return frozenset(keep)
