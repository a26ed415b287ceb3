"""What backups of a large project take, and whether marking waits for one that is being made."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotate import commands
from annotate.ages_and_sizes import size_in_words
from annotate.backup_preview import preview
from annotate.backups import make_backup, restore
from annotate.model import Span
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.benchmarks.big_project import build
from tests.benchmarks.measured import Case, Measured

CODE_POINTS = 5_000_000
MARKS = 100_000
RUNS = 5


@contextmanager
def _project() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.pnote"
        build(path, CODE_POINTS, MARKS)
        yield path


def _note(path: Path) -> str:
    return f"{MARKS:,} marks, {size_in_words(path.stat().st_size)}"


def made_and_verified() -> Measured:
    seconds = []
    with _project() as path, Project.open(path, "Bench"):
        for _ in range(RUNS):
            began = time.perf_counter()
            make_backup(path)
            seconds.append(time.perf_counter() - began)
        return Measured(seconds, _note(path))


def compared() -> Measured:
    seconds = []
    with _project() as path, Project.open(path, "Bench") as project:
        backup = make_backup(path).backup
        _mark(project, 0)
        for _ in range(RUNS):
            began = time.perf_counter()
            assert preview(project.read.connection, backup.path).steps == 1
            seconds.append(time.perf_counter() - began)
        return Measured(seconds, _note(path))


def restored() -> Measured:
    seconds = []
    with _project() as path:
        backup = make_backup(path).backup
        for _ in range(RUNS):
            began = time.perf_counter()
            restore(path, backup.path)
            seconds.append(time.perf_counter() - began)
        return Measured(seconds, f"{_note(path)}; what was there becomes a backup first")


def marked_meanwhile() -> Measured:
    """One mark after the other, each durable, as long as backups are made in another thread."""
    seconds = []
    with _project() as path, Project.open(path, "Bench") as project:
        making = threading.Thread(target=lambda: [make_backup(path) for _ in range(RUNS)])
        making.start()
        while making.is_alive():
            began = time.perf_counter()
            _mark(project, len(seconds))
            seconds.append(time.perf_counter() - began)
            time.sleep(0.02)  # a person takes longer
        making.join()
        return Measured(seconds, _note(path))


def _mark(project: Project, number: int) -> None:
    commands.mark(project, project.read.articles()[0].id, Kind.CLAIM, [Span(number, number + 20)])


CASES = (
    Case("backup: made and verified", made_and_verified),
    Case("backup: what differs from the project", compared),
    Case("backup: restored", restored),
    Case("backup: one mark while one is made", marked_meanwhile),
)
