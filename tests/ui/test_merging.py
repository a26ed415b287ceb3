"""Merging and splitting marks with keys, rows and the menu at the pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from annotate import commands
from annotate.integrity import check_project
from annotate.model import Annotation
from annotate.vocabulary import Kind, Relation
from tests.annotate.drafts import tables_of
from tests.ui.conftest import KEYS, Hands
from ui.inspector.picker import Picker

FLOOD = (
    "Flood 🌊🇳🇴 at the mill\n\n"
    "قال شاهد 🌊 إن عشرات القوارب غرقت في النهر.\n\n"
    "“Nobody told us,” said Zoe\u0301 Nu\u0308rsen, “that the dam was weak.” The mayor said that some 340 homes were "
    "flooded. At least 27 people 👨‍👩‍👧 were rescued.\n"
)


@pytest.fixture
def at_work(hands: Hands) -> Hands:
    hands.window.importing.take_text(FLOOD)
    hands.window.activateWindow()
    return hands


def found(hands: Hands, annotation_id: int) -> Annotation:
    annotation = hands.session.read.annotation(annotation_id)
    assert annotation is not None
    return annotation


def choose_rows(hands: Hands, *annotation_ids: int) -> None:
    """Select rows of the table, which has the focus then."""
    table = hands.window.annotations
    table.view.setFocus()
    table.view.clearSelection()
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in range(table.model.rowCount()):
        if table.model.id_at(row) in annotation_ids:
            table.view.selectionModel().select(table.model.index(row, 0), select)
    assert set(table.chosen_ids()) == set(annotation_ids)


def put_caret(hands: Hands, words: str) -> None:
    """Click before words and leave the caret there."""
    place = hands.place(words)
    rect = hands.window.reader.text_rect(place.start, place.start + 1)
    at = rect.center()
    at.setX(rect.left() + 1 if hands.body()[place.start].isascii() else rect.right() - 1)
    QTest.mouseClick(hands.window.reader.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.qWait(0)


def test_m_makes_one_mark_of_those_the_selected_words_touch(at_work: Hands):
    one = at_work.mark(Kind.CLAIM, "“Nobody told us,”")
    two = at_work.mark(Kind.CLAIM, "“that the dam was weak.”")
    before = tables_of(at_work.session.project)
    at_work.drag("us,” said Zoe\u0301 Nu\u0308rsen, “that the")
    at_work.press(Qt.Key.Key_M)
    assert at_work.session.annotation_id == one.id
    kept = found(at_work, one.id)
    assert kept.words == "“Nobody told us,” […] “that the dam was weak.”"
    assert at_work.session.read.annotation(two.id) is None
    assert at_work.window.reader.selection() is None
    assert at_work.window.reader.marks_at(at_work.place("dam").start) == [one.id]
    notice = at_work.told[-1]
    assert notice.words == "C-0001 and C-0002 are one now: C-0001."
    assert check_project(at_work.session.read) == []
    assert notice.act is not None
    notice.act()
    assert tables_of(at_work.session.project) == before
    assert at_work.window.reader.marks_at(at_work.place("dam").start) == [two.id]


def test_marks_in_arabic_words_after_emoji_merge_at_their_own_letters(at_work: Hands):
    one = at_work.mark(Kind.SOURCE, "شاهد")
    at_work.mark(Kind.SOURCE, "القوارب")
    at_work.drag("شاهد 🌊 إن عشرات القوارب")
    at_work.press(Qt.Key.Key_M)
    assert found(at_work, one.id).words == "شاهد […] القوارب"


def test_selected_rows_are_merged_when_the_table_has_the_focus(at_work: Hands):
    marks = [at_work.mark(Kind.FIGURE, words) for words in ("some 340 homes", "At least 27 people", "Nobody")]
    at_work.drag("“that the dam")  # words elsewhere do not matter
    choose_rows(at_work, marks[0].id, marks[1].id)
    at_work.press(Qt.Key.Key_M)
    assert found(at_work, marks[0].id).words == "some 340 homes […] At least 27 people"
    assert at_work.session.annotation_id == marks[0].id
    assert at_work.session.read.annotation(marks[2].id) is not None


def test_rows_of_different_kinds_are_refused_with_a_sentence(at_work: Hands):
    marks = at_work.mark(Kind.CLAIM, "some 340 homes"), at_work.mark(Kind.FIGURE, "At least 27 people")
    before = tables_of(at_work.session.project)
    choose_rows(at_work, *(mark.id for mark in marks))
    at_work.press(Qt.Key.Key_M)
    assert not at_work.told[-1].trouble
    assert "one kind" in at_work.told[-1].words
    assert tables_of(at_work.session.project) == before


def test_a_figure_inside_does_not_keep_two_claims_from_merging(at_work: Hands):
    one = at_work.mark(Kind.CLAIM, "some 340 homes were flooded")
    figure = at_work.mark(Kind.FIGURE, "some 340 homes")
    at_work.mark(Kind.CLAIM, "At least 27 people 👨‍👩‍👧 were rescued")
    at_work.drag("340 homes were flooded. At least 27")
    at_work.press(Qt.Key.Key_M)
    assert found(at_work, one.id).words.endswith("were rescued")
    assert at_work.session.read.figures_in(one.id) == [figure.id]


def test_of_several_kinds_the_selected_mark_says_which(at_work: Hands):
    claims = [
        at_work.mark(Kind.CLAIM, words) for words in ("some 340 homes were flooded", "27 people 👨‍👩‍👧 were rescued")
    ]
    figures = [at_work.mark(Kind.FIGURE, words) for words in ("some 340 homes", "At least 27 people")]
    at_work.session.select(None)
    before = tables_of(at_work.session.project)
    at_work.drag("340 homes were flooded. At least 27 people")
    at_work.press(Qt.Key.Key_M)
    assert at_work.told[-1].words.startswith("The words touch claims and figures.")
    assert tables_of(at_work.session.project) == before
    at_work.session.select(figures[1].id)
    at_work.press(Qt.Key.Key_M)
    assert found(at_work, figures[0].id).words == "some 340 homes […] At least 27 people"
    assert [found(at_work, claim.id) for claim in claims]


def test_words_that_touch_one_mark_of_each_kind_are_told_so(at_work: Hands):
    at_work.mark(Kind.CLAIM, "some 340 homes were flooded")
    at_work.mark(Kind.FIGURE, "27 people 👨‍👩‍👧 were")
    before = tables_of(at_work.session.project)
    at_work.drag("homes were flooded. At least 27 people")
    at_work.press(Qt.Key.Key_M)
    told = "The words touch a claim and a figure; only marks of one kind become one. Change the kind of one first."
    assert at_work.told[-1].words == told
    assert tables_of(at_work.session.project) == before


@pytest.mark.parametrize("words", ["", "some 340", "Flood"])
def test_with_fewer_than_two_marks_a_notice_says_how(at_work: Hands, words: str):
    at_work.mark(Kind.CLAIM, "some 340 homes were flooded")
    before = tables_of(at_work.session.project)
    if words:
        at_work.drag(words)
    at_work.press(Qt.Key.Key_M)
    assert at_work.told[-1].words.startswith("Drag over words of the marks to merge, or select their rows")
    assert tables_of(at_work.session.project) == before


def test_x_splits_the_clicked_mark_where_it_was_clicked(at_work: Hands):
    claim = at_work.mark(Kind.CLAIM, "some 340 homes were flooded. At least 27 people 👨‍👩‍👧 were rescued")
    figures = [at_work.mark(Kind.FIGURE, words).id for words in ("some 340 homes", "At least 27 people")]
    at_work.session.select(None)
    before = tables_of(at_work.session.project)
    put_caret(at_work, "At least")
    at_work.session.select(claim.id)
    put_caret(at_work, "flooded. At")
    at_work.session.select(None)
    put_caret(at_work, "were rescued")
    assert at_work.session.annotation_id == claim.id, "clicked, and only the claim is there"
    at_work.press(Qt.Key.Key_X)
    second = at_work.session.annotation
    assert second is not None
    assert (second.label, second.words) == ("C-0002", "were rescued")
    assert found(at_work, claim.id).words == "some 340 homes were flooded. At least 27 people 👨‍👩‍👧"
    assert at_work.session.read.figures_in(claim.id) == figures
    assert at_work.told[-1].words == "C-0001 is split; what stood after the caret is C-0002 now."
    at_work.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tables_of(at_work.session.project) == before


def test_the_caret_is_taken_to_the_place_by_keys(at_work: Hands):
    source = at_work.mark(Kind.SOURCE, "Zoe\u0301 Nu\u0308rsen")
    at_work.window.reader.view.setFocus()
    at_work.session.select(None)
    at_work.session.select(source.id)
    for _ in range(6):  # Z, o, e with its accent, the space, N, u with its dots
        at_work.press(Qt.Key.Key_Right)
    assert at_work.session.annotation_id == source.id
    at_work.press(Qt.Key.Key_X)
    assert found(at_work, source.id).words == "Zoe\u0301 Nu\u0308"
    assert at_work.session.annotation is not None
    assert at_work.session.annotation.words == "rsen"


def test_a_caret_at_the_edge_is_told(at_work: Hands):
    claim = at_work.mark(Kind.CLAIM, "some 340 homes were flooded")
    at_work.session.select(None)
    at_work.session.select(claim.id)
    before = tables_of(at_work.session.project)
    at_work.press(Qt.Key.Key_X)
    assert at_work.told[-1].words == "C-0001 can only be split between two of its words. Put the caret there first."
    assert tables_of(at_work.session.project) == before


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
def test_the_menu_at_the_pointer_splits_where_it_was_opened(at_work: Hands):
    claim = at_work.mark(Kind.CLAIM, "some 340 homes were flooded. At least 27 people")
    at_work.session.select(None)
    place = at_work.place("At least")
    rect = at_work.window.reader.text_rect(place.start, place.start + 1)
    menus = at_work.window.pointer_menus
    menus.of_words(rect.center())
    action = next(action for action in menus.menu.actions() if action.objectName() == "split_mark")
    menus.menu.close()
    at = at_work.window.reader.caret()
    assert place.start <= at <= place.start + 1
    action.trigger()
    assert found(at_work, claim.id).words.startswith("some 340 homes were flooded.")
    assert len(at_work.session.read.annotation_ids()) == 2


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
def test_the_menu_of_rows_merges_them(at_work: Hands):
    one, two = at_work.mark(Kind.CLAIM, "some 340 homes"), at_work.mark(Kind.CLAIM, "At least 27 people")
    rival = at_work.mark(Kind.CLAIM, "that the dam was weak")
    commands.link(at_work.session.project, two.id, rival.id, Relation.CONTRADICTS)
    QTest.qWait(0)
    choose_rows(at_work, one.id, two.id)
    menus = at_work.window.pointer_menus
    menus.of_rows(at_work.window.annotations.view.visualRect(at_work.window.annotations.model.index(0, 0)).center())
    action = next(action for action in menus.menu.actions() if action.objectName() == "merge_marks")
    menus.menu.close()
    action.trigger()
    assert [(link.from_id, link.to_id) for link in at_work.session.read.links()] == [(one.id, rival.id)]


@pytest.mark.parametrize("kind", Kind)
def test_marking_the_same_words_again_selects_the_mark_that_is_there(at_work: Hands, kind: Kind):
    there = at_work.mark(kind, "عشرات القوارب")
    at_work.press(Qt.Key.Key_Escape)
    assert at_work.session.annotation is None
    at_work.drag("عشرات القوارب")
    at_work.press(KEYS[kind])
    assert at_work.session.annotation_id == there.id
    assert at_work.session.read.annotation_ids() == [there.id]
    assert at_work.told[-1].words == f"Marked already: {there.label}."
    assert at_work.window.reader.selection() is None


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_two_entries_of_the_register_for_one_source_are_joined_from_the_menu(at_work: Hands, qtbot):
    session, join = at_work.session, at_work.window.actions_["join_source"]
    at_work.mark(Kind.CLAIM, "some 340 homes were")
    assert not join.isEnabled()
    mention = at_work.mark(Kind.SOURCE, "The mayor")
    if found(at_work, mention.id).mention.source_id is None:
        session.run(commands.register_mention, mention.id)
    other = session.run(commands.add_source, "Mayor of Mühlbach")
    assert other is not None
    QTest.qWait(0)
    assert join.isEnabled()
    join.trigger()
    picker = next(one for one in at_work.window.findChildren(Picker) if one.isVisible())
    QTest.keyClicks(picker.line, "hlbach")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    [source] = session.read.sources()
    assert source.id == found(at_work, mention.id).mention.source_id
    assert "Mayor of Mühlbach" in source.aliases
