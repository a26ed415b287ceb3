"""Workbooks that are less, or more, than what was exported: emptied, filled into another one, with cells beside."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from annotate import commands
from annotate.commands.reading_back import read_back
from annotate.exchange.readback.diff import What
from annotate.exchange.readback.listing import line_of
from annotate.exchange.readback.workbook import read_workbook
from annotate.mark_filter import MarkFilter
from annotate.report.evidence import gather
from annotate.report.scope import Period, PeriodOf, Scope
from annotate.report.template import write_into_template
from annotate.report.workbook import export_workbook
from annotate.vocabulary import FigureKind, Kind
from tests.exchange.readback.books import added, both, cell, edited, exported, lines, place, put, told
from tests.exchange.readback.test_round_trip import without_marks
from tests.report.flood import FLOOD, Flood, take_in


def test_days_and_moments_without_their_format_are_no_edits(flood: Flood, tmp_path: Path) -> None:
    def without_formats(book: Any) -> None:
        for sheet in book:
            for row in sheet.iter_rows(min_row=2):
                for one in row:
                    if isinstance(one.value, datetime | date):
                        one.number_format = "General"

    path = edited(exported(flood.project, tmp_path), without_formats)
    assert told(flood.project, path).changes == ()
    path = edited(path, put("Claims", "C-0001", "Said on", 45450))
    [change] = told(flood.project, path).changes
    assert change.said == (
        "45450 is how a sheet counts the day 2024-06-07 where the cell has no date format. Write 2024-06-07."
    )


@pytest.mark.parametrize(
    ("typed", "shown", "refused"),
    [
        (0.85, "0.85", "0.85 may mean 85 % or 0.85 %. Write 85 for the one, 0.85% for the other."),
        ("0.85%", "0.85%", ""),
        (85, "85", ""),
    ],
)
def test_part_of_one_is_not_taken_for_a_percentage(
    flood: Flood, tmp_path: Path, typed: object, shown: str, refused: str
) -> None:
    figure = flood.mark("share", Kind.FIGURE, "homes have no power")
    commands.edit_record(flood.project, figure, value=80.0, unit="%", kind=FigureKind.PERCENT)
    label = next(one.label for one in flood.project.read.annotations([figure]))
    [change] = told(
        flood.project, edited(exported(flood.project, tmp_path), put("Figures", label, "Value", typed))
    ).changes
    assert (change.now, change.workbook, change.said) == ("80", shown, refused)
    assert change.can_go_in is not bool(refused)


def test_rows_without_ids_whose_uids_were_emptied_are_told_and_not_read(flood: Flood, tmp_path: Path) -> None:
    def emptied(book: Any) -> None:
        for name in ("Attributions", "Cross-check"):
            for row in book[name].iter_rows(min_row=2):
                row[place(book[name], "uid") - 1].value = None

    diff = told(flood.project, edited(exported(flood.project, tmp_path), emptied))
    why = "has lost what stood in its uid column, so that nobody knows whose its rows are; it was not read."
    assert (diff.changes, diff.said) == ((), (f"“Attributions” {why}", f"“Cross-check” {why}"))


def test_attributions_that_somebody_wrote_over_the_old_ones_are_new(flood: Flood, tmp_path: Path) -> None:
    def written_over(book: Any) -> None:
        book["Attributions"].delete_rows(2, book["Attributions"].max_row)
        added("Attributions", Claim="C-0003", Source="Water Board", Stance="asserts")(book)

    diff = told(flood.project, edited(exported(flood.project, tmp_path), written_over))
    there = len(flood.project.read.attributions(flood.project.read.annotation_ids(flood.article_id)))
    assert [change.what.name for change in diff.changes] == ["NEW", *["DELETED"] * there]
    assert diff.changes[0].said == "Becomes an attribution of C-0003."


def own_workbook(path: Path) -> Path:
    """Tables without uid columns on sheets with names of their own."""
    from openpyxl.worksheet.table import Table

    book = openpyxl.Workbook()
    for name, table, headings in (
        ("Desk", "Claims", ("ID", "Claim", "Note", "uid", "revision")),
        ("Numbers", "Figures", ("Figure", "ID", "VALUE", "Ours")),
    ):
        sheet = book.create_sheet(name)
        sheet["A1"] = "Flood desk"
        for row in (headings, [None] * len(headings)):
            for column, value in enumerate(row, 1):
                sheet.cell(3 if row is headings else 4, column).value = value
        sheet.add_table(Table(displayName=table, ref=f"A3:{chr(64 + len(headings))}4"))
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def filled_in(flood: Flood, template: Path, target: Path) -> Path:
    return write_into_template(gather(flood.project.read, "Mara Lind"), template, target).path


def test_a_filled_workbook_of_the_analysts_own_is_read_back(flood: Flood, tmp_path: Path) -> None:
    template = own_workbook(tmp_path / "desk.xlsx")
    filled = filled_in(flood, template, tmp_path / "filled.xlsx")
    assert told(flood.project, filled).changes == ()
    book = openpyxl.load_workbook(filled)
    numbers, desk = book["Numbers"], book["Desk"]
    row = next(number for number in range(4, 10) if numbers.cell(number, 2).value == "F-0001")
    numbers.cell(row, 3).value, numbers.cell(row, 4).value = 4000, "check"
    row = next(number for number in range(4, 10) if desk.cell(number, 1).value == "C-0002")
    desk.cell(row, 3).value = "by phone"
    desk.cell(row, 9).value = "a remark beside the table"
    book.save(filled)
    diff = told(flood.project, filled)
    assert [(change.record, change.column, change.workbook) for change in diff.changes] == [
        ("C-0002", "Note", "by phone"),
        ("F-0001", "Value", "4000"),
    ]
    assert [change.tab for change in diff.changes] == ["Desk", "Numbers"]
    assert diff.said == (
        "Not of the export and not read on “Desk”: 1 cell without a heading.",
        "Not of the export and not read on “Numbers”: the column “Ours” (1 cell).",
    )


def test_ids_alone_do_not_make_a_workbook_one_of_this_project(flood: Flood, tmp_path: Path) -> None:
    filled = filled_in(flood, own_workbook(tmp_path / "desk.xlsx"), tmp_path / "filled.xlsx")
    book = openpyxl.load_workbook(filled)
    book.remove(book["Desk"])
    book.custom_doc_props.props.clear()
    book.save(filled)
    with pytest.raises(Exception, match="has none of the sheets of an evidence workbook"):
        told(flood.project, filled)


def test_a_sheet_that_was_copied_may_be_edited_on_either(flood: Flood, tmp_path: Path) -> None:
    def copied(book: Any) -> None:
        book.copy_worksheet(book["Claims"]).title = "Copy for Ben"
        both(
            put("Claims", "C-0001", "Note", "on the first"),
            put("Claims", "C-0003", "Place", "here"),
            put("Copy for Ben", "C-0001", "Note", "on the copy"),
            put("Copy for Ben", "C-0002", "Note", "on the copy alone"),
            put("Copy for Ben", "C-0003", "Place", "here"),
        )(book)

    diff = told(flood.project, edited(exported(flood.project, tmp_path), copied))
    assert [(change.what, change.tab, change.record, change.workbook) for change in diff.changes] == [
        (What.EDIT, "Claims", "C-0001", "on the first"),
        (What.EDIT, "Claims", "C-0003", "here"),
        (What.NOT_READ, "Copy for Ben", "C-0001", "on the copy"),
        (What.EDIT, "Copy for Ben", "C-0002", "on the copy alone"),
    ]
    assert diff.changes[2].said == "The sheet “Claims” says something else there, which counts."
    assert len({change.key for change in diff.changes}) == 4
    assert len(read_back(flood.project, diff, [change.key for change in diff.changes]).applied) == 3


def test_a_new_row_is_told_by_the_sheet_that_it_stands_on(flood: Flood, tmp_path: Path) -> None:
    def renamed(book: Any) -> None:
        added("Sources", Source="Reeve & Sons")(book)
        book["Sources"].title = "Who"

    [change] = told(flood.project, edited(exported(flood.project, tmp_path), renamed)).changes
    assert line_of(change).startswith(f"{What.NEW.value:<21}  Who row {change.row}: Reeve & Sons")


SCOPES = [
    (Scope(), "everything"),
    (Scope(article_ids=frozenset({1})), "articles"),
    (Scope(period=Period(PeriodOf.PUBLISHED, date(2024, 5, 1), date(2024, 6, 30))), "articles"),
    (Scope(period=Period(PeriodOf.HAPPENED, date(2024, 5, 1), None)), "marks"),
    (Scope(shown=MarkFilter(hidden_kinds=frozenset({Kind.FIGURE}))), "marks"),
    (Scope(shown=MarkFilter(hides_untagged=True)), "marks"),
]


@pytest.mark.parametrize(("scope", "said"), SCOPES, ids=[f"{number} {said}" for number, (_, said) in enumerate(SCOPES)])
def test_what_part_was_exported_is_read_from_the_summary_too(
    flood: Flood, tmp_path: Path, scope: Scope, said: str
) -> None:
    take_in(flood.project, "second.txt", FLOOD.replace("Water", "Rain"))
    path = export_workbook(flood.project.read, tmp_path / "part.xlsx", analyst="Mara Lind", scope=scope).path
    assert read_workbook(path).scope == said
    without_marks(path)
    assert read_workbook(path).scope == said
    assert told(flood.project, path).changes == ()


def test_where_nothing_says_what_was_exported_deleted_rows_come_with_a_warning(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)

    def shortened(book: Any) -> None:
        del book["Summary"]
        book["Claims"].delete_rows(cell(book, "Claims", "C-0003", "ID").row)

    without_marks(edited(path, shortened))
    diff = told(flood.project, path)
    assert [line[:2] for line in lines(diff)] == [("DELETED", "C-0003")]
    assert diff.said == (
        "The workbook does not say which part of the project was exported, so rows that are told as deleted may never "
        "have been in it.",
    )


def test_properties_are_gone_in_what_the_tests_call_without_marks(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)
    without_marks(path)
    with zipfile.ZipFile(path) as archive:
        assert b"Provenote project" not in b"".join(archive.read(name) for name in archive.namelist())
