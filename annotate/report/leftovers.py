"""What may still give a protected source away after names are replaced: for an analyst to look at.

Why it exists: a program finds names it knows in forms it knows. Initials, handles, numbers and near spellings are for
a person to judge, so they are listed, the likeliest first, each with the cell it stands in.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotate.bare_letters import bare_letters
from annotate.model import Source
from annotate.report.name_parts import name_words, names_of, parts_of, person_words, whole_names
from annotate.vocabulary import Choice, Handling

_NEAR = 88
"""Of 100: how like a word must be to a part of a name, as rapidfuzz reckons it."""
_LEAST_NEAR = 5
"""Letters of words that are compared; shorter ones are alike by chance."""
_LEAST_FRAGMENT = 4
_MOST_PLACES = 3

_WORD = re.compile(r"[^\W_][\w'’\u00ad\u200b-\u200d]*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.@])@\w[\w.]*\w")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00)?\(?\d{1,4}\)?(?:[ \u00a0./()-]{0,2}\d{2,4}){2,5}(?![\w/-])")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")


class Why(Choice):
    """Why something may give a source away, the likeliest first."""

    SHARED = "shared", "a name that an open source has too", "Left as it is, since it may be the other person's"
    UNSEARCHED = "unsearched", "a name too short to be searched for", "One sign: look for it yourself"
    NEAR = "near", "spelled nearly like a protected name", "A misspelling, an ending or another transliteration"
    FRAGMENT = "fragment", "part of a protected name inside another word", "A handle, a compound or chance"
    EVERYDAY = "everyday", "a word of a protected name, left as it is", "It may be an everyday word here"
    INITIALS = "initials", "initials of a protected name", "Of this person, or of something else"
    INTERNAL = "internal", "name of an internal source", "Written by an article or analyst, not taken from the register"
    MAIL = "mail", "mail address", "Leads to somebody"
    PHONE = "phone", "phone number", "Leads to somebody, or is another long number"
    HANDLE = "handle", "handle of an account", "Leads to somebody"
    SCRIPT = "script", "a name in one script only", "Its spellings in other scripts are not known, so not searched for"
    FINDABLE = "findable", "article with redacted words", "Who reads it finds the words and who says them"


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of what is handed on: the record's ID, the field, the words."""

    record: str
    field: str
    """"text" for the text of an article itself."""
    words: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words that may give somebody away, and the first places where they stand."""

    why: Why
    words: str
    about: str
    """What the source that it may be is called; empty where that is anybody's guess."""
    places: tuple[tuple[str, str], ...]
    """Record and field."""
    count: int


class _Where:
    """How often something stands somewhere, and the first few places."""

    __slots__ = ("count", "places")

    def __init__(self) -> None:
        self.count = 0
        self.places: list[tuple[str, str]] = []

    def add(self, count: int, places: Iterable[tuple[str, str]]) -> None:
        self.count += count
        if len(self.places) < _MOST_PLACES:
            self.places = list(dict.fromkeys((*self.places, *places)))[:_MOST_PLACES]


class LeftoverSearch:
    """Sees everything that is handed on, cell by cell, and says at the end what may give a protected source away.

    `pseudonyms` are what the protected ones of `sources` are called, by id.
    """

    def __init__(self, sources: Iterable[Source], pseudonyms: Mapping[int, str]) -> None:
        sources = list(sources)
        self._pseudonyms = pseudonyms
        self._protected = [source for source in sources if source.id in pseudonyms]
        open_sources = [source for source in sources if source.handling is Handling.OPEN]
        self._others, self._others_whole = name_words(open_sources), whole_names(open_sources)
        self._found: dict[tuple[Why, str, str], _Where] = defaultdict(_Where)
        self._words: dict[str, _Where] = defaultdict(_Where)
        self._initials = dict(_initials(self._protected, pseudonyms))
        self._spelled = re.compile("|".join(self._initials)) if self._initials else None
        internal = (source for source in sources if source.handling is Handling.INTERNAL)
        names = {bare_letters(name): source for source in internal for name in names_of(source)}
        self._internal = {letters: source for letters, source in names.items() if len(letters) >= _LEAST_FRAGMENT}
        longest_first = sorted(map(re.escape, self._internal), key=len, reverse=True)
        self._internal_names = re.compile("|".join(longest_first)) if longest_first else None

    def see(self, cell: Cell) -> None:
        """Look at one cell; nothing of it is kept but its words."""
        text, place = cell.words, (cell.record, cell.field)
        if self._protected:
            for word, count in Counter(_WORD.findall(text)).items():
                self._words[word].add(count, (place,))
        if "@" in text:
            for why, pattern in ((Why.MAIL, _MAIL), (Why.HANDLE, _HANDLE)):
                for match in pattern.finditer(text):
                    self._add(why, match[0], "", place)
        for number in _phones(text):
            self._add(Why.PHONE, number, "", place)
        if self._spelled is not None:
            for match in self._spelled.finditer(text):
                abouts = {about for form, about in self._initials.items() if re.fullmatch(form, match[0])}
                self._add(Why.INITIALS, match[0], ", ".join(sorted(abouts)), place)
        if self._internal_names is not None:
            for letters in self._internal_names.findall(bare_letters(text)):
                self._add(Why.INTERNAL, self._internal[letters].name, self._internal[letters].label, place)

    def leftovers(self, findable: Iterable[str]) -> tuple[Leftover, ...]:
        """What was found, the likeliest first. `findable` are IDs of articles that lead to redacted words."""
        self._compare()
        other_scripts = any(not bare_letters(word).isascii() for word in self._words)
        for source in self._protected:
            self._about_entry(source, other_scripts=other_scripts)
        articles = list(findable)
        if articles:
            words = articles[0] if len(articles) == 1 else f"{len(articles):,} articles"
            self._found[Why.FINDABLE, words, ""].add(len(articles), [(article, "text") for article in articles])
        order = list(Why)
        listed = (
            Leftover(why, words, about, tuple(where.places), where.count)
            for (why, words, about), where in self._found.items()
        )
        return tuple(sorted(listed, key=lambda one: (order.index(one.why), one.about, one.words.casefold())))

    def _compare(self) -> None:
        """List words that are, hold or resemble a part of a protected name."""
        from rapidfuzz import fuzz, process

        by_letters: dict[str, list[str]] = defaultdict(list)
        for word in self._words if self._protected else ():
            by_letters[bare_letters(word)].append(word)
        letters = [one for one in by_letters if len(one) >= _LEAST_FRAGMENT]
        run_together = "\n".join(letters)
        for source in self._protected:
            about = self._pseudonyms[source.id]
            for part in dict.fromkeys(_compared(source)):
                if part in by_letters:
                    self._list(Why.SHARED if part in self._others else Why.EVERYDAY, by_letters[part], about)
                if len(part) >= _LEAST_FRAGMENT and part in run_together:
                    for inside in (one for one in letters if part in one and one != part):
                        self._list(Why.FRAGMENT, by_letters[inside], about)
                if len(part) >= _LEAST_NEAR:
                    for near, _, _ in process.extract(part, letters, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None):
                        if part not in near:
                            self._list(Why.NEAR, by_letters[near], about)

    def _about_entry(self, source: Source, *, other_scripts: bool) -> None:
        """What is to be known of a name itself; `other_scripts` is whether there are words that are not Latin."""
        about, place = self._pseudonyms[source.id], (source.label, "name")
        searched = names_of(source)
        for name in (source.name, *source.aliases):
            if name not in searched:
                self._add(Why.UNSEARCHED, name, about, place)
            elif bare_letters(name) in self._others_whole:
                self._add(Why.SHARED, name, about, place)
        letters = "".join(map(bare_letters, searched))
        if letters and source.article_id is None and letters.isascii() is other_scripts:
            self._add(Why.SCRIPT, source.name, about, place)

    def _list(self, why: Why, words: Iterable[str], about: str) -> None:
        for word in words:
            self._found[why, word, about].add(self._words[word].count, self._words[word].places)

    def _add(self, why: Why, words: str, about: str, place: tuple[str, str]) -> None:
        self._found[why, words, about].add(1, [place])


def _compared(source: Source) -> Iterator[str]:
    """The bare letters of every word of a source's names that is worth looking for."""
    for name in names_of(source):
        parts = parts_of(name, source)
        yield from map(bare_letters, parts)
        if not person_words(name, source):
            for word in _WORD.findall(name):
                letters = bare_letters(word)
                if len(letters) >= _LEAST_NEAR and word[:1] != word[:1].lower():
                    yield letters


def _initials(protected: Iterable[Source], pseudonyms: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Patterns for initials, "J. D." and "JD", with what their source is called."""
    for source in protected:
        for name in names_of(source):
            words = person_words(name, source)
            letters = [word[0].upper() for word in words if word[0].lower() != word[0].upper()]
            if 2 <= len(letters) == len(words):
                dotted = r"[ \u00a0]?".join(re.escape(letter) + r"\." for letter in letters)
                yield (
                    rf"(?<!\w)(?:{dotted}|{re.escape(''.join(letters))}\b|{'-'.join(letters)}\b)",
                    pseudonyms[source.id],
                )


def _phones(text: str) -> Iterator[str]:
    if sum(map(str.isdecimal, text)) < _FEWEST_DIGITS:
        return
    for match in _PHONE.finditer(text):
        digits = sum(map(str.isdecimal, match[0]))
        if _FEWEST_DIGITS <= digits <= _MOST_DIGITS and not _DATE.search(match[0]):
            yield match[0]
