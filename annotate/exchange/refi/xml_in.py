"""XML that came in: parsed with nothing followed and nothing expanded, its elements told by their local names.

Programs write REFI-QDA under several namespaces (urn:QDA-XML:project:1.0, codebook:1:0, codebook:0:4); the names of the
elements are the same in all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from annotate.errors import ImportRefused
from annotate.exchange.refi import attributes as a
from annotate.exchange.refi.identity import guid_in

Element = Any
"""lxml's element."""

_USUAL = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PROLOGUE = 64 * 1024
_LONGEST_NUMBER = 18
"""Digits; what is longer stands for no place in any text."""


def root_of(data: bytes, name: str, wanted: str) -> Element:
    """The root element, whose local name must be `wanted`. Raises ImportRefused for whatever stands in the way."""
    from lxml import etree

    if b"<!DOCTYPE" in data[:_PROLOGUE].replace(b"\0", b""):
        raise _with_doctype(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        where = f" in line {line:,}" if line else ""
        raise ImportRefused(
            f"{name} is damaged: its XML breaks off or is not well-formed{where}. Export it again."
        ) from (error)
    if root.getroottree().docinfo.doctype:
        raise _with_doctype(name)
    if local_name(root) != wanted:
        raise ImportRefused(f"{name} is no REFI-QDA file: it begins with {local_name(root)[:80]}, not {wanted}.")
    return root


def _with_doctype(name: str) -> ImportRefused:
    return ImportRefused(f"{name} declares a document type, which no REFI-QDA file does; it was not read.")


def local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Children by local name."""
    if element is not None:
        yield from element.iterchildren(f"{{*}}{name}")


def child(element: Element | None, name: str) -> Element | None:
    return next(children(element, name), None)


def words_in(element: Element | None, name: str) -> str:
    """The text of a child; empty where there is none."""
    found = child(element, name)
    return "".join(found.itertext()) if found is not None else ""


def guid_of(element: Element, attribute: str = "guid") -> str:
    """A GUID as all references to it are compared: in small letters without braces, or the words as they stand."""
    words: str = element.get(attribute) or ""
    if _USUAL.fullmatch(words):  # nearly all, of hundreds of thousands
        return words
    uid = guid_in(words)
    return str(uid) if uid is not None else words.strip()


def references(element: Element, name: str) -> list[str]:
    """The GUIDs that children such as NoteRef refer to."""
    return [guid_of(one, "targetGUID") for one in children(element, name)]


def number_in(words: str | None) -> int | None:
    """An integer; None for what is none or has more digits than any place needs."""
    if words is None or not re.fullmatch(r"\s*[+-]?[0-9]+\s*", words, re.ASCII) or len(words) > _LONGEST_NUMBER:
        return None
    return int(words)


def moment_in(element: Element, attribute: str) -> datetime | None:
    """A time in UTC; None where there is none or it is no time."""
    words = element.get(attribute)
    if not words:
        return None
    try:
        return a.read_moment(words)
    except (ValueError, OverflowError):
        return None


class Variables:
    """Reads VariableValue elements: our own attributes with their types, others as words by the variable's name."""

    def __init__(self, root: Element) -> None:
        self._own = {str(guid): attribute for guid, attribute in a.BY_GUID.items()}
        declared = children(child(root, "Variables"), "Variable")
        self._names = {guid_of(one): one.get("name") or "variable" for one in declared}
        self.refused: Counter[str] = Counter()
        """Values that are none of those an attribute can have, by the attribute's name."""

    def of(self, element: Element) -> a.Values:
        values = a.Values()
        for one in children(element, "VariableValue"):
            parts = list(one)
            if len(parts) < 2:
                continue
            guid = guid_of(parts[0], "targetGUID")
            words = parts[1].text or ""
            attribute = self._own.get(guid)
            if attribute is None:
                name = self._names.get(guid, "variable")
                values.other[name] = f"{values.other[name]}; {words}" if name in values.other else words
                continue
            try:
                values.own[attribute.key] = attribute.read(words)
            except (ValueError, KeyError, OverflowError):
                self.refused[attribute.name] += 1
        return values
