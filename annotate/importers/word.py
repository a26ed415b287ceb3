"""Word documents: the words a reader sees on the page, in the order of the document.

python-docx opens the package; the body is walked here, because its own `paragraph.text` leaves out inserted text,
content controls and text boxes. Kept: tracked insertions, text of links, text boxes, tables, footnotes and endnotes
(after the text). Left out: tracked deletions, field codes, hidden text, comments, headers and footers.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from annotate.errors import ImportRefused
from annotate.importers.archive import kind_of_archive, unpacked
from annotate.importers.assembly import CELL_GAP, Block
from annotate.importers.document import HIDDEN_LEFT_OUT, Document, reading_of
from annotate.importers.format import Format, Reading
from annotate.importers.options import ReadOptions
from annotate.vocabulary import PartRole

if TYPE_CHECKING:
    from docx.document import Document as Package

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_MAIN}}}"
_LEFT_OUT = {f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "tblPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text box once more
}
_MARKS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
# The strict form of the format differs from the usual one in the names of its namespaces only (ISO/IEC 29500-4).
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _MAIN.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)


def recognises(data: bytes, name: str) -> bool:
    kind = kind_of_archive(data)
    return kind == "word" or (kind == "broken" and name.lower().endswith((".docx", ".docm")))


def read(data: bytes, name: str, _options: ReadOptions) -> Reading:
    """One article; raises ImportRefused for bombs, passwords and documents without words."""
    return reading_of(document_of(data, name), name)


def document_of(data: bytes, name: str) -> Document:
    """The document as it stands, also for those who look for several articles in it; raises ImportRefused."""
    package = _opened(data, name)
    body = package.element.body
    if body is None:
        raise ImportRefused(f"{name} is damaged or not a Word document: it has no body. Get the file again.")
    walk = _Walk(_heading_styles(package))
    blocks = tuple(walk.blocks(body))
    notes = tuple(
        Block(" ".join(_text(paragraph).strip() for paragraph in note.iter(f"{_W}p")))
        for note in _notes(package, walk.note_ids)
    )
    properties = package.core_properties
    return Document(
        blocks,
        notes,
        tuple(walk.titles),
        title=properties.title,
        author=properties.author,
        language=properties.language,
        warnings=(HIDDEN_LEFT_OUT,) if walk.hidden else (),
    )


FORMAT = Format("docx", "1", "Word document", (".docx", ".docm"), recognises, read)


def _opened(data: bytes, name: str) -> Package:
    import docx

    parts = unpacked(data, name, "a Word document", "Word")
    if any(_STRICT in part for path, part in parts.items() if path.endswith((".xml", ".rels"))):
        data = _as_transitional(parts)
    return docx.Document(BytesIO(data))


def _as_transitional(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path, part in parts.items():
            if path.endswith((".xml", ".rels")):
                for strict, transitional in _TRANSITIONAL:
                    part = part.replace(strict, transitional)
            archive.writestr(path, part)
    return packed.getvalue()


def _heading_styles(package: Package) -> dict[str, str]:
    """Style ids that stand for a heading, with "title" or "heading"; their names are English in every Word."""
    headings = {}
    for style in package.styles.element.iter(f"{_W}style"):
        style_name = style.find(f"{_W}name")
        value = str(style_name.get(f"{_W}val", "")).lower() if style_name is not None else ""
        if value == "title":
            headings[style.get(f"{_W}styleId")] = "title"
        elif re.fullmatch(r"heading [1-9]|subtitle", value):
            headings[style.get(f"{_W}styleId")] = "heading"
    return headings


class _Walk:
    """One pass over a body; remembers what it met besides the blocks."""

    def __init__(self, heading_styles: dict[str, str]) -> None:
        self._heading_styles = heading_styles
        self.titles: list[str] = []
        self.note_ids: list[tuple[str, str]] = []
        """Kind (footnote or endnote) and id, in the order of the references."""
        self.hidden = False

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Blocks below an element. Nesting is bounded: the XML parser refuses more than 256 levels."""
        follows = False
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT:
                continue
            if child.tag == f"{_W}p":
                listed = child.find(f"{_W}pPr/{_W}numPr") is not None
                yield from self._paragraph(child, follows=follows and listed)
                follows = listed
                continue
            follows = False
            if child.tag == f"{_W}tbl":
                yield from self._table(child)
            else:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any, follows: bool) -> Iterator[Block]:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        heading = self._heading_styles.get(style.get(f"{_W}val")) if style is not None else None
        text = _text(paragraph)
        if heading == "title" and text.strip():
            self.titles.append(" ".join(text.split()))
        yield Block(text, PartRole.HEADLINE if heading else PartRole.BODY, follows)
        for element in paragraph.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"):
            kind = "footnote" if element.tag == f"{_W}footnoteReference" else "endnote"
            self.note_ids.append((kind, element.get(f"{_W}id")))
        self.hidden = self.hidden or any(_is_hidden(run) and "".join(_pieces(run)) for run in paragraph.iter(f"{_W}r"))
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(above.tag in _LEFT_OUT for above in box.iterancestors()):
                yield from self.blocks(box)

    def _table(self, table: Any) -> Iterator[Block]:
        for number, row in enumerate(table.iter(f"{_W}tr")):
            if any(above.tag == f"{_W}tc" for above in _up_to(row, table)):
                continue
            cells = [
                " ".join(" ".join(_text(paragraph).split("\n")).strip() for paragraph in cell.iter(f"{_W}p")).strip()
                for cell in row.iter(f"{_W}tc")
                if not any(above.tag == f"{_W}tc" for above in _up_to(cell, row))
            ]
            yield Block(CELL_GAP.join(cells).rstrip(), follows=number > 0)


def _up_to(element: Any, top: Any) -> Iterator[Any]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above


def _text(paragraph: Any) -> str:
    return "".join(piece for child in paragraph for piece in _visible(child))


def _visible(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or element.tag == f"{_W}txbxContent":
        return
    if element.tag == f"{_W}r" and _is_hidden(element):
        return
    yield from _pieces(element)


def _pieces(element: Any) -> Iterator[str]:
    if element.tag == f"{_W}t":
        yield element.text or ""
    elif element.tag in _MARKS:
        yield _MARKS[element.tag]
    else:
        for child in element:
            yield from _visible(child)


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")


def _notes(package: Package, references: list[tuple[str, str]]) -> Iterator[Any]:
    """Elements of the notes that the text refers to."""
    from docx.oxml import parse_xml

    found = {}
    for relation in package.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            for note in root.iter(f"{_W}{kind[:-1]}"):
                found[kind[:-1], note.get(f"{_W}id")] = note
    return (found[reference] for reference in dict.fromkeys(references) if reference in found)
