"""Why a project can only be looked at: its file or folder cannot be written, or somebody else has it open."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from annotate.errors import ReadOnlyPlace
from annotate.store.ownership import is_held, left_by, side_file

_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ETXTBSY})


def refuse_read_only(path: Path) -> None:
    """Raise ReadOnlyPlace for a project whose file cannot be written; tried and not asked, since rights lie in many
    places. Nothing is changed by it, and what else is wrong with the file is for others to say."""
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        if error.errno in _READ_ONLY:
            raise ReadOnlyPlace(
                f"{path.name} cannot be written ({error.strerror or error}). "
                "Look at it as it is, or copy it to a folder of your own to work on it.",
                "the file cannot be written",
            ) from error


def why_view_only(path: Path, analyst: str, because: str = "") -> str:
    """One sentence on why a project is only looked at; `because` is what opening it for work said of that."""
    holder = is_held(path)
    because = holder.because(analyst) if holder is not None else because or _not_writable(path)
    return f"{path.name} is only looked at, since {because}." if because else f"{path.name} is only looked at."


def is_free(path: Path) -> bool:
    """Whether a project that is only looked at could be worked on by now, as far as can be told without trying."""
    return is_held(path) is None and not side_file(path).exists() and not _not_writable(path)


def may_be_left(path: Path) -> bool:
    """Whether the side file names an owner whose lock does not reach this computer, or is gone."""
    return left_by(path) is not None and is_held(path) is None and not _not_writable(path)


def _not_writable(path: Path) -> str:
    try:
        refuse_read_only(path)
    except ReadOnlyPlace as error:
        return error.because
    # Asked of the system, since looking must leave nothing behind.
    beside = side_file(path) if side_file(path).exists() else path.parent
    writable = os.access(beside, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    return "" if writable else "its folder cannot be written"
