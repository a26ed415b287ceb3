"""Small PDF documents, written by hand: words at places, in any script, with a font whose letters are all half an em
wide, and whatever a page needs besides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LIGATURES = {"\ufefb": "لا", "\ufef7": "لأ"}
"""Letters that are drawn as one and mean two."""
WIDTH, HEIGHT = 600, 800
"""Of a page, in points."""


@dataclass(frozen=True)
class Said:
    """Words drawn at a place; angle in degrees."""

    x: float
    y: float
    text: str
    size: float = 10
    angle: float = 0
    invisible: bool = False


Drawn = Said | bytes
"""Words, or drawing commands as they stand in a PDF."""

PICTURE = b"q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
"""One that covers the page."""


def column(x: float, top: float, lines: Iterable[str], size: float = 10, leading: float = 12) -> list[Said]:
    """Lines below each other."""
    return [Said(x, top - number * leading, text, size) for number, text in enumerate(lines)]


def pdf(
    *pages: Sequence[Drawn],
    title: str = "",
    author: str = "",
    language: str = "",
    attached: tuple[str, bytes] | None = None,
    fields: Sequence[tuple[float, float, str]] = (),
    rotate: int = 0,
) -> bytes:
    """A document of pages; `fields` are text fields of a form on the first page: left, bottom, and what is in them."""
    letters = {
        letter: code
        for code, letter in enumerate(sorted({c for page in pages for one in page for c in _text(one)}), start=1)
    }
    objects: dict[int, bytes] = {}

    def add(body: bytes) -> int:
        objects[len(objects) + 1] = body
        return len(objects)

    catalog, tree = add(b""), add(b"")
    to_unicode = add(_stream(_character_map(letters)))
    inner = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Plain/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 500/FontDescriptor<</Type/FontDescriptor/FontName/Plain/Flags 4/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80/ItalicAngle 0/FontBBox[0 -200 500 800]>>>>"
    )
    font = add(
        b"<</Type/Font/Subtype/Type0/BaseFont/Plain/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (inner, to_unicode)
    )
    numbers = []
    widgets = [
        add(
            b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f%d)/F 4/Rect[%g %g %g %g]/V<%s>>>"
            % (number, x, y, x + 200, y + 14, _hex(value))
        )
        for number, (x, y, value) in enumerate(fields)
    ]
    for number, page in enumerate(pages):
        content = add(_stream(b"\n".join(_drawn(one, letters) for one in page)))
        annotations = b" ".join(b"%d 0 R" % widget for widget in widgets) if number == 0 else b""
        numbers.append(
            add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %d %d]/Rotate %d/Resources<</Font<</F %d 0 R>>>>"
                b"/Contents %d 0 R/Annots[%s]>>" % (tree, WIDTH, HEIGHT, rotate, font, content, annotations)
            )
        )
    objects[tree] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % one for one in numbers), len(numbers))
    root = b"/Type/Catalog/Pages %d 0 R" % tree
    if language:
        root += b"/Lang(%s)" % language.encode()
    if fields:
        root += b"/AcroForm<</Fields[%s]>>" % b" ".join(b"%d 0 R" % widget for widget in widgets)
    if attached:
        file = add(_stream(attached[1], b"/Type/EmbeddedFile/Params<</Size %d>>" % len(attached[1])))
        name = _hex(attached[0])
        spec = add(b"<</Type/Filespec/F<%s>/UF<%s>/EF<</F %d 0 R>>>>" % (name, name, file))
        root += b"/Names<</EmbeddedFiles<</Names[<%s> %d 0 R]>>>>" % (name, spec)
    objects[catalog] = b"<<%s>>" % root
    info = add(b"<</Title<%s>/Author<%s>/CreationDate(D:20200102030405Z)>>" % (_hex(title), _hex(author)))
    return _written(objects, catalog, info)


def _text(drawn: Drawn) -> str:
    return drawn.text if isinstance(drawn, Said) else ""


def _hex(text: str) -> bytes:
    return (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode() if text else b""


def _stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), more, content)


def _drawn(one: Drawn, letters: dict[str, int]) -> bytes:
    if isinstance(one, bytes):
        return one
    cosine, sine = math.cos(math.radians(one.angle)), math.sin(math.radians(one.angle))
    codes = b"".join(b"%04x" % letters[letter] for letter in one.text)
    place = b"%f %f %f %f %f %f" % (cosine, sine, -sine, cosine, one.x, one.y)
    return b"BT /F %g Tf %d Tr %s Tm <%s> Tj ET" % (one.size, 3 if one.invisible else 0, place, codes)


def _character_map(letters: dict[str, int]) -> bytes:
    pairs = "\n".join(
        f"<{code:04x}> <{LIGATURES.get(letter, letter).encode('utf-16-be').hex()}>" for letter, code in letters.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Plain def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(letters)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def _written(objects: dict[int, bytes], catalog: int, info: int) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in objects.items():
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\n" % (len(objects) + 1, catalog, info)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)
