"""Excel takes the workbook whatever is written in it: text stays text, and what is too much goes on and is told."""

from pathlib import Path

import pytest

from annotate import commands
from annotate.report.cells import CONTINUES, LONGEST
from annotate.report.evidence import gather
from annotate.report.workbook import write_workbook
from annotate.vocabulary import Kind
from tests.report.exported import Export, every_cell, rows_by_id
from tests.report.flood import Flood, values

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


@pytest.mark.parametrize("title", ["&" * 300, "👩🏽‍🚒" * 100, "a\nb &P " * 60])
def test_what_is_printed_on_every_page_stays_within_excels_limit(flood: Flood, export: Export, title: str) -> None:
    commands.edit_project(flood.project, title=title, marking=title)
    workbook, _ = export(flood.project)
    for part in (workbook["Claims"].oddHeader, workbook["Claims"].oddFooter):
        printed = str(part)
        assert len(printed.encode("utf-16-le")) // 2 <= 255
        assert "👩🏽…" not in printed
        assert "\n" not in printed
