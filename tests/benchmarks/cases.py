"""What is measured: from the process' start to the first paint, and what happens at every key press."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from annotate import commands, history
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.benchmarks import (
    backup_cases,
    copy_cases,
    export_cases,
    history_cases,
    import_cases,
    reader_cases,
    safety_cases,
    suggest_cases,
    template_cases,
    tool_cases,
)
from tests.benchmarks.big_project import build
from tests.benchmarks.material import USUAL, article_text, kinds, places, project_of
from tests.benchmarks.measured import Case, Measured

PROJECT = Path(__file__).resolve().parents[2]


def start_to_first_paint() -> Measured:
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.benchmarks.first_paint", str(Path(folder) / "settings.ini")]
        for number in range(12):
            began = time.perf_counter()
            subprocess.run(command, cwd=PROJECT, check=True)
            if number > 1:  # the first two warm the disk's cache
                seconds.append(time.perf_counter() - began)
    return Measured(seconds, "whole process, warm, offscreen")


def mark_saved_and_painted(code_points: int, marks: int, runs: int) -> Measured:
    """From the key to the mark being durable and painted, with the whole window open."""
    from PySide6.QtCore import QSettings, Qt
    from PySide6.QtGui import QTextCursor
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.app import App
    from ui.settings import Settings

    text = article_text(code_points)
    application = QApplication.instance() or QApplication(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        app = App(application, Settings(QSettings(f"{folder}/s.ini", QSettings.Format.IniFormat)))
        window = app.window
        window.resize(1400, 880)
        window.show()
        app.session.create(Path(folder) / "bench.pnote")
        article_id = window.importing.take_text(text)
        for kind, span in zip(kinds(), places(text, marks), strict=False):
            commands.mark(app.session.project, article_id, kind, [span])
        QTest.qWait(50)
        seconds = []
        keys = {Kind.CLAIM: Qt.Key.Key_C, Kind.FIGURE: Qt.Key.Key_F, Kind.SOURCE: Qt.Key.Key_S}
        view = window.reader.view
        view.setFocus()
        for kind, span in zip(kinds(), places(text, runs, seed=3), strict=False):
            window.reader.reveal(span.start)
            cursor = view.textCursor()
            cursor.setPosition(view.offsets.to_utf16(span.start))
            cursor.setPosition(view.offsets.to_utf16(span.end), QTextCursor.MoveMode.KeepAnchor)
            view.setTextCursor(cursor)
            QTest.qWait(40)  # a person takes longer; the panels have caught up and are painted
            began = time.perf_counter()
            QTest.keyClick(view, keys[kind])
            seconds.append(time.perf_counter() - began)
            assert app.session.annotation is not None
        window.close()
        window.deleteLater()
    return Measured(seconds, f"{len(text):,} code points, {marks:,} marks before")


def mark_in_the_store() -> Measured:
    text = article_text(USUAL)
    with project_of(text) as (project, article_id):
        seconds = []
        for kind, span in zip(kinds(), places(text, 150, seed=4), strict=False):
            began = time.perf_counter()
            commands.mark(project, article_id, kind, [span])
            seconds.append(time.perf_counter() - began)
    return Measured(seconds, "durable, no window")


def undo_in_the_store() -> Measured:
    text = article_text(USUAL)
    with project_of(text, marks=150) as (project, _):
        seconds = []
        for _ in range(100):
            began = time.perf_counter()
            history.undo(project)
            seconds.append(time.perf_counter() - began)
    return Measured(seconds, "durable, no window")


def undo_a_big_step() -> Measured:
    """A mark is an annotation, its spans and its record: 30,000 changes in one step."""
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.pnote"
        build(path, 1_000_000, 10_000)
        with Project.open(path, "Bench") as project:
            commands.remove_annotations(project, project.read.annotation_ids())
            for _ in range(5):
                began = time.perf_counter()
                history.undo(project)
                seconds.append(time.perf_counter() - began)
                history.redo(project)
    return Measured(seconds, "10,000 marks that were removed come back; no window")


CASES = (
    Case("start: process to first paint", start_to_first_paint, 1000),
    Case("mark: key to durable and painted", lambda: mark_saved_and_painted(USUAL, 60, 120), 16),
    *reader_cases.CASES,
    Case("store: one mark", mark_in_the_store),
    Case("store: undo one mark", undo_in_the_store),
    Case("store: undo a step of 10,000 marks", undo_a_big_step, 2_500),
    *safety_cases.CASES,
    *import_cases.CASES,
    *suggest_cases.CASES,
    *export_cases.CASES,
    *copy_cases.CASES,
    *tool_cases.CASES,
    *template_cases.CASES,
    *history_cases.CASES,
    *backup_cases.CASES,
)
