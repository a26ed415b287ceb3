"""Dates as databases of newspapers write them, in the language of the reader who saved the file.

Only what the words surely give becomes a date: "03/04/2012" stays words, since nobody can tell March from April.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from annotate.model import Published
from annotate.vocabulary import Precision

_MONTHS_BY_LANGUAGE = (
    "january february march april may june july august september october november december",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)
_MONTHS = {name: number for names in _MONTHS_BY_LANGUAGE for number, name in enumerate(names.split(), start=1)} | {
    "jänner": 1,
    "feber": 2,
    "fevrier": 2,
    "aout": 8,
    "decembre": 12,
    "setiembre": 9,
    "mär": 3,
    "mrz": 3,
}
_WEEKDAYS = "|".join(
    (
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
        "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag",
        "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
        "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
        "segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira",
        "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
        "понедельник|вторник|среда|четверг|пятница|суббота|воскресенье",
    )
)
_DATE = re.compile(
    r"""(?<![\w/.-])(?:
        (?P<day>\d{1,2})(?:\.|er|º|st|nd|rd|th)?(?:\s+(?:de|of))?\s+(?P<month>[^\W\d_]{3,12})\.?,?(?:\s+de)?\s+(?P<year>\d{4})
        |(?P<month2>[^\W\d_]{3,12})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})
        |(?P<year3>\d{4})-(?P<number3>\d{2})-(?P<day3>\d{2})
        |(?P<day4>\d{1,2})\.(?P<number4>\d{1,2})\.(?P<year4>\d{4})
        |(?P<day5>1[3-9]|2\d|3[01])/(?P<number5>\d{1,2})/(?P<year5>\d{4})
        |(?P<year6>\d{4})年(?P<number6>\d{1,2})月(?P<day6>\d{1,2})日
        |(?P<month7>[^\W\d_]{3,12})\.?,?(?:\s+de)?\s+(?P<year7>\d{4})
    )(?![\w/-])""",
    re.VERBOSE,
)
_WEEKDAY_BEFORE = re.compile(rf"(?:^|(?<=[\s,;]))(?:{_WEEKDAYS})[.,]?\s+$", re.IGNORECASE)
_AFTER = re.compile(
    rf"""(?:,?\s+(?:{_WEEKDAYS})\b)?
    (?:,?\s+\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s*[AP]\.?M\.?)?(?:\s+(?:[A-Z]{{2,5}})\b)?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR_ALONE = re.compile(r"\D*(1[789]\d\d|20\d\d)\D*")
_ANNOUNCED = re.compile(
    r"^(?:published(?: on)?|posted on|veröffentlicht(?: am)?|publié(?: le)?|publicado(?: el| em)?|pubblicato(?: il)?"
    r"|gepubliceerd(?: op)?)\s*:?\s+",
    re.IGNORECASE,
)
"""Words before the date of a line that is nothing else."""
_LONGEST_LINE = 120
"""Code points; a date line with its edition stays well below."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its weekday and time, where it stands in the words (code points, end exclusive)."""

    published: Published
    start: int
    end: int


def date_in(words: str) -> Dated | None:
    """The first date in the words; None where there is none that is certain to the month at least."""
    for found in _DATE.finditer(words):
        value, precision = _value(found)
        if value is None:
            continue
        weekday = _WEEKDAY_BEFORE.search(words[max(0, found.start() - 20) : found.start()])
        start = found.start() - (len(weekday[0]) if weekday else 0)
        after = _AFTER.match(words, found.end())
        end = after.end() if after else found.end()
        return Dated(Published(" ".join(words[start:end].split()), value, precision), start, end)
    return None


def published(words: str) -> Published:
    """What a field that holds a date says; its words alone where they name no certain day, month or year."""
    words = " ".join(words.split())
    if not words:
        return Published()
    dated = date_in(words)
    if dated is not None:
        return dated.published
    year = _YEAR_ALONE.fullmatch(words)
    return Published(words, date(int(year[1]), 1, 1), Precision.YEAR) if year else Published(words)


def is_date_line(line: str) -> bool:
    """Whether a line is the date of an issue, with its weekday, time or edition, and no sentence that begins so."""
    line = _ANNOUNCED.sub("", line.strip())
    dated = date_in(line) if len(line) <= _LONGEST_LINE else None
    if dated is None or dated.start > 0:
        return False
    rest = line[dated.end :].strip()
    return not rest or rest[0] in ",;(|/-–" or (not rest[0].islower() and not rest.endswith((".", "!", "?")))


def names_month(word: str) -> bool:
    """Whether a word is a month in one of the languages known here, or its beginning."""
    return _month(word) is not None


def names_day(word: str) -> bool:
    """Whether a word is a day of the week."""
    return re.fullmatch(_WEEKDAYS, word, re.IGNORECASE) is not None


def names_a_year(line: str) -> bool:
    """Whether a short line may be a date that only people understand ("Winter 2010")."""
    return len(line) <= _LONGEST_LINE // 2 and _YEAR_ALONE.fullmatch(line.strip()) is not None


def _value(found: re.Match[str]) -> tuple[date | None, Precision]:
    groups = {name.rstrip("234567"): value for name, value in found.groupdict().items() if value}
    month = int(groups["number"]) if "number" in groups else _month(groups["month"])
    precision = Precision.DAY if "day" in groups else Precision.MONTH
    year = int(groups["year"])
    if month is None or year < 1500:
        return None, precision
    try:
        return date(year, month, int(groups.get("day", 1))), precision
    except ValueError:
        return None, precision


def _month(word: str) -> int | None:
    """From a month's name, or its beginning where only one month begins so ("juil", "Sept")."""
    word = word.casefold()
    if word in _MONTHS:
        return _MONTHS[word]
    numbers = {number for name, number in _MONTHS.items() if name.startswith(word)}
    return numbers.pop() if len(numbers) == 1 else None
