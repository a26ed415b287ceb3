"""The workbook's list of texts, which cells name by number.

Why it exists: what stood in refilled cells is gone from the sheets, but would stay in the list for whoever unpacks the
file, also what has been deleted in the project since or must not be handed on. Such texts are blanked in their place,
so that the numbers of all others stay; where none was replaced, not one byte of the list changes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import count
from typing import Any

from annotate.report.cells import shown_text
from annotate.report.template.found_tables import Sheet
from annotate.report.template.package import Package, damaged, unsafe
from annotate.report.template.stated_numbers import whole

_TEXT = re.compile(rb"<(?P<p>(?:[\w.-]+:)?)si(?:\s[^<>]*)?(?:/>|>.*?</(?P=p)si>)", re.DOTALL)
_USE = re.compile(rb"""<(?:[\w.-]+:)?c\s[^<>]*\bt=["']s["'][^<>]*>\s*<(?:[\w.-]+:)?v>\s*([0-9]+)""")


def shared_strings(package: Package) -> list[str]:
    """The texts that cells name by number."""
    from lxml import etree

    parts = package.related(package.workbook(), "sharedStrings")
    if not parts:
        return []
    found: list[str] = []
    with package.stream(parts[0]) as part:
        try:
            for _, element in etree.iterparse(
                part,
                events=("end",),
                tag="{*}si",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            ):
                if not found and element.getroottree().docinfo.doctype:
                    raise unsafe(package.name)
                found.append(shown_text(words_of(element)))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise damaged(package.name) from error
    return found


def words_of(element: Any) -> str:
    """The words of a text in one piece or in runs, without what is only there to be pronounced (rPh)."""
    if element is None:
        return ""
    return "".join(text.text or "" for text in element.iterfind(".//{*}t") if not text.getparent().tag.endswith("}rPh"))


def forget_texts(package: Package, sheets: Sequence[Sheet], replaced: Collection[int]) -> None:
    """Blank the texts that only replaced cells had; they are given by number."""
    parts = package.related(package.workbook(), "sharedStrings")
    if not parts or not replaced:
        return
    used = {whole(number) for sheet in sheets for number in _USE.findall(package.read(sheet.part))}
    unused = set(replaced) - used
    if not unused:
        return
    numbers = count()

    def blanked(text: re.Match[bytes]) -> bytes:
        prefix = text["p"]
        return b"<%bsi><%bt/></%bsi>" % (prefix, prefix, prefix) if next(numbers) in unused else text[0]

    package.replace(parts[0], _TEXT.sub(blanked, package.read(parts[0])))
