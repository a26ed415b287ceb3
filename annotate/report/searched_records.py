"""Records on their way out: every text in them searched, and what was found kept for the analyst to see.

Why it exists: a field that is added to a record tomorrow must be searched too, so records are walked through as they
are, and nobody has to remember which of their fields hold words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar
from uuid import uuid4

from annotate.model import Row
from annotate.report.leftovers import Cell
from annotate.report.protected_names import ProtectedNames

LEFT_OUT = "left out"

T = TypeVar("T")
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Replacement:
    """Something that is not handed on: where it stood, what it was, how often, and what stands there now."""

    record: str
    """ID of the record, or the name of what it is about: C-0004, SRC-014, A-0003, "Project"."""
    field: str
    what: str
    by: str
    """A pseudonym, "[redacted]", or "left out"."""
    count: int = 1


class SearchedRecords:
    """Searches records and collects replacements; `see` is shown every cell that comes of it."""

    def __init__(self, names: ProtectedNames, see: Callable[[Cell], None]) -> None:
        self._see = see
        self._names = names
        self._noted: Counter[tuple[str, str, str, str]] = Counter()
        self._known: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}

    def replacements(self) -> tuple[Replacement, ...]:
        return tuple(Replacement(*where, count) for where, count in self._noted.items())

    def note(self, record: str, field: str, what: str, by: str, count: int = 1) -> None:
        """Keep that something is not handed on."""
        self._noted[record, field, what, by] += count

    def note_found(self, text: str, record: str, field: str) -> str:
        """Keep what is found in a text; returns the text without it."""
        known = self._known.get(text)
        if known is None:
            found = tuple((text[hit.start : hit.end], hit.by) for hit in self._names.find(text))
            known = self._known[text] = (self._names.hidden(text) if found else text, found)
        for what, by in known[1]:
            self.note(record, field, what, by)
        return known[0]

    def cleaned(self, value: T, record: str, field: str) -> T:
        """The value with every text in it searched, whatever it is made of."""
        made: Any = value
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            made = self.note_found(value, record, field)
            if made:
                self._see(Cell(record, field, made))
        elif isinstance(value, tuple | list):
            made = type(value)(self.cleaned(one, record, field) for one in value)
        elif isinstance(value, dict):
            made = {key: self.cleaned(one, record, field) for key, one in value.items()}
        elif is_dataclass(value) and not isinstance(value, type):
            parts = ((part.name, getattr(value, part.name)) for part in fields(value))
            changed = {
                name: after
                for name, before in parts
                if (after := self.cleaned(before, record, _named(field, name))) != before
            }
            made = replace(value, **changed) if changed else value
        return made  # type: ignore[no-any-return]


def _named(field: str, part: str) -> str:
    """What a part of a field is called: "happened words"; the fields of an annotation's record stand for themselves."""
    return " ".join((field.removeprefix("record"), part.replace("_", " "))).strip()


def anew(record: R) -> R:
    """The record without what it could be known by elsewhere."""
    return replace(record, uid=uuid4(), revision=0)
