"""Proposes figures: amounts with their number, unit, bound and what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotate.amount_words import PAST_VERBS
from annotate.figures import FigureWords, figures_in, read_figure
from annotate.model import Figure, Span
from annotate.offsets import snap_to_graphemes
from annotate.sentences import PARAGRAPH_ENDS
from annotate.suggest.no_amounts import no_amounts, row_numbers
from annotate.suggest.proposal import Proposal
from annotate.vocabulary import Bound, FigureKind, Kind

_FIELDS = ("value", "low", "high", "inferred", "counted", "unit", "bound", "qualifier", "kind")
_PARAGRAPH = re.compile(f"[^{PARAGRAPH_ENDS}]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES_A_YEAR = re.compile(
    r"(?i:\b(?:the|of|in|since|by|its|their|his|her|our|from|until|till|and|to)|['’]s|[-–/(])\s?$"
)
_COUNTABLE = re.compile(
    r"(?i)(?:\w+[\s-]){0,2}(?:people|deaths|cases|homes|houses|troops|soldiers|fighters|civilians|patients|children|women|men"
    r"|families|residents|refugees|workers|jobs|tonnes|vehicles|trucks|prisoners|buildings|officers|students|complaints)\b"
)
"""What is counted where a number looks like a year."""
_LABEL = re.compile(
    r"\b(?:[Ss]tage|[Pp]hase|[Ll]evel|[Tt]ier|[Gg]rade|[Cc]lass|[Cc]ategory|Resolution|Article|[Ss]ection|[Cc]hapter|[Cc]lause"
    r"|[Rr]ule|Act|Title|[Nn]o\.?|[Nn]umber|Nos?\.|[Rr]oute|Highway|[Ff]light|[Tt]ype|Covid|COVID|Region|[Rr]oom|[Pp]ages?"
    r"|Figure|Table|Avenue|Street|Channel|Radio|Group|Group of|Gang of|Big|Apollo|Boeing|Airbus|Windows|iPhone|Galaxy"
    r"|Formula|Division|[Pp]ier|[Gg]ate|[Pp]latform|[Ll]ine|[Ww]ard|[Dd]istrict|[Zz]one|Area|Unit|[Ee]xit|[Jj]unction"
    r"|Interstate|Proposition|Prop|Model|Series|[Ss]eason|[Ee]pisode|Day|Week|Year|[Rr]ound|Game|[Ll]ot|[Bb]us|[Tt]ram"
    r"|World War|War|Bowl|[Vv]olume|Vol\.|[Pp]art|[Vv]ersion|[Ss]ector|[Tt]erminal|[Rr]unway|[Cc]ourt|[Ss]tudio"
    r"|[Pp]aragraph|FTSE|Nikkei|Stoxx|S&P|Russell|Euro|Expo|Vision|Agenda|Schedule|[Ss]quadron|[Bb]attery|[Uu]nder-|U-)s?"
    r"\s?-?(?:\d{1,4}\s?(?:and|to|or|,|&|[-–])\s?)?$"
)
_NAME_BEFORE = re.compile(r"(?<=[\w,;)’”\"] )(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][\w’'-]*[^\Ws]\s$")
"""A name straight before a bare number is mostly one with it (Canal 9); "Kills 12" of a headline ends in s."""
_PREDICATE = re.compile(r"(?i)\s(?:were|are|have|had|died|drowned|fled|survived|came|more|others?|of)\b")
"""Behind a bare number it makes it the subject: "in Gaza 12 died"."""
_TITLE_CASE = 0.6
"""The share of capitals among a paragraph's longer words from which capitals tell no names."""
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")
_BARE_TIME = re.compile(
    r"(?i)(?:[a-z]+\s){0,3}(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries)\W*$"
)
_ORDINAL_SECOND = re.compile(
    r"(?i)a\ssecond\s(?!or\b|ago\b|later\b|earlier\b|before\b|after\b|of\s(?:silence|time)\b)[a-z]+"
)
""" "a second day": the one behind the first."""
_ONE_OF_TIME = re.compile(
    r"(?i)(?:a|an|one)\s(?:second|minute|hour|day|night|week|month|year|decade|century)\b"
    r"|an?\s(?:inch|foot|yard|mile|metre|meter|kilomet\w+|ton|tonne|pint|gallon|lit\w+|ounce|degree|penny|cent|stone)\b"
)
_TIME_BEFORE = re.compile(
    r"(?i)\b(?:for|in|within|after|of|than|took|takes?|lasts?|lasted|waits?|waited|waiting|spend|spent|only|just|over|under"
    r"|about|almost|nearly|around|every|least|most|to|by)\s$"
)
_TIME_AFTER = re.compile(r"(?i)\s(?:ago|earlier|later|before|after|or|old|of|from|away|long|a|per|each|left)\b")
_LASTING = re.compile(
    r"(?i)\b(?:for|after|of|been|is|was|in|just|well|last\w*|t[ao]k\w+|took|wait\w*|spen[dt]\w*|a)\s$"
)
_LONG_SINCE = re.compile(r"(?i)[\s-](?:ago|old|late|long|earlier|later)\b")
_DURING = re.compile(r"(?i)over\s")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f]")
_NO_NUMBER = re.compile(r"(?i)several|a few|quite a few|some few|a handful(?: of)?|many|numerous|countless|multiple")
_ONE_OF_A_KIND = re.compile(
    r"(?i)(?:[a-z-]+\s)?(?:person|child|civilian|soldier|death|case|man|woman|boy|girl|officer|worker|student|passenger"
    r"|fighter|victim|survivor|patient|home|house|vehicle|plane|aircraft|ship|boat|tonne|vote|goal|point)\b"
)
"""What "one" counts; elsewhere it mostly stands for a name."""
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b")
_MANNER = re.compile(
    r"(?i)-(?:way|off|time|sided|state|party|dimensional|faced|pronged|tier|piece|liner|stop|wheel\w*|poster|step|handed"
    r"|minded|size|hit|on-one|to-one)\b"
)
"""Behind a number in words: "a two-way road" counts nothing."""
_MULTIPLIED = re.compile(r"(?i)\s(?:the|that|what|its|his|her|their|this|last|as|a|an|per|daily|every|more|\d)\b")
_DOUBLE = re.compile(r"(?i)double|triple|treble|twice|thrice|quadruple")
_NAMED_BEFORE = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: (?:KC|QC|Jr\.?|Sr\.?))?, $|\((?:aged )?$|\baged $")
_BEHIND_AGE = re.compile(r"[,.;)]| (?:and|was|from|of|who|is|has|said)\b")
_REFERS_BACK = re.compile(r"(?i)\b(?:the|these|those)\s$")
_ZERO_BEFORE = re.compile(r"0\d")


def _is_unread(words: str, one: FigureWords) -> bool:
    """Whether words of a script stand before the number whose qualifiers are not read."""
    return _OTHER_SCRIPT.search(words, max(0, one.number_start - 30), one.number_start) is not None


def _is_amount(words: str, one: FigureWords, figure: Figure, *, names_tell: bool) -> bool:
    """Whether a number counts or measures something, and is no year, no label and no mere "days"."""
    number = words[one.number_start : one.number_end]
    before = words[max(0, one.number_start - 20) : one.number_start]
    after = words[one.number_end : one.number_end + 20]
    if figure.bound is None and figure.value is None and figure.low is None:
        return False
    if figure.bound is Bound.VAGUE and (_BARE_TIME.fullmatch(number) or _NO_NUMBER.fullmatch(number)):
        return False
    if number.lower() == "one" and figure.kind is FigureKind.COUNT and not _ONE_OF_A_KIND.match(figure.counted):
        return False
    if _LABEL.search(before) or _ORDINAL.match(after) or (_ZERO_BEFORE.match(number) and figure.value):
        return False
    if not any(map(str.isdigit, number)) and _MANNER.match(after):
        return False
    if _DOUBLE.fullmatch(number) and not _MULTIPLIED.match(after):
        return False
    if _ORDINAL_SECOND.match(words, one.number_start):
        return False
    if _ONE_OF_TIME.match(number) and not figure.qualifier and not figure.unit.count(" per "):
        return _TIME_BEFORE.search(before) is not None or _TIME_AFTER.match(after) is not None
    is_bare_word = not (figure.counted or any(map(str.isdigit, number)))
    is_plain = figure.kind is FigureKind.COUNT and not figure.qualifier and (number.lower() == "two" or is_bare_word)
    if is_plain and _REFERS_BACK.search(before) is not None:  # "the two sides", "one of the three said"
        return False
    if _YEAR.fullmatch(number) and not figure.qualifier:
        return _counts_like_a_year(number, figure.counted, before)
    named = figure.counted.split(" ", 1)[0]
    counts = bool(named) and named not in PAST_VERBS and not named.endswith("ed")
    is_bare = figure.kind is FigureKind.COUNT and not (figure.qualifier or counts or figure.unit)
    if not (names_tell and is_bare and number.replace(".", "").isdecimal()):
        return True
    return _NAME_BEFORE.search(before) is None or _PREDICATE.match(after) is not None


def _is_age(words: str, one: FigureWords, figure: Figure) -> bool:
    """ "Ana Ruiz, 43, said": a whole number between commas behind a name."""
    if figure.kind is not FigureKind.COUNT or figure.counted or figure.qualifier or figure.value is None:
        return False
    number = words[one.number_start : one.number_end]
    before = words[max(0, one.number_start - 30) : one.number_start]
    is_told = number.isdecimal() and 0 < int(number[:4]) < 115 and _BEHIND_AGE.match(words, one.number_end)
    return bool(is_told) and _NAMED_BEFORE.search(before) is not None


def _counts_like_a_year(number: str, counted: str, before: str) -> bool:
    if number == "2000":
        return counted.endswith(("s", "people", "men", "women", "children")) and not _NAMES_A_YEAR.search(before)
    return _COUNTABLE.match(counted) is not None and not _NAMES_A_YEAR.search(before)


def _names_tell(paragraph: str) -> bool:
    """Whether capitals tell names there, as they do not in a headline that capitalises every word."""
    longer = _LONGER_WORD.findall(paragraph[:300])
    capitals = sum(map(str.istitle, longer)) + sum(map(str.isupper, longer))
    return capitals < _TITLE_CASE * max(1, len(longer))


def _confidence(number: str, figure: Figure) -> float:
    """How often a person wants such a figure, as counted in the articles of tests/suggest."""
    if figure.bound is None:
        return 0.7
    if figure.bound is Bound.VAGUE:
        return 0.75
    if any(map(str.isdigit, number)):
        return 0.95 if figure.counted or figure.unit or figure.qualifier else 0.9
    if figure.kind is FigureKind.MULTIPLIER:
        return 0.5
    return 0.75 if figure.kind is FigureKind.DURATION else 0.85


def _rule(number: str, figure: Figure) -> str:
    """What an analyst may want or not: "duration in words", "vague count", "money"."""
    kind = "amount" if figure.kind is None else figure.kind.label.lower()
    if figure.bound is Bound.VAGUE:
        return f"vague {kind}"
    return kind if any(map(str.isdigit, number)) else f"{kind} in words"


def propose_figures(text: str) -> list[Proposal]:
    """Every figure of a text as an analyst would mark it, in the order of the numbers; linear."""
    found: list[Proposal] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _of_paragraph(text, paragraph.start(), paragraph.group())
    counting = row_numbers(text)
    return [one for one in found if one.record["number"][0] not in counting]


def _of_paragraph(text: str, left: int, words: str) -> Iterator[Proposal]:
    figures = figures_in(words)
    if not figures:
        return
    besides = no_amounts(words)
    names_tell = _names_tell(words)
    at = 0
    for one in figures:
        while at < len(besides) and besides[at][1] <= one.number_start:
            at += 1
        if at < len(besides) and besides[at][0] < one.number_end:
            continue
        first = _without_during(words, one)
        start, end = snap_to_graphemes(text, left + first, left + one.end)
        figure = read_figure(text[start:end])
        if not _is_amount(words, one, figure, names_tell=names_tell):
            continue
        if _is_age(words, one, figure):
            figure = replace(figure, kind=FigureKind.AGE, unit="years")
        if figure.bound is Bound.EXACT and not figure.qualifier and _is_unread(words, one):
            figure = replace(figure, bound=None)
        record: dict[str, Any] = {name: getattr(figure, name) for name in _FIELDS}
        record |= {name: record[name] and record[name].value for name in ("bound", "kind")}
        record["number"] = [left + one.number_start, left + one.number_end]
        number = words[one.number_start : one.number_end]
        yield Proposal(Kind.FIGURE, (Span(start, end),), record, _rule(number, figure), _confidence(number, figure))


def _without_during(words: str, one: FigureWords) -> int:
    """Where a figure begins: without an "over" that means during ("fell by 35 per cent over two years")."""
    is_during = _DURING.fullmatch(words, one.start, one.number_start) and _BARE_TIME.search(
        words, one.number_start, one.number_end
    )
    if not is_during or _LASTING.search(words, max(0, one.start - 12), one.start):
        return one.start
    return one.start if _LONG_SINCE.match(words, one.number_end) else one.number_start
