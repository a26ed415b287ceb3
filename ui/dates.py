"""Dates as an analyst reads them: 12 March 2024, March 2024, 2024."""

from __future__ import annotations

from datetime import datetime

from annotate.model import Published
from annotate.vocabulary import Precision

# The window speaks one language, whatever the system's locale, so the names are not asked of it.
_MONTHS = ("January", "February", "March", "April", "May", "June")
_MONTHS += ("July", "August", "September", "October", "November", "December")


def moment_label(time: datetime) -> str:
    """A moment in the time of this computer, to the minute: 27 Nov 2026, 10:15; `time` is aware."""
    local = time.astimezone()
    return f"{local.day} {_MONTHS[local.month - 1][:3]} {local.year}, {local:%H:%M}"


def published_label(published: Published, *, short: bool = True) -> str:
    """What is known of a publication date; the words as written where nothing was made of them."""
    on = published.on
    if on is None:
        return published.words or ""
    month = _MONTHS[on.month - 1]
    month = month[:3] if short else month
    if published.precision is Precision.YEAR:
        return f"{on.year}"
    if published.precision is Precision.MONTH:
        return f"{month} {on.year}"
    return f"{on.day} {month} {on.year}"
