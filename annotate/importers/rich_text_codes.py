"""The characters that RTF writes by name, and the code pages of those it writes by number."""

from __future__ import annotations

import codecs

CHARACTERS = {
    **{"tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c"},
    **{"ltrmark": "\u200e", "rtlmark": "\u200f", "~": "\u00a0", "_": "-", "{": "{", "}": "}", "\\": "\\"},
}
CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_ALIASES = {
    **{"mac_japanese": "cp932", "mac_korean": "cp949", "mac_chinesetrad": "cp950", "mac_chinesesimp": "cp936"},
    **{"mac_ce": "mac_latin2", "mac_rumanian": "mac_romanian", "mac_ukrainian": "mac_cyrillic", "mac_hebrew": "cp1255"},
}


_BY_FONT = {
    **{"ce": "cp1250", "cyr": "cp1251", "greek": "cp1253", "tur": "cp1254", "(hebrew)": "cp1255"},
    **{"(arabic)": "cp1256", "baltic": "cp1257", "(vietnamese)": "cp1258", "(thai)": "cp874"},
}
"""The last word of the names that Windows gives a font for each of its code pages."""


def code_page_of(font: str) -> str | None:
    """The codec that the name of a font speaks of, None where it speaks of none."""
    return _BY_FONT.get(font.strip().lower().rpartition(" ")[2])


_SECOND = ("\\", "{", "}")
_FIRST = {codec: bytes(range(0x81, 0xFF)) for codec in ("gbk", "cp949", "cp950")} | {
    "cp932": bytes((*range(0x81, 0xA0), *range(0xE0, 0xFD)))
}
"""Bytes that begin a character of two bytes, by codec."""


def is_second_byte(symbol: str, before: bytes | bytearray, codec: str) -> bool:
    """Whether an escaped sign is no sign but the second byte of the character that the bytes before it begin."""
    first = _FIRST.get(codec)
    if not first or symbol not in _SECOND:
        return False
    place = len(before)
    while place and before[place - 1] in first:
        place -= 1
    return (len(before) - place) % 2 == 1


def known(code_page: str | None) -> str | None:
    """The codec of a code page, None where there is none."""
    if code_page is None:
        return None
    try:
        return codecs.lookup(_ALIASES.get(code_page, code_page)).name
    except LookupError:
        return None


def is_utf8(data: bytes) -> bool:
    """The format is ASCII; some programs write UTF-8 into it all the same, which nothing in the file says."""
    if data.isascii():
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    step = 1024 * 1024
    try:
        for place in range(0, len(data), step):
            decoder.decode(data[place : place + step], final=place + step >= len(data))
    except UnicodeDecodeError:
        return False
    return True
