"""The command `backup`: make a backup of a project, list those there are, see what differs, go back to one."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotate.ages_and_sizes import age_in_words, size_in_words
from annotate.backup_preview import holdings_of, preview
from annotate.backups import Backup, backups_folder, backups_of, make_backup_of_closed, restore
from annotate.cli.telling import one_line
from annotate.cli.words import add_command, analyst_name
from annotate.counted import counted
from annotate.errors import BackupFailed
from annotate.project import reading


def add(commands: Any) -> None:
    """Declare the command."""
    backing_up = add_command(
        commands,
        "backup",
        "make a backup of a project, or list, compare and restore those there are",
        "my.pnote --list",
    )
    instead = backing_up.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="list the backups, the newest first")
    named = "its name, or a part of it that no other has"
    instead.add_argument("--compare", metavar="NAME", help=f"say what was changed since a backup: {named}")
    instead.add_argument("--restore", metavar="NAME", help=f"put a backup in the project's place: {named}")
    backing_up.set_defaults(run=_back_up)


def _back_up(words: argparse.Namespace) -> int:
    project: Path = words.project
    if words.list:
        return _list(project)
    if words.compare is not None:
        return _compare(project, _named(project, words.compare))
    if words.restore is not None:
        return _restore(project, _named(project, words.restore))
    made = make_backup_of_closed(project, analyst=analyst_name())
    place = project.parent / made.backup.path.parent.name / made.backup.path.name
    print(one_line(f"{place} is made and verified."))
    if made.spoiled:
        spoiled = counted(made.spoiled, "text or file is", "texts or files are")
        print(one_line(f"{spoiled} not as imported, here and in the backup; see run check {project}."))
    return 0


def _list(project: Path) -> int:
    now = datetime.now(UTC)
    backups = backups_of(project)
    for backup in backups:
        told = (age_in_words(backup.made_at, now), size_in_words(backup.size), _held(backup))
        print(one_line(f"{backup.path.name}: {', '.join(told)}"))
    if not backups:
        print(one_line(f"There is no backup of {project.name} in {backups_folder(project)}."))
    return 0


def _held(backup: Backup) -> str:
    try:
        held = holdings_of(backup.path)
    except BackupFailed as error:
        return str(error)
    return f"{counted(held.articles, 'article')}, {counted(held.marks, 'mark')}"


def _compare(project: Path, backup: Backup) -> int:
    with reading(project, analyst_name()) as reader:
        seen = preview(reader.connection, backup.path)
    for sentence in seen.sentences:
        print(one_line(sentence))
    for step in seen.newest_steps:
        print(one_line(f"{step.made_at.astimezone():%Y-%m-%d %H:%M}  {step.analyst}: {step.label}"))
    return 0


def _restore(project: Path, backup: Backup) -> int:
    done = restore(project, backup.path, analyst=analyst_name())
    print(one_line(f"{project} is {backup.path.name} again."))
    if done.before is not None:
        print(one_line(f"What it was before is a backup, too: {done.before.path.name}."))
    if done.set_aside is not None:
        print(one_line(f"What stood there is kept as {done.set_aside.name}; no backup could be made of it."))
    return 0


def _named(project: Path, name: str) -> Backup:
    """Raises BackupFailed where no backup, or more than one, is called so."""
    backups = backups_of(project)
    found = [backup for backup in backups if backup.path.name == name]
    found = found or [backup for backup in backups if name and name in backup.path.name]
    if len(found) == 1:
        return found[0]
    if found:
        raise BackupFailed(f"{len(found)} backups of {project.name} have “{name}” in their names. Give more of it.")
    raise BackupFailed(f"No backup of {project.name} is called “{name}”. See run backup {project} --list.")
