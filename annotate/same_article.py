"""Whether two articles are versions of one: the same address, or the same words for the most part."""

from __future__ import annotations

import re
from collections.abc import Set
from urllib.parse import parse_qsl, urlencode, urlsplit

LIKE = 0.5
"""Shared words from which texts out of files of one name are taken for versions of one article."""
RELATED = 0.2
"""Shared words below which the same outlet and title name another article: weekly reports are all called so."""

_SHINGLE = 4
_READ = 200_000
"""Code points of each text that are compared."""
_TRACKING = re.compile(r"utm_\w+|[a-z]*clid|mc_[ce]id|ref|cmp|ito|smid|share\w*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff]+|[^\W_]")


def address_key(url: str | None) -> str:
    """The form under which addresses of articles are compared: without scheme, www, fragment and what only says how a
    reader came there. Empty where it names no article: no address, or only a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    asked = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0]))
    path = parts.path.rstrip("/").removesuffix("/amp")
    if not parts.netloc or not (path or asked):
        return ""
    host = parts.netloc.lower().removeprefix("www.").removeprefix("m.")
    return f"{host}{path}?{urlencode(asked)}" if asked else f"{host}{path}"


def shared_words(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1, by runs of four words; their order does not count."""
    return shared_runs(word_runs(one), word_runs(other))


def shared_runs(some: Set[tuple[str, ...]], others: Set[tuple[str, ...]]) -> float:
    """The same of texts whose runs are known already."""
    if not some or not others:
        return 0.0
    return 2 * len(some & others) / (len(some) + len(others))


def word_runs(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of four words of a text."""
    words = _WORD.findall(text[:_READ].casefold())
    size = min(_SHINGLE, len(words))
    return frozenset(tuple(words[at : at + size]) for at in range(len(words) - size + 1)) if size else frozenset()
