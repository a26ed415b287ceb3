"""From an ID or a link, as a workbook has them, to the words in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotate import commands
from annotate.references import SCHEME
from annotate.vocabulary import Kind
from tests.ui.conftest import Hands

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FLOOD = "Flood at the mill 🌊\n\n" + "Rain fell.\n\n" * 60 + "The mayor said that some 340 homes were flooded.\n"
DAM = "The dam: É un'altra storia\n\nNobody rang the bell, a baker said.\n"


@pytest.fixture
def claim(hands: Hands) -> str:
    """The label of a claim far down in the first article, while the second one is shown."""
    hands.window.importing.take_text(FLOOD)
    made = hands.mark(Kind.CLAIM, "340 homes were flooded")
    hands.window.importing.take_text(DAM)
    assert hands.session.article is not None
    assert hands.session.article.title.startswith("The dam")
    return made.label


def type_into_palette(hands: Hands, typed: str) -> None:
    hands.window.activateWindow()
    hands.window.reader.view.setFocus()
    hands.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(hands.window.palette_.line, typed)
    hands.press(Qt.Key.Key_Return)


def words_are_seen(hands: Hands, label: str) -> None:
    annotation = hands.session.annotation
    assert annotation is not None
    assert annotation.label == label
    seen = hands.window.reader.text_rect(annotation.spans[0].start, annotation.spans[0].end)
    assert hands.window.reader.view.viewport().rect().intersects(seen)


@pytest.mark.parametrize("typed", ["{id}", "c1", "link"])
def test_an_id_typed_into_the_palette_leads_to_its_words(hands: Hands, claim: str, typed: str) -> None:
    uid = hands.session.read.project_info().uid
    type_into_palette(hands, f"{SCHEME}://{uid}/{claim}" if typed == "link" else typed.format(id=claim))
    words_are_seen(hands, claim)


def test_an_id_that_leads_nowhere_is_told(hands: Hands, claim: str) -> None:
    type_into_palette(hands, "F-77")
    assert hands.told[-1].words == "There is no F-0077 in this project, or it is in the bin."


def test_the_id_of_an_article_shows_it(hands: Hands, claim: str) -> None:
    type_into_palette(hands, "A-0001")
    assert hands.session.article_id == 1


def test_the_id_of_a_source_shows_what_it_says(hands: Hands, claim: str) -> None:
    source = commands.add_source(hands.session.project, "Mayor")
    commands.attribute(hands.session.project, 1, source)
    type_into_palette(hands, "SRC-001")
    words_are_seen(hands, claim)


def test_a_link_opens_the_project_it_is_of(hands: Hands, claim: str, tmp_path: Path) -> None:
    uid = hands.session.read.project_info().uid
    other = tmp_path / "other.pnote"
    assert hands.session.create(other)
    hands.window.files.follow(f"{SCHEME}://{uid}/{claim}")
    assert hands.session.project.path != other
    words_are_seen(hands, claim)


def test_a_link_into_an_unknown_project_is_told(hands: Hands, claim: str) -> None:
    nobody = f"{SCHEME}://0f8fad5b-d9cb-469f-a165-70867728950e/C-0001"
    hands.window.files.follow(nobody)
    assert "of another project" in hands.told[-1].words
    hands.session.close()
    hands.window.files.follow(nobody)
    assert hands.told[-1].words.startswith("The project of C-0001 was not opened here lately.")
    hands.window.files.follow("provenote:evil")
    assert hands.told[-1].words == "“provenote:evil” is not a link into a project."
