"""Titles, names and the like as inputs state them, brought onto one line."""

from __future__ import annotations

import re
from dataclasses import replace

from annotate.canonical import canonical
from annotate.importers.draft import Draft

LONGEST_ADDRESS = 8000
"""Code points of a url, which is left out rather than cut; servers take no longer ones."""
_LONGEST = 1000
"""Code points; a line of a mail's header may have no more (RFC 5322), and no headline comes near."""
_NOT_SHOWN = re.compile("[\u202a-\u202e\u2066-\u2069\x7f-\x84\x86-\x9f]")
_NOT_ON_ONE_LINE = re.compile(
    "[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]|\\A\ufeff"
)
_NAMES = ("title", "outlet", "author", "language", "platform", "account", "place_in_file")


def one_line(words: str | None) -> str | None:
    """White space collapsed, nothing that XML forbids; None where nothing is left.

    Controls that begin or end a stretch of the other writing direction go: left open, they would turn round whatever
    stands behind the title in a list or a sheet. So do the commands to terminals that XML lets pass (C1).
    """
    cleaned = _NOT_SHOWN.sub("", canonical((words or "")[:_LONGEST]).text)
    return " ".join(cleaned.split()) or None


def is_one_line(words: str) -> bool:
    """Whether words can stand in a list as they are."""
    return len(words) <= _LONGEST and _NOT_ON_ONE_LINE.search(words) is None


def with_names_on_one_line(draft: Draft, name: str) -> Draft:
    """The draft with every field fit for a list and a sheet; the file's `name` where no title is left."""
    for field in _NAMES:
        value = getattr(draft, field)
        if value is not None and not is_one_line(value):
            draft = _with(draft, field, one_line(value))
    if not draft.title:
        draft = replace(draft, title=name, title_confirmed=False)
    if draft.url is not None and (len(draft.url) > LONGEST_ADDRESS or _NOT_ON_ONE_LINE.search(draft.url)):
        draft = replace(draft, url=None)
    words = draft.published.words
    if words is not None and not is_one_line(words):
        draft = replace(draft, published=replace(draft.published, words=one_line(words)))
    return draft


def _with(draft: Draft, field: str, words: str | None) -> Draft:
    """The draft with one of its names; a title is never None."""
    return replace(draft, **{field: words or ("" if field == "title" else None)})  # type: ignore[arg-type]
