"""Values keep in a refilled table what they are: text, dates, fractions, and texts too long for a cell."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from annotate.report.cells import LONGEST
from annotate.report.tables import Amount, Column, ColumnKind, Table
from annotate.report.template import fill_template
from tests.report.analyst_template import analyst_template, opened, parts_of, replace_in
from tests.report.refilled import (
    COLUMNS,
    SHEET,
    WORDS,
    claim,
    claims,
    excel_takes_every_workbook,  # noqa: F401
    fill,
)


def test_another_program_reads_the_same(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    fill_template(template, [claims(7, 3)], template)
    read = CalamineWorkbook.from_path(template).get_sheet_by_name("My claims").to_python(skip_empty_area=False)
    assert [row[1:5] for row in read[4:6]] == [
        ["C-0007", WORDS, date(2026, 3, 1), 7.0],
        ["C-0003", WORDS, date(2026, 3, 1), 3.0],
    ]


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
