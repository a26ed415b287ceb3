"""Suggesting: an article of usual length, and a very long text, by the rules alone."""

from __future__ import annotations

import time

from annotate.suggest import propose
from tests.benchmarks.material import article_text
from tests.benchmarks.measured import Case, Measured


def suggest_for(code_points: int, runs: int) -> Measured:
    text = article_text(code_points)[:code_points]
    seconds, found = [], 0
    for _ in range(runs):
        began = time.perf_counter()
        found = len(propose(text))
        seconds.append(time.perf_counter() - began)
    return Measured(seconds, f"{len(text):,} characters, {found:,} proposals")


CASES = (
    Case("suggest: an article of 4 KB", lambda: suggest_for(4_000, 30), 15),
    Case("suggest: a text of 1 MB", lambda: suggest_for(1_000_000, 3), 3_000),
)
