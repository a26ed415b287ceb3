"""Pages that lie beside a project file after a crash: committed ones in its log, earlier ones in its journal.

Why it exists: see pages.py. What was done last is in the log alone; a journal says how what was half written is taken
back. The formats are those of https://www.sqlite.org/fileformat2.html, sections 3 and 4.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

_LOG_HEADER, _FRAME_HEADER = 32, 24
_LOG_MAGIC = (0x377F0682, 0x377F0683)
"""The last bit: in which order the bytes of words are summed up."""
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def overlay_of_log(file: BinaryIO, size: int) -> dict[int, int]:
    """Where in a write-ahead log the newest committed pages lie, by their numbers; `size` is that of a page."""
    header = file.read(_LOG_HEADER)
    if len(header) < _LOG_HEADER:
        return {}
    magic, _, page_size, _, salt1, salt2, sum1, sum2 = struct.unpack(">8I", header)
    order = ">" if magic & 1 else "<"
    sums = _summed(header[:24], (0, 0), order)
    if magic not in _LOG_MAGIC or page_size != size or sums != (sum1, sum2):
        return {}
    committed: dict[int, int] = {}
    waiting: dict[int, int] = {}
    offset = _LOG_HEADER
    while len(frame := file.read(_FRAME_HEADER + size)) == _FRAME_HEADER + size:
        number, pages, frame_salt1, frame_salt2, sum1, sum2 = struct.unpack(">6I", frame[:_FRAME_HEADER])
        sums = _summed(frame[_FRAME_HEADER:], _summed(frame[:8], sums, order), order)
        if (frame_salt1, frame_salt2) != (salt1, salt2) or sums != (sum1, sum2):
            break
        waiting[number] = offset + _FRAME_HEADER
        if pages:
            committed |= waiting
            waiting.clear()
        offset += _FRAME_HEADER + size
    return committed


def overlay_of_journal(file: BinaryIO, size: int) -> dict[int, int]:
    """Where in a rollback journal the pages lie as they were before the change that was cut off."""
    header = file.read(28)
    if len(header) < 28 or not header.startswith(_JOURNAL_MAGIC):
        return {}
    count, nonce, _, sector, page_size = struct.unpack(">5I", header[8:])
    if page_size != size or not 28 <= sector <= 65536:
        return {}
    found: dict[int, int] = {}
    offset = sector
    file.seek(sector)
    while count and len(record := file.read(size + 8)) == size + 8:
        number, page, [checksum] = (
            int.from_bytes(record[:4], "big"),
            record[4:-4],
            struct.unpack(">I", record[-4:]),
        )
        if checksum != (nonce + sum(page[size - 200 : 0 : -200])) & 0xFFFFFFFF:
            break
        found.setdefault(number, offset + 4)
        offset += size + 8
        count -= 1
    return found


def _summed(data: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = start
    for one, other in struct.iter_unpack(f"{order}2I", data):
        first = first + one + second & 0xFFFFFFFF
        second = second + other + first & 0xFFFFFFFF
    return first, second
