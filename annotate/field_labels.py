"""What the columns of records are called where their history is told, and how values are said there.

The names are those of the forms and the sheets. A column without a name here is the program's own business: ids,
revisions, hashes, when something was touched last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from annotate.vocabulary import (
    ArticleStatus,
    ArticleType,
    AttributionBasis,
    Bound,
    CarryOutcome,
    Choice,
    ClaimType,
    Credibility,
    DateBasis,
    Fate,
    FigureKind,
    Finding,
    Handling,
    Kind,
    Measure,
    MentionRole,
    Mode,
    Naming,
    Origin,
    PartRole,
    Precision,
    Primacy,
    Progress,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Not asked of the system: the program speaks one language, whatever the locale.


def _dated(prefix: str, label: str) -> dict[str, str]:
    return {
        f"{prefix}_words": f"{label}, as written",
        f"{prefix}_on": label,
        f"{prefix}_until": f"{label}, until",
        f"{prefix}_precision": f"{label}, precision",
        f"{prefix}_basis": f"{label}, basis",
    }


FIELDS: Mapping[str, Mapping[str, str]] = {
    "projects": {"title": "Title", "marking": "Marking", "note": "Note", "columns": "Columns of the sheets"},
    "files": {"name": "File"},
    "articles": {
        "type": "Type",
        "title": "Title",
        "title_confirmed": "Title confirmed",
        "outlet": "Outlet",
        "author": "Author",
        "published_words": "Published, as written",
        "published_on": "Published",
        "published_precision": "Published, precision",
        "url": "URL",
        "archive_url": "Archive link",
        "platform": "Platform",
        "account": "Account",
        "language": "Language",
        "collected_at": "Collected",
        "collected_by": "Collected by",
        "place_in_file": "Place in its file",
        "status": "Status",
        "note": "Note",
    },
    "texts": {"number": "Text"},
    "events": {"name": "Name", **_dated("happened", "Happened"), "place": "Place", "note": "Note"},
    "sources": {
        "name": "Name",
        "aliases": "Also called",
        "type": "Type",
        "affiliation": "Affiliation",
        "controlled_by": "Controlled by",
        "handling": "Handling",
        "reliability": "Reliability",
        "reliability_basis": "Reliability, basis",
        "reliability_on": "Reliability, graded on",
        "note": "Note",
    },
    "annotations": {
        "kind": "Kind",
        "words": "Words",
        "note": "Note",
        "handling": "Handling",
        "origin": "Origin",
        "article_id": "Article",
    },
    "claims": {
        "mode": "Mode",
        "type": "Type",
        "plain_words": "In plain words",
        "translation": "Translation",
        "translated_by": "Translated by",
        "event_id": "Event",
        **_dated("happened", "Happened"),
        **_dated("said", "Said on"),
        "place": "Place",
        "credibility": "Credibility",
        "progress": "Progress",
        "signed_off_by": "Signed off by",
        "signed_off_at": "Signed off",
        "finding": "Finding",
    },
    "figures": {
        "value": "Value",
        "low": "Low",
        "high": "High",
        "inferred": "Low is inferred",
        "counted": "Counted",
        "unit": "Unit",
        "bound": "Bound",
        "qualifier": "Qualifier",
        "kind": "Kind of figure",
        "measure": "Measure",
        **_dated("as_of", "As of"),
        "event_id": "Event",
    },
    "mentions": {"source_id": "Source", "naming": "Naming", "role": "Role"},
    "attributions": {
        "annotation_id": "Who says so",
        "source_id": "Attributed to",
        "stance": "Stance",
        "verb": "Verb",
        "basis": "Basis",
        "via_id": "Via",
        "mention_id": "Read from",
    },
    "links": {"from_id": "Link from", "to_id": "Link to", "relation": "Link", "note": "Note of the link"},
    "checks": {
        "annotation_id": "Check of",
        "checked_on": "Date",
        "looked_at": "Looked at",
        "url": "URL",
        "archive_url": "Archive link",
        "primacy": "Primary or secondary",
        "shows": "Shows",
        "limits": "Limits",
        "note": "Note",
    },
    "tags": {
        "name": "Name",
        "parent_id": "Nested in",
        "colour": "Colour",
        "key": "Key",
        "meaning": "Meaning",
        "position": "Place in the list",
    },
    "carryings": {"fate": "Place after the update"},
    "suggestions": {"fate": "Suggestion"},
}
"""By table and column."""

_ELSEWHERE: Mapping[str, str] = {
    "id": "Number within the file",
    "uid": "Mark of identity",
    "revision": "Count of changes",
    "sha256": "Checksum",
    "body": "Text",
    "data": "Bytes",
    "size": "Size",
    "length": "Length",
    "number": "Number",
    "position": "Order",
    "state": "State",
    "label": "What was done",
    "name": "Name",
    "kind": "Kind",
    "role": "Role",
    "words": "Words",
    "exact": "Words",
    "before": "Words before it",
    "after": "Words after it",
    "start": "Place in the text",
    "end": "Place in the text",
    "spans": "Place in the text",
    "old_spans": "Place before the update",
    "outcome": "What the update did",
    "reason": "Reason",
    "similarity": "Likeness",
    "record": "What is suggested",
    "confidence": "Confidence",
    "rule": "Rule",
    "engine": "Version of the rules",
    "engine_version": "Version of the rules",
    "importer": "Read by",
    "importer_version": "Read by, version",
    "pages": "Pages",
    "deleted": "In the bin",
    "file_id": "File",
    "text_id": "Text",
    "from_text_id": "Text before the update",
    "to_text_id": "Text after the update",
    "article_id": "Article",
    "annotation_id": "Mark",
    "tag_id": "Tag",
    "analyst_id": "Analyst",
    "step_id": "Step",
    "target_id": "Step that it takes back",
    "table_name": "Kind of record",
    "row_id": "Record",
    "last": "Number given out last",
    "last_change": "Newest change in it",
    "created_at": "Made",
    "changed_at": "Changed",
    "imported_at": "Imported",
    "made_at": "Made",
}
"""What a column is called of which history tells nothing, by its name alone: where it is damaged, say, or where a name
stands that is to be erased."""

_CHOICES: Mapping[tuple[str, str], type[Choice]] = {
    ("articles", "type"): ArticleType,
    ("articles", "status"): ArticleStatus,
    ("annotations", "kind"): Kind,
    ("annotations", "handling"): Handling,
    ("annotations", "origin"): Origin,
    ("sources", "type"): SourceType,
    ("sources", "handling"): Handling,
    ("sources", "reliability"): Reliability,
    ("claims", "mode"): Mode,
    ("claims", "type"): ClaimType,
    ("claims", "credibility"): Credibility,
    ("claims", "progress"): Progress,
    ("claims", "finding"): Finding,
    ("figures", "bound"): Bound,
    ("figures", "kind"): FigureKind,
    ("figures", "measure"): Measure,
    ("mentions", "naming"): Naming,
    ("mentions", "role"): MentionRole,
    ("attributions", "stance"): Stance,
    ("attributions", "basis"): AttributionBasis,
    ("links", "relation"): Relation,
    ("checks", "primacy"): Primacy,
    ("checks", "shows"): Shows,
    ("parts", "role"): PartRole,
    ("carryings", "fate"): Fate,
    ("carryings", "outcome"): CarryOutcome,
    ("suggestions", "fate"): Fate,
    ("suggestions", "kind"): Kind,
}
_DAYS = ("_on", "_until")
_MOMENTS = ("_at",)


def field_label(table: str, column: str) -> str:
    """What a column is called, also one that is the program's own business."""
    return FIELDS.get(table, {}).get(column) or _ELSEWHERE[column]


def said_value(table: str, column: str, value: object) -> str:
    """A value of a row, as the journal holds it, in an analyst's words; "" for nothing, and no JSON in any case.

    References to other rows are not said here: their names must be asked for.
    """
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:,.15g}"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value if isinstance(one, (str, int, float)))
    if isinstance(value, dict):
        return "chosen ones"
    return _said_words(table, column, str(value))


def _said_words(table: str, column: str, words: str) -> str:
    choices = _CHOICES.get((table, column))
    if choices is None and column.endswith("_precision"):
        choices = Precision
    elif choices is None and column.endswith("_basis") and column != "reliability_basis":
        choices = DateBasis
    try:
        if choices is not None:
            return next((choice.label for choice in choices if choice.value == words), words)
        if column.endswith(_DAYS):
            return day_words(date.fromisoformat(words))
        if column.endswith(_MOMENTS):
            return moment_words(datetime.fromisoformat(words))
    except ValueError:  # a damaged entry: what stands there is still told
        return words
    return words


def day_words(day: date) -> str:
    """27 Nov 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """27 Nov 2026 09:14, by this computer's clock."""
    local = (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).astimezone()
    return f"{day_words(local.date())} {local:%H:%M}"
