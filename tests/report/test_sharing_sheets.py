"""Which sheets and columns a workbook for sharing has."""

from dataclasses import replace
from pathlib import Path

import openpyxl

from annotate.report.evidence import gather
from annotate.report.workbook import workbook_tables, write_workbook
from tests.report.flood import Flood

INNER = {"uid", "revision", "Context", "Start", "End", "Analyst", "File", "SHA-256"}


def test_columns_and_sheets_for_the_team_alone_are_not_handed_on(flood: Flood, tmp_path: Path) -> None:
    evidence = gather(flood.project.read, "Mara Lind")
    whole = {column.heading for table in workbook_tables(evidence) for column in table.columns}
    assert whole >= INNER
    shared = workbook_tables(replace(evidence, shared=True))
    assert not {column.heading for table in shared for column in table.columns} & INNER
    assert "To do" not in {table.name for table in shared}
    assert all(len(row) == len(table.columns) for table in shared for row in table.rows)
    written = write_workbook(replace(evidence, shared=True, analyst=""), tmp_path / "shared.xlsx")
    workbook = openpyxl.load_workbook(written.path)
    assert workbook.custom_doc_props.names == []
    assert workbook.properties.creator == "Provenote"
    assert "Analyst" not in {row[0].value for row in workbook["Summary"].iter_rows()}


def test_links_of_a_workbook_for_sharing_lead_to_the_rows_they_name(flood: Flood, tmp_path: Path) -> None:
    evidence = replace(gather(flood.project.read, "Mara Lind"), shared=True)
    workbook = openpyxl.load_workbook(write_workbook(evidence, tmp_path / "shared.xlsx").path)
    linked = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    inside = [cell for cell in linked if cell.hyperlink.location]
    assert inside
    for cell in inside:
        sheet, _, place = cell.hyperlink.location.partition("!")
        aim = workbook[sheet.strip("'")][place]
        if isinstance(cell.value, int) or cell.parent.cell(1, cell.column).value == "Figures":
            assert aim.value  # a number of them, or what they amount to, leads to the first
        else:
            assert cell.value in {one.value for one in workbook[sheet.strip("'")][aim.row]}
