"""Words of articles and people where there is no room for all of them: on one line, cut where they are long."""

from __future__ import annotations

from annotate.offsets import grapheme_start


def shortened(words: str, longest: int = 60) -> str:
    """At most so many code points, the sign that something is missing among them; no grapheme is split."""
    words = " ".join(words[: longest * 4].split())
    if len(words) <= longest:
        return words
    return words[: grapheme_start(words, longest - 1)].rstrip() + "…"
