"""When and where it happened, as the words of a claim say it: "on 6 November", "less than a week ago", "in Aleppo".

Days of the week and words such as "yesterday" are reckoned from the day the article was published and left open
without one. What is read is only ever offered: nobody but a reader knows whether it is the event that is dated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from annotate.model import DatedWords
from annotate.numbers import ONES
from annotate.tokens import words
from annotate.vocabulary import DateBasis, Precision

_MONTHS = {
    name: number
    for number, names in enumerate(
        words(
            """january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep
            october/oct november/nov december/dec"""
        ),
        start=1,
    )
    for name in names.split("/")
}
_WEEKDAYS = {day: at for at, day in enumerate(words("monday tuesday wednesday thursday friday saturday sunday"))}
_MONTH = (
    r"(?P<{0}>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_NUMBER = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|a couple of)"
_PATTERN = re.compile(
    rf"""(?<![\w-])(?:
        (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH.format("month")}(?:,?\s+(?P<year>(?:19|20)\d\d))?
        |{_MONTH.format("month2")}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s*%)(?:,?\s+(?P<year2>(?:19|20)\d\d))?
        |(?:(?:in|since|during|by|until|early|late|mid)[\s-]+)?{_MONTH.format("month3")}\s+(?P<year3>(?:19|20)\d\d)
        |in\s+(?:early\s+|late\s+|mid-?\s*)?{_MONTH.format("month4")}(?!\s+\d)
        |(?:in|since)\s+(?P<year5>(?:19|20)\d\d)(?![\d,.%-]*\d)
        |(?P<vague>less\s+than\s+|more\s+than\s+|over\s+|about\s+|some\s+|nearly\s+|almost\s+)?(?P<count>{_NUMBER})\s+
            (?P<unit>day|week|month|year)s?\s+(?P<way>ago|earlier|later)
        |(?P<word>yesterday|today|tonight|tomorrow)(?:\s+(?:morning|afternoon|evening|night))?
        |(?P<which>last|this|next)\s+(?P<period>week|month|year|weekend)
        |(?:(?P<nearer>last|next|this)\s+)?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)
            (?:\s+(?:morning|afternoon|evening|night))?
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|would|to be|is to|are to|due|expects?|plans?|from)\b[^.;]{0,60}$", re.IGNORECASE
)
_NAME = r"(?:al-|el-)?[A-ZÀ-ÖØ-Þ][\w’'-]+"
_PLACE = re.compile(
    r"\b(?:(?:in|at|near|outside|around|off|across|over|from|inside)|(?:city|town|village|port|province|region|district"
    r"|east|west|north|south|outskirts|suburb|island|state|valley|coast)\s+of)\s+(?:the\s+)?"
    r"(?:(?:northern|southern|eastern|western|central|north|south|east|west|rural|downtown)[\s-]+)?"
    rf"(?P<place>{_NAME}(?:\s(?:(?:de|la|al|of|the|el|du|di|am)\s)?{_NAME}){{0,3}})"
)
_NO_PLACE = frozenset([*_MONTHS, *_WEEKDAYS, "parliament", "congress", "english", "arabic", "french", "i", "he", "she"])
_LONGEST = 4_000
"""Code points of a sentence that are looked at."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something may have happened, by words of the text; start and end in code points of it."""

    start: int
    end: int
    happened: DatedWords


def occasions_in(text: str, start: int, end: int, published: date | None = None) -> list[Occasion]:
    """Every date that a stretch of a text names, in order; of days that are reckoned the published one is the measure.
    Never raises; linear."""
    found = []
    for match in _PATTERN.finditer(text, start, min(end, start + _LONGEST)):
        if _is_month_alone(match):
            continue
        days = _days(match, text, published)
        said, at = _without_preposition(text[match.start() : match.end()])
        happened = DatedWords(said) if days is None else DatedWords(said, *days)
        found.append(Occasion(match.start() + at, match.end(), happened))
    return found


def places_in(text: str, start: int, end: int) -> list[str]:
    """Names behind words such as "in" and "near", each once, in the order of the text; linear."""
    stretch = text[start : min(end, start + _LONGEST)]
    names = (found["place"].rstrip("’'") for found in _PLACE.finditer(stretch))
    plain = (name.removesuffix("’s").removesuffix("'s") for name in names)
    return list(dict.fromkeys(name for name in plain if name.split()[0].lower().rstrip(".") not in _NO_PLACE))


_Days = tuple[date, date | None, Precision, DateBasis]


def _days(match: re.Match[str], text: str, published: date | None) -> _Days | None:
    try:
        return next(iter(_stated(match, published)), None) or _reckoned(match, text, published)
    except (ValueError, OverflowError):  # 31 February, the year 0
        return None


def _stated(match: re.Match[str], published: date | None) -> Iterator[_Days]:
    """Dates with their month or year; a year that is not named is that of the nearest such day."""
    for day, month, year in (("day", "month", "year"), ("day2", "month2", "year2")):
        if match[day]:
            number, in_year = _MONTHS[match[month].lower().rstrip(".")], match[year]
            if in_year:
                yield date(int(in_year), number, int(match[day])), None, Precision.DAY, DateBasis.STATED
            elif published is not None:
                on = date(published.year, number, int(match[day]))
                yield _nearest(on, published), None, Precision.DAY, DateBasis.RECKONED
    if match["month3"]:
        yield _month(int(match["year3"]), _MONTHS[match["month3"].lower().rstrip(".")], DateBasis.STATED)
    if match["month4"] and published is not None:
        number = _MONTHS[match["month4"].lower().rstrip(".")]
        year_ = published.year - (number > published.month)
        yield _month(year_, number, DateBasis.RECKONED)
    if match["year5"]:
        yield date(int(match["year5"]), 1, 1), None, Precision.YEAR, DateBasis.STATED


def _reckoned(match: re.Match[str], text: str, published: date | None) -> _Days | None:
    if published is None:
        return None
    if match["word"]:
        away = {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
        return published + timedelta(away), None, Precision.DAY, DateBasis.RECKONED
    if match["weekday"]:
        return _weekday(match, text, published), None, Precision.DAY, DateBasis.RECKONED
    if match["period"]:
        return _period(match["which"].lower(), match["period"].lower(), published)
    if match["way"] and match["way"].lower() == "ago":
        return _ago(match, published)
    return None


def _weekday(match: re.Match[str], text: str, published: date) -> date:
    """The last such day up to the day of publication; the next one where it is still to come."""
    back = (published.weekday() - _WEEKDAYS[match["weekday"].lower()]) % 7
    nearer = (match["nearer"] or "").lower()
    sentence = max(text.rfind(". ", 0, match.start()) + 1, match.start() - 100, 0)
    if nearer == "next" or (nearer != "last" and _TO_COME.search(text[sentence : match.start()])):
        return published + timedelta((7 - back) % 7 or 7)
    return published - timedelta(back or (7 if nearer == "last" else 0))


def _period(which: str, period: str, published: date) -> _Days:
    away = {"last": -1, "this": 0, "next": 1}[which]
    if period in ("week", "weekend"):
        monday = published - timedelta(published.weekday()) + timedelta(7 * away)
        first = monday + timedelta(5) if period == "weekend" else monday
        return first, monday + timedelta(6), Precision.DAY, DateBasis.RECKONED
    if period == "month":
        months = published.year * 12 + published.month - 1 + away
        return _month(months // 12, months % 12 + 1, DateBasis.RECKONED)
    return date(published.year + away, 1, 1), None, Precision.YEAR, DateBasis.RECKONED


def _ago(match: re.Match[str], published: date) -> _Days | None:
    number, unit, vague = match["count"].lower(), match["unit"].lower(), (match["vague"] or "").split()
    count = int(number) if number.isdigit() else 1 if number in ("a", "an") else ONES.get(number, 0)
    if not count:
        return None
    if unit in ("day", "week"):
        on = published - timedelta(count * (7 if unit == "week" else 1))
        if vague and vague[0].lower() == "less":
            return on, published, Precision.DAY, DateBasis.RECKONED
        return None if vague else (on, None, Precision.DAY, DateBasis.RECKONED)
    if vague:
        return None
    months = published.year * 12 + published.month - 1 - count * (12 if unit == "year" else 1)
    if unit == "year":
        return date(months // 12, 1, 1), None, Precision.YEAR, DateBasis.RECKONED
    return _month(months // 12, months % 12 + 1, DateBasis.RECKONED)


def _month(year: int, month: int, basis: DateBasis) -> _Days:
    return date(year, month, 1), None, Precision.MONTH, basis


def _nearest(on: date, published: date) -> date:
    """The same day of the year that is nearest to a date."""
    others = [on.replace(year=year) for year in (on.year - 1, on.year, on.year + 1) if not _is_leap_day(on, year)]
    return min(others, key=lambda day: abs((day - published).days))


def _is_leap_day(on: date, year: int) -> bool:
    return (on.month, on.day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _is_month_alone(match: re.Match[str]) -> bool:
    """Whether "may" and "march" are verbs here: months have a capital letter."""
    names = (match[name] for name in ("month", "month2", "month3", "month4") if match[name])
    return any(name[0].islower() for name in names)


def _without_preposition(said: str) -> tuple[str, int]:
    found = re.match(r"(?:in|since|during|by|until)\s+", said, re.IGNORECASE)
    at = found.end() if found else 0
    return said[at:], at
