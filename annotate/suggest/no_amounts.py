"""Numbers that count and measure nothing: telephone numbers, times, dates, addresses, list numbers, names.

Why it exists: what they have in common is how they are written, so each is one pattern over the words of a paragraph.
What only the words around a number tell is told in `annotate.suggest.figures`. All patterns read each place once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HOURS = r"(?:[01]?\d|2[0-3])"
_SPELLED_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Place|Court|Boulevard|Blvd|Way|Terrace|Crescent|Close|Gardens"
    r"|Row|Quay|Wharf|Parade|Mews|Highway|Strasse|Straße|Plaza|Alley)\b"
)

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\b)"
)

_PATTERNS = re.compile(
    "|".join(
        (
            # telephone numbers: +44 20 7946 0958, (020) 7946 0958, 0800 123 456, 202-555-0142, 555-0142, 1-800-FLOWERS
            r"\+\d{1,3}(?:[ .()-]{1,2}\d{1,5}){2,6}",
            r"\(0?\d{2,4}\)[ .-]?\d{3,4}(?:[ .-]?\d{3,4})?\b",
            r"\b0\d{2,4}(?:[ .-]\d{2,5}){1,4}\b",
            r"\b(?:1[-–])?\d{3}[-–.]\d{3}[-–.]\d{4}\b",
            r"\b(?:555[-–]\d{4}|\d{3}[-–]0\d{3})\b",
            r"\b1-8\d\d-\w[\w-]*+",
            r"(?i:\b(?:call|dial|phon|ring|rang|text)\w*\s(?:the\s)?)(?:911|999|988|112|111|101|119|110)\b",
            r"\b(?:911|999|988|112)\s(?:call|caller|dispatch|operator|emergency|tape|recording|line)",
            # dates in digits, spans of years
            r"\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)\b",
            r"\b(?:19|20)\d\d-\d\d-\d\d\b",
            r"\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b(?![.,]?\d)",
            r"(?i:\b(?:between|from)\s)(?:19|20)\d\d\s(?:and|to|until|till|through)\s(?:19|20)\d\d\b",
            # several days of a month: 12 and 13 May, 12-14 May
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s?(?:and|or|to|[-–&])\s?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}",
            # times of day: 04.20, 14h30, 0600 GMT, 1400 hours, ten o'clock, half past six, quarter to nine
            r"\b0\d[.:][0-5]\d\b(?!\s?(?:%|per\s?cent|percent))",
            rf"\b{_HOURS}h[0-5]\d\b",
            r"\b[0-2]\d[0-5]\d\s?(?:hrs|GMT|UTC|BST|CET|CEST|EST|EDT|local time|Zulu)\b",
            r"(?i:\bat\s)[0-2]\d[0-5]\d\shours\b",
            rf"\b{_HOURS}[.:][0-5]\d\s?(?:GMT|UTC|BST|CET|CEST|EST|EDT|IST|AEST)\b",
            rf"(?i:\b{_SPELLED_HOUR}\s?o['’]clock\b)",
            rf"(?i:\b(?:half|quarter|five|ten|twenty)[\s-](?:past|after)\s{_SPELLED_HOUR}\b)",
            rf"(?i:\bquarter\sto\s{_SPELLED_HOUR}\b)",
            rf"(?i:\b(?:at|by|until|before|after|around)\s(?:about\s|around\s|nearly\s|almost\s)?{_SPELLED_HOUR}"
            r"\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight)\b)",
            # reports of half a year
            r"(?i:\bhalf-[a-z]{2,}ed\b)",
            r"(?i:\bhalf-year(?:ly)?\s(?:results|report|figures|earnings|profits?|loss|update|accounts|sales)\b)",
            # addresses, also 12, rue de la Paix
            rf"\b\d{{1,5}}[A-Za-z]?\s(?:[A-Z][\w'’.-]*+\s){{1,3}}{_STREET}",
            r"\b\d{1,4},?\s(?:rue|avenue|boulevard|place|calle|via|ulitsa)\s(?:d[eu'’]|des\b|la\b|[A-Z])",
            # the number of a list's entry, of an agency's update, of a version; minutes added; addresses on the web
            r"\A\s*\(?\d{1,3}[.)]\s+(?=[A-Z“\"])",
            r"\A(?:UPDATE|WRAPUP|RPT|CORRECTED|REFILE)\s\d{1,2}-",
            r"\b\d+(?:\.(?!\d{3}\b)\d+){2,}\b",
            r"\b\d{2,3}\+\d{1,2}\b",
            r"(?:https?://|www\.)\S+",
            r"[@#]\w+",
            r"\b[\w.+-]{1,64}@[\w.-]+\b",
            # formations: 4-4-2, 4-2-3-1
            r"(?<![\d-])[1-6](?:-[1-6]){2,3}(?![\d-])",
            # paragraphs of laws, codes of places, models: 14 CFR, DC 20590, Room W12–140, 737–9
            r"\b\d+\s(?:CFR|U\.?S\.?C\b\.?)",
            r"\b[A-Z]{2}\s\d{5}(?:[-–]\d{4})?\b",
            r"\b[A-Z]{1,3}\d*–\d+[A-Z]*\b",
            r"\b7\d7[-–]\d{1,4}\b",
            # the inches of a height in feet
            r"(?<=ft )\d{1,2}\s?in\b|(?<=feet )\d{1,2}\s?in(?:ches)?\b",
            # names
            r"\b7-Eleven\b|\b9/11\b|\b24/7\b|\bCatch[- ]22\b",
            r"(?i:\b(?:net|ground|sub|absolute)[- ]zero\b)",
            r"(?i:\bzero[- ](?:tolerance|emissions?|hours?|sum|day)\b)",
            r"(?i:\b(?:half|quarter)[- ]?(?:time|way|term|brother|sister|mast|back|final|finals|finalists?|hearted)\b)",
        )
    )
)
_TIME_WITH_POINT = re.compile(
    rf"(?i:\b(?P<before>\w+)?\s?\bat\s)(?P<time>{_HOURS}\.[0-5]\d)\b"
    r"(?!\s?(?:%|per\b|percent|to\b|point|million|billion|trillion|thousand|[$€£¥]|[a-z]*met(?:re|er)s?\b|km\b|miles?\b"
    r"|euros?\b|dollars?\b|pounds?\b|yen\b|pence\b|cents?\b|a share|times\b))"
)
_PRICED = frozenset(("closed", "ended", "finished", "traded", "opened", "stood", "trading", "priced", "quoted", "up"))
_FIRST_CELL = re.compile(r"^[ ]?(\d{1,3})\t[^\n]*", re.MULTILINE | re.ASCII)
_SLASHED = re.compile(r"\b(\d{1,4})/(\d{1,4})(?:/\d{1,4})?\b")
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 100))


def no_amounts(words: str) -> list[tuple[int, int]]:
    """Where numbers stand in a paragraph that are no amounts: start and end in code points, in order."""
    return sorted([*(found.span() for found in _PATTERNS.finditer(words)), *_times(words), *_slashed(words)])


def row_numbers(text: str) -> frozenset[int]:
    """Where the first cells of a table's rows only count the rows or name them: 1, 2, 3 …, from one row to the next."""
    found: set[int] = set()
    last: re.Match[str] | None = None
    for row in _FIRST_CELL.finditer(text):
        if last is not None and int(row[1]) == int(last[1]) + 1 and not text[last.end() : row.start()].strip("\n"):
            found |= {last.start(1), row.start(1)}
        last = row
    return frozenset(found)


def _times(words: str) -> Iterator[tuple[int, int]]:
    """ "at 8.45", unless a price stands there."""
    for found in _TIME_WITH_POINT.finditer(words):
        if (found["before"] or "").lower() not in _PRICED:
            yield found.span("time")


def _slashed(words: str) -> Iterator[tuple[int, int]]:
    """Numbers with a stroke that are no fraction: 7/7, 737/800, 12/5."""
    for found in _SLASHED.finditer(words):
        top, below = int(found[1]), int(found[2])
        if not (0 < top < below and below in _DENOMINATORS and found.group().count("/") == 1):
            yield found.span()
