"""The lists beside and below the reader: articles, annotations and tags."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QHeaderView

from annotate import commands
from annotate.model import Span
from annotate.vocabulary import ArticleStatus, Kind
from tests.ui.conftest import Hands
from tests.ui.three_articles import ARABIC, FIRE, FLOOD, take, titles
from ui.annotation_model import COLUMNS
from ui.article_list import ArticleRole

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning  # warnings of Qt fail the test


def test_the_article_list_keeps_the_rules_of_item_models(hands: Hands):
    QAbstractItemModelTester(hands.window.articles.model, STRICT)
    first, *_ = take(hands, FLOOD, FIRE, ARABIC)
    commands.set_status(hands.session.project, [first], ArticleStatus.DONE)
    hands.window.articles.filter.setText("fire")
    hands.window.articles.filter.clear()
    commands.move_to_bin(hands.session.project, [first])
    hands.session.undo()
    assert titles(hands) == ["Flood at the mill 🌊", "Fire on the hill 🇳🇴", "حريق في التل"]


def test_articles_are_filtered_by_title_outlet_and_author(hands: Hands, qtbot):
    first, second, _ = take(hands, FLOOD, FIRE, ARABIC)
    commands.edit_article(hands.session.project, second, outlet="Hill Gazette")
    qtbot.mouseClick(hands.window.articles.filter, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(hands.window.articles.filter, "gazette hill")
    assert titles(hands) == ["Fire on the hill 🇳🇴"]
    hands.window.articles.filter.setText("nothing has this")
    assert titles(hands) == []
    assert hands.window.articles.empty.text() == "No article matches."
    assert first


def test_a_title_that_looks_like_markup_is_shown_as_it_is_by_its_tip(hands: Hands):
    """Qt would take it for markup, and read the file that it names."""
    take(hands, "<b>Flood</b> <img src='file:///etc/hosts'>\n\nThe mayor said that some 340 homes were flooded.\n")
    tip = hands.window.articles.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    shown = QTextDocument()
    shown.setHtml(tip)
    assert shown.toRawText().split("\u2028")[0] == "<b>Flood</b> <img src='file:///etc/hosts'>"


def test_clicking_an_article_shows_it_and_marking_counts(hands: Hands, qtbot):
    first, _ = take(hands, FLOOD, FIRE)
    view = hands.window.articles.view
    at = view.visualRect(hands.window.articles.model.index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hands.session.article_id == first
    hands.mark(Kind.FIGURE, "some 340 homes")
    index = hands.window.articles.model.index(0)
    assert index.data(ArticleRole.COUNTS).figures == 1
    assert index.data(ArticleRole.ARTICLE).status is ArticleStatus.IN_PROGRESS


def test_alt_and_arrows_walk_through_the_articles(hands: Hands):
    first, second = take(hands, FLOOD, FIRE)
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert hands.session.article_id == first
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert hands.session.article_id == second
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert hands.session.article_id == second


def test_an_article_is_shown_where_it_was_left(hands: Hands):
    long = "River 🌊\n\n" + "\n\n".join(f"Paragraph {n} of the long one, المدينة." for n in range(200))
    first = hands.window.importing.take_text(long)
    second = hands.window.importing.take_text("Another\n\nA short one.")
    hands.session.choose_article(first)
    reader = hands.window.reader
    hands.drag("Paragraph 120")
    left = reader.place()
    assert left.top > 0
    hands.session.choose_article(second)
    assert reader.place().top == 0
    hands.session.choose_article(first)
    assert reader.place() == left
    made = commands.mark(hands.session.project, second, Kind.CLAIM, [Span(11, 16)])
    hands.session.choose_article(second)
    hands.session.choose_article(first)
    hands.session.select(made)
    assert hands.session.article_id == second


def test_undo_in_another_article_selects_one_row_in_each_list(hands: Hands):
    first, _second = take(hands, FLOOD, FIRE)
    hands.session.choose_article(first)
    hands.mark(Kind.FIGURE, "27 people")
    claim = hands.mark(Kind.CLAIM, "some 340 homes")
    hands.session.run(commands.edit_annotation, claim.id, note="🌊")
    hands.session.select(None)
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert hands.session.article_id != first
    hands.window.activateWindow()
    # Through the system's window, which keeps Ctrl held while the rows follow.
    QTest.keyClick(hands.window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(0)
    QTest.keyRelease(hands.window.windowHandle(), Qt.Key.Key_Control)
    assert hands.session.article_id == first
    assert hands.window.articles.chosen_ids() == [first]
    assert hands.window.annotations.chosen_ids() == [claim.id]


def test_delete_moves_an_article_to_the_bin_and_it_comes_back(hands: Hands):
    first, second = take(hands, FLOOD, FIRE)
    hands.window.articles.view.setFocus()
    hands.window.articles.view.setCurrentIndex(hands.window.articles.model.index(1))
    hands.press(Qt.Key.Key_Delete)
    assert titles(hands) == ["Flood at the mill 🌊"]
    assert hands.session.article_id is None
    notice = hands.told[-1]
    assert notice.words == "The article is in the bin; exports leave it out."
    notice.act()
    assert titles(hands) == ["Flood at the mill 🌊", "Fire on the hill 🇳🇴"]
    assert first
    assert second


def test_the_annotations_table_keeps_the_rules_of_item_models(hands: Hands):
    model = hands.window.annotations.model
    QAbstractItemModelTester(model, STRICT)
    take(hands, FLOOD)
    figure = hands.mark(Kind.FIGURE, "some 340 homes")
    hands.mark(Kind.SOURCE, "The mayor")
    for column in range(len(COLUMNS)):
        model.sort(column, Qt.SortOrder.DescendingOrder)
    commands.remove_annotations(hands.session.project, [figure.id])
    QTest.qWait(0)
    assert model.rowCount() == 1


def test_the_table_sorts_by_a_clicked_heading_and_jumps(hands: Hands, qtbot):
    take(hands, FLOOD)
    homes = hands.mark(Kind.FIGURE, "some 340 homes")
    people = hands.mark(Kind.FIGURE, "At least 27 people")
    panel = hands.window.annotations
    head: QHeaderView = panel.view.horizontalHeader()
    amount = [column.heading for column in COLUMNS].index("Amount")
    at = QPoint(head.sectionViewportPosition(amount) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [panel.model.id_at(row) for row in range(2)] == [people.id, homes.id]
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [panel.model.id_at(row) for row in range(2)] == [homes.id, people.id]

    hands.session.select(None)
    row = panel.view.visualRect(panel.model.index(1, 1)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert hands.session.annotation_id == people.id
    assert hands.window.reader.selected_annotation() == people.id


def test_the_table_of_the_project_shows_other_articles_and_goes_there(hands: Hands, qtbot):
    first, second = take(hands, FLOOD, FIRE)
    barns = hands.mark(Kind.FIGURE, "two barns")
    hands.session.choose_article(first)
    panel = hands.window.annotations
    assert panel.model.rowCount() == 0
    panel.scope.setCurrentIndex(1)
    assert panel.model.rowCount() == 1
    row = panel.view.visualRect(panel.model.index(0, 1)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert (hands.session.article_id, hands.session.annotation_id) == (second, barns.id)


def test_delete_in_the_table_removes_all_selected_marks_as_one_step(hands: Hands):
    take(hands, FLOOD)
    hands.mark(Kind.FIGURE, "some 340 homes")
    hands.mark(Kind.FIGURE, "At least 27 people")
    hands.window.annotations.view.setFocus()
    hands.window.annotations.view.selectAll()
    hands.press(Qt.Key.Key_Delete)
    assert hands.session.read.annotation_ids() == []
    assert hands.told[-1].words == "2 marks removed."
    hands.told[-1].act()
    assert len(hands.session.read.annotation_ids()) == 2


def test_a_tag_is_made_by_typing_and_put_on_by_a_click(hands: Hands, qtbot):
    take(hands, FLOOD)
    tags = hands.window.tags
    qtbot.mouseClick(tags.new, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(tags.new, "damage")
    qtbot.keyClick(tags.new, Qt.Key.Key_Return)
    (tag,) = hands.session.read.tags()
    assert (tag.name, tag.key) == ("damage", "1")
    made = hands.mark(Kind.FIGURE, "some 340 homes")
    at = tags.view.visualItemRect(tags.view.item(0)).center()
    qtbot.mouseClick(tags.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hands.session.read.annotation(made.id).tag_ids == (tag.id,)
    assert hands.session.read.marks(made.text_id)[0].colour == tag.colour


def test_a_tag_without_a_mark_says_what_to_do(hands: Hands, qtbot):
    commands.add_tag(hands.session.project, "damage")
    tags = hands.window.tags
    at = tags.view.visualItemRect(tags.view.item(0)).center()
    qtbot.mouseClick(tags.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert hands.told[-1].words == "Select a mark first, then “damage” can be put on it."
