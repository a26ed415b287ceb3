"""What stood in or on a row of a table goes with that row, and where the row is gone nothing of it is left unsaid."""

import re
from pathlib import Path
from typing import Any

from annotate.report.template import fill_template
from tests.report.analyst_template import MAIN, OFFICE, analyst_template, opened, parts_of, replace_in, write_parts
from tests.report.refilled import (
    SHEET,
    claims,
    excel_takes_every_workbook,  # noqa: F401
    fill,
    rows,
)


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
