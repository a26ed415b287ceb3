"""What people do in the middle of something else: closing, switching, undoing, moving the file away."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from annotate import commands
from annotate.handing_on import Form, Order
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands, reviewed
from ui.inspector.article_form import ArticleForm
from ui.inspector.claim_form import ClaimForm
from ui.session import Notice

FLOOD = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded. At least 27 people were rescued.\n"
FIRE = "Fire on the hill 🇳🇴\n\nThe fire brigade said that two barns had burnt down.\n"


@pytest.fixture
def many(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "articles"
    folder.mkdir()
    paths = [folder / f"{number:03d}.txt" for number in range(300)]
    for number, path in enumerate(paths):
        path.write_text(f"Report {number}\n\nThere were {number} cases.\n", encoding="utf-8")
    return paths


def jobs() -> list[str]:
    ours = ("Reading", "Importing", "Writing")
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(ours)]


def article_form(hands: Hands) -> ArticleForm:
    form = hands.window.inspector.form
    assert isinstance(form, ArticleForm)
    return form


def importing(hands: Hands, qtbot, paths: list[Path]) -> None:
    """An import is running, and some of it has arrived."""
    QTest.mouseClick(reviewed(hands, qtbot, *paths).import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hands.session.read.totals()["articles"] > 0, timeout=20_000)
    assert hands.window.importing.busy


# -- closing and switching while something runs ------------------------------------------------------------------


def test_closing_the_window_ends_an_import_and_keeps_what_came_in_whole(hands: Hands, qtbot, many: list[Path]):
    path = hands.session.project.path
    importing(hands, qtbot, many)
    hands.window.close()
    assert not hands.window.importing.busy
    assert jobs() == []
    QTest.qWait(50)
    with Project.open(path) as project:
        articles = project.read.articles()
        assert 0 < len(articles) < len(many)
        for article in articles:
            assert project.read.body(article.text_id).startswith(article.title)


def test_an_import_never_goes_on_in_another_project(hands: Hands, qtbot, many: list[Path], tmp_path: Path):
    importing(hands, qtbot, many)
    assert hands.session.create(tmp_path / "other.pnote")
    assert not hands.window.importing.busy
    QTest.qWait(200)
    assert hands.session.read.totals()["articles"] == 0
    assert hands.session.article_id is None
    assert not hands.window.bars.job.isVisible()


def test_a_project_that_cannot_be_opened_stops_no_import(hands: Hands, qtbot, many: list[Path], tmp_path: Path):
    importing(hands, qtbot, many[:100])
    with qtbot.waitSignal(hands.window.importing.finished, timeout=20_000):
        hands.window.files.open_path(tmp_path / "missing.pnote")
        assert hands.window.importing.busy
    assert hands.session.read.totals()["articles"] == 100


def test_closing_the_project_ends_an_export_and_leaves_the_old_workbook(hands: Hands, qtbot, tmp_path: Path):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.FIGURE, "some 340 homes")
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "evidence.xlsx"
    target.write_bytes(b"the one from yesterday")
    hands.window.exporting.write(Order(Form.WORKBOOK, target))
    hands.session.close()
    assert not hands.window.exporting.busy
    assert jobs() == []
    QTest.qWait(50)
    assert [path.name for path in folder.iterdir()] == ["evidence.xlsx"]
    assert target.read_bytes() == b"the one from yesterday"


def test_words_being_typed_are_written_to_the_project_they_were_typed_in(hands: Hands, tmp_path: Path):
    first = hands.session.project.path
    article_id = hands.window.importing.take_text(FLOOD)
    QTest.qWait(0)
    outlet = article_form(hands).outlet
    outlet.setFocus()
    QTest.keyClicks(outlet, "Mill Gazette")
    assert hands.session.create(tmp_path / "other.pnote")
    hands.window.importing.take_text(FIRE)
    QTest.qWait(0)
    assert article_form(hands).outlet.text() == ""
    assert hands.session.open(first)
    assert hands.session.read.article(article_id).outlet == "Mill Gazette"


def test_a_project_somebody_has_open_is_refused_naming_them_and_the_present_one_stays(hands: Hands, tmp_path: Path):
    here = hands.session.project.path
    with Project.create(tmp_path / "theirs.pnote", "Béa Ortiz"):
        hands.window.files.open_path(tmp_path / "theirs.pnote")
    assert hands.told[-1].trouble
    assert "Béa Ortiz" in hands.told[-1].words
    assert "theirs.pnote" in hands.told[-1].words
    assert hands.session.project.path == here
    assert hands.window.bars.notices.isVisible()


# -- undo in the middle of things --------------------------------------------------------------------------------


def test_undo_from_the_toolbar_takes_back_what_is_being_typed(hands: Hands, qtbot):
    article_id = hands.window.importing.take_text(FLOOD)
    QTest.qWait(0)
    outlet = article_form(hands).outlet
    outlet.setFocus()
    QTest.keyClicks(outlet, "Mill Gazette")
    button = next(
        button
        for button in hands.window.toolbar.findChildren(QToolButton)
        if button.defaultAction() is hands.window.actions_["undo"]
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.qWait(0)
    assert hands.session.read.article(article_id).outlet is None
    assert outlet.text() == ""
    hands.session.redo()
    assert hands.session.read.article(article_id).outlet == "Mill Gazette"


def test_the_undo_of_a_notice_goes_when_something_else_is_done(hands: Hands):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.FIGURE, "some 340 homes")
    hands.window.verbs.remove_marks()
    bar = hands.window.bars.notices
    assert bar.words == "F-0001 removed."
    hands.mark(Kind.FIGURE, "At least 27 people")
    assert bar.words == ""


def test_a_refusal_goes_when_something_else_is_selected_and_trouble_stays(hands: Hands):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.FIGURE, "some 340 homes")
    hands.mark(Kind.SOURCE, "The mayor")
    bar = hands.window.bars.notices
    hands.window.reader.reveal(hands.place("Flood").start)
    hands.press(Qt.Key.Key_X)
    assert bar.isVisible()
    assert not hands.told[-1].trouble
    hands.click("340 homes")
    assert not bar.isVisible()
    hands.session.tell(Notice("The disk is full.", trouble=True))
    hands.click("The mayor")
    hands.mark(Kind.FIGURE, "At least 27 people")
    assert bar.words == "The disk is full."


def test_a_hint_takes_no_way_back_away(hands: Hands):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.FIGURE, "some 340 homes")
    hands.window.verbs.remove_marks()
    bar = hands.window.bars.notices
    hands.session.tell(Notice("Merge marks: select words first."))
    assert bar.words == "Merge marks: select words first."
    bar.dismiss()
    assert (bar.words, bar.act_button.text()) == ("F-0001 removed.", "Undo")
    hands.session.tell(Notice("Merge marks: select words first."))
    hands.mark(Kind.FIGURE, "At least 27 people")
    assert bar.words == "", "what the button would take back is no more the last thing done"


def test_what_is_told_of_an_opening_that_failed_goes_when_one_succeeds(hands: Hands, tmp_path: Path):
    path = hands.session.project.path
    hands.session.close()
    bar = hands.window.bars.notices
    hands.window.files.open_path(tmp_path / "missing.pnote")
    assert bar.words.startswith("missing.pnote is not there")
    hands.window.files.open_path(path)
    assert bar.words == ""


def test_the_undo_of_a_notice_goes_with_its_project(hands: Hands, tmp_path: Path):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.FIGURE, "some 340 homes")
    hands.window.verbs.remove_marks()
    assert hands.window.bars.notices.isVisible()
    assert hands.session.create(tmp_path / "other.pnote")
    assert not hands.window.bars.notices.isVisible()


def test_a_check_begun_in_one_project_is_not_shown_in_another(hands: Hands, tmp_path: Path):
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.CLAIM, "some 340 homes were flooded")
    form = hands.window.inspector.form
    assert isinstance(form, ClaimForm)
    form.checks.open_editor(None).note.setPlainText("of the first project")
    assert hands.session.create(tmp_path / "other.pnote")
    hands.window.importing.take_text(FLOOD)
    hands.mark(Kind.CLAIM, "some 340 homes were flooded")
    assert hands.window.inspector.form is form
    assert form.checks.editor is None


# -- things that go away -----------------------------------------------------------------------------------------


def test_a_file_that_is_taken_away_is_missed_once(hands: Hands):
    hands.window.importing.take_text(FLOOD)
    path = hands.session.project.path
    path.rename(path.with_name("away.pnote"))
    hands.mark(Kind.FIGURE, "some 340 homes")
    hands.mark(Kind.FIGURE, "At least 27 people")
    QTest.qWait(0)
    (missed,) = [notice for notice in hands.told if "moved or deleted" in notice.words]
    assert missed.trouble
    assert missed.words.startswith("case.pnote was moved or deleted")
    assert hands.window.status_line.saved.text().endswith("not in its place any more")
    path.with_name("away.pnote").rename(path)
    hands.mark(Kind.SOURCE, "The mayor")
    QTest.qWait(0)
    assert hands.window.status_line.saved.text().endswith("all changes saved")


def test_the_bin_says_when_it_is_empty_and_gives_back_what_it_holds(hands: Hands):
    article_id = hands.window.importing.take_text(FLOOD)
    panel = hands.window.articles
    bin_ = panel.which.menu().actions()[-1]
    bin_.trigger()
    assert panel.empty.text() == "The bin is empty."
    commands.move_to_bin(hands.session.project, [article_id])
    QTest.qWait(0)
    assert panel.model.rowCount() == 1
    panel.view.setCurrentIndex(panel.model.index(0))
    assert hands.session.article_id is None, "what is in the bin is not worked on"
    assert panel.chosen_ids() == [article_id]
    hands.session.undo()
    assert panel.model.rowCount() == 0
    assert hands.session.read.article(article_id).deleted is False
