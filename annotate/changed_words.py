"""Old and new words laid side by side in plain text: what changed stands in square brackets."""

from __future__ import annotations

from annotate.text_alignment import compared_words

_LONGEST = 2_000
"""Code points up to which words are compared; longer ones are shown as they are."""


def told_apart(old: str, new: str) -> tuple[str, str]:
    """Both with their changes in brackets: "At least [40]%" and "At least [45]%"; the same words stay as they are."""
    if old == new or not old or not new or max(len(old), len(new)) > _LONGEST:
        return old, new
    was: list[str] = []
    now: list[str] = []
    for before, after in compared_words(old, new):
        was.append(before if before == after or not before else f"[{before}]")
        now.append(after if before == after or not after else f"[{after}]")
    return "".join(was), "".join(now)
