"""The analyst's own workbook, its tables refilled and all else as it was."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest
from python_calamine import CalamineWorkbook

from annotate import commands
from annotate.errors import ExportFailed
from annotate.exchange.readback.compare import compare
from annotate.exchange.readback.workbook import read_workbook
from annotate.report.cells import LONGEST
from annotate.report.evidence import gather
from annotate.report.tables import Amount, Column, ColumnKind, Link, Table, Value
from annotate.report.template import fill_template, write_into_template
from annotate.report.workbook import export_workbook, workbook_tables
from annotate.writing import ExportCancelled
from tests.report.analyst_template import (
    MAIN,
    OFFICE,
    analyst_template,
    damaged,
    opened,
    parts_of,
    replace_in,
    write_parts,
)
from tests.report.flood import Flood

SHEET = "xl/worksheets/sheet2.xml"
COLUMNS = (
    Column("ID", 9, ColumnKind.ID),
    Column("Article", 9, ColumnKind.CODE),
    Column("Claim", 52),
    Column("Published", 11, ColumnKind.DATE),
    Column("Credibility", 11, ColumnKind.GRADE),
    Column("uid", 36, ColumnKind.CODE, hidden=True),
)
WORDS = "قال شهود: 🇺🇦 said \u2028 “no”"


@pytest.fixture(autouse=True)
def excel_takes_every_workbook(tmp_path: Path) -> Iterator[None]:
    """As for all workbooks, but formulas of the analyst's own may be in these."""
    yield
    for path in tmp_path.rglob("*.xls?"):
        assert damaged(path) == []


def claim(number: int, words: str = WORDS, published: Value = date(2026, 3, 1)) -> tuple[Value, ...]:
    return (f"C-{number:04d}", Link("A-0001", "Articles", 0), words, published, number, f"uid {number}")


def claims(*numbers: int) -> Table:
    return Table("Claims", "What is claimed", COLUMNS, [claim(number) for number in numbers])


def fill(template: Path, *tables: Table) -> Any:
    """Fill a template in place and open it."""
    fill_template(template, tables, template)
    return opened(template)


def rows(sheet: Any, first: int = 5, last: int | None = None, columns: str = "BI") -> list[tuple[Any, ...]]:
    """Values from column to column; rows down to the last one with any."""
    cells = sheet[f"{columns[0]}{first}:{columns[1]}{last or sheet.max_row}"]
    return [tuple(cell.value for cell in row) for row in cells]


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


def test_another_program_reads_the_same(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    fill_template(template, [claims(7, 3)], template)
    read = CalamineWorkbook.from_path(template).get_sheet_by_name("My claims").to_python(skip_empty_area=False)
    assert [row[1:5] for row in read[4:6]] == [
        ["C-0007", WORDS, date(2026, 3, 1), 7.0],
        ["C-0003", WORDS, date(2026, 3, 1), 3.0],
    ]


def test_own_columns_keep_formulas_and_by_the_row_their_values(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=3)
    written = fill_template(template, [claims(3, 9, 1)], tmp_path / "out.xlsx")
    sheet: Any = opened(written.path)["My claims"]
    assert [row[4:] for row in rows(sheet, last=7)] == [
        (7, "=F5*2", None, "colleague 7"),
        (None, "=F6*2", None, None),
        (5, "=F7*2", None, "colleague 5"),
    ]
    assert sheet["I7"].comment.text == "Ask Ali"  # stood on C-0001, in row 5
    assert sheet["F4"].comment.text == "By hand"
    assert written.warnings == (
        "Claims: what stood in columns of your own went with rows that are no longer in the table: C-0002 (6; "
        "colleague 6).",
    )


def test_a_comment_goes_with_its_row_and_is_told_when_that_is_gone(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=3)
    written = fill_template(template, [claims(2)], template)
    assert any("1 comment on cells whose row is no longer there was left out" in one for one in written.warnings)
    sheet = opened(template)["My claims"]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["F4"]
    boxes = parts_of(template)["xl/drawings/commentsDrawing1.vml"]
    assert re.findall(rb":Row>(\d+)<", boxes) == [b"3"]


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


def test_text_is_never_a_formula_and_is_marked_as_text(tmp_path: Path) -> None:
    table = Table("Claims", "", COLUMNS, [claim(1, "=1+1"), claim(2, "@now"), claim(3, "_x0041_"), claim(4, "007")])
    template = analyst_template(tmp_path / "board.xlsx")
    sheet = fill(template, table)["My claims"]
    cells = [sheet[f"C{row}"] for row in range(5, 9)]
    assert [(cell.value, cell.data_type) for cell in cells[:2]] == [("=1+1", "s"), ("@now", "s")]
    assert [cell.quotePrefix for cell in cells] == [True, True, False, False]
    read = CalamineWorkbook.from_path(template).get_sheet_by_name("My claims").to_python(skip_empty_area=False)
    assert [row[2] for row in read[4:8]] == ["=1+1", "@now", "_x0041_", "007"]
    assert all("<f" not in cell for cell in re.findall(r'<c r="C\d+".*?</c>', parts_of(template)[SHEET].decode()))
    again = fill(template, claims(1, 2))["My claims"]
    assert not again["C5"].quotePrefix


def test_dates_take_a_look_only_where_the_template_has_none(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    workbook = opened(template)
    workbook["My claims"]["D5"].number_format = "d mmm yy"
    plain = tmp_path / "plain.xlsx"
    workbook.save(plain)
    looks = parts_of(plain)["xl/styles.xml"]
    table = Table("Claims", "", COLUMNS, [claim(1), claim(2, published="2024"), claim(3, published=date(1899, 5, 1))])
    sheet = fill(plain, table)["My claims"]
    assert [sheet[f"D{row}"].value for row in range(5, 8)] == [datetime(2026, 3, 1), "2024", "1899-05-01"]
    assert sheet["D5"].number_format == "d mmm yy"
    assert parts_of(plain)["xl/styles.xml"] == looks


def test_dates_are_right_in_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    template = replace_in(
        analyst_template(tmp_path / "board.xlsx"), "xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>'
    )
    table = Table("Claims", "", COLUMNS, [claim(1), claim(2, published=datetime(2026, 3, 1, 12, 30))])
    sheet = fill(template, table)["My claims"]
    assert [sheet[f"D{row}"].value for row in (5, 6)] == [datetime(2026, 3, 1), datetime(2026, 3, 1, 12, 30)]


def test_a_fraction_does_not_show_as_zero(tmp_path: Path) -> None:
    columns = (Column("ID", 9, ColumnKind.ID), Column("My score", 9, ColumnKind.NUMBER))
    template = analyst_template(tmp_path / "board.xlsx")
    workbook = opened(template)
    workbook["My claims"]["F5"].number_format = "#,##0"
    workbook.save(template)
    numbers = Table("Claims", "", columns, [("C-1", Amount(3200, "#,##0")), ("C-2", Amount(1 / 3, "# ??/??"))])
    sheet = fill(template, numbers)["My claims"]
    assert [sheet[f"F{row}"].number_format for row in (5, 6)] == ["#,##0", "# ??/??"]
    assert sheet["F6"].value == pytest.approx(1 / 3)


def test_too_long_a_text_continues_on_a_sheet_that_is_put_at_the_end(tmp_path: Path) -> None:
    text = "🌊 long " * 20_000
    template = analyst_template(tmp_path / "board.xlsx")
    before = parts_of(template)
    long = Table("Claims", "", COLUMNS, [claim(1), claim(2, text)])
    written = fill_template(template, [long], template)
    assert len(written.warnings) == 1
    assert written.warnings[0].startswith("C-0002, Claim: the text is longer than a cell of Excel holds")
    workbook = opened(template)
    assert workbook.sheetnames == ["Board", "My claims", "Overflow"]
    overflow, sheet = workbook["Overflow"], workbook["My claims"]
    parts = list(overflow.iter_rows(min_row=2, values_only=True))
    assert [row[:4] for row in parts] == [("C-0002", "Claims", "Claim", n) for n in range(2, 2 + len(parts))]
    start = sheet["C6"].value
    assert len(start) <= LONGEST
    assert (
        start.removesuffix(" […continues on the sheet Overflow]")
        + "".join(row[4].removesuffix(" […continues on the sheet Overflow]") for row in parts)
        == text
    )
    assert sheet["C6"].hyperlink.location == "'Overflow'!A2"
    assert overflow["A2"].hyperlink.location == "'My claims'!B6"
    added = [name for name in parts_of(template) if name not in before]
    assert sorted(added) == ["xl/tables/table2.xml", "xl/worksheets/_rels/sheet3.xml.rels", "xl/worksheets/sheet3.xml"]
    again = fill(template, claims(1, 2))
    assert again.sheetnames == ["Board", "My claims", "Overflow"]
    assert [cell.value for cell in again["Overflow"][2]] == [None] * 5


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


def test_texts_of_replaced_cells_are_gone_from_every_part(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=3)
    workbook = opened(template)
    for row, text in ((5, "Old secret"), (6, "Kept elsewhere"), (7, "Old 🌊 secret")):
        workbook["My claims"].cell(row, 3, text)
    workbook["Board"]["D1"] = "Kept elsewhere"
    workbook.save(template)
    parts = parts_of(template)
    strings = [re.findall(rb"<t>(.*?)</t>", parts[f"xl/worksheets/sheet{n}.xml"]) for n in (1, 2)]
    texts = list(dict.fromkeys([*strings[0], *strings[1]]))
    for number in (1, 2):
        parts[f"xl/worksheets/sheet{number}.xml"] = re.sub(
            rb't="inlineStr"><is><t>(.*?)</t></is>',
            lambda cell: b't="s"><v>%d</v>' % texts.index(cell[1]),
            parts[f"xl/worksheets/sheet{number}.xml"],
        )
    listed = b"".join(b"<si><t>%b</t></si>" % text for text in texts)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%b">%b</sst>' % (MAIN.encode(), listed)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    if b"sharedStrings" not in parts["[Content_Types].xml"]:
        override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
        tie = f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", tie.encode())
    parts["xl/charts/chart1.xml"] = parts["xl/charts/chart1.xml"].replace(
        b"$F$7</f>", b'$F$7</f><numCache><ptCount val="1"/><pt idx="0"><v>4711</v></pt></numCache>'
    )
    assert b"4711" in parts["xl/charts/chart1.xml"]
    write_parts(template, parts)
    fill_template(template, [claims(1, 2, 8)], template)
    after = parts_of(template)
    assert not any(b"secret" in part or b"4711" in part or b"colleague 7" in part for part in after.values())
    sheet, board = opened(template)["My claims"], opened(template)["Board"]
    assert (board["D1"].value, sheet["I5"].value, sheet["L5"].value) == ("Kept elsewhere", "colleague 5", "Beside")
    strings_after = after["xl/sharedStrings.xml"]
    fill_template(template, [claims(1, 2, 8)], template)
    assert parts_of(template)["xl/sharedStrings.xml"] == strings_after


def test_our_own_notes_on_values_go_with_the_values(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=2)
    parts = parts_of(template)
    comments = parts["xl/comments/comment1.xml"]
    parts["xl/comments/comment1.xml"] = comments.replace(b"<author>Mara</author>", b"<author>Provenote</author>")
    write_parts(template, parts)
    written = fill_template(template, [claims(1, 2)], template)
    assert written.warnings == ()
    sheet = opened(template)["My claims"]
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["F4"]


def test_links_that_were_on_refilled_cells_go_and_those_on_own_cells_follow(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=2)
    links = (
        '<hyperlinks><hyperlink ref="C5" location="Board!A1"/><hyperlink ref="I5" location="Board!A2"/><hyperlink '
        'ref="I6" location="Board!A3"/><hyperlink ref="L5" location="Board!A4"/></hyperlinks><pageMargins'
    )
    replace_in(template, SHEET, "<pageMargins", links)
    sheet = fill(template, claims(8, 1))["My claims"]
    found = {cell.coordinate: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    assert found == {"I6": "Board!A2", "L5": "Board!A4"}


def test_a_saved_filter_is_taken_off_and_told(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=3)
    criteria = (
        '<autoFilter ref="B4:I7"><filterColumn colId="1"><filters><filter val="x"/></filters></filterColumn>'
        '<filterColumn colId="2" hiddenButton="1"/></autoFilter><tableColumns'
    )
    replace_in(template, "xl/tables/table1.xml", "<tableColumns", criteria)
    parts = parts_of(template)
    parts[SHEET] = parts[SHEET].replace(b'<row r="5"', b'<row r="5" hidden="1"')
    write_parts(template, parts)
    written = fill_template(template, [claims(1, 2)], template)
    assert "Claims: the filter of the template was taken off, so that all rows show." in written.warnings
    table = parts_of(template)["xl/tables/table1.xml"]
    assert b"<filters>" not in table
    assert b'<filterColumn colId="2" hiddenButton="1"/>' in table
    assert b'<autoFilter ref="B4:I6">' in table
    assert b"hidden" not in parts_of(template)[SHEET]


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
