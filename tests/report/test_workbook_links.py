"""Links of the workbook lead to the rows they name, into the window, and nowhere else."""

import pytest

from annotate import commands
from tests.report.exported import Export, every_cell, rows_by_id
from tests.report.flood import Flood, column, values


def test_a_name_that_takes_two_lines_is_no_link_since_not_every_program_wraps_those(
    flood: Flood, export: Export
) -> None:
    long = "Spokesman of the association of all towns along the river 🌊 and of both its valleys"
    commands.edit_source(flood.project, flood.ids["duarte"], name=long)
    workbook, _ = export(flood.project)
    names = {cell.value: cell for cell in workbook["Summary"]["A"] if cell.value}
    assert names[long].hyperlink is None
    assert names[long].alignment.wrap_text
    assert names["Water Board"].hyperlink is not None
    said = rows_by_id(workbook["Claims"])["C-0001"]["Attributed to"]
    assert (said.value, said.hyperlink) == (long, None)
    assert rows_by_id(workbook["Claims"])["C-0002"]["Attributed to"].hyperlink is not None


def test_every_link_leads_to_the_row_it_names(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    followed = 0
    for cell in every_cell(workbook):
        if cell.hyperlink is None or not cell.hyperlink.location:
            continue
        name, _, place = cell.hyperlink.location.partition("!")
        target = workbook[name.strip("'")][place]
        heading = cell.parent.cell(1, cell.column).value
        if isinstance(cell.value, int) or heading == "Figures":
            assert target.value  # a number of them, or what they amount to, leads to the first
        else:
            assert cell.value in (target.value, target.offset(column=1).value)
        followed += 1
    assert followed > 15


def test_only_web_addresses_and_the_window_are_led_to_outside_the_workbook(flood: Flood, export: Export) -> None:
    commands.edit_article(flood.project, flood.article_id, archive_url="file:///etc/passwd")
    workbook, _ = export(flood.project)
    targets = [cell.hyperlink.target for cell in every_cell(workbook) if cell.hyperlink and cell.hyperlink.target]
    outside = [target for target in targets if not target.startswith("provenote://")]
    assert outside == ["https://valley.example/flood?a=1&b=2"]


@pytest.mark.parametrize(("sheet", "label"), [("Claims", "C-0002"), ("Figures", "F-0003"), ("Articles", "A-0001")])
def test_an_id_opens_its_words_in_the_window(flood: Flood, export: Export, sheet: str, label: str) -> None:
    workbook, _ = export(flood.project)
    uid = flood.project.read.project_info().uid
    assert rows_by_id(workbook[sheet])[label]["ID"].hyperlink.target == f"provenote://{uid}/{label}"


def test_claims_lead_to_what_they_rest_on_and_back(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    claim = rows_by_id(workbook["Claims"])["C-0001"]
    assert claim["Article"].hyperlink.location == "'Articles'!A2"
    assert claim["Figures"].hyperlink.location == "'Figures'!A2"
    assert claim["Attributed to"].hyperlink.location == "'Sources'!A3"
    assert (claim["Checks"].value, claim["Checks"].hyperlink.location) == (1, "'Checks'!A2")
    for sheet, heading, place in (
        ("Articles", "Claims", "'Claims'!A2"),
        ("Figures", "Claim", "'Claims'!A2"),
        ("Checks", "Claim", "'Claims'!A2"),
        ("Attributions", "Claim", "'Claims'!A2"),
    ):
        assert column(workbook[sheet], heading)[0].hyperlink.location == place
    sources = {row["Source"].value: row for row in rows_by_id(workbook["Sources"]).values()}
    assert sources["Ines Duarte"]["Claims"].hyperlink.location == "'Attributions'!A2"


def test_a_claim_of_several_sources_leads_to_its_attributions(flood: Flood, export: Export) -> None:
    commands.attribute(flood.project, flood.ids["left"], flood.ids["radio"])
    workbook, _ = export(flood.project)
    cell = rows_by_id(workbook["Claims"])["C-0001"]["Attributed to"]
    assert (cell.value, cell.hyperlink.location) == ("Ines Duarte; Harbour Radio", "'Attributions'!A2")


def test_past_excels_number_of_links_ids_are_plain(
    flood: Flood, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.report.sheet_writer.MOST_LINKS", 2)
    workbook, report = export(flood.project)
    linked = [cell for row in workbook["Attributions"].iter_rows() for cell in row if cell.hyperlink]
    assert len(linked) == 2
    assert values(workbook["Attributions"], "Claim") == ["C-0001", "C-0001", "C-0003", "C-0002"]
    assert any(warning.startswith("Attributions:") for warning in report.warnings)
