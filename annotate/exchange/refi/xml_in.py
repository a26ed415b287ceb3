"""XML that came in: parsed with nothing followed and nothing expanded, its elements told by their local names.

Programs write REFI-QDA under several namespaces (urn:QDA-XML:project:1.0, codebook:1:0, codebook:0:4); the names of the
elements are the same in all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

from annotate.errors import ImportRefused
from annotate.exchange.refi import attributes as a

Element = Any
"""lxml's element."""

_USUAL_LENGTH = 36
"""Of a GUID without braces."""
_PROLOGUE = 64 * 1024
_MOST_PARTS = 40_000_000
"""Elements' beginnings and ends and attributes together; what stays in memory of the largest file."""
_LONGEST_NUMBER = 18
"""Digits; what is longer stands for no place in any text."""


def consumed(
    data: bytes, name: str, wanted: str, take: Mapping[str, Callable[[Element], None]], begin: Callable[[Element], None]
) -> Element:
    """The root element, its large parts given away while they are read, so that no more than one is in memory.

    `begin` gets the root, with its attributes alone, before anything else. `take` has by their local names who gets
    which elements, wherever they stand; each is emptied afterwards. The rest stays in the root. Raises ImportRefused,
    with one sentence that names the file, for whatever stands in the way.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data[:_PROLOGUE].replace(b"\0", b""):
        raise _with_doctype(name)
    if data.count(b"<") + data.count(b"=") > _MOST_PARTS:
        raise ImportRefused(f"{name} has too many elements to be safe. Export it in parts.")
    root: Element | None = None
    try:
        events = etree.iterparse(
            BytesIO(data),
            events=("end",),
            tag=[f"{{*}}{one}" for one in take] or None,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in events:
            if root is None:
                root = _checked(element.getroottree().getroot(), name, wanted)
                begin(root)
            taking = take.get(local_name(element))
            if taking is not None and element is not root:
                taking(element)
                _empty(element)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        where = f" in line {line:,}" if line else ""
        raise ImportRefused(
            f"{name} is damaged: its XML breaks off or is not well-formed{where}. Export it again."
        ) from error
    if root is None:
        root = _checked(events.root, name, wanted)
        begin(root)
    return root


def root_of(data: bytes, name: str, wanted: str) -> Element:
    """The root element with all that is in it. Raises ImportRefused as `consumed` does."""
    return consumed(data, name, wanted, {}, lambda _: None)


def _checked(root: Element, name: str, wanted: str) -> Element:
    if root.getroottree().docinfo.doctype:
        raise _with_doctype(name)
    if local_name(root) != wanted:
        raise ImportRefused(f"{name} is no REFI-QDA file: it begins with {local_name(root)[:80]}, not {wanted}.")
    return root


def _empty(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while (before := element.getprevious()) is not None:
        parent.remove(before)


def _with_doctype(name: str) -> ImportRefused:
    return ImportRefused(f"{name} declares a document type, which no REFI-QDA file does; it was not read.")


def local_name(element: Element) -> str:
    return _without_namespace(element.tag)


@lru_cache(maxsize=1000)
def _without_namespace(tag: str) -> str:
    return str(tag).rpartition("}")[2]


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
    return words.lower() if len(words) == _USUAL_LENGTH else words.strip().strip("{}").lower()


def references(element: Element, name: str) -> list[str]:
    """The GUIDs that children such as NoteRef refer to."""
    return [guid_of(one, "targetGUID") for one in children(element, name)]


def number_in(words: str | None) -> int | None:
    """An integer; None for what is none or has more digits than any place needs."""
    if words is None or not re.fullmatch(r"\s*[+-]?[0-9]+\s*", words, re.ASCII) or len(words) > _LONGEST_NUMBER:
        return None
    return int(words)


@dataclass(slots=True)
class Values:
    """What the VariableValue elements of one element say: our own attributes by key, the words of others by GUID."""

    own: dict[str, Any] = field(default_factory=dict)
    other: dict[str, list[str]] = field(default_factory=dict)


class Variables:
    """Reads VariableValue elements: our own attributes with their types, others as words by the variable's name."""

    def __init__(self) -> None:
        self._own = {str(guid): attribute for guid, attribute in a.BY_GUID.items()}
        self._names: dict[str, str] = {}
        self.refused: Counter[str] = Counter()
        """Values that are none of those an attribute can have, by the attribute's name."""

    def declare(self, element: Element) -> None:
        """A Variable element."""
        self._names.setdefault(guid_of(element), (element.get("name") or "").strip() or "variable")

    def of(self, element: Element) -> Values:
        """All of them that are children of `element`."""
        values = Values()
        for one in children(element, "VariableValue"):
            self.take(one, values)
        return values

    def take(self, element: Element, values: Values) -> None:
        """Put one VariableValue element among the values."""
        if len(element) < 2:
            return
        guid = guid_of(element[0], "targetGUID")
        words = element[1].text or ""
        attribute = self._own.get(guid)
        if attribute is None:
            values.other.setdefault(guid, []).append(words)
            return
        try:
            values.own[attribute.key] = attribute.read(words)
        except (ValueError, KeyError, OverflowError):
            self.refused[attribute.name] += 1

    def named(self, values: Values) -> dict[str, str]:
        """The words of variables that are none of ours, by their names, once all variables are declared."""
        found: dict[str, list[str]] = {}
        for guid, words in values.other.items():
            found.setdefault(self._names.get(guid, "variable"), []).extend(filter(None, words))
        return {name: "; ".join(words) for name, words in found.items() if words}
