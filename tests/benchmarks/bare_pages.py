"""Web pages through trafilatura alone, in as many processes as an import has: what importing pages is compared with.

Beyond this an import decodes, reads metadata, keeps bytes, and watches each process for time and memory.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from pathlib import Path


def letters_of(path: Path) -> int:
    """How many letters trafilatura finds, asked for as an import asks."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(
        path.read_text("utf-8"),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=False,
        include_formatting=False,
    )
    return len(found.text or "") if isinstance(found, Document) else 0


def extract(paths: Sequence[Path], processes: int) -> list[int]:
    """Letters of each page, the start of the processes included."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return pool.map(letters_of, paths, chunksize=4)
