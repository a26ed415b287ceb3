"""How quickly a job goes, in words, told only once it is known."""

from __future__ import annotations

import pytest

from ui.pace import Pace


def test_at_first_only_what_is_done_is_told() -> None:
    pace = Pace()
    assert pace.words(0, 1_000, 5.0) == "0 of 1,000"
    assert pace.words(300, 1_000, 5.9) == "300 of 1,000"


@pytest.mark.parametrize(
    ("done", "seconds", "told"),
    [
        (500, 2.0, "500 of 1,000 · 250 a second · 2 s left"),
        (10, 4.0, "10 of 1,000 · 2.5 a second · 7 min left"),
        (1, 8.0, "1 of 1,000 · 8 a minute · 2 h 14 min left"),
        (1_000, 3.0, "1,000 of 1,000"),
    ],
)
def test_then_the_rate_and_the_time_left(done: int, seconds: float, told: str) -> None:
    pace = Pace()
    pace.words(0, 1_000, 100.0)
    assert pace.words(done, 1_000, 100.0 + seconds) == told
