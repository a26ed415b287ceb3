"""Articles from web addresses through the window, with a real server on loopback; nothing is fetched unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotate import history
from tests.fetching.site import Site
from tests.ui.conftest import Hands
from ui.dialogs import PasteDialog
from ui.web_dialog import WebDialog
from ui.window import MainWindow

# The offscreen screen has no stacking order and no keyboard to grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WORDS = "At least 900 people 🌊 left their homes, قال الدفاع المدني."
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        running.page("/flood.txt", WORDS.encode(), "text/plain")
        running.page("/more.txt", b"The road was closed on Monday.", "text/plain")
        yield running


def dialog_of(hands: Hands) -> WebDialog:
    [dialog] = hands.window.findChildren(WebDialog)
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    return dialog


def opened(hands: Hands, *addresses: str) -> WebDialog:
    hands.window.actions_["import_web"].trigger()
    dialog = dialog_of(hands)
    for address in addresses:
        QTest.keyClicks(dialog.addresses, address)
        QTest.keyClick(dialog.addresses, Qt.Key.Key_Return)
    return dialog


def allow(dialog: WebDialog) -> None:
    dialog.allow_private.setFocus()
    QTest.keyClick(dialog.allow_private, Qt.Key.Key_Space)


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(dialog: WebDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def drop(window: MainWindow, data: QMimeData) -> None:
    at = QPointF(window.width() / 2, window.height() / 2)
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (QDragEnterEvent(at.toPoint(), *how), QDropEvent(at, *how)):
        QApplication.sendEvent(window, event)


def test_addresses_are_fetched_by_a_click_and_are_one_step(hands: Hands, qtbot: QtBot, site: Site) -> None:
    dialog = opened(hands, f"- {site.address('/flood.txt')}.", site.address("/more.txt"))
    assert "2 addresses" in said(dialog)
    assert site.requests == []
    allow(dialog)
    importing = hands.window.importing
    click(dialog.go)
    qtbot.waitUntil(lambda: importing.review is not None and not importing.review.is_reading, timeout=20_000)
    with qtbot.waitSignal(importing.finished, timeout=20_000):
        click(importing.review.import_button)
    assert sorted(path for path, _ in site.requests) == ["/flood.txt", "/more.txt"]
    articles = hands.session.read.articles()
    assert [article.url for article in articles] == [site.address("/flood.txt"), site.address("/more.txt")]
    assert [article.collected_by for article in articles] == ["Ann Alyst", "Ann Alyst"]
    assert hands.body() == WORDS
    step = history.next_undo(hands.session.project)
    assert step is not None
    assert step.label == "Import 2 files"


def test_what_gave_nothing_is_said_and_the_others_wait_for_a_click(hands: Hands, qtbot: QtBot, site: Site) -> None:
    dialog = opened(hands, site.address("/flood.txt"), site.address("/gone"))
    allow(dialog)
    click(dialog.go)
    qtbot.waitUntil(lambda: dialog.go.text() == "Import 1", timeout=20_000)
    words = said(dialog)
    assert "1 address of 2 can be imported. See below what became of each." in words
    assert any(line.startswith("Ready: “flood”.") for line in words)
    assert any("is not there (status 404)" in line for line in words)
    assert hands.session.read.articles() == []
    with qtbot.waitSignal(hands.window.importing.finished, timeout=20_000):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert len(hands.session.read.articles()) == 1


def test_back_leads_to_the_addresses_that_gave_nothing(hands: Hands, qtbot: QtBot, site: Site) -> None:
    dialog = opened(hands, site.address("/gone"), site.address("/flood.txt"), "https://ana:pw@example.org/")
    allow(dialog)
    click(dialog.go)
    qtbot.waitUntil(dialog.back.isVisible, timeout=20_000)
    click(dialog.back)
    assert dialog.addresses.toPlainText().splitlines() == [site.address("/gone"), "https://ana:pw@example.org/"]
    assert dialog.addresses.hasFocus()
    click(dialog.cancel)
    assert hands.session.read.articles() == []


def test_addresses_inside_the_network_want_their_switch(hands: Hands, qtbot: QtBot, site: Site) -> None:
    dialog = opened(hands, site.address("/flood.txt"))
    assert not dialog.allow_private.isChecked()
    click(dialog.go)
    qtbot.waitUntil(dialog.back.isVisible, timeout=20_000)
    assert "Nothing could be fetched. See below what became of each." in said(dialog)
    assert not dialog.go.isVisible()
    assert site.requests == []


def test_escape_stops_fetching_first_and_closes_then(hands: Hands, qtbot: QtBot, site: Site) -> None:
    site.pages["/silent"] = lambda handler: (site.closing.wait(), None)[1]
    dialog = opened(hands, site.address("/silent"))
    allow(dialog)
    click(dialog.go)
    qtbot.waitUntil(lambda: bool(site.requests), timeout=20_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.addresses.isVisible, timeout=20_000)
    assert dialog.addresses.toPlainText().strip() == site.address("/silent")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_without_an_address_nothing_can_be_fetched(hands: Hands) -> None:
    dialog = opened(hands)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.addresses, "hxxps://example[.]org")
    assert not dialog.go.isEnabled()
    assert "There is no web address in this; one begins with https:// or http://." in said(dialog)


def test_a_pasted_list_of_addresses_is_offered_and_not_taken_as_words(hands: Hands, site: Site) -> None:
    QGuiApplication.clipboard().setText(f"• {site.address('/flood.txt')}\r\n• <{site.address('/more.txt')}>\r\n")
    hands.press(Qt.Key.Key_V, CTRL | SHIFT)
    dialog = dialog_of(hands)
    assert dialog.addresses.toPlainText().splitlines() == [site.address("/flood.txt"), site.address("/more.txt")]
    assert hands.session.read.articles() == []
    assert site.requests == []


def test_addresses_pasted_into_the_paste_dialog_are_offered_too(
    hands: Hands, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(dialog: PasteDialog) -> int:
        dialog.text.setPlainText(site.address("/flood.txt"))
        return int(PasteDialog.DialogCode.Accepted)

    monkeypatch.setattr(PasteDialog, "exec", typed)
    QGuiApplication.clipboard().setText("A post with a link https://example.org/a")
    hands.press(Qt.Key.Key_V, CTRL | SHIFT)
    assert dialog_of(hands).addresses.toPlainText() == site.address("/flood.txt")
    assert hands.session.read.articles() == []


@pytest.mark.parametrize("how", ["link", "words"])
def test_a_dropped_link_is_offered_and_not_fetched(hands: Hands, site: Site, how: str) -> None:
    data = QMimeData()
    if how == "link":
        data.setUrls([QUrl(site.address("/flood.txt"))])
    else:
        data.setText(site.address("/flood.txt") + "\n")
    drop(hands.window, data)
    assert dialog_of(hands).addresses.toPlainText() == site.address("/flood.txt")
    assert site.requests == []


def test_dropped_words_with_a_link_stay_an_article(hands: Hands) -> None:
    data = QMimeData()
    data.setText("Forty homes are flooded 🌊 https://example.org/a")
    drop(hands.window, data)
    assert hands.window.findChildren(WebDialog) == []
    assert hands.body() == "Forty homes are flooded 🌊 https://example.org/a"


def test_every_field_of_the_dialog_is_reached_with_tab(hands: Hands) -> None:
    dialog = opened(hands, "https://example.org/a")
    reached = []
    for _ in range(4):
        reached.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert {dialog.addresses, dialog.allow_private, dialog.cancel, dialog.go} == set(reached)
    assert all(widget.accessibleName() or widget.property("text") for widget in reached)


def test_a_project_that_has_no_file_yet_is_asked_for_before_links_are_offered(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new.pnote"), ""))
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a")])
    drop(window, data)
    assert window.session.has_project
    [dialog] = window.findChildren(WebDialog)
    assert dialog.addresses.toPlainText() == "https://example.org/a"


def test_escape_gives_up_an_empty_paste_and_no_typed_one(hands: Hands):
    dialog = PasteDialog("", hands.window)
    dialog.show()
    dialog.activateWindow()
    dialog.outlet.setFocus()
    QTest.keyClicks(dialog.outlet, "Reuters")
    QTest.keyClick(dialog.outlet, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.known() == {"outlet": "Reuters"}
    dialog.outlet.clear()
    QTest.keyClick(dialog.outlet, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
