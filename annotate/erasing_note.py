"""What an erasing that was cut short leaves to be finished: noted beside the project before anything is replaced.

Why it exists: the project itself is as before or erased, at any moment. But backups that hold what is erased may not
have been removed yet; whoever opens the project next sees to that. The note holds names of backups only, and the uid
of the step by which it is known that the erasing happened.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from annotate.unfinished import name_beside, put_in_place


@dataclass(frozen=True, slots=True)
class ErasingNote:
    """The note of one erasing."""

    note: Path
    step: UUID
    """Of the step that says that something was erased; it is in the new file and not in the old one."""
    backups: tuple[Path, ...]
    """Those that hold what is erased."""

    @classmethod
    def begin(cls, project: Path, step: UUID, backups: Iterable[Path]) -> ErasingNote:
        """Note what is to be done. Raises OSError."""
        made = cls(_note_of(project), step, tuple(backups))
        words = {"step": step.hex, "backups": [path.name for path in made.backups]}
        growing = name_beside(made.note)
        try:
            growing.write_text(json.dumps(words), encoding="utf-8")
            put_in_place(growing, made.note, over=True)  # on the disk before the project is: the power may go
        finally:
            growing.unlink(missing_ok=True)
        return made

    def end(self) -> None:
        """It is done, or was given up."""
        with suppress(OSError):
            self.note.unlink(missing_ok=True)


def noted_erasing(project: Path, backups: Iterable[Path]) -> ErasingNote | None:
    """The note that an erasing has left. `backups` are those there are: the note can name no other file, whoever wrote
    it."""
    note = _note_of(project)
    try:
        words = json.loads(note.read_text(encoding="utf-8"))
        step, names = UUID(hex=words["step"]), {str(name) for name in words["backups"]}
    except OSError:  # read at the next opening, perhaps
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # no note of this program
        with suppress(OSError):
            note.unlink()
        return None
    return ErasingNote(note, step, tuple(path for path in backups if path.name in names))


def is_unfinished(project: Path) -> bool:
    """Whether there may be something to finish; costs next to nothing."""
    return _note_of(project).exists()


def _note_of(project: Path) -> Path:
    return project.with_name(f".{project.name}.erasing")
