"""No looking for garbage while very many values are made at once.

Python looks for cycles among all values again and again while their number grows. Reading or writing a project of
10,000 marks, or taking a step of 30,000 changes back, makes a million values and no cycle worth finding, and a third of
its time went into that search.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_left() -> Iterator[None]:
    """Cycles are left alone until the block ends; what no cycle holds is freed at once, as ever."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
