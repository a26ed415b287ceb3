"""Who did what when: of a project, an article and a mark, in an analyst's words, a page at a time."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate.field_labels import FIELDS, said_value
from annotate.history import redo, undo
from annotate.model import Article, DatedWords
from annotate.project import Project
from annotate.row_names import RowNames
from annotate.steps import WHOLE, Change, Entry, HistoryOf
from annotate.store.schema import JOURNALLED
from annotate.timeline import PAGE, Timeline
from annotate.told_changes import DAMAGED, told_changes
from annotate.vocabulary import ArticleStatus, Bound, Credibility, Kind, Precision, Relation, Shows, Stance
from tests.annotate.drafts import BOATS, FLOOD, imported, span_of, take_in
from tests.statements import statements_to

PEOPLE, ROAD = "At least 900 people left their homes on Monday", "The road to Alt-Moor was closed."


def claim_in(project: Project, article: Article, words: str = PEOPLE) -> int:
    return do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, words)])


def test_a_mark_that_is_left_without_a_place_is_told_so(project: Project, article: Article) -> None:
    """Its words stay, so nothing but the place tells what happened."""
    figure = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "At least 900 people")])
    file = imported(FLOOD.replace("At least 900", "At least 950"), "newer.txt")
    do.update_article(project, article.id, file.articles[0], file)
    [carrying] = [one for one in project.read.carryings(article.id) if one.annotation_id == figure]
    do.reject_carrying(project, carrying.id)
    assert "F-0001 Place in the text: none any more" in told(project)


def told(project: Project, of: HistoryOf = WHOLE) -> list[str]:
    """The lines of the newest step."""
    timeline = Timeline(project.read, of)
    newest = timeline.more(1)[0]
    return [str(line) for line in timeline.details(newest.step_id or 0).lines]


def whats(project: Project, of: HistoryOf = WHOLE, **wanted: object) -> list[str]:
    return [line.what for line in Timeline(project.read, of, **wanted)]  # type: ignore[arg-type]


# -- what changed, in words ------------------------------------------------------------------------------------------


def test_an_edit_is_told_by_id_field_and_values_of_the_closed_lists(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    do.edit_record(project, claim, credibility=Credibility.POSSIBLE, plain_words="Many left")
    when = DatedWords("on Monday", date(2021, 2, 8), None, Precision.DAY)
    do.edit_record(project, claim, credibility=Credibility.PROBABLE, plain_words="900 left", happened=when)
    assert told(project) == [
        "C-0001 In plain words: Many left → 900 left",
        "C-0001 Happened, as written: on Monday",
        "C-0001 Happened: 8 Feb 2021",
        "C-0001 Happened, precision: day",
        "C-0001 Credibility: 3 → 2",
    ]


def test_a_figure_is_told_with_numbers_as_people_write_them(project: Project, article: Article) -> None:
    figure = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "At least 900 people")])
    do.edit_record(project, figure, value=12500.0, bound=Bound.MAX)
    assert told(project) == [
        "F-0001 Value: 900 → 12,500",
        "F-0001 Low: 900 → (empty)",
        "F-0001 High: 12,500",
        "F-0001 Bound: at least → at most",
    ]


def test_a_mark_is_told_with_its_words_when_it_comes_and_when_it_goes(project: Project, article: Article) -> None:
    claim = claim_in(project, article, ROAD)
    assert told(project)[0] == f"C-0001 marked: {ROAD}"
    do.remove_annotations(project, {claim})
    assert told(project) == [f"C-0001 removed: {ROAD}"]


def test_tags_sources_links_and_checks_are_told_by_name(project: Project, article: Article) -> None:
    first, second = claim_in(project, article), claim_in(project, article, ROAD)
    tag = do.add_tag(project, "Flucht 🌊")
    do.toggle_tag(project, [first], tag)
    assert told(project) == ["C-0001 Tag: Flucht 🌊"]
    source, via = do.add_source(project, "الدفاع المدني"), do.add_source(project, "Harbour Post")
    do.attribute(project, first, source, stance=Stance.DENIES, via_id=via)
    assert told(project) == ["C-0001 Who says so: الدفاع المدني denies via Harbour Post"]
    [said] = project.read.attributions([first])
    do.edit_attribution(project, said.id, stance=Stance.ASSERTS, via_id=None)
    assert told(project) == ["C-0001 Stance: denies → asserts", "C-0001 Via: Harbour Post → (empty)"]
    do.link(project, first, second, Relation.CONTRADICTS)
    assert told(project) == ["C-0001 Link: contradicts C-0002"]
    check = do.add_check(project, first, checked_on=date(2024, 2, 29), looked_at="video", shows=Shows.SUPPORTS)
    assert told(project) == ["C-0001 Check K-0001: video · supports"]
    do.edit_check(project, check, limits="blurred")
    assert told(project) == ["K-0001 of C-0001 Limits: blurred"]


def test_on_one_line_long_words_begin_where_they_differ_and_what_is_taken_off_is_said_so(
    project: Project, article: Article
) -> None:
    claim = claim_in(project, article)
    long = "On Monday, at least 900 people left their homes in the upper valley of the river"
    do.edit_record(project, claim, plain_words=long)
    do.edit_record(project, claim, plain_words=long.replace("river", "Nar 🌊"))
    assert told(project) == ["C-0001 In plain words: … valley of the river → … valley of the Nar 🌊"]
    tag = do.add_tag(project, "flood")
    do.toggle_tag(project, [claim], tag)
    do.toggle_tag(project, [claim], tag)
    assert told(project) == ["C-0001 Tag: flood (taken off)"]


def test_what_is_gone_keeps_its_name(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    tag = do.add_tag(project, "flood")
    do.toggle_tag(project, [claim], tag)
    tagged = project.last_step_id
    do.remove_annotations(project, {claim})
    do.remove_tag(project, tag)
    lines = Timeline(project.read).details(tagged or 0).lines
    assert [str(line) for line in lines] == ["C-0001 Tag: flood"]


def test_articles_texts_and_the_bin_are_told(project: Project, article: Article) -> None:
    do.edit_article(project, article.id, outlet="Harbour Post")
    assert told(project) == ["A-0001 Outlet: Harbour Post"]
    do.set_status(project, [article.id], ArticleStatus.DONE)
    assert told(project) == ["A-0001 Status: unread → done"]
    do.move_to_bin(project, [article.id])
    assert told(project) == ["A-0001 moved to the bin: Flood 🌊 in the upper valley"]
    do.restore_from_bin(project, [article.id])
    assert told(project) == ["A-0001 back out of the bin: Flood 🌊 in the upper valley"]
    file = imported(FLOOD.replace("900", "950"), "new.txt")
    do.update_article(project, article.id, file.articles[0], file)
    assert told(project)[0] == "A-0001 Text: version 2, 60 words"


def test_undo_and_redo_are_told_as_such_and_what_is_undone_is_marked(project: Project, article: Article) -> None:
    do.add_tag(project, "one")
    undo(project)
    lines = Timeline(project.read).more(2)
    assert [(line.what, line.is_taken_back) for line in lines] == [
        ("Undo: Add tag “one”", False),
        ("Add tag “one”", True),
    ]
    redo(project)
    lines = Timeline(project.read).more(3)
    assert lines[0].what == "Redo: Add tag “one”"
    assert not any(line.is_taken_back for line in lines)


def test_an_import_is_one_line_and_an_export_is_one_too(project: Project, article: Article) -> None:
    do.note_export(project, "report.xlsx", project.read.newest_moment().change_id)
    do.add_tag(project, "later")
    lines = list(Timeline(project.read))
    assert [line.what for line in lines] == ["Add tag “later”", "Export report.xlsx", "Import flood.txt"]
    assert [line.step_id is None for line in lines] == [False, True, False]
    assert {line.analyst for line in lines} == {"Ana"}
    assert lines[2].summary == "A-0001 came in: Flood 🌊 in the upper valley"


def test_every_step_of_every_command_is_told_without_ids_uids_or_json(project: Project, article: Article) -> None:
    """Uids have 32 hexadecimal digits; what only the program knows has underscores and braces."""
    claim, other = claim_in(project, article), claim_in(project, article, ROAD)
    named = do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "the regional civil defence")])
    do.register_mention(project, named)
    do.take_offer(project, claim, do.offered_speakers(project, claim)[0])
    parent = do.add_tag(project, "parent")
    do.edit_tag(project, do.add_tag(project, "child"), parent_id=parent, key="x", meaning="what")
    do.merge_annotations(project, [claim, other])
    do.split_annotation(project, claim, span_of(project, article, "left their").start)
    event_id = do.add_event(project, "The flood", place="Alt-Moor")
    do.edit_record(project, claim, event_id=event_id)
    do.change_kind(project, claim, Kind.FIGURE)
    do.choose_columns(project, "Claims", ["ID", "Claim (verbatim)"])
    file = imported(FLOOD.replace("900", "950").replace("The road to Alt-Moor", "A road"), "new.txt")
    do.update_article(project, article.id, file.articles[0], file)
    do.remove_annotations(project, project.read.annotation_ids())
    for step in project.read.steps(100):
        for line in Timeline(project.read).details(step.id).lines:
            words = f"{line} {line.old} {line.new}"
            assert not re.search(r"[0-9a-f]{32}|[{}_]|None|True|False|\(gone\)|\(unknown\)|_id", words), words


def test_every_column_that_a_person_fills_in_has_a_name() -> None:
    """What has none is the program's own."""
    own = {
        "id", "uid", "revision", "created_at", "changed_at", "imported_at", "analyst_id", "rule", "engine", "sha256",
        "size", "file_id", "number", "text_id", "title_confirmed", "deleted",
    }  # fmt: skip
    for name in ("projects", "articles", "events", "sources", "annotations", "claims", "figures", "mentions", "checks"):
        unnamed = set(JOURNALLED[name].c.keys()) - set(FIELDS[name]) - own
        assert unnamed <= {"article_id"}, (name, unnamed)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
columns = st.sampled_from(sorted({column.name for table in JOURNALLED.values() for column in table.columns}))
rows = st.none() | st.dictionaries(columns, values, max_size=8)


@settings(max_examples=200)
@given(st.data())
def test_whatever_the_journal_holds_is_told(data: st.DataObject) -> None:
    """A stranger's project, or a newer one."""

    class Nothing:
        def rows_or_last(self, _table: str, ids: list[int]) -> dict[int, dict[str, object]]:
            return {i: row for i in ids if (row := data.draw(rows)) is not None}

    tables = st.sampled_from(sorted(JOURNALLED))
    entries = [
        Entry(
            number, 1, Change(data.draw(tables), data.draw(st.integers(0, 9)), before, after), before is after is None
        )
        for number, (before, after) in enumerate(data.draw(st.lists(st.tuples(rows, rows), max_size=5)))
    ]
    for line in told_changes(entries, RowNames(Nothing())):  # type: ignore[arg-type]
        str(line)


@given(st.sampled_from(sorted(JOURNALLED)), columns, values)
def test_any_value_is_said_on_words(table: str, column: str, value: object) -> None:
    assert isinstance(said_value(table, column, value), str)


def test_a_damaged_entry_is_told_and_the_others_too(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    do.edit_record(project, claim, plain_words="once")
    do.edit_record(project, claim, plain_words="twice")
    connection = project.read.connection
    connection.exec_driver_sql("UPDATE changes SET after = '{\"plain_wo' WHERE table_name = 'claims' AND id % 2 = 0")
    connection.exec_driver_sql("UPDATE changes SET before = 'null', after = '[1]' WHERE table_name = 'annotations'")
    everything = Timeline(project.read)
    lines = [str(line) for one in everything for line in everything.details(one.step_id or 0).lines]
    assert DAMAGED in lines
    assert any(line.startswith("A-0001") for line in lines)
    assert whats(project, HistoryOf(annotation_id=claim)) == ["Edit C-0001", "Edit C-0001", "Mark claim"]


def test_a_step_with_a_damaged_time_and_a_damaged_row_are_told_all_the_same(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    do.edit_record(project, claim, plain_words="later")
    connection = project.read.connection
    connection.exec_driver_sql("UPDATE steps SET made_at = 'yestxrday' WHERE label = 'Mark claim'")
    connection.exec_driver_sql("UPDATE annotations SET kind = 'nonsense'")
    assert whats(project) == ["Edit C-0001", "Mark claim", "Import flood.txt"]
    lines = list(Timeline(project.read))
    assert lines[1].made_at.year == 1970
    assert all(Timeline(project.read).details(line.step_id or 0).lines for line in lines)


# -- whose history ---------------------------------------------------------------------------------------------------


def test_the_history_of_a_mark_holds_all_that_was_done_with_it_and_nothing_else(
    project: Project, article: Article
) -> None:
    claim, other = claim_in(project, article), claim_in(project, article, ROAD)
    tag = do.add_tag(project, "flood")
    do.toggle_tag(project, [claim, other], tag)
    do.edit_record(project, other, plain_words="not of it")
    do.link(project, other, claim, Relation.CORROBORATES)
    do.add_check(project, claim, checked_on=date(2024, 2, 29), looked_at="video")
    do.edit_article(project, article.id, outlet="Post")
    do.remove_annotations(project, {other})
    of = HistoryOf(annotation_id=claim)
    assert whats(project, of) == [
        "Remove C-0002",
        "Add check to C-0001",
        "Link C-0002 corroborates C-0001",
        "Tag “flood”",
        "Mark claim",
    ]
    timeline = Timeline(project.read, of)
    tagging = timeline.more()[3]
    assert tagging.summary == "C-0001 Tag: flood"
    assert [str(line) for line in timeline.details(tagging.step_id or 0).lines] == ["C-0001 Tag: flood"]


def test_the_history_of_a_mark_is_there_after_it_was_removed(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    tag = do.add_tag(project, "flood")
    do.toggle_tag(project, [claim], tag)
    before = whats(project, HistoryOf(annotation_id=claim))
    do.remove_annotations(project, {claim})
    assert project.read.annotation_ever(Kind.CLAIM, 1) == claim
    assert project.read.annotation_ever(Kind.CLAIM, 2) is None
    assert whats(project, HistoryOf(annotation_id=claim)) == ["Remove C-0001", *before]


def test_a_link_that_was_given_to_another_mark_is_in_the_history_of_both(project: Project, article: Article) -> None:
    first, second = claim_in(project, article), claim_in(project, article, ROAD)
    third = claim_in(project, article, "A witness told the Harbour Post")
    do.link(project, second, third, Relation.CORROBORATES)
    do.merge_annotations(project, [first, second])
    assert project.read.links([first]) != []
    for mark in (first, second, third):
        assert "Link C-0002 corroborates C-0003" in whats(project, HistoryOf(annotation_id=mark))
        assert any("Link" in line for line in told(project, HistoryOf(annotation_id=mark)))


def test_the_history_of_an_article_holds_all_of_its_marks(project: Project, article: Article) -> None:
    other = take_in(project, BOATS, "boats.txt")
    claim = claim_in(project, article)
    do.mark(project, other.id, Kind.FIGURE, [span_of(project, other, "40 or 50 boats")])
    source = do.add_source(project, "Civil defence")
    do.attribute(project, claim, source)
    do.remove_annotations(project, {claim})
    do.edit_article(project, article.id, title="Other")
    assert whats(project, HistoryOf(article_id=article.id)) == [
        "Edit “Flood 🌊 in the upper valley”",
        "Remove C-0001",
        "Attribute C-0001 to “Civil defence”",
        "Mark claim",
        "Import flood.txt",
    ]
    assert whats(project, HistoryOf(article_id=other.id)) == ["Mark figure", "Import boats.txt"]


def test_of_a_step_over_many_articles_an_article_shows_its_own_rows_only(project: Project, article: Article) -> None:
    other = take_in(project, BOATS, "boats.txt")
    do.set_status(project, [article.id, other.id], ArticleStatus.DONE)
    assert told(project, HistoryOf(article_id=other.id)) == ["A-0002 Status: unread → done"]


# -- filters and pages -----------------------------------------------------------------------------------------------


def test_steps_are_found_by_analyst_and_by_words_in_any_case(project: Project, article: Article) -> None:
    do.add_tag(project, "ÜBERSCHWEMMUNG am Hafen")
    project.become("Ben")
    do.add_tag(project, "überschwemmung")
    ben = project.analyst_id
    assert whats(project, words="tag überSCHWEMMUNG") == [
        "Add tag “überschwemmung”",
        "Add tag “ÜBERSCHWEMMUNG am Hafen”",
    ]
    assert whats(project, words="hafen tag") == ["Add tag “ÜBERSCHWEMMUNG am Hafen”"]
    assert whats(project, analyst_id=ben) == ["Add tag “überschwemmung”"]
    assert whats(project, analyst_id=ben, words="hafen") == []
    assert whats(project, HistoryOf(article_id=article.id), words="IMPORT") == ["Import flood.txt"]
    assert whats(project, HistoryOf(article_id=article.id), analyst_id=ben) == []


def test_pages_hold_every_step_once_and_take_few_statements_each(project: Project, article: Article) -> None:
    claim = claim_in(project, article)
    for number in range(2 * PAGE + 7):
        do.edit_record(project, claim, plain_words=f"{number}")
    for of in (WHOLE, HistoryOf(article_id=article.id), HistoryOf(annotation_id=claim)):
        timeline = Timeline(project.read, of)
        with statements_to(project.read) as asked:
            first = timeline.more()
        assert len(first) == PAGE
        assert len(asked) <= 12, "\n".join(asked)
        keys = [line.key for line in (*first, *timeline)]
        assert len(keys) == len(set(keys)) == 2 * PAGE + 7 + (2 if of != HistoryOf(annotation_id=claim) else 1)
        assert timeline.is_at_the_beginning
        assert timeline.more() == []


def test_a_page_reads_no_more_steps_than_it_shows(project: Project, article: Article) -> None:
    for number in range(30):
        do.add_tag(project, f"{number}")
    read: list[int] = []
    timeline = project.read.timeline

    def watched(**wanted: object) -> list[object]:
        found = timeline(**wanted)  # type: ignore[arg-type]
        read.append(len(found))
        return found  # type: ignore[return-value]

    project.read.timeline = watched  # type: ignore[method-assign, assignment]
    assert len(Timeline(project.read).more(10)) == 10
    assert read == [10]


def test_a_step_of_very_many_changes_is_told_in_part_and_what_is_left_is_counted(project: Project) -> None:
    with project.change("Many tags") as transaction:
        for number in range(1_000):
            transaction.insert(JOURNALLED["tags"], name=f"{number}", colour="#000000", meaning="", position=number)
    timeline = Timeline(project.read)
    [line] = timeline.more(1)
    assert (line.changes, line.summary) == (1_000, "")
    details = timeline.details(line.step_id or 0)
    assert (len(details.lines), details.left_out) == (300, 700)


def test_json_of_the_journal_never_shows(project: Project, article: Article) -> None:
    do.choose_columns(project, "Claims", ["ID"])
    assert told(project) == ["Project Columns of the sheets: chosen ones"]
    before = json.dumps({"Claims": ["ID"]})
    assert before not in "".join(told(project))


@pytest.mark.parametrize("of", [HistoryOf(article_id=99), HistoryOf(annotation_id=99)])
def test_of_what_never_was_there_is_no_history(project: Project, article: Article, of: HistoryOf) -> None:
    assert whats(project, of) == []
