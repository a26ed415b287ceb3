"""What differs between a project as it is and one of its backups, in the words of somebody who works on it.

Why it exists: restoring takes back what was done since, so it must be seen beforehand what that is, and whose.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from annotate.backups import backups_of
from annotate.counted import counted, counted_records
from annotate.errors import BackupFailed
from annotate.steps import Moment
from annotate.store.backup import looking_into
from annotate.store.comparing import PROJECT_DETAILS, Holdings, Stamps, StepDone, holdings, stamps, step_uids, steps_of

MOST_STEPS = 200
"""So many steps are named; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How many records of one sort the project has more, fewer and otherwise than the backup, outside the bin."""

    records: str
    """In the plural, as an analyst calls them."""
    added: int
    changed: int
    removed: int

    @property
    def words(self) -> str:
        """ "12 claims added, 3 changed"."""
        if self.records == PROJECT_DETAILS:
            return f"{self.records} changed"
        counts = ((self.added, "added"), (self.changed, "changed"), (self.removed, "removed"))
        (first, verb), *others = [(count, verb) for count, verb in counts if count]
        return ", ".join([f"{counted_records(first, self.records)} {verb}", *(f"{n:,} {said}" for n, said in others)])


@dataclass(frozen=True, slots=True)
class Preview:
    """What was done to the project since the backup, which restoring takes back."""

    backup: Holdings
    present: Holdings
    differences: tuple[Difference, ...]
    """Only of records that differ."""
    steps: int
    """How many steps the project has that the backup has not."""
    newest_steps: tuple[StepDone, ...]
    """The newest of them first; at most MOST_STEPS."""
    by_analyst: tuple[tuple[str, int], ...]
    """Who made how many of them, the most first."""
    steps_only_in_backup: int
    """How many steps the backup has that the project has not: what restoring brings back."""

    @property
    def is_same_project(self) -> bool:
        return self.backup.project == self.present.project

    @property
    def is_equal(self) -> bool:
        """Whether restoring would change nothing that anybody sees."""
        return not (self.differences or self.steps or self.steps_only_in_backup)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it for an analyst, but for the single steps."""
        if not self.is_same_project:
            title = self.backup.title or "without a title"
            return (f"This is a backup of another project, “{title}”, which would take the place of this one.",)
        if self.is_equal:
            return ("Nothing was changed since this backup.",)
        told = []
        if self.differences:
            told.append(f"Since this backup: {'; '.join(each.words for each in self.differences)}.")
        elif self.steps:
            told.append("Since this backup nothing was changed that stayed so.")
        if self.steps:
            who = ", ".join(f"{name or 'somebody without a name'} ({count:,})" for name, count in self.by_analyst)
            told.append(f"{counted(self.steps, 'step was', 'steps were')} made since, by {who}.")
        if self.steps_only_in_backup:
            count = self.steps_only_in_backup
            told.append(f"The backup holds {counted(count, 'step')} that the project has not.")
        return tuple(told)


def is_covered(project: Path, now: Moment) -> bool:
    """Whether the newest backup of a project holds all that its journal holds at a moment."""
    newest = next(iter(backups_of(project)), None)
    if newest is None:
        return now.change_id == 0  # nothing was ever done
    try:
        return holdings_of(newest.path).moment == now
    except BackupFailed:
        return False


def holdings_of(backup: Path) -> Holdings:
    """What a backup holds. Raises BackupFailed where it is no project that this version can read, or damaged."""
    with looking_into(backup) as connection:
        return holdings(connection)


def preview(present: Connection, backup: Path) -> Preview:
    """Compare a project, through a connection to it, with a backup; changes neither.

    Raises BackupFailed where the backup cannot be read.
    """
    with looking_into(backup) as earlier:
        differences = _differences(present, earlier)
        done, done_then = step_uids(present), step_uids(earlier)
        since = steps_of(present, done - done_then)
        by_analyst = Counter(step.analyst for step in since).most_common()
        return Preview(
            holdings(earlier),
            holdings(present),
            tuple(differences),
            len(since),
            tuple(since[:MOST_STEPS]),
            tuple(by_analyst),
            len(done_then - done),
        )


def _differences(present: Connection, earlier: Connection) -> list[Difference]:
    found = []
    for (records, now), (_, then) in zip(stamps(present), stamps(earlier), strict=True):
        difference = _difference(records, now, then)
        if difference.added or difference.changed or difference.removed:
            found.append(difference)
    return found


def _difference(records: str, now: Stamps, then: Stamps) -> Difference:
    changed = sum(now[uid] != stamp for uid, stamp in then.items() if uid in now)
    return Difference(records, len(now.keys() - then.keys()), changed, len(then.keys() - now.keys()))
