"""The date that a cell, a header or an entry states, however the program that wrote it writes dates."""

from __future__ import annotations

import re
from email.utils import parsedate

from annotate.importers.bundles.dates import date_in
from annotate.importers.page_metadata import published_from
from annotate.model import Published

_YEAR_FIRST = re.compile(r"(\d{4})[/.-] ?(\d{1,2})[/.-] ?(\d{1,2})\.?(?=$|[T ])|(\d{4})(\d\d)(\d\d)(?:\d{6}|T\d{6}Z?)$")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(1[3-9]|2\d|3[01])/(\d{4})(?=$|,? )")
# "03-Mar-2026" of Oracle and Meltwater.
_DASHED = re.compile(r"(\d{1,2})-([^\W\d_]{3,9})-(\d{4})(?=$|[ T,])")
# "Tue Mar  3 08:00:00 MSK 2026" of the C library, Java and Twitter.
_YEAR_LAST = re.compile(
    r"(?:[A-Za-z]{3},? )?([A-Za-z]{3}) (\d{1,2}) \d\d:\d\d(?::\d\d)?(?: [A-Z]{2,5}| [+-]\d{4})? (\d{4})$"
)
# The year in two digits, as RFC 822 has it.
_SHORT_YEAR = re.compile(r"(?:[A-Za-z]{3,9}, ?)?\d{1,2}[ -][A-Za-z]{3}[ -]\d\d \d\d:\d\d")


def published_in(words: str) -> Published:
    """The date that some words hold, the words as written; "03/04/2012" stays words (see bundles.dates)."""
    words = " ".join(words[:200].split())
    if not words:
        return Published()
    published = published_from(words)
    if published.on is not None:
        return published
    year_first, month_first = _YEAR_FIRST.match(words), _MONTH_FIRST.match(words)
    dashed, year_last = _DASHED.match(words), _YEAR_LAST.match(words)
    short = parsedate(words) if _SHORT_YEAR.match(words) else None
    if year_first:
        year, month, day = (group for group in year_first.groups() if group)
        published = published_from(f"{year}-{month:0>2}-{day:0>2}")
    elif month_first:
        published = published_from(f"{month_first[3]}-{month_first[1]:0>2}-{month_first[2]}")
    elif short:
        published = published_from(f"{short[0]:04}-{short[1]:02}-{short[2]:02}")
    else:
        plain = f"{dashed[1]} {dashed[2]} {dashed[3]}" if dashed else words
        plain = f"{year_last[2]} {year_last[1]} {year_last[3]}" if year_last else plain
        dated = date_in(plain)
        published = dated.published if dated is not None else Published()
    return Published(words, published.on, published.precision)
