"""Saving what can be saved of a damaged project into a new one, and making a clean copy of a strange one.

Why it exists: a disk fails, a copy breaks off, a stick is pulled out; and a project from a stranger may hold what would
run. In both cases the file is only read, and stays what it is. Rows that can be read, with values that can stand in
their columns, go into a new file made by this program; what is lost, or is not what it was, is said by ID and title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from annotate.counted import counted
from annotate.errors import ImportRefused, NewerProject, ProjectError
from annotate.integrity import check_project
from annotate.project import SUFFIX, reading
from annotate.store.engine import inspect_header
from annotate.store.ownership import kept_from_others
from annotate.store.saving import save_rows
from annotate.writing import Progress, go_on, replacing

_SMALL_TEXT = 1_000_000
"""Bytes."""
_WORDS = {
    "articles": "articles",
    "texts": "texts",
    "annotations": "marks",
    "sources": "sources in the register",
    "tags": "tags",
    "checks": "checks",
    "files": "files",
    "steps": "steps of history",
}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came of it. Sentences name what they are about by ID or title."""

    source: Path
    target: Path
    saved: tuple[tuple[str, int], ...]
    """What is in the new project: "articles", and how many."""
    lost: tuple[str, ...]
    changed: tuple[str, ...]
    """What is in it, and is not what it was or cannot be proved to be."""
    unreadable_pages: int
    """Of 4096 bytes, as a rule."""
    problems: tuple[str, ...]
    """What the check says of the new project; empty as a rule."""

    @property
    def is_whole(self) -> bool:
        """Whether everything that was there is there, as it was."""
        return not (self.lost or self.changed or self.unreadable_pages or self.problems)

    def sentence(self) -> str:
        """What came of it, in short."""
        articles, marks = (dict(self.saved)[what] for what in ("articles", "marks"))
        held = f"{counted(articles, 'article')} and {counted(marks, 'mark')}"
        if self.is_whole:
            return f"Everything in {self.source.name} was taken over into {self.target.name}: {held}."
        numbers = f"{len(self.lost):,} lost, {len(self.changed):,} not as before"
        return f"{held} of {self.source.name} were saved into {self.target.name} ({numbers})."


def salvage(source: Path, target: Path, *, analyst: str = "", progress: Progress = go_on) -> Salvaged:
    """Make a new project at `target` of all that can be read of the one at `source`, which is only read.

    Raises ProjectError where nothing of a project is in it, `target` is there already or cannot be written, or the
    project is open; ExportCancelled where `progress` says to stop. Nothing is left at `target` then.
    """
    source, target = source.resolve(), target.resolve()
    if target.exists():
        raise ProjectError(f"{target.name} is there already. Choose another name.")
    _refuse_what_is_none(source)
    with kept_from_others(source, analyst), kept_from_others(target, analyst):
        found = save_rows(source, target, _texts_of, progress)
    with reading(target, analyst) as reader:
        problems = tuple(problem.sentence for problem in check_project(reader))
    saved = tuple((words, found.counts[name]) for name, words in _WORDS.items())
    return Salvaged(source, target, saved, found.lost, found.changed, found.unreadable_pages, problems)


def write_report(salvaged: Salvaged) -> Path:
    """Write what was saved and lost as plain text beside the new project. Raises ExportFailed."""
    target = salvaged.target.with_name(f"{salvaged.target.stem} report.txt")
    with replacing(target) as temporary:
        temporary.write_text(report_of(salvaged, datetime.now().astimezone()), encoding="utf-8")
    return target


def report_of(salvaged: Salvaged, now: datetime) -> str:
    """The report's words."""
    lines = [
        salvaged.sentence(),
        f"{now:%d %B %Y, %H:%M}. {salvaged.source} was only read and is what it was: keep it.",
        "",
        "Saved",
        *(f"  {number:>9,}  {what}" for what, number in salvaged.saved),
    ]
    if salvaged.unreadable_pages:
        lines += ["", f"Places of the file that could not be read: {salvaged.unreadable_pages:,}"]
    for heading, sentences in (
        ("Lost", salvaged.lost),
        ("Kept, but not as it was: look at each", salvaged.changed),
        ("What the check says of the new project", salvaged.problems),
    ):
        if sentences:
            lines += ["", f"{heading} ({len(sentences):,})", *(f"  {line}" for line in _grouped(sentences))]
    return "\n".join(lines) + "\n"


def _grouped(sentences: Sequence[str]) -> list[str]:
    """Sentences that say the same of several records, as one."""
    names: dict[str, list[str]] = {}
    for sentence in sentences:
        name, _, said = sentence.partition(": ")
        names.setdefault(said, []).append(name)
    return [f"{', '.join(named)}: {said}" if said else ", ".join(named) for said, named in names.items()]


def clean_copy_name(source: Path) -> Path:
    """Where a clean copy of a strange project goes, beside it: "my (clean copy).pnote", or with a number."""
    return _free_name(source, "clean copy")


def saved_name(source: Path) -> Path:
    """Where what is saved of a damaged project goes, beside it: "my (saved).pnote", or with a number."""
    return _free_name(source, "saved")


def _free_name(source: Path, what: str) -> Path:
    names = (source.with_name(f"{source.stem} ({what}{f' {n}' if n > 1 else ''}){SUFFIX}") for n in count(1))
    return next(name for name in names if not name.exists())


def _texts_of(files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Read files again as they were imported: in a process that may be given up, unless they are nothing but text."""
    from annotate.importers import Attachment, ImportedFile, read_bytes, read_many

    texts: list[str] = []

    def others() -> Iterator[Attachment]:
        for name, data in files:
            if len(data) <= _SMALL_TEXT and name.lower().endswith((".txt", ".md")) and b"\0" not in data:
                with suppress(ImportRefused):
                    texts.extend(draft.text for draft in read_bytes(data, name).articles)
            elif data:
                yield Attachment(name, data)

    for read in read_many(others(), workers=1):
        if isinstance(read.result, ImportedFile):
            yield from (draft.text for draft in read.result.articles)
    yield from texts


def _refuse_what_is_none(source: Path) -> None:
    """A file that is empty, gone or of a newer version is refused; one whose header is damaged may be a project."""
    try:
        with source.open("rb") as file:
            is_empty = not file.read(1)
    except OSError:
        is_empty = True
    if is_empty:
        inspect_header(source)
    try:
        inspect_header(source)
    except NewerProject:
        raise
    except ProjectError:
        return
