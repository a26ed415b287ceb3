"""A good workbook is broken in every way that Excel would refuse, and each is told."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from annotate import commands
from annotate.report.workbook import export_workbook
from tests.report.flood import Flood
from tests.report.lint import check_workbook

Break = Callable[[str, str, str], list[str]]

CLAIMS = "xl/worksheets/sheet2.xml"
FIRST_TABLE = "xl/tables/table1.xml"


@pytest.fixture
def written(flood: Flood, tmp_path: Path) -> Path:
    return export_workbook(flood.project.read, tmp_path / "good.xlsx", analyst="Mara Lind").path


@pytest.fixture
def broken(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Break:
    """Changes a part of the workbook (a pattern, its first occurrence) and tells what is wrong then."""
    target = tmp_path_factory.mktemp("broken") / "broken.xlsx"

    def changed(part: str, pattern: str, replacement: str) -> list[str]:
        with ZipFile(written) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name).decode()
                if name == part:
                    data, times = re.subn(pattern, replacement, data, count=1, flags=re.DOTALL)
                    assert times == 1, f"{pattern} is not in {part}"
                if data:
                    new.writestr(name, data)
        return check_workbook(target)

    return changed


def test_a_good_workbook_has_nothing_to_tell(written: Path) -> None:
    assert check_workbook(written) == []


@pytest.mark.parametrize(
    ("part", "pattern", "replacement", "told"),
    [
        (CLAIMS, "<t>C-0001</t>", f"<t>{'x' * 32_768}</t>", "Claims: A2 has 32,768 characters"),
        (CLAIMS, "<t>C-0001</t>", f"<t>{'🌊' * 16_384}</t>", "Claims: A2 has 32,768 characters"),
        (CLAIMS, "<t>C-0001</t>", "<t>a_x0007_b</t>", "A2 holds a control character"),
        (CLAIMS, "<t>C-0001</t>", "<t>a\x07b</t>", "no well-formed XML"),
        (CLAIMS, '<row r="2"', '<row r="1048577"', "row 1,048,577 is out of order or past 1,048,576"),
        (CLAIMS, '<row r="3"', '<row r="2"', "row 2 is out of order"),
        (CLAIMS, '<c r="A2"', '<c r="XFE2"', "XFE2 of row 2 is out of order or out of the sheet"),
        (CLAIMS, '<row r="1" ht="[^"]*"', '<row r="1" ht="410"', "row 1 is higher than 409.5 points"),
        (CLAIMS, r'<c r="A2" s="\d+"', '<c r="A2" s="9999"', "A2 has a style that there is not"),
        (CLAIMS, r'<c r="A2"[^>]*>.*?</c>', '<c r="A2"><f>1+1</f><v>2</v></c>', "A2 has the formula 1+1"),
        (CLAIMS, r'<c r="A2"[^>]*>.*?</c>', '<c r="A2" t="e"><v>#REF!</v></c>', "A2 is an error"),
        (CLAIMS, r"<v>45\d+</v>", "<v>12</v>", "is a date before March 1900"),
        (CLAIMS, r'<hyperlink ref="A2"', '<hyperlink ref="B2"', "B2 has two links"),
        (CLAIMS, "'Articles'!A2", "'Nowhere'!A2", "leads to the sheet Nowhere, which is not there"),
        (CLAIMS, "'Articles'!A2", "'Articles'!A0", "A0 is not in the sheet"),
        (CLAIMS, r'r:id="rId\d+"', 'r:id="rId999"', "leads nowhere"),
        (CLAIMS, "<formula1>[^<]*</formula1>", f'<formula1>"{"a," * 140}b"</formula1>', "longer than 255 characters"),
        (CLAIMS, 'error="[^"]*"', f'error="{"e" * 256}"', "the error for"),
        (CLAIMS, r'dxfId="\d+"', 'dxfId="999"', "a look that there is not"),
        (CLAIMS, "<oddHeader>", f"<oddHeader>{'h' * 256}", "printed on every page is longer than 255"),
        (CLAIMS, "(<sheetFormatPr[^>]*/>)(<cols>.*?</cols>)", r"\2\1", "not in the order that Excel takes"),
        (CLAIMS, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>', "overlap"),
        (FIRST_TABLE, 'displayName="Claims"', 'displayName="A1"', "cannot be the name of a table"),
        (FIRST_TABLE, 'displayName="Claims"', 'displayName="Figures"', "Two tables are called figures"),
        (FIRST_TABLE, '<table([^>]*) id="1"', r'<table\1 id="2"', "Two tables have the id 2"),
        (FIRST_TABLE, 'name="Title"', 'name="Article"', "two columns are called article"),
        (FIRST_TABLE, 'name="Title"', 'name="Other"', "the table calls a column Other"),
        (FIRST_TABLE, 'name="Title"', f'name="{"t" * 256}"', "a heading is empty or longer than 255"),
        (FIRST_TABLE, '(ref="A1:[A-Z]+)4"', r'\g<1>1"', "no row below its headings"),
        ("xl/workbook.xml", 'name="Claims"', f'name="{"c" * 32}"', "cannot be the name of a sheet"),
        ("xl/workbook.xml", 'name="Claims"', 'name="figures"', "Two sheets are called figures"),
        ("xl/workbook.xml", '_xlnm.Print_Titles"', 'a b"', "“a b” cannot be a defined name"),
        ("xl/workbook.xml", "'Claims'!", "'Lost'!", "leads to the sheet Lost, which is not there"),
        ("xl/charts/chart1.xml", "'Summary'!", "'Lost'!", "a chart takes its data from the sheet Lost"),
        ("xl/drawings/_rels/drawing1.xml.rels", "chart1.xml", "chart9.xml", "which is not there"),
        ("xl/comments/comment1.xml", "<t>[^<]*</t>", f"<t>{'n' * 32_768}</t>", "the note has 32,768 characters"),
        ("xl/comments/comment1.xml", "<t>[^<]*</t>", "<t></t>", "the note is empty"),
        ("xl/comments/comment1.xml", 'authorId="0"', 'authorId="7"', "the note has no author"),
        (CLAIMS, "<legacyDrawing[^>]*/>", "", "notes, but nothing that draws them"),
        (FIRST_TABLE, ".*", "", "leads to xl/tables/table1.xml, which is not there"),
        (
            "[Content_Types].xml",
            '<Override PartName="/xl/tables/table1.xml"[^>]*/>',
            "",
            "table1.xml has no content type",
        ),
        ("[Content_Types].xml", 'Extension="vml"', 'Extension="other"', "has no content type"),
        ("xl/styles.xml", 'formatCode="[^"]*"', f'formatCode="{"0" * 256}"', "longer than 255 characters"),
    ],
)
def test_what_excel_would_refuse_is_told(broken: Break, part: str, pattern: str, replacement: str, told: str) -> None:
    problems = broken(part, pattern, replacement)
    assert any(told in problem for problem in problems), problems
    assert all(problem.endswith(".") for problem in problems)


def test_only_formulas_that_are_known_are_taken(written: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    import openpyxl

    path = tmp_path_factory.mktemp("formula") / "formula.xlsx"
    workbook = openpyxl.load_workbook(written)
    workbook["Summary"]["H40"] = "=SUM(B5:B6)"
    workbook.save(path)
    assert [one for one in check_workbook(path) if "formula" in one] == [
        "Summary: H40 has the formula SUM(B5:B6), which is none of ours."
    ]
    assert not [one for one in check_workbook(path, {"SUM(B5:B6)"}) if "formula" in one]


def test_more_links_than_excel_takes_are_told(broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.report.lint_sheet.MOST_LINKS", 3)
    assert any("links; Excel takes 3" in problem for problem in broken(CLAIMS, "<sheetData>", "<sheetData>"))


def test_a_part_that_is_there_twice_is_told(written: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    twice = tmp_path_factory.mktemp("twice") / "twice.xlsx"
    shutil.copy(written, twice)
    with ZipFile(twice, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr(CLAIMS, "<worksheet/>")
    assert "The package has the part xl/worksheets/sheet2.xml twice." in check_workbook(twice)


def test_what_is_no_package_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("none") / "none.xlsx"
    path.write_bytes(b"PK and then nothing of the kind")
    assert check_workbook(path) == ["none.xlsx is no zip package, or a damaged one."]


def test_notes_charts_and_tables_of_a_full_workbook_are_all_taken(flood: Flood, tmp_path: Path) -> None:
    for number in range(30):
        commands.add_source(flood.project, f"=Source {number}")
    path = export_workbook(flood.project.read, tmp_path / "full.xlsx", analyst="").path
    assert check_workbook(path) == []
