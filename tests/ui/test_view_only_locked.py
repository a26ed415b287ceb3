"""Whatever would change a project that is only looked at is off and says why, whichever way it is asked for."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
)

from annotate import commands
from annotate.errors import ViewOnly
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import take_in
from tests.safety.rights import everything_in
from tests.ui.conftest import Hands
from tests.ui.viewed import (
    claim_of,
    project_path,  # noqa: F401
    told,
    viewing_hands,  # noqa: F401
)
from ui.actions import ACTIONS, CHANGING
from ui.inspector.chips import Chip, ChipRow, Offer
from ui.inspector.claim_form import ClaimForm
from ui.inspector.fields import ChoiceBox, TextBox, TextLine, Tick
from ui.inspector.segmented import Segmented
from ui.palette_rows import tag_rows
from ui.window import MainWindow

# -- actions ------------------------------------------------------------------------------------------------------


def test_every_action_that_changes_the_project_is_off_and_says_why(viewing: Hands) -> None:
    actions, why = viewing.window.actions_, viewing.session.view_only
    names = {spec.name for spec in ACTIONS}
    assert names >= CHANGING
    for name in CHANGING:
        assert not actions[name].isEnabled(), name
        assert actions.missing(name) == why.rstrip("."), name
        assert why in actions[name].toolTip(), name


ELSEWHERE = {"quit", "close_project", "new_project", "open_project", "open_sample", "work_on_copy"}
"""Actions that leave the project; each has its own tests."""


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")  # menus and dialogs on the offscreen screen
def test_no_other_action_tries_to_change_the_project(
    viewing: Hands, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    tried: list[str] = []

    def refuse(self: Project) -> None:
        tried.append("a change")
        raise ViewOnly(self.view_only)

    monkeypatch.setattr(Project, "transaction", refuse)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    monkeypatch.setattr(QDialog, "exec", lambda self: self.reject() or QDialog.DialogCode.Rejected)
    monkeypatch.setattr(QMessageBox, "about", lambda *_a: None)
    before = everything_in(path.parent)
    window, session = viewing.window, viewing.session
    for spec in ACTIONS:
        if spec.name in ELSEWHERE:
            continue
        session.select(claim_of(viewing))
        window.reader.view.select_words(viewing.place("dozens of houses"))
        window.availability.refresh()
        window.actions_[spec.name].trigger()
        QTest.qWait(0)
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        assert tried == [], spec.name
    assert everything_in(path.parent) == before


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_F, Qt.Key.Key_S, Qt.Key.Key_Y, Qt.Key.Key_T, Qt.Key.Key_1])
def test_a_key_that_would_change_something_says_why_it_does_not(viewing: Hands, key: Qt.Key) -> None:
    before = len(viewing.session.read.annotation_ids())
    viewing.drag("dozens of houses")
    viewing.window.session.select(claim_of(viewing))
    viewing.press(key)
    assert "flood.pnote is only looked at" in told(viewing)
    assert not viewing.told[-1].trouble
    assert len(viewing.session.read.annotation_ids()) == before


def test_enter_and_backspace_judge_no_suggestion(viewing: Hands) -> None:
    session = viewing.session
    viewing.window.reader.view.setFocus()
    viewing.press(Qt.Key.Key_N)
    assert session.suggestion_id is not None
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace):
        viewing.press(key)
        assert "is only looked at" in told(viewing)
    panel = viewing.window.suggestions
    panel.catching_up.now()
    assert panel.list.count() == 1
    for button in (panel.accept_button, panel.reject_button, panel.all_button):
        assert not button.isEnabled()
        assert "is only looked at" in button.toolTip()


# -- hands --------------------------------------------------------------------------------------------------------


def test_edges_have_no_handles_and_a_drag_there_selects_words(viewing: Hands) -> None:
    view = viewing.window.reader.view
    selected = viewing.session.annotation_id
    assert selected is not None
    assert list(view.places.handles(view.marks.of(selected))) == []
    viewing.drag("dozens of houses")
    assert viewing.window.reader.selection() == viewing.place("dozens of houses")


def test_dropped_files_are_not_taken_in_and_that_is_told(viewing: Hands, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Flood\n\nMore.", encoding="utf-8")
    for mime in (_files(article), _words("dropped words"), _words("https://example.org/a")):
        viewing.told.clear()
        _drop(viewing.window, mime)
        assert "is only looked at" in told(viewing)
    assert len(viewing.session.read.articles()) == 2


def test_another_project_can_be_dropped_to_be_opened(viewing: Hands, tmp_path: Path) -> None:
    other = tmp_path / "other.pnote"
    Project.create(other).close()
    _drop(viewing.window, _files(other))
    assert viewing.session.project.path == other
    assert viewing.session.view_only == ""


def _files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def _words(words: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(words)
    return mime


def _drop(window: MainWindow, mime: QMimeData) -> None:
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


# -- panels -------------------------------------------------------------------------------------------------------


def test_the_fields_of_every_form_can_be_read_and_copied_only(viewing: Hands) -> None:
    session, inspector = viewing.session, viewing.window.inspector
    read = session.read
    for shown in (*read.annotation_ids(session.article_id), None):
        session.select(shown)
        inspector.refresh()
        form = inspector.form
        assert form is not None
        assert session.view_only in form.toolTip()
        for field in form.findChildren(QLineEdit) + form.findChildren(QPlainTextEdit):
            assert field.isReadOnly(), (form, field.accessibleName())
        for field in form.findChildren(ChoiceBox) + form.findChildren(Tick):
            assert not field.isEnabled(), (form, field.accessibleName())
        for choice in form.findChildren(Segmented):
            assert not any(segment.isEnabled() for segment in choice.segments)
            assert not choice.clear.isVisible()
        for row in form.findChildren(ChipRow):
            assert not row.add.isVisible(), row
            assert not any(isinstance(chip, Offer) and chip.isVisible() for chip in row.chips)
            assert not any(isinstance(chip, Chip) and chip.remove and chip.remove.isVisible() for chip in row.chips)
        assert not [b.text() for b in form.findChildren(QAbstractButton) if b.isVisible() and b.text() in _CHANGES]


_CHANGES = {
    *("+ Log a check", "Add to the register", "or choose an entry …", "Join with another source…"),
    *("Remove from the register", "Name the outlet", "Log check", "Save", "Remove", "×"),
}


def test_a_register_entry_is_shown_and_locked_too(viewing: Hands) -> None:
    inspector = viewing.window.inspector
    inspector.show_source(viewing.session.read.sources()[0].id)
    form = inspector.form
    assert form is not None
    assert all(line.isReadOnly() for line in form.findChildren(TextLine) + form.findChildren(TextBox))
    assert not [b.text() for b in form.findChildren(QAbstractButton) if b.isVisible() and b.text() in _CHANGES]


def test_a_check_can_be_opened_and_closed_again(viewing: Hands) -> None:
    form = viewing.window.inspector.form
    assert isinstance(form, ClaimForm)
    editor = form.checks.open_editor(viewing.session.read.checks([claim_of(viewing)])[0])
    assert editor.looked_at.toPlainText() == "Satellite image"
    assert editor.looked_at.isReadOnly()
    assert not editor.save.isVisible()
    assert editor.cancel.text() == "Close"
    editor.cancel.click()
    assert form.checks.editor is None
    assert not form.checks.add.isVisible()
    assert viewing.told == []


def test_a_form_is_unlocked_for_a_project_that_may_be_changed(viewing: Hands, tmp_path: Path) -> None:
    form = viewing.window.inspector.form
    assert isinstance(form, ClaimForm)
    hint = form.note.placeholderText()
    assert hint == ""
    assert viewing.session.create(tmp_path / "other.pnote")
    article = take_in(viewing.session.project)
    viewing.session.choose_article(article.id)
    made = viewing.mark(Kind.CLAIM, "At least 900 people")
    viewing.window.inspector.refresh()
    form = viewing.window.inspector.form
    assert isinstance(form, ClaimForm)
    assert form.shown_id == made.id
    assert form.note.placeholderText() == "Note"
    assert not form.note.isReadOnly()
    assert form.toolTip() == ""
    assert form.checks.add.isVisible()
    assert form.tags.add.isVisible()


def test_tags_are_neither_put_nor_added_nor_edited(viewing: Hands) -> None:
    panel, session = viewing.window.tags, viewing.session
    tag = session.read.tags()[0]
    assert not panel.new.isVisible()
    item = panel.view.item(0)
    QTest.mouseClick(
        panel.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        panel.view.visualItemRect(item).center(),
    )
    assert "is only looked at" in told(viewing)
    for menu in (panel.menu_of(tag), panel.menu_of(None)):
        assert [action for action in menu.actions() if action.isEnabled()] == []
        assert all("is only looked at" in action.toolTip() for action in menu.actions())
    assert not any(row.enabled for row in tag_rows(session, panel.tags(), panel.put, viewing.window.keys))
    annotation = session.annotation
    assert annotation is not None
    assert annotation.tag_ids == (tag.id,)


def test_articles_are_not_moved_to_the_bin(viewing: Hands) -> None:
    panel = viewing.window.articles
    panel.take_focus()
    viewing.press(Qt.Key.Key_Delete)
    assert "is only looked at" in told(viewing)
    assert len(viewing.session.read.articles()) == 2


def test_suggestions_are_not_made_though_they_are_switched_on(window: MainWindow, path: Path) -> None:
    window.settings.suggests = True
    hands = Hands(window)
    assert window.session.view(path)
    window.session.choose_article(window.session.read.articles()[1].id)
    QTest.qWait(0)
    assert not window.proposing.busy
    assert hands.told == []


def test_a_command_that_gets_as_far_as_the_project_is_refused_quietly(viewing: Hands) -> None:
    assert viewing.session.run(commands.add_source, "Nobody") is None
    assert told(viewing) == viewing.session.view_only
    assert not viewing.told[-1].trouble
