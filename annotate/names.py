"""When two names of sources are the same name written differently."""

from __future__ import annotations

import unicodedata

_LEADING = ("the ", "a ", "an ")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-"})


def name_key(name: str) -> str:
    """The form under which names are compared: case, spaces, leading articles and typography do not count."""
    key = " ".join(unicodedata.normalize("NFKC", name).translate(_QUOTES).casefold().split())
    for article in _LEADING:
        key = key.removeprefix(article)
    return key.removesuffix("'s").strip(" .,;:")
