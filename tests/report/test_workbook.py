"""The workbook as colleagues open it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotate import commands
from annotate.model import DatedWords, Span
from annotate.project import Project
from annotate.report.cells import CONTINUES, LONGEST
from annotate.report.evidence import gather
from annotate.report.names import legal_name
from annotate.report.workbook import write_workbook
from annotate.store import schema
from annotate.vocabulary import Bound, DateBasis, Fate, FigureKind, Kind, Mode, Precision, Relation
from annotate.writing import Written
from tests.report.flood import Flood, column, take_in, values

Export = Callable[[Project], tuple[Any, Written]]

TABLES = [
    "Claims",
    "Attributions",
    "Figures",
    "Sources",
    "Cross-check",
    "Checks",
    "To do",
    "Articles",
    "Codebook",
]
SHEETS = ["Summary", *TABLES]
OF_RECORDS = ["Claims", "Attributions", "Figures", "Sources", "Cross-check", "Checks", "Articles"]


def rows_by_id(sheet: Any) -> dict[str, dict[str, Any]]:
    headings = [cell.value for cell in sheet[1]]
    return {row[0].value: dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=2)}


def every_cell(workbook: Any) -> list[Any]:
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]


def test_the_sheets_come_in_the_order_of_reading(flood: Flood, export: Export) -> None:
    workbook, report = export(flood.project)
    assert workbook.sheetnames == SHEETS
    assert workbook.active.title == "Summary"
    assert {name: report.rows[name] for name in ("Claims", "Attributions", "Figures", "Checks", "Articles")} == {
        "Claims": 3,
        "Attributions": 4,
        "Figures": 3,
        "Checks": 2,
        "Articles": 1,
    }
    assert report.warnings == ()


def test_a_claim_has_who_says_so_and_how_good_it_is(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    row = {heading: cell.value for heading, cell in rows_by_id(workbook["Claims"])["C-0001"].items()}
    assert row["Claim"] == "At least 3,200 people left the old town on Tuesday"
    assert (row["Attributed to"], row["Denied by"], row["Verb"]) == ("Ines Duarte", "Water Board", "said")
    assert (row["Mode"], row["Type"], row["Finding"]) == ("paraphrase", "quantity", "partly confirmed")
    assert (row["Reliability"], row["Credibility"], row["Grade"]) == ("B", 2, "B2")
    assert row["Figures"] == "≥ 3,200 people"
    assert row["Tags"] == "Displacement; Evacuation"
    assert row["Event"] == "Dam failure"
    assert row["Context"].startswith("[At least 3,200 people left the old town on Tuesday], mayor")
    assert (row["Paragraph"], row["Analyst"], row["Origin"]) == (2, "Mara Lind", "by hand")


def test_a_claim_and_a_figure_of_a_file_with_pages_have_their_page(flood: Flood, export: Export) -> None:
    text = "First page 🇺🇦 said no.\n\nThird page said 40 homes."
    third = text.index("Third")
    article = take_in(flood.project, "paged", text, pages=(0, third, third))
    commands.mark(flood.project, article, Kind.CLAIM, [Span(0, 10)])
    commands.mark(flood.project, article, Kind.CLAIM, [Span(third, len(text))])
    commands.mark(flood.project, article, Kind.FIGURE, [Span(text.index("40"), text.index("40") + 8)])
    workbook, _ = export(flood.project)
    claims = dict(zip(values(workbook["Claims"], "Claim"), values(workbook["Claims"], "Page"), strict=True))
    assert (claims["First page"], claims["Third page said 40 homes."]) == (1, 3)
    figures = dict(zip(values(workbook["Figures"], "Figure"), values(workbook["Figures"], "Page"), strict=True))
    assert figures["40 homes"] == 3
    assert claims["At least 3,200 people left the old town on Tuesday"] is None


def test_an_interrupted_quotation_is_one_claim_that_came_through_an_outlet(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    row = {heading: cell.value for heading, cell in rows_by_id(workbook["Claims"])["C-0002"].items()}
    assert row["Claim"] == '"The dam held all night," […] "and nobody was warned too late."'
    assert (row["Mode"], row["Via"], row["Contradicted by"]) == ("direct quote", "Harbour Radio", "C-0003")
    assert row["Context"].count("[") == 2


def test_dates_are_real_where_the_day_is_known_and_text_where_not(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    claims = rows_by_id(workbook["Claims"])
    first = claims["C-0001"]["Happened from"]
    assert (first.value.date(), first.is_date, first.number_format) == (date(2024, 6, 4), True, "yyyy-mm-dd")
    assert claims["C-0001"]["Said on"].value == "1899-12-31"
    assert claims["C-0002"]["Happened from"].value == "overnight"
    assert claims["C-0003"]["Happened from"].value == "2024"
    assert claims["C-0001"]["Published"].value == "2024-06"
    assert rows_by_id(workbook["Checks"])["K-0001"]["Date"].value.date() == date(2024, 6, 5)


def test_figures_are_real_numbers_shown_as_exactly_as_they_are_known(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    figures = rows_by_id(workbook["Figures"])
    people, cost, homes = figures["F-0001"], figures["F-0002"], figures["F-0003"]
    assert (people["Value"].value, people["Low"].value, people["High"].value) == (3200, 3200, None)
    assert (people["Bound"].value, people["Qualifier"].value) == ("at least", "At least")
    assert people["Value"].number_format == "#,##0"
    assert (cost["Value"].value, cost["Low"].value, cost["High"].value) == (None, 4_500_000, 6_000_000)
    assert (homes["Value"].value, homes["Value"].number_format) == (pytest.approx(1 / 3), "# ??/??")
    assert all(cell.data_type == "n" for cell in column(workbook["Figures"], "Low"))
    assert (people["Attributed to"].value, people["Claim"].value) == ("Ines Duarte", "C-0001")
    assert people["Event"].value == "Dam failure"


def test_a_figure_of_a_claim_that_was_updated_names_what_supersedes_it(flood: Flood, export: Export) -> None:
    flood.project.read.annotations()
    newer = flood.mark("newer", Kind.CLAIM, "Repairs will cost between $4.5 million and $6 million")
    commands.link(flood.project, newer, flood.ids["left"], Relation.UPDATES)
    workbook, _ = export(flood.project)
    assert rows_by_id(workbook["Figures"])["F-0001"]["Superseded by"].value == "C-0004"


@pytest.mark.parametrize(("counted", "by"), [("people", "F-0002"), ("", "F-0002"), ("missing people", "C-0004")])
def test_a_figure_is_superseded_by_one_of_the_same_thing_alone(
    flood: Flood, export: Export, counted: str, by: str
) -> None:
    newer = flood.mark("newer", Kind.CLAIM, "Repairs will cost between $4.5 million and $6 million")
    commands.link(flood.project, newer, flood.ids["left"], Relation.UPDATES)
    alike = {"counted": counted, "unit": "", "kind": FigureKind.COUNT}
    with flood.project.change("Count the same") as transaction:
        transaction.update(schema.figures, flood.ids["cost"], **alike)
        transaction.update(schema.figures, flood.ids["people"], kind=FigureKind.COUNT, counted="People")
    workbook, _ = export(flood.project)
    assert rows_by_id(workbook["Figures"])["F-0001"]["Superseded by"].value == by


def test_sources_count_what_they_say(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    sources = {row["Source"].value: row for row in rows_by_id(workbook["Sources"]).values()}
    counts = ("Mentions", "Claims", "Direct quotes", "Articles")
    assert [sources["Ines Duarte"][heading].value for heading in counts] == [1, 1, 0, 1]
    assert [sources["Water Board"][heading].value for heading in counts] == [0, 1, 1, 1]


def test_the_codebook_holds_the_tags_and_what_every_entry_means(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    sheet = workbook["Codebook"]
    entries = list(zip(values(sheet, "List"), values(sheet, "Entry"), strict=True))
    assert entries[:2] == [("Tag", "Displacement"), ("Tag", "Evacuation")]
    assert values(sheet, "Under")[1] == "Displacement"
    assert values(sheet, "Used")[0] == 1
    assert ("Mode", "outlet's own voice") in entries
    assert all(values(sheet, "Meaning")[2:])


def test_the_summary_counts_and_charts(flood: Flood, export: Export) -> None:
    workbook, _ = export(flood.project)
    sheet = workbook["Summary"]
    named = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2) if row[0].value}
    assert sheet["A1"].value == "Flood & dam"
    assert sheet["A2"].value == "TLP:AMBER & internal"
    assert (named["Articles"], named["Claims"], named["partly confirmed"], named["no finding yet"]) == (1, 3, 1, 2)
    assert (named["Claims attributed to a source"], named["Direct quotes"], named["Figures"]) == (2, 1, 3)
    assert named["Claims in the outlet's own voice"] == 1
    assert (named["Sources with a claim"], named["Open checks (no result yet)"]) == (3, 1)
    table = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows() if row[0].value}
    assert [heading for heading in table["Source"] if heading] == [*(mode.label for mode in Mode), "Claims"]
    assert table["Water Board"][:6] == [1, None, None, None, None, 1]
    assert table["Valley Post"][:6] == [None, None, None, 1, None, 1]
    assert len(sheet._charts) == 1
    reference = sheet._charts[0].series[0].cat.strRef.f
    assert reference.startswith("'Summary'!")


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


def test_a_claim_without_a_source_has_its_own_line_in_the_summary(flood: Flood, export: Export) -> None:
    for attribution in flood.project.read.attributions([flood.ids["fell"]]):
        commands.remove_attribution(flood.project, attribution.id)
    workbook, _ = export(flood.project)
    table = {row[0].value: [cell.value for cell in row[1:7]] for row in workbook["Summary"].iter_rows()}
    assert table["no source"] == [None, None, None, 1, None, 1]


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


def test_what_words_do_not_give_as_it_stands_has_a_note(flood: Flood, export: Export) -> None:
    commands.edit_record(
        flood.project,
        flood.ids["people"],
        value=None,
        low=12,
        inferred=True,
        bound=Bound.VAGUE,
        as_of=DatedWords("by Wednesday", date(2024, 6, 5), None, Precision.DAY, DateBasis.ANALYST),
    )
    workbook, _ = export(flood.project)
    figure = rows_by_id(workbook["Figures"])["F-0001"]
    assert "“At least 3,200 people”" in figure["Low"].comment.text
    assert figure["As of"].comment.text == "Set by the analyst; the words are “by Wednesday”."
    happened = rows_by_id(workbook["Claims"])["C-0001"]["Happened from"]
    assert happened.comment.text == "Reckoned from the day of publication, from the words “on Tuesday”."
    noted = [cell for cell in every_cell(workbook) if cell.comment]
    assert len(noted) == 3
    for cell in noted:
        lines = 1 + len(cell.comment.text) // 34
        assert cell.comment.height >= lines * 17


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


def test_more_rows_than_a_sheet_holds_go_on_on_a_second_one(flood: Flood, tmp_path: Path) -> None:
    import openpyxl

    for words in ("Repairs will cost", "warned too late", "the old town"):
        claim = flood.mark(words, Kind.CLAIM, words)
        commands.attribute(flood.project, claim, flood.ids["board"])
    commands.edit_annotation(flood.project, flood.ids["warned too late"], note="x" * (LONGEST + 1))
    written = write_workbook(gather(flood.project.read, ""), tmp_path / "parts.xlsx", most_rows=4)
    workbook = openpyxl.load_workbook(written.path)
    names = [name for name in workbook.sheetnames if name.startswith("Claims")]
    assert names == ["Claims", "Claims (2)"]
    ids = [values(workbook[name], "ID") for name in names]
    assert [len(part) for part in ids] == [4, 2]
    assert written.rows["Claims"] == 6
    assert [list(workbook[name].tables) for name in names] == [["Claims"], ["Claims_2"]]
    assert any(one.startswith("Claims: 6 rows") and "Claims (2)" in one for one in written.warnings)
    followed = set()
    for cell in every_cell(workbook):
        if cell.hyperlink and cell.hyperlink.location:
            name, _, place = cell.hyperlink.location.partition("!")
            target = workbook[name.strip("'")][place]
            assert target.row >= 2
            if str(cell.value).startswith("C-"):
                assert target.value == cell.value
                followed.add(name)
    assert followed == {"'Claims'", "'Claims (2)'"}


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


def test_the_bin_and_suggestions_are_never_exported(flood: Flood, export: Export) -> None:
    project = flood.project
    secret = take_in(project, "secret.txt", "The buried Zanzibar memo names 77 agents.")
    annotation = commands.mark(project, secret, Kind.CLAIM, [Span(0, 23)])
    speaker = commands.add_source(project, "Zanzibar desk")
    commands.attribute(project, annotation, speaker)
    commands.link(project, annotation, flood.ids["left"], Relation.CORROBORATES)
    commands.add_check(project, annotation, checked_on=date(2024, 1, 1), looked_at="Zanzibar file")
    mention = commands.mark(project, secret, Kind.SOURCE, [Span(11, 24)])
    commands.set_mention_source(project, mention, commands.add_source(project, "Zanzibar memo"))
    commands.move_to_bin(project, [secret])
    article = project.read.article(flood.article_id)
    assert article is not None
    with project.change("Suggest") as transaction:
        transaction.insert(
            schema.suggestions,
            text_id=article.text_id,
            kind=Kind.CLAIM,
            spans=[[0, 5]],
            record={"plain_words": "Zanzibar"},
            engine="rules",
            engine_version="1",
            rule="Zanzibar",
            confidence=0.5,
            fate=Fate.OPEN,
        )
    workbook, report = export(project)
    assert not [cell for cell in every_cell(workbook) if "Zanzibar" in str(cell.value)]
    assert (report.rows["Claims"], report.rows["Checks"], report.rows["Sources"]) == (3, 2, 4)


def test_an_empty_project_gives_tables_with_one_blank_row(empty_project: Project, export: Export) -> None:
    workbook, report = export(empty_project)
    for name in TABLES[:-1]:
        assert report.rows[name] == 0
        assert workbook[name].tables[legal_name(name)].ref.endswith("2")
    assert workbook["Summary"]._charts == []


HOSTILE = [
    "=cmd|'/c calc'!A1",
    "+1",
    "@x",
    "-1+2",
    "#REF!",
    "007",
    "{=1+1}",
    "emoji 👩🏽‍🚒 flag 🇺🇦 Arabic قال شهود",
    "tab\tand\nline",
    "_x0041_",
    "<b>&amp;</b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_whatever_it_looks_like(flood: Flood, export: Export, text: str) -> None:
    from annotate.report.cells import shown_text

    commands.edit_annotation(flood.project, flood.ids["left"], note=text)
    commands.edit_source(flood.project, flood.ids["duarte"], name=text)
    commands.edit_project(flood.project, title=text, marking=text)
    commands.edit_tag(flood.project, flood.project.read.tags()[0].id, name=text)
    workbook, _ = export(flood.project)
    note = rows_by_id(workbook["Claims"])["C-0001"]["Note"]
    assert shown_text(note.value) == text
    assert note.quotePrefix == text.startswith(("=", "+", "-", "@"))
    assert shown_text(workbook["Summary"]["A1"].value) == text
    assert {cell.data_type for cell in every_cell(workbook)} <= {"s", "n", "d", "inlineStr"}


@pytest.mark.parametrize("title", ["&" * 300, "👩🏽‍🚒" * 100, "a\nb &P " * 60])
def test_what_is_printed_on_every_page_stays_within_excels_limit(flood: Flood, export: Export, title: str) -> None:
    commands.edit_project(flood.project, title=title, marking=title)
    workbook, _ = export(flood.project)
    for part in (workbook["Claims"].oddHeader, workbook["Claims"].oddFooter):
        printed = str(part)
        assert len(printed.encode("utf-16-le")) // 2 <= 255
        assert "👩🏽…" not in printed
        assert "\n" not in printed


def test_control_characters_and_broken_halves_do_not_break_the_workbook(flood: Flood, export: Export) -> None:
    commands.edit_annotation(flood.project, flood.ids["left"], note="a\x00b\x07c\ufffed\r\ne")
    workbook, _ = export(flood.project)
    assert rows_by_id(workbook["Claims"])["C-0001"]["Note"].value == "abc\N{REPLACEMENT CHARACTER}d\ne"


def test_a_text_longer_than_a_cell_goes_on_on_a_sheet_of_its_own(flood: Flood, export: Export) -> None:
    long = "".join(f"{number:05d} 🌊 " for number in range(5_000))
    commands.edit_annotation(flood.project, flood.ids["left"], note=long)
    workbook, report = export(flood.project)
    note = rows_by_id(workbook["Claims"])["C-0001"]["Note"]
    overflow = workbook["Overflow"]
    assert note.value.endswith(CONTINUES)
    assert note.hyperlink is None  # LibreOffice shows one line of a link, and a click is to read the cell
    assert note.value.removesuffix(CONTINUES) + "".join(values(overflow, "Text")) == long
    assert overflow["A2"].value == "C-0001"
    assert overflow["A2"].hyperlink.location == "'Claims'!A2"
    assert any("C-0001, Note" in warning and "32,767" in warning for warning in report.warnings)
    assert len(report.warnings) == 1
    parts = values(overflow, "Part")
    assert len(parts) > 1
    assert parts == list(range(2, len(parts) + 2))
    shown = " ".join(cell.value for cell in workbook["Summary"]["A"] if cell.value)
    assert all(warning in shown for warning in report.warnings)


def test_a_text_that_just_fits_its_cell_is_not_continued(flood: Flood, export: Export) -> None:
    commands.edit_annotation(flood.project, flood.ids["left"], note="🌊" * (LONGEST // 2) + "a")
    workbook, report = export(flood.project)
    assert "Overflow" not in workbook.sheetnames
    assert not any("32,767" in warning for warning in report.warnings)


def test_a_cell_that_excel_cannot_show_whole_is_named(flood: Flood, export: Export) -> None:
    commands.edit_annotation(flood.project, flood.ids["held"], note="word " * 5_000)
    _, report = export(flood.project)
    assert [warning for warning in report.warnings if "C-0002" in warning and "Note" in warning]


def test_past_excels_number_of_links_ids_are_plain(
    flood: Flood, export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotate.report.sheet_writer.MOST_LINKS", 2)
    workbook, report = export(flood.project)
    linked = [cell for row in workbook["Attributions"].iter_rows() for cell in row if cell.hyperlink]
    assert len(linked) == 2
    assert values(workbook["Attributions"], "Claim") == ["C-0001", "C-0001", "C-0003", "C-0002"]
    assert any(warning.startswith("Attributions:") for warning in report.warnings)


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


def test_an_export_reads_in_another_thread(flood: Flood, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from annotate.report.workbook import export_workbook

    def work() -> Written:
        with flood.project.reading_elsewhere() as reader:
            return export_workbook(reader, tmp_path / "elsewhere.xlsx", analyst="Mara Lind")

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result().rows["Claims"] == 3
