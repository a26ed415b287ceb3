"""PDFs with circles in them, counts that are not true, streams without end, and pictures too large to be."""

from __future__ import annotations

import zlib

from tests.importers.hostile.samples import document

_PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R"
    b"/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>>>"
)
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_SAID = b"BT /F 12 Tf 50 700 Td (Words of a page that is broken) Tj ET"


def written(objects: dict[int, bytes]) -> bytes:
    """A document of numbered objects, the first of which is its catalogue."""
    data = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(data), max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n" for number in range(size)
    )
    return data + b"xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        start,
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), more, content)


def of(**changed: bytes) -> bytes:
    """A document of one page with some of its objects changed: catalogue, tree, page, font, content, form."""
    parts = {
        "catalogue": b"<</Type/Catalog/Pages 2 0 R>>",
        "tree": b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "page": _PAGE,
        "font": _FONT,
        "content": stream(_SAID),
        "form": stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]"),
    } | changed
    return written(dict(enumerate(parts.values(), start=1)))


def tree_in_a_circle() -> bytes:
    return of(tree=b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R 2 0 R]/Count 9>>")


def deep_tree(levels: int) -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", levels + 2: _PAGE, levels + 3: _FONT}
    for number in range(2, levels + 2):
        objects[number] = b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1)
    return written(objects)


def claimed_pages(count: int) -> bytes:
    return of(tree=b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count)


def same_page(count: int) -> bytes:
    """One page that the tree names very often."""
    return of(tree=b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * count, count))


def form_in_itself() -> bytes:
    resources = b"/Resources<</XObject<</X 6 0 R>>>>"
    return of(
        content=stream(_SAID + b" /X Do"),
        form=stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + resources),
    )


def forms_in_forms(levels: int) -> bytes:
    """Each form draws the next one ten times."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: _PAGE,
        4: _FONT,
        5: stream(_SAID + b" /X Do"),
    }
    for number in range(6, 6 + levels):
        resources = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>/XObject<</X %d 0 R>>>>"
        objects[number] = stream(b"/X Do " * 10 if number < 5 + levels else _SAID, resources % (number + 1))
    return written(objects)


def stream_without_end() -> bytes:
    return of(content=b"<</Length 999999999>>\nstream\n" + _SAID)


def length_in_a_circle() -> bytes:
    return of(content=b"<</Length 5 0 R>>\nstream\n" + _SAID + b"\nendstream")


def packed_stream(megabytes: int, content: bytes = b"q Q ") -> bytes:
    """A page whose drawing unpacks to very much."""
    packed = zlib.compress(content * (megabytes * 1024 * 1024 // len(content)), 1)
    return of(content=stream(packed, b"/Filter/FlateDecode"))


def packed_many_times(times: int) -> bytes:
    """A page's drawing, packed again and again."""
    data = b" " * (8 * 1024 * 1024)
    for _ in range(times):
        data = zlib.compress(data, 9)
    return of(content=stream(data, b"/Filter[%s]" % (b"/FlateDecode" * times)))


def giant_picture() -> bytes:
    picture = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB/BitsPerComponent 8"
    return of(content=stream(_SAID + b" q 600 0 0 800 0 0 cm /X Do Q"), form=stream(b"\0", picture))


def giant_page() -> bytes:
    return of(page=_PAGE.replace(b"[0 0 600 800]", b"[-1e38 -1e38 1e38 1e38]"))


def saved_often(count: int) -> bytes:
    """Tables of objects that each name themselves as the one before."""
    data = document()
    start = data.rindex(b"startxref")
    return (
        data[:start]
        + b"xref\n0 0\ntrailer\n<</Size 1/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, start) * count
    )


def deep_arrays(levels: int) -> bytes:
    return of(font=b"[" * levels + b"]" * levels)


def many_words(count: int) -> bytes:
    words = b"".join(b"BT /F 8 Tf %d %d Td (word) Tj ET\n" % (n % 60 * 10, n % 790) for n in range(count))
    return of(content=stream(words))


def scattered_letters(count: int) -> bytes:
    words = b"".join(b"BT /F 1 Tf %d %d Td (a b) Tj ET\n" % (n * 7919 % 600, n * 104729 % 800) for n in range(count))
    return of(content=stream(words))
