"""What an analyst does in the form of a claim, with mouse and keys."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotate import commands
from annotate.importers.draft import Draft, ImportedFile
from annotate.mark_filter import MarkFilter
from annotate.model import Span
from annotate.vocabulary import Credibility, Kind, Progress, Relation, Shows
from tests.ui.inspector.conftest import Desk, form_of
from ui.inspector.chips import Chip
from ui.inspector.quote import Passage
from ui.theme import LIGHT

# The screen that tests use says so whenever a popup opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_click_sets_the_credibility_and_a_second_one_clears_it(desk: Desk, claim: int) -> None:
    form = form_of(desk)
    desk.click(form.credibility.segments[2])
    assert desk.record(claim).claim.credibility is Credibility.POSSIBLE
    desk.click(form.credibility.segments[2])
    assert desk.record(claim).claim.credibility is None
    desk.click(form.credibility.segments[0])
    desk.click(form.credibility.clear)
    assert desk.record(claim).claim.credibility is None


def test_the_credibility_can_be_set_and_cleared_by_keys(desk: Desk, claim: int) -> None:
    segments = form_of(desk).credibility.segments
    segments[0].setFocus()
    QTest.keyClick(segments[0], Qt.Key.Key_Right)
    QTest.keyClick(segments[1], Qt.Key.Key_Space)
    assert desk.record(claim).claim.credibility is Credibility.PROBABLE
    QTest.keyClick(segments[1], Qt.Key.Key_Delete)
    assert desk.record(claim).claim.credibility is None


def test_a_figure_chip_is_cut_and_added_again(desk: Desk, claim: int) -> None:
    figure = desk.mark(Kind.FIGURE, "nearly 1,200 residents")
    form = form_of(desk)
    QApplication.processEvents()
    (chip,) = form.figures.chips
    assert isinstance(chip, Chip)
    assert chip.look.words == "≈ 1,200 residents"
    desk.click(chip.remove)
    assert desk.session.read.figures_in(claim) == []
    assert form.figures.chips == []
    desk.click(form.figures.add)
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert desk.session.read.figures_in(claim) == [figure]


def test_a_click_on_a_figure_chip_goes_to_the_figure(desk: Desk, claim: int) -> None:
    figure = desk.mark(Kind.FIGURE, "nearly 1,200 residents")
    QApplication.processEvents()
    chip = form_of(desk).figures.chips[0]
    assert isinstance(chip, Chip)
    desk.click(chip.name)
    assert desk.session.annotation_id == figure


def test_an_amount_corrected_elsewhere_shows_on_the_chip(desk: Desk, claim: int) -> None:
    figure = desk.mark(Kind.FIGURE, "nearly 1,200 residents")
    desk.session.run(commands.edit_record, figure, value=1300.0)
    assert form_of(desk).figures.chips[0].look.words == "≈ 1,300 residents"


def test_a_new_event_is_made_and_set_in_one_step(desk: Desk, claim: int) -> None:
    before = desk.steps()
    desk.click(form_of(desk).event.chips.add)
    QTest.keyClicks(desk.picker().line, "Brandis flood")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    (event,) = desk.session.read.events()
    assert desk.record(claim).claim.event_id == event.id
    assert desk.steps() == before + 1


def test_a_check_is_logged_edited_and_removed_in_place(desk: Desk, claim: int) -> None:
    checks = form_of(desk).checks
    desk.click(checks.add)
    editor = checks.editor
    assert editor is not None
    desk.type(editor.looked_at, "Shelter lists")
    editor.shows.setFocus()
    QTest.keyClicks(editor.shows, "sup")
    desk.type(editor.day, "14 Mar 2024")
    desk.click(editor.save)
    (check,) = desk.session.read.checks([claim])
    assert (check.looked_at, check.shows, check.checked_on) == ("Shelter lists", Shows.SUPPORTS, date(2024, 3, 14))

    editor = checks.open_editor(check)
    QApplication.processEvents()
    desk.type(editor.limits, "Two schools only")
    desk.click(editor.save)
    assert desk.session.read.checks([claim])[0].limits == "Two schools only"

    editor = checks.open_editor(desk.session.read.checks([claim])[0])
    QApplication.processEvents()
    desk.click(editor.other)
    assert desk.session.read.checks([claim]) == []


def test_a_check_being_entered_is_kept_when_the_form_moves_on(desk: Desk, claim: int) -> None:
    editor = form_of(desk).checks.open_editor(None)
    QApplication.processEvents()
    desk.type(editor.looked_at, "Phone call to the school")
    desk.session.select(None)
    assert [check.looked_at for check in desk.session.read.checks([claim])] == ["Phone call to the school"]


def test_claims_are_linked_by_how_they_bear_on_each_other(desk: Desk, claim: int) -> None:
    other = desk.mark(Kind.CLAIM, "The gates", "were never closed at all")
    elsewhere = form_of(desk).elsewhere
    elsewhere.open_picker(Relation.CONTRADICTS)
    QTest.keyClicks(desk.picker().line, "gates")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    (link,) = [link for link in desk.session.read.links([claim]) if link.relation is Relation.CONTRADICTS]
    assert (link.from_id, link.to_id) == (claim, other)
    QApplication.processEvents()
    chip = elsewhere.chips.chips[0]
    assert isinstance(chip, Chip)
    desk.click(chip.remove)
    assert desk.session.read.links([claim]) == []


def test_a_claim_is_set_against_one_of_another_article(desk: Desk, claim: int) -> None:
    here = desk.mark(Kind.CLAIM, "The gates")
    text = "The minister 🇧🇷 said that the gates were shut: لم يمت أحد"
    draft = Draft(text, "Gates shut", title_confirmed=True, outlet="Harbour Voice")
    imported = ImportedFile("gates.txt", text.encode(), "0" * 64, "plain_text", "1", (draft,))
    taken = desk.session.run(commands.import_file, imported)
    assert taken is not None
    said = Span(text.index("that"), text.index(":"))
    there = desk.session.run(commands.mark, taken.articles[0].article_id, Kind.CLAIM, [said])
    assert there is not None
    desk.select(claim)
    elsewhere = form_of(desk).elsewhere
    shown = elsewhere.open_picker(Relation.CONTRADICTS).list
    rows = [shown.item(row).text() for row in (0, 1)]
    assert not shown.item(1).icon().isNull()
    assert rows[1].endswith("that the gates were shut"), "and no colour by its number"
    assert rows[0].startswith(desk.record(here).label), "those of this article come first"
    assert "Harbour Voice: that the gates" in rows[1], "of one from elsewhere it says from where"
    QTest.keyClicks(desk.picker().line, "gates shut")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    (link,) = [link for link in desk.session.read.links([claim]) if link.relation is Relation.CONTRADICTS]
    assert (link.from_id, link.to_id) == (claim, there)
    QApplication.processEvents()
    (chip,) = elsewhere.chips.chips[:1]
    assert isinstance(chip, Chip)
    assert chip.look.words.startswith(f"contradicts {desk.record(there).label}")


def test_a_tag_is_made_put_on_and_taken_off(desk: Desk, claim: int) -> None:
    tags = form_of(desk).tags
    desk.click(tags.add)
    QTest.keyClicks(desk.picker().line, "casualties")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert len(desk.record(claim).tag_ids) == 1
    desk.session.undo()
    assert desk.session.read.tags() == [], "making a tag and putting it on are one step"
    desk.session.redo()
    QApplication.processEvents()
    chip = tags.chips[0]
    assert isinstance(chip, Chip)
    desk.click(chip.remove)
    assert desk.record(claim).tag_ids == ()


def test_signing_off_keeps_who_did_it_and_reopening_forgets(desk: Desk, claim: int) -> None:
    progress = form_of(desk).progress
    progress.setFocus()
    QTest.keyClicks(progress, "sig")
    assert (desk.record(claim).claim.progress, desk.record(claim).claim.signed_off_by) == (Progress.SIGNED_OFF, "Ines")
    QTest.keyClick(progress, Qt.Key.Key_Home)
    assert (desk.record(claim).claim.progress, desk.record(claim).claim.signed_off_by) == (Progress.OPEN, None)


def test_the_wheel_over_a_list_without_focus_changes_nothing(desk: Desk, claim: int) -> None:
    box = form_of(desk).type
    form_of(desk).place.setFocus()
    desk.session.run(commands.edit_record, claim, type=None)
    middle = box.rect().center()
    turned = QWheelEvent(
        middle.toPointF(),
        box.mapToGlobal(middle).toPointF(),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turned)
    assert (box.currentIndex(), desk.record(claim).claim.type) == (0, None)


def test_one_of_several_spans_is_taken_out_by_its_cross(desk: Desk) -> None:
    quote = desk.mark(Kind.CLAIM, "The gates", "were never closed at all")
    desk.select(quote)
    desk.click(form_of(desk).quote.removers[0])
    assert [span.exact for span in desk.record(quote).spans] == ["were never closed at all"]
    assert form_of(desk).quote.removers == []


def test_the_arrows_of_the_head_go_through_the_claims_of_the_article(desk: Desk, claim: int) -> None:
    later = desk.mark(Kind.CLAIM, "were never closed at all")
    desk.mark(Kind.FIGURE, "nearly 1,200 residents")
    header = desk.inspector.header
    QApplication.processEvents()
    assert header.place.text() == "1 of 2"
    desk.click(header.after)
    assert desk.session.annotation_id == later
    assert (header.place.text(), header.after.isEnabled()) == ("2 of 2", False)
    commands.remove_annotations(desk.session.project, [claim])
    QApplication.processEvents()
    assert (header.place.text(), header.before.isEnabled()) == ("1 of 1", False)


def test_the_head_says_the_page_of_a_mark_where_the_file_has_pages(desk: Desk, claim: int) -> None:
    header = desk.inspector.header
    assert header.label.text() == desk.record(claim).label
    text = "A first page 🌊.\n\nA second page."
    second = text.index("A second")
    paged = ImportedFile("a.pdf", b"%PDF", "0" * 64, "pdf", "1", (Draft(text, "Paged", True, pages=(0, second)),))
    taken = desk.session.run(commands.import_file, paged)
    assert taken is not None
    article_id = taken.articles[0].article_id
    desk.session.choose_article(article_id)
    spans = [Span(second, len(text))]
    desk.select(commands.mark(desk.session.project, article_id, Kind.CLAIM, spans))
    assert header.label.text() == "C-0002 · p. 2"


def test_the_arrows_of_the_head_pass_over_what_the_filter_hides(desk: Desk, claim: int) -> None:
    later = desk.mark(Kind.CLAIM, "were never closed at all")
    tag = commands.add_tag(desk.session.project, "later")
    commands.toggle_tag(desk.session.project, [later], tag)
    header = desk.inspector.header
    desk.session.set_filter(MarkFilter(hidden_tag_ids=frozenset({tag})))
    QApplication.processEvents()
    assert header.place.text() == "1 of 1"
    desk.session.set_filter(MarkFilter())
    QApplication.processEvents()
    assert header.place.text() == "1 of 2"


def test_a_check_is_begun_from_outside_and_its_first_field_is_seen(desk: Desk, claim: int) -> None:
    desk.inspector.resize(320, 360)
    desk.inspector.focus_check()
    QApplication.processEvents()
    editor = form_of(desk).checks.editor
    assert editor is not None
    assert QApplication.focusWidget() is editor.looked_at
    assert not editor.looked_at.visibleRegion().isEmpty()


def test_the_shown_place_and_the_focus_stay_when_the_record_changes_elsewhere(desk: Desk, claim: int) -> None:
    desk.inspector.resize(320, 360)
    form = form_of(desk)
    QApplication.processEvents()
    form.note.setFocus()
    page = form.parentWidget().parentWidget()
    page.ensureWidgetVisible(form.note)
    before = page.verticalScrollBar().value()
    assert before > 0
    desk.session.run(commands.edit_record, claim, credibility=Credibility.DOUBTFUL)
    QApplication.processEvents()
    assert (page.verticalScrollBar().value(), form.note.hasFocus()) == (before, True)


def test_a_long_claim_is_folded_until_more_is_clicked(desk: Desk, qtbot) -> None:
    passage = Passage("Every gate was counted \U0001f30a\u2028and again. " * 60, LIGHT.text)
    qtbot.addWidget(passage)
    passage.resize(200, 150)
    passage.show()
    folded = passage.heightForWidth(200)
    assert passage.is_cut
    passage.unfold(True)
    assert passage.heightForWidth(200) > 3 * folded
    assert not Passage("قصير", LIGHT.text).is_cut
