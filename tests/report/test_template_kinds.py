"""Templates as other programs save them, with several tables on a sheet, and texts of every kind."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.table import Table as ExcelTable
from python_calamine import CalamineWorkbook

from annotate.canonical import canonical
from annotate.errors import ExportFailed
from annotate.report.tables import Column, ColumnKind, Link, Table
from annotate.report.template import fill_template
from annotate.report.template.references import Area, Move, area_of, translated
from tests.office import converted
from tests.report.analyst_template import MAIN, analyst_template, damaged, opened, parts_of, replace_in, write_parts

COLUMNS = (Column("ID", 9, ColumnKind.ID), Column("Claim", 52))


def claims(*texts: str) -> Table:
    return Table("Claims", "", COLUMNS, [(f"C-{place:04d}", text) for place, text in enumerate(texts, 1)])


def sources(number: int) -> Table:
    columns = (Column("ID", 9, ColumnKind.ID), Column("Claim", 9, ColumnKind.CODE))
    rows = [(f"S-{place:04d}", Link("C-0002", "Claims", 1)) for place in range(1, number + 1)]
    return Table("Sources", "", columns, rows)


@pytest.fixture(autouse=True)
def excel_takes_every_workbook(tmp_path: Path) -> Iterator[None]:
    """As for all workbooks, but formulas of the analyst's own may be in these."""
    yield
    for path in tmp_path.rglob("*.xlsx"):
        assert damaged(path) == []


def cells(path: Path) -> list[list[tuple[Any, ...]]]:
    """Everything that openpyxl sees of every cell."""
    return [
        [
            (cell.coordinate, str(getattr(cell.value, "text", cell.value)), cell.number_format, cell.font.b)
            for row in sheet.iter_rows()
            for cell in row
        ]
        for sheet in opened(path)
    ]


def two_tables(path: Path, *, beside: bool, gap: int = 2) -> Path:
    """Claims at A1 and Sources to its right or below it."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "It's & both"
    row, column = (1, 5) if beside else (3 + gap, 1)
    for name, top, left in (("Claims", 1, 1), ("Sources", row, column)):
        sheet.cell(top, left, "ID")
        sheet.cell(top, left + 1, "Claim")
        last = sheet.cell(top + 1, left + 1).coordinate
        sheet.add_table(ExcelTable(displayName=name, ref=f"{sheet.cell(top, left).coordinate}:{last}"))
    workbook.save(path)
    return path


def test_prefixes_of_another_program_are_kept(tmp_path: Path) -> None:
    plain = analyst_template(tmp_path / "plain.xlsx", below=True, rows=3)
    parts = parts_of(plain)
    for name in ("worksheets/sheet1", "worksheets/sheet2", "workbook", "styles", "tables/table1"):
        xml = re.sub(r"<(/?)(?=[A-Za-z0-9]+[\s>/])", r"<\1x:", parts[f"xl/{name}.xml"].decode())
        parts[f"xl/{name}.xml"] = xml.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()
    prefixed = write_parts(tmp_path / "prefixed.xlsx", parts)
    for template in (plain, prefixed):
        fill_template(template, [claims("a", "=b", "c", "d")], template)
    assert cells(prefixed) == cells(plain)
    assert b"<row" not in parts_of(prefixed)["xl/worksheets/sheet2.xml"]


def test_rows_and_cells_need_not_say_where_they_are(tmp_path: Path) -> None:
    plain = analyst_template(tmp_path / "plain.xlsx", rows=2)
    parts = parts_of(plain)
    rows = parts["xl/worksheets/sheet2.xml"].decode().partition("<sheetData>")
    data, _, tail = rows[2].partition("</sheetData>")
    table = re.search(r'<row r="4">.*?</row><row r="5">.*?</row>', data)
    assert table is not None
    bare = re.sub(r'(<row) r="5"', r"\1", re.sub(r' r="[C-I]\d"', "", table[0]))
    parts["xl/worksheets/sheet2.xml"] = (
        rows[0] + rows[1] + data.replace(table[0], bare) + "</sheetData>" + tail
    ).encode()
    unsaid = write_parts(tmp_path / "unsaid.xlsx", parts)
    for template in (plain, unsaid):
        fill_template(template, [claims("a", "b", "c")], template)
    assert cells(unsaid) == cells(plain)


def test_formulas_that_share_their_text_are_written_out(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=3)
    parts = parts_of(template)
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    sheet = sheet.replace("<f>F5*2</f>", '<f t="shared" ref="G5:G7" si="0">F5*2</f>')
    for row in (6, 7):
        sheet = sheet.replace(f"<f>F{row}*2</f>", '<f t="shared" si="0"/>')
    sheet = sheet.replace("<f>COUNTA($B$5:$B$7)</f>", '<f t="shared" si="0"/>')
    parts["xl/worksheets/sheet2.xml"] = sheet.encode()
    parts["xl/tables/table1.xml"] = re.sub(
        rb"<calculatedColumnFormula>.*?</calculatedColumnFormula>", b"", parts["xl/tables/table1.xml"]
    )
    write_parts(template, parts)
    fill_template(template, [claims(*"abcde")], template)
    filled = opened(template)["My claims"]
    assert [filled[f"G{row}"].value for row in range(5, 10)] == [f"=F{row}*2" for row in range(5, 10)]
    assert filled["L6"].value == "=K6*2"  # one row down and five columns to the right of G5


def test_tables_beside_each_other_grow_each_by_itself(tmp_path: Path) -> None:
    template = two_tables(tmp_path / "both.xlsx", beside=True)
    written = fill_template(template, [claims("a", "b", "c"), sources(5)], template)
    assert written.rows == {"Claims": 3, "Sources": 5}
    sheet = opened(template)["It's & both"]
    assert dict(sheet.tables.items()) == {"Claims": "A1:B4", "Sources": "E1:F6"}
    assert [sheet.cell(row, 1).value for row in range(2, 7)] == ["C-0001", "C-0002", "C-0003", None, None]
    assert sheet["F6"].hyperlink.location == "'It''s & both'!A3"
    fill_template(template, [claims("a", "b"), sources(1)], template)
    sheet = opened(template)["It's & both"]
    assert dict(sheet.tables.items()) == {"Claims": "A1:B3", "Sources": "E1:F2"}
    assert [sheet.cell(row, 5).value for row in range(2, 4)] == ["S-0001", None]


def test_a_table_below_another_moves_down_with_its_links(tmp_path: Path) -> None:
    template = two_tables(tmp_path / "both.xlsx", beside=False)
    fill_template(template, [claims("a", "b", "c"), sources(2)], template)
    sheet = opened(template)["It's & both"]
    assert dict(sheet.tables.items()) == {"Claims": "A1:B4", "Sources": "A7:B9"}
    assert [sheet.cell(row, 1).value for row in range(1, 10)] == [
        *("ID", "C-0001", "C-0002", "C-0003", None, None, "ID", "S-0001", "S-0002")
    ]
    assert sheet["B9"].hyperlink.location == "'It''s & both'!A3"
    fill_template(template, [sources(1), claims("a")], template)
    sheet = opened(template)["It's & both"]
    assert dict(sheet.tables.items()) == {"Claims": "A1:B2", "Sources": "A5:B6"}


def test_a_table_below_that_would_be_torn_is_named(tmp_path: Path) -> None:
    template = two_tables(tmp_path / "both.xlsx", beside=False)
    parts = parts_of(template)
    parts["xl/tables/table2.xml"] = parts["xl/tables/table2.xml"].replace(b"A5:B6", b"B5:C6")
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for row in (5, 6):
        sheet = sheet.replace(f'r="B{row}"', f'r="C{row}"').replace(f'r="A{row}"', f'r="B{row}"')
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    write_parts(template, parts)
    with pytest.raises(ExportFailed, match="the table Sources in row 5 stands in the way"):
        fill_template(template, [claims(*"abcdef"), sources(2)], template)
    fill_template(template, [claims(*"ab"), sources(2)], template)
    assert opened(template)["It's & both"]["C6"].value == "C-0002"


def test_the_same_rows_may_be_shown_twice(tmp_path: Path) -> None:
    template = two_tables(tmp_path / "both.xlsx", beside=True)
    replace = parts_of(template)
    replace["xl/tables/table2.xml"] = replace["xl/tables/table2.xml"].replace(b'"Sources"', b'"Claims_board"')
    write_parts(template, replace)
    fill_template(template, [claims("a", "b")], template)
    sheet = opened(template)["It's & both"]
    assert [[cell.value for cell in row] for row in sheet["A2:F3"]] == [
        ["C-0001", "a", None, None, "C-0001", "a"],
        ["C-0002", "b", None, None, "C-0002", "b"],
    ]


def test_pivot_tables_over_the_table_are_reckoned_anew(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    parts = parts_of(template)
    by_name = '<worksheetSource name="Claims"/>'
    by_place = """<worksheetSource ref="B4:I5" sheet='My claims'/>"""
    for number, source in enumerate((by_name, by_place, '<worksheetSource ref="A1:B2" sheet="Board"/>')):
        parts[f"xl/pivotCache/pivotCacheDefinition{number}.xml"] = (
            f'<pivotCacheDefinition xmlns="{MAIN}" refreshOnLoad="0" recordCount="1"><cacheSource type="worksheet">'
            f"{source}</cacheSource></pivotCacheDefinition>"
        ).encode()
    more = "".join(
        f'<Override PartName="/xl/pivotCache/pivotCacheDefinition{number}.xml" ContentType="application/xml"/>'
        for number in range(3)
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", f"{more}</Types>".encode())
    write_parts(template, parts)
    fill_template(template, [claims(*"abc")], template)
    after = [parts_of(template)[f"xl/pivotCache/pivotCacheDefinition{number}.xml"] for number in range(3)]
    assert [b'refreshOnLoad="1"' in part for part in after] == [True, True, False]
    assert b'ref="B4:I7"' in after[1]
    assert after[2] == parts["xl/pivotCache/pivotCacheDefinition2.xml"]


def test_a_thread_of_answers_goes_with_its_row(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", rows=2)
    parts = parts_of(template)
    parts["xl/threadedComments/threadedComment1.xml"] = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="I5" id="{1}"><text>Why?</text></threadedComment></ThreadedComments>'
    )
    tie = (
        '<Relationship Id="rIdThread" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", tie.encode())
    kind = '<Override PartName="/xl/threadedComments/threadedComment1.xml" ContentType="application/xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind.encode())
    write_parts(template, parts)
    first, second = ("C-0002", "b"), ("C-0001", "a")
    fill_template(template, [Table("Claims", "", COLUMNS, [first, second])], template)
    assert b'ref="I6"' in parts_of(template)["xl/threadedComments/threadedComment1.xml"]
    assert opened(template)["My claims"]["I6"].comment.text == "Ask Ali"


_TEXTS = st.text(st.characters() | st.sampled_from("=+-@_x0041\n\r\t 🇺🇦لا\u0301\u2028\ufeff"), max_size=40)


@settings(max_examples=40)
@given(st.lists(_TEXTS, max_size=4))
def test_any_text_comes_back_as_it_went_in(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        template = two_tables(Path(folder) / "both.xlsx", beside=True)
        for _ in range(2):
            fill_template(template, [claims(*texts)], template)
        expected = [canonical(text).text for text in texts] or [""]
        sheet = opened(template)["It's & both"]
        assert [sheet.cell(row, 2).value or "" for row in range(2, 2 + len(expected))] == [
            text.replace("\r", "\n") for text in expected
        ]
        assert all(sheet.cell(row, 2).data_type in "sn" for row in range(2, 2 + len(expected)))
        read = CalamineWorkbook.from_path(template).get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert [row[1] for row in read[1 : 1 + len(expected)]] == (expected if texts else [])
        assert damaged(template) == []


_PLACES = st.builds(
    lambda column, row, dollars: f"{'$' * dollars[0]}{column}{'$' * dollars[1]}{row}",
    st.sampled_from(["A", "B", "H", "AA", "XFD"]),
    st.integers(1, 60),
    st.tuples(st.booleans(), st.booleans()),
)


@given(_PLACES, st.integers(0, 50), st.integers(0, 5))
def test_a_formula_copied_and_copied_back_is_the_same(place: str, down: int, right: int) -> None:
    formula = f'SUM({place},Claims[[#This Row],[A1]])&"{place}"&LOG10({place})'
    copied = translated(formula, down, right)
    if "#REF!" not in copied:
        assert translated(copied, -down, -right) == formula
    assert f'"{place}"' in copied


@given(st.integers(1, 30), st.integers(1, 30), st.booleans(), _PLACES, _PLACES)
def test_what_stands_above_or_elsewhere_never_changes(old: int, new: int, carries: bool, one: str, two: str) -> None:
    move = Move("S", Area(100, 2, 99 + old, 8), 1, 99 + new, carries, False)
    for formula in (one, f"{one}:{two}", f"S!{one}+SUM(S!{two})", f"Other!{one}", f'"{one}"'):
        assert move.formula(formula, "S") == formula
    assert move.formula("B170", "Other") == "B170"


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_growing_in_two_steps_is_growing_in_one(old: int, between: int, new: int) -> None:
    def move(first: int, then: int) -> Move:
        return Move("S", Area(5, 2, 4 + first, 8), 1, 4 + then, True, False)

    whole = f"B5:H{4 + old} B4:H{5 + old} C{8 + old} B{7 + old}:H{9 + old} J9 A1:Z{5 + old}"
    assert move(between, new).places(move(old, between).places(whole)) == move(old, new).places(whole)
    assert area_of("$B$2:C3") == Area(2, 2, 3, 3)


def test_libreoffice_shows_the_new_numbers(tmp_path: Path) -> None:
    template = analyst_template(tmp_path / "board.xlsx", below=True, rows=3)
    replace_in(
        template, "xl/worksheets/sheet1.xml", "<f>COUNTA(Claims[ID])</f><v></v>", "<f>COUNTA(Claims[ID])</f><v>3</v>"
    )
    fill_template(template, [claims(*"abcdefgh")], template)
    shown = CalamineWorkbook.from_path(converted(template, "ods", tmp_path))
    assert [row[0] for row in shown.get_sheet_by_name("Board").to_python()[:3]] == [8, 18, "C-0001"]
    rows = shown.get_sheet_by_name("My claims").to_python(skip_empty_area=False)
    assert [row[6] for row in rows[4:12]] == [10, 12, 14, 0, 0, 0, 0, 0]
    again = converted(template, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again")  # what it saves is a template too
    assert fill_template(again, [claims("a", "b")], again).warnings
    assert opened(again)["My claims"]["I6"].value == "colleague 6"
