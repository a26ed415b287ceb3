"""Word documents: the words a reader sees on the page, in the order of the document.

python-docx opens the package; the body is walked here, because its own `paragraph.text` leaves out inserted text,
content controls and text boxes. Kept: tracked insertions, text of links, text boxes, tables, footnotes and endnotes
(after the text). Left out: tracked deletions, field codes, hidden text, comments, numbers of list items, headers and
footers.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import compress
from typing import TYPE_CHECKING, Any

from annotate.errors import ImportRefused
from annotate.importers.archive import kind_of_archive, unpacked
from annotate.importers.assembly import Block
from annotate.importers.document import HIDDEN_LEFT_OUT, PROMPTS_LEFT_OUT, Document, reading_of
from annotate.importers.format import Format, Reading
from annotate.importers.options import ReadOptions
from annotate.importers.symbols import symbol
from annotate.importers.tables import MOST_COLUMNS, Cell, in_one_line, table_blocks
from annotate.importers.word_styles import MAIN, PLAIN, Style, W, is_heading_level, is_on, styles_of, value_of
from annotate.vocabulary import PartRole

if TYPE_CHECKING:
    from docx.document import Document as Package

_LEFT_OUT = {
    f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr", "tblPr", "rt")
} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text box once more
}
_MARKS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# The strict form of the format differs from the usual one in the names of its namespaces only (ISO/IEC 29500-4).
_PARAGRAPH, _RUN, _BOX, _FIELD, _SYMBOL = (f"{W}{tag}" for tag in ("p", "r", "txbxContent", "fldChar", "sym"))
_CONTROL = f"{W}sdt"
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES, _VANISH = (f"{W}{tag}" for tag in ("pPr", "rPr", "vanish"))
_REFERENCES = {f"{W}{kind}Reference": kind for kind in ("footnote", "endnote")}
_WORDS = (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
"""Of documents with macros and of templates, which python-docx takes for no document."""
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", MAIN.encode()),
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
    return kind == "word" or (kind == "broken" and name.lower().endswith((".docx", ".docm", ".dotx")))


def read(data: bytes, name: str, _options: ReadOptions) -> Reading:
    """One article; raises ImportRefused for bombs, passwords and documents without words."""
    return reading_of(document_of(data, name), name)


def document_of(data: bytes, name: str) -> Document:
    """The document as it stands, also for those who look for several articles in it; raises ImportRefused."""
    package = _opened(data, name)
    body = package.element.body
    if body is None:
        raise ImportRefused(f"{name} is damaged or not a Word document: it has no body. Get the file again.")
    walk = _Walk(styles_of(package))
    blocks = tuple(walk.blocks(body))
    notes = tuple(Block(in_one_line(tuple(walk.blocks(note)))) for note in _notes(package, walk.note_ids))
    properties = package.core_properties
    return Document(
        blocks,
        notes,
        tuple(walk.titles),
        title=properties.title,
        author=properties.author,
        language=properties.language,
        warnings=tuple(compress((HIDDEN_LEFT_OUT, PROMPTS_LEFT_OUT), (walk.hidden, walk.prompted))),
    )


FORMAT = Format("docx", "5", "Word document", (".docx", ".docm", ".dotx"), recognises, read)


def _opened(data: bytes, name: str) -> Package:
    import docx

    parts = unpacked(data, name, "a Word document", "Word")
    types = parts.get("[Content_Types].xml", b"")
    if any(_STRICT in part for path, part in parts.items() if _is_xml(path)) or any(
        map(types.__contains__, _OTHER_TYPES)
    ):
        data = _as_usual(parts)
    return docx.Document(BytesIO(data))


def _is_xml(path: str) -> bool:
    return path.endswith((".xml", ".rels"))


def _as_usual(parts: dict[str, bytes]) -> bytes:
    """The same document in the form that python-docx opens."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path, part in parts.items():
            if _is_xml(path):
                for strict, transitional in _TRANSITIONAL:
                    part = part.replace(strict, transitional)
            if path == "[Content_Types].xml":
                for other in _OTHER_TYPES:
                    part = part.replace(other, _MAIN_TYPE)
            archive.writestr(path, part)
    return packed.getvalue()


class _Walk:
    """One pass over a body; remembers what it met besides the blocks."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles
        self.titles: list[str] = []
        self.note_ids: list[tuple[str, str]] = []
        """Kind (footnote or endnote) and id, in the order of the references."""
        self.hidden = self.prompted = False
        self._carried: list[str] = []
        """Words of a paragraph whose end was deleted: they stand before those of the next one."""

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Blocks below an element. Nesting is bounded: the XML parser refuses more than 256 levels."""
        follows = False
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT:
                continue
            if child.tag == _PARAGRAPH:
                listed = self._is_listed(child) and not self._is_heading(child)
                yield from self._paragraph(child, follows=follows and listed)
                follows = listed
                continue
            follows = False
            if _is_placeholder(child):
                continue
            if child.tag == f"{W}tbl":
                yield from self._table(child)
            else:
                yield from self.blocks(child)

    def _is_listed(self, paragraph: Any) -> bool:
        properties = paragraph.find(_PARAGRAPH_PROPERTIES)
        if properties is None:
            return False
        number = value_of(properties, "numPr", "numId")
        if number is None:
            return properties.find(f"{W}numPr") is not None or self._style(properties).listed
        return number != "0"

    def _is_heading(self, paragraph: Any) -> bool:
        properties = paragraph.find(_PARAGRAPH_PROPERTIES)
        if properties is None:
            return False
        level = value_of(properties, "outlineLvl")
        return bool(self._style(properties).heading) if level is None else is_heading_level(level)

    def _style(self, properties: Any) -> Style:
        return self._styles.get(value_of(properties, "pStyle") or "", PLAIN)

    def _paragraph(self, paragraph: Any, follows: bool) -> Iterator[Block]:
        properties = paragraph.find(_PARAGRAPH_PROPERTIES)
        style = PLAIN if properties is None else self._style(properties)
        self._carried.append(self.text(paragraph, style))
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            following = paragraph.getnext()
            if following is not None and following.tag == paragraph.tag:
                return
        text = "".join(self._carried)
        self._carried.clear()
        if style.heading == "title" and text.strip():
            self.titles.append(text)
        yield Block(text, PartRole.HEADLINE if self._is_heading(paragraph) else PartRole.BODY, follows)
        for box in paragraph.iter(_BOX):
            if not any(above.tag in _LEFT_OUT or above.tag == box.tag for above in _up_to(box, paragraph)):
                yield from self.blocks(box)

    def _table(self, table: Any) -> Iterator[Block]:
        rows: list[list[Cell]] = []
        for row in table.iter(f"{W}tr"):
            if any(above.tag == f"{W}tc" for above in _up_to(row, table)):
                continue
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            rows.append([()] * _columns(row, "trPr", "gridBefore"))
            for cell in row.iter(f"{W}tc"):
                if any(above.tag == f"{W}tc" for above in _up_to(cell, row)):
                    continue
                covered = max(_columns(cell, "tcPr", "gridSpan"), 1) - 1
                empty = any(map(_is_placeholder, _up_to(cell, table)))
                rows[-1] += [() if empty else tuple(self.blocks(cell)), *[()] * covered]
        yield from table_blocks(rows)

    def text(self, paragraph: Any, style: Style) -> str:
        """The words of a paragraph as they show; text boxes in it are apart."""
        pieces: list[str] = []
        fields: list[bool] = []
        """Of fields that are open, whether their code is being read, which does not show, or else their result."""
        codes = 0
        for element in self._visible(paragraph, style.hidden):
            if element.tag == _FIELD:
                kind = element.get(f"{W}fldCharType")
                if kind == "begin":
                    fields.append(True)
                    codes += 1
                elif fields:
                    codes -= fields.pop()
                    if kind == "separate":
                        fields.append(False)
            elif not codes:
                pieces.append(_shown(element))
        return "".join(pieces)

    def _visible(self, parent: Any, hidden: bool) -> Iterator[Any]:
        """Elements that stand for characters or mark fields; references to notes are remembered."""
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _LEFT_OUT or child.tag == _BOX:
                continue
            if _is_placeholder(child):
                continue
            if child.tag == _RUN and self._is_hidden(child, hidden):
                self.hidden = self.hidden or _has_words(child)
            elif child.tag == _RUN and self._is_prompt(child):
                self.prompted = self.prompted or _has_words(child)
                yield from child.iter(_FIELD)
            elif child.tag in _WORDS or child.tag in _MARKS or child.tag in (_FIELD, _SYMBOL):
                yield child
            elif child.tag in _REFERENCES:
                self.note_ids.append((_REFERENCES[child.tag], child.get(f"{W}id")))
            else:
                yield from self._visible(child, hidden)

    def _is_prompt(self, run: Any) -> bool:
        """Whether a run has the style of what an empty field shows, without a field that says that it is filled in."""
        style = value_of(run, "rPr", "rStyle") or ""
        prompt = style == "PlaceholderText" or self._styles.get(style, PLAIN).prompt
        return prompt and next(run.iterancestors(_CONTROL), None) is None

    def _is_hidden(self, run: Any, by_paragraph: bool) -> bool:
        properties = run.find(_RUN_PROPERTIES)
        if properties is None:
            return by_paragraph
        vanish = properties.find(_VANISH)
        if vanish is not None:
            return is_on(vanish)
        style = self._styles.get(value_of(properties, "rStyle") or "")
        return by_paragraph or (style is not None and style.hidden)


def _shown(element: Any) -> str:
    """The characters that an element stands for."""
    if element.tag == _SYMBOL:
        return symbol(element.get(f"{W}font", ""), element.get(f"{W}char", ""))
    return (element.text or "") if element.tag in _WORDS else _MARKS[element.tag]


def _has_words(run: Any) -> bool:
    return any((words.text or "").strip() for words in run.iter(*_WORDS))


def _is_placeholder(element: Any) -> bool:
    """Whether an element is a field of a form that nobody has filled in: it shows what to do there."""
    if element.tag != _CONTROL:
        return False
    shown = element.find(f"{W}sdtPr/{W}showingPlcHdr")
    return shown is not None and is_on(shown)


def _columns(element: Any, *path: str) -> int:
    """Columns that a cell spans or a row leaves free."""
    count = value_of(element, *path) or ""
    return min(int(count[-9:]), MOST_COLUMNS) if count.isdecimal() else 0


def _up_to(element: Any, top: Any) -> Iterator[Any]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above


def _notes(package: Package, references: list[tuple[str, str]]) -> Iterator[Any]:
    """Elements of the notes that the text refers to."""
    from docx.oxml import parse_xml

    found = {}
    for relation in package.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            for note in root.iter(f"{W}{kind[:-1]}"):
                found[kind[:-1], note.get(f"{W}id")] = note
    return (found[reference] for reference in dict.fromkeys(references) if reference in found)
