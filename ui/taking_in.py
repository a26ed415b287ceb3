"""Taking in other tools' projects, and archives of one's own: read in a thread, written as one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotate import commands
from annotate.commands import TakenIn
from annotate.counted import counted, counted_records
from ui.jobs import Job
from ui.one_job import OneJob
from ui.session import Notice
from ui.waiting_pointer import waiting

if TYPE_CHECKING:
    from annotate.exchange.incoming import Incoming


class TakingIn(OneJob):
    """One file at a time; until it was read whole, nothing of it is in the project."""

    BUSY = "Another file is being taken in. Wait for it to end, or cancel it."

    def take(self, path: Path) -> None:
        """Take in a file (or QualCoder's folder) of another tool."""

        def work(_job: Job) -> Incoming:
            from annotate.exchange.coming_in import read_other_tool

            return read_other_tool(path)

        self._read(path, work, self._write)

    def make_project(self, archive: Path, target: Path, opened: Callable[[Path], None]) -> None:
        """Make a project of an archive, and have it opened."""

        def work(_job: Job) -> Path:
            from annotate.exchange.archive import project_from_archive

            project_from_archive(archive, target)
            return target

        self._read(archive, work, opened)

    def _read(self, path: Path, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        self._start(f"Reading {path.name}", work, done, at_fault=f"{path.name} could not be read")

    def _write(self, incoming: Incoming) -> None:
        with waiting():  # one transaction, of the thread that has the project
            taken = self._session.run(commands.take_in, incoming)
        if taken is None:
            return
        if taken.article_ids:
            self._session.choose_article(taken.article_ids[0])
        act = self._session.undo if taken.new else None
        words = _told(incoming, taken)
        self._session.tell(Notice(words, details="\n".join(taken.said), action="Undo" if act else "", act=act))


def _told(incoming: Incoming, taken: TakenIn) -> str:
    """In one sentence, with how much more there is to read."""
    new = ", ".join(counted_records(number, name) for name, number in taken.new.items())
    known = f" {counted(taken.known, 'record was', 'records were')} there already." if taken.known else ""
    more = f" {len(taken.said)} things to know about it." if len(taken.said) > 1 else ""
    only = f" {taken.said[0]}" if len(taken.said) == 1 else ""
    return f"Taken in from {incoming.name}: {new or 'nothing new'}.{known}{more}{only}"
