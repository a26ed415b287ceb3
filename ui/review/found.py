"""What reading has found, file by file, with what an import would do: worked out in a thread of its own.

Attachments that may be articles are read like files and stand behind the mail that they came in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from annotate.commands import FilePlan, Planner
from annotate.errors import ImportRefused
from annotate.importers import (
    Attachment,
    ColumnsUnknown,
    Heads,
    ImportedFile,
    Read,
    ReadOptions,
    Source,
    find_files,
    read_in_batches,
)
from annotate.importers.options import AS_FOUND
from annotate.project import Project
from ui.jobs import Job

_DEEPEST = 3
"""Mails in mails whose attachments are still looked at."""
_BATCH_SECONDS = 0.02
"""Reading goes on for so long before what was read is handed over: small texts are read in this process."""
_CHOOSES_ENCODING = ("txt", "md", "list")
"""Importers of what says nothing of its encoding by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A file as read, with its plan; without one it was refused."""

    source: Source
    result: ImportedFile | ImportRefused
    plan: FilePlan | None = None
    within: str = ""
    """The name of the mail that it came in."""
    options: ReadOptions = AS_FOUND

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def heads(self) -> Heads | None:
        """Of a list: what its columns are chosen by."""
        if isinstance(self.result, ColumnsUnknown):
            return self.result.heads
        return self.result.heads if isinstance(self.result, ImportedFile) else None

    @property
    def may_choose_encoding(self) -> bool:
        if isinstance(self.result, ImportedFile):  # what was fetched is not read again
            return self.result.importer in _CHOOSES_ENCODING and self.result.collected_at is None
        return "encoding" in str(self.result)

    @property
    def is_unsure(self) -> bool:
        """Whether a person should look before it goes in: its encoding or its columns were guessed."""
        if isinstance(self.result, ImportRefused):
            return isinstance(self.result, ColumnsUnknown)
        heads = self.result.heads
        return bool(self.result.encoding_guessed) or (heads is not None and not heads.named)

    def is_beside(self, other: Found) -> bool:
        """Whether this is the mail that another file came in, or came in the same one."""
        return other.within in (self.name, self.within)

    @property
    def size(self) -> int:
        """Bytes that are held."""
        return len(self.result.data) if isinstance(self.result, ImportedFile) else 0

    def without_bytes(self) -> Found:
        """The same, with the bytes let go that can be read again from its file."""
        if self.plan is None or not isinstance(self.result, ImportedFile) or isinstance(self.source, Attachment):
            return self
        bare = replace(self.result, data=b"")
        return replace(self, result=bare, plan=FilePlan(bare, self.plan.prospects, self.plan.said))


def needs_review(found: Sequence[Found]) -> bool:
    """Whether there is anything to decide or to look over: more than one file or article, or something unsure."""
    if len(found) != 1:
        return bool(found)
    [one] = found
    if one.plan is None or isinstance(one.result, ImportRefused):
        return one.is_unsure
    outcomes = {prospect.outcome for prospect in one.plan.prospects}
    return len(one.plan.prospects) > 1 or "updated" in outcomes or one.is_unsure or bool(one.result.attachments)


def found_in(job: Job, project: Project, paths: Sequence[Path]) -> None:
    """In the job's thread: find files, have them read in worker processes, plan them, hand them over in order."""
    look_again(job, project, find_files(paths), AS_FOUND)


def found_already(job: Job, project: Project, files: Sequence[ImportedFile]) -> None:
    """In the job's thread: plan what has been read elsewhere; it is held in memory, as attachments are."""
    with project.reading_elsewhere() as reader:
        plans = Planner(reader, updating=True).plan(files)
        job.deliver([Found(Attachment(plan.file.name, plan.file.data), plan.file, plan) for plan in plans])


def look_again(job: Job, project: Project, sources: Sequence[Source], options: ReadOptions, within: str = "") -> None:
    """In the job's thread: read these, with what an analyst chose for them."""
    with project.reading_elsewhere() as reader:
        planner = Planner(reader, updating=True)
        waiting = [(source, within) for source in sources]
        done = total = 0
        for depth in range(_DEEPEST + 1):
            total += len(waiting)
            inside: list[tuple[Source, str]] = []
            for found in _read(job, planner, waiting, options if depth == 0 else AS_FOUND):
                done += len(found)
                inside += [attached for one in found for attached in _attached(one)]
                if not (job.progress(done, total) and job.deliver(found)):
                    return
            waiting = inside if depth < _DEEPEST else []
            if not waiting:
                return


def _read(
    job: Job, planner: Planner, sources: Sequence[tuple[Source, str]], options: ReadOptions
) -> Iterator[list[Found]]:
    place = 0
    reading = [source for source, _ in sources]
    batches = read_in_batches(
        reading, workers=os.cpu_count() or 1, options=options, seconds=_BATCH_SECONDS, cancelled=job.stop_asked
    )
    with closing(batches):  # ends the worker processes
        for batch in batches:
            yield _planned(planner, batch, sources[place : place + len(batch)], options)
            place += len(batch)


def _planned(
    planner: Planner, batch: Sequence[Read], sources: Sequence[tuple[Source, str]], options: ReadOptions
) -> list[Found]:
    files = [read.result for read in batch if isinstance(read.result, ImportedFile)]
    plans = iter(planner.plan(files))
    return [
        Found(source, read.result, next(plans) if isinstance(read.result, ImportedFile) else None, within, options)
        for read, (source, within) in zip(batch, sources, strict=True)
    ]


def _attached(found: Found) -> list[tuple[Source, str]]:
    if not isinstance(found.result, ImportedFile):
        return []
    return [(attachment, found.name) for attachment in found.result.attachments]
