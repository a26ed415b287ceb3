"""What a case is and what it hands back: run by `__main__`, written in the modules of cases by subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measured:
    seconds: list[float]
    note: str = ""
    peak_bytes: int | None = None
    """The most memory the measured process had in use; None where it was not looked at."""


@dataclass(frozen=True)
class Case:
    name: str
    run: Callable[[], Measured]
    target_ms: float | None = field(default=None)
    """For the median."""
    target_95th_ms: float | None = None
    target_bytes: int | None = None
