"""Many files through the window: written a portion at a time, so that it stays live, and undone at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from annotate import commands, history
from annotate.errors import ImportRefused
from annotate.importers import Read
from tests.annotate.drafts import imported
from tests.ui.conftest import Hands
from ui.importing import PORTION_BYTES, PORTION_FILES, portions


def read_of(name: str, size: int = 20) -> Read:
    return Read(Path(name), imported("Flood 🌊", name, data=b"x" * size))


def test_a_portion_holds_few_files_and_few_bytes_and_none_is_lost() -> None:
    reads = [
        *(read_of(f"{number}.txt") for number in range(PORTION_FILES + 1)),
        read_of("long.pdf", PORTION_BYTES * 3),
        Read(Path("gone.txt"), ImportRefused("gone.txt is empty.")),
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
    with qtbot.waitSignal(importing.finished, timeout=20_000):
        importing.take_files([folder])
    assert sum(written) == 50
    assert max(written) <= PORTION_FILES
    assert read_anew.count() == 0
    assert [model.article_at(row).title for row in (0, 48)] == ["Report 0 🚢", "Report 49 🚢"]
    assert model.rowCount() == 49
    told = "49 of 50 files imported, 1 could not be read. 7.txt is empty; there is nothing to import."
    assert hands.told[-1].words == told
    step = history.next_undo(hands.session.project)
    assert step.label == "Import 50 files"
    hands.session.undo()
    assert model.rowCount() == 0
    hands.session.redo()
    assert model.rowCount() == 49
    del tester


def test_new_articles_show_only_where_they_match_the_filter(hands: Hands):
    session, model = hands.session, hands.window.articles.model
    model.filter("ferry")
    files = [imported(f"{title}\n\nwords", f"{title}.txt") for title in ("Ferry 🚢 one", "Bridge", "The ferry")]
    session.run(commands.import_files, files, label="Import")
    assert [model.article_at(row).title for row in range(model.rowCount())] == ["Ferry 🚢 one", "The ferry"]
    assert model.total == 3
    model.filter("")
    assert model.rowCount() == 3
