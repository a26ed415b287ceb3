"""Comments on cells of a refilled table: they go with the row they were written on, and go where it is gone.

A comment is kept in up to three parts: its words, the box it is shown in (VML, which older and newer versions of Excel
both want), and its thread of answers. What another program has put into a VML part is not always XML, so it is edited
as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotate.report.sheet_writer import NOTES_BY
from annotate.report.template.found_tables import FoundTable
from annotate.report.template.package import Package
from annotate.report.template.references import Move, area_of, letters
from annotate.report.template.stated_numbers import whole

_SHAPE = re.compile(rb"<(?P<p>[\w.-]+):shape\s.*?</(?P=p):shape>\s*", re.DOTALL)
_NUMBER = r"(<[\w.-]+:%s>)\s*(\d+)\s*(</[\w.-]+:%s>)"
_ROW = re.compile((_NUMBER % ("Row", "Row")).encode())
_COLUMN = re.compile((_NUMBER % ("Column", "Column")).encode())
_ANCHOR = re.compile(rb"(<[\w.-]+:Anchor>)([^<]*)(</[\w.-]+:Anchor>)")


def carry_comments(package: Package, found: FoundTable, move: Move, kept: Mapping[int, int]) -> int:
    """Move comments with their rows; `kept` says for old rows of the table that are still there which row they are
    from now on. Gives the number of comments whose row is gone."""
    places: dict[tuple[int, int], int | None] = {}
    gone = set()
    for kind in ("comments", "threadedComment"):
        for part in package.related(found.sheet.part, kind):
            root = package.root(part)
            changed = False
            ours = _numbers_of_ours(root)
            for comment in list(root.iter("{*}comment", "{*}threadedComment")):
                try:
                    area = area_of(comment.get("ref", ""))
                except ValueError:
                    continue
                old = (area.top, area.left)
                new = kept.get(area.top) if found.area.has(*old) else move.row(*old)
                by_us = found.area.has(*old) and comment.get("authorId") in ours
                places[old] = new = None if by_us else new
                if new is None:
                    comment.getparent().remove(comment)
                    changed = True
                    if not by_us:
                        gone.add(old)
                elif new != area.top:
                    comment.set("ref", f"{letters(area.left)}{new}")
                    changed = True
            if changed:
                package.replace_root(part, root)
    if any(new != old[0] for old, new in places.items()):
        for part in package.related(found.sheet.part, "vmlDrawing"):
            with package.stream(part) as stream:
                data = stream.read()
            package.replace(part, _SHAPE.sub(lambda shape: _carried(shape[0], places), data))
    return len(gone)


def _numbers_of_ours(root: Any) -> set[str]:
    """By which comments name us as their author: such a note is about a value that is replaced."""
    authors = root.findall("{*}authors/{*}author")
    return {str(number) for number, author in enumerate(authors) if author.text == NOTES_BY}


def _carried(shape: bytes, places: Mapping[tuple[int, int], int | None]) -> bytes:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if b'ObjectType="Note"' not in shape or row is None or column is None:
        return shape
    old = (whole(row[2]) + 1, whole(column[2]) + 1)
    new = places.get(old, old[0])
    if new is None:
        return b""
    by = new - old[0]
    shape = _ROW.sub(lambda one: one[1] + str(whole(one[2]) + by).encode() + one[3], shape)
    return _ANCHOR.sub(lambda one: one[1] + _anchor(one[2], by) + one[3], shape)


def _anchor(numbers: bytes, by: int) -> bytes:
    """Left column and offset, top row and offset, right column and offset, bottom row and offset."""
    parts = [whole(number) for number in numbers.split(b",")]
    if len(parts) != 8:
        return numbers
    parts[2], parts[6] = max(0, parts[2] + by), max(0, parts[6] + by)
    return ", ".join(map(str, parts)).encode()
