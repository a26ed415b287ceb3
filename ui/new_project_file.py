"""Where a new project is to be: a place where nothing stands, which the analyst chooses.

Why it exists: what makes a project never writes over a file. The system's own question whether to replace one would
promise that, so it is not asked; what stands at the chosen place is told, with a way on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotate.project import SUFFIX
from ui.session import Notice, Session

PROJECTS = f"Provenote projects (*{SUFFIX})"


def ask_for_new_file(over: QWidget, heading: str, suggested: Path) -> Path | None:
    """Ask where, under the suggested name or one like it that is free; None where that was given up."""
    chosen, _ = QFileDialog.getSaveFileName(
        over, heading, str(_free(suggested)), PROJECTS, "", QFileDialog.Option.DontConfirmOverwrite
    )
    return with_suffix(Path(chosen)) if chosen else None


def with_suffix(path: Path) -> Path:
    """The path of a project that was asked for, whether its ending was typed or not."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def is_free(path: Path, session: Session, label: str, act: Callable[[], object]) -> bool:
    """Whether nothing stands there; else that is told, with a button that leads on."""
    if path.exists():
        words = f"{path.name} is there already, and nothing is written over it. Choose another name."
        session.tell(Notice(words, trouble=True, action=label, act=act))
        return False
    return True


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free
