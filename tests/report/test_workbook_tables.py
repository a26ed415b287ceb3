"""Tables of the workbook can be filtered, filled in and printed, and every row be known again."""

import pytest

from annotate.report.names import legal_name
from annotate.vocabulary import Mode
from tests.report.exported import TABLES, Export
from tests.report.flood import Flood, column

OF_RECORDS = ["Claims", "Attributions", "Figures", "Sources", "Cross-check", "Checks", "Articles"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_filters_and_keeps_headings_and_ids_in_sight(flood: Flood, export: Export, name: str) -> None:
    workbook, report = export(flood.project)
    sheet = workbook[name]
    table = sheet.tables[legal_name(name)]
    assert table.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{max(1, report.rows[name]) + 1}"
    assert table.autoFilter.ref == table.ref
    headings = [cell.value for cell in sheet[1]]
    assert [one.name for one in table.tableColumns] == headings
    assert len({heading.casefold() for heading in headings}) == len(headings)
    assert sheet.freeze_panes == "B2"
    assert all(0 < sheet.row_dimensions[row].height <= 409 for row in range(1, sheet.max_row + 1))
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert "TLP:AMBER && internal" in sheet.oddHeader.center.text
    assert "Flood && dam" in sheet.oddHeader.left.text
    assert "&P" in sheet.oddFooter.right.text


@pytest.mark.parametrize("name", OF_RECORDS)
def test_every_row_can_be_known_again_by_hidden_columns(flood: Flood, export: Export, name: str) -> None:
    workbook, _ = export(flood.project)
    sheet = workbook[name]
    uid, revision = column(sheet, "uid"), column(sheet, "revision")
    assert all(len(cell.value) == 36 for cell in uid)
    assert all(isinstance(cell.value, int) and cell.value >= 1 for cell in revision)
    assert sheet.column_dimensions[uid[0].column_letter].hidden


def test_the_project_can_be_known_again(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    known = {one.name: one.value for one in workbook.custom_doc_props.props}
    assert known["Provenote project"] == str(flood.project.read.project_info().uid)
    assert workbook.properties.creator == "Mara Lind"


def test_what_is_seldom_looked_at_is_folded_away(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    sheet = workbook["Claims"]
    for heading in ("Translation", "Page", "Paragraph", "Context", "Start", "End", "Origin", "Analyst"):
        # openpyxl reads neighbours that look alike as one group, known by its first column
        letter = column(sheet, heading)[0].column_letter
        held = [one for one in sheet.column_dimensions.values() if one.outlineLevel == 1 and one.hidden]
        place = column(sheet, heading)[0].column
        assert any(one.min <= place <= one.max for one in held), letter


@pytest.mark.parametrize(
    ("sheet", "heading", "said"),
    [
        ("Claims", "Progress", "signed off"),
        ("Claims", "Finding", "refuted"),
        ("Claims", "Credibility", "5"),
        ("Claims", "Reliability", "F"),
        ("Claims", "Grade", "1"),
        ("Sources", "Reliability", "A"),
    ],
)
def test_how_good_and_how_far_it_is_has_a_fill_beside_its_words(
    flood: Flood, export: Export, sheet: str, heading: str, said: str
) -> None:
    workbook, _ = export(flood.project)
    cell = column(workbook[sheet], heading)[0]
    rules = [
        rule
        for cells in workbook[sheet].conditional_formatting
        if cell.coordinate in cells.sqref
        for rule in cells.rules
        if rule.dxf.fill is not None
    ]
    assert any(f'"{said}"' in rule.formula[0] and cell.coordinate in rule.formula[0] for rule in rules)


@pytest.mark.parametrize(
    ("sheet", "heading", "entry"),
    [
        ("Claims", "Mode", "outlet's own voice"),
        ("Claims", "Credibility", "6"),
        ("Claims", "Progress", "signed off"),
        ("Claims", "Finding", "lacks context"),
        ("Attributions", "Stance", "declines to comment"),
        ("Figures", "Bound", "at least"),
        ("Figures", "Measure", "total to date"),
        ("Figures", "Kind", "percent"),
        ("Sources", "Reliability", "F"),
        ("Sources", "Type", "NGO / monitor"),
        ("Checks", "Shows", "neither"),
        ("Articles", "Type", "transcript"),
    ],
)
def test_columns_with_a_closed_list_have_a_dropdown(
    flood: Flood, export: Export, sheet: str, heading: str, entry: str
) -> None:
    workbook, _ = export(flood.project)
    cells = column(workbook[sheet], heading)
    rules = [
        rule
        for rule in workbook[sheet].data_validations.dataValidation
        if all(cell.coordinate in rule.sqref for cell in cells)
    ]
    assert len(rules) == 1
    assert entry in rules[0].formula1.strip('"').split(",")
    assert len(rules[0].formula1) <= 257


def test_a_list_too_long_for_a_dropdown_of_its_own_is_taken_from_the_codebook(
    flood: Flood, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.report.sheet_writer._LONGEST_LIST", 20)
    workbook, _ = export(flood.project)
    letter = column(workbook["Claims"], "Mode")[0].column_letter
    rules = workbook["Claims"].data_validations.dataValidation
    formula = next(rule.formula1 for rule in rules if f"{letter}2" in rule.sqref)
    name, _, cells = formula.partition("!")
    entries = [row[0].value for row in workbook[name.strip("'")][cells.replace("$", "")]]
    assert entries == [mode.label for mode in Mode]
