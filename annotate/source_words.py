"""Who speaks: the lists of resources/words/sources.toml, which explains each."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.vocabulary import SourceType
from annotate.word_lists import WordLists

_LISTS = WordLists("sources")
_TYPES = {kind.value: kind for kind in SourceType}

PRONOUNS = _LISTS.words("pronouns")
SPEAKING_PRONOUNS = _LISTS.words("speaking_pronouns")
AUDIENCES = _LISTS.words("audiences")
HEARERS = _LISTS.phrases("hearers")
AGENCIES = _LISTS.phrases("agencies")
OUTLET_WORDS = _LISTS.words("outlets")
ANONYMITY = _LISTS.phrases("anonymity")
ROLE_NOUNS = _LISTS.words("roles")
TITLES = _LISTS.words("titles")
COLLECTIVES = _LISTS.words("collectives")
ORGANISATION_NOUNS = _LISTS.words("organisations")
PLACES = _LISTS.words("places")
GENERIC = _LISTS.words("generic")

TYPE_WORDS: Mapping[str, SourceType] = {
    word: _TYPES[name] for name, words in reversed(_LISTS.words_by("types").items()) for word in words
}
"""Words that give a source's type away."""
TYPE_PHRASES: Mapping[str, SourceType] = {
    phrase: _TYPES[name] for name, phrases in _LISTS.phrases_by("type_phrases").items() for phrase in phrases
}
