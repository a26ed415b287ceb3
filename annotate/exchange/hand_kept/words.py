"""What people call the columns of a claims list, and how they write that a claim is true, false or open.

The lists are in resources/words/claims_list.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from annotate.importers.columns import folded
from annotate.vocabulary import Choice, Finding, Progress
from annotate.word_lists import WordLists

C = TypeVar("C", bound=Choice)

_LISTS = WordLists("claims_list")

HEADINGS: Mapping[str, Mapping[str, int]] = {
    role: {folded(name): rank for rank, name in reversed(list(enumerate(names)))}
    for role, names in _LISTS.phrases_by("headings").items()
}
"""By what a column holds, its folded headings and how sure each is, 0 the surest."""
_APART = _LISTS.phrases_by("apart")
NUMBERS_OF_ROWS = frozenset(map(folded, _APART["numbers"]))
"""Folded headings of columns whose numbers are no figures."""
NOTHING = frozenset(_APART["nothing"])
"""What a cell says that holds nothing, in small letters."""
GENERAL = tuple(map(folded, _APART["general"]))
"""How folded headings of figures begin that do not say what is counted."""


def _words_of(name: str, choices: type[C]) -> Iterator[tuple[C, tuple[str, ...]]]:
    by_value = {choice.value: choice for choice in choices}
    return ((by_value[value], words) for value, words in _LISTS.phrases_by(name).items())


_STANDS: dict[str, tuple[Progress | None, Finding | None]] = {
    **{folded(word): (None, one) for one, words in _words_of("finding", Finding) for word in words},
    **{folded(word): (one, None) for one, words in _words_of("progress", Progress) for word in words},
    **{folded(progress.label): (progress, None) for progress in Progress if progress is not Progress.SIGNED_OFF},
    **{folded(finding.label): (None, finding) for finding in Finding},
}


def status_of(words: str) -> tuple[Progress | None, Finding | None]:
    """How far the work is, or what it has found, where the words clearly say one of the two; else None and None.

    "Signed off" is neither: who has signed and when is not in the sheet.
    """
    return _STANDS.get(folded(words), (None, None))
