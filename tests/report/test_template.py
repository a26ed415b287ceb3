"""The analyst's own workbook, its tables refilled and all else as it was."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest

from annotate import commands
from annotate.errors import ExportFailed
from annotate.exchange.readback.compare import compare
from annotate.exchange.readback.workbook import read_workbook
from annotate.report.evidence import gather
from annotate.report.tables import Column, Table
from annotate.report.template import fill_template, write_into_template
from annotate.report.workbook import export_workbook, workbook_tables
from annotate.writing import ExportCancelled
from tests.report.analyst_template import analyst_template, opened, parts_of, replace_in, write_parts
from tests.report.flood import Flood
from tests.report.refilled import (
    COLUMNS,
    SHEET,
    WORDS,
    claims,
    excel_takes_every_workbook,  # noqa: F401
    fill,
    rows,
)


def canonical_xml(name: str, part: bytes) -> bytes | str:
    return canonicalize(part) if name.endswith((".xml", ".rels")) else part


def ties_out(path: Path) -> int:
    """Ties of sheets to addresses outside the workbook."""
    return sum(part.count(b'TargetMode="External"') for name, part in parts_of(path).items() if name.endswith(".rels"))


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    assert [name for name in before if name in after] == list(after)[: len(before)]
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


@pytest.mark.parametrize("macros", [False, True])
def test_every_part_that_has_nothing_to_do_with_the_table_stays_byte_for_byte(tmp_path: Path, macros: bool) -> None:
    ending = ".xlsm" if macros else ".xlsx"
    template = analyst_template(tmp_path / f"board{ending}", macros=macros, rows=3)
    before = parts_of(template)
    written = fill_template(template, [claims(1, 2, 3)], tmp_path / f"out{ending}")
    after = parts_of(written.path)
    assert parts_of(template) == before
    assert written.rows == {"Claims": 3}
    assert written.warnings == ()
    order_of_formulas = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/calcChain.xml"}
    assert changed(before, after) == {SHEET, "xl/styles.xml", *order_of_formulas}
    assert ("xl/vbaProject.bin" in after) == macros
    assert "customXml/item1.xml" in after
    assert after["xl/workbook.xml"] == before["xl/workbook.xml"]  # openpyxl has written fullCalcOnLoad already


def test_the_table_has_our_values_in_the_looks_of_the_template(tmp_path: Path) -> None:
    sheet = fill(analyst_template(tmp_path / "board.xlsx"), claims(7, 3))["My claims"]
    assert rows(sheet, last=6) == [
        ("C-0007", WORDS, datetime(2026, 3, 1), 7, None, "=F5*2", None, None),
        ("C-0003", WORDS, datetime(2026, 3, 1), 3, None, "=F6*2", None, None),
    ]
    assert sheet["C6"].alignment.wrap_text
    assert sheet["C6"].border.bottom.style == "thin"
    assert sheet["D6"].number_format == "yyyy-mm-dd"
    assert sheet["D6"].border.bottom.style == "thin"
    assert sheet["F6"].number_format == "0.0"
    assert sheet.tables["Claims"].ref == "B4:I7"
    assert rows(sheet, 4, 4) == [("ID", "Claim", "Published", "CREDIBILITY", "My score", "Twice", "Trend", "Colleague")]
    assert rows(sheet, 7, 7) == [("Total", None, None, None, "=SUBTOTAL(109,Claims[My score])", None, None, None)]


def test_what_covers_the_rows_grows_with_them_and_what_does_not_stays(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=2)
    workbook = fill(template, claims(*range(1, 41)))
    sheet, board = workbook["My claims"], workbook["Board"]
    assert sheet.tables["Claims"].ref == "B4:I45"
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B5:I44"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["F5:F44"]
    assert workbook.defined_names["Scores"].attr_text == "'My claims'!$F$5:$F$44"
    assert sheet.print_area == "'My claims'!$A$1:$L$45"
    assert [board[f"A{row}"].value for row in range(1, 5)] == [
        "=COUNTA(Claims[ID])",
        "=SUM('My claims'!$F$5:$F$44)",
        "='My claims'!B5",
        "=SUM('My claims'!F5:F44)+LOG10(100)",
    ]
    assert b"'My claims'!$F$5:$F$44" in parts_of(template)["xl/charts/chart1.xml"]
    assert (sheet["L5"].value, sheet["L6"].value, sheet["L7"].value.text) == (
        "Beside",
        "=COUNTA($B$5:$B$44)",
        "=SUM($F$5:$F$44*2)",
    )
    lines = re.findall(rb"<xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)<", parts_of(template)[SHEET])
    assert lines[0] == (b"'My claims'!$F$5:$F$5", b"K1")
    assert lines[1:] == [(f"'My claims'!E{row}:F{row}".encode(), f"H{row}".encode()) for row in range(5, 45)]


@pytest.mark.parametrize("number", [1, 2, 5, 40])
def test_what_stands_below_keeps_its_distance(tmp_path: Path, number: int) -> None:
    template = analyst_template(tmp_path / "board.xlsx", below=True, rows=5)
    box = parts_of(template)["xl/drawings/drawing9.xml"]
    sheet = fill(template, claims(*range(1, number + 1)))["My claims"]
    below = 6 + number
    assert sheet.cell(below, 2).value == "Below"
    assert sheet.cell(below, 2).font.italic
    assert sheet.cell(below + 1, 3).value == f"=F{below - 1}&B{below}"
    assert {str(area) for area in sheet.merged_cells.ranges} == {"I1:J1", f"B{below}:D{below}"}
    assert sheet["L7"].value is not None  # what stands beside stays
    after = parts_of(template)["xl/drawings/drawing9.xml"]
    assert (after == box) is (number == 5)


def test_what_formulas_came_to_before_is_forgotten_where_it_depends_on_the_table(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    workbook = opened(template)
    workbook.create_sheet("Through a name")["A1"] = "=SUM(Scores)"
    workbook.create_sheet("It's second hand")["A1"] = "='Through a name'!A1&\"x\""
    workbook.create_sheet("Third hand")["A1"] = "='It''s second hand'!A1"
    workbook.create_sheet("Alone")["A1"] = "=1+1"
    workbook.save(template)
    parts = parts_of(template)
    for number in (1, 3, 4, 5, 6):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = re.sub(rb"<v ?/>|<v></v>", b"<v>last month</v>", parts[name]).replace(
            b'<c r="A1">', b'<c r="A1" t="str">'
        )
        assert b"last month" in parts[name]
    write_parts(template, parts)
    fill_template(template, [claims(1)], template)
    after = parts_of(template)
    for number in (1, 3, 4, 5):
        assert b"last month" not in after[f"xl/worksheets/sheet{number}.xml"]
        assert b't="str"' not in after[f"xl/worksheets/sheet{number}.xml"]
    assert after["xl/worksheets/sheet6.xml"] == parts["xl/worksheets/sheet6.xml"]
    assert opened(template)["Third hand"]["A1"].value == "='It''s second hand'!A1"


def test_it_fills_last_months_output_again_and_again(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", below=True)
    first = tmp_path / "first.xlsx"
    fill_template(template, [claims(*range(1, 30))], first)
    expected = {name: canonical_xml(name, part) for name, part in parts_of(first).items()}
    for numbers in ([1], [*range(100, 300), 1], range(1, 30)):
        fill_template(first, [claims(*numbers)], first)
    assert {name: canonical_xml(name, part) for name, part in parts_of(first).items()} == expected


def test_a_table_without_rows_has_one_blank_row_that_keeps_the_formula(tmp_path: Path) -> None:
    sheet = fill(analyst_template(tmp_path / "board.xlsx", rows=4), claims())["My claims"]
    assert rows(sheet, last=5) == [(None, None, None, None, None, "=F5*2", None, None)]
    assert sheet.tables["Claims"].ref == "B4:I6"


def test_ids_lead_to_rows_of_tables_that_the_template_has(tmp_path: Path, flood: Flood) -> None:
    project = flood.project
    template = export_workbook(project.read, tmp_path / "export.xlsx", analyst="Mara").path
    tables = workbook_tables(gather(project.read, "Mara"))
    before: Any = opened(template)
    ties_before = ties_out(template)
    assert ties_before > 1
    fill_template(template, tables, template)
    fill_template(template, tables, template)
    after: Any = opened(template)
    for sheet in before:
        for old_row, row in zip(sheet.iter_rows(), after[sheet.title].iter_rows(), strict=True):
            for old, new in zip(old_row, row, strict=True):
                assert (old.value, old.hyperlink and (old.hyperlink.location, old.hyperlink.target)) == (
                    new.value,
                    new.hyperlink and (new.hyperlink.location, new.hyperlink.target),
                )
    assert ties_out(template) == ties_before


def test_a_filled_template_is_read_back_as_what_it_shows_now(tmp_path: Path, flood: Flood) -> None:
    project = flood.project
    template = export_workbook(project.read, tmp_path / "export.xlsx", analyst="Mara").path
    commands.edit_record(project, flood.ids["held"], plain_words="Heard twice 🌊")
    write_into_template(gather(project.read, "Mara"), template, tmp_path / "new.xlsx")
    commands.edit_record(project, flood.ids["fell"], plain_words="Later")
    diff = compare(project.read, read_workbook(tmp_path / "new.xlsx"))
    assert diff.changes == ()


def test_a_template_says_of_which_export_it_is_also_where_it_said_nothing(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    about = {"Provenote project": "p & q", "Provenote export": datetime(2026, 3, 1, 12, 30)}
    for _ in range(2):
        fill_template(template, [claims(1)], template, about=about)
        assert {one.name: one.value for one in opened(template).custom_doc_props.props} == about
    fill_template(template, [claims(1)], template)
    assert opened(template).custom_doc_props.props == []


@pytest.mark.parametrize(("name", "is_ours"), [("CLAIMS", True), ("claims_2", True), ("Claims7", True), ("Cl", False)])
def test_names_of_tables_are_taken_in_any_case_and_with_something_after_them(
    tmp_path: Path, name: str, is_ours: bool
) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    parts = parts_of(template)
    parts["xl/tables/table1.xml"] = parts["xl/tables/table1.xml"].replace(b'="Claims"', f'="{name}"'.encode())
    write_parts(template, parts)
    if is_ours:
        assert fill_template(template, [claims(1)], template).rows == {"Claims": 1}
    else:
        with pytest.raises(ExportFailed, match=r"board\.xlsx has none of the tables that are filled: Claims\."):
            fill_template(template, [claims(1)], template)


def test_a_table_without_our_columns_is_left_alone_and_told(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    other = Table("Claims", "", (Column("Elsewhere", 9),), [("x",)])
    written = fill_template(template, [other], tmp_path / "out.xlsx")
    assert written.warnings == (
        "The table called Claims on the sheet My claims of board.xlsx has none of its columns and was left as it is.",
    )


def test_rows_by_which_nothing_tells_apart_are_filled_all_the_same(tmp_path: Path) -> None:
    twice = Table("Claims", "", COLUMNS[:1], [("C-0001",), ("C-0001",)])
    sheet = fill(analyst_template(tmp_path / "board.xlsx"), twice)["My claims"]
    assert [sheet["B5"].value, sheet["B6"].value] == ["C-0001", "C-0001"]


def test_what_stands_in_the_way_and_cannot_move_is_named(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=2)
    parts = parts_of(template)
    parts["xl/drawings/vmlDrawing9.vml"] = parts["xl/drawings/vmlDrawing9.vml"].replace(
        b"6, 0, 0, 0, 7, 40, 1, 5", b"6, 0, 11, 0, 7, 40, 12, 5"
    )
    write_parts(template, parts)
    target = tmp_path / "out.xlsx"
    fill_template(template, [claims(1, 2, 3)], target)
    kept = target.read_bytes()
    with pytest.raises(ExportFailed, match="a button or other control in row 12 stands in the way"):
        fill_template(template, [claims(*range(1, 9))], target)
    assert target.read_bytes() == kept
    assert sorted(file.name for file in tmp_path.iterdir()) == ["board.xlsx", "out.xlsx"]


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    too_many = Table("Claims", "", COLUMNS[:1], [("C-1",)] * 1_048_572)
    with pytest.raises(ExportFailed, match="room for 1,048,571"):
        fill_template(template, [too_many], tmp_path / "out.xlsx")


def test_it_can_be_stopped_and_then_nothing_has_changed(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    before = template.read_bytes()
    with pytest.raises(ExportCancelled):
        fill_template(template, [claims(*range(1, 500))], template, lambda done, total: done < 200)
    assert template.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["board.xlsx"]


def test_progress_ends_with_all_rows(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    told: list[tuple[int, int]] = []
    fill_template(template, [claims(*range(1, 251))], template, lambda *where: told.append(where) is None)
    assert told[0] == (100, 250)
    assert told[-1] == (250, 250)


@pytest.mark.parametrize(
    ("kind", "target", "fits"),
    [
        ("sheet", "out.xlsm", False),
        ("sheet", "out.ods", False),
        ("template", "out.xltx", True),
        ("template", "out.XLSX", True),
        ("macros", "out.xlsx", False),
    ],
)
def test_the_ending_must_go_with_what_the_workbook_is(tmp_path: Path, kind: str, target: str, fits: bool) -> None:
    template = analyst_template(tmp_path / "board.any", macros=kind == "macros")
    if kind == "template":
        replace_in(template, "[Content_Types].xml", "spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
    if not fits:
        with pytest.raises(ExportFailed, match="must end in"):
            fill_template(template, [claims(1)], tmp_path / target)
        return
    written = fill_template(template, [claims(1)], tmp_path / target)
    types = parts_of(written.path)["[Content_Types].xml"]
    assert (b"spreadsheetml.template.main+xml" in types) == target.endswith("xltx")
