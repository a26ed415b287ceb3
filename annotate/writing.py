"""A file that is written whole or not at all, with progress and a way to stop.

Why it exists: what is exported is handed on, so an old file stays untouched until the new one is complete. It grows in
a temporary file beside the target and is moved into place at the end. Every export uses this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import LargeZipFile

from annotate.errors import ExportFailed
from annotate.unfinished import clear_left_behind, name_beside, put_in_place

Progress = Callable[[int, int], bool]
"""Is told what is done and what there is to do in all, every so often; answers False to stop."""


class ExportCancelled(ExportFailed):
    """The analyst stopped the export."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export has written: the file (or folder), numbers by what they count ("Claims"), and sentences for the
    analyst about what had to be done differently or left out."""

    path: Path
    rows: dict[str, int]
    warnings: tuple[str, ...] = ()


def report(progress: Progress, done: int, total: int, name: str) -> None:
    """Tell how far it is. Raises ExportCancelled where the answer is to stop; `name` is the file's."""
    if not progress(done, total):
        raise ExportCancelled(f"The export was stopped; {name} was not written.")


def go_on(_done: int, _total: int) -> bool:
    """The Progress that nobody watches."""
    return True


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary file beside `target` that takes its place when the block ends well and is removed otherwise.

    Raises ExportFailed, with a sentence that names the target, where something cannot be written.
    """
    clear_left_behind(target.parent)
    temporary = name_beside(target)
    try:
        temporary.open("xb").close()  # fails now, not after minutes, where nothing can be written
        yield temporary
        if target.exists():
            with suppress(OSError):  # file systems without rights
                temporary.chmod(target.stat().st_mode & 0o777)
        put_in_place(temporary, target, over=True)
    except (OSError, LargeZipFile) as error:
        raise _explained(error, target) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _explained(error: OSError | LargeZipFile, target: Path) -> ExportFailed:
    untouched = "What stood there before is untouched."
    if isinstance(error, PermissionError):
        opened = "If it is open in Excel or another program, close it there and export again."
        return ExportFailed(f"{target.name} cannot be written in {target.parent}. {opened} {untouched}")
    if isinstance(error, FileNotFoundError):
        return ExportFailed(f"{target.name} was not written: the folder {target.parent} does not exist.")
    if isinstance(error, IsADirectoryError):
        return ExportFailed(f"{target.name} is a folder. Choose another name for the file.")
    reason = getattr(error, "strerror", None) or str(error)
    return ExportFailed(f"{target.name} was not written: {reason}. {untouched}")
