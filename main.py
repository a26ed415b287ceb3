"""Starts Provenote: without words the window, with words the command line.

Worker processes started by `spawn` import this file, so nothing happens and nothing heavy is imported at module level.
"""

import sys
from typing import Any


def main(argv: list[str]) -> int:
    """Show the window (for no words, one `.pnote` path or one link) or run a command; returns the exit status."""
    if not argv:
        from ui.app import main as show_window

        return show_window()
    if len(argv) == 1 and argv[0].lower().startswith("provenote:"):
        from ui.app import main as show_window

        return show_window(link=argv[0])
    if len(argv) == 1 and argv[0].lower().endswith(".pnote"):
        from pathlib import Path

        from ui.app import main as show_window

        return show_window(Path(argv[0]))
    from annotate.cli import main as run_command

    return run_command(argv, write_pdf=write_pdf)


def write_pdf(*order: Any) -> Any:
    """A reading copy as PDF: the one command that needs the window system, which is loaded only then."""
    from ui.reading_copy_pdf import write_pdf as write

    return write(*order)


if __name__ == "__main__":
    import multiprocessing

    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
