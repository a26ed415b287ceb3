"""The disk is full while somebody works in the window: it is said, what was typed stays, and it can be saved later.

What the project and the exports are then, byte by byte, is tested in tests/safety/test_disk_full.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotate.handing_on import Form, Order
from annotate.integrity import check_project
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands
from ui.inspector.claim_form import ClaimForm
from ui.inspector.fields import TextBox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of files are POSIX's")

ARTICLE = "Flood at the mill 🌊\n\nThe mayor said that some 340 homes were flooded. Nobody rang the bell.\n"
TYPED = "Some 340 homes were flooded بيت at the mill"


@contextmanager
def no_room() -> Iterator[None]:
    """No file can be written to, as on a full disk; Python ignores the signal that comes with it."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def at_work(hands: Hands) -> Hands:
    """An article with two claims; the first is selected."""
    hands.window.importing.take_text(ARTICLE)
    hands.mark(Kind.CLAIM, "Nobody rang the bell.")
    hands.mark(Kind.CLAIM, "some 340 homes were flooded")
    return hands


def plain_words(hands: Hands) -> TextBox:
    hands.window.inspector.refresh()
    form = hands.window.inspector.form
    assert isinstance(form, ClaimForm)
    return form.plain_words


def put_in(field: TextBox, words: str) -> None:
    """As if typed: a test's keyboard has western letters only."""
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, "x")
    field.setPlainText(words)
    field._typed()


def trouble(hands: Hands) -> list[str]:
    return [notice.words for notice in hands.told if notice.trouble]


def test_what_is_typed_stays_and_is_saved_when_there_is_room(at_work: Hands) -> None:
    claim = at_work.session.annotation_id
    assert claim is not None
    field = plain_words(at_work)
    put_in(field, TYPED)
    with no_room():
        field.commit()
    assert "was not saved" in trouble(at_work)[-1]
    assert at_work.window.bars.notices.words == trouble(at_work)[-1]
    assert field.toPlainText() == TYPED
    assert field.trouble
    assert "not saved" in at_work.window.status_line.saved.text()
    found = at_work.session.read.annotation(claim)
    assert found is not None
    assert found.claim.plain_words == ""
    field.commit()
    found = at_work.session.read.annotation(claim)
    assert found is not None
    assert found.claim.plain_words == TYPED
    assert not field.trouble
    QTest.qWait(50)
    assert "all changes saved" in at_work.window.status_line.saved.text()
    assert check_project(at_work.session.read) == []


def test_what_cannot_be_saved_before_another_mark_is_shown_can_be_copied(at_work: Hands) -> None:
    field = plain_words(at_work)
    put_in(field, TYPED)
    with no_room():
        at_work.click("Nobody rang the bell.")
        QTest.qWait(0)
    notice = at_work.told[-1]
    assert (notice.trouble, notice.details) == (True, TYPED)
    at_work.window.bars.notices.copy_button.click()
    assert TYPED in QGuiApplication.clipboard().text()
    assert plain_words(at_work).toPlainText() == ""


def test_the_window_stays_once_where_what_was_typed_cannot_be_saved(at_work: Hands) -> None:
    field = plain_words(at_work)
    put_in(field, TYPED)
    with no_room():
        assert not at_work.window.close()
        assert at_work.told[-1].details == TYPED
        assert field.toPlainText() == TYPED
        assert at_work.session.has_project
    claim = at_work.session.annotation_id
    assert claim is not None
    field.commit()
    found = at_work.session.read.annotation(claim)
    assert found is not None
    assert found.claim.plain_words == TYPED


def test_the_window_goes_when_it_is_closed_again_without_room(at_work: Hands) -> None:
    put_in(plain_words(at_work), TYPED)
    with no_room():
        assert not at_work.window.close()
        assert at_work.window.close()


def test_a_mark_that_could_not_be_made_is_made_by_the_same_key_when_there_is_room(at_work: Hands) -> None:
    before = at_work.session.read.annotation_ids()
    span = at_work.drag("The mayor")
    with no_room():
        at_work.press(Qt.Key.Key_S)
    assert "was not saved" in trouble(at_work)[-1]
    assert at_work.session.read.annotation_ids() == before
    assert at_work.window.reader.selection() == span
    at_work.press(Qt.Key.Key_S)
    assert len(at_work.session.read.annotation_ids()) == len(before) + 1
    assert at_work.session.annotation is not None
    assert at_work.session.annotation.words == "The mayor"


def test_undo_without_room_is_told_and_works_when_there_is_room(at_work: Hands) -> None:
    before = at_work.session.read.annotation_ids()
    with no_room():
        at_work.session.undo()
    assert "was not saved" in trouble(at_work)[-1]
    assert at_work.session.read.annotation_ids() == before
    at_work.session.undo()
    assert len(at_work.session.read.annotation_ids()) == len(before) - 1


def test_an_article_that_is_pasted_without_room_is_told_and_taken_in_later(at_work: Hands) -> None:
    text = "Another one\n\nقال شاهد إن عشرات القوارب غرقت.\n"
    with no_room():
        at_work.window.importing.take_text(text)
    assert "was not saved" in trouble(at_work)[-1]
    assert len(at_work.session.read.articles()) == 1
    at_work.window.importing.take_text(text)
    assert len(at_work.session.read.articles()) == 2


@pytest.mark.parametrize("form", [Form.WORKBOOK, Form.PDF, Form.JSON])
def test_an_export_without_room_is_told_and_leaves_the_one_before(
    form: Form, at_work: Hands, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / f"handed on{form.suffix}"
    target.write_bytes(b"the one before")
    exporting = at_work.window.exporting
    with qtbot.waitSignal(exporting.finished, timeout=60_000), no_room():
        exporting.write(Order(form, target))
        qtbot.waitUntil(lambda: bool(trouble(at_work)), timeout=60_000)
    assert "untouched" in trouble(at_work)[-1]
    assert target.read_bytes() == b"the one before"
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []
    with qtbot.waitSignal(exporting.finished, timeout=60_000):
        exporting.write(Order(form, target))
    assert target.read_bytes() != b"the one before"
