"""Texts and projects to measure with.

Texts have emoji, Arabic and combining marks among their words and come from a fixed seed, so that two runs measure the
same work.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from annotate import commands
from annotate.importers import read_pasted
from annotate.model import Span
from annotate.project import Project
from annotate.vocabulary import Kind

USUAL = 6_000
"""Code points of an article of usual size."""

WORDS = (  # noqa: SIM905  (a sentence reads better than 60 strings)
    "the river rose before dawn and officials said that residents had left their homes while rescuers searched the "
    "flooded streets of the lower town according to the ministry whose spokesperson told reporters about 1,200 people "
    "were moved to schools at least 27 were missing 🚨 🇳🇴 café naïve المدينة الماء"
).split()


def article_text(code_points: int, seed: int = 1) -> str:
    """A text of paragraphs, about as long as asked."""
    chance = random.Random(seed)
    lines, length = ["A headline of some words", ""], 0
    while length < code_points:
        sentences = [
            " ".join(chance.choices(WORDS, k=chance.randint(8, 24))) + "." for _ in range(chance.randint(2, 5))
        ]
        lines += [" ".join(sentences), ""]
        length += len(lines[-2]) + 2
    return "\n".join(lines)


def places(text: str, count: int, seed: int = 2, longest: int = 90) -> Iterator[Span]:
    """Stretches of words anywhere in the text, in no order, overlapping here and there (the more, the longer)."""
    chance = random.Random(seed)
    for _ in range(count):
        start = chance.randrange(0, len(text) - longest - 200)
        start = text.index(" ", start) + 1
        yield Span(start, text.index(" ", start + chance.randint(5, longest)))


def kinds() -> Iterator[Kind]:
    while True:
        yield from Kind


@contextmanager
def project_of(text: str, marks: int = 0) -> Iterator[tuple[Project, int]]:
    """A project with one article that has marks in it already."""
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "bench.pnote", "Bench") as project:
        taken = commands.import_file(project, read_pasted(text, datetime(2024, 3, 12)))
        article_id = taken.articles[0].article_id
        for kind, span in zip(kinds(), places(text, marks), strict=False):
            commands.mark(project, article_id, kind, [span])
        yield project, article_id
