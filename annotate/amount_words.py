"""The words around numbers: the lists of resources/words/amounts.toml, which explains each.

`phrases` turns phrases into tuples of token words as `annotate.tokens.tokenize` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from annotate.tokens import Token, tokenize
from annotate.vocabulary import Bound, FigureKind
from annotate.word_lists import WordLists

Entry = TypeVar("Entry")


class Unit(NamedTuple):
    """What a number measures: kind, the unit's name as stored, what one of it makes of the value."""

    kind: FigureKind
    name: str
    factor: float = 1.0


class Phrases(dict[tuple[str, ...], Entry]):
    """Entries by the token words of their phrases, with how long those may be that begin or end with a word: most
    words of a text begin none, and are passed over at the cost of one look."""

    def __init__(self, table: Mapping[tuple[str, ...], Entry]) -> None:
        super().__init__(table)
        self.longest_from: dict[str, int] = {}
        self.longest_to: dict[str, int] = {}
        for words_ in table:
            self.longest_from[words_[0]] = max(self.longest_from.get(words_[0], 0), len(words_))
            self.longest_to[words_[-1]] = max(self.longest_to.get(words_[-1], 0), len(words_))


def phrases(table: Mapping[str, Entry]) -> Phrases[Entry]:
    """The table with its keys as tuples of token words."""
    return Phrases({tuple(token.word for token in tokenize(phrase)): entry for phrase, entry in table.items()})


def phrase_at(table: Phrases[Entry], tokens: Sequence[Token], index: int) -> tuple[Entry, int] | None:
    """The longest phrase of a table that begins at a token, and the index behind it."""
    longest = table.longest_from.get(tokens[index].word, 0) if 0 <= index < len(tokens) else 0
    for length in range(min(longest, len(tokens) - index), 0, -1):
        entry = table.get(tuple(token.word for token in tokens[index : index + length]))
        if entry is not None:
            return entry, index + length
    return None


def phrase_before(table: Phrases[Entry], tokens: Sequence[Token], end: int) -> tuple[Entry, int] | None:
    """The longest phrase of a table that ends before a token, and the index where it begins."""
    longest = table.longest_to.get(tokens[end - 1].word, 0) if 0 < end <= len(tokens) else 0
    for length in range(min(longest, end), 0, -1):
        entry = table.get(tuple(token.word for token in tokens[end - length : end]))
        if entry is not None:
            return entry, end - length
    return None


def _bounds(table: str) -> Phrases[Bound]:
    lists = _LISTS.phrases_by(table)
    return phrases({phrase: bound for bound in Bound for phrase in lists.get(bound, ())})


def _lows(table: str) -> Phrases[float]:
    return phrases({phrase: float(low) for low, held in _LISTS.phrases_by(table).items() for phrase in held})


def _by_word(table: str) -> dict[str, str]:
    return {word: name for name, held in _LISTS.words_by(table).items() for word in held}


_LISTS = WordLists("amounts")

QUALIFIERS = _bounds("qualifiers")
"""What the words before a number say about it. "just" and the like say something, but leave the number exact."""
AFTERWARDS = _bounds("afterwards")
"""What the words behind it say."""
PASSED_OVER = phrases(dict.fromkeys(_LISTS.phrases("passed_over"), True))

CHANGED = _LISTS.words("changed")
SCORE_WORDS = _LISTS.words("scores")
SCORE_ENDS = frozenset(".,;:!?)]”’\"'—–")
OPENING = frozenset("([“‘\"'—")

SECONDS: Mapping[str, float] = _LISTS.numbers("seconds")
"""How long a duration lasts."""
TIME_UNITS: Mapping[str, tuple[str, float]] = {
    **{word: (unit, 1.0) for word, unit in _by_word("durations").items()},
    **dict.fromkeys(("fortnight", "fortnights"), ("weeks", 2.0)),
}
"""The duration that a word stands for, and how many of it."""
ADVERBS_OF_RATE: Mapping[str, str] = _by_word("adverbs_of_rate")
RATE_NOUNS = frozenset(TIME_UNITS) | _LISTS.words("rate_nouns")
LENGTHS = _LISTS.words("lengths")

CURRENCY_SIGNS: Mapping[str, str] = _by_word("currency_signs")
DOLLAR_PREFIXES: Mapping[str, str] = _by_word("dollar_prefixes")
CURRENCY_CODES = _LISTS.words("currency_codes")
CODE_ALIASES: Mapping[str, str] = _by_word("code_aliases")


def _units() -> dict[str, Unit]:
    units = {form: Unit(FigureKind.DURATION, *unit) for form, unit in TIME_UNITS.items()}
    for pair in _LISTS.phrases("measures"):
        forms = pair.split()
        half = len(forms) // 2
        singular, plural = " ".join(forms[:half]), " ".join(forms[half:])
        for form in (singular, plural):
            units[form] = Unit(FigureKind.MEASURE, plural)
            if half == 1:
                units[f"square {form}"] = units[f"sq {form}"] = Unit(FigureKind.MEASURE, f"square {plural}")
                units[f"cubic {form}"] = Unit(FigureKind.MEASURE, f"cubic {plural}")
    for short in _LISTS.phrases("unit_signs"):
        units[short.lower()] = Unit(FigureKind.MEASURE, short)
        units[f"sq {short.lower()}"] = Unit(FigureKind.MEASURE, f"sq {short}")
    units["°"] = Unit(FigureKind.MEASURE, "degrees")
    for sign, scales in _LISTS.phrases_by("temperatures").items():
        unit = Unit(FigureKind.MEASURE, sign)
        units |= dict.fromkeys((f"{degrees} {scale}" for degrees in ("degree", "degrees") for scale in scales), unit)
        units |= dict.fromkeys((sign.lower(), sign.lower().replace("°", "º")), unit)
    for code, names in _LISTS.phrases_by("currencies").items():
        units |= dict.fromkeys(names, Unit(FigureKind.MONEY, code))
    units |= {code.lower(): Unit(FigureKind.MONEY, code) for code in CURRENCY_CODES if code != "TRY"}
    for name, held in _LISTS.phrases_by("percentages").items():
        units |= dict.fromkeys(held, Unit(FigureKind.PERCENT, name))
    return units | dict.fromkeys(("times", "fold", "x", "×"), Unit(FigureKind.MULTIPLIER, "times"))


UNITS: Phrases[Unit] = phrases(_units())

MULTIPLIERS: Mapping[str, float] = {word: float(by) for word, by in _by_word("multipliers").items()}
VAGUE = _lows("vague")
"""The low that vague words stand for."""
A_FEW = _lows("a_few")

DETERMINERS = _LISTS.words("determiners")
FILLERS = _LISTS.words("fillers")
NOUN_ENDS = _LISTS.words("noun_ends")
NOT_PARTICIPLES = _LISTS.words("not_participles")
PAST_VERBS = _LISTS.words("past_verbs")
"""Verbs without "ed" or "ing" that follow a counted noun; see NOT_PARTICIPLES for the others."""
INTRANSITIVE = _LISTS.words("intransitive")

MONTHS = _LISTS.words("months")
OTHER_MONTHS = _LISTS.words("other_months")
DATE_SIGNS = _LISTS.words("date_signs")
BEFORE_YEARS = _LISTS.words("before_years")
