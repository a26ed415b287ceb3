"""Under which name each mention of a source belongs in the register: full names for surnames, long forms for acronyms.

Names that the register has already come first. Unnamed sources start anew in each article and are joined with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from annotate.mentions import MentionReading, read_mention
from annotate.model import Span
from annotate.names import name_key
from annotate.suggest.reading import Named
from annotate.vocabulary import Naming

_ACRONYM = re.compile(r"[A-Z]{2,8}s?")
_CAPITALS = re.compile(r"\b[A-ZÀ-Ý]")
_LITTLE = frozenset({"of", "for", "and", "the", "de", "on", "in"})


@dataclass(frozen=True, slots=True)
class Registered:
    """A mention, what its words say, and the name that it belongs to."""

    named: Named
    reading: MentionReading


def registered(text: str, mentions: Sequence[Named], known: Sequence[str] = ()) -> list[Registered]:
    """All mentions with their names; `known` are names and aliases of the register."""
    by_key = {name_key(name): name for name in reversed(known)}
    surnames: dict[str, str] = {}
    acronyms: dict[str, str] = {}
    found = []
    for one in mentions:
        reading = read_mention(text, Span(one.start, one.end))
        if reading.naming is Naming.NAMED:
            reading = replace(reading, name=_full(reading, by_key, surnames, acronyms))
            _learn(reading, surnames, acronyms)
        found.append(Registered(one, replace(reading, role=one.role)))
    return found


def _full(
    reading: MentionReading, by_key: Mapping[str, str], surnames: Mapping[str, str], acronyms: Mapping[str, str]
) -> str:
    name = reading.name
    if (key := name_key(name)) in by_key:
        return by_key[key]
    if _ACRONYM.fullmatch(name) and name in acronyms:
        return acronyms[name]
    return surnames.get(name, name)


def _learn(reading: MentionReading, surnames: dict[str, str], acronyms: dict[str, str]) -> None:
    words = reading.name.split()
    if len(words) < 2:
        return
    if reading.is_person:
        surnames.setdefault(words[-1], reading.name)
        if len(words) > 2:
            surnames.setdefault(" ".join(words[-2:]), reading.name)
        return
    letters = "".join(_CAPITALS.findall(" ".join(word for word in words if word.lower() not in _LITTLE)))
    if len(letters) > 1:
        acronyms.setdefault(letters, reading.name)
