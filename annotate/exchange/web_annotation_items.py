"""Annotations in JSON as tools for the web write them, brought into one shape.

Why it exists: the model (https://www.w3.org/TR/annotation-model/) leaves nearly every value open to be a string, an
object or a list of either, collections nest pages that nest annotations, and exports of Hypothesis have names of their
own. Nothing is judged here: what an annotation says is collected, and counted what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from annotate.exchange.moments import moment_of
from annotate.exchange.quotes import Quote
from annotate.importers.visible_text import visible_blocks

_CHARACTERS = re.compile(r"char=(\d{1,12}),(\d{1,12})")
"""RFC 5147, places in plain text."""
_ACCOUNT = re.compile(r"acct:(.+)@[^@]+\Z")
_LARGEST = 2**53
"""Whole numbers beyond it mean nothing in JSON (RFC 8259, 6), and no text is that long."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about: the address of a text, the quotes in it, and the text where the file has it."""

    source: str
    quotes: tuple[Quote, ...] = ()
    unread: int = 0
    """Selectors of other kinds (pictures, elements of a page) where no quote stands beside them."""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """Words that an annotation says: a tag, the kind of thing it marks, or a comment."""

    purpose: str
    value: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation. `own` is the record that this program kept in it."""

    id: str
    targets: tuple[Target, ...]
    bodies: tuple[Body, ...]
    creator: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    title: str = ""
    """Of the page it is on."""
    answers: str = ""
    """The id of the annotation that this one is an answer to."""
    own: Any = None


@dataclass(slots=True)
class Listing:
    """The annotations of a file, in their order; `elsewhere` counts pages that lie at other addresses."""

    items: list[Item] = field(default_factory=list)
    elsewhere: int = 0
    strange: int = 0
    """Values that are no annotations."""


def listing_of(value: Any, own_record: str) -> Listing:
    """Everything in a file that is an annotation; `own_record` names what this program keeps in each."""
    listing = Listing()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif not isinstance(one, dict):
            listing.strange += 1
        elif "target" in one:
            listing.items.append(_item(one, own_record))
        else:
            inside = [one[name] for name in ("items", "first", "next", "@graph", "annotations", "rows") if name in one]
            listing.elsewhere += sum(isinstance(page, str) for page in inside)
            inside = [page for page in inside if isinstance(page, list | dict)]
            waiting.extend(reversed(inside))
            if not inside and not _is_list(one):
                listing.strange += 1
    return listing


def _is_list(one: dict[str, Any]) -> bool:
    return any(name.endswith(("Page", "Collection")) for name in _types(one))


def _item(one: dict[str, Any], own_record: str) -> Item:
    answers = [text for text in _flat(one.get("references")) if isinstance(text, str)]
    document = one.get("document")
    uri = _text(one.get("uri"))
    return Item(
        id=_text(one.get("id")) or _text(one.get("@id")),
        targets=tuple(_target(target, uri) for target in _flat(one.get("target"))),
        bodies=tuple(_bodies(one)),
        creator=_creator(one),
        created=moment_of(one.get("created")),
        modified=moment_of(one.get("modified")) or moment_of(one.get("updated")),
        title=next((text for text in _texts(document.get("title")) if text), "") if isinstance(document, dict) else "",
        answers=answers[-1] if answers else "",
        own=one.get(own_record),
    )


def _target(target: Any, uri: str) -> Target:
    if isinstance(target, str):
        return Target(target)
    if not isinstance(target, dict):
        return Target(uri, unread=1)
    source = next(iter(_flat(target.get("source", target.get("oa:hasSource")))), None)
    text = None
    if isinstance(source, dict):
        text = next((source[name] for name in ("value", "chars") if isinstance(source.get(name), str)), None)
        source = source.get("id") or source.get("@id")
    address = _text(source) or ("" if "source" in target else _text(target.get("id"))) or uri
    quotes, unread = _quotes(target.get("selector"))
    return Target(address, tuple(quotes), unread, text)


def _quotes(selector: Any) -> tuple[list[Quote], int]:
    """Selectors of one target say the same stretch in several ways; what is not read is counted."""
    exact: str | None = None
    before = after = ""
    start: int | None = None
    end: int | None = None
    unread = 0
    waiting = [(one, False) for one in reversed(_flat(selector))]
    while waiting:
        one, refines = waiting.pop()
        kinds = {name.rpartition(":")[2].rpartition("#")[2] for name in _types(one)} if isinstance(one, dict) else set()
        if "TextQuoteSelector" in kinds and isinstance(one.get("exact"), str):
            if exact is None:
                exact, before, after = one["exact"], _text(one.get("prefix")), _text(one.get("suffix"))
        elif refines:  # a place is counted from the beginning of what is refined
            waiting.extend((inner, True) for inner in _flat(one.get("refinedBy") if isinstance(one, dict) else None))
        elif "TextPositionSelector" in kinds:
            start, end = _place(one.get("start")), _place(one.get("end"))
        elif "FragmentSelector" in kinds and (place := _CHARACTERS.search(_text(one.get("value")))):
            start, end = int(place[1]), int(place[2])
        elif "RangeSelector" in kinds and isinstance(one.get("startSelector"), dict):
            first, last = one["startSelector"], one.get("endSelector")
            start, end = _place(first.get("start")), _place(last.get("start")) if isinstance(last, dict) else None
        else:
            unread += 1
            waiting.extend((inner, True) for inner in _flat(one.get("refinedBy") if isinstance(one, dict) else None))
    if exact is None and (start is None or end is None):
        return [], max(unread, 1) if selector is not None else 0
    return [Quote(exact, before, after, start, end)], 0


def _bodies(one: dict[str, Any]) -> Iterator[Body]:
    if isinstance(one.get("bodyValue"), str):
        yield Body("commenting", one["bodyValue"])
    for value in _flat(one.get("body")):
        if isinstance(value, str):
            yield Body("commenting", value)
        elif isinstance(value, dict):
            yield from _body(value)
    if isinstance(one.get("text"), str):
        yield Body("commenting", one["text"])
    for tag in _flat(one.get("tags")):
        if isinstance(tag, str):
            yield Body("tagging", tag)


def _body(value: dict[str, Any]) -> Iterator[Body]:
    for inner in _flat(value.get("items")):  # Choice, List, Composite
        if isinstance(inner, dict) and "items" not in inner:
            yield from _body(inner)
    purposes = [text.rpartition(":")[2] for text in _texts(value.get("purpose"))]
    words = next((value[name] for name in ("value", "chars", "rdf:value") if isinstance(value.get(name), str)), "")
    source = value.get("source")
    address = _text(value.get("id")) or _text(source.get("id") if isinstance(source, dict) else source)
    if words and _text(value.get("format")).startswith("text/html"):
        words = "\n".join(filter(None, (block.text.strip() for block in visible_blocks(words))))
    if words or (address and "items" not in value):
        yield Body(purposes[0] if purposes else "commenting", words or address, address)


def _creator(one: dict[str, Any]) -> str:
    info = one.get("user_info")
    names = [info.get("display_name")] if isinstance(info, dict) else []
    for creator in _flat(one.get("creator")):
        names += [creator.get(name) for name in ("name", "nickname", "id")] if isinstance(creator, dict) else [creator]
    names.append(one.get("user"))
    name = next((name for name in names if isinstance(name, str) and name), "")
    account = _ACCOUNT.match(name)
    return account[1] if account else name


def _flat(value: Any) -> list[Any]:
    """A value, or those of a list, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: Any) -> list[str]:
    return [text for text in _flat(value) if isinstance(text, str)]


def _types(one: dict[str, Any]) -> list[str]:
    return [*_texts(one.get("type")), *_texts(one.get("@type"))]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _place(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LARGEST:
        return None
    return int(value)
