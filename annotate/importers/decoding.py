"""Bytes into characters: what the input states comes first, a guess last, and a guess is always told.

Order: the encoding the analyst named; a byte order mark; UTF-16 without one (told by the signs between its words);
strict UTF-8, or with a few stray letters where nothing is declared; what the page itself declares; charset-normalizer.
UTF-8 goes before a page's declaration because saved pages often keep a declaration that was true on the server only,
while text in another encoding hardly ever happens to be valid UTF-8.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from annotate.errors import ImportRefused

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What browsers read under these names (WHATWG Encoding Standard): the wider set that the narrow name stands for.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}

# Names that mails state and Python does not know (WHATWG Encoding Standard).
_OTHER_NAMES = {"iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "x-mac-cyrillic": "mac-cyrillic"}

# Encodings that news texts really come in: left to itself, charset-normalizer also offers near twins of these that
# only mainframes and early Macs used.
_LIKELY = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874", "iso8859_2"),
    *("iso8859_6", "koi8_r", "koi8_u", "cp866", "mac_roman"),
    *("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949"),
]
_CENTRAL_EUROPEAN = {"Polish", "Czech", "Hungarian", "Slovak", "Slovene", "Croatian", "Romanian"}
_NAMES = {"cp932": "Shift_JIS", "cp949": "windows-949", "cp866": "IBM866", "cp874": "windows-874"}

_SCRIPTS = {
    **{"utf-8": "Unicode", "utf-16-le": "Unicode", "utf-16-be": "Unicode", "cp1252": "Western", "mac_roman": "Western"},
    **{"cp1250": "Central European", "iso8859_2": "Central European", "cp1251": "Cyrillic", "koi8_r": "Russian"},
    **{"koi8_u": "Ukrainian", "cp866": "Cyrillic", "cp1253": "Greek", "cp1254": "Turkish", "cp1255": "Hebrew"},
    **{"cp1256": "Arabic", "iso8859_6": "Arabic", "cp1257": "Baltic", "cp874": "Thai", "cp932": "Japanese"},
    **{"euc_jp": "Japanese", "iso2022_jp": "Japanese", "gb18030": "Simplified Chinese", "big5": "Traditional Chinese"},
    **{"cp949": "Korean"},
}

# Python knows these as encodings of text, too; no text is written in them, and the first two take quadratic time.
_NOT_OF_TEXTS = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"}

_BETWEEN_WORDS = {(0, ord(sign)) for sign in "\n .,"} | {(0x30, 1), (0x30, 2), (0xFF, 0x0C)}
"""Code units, high byte first: line end, space, point and comma, and those of Chinese and Japanese."""
_SAMPLE = 1024 * 1024
"""Bytes by which UTF-16 is told; an even number."""
_FEWEST_LETTERS = 20
_STRAY = re.compile(r"[\udc80-\udcff]+")
_ESCAPES_OF_JAPANESE = (b"\x1b$B", b"\x1b$@")

_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as decoded (not canonical yet), the codec used, sentences for the analyst."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    guessed: str = ""
    """The name of the encoding for the analyst, where nothing but the letters tells it."""


def decode(data: bytes, name: str, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Decode a file's bytes; `name` is for messages, `encoding` is the analyst's choice, `declared` the input's own.

    Raises ImportRefused for binary data, for an encoding that is not known or does not fit, for a text that cannot
    be told apart from noise.
    """
    if encoding is not None:
        return _as_chosen(data, name, encoding)
    marked = _by_byte_order_mark(data, name)
    if marked is not None:
        return marked
    if b"\0" in data:
        unmarked = _utf16_without_mark(data)
        if unmarked is None:
            raise ImportRefused(f"{name} is not text; it holds binary data. Import the document it came from instead.")
        return unmarked
    if len(data.translate(None, _CONTROL_BYTES)) < 0.9 * len(data):
        raise ImportRefused(f"{name} is not text; it holds binary data. Import the document it came from instead.")
    if data.isascii() and any(escape in data for escape in _ESCAPES_OF_JAPANESE):
        return _as_declared(data, declared or "iso2022_jp") or Decoded(data.decode("ascii"), "ascii")
    if declared is not None and data.isascii():
        # Only 7-bit encodings such as ISO-2022-JP hide letters in ASCII bytes.
        return _as_declared(data, declared) or Decoded(data.decode("ascii"), "ascii")
    return (
        _as_utf8(data, name)
        or _utf16_without_mark(data)
        or _as_utf8_with_stray_bytes(data, name, declared)
        or (_as_declared(data, declared) if declared is not None else None)
        or _guessed(data, name)
    )


def mark_of(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that the data begins with, and its codec."""
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark) and not (codec == "utf-32-le" and _is_utf16_after_all(data)):
            return mark, codec
    return None


def _is_utf16_after_all(data: bytes) -> bool:
    """The mark of UTF-32 is also that of UTF-16 before a NUL; four bytes above U+10FFFF tell that it is the latter."""
    return len(data) % 4 != 0 or any(data[3::4]) or max(data[2::4], default=0) > 0x10


def _as_chosen(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding).name
        marked = mark_of(data)
        if codec in ("utf-16", "utf-32") and marked is None:
            codec += "-le"
        elif marked is not None and marked[1].startswith(codec):
            codec = marked[1]
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError as error:
        raise ImportRefused(
            f"{name} is not written in {encoding}: the byte at {error.start:,} does not fit. Choose another encoding."
        ) from error
    except LookupError as error:
        raise ImportRefused(
            f'{name} was not read: "{encoding}" is not the name of a text encoding. Use a name such as windows-1256.'
        ) from error


def _by_byte_order_mark(data: bytes, name: str) -> Decoded | None:
    marked = mark_of(data)
    if marked is None:
        return None
    mark, codec = marked
    try:
        # Lone surrogates are let through here: canonical text replaces them and says so.
        return Decoded(data[len(mark) :].decode(codec, "surrogatepass"), codec)
    except UnicodeDecodeError as error:
        if codec == "utf-8":
            return _cut_short(data[len(mark) :], name, error)
        raise ImportRefused(
            f"{name} says that it is {codec[:6].upper()} text but is not, or it was cut short. Get the file again."
        ) from error


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 is told by the signs between its words, whose other byte no text in other encodings has.

    NUL bytes alone do not tell: Chinese has few, and those of 一 (U+4E00) stand on the side of the letters.
    """
    if len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    units = Counter(zip(sample[0::2], sample[1::2], strict=True))
    little = sum(count for (low, high), count in units.items() if (high, low) in _BETWEEN_WORDS)
    big = sum(count for (high, low), count in units.items() if (high, low) in _BETWEEN_WORDS)
    if max(little, big) < len(sample) / 400 or min(little, big) > max(little, big) / 10:
        return None
    codec = "utf-16-le" if little > big else "utf-16-be"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    if any(unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\t\n\v\f\r" for letter in set(text)):
        return None
    return Decoded(text, codec)


def _as_utf8(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _cut_short(data, name, error)


def _cut_short(data: bytes, name: str, error: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 all the same: cut in the middle of its last character, or with halves of characters (CESU-8)."""
    if error.reason == "unexpected end of data" and not data[: error.start].isascii():
        warning = f"{name} ends in the middle of a character; it may have been cut short."
        return Decoded(data[: error.start].decode("utf-8"), "utf-8", (warning,))
    try:
        return Decoded(data.decode("utf-8", "surrogatepass"), "utf-8")
    except UnicodeDecodeError:
        return None


def _as_utf8_with_stray_bytes(data: bytes, name: str, declared: str | None) -> Decoded | None:
    """UTF-8 into which a few letters of windows-1252 were pasted: read as such and told.

    Where the input itself declares its encoding, what does not fit is damage to be shown instead.
    """
    if declared is not None:
        return None
    text = data.decode("utf-8", "surrogateescape")
    stray = sum(map(len, _STRAY.findall(text)))
    if stray == len(text) or sum(not letter.isascii() for letter in text) - stray < max(3, 4 * stray):
        return None
    text = _STRAY.sub(lambda found: found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"), text)
    noun = "byte is" if stray == 1 else "bytes are"
    return Decoded(text, "utf-8", (f"{stray:,} {noun} not UTF-8 like the rest of {name}; read as windows-1252.",))


def _as_declared(data: bytes, declared: str) -> Decoded | None:
    """Read as the input says; a few bytes that do not fit are replaced, as browsers do, and told."""
    try:
        codec = codecs.lookup(_OTHER_NAMES.get(declared.lower(), declared)).name
        if codec.replace("_", "-") in _NOT_OF_TEXTS:
            return None
        codec = _WIDER.get(codec, codec)
        text = data.decode(codec, "replace")
    except LookupError:
        return None
    unreadable = text.count("\N{REPLACEMENT CHARACTER}")
    if unreadable > len(text) / 100:
        return None
    if codec == "cp1252" and _is_no_western_text(text):
        return None
    if not unreadable:
        return Decoded(text, codec)
    noun = "character does" if unreadable == 1 else "characters do"
    return Decoded(
        text, codec, (f"{unreadable:,} {noun} not fit the encoding {declared}; look for \N{REPLACEMENT CHARACTER}.",)
    )


def _is_no_western_text(text: str) -> bool:
    """Words in which most letters have accents: Cyrillic, Arabic or Greek under the label of Latin-1."""
    letters = sum(map(str.isalpha, text))
    accented = sum(letter.isalpha() and not letter.isascii() for letter in text)
    return letters >= _FEWEST_LETTERS and accented > letters / 2


def _guessed(data: bytes, name: str) -> Decoded:
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_isolation=_LIKELY)
    best = matches.best() or from_bytes(data, cp_isolation=["iso8859_5"]).best()
    if best is None:
        raise ImportRefused(
            f"{name} is not text in an encoding that can be recognised. Import it again and choose its encoding."
        )
    codec = best.encoding
    if codec == "cp1250" and best.language not in _CENTRAL_EUROPEAN:
        # The two share most letters; where nothing tells them apart, the western one is far more common.
        western = [match for match in matches if "cp1252" in match.could_be_from_charset]
        if western and (western[0].chaos, western[0].coherence) == (best.chaos, best.coherence):
            codec = "cp1252"
    text = data.decode(codec, "replace")
    name_ = name_of(codec)
    return Decoded(text, codec, (f"The encoding was guessed as {name_}; look whether the letters are right.",), name_)


def encodings_for(sample: bytes) -> list[str]:
    """Encodings that the beginning of a file can be written in, the likely ones first, for an analyst to choose from.

    Multi-byte characters that the sample cuts in two do not count against an encoding.
    """
    fitting = []
    for codec in ("utf-8", *_LIKELY, "utf-16-le", "utf-16-be"):
        try:
            codecs.getincrementaldecoder(codec)().decode(sample)
        except UnicodeError:
            continue
        fitting.append(codec)
    return fitting


def script_of(codec: str) -> str:
    """Whose letters an encoding writes: "Arabic", "Central European"."""
    return _SCRIPTS.get(codec, "")


def name_of(codec: str) -> str:
    """The name that people know an encoding by."""
    windows = re.fullmatch(r"cp(125\d)", codec)
    if windows:
        return f"windows-{windows[1]}"
    return _NAMES.get(codec, codec.replace("iso8859_", "ISO-8859-").replace("_", "-").upper())
