"""The Word document that copies and briefs begin with: A4, type, and the marking at the head and foot of every page.

Why it exists: python-docx knows nothing of page numbers, borders and right-to-left words, and both documents need
them alike. There is no template file: everything is set here. What is given as w:pPr or w:rPr below stands in the order
that the schema asks for (ECMA-376 part 1, 17.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from annotate.canonical import canonical
from annotate.report.direction import directed, runs_from_right

if TYPE_CHECKING:
    from docx.document import Document

TEXT_FONT = "Georgia"
FONT = "Calibri"
INK = "1C2430"
LESS = "5F6980"
LINE = "C9CFD8"
TEXT_WIDTH = 9_412
"""Twentieths of a point between the margins."""
ALARM = "B42318"

_LONGEST_PROPERTY = 255
_BODY = "word/document.xml"
_PAGES = ("PAGE", "NUMPAGES")
"""Numbers that Word fills in on every page."""


def new_document(title: str, marking: str, made: str, author: str) -> Document:
    """An empty document on A4; `made` (by whom and when) stands at the foot beside the page number."""
    import docx
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(24), Mm(23)
    section.header_distance = section.footer_distance = Mm(11)
    properties = document.core_properties
    properties.title = _short(title)
    properties.author = properties.last_modified_by = _short(author) or "Provenote"
    properties.comments = properties.keywords = ""
    _set_type(document)
    _head_and_foot(section, marking, made)
    return document


def add_style(document: Document, name: str, paragraph: str, look: str, *, based_on: str = "Normal") -> str:
    """Add a paragraph style, or put it in place of the template's; `paragraph` and `look` are what stands in its
    w:pPr and w:rPr. Returns the id that paragraphs name it by."""
    identity = name.replace(" ", "")
    styles: Any = document.styles.element
    for old in [style for style in styles.style_lst if style.styleId == identity]:
        styles.remove(old)
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    usual = "" if based_on else ' w:default="1"'
    about = f'<w:name w:val="{name.replace("Heading", "heading")}"/>{parent}<w:qFormat/>'
    inner = f"{about}<w:pPr>{paragraph}</w:pPr><w:rPr>{look}</w:rPr>"
    styles.append(_parsed("style", f'w:type="paragraph" w:styleId="{identity}"{usual}', inner))
    return identity


def spacing(before: float = 0, after: float = 0, line: float = 1) -> str:
    """Room around a paragraph in points and between its lines in lines, for w:pPr."""
    twentieths = f'w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return f'<w:spacing {twentieths} w:line="{round(line * 240)}" w:lineRule="auto"/>'


def letters(
    *,
    font: str = "",
    bold: bool = False,
    italic: bool = False,
    verbatim: bool = False,
    colour: str = "",
    size: float = 0,
    underline: str = "",
    ground: str = "",
    raised: bool = False,
) -> str:
    """How letters look, for w:rPr: sizes in points, colours RRGGBB; `underline` is the colour of a thick line,
    `verbatim` keeps the spelling checker away."""
    half = round(size * 2)
    parts = (
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="Arial"/>' if font else "",
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        "<w:noProof/>" if verbatim else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if size else "",
        f'<w:u w:val="thick" w:color="{underline}"/>' if underline else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else "",
        '<w:vertAlign w:val="superscript"/>' if raised else "",
    )
    return "".join(parts)


def runs(text: str, look: str = "") -> str:
    """Text as w:r elements; line ends and tabs are Word's own. `look` is made by `letters`."""
    return "".join(
        f"<w:r><w:rPr>{look}{'<w:rtl/>' if from_right else ''}</w:rPr>{_inner(words)}</w:r>"
        for words, from_right in directed(canonical(text).text)
    )


def paragraph(style: str, inner: str, settings: str = "", *, text: str = "") -> str:
    """A w:p in a style by its id; where `text` runs from right to left, so does it. `settings` come before w:bidi in
    its w:pPr."""
    direction = "<w:bidi/>" if runs_from_right(text) else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{settings}{direction}</w:pPr>{inner}</w:p>'


def table(widths: Sequence[int], rows: Iterable[Sequence[str]], *, heading: bool = True) -> Iterator[str]:
    """A w:tbl with lines between its rows, which no page break cuts. Widths are in twentieths of a point, cells are
    w:p elements; the first row is repeated on every page where it is a `heading`."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    borders = f"<w:top {line}/><w:bottom {line}/><w:insideH {line}/>"
    room = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in (("left", 0), ("right", 160)))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
    for number, row in enumerate(rows):
        repeated = "<w:tblHeader/>" if heading and number == 0 else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>"
        for width, cell in zip(widths, row, strict=True):
            yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        yield "</w:tr>"
    yield "</w:tbl>"


def save_with_body(document: Document, path: Path, body: Iterable[str]) -> None:
    """Save a document whose body is `body`, written piece by piece: it never stands in memory as a whole."""
    empty = BytesIO()
    document.save(empty)
    with ZipFile(empty) as parts, ZipFile(path, "w", ZIP_DEFLATED) as out:
        for part in parts.infolist():
            data = parts.read(part)
            if part.filename != _BODY:
                out.writestr(part.filename, data)
                continue
            before, section, after = data.decode("utf-8").partition("<w:sectPr")
            with out.open(_BODY, "w", force_zip64=True) as stream:
                stream.write(before.encode("utf-8"))
                for piece in body:
                    stream.write(piece.encode("utf-8"))
                stream.write(f"{section}{after}".encode())


def _inner(text: str) -> str:
    """What stands in a run: words, and Word's own line ends and tabs."""
    made = []
    for number, line in enumerate(text.split("\n")):
        made.append("<w:br/>" if number else "")
        for place, words in enumerate(line.split("\t")):
            made.append("<w:tab/>" if place else "")
            made.append(f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else "")
    return "".join(made)


def _short(text: str) -> str:
    return " ".join(canonical(text).text.split())[:_LONGEST_PROPERTY]


def _set_type(document: Document) -> None:
    add_style(document, "Normal", spacing(after=4, line=1.1), letters(font=FONT, colour=INK, size=10.5), based_on="")
    add_style(document, "Title", spacing(after=4), letters(font=FONT, bold=True, size=22))
    for level, size, before in ((1, 15, 16), (2, 12, 12)):
        outline = f'<w:keepNext/><w:keepLines/>{spacing(before, 4)}<w:outlineLvl w:val="{level - 1}"/>'
        add_style(document, f"Heading {level}", outline, letters(font=FONT, bold=True, size=size))
    add_style(document, "Header", spacing(), letters(size=8.5, colour=LESS))
    stops = (("center", TEXT_WIDTH // 2), ("right", TEXT_WIDTH))
    tabs = "".join(f'<w:tab w:val="{side}" w:pos="{place}"/>' for side, place in stops)
    add_style(document, "Footer", f"<w:tabs>{tabs}</w:tabs>{spacing()}", letters(size=8.5, colour=LESS))


def _head_and_foot(section: Any, marking: str, made: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    alarm = letters(bold=True, colour=ALARM, size=9)
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head._p.extend(_parsed("p", "", runs(_short(marking), alarm)))
    number, of = (f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>' for name in _PAGES)
    inner = (runs(f"{_short(made)}\t"), runs(_short(marking), alarm), runs("\t"), number, runs(" / "), of)
    section.footer.paragraphs[0]._p.extend(_parsed("p", "", "".join(inner)))


def _parsed(tag: str, attributes: str, inner: str) -> Any:
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    return parse_xml(f"<w:{tag} {nsdecls('w')} {attributes}>{inner}</w:{tag}>")
