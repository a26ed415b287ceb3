"""A picture beside its words: typed, kept, marked, corrected; nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate.vocabulary import Kind
from tests.importers.pictures import png
from tests.ui.conftest import Hands
from ui.picture import PictureDesk

WORDS = "قال الدفاع المدني 🚒\nAt least 40 people left e\u0301."


def drawn(width: int = 400, height: int = 900) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffd000"))
    return image


@pytest.fixture
def desk(hands: Hands, qtbot, tmp_path: Path) -> PictureDesk:
    """A picture was imported and is shown."""
    path = tmp_path / "post 🌊.png"
    drawn().save(str(path))
    with qtbot.waitSignal(hands.window.importing.finished, timeout=20_000):
        hands.window.importing.take_files([path])
    desk = hands.window.desk
    qtbot.waitUntil(lambda: not desk.view.isHidden())
    return desk


def type_words(desk: PictureDesk, words: str) -> None:
    desk.field.setFocus()
    desk.field.insertPlainText(words)


def test_a_picture_opens_with_a_field_for_its_words(hands: Hands, desk: PictureDesk):
    assert desk.is_typing
    assert not desk.done_button.isEnabled()
    assert desk.view.grab().toImage().pixelColor(desk.view.width() // 2, 40) == QColor("#ffd000")
    type_words(desk, WORDS)
    QTest.keyClick(desk.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not desk.is_typing
    assert hands.body() == WORDS
    annotation = hands.mark(Kind.FIGURE, "40 people")
    assert annotation.words == "40 people"


def test_what_was_typed_can_be_corrected_and_undone(hands: Hands, desk: PictureDesk):
    type_words(desk, WORDS)
    QTest.mouseClick(desk.done_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(desk.edit_button, Qt.MouseButton.LeftButton)
    assert desk.is_typing
    assert desk.field.words() == WORDS
    type_words(desk, "Seen. ")
    QTest.mouseClick(desk.done_button, Qt.MouseButton.LeftButton)
    assert hands.body() == f"Seen. {WORDS}"
    hands.session.undo()
    assert hands.body() == WORDS
    hands.session.undo()
    assert hands.body() == ""
    assert desk.is_typing


def test_escape_leaves_the_text_as_it_was(hands: Hands, desk: PictureDesk):
    type_words(desk, WORDS)
    desk.keep()
    desk.edit()
    type_words(desk, "wrong ")
    QTest.keyClick(desk.field, Qt.Key.Key_Escape)
    assert not desk.is_typing
    assert hands.body() == WORDS


def test_words_are_kept_when_another_article_is_chosen_or_the_project_is_closed(hands: Hands, desk: PictureDesk):
    picture = hands.session.article_id
    type_words(desk, WORDS)
    other = hands.window.importing.take_text("Another article\n\nwords")
    assert hands.session.article_id == other
    assert desk.view.isHidden() or not desk.view.isVisible()
    assert not desk.is_typing
    assert hands.told[-1].words.startswith("What was typed is the picture’s text now")
    hands.session.choose_article(picture)
    assert hands.body() == WORDS
    assert desk.edit_button.isVisible()
    QTest.mouseClick(desk.edit_button, Qt.MouseButton.LeftButton)
    assert desk.is_typing
    type_words(desk, "More. ")
    path = hands.session.project.path
    hands.session.close()
    hands.session.open(path)
    hands.session.choose_article(picture)
    assert hands.body() == f"More. {WORDS}"


def test_the_picture_is_as_wide_as_its_place_and_larger_by_wheel_and_keys(hands: Hands, desk: PictureDesk):
    fitting = desk.view.scale
    assert fitting <= 1
    QTest.keyClick(desk.view, Qt.Key.Key_Plus)
    assert desk.view.scale == pytest.approx(fitting * 1.2)
    middle = QPointF(desk.view.viewport().rect().center())
    wheel = QWheelEvent(
        middle,
        desk.view.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.view.viewport(), wheel)
    assert desk.view.scale == pytest.approx(fitting * 1.44)
    QTest.keyClick(desk.view, Qt.Key.Key_0)
    assert desk.view.scale == fitting


def test_a_drag_moves_the_picture(hands: Hands, desk: PictureDesk):
    for _ in range(6):
        desk.view.zoom(1)
    sheet, bar = desk.view.widget(), desk.view.verticalScrollBar()
    bar.setValue(200)
    before = bar.value()
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=QPoint(100, 300))
    QTest.mouseMove(sheet, QPoint(100, 250))
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=QPoint(100, 250))
    assert bar.value() > before


def test_pixels_that_cannot_be_decoded_are_told_in_the_picture_s_place(hands: Hands, qtbot, tmp_path: Path):
    path = tmp_path / "broken.png"
    path.write_bytes(png(300, 300)[:60] + bytes(40) + b"IEND\xae\x42\x60\x82")
    with qtbot.waitSignal(hands.window.importing.finished, timeout=20_000):
        hands.window.importing.take_files([path])
    said = hands.window.desk.trouble
    qtbot.waitUntil(lambda: said.text() == "This picture is damaged and cannot be shown.")
    assert hands.window.desk.is_typing


def test_a_picture_in_the_clipboard_is_pasted_as_a_picture(hands: Hands, qtbot):
    QGuiApplication.clipboard().setImage(drawn(40, 30))
    with qtbot.waitSignal(hands.window.importing.finished, timeout=20_000):
        hands.window.actions_["paste_article"].trigger()
    [file] = hands.session.read.files()
    assert file.name.startswith("Pasted picture 20")
    assert QImage.fromData(hands.session.read.file_bytes(file.id)).size() == drawn(40, 30).size()
    assert hands.session.article.type.value == "image"


def test_other_articles_have_no_picture_beside_them(hands: Hands, desk: PictureDesk):
    hands.window.importing.take_text("Another article\n\nwords")
    assert not desk.view.isVisible()
    assert not desk.edit_button.isVisible()
