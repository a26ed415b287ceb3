"""Who says a claim: taken as offered, found in the register or made on the spot, each with a stance of its own."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.vocabulary import Kind, Mode, Stance
from tests.ui.inspector.conftest import Desk, form_of
from ui.inspector.chips import Chip, Offer
from ui.inspector.source_form import EntryForm

# The screen that tests use says so whenever a popup opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_offered_speaker_is_taken_by_one_click(desk: Desk, claim: int) -> None:
    form = form_of(desk)
    offers = [chip for chip in form.attributions.chips.chips if isinstance(chip, Offer)]
    assert len(offers) == 1
    desk.click(offers[0])
    (attribution,) = desk.session.read.attributions([claim])
    assert attribution.verb == "said"
    assert [type(chip) for chip in form.attributions.chips.chips] == [Chip]
    assert form.attributions.details[attribution.id].verb.text() == "said"


def test_a_source_of_the_register_is_found_by_typing_and_taken_by_enter(desk: Desk, claim: int) -> None:
    desk.session.run(commands.add_source, "Polder Institute")
    lake = desk.session.run(commands.add_source, "Lake Authority")
    desk.inspector.focus_attribution()
    QTest.keyClicks(desk.picker().line, "lake")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert [a.source_id for a in desk.session.read.attributions([claim])] == [lake]


def test_a_name_the_register_does_not_have_is_made_on_the_spot(desk: Desk, claim: int) -> None:
    desk.inspector.focus_attribution()
    QTest.keyClicks(desk.picker().line, "Dyke reeve")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    (attribution,) = desk.session.read.attributions([claim])
    source = desk.session.read.source(attribution.source_id)
    assert source is not None
    assert source.name == "Dyke reeve"
    desk.session.undo()
    assert desk.session.read.attributions([claim]) == []
    assert desk.session.read.source(source.id) is None, "naming and attributing are one step"


def offered(desk: Desk) -> list[str]:
    items = desk.picker().list
    return [items.item(row).text() for row in range(items.count())]


def test_the_picker_offers_the_sentence_then_the_article_then_the_register(desk: Desk, claim: int) -> None:
    desk.session.run(commands.add_source, "County council")
    desk.mark(Kind.SOURCE, "Ana Petrov")
    desk.mark(Kind.SOURCE, "المتحدث باسم الدفاع المدني")
    desk.session.run(
        commands.attribute, desk.mark(Kind.CLAIM, "The gates"), zoe := desk.session.run(commands.add_source, "Zoé")
    )
    desk.select(claim)
    desk.inspector.focus_attribution()
    speaker, arabic, petrov, spoke, council = offered(desk)
    assert (zoe is not None, spoke) == (True, "Zoé · in this article"), "who says something else in it"
    assert speaker.endswith("rescue service · in this sentence")
    assert petrov == "Ana Petrov · in this article"
    assert arabic.endswith("· in this article")
    assert council == "County council"
    QTest.keyClicks(desk.picker().line, "count")
    assert offered(desk) == [speaker, council, "Add “count”"]
    assert desk.picker().list.currentRow() == 0
    QTest.keyClicks(desk.picker().line, "ing house")
    assert offered(desk) == ["Add “counting house”"]
    desk.picker().close()


@pytest.mark.parametrize(("words", "typed"), [("Ana Petrov", "petr"), ("The county rescue service", "resc")])
def test_half_a_name_takes_the_marked_source_and_registers_it_in_one_step(
    desk: Desk, claim: int, words: str, typed: str
) -> None:
    mention = desk.mark(Kind.SOURCE, words)
    assert desk.record(mention).mention.source_id is None
    desk.select(claim)
    desk.inspector.focus_attribution()
    QTest.keyClicks(desk.picker().line, typed)
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    (said,) = desk.session.read.attributions([claim])
    assert said.mention_id == mention
    assert desk.record(mention).mention.source_id == said.source_id
    (entry,) = desk.session.read.sources()
    assert typed in entry.name.lower()
    desk.session.undo()
    assert desk.session.read.sources() == []
    assert desk.record(mention).mention.source_id is None


def test_a_name_that_is_added_is_told_and_can_be_taken_back(desk: Desk, claim: int) -> None:
    desk.inspector.focus_attribution()
    QTest.keyClicks(desk.picker().line, "sud")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert desk.told[-1].words == "“sud” added to the register."
    assert desk.told[-1].act is not None
    desk.told[-1].act()
    assert desk.session.read.sources() == []
    assert desk.session.read.attributions([claim]) == []


@pytest.mark.parametrize("height", [300, 700, 1400])
def test_the_picker_stays_inside_the_window(desk: Desk, claim: int, height: int) -> None:
    for number in range(30):
        desk.session.run(commands.add_source, f"Observer {number} 🌊 of the whole long upper valley")
    desk.inspector.resize(340, height)
    picker = form_of(desk).attributions.open_picker()
    window = desk.inspector.window()
    corner = window.mapToGlobal(QPoint(0, 0))
    frame = QPoint(2, 2)  # the tests' screen moves a popup by the width of a frame that it has not
    inside = window.rect().translated(corner)
    assert inside.contains(picker.geometry().translated(-frame))
    picker.close()


def attributed(desk: Desk, claim: int, name: str) -> int:
    source = desk.session.run(commands.add_source, name)
    assert source is not None
    made = desk.session.run(commands.attribute, claim, source)
    assert made is not None
    return made


def test_stance_verb_and_basis_belong_to_each_attribution(desk: Desk, claim: int) -> None:
    first, second = attributed(desk, claim, "Mayor"), attributed(desk, claim, "Minister")
    details = form_of(desk).attributions.details
    QApplication.processEvents()
    desk.type(details[second].verb, "denied")
    details[second].verb.commit()
    details[second].stance.setFocus()
    QTest.keyClicks(details[second].stance, "den")
    by_id = {a.id: a for a in desk.session.read.attributions([claim])}
    assert (by_id[first].verb, by_id[first].stance) == ("", Stance.ASSERTS)
    assert (by_id[second].verb, by_id[second].stance) == ("denied", Stance.DENIES)


def test_the_cross_of_a_chip_removes_the_attribution(desk: Desk, claim: int) -> None:
    attributed(desk, claim, "Mayor")
    QApplication.processEvents()
    chip = form_of(desk).attributions.chips.chips[0]
    assert isinstance(chip, Chip)
    desk.click(chip.remove)
    assert desk.session.read.attributions([claim]) == []


def test_the_name_on_a_chip_opens_the_register_entry_and_leads_back(desk: Desk, claim: int) -> None:
    attributed(desk, claim, "Mayor")
    QApplication.processEvents()
    chip = form_of(desk).attributions.chips.chips[0]
    assert isinstance(chip, Chip)
    desk.click(chip.name)
    entry = desk.inspector.form
    assert isinstance(entry, EntryForm)
    assert entry.entry.name.text() == "Mayor"
    desk.click(entry.back)
    assert form_of(desk).shown_id == claim


def test_via_is_chosen_from_the_register_and_a_new_one_is_one_step(desk: Desk, claim: int) -> None:
    made = attributed(desk, claim, "Mayor")
    QApplication.processEvents()
    before = desk.steps()
    desk.click(form_of(desk).attributions.details[made].via.add)
    QTest.keyClicks(desk.picker().line, "Valley Radio")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    (attribution,) = desk.session.read.attributions([claim])
    assert attribution.via_id is not None
    assert desk.steps() == before + 1


def test_own_voice_without_a_known_outlet_leads_to_the_outlet(desk: Desk) -> None:
    voice = desk.mark(Kind.CLAIM, "The dyke at Lower Brandis broke at dusk")
    assert desk.record(voice).claim.mode is Mode.VOICE
    desk.select(voice)
    desk.click(form_of(desk).attributions.name_outlet)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Outlet"
