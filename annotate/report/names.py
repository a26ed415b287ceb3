"""Names that Excel takes: of sheets, and of tables and other defined names.

Why it exists: a name with a space in a table, or a sheet's longer than 31 characters, makes Excel call the whole file
damaged. The rules are those of ECMA-376 part 1, 18.2.19 and 18.2.5, and of Excel's own dialogs.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from annotate.offsets import previous_grapheme
from annotate.report.cells import utf16_units

LONGEST_SHEET_NAME = 31
LONGEST_NAME = 255

_NOT_IN_SHEET_NAMES = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_NOT_IN_NAMES = re.compile(r"[^\w.]")
_READS_AS_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[RrCc][0-9]*")


def legal_name(name: str, taken: Collection[str] = ()) -> str:
    """The name as a table or range can have it, other than those taken: "Claims_2" for "Claims (2)"."""
    legal = re.sub(r"__+", "_", _NOT_IN_NAMES.sub("_", name)).strip("_") or "Table"
    if re.match(r"[\d.]", legal) or _READS_AS_CELL.fullmatch(legal):
        legal = f"_{legal}"
    used = {one.casefold() for one in taken}
    number, found = 2, _shortened(legal, LONGEST_NAME)
    while found.casefold() in used:
        tail = f"_{number}"
        found = _shortened(legal, LONGEST_NAME - len(tail)) + tail
        number += 1
    return found


def is_legal_name(name: str) -> bool:
    """Whether Excel takes it as the name of a table or range."""
    looks_right = re.fullmatch(r"[^\W\d][\w.]*", name) is not None and not _READS_AS_CELL.fullmatch(name)
    return looks_right and utf16_units(name) <= LONGEST_NAME


def is_legal_sheet_name(name: str) -> bool:
    """Whether Excel takes it as the name of a sheet."""
    edges = name.startswith("'") or name.endswith("'")
    # Excel keeps the name History for itself.
    if not name or edges or name.casefold() == "history" or _NOT_IN_SHEET_NAMES.search(name):
        return False
    return utf16_units(name) <= LONGEST_SHEET_NAME


def _shortened(name: str, longest: int) -> str:
    """The beginning of a name that is no longer than so many UTF-16 units; no grapheme is split."""
    while utf16_units(name) > longest:
        name = name[: previous_grapheme(name, len(name))]
    return name
