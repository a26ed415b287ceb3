"""Zip archives that unpack to far more than they are, or to somewhere else."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from io import BytesIO

from tests.importers.hostile.samples import open_text_parts, packed, sheet_parts, sheet_row, word_paragraph, word_parts

MEGABYTE = 1024 * 1024


def bomb(parts: Mapping[str, bytes | str], member: str, megabytes: int, stated: int | None = None) -> bytes:
    """The archive with one more member of so many megabytes; `stated` is what it says to unpack to, in bytes."""
    data = packed(parts)
    size = megabytes * MEGABYTE if stated is None else stated
    return _with_member(data, member.encode(), _spaces(megabytes), size, len(parts))


def nested(levels: int) -> bytes:
    """A document whose picture is an archive with an archive in it, and so on."""
    inner = packed({"a.txt": "words"})
    for _ in range(levels):
        inner = packed({f"{number}.zip": inner for number in range(4)})
    return packed({**word_parts(word_paragraph("Words.")), "word/media/image1.zip": inner})


def holding_itself() -> bytes:
    """An archive whose only member has the archive's own beginning, as far as that can go without end."""
    inner = packed({"quine.zip": "words"}, zipfile.ZIP_STORED)
    return packed({"quine.zip": inner + packed({"quine.zip": inner}, zipfile.ZIP_STORED)}, zipfile.ZIP_STORED)


def overlapping(count: int) -> bytes:
    """A directory of many names for the same few bytes, as in bombs that need no nesting."""
    data = bomb(word_parts(word_paragraph("Words.")), "word/media/0.bin", 10)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos = archive.infolist()
        start = archive.start_dir
    last = infos[-1]
    entries = b"".join(_entry(info.filename.encode(), info, info.header_offset) for info in infos)
    entries += b"".join(_entry(b"word/media/%d.bin" % number, last, last.header_offset) for number in range(1, count))
    return data[:start] + entries + _end(len(infos) + count - 1, len(entries), start)


def crowded(count: int) -> bytes:
    """A document with very many members of nothing."""
    data = packed(word_parts(word_paragraph("Words.")))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos, start = archive.infolist(), archive.start_dir
    entries = b"".join(_entry(info.filename.encode(), info, info.header_offset) for info in infos)
    blank = zipfile.ZipInfo("x")
    entries += b"".join(_entry(b"x%d" % number, blank, 0) for number in range(count))
    return data[:start] + entries + _end(min(0xFFFF, count + len(infos)), len(entries), start)


def escaping() -> bytes:
    """A document with members that would be written elsewhere, and a link in place of one."""
    parts = word_parts(word_paragraph("Words of a document."))
    parts |= dict.fromkeys(("../../escaped.txt", "/escaped.txt", "C:\\escaped.txt", "word/../../up.xml"), "x")
    return packed(parts)


def shifted(data: bytes) -> bytes:
    """The archive, with a directory that says that it begins further in than it does, so that members lie before it."""
    end = data.rindex(b"PK\x05\x06") + 16
    (start,) = struct.unpack("<L", data[end : end + 4])
    return data[:end] + struct.pack("<L", start + len(data)) + data[end + 4 :]


def scrambled(parts: Mapping[str, bytes | str], method: int) -> bytes:
    """An archive packed by a method (of zipfile), with the first bytes of each packed member turned into others."""
    data = bytearray(packed(parts, method))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            first = info.header_offset + 30 + len(info.filename.encode())
            last = first + min(24, info.compress_size)
            data[first:last] = bytes(byte ^ 0xA5 for byte in data[first:last])
    return bytes(data)


def broken(data: bytes) -> dict[str, bytes]:
    """An archive, broken in the ways that each make zipfile raise something else."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    methods = {
        "deflated": zipfile.ZIP_DEFLATED,
        "stored": zipfile.ZIP_STORED,
        "bzip2": zipfile.ZIP_BZIP2,
        "lzma": zipfile.ZIP_LZMA,
    }
    return {"shifted": shifted(data), **{name: scrambled(parts, method) for name, method in methods.items()}}


def linked(target: str) -> bytes:
    """A document whose text is a symbolic link to another file."""
    parts = word_parts(word_paragraph("Words."))
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo(name)
            if name == "word/document.xml":
                info.create_system = 3
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
                part = target
            archive.writestr(info, part)
    return data.getvalue()


def word_bomb(megabytes: int, stated: int | None = None) -> bytes:
    return bomb(word_parts(word_paragraph("Words.")), "word/extra.xml", megabytes, stated)


def open_text_bomb(megabytes: int) -> bytes:
    return bomb(open_text_parts("<text:p>Words.</text:p>"), "meta.xml", megabytes)


def sheet_bomb(megabytes: int) -> bytes:
    return bomb(sheet_parts(sheet_row(1, "Title", "Text")), "xl/styles.xml", megabytes)


def open_sheet_bomb(megabytes: int) -> bytes:
    return bomb(open_text_parts("<table:table/>", kind="spreadsheet"), "styles.xml", megabytes)


@cache
def _megabyte() -> bytes:
    """A megabyte of spaces, packed so that any number of them can follow each other."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)


def _spaces(megabytes: int) -> bytes:
    return _megabyte() * megabytes + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def _with_member(data: bytes, name: bytes, content: bytes, size: int, before: int) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        infos, start = archive.infolist(), archive.start_dir
    added = zipfile.ZipInfo(name.decode())
    added.compress_type, added.compress_size, added.file_size = zipfile.ZIP_DEFLATED, len(content), size
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(content), size, len(name), 0) + name + content
    entries = b"".join(_entry(info.filename.encode(), info, info.header_offset) for info in infos)
    entries += _entry(name, added, start)
    return data[:start] + local + entries + _end(before + 1, len(entries), start + len(local))


def _entry(name: bytes, info: zipfile.ZipInfo, offset: int) -> bytes:
    sizes = (info.CRC if hasattr(info, "CRC") else 0, info.compress_size, info.file_size)
    return (
        struct.pack(
            "<4s6H3I5H2I",
            *(b"PK\1\2", 20, 20, 0, info.compress_type, 0, 33, *sizes, len(name), 0, 0, 0, 0, 0, offset),
        )
        + name
    )


def _end(count: int, size: int, start: int) -> bytes:
    return struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, size, start, 0)
