"""Pictures: screenshots, posts, scans of a page. Kept as they are, with their SHA-256; a person types what they say.

Only the header is looked at, so that nothing that decodes pixels runs here: whether the file is whole, and whether it
is small enough to be shown. When and where a picture was taken is not when it was published, and is not read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.importers.draft import Draft
from annotate.importers.format import Format, Reading
from annotate.importers.options import ReadOptions
from annotate.vocabulary import ArticleType

MOST_PIXELS = 120_000_000
"""Width times height of what is shown; four bytes for each are in memory then."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xae\x42\x60\x82"
_JPEG = b"\xff\xd8\xff"
_JPEG_END = b"\xff\xd9"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of JPEG that begin a frame and tell its size."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of JPEG without a length behind them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture's header says: its format as Qt names it, its size in pixels, whether its end is there."""

    format: str
    width: int
    height: int
    is_whole: bool

    @property
    def can_be_shown(self) -> bool:
        return 0 < self.width * self.height <= MOST_PIXELS


def picture_of(data: bytes) -> Picture | None:
    """The picture that these bytes are, or None where they are none or their header is not there whole."""
    for recognised, read in _READERS:
        if recognised(data):
            return read(data)
    return None


def _png(data: bytes) -> Picture | None:
    if data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return Picture("png", width, height, _PNG_END in data[-1024:])


def _jpeg(data: bytes) -> Picture | None:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = int.from_bytes(data[at + 5 : at + 7], "big"), int.from_bytes(data[at + 7 : at + 9], "big")
            return Picture("jpeg", width, height, _JPEG_END in data[at:])
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
    return None


def _gif(data: bytes) -> Picture | None:
    if len(data) < 10:
        return None
    width, height = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
    return Picture("gif", width, height, data.rstrip(b"\0").endswith(b";"))


def _webp(data: bytes) -> Picture | None:
    whole = len(data) >= 8 + int.from_bytes(data[4:8], "little")
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        width, height = (1 + int.from_bytes(data[at : at + 3], "little") for at in (24, 27))
    elif kind == b"VP8L" and len(data) >= 25:
        packed = int.from_bytes(data[21:25], "little")
        width, height = 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    elif kind == b"VP8 " and len(data) >= 30:
        width, height = (int.from_bytes(data[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    else:
        return None
    return Picture("webp", width, height, whole)


_READERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Picture | None]], ...] = (
    (lambda data: data.startswith(_PNG), _png),
    (lambda data: data.startswith(_JPEG), _jpeg),
    (lambda data: data.startswith((b"GIF87a", b"GIF89a")), _gif),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
)


def recognises(data: bytes, _name: str) -> bool:
    return any(recognised(data) for recognised, _ in _READERS)


def read(data: bytes, name: str, _options: ReadOptions) -> Reading:
    """One article without words yet, titled by the file's name. Raises ImportRefused where the header is not whole."""
    picture = picture_of(data)
    if picture is None:
        raise ImportRefused(f"{name} is a picture that is damaged or cut short at its beginning. Get the file again.")
    warnings = []
    if not picture.is_whole:
        warnings.append(f"{name} is cut short: the end of the picture is missing.")
    if not picture.can_be_shown:
        size = f"{picture.width:,} × {picture.height:,} pixels"
        warnings.append(f"{name} has {size}, which is more than can be shown; it is kept, and its words can be typed.")
    title = canonical(PurePath(name).stem).text.strip() or name
    draft = Draft(text="", title=title, title_confirmed=False, type=ArticleType.IMAGE)
    return Reading((draft,), tuple(warnings))


FORMAT = Format("picture", "1", "picture", (".png", ".jpg", ".jpeg", ".webp", ".gif"), recognises, read)
