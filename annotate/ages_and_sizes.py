"""How old something is and how large, as a person would say it: "20 minutes ago", "4.1 MB"."""

from __future__ import annotations

from datetime import datetime

from annotate.counted import counted

_SPANS = ((365 * 24 * 60, "year"), (30 * 24 * 60, "month"), (7 * 24 * 60, "week"), (24 * 60, "day"), (60, "hour"))
"""Minutes in each."""


def age_in_words(time: datetime, now: datetime) -> str:
    """How long ago a time was, in whole spans of the largest kind of which there are two; both aware."""
    minutes = (now - time).total_seconds() / 60
    if minutes < -1:
        return "in the future, by this computer’s clock"
    if minutes < 1:
        return "just now"
    for length, name in _SPANS:
        if minutes >= 2 * length:
            return f"{int(minutes // length)} {name}s ago"
    count = int(minutes)
    return f"{counted(count, 'minute')} ago"


def size_in_words(size: int) -> str:
    """Bytes in thousands, as file managers count: "245 KB", "4.1 MB"."""
    if size < 1_000:
        return f"{size} bytes"
    if size < 999_500:
        return f"{size / 1_000:.0f} KB"
    amount, unit = (size / 1e6, "MB") if size < 999.5e6 else (size / 1e9, "GB")
    return f"{amount:.1f} {unit}" if amount < 9.95 else f"{amount:,.0f} {unit}"
