"""How English says that somebody says something: the lists of resources/words/speech.toml, which explains each."""

from __future__ import annotations

from collections.abc import Mapping

from annotate.vocabulary import Stance
from annotate.word_lists import WordLists

_LISTS = WordLists("speech")

_BY_STANCE = _LISTS.words_by("verbs")

SAY_VERBS: Mapping[str, Stance] = {verb: stance for stance in Stance for verb in _BY_STANCE.get(stance, ())}
"""Verbs of saying and what their subject does with the claim."""

NOUNS_TOO = _LISTS.words("nouns_too")
BESIDE_QUOTES = _LISTS.words("beside_quotes")
OTHERWISE_TOO = _LISTS.words("otherwise_too")
CLAUSE_ONLY = _LISTS.words("clause_only")
WITH_QUOTES = _LISTS.words("with_quotes")
PARTICIPLES_TOO = _LISTS.words("participles_too")
GOING_ON = _LISTS.words("going_on")
THINKING = _LISTS.words("thinking")
TELLING_HOW = _LISTS.words("telling_how")
ASKING = _LISTS.words("asking")
NEEDING_THAT = _LISTS.words("needing_that")
BIDDING = _LISTS.words("bidding")
CONVINCED = _LISTS.words("convinced")
RAISING = _LISTS.words("raising")
JOINING = _LISTS.words("joining")
SPEAKING_AGAIN = _LISTS.words("speaking_again")
OF_NOUNS = WITH_QUOTES | RAISING | _LISTS.words("of_nouns")
MOVES = _LISTS.words("moves")

AUXILIARIES = _LISTS.words("auxiliaries")
_NO_ADVERBS = _LISTS.words("no_adverbs")
OF_ENGLISH = _LISTS.words("of_english")
TIME_WORDS = _LISTS.words("time_words")
ADVERBIAL_STARTS = _LISTS.words("adverbial_starts")
LEADING_CONJUNCTIONS = _LISTS.words("leading_conjunctions")
CLAUSE_STARTS = _LISTS.words("clause_starts")
SUBJECT_ENDS = _LISTS.words("subject_ends")


def _by_verb(table: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    behind: dict[str, list[str]] = {}
    for phrase, verbs in table.items():
        for verb in verbs:
            behind.setdefault(verb, []).append(f" {phrase}")
    return {verb: tuple(phrases) for verb, phrases in behind.items()}


REPORTS_NOTHING_BEFORE: Mapping[str, tuple[str, ...]] = _by_verb(_LISTS.words_by("nothing_before"))
"""What follows a verb that then reports nothing, with the blank before it."""

DECLINING = (
    r"(?:declined|declines|refused|refuses)(?: to (?:comment|say|answer|confirm|respond|discuss|be drawn|be interviewed"
    r"|give|name|identify|elaborate|speculate|disclose|provide|talk|speak|explain)\b|(?=[.,;]))"
    r"|(?:did|has|have|does) not (?:immediately )?(?:comment|respond|responded|reply|replied|commented|answer)"
    r"|neither confirmed nor denied|(?:could|would) not (?:confirm|comment|say)"
    r"|did not (?:say|clarify|disclose|specify|elaborate)"
)
"""What somebody does who was asked and said nothing."""


def is_adverb(word: str) -> bool:
    """Whether a word in lower case is an adverb by its form: "reportedly", not "family"."""
    return word.endswith("ly") and word not in _NO_ADVERBS
