"""Times of the machine in files of other formats: ISO 8601, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def written_moment(time: datetime) -> str:
    """An aware datetime as xsd:dateTime in UTC."""
    return time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_moment(words: str) -> datetime:
    """A time with its zone, in UTC; one without a zone is taken for UTC. Raises ValueError or OverflowError."""
    time = datetime.fromisoformat(words.strip())
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def moment_of(value: object) -> datetime | None:
    """The same of whatever a file has where a time should be; None for what is none."""
    try:
        return read_moment(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None
