"""Reading copies of a thousand articles with ten thousand marks, from what was read of the project to the file."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from annotate.report.evidence import Evidence
from annotate.report.reading_copy.copy import BodyOf
from annotate.vocabulary import Kind
from annotate.writing import Written
from tests.benchmarks.material import article_text, kinds, places
from tests.benchmarks.measured import Case, Measured
from tests.report.reading_copy.marked import annotation, article, empty_evidence, of_text, text

ARTICLES, MARKS_EACH, CODE_POINTS = 1_000, 10, 4_000
RUNS = 3

Write = Callable[[Evidence, BodyOf, Path], Written]


def copy_of_many(write: Write, suffix: str) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        evidence, bodies = _many(Path(folder))
        seconds = []
        for number in range(RUNS):
            began = time.perf_counter()
            written = write(evidence, bodies.__getitem__, Path(folder) / f"{number}{suffix}")
            seconds.append(time.perf_counter() - began)
        size = written.path.stat().st_size
    return Measured(seconds, f"{ARTICLES:,} articles, {len(evidence.annotations):,} marks, {size / 1e6:.1f} MB")


def _many(folder: Path) -> tuple[Evidence, dict[int, str]]:
    bodies = {number: article_text(CODE_POINTS, seed=number) for number in range(1, ARTICLES + 1)}
    made = {}
    numbers: Counter[Kind] = Counter()
    for article_id, body in bodies.items():
        for kind, span in zip(kinds(), places(body, MARKS_EACH, seed=article_id), strict=False):
            numbers[kind] += 1
            one = annotation(len(made) + 1, article_id, body, kind, [(span.start, span.end)])
            made[one.id] = replace(one, number=numbers[kind])
    evidence = replace(
        of_text(empty_evidence(folder), "", []),
        articles={number: article(number, f"Article {number}") for number in bodies},
        texts={number: text(number, body) for number, body in bodies.items()},
        annotations=made,
    )
    return evidence, bodies


def _html(evidence: Evidence, body_of: BodyOf, target: Path) -> Written:
    from annotate.report.reading_copy.html_copy import write_html

    return write_html(evidence, body_of, target)


def _word(evidence: Evidence, body_of: BodyOf, target: Path) -> Written:
    from annotate.report.reading_copy.word_copy import write_word

    return write_word(evidence, body_of, target)


CASES = (
    Case("copy: 1,000 articles as HTML", lambda: copy_of_many(_html, ".html"), 3_000),
    Case("copy: 1,000 articles as Word", lambda: copy_of_many(_word, ".docx"), 3_000),
)
