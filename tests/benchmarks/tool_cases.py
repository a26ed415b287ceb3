"""What other tools' formats take: a project of 1,000 articles with 10,000 marks out, and back in."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotate import commands, history
from annotate.exchange.incoming import Incoming, IncomingAnnotation, IncomingArticle
from annotate.handing_on import Form, Handing, Order
from annotate.importers.draft import Draft
from annotate.project import Project
from tests.benchmarks.material import article_text, kinds, places
from tests.benchmarks.measured import Case, Measured

ARTICLES = 1_000
MARKS = 10
"""Of each article."""
_NOTE = f"{ARTICLES:,} articles of 4 KB, {ARTICLES * MARKS:,} marks"


def _incoming() -> Incoming:
    articles, annotations = [], []
    for number in range(ARTICLES):
        text = f"Article {number} 🌊\n\n{article_text(4_000)}"
        draft = Draft(text, f"Article {number}", True)
        articles.append(IncomingArticle(f"{number}", draft, f"{number}.txt", text.encode()))
        marks = zip(kinds(), places(text, MARKS, seed=number), strict=False)
        annotations += [
            IncomingAnnotation(f"{number} {place}", f"{number}", kind, (span,))
            for place, (kind, span) in enumerate(marks)
        ]
    return Incoming("bench", "bench", articles=articles, annotations=annotations)


@contextmanager
def _project() -> Iterator[Project]:
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "bench.pnote", "Bench") as project:
        commands.take_in(project, _incoming())
        yield project


def _written(form: Form) -> Measured:
    """What it takes to hand the project on in a form, from gathering to the file in its place."""
    seconds = []
    with _project() as project:
        target = project.path.with_name(f"out{form.suffix}")
        for _ in range(3):
            began = time.perf_counter()
            Handing(project.read, Order(form, target), analyst="Bench").write()
            seconds.append(time.perf_counter() - began)
    return Measured(seconds, _NOTE)


def _taken_in(form: Form) -> Measured:
    """What it takes to read such a file and write it into a new project."""
    from annotate.exchange.coming_in import read_other_tool

    seconds = []
    with _project() as project:
        target = project.path.with_name(f"out{form.suffix}")
        Handing(project.read, Order(form, target), analyst="Bench").write()
        for number in range(3):
            with Project.create(project.path.with_name(f"new {number}.pnote"), "Bench") as new:
                began = time.perf_counter()
                commands.take_in(new, read_other_tool(target))
                seconds.append(time.perf_counter() - began)
    return Measured(seconds, f"{_NOTE}; read and written")


def read_back_workbook() -> Measured:
    """What it takes to read a workbook in which a column was edited, to compare it, and to take all of it over."""
    import openpyxl

    from annotate.commands.reading_back import read_back
    from annotate.exchange.readback.compare import compare
    from annotate.exchange.readback.workbook import read_workbook
    from annotate.report.workbook import export_workbook

    seconds, changed = [], 0
    with _project() as project:
        path = export_workbook(project.read, project.path.with_name("out.xlsx"), analyst="Bench").path
        book = openpyxl.load_workbook(path)
        for name in ("Claims", "Figures"):
            note = next(cell.column for cell in book[name][1] if cell.value == "Note")
            for row in range(2, book[name].max_row + 1):
                book[name].cell(row, note).value = f"looked at {row} 🌊"
        book.save(path)
        for _ in range(3):
            began = time.perf_counter()
            diff = compare(project.read, read_workbook(path))
            changed = len(read_back(project, diff, [change.key for change in diff.changes]).applied)
            seconds.append(time.perf_counter() - began)
            history.undo(project)
    return Measured(seconds, f"{_NOTE}; read, compared, and {changed:,} edited notes written")


def read_qualcoder_project() -> Measured:
    from annotate.exchange.qualcoder import read_qualcoder

    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(Path(folder) / "data.qda")
        database.executescript(
            "create table source (id integer primary key, name text, fulltext text);"
            "create table code_name (cid integer primary key, name text); insert into code_name values (1, 'Damage');"
            "create table code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer);"
        )
        incoming = _incoming()
        texts = {article.key: article.draft.text for article in incoming.articles}
        database.executemany("insert into source values (?, ?, ?)", ((key, key, text) for key, text in texts.items()))
        database.executemany(
            "insert into code_text values (1, ?, ?, ?, ?)",
            (
                (one.article, texts[one.article][span.start : span.end], span.start + 1, span.end + 1)
                for one in incoming.annotations
                for span in one.spans
            ),
        )
        database.commit()
        database.close()
        for _ in range(3):
            began = time.perf_counter()
            read_qualcoder(Path(folder))
            seconds.append(time.perf_counter() - began)
    return Measured(seconds, f"{_NOTE}, places behind an emoji as the screen counts them; read, not written")


CASES = (
    Case("tools: CSV out", lambda: _written(Form.CSV), 4_000),
    Case("tools: REFI-QDA out", lambda: _written(Form.QDPX), 3_000),
    Case("tools: REFI-QDA in", lambda: _taken_in(Form.QDPX), 5_000),
    Case("tools: Web Annotations out", lambda: _written(Form.JSONLD), 3_000),
    Case("tools: Web Annotations in", lambda: _taken_in(Form.JSONLD), 5_000),
    Case("tools: JSON out", lambda: _written(Form.JSON), 3_000),
    Case("tools: QualCoder in", read_qualcoder_project, 5_000),
    Case("tools: workbook read back", read_back_workbook, 10_000),
)
