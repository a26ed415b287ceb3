"""Codes and coded passages of programs for qualitative analysis, as tags and marks.

Why it exists: such programs know codes and passages and no kinds of marks. A code that is named like one of ours
("Claim", "figures", "Source: official"), or lies below one, says what its passages are; all other codes are tags, and
passages of none of the three are claims. Programs write one passage a code, so passages of the same words by the same
person are one mark.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from annotate.canonical import canonical
from annotate.exchange.incoming import IncomingAnnotation, IncomingTag
from annotate.exchange.kind_names import is_just_a_kind, kind_named
from annotate.exchange.quotes import Quote, QuotedText
from annotate.model import Span
from annotate.vocabulary import Kind

_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_PASSAGES = UUID("5a8d7c1e-3b52-5f0a-8a43-9c1b6de0f2d4")
"""What uids of marks are made in: such programs give passages no name that another file could not use as well."""
_DEEPEST = 100
"""Codes below each other that are followed; more can only be a circle or a trap."""


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of another program's codebook; `above` is the key of the one it lies below."""

    key: str
    name: str
    above: str | None = None
    colour: str = ""
    meaning: str = ""
    is_category: bool = False
    """Only holds others, nothing is coded with it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded stretch of a text: code points of it, or None where its place is outside."""

    article: str
    span: tuple[int, int] | None
    words: str
    """As the program kept them; empty where it did not."""
    codes: tuple[str, ...]
    note: str = ""
    analyst: str = ""
    created_at: datetime | None = None
    changed_at: datetime | None = None


class Codebook:
    """What the codes of a file are here."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._codes = {code.key: code for code in codes}
        self._kinds: dict[str, Kind | None] = {}
        self.named_like_kinds: list[str] = []
        parents = {code.above for code in self._codes.values()}
        self._plain = set()
        for code in self._codes.values():
            kind, more = kind_named(code.name)
            if kind is not None and not more and not code.meaning.strip() and code.key not in parents:
                self._plain.add(code.key)
            if kind is not None and not code.is_category:
                self.named_like_kinds.append(code.name.strip())

    @property
    def tags(self) -> list[IncomingTag]:
        """Codes that say more than a kind, each after the one that it lies below."""
        return [
            IncomingTag(
                code.key,
                " ".join(canonical(code.name).text.split()) or "Unnamed",
                code.above if code.above in self._codes else None,
                code.colour.lower() if _COLOUR.fullmatch(code.colour) else None,
                meaning=canonical(code.meaning).text.strip(),
            )
            for code in self._codes.values()
            if code.key not in self._plain
        ]

    def knows(self, key: str) -> bool:
        return key in self._codes

    def is_tag(self, key: str) -> bool:
        """Whether a code says more than a kind."""
        return key not in self._plain and not is_just_a_kind(self._codes[key].name)

    def kind_of(self, key: str) -> Kind | None:
        """The kind that a code, or one that it lies below, is named like."""
        if key not in self._kinds:
            kind, code, steps = None, self._codes.get(key), 0
            while code is not None and kind is None and steps < _DEEPEST:
                kind, _ = kind_named(code.name)
                code, steps = self._codes.get(code.above or ""), steps + 1
            self._kinds[key] = kind
        return self._kinds[key]


@dataclass(slots=True)
class _Mark:
    passage: Passage
    spans: tuple[Span, ...]
    tags: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)


class Marks:
    """Makes marks of passages; `told` counts what an analyst should hear of, by sentence."""

    def __init__(self, codebook: Codebook, texts: dict[str, QuotedText]) -> None:
        self._codebook, self._texts = codebook, texts
        self._marks: dict[tuple[object, ...], _Mark] = {}
        self.told: Counter[str] = Counter()

    def add(self, passage: Passage) -> None:
        """One passage of an article in `texts`."""
        spans = self._spans(passage)
        if not spans and not passage.words.strip() and not passage.note.strip():
            self.told["Passages without words, left out: {number}."] += 1
            return
        known = [key for key in passage.codes if self._codebook.knows(key)]
        self.told["Passages coded with what is not in the codebook: {number}."] += len(known) < len(passage.codes)
        kinds = list(dict.fromkeys(kind for key in known if (kind := self._codebook.kind_of(key)) is not None))
        for kind in kinds or [Kind.CLAIM]:
            where = spans or (passage.words, passage.span)
            mark = self._marks.setdefault((passage.article, kind, where, passage.analyst), _Mark(passage, spans))
            of_kind = [key for key in known if self._codebook.kind_of(key) in (None, kind)]
            mark.tags.update(dict.fromkeys(key for key in of_kind if self._codebook.is_tag(key)))
            if passage.note.strip():
                mark.notes[canonical(passage.note).text.strip()] = None

    def annotations(self) -> list[IncomingAnnotation]:
        """The marks, in the order of their first passages."""
        found: list[IncomingAnnotation] = []
        uids: set[UUID] = set()
        for number, ((_, kind, *_), mark) in enumerate(self._marks.items(), start=1):
            assert isinstance(kind, Kind)
            passage = mark.passage
            found.append(
                IncomingAnnotation(
                    key=f"passage {number}",
                    article=passage.article,
                    kind=kind,
                    spans=mark.spans,
                    words="" if mark.spans else canonical(passage.words).text.strip(),
                    tags=tuple(mark.tags),
                    note="\n\n".join(mark.notes),
                    analyst=passage.analyst,
                    created_at=passage.created_at,
                    changed_at=passage.changed_at or passage.created_at,
                    uid=self._uid(mark, kind, uids),
                )
            )
        return found

    def _uid(self, mark: _Mark, kind: Kind, uids: set[UUID]) -> UUID:
        """Made from the text and what is said of it, so that a file taken in again doubles nothing; none of `uids`."""
        passage = mark.passage
        text = hashlib.sha256(self._texts[passage.article].text.encode()).hexdigest()
        places = [(span.start, span.end) for span in mark.spans] or passage.words
        uid = uuid5(_PASSAGES, "\n".join(map(repr, (text, kind.value, places, passage.analyst, passage.created_at))))
        while uid in uids:
            uid = uuid5(_PASSAGES, str(uid))
        uids.add(uid)
        return uid

    def _spans(self, passage: Passage) -> tuple[Span, ...]:
        """Where the passage stands: its place if its words are there, else where they are, else its place after all."""
        text = self._texts[passage.article]
        there = text.text[slice(*passage.span)] if passage.span else ""
        if there and (not passage.words or squeezed(there) == squeezed(passage.words)):
            return (Span(*passage.span),) if passage.span else ()
        near = passage.span[0] if passage.span else None
        found = text.find(Quote(exact=passage.words.strip(), start=near)) if passage.words.strip() else None
        if found is not None:
            self.told["Passages found by their words, because others stand at their place: {number}."] += 1
            return (found.span,)
        if there:
            self.told["Passages whose words are not those at their place, which was kept: {number}. Look at them."] += 1
            return (Span(*passage.span),) if passage.span else ()
        if passage.words.strip() or passage.note.strip():
            self.told["Passages that lie outside their text, kept without a place: {number}."] += 1
        return ()


def squeezed(words: str) -> str:
    """Words without any blanks, in the form in which two tools' words are compared."""
    return "".join(canonical(words).text.replace("\ufeff", "").split())
