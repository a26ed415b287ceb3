"""A workbook such as an analyst makes as a template, with everything in it that openpyxl would lose."""

import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table, TableColumn, TableFormula, TableStyleInfo

from tests.report.lint import check_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TIES = "http://schemas.openxmlformats.org/package/2006/relationships"

TEXT_BOX = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>
<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="How to read this"/><xdr:cNvSpPr txBox="1"/>
</xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/>
</a:prstGeom><a:solidFill><a:srgbClr val="FFF4E0"/></a:solidFill></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>
<a:t>Read me first</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>{below}</xdr:wsDr>"""

BELOW = """<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="900000" cy="200000"/><xdr:sp macro="" textlink=""><xdr:nvSpPr>
<xdr:cNvPr id="3" name="Below"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>
<a:ext cx="900000" cy="200000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody>
<a:bodyPr/><a:p><a:r><a:t>Below the table</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>
</xdr:oneCellAnchor>"""

BUTTON = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t201" coordsize="21600,21600" o:spt="201"
 path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype><v:shape id="Button_x0020_1"
 type="#_x0000_t201" style='position:absolute;width:60pt;height:20pt'><v:textbox><div><font>Tidy<br/></font></div>
</v:textbox><x:ClientData ObjectType="Button"><x:Anchor>6, 0, 0, 0, 7, 40, 1, 5</x:Anchor><x:FmlaMacro>[0]!Tidy
</x:FmlaMacro></x:ClientData></v:shape></xml>"""

HEADER_PICTURE = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="LH" type="#_x0000_t75" style='position:absolute;
 width:20pt;height:20pt'><v:imagedata o:relid="rId1" o:title="logo"/></v:shape></xml>"""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cfc0f01f0005000"
    "1ff56c72f0d0000000049454e44ae426082"
)

SPARKLINE = """<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"
 xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups
 xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup displayEmptyCellsAs="gap">
<x14:colorSeries rgb="FF376092"/><x14:sparklines><x14:sparkline><xm:f>'My claims'!E5:F5</xm:f><xm:sqref>H5</xm:sqref>
</x14:sparkline><x14:sparkline><xm:f>'My claims'!$F$5:$F$5</xm:f><xm:sqref>K1</xm:sqref></x14:sparkline>
</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"""

HEADINGS = ("ID", "Claim", "Published", "CREDIBILITY", "My score", "Twice", "Trend", "Colleague")
"""From column B on: ours (in other letters), the analyst's own, two of which reckon."""


def analyst_template(path: Path, *, below: bool = False, macros: bool = False, rows: int = 1) -> Path:
    """Write the template at `path`: "My claims" with the table Claims from B4 on, "Board" with formulas and a chart."""
    workbook = Workbook()
    board, sheet = workbook.active, workbook.create_sheet("My claims")
    assert board is not None
    board.title = "Board"
    board["A1"] = "=COUNTA(Claims[ID])"
    board["A2"] = f"=SUM('My claims'!$F$5:$F${4 + rows})"
    board["A3"] = "='My claims'!B5"
    board["A4"] = f"=SUM('My claims'!F5:F{4 + rows})+LOG10(100)"
    sheet.merge_cells("I1:J1")
    sheet["I1"] = "Board of the week"
    sheet["L5"] = "Beside"
    sheet["L6"] = f"=COUNTA($B$5:$B${4 + rows})"
    _table(sheet, rows)
    if below:
        sheet.cell(6 + rows, 2, "Below").font = Font(italic=True)
        sheet.cell(7 + rows, 3, f"=F{5 + rows}&B{6 + rows}")
        sheet.merge_cells(start_row=6 + rows, end_row=6 + rows, start_column=2, end_column=4)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=6, min_row=4, max_row=4 + rows), titles_from_data=True)
    board.add_chart(chart, "C3")
    workbook.defined_names["Scores"] = DefinedName("Scores", attr_text=f"'My claims'!$F$5:$F${4 + rows}")
    sheet.print_area = f"A1:L{5 + rows}"
    written = BytesIO()
    workbook.save(written)
    parts = parts_of(written.getvalue())
    _add_what_openpyxl_loses(parts, rows, below=below, macros=macros)
    return write_parts(path, parts)


def opened(path: Path) -> Any:
    """The workbook as openpyxl reads it, which warns of what it would lose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path)


def parts_of(package: bytes | Path) -> dict[str, bytes]:
    """All parts by name, in their order."""
    with zipfile.ZipFile(BytesIO(package) if isinstance(package, bytes) else package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def damaged(path: Path) -> list[str]:
    """What Excel would not take in a workbook; formulas of the analyst's own are allowed."""
    found = check_workbook(path)
    return [
        problem for problem in found if not problem.endswith(("which is none of ours.", "of this kind (formulas)."))
    ]


def replace_in(path: Path, part: str, old: str, new: str) -> Path:
    """Change the one place of a part that reads `old`."""
    parts = parts_of(path)
    assert parts[part].count(old.encode()) == 1, parts[part].decode()
    parts[part] = parts[part].replace(old.encode(), new.encode())
    return write_parts(path, parts)


def _table(sheet: Any, rows: int) -> None:
    side = Side("thin", color="FFD0D0D0")
    for place, heading in enumerate(HEADINGS, 2):
        sheet.cell(4, place, heading).font = Font(bold=True, color="FFFFFFFF")
        sheet.cell(4, place).fill = PatternFill("solid", fgColor="FF7A3B00")
        for row in range(5, 5 + rows):
            cell = sheet.cell(row, place)
            cell.border = Border(bottom=side)
            cell.alignment = Alignment(wrap_text=heading == "Claim", vertical="top")
    for row in range(5, 5 + rows):
        sheet.cell(row, 2, f"C-{row - 4:04d}")
        sheet.cell(row, 6, row).number_format = "0.0"
        sheet.cell(row, 7, f"=F{row}*2")
        sheet.cell(row, 9, f"colleague {row}")
    totals = 5 + rows
    sheet.cell(totals, 2, "Total").font = Font(bold=True)
    sheet.cell(totals, 6, "=SUBTOTAL(109,Claims[My score])")
    table: Any = Table(displayName="Claims", ref=f"B4:I{totals}", totalsRowCount=1)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    table.autoFilter = None
    columns = [TableColumn(id=place, name=heading) for place, heading in enumerate(HEADINGS, 1)]
    columns[0].totalsRowLabel = "Total"
    columns[4].totalsRowFunction = "sum"
    columns[5].calculatedColumnFormula = TableFormula(attr_text="F5*2")
    table.tableColumns = columns
    sheet.tables.add(table)
    sheet["F4"].comment = Comment("By hand", "Mara")
    sheet["I5"].comment = Comment("Ask Ali", "Mara")
    sheet.conditional_formatting.add(
        f"B5:I{4 + rows}", FormulaRule(formula=["$E5>3"], fill=PatternFill("solid", bgColor="FFFDE9D9"))
    )
    numbers = DataValidation(type="whole", operator="between", formula1="0", formula2="10", sqref=f"F5:F{4 + rows}")
    sheet.add_data_validation(numbers)
    sheet["L7"] = ArrayFormula("L7", f"=SUM($F$5:$F${4 + rows}*2)")
    sheet.column_dimensions["C"].width = 40
    sheet.column_dimensions["D"].width = 12


def _add_what_openpyxl_loses(parts: dict[str, bytes], rows: int, *, below: bool, macros: bool) -> None:
    sheet, rels = "xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels"
    xml = parts[sheet].decode()
    xml = xml.replace('<legacyDrawing r:id="anysvml"/>', "").replace("</worksheet>", f"{SPARKLINE}</worksheet>")
    xml = xml.replace("<legacyDrawing", '<drawing r:id="rIdBox"/><legacyDrawing')
    assert '<drawing r:id="rIdBox"/>' in xml, xml[-900:]
    xml = xml.replace("<tableParts", '<legacyDrawingHF r:id="rIdHead"/><tableParts')
    if "xmlns:r=" not in xml.partition("<sheetData")[0]:
        xml = xml.replace("<worksheet ", f'<worksheet xmlns:r="{OFFICE}" ', 1)
    parts[sheet] = xml.encode()
    ties = (
        f'<Relationship Id="rIdBox" Type="{OFFICE}/drawing" Target="../drawings/drawing9.xml"/>'
        f'<Relationship Id="rIdHead" Type="{OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing8.vml"/>'
        f'<Relationship Id="rIdButton" Type="{OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing9.vml"/>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{ties}</Relationships>".encode())
    parts["xl/drawings/drawing9.xml"] = TEXT_BOX.format(below=BELOW.format(row=6 + rows) if below else "").encode()
    parts["xl/drawings/vmlDrawing8.vml"] = HEADER_PICTURE
    parts["xl/drawings/vmlDrawing9.vml"] = BUTTON
    parts["xl/drawings/_rels/vmlDrawing8.vml.rels"] = (
        f'<Relationships xmlns="{TIES}"><Relationship Id="rId1" Type="{OFFICE}/image" Target="../media/logo.png"/>'
        "</Relationships>"
    ).encode()
    parts["xl/media/logo.png"] = PNG
    parts["customXml/item1.xml"] = "<case xmlns='urn:example'>№ 7 🌊</case>".encode()
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="G5" i="2"/></calcChain>'
    )
    types = parts["[Content_Types].xml"].decode()
    more = (
        '<Default Extension="png" ContentType="image/png"/><Default Extension="bin" '
        'ContentType="application/vnd.ms-office.vbaProject"/><Override PartName="/xl/drawings/drawing9.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/><Override '
        'PartName="/xl/calcChain.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
        '<Override PartName="/customXml/item1.xml" ContentType="application/xml"/>'
    )
    if 'Extension="vml"' not in types:
        more += '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    book_ties = f'<Relationship Id="rIdChain" Type="{OFFICE}/calcChain" Target="calcChain.xml"/>'
    if macros:
        types = types.replace(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros \x00\xff" * 50
        book_ties += (
            '<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
            'Target="vbaProject.bin"/>'
        )
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{more}</Types>").encode()
    book_rels = "xl/_rels/workbook.xml.rels"
    parts[book_rels] = parts[book_rels].replace(b"</Relationships>", f"{book_ties}</Relationships>".encode())
