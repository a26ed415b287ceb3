"""The whole day on a real article, with real mouse and key events: in, marked, linked, undone, closed, out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands, history
from annotate.handing_on import Form, Order
from annotate.model import Span
from annotate.vocabulary import Bound, Kind, Mode
from tests.ui.conftest import Hands
from ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

CLAIMS = (
    "Syrian government forces had taken back 40% of rebel held territory in Aleppo",
    "inhabitants had just 10 days before they ran out of food completely",
    "her house had been destroyed in the fighting",
    "the entire district had fallen to Assad's forces",
    "once Aleppo falls, Russia may encourage Assad to pick up talks with the various factions fighting in Syria's "
    "civil war",
)
SOURCES = (
    "Russia's defence ministry",
    "The head of the Syria Civil Defence",
    "al-Jazeera",
    "Bana Alabed",
    "the Syrian Observatory for Human Rights",
    "Syrian state TV",
)


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = QPointF(window.width() / 2, window.height() / 2)
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(at.toPoint(), *how), QDropEvent(at, *how)):
        QApplication.sendEvent(window, event)


def test_an_article_goes_in_and_an_evidence_workbook_comes_out(hands: Hands, qtbot, shared: Path, tmp_path: Path):
    window, session = hands.window, hands.session
    gold = json.loads((shared / "articles" / "aleppo.gold.json").read_text(encoding="utf-8"))

    with qtbot.waitSignal(window.importing.finished, timeout=20_000):
        drop(window, shared / "articles" / "aleppo.txt")
    assert session.article is not None
    assert hands.body() == (shared / "articles" / "aleppo.txt").read_bytes().decode("utf-8")

    core = [figure for figure in gold["figures"] if figure["tier"] == "core"]
    assert len(core) == 8
    for figure in core:
        made = hands.mark(Kind.FIGURE, figure["quote"])
        assert [(span.start, span.end) for span in made.spans] == [(figure["start"], figure["end"])]
        assert made.figure.value == figure["value"], figure["quote"]
        assert made.figure.bound == Bound(figure["bound"]), figure["quote"]
    sources = [hands.mark(Kind.SOURCE, words) for words in SOURCES]
    claims = [hands.mark(Kind.CLAIM, words) for words in CLAIMS]
    assert {claim.claim.mode for claim in claims} == {Mode.PARAPHRASE}

    forces = claims[0]
    (contained,) = session.read.figures_in(forces.id)
    assert session.read.annotation(contained).figure.value == 40
    hands.click("Syrian government forces")
    assert session.annotation_id == forces.id
    hands.press(Qt.Key.Key_L, SHIFT)
    (attribution,) = session.read.attributions([forces.id])
    assert attribution.mention_id == sources[0].id
    assert attribution.verb == "said"

    session.select(claims[1].id)
    hands.press(Qt.Key.Key_L, SHIFT)
    (told,) = session.read.attributions([claims[1].id])
    assert session.read.source(told.via_id).name == "al-Jazeera"

    hands.press(Qt.Key.Key_Z, CTRL)
    assert session.read.attributions([claims[1].id]) == []
    hands.press(Qt.Key.Key_Z, CTRL | SHIFT)
    (again,) = session.read.attributions([claims[1].id])
    assert replace(again, revision=told.revision) == told

    before = session.read.totals()
    path = session.project.path
    window.session.close()
    assert session.open(path)
    assert session.read.totals() == before
    assert window.reader.selected_annotation() is None
    hands.click("her house had been destroyed")
    assert session.annotation_id == claims[2].id
    assert history.next_undo(session.project) is not None

    target = tmp_path / "evidence.xlsx"
    with qtbot.waitSignal(window.exporting.finished, timeout=60_000):
        window.exporting.write(Order(Form.WORKBOOK, target))
    import openpyxl

    workbook = openpyxl.load_workbook(target)
    values = [[cell.value for cell in row] for row in workbook["Claims"].iter_rows()]
    assert any(CLAIMS[0] in row for row in values)
    assert any("As many as 10,000 civilians" in [cell.value for cell in row] for row in workbook["Figures"].iter_rows())


@pytest.mark.parametrize("before", ["🎉 ", "🇳🇴🇸🇾 ", "قال المتحدث أمس ", "é́👩‍👩‍👧 and\u2028then "])
def test_what_stands_before_a_mark_shifts_nothing(hands: Hands, qtbot, tmp_path: Path, before: str):
    text = f"A headline\n\n{before}the ministry said that 27 people were rescued. 🚨 It gave no names.\n"
    article_id = hands.window.importing.take_text(text)
    assert article_id is not None
    made = hands.mark(Kind.FIGURE, "27 people")
    (span,) = made.spans
    assert hands.body()[span.start : span.end] == span.exact == made.words == "27 people"
    assert made.figure.value == 27

    path = hands.session.project.path
    hands.window.session.close()
    hands.session.open(path)
    hands.click("27 people")
    assert hands.session.annotation_id == made.id
    assert hands.window.reader.marks_at(span.start) == [made.id]
    assert hands.window.reader.marks_at(span.start - 1) == []

    target = tmp_path / "out.xlsx"
    with qtbot.waitSignal(hands.window.exporting.finished, timeout=60_000):
        hands.window.exporting.write(Order(Form.WORKBOOK, target))
    import openpyxl

    sheet = openpyxl.load_workbook(target)["Figures"]
    assert any("27 people" in [cell.value for cell in row] for row in sheet.iter_rows())


def test_an_interrupted_quotation_is_one_claim(hands: Hands):
    hands.window.importing.take_text("Wall\n\n“Nobody rang us,” said Marta Lind, “until the water was here.” 🚨\n")
    first = hands.mark(Kind.CLAIM, "“Nobody rang us,”")
    assert first.claim.mode is Mode.DIRECT
    hands.drag("“until the water was here.”")
    hands.press(Qt.Key.Key_A)
    claim = hands.session.annotation
    assert claim.id == first.id
    assert [span.exact for span in claim.spans] == ["“Nobody rang us,”", "“until the water was here.”"]
    hands.press(Qt.Key.Key_Z, CTRL)
    assert len(hands.session.annotation.spans) == 1


def test_overlapping_marks_are_reached_by_clicking_again(hands: Hands):
    hands.window.importing.take_text("Flood\n\nThe mayor said that some 340 homes were flooded on Tuesday.\n")
    claim = hands.mark(Kind.CLAIM, "some 340 homes were flooded on Tuesday")
    figure = hands.mark(Kind.FIGURE, "some 340 homes")
    hands.window.session.select(None)
    hands.click("340")
    first = hands.session.annotation_id
    hands.click("340")
    assert {first, hands.session.annotation_id} == {claim.id, figure.id}
    assert hands.session.read.figures_in(claim.id) == [figure.id]


def test_a_tag_goes_on_by_its_own_key(hands: Hands):
    tag_id = commands.add_tag(hands.session.project, "damage")
    hands.window.importing.take_text("Flood\n\nSome 340 homes were flooded.\n")
    made = hands.mark(Kind.FIGURE, "Some 340 homes")
    hands.press(Qt.Key.Key_1)
    assert hands.session.read.annotation(made.id).tag_ids == (tag_id,)
    hands.press(Qt.Key.Key_1)
    assert hands.session.read.annotation(made.id).tag_ids == ()


def test_undo_goes_to_where_the_step_was_made(hands: Hands):
    first = hands.window.importing.take_text("One\n\nThe first article says 12 people came.\n")
    hands.mark(Kind.FIGURE, "12 people")
    hands.window.importing.take_text("Two\n\nThe second article says nothing.\n")
    assert hands.session.article_id != first
    hands.press(Qt.Key.Key_Z, CTRL)  # the second import
    hands.press(Qt.Key.Key_Z, CTRL)  # the mark
    assert hands.session.article_id == first
    assert hands.session.read.totals()["figures"] == 0
    assert hands.window.actions_["redo"].text() == "Redo: Mark figure"


def test_nothing_can_be_marked_without_words(hands: Hands):
    hands.window.importing.take_text("Flood\n\nSome 340 homes were flooded.\n")
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_C)
    assert hands.session.read.totals()["claims"] == 0
    assert hands.told[-1].words == "Drag over the words first, then press C."


def test_a_word_typed_into_a_field_marks_nothing(hands: Hands, qtbot):
    hands.window.importing.take_text("Flood\n\nSome 340 homes were flooded.\n")
    hands.drag("340 homes")
    qtbot.mouseClick(hands.window.articles.filter, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(hands.window.articles.filter, "csf1")
    assert hands.window.articles.filter.text() == "csf1"
    assert hands.session.read.annotation_ids() == []
    assert hands.window.reader.selection() == Span(hands.place("340 homes").start, hands.place("340 homes").end)


def test_a_mark_is_painted_before_its_key_press_is_done(hands: Hands):
    painted: list[int] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(len(hands.session.read.annotation_ids()))
            return False

    hands.window.importing.take_text("Flood\n\nSome 340 homes were flooded.\n")
    hands.drag("Some 340 homes")
    watch = Watch()
    hands.window.reader.view.viewport().installEventFilter(watch)
    QTest.keyClick(hands.window.reader.view, Qt.Key.Key_F)
    assert painted
    assert painted[-1] == 1  # saved by then
