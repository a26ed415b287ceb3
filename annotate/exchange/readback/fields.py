"""Which cells of which sheets can be edited, what they must hold, and what the record holds there now.

Why it exists: one table says it, so that comparing, telling and writing agree. A cell that is not in it is reckoned
from others or stands in an article, and is told as not read back (see ELSEWHERE).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from annotate import model as m
from annotate.errors import NotAllowed
from annotate.exchange.readback.cells import CellValue, Percent
from annotate.exchange.readback.known import Known, Named
from annotate.exchange.readback.values import Day, day_in, entry_in, number_in, shown_cell, text_in
from annotate.model import DatedWords
from annotate.names import name_key
from annotate.vocabulary import (
    ArticleStatus,
    ArticleType,
    AttributionBasis,
    Bound,
    Choice,
    ClaimType,
    Credibility,
    FigureKind,
    Finding,
    Kind,
    Measure,
    Mode,
    Precision,
    Primacy,
    Progress,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)

CLAIMS, ATTRIBUTIONS, FIGURES, SOURCES = "Claims", "Attributions", "Figures", "Sources"
CROSS_CHECK, CHECKS, ARTICLES, CODEBOOK = "Cross-check", "Checks", "Articles", "Codebook"

Record = Any
"""The record of the row, of the kind its sheet lists (see RECORDS of compare); None for a row that is new."""


@dataclass(frozen=True, slots=True)
class Field:
    """What one column holds of a record. `name` is that of model.py, or of what commands.reading_back does with it."""

    name: str
    read: Callable[[CellValue, Record, Known], object]
    """What the cell wants; raises NotAllowed."""
    now: Callable[[Record, Known], object]
    """What the record holds, of the same kind."""


def is_same(wanted: object, now: object) -> bool:
    """Whether nothing would change; names have no order."""
    if isinstance(wanted, tuple) and isinstance(now, tuple):
        return set(wanted) == set(now)
    return wanted == now


def _words(name: str, of: Callable[[Record], object], *, required: str = "", line: bool = False) -> Field:
    """Free text; `line` is without blanks at its ends, and what is None in the record when empty stays so."""

    def read(cell: CellValue, _record: Record, _known: Known) -> object:
        words = text_in(cell)
        words = words.strip() if line or required else words
        if required and not words:
            raise NotAllowed(required)
        return words

    return Field(name, read, lambda record, _known: of(record) or "")


def _one_of(name: str, choices: type[Choice], of: Callable[[Record], object], *, required: bool = False) -> Field:
    def read(cell: CellValue, _record: Record, _known: Known) -> object:
        entry = entry_in(cell, choices)
        if entry is None and required:
            raise NotAllowed(f"It cannot be empty. Allowed are: {', '.join(one.label for one in choices)}.")
        return entry

    return Field(name, read, lambda record, _known: of(record))


def _number(name: str) -> Field:
    def read(cell: CellValue, record: Record, _known: Known) -> object:
        hundredths = record is not None and _in_percent(record.figure)
        if hundredths:
            _refuse_parts_of_one(cell, record.figure)
        return number_in(cell, hundredths=hundredths)

    return Field(name, read, lambda record, _known: getattr(record.figure, name))


def _refuse_parts_of_one(cell: CellValue, figure: m.Figure) -> None:
    """What is left of a typed 85 % where the cell has a number format: 0.85, which would be less than 1 %."""
    if not isinstance(cell, int | float) or isinstance(cell, bool | Percent) or not 0 < abs(cell) < 1:
        return
    stands = [abs(number) for number in (figure.value, figure.low, figure.high) if number]
    if stands and min(stands) >= 1:
        part, whole = shown_cell(cell), shown_cell(Percent(cell)).removesuffix("%")
        raise NotAllowed(f"{part} may mean {whole} % or {part} %. Write {whole} for the one, {part}% for the other.")


def _in_percent(figure: m.Figure) -> bool:
    return figure.kind is FigureKind.PERCENT or "%" in figure.unit


def _from(name: str, of: Callable[[Record], DatedWords]) -> Field:
    """The first day; what is given is as exact as it is written."""

    def now(record: Record, _known: Known) -> object:
        dated = of(record)
        return None if dated.on is None else _exact(Day(dated.on, dated.precision or Precision.DAY))

    def read(cell: CellValue, _record: Record, _known: Known) -> object:
        day = day_in(cell)
        return None if day is None else _exact(day)

    return Field(f"{name}.on", read, now)


def _exact(day: Day) -> Day:
    precision = Precision.DAY if day.precision is Precision.TIME else day.precision
    month = 1 if precision is Precision.YEAR else day.on.month
    return Day(day.on.replace(month=month, day=day.on.day if precision is Precision.DAY else 1), precision)


def _until(name: str, of: Callable[[Record], DatedWords]) -> Field:
    def read(cell: CellValue, record: Record, _known: Known) -> object:
        day = day_in(cell)
        if day is not None and record is not None and (first := of(record).on) is not None and day.last < first:
            raise NotAllowed(f"{day.last} lies before the first day, {first}. Change that one too, in another step.")
        return None if day is None else day.last

    return Field(f"{name}.until", read, lambda record, _known: of(record).until)


def _tags(cell: CellValue, _record: Record, known: Known) -> tuple[Named, ...]:
    return tuple(known.tags.get(name.casefold(), name) for name in known.tag_names(text_in(cell)))


def _event(cell: CellValue, _record: Record, known: Known) -> Named | None:
    name = " ".join(text_in(cell).split())
    return known.events.get(name.casefold(), name) if name else None


def _sayers(*stances: Stance) -> Field:
    """The sources of a claim with one of the stances, by name; several with semicolons between."""

    def now(record: Record, known: Known) -> tuple[Named, ...]:
        return tuple(dict.fromkeys(said.source_id for said in known.evidence.saying(record.id, *stances)))

    def read(cell: CellValue, record: Record, known: Known) -> tuple[Named, ...]:
        there = [] if record is None else [one for one in now(record, known) if isinstance(one, int)]
        article_id = None if record is None else record.article_id
        return tuple(known.source(name, article_id, there) for name in known.source_names(text_in(cell)))

    return Field(f"sources.{(stances or (Stance.ASSERTS,))[0].value}", read, now)


def _of_the_only_one(name: str, of: Callable[[m.Attribution], object]) -> Callable[[Record, Known], object]:
    """What the one attribution of a claim to those who say so holds; with several, each has a row of its own."""

    def now(record: Record, known: Known) -> object:
        says_so = known.evidence.saying(record.id)
        if len(says_so) != 1:
            count = f"{len(says_so)} sources say so" if says_so else "Nobody says so yet"
            raise NotAllowed(f"{count}, so it is not clear whose {name} it is. Edit it on the sheet Attributions.")
        return of(says_so[0])

    return now


def _verb_of_claim(cell: CellValue, _record: Record, _known: Known) -> str:
    return " ".join(text_in(cell).split())


def _via(cell: CellValue, record: Record, known: Known) -> Named | None:
    name = " ".join(text_in(cell).split())
    if not name:
        return None
    home = known.evidence.annotations.get(getattr(record, "annotation_id", 0)) or record
    there = [one.via_id for one in known.evidence.attributions if one.id == getattr(record, "id", 0) and one.via_id]
    return known.source(name, getattr(home, "article_id", None), there)


def _source_of_attribution(cell: CellValue, record: Record, known: Known) -> Named:
    name = " ".join(text_in(cell).split())
    if not name:
        raise NotAllowed("An attribution needs a source. Delete the row if nobody says so.")
    home = known.evidence.annotations.get(record.annotation_id) if record is not None else None
    there = [] if record is None else [record.source_id]
    return known.source(name, None if home is None else home.article_id, there)


def _relation(cell: CellValue, _record: Record, _known: Known) -> object:
    relation = entry_in(cell, Relation)
    if relation in (None, Relation.CONTAINS):
        allowed = ", ".join(one.label for one in Relation if one is not Relation.CONTAINS)
        raise NotAllowed(f"Between two claims there is one of these: {allowed}. Delete the row if there is none.")
    return relation


def _source_name(cell: CellValue, record: Record, known: Known) -> object:
    name = text_in(cell).strip()
    if not name:
        raise NotAllowed("A source needs a name.")
    same = [one for one in known.sources.get(name_key(name), ()) if one.article_id is None]
    if record is not None and same and all(one.id != record.id for one in same):
        raise NotAllowed(f"{same[0].label} is called that already. Join the two in the window if they are one.")
    return name


def _checked_on(cell: CellValue, _record: Record, _known: Known) -> object:
    day = day_in(cell)
    if day is None or day.precision is not Precision.DAY:
        raise NotAllowed("A check needs the day it was made on, such as 2024-05-17.")
    return day.on


def _analyst(cell: CellValue, _record: Record, known: Known) -> object:
    name = text_in(cell).strip()
    found = [analyst_id for analyst_id, one in known.evidence.analysts.items() if one.casefold() == name.casefold()]
    if not found:
        listed = ", ".join(sorted(one for one in known.evidence.analysts.values() if one)) or "nobody"
        raise NotAllowed(f"“{name}” has not worked in this project. Those who have: {listed}.")
    return found[0]


def _published(cell: CellValue, _record: Record, _known: Known) -> object:
    day = day_in(cell)
    return None if day is None else _exact(day)


def _published_now(record: Record, _known: Known) -> object:
    on, precision = record.published.on, record.published.precision
    return None if on is None else _exact(Day(on, precision or Precision.DAY))


_TAGS_FIELD = Field("tags", _tags, lambda record, _known: record.tag_ids)
_NOTE = _words("note", lambda record: record.note)

FIELDS: dict[str, dict[str, Field]] = {
    CLAIMS: {
        "In plain words": _words("plain_words", lambda record: record.claim.plain_words),
        "Translation": _words("translation", lambda record: record.claim.translation),
        "Attributed to": _sayers(),
        "Denied by": _sayers(Stance.DENIES),
        "Via": Field("via", _via, _of_the_only_one("channel", lambda said: said.via_id)),
        "Verb": Field("verb", _verb_of_claim, _of_the_only_one("verb", lambda said: said.verb)),
        "Mode": _one_of("mode", Mode, lambda record: record.claim.mode),
        "Type": _one_of("type", ClaimType, lambda record: record.claim.type),
        "Event": Field("event_id", _event, lambda record, _known: record.claim.event_id),
        "Happened from": _from("happened", lambda record: record.claim.happened),
        "Happened to": _until("happened", lambda record: record.claim.happened),
        "Precision": _one_of("happened.precision", Precision, lambda record: record.claim.happened.precision),
        "Place": _words("place", lambda record: record.claim.place, line=True),
        "Said on": _from("said", lambda record: record.claim.said),
        "Credibility": _one_of("credibility", Credibility, lambda record: record.claim.credibility),
        "Progress": _one_of("progress", Progress, lambda record: record.claim.progress, required=True),
        "Finding": _one_of("finding", Finding, lambda record: record.claim.finding),
        "Tags": _TAGS_FIELD,
        "Note": _NOTE,
    },
    ATTRIBUTIONS: {
        "Source": Field("source_id", _source_of_attribution, lambda record, _known: record.source_id),
        "Stance": _one_of("stance", Stance, lambda record: record.stance, required=True),
        "Verb": _words("verb", lambda record: record.verb, line=True),
        "Basis": _one_of("basis", AttributionBasis, lambda record: record.basis, required=True),
        "Via": Field("via_id", _via, lambda record, _known: record.via_id),
    },
    FIGURES: {
        "Value": _number("value"),
        "Low": _number("low"),
        "High": _number("high"),
        "Unit": _words("unit", lambda record: record.figure.unit, line=True),
        "Counted": _words("counted", lambda record: record.figure.counted, line=True),
        "Bound": _one_of("bound", Bound, lambda record: record.figure.bound),
        "Qualifier": _words("qualifier", lambda record: record.figure.qualifier, line=True),
        "Kind": _one_of("kind", FigureKind, lambda record: record.figure.kind),
        "Measure": _one_of("measure", Measure, lambda record: record.figure.measure),
        "As of": _from("as_of", lambda record: record.figure.as_of),
        "Event": Field("event_id", _event, lambda record, _known: record.figure.event_id),
        "Tags": _TAGS_FIELD,
        "Note": _NOTE,
    },
    SOURCES: {
        "Source": Field("name", _source_name, lambda record, _known: record.name),
        "Type": _one_of("type", SourceType, lambda record: record.type, required=True),
        "Affiliation": _words("affiliation", lambda record: record.affiliation, line=True),
        "Controlled by": _words("controlled_by", lambda record: record.controlled_by, line=True),
        "Reliability": _one_of("reliability", Reliability, lambda record: record.reliability),
        "Basis": _words("reliability_basis", lambda record: record.reliability_basis),
        "Note": _NOTE,
    },
    CROSS_CHECK: {
        "Relation": Field("relation", _relation, lambda record, _known: record.relation),
        "Note": _NOTE,
    },
    CHECKS: {
        "Date": Field("checked_on", _checked_on, lambda record, _known: record.checked_on),
        "Analyst": Field("analyst_id", _analyst, lambda record, _known: record.analyst_id),
        "Looked at": _words("looked_at", lambda record: record.looked_at),
        "URL": _words("url", lambda record: record.url, line=True),
        "Archive link": _words("archive_url", lambda record: record.archive_url, line=True),
        "Primary/ secondary": _one_of("primacy", Primacy, lambda record: record.primacy),
        "Shows": _one_of("shows", Shows, lambda record: record.shows),
        "Limits": _words("limits", lambda record: record.limits),
        "Note": _NOTE,
    },
    ARTICLES: {
        "Type": _one_of("type", ArticleType, lambda record: record.type, required=True),
        "Title": _words("title", lambda record: record.title, required="An article needs a title."),
        "Outlet": _words("outlet", lambda record: record.outlet or record.platform, line=True),
        "Author": _words("author", lambda record: record.author or record.account, line=True),
        "Published": Field("published", _published, _published_now),
        "URL": _words("url", lambda record: record.url, line=True),
        "Archive link": _words("archive_url", lambda record: record.archive_url, line=True),
        "Status": _one_of("status", ArticleStatus, lambda record: record.status, required=True),
    },
    CODEBOOK: {"Meaning": _words("meaning", lambda record: record.meaning)},
}
"""By sheet and heading."""

_IN_ARTICLES = "It belongs to the article. Edit it on the sheet Articles."
_IN_TEXT = "The words stand in the article and stay as they are. Put yours under “In plain words” or “Note”."
_RECKONED = "It is reckoned from other cells."

ELSEWHERE: dict[str, dict[str, str]] = {
    CLAIMS: {
        **dict.fromkeys(("Title", "Published", "Outlet"), _IN_ARTICLES),
        **dict.fromkeys(("Claim", "Context"), _IN_TEXT),
        "Figures": "It shows the figures of the claim. Edit them on the sheet Figures.",
        "Reliability": "It belongs to the source. Edit it on the sheet Sources.",
        **dict.fromkeys(("Corroborated by", "Contradicted by"), "Edit it on the sheet Cross-check, a row a pair."),
        "Grade": "It follows from reliability (sheet Sources) and credibility. Edit those.",
    },
    ATTRIBUTIONS: {
        "In words": _IN_TEXT,
        "Reliability": "It belongs to the source. Edit it on the sheet Sources.",
    },
    FIGURES: {
        **dict.fromkeys(("Title", "Published", "Outlet"), _IN_ARTICLES),
        **dict.fromkeys(("Figure", "Context"), _IN_TEXT),
        "Attributed to": "Who says so is edited on the sheets Claims and Attributions.",
    },
    CROSS_CHECK: dict.fromkeys(("A", "B"), "Delete the row, and add one for the other pair."),
    CHECKS: {"In words": _IN_TEXT},
}
"""Why a cell is not read back, and where to edit it instead."""


def is_of_itself(sheet: str, heading: str) -> bool:
    """Whether a cell that is not read back says the same whatever else is exported with it."""
    return ELSEWHERE.get(sheet, {}).get(heading) in (_IN_ARTICLES, _IN_TEXT)


def not_read(sheet: str, heading: str) -> str:
    """The sentence for a column that is not in FIELDS."""
    if heading == "ID":
        return "IDs are given by the program and stay as they are."
    return ELSEWHERE.get(sheet, {}).get(heading, f"{_RECKONED} What you write there stays in the workbook.")


def created(field: str, value: object) -> tuple[tuple[str, str], ...]:
    """What would be made anew for a value, each as what it is ("tag") and its name: what the project does not know."""
    if field == "tags":
        kind = "tag"
    elif field == "event_id":
        kind = "event"
    elif field.startswith("sources.") or field in ("source_id", "via", "via_id"):
        kind = "source"
    else:
        return ()
    names = value if isinstance(value, tuple) else (value,)
    return tuple((kind, name) for name in dict.fromkeys(names) if isinstance(name, str))


def added(new: Sequence[tuple[str, str]]) -> str:
    """A sentence about what would be made anew; empty for nothing."""
    groups: dict[str, list[str]] = {}
    for kind, name in dict.fromkeys(new):
        groups.setdefault(kind, []).append(f"“{name}”")
    said = [f"the {kind}{'s' if len(names) > 1 else ''} {', '.join(names)}" for kind, names in groups.items()]
    return f"Adds {' and '.join(said)}." if said else ""


KINDS = {CLAIMS: Kind.CLAIM, FIGURES: Kind.FIGURE}
