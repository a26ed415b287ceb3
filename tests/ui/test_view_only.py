"""A project that is only looked at, in the window: everything can be read, searched, copied and exported; whatever
would change it is off and says why, whichever way it is asked for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
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
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.errors import ViewOnly
from annotate.model import Span
from annotate.project import Project
from annotate.store.ownership import side_file
from annotate.store.places import Place
from annotate.suggest import Proposal
from annotate.vocabulary import Kind, Shows
from tests.annotate.drafts import span_of, take_in
from tests.safety.rights import everything_in, read_only, without_rights
from tests.ui.conftest import Hands
from ui.actions import ACTIONS, CHANGING, Needs
from ui.inspector.chips import Chip, ChipRow, Offer
from ui.inspector.claim_form import ClaimForm
from ui.inspector.fields import ChoiceBox, TextBox, TextLine, Tick
from ui.inspector.segmented import Segmented
from ui.palette_rows import tag_rows
from ui.window import MainWindow


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A project with two articles; a claim with everything, a figure, a mention without an entry, a suggestion."""
    folder = tmp_path / "cases"
    folder.mkdir()
    path = folder / "flood.pnote"
    with Project.create(path, "Büşra") as project:
        article = take_in(project)
        take_in(project, "Boats\n\nUp to 30% of the fleet is gone.", "boats.txt")
        claim = commands.mark(
            project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left their homes")]
        )
        commands.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "900 people")])
        commands.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "A witness")])
        source = commands.add_source(project, "Civil defence")
        commands.attribute(project, claim, source)
        commands.add_check(
            project, claim, checked_on=date(2026, 11, 26), looked_at="Satellite image", shows=Shows.SUPPORTS
        )
        tag = commands.add_tag(project, "Displacement", key="1")
        commands.toggle_tag(project, [claim], tag)
        event = commands.add_event(project, "The flood")
        commands.edit_record(project, claim, event_id=event)
        words = span_of(project, article, "dozens of houses")
        proposal = Proposal(Kind.FIGURE, (Span(words.start, words.end),), {}, rule="amount", confidence=0.95)
        commands.store_proposals(project, article.text_id, [proposal], engine="rules", version="1")
    yield path
    folder.chmod(0o755)


@pytest.fixture
def viewing(window: MainWindow, path: Path) -> Hands:
    """The project is looked at, with its claim selected."""
    assert window.session.view(path)
    hands = Hands(window)
    window.session.select(claim_of(hands))
    window.inspector.refresh()
    return hands


def claim_of(hands: Hands) -> int:
    read = hands.session.read
    return next(one.id for one in read.annotations(read.annotation_ids()) if one.kind is Kind.CLAIM)


def told(hands: Hands) -> str:
    return hands.told[-1].words if hands.told else ""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_cannot_be_written_opens_to_be_looked_at_with_a_line_and_no_dialog(
    window: MainWindow, path: Path, what: str
) -> None:
    read_only(path, folder=what == "folder", file=what == "file")
    before = everything_in(path.parent)
    hands = Hands(window)
    with without_rights():
        window.files.open_path(path)
        assert window.session.has_project
        why = "its folder" if what == "folder" else "the file"
        assert window.view_line.words.text() == f"flood.pnote is only looked at, since {why} cannot be written."
        assert window.view_line.isVisible()
        assert window.view_line.copy_button.text() == "Save a copy to work on…"
        assert QApplication.activeModalWidget() is None
        assert not window.bars.notices.isVisible()
        assert window.windowTitle() == "flood (only looked at) – Provenote"
        assert "only looked at" in window.status_line.saved.text()
        window.session.choose_article(window.session.read.articles()[1].id)
        hands.press(Qt.Key.Key_C)
        window.close()
    assert everything_in(path.parent) == before


def test_a_project_that_somebody_has_open_is_offered_to_be_looked_at(window: MainWindow, path: Path) -> None:
    with Project.open(path, "Büşra") as owner:
        window.files.open_path(path)
        assert not window.session.has_project
        notice = window.bars.notices
        assert notice.words.startswith("flood.pnote is open already: Büşra on ")
        assert notice.act_button.text() == "View it"
        notice.act_button.click()
        assert window.view_line.words.text().startswith("flood.pnote is only looked at, since Büşra has it open on ")
        article = window.session.article
        assert article is not None
        title = article.title
        commands.edit_article(owner, article.id, title="Changed by its owner 🌊")
        commands.add_source(owner, "Another")
        window.view_line.follow_file()
        assert window.view_line.again_button.text() == "Look again: it has changed"
        assert window.session.article.title == title
        window.view_line.again_button.click()
        assert window.session.article_id == article.id
        assert window.session.article.title == "Changed by its owner 🌊"
        assert window.view_line.again_button.text() == "Look again"
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert window.bars.notices.words == "Nobody has flood.pnote open any more."
    window.bars.notices.act_button.click()
    assert window.session.view_only == ""
    assert not window.view_line.isVisible()
    commands.add_source(window.session.project, "Mine")


def test_a_second_window_of_the_same_person_names_this_computer(window: MainWindow, path: Path) -> None:
    with Project.open(path, "Ann Alyst"):
        assert not window.session.open(path)
        assert " in another window on this computer since " in window.bars.notices.words
        window.bars.notices.act_button.click()
        assert "another window on this computer has it open" in window.view_line.words.text()


def test_looking_again_keeps_article_selection_and_filter(viewing: Hands) -> None:
    window, session = viewing.window, viewing.session
    selected = session.annotation_id
    window.mark_filter.switch_kind(Kind.FIGURE)
    viewing.press(Qt.Key.Key_F5)
    assert session.annotation_id == selected
    assert session.filter.hidden_kinds == {Kind.FIGURE}


def test_what_is_only_of_use_while_looking_is_in_the_menus_only_then(viewing: Hands, tmp_path: Path) -> None:
    actions = viewing.window.actions_
    names = [spec.name for spec in ACTIONS if spec.needs is Needs.VIEWED]
    assert names
    assert all(actions[name].isVisible() for name in names)
    assert viewing.session.create(tmp_path / "own.pnote")
    viewing.window.availability.refresh()
    assert not any(actions[name].isVisible() for name in names)


def test_opening_for_work_what_is_looked_at_and_free_opens_it_for_work(viewing: Hands, path: Path) -> None:
    assert viewing.session.open(path)
    assert viewing.session.view_only == ""
    form = viewing.window.inspector.form
    assert form is not None
    assert not any(line.isReadOnly() for line in form.findChildren(TextLine))


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


# -- what works ---------------------------------------------------------------------------------------------------


def test_reading_searching_copying_and_exporting_work(viewing: Hands, qtbot: QtBot, tmp_path: Path) -> None:
    from annotate.handing_on import Form, Order

    window = viewing.window
    viewing.drag("dozens of houses")
    window.actions_["copy_words"].trigger()
    assert QGuiApplication.clipboard().text() == "dozens of houses"
    window.actions_["find"].trigger()
    QTest.keyClicks(window.reader.find_bar.words, "houses")
    qtbot.waitUntil(lambda: len(window.reader.find_bar.hits.starts) == 1)
    viewing.press(Qt.Key.Key_Escape)
    target = tmp_path / "evidence.xlsx"
    with qtbot.waitSignal(window.exporting.finished, timeout=60_000):
        window.exporting.write(Order(Form.WORKBOOK, target))
    assert target.stat().st_size > 0
    assert "is written to" in told(viewing)
    assert viewing.session.read.exports() == []


def test_a_copy_is_saved_and_opened_to_be_worked_on(
    viewing: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    target = tmp_path / "mine.pnote"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target.with_suffix("")), ""))
    viewing.window.view_line.copy_button.click()
    session = viewing.session
    assert session.project.path == target
    assert session.view_only == ""
    assert len(session.read.articles()) == 2
    commands.add_source(session.project, "Mine")
    assert not side_file(path).exists()


def test_the_project_itself_is_not_written_over_by_its_copy(
    viewing: Hands, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    before = path.read_bytes()
    viewing.window.view_line.copy_button.click()
    assert "cannot be written over" in told(viewing)
    assert path.read_bytes() == before


# -- where it lies ------------------------------------------------------------------------------------------------


def test_a_shared_folder_is_warned_of_once_and_conflict_copies_are_mentioned(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.project.place_of", lambda _path: Place(service="Dropbox"))
    hands = Hands(window)
    assert window.session.open(path)
    assert told(hands).startswith("flood.pnote lies in a folder that Dropbox keeps in step with other computers. ")
    assert window.bars.notices.stays
    window.session.close()
    hands.told.clear()
    assert window.session.open(path)
    assert hands.told == []
    window.session.close()
    path.with_name("flood (Ann's conflicted copy 2026-11-27).pnote").touch()
    assert window.session.open(path)
    assert told(hands).startswith("flood (Ann's conflicted copy 2026-11-27).pnote lies beside flood.pnote: ")


def test_what_another_computer_may_have_open_is_looked_at_or_taken_over_when_it_is_asked_for(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.store.ownership.place_of", lambda _path: Place(network="nfs4"))
    side_file(path).write_text('{"host": "desk", "pid": 7, "analyst": "Büşra", "since": "2026-11-27T08:15:00+00:00"}')
    assert not window.session.open(path)
    assert window.bars.notices.words.startswith("flood.pnote may be open on another computer: Büşra on desk since ")
    window.bars.notices.act_button.click()
    assert "since Büşra may have it open on desk (since " in window.view_line.words.text()
    assert window.view_line.work_button.isVisible()
    window.view_line.work_button.click()
    assert window.session.view_only == ""
    assert not window.view_line.isVisible()


def test_that_it_was_not_closed_properly_is_told_quietly_once(window: MainWindow, path: Path) -> None:
    side_file(path).write_text('{"host": "desk", "pid": 7, "analyst": "Büşra", "since": "2026-11-27T08:15:00+00:00"}')
    hands = Hands(window)
    assert window.session.open(path)
    assert told(hands).startswith("flood.pnote was not closed properly last time (Büşra on desk since ")
    assert told(hands).endswith("Nothing that was saved is lost.")
    assert not hands.told[-1].trouble
    hands.told.clear()
    window.session.close()
    assert window.session.open(path)
    assert hands.told == []


def test_the_line_is_over_the_text_and_its_words_can_be_selected(viewing: Hands) -> None:
    window = viewing.window
    line, reader = window.view_line, window.reader
    assert line.mapTo(window, QPoint(0, line.height())).y() <= reader.mapTo(window, QPoint(0, 0)).y()
    assert line.words.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
