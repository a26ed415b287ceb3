"""Rows that colleagues add and delete: nothing is lost, nothing comes in twice, nothing is deleted without a tick."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotate import commands, history
from annotate.commands.reading_back import ReadBack, read_back
from annotate.errors import ReadBackRefused
from annotate.exchange.readback.diff import Diff, What
from annotate.mark_filter import MarkFilter
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.report.scope import Scope
from annotate.report.workbook import export_workbook, write_workbook
from annotate.vocabulary import AttributionBasis, Kind, Mode, Primacy, Relation, Reliability, SourceType, Stance
from tests.exchange.readback.books import added, both, cell, edited, exported, place, put, told
from tests.report.flood import FLOOD, Flood, take_in


def apply(flood: Flood, diff: Diff, *, deletions: bool = False) -> ReadBack:
    wanted = [one.key for one in diff.changes if one.goes_in_by_itself or (deletions and one.what is What.DELETED)]
    return read_back(flood.project, diff, wanted)


def deleted(sheet: str, label: str) -> Any:
    def edit(book: Any) -> None:
        of = book[sheet]
        of.delete_rows(cell(book, sheet, label, of["A1"].value).row)

    return edit


def test_a_new_claim_has_no_place_in_the_text_and_keeps_all_of_its_row(flood: Flood, tmp_path: Path) -> None:
    def with_own_column(book: Any) -> None:
        of = book["Claims"]
        of.cell(1, of.max_column + 1).value = "Reviewer 🌊"
        of.cell(of.max_row, of.max_column).value = "call them; سد"

    new = added(
        "Claims",
        Article="a-0001",
        Claim="The dam was old",
        In_plain_words="=The dam was 90 years old",
        Attributed_to="Water Board; An engineer",
        Mode="Paraphrase",
        Verb="x",
        Credibility=9,
        Tags="Dam; Evacuation",
        Note="from the meeting",
    )
    path = edited(exported(flood.project, tmp_path), both(new, with_own_column))
    diff = told(flood.project, path)
    [change] = diff.changes
    assert (change.what, change.row, change.record) == (What.NEW, 5, "")
    assert change.said == (
        "Becomes a claim without a place in the text of A-0001. “9” is not on the list. Allowed are: 1, 2, 3, 4, 5, 6. "
        "That goes into its note. Adds the source “An engineer” and the tag “Dam”."
    )
    assert apply(flood, diff).left == ()
    [claim] = [one for one in flood.project.read.annotations() if not one.spans]
    assert (claim.label, claim.kind, claim.words) == ("C-0004", Kind.CLAIM, "The dam was old")
    assert claim.claim.plain_words == "=The dam was 90 years old"
    assert claim.claim.mode is Mode.PARAPHRASE
    assert claim.note == "from the meeting\nCredibility: 9\nReviewer 🌊: call them; سد"
    names = {source.id: source.name for source in flood.project.read.sources()}
    said = flood.project.read.attributions([claim.id])
    assert [names[one.source_id] for one in said] == ["Water Board", "An engineer"]
    assert told(flood.project, path).changes == ()
    history.undo(flood.project)
    assert [one.key for one in told(flood.project, path).changes] == [change.key]


def test_new_rows_of_every_sheet_become_records(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            added("Figures", Article="A-0001", Figure="90 years", Value="90", Counted="years", Note="n"),
            added("Sources", Source="Dr. Ana", Type="expert / academic", Reliability="b", Basis="known"),
            added("Attributions", Claim="C-0003", Source="dr ana", Stance="doubts"),
            added("Attributions", Claim="C-0003", Source="Harbour Radio", Verb="aired", Basis="stated"),
            added(
                "Checks", Claim="C-0003", Date=date(2024, 7, 1), Looked_at="Photos", **{"Primary/ secondary": "primary"}
            ),
            added("Cross-check", A="C-0001", Relation="updates", B="C-0002", Note="later"),
            added("Codebook", List="Tag", Entry="Dam", Meaning="سد"),
        ),
    )
    diff = told(flood.project, path)
    assert [change.what for change in diff.changes] == [What.NEW] * 7
    assert apply(flood, diff).left == ()
    read = flood.project.read
    [figure] = [one for one in read.annotations() if not one.spans]
    assert (figure.label, figure.words, figure.figure.value, figure.figure.counted) == (
        "F-0004",
        "90 years",
        90,
        "years",
    )
    sources = {source.name: source for source in read.sources()}
    assert (sources["Dr. Ana"].type, sources["Dr. Ana"].reliability) == (SourceType.EXPERT, Reliability.B)
    said = {one.source_id: one for one in read.attributions([flood.ids["fell"]])}
    radio = said[flood.ids["radio"]]
    assert (radio.stance, radio.verb, radio.basis) == (Stance.ASSERTS, "aired", AttributionBasis.STATED)
    assert {one.stance for one in said.values()} == {Stance.ASSERTS, Stance.DOUBTS}
    [check] = read.checks([flood.ids["fell"]])
    assert (check.checked_on, check.looked_at, check.primacy) == (date(2024, 7, 1), "Photos", Primacy.PRIMARY)
    [link] = [one for one in read.links() if one.relation is Relation.UPDATES]
    assert (link.from_id, link.to_id, link.note) == (flood.ids["left"], flood.ids["held"], "later")
    assert told(flood.project, path).changes == ()


def test_what_cannot_be_a_record_goes_into_the_note_of_the_project(flood: Flood, tmp_path: Path) -> None:
    take_in(flood.project, "second.txt", "Another article.\n")
    path = edited(
        exported(flood.project, tmp_path),
        both(
            added("Claims", In_plain_words="Of no article 🌊"),
            added("Articles", Title="An article without text"),
            added("Checks", Claim="C-0999", Looked_at="Something"),
            added("Cross-check", A="C-0001", Note="who knows"),
        ),
    )
    diff = told(flood.project, path)
    assert [change.what for change in diff.changes] == [What.NEW] * 4
    assert all(change.said.endswith("The row goes into the project's note.") for change in diff.changes)
    assert apply(flood, diff).left == ()
    assert sorted(flood.project.read.project_info().note.splitlines()) == [
        "Articles: Title: An article without text",
        "Checks: Claim: C-0999; Looked at: Something",
        "Claims: In plain words: Of no article 🌊",
        "Cross-check: A: C-0001; Note: who knows",
    ]
    assert told(flood.project, path).changes == ()


@pytest.mark.parametrize("blank", ["\x85", "\u2028", "\u00a0", " ", "\n", "\u3000\t"], ids=ascii)
def test_a_row_that_ends_in_a_blank_comes_into_the_note_once(flood: Flood, tmp_path: Path, blank: str) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            added("Cross-check", Relation="contradicts", B=blank),
            added("Cross-check", Relation="repeats", B=f"no claim{blank}"),
            added("Checks", Looked_at=f"Photos{blank}"),
        ),
    )
    assert apply(flood, told(flood.project, path)).left == ()
    assert len(flood.project.read.project_info().note.splitlines()) == 3
    assert told(flood.project, path).changes == ()


def test_a_row_whose_words_begin_those_of_another_comes_into_the_note_too(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)
    for row in ("C-00012", "C-0001"):
        edited(path, added("Cross-check", A=row))
        assert apply(flood, told(flood.project, path)).left == ()
    assert flood.project.read.project_info().note.splitlines() == ["Cross-check: A: C-00012", "Cross-check: A: C-0001"]
    assert told(flood.project, path).changes == ()


def test_a_row_of_blanks_is_none(flood: Flood, tmp_path: Path) -> None:
    path = edited(exported(flood.project, tmp_path), added("Claims", Verb=" ", Note="\x85\u2028"))
    assert told(flood.project, path).changes == ()


def test_what_is_there_already_is_not_added(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            added("Sources", Source="the water board"),
            added("Attributions", Claim="C-0001", Source="Ines Duarte"),
            added("Cross-check", A="C-0002", Relation="contradicts", B="C-0003"),
        ),
    )
    diff = told(flood.project, path)
    assert [change.what for change in diff.changes] == [What.NOT_ALLOWED] * 3
    assert all("already" in change.said for change in diff.changes)


def test_equal_new_rows_all_come_in(flood: Flood, tmp_path: Path) -> None:
    new = added("Claims", Article="A-0001", Claim="Twice")
    path = edited(exported(flood.project, tmp_path), both(new, new))
    diff = told(flood.project, path)
    assert len({change.key for change in diff.changes}) == 2
    apply(flood, diff)
    assert [one.words for one in flood.project.read.annotations() if not one.spans] == ["Twice", "Twice"]
    assert told(flood.project, path).changes == ()


def test_a_copied_row_is_told_and_not_taken_for_its_original(flood: Flood, tmp_path: Path) -> None:
    def copied(book: Any) -> None:
        of = book["Claims"]
        of.append([one.value for one in of[2]])
        of.cell(of.max_row, place(of, "Note")).value = "A copy"

    [change] = told(flood.project, edited(exported(flood.project, tmp_path), copied)).changes
    assert (change.what, change.record, change.row) == (What.NOT_READ, "C-0001", 5)
    assert "second row of C-0001" in change.said


def test_deleted_rows_are_listed_and_go_only_with_a_tick(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            deleted("Claims", "C-0001"),
            deleted("Attributions", "C-0002"),
            deleted("Figures", "F-0002"),
            deleted("Checks", "K-0002"),
            deleted("Cross-check", "C-0003"),
            deleted("Sources", "SRC-003"),
        ),
    )
    diff = told(flood.project, path)
    assert {change.what for change in diff.changes} == {What.DELETED}
    assert [change.record for change in diff.changes if change.sheet != "Attributions"] == [
        "C-0001",
        "F-0002",
        "SRC-003",
        "C-0003",
        "K-0002",
    ]
    assert apply(flood, diff).applied == ()
    before = gather(flood.project.read, "").annotations
    done = apply(flood, diff, deletions=True)
    assert [(change.record, why) for change, why in done.left] == []
    read = flood.project.read
    assert {one.label for one in read.annotations()} == {"C-0002", "C-0003", "F-0001", "F-0003", "S-0001"}
    assert read.checks() == []
    assert told(flood.project, path).changes == ()
    history.undo(flood.project)
    assert gather(read, "").annotations.keys() == before.keys()


def test_a_source_that_is_still_named_stays(flood: Flood, tmp_path: Path) -> None:
    path = edited(exported(flood.project, tmp_path), deleted("Sources", "SRC-002"))
    diff = told(flood.project, path)
    [(_, why)] = apply(flood, diff, deletions=True).left
    assert why == "“Ines Duarte” is still named by mentions or claims. Change those first."
    assert [change.what for change in told(flood.project, path).changes] == [What.DELETED]


def test_a_deleted_row_says_that_its_record_was_changed_since(flood: Flood, tmp_path: Path) -> None:
    path = edited(exported(flood.project, tmp_path), deleted("Claims", "C-0001"))
    commands.edit_annotation(flood.project, flood.ids["left"], note="ours")
    changes = told(flood.project, path).changes
    said = next(change.said for change in changes if change.sheet == "Claims")
    assert said.endswith("It was changed in the project since the export.")


def test_what_was_not_exported_does_not_count_as_deleted(flood: Flood, tmp_path: Path) -> None:
    project = flood.project
    second = take_in(project, "second.txt", FLOOD.replace("Water", "Rain"))
    commands.mark(project, second, Kind.CLAIM, [flood.span("Repairs will cost")])
    scope = Scope(article_ids=frozenset({flood.article_id}))
    part = export_workbook(project.read, tmp_path / "part.xlsx", analyst="Mara Lind", scope=scope).path
    diff = told(project, part)
    assert diff.changes == ()
    assert [sentence.endswith("were not in this export and are left as they are.") for sentence in diff.said] == [True]
    [change] = told(project, edited(part, deleted("Checks", "K-0002"))).changes
    assert (change.what, change.record) == (What.DELETED, "K-0002")
    filtered = Scope(shown=MarkFilter(hidden_kinds=frozenset({Kind.CLAIM})))
    marks = export_workbook(project.read, tmp_path / "marks.xlsx", analyst="Mara Lind", scope=filtered).path
    diff = told(project, marks)
    assert diff.changes == ()
    assert diff.said == ("This export held a part of the marks only, so rows that were deleted in it cannot be told.",)


def test_a_table_that_goes_on_on_a_second_sheet_is_read_whole(flood: Flood, tmp_path: Path) -> None:
    evidence = gather(flood.project.read, "Mara Lind")
    path = write_workbook(evidence, tmp_path / "parts.xlsx", most_rows=2).path
    diff = told(flood.project, edited(path, put("Claims (2)", "C-0002", "Note", "on the second sheet")))
    assert [(change.what, change.record, change.column) for change in diff.changes] == [(What.EDIT, "C-0002", "Note")]


def test_columns_the_project_chose_are_enough(flood: Flood, tmp_path: Path) -> None:
    flood.project.read.project_info()
    commands.edit_project(flood.project, columns={"Claims": ["Note", "Claim"]})
    path = exported(flood.project, tmp_path)
    assert told(flood.project, path).changes == ()
    [change] = told(flood.project, edited(path, put("Claims", "C-0001", "Note", "mine"))).changes
    assert (change.what, change.column) == (What.EDIT, "Note")


def test_sheets_that_somebody_has_added_are_named(flood: Flood, tmp_path: Path) -> None:
    def more(book: Any) -> None:
        book.create_sheet("Our list").append(["ID", "Note", "Title", "Claim"])

    diff = told(flood.project, edited(exported(flood.project, tmp_path), more))
    assert diff.said == ("Not of the export and not read: “Our list”.",)


def test_a_workbook_of_another_project_is_refused_also_without_its_properties(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)
    with Project.create(tmp_path / "other.pnote", "Ana") as other:
        take_in(other, "one.txt", FLOOD)
        with pytest.raises(ReadBackRefused, match="exported from another project than “other”"):
            told(other, path)

        def forgotten(book: Any) -> None:
            for name in list(book.custom_doc_props.names):
                del book.custom_doc_props[name]

        edited(path, forgotten)
        with pytest.raises(ReadBackRefused, match="none of its rows is known here"):
            told(other, path)
    assert told(flood.project, path).changes == ()


def test_a_workbook_of_a_copy_that_went_its_own_way_needs_a_tick_for_everything(flood: Flood, tmp_path: Path) -> None:
    def elsewhere(book: Any) -> None:
        properties = book.custom_doc_props
        del properties["Provenote moment"]
        from openpyxl.packaging.custom import StringProperty

        properties.append(StringProperty(name="Provenote moment", value="00000000-0000-4000-8000-000000000000 7"))
        put("Claims", "C-0001", "Note", "theirs")(book)

    diff = told(flood.project, edited(exported(flood.project, tmp_path), elsewhere))
    [change] = diff.changes
    assert change.what is What.CONFLICT
    [sentence] = diff.said
    assert sentence.startswith("evidence.xlsx was exported from another copy of this project")


def without_columns(sheet: str, *headings: str) -> Any:
    def edit(book: Any) -> None:
        of = book[sheet]
        for heading in headings:
            of.delete_cols(place(of, heading))

    return edit


def sorted_without_hidden(sheet: str) -> Any:
    """Turns the rows round, but for the hidden columns at the end."""

    def edit(book: Any) -> None:
        of = book[sheet]
        visible = place(of, "uid") - 1
        rows = [[one.value for one in row[:visible]] for row in of.iter_rows(min_row=2)]
        for row, values in zip(of.iter_rows(min_row=2), reversed(rows), strict=True):
            for one, value in zip(row, values, strict=False):
                one.value = value

    return edit


def test_rows_are_known_by_their_ids_where_the_uids_are_gone(flood: Flood, tmp_path: Path) -> None:
    changed = [
        put("Claims", "C-0003", "Note", "x"),
        put("Figures", "F-0002", "Unit", "€"),
        put("Sources", "SRC-003", "Note", "y"),
    ]
    gone = [without_columns(sheet, "uid", "revision") for sheet in ("Claims", "Figures", "Sources", "Attributions")]
    diff = told(flood.project, edited(exported(flood.project, tmp_path), both(*changed, *gone)))
    assert [(change.what, change.record, change.column) for change in diff.changes] == [
        (What.EDIT, "C-0003", "Note"),
        (What.EDIT, "F-0002", "Unit"),
        (What.EDIT, "SRC-003", "Note"),
    ]
    assert diff.said == (
        "“Attributions” has no uid column any more, so that nobody knows whose its rows are; it was not read.",
    )


def test_rows_sorted_without_their_hidden_columns_are_known_by_their_ids(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            sorted_without_hidden("Claims"), sorted_without_hidden("Attributions"), put("Claims", "C-0001", "Note", "x")
        ),
    )
    diff = told(flood.project, path)
    assert [(change.what, change.record, change.column) for change in diff.changes] == [(What.EDIT, "C-0001", "Note")]
    assert diff.said == (
        "“Claims” was sorted without its hidden columns; its rows are known by their IDs.",
        "“Attributions” was sorted without its hidden columns, so that nobody knows whose its rows are; it was not "
        "read.",
    )


def test_a_row_copied_from_an_older_workbook_needs_a_tick(flood: Flood, tmp_path: Path) -> None:
    old = exported(flood.project, tmp_path, "old.xlsx")
    commands.edit_annotation(flood.project, flood.ids["left"], note="newer")
    path = exported(flood.project, tmp_path)

    def pasted(book: Any) -> None:
        import openpyxl

        source, target = openpyxl.load_workbook(old)["Claims"], book["Claims"]
        for from_row, to_row in zip(source.iter_rows(min_row=2), target.iter_rows(min_row=2), strict=True):
            if from_row[0].value == "C-0001":
                for one, other in zip(from_row, to_row, strict=True):
                    other.value = one.value

    [change] = told(flood.project, edited(path, pasted)).changes
    assert (change.what, change.now, change.workbook) == (What.CONFLICT, "newer", "")


def test_a_source_cannot_be_given_the_name_of_another(flood: Flood, tmp_path: Path) -> None:
    path = edited(exported(flood.project, tmp_path), put("Sources", "SRC-002", "Source", "the water board"))
    [change] = told(flood.project, path).changes
    assert change.said == "SRC-003 is called that already. Join the two in the window if they are one."
    path = edited(exported(flood.project, tmp_path), put("Sources", "SRC-002", "Source", "INES DUARTE"))
    assert [change.what for change in told(flood.project, path).changes] == [What.EDIT]
