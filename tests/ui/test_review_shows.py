"""What the review shows: rows that stay in view, counts that say what a tick does, dates, pictures, inks."""

from __future__ import annotations

import html
from email.message import EmailMessage
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea

from annotate import commands
from annotate.importers import Heads, read_file
from tests.ui.conftest import Hands, reviewed
from ui.columns_dialog import ColumnsDialog
from ui.plain_tips import plain_tip
from ui.review import ImportReview, thumbnail
from ui.review.rows import Row, Shown
from ui.session import Session
from ui.settings import Settings
from ui.theme import LIGHT
from ui.welcome import WelcomePage
from ui.window import MainWindow

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    for number in range(60):
        (made / f"{number:02}.txt").write_text(
            f"Report {99 - number} 🌊\n\nThe river rose by {number} m e\u0301.", "utf-8"
        )
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ana <ana@example.org>", "Two reports"
    mail["Date"] = "Tue, 03 Mar 2026 10:00:00 +0000"
    mail.set_content("Please find the report of the district attached. It is about the flood.\n" * 3)
    mail.add_attachment(b"Flood\n\n40 people left.", maintype="text", subtype="plain", filename="flood.txt")
    (made / "mail.eml").write_bytes(mail.as_bytes())
    (made / "list.csv").write_text("title,text,date\nFlood in spring,Forty people left the valley.,early spring 12th\n")
    picture = QImage(900, 600, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    assert picture.save(str(made / "post.png"))
    (made / "empty.txt").touch()
    return made


def row(review: ImportReview, name: str) -> Row:
    return next(row for row in review.model.rows if row.found.name == name)


def is_in_view(review: ImportReview, one: Row) -> bool:
    index = review.model.index(review.model.number_of(one), 0)
    return bool(review.table.viewport().rect().intersects(review.table.visualRect(index)))


def test_sorting_keeps_what_is_selected_and_shows_it(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    one = row(review, "00.txt")
    review.table.select([one])
    header = review.table.horizontalHeader()
    at = header.sectionViewportPosition(0) + 30
    for _ in range(2):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
        assert review.table.selected() == [one]
        assert is_in_view(review, one)
    assert review.model.number_of(one) != 0


def test_new_counts_what_goes_in_and_no_attachment_that_is_left_out(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    ticked = sum(row.ticked for row in review.model.rows)
    assert review.filters[Shown.NEW].text() == f"New {ticked}"
    review.table.select([row(review, "flood.txt")])
    review.table.setFocus()
    QTest.keyClick(review.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: review.filters[Shown.NEW].text() == f"New {ticked + 1}", timeout=2_000)


def test_new_counts_no_row_that_was_left_out_by_hand_and_no_new_version(hands: Hands, qtbot, tmp_path: Path):
    words = "The river rose by 2 m e\u0301 🌊, and 40 people left the valley, the mayor said.\n" * 6
    old, other = tmp_path / "old.txt", tmp_path / "other.txt"
    old.write_text(f"Flood\n\n{words}", "utf-8")
    hands.session.run(commands.import_file, read_file(old))
    old.write_text(f"Flood\n\n{words}And 3 more.", "utf-8")
    other.write_text("Rain 🌧\n\nIt rains.", "utf-8")
    review = reviewed(hands, qtbot, old, other)
    assert review.summary.text() == "1 new article, 1 new version"
    assert review.filters[Shown.NEW].text() == "New 1"
    review.table.select([row(review, "other.txt")])
    review.table.setFocus()
    QTest.keyClick(review.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: review.summary.text() == "1 new version, 1 left out", timeout=2_000)
    assert not review.filters[Shown.NEW].isVisible()  # there are none


def test_sorting_keeps_the_current_one_of_several_selected_rows_in_view(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    some = [row(review, f"{number:02}.txt") for number in (3, 4, 40)]
    review.table.select(some, some[2])
    header = review.table.horizontalHeader()
    at = header.sectionViewportPosition(0) + 30
    for _ in range(3):  # rising, falling, as they came
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
        assert set(review.table.selected()) == set(some)
        assert review.model.row_at(review.table.currentIndex().row()) is some[2]
        assert is_in_view(review, some[2])


def test_a_date_that_was_not_understood_is_to_be_looked_at(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    undated = row(review, "list.csv")
    assert undated.is_in(Shown.LOOK)
    review.table.select([undated])
    assert "The date “early spring 12th” was not understood" in review.details.said.text()
    field = review.details.lines["published"]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "12 March 2026")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "not understood" not in review.details.said.text()
    assert not undated.is_in(Shown.LOOK)


def test_a_picture_is_shown_small_beside_its_row(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    review.table.select([row(review, "post.png")])
    shown = review.details.picture
    qtbot.waitUntil(lambda: not shown.pixmap().isNull(), timeout=10_000)
    assert shown.pixmap().width() <= 300
    assert shown.isVisible()
    assert not review.details.text.isVisible()
    review.table.select([row(review, "00.txt")])
    assert not shown.isVisible()
    assert review.details.text.isVisible()


def test_a_picture_is_seen_after_one_that_is_broken(hands: Hands, qtbot, folder: Path):
    whole = (folder / "post.png").read_bytes()
    (folder / "broken.png").write_bytes(whole[:60] + whole[-60:])
    review = reviewed(hands, qtbot, folder)
    shown = review.details.picture
    review.table.select([row(review, "broken.png")])
    qtbot.waitUntil(lambda: shown.text() == "This picture is damaged and cannot be shown.", timeout=10_000)
    review.table.select([row(review, "post.png")])
    qtbot.waitUntil(lambda: not shown.pixmap().isNull(), timeout=10_000)
    qtbot.waitUntil(lambda: shown.height() >= shown.pixmap().height(), timeout=2_000)
    assert shown.visibleRegion().boundingRect().height() > 0


def test_one_picture_is_decoded_at_a_time_however_quickly_rows_are_gone_through(
    hands: Hands, qtbot, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    for number in range(6):
        picture = QImage(300, 10 + number, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.darkCyan)
        assert picture.save(str(folder / f"p{number}.png"))
    review = reviewed(hands, qtbot, folder)
    may_go_on, begun, decode = Event(), [], thumbnail.decoded

    def slowly(data: bytes):
        begun.append(data)
        may_go_on.wait(20)
        return decode(data)

    monkeypatch.setattr(thumbnail, "decoded", slowly)
    for number in range(6):
        review.table.select([row(review, f"p{number}.png")])
        QTest.qWait(20)
    assert len(begun) == 1
    may_go_on.set()
    shown = review.details.picture
    qtbot.waitUntil(lambda: shown.pixmap().height() == 15, timeout=10_000)
    assert len(begun) == 2  # the first, and the one that is looked at


def test_the_ink_of_a_warning_stays_while_its_row_is_selected(hands: Hands, qtbot, folder: Path):
    review = reviewed(hands, qtbot, folder)
    refused = row(review, "empty.txt")
    review.table.select([refused])
    QTest.qWait(0)
    area = review.table.visualRect(review.model.index(review.model.number_of(refused), 0))
    image = review.table.viewport().grab(area).toImage()
    # Edges of letters are a mixture of ink and ground; its darkest pixels are the ink.
    inks = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height() - 3)}
    warning = review.model.data(review.model.index(review.model.number_of(refused), 0), Qt.ItemDataRole.ForegroundRole)
    assert warning.name() in inks


def test_the_columns_of_a_wide_list_fit_a_small_screen(qtbot):
    rows = tuple(tuple(f"a cell with many words {place} {row}" * 3 for place in range(12)) for row in range(4))
    dialog = ColumnsDialog("list.csv", Heads((), rows, guess=None, named=False))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.width() <= 1024
    scrolled = dialog.findChild(QScrollArea)
    assert scrolled.horizontalScrollBar().maximum() == 0
    assert len(dialog.choices) == 12


def test_more_of_the_words_of_a_short_list_is_seen(qtbot):
    def seen(rows: int) -> int:
        cells = ("Forty people left the valley 🌊 and nobody has returned since the water came.",)
        dialog = ColumnsDialog("list.csv", Heads((), (cells,) * rows, guess=None, named=False))
        qtbot.addWidget(dialog)
        return max(len(label.text()) for label in dialog.findChild(QScrollArea).findChildren(QLabel))

    assert seen(1) > seen(2) > seen(3) == seen(4)


MARKUP = '<b>Flood</b> <img src="file:///etc/hostname"> é 🌊 & more'


def test_words_of_an_article_are_no_markup_in_a_tip(hands: Hands, qtbot, folder: Path):
    dialog = ColumnsDialog("list.csv", Heads((), ((MARKUP * 9,),), guess=None, named=False))
    qtbot.addWidget(dialog)
    cell = next(label for label in dialog.findChildren(QLabel) if label.toolTip())
    (folder / "list.csv").write_text(
        f'title,text\n"{MARKUP.replace(chr(34), chr(34) * 2)}",Forty people left.\n', "utf-8"
    )
    review = reviewed(hands, qtbot, folder)
    listed = row(review, "list.csv")
    index = review.model.index(review.model.number_of(listed), 0)
    for tip in (cell.toolTip(), review.model.data(index, Qt.ItemDataRole.ToolTipRole)):
        read = QTextDocument()
        read.setHtml(tip)
        assert "\N{OBJECT REPLACEMENT CHARACTER}" not in read.toPlainText()  # a picture
        assert read.toPlainText().startswith(MARKUP[:40])


@given(st.text())
def test_a_tip_has_no_markup_but_its_own(words: str):
    inside = plain_tip(words).removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    assert "<" not in inside
    assert html.unescape(plain_tip(words)[4:-5].replace("<br>", "\n")) == words or not words


def test_alt_and_a_letter_open_a_menu_on_the_start_page(qtbot, settings: Settings):
    settings.analyst = ""
    window = MainWindow(Session(""), settings, LIGHT)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=2_000)
    field = window.findChild(WelcomePage).name
    field.setFocus()
    assert field.isVisible()
    QTest.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    menu = window.menuBar().actions()[0].menu()
    qtbot.waitUntil(menu.isVisible, timeout=2_000)
    assert field.text() == ""
    menu.close()
    window.close()


def test_alt_and_a_letter_open_a_menu_also_while_something_is_typed(hands: Hands, qtbot):
    bar = hands.window.menuBar()
    titles = [action.text() for action in bar.actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(letters)
    field = next(field for field in hands.window.findChildren(QLineEdit) if field.isVisible() and field.isEnabled())
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    menu = bar.actions()[0].menu()
    qtbot.waitUntil(menu.isVisible, timeout=2_000)
    assert field.text() == ""
    menu.close()
