"""Words of articles and people where there is no room for all of them: on one line, cut where they are long."""

from __future__ import annotations

from annotate.offsets import grapheme_start


def shortened(words: str, longest: int = 60, *, at_word: bool = False) -> str:
    """At most so many code points, the sign that something is missing among them; no grapheme is split.

    `at_word`: cut between two words, where there is more than one.
    """
    words = " ".join(words[: longest * 4].split())
    if len(words) <= longest:
        return words
    head = words[: grapheme_start(words, longest - 1)]
    if at_word:
        head = head.rpartition(" ")[0] or head
    return head.rstrip() + "…"
