"""Many files through the window: written a portion at a time, so that it stays live, and undone at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from annotate import commands, history
from annotate.errors import ImportRefused
from annotate.importers import ImportedFile
from tests.annotate.drafts import imported
from tests.statements import statements_to
from tests.ui.conftest import Hands, reviewed
from ui.importing import PORTION_BYTES, PORTION_FILES, portions
from ui.jobs import Job


def read_of(name: str, size: int = 20) -> ImportedFile:
    return imported("Flood 🌊", name, data=b"x" * size)


def test_a_portion_holds_few_files_and_few_bytes_and_none_is_lost() -> None:
    reads = [
        *(read_of(f"{number}.txt") for number in range(PORTION_FILES + 1)),
        read_of("long.pdf", PORTION_BYTES * 3),
        ImportRefused("gone.txt is empty."),
        read_of("last.txt"),
    ]
    made = list(portions(reads))
    assert [read for portion in made for read in portion] == reads
    assert [len(portion) for portion in made] == [PORTION_FILES, 2, 2]
    assert list(portions([])) == []


def test_many_files_are_written_in_small_transactions_and_listed_without_reading_all_anew(
    hands: Hands, qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(50):
        words = "" if number == 7 else f"Report {number} 🚢\n\nقال الدفاع المدني words."
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
    written: list[int] = []
    take = commands.import_files

    def counting(project, files, **options):
        written.append(len(files))
        return take(project, files, **options)

    monkeypatch.setattr(commands, "import_files", counting)
    importing, model = hands.window.importing, hands.window.articles.model
    tester = QAbstractItemModelTester(model)
    read_anew = QSignalSpy(model.modelReset)
    review = reviewed(hands, qtbot, folder)
    with qtbot.waitSignal(importing.finished, timeout=20_000):
        qtbot.mouseClick(review.import_button, Qt.MouseButton.LeftButton)
    assert sum(written) == 49
    assert max(written) <= PORTION_FILES
    assert read_anew.count() == 0
    assert [model.article_at(row).title for row in (0, 48)] == ["Report 0 🚢", "Report 49 🚢"]
    assert model.rowCount() == 49
    assert hands.told[-1].words == "49 articles imported."
    step = history.next_undo(hands.session.project)
    assert step.label == "Import 49 files"
    hands.session.undo()
    assert model.rowCount() == 0
    hands.session.redo()
    assert model.rowCount() == 49
    del tester


def portion_of(*numbers: int) -> list[ImportedFile]:
    return [imported(f"Report {number} 🚢\n\nقال words.", f"{number}.txt") for number in numbers]


def test_portions_of_an_import_are_listed_together_since_each_listing_lays_out_all_rows(hands: Hands):
    session, panel = hands.session, hands.window.articles
    listed = QSignalSpy(panel.model.rowsInserted)
    for number in range(0, 12, 2):
        files = portion_of(number, number + 1)
        session.run(commands.import_files, files, label="Import", join=session.project.last_step_id)
    assert (listed.count(), panel.model.rowCount()) == (1, 2), "the first portion at once, the others a moment later"
    panel.catching_up.now()
    assert (listed.count(), panel.model.rowCount()) == (2, 12)
    assert [panel.model.article_at(row).title for row in (0, 11)] == ["Report 0 🚢", "Report 11 🚢"]


def test_what_is_changed_while_an_import_runs_is_shown_at_once_with_what_waits(hands: Hands):
    session, panel = hands.session, hands.window.articles
    for number in range(3):
        session.run(commands.import_files, portion_of(number), label="Import", join=session.project.last_step_id)
    session.run(commands.edit_article, panel.model.article_at(0).id, title="Ferry")
    assert [panel.model.article_at(row).title for row in range(panel.model.rowCount())] == [
        "Ferry",
        "Report 1 🚢",
        "Report 2 🚢",
    ]


def test_a_portion_asks_as_many_questions_of_a_project_with_many_articles(hands: Hands, qtbot):
    session, panel = hands.session, hands.window.articles
    asked = []
    for already in (10, 150):
        session.run(commands.import_files, portion_of(*range(already, 2 * already)), label="Import")
        step = session.project.last_step_id
        qtbot.wait(50)
        with statements_to(hands.session.read) as statements:
            session.run(commands.import_files, portion_of(already + 1000, already + 1001), label="Import", join=step)
            panel.catching_up.now()
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_reading_waits_for_the_window_rather_than_run_ahead_of_it(qtbot):
    made: list[int] = []
    taken: list[tuple[int, int]] = []

    def work(job: Job) -> None:
        for number in range(50):
            made.append(number)
            job.deliver(number)

    job = Job("Reading", work)
    job.delivered.connect(lambda number: taken.append((number, len(made))))
    with qtbot.waitSignal(job.ended):
        job.start()
    assert [number for number, _ in taken] == list(range(50))
    assert max(ahead - number for number, ahead in taken) <= 5


def test_a_job_that_is_stopped_by_who_takes_its_pieces_ends_once(qtbot):
    taken: list[object] = []
    job = Job("Reading", lambda job: [job.deliver(number) for number in range(50)])
    job.delivered.connect(taken.append)
    job.delivered.connect(lambda _number: job.stop(5))
    ended = QSignalSpy(job.ended)
    with qtbot.waitSignal(job.cancelled):
        job.start()
    qtbot.wait(30)
    assert (taken, ended.count()) == ([0], 1)


def test_new_articles_show_only_where_they_match_the_filter(hands: Hands):
    session, model = hands.session, hands.window.articles.model
    model.filter("ferry")
    files = [imported(f"{title}\n\nwords", f"{title}.txt") for title in ("Ferry 🚢 one", "Bridge", "The ferry")]
    session.run(commands.import_files, files, label="Import")
    assert [model.article_at(row).title for row in range(model.rowCount())] == ["Ferry 🚢 one", "The ferry"]
    assert model.total == 3
    model.filter("")
    assert model.rowCount() == 3
