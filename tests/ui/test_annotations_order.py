"""The table keeps the order of its column while annotations come, change and go, without reading all of them again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from annotate import commands
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Span
from annotate.vocabulary import Kind
from tests.statements import statements_to
from tests.ui.conftest import Hands
from ui.annotation_model import COLUMNS, AnnotationModel
from ui.session import Session
from ui.theme import LIGHT

WORDS = (
    "at least 40 boats",
    "70 قاربا",
    "Ane Lund 🇳🇴",
    "cafe\u0301 owners",
    "about 1,200 homes",
    "the port",
    "12 to 15 tents",
)
TEXT = "Fires 🚒\n\n" + " burned, it was said, and then ".join(WORDS * 4) + "."


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An article with many marks is chosen, in no window."""
    made = Session("Ann Alyst")
    assert made.create(tmp_path / "case.pnote")
    data = TEXT.encode()
    imported = ImportedFile(
        "fires.txt", data, sha256(data).hexdigest(), "plain_text", "1", (Draft(TEXT, "Fires", title_confirmed=False),)
    )
    made.choose_article(commands.import_file(made.project, imported).articles[0].article_id)
    for number in range(len(WORDS) * 4):
        _mark(made, number)
    yield made
    made.close()


def _mark(session: Session, number: int, kind: Kind | None = None) -> int:
    start = -1
    for _ in range(number // len(WORDS) + 1):
        start = TEXT.index(WORDS[number % len(WORDS)], start + 1)
    span = Span(start, start + len(WORDS[number % len(WORDS)]))
    return commands.mark(session.project, session.article_id, kind or list(Kind)[number % 3], [span])


def _shown(model: AnnotationModel) -> list[int]:
    return [model.id_at(row) for row in range(model.rowCount())]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", [-1, *range(len(COLUMNS))])
def test_every_order_holds_while_annotations_come_change_and_go(
    session: Session, column: int, descending: bool
) -> None:
    project = session.project
    model = AnnotationModel(LIGHT)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_annotations(session, session.article_id)
    model.sort(column, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    sort = COLUMNS[column].sort if column >= 0 else "place"
    unsubscribe = project.subscribe(lambda changes: model.refresh(changes.annotations))
    ids = project.read.annotation_ids()
    tag = commands.add_tag(project, "Überfahrt 🛶")
    source = commands.add_source(project, "Harbour office")

    def holds() -> bool:
        order = project.read.annotation_ids(session.article_id, sort=sort, descending=descending and column >= 0)
        return _shown(model) == order

    for step in (
        lambda: _mark(session, 9, Kind.FIGURE),
        lambda: commands.toggle_tag(project, [ids[4]], tag),
        lambda: commands.attribute(project, ids[0], source),
        lambda: commands.edit_record(project, ids[1], value=3.0),
        lambda: commands.set_spans(project, ids[2], [Span(0, 5)]),
        lambda: commands.remove_annotations(project, [ids[0], ids[5], ids[-1]]),
        lambda: commands.remove_annotations(project, ids[6:8]),
        lambda: session.undo(),
        lambda: session.undo(),
    ):
        step()
        assert holds()
    assert not resets
    unsubscribe()
    del tester


def test_one_mark_more_asks_for_a_few_rows_of_the_table_only(session: Session) -> None:
    project = session.project
    model = AnnotationModel(LIGHT)
    model.show_annotations(session, session.article_id)
    added = _mark(session, 3)
    with statements_to(project.read) as asked:
        model.refresh([added])
    assert added in _shown(model)
    assert len(asked) <= 5
    assert all(" IN (" in statement for statement in asked)


def test_a_hidden_table_reads_nothing_until_it_is_shown(hands: Hands, qtbot) -> None:
    window = hands.window
    window.importing.take_text(TEXT)
    _mark(hands.session, 4)
    qtbot.waitUntil(lambda: window.annotations.model.rowCount() == 1)
    window.panels["annotations"].hide()
    before = window.annotations.model.rowCount()
    _mark(hands.session, 5)
    qtbot.wait(20)
    assert window.annotations.model.rowCount() == before
    window.panels["annotations"].show()
    qtbot.waitUntil(lambda: window.annotations.model.rowCount() == before + 1)


def test_a_row_whose_annotation_is_gone_is_looked_for_once(session: Session) -> None:
    project = session.project
    model = AnnotationModel(LIGHT)
    model.show_annotations(session, session.article_id)
    commands.remove_annotations(project, [model.id_at(0)])
    with statements_to(project.read) as asked:
        assert {model.data(model.index(0, column)) for column in range(len(COLUMNS))} == {None}
    assert len(asked) <= 5
