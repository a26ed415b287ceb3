"""Templates that are broken, unsafe or of another format end in one plain sentence."""

import zipfile
from pathlib import Path

import pytest

from annotate.errors import AnnotateError, ExportFailed
from annotate.report.tables import Column, ColumnKind, Table
from annotate.report.template import fill_template
from tests.importers.hostile.archives import broken
from tests.report.analyst_template import analyst_template, damaged, parts_of, replace_in, write_parts

CLAIMS = Table("Claims", "", (Column("ID", 9, ColumnKind.ID), Column("Claim", 50)), [("C-0001", "no 🇺🇦")])


@pytest.fixture(autouse=True)
def excel_takes_every_workbook() -> None:
    """Not asked of these."""


def refusal(template: Path, match: str) -> None:
    target = template.with_name("out.xlsx")
    with pytest.raises(ExportFailed, match=match) as refused:
        fill_template(template, [CLAIMS], target)
    sentence = str(refused.value)
    assert template.name in sentence
    assert "\n" not in sentence
    assert not target.exists()
    assert not list(template.parent.glob("*.part"))


def test_every_broken_or_hostile_workbook_ends_in_a_sentence(shared: Path, tmp_path: Path) -> None:
    folder = shared / "hostile" / "xlsx"
    found = sorted(folder.glob("*.xlsx"))
    assert found
    for template in found:
        with pytest.raises(AnnotateError) as refused:
            fill_template(template, [CLAIMS], tmp_path / "out.xlsx")
        assert template.name in str(refused.value), template.name
        assert "\n" not in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    refusal(tmp_path / "gone.xlsx", "is not there")


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    refusal(tmp_path / "folder.xlsx", "cannot be read")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"just text", "naïve 🌊".encode("utf-16")])
def test_what_is_no_package_is_told(tmp_path: Path, data: bytes) -> None:
    template = tmp_path / "board.xlsx"
    template.write_bytes(data)
    refusal(template, "damaged or no Excel workbook")


def test_a_workbook_cut_short_anywhere_is_told(tmp_path: Path) -> None:
    whole = analyst_template(tmp_path / "whole.xlsx").read_bytes()
    template = tmp_path / "board.xlsx"
    for length in range(0, len(whole), len(whole) // 20):
        template.write_bytes(whole[:length])
        refusal(template, "damaged or no Excel workbook")


@pytest.mark.parametrize("how", ["shifted", "deflated", "stored", "bzip2", "lzma"])
def test_a_broken_archive_is_told_whatever_it_makes_the_reading_of_it_raise(tmp_path: Path, how: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    template.write_bytes(broken(template.read_bytes())[how])
    refusal(template, "damaged or no Excel workbook|cannot be read")


def test_a_workbook_with_a_flipped_byte_is_told_or_whole(tmp_path: Path) -> None:
    whole = bytearray(analyst_template(tmp_path / "whole.xlsx").read_bytes())
    template, target = tmp_path / "board.xlsx", tmp_path / "out.xlsx"
    for place in range(0, len(whole), 97):
        changed = whole.copy()
        changed[place] ^= 0x55
        template.write_bytes(changed)
        try:
            fill_template(template, [CLAIMS], target)
        except ExportFailed:
            continue
        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None


def test_the_old_format_and_passwords_are_told(tmp_path: Path) -> None:
    template = tmp_path / "board.xlsx"
    template.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    refusal(template, "protected with a password or saved in the format of Excel 97–2003")


def test_a_document_of_another_program_is_told(tmp_path: Path) -> None:
    template = write_parts(tmp_path / "board.xlsx", {"mimetype": b"application/epub+zip", "a.xml": b"<a/>"})
    refusal(template, "is no Excel workbook")


def test_a_binary_workbook_is_told(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    old = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    replace_in(template, "[Content_Types].xml", old, "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
    refusal(template, "is no Excel workbook")


def test_strict_open_xml_is_told(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    old = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    replace_in(template, "_rels/.rels", old, strict)
    refusal(template, "Strict Open XML")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/tables/table1.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_entities_are_refused(tmp_path: Path, part: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    parts = parts_of(template)
    start = parts[part].decode().partition("?>")
    body = start[2] if start[1] else start[0]
    parts[part] = f'<!DOCTYPE x [<!ENTITY a "b">]>{body}'.encode()
    write_parts(template, parts)
    refusal(template, "is not safe to read")
    parts[part] = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]>{body}'.encode("utf-16")
    write_parts(template, parts)
    refusal(template, "is not safe to read")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/tables/table1.xml", "xl/workbook.xml"])
def test_broken_xml_is_told(tmp_path: Path, part: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    parts = parts_of(template)
    parts[part] = parts[part][:-20]
    write_parts(template, parts)
    refusal(template, "damaged or no Excel workbook")


@pytest.mark.parametrize("place", ["A" * 5000 + "5", "XFE5", "ZZZ5", "l5", "5", "Ω5"])
def test_a_cell_in_a_column_that_no_sheet_has_is_told(tmp_path: Path, place: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    replace_in(template, "xl/worksheets/sheet2.xml", 'r="L5"', f'r="{place}"')
    refusal(template, "damaged or no Excel workbook")


@pytest.mark.parametrize("number", ["1048577", "0", "-6", "9" * 4000, "9" * 5000, "six"])
def test_a_row_that_no_sheet_has_is_told(tmp_path: Path, number: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    replace_in(template, "xl/worksheets/sheet2.xml", '<row r="6"', f'<row r="{number}"')
    refusal(template, "damaged or no Excel workbook")


def test_more_cells_than_a_row_has_are_told(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    replace_in(template, "xl/worksheets/sheet2.xml", '<c r="L5"', '<c r="XFD5"/><c /><c r="L5"')
    refusal(template, "damaged or no Excel workbook")


@pytest.mark.parametrize("place", ["B4:I1048577", "B4:XFE6", "B0:I6", "", "B4:I99999999999"])
def test_a_table_where_no_sheet_has_cells_is_told(tmp_path: Path, place: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    replace_in(template, "xl/tables/table1.xml", 'ref="B4:I6"', f'ref="{place}"')
    refusal(template, "damaged or no Excel workbook")


def test_the_last_cell_of_a_sheet_is_kept(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    last = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    replace_in(template, "xl/worksheets/sheet2.xml", "</sheetData>", last)
    fill_template(template, [CLAIMS], tmp_path / "out.xlsx")
    assert b'<c r="XFD1048576"><v>7</v></c>' in parts_of(tmp_path / "out.xlsx")["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize("odd", ["x", "9" * 5000, "1e309", ""])
@pytest.mark.parametrize(
    ("part", "before", "stands"),
    [
        ("xl/drawings/drawing9.xml", "<xdr:from><xdr:col>", "1"),
        ("xl/drawings/vmlDrawing9.vml", "<x:Anchor>", "6"),
        ("xl/worksheets/sheet2.xml", '<c r="B5" s="', "2"),
        ("xl/worksheets/sheet2.xml", 'customWidth="1" min="', "3"),
        ("xl/worksheets/sheet2.xml", '<col width="', "40"),
        ("xl/styles.xml", '<numFmt numFmtId="', "164"),
    ],
)
def test_what_is_no_number_where_one_belongs_is_told(
    tmp_path: Path, part: str, before: str, stands: str, odd: str
) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    replace_in(template, part, before + stands, before + odd)
    refusal(template, "damaged or no Excel workbook")


@pytest.mark.parametrize(
    "odd", ["'" * 300_001, "[x" * 150_000, "['" * 150_000, "[[x]" * 80_000], ids=lambda odd: odd[:4]
)
def test_a_formula_of_endless_quotes_and_brackets_is_left_as_it_is(tmp_path: Path, odd: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    replace_in(template, "xl/worksheets/sheet1.xml", "<f>'My claims'!B5</f>", f"<f>{odd}</f>")
    many = Table(CLAIMS.name, "", CLAIMS.columns, [(f"C-{number:04d}", "yes") for number in range(9)])
    fill_template(template, [many], tmp_path / "out.xlsx")
    sheet = parts_of(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"].decode()
    assert f"<f>{odd}</f>" in sheet
    assert "SUM('My claims'!$F$5:$F$13)" in sheet


@pytest.mark.parametrize("place", ["A1:ZZZ9", "nowhere", "A0"])
def test_an_extent_that_is_no_place_does_not_matter(tmp_path: Path, place: str) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    sheet = "xl/worksheets/sheet2.xml"
    extent = parts_of(template)[sheet].decode().partition('<dimension ref="')[2].partition('"')[0]
    replace_in(template, sheet, f'<dimension ref="{extent}"', f'<dimension ref="{place}"')
    fill_template(template, [CLAIMS], tmp_path / "out.xlsx")
    assert not damaged(tmp_path / "out.xlsx")


def test_parts_that_are_there_twice_are_told(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(template, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<other/>")
    refusal(template, "parts of it are there twice")


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    parts = parts_of(template)
    parts["xl/media/large.bin"] = bytes(60 * 1024**2)
    write_parts(template, parts)
    refusal(template, "too much to be safe")


def test_names_of_parts_lead_nowhere_outside_the_package(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    template = analyst_template(tmp_path / "in" / "board.xlsx")
    parts = parts_of(template)
    parts["../../outside.txt"] = b"no"
    parts["/absolute.txt"] = b"no"
    write_parts(template, parts)
    fill_template(template, [CLAIMS], template)
    assert [file.name for file in tmp_path.iterdir()] == ["in"]
    assert [file.name for file in template.parent.iterdir()] == ["board.xlsx"]
