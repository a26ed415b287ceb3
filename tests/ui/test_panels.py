"""The window around the reader: its panels and their places, notices, and what becomes of files that are dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from annotate import commands
from annotate.vocabulary import ArticleStatus, Kind
from tests.ui.conftest import Hands, reviewed
from tests.ui.three_articles import FIRE, FLOOD, take, titles
from ui.annotation_model import COLUMNS
from ui.bylines import byline
from ui.dialogs import published_from
from ui.jobs import Job
from ui.session import Notice, Session
from ui.settings import Settings
from ui.theme import LIGHT
from ui.window import MainWindow

# -- imports -----------------------------------------------------------------------------------------------------


def test_a_bad_file_is_told_and_the_rest_goes_in_as_one_step(hands: Hands, qtbot, tmp_path: Path):
    (tmp_path / "flood.txt").write_text(FLOOD, encoding="utf-8")
    (tmp_path / "again.txt").write_text(FLOOD, encoding="utf-8")
    (tmp_path / "fire.txt").write_text(FIRE, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    names = ("flood.txt", "again.txt", "empty.txt", "picture.txt", "fire.txt")
    review = reviewed(hands, qtbot, *(tmp_path / name for name in names))
    assert review.summary.text() == "2 new articles, 1 twice in this import, 2 files cannot be read"
    with qtbot.waitSignal(hands.window.importing.finished, timeout=30_000):
        qtbot.mouseClick(review.import_button, Qt.MouseButton.LeftButton)
    assert hands.told[-1].words == "2 articles imported."
    assert len(titles(hands)) == 2
    hands.session.undo()
    assert titles(hands) == []


def test_an_import_can_be_cancelled_and_undone(hands: Hands, qtbot, tmp_path: Path):
    paths = []
    for number in range(300):
        path = tmp_path / f"{number:03d}.txt"
        path.write_text(f"Report {number}\n\nThere were {number} cases.\n", encoding="utf-8")
        paths.append(path)
    bars = hands.window.bars
    with qtbot.waitSignal(hands.window.importing.finished, timeout=30_000):
        qtbot.mouseClick(reviewed(hands, qtbot, *paths).import_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: len(titles(hands)) > 0, timeout=20_000)
        assert bars.job.isVisible()
        qtbot.mouseClick(bars.job.cancel_button, Qt.MouseButton.LeftButton)
    assert not bars.job.isVisible()
    came = len(titles(hands))
    assert 0 < came <= 300
    hands.session.undo()
    assert titles(hands) == []


# -- notices -----------------------------------------------------------------------------------------------------


def test_trouble_stays_until_it_is_dismissed_and_its_details_can_be_copied(hands: Hands, qtbot):
    bar = hands.window.bars.notices
    hands.session.tell(Notice("x.txt is empty.", trouble=True, details="all of it"))
    assert bar.isVisible()
    assert bar.stays
    qtbot.mouseClick(bar.copy_button, Qt.MouseButton.LeftButton)
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == "x.txt is empty.\n\nall of it"
    qtbot.mouseClick(bar.dismiss_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_words_of_a_notice_are_never_rendered_as_html(hands: Hands):
    hands.session.tell(Notice("<b>bold</b> & <img src=x>.txt is empty."))
    assert hands.window.bars.notices.label.textFormat() == Qt.TextFormat.PlainText


# -- window ------------------------------------------------------------------------------------------------------


def test_the_layout_of_the_window_is_remembered(hands: Hands, qtbot, settings):
    from ui.session import Session
    from ui.theme import DARK
    from ui.window import MainWindow

    path = hands.session.project.path
    hands.window.panels["tags"].close()
    hands.window.close()
    again = MainWindow(Session("Ann"), settings, DARK)
    qtbot.addWidget(again)
    again.show()
    assert again.session.open(path)
    assert not again.panels["tags"].isVisible()
    assert again.panels["inspector"].isVisible()
    again.close()


def test_a_closed_project_leaves_the_welcome_page_with_it_in_the_list(hands: Hands, settings):
    path = hands.session.project.path
    hands.window.session.close()
    assert hands.window.stack.currentWidget() is hands.window.welcome
    assert settings.recent == [path]
    assert not hands.window.actions_["mark_claim"].isEnabled()


def test_the_sample_project_opens_from_the_welcome_page(window, qtbot, tmp_path: Path, monkeypatch):
    from PySide6.QtCore import QStandardPaths

    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    qtbot.mouseClick(window.welcome.sample, Qt.MouseButton.LeftButton)
    assert window.session.read.totals()["articles"] == 4
    assert window.session.article.title == "River wall fails at Harrow Mills"
    window.session.close()
    qtbot.mouseClick(window.welcome.sample, Qt.MouseButton.LeftButton)
    assert window.session.read.totals()["articles"] == 4


@pytest.mark.parametrize("name", ["", "Ben O'Neil"])
def test_the_name_is_asked_once(window, qtbot, settings, name: str):
    settings.analyst = ""
    window.welcome.refresh()
    assert window.welcome.name.isVisible()
    qtbot.mouseClick(window.welcome.name, Qt.MouseButton.LeftButton)
    window.welcome.name.setText("")
    qtbot.keyClicks(window.welcome.name, name)
    qtbot.keyClick(window.welcome.name, Qt.Key.Key_Return)
    assert settings.analyst == name
    assert window.welcome.name.isVisible()  # nothing jumps from under the next click
    window.welcome.refresh()
    assert window.welcome.name.isVisible() is (not name)


def row_heights(hands: Hands) -> list[int]:
    view = hands.window.articles.view
    return [view.visualRect(hands.window.articles.model.index(row)).height() for row in range(view.model().rowCount())]


def test_a_row_is_as_high_as_its_title_needs_at_any_width(hands: Hands):
    middling = "Hundreds homeless as the Orra breaks"
    take(hands, f"Short\n\n{FLOOD}", f"{middling}\n\n{FIRE}", f"{'A very long title of it 🌊 ' * 30}\n\nWords.\n")
    dock = hands.window.panels["articles"]
    hands.window.resizeDocks([dock], [300], Qt.Orientation.Horizontal)
    QTest.qWait(0)
    one, still_one, two = row_heights(hands)
    assert one == still_one < two
    hands.window.resizeDocks([dock], [200], Qt.Orientation.Horizontal)
    QTest.qWait(0)
    assert row_heights(hands) == [one, two, two]
    hands.window.resizeDocks([dock], [300], Qt.Orientation.Horizontal)
    QTest.qWait(0)
    assert row_heights(hands) == [one, one, two]


def test_the_button_beside_the_name_takes_the_next_click(window, qtbot, settings, tmp_path: Path, monkeypatch):
    from PySide6.QtCore import QStandardPaths

    settings.analyst = ""
    window.welcome.refresh()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path))
    button = window.welcome.sample
    at = button.mapTo(window, button.rect().center())
    qtbot.mouseClick(window.welcome.name, Qt.MouseButton.LeftButton)
    window.welcome.name.clear()
    qtbot.keyClicks(window.welcome.name, "Ann")
    button.setFocus()  # what a press on it does first
    QTest.qWait(20)
    assert button.mapTo(window, button.rect().center()) == at
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.session.read.totals()["articles"] == 4
    assert window.session.read.analyst(window.session.project.analyst_id).name == "Ann"
    assert {line.analyst_id for line in window.session.read.annotations()} != {window.session.project.analyst_id}


def test_panels_come_back_after_the_project_was_closed_before_the_window(hands: Hands, qtbot, settings):
    from ui.session import Session
    from ui.theme import LIGHT
    from ui.window import MainWindow

    path = hands.session.project.path
    shown = {name for name, panel in hands.window.panels.items() if panel.isVisible()}
    assert {"articles", "tags", "inspector", "annotations"} <= shown
    hands.session.close()
    hands.window.close()
    again = MainWindow(Session("Ann"), settings, LIGHT)
    qtbot.addWidget(again)
    again.show()
    assert again.session.open(path)
    assert {name for name, panel in again.panels.items() if panel.isVisible()} == shown
    again.close()


def test_a_notice_never_moves_the_text(hands: Hands):
    take(hands, FLOOD)
    reader = hands.window.reader
    before = reader.mapTo(hands.window, reader.rect().topLeft()), reader.size()
    hands.session.tell(Notice("Something happened.", trouble=True))
    QTest.qWait(10)
    assert (reader.mapTo(hands.window, reader.rect().topLeft()), reader.size()) == before
    bar = hands.window.bars.notices
    assert bar.isVisible()
    assert hands.window.stack.rect().contains(bar.mapTo(hands.window.stack, bar.rect().center()))


@pytest.mark.parametrize("words", ["Done. 🌊", "The file could not be read, since what it holds is no text. " * 4])
def test_a_notice_is_a_card_that_hides_little_text_and_cuts_no_words(hands: Hands, words: str):
    take(hands, FLOOD)
    hands.session.tell(Notice(words, trouble=True, details="more", action="Undo"))
    QTest.qWait(0)
    bars, stack = hands.window.bars, hands.window.stack
    assert bars.width() <= min(bars.MOST_WIDTH, stack.width() / 1.5)
    assert stack.rect().contains(bars.geometry())
    assert bars.geometry().center().x() > stack.width() / 2
    assert bars.geometry().bottom() > stack.height() - 2 * bars.MARGIN
    label = bars.notices.label
    assert label.height() >= label.heightForWidth(label.width())
    assert bars.notices.dismiss_button.accessibleName() == "Dismiss"


def test_a_new_tag_leaves_the_selected_mark_selected(hands: Hands):
    take(hands, FLOOD)
    made = hands.mark(Kind.FIGURE, "some 340 homes")
    commands.add_tag(hands.session.project, "damage")
    assert hands.window.reader.selected_annotation() == made.id
    assert hands.window.reader.marks_at(made.spans[0].start) == [made.id]


@pytest.mark.qt_log_ignore("This plugin does not support")  # of popups, offscreen
def test_the_menu_at_the_pointer_offers_what_can_be_done(hands: Hands):
    menu = hands.window.pointer_menus.menu

    def offered() -> list[str]:
        menu.close()
        return [action.objectName() for action in menu.actions()]

    take(hands, FLOOD)
    made = hands.mark(Kind.FIGURE, "some 340 homes")
    hands.session.select(None)
    at = hands.window.reader.text_rect(made.spans[0].start, made.spans[0].end).center()
    hands.window.pointer_menus.of_words(at)
    assert hands.session.annotation_id == made.id
    assert "remove_mark" in offered()
    assert "mark_claim" not in offered()
    hands.drag("At least 27 people")
    hands.window.pointer_menus.of_words(at)
    assert offered()[:3] == ["mark_claim", "mark_figure", "mark_source"]


def test_the_dark_theme_darkens_an_article_that_is_shown(hands: Hands):
    from ui.theme import DARK

    take(hands, FLOOD)
    hands.window.set_theme(DARK)
    image = hands.window.reader.view.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 3, image.height() - 3).name() == DARK.panel


def test_an_ampersand_in_a_name_is_shown_in_menus(hands: Hands, settings, tmp_path: Path):
    take(hands, FLOOD)
    hands.mark(Kind.FIGURE, "27 people")
    commands.add_tag(hands.session.project, "Fire & water 🌊", key="7")
    hands.press(Qt.Key.Key_7)
    assert hands.window.actions_["undo"].text() == "Undo: Tag “Fire && water 🌊”"
    hands.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hands.window.actions_["redo"].text() == "Redo: Tag “Fire && water 🌊”"
    assert hands.session.create(tmp_path / "Smith & Sons.pnote")
    hands.window.recent_menu.aboutToShow.emit()
    assert hands.window.recent_menu.actions()[0].text() == "Smith && Sons"


@pytest.mark.parametrize("width", [1400, 1920])
def test_the_table_shows_all_its_columns_and_cuts_no_amount_where_there_is_room(hands: Hands, width: int):
    hands.window.resize(width, 980)
    take(hands, FLOOD.replace("some 340 homes", "as much as 1,234,567.89 tonnes of river sediment"))
    hands.mark(Kind.FIGURE, "as much as 1,234,567.89 tonnes of river sediment")
    QTest.qWait(0)
    table = hands.window.annotations.view
    assert table.horizontalScrollBar().maximum() == 0
    headings = [column.heading for column in COLUMNS]
    assert table.isColumnHidden(headings.index("Article"))
    amount = headings.index("Amount")
    assert width == 1400 or table.columnWidth(amount) >= table.sizeHintForColumn(amount)
    hands.window.annotations.scope.setCurrentIndex(1)
    assert not table.isColumnHidden(headings.index("Article"))


def drag_splitter(hands: Hands, by: int) -> None:
    """Drag the splitter at the left of the inspector to the left, by some pixels."""
    window = hands.window
    panel = window.panels["inspector"]
    at = QPoint(panel.x() - 2, panel.y() + 300)
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(window, at - QPoint(by, 0))
    QTest.qWait(20)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=at - QPoint(by, 0))
    QTest.qWait(20)


def test_panels_squeezed_by_a_narrow_window_come_back_to_the_widths_they_were_given(hands: Hands, qtbot):
    take(hands, FLOOD)
    window = hands.window
    names = ("articles", "tags", "inspector")
    QTest.qWait(20)
    drag_splitter(hands, 60)
    wide = [window.panels[name].width() for name in names]
    assert wide[2] >= 390
    window.resize(980, 700)
    qtbot.waitUntil(lambda: window.stack.width() >= 400)
    narrow = [window.panels[name].width() for name in names]
    assert all(width >= least for width, least in zip(narrow, (220, 220, 290), strict=True))
    assert narrow < wide
    assert window.width() == 980
    window.resize(1400, 880)
    qtbot.waitUntil(lambda: [window.panels[name].width() for name in names] == wide)


def test_widths_that_were_left_are_those_that_come_back_in_the_next_window(hands: Hands, qtbot, settings):
    from ui.session import Session
    from ui.theme import LIGHT
    from ui.window import MainWindow

    take(hands, FLOOD)
    QTest.qWait(20)
    drag_splitter(hands, 60)
    wide = hands.window.panels["inspector"].width()
    path = hands.session.project.path
    hands.window.close()
    again = MainWindow(Session("Ann"), settings, LIGHT)
    qtbot.addWidget(again)
    again.show()
    again.resize(1400, 880)  # the screen of the tests is smaller
    assert again.session.open(path)
    QTest.qWait(20)
    for size in ((1400, 880), (980, 700), (1400, 880)):
        again.resize(*size)
        QTest.qWait(20)
    qtbot.waitUntil(lambda: again.panels["inspector"].width() == wide)
    again.close()


def test_an_arabic_outlet_leaves_the_day_of_its_article_where_it_was(hands: Hands):
    """Without an isolate the 12 would stand on the other side of the outlet, away from its month."""
    first, *_ = take(hands, FLOOD)
    commands.edit_article(hands.session.project, first, outlet="قناة النهر", published=published_from("12 March 2024"))
    article = hands.session.read.article(first)
    assert article is not None
    assert byline(article) == "\u2068قناة النهر\u2069 · 12 Mar 2024"
    assert byline(replace(article, outlet="Hill Gazette")) == "Hill Gazette · 12 Mar 2024"


def test_panels_that_come_when_they_are_needed_share_one_place(hands: Hands, qtbot):
    """Three in a row would leave none of them room for its name."""
    hands.window.resize(1280, 800)
    moved, suggestions = hands.window.moved_panel, hands.window.suggestions_panel
    table = hands.window.panels["annotations"]
    for panel in (suggestions, moved):  # each was there alone before
        panel.show()
        qtbot.waitUntil(lambda panel=panel: bool(panel.property("shared")))
        panel.hide()
    hands.window.docks.show_in_front(moved, wanted=True)
    suggestions.show()
    qtbot.waitUntil(lambda: suggestions in hands.window.tabifiedDockWidgets(moved))
    qtbot.waitUntil(lambda: moved.header.isVisible())
    qtbot.waitUntil(lambda: table.header.width() >= 280 and moved.header.width() >= 280)
    assert hands.window.width() == 1280
    hands.window.resizeDocks([table, moved], [520, 120], Qt.Orientation.Horizontal)
    moved.hide()  # Qt leaves the other one what this one had
    suggestions.hide()
    suggestions.show()
    qtbot.waitUntil(lambda: table.header.width() >= 280 and suggestions.header.width() >= 280)


def test_the_words_of_a_running_job_are_all_to_be_read(hands: Hands):
    bar = hands.window.bars.job
    job = Job("Writing evidence of the flood at Harrow Mills.xlsx", lambda _job: None)
    bar.follow(job)
    bar._progressed(600, 1_000_000)
    QTest.qWait(20)
    label = bar.findChild(QLabel)
    assert label is not None
    assert label.heightForWidth(label.width()) <= label.height()


def test_the_border_between_articles_and_tags_stays_where_it_was_however_often_a_project_is_opened(
    hands: Hands, settings: Settings, qtbot
):
    """Qt moved it down by some pixels each time, until no tag was to be seen."""
    window, path = hands.window, hands.session.project.path
    columns = [window.panels[name] for name in ("articles", "tags")]
    window.resizeDocks(columns, [400, 300], Qt.Orientation.Vertical)
    QTest.qWait(20)
    heights = [panel.height() for panel in columns]
    for _ in range(3):
        hands.session.close()
        assert hands.session.open(path)
        QTest.qWait(20)
        assert [panel.height() for panel in columns] == heights
    window.close()
    again = MainWindow(Session("Ann"), settings, LIGHT)
    again.resize(window.size())
    qtbot.addWidget(again)
    again.show()
    qtbot.waitExposed(again)
    assert again.session.open(path)
    QTest.qWait(20)
    assert [again.panels[name].height() for name in ("articles", "tags")] == heights
    again.close()


def test_the_menu_of_articles_shows_how_the_work_on_them_stands_and_sets_it(hands: Hands):
    first, second = take(hands, FLOOD, FIRE)
    commands.set_status(hands.session.project, [first], ArticleStatus.DONE)
    menu = hands.window.articles.menu_of([first])
    labels = [action.text() for action in menu.actions()]
    assert labels == ["Unread", "In progress", "Done", "", "Move to bin"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Done"]
    both = hands.window.articles.menu_of([first, second])
    assert not [action for action in both.actions() if action.isChecked()]
    both.actions()[1].trigger()
    articles = map(hands.session.read.article, (first, second))
    assert [one.status for one in articles if one is not None] == [ArticleStatus.IN_PROGRESS] * 2
    assert hands.window.articles.menu_of([]).isEmpty()


def test_a_layout_of_other_panels_is_not_taken_so_that_each_has_its_place(hands: Hands, settings: Settings, qtbot):
    path = hands.session.project.path
    hands.session.close()
    hands.window.removeDockWidget(hands.window.panels["searching"])
    settings.layout = hands.window.saveState()
    again = MainWindow(Session("Ann"), settings, LIGHT)
    qtbot.addWidget(again)
    again.show()
    assert again.session.open(path)
    again.docks.bring("searching")
    QTest.qWait(20)
    assert again.panels["annotations"] in again.tabifiedDockWidgets(again.panels["searching"])
    again.close()
