"""How quickly a long job goes and how long it will take, in words: "340 of 1,000 · 410 a second · 2 s left"."""

from __future__ import annotations

import math

_LEAST_SECONDS = 1.0
"""Before this a rate is a guess."""


class Pace:
    """Told of progress at times in seconds of any one clock; begins with the first of them."""

    def __init__(self) -> None:
        self._began: tuple[float, int] | None = None

    def words(self, done: int, total: int, now: float) -> str:
        """Done and total; once that can be told, the rate and the time left."""
        if self._began is None:
            self._began = (now, done)
        since, before = self._began
        counted = f"{done:,} of {total:,}"
        if now - since < _LEAST_SECONDS or done <= before or done >= total:
            return counted
        rate = (done - before) / (now - since)
        return f"{counted} · {_rate(rate)} · {_left((total - done) / rate)} left"


def _rate(rate: float) -> str:
    if rate >= 10:
        return f"{rate:,.0f} a second"
    return f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.0f} a minute"


def _left(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, math.ceil(seconds))} s"
    minutes = math.ceil(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
