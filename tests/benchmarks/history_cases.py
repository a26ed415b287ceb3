"""The history of a project that people have worked on for long: opening its panel, going on to a mark, going back."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotate import commands
from annotate.going_back import before, plan
from annotate.importers import read_pasted
from annotate.project import Project
from annotate.steps import HistoryOf
from annotate.store import schema as t
from annotate.store.queries import Reader
from annotate.timeline import Timeline
from annotate.vocabulary import Kind
from tests.benchmarks.big_project import DAY
from tests.benchmarks.material import article_text, places
from tests.benchmarks.measured import Case, Measured

STEPS = 20_000
ARTICLES, MARKS_AN_ARTICLE = 50, 100


@contextmanager
def worked_on_for_long() -> Iterator[Path]:
    """More than 100,000 changes in 20,000 steps, of several people, on 5,000 marks; thousands of them are removals."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pnote"
        with Project.create(path, "Ana") as project:
            project.read.connection.exec_driver_sql("PRAGMA synchronous = OFF")  # made, not measured
            marks = _marks(project)
            _edits(project, marks)
        yield path


def _marks(project: Project) -> list[int]:
    marks: list[int] = []
    for number in range(ARTICLES):
        text = f"Article {number}\n\n{article_text(12_000, seed=number)}"
        article_id = commands.import_file(project, read_pasted(text, DAY)).articles[0].article_id
        article = project.read.article(article_id)
        assert article is not None
        body = project.read.body(article.text_id)
        where = places(body, MARKS_AN_ARTICLE, seed=number)
        marks += [commands.mark(project, article_id, Kind.CLAIM, [span]) for span in where]
    return marks


def _edits(project: Project, marks: list[int]) -> None:
    """Each step edits five claims and puts on, or takes off, a tag; commands would take minutes for so many."""
    tag_id = commands.add_tag(project, "long")
    put_on: list[int] = []
    for number in range(STEPS - len(project.read.steps(STEPS))):
        if number % 100 == 0:
            project.become(("Ana", "Ben", "Zoë")[number // 100 % 3])
        some = [marks[(number * 5 + more) % len(marks)] for more in range(5)]
        with project.change(f"Edit claims {number}") as transaction:
            for mark_id in some:
                transaction.update(t.claims, mark_id, plain_words=f"In other words, {number} 🌊")
            if number % 2 == 0:
                put_on.append(transaction.insert(t.annotation_tags, annotation_id=some[0], tag_id=tag_id))
            else:
                transaction.delete(t.annotation_tags, put_on.pop())


def panel_opening(runs: int = 15) -> Measured:
    """From the key to the lines being painted, in the whole window."""
    from PySide6.QtTest import QTest

    from tests.benchmarks.reading import PaintClock, window_on

    seconds = []
    with worked_on_for_long() as path, window_on(path) as app:
        window = app.window
        clock = PaintClock(window.history.view.viewport())
        for _ in range(runs):
            began = time.perf_counter()
            window.actions_["show_history"].trigger()
            seconds.append(clock.after(began) - began)
            assert window.history.model.rowCount() > 50
            window.panels["history"].close()
            QTest.qWait(50)
        changes = app.session.read.newest_moment().change_id
        note = f"{changes:,} changes in {app.session.read.step_count():,} steps"
    return Measured(seconds, note)


def edit_while_shown(runs: int = 25) -> Measured:
    """What an edit costs more while the panel is open: its lines are read again."""
    from PySide6.QtTest import QTest

    from tests.benchmarks.reading import window_on

    seconds = []
    with worked_on_for_long() as path, window_on(path) as app:
        app.window.actions_["show_history"].trigger()
        QTest.qWait(100)
        for number in range(runs):
            app.session.run(commands.add_tag, f"new {number}")
            began = time.perf_counter()
            app.window.history.catching_up.now()
            seconds.append(time.perf_counter() - began)
            QTest.qWait(10)
    return Measured(seconds, "the first page read again")


def first_page(of: str, runs: int = 15) -> Measured:
    """Reading the first hundred lines of an article or a mark, whose rows must be found in the journal first."""
    seconds = []
    with worked_on_for_long() as path, Project.open(path, "Ana") as project:
        for number in range(runs):
            whose = HistoryOf(article_id=number + 1) if of == "article" else HistoryOf(annotation_id=number * 7 + 1)
            began = time.perf_counter()
            lines = Timeline(project.read, whose).more()
            seconds.append(time.perf_counter() - began)
            assert lines
    return Measured(seconds, "rows that are gone among them")


def going_back_planned(runs: int = 3) -> Measured:
    """What would change over all steps of history but the first thousands, which made the marks."""
    seconds = []
    with worked_on_for_long() as path, Project.open(path, "Ana") as project:
        step_id = _early_step(project.read)
        for _ in range(runs):
            began = time.perf_counter()
            planned = plan(project.read, before(project.read, step_id))
            seconds.append(time.perf_counter() - began)
            assert planned
    return Measured(seconds, "over 90,000 changes")


def _early_step(read: Reader) -> int:
    return next(step.id for step in read.timeline(words="claims 0", limit=STEPS) if step.label == "Edit claims 0")


CASES = [
    Case("history: opening its panel", panel_opening, target_ms=100),
    Case("history: an edit while it is shown", edit_while_shown, target_ms=50),
    Case("history: an article's first page", lambda: first_page("article"), target_ms=100),
    Case("history: a mark's first page", lambda: first_page("mark"), target_ms=100),
    Case("history: planning to go back", going_back_planned, target_ms=3_000),
]
