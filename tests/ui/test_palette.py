"""The command palette and the sheet of keys: both made from the declared actions, both worked by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel

from annotate import commands
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from ui.actions import ACTIONS, Needs
from ui.palette import CommandPalette, PaletteModel
from ui.palette_rows import Row
from ui.shortcut_sheet import ShortcutSheet
from ui.theme import DARK
from ui.window import MainWindow

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning  # warnings of Qt fail the test
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
FLOOD = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded.\n"
DAM = "The dam: É un'altra storia\n\nNobody rang the bell, a baker said.\n"
ARABIC = "انهيار سد في وادي أورا\n\nقال المحافظ إن السد انهار.\n"


@pytest.fixture
def at_work(hands: Hands) -> Iterator[Hands]:
    """Three articles, the last one shown, the focus in it."""
    for text in (FLOOD, DAM, ARABIC):
        hands.window.importing.take_text(text)
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    yield hands
    hands.window.palette_.close()


def open_palette(hands: Hands) -> CommandPalette:
    hands.press(Qt.Key.Key_K, CONTROL)
    opened = hands.window.palette_
    assert opened.isVisible()
    return opened


def choose(hands: Hands, typed: str) -> CommandPalette:
    """Open the palette, type, and press Enter."""
    opened = open_palette(hands)
    for letter in typed:  # keyClicks knows no letters beyond ASCII
        QApplication.sendEvent(opened.line, QKeyEvent(QEvent.Type.KeyPress, 0, PLAIN, letter))
    hands.press(Qt.Key.Key_Return)
    return opened


def current(opened: CommandPalette) -> str | None:
    return opened.view.currentIndex().data()


def sheet_of(window: MainWindow) -> ShortcutSheet | None:
    sheets = [sheet for sheet in window.findChildren(ShortcutSheet) if sheet.isVisible()]
    assert len(sheets) <= 1
    return sheets[0] if sheets else None


def title(hands: Hands) -> str:
    article = hands.session.article
    assert article is not None
    return article.title


def test_every_action_is_listed_with_its_menu_and_key(at_work: Hands):
    rows = {row.target: row for row in open_palette(at_work).model.rows}
    for spec in ACTIONS:
        action = at_work.window.actions_[spec.name]
        if not action.isVisible():  # of use only while a project is looked at
            assert spec.needs is Needs.VIEWED
            assert spec.name not in rows
        elif spec.name != "command_palette":
            row = rows.pop(spec.name)
            assert (row.label, row.place, row.enabled) == (action.text(), spec.menu, action.isEnabled())
            assert QKeySequence(row.key) == QKeySequence(spec.keys[0] if spec.keys else "")
    assert {row.target for row in rows.values() if row.place == "View"} == {f"{n}_panel" for n in at_work.window.panels}
    assert len([row for row in rows.values() if row.place == "Article"]) == 3
    assert {row.place for row in rows.values()} == {"View", "Article"}


def test_what_cannot_be_used_comes_last_and_says_what_is_missing(at_work: Hands):
    rows = open_palette(at_work).model.rows
    usable = [row.enabled for row in rows]
    assert usable == sorted(usable, reverse=True)
    assert set(usable) == {True, False}
    assert all(row.detail for row in rows if not row.enabled)
    tag = next(row for row in rows if row.target == "tag")
    assert (tag.enabled, tag.detail) == (False, "select a mark first")


def test_an_action_is_run_by_typing_words_of_it_in_any_order(at_work: Hands):
    size = at_work.window.settings.text_size
    opened = choose(at_work, "TEXT larg")
    assert not opened.isVisible()
    assert at_work.window.settings.text_size > size
    assert at_work.window.reader.view.hasFocus()


def test_edge_finds_what_moves_the_edges_of_a_mark(at_work: Hands):
    opened = open_palette(at_work)
    QTest.keyClicks(opened.line, "edge")
    edges = ("start", "start_letter", "end", "end_letter")
    moves = {f"{edge}_{to}" for edge in edges for to in ("earlier", "later")}
    assert {row.target for row in opened.model.rows} == {*moves, "find_everywhere"}


def test_words_that_were_selected_are_marked_from_the_palette(at_work: Hands):
    at_work.session.choose_article(at_work.session.read.articles()[0].id)
    span = at_work.drag("some 340 homes")
    choose(at_work, "mark figure")
    made = at_work.session.annotation
    assert made is not None
    assert made.kind is Kind.FIGURE
    assert [(part.start, part.end) for part in made.spans] == [(span.start, span.end)]


def test_undo_says_in_the_palette_what_it_would_undo(at_work: Hands):
    at_work.session.choose_article(at_work.session.read.articles()[0].id)
    at_work.mark(Kind.FIGURE, "some 340 homes")
    QTest.qWait(0)
    opened = open_palette(at_work)
    QTest.keyClicks(opened.line, "undo")
    assert current(opened) == at_work.window.actions_["undo"].text() != "Undo"
    at_work.press(Qt.Key.Key_Enter)
    assert at_work.session.read.annotation_ids() == []


def test_a_disabled_action_is_found_but_not_run(at_work: Hands):
    ran: list[bool] = []
    at_work.window.actions_["remove_mark"].triggered.connect(ran.append)
    opened = choose(at_work, "remove mark")
    assert [row.target for row in opened.model.rows] == ["remove_mark", "find_everywhere"]
    assert opened.isVisible()
    assert current(opened) is None
    index = opened.model.index(0)
    QTest.mouseClick(
        opened.view.viewport(),
        Qt.MouseButton.LeftButton,
        PLAIN,
        opened.view.visualRect(index).center(),
    )
    at_work.press(Qt.Key.Key_Return)
    assert opened.isVisible()
    assert ran == []


@pytest.mark.parametrize(
    ("typed", "wanted"), [("mill flood", FLOOD), ("é UN'ALTRA", DAM), ("the dam", DAM), ("وادي سد", ARABIC)]
)
def test_an_article_is_gone_to_by_words_of_its_title(at_work: Hands, typed: str, wanted: str):
    other = next(a for a in at_work.session.read.articles() if not wanted.startswith(a.title))
    at_work.session.choose_article(other.id)
    choose(at_work, typed)
    assert title(at_work) == wanted.splitlines()[0]


def test_an_article_in_the_bin_is_not_offered(at_work: Hands):
    flood = at_work.session.read.articles()[0]
    commands.move_to_bin(at_work.session.project, [flood.id])
    assert flood.id not in {row.target for row in open_palette(at_work).model.rows}


def test_the_arrows_walk_through_what_can_be_used_while_typing_goes_on(at_work: Hands):
    opened = open_palette(at_work)
    QTest.keyClicks(opened.line, "article")
    labels = [row.label for row in opened.model.rows if row.enabled]
    assert current(opened) == labels[0]
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Up)
    assert current(opened) == labels[1]
    QTest.keyClicks(opened.line, " next")
    assert current(opened) == "Next article"


def test_escape_closes_the_palette_and_leaves_everything_as_it_was(at_work: Hands):
    at_work.session.choose_article(at_work.session.read.articles()[0].id)
    made = at_work.mark(Kind.CLAIM, "some 340 homes were flooded")
    opened = open_palette(at_work)
    QTest.keyClicks(opened.line, "remove")
    at_work.press(Qt.Key.Key_Escape)
    assert not opened.isVisible()
    assert at_work.session.annotation_id == made.id
    assert at_work.window.reader.view.hasFocus()
    assert open_palette(at_work).line.text() == ""


def test_words_that_nothing_has_are_looked_for_in_all_articles(at_work: Hands):
    before = title(at_work)
    opened = choose(at_work, "zzz 🇳🇴")
    assert not opened.isVisible()
    assert at_work.window.searching.words.text() == "zzz 🇳🇴"
    assert title(at_work) == before


def test_without_a_project_words_that_nothing_has_leave_an_empty_list_and_enter_does_nothing(at_work: Hands):
    at_work.session.close()
    opened = choose(at_work, "zzz 🇳🇴")
    assert opened.isVisible()
    assert opened.model.rows == ()
    assert not opened.view.isVisible()
    opened.line.clear()
    assert opened.view.isVisible()


def test_the_palette_opens_from_a_field_that_is_being_typed_in(at_work: Hands):
    field = at_work.window.articles.filter
    field.setFocus()
    QTest.keyClicks(field, "k?")
    assert open_palette(at_work).line.hasFocus()
    assert field.text() == "k?"


def test_the_palette_works_without_a_project(window: MainWindow):
    window.activateWindow()
    hands = Hands(window)
    opened = open_palette(hands)
    assert {row.target for row in opened.model.rows if row.enabled} >= {"new_project", "open_project", "quit"}
    assert all(row.place != "Article" for row in opened.model.rows)
    QTest.keyClicks(opened.line, "keys mouse")
    hands.press(Qt.Key.Key_Return)
    assert sheet_of(window) is not None


def test_the_field_in_the_toolbar_opens_the_palette_and_goes_where_there_is_no_room(at_work: Hands):
    window, field = at_work.window, at_work.window.toolbar.command_field
    assert field.isVisible()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert window.palette_.isVisible()
    assert window.geometry().contains(window.palette_.geometry())
    at_work.press(Qt.Key.Key_Escape)
    window.resize(window.minimumSizeHint().width(), 700)
    QTest.qWait(0)
    assert not field.isVisible()
    window.resize(1400, 880)
    QTest.qWait(0)
    assert field.isVisible()


def test_the_palette_is_painted_in_the_colours_of_the_theme(at_work: Hands):
    at_work.window.set_theme(DARK)
    opened = open_palette(at_work)
    image = opened.view.viewport().grab().toImage()
    first = opened.view.visualRect(opened.view.currentIndex())
    assert image.pixelColor(first.topLeft() + QPoint(6, 2)).name() == DARK.selection


def test_the_rows_of_the_palette_are_a_sound_model():
    model = PaletteModel()
    QAbstractItemModelTester(model, STRICT)
    model.offer(
        [Row("undo", "Undo", "Edit", bool, "nothing to undo", enabled=False), Row(7, "حافة 🌊", "Article", bool)]
    )
    assert [row.target for row in model.rows] == [7, "undo"]
    model.filter("🌊")
    assert [row.target for row in model.rows] == [7]
    model.filter("nothing of this")
    assert model.index(0) == QModelIndex()
    model.filter("")
    assert model.rowCount() == 2


def test_labels_that_begin_with_what_was_typed_come_first():
    model = PaletteModel()
    labels = ("A new mark", "Unmarked", "Mark it", "Remark")
    model.offer([Row(label, label, "Edit", bool, more="mark") for label in (*labels, "Other")])
    model.filter("ＭARK")  # a full-width letter, as some keyboards give it
    assert [row.label for row in model.rows] == ["Mark it", "A new mark", "Unmarked", "Remark", "Other"]


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question], ids=["F1", "?"])
def test_the_sheet_lists_every_action_that_has_a_key_and_escape_closes_it(at_work: Hands, key: Qt.Key):
    at_work.press(key)
    sheet = sheet_of(at_work.window)
    assert sheet is not None
    assert not sheet.isModal()
    told = {label.accessibleName() for label in sheet.findChildren(QLabel)}
    words = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    for spec in ACTIONS:
        label = spec.label.rstrip("…")
        for each in spec.keys:
            shown = QKeySequence(each).toString(QKeySequence.SequenceFormat.NativeText)
            assert f"{label}: {shown}" in told
        assert (label in words) is bool(spec.keys)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet_of(at_work.window) is None


def test_the_sheet_names_the_keys_of_the_tags_and_follows_them(at_work: Hands):
    at_work.press(Qt.Key.Key_F1)
    at_work.press(Qt.Key.Key_F1)
    sheet = sheet_of(at_work.window)
    assert sheet is not None
    tag = commands.add_tag(at_work.session.project, "<b>damage</b> 🌊")
    key = next(made.key for made in at_work.session.read.tags() if made.id == tag)
    line = next(label for label in sheet.findChildren(QLabel) if label.text().startswith("Tags:"))
    assert line.text().endswith(f"{key} <b>damage</b> 🌊")
    assert line.textFormat() is Qt.TextFormat.PlainText


def test_work_goes_on_beside_the_sheet(at_work: Hands):
    at_work.press(Qt.Key.Key_F1)
    at_work.session.choose_article(at_work.session.read.articles()[0].id)
    at_work.window.activateWindow()
    at_work.window.reader.view.setFocus()
    assert at_work.mark(Kind.CLAIM, "some 340 homes were flooded").kind is Kind.CLAIM
    assert sheet_of(at_work.window) is not None
    assert QApplication.activeModalWidget() is None
