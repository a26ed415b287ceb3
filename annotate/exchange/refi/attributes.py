"""The typed attributes of records: one list says how each goes out as a Variable of REFI-QDA and how it comes back.

An attribute that has the value it has by default is not written, and comes back as that. The keys make the GUIDs by
which attributes are recognised, so they never change; names are for people and may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from operator import attrgetter
from typing import Any
from uuid import UUID

from annotate import vocabulary as v
from annotate.exchange.moments import read_moment, written_moment
from annotate.exchange.refi import identity
from annotate.exchange.refi.markup import Markup, decimal

TEXT, BOOLEAN, INTEGER, FLOAT, DATE, DATETIME = "Text", "Boolean", "Integer", "Float", "Date", "DateTime"
VALUE_ELEMENTS = {kind: f"{kind}Value" for kind in (TEXT, BOOLEAN, INTEGER, FLOAT, DATE, DATETIME)}


def _boolean(words: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[words.strip()]


def _texts(words: str) -> tuple[str, ...]:
    """A list with an entry in each line; \\n and \\\\ stand for a line end and a backslash in an entry."""
    entries = [""]
    signs = iter(words)
    for sign in signs:
        if sign == "\n":
            entries.append("")
        else:
            following = next(signs, "\\") if sign == "\\" else ""
            entries[-1] += {"n": "\n", "r": "\r"}.get(following, following) if following else sign
    return tuple(entries)


def _in_lines(entries: Iterable[str]) -> str:
    escaped = (one.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") for one in entries)
    return "\n".join(escaped)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a kind of record; `path` is where its value stands in the record of model.py."""

    key: str
    name: str
    type: str
    path: str
    default: Any
    read: Callable[..., Any]
    """Raises ValueError, KeyError or OverflowError for what is no value."""
    guid: UUID
    get: Callable[[Any], Any]
    before: str
    """What stands before a value in XML."""
    after: str

    def written(self, value: Any, markup: Markup) -> str:
        """The VariableValue element of a value."""
        if self.type == TEXT:
            words = markup.text(_in_lines(value) if type(value) is tuple else str(value))
        elif self.type == FLOAT:
            if not isfinite(value):  # no xsd:decimal; the element of texts may stand for any variable
                return f"{self.before.replace('<FloatValue>', '<TextValue>')}{value}</TextValue></VariableValue>"
            words = decimal(value)
        elif self.type == BOOLEAN:
            words = "true" if value else "false"
        elif self.type == DATETIME:
            words = written_moment(value)
        else:
            words = value.isoformat() if self.type == DATE else str(int(value))
        return f"{self.before}{words}{self.after}"


def _attribute(
    group: str, path: str, name: str, read: Callable[..., Any] = str, kind: str = TEXT, default: Any = None
) -> Attribute:
    key = f"{group}.{path}"
    guid = identity.fixed(f"attribute:{key}")
    element = VALUE_ELEMENTS[kind]
    before = f'<VariableValue><VariableRef targetGUID="{guid}"/><{element}>'
    get = attrgetter(path)
    return Attribute(key, name, kind, path, default, read, guid, get, before, f"</{element}></VariableValue>")


def _dated(group: str, path: str, name: str) -> tuple[Attribute, ...]:
    """The attributes of a model.DatedWords."""
    return (
        _attribute(group, f"{path}.words", f"{name} (as written)"),
        _attribute(group, f"{path}.on", f"{name} from", date.fromisoformat, DATE),
        _attribute(group, f"{path}.until", f"{name} to", date.fromisoformat, DATE),
        _attribute(group, f"{path}.precision", f"{name}: precision", v.Precision),
        _attribute(group, f"{path}.basis", f"{name}: basis", v.DateBasis),
    )


RECORD = _attribute("any", "record", "record")
"""What a Case or Note is: claim, figure, mention, source, event, check, attribution."""

MARK = (
    _attribute("mark", "number", "number", int, INTEGER),
    _attribute("mark", "handling", "handling", v.Handling, default=v.Handling.OPEN),
    _attribute("mark", "origin", "origin", v.Origin, default=v.Origin.HAND),
    _attribute("mark", "rule", "rule"),
    _attribute("mark", "engine", "engine"),
)
ANALYST = _attribute("mark", "analyst", "analyst")
WITHOUT_PLACE = (
    _attribute("mark", "words", "words", default=""),
    _attribute("mark", "created_at", "created", read_moment, DATETIME),
    _attribute("mark", "changed_at", "changed", read_moment, DATETIME),
)
"""What a selection says of marks that have a place; there, its user is ANALYST."""

CLAIM = (
    _attribute("claim", "mode", "mode", v.Mode),
    _attribute("claim", "type", "claim type", v.ClaimType),
    _attribute("claim", "plain_words", "in plain words", default=""),
    _attribute("claim", "translation", "translation", default=""),
    _attribute("claim", "translated_by", "translated by", default=""),
    *_dated("claim", "happened", "happened"),
    *_dated("claim", "said", "said"),
    _attribute("claim", "place", "place", default=""),
    _attribute("claim", "credibility", "credibility", v.Credibility, INTEGER),
    _attribute("claim", "progress", "progress", v.Progress, default=v.Progress.OPEN),
    _attribute("claim", "signed_off_by", "signed off by"),
    _attribute("claim", "signed_off_at", "signed off at", read_moment, DATETIME),
    _attribute("claim", "finding", "finding", v.Finding),
)
FIGURE = (
    _attribute("figure", "value", "value", float, FLOAT),
    _attribute("figure", "low", "low", float, FLOAT),
    _attribute("figure", "high", "high", float, FLOAT),
    _attribute("figure", "inferred", "low is inferred", _boolean, BOOLEAN, False),
    _attribute("figure", "counted", "counted", default=""),
    _attribute("figure", "unit", "unit", default=""),
    _attribute("figure", "bound", "bound", v.Bound),
    _attribute("figure", "qualifier", "qualifier", default=""),
    _attribute("figure", "kind", "figure kind", v.FigureKind),
    _attribute("figure", "measure", "measure", v.Measure),
    *_dated("figure", "as_of", "as of"),
)
MENTION = (
    _attribute("mention", "naming", "naming", v.Naming),
    _attribute("mention", "role", "role in the text", v.MentionRole),
)
SOURCE = (
    _attribute("source", "number", "register number", int, INTEGER),
    _attribute("source", "aliases", "also called", _texts, default=()),
    _attribute("source", "type", "source type", v.SourceType, default=v.SourceType.UNSPECIFIED),
    _attribute("source", "affiliation", "affiliation", default=""),
    _attribute("source", "controlled_by", "controlled by", default=""),
    _attribute("source", "handling", "handling of the source", v.Handling, default=v.Handling.OPEN),
    _attribute("source", "reliability", "reliability", v.Reliability),
    _attribute("source", "reliability_basis", "reliability: basis", default=""),
    _attribute("source", "reliability_on", "reliability: graded on", date.fromisoformat, DATE),
)
EVENT = (_attribute("event", "place", "event place", default=""), *_dated("event", "happened", "event"))
CHECK = (
    _attribute("check", "checked_on", "checked on", date.fromisoformat, DATE),
    _attribute("check", "looked_at", "looked at", default=""),
    _attribute("check", "url", "check: address", default=""),
    _attribute("check", "archive_url", "check: archived copy", default=""),
    _attribute("check", "primacy", "primary or secondary", v.Primacy),
    _attribute("check", "shows", "shows", v.Shows),
    _attribute("check", "limits", "limits", default=""),
    _attribute("check", "note", "check: note", default=""),
)
ATTRIBUTION = (
    _attribute("attribution", "verb", "verb", default=""),
    _attribute("attribution", "basis", "attribution: basis", v.AttributionBasis, default=v.AttributionBasis.STATED),
)
VIA = _attribute("attribution", "via", "via", identity.guid_in)
FROM_MENTION = _attribute("attribution", "mention", "read from", identity.guid_in)
ARTICLE = (
    _attribute("article", "type", "article type", v.ArticleType, default=v.ArticleType.ARTICLE),
    _attribute("article", "title_confirmed", "title is confirmed", _boolean, BOOLEAN, False),
    _attribute("article", "outlet", "outlet"),
    _attribute("article", "author", "author"),
    _attribute("article", "published.words", "published (as written)"),
    _attribute("article", "published.on", "published on", date.fromisoformat, DATE),
    _attribute("article", "published.precision", "published: precision", v.Precision),
    _attribute("article", "url", "url"),
    _attribute("article", "archive_url", "archived copy"),
    _attribute("article", "platform", "platform"),
    _attribute("article", "account", "account"),
    _attribute("article", "language", "language"),
    _attribute("article", "collected_at", "collected at", read_moment, DATETIME),
    _attribute("article", "collected_by", "collected by"),
    _attribute("article", "status", "status", v.ArticleStatus, default=v.ArticleStatus.IN_PROGRESS),
    _attribute("article", "place_in_file", "place in the file"),
)
FILE_NAME = _attribute("article", "file_name", "file")
FILE_PATH = _attribute("article", "file_path", "file as imported")
PAGES = _attribute("article", "pages", "starts of pages")
PARTS = _attribute("article", "parts", "parts of the text")

RECORDS = {v.Kind.CLAIM: CLAIM, v.Kind.FIGURE: FIGURE, v.Kind.SOURCE: MENTION}

EVERY: tuple[Attribute, ...] = (
    RECORD,
    *(*MARK, ANALYST, *WITHOUT_PLACE, *CLAIM, *FIGURE, *MENTION),
    *(*SOURCE, *EVENT, *CHECK, *ATTRIBUTION, VIA, FROM_MENTION),
    *(*ARTICLE, FILE_NAME, FILE_PATH, PAGES, PARTS),
)
BY_GUID: dict[UUID, Attribute] = {attribute.guid: attribute for attribute in EVERY}


def written(group: Iterable[Attribute], record: Any, markup: Markup) -> list[str]:
    """The VariableValue elements of what a record says beyond its defaults."""
    elements = []
    for attribute in group:
        value = attribute.get(record)
        if value is not None and value != attribute.default:
            elements.append(attribute.written(value, markup))
    return elements


def declared(markup: Markup) -> str:
    """The Variables element that declares every attribute."""
    variables = "".join(
        f'<Variable guid="{one.guid}" name="{markup.attribute(one.name)}" typeOfVariable="{one.type}"/>'
        for one in EVERY
    )
    return f"<Variables>{variables}</Variables>"


Stated = Mapping[str, Any]
"""Values that a file states, by the keys of attributes."""


def fields_of(group: Iterable[Attribute], stated: Stated, nested: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    """The fields of a record that are stated, for its constructor; `nested` makes those that are records themselves."""
    fields: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = {}
    for attribute in group:
        if attribute.key in stated:
            outer, _, name = attribute.path.partition(".")
            if name:
                inner.setdefault(outer, {})[name] = stated[attribute.key]
            else:
                fields[outer] = stated[attribute.key]
    return fields | {outer: nested[outer](**values) for outer, values in inner.items()}
