"""What an analyst does in the forms of source mentions, register entries and articles."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from annotate import commands
from annotate.importers import read_pasted
from annotate.model import Span
from annotate.vocabulary import ArticleStatus, ArticleType, Kind, Naming, PartRole, Precision, Reliability, SourceType
from tests.annotate.drafts import imported
from tests.ui.inspector.conftest import Desk
from ui.inspector.article_form import ArticleForm
from ui.inspector.source_form import EntryForm, SourceForm
from ui.theme import DARK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def mention(desk: Desk) -> int:
    made = desk.mark(Kind.SOURCE, "The county rescue service")
    desk.select(made)
    return made


def source_form(desk: Desk) -> SourceForm:
    form = desk.inspector.form
    assert isinstance(form, SourceForm)
    return form


def article_form(desk: Desk) -> ArticleForm:
    desk.session.select(None)
    QApplication.processEvents()
    form = desk.inspector.form
    assert isinstance(form, ArticleForm)
    return form


def registered(desk: Desk, mention: int) -> int:
    desk.click(source_form(desk).register)
    source_id = desk.record(mention).mention.source_id
    assert source_id is not None
    return source_id


def test_one_click_puts_a_new_source_in_the_register(desk: Desk, mention: int) -> None:
    form = source_form(desk)
    assert not form.entry.isVisible()
    source_id = registered(desk, mention)
    QApplication.processEvents()
    source = desk.session.read.source(source_id)
    assert source is not None
    assert form.entry.isVisible()
    assert form.entry.name.text() == source.name
    assert not form.register.isVisible()
    desk.session.undo()
    QApplication.processEvents()
    assert form.register.isVisible()


def test_a_mention_is_tied_to_an_entry_that_is_there(desk: Desk, mention: int) -> None:
    known = desk.session.run(commands.add_source, "Rescue Corps")
    desk.click(source_form(desk).choose)
    QTest.keyClicks(desk.picker().line, "corps")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert desk.record(mention).mention.source_id == known


def test_a_grade_is_dated_when_it_is_given_and_clearing_it_clears_the_date(desk: Desk, mention: int) -> None:
    source_id = registered(desk, mention)
    QApplication.processEvents()
    entry = source_form(desk).entry
    desk.click(entry.reliability.segments[1])
    source = desk.session.read.source(source_id)
    assert source is not None
    assert source.reliability is Reliability.B
    assert isinstance(source.reliability_on, date)
    desk.click(entry.reliability.clear)
    source = desk.session.read.source(source_id)
    assert source is not None
    assert (source.reliability, source.reliability_on) == (None, None)


def test_the_entry_is_edited_below_its_mention(desk: Desk, mention: int) -> None:
    source_id = registered(desk, mention)
    QApplication.processEvents()
    entry = source_form(desk).entry
    desk.type(entry.aliases, "CRS; Rescue county ; CRS")
    entry.aliases.commit()
    entry.type.setFocus()
    QTest.keyClicks(entry.type, "gov")
    source = desk.session.read.source(source_id)
    assert source is not None
    assert (source.aliases, source.type) == (("CRS", "Rescue county"), SourceType.GOVERNMENT)


def test_a_name_that_cannot_be_saved_is_told_and_kept_in_the_field(desk: Desk, mention: int) -> None:
    registered(desk, mention)
    QApplication.processEvents()
    name = source_form(desk).entry.name
    desk.type(name, " ")
    name.commit()
    assert [notice.words for notice in desk.told] == ["A source needs a name."]
    assert name.trouble
    desk.type(name, "Rescue Corps")
    name.commit()
    assert not name.trouble
    assert [source.name for source in desk.session.read.sources()] == ["Rescue Corps"]


def test_two_entries_are_joined_and_what_they_say_comes_together(desk: Desk, mention: int) -> None:
    source_id = registered(desk, mention)
    other = desk.session.run(commands.add_source, "Rescue Corps")
    assert other is not None
    claim = desk.mark(Kind.CLAIM, "nearly 1,200 residents had been moved to schools")
    desk.session.run(commands.attribute, claim, other)
    QApplication.processEvents()
    form = source_form(desk)
    desk.click(form.entry.join)
    QTest.keyClicks(desk.picker().line, "corps")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert [source.id for source in desk.session.read.sources()] == [source_id]
    QApplication.processEvents()
    desk.click(form.entry.claims.lines[0])
    assert desk.session.annotation_id == claim
    told = desk.told[-1]
    assert told.words.startswith("“Rescue Corps” is now “")
    assert told.act is not None
    told.act()
    assert len(desk.session.read.sources()) == 2


def test_naming_and_role_are_the_mention_s_own(desk: Desk, mention: int) -> None:
    naming = source_form(desk).naming
    naming.setFocus()
    QTest.keyClicks(naming, "anon")
    assert desk.record(mention).mention.naming is Naming.ANONYMOUS


def test_naming_the_outlet_attributes_the_claims_in_its_own_voice(desk: Desk) -> None:
    voice = desk.mark(Kind.CLAIM, "The dyke at Lower Brandis broke at dusk")
    assert desk.session.read.attributions([voice]) == []
    form = article_form(desk)
    desk.type(form.outlet, "Valley Courier")
    form.author.setFocus()
    (attribution,) = desk.session.read.attributions([voice])
    source = desk.session.read.source(attribution.source_id)
    assert source is not None
    assert source.name == "Valley Courier"
    desk.session.undo()
    assert desk.session.read.attributions([voice]) == []
    QApplication.processEvents()
    assert form.outlet.text() == ""


def article_of(desk: Desk):
    found = desk.session.read.article(desk.article_id)
    assert found is not None
    return found


def test_a_publication_date_takes_the_precision_it_is_typed_with(desk: Desk) -> None:
    form = article_form(desk)
    desk.type(form.published_on, "March 2024")
    form.published_on.commit()
    assert (article_of(desk).published.on, article_of(desk).published.precision) == (date(2024, 3, 1), Precision.MONTH)
    assert article_of(desk).published.words == "12 March 2024"
    desk.type(form.published_on, "")
    form.published_on.commit()
    assert (article_of(desk).published.on, article_of(desk).published.precision) == (None, None)


def test_a_date_is_picked_from_the_calendar(desk: Desk) -> None:
    form = article_form(desk)
    calendar = form.published_on.open_calendar()
    days = calendar.findChild(QTableView)
    assert isinstance(days, QTableView)
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert article_of(desk).published.on == date(2024, 3, 13)
    assert form.published_on.text() == "13 Mar 2024"


def test_the_calendar_shows_its_last_week_whole(desk: Desk) -> None:
    calendar = article_form(desk).published_on.open_calendar()
    days = calendar.findChild(QTableView)
    assert isinstance(days, QTableView)
    last = days.model().rowCount() - 1
    assert days.rowViewportPosition(last) + days.rowHeight(last) <= days.viewport().height()
    calendar.window().close()


def test_platform_and_account_belong_to_posts(desk: Desk) -> None:
    form = article_form(desk)
    assert not form.platform.isVisible()
    form.type.setFocus()
    QTest.keyClicks(form.type, "post")
    QApplication.processEvents()
    assert article_of(desk).type is ArticleType.POST
    assert form.platform.isVisible()
    assert form.account.isVisible()


def test_status_and_confirmed_title_are_one_click(desk: Desk) -> None:
    form = article_form(desk)
    desk.click(form.status.segments[2])
    QTest.keyClick(form.confirmed, Qt.Key.Key_Space)
    assert (article_of(desk).status, article_of(desk).title_confirmed) == (ArticleStatus.DONE, True)


def test_the_form_tells_where_the_article_came_from(desk: Desk) -> None:
    form = article_form(desk)
    assert form.file.text() == "dyke.txt"
    assert len(form.sha256.toolTip().split()[-1]) == 64


def test_without_an_article_there_is_one_quiet_sentence(desk: Desk) -> None:
    desk.session.choose_article(None)
    assert desk.inspector.form is None
    assert desk.inspector.nothing.isVisible()
    desk.session.close()
    assert desk.inspector.nothing.isVisible()
    desk.inspector.refresh()
    desk.inspector.commit_pending()


def test_the_theme_changes_under_a_shown_form(desk: Desk, mention: int) -> None:
    registered(desk, mention)
    desk.inspector.set_theme(DARK)
    assert source_form(desk).source.chips[0].look.ink == DARK.source


@pytest.mark.parametrize("width", [280, 340, 600])
def test_no_form_is_wider_than_the_panel(desk: Desk, mention: int, width: int) -> None:
    claim = desk.mark(Kind.CLAIM, "nearly 1,200 residents had been moved to schools and that between four and six")
    source = desk.session.run(commands.add_source, "Ministry of Waterways " * 8)
    assert source is not None
    desk.session.run(commands.attribute, claim, source)
    figure = desk.mark(Kind.FIGURE, "At least 27 people")
    desk.inspector.resize(width, 700)
    for annotation_id in (mention, claim, figure, None):
        desk.session.select(annotation_id)
        for _ in range(3):
            QApplication.processEvents()
        form = desk.inspector.form
        assert form is not None
        assert form.width() <= width


def test_a_register_entry_leads_back_to_the_claim_it_was_opened_from(desk: Desk) -> None:
    claim = desk.mark(Kind.CLAIM, "nearly 1,200 residents had been moved to schools")
    source = desk.session.run(commands.add_source, "Rescue Corps")
    assert source is not None
    desk.session.run(commands.attribute, claim, source)
    desk.select(claim)
    desk.inspector.show_source(source)
    QApplication.processEvents()
    entry = desk.inspector.form
    assert isinstance(entry, EntryForm)
    desk.click(entry.entry.claims.lines[0])
    assert desk.inspector.form is not entry
    assert desk.inspector.form is not None
    assert desk.inspector.form.shown_id == claim


def marked_elsewhere(desk: Desk, text: str, words: str, outlet: str = "") -> int:
    """A mention in an article of its own, not in the register, and selected."""
    taken = commands.import_file(desk.session.project, read_pasted(text, datetime(2024, 3, 12)))
    article_id = taken.articles[0].article_id
    if outlet:
        commands.edit_article(desk.session.project, article_id, outlet=outlet)
    start = text.index(words)
    made = commands.mark(desk.session.project, article_id, Kind.SOURCE, [Span(start, start + len(words))])
    commands.set_mention_source(desk.session.project, made, None)
    desk.select(made)
    return made


def test_the_name_that_was_read_can_be_read_in_full_before_it_is_added(desk: Desk) -> None:
    words = "a member of Jabha Shamiya from the northern front of the old town"
    marked_elsewhere(desk, f"Siege\n\nIt held, said {words}.\n", words)
    desk.inspector.resize(280, 900)
    QApplication.processEvents()
    form = source_form(desk)
    assert "Jabha Shamiya from the northern front" in form.name_read.text()
    assert form.name_read.height() >= form.name_read.heightForWidth(form.name_read.width())
    assert form.register.width() >= form.register.sizeHint().width()
    assert form.name_read.text() in form.register.accessibleName()


def test_the_articles_own_outlet_is_offered_by_its_full_name(desk: Desk) -> None:
    marked_elsewhere(desk, "Siege\n\nNobody came, he told the Courier.\n", "the Courier", "Valley Courier")
    assert source_form(desk).name_read.text() == "Valley Courier"


def test_a_new_source_named_for_a_mention_is_taken_back_in_one_step(desk: Desk, mention: int) -> None:
    steps, register = desk.steps(), desk.session.read.sources()
    desk.click(source_form(desk).choose)
    QTest.keyClicks(desk.picker().line, "Rescue Corps")
    QTest.keyClick(desk.picker().line, Qt.Key.Key_Return)
    assert desk.record(mention).mention.source_id is not None
    assert desk.steps() == steps + 1
    desk.session.undo()
    assert desk.record(mention).mention.source_id is None
    assert desk.session.read.sources() == register


def test_recognised_parts_are_offered_and_kept_by_a_click(desk: Desk) -> None:
    text = "Dyke 🌊\n\nThe dyke broke.\n\nPhotograph: Jo Roe/Getty Images\n\nSource: County\n"
    taken = desk.session.run(commands.import_file, imported(text, "dyke 2.txt"))
    assert taken is not None
    desk.session.choose_article(taken.articles[0].article_id)
    form = article_form(desk)
    assert [chip.text() for chip in form.parts.chips.chips] == ["+ 2 credits"]
    desk.click(form.parts.chips.chips[0])
    assert not form.parts.isVisible()
    article = desk.session.article
    assert article is not None
    roles = [part.role for part in desk.session.read.parts(article.text_id)]
    assert roles.count(PartRole.CREDIT) == 2
    desk.session.undo()
    QApplication.processEvents()
    assert form.parts.isVisible()
