"""The backups of a project: where they lie, what they are called, how one is made, and how one takes the project's
place again.

They lie in a folder beside the project, one whole project file each, so that they can be seen, copied and opened
without this program's help: "my.pnote" has "my backups/my 2026-11-27 08.15.00Z while working.pnote". The time is in
UTC (the Z says so), for names must sort as they were made also when clocks change or a laptop travels. Whoever makes
one owns the project (store/ownership.py); looking at them needs no ownership, restoring one takes it.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from annotate.backup_thinning import kept
from annotate.errors import BackupFailed, ProjectError
from annotate.store.backup import (
    BackupStopped,
    copy_project,
    fold_in,
    verify,
)
from annotate.store.opening import leaving_nothing_beside
from annotate.store.ownership import Ownership, is_held
from annotate.store.setting_aside import TIME, set_aside, short_stem
from annotate.unfinished import clear_left_behind, name_beside, put_in_place, remove_database
from annotate.writing import Progress, go_on


class Occasion(StrEnum):
    """Why a backup was made; the words stand in its name."""

    WORKING = "while working"
    CLOSING = "on closing"
    ASKED = "asked for"
    UPDATE = "before an update"
    RESTORE = "before a restore"
    ERASING = "after erasing"


_NAME = re.compile(
    r"(?P<stem>.+) (?P<time>\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\dZ)"
    rf"(?: (?P<occasion>{'|'.join(Occasion)}))?\.pnote",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as its file tells without being opened."""

    path: Path
    made_at: datetime
    """Aware, in UTC, whole seconds."""
    occasion: Occasion | None
    """None where its name does not say."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Made:
    """What making a backup came to."""

    backup: Backup
    removed: int = 0
    """How many older ones were thinned out."""
    spoiled: int = 0
    """How many texts and files are not those that were imported, in the project and so in its backup; while there are
    any, no older backup is thinned out."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring came to."""

    backup: Path
    before: Backup | None
    """Of the state that was replaced; None where there was none, or it could not be copied."""
    set_aside: Path | None
    """Where the file that was replaced lies, when it is too damaged to make a backup of it."""


def backups_folder(project: Path) -> Path:
    """Where the backups of a project lie; the folder need not be there."""
    project = project.resolve()
    return project.with_name(f"{project.stem} backups")


def backups_of(project: Path) -> list[Backup]:
    """The backups of a project, the newest first; empty where there are none or the folder cannot be read.

    Nothing is opened, and what somebody else has put into the folder is left out. The project itself need not be there.
    """
    found: list[Backup] = []
    with suppress(OSError):
        for path in backups_folder(project).iterdir():
            if (read := _NAME.fullmatch(path.name)) is None:
                continue
            with suppress(OSError, ValueError):  # removed meanwhile; a time that no calendar has
                made_at = datetime.strptime(read["time"], TIME).replace(tzinfo=UTC)
                occasion = Occasion(read["occasion"]) if read["occasion"] else None
                found.append(Backup(path, made_at, occasion, path.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def make_backup(
    project: Path, occasion: Occasion = Occasion.ASKED, *, now: datetime | None = None, progress: Progress = go_on
) -> Made:
    """Make a verified backup of a project and thin out the older ones; for who owns the project, from any thread.

    `now` is aware; without it, the time of the system. Raises BackupFailed, with nothing left behind.
    """
    project, now = project.resolve(), _whole_seconds(now)
    folder = backups_folder(project)
    was_there = folder.is_dir()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BackupFailed(
            f"No backup of {project.name} could be made: the folder {folder} cannot be made ({_reason(error)})."
        ) from error
    clear_left_behind(folder)
    target, made_at = _free_name(project, now, occasion)
    try:
        spoiled = copy_project(project, target, progress=progress)
        backup = Backup(target, made_at, occasion, target.stat().st_size)
    except BaseException:
        if not was_there:
            with suppress(OSError):
                folder.rmdir()
        raise
    # What is to be restored must not be thinned out by the backup that is made for its sake.
    thins = not spoiled and occasion is not Occasion.RESTORE
    return Made(backup, _thin(project, backup, now) if thins else 0, spoiled)


def keep_before_update(project: Path) -> None:
    """Make the backup without which no file of an older version is brought up to date; for who owns the project.

    Raises ProjectError, with nothing changed and nothing left beside the file.
    """
    with leaving_nothing_beside(project):
        try:
            make_backup(project, Occasion.UPDATE)
        except BackupFailed as error:
            raise ProjectError(
                f"{project.name} was made by an older version of Provenote and needs a backup before it is brought up "
                f"to date, so it was left as it is: {error}"
            ) from error


def make_backup_of_closed(project: Path, *, analyst: str = "") -> Made:
    """Make a backup of a project that nobody has open; its file stays byte for byte what it was.

    Raises ProjectInUse, naming the owner, and BackupFailed.
    """
    project = project.resolve()
    ownership = Ownership.take(project, analyst)
    try:
        with leaving_nothing_beside(project):
            return make_backup(project)
    finally:
        ownership.release()


def restore(
    project: Path, backup: Path, *, analyst: str = "", now: datetime | None = None, progress: Progress = go_on
) -> Restored:
    """Put a verified backup in the place of a project, whole or not at all; it is byte for byte the backup then.

    What stood there becomes a backup first or, where it is too damaged for that, is kept beside the project under
    another name. Raises ProjectInUse where somebody has the project open, and BackupFailed with the project unchanged.
    """
    project, now = project.resolve(), _whole_seconds(now)
    ownership = Ownership.take(project, analyst)
    clear_left_behind(project.parent)
    temporary, was_there = name_beside(project), project.exists()
    try:
        shutil.copyfile(backup, temporary)
        with suppress(OSError):  # file systems without rights
            shutil.copymode(project if project.exists() else backup, temporary)
        verify(temporary, name=backup.name, progress=progress)
        before, aside = _backup_of_present(project, now, progress), None
        if before is not None:
            put_in_place(temporary, project, over=True)
        else:
            with set_aside(project, now) as aside:
                put_in_place(temporary, project, over=True)
    except OSError as error:
        is_lost = was_there and not project.exists()
        kept = "What stood there is kept beside it, set aside" if is_lost else f"{project.name} is as it was"
        raise BackupFailed(f"{backup.name} could not be restored: {_reason(error)}. {kept}.") from error
    finally:
        remove_database(temporary)
        ownership.release()
    return Restored(backup, before, aside)


def _backup_of_present(project: Path, now: datetime, progress: Progress) -> Backup | None:
    """The state that is to be replaced as a backup, with nothing of it left in a log; None where that fails."""
    if not project.exists():
        return None
    try:
        fold_in(project)  # a crash may have left what can only be read once it is mended by writing
        made = make_backup(project, Occasion.RESTORE, now=now, progress=progress)
        fold_in(project)  # reading makes a log, too
    except BackupStopped:
        raise
    except BackupFailed:
        return None
    if project.with_name(project.name + "-wal").exists():  # the last one who leaves removes it
        raise BackupFailed(f"{project.name} is looked at in another window. Close it there, and restore again.")
    return made.backup


def _thin(project: Path, newest: Backup, now: datetime) -> int:
    """Remove what need not be kept, now that there is a new backup that was looked through; how many."""
    backups = backups_of(project)
    keep = kept([backup.made_at for backup in backups], now) | {newest.made_at}
    removed = 0
    for backup in backups:
        if backup.made_at not in keep and is_held(backup.path) is None:  # else somebody works in it
            with suppress(OSError):  # held open by another program: the next time
                backup.path.unlink()
                removed += 1
    return removed


def _free_name(project: Path, now: datetime, occasion: Occasion) -> tuple[Path, datetime]:
    """A path and the time in it: a second or more later where there is a backup of this second already."""
    taken = {backup.made_at for backup in backups_of(project)}
    while now in taken:
        now += timedelta(seconds=1)
    return backups_folder(project) / f"{short_stem(project)} {now:{TIME}} {occasion}.pnote", now


def _whole_seconds(time: datetime | None) -> datetime:
    return (time or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
