"""What it costs that nothing is lost: an edit until it is on the disk, and opening a project with many marks."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from annotate import commands
from annotate.importers import read_pasted
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.benchmarks.material import USUAL, article_text, kinds, places
from tests.benchmarks.measured import Case, Measured
from tests.benchmarks.reader_cases import MOST_MARKS, big_project

ROOT = Path(__file__).resolve().parents[2]
WARM = 20
RUNS = 200
OPENINGS = 9


def folder_on_a_disk() -> Path:
    """Where what is written has to reach a disk: the folder for temporary files, unless it lies in memory."""
    usual = Path(tempfile.gettempdir()).resolve()
    with suppress(OSError):
        kinds_of = {}
        for line in Path("/proc/self/mounts").read_text().splitlines():
            _device, place, kind, *_rest = line.split()
            kinds_of[Path(place)] = kind
        nearest = next(folder for folder in (usual, *usual.parents) if folder in kinds_of)
        if kinds_of[nearest] in ("tmpfs", "ramfs"):
            return ROOT
    return usual


@contextmanager
def _worked_on() -> Iterator[tuple[Project, int, str]]:
    """A project on a disk, with an article of usual size that has some marks in it."""
    text = article_text(USUAL)
    with (
        tempfile.TemporaryDirectory(dir=folder_on_a_disk()) as folder,
        Project.create(Path(folder) / "bench.pnote", "Bench") as project,
    ):
        taken = commands.import_file(project, read_pasted(text, datetime(2024, 3, 12)))
        article_id = taken.articles[0].article_id
        for kind, span in zip(kinds(), places(text, 60), strict=False):
            commands.mark(project, article_id, kind, [span])
        yield project, article_id, text


def _timed(edits: Iterator[Callable[[], object]]) -> list[float]:
    seconds = []
    for number, edit in enumerate(edits):
        began = time.perf_counter()
        edit()
        if number >= WARM:
            seconds.append(time.perf_counter() - began)
    return seconds


def edit_a_field() -> Measured:
    with _worked_on() as (project, _, _text):
        claims = [one.id for one in project.read.annotations() if one.kind is Kind.CLAIM]
        edits = (
            lambda number=number: commands.edit_record(  # type: ignore[misc]
                project, claims[number % len(claims)], plain_words=f"The river rose, {number}"
            )
            for number in range(WARM + RUNS)
        )
        return Measured(_timed(edits), _to_the_disk(project))


def add_a_mark() -> Measured:
    with _worked_on() as (project, article_id, text):
        marks = zip(kinds(), places(text, WARM + RUNS, seed=4), strict=False)
        edits = (lambda kind=kind, span=span: commands.mark(project, article_id, kind, [span]) for kind, span in marks)  # type: ignore[misc]
        return Measured(_timed(edits), _to_the_disk(project))


def _to_the_disk(project: Project) -> str:
    """What the disk takes of it, now and here."""
    run = project.read.connection.exec_driver_sql

    def commit() -> None:
        run("BEGIN IMMEDIATE")
        run("UPDATE counters SET last = last + 1")
        run("COMMIT")

    bare = statistics.median(_timed(commit for _ in range(WARM + RUNS)))
    return f"journalled, synchronous; a bare commit to this disk takes {bare * 1000:.2f} ms"


def open_in_the_store() -> Measured:
    """To what lists and panels ask first."""
    with _copied() as path:
        seconds = []
        for _ in range(OPENINGS):
            began = time.perf_counter()
            with Project.open(path, "Bench") as project:
                read = project.read
                assert read.articles()
                assert read.tags()
                read.project_info()
                read.step_to_undo(project.analyst_id)
                seconds.append(time.perf_counter() - began)
    return Measured(seconds, "no window; articles, tags and history asked for")


def open_in_the_window() -> Measured:
    """Until its first article is shown and painted, with everything else that the window does by then."""
    from tests.benchmarks.reading import PaintClock, empty_window

    with _copied() as path, empty_window() as app:
        seconds = []
        clock = PaintClock(app.window.reader.view.viewport())
        for _ in range(OPENINGS):
            began = time.perf_counter()
            app.session.open(path)
            app.session.choose_article(app.session.read.articles()[0].id)
            seconds.append(clock.after(time.perf_counter()) - began)
            app.session.close()
    return Measured(seconds, "to the first article painted")


@contextmanager
def _copied() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=folder_on_a_disk()) as folder:
        yield Path(shutil.copy(big_project(), folder))


CASES = (
    Case("durable edit in the store: a field of a claim", edit_a_field, 2),
    Case("durable edit in the store: a new mark", add_a_mark, 2),
    Case(f"opening a project with {MOST_MARKS:,} marks", open_in_the_store, 500),
    Case(f"opening a project with {MOST_MARKS:,} marks in the window", open_in_the_window, 500),
)
