"""The window for those who hear it and those who look for the focus: names, announcements, rings, in both themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from annotate import commands
from annotate.importers import Heads
from annotate.sample import create_sample
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from ui.columns_dialog import ColumnsDialog
from ui.dialogs import NameDialog, PasteDialog, ProjectDialog
from ui.fault_dialog import FaultDialog
from ui.keys_dialog import KeysDialog
from ui.review import ImportReview
from ui.review.encoding_dialog import EncodingDialog
from ui.session import Notice
from ui.shortcut_sheet import ShortcutSheet
from ui.style import palette, stylesheet
from ui.tag_dialog import TagDialog
from ui.theme import DARK, LIGHT, Theme
from ui.window import MainWindow

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@pytest.fixture
def sample(hands: Hands) -> Hands:
    """The sample project, with its first article in the reader."""
    hands.session.run(create_sample)
    hands.session.choose_article(hands.session.read.articles()[0].id)
    QTest.qWait(0)
    return hands


@pytest.fixture
def still_caret() -> Iterator[None]:
    """A caret that blinks would pass for a change of the focus, or hide one."""
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


def nameless(window: QWidget) -> list[str]:
    """Widgets of a window that can take the focus and have no name for one who cannot see them."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget is not window
        if not takes_focus or widget.window() is not window:
            continue
        empty_label = isinstance(widget, QLabel) and not widget.text()
        empty_button = isinstance(widget, QPushButton) and not widget.text() and widget.isHidden()
        if empty_label or empty_button:
            continue  # it is given words when it has something to say
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def one_of_each(hands: Hands) -> list[int | None]:
    """No annotation, then one of each kind."""
    read = hands.session.read
    numbers: dict[Kind, int] = {}
    for annotation_id in read.annotation_ids():
        numbers.setdefault(read.annotation(annotation_id).kind, annotation_id)
    assert set(numbers) == set(Kind)
    return [None, *numbers.values()]


def test_everything_that_takes_the_focus_has_a_name(sample: Hands) -> None:
    window = sample.window
    sample.session.noticed.emit(Notice("Nothing was exported.", details="why", action="Try again"))
    window.reader.find_bar.open()
    for annotation_id in one_of_each(sample):
        sample.session.select(annotation_id)
        QTest.qWait(0)
        assert nameless(window) == []
    sample.session.close()
    assert nameless(window) == []


def test_everything_in_the_dialogs_has_a_name(sample: Hands) -> None:
    window, read = sample.window, sample.session.read
    tags = read.tags()
    dialogs: list[QDialog] = [
        PasteDialog("قال", window),
        NameDialog("Ann", window),
        FaultDialog("What went wrong", "Time  2026-11-27", window.faults.log.folder, window),
        ColumnsDialog("list.csv", Heads(("a", ""), (("b", "c"),), guess=None, named=False), window),
        EncodingDialog("a.txt", "дом".encode("cp1251"), parent=window),
        ImportReview(LIGHT, window),
        ProjectDialog(read.project_info(), window),
        TagDialog(tags[0], tags, window.keys, window),
        ShortcutSheet(window.actions_, window.keys, sample.session, window),
        KeysDialog(window.keys, sample.session, window),
    ]
    assert [(type(dialog).__name__, nameless(dialog)) for dialog in dialogs] == [
        (type(dialog).__name__, []) for dialog in dialogs
    ]
    assert nameless(sample.window.palette_) == []
    for dialog in dialogs:
        dialog.close()


def pixels(widget: QWidget) -> memoryview:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return memoryview(bytes(image.constBits())).cast("I")


def unseen(move_on: Callable[[], None], enough: int = 200) -> list[str]:
    """Go through everything until the focus is where it was; those stops whose focus cannot be seen.

    What changes when the focus leaves must be at least half of a line around the widget; of the article it is a bar
    at its side.
    """
    first = QApplication.focusWidget()
    assert first is not None
    stop, found = first, []
    for _ in range(enough):
        focused = pixels(stop)
        move_on()
        QTest.qWait(0)
        following = QApplication.focusWidget()
        assert following is not None
        changed = sum(a != b for a, b in zip(focused, pixels(stop), strict=False))
        if changed < min(stop.width() + stop.height(), 800) and following is not stop:
            found.append(f"{type(stop).__name__} {stop.property('kind')} “{stop.accessibleName()}”: {changed}")
        if following is first:
            return found
        stop = following
    raise AssertionError("Tab never comes back")


def wear(window: MainWindow, theme: Theme) -> None:
    # On the window and not on the application, whose sheet also reaches for widgets of windows long gone.
    window.setPalette(palette(theme))
    window.setStyleSheet(stylesheet(theme))
    window.set_theme(theme)


@THEMES
def test_one_sees_where_the_focus_is_wherever_tab_leads(sample: Hands, still_caret: None, theme: Theme) -> None:
    window = sample.window
    wear(window, theme)
    window.activateWindow()
    for annotation_id in one_of_each(sample):
        sample.session.select(annotation_id)
        window.reader.view.setFocus()
        QTest.qWait(0)
        assert unseen(lambda: sample.press(Qt.Key.Key_Tab)) == []


@THEMES
def test_one_sees_where_the_focus_is_in_the_find_bar_and_on_the_first_page(
    sample: Hands, still_caret: None, theme: Theme
) -> None:
    window = sample.window
    wear(window, theme)
    window.activateWindow()
    window.reader.find_bar.open()
    QTest.keyClicks(window.reader.find_bar.words, "the")
    assert unseen(lambda: sample.press(Qt.Key.Key_Tab)) == []
    window.reader.find_bar.put_away()
    sample.session.close()
    window.welcome.sample.setFocus()
    assert unseen(lambda: sample.press(Qt.Key.Key_Tab)) == []


def test_notices_are_told_to_who_cannot_see_them(sample: Hands, announced: list[str]) -> None:
    sample.session.noticed.emit(Notice("“a.pdf” is encrypted. Save it without a password.", trouble=True))
    assert announced == ["“a.pdf” is encrypted. Save it without a password."]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_chosen_command_is_told_while_the_focus_stays_in_the_line(sample: Hands, announced: list[str]) -> None:
    window = sample.window
    window.palette_.open()
    QTest.keyClicks(window.palette_.line, "article")
    announced.clear()
    QTest.keyClick(window.palette_.line, Qt.Key.Key_Down)
    chosen = window.palette_.view.currentIndex()
    assert chosen.row() == 1
    assert announced == [chosen.data(Qt.ItemDataRole.AccessibleTextRole)]
    window.palette_.close()


def test_a_mark_that_is_stepped_to_is_told_as_its_tool_tip_has_it(sample: Hands, announced: list[str]) -> None:
    sample.window.reader.view.setFocus()
    sample.press(Qt.Key.Key_BracketRight)
    QTest.qWait(0)
    annotation = sample.session.annotation
    assert annotation is not None
    assert any(words.startswith(f"{annotation.kind.label} {annotation.label}") for words in announced)


def test_what_a_linked_mark_is_to_the_one_from_which_one_set_out_is_told(sample: Hands, announced: list[str]) -> None:
    read = sample.session.read
    selected = next(i for i in read.annotation_ids() if len(read.ties_of(i)) > 1)
    sample.session.select(selected)
    sample.window.reader.view.setFocus()
    QTest.qWait(0)
    ties = [tie.words for tie in read.ties_of(selected)]
    for words in [*ties, "back where you set out"]:
        announced.clear()
        sample.press(Qt.Key.Key_J)
        assert announced[0] == words


def test_a_tag_put_on_a_mark_under_the_caret_is_in_what_stands_there(sample: Hands, announced: list[str]) -> None:
    session, view = sample.session, sample.window.reader.view
    session.select(one_of_each(sample)[1])
    commands.add_tag(session.project, "fuel 🔥")
    tag = next(tag for tag in session.read.tags() if tag.name == "fuel 🔥")
    session.run(commands.toggle_tag, [session.annotation_id], tag.id)
    QTest.qWait(0)
    assert "fuel 🔥" in view.accessibleDescription()
