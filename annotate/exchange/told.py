"""What an analyst should hear of a file that was read, as sentences with what was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def sentences(told: Mapping[str, int]) -> tuple[str, ...]:
    """Sentences with {number} where each number goes; those that happened no time are left out."""
    return tuple(sentence.format(number=f"{number:,}") for sentence, number in told.items() if number)


def names(words: Iterable[str]) -> str:
    """Names in a sentence, each once."""
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words))
