"""The words that rules go by, kept as data in resources/words, so that whoever knows a language better than the program
can read and extend them without reading code.

A file is TOML: a list is a string, its words divided by white space or its phrases by commas; a table holds lists by
what they say ([verbs] denies = "denied denies"). Which of both a list is, its reader says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "words"


class WordLists:
    """The lists of one file, by name. Raises OSError and tomllib.TOMLDecodeError where the program's own file is
    damaged, KeyError for a list that it does not hold."""

    def __init__(self, name: str) -> None:
        self._lists: dict[str, Any] = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))

    def words(self, name: str) -> frozenset[str]:
        return frozenset(self._lists[name].split())

    def phrases(self, name: str) -> tuple[str, ...]:
        """The phrases of a list, in their order."""
        return tuple(_phrases(self._lists[name]))

    def words_by(self, name: str) -> dict[str, tuple[str, ...]]:
        """The words of each list of a table, in their order."""
        return {key: tuple(words.split()) for key, words in self._lists[name].items()}

    def phrases_by(self, name: str) -> dict[str, tuple[str, ...]]:
        """The phrases of each list of a table, in their order."""
        return {key: tuple(_phrases(words)) for key, words in self._lists[name].items()}

    def numbers(self, name: str) -> dict[str, float]:
        """A table of numbers by word."""
        return dict(self._lists[name])


def any_of(phrases: Iterable[str]) -> str:
    """A regular expression for one of some phrases, the longest that there is."""
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


def _phrases(text: str) -> Iterator[str]:
    return (phrase for piece in text.split(",") if (phrase := " ".join(piece.split())))
