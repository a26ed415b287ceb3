"""The forms in which the name of a protected source must be found: whole, turned round, by initial, its parts alone.

Why it exists: who is called "Dr Jane Doe" in the register is "Doe", "Jane", "J. Doe" or "Doe, Jane" elsewhere. What is
said here holds for any script; lists of words are in resources/words/sharing.toml and sources.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from annotate.bare_letters import bare_letters, is_unspaced, traced_letters
from annotate.model import Source
from annotate.source_words import COLLECTIVES, GENERIC, ORGANISATION_NOUNS, OUTLET_WORDS, ROLE_NOUNS, TITLES
from annotate.vocabulary import SourceType
from annotate.word_lists import WordLists

_LISTS = WordLists("sharing")
_EVERYDAY = frozenset(map(bare_letters, _LISTS.words("everyday")))
_PARTICLES = frozenset(map(bare_letters, _LISTS.words("particles")))
_DESCRIBING = frozenset(map(bare_letters, _LISTS.words("describing")))
_TITLES = frozenset(map(bare_letters, TITLES))
_NOT_NAMES = (
    _TITLES | _PARTICLES | frozenset(map(bare_letters, ROLE_NOUNS | COLLECTIVES | GENERIC | ORGANISATION_NOUNS))
)
_ORGANISED = frozenset(map(bare_letters, ORGANISATION_NOUNS | OUTLET_WORDS))

_NOT_PEOPLE = frozenset(
    {SourceType.MEDIA, SourceType.COMPANY, SourceType.NGO, SourceType.INTERNATIONAL, SourceType.DOCUMENT}
)
_SAID_BESIDE = re.compile(r"\s*[(\[,;/|].*", re.DOTALL)
_LEADING = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_MAIL = re.compile(r"([\w.+-]+)@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_LEAST_WHOLE = 2
_LEAST_ANYWHERE = 5
"""Letters of a name of one word from which it is found inside other words too."""
_LEAST_RUN_TOGETHER = 7
"""The same for a name of several words."""
_LEAST_PART = 3
_MOST_WORDS_OF_A_PERSON = 5
_ARTICLE = "ال"


class Reach(Enum):
    """Where a form counts as found."""

    ANYWHERE = "anywhere"
    """Inside other words too."""
    WORD = "word"
    """From the beginning of a word to its end."""
    PART = "part"
    """As a word that may have an ending, written as a name is written."""


@dataclass(frozen=True, slots=True)
class Form:
    """Letters to be found; `breaks` are the places in them where its words part."""

    letters: str
    breaks: frozenset[int]
    reach: Reach
    everyday: bool = False
    """An everyday word too: found as a name only where it has a capital."""


def forms_of(source: Source, others: frozenset[str], others_whole: frozenset[str] = frozenset()) -> Iterator[Form]:
    """Every form of a source's name and aliases that is taken out. `others` are words of open sources' names: a part
    that is one of them too is not taken out alone, since nobody could tell whose it is. Nor is what an unnamed source
    is called, "a resident", where others are called the same (`others_whole`): that names nobody."""
    for name in names_of(source):
        if source.article_id is not None and bare_letters(name) in others_whole:
            continue
        yield from _whole(name)
        bare = _LEADING.sub("", name)
        if bare[:1].isupper():  # "the Heron", but not "a nurse"
            yield from _whole(bare)
        for mail in _MAIL.finditer(name):
            yield from _whole(mail[1], least=_LEAST_ANYWHERE)
        words = person_words(name, source)
        if not words:
            continue
        yield from _whole(" ".join(words))
        if len(words) > 1:
            yield from _whole(" ".join([words[-1], *words[:-1]]))
        for part in parts_of(name, source):
            if bare_letters(part) not in others:
                yield from _part(part)
        last = bare_letters(words[-1])
        first = bare_letters(words[0])[0]
        if len(words) > 1 and len(last) >= _LEAST_PART and last not in others and first != first.upper():
            for letters, place in ((first + last, 1), (last + first, len(last))):
                yield Form(letters, frozenset({place}), Reach.WORD)


def names_of(source: Source) -> list[str]:
    """Name and aliases that have enough letters to be found."""
    return [name for name in (source.name, *source.aliases) if len(bare_letters(name)) >= _LEAST_WHOLE]


def parts_of(name: str, source: Source) -> list[str]:
    """The words of a person's name that stand for the person alone too."""
    words = (word for word in person_words(name, source) if bare_letters(word) not in _NOT_NAMES)
    return [word for word in words if len(bare_letters(word)) >= (_LEAST_PART if word.isascii() else 2)]


def own_words(source: Source) -> frozenset[str]:
    """Every word of a person's name, as bare letters, that belongs to the name where another part of it stands."""
    words = (word for name in names_of(source) for word in person_words(name, source))
    return frozenset(map(bare_letters, words)) - _DESCRIBING


def person_words(name: str, source: Source) -> list[str]:
    """The words of a name without titles; none where it is not the name of a person."""
    if source.article_id is not None or source.type in _NOT_PEOPLE or "@" in name:
        return []
    whole = _words(name)
    words = _words(_SAID_BESIDE.sub("", name))
    if len(words) == 1 and "," in name and 1 < len(whole) <= _MOST_WORDS_OF_A_PERSON:  # "Doe, Jane"
        words = [*whole[1:], whole[0]]
    while len(words) > 1 and bare_letters(words[0]) in _TITLES:
        del words[0]
    bare = set(map(bare_letters, words))
    if not words or len(words) > _MOST_WORDS_OF_A_PERSON or bare & (_ORGANISED | _DESCRIBING) or not bare - _NOT_NAMES:
        return []
    cased = [word for word in words if word.lower() != word.upper()]
    return [] if cased and all(word.islower() for word in cased) and len(words) > 1 else words


def whole_names(sources: Iterable[Source]) -> frozenset[str]:
    """Names and aliases of some sources, as bare letters."""
    return frozenset(bare_letters(name) for source in sources for name in (source.name, *source.aliases))


def name_words(sources: Iterable[Source]) -> frozenset[str]:
    """Every word of the names and aliases of some sources, as bare letters."""
    return frozenset(
        bare_letters(word) for source in sources for name in (source.name, *source.aliases) for word in _words(name)
    )


def _whole(name: str, least: int = _LEAST_WHOLE) -> Iterator[Form]:
    traced = traced_letters(name)
    letters = traced.letters
    if len(letters) < least or (letters.isdecimal() and len(letters) < _LEAST_ANYWHERE):
        return
    anywhere = _LEAST_RUN_TOGETHER if traced.breaks else _LEAST_ANYWHERE
    reach = Reach.ANYWHERE if len(letters) >= anywhere or is_unspaced(letters) else Reach.WORD
    yield Form(letters, frozenset(traced.breaks), reach)


def _part(word: str) -> Iterator[Form]:
    letters = bare_letters(word)
    short = len(letters) <= _LEAST_PART and letters.isascii()
    yield Form(letters, frozenset(), Reach.PART, everyday=short or letters in _EVERYDAY)
    if letters.startswith(_ARTICLE) and len(letters) > len(_ARTICLE) + 2:
        yield Form(letters.removeprefix(_ARTICLE), frozenset(), Reach.PART)


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_](?:[^\s,;/|()\[\]\"“”„«»_\-‐‑–—]*[^\W_])?", name) if word]
