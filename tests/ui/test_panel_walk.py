"""From panel to panel with F6, and to panels, tags and projects through the palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from annotate import commands
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from ui.shortcut_sheet import ShortcutSheet

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TEXT = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded. قال العمدة ذلك.\n"
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at_work(hands: Hands) -> Hands:
    """A claim is selected, there is a tag, the focus is in the article."""
    hands.window.importing.take_text(TEXT)
    commands.add_tag(hands.session.project, "damage 🌊")
    hands.mark(Kind.CLAIM, "some 340 homes were flooded")
    QTest.qWait(0)
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    return hands


def walk(hands: Hands, steps: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[QWidget]:
    seen = []
    for _ in range(steps):
        hands.press(Qt.Key.Key_F6, modifier)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused)
    return seen


def choose(hands: Hands, typed: str) -> None:
    hands.press(Qt.Key.Key_K, CONTROL)
    hands.window.palette_.line.setText(typed)
    hands.press(Qt.Key.Key_Return)


def test_f6_goes_round_the_panels_in_the_order_of_the_eye(at_work: Hands):
    window = at_work.window
    inspector, *rest = walk(at_work, 5)
    assert window.inspector.isAncestorOf(inspector)
    assert rest == [window.annotations.view, window.articles.view, window.tags.view, window.reader.view]


def test_shift_and_f6_go_the_same_way_back(at_work: Hands):
    there = walk(at_work, 5)
    assert walk(at_work, 5, SHIFT) == [*reversed(there[:-1]), there[-1]]


def test_what_has_the_focus_shows_where_it_is(at_work: Hands):
    """The picture of every part is another one with the focus than without."""
    window = at_work.window
    for part in (window.inspector, window.annotations, window.articles, window.tags, window.reader):
        before = part.grab().toImage()
        walk(at_work, 1)
        QTest.qWait(0)
        assert part.isAncestorOf(QApplication.focusWidget())
        assert part.grab().toImage() != before


def test_lists_have_a_current_row_and_the_walk_changes_nothing_that_is_shown(at_work: Hands):
    window, session = at_work.window, at_work.session
    session.select(None)
    article = session.article_id
    walk(at_work, 5)
    assert window.tags.view.currentRow() == 0
    assert window.articles.view.currentIndex().row() == window.articles.model.row_of(article)
    assert window.annotations.view.currentIndex().row() == 0
    assert (session.annotation_id, session.article_id) == (None, article)


def test_panels_that_are_closed_are_passed_by(at_work: Hands):
    window = at_work.window
    for name in ("inspector", "articles"):
        window.panels[name].close()
    assert walk(at_work, 3) == [window.annotations.view, window.tags.view, window.reader.view]


def test_empty_panels_take_the_focus_where_one_would_begin(hands: Hands):
    window = hands.window
    window.activateWindow()
    window.reader.view.setFocus()
    seen = walk(hands, 4)
    assert window.tags.new in seen
    assert window.articles.filter in seen
    assert window.annotations.scope in seen


def test_f6_leads_out_of_a_field_that_is_typed_in(at_work: Hands):
    note = at_work.window.inspector.form.note
    note.setFocus()
    assert walk(at_work, 1) == [at_work.window.annotations.view]
    note.setFocus()
    assert walk(at_work, 1, SHIFT) == [at_work.window.reader.view]


def test_a_panel_is_hidden_and_shown_from_the_palette(at_work: Hands):
    panel = at_work.window.panels["tags"]
    choose(at_work, "tags panel")
    assert not panel.isVisible()
    at_work.press(Qt.Key.Key_K, CONTROL)
    row = next(row for row in at_work.window.palette_.model.rows if row.target == "tags_panel")
    assert (row.label, row.detail) == ("Tags panel", "hidden")
    at_work.press(Qt.Key.Key_Escape)
    choose(at_work, "panel tags")
    assert panel.isVisible()


def test_a_tag_is_put_on_and_taken_off_from_the_palette(at_work: Hands):
    made, tag = at_work.session.annotation_id, at_work.session.read.tags()[0]
    assert made is not None
    choose(at_work, "tag: damage")
    assert at_work.session.read.annotation(made).tag_ids == (tag.id,)
    choose(at_work, "take off tag damage")
    assert at_work.session.read.annotation(made).tag_ids == ()
    at_work.session.select(None)
    at_work.press(Qt.Key.Key_K, CONTROL)
    row = next(row for row in at_work.window.palette_.model.rows if row.place == "Tag")
    at_work.press(Qt.Key.Key_Escape)
    assert (row.enabled, row.detail) == (False, "select a mark first")


def test_a_project_of_late_is_opened_from_the_palette(at_work: Hands, tmp_path: Path):
    assert at_work.session.create(tmp_path / "فيضان 🌊.pnote")
    at_work.press(Qt.Key.Key_K, CONTROL)
    rows = [row for row in at_work.window.palette_.model.rows if row.place == "Project"]
    at_work.press(Qt.Key.Key_Escape)
    assert [row.label for row in rows] == ["case"], "not the one that is open"
    choose(at_work, "open recent case")
    assert at_work.session.project.path == tmp_path / "case.pnote"


@pytest.mark.parametrize(("width", "columns"), [(820, 2), (1500, 3), (460, 1)])
def test_the_sheet_never_scrolls_sideways(at_work: Hands, width: int, columns: int):
    at_work.press(Qt.Key.Key_F1)
    sheet = at_work.window.findChild(ShortcutSheet)
    assert sheet is not None
    sheet.resize(width, 700)
    QTest.qWait(0)
    area = sheet.findChild(QScrollArea)
    assert area is not None
    assert area.horizontalScrollBar().maximum() == 0
    groups = {group.x() for group in sheet.groups()}
    assert len(groups) == columns
