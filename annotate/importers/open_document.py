"""OpenDocument texts (odt, and fodt in one XML file): the words a reader sees, in the order of the document.

The XML is walked here (OpenDocument 1.3, part 3). odfdo, which the tests write documents with, is no reader for what
strangers send: it cannot be kept from expanding a document's own entities, and holds each element in a second object.
Kept: tracked insertions, text of links and fields, text boxes, tables, footnotes and endnotes (after the text). Left
out, as in Word documents: tracked deletions, hidden text, comments, numbers of list items, headers and footers.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from annotate.errors import ImportRefused
from annotate.importers.archive import XML_LIMIT, kind_of_archive, protected, unpacked
from annotate.importers.assembly import Block
from annotate.importers.document import HIDDEN_LEFT_OUT, Document, reading_of
from annotate.importers.format import Format, Reading
from annotate.importers.options import ReadOptions
from annotate.importers.tables import MOST_COLUMNS, in_one_line, table_blocks
from annotate.vocabulary import PartRole

SPACES_LIMIT = 100
"""Spaces that one element may stand for."""

_SPACES = {
    prefix: f"{{urn:oasis:names:tc:opendocument:xmlns:{path}}}"
    for prefix, path in {
        "draw": "drawing:1.0",
        "form": "form:1.0",
        "manifest": "manifest:1.0",
        "meta": "meta:1.0",
        "office": "office:1.0",
        "style": "style:1.0",
        "svg": "svg-compatible:1.0",
        "table": "table:1.0",
        "text": "text:1.0",
    }.items()
} | {"dc": "{http://purl.org/dc/elements/1.1/}"}


def _name(prefixed: str) -> str:
    """text:p as lxml writes it."""
    prefix, local = prefixed.split(":")
    return _SPACES[prefix] + local


_P, _H, _LIST, _TABLE, _NOTE, _SECTION, _HIDDEN = map(
    _name, ("text:p", "text:h", "text:list", "table:table", "text:note", "text:section", "text:hidden-text")
)
_ROW, _CELL, _SPACE, _TAB, _BREAK = map(
    _name, ("table:table-row", "table:table-cell", "text:s", "text:tab", "text:line-break")
)
_COVERED = _name("table:covered-table-cell")
"""Stands where a cell beside or above it spans; it shows nothing."""
_STYLE_NAME, _DISPLAY, _IS_HIDDEN = map(_name, ("text:style-name", "text:display", "text:is-hidden"))
_LEFT_OUT = {
    *map(_name, ("text:tracked-changes", "text:number", "text:ruby-text", "text:script", "office:annotation")),
    *map(_name, ("office:forms", "office:event-listeners", "office:binary-data", "svg:title", "svg:desc")),
    *map(_name, ("draw:object", "table:title", "table:desc", "text:note-citation", "table:covered-table-cell")),
    _name("text:placeholder"),  # what to fill in there
}
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,16}<\?xml\s")
_FLAT = re.compile(rb"<office:document[\s>]")
_PICTURE = re.compile(rb"(<office:binary-data[^<>]*>)[^<]*")
_PARTS = ("content.xml", "meta.xml", "META-INF/manifest.xml", "encrypted-package")
_PROGRAM = "LibreOffice"
_LABEL = "text in OpenDocument format"


def recognises(data: bytes, name: str) -> bool:
    kind = kind_of_archive(data)
    if kind is None:
        return _XML.match(data) is not None and _FLAT.search(data, 0, 4096) is not None
    return kind == "odt" or (kind == "broken" and name.lower().endswith((".odt", ".ott")))


def read(data: bytes, name: str, _options: ReadOptions) -> Reading:
    """One article; raises ImportRefused for bombs, passwords and documents without words."""
    return reading_of(document_of(data, name), name)


def document_of(data: bytes, name: str) -> Document:
    """The document as it stands, also for those who look for several articles in it; raises ImportRefused."""
    content, properties = _opened(data, name)
    body = content.find(f"{_name('office:body')}/{_name('office:text')}")
    if body is None:
        raise ImportRefused(f"{name} is an OpenDocument file without a text; copy and paste its words.")
    walk = _Walk(content)
    walk.take(body)
    stated = {
        tag: properties.findtext(f".//{_name(tag)}") or "" if properties is not None else ""
        for tag in ("dc:title", "meta:initial-creator", "dc:creator", "dc:language")
    }
    return Document(
        tuple(walk.blocks),
        tuple(walk.notes),
        tuple(walk.titles),
        title=stated["dc:title"],
        # Who began it is its author; dc:creator is who saved it last.
        author=stated["meta:initial-creator"] or stated["dc:creator"],
        language=stated["dc:language"],
        warnings=(HIDDEN_LEFT_OUT,) if walk.hidden else (),
    )


FORMAT = Format("odt", "4", _LABEL, (".odt", ".ott", ".fodt"), recognises, read)


def _opened(data: bytes, name: str) -> tuple[Any, Any]:
    """The roots of the content and of the properties, None where a document has none."""
    if kind_of_archive(data) is None:
        xml = _PICTURE.sub(rb"\1", data)
        if len(xml) > XML_LIMIT:
            raise ImportRefused(f"{name} holds {len(xml) / 1024**2:,.0f} MB of XML, which is too much; split it.")
        root = _parsed(xml)
        return root, root.find(_name("office:meta"))
    parts = unpacked(data, name, f"a {_LABEL}", _PROGRAM, _PARTS)
    manifest = parts.get("META-INF/manifest.xml", b"")
    if "encrypted-package" in parts or (
        manifest and next(_parsed(manifest).iter(_name("manifest:encryption-data")), None) is not None
    ):
        raise ImportRefused(protected(name, _PROGRAM))
    if "content.xml" not in parts:
        raise ImportRefused(f"{name} is damaged or not a {_LABEL}: it has no content. Get the file again.")
    return _parsed(parts["content.xml"]), _parsed(parts["meta.xml"]) if "meta.xml" in parts else None


def _parsed(xml: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(xml, parser)


class _Walk:
    """One pass over a text; remembers what it met besides the blocks. The parser bounds the nesting to 256 levels."""

    def __init__(self, content: Any) -> None:
        self._parents: dict[str, str] = {}
        self._hidden_styles: set[str] = set()
        for style in content.iter(_name("style:style")):
            style_name = style.get(_name("style:name"), "")
            self._parents[style_name] = style.get(_name("style:parent-style-name"), "")
            properties = style.find(_name("style:text-properties"))
            if properties is not None and properties.get(_DISPLAY) == "none":
                self._hidden_styles.add(style_name)
        self._hidden_paragraphs = {
            next(mark.iterancestors(_P, _H), None)
            for mark in content.iter(_name("text:hidden-paragraph"))
            if mark.get(_IS_HIDDEN) == "true"
        }
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.titles: list[str] = []
        self.hidden = False
        self._last = ""

    def take(self, parent: Any, *, listed: bool = False) -> None:
        """Add the blocks below an element."""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT or self._is_hidden(child):
                continue
            if child.tag in (_P, _H):
                self._take_paragraph(child, listed)
            elif child.tag == _TABLE:
                self._take_table(child)
            else:
                self.take(child, listed=listed or child.tag == _LIST)

    def _take_paragraph(self, paragraph: Any, listed: bool) -> None:
        line = _Line()
        self._take_words(paragraph, line)
        text = "".join(line.pieces)
        style = self._style(paragraph)
        heading = paragraph.tag == _H or style in ("Title", "Subtitle")
        if style == "Title" and text.strip():
            self.titles.append(text)
        self._add(text, PartRole.HEADLINE if heading else PartRole.BODY, "item" if listed and not heading else "")
        for box in line.boxes:
            self.take(box)

    def _take_table(self, table: Any) -> None:
        rows = (_nearest(row, _CELL, _COVERED) for row in _nearest(table, _ROW))
        self.blocks += table_blocks([list(chain.from_iterable(map(self._cells, row))) for row in rows])
        self._last = ""

    def _cells(self, cell: Any) -> list[list[Block]]:
        """What a cell shows; an empty one may stand for several."""
        inside = [] if cell.tag == _COVERED else self._inside(cell)
        count = cell.get(_name("table:number-columns-repeated"), "1")
        repeated = count.isdecimal() and not any(block.text.strip() for block in inside)
        return [inside] * (min(int(count[-9:]), MOST_COLUMNS) if repeated else 1)

    def _inside(self, element: Any) -> list[Block]:
        """The blocks below an element, apart from those around it; its notes are taken."""
        outside, last = self.blocks, self._last
        inside: list[Block] = []
        self.blocks, self._last = inside, ""
        self.take(element)
        self.blocks, self._last = outside, last
        return inside

    def _take_words(self, element: Any, line: _Line) -> None:
        line.say(element.text)
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT or self._is_hidden(child):
                pass
            elif child.tag == _SPACE:
                count = child.get(_name("text:c"), "1")
                line.put(" " * min(int(count[-9:]) if count.isdecimal() else 1, SPACES_LIMIT))
            elif child.tag == _TAB:
                line.put("\t")
            elif child.tag == _BREAK:
                line.put("\n")
            elif child.tag == _NOTE:
                note = in_one_line(self._inside(child))
                self.notes += [Block(note)] if note else []
            elif child.tag.startswith(_SPACES["draw"]):
                line.boxes.append(child)
            else:
                self._take_words(child, line)
            line.say(child.tail)

    def _is_hidden(self, element: Any) -> bool:
        hidden = (
            element.get(_STYLE_NAME) in self._hidden_styles
            or (element.tag == _SECTION and element.get(_DISPLAY) == "none")
            or (element.tag == _HIDDEN and element.get(_IS_HIDDEN) == "true")
            or element in self._hidden_paragraphs
        )
        self.hidden = self.hidden or (hidden and any(words.strip() for words in element.itertext()))
        return hidden

    def _style(self, paragraph: Any) -> str:
        """Its style; what a person changed by hand has a style of its own that names the one below it."""
        style: str = paragraph.get(_STYLE_NAME, "")
        return self._parents.get(style) or style

    def _add(self, text: str, role: PartRole, kind: str) -> None:
        self.blocks.append(Block(text, role, follows=bool(kind) and kind == self._last))
        self._last = kind


class _Line:
    """The words of a paragraph; white space counts once, however it is spread over elements."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[Any] = []
        """Shapes that stand in the paragraph; their text follows it."""
        self._after_space = True

    def say(self, text: str | None) -> None:
        if text:
            collapsed = _WHITE_SPACE.sub(" ", text)
            if self._after_space:
                collapsed = collapsed.removeprefix(" ")
            self.pieces.append(collapsed)
            self._after_space = collapsed.endswith(" ") if collapsed else self._after_space

    def put(self, characters: str) -> None:
        self.pieces.append(characters)
        self._after_space = False


def _nearest(parent: Any, *tags: str) -> list[Any]:
    """Elements of these names below, without those in another table."""
    found: list[Any] = []
    for child in parent:
        if child.tag in tags:
            found.append(child)
        elif isinstance(child.tag, str) and child.tag not in (_TABLE, _CELL) and child.tag not in _LEFT_OUT:
            found += _nearest(child, *tags)
    return found
