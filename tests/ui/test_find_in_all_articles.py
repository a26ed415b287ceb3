"""Ctrl+Shift+F: words are looked for in all articles, and a line leads to its place, ready to be marked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.vocabulary import Kind
from tests.statements import statements_to
from tests.ui.conftest import Hands
from ui.searching import SearchPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FLOOD = "Flood at the mill 🌊\n\nThe mayor said that the harbour was closed. Some 340 homes were flooded.\n"
DAM = "The dam: É un'altra storia\n\nNobody rang the bell at the Harbour, a baker said.\n"
ARABIC = "انهيار سد في وادي أورا\n\nقال المحافظ إن السد انهار.\n"


@pytest.fixture
def at_work(hands: Hands) -> Hands:
    """Three articles, the last one shown, the focus in it."""
    for text in (FLOOD, DAM, ARABIC):
        hands.window.importing.take_text(text)
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    return hands


def asked(hands: Hands) -> SearchPanel:
    """The panel, opened by its keys."""
    hands.press(Qt.Key.Key_F, CONTROL | SHIFT)
    panel = hands.window.searching
    assert panel.isVisible()
    assert panel.words.hasFocus()
    return panel


def found(panel: SearchPanel, qtbot: QtBot) -> list[tuple[str, str]]:
    qtbot.waitUntil(lambda: not panel.busy, timeout=10_000)
    model = panel.model
    return [tuple(str(model.index(row, column).data()) for column in range(2)) for row in range(model.rowCount())]  # type: ignore[misc]


def test_a_line_leads_to_its_article_with_the_words_selected_ready_to_be_marked(at_work: Hands, qtbot: QtBot) -> None:
    panel = asked(at_work)
    QTest.keyClicks(panel.words, "harbour")
    assert found(panel, qtbot) == [
        ("Flood at the mill 🌊", "The mayor said that the harbour was closed. Some 340 homes were flooded."),
        ("The dam: É un'altra storia", "Nobody rang the bell at the Harbour, a baker said."),
    ]
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    assert at_work.session.article is not None
    assert at_work.session.article.title == "The dam: É un'altra storia"
    assert at_work.window.reader.selection() == at_work.place("Harbour")
    bar = at_work.window.reader.find_bar
    assert (bar.isVisible(), bar.words.text(), bar.count.text()) == (True, "harbour", "1 of 1")
    at_work.press(Qt.Key.Key_S)
    mark = at_work.session.annotation
    assert mark is not None
    assert (mark.kind, mark.spans[0].exact) == (Kind.SOURCE, "Harbour")


def test_a_click_leads_there_too(at_work: Hands, qtbot: QtBot) -> None:
    panel = asked(at_work)
    QTest.keyClicks(panel.words, "340 homes")
    found(panel, qtbot)
    place = panel.view.visualRect(panel.model.index(0, 1)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert at_work.window.reader.selection() == at_work.place("340 homes")


def test_selected_words_are_what_is_looked_for(at_work: Hands, qtbot: QtBot) -> None:
    at_work.drag("السد")
    panel = asked(at_work)
    assert panel.words.text() == "السد"
    assert [line for _title, line in found(panel, qtbot)] == ["قال المحافظ إن السد انهار."]


def test_the_palette_offers_it_for_any_words_below_all_else(at_work: Hands, qtbot: QtBot) -> None:
    at_work.press(Qt.Key.Key_K, CONTROL)
    palette = at_work.window.palette_
    QTest.keyClicks(palette.line, "rang the bell")
    assert [row.label for row in palette.model.rows] == ["Find “rang the bell” in all articles"]
    at_work.press(Qt.Key.Key_Return)
    panel = at_work.window.searching
    assert panel.words.text() == "rang the bell"
    assert len(found(panel, qtbot)) == 1


def test_how_it_is_meant_changes_what_is_found_and_what_is_wrong_is_said(at_work: Hands, qtbot: QtBot) -> None:
    panel = asked(at_work)
    QTest.keyClicks(panel.words, "Harbour")
    assert len(found(panel, qtbot)) == 2
    QTest.mouseClick(panel.how.case, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert len(found(panel, qtbot)) == 1
    QTest.mouseClick(panel.how.expression, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    panel.words.clear()
    QTest.keyClicks(panel.words, "(Harbour")
    assert found(panel, qtbot) == []
    assert panel.empty.isVisible()
    assert panel.empty.text() not in ("", "These words stand in no article.")
    panel.words.clear()
    QTest.keyClicks(panel.words, "zebra")
    assert found(panel, qtbot) == []
    assert panel.empty.text() == "These words stand in no article."


def test_what_comes_and_goes_is_followed_and_the_chosen_line_stays(at_work: Hands, qtbot: QtBot) -> None:
    panel = asked(at_work)
    QTest.keyClicks(panel.words, "harbour")
    found(panel, qtbot)
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Down)
    assert panel.view.currentIndex().row() == 1
    first = at_work.session.read.articles()[0]
    at_work.session.run(commands.move_to_bin, [first.id])
    assert [title for title, _line in found(panel, qtbot)] == ["The dam: É un'altra storia"]
    assert panel.view.currentIndex().row() == 0


def test_a_closed_panel_reads_no_article(at_work: Hands, qtbot: QtBot) -> None:
    panel = asked(at_work)
    QTest.keyClicks(panel.words, "harbour")
    found(panel, qtbot)
    at_work.press(Qt.Key.Key_F, CONTROL | SHIFT)
    at_work.window.panels["searching"].close()
    at_work.window.importing.take_text("One more harbour\n\nwords")
    QTest.qWait(50)
    assert not panel.busy
    at_work.window.panels["searching"].show()
    at_work.window.panels["searching"].raise_()
    assert len(found(panel, qtbot)) == 3


def test_another_project_begins_with_an_empty_panel(at_work: Hands, qtbot: QtBot, tmp_path) -> None:
    panel = asked(at_work)
    QTest.keyClicks(panel.words, "harbour")
    found(panel, qtbot)
    at_work.session.create(tmp_path / "other.pnote")
    assert panel.words.text() == ""
    assert found(panel, qtbot) == []


def test_the_model_keeps_qts_rules(at_work: Hands, qtbot: QtBot) -> None:
    panel = asked(at_work)
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for words in ("harbour", "zebra", "the"):
        panel.words.setText(words)
        found(panel, qtbot)
    assert panel.model.rowCount() > 3
    assert QApplication.focusWidget() is panel.words
    with statements_to(at_work.session.read) as sent:
        panel.view.viewport().repaint()
    assert sent == []
    del tester


@pytest.mark.parametrize(("width", "beside"), [(900, True), (300, False)])
def test_what_is_typed_can_be_read_however_narrow_the_panel_is(at_work: Hands, width: int, beside: bool) -> None:
    panel = asked(at_work)
    panel.resize(width, 200)
    QTest.qWait(0)
    assert panel.words.width() > 250
    assert (panel.how.y() < panel.words.geometry().bottom()) is beside
