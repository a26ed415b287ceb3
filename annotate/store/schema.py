"""The tables of a project file.

Content (bytes of files, bodies of texts) lies in tables of its own, addressed by SHA-256: it is never changed and
never journalled, so a status edit of a 20 MB article writes a few bytes, and undoing an import can be redone.
Everything else is journalled row by row (see journal.py) and has an integer row id, a uid for exchange and merging,
and a revision that only grows.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from annotate import vocabulary as v
from annotate.store.types import Moment, OneOf, Uid

metadata = MetaData()


def _row(*, id_of: str | None = None) -> list[Column[Any]]:
    """Columns every journalled table begins with; `id_of` makes the row an extension of another table's row."""
    first = Column("id", ForeignKey(id_of), primary_key=True) if id_of else Column("id", Integer, primary_key=True)
    return [first, Column("uid", Uid, nullable=False), Column("revision", Integer, nullable=False)]


def _ref(name: str, target: str, *, required: bool = True) -> Column[Any]:
    return Column(name, ForeignKey(f"{target}.id"), nullable=not required)


def _words(name: str) -> Column[Any]:
    """Free text that is empty rather than unknown."""
    return Column(name, Text, nullable=False, default="")


def _one_of(name: str, choices: type[v.Choice], *, required: bool = False) -> Column[Any]:
    return Column(name, OneOf(choices), nullable=not required)


def _dated(prefix: str) -> list[Column[Any]]:
    """Columns of a model.DatedWords."""
    return [
        Column(f"{prefix}_words", Text),
        Column(f"{prefix}_on", Date),
        Column(f"{prefix}_until", Date),
        _one_of(f"{prefix}_precision", v.Precision),
        _one_of(f"{prefix}_basis", v.DateBasis),
    ]


file_contents = Table(
    "file_contents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

text_bodies = Table(
    "text_bodies",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("body", Text, nullable=False),
)

projects = Table(
    "projects",
    metadata,
    *_row(),
    _words("title"),
    _words("marking"),
    _words("note"),
    Column("created_at", Moment, nullable=False),
    Column("columns", JSON, nullable=False, server_default="{}"),
)

analysts = Table("analysts", metadata, *_row(), Column("name", Text, nullable=False))

files = Table(
    "files",
    metadata,
    *_row(),
    Column("name", Text, nullable=False),
    Column("sha256", ForeignKey("file_contents.sha256"), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("imported_at", Moment, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    *_row(),
    _ref("file_id", "files", required=False),
    Column("place_in_file", Text),
    _one_of("type", v.ArticleType, required=True),
    _words("title"),
    Column("title_confirmed", Boolean, nullable=False, default=False),
    Column("outlet", Text),
    Column("author", Text),
    Column("published_words", Text),
    Column("published_on", Date),
    _one_of("published_precision", v.Precision),
    Column("url", Text),
    Column("archive_url", Text),
    Column("platform", Text),
    Column("account", Text),
    Column("language", Text),
    Column("collected_at", Moment),
    Column("collected_by", Text),
    Column("imported_at", Moment, nullable=False),
    _one_of("status", v.ArticleStatus, required=True),
    _words("note"),
    Column("deleted", Boolean, nullable=False, default=False),
)

texts = Table(
    "texts",
    metadata,
    *_row(),
    _ref("article_id", "articles"),
    _ref("file_id", "files", required=False),
    Column("number", Integer, nullable=False),
    Column("sha256", ForeignKey("text_bodies.sha256"), nullable=False, index=True),
    Column("length", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("importer", Text, nullable=False),
    Column("importer_version", Text, nullable=False),
    Column("pages", JSON, nullable=False, default=list),
    UniqueConstraint("article_id", "number"),
)

parts = Table(
    "parts",
    metadata,
    *_row(),
    _ref("text_id", "texts"),
    _one_of("role", v.PartRole, required=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("parts_of_text", "text_id", "start"),
)

events = Table("events", metadata, *_row(), _words("name"), *_dated("happened"), _words("place"), _words("note"))

sources = Table(
    "sources",
    metadata,
    *_row(),
    Column("number", Integer, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("aliases", JSON, nullable=False, default=list),
    _one_of("type", v.SourceType, required=True),
    _words("affiliation"),
    _words("controlled_by"),
    _one_of("handling", v.Handling, required=True),
    _one_of("reliability", v.Reliability),
    _words("reliability_basis"),
    Column("reliability_on", Date),
    _ref("article_id", "articles", required=False),
    _words("note"),
)

annotations = Table(
    "annotations",
    metadata,
    *_row(),
    _ref("article_id", "articles"),
    _ref("text_id", "texts"),
    _one_of("kind", v.Kind, required=True),
    Column("number", Integer, nullable=False),
    _words("words"),
    _words("note"),
    _one_of("handling", v.Handling, required=True),
    _one_of("origin", v.Origin, required=True),
    Column("rule", Text),
    Column("engine", Text),
    _ref("analyst_id", "analysts"),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("kind", "number"),
    Index("annotations_of_article", "article_id", "kind"),
)

spans = Table(
    "spans",
    metadata,
    *_row(),
    _ref("annotation_id", "annotations"),
    _ref("text_id", "texts"),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _words("exact"),
    _words("before"),
    _words("after"),
    Index("spans_of_annotation", "annotation_id", "position"),
    # Holds all that marks are asked for: the rows themselves, with their words, lie thirty to a page.
    Index("spans_of_text", "text_id", "start", "end", "annotation_id"),
)

claims = Table(
    "claims",
    metadata,
    *_row(id_of="annotations.id"),
    _one_of("mode", v.Mode),
    _one_of("type", v.ClaimType),
    _words("plain_words"),
    _words("translation"),
    _words("translated_by"),
    _ref("event_id", "events", required=False),
    *_dated("happened"),
    *_dated("said"),
    _words("place"),
    _one_of("credibility", v.Credibility),
    _one_of("progress", v.Progress, required=True),
    Column("signed_off_by", Text),
    Column("signed_off_at", Moment),
    _one_of("finding", v.Finding),
)

figures = Table(
    "figures",
    metadata,
    *_row(id_of="annotations.id"),
    Column("value", Double),
    Column("low", Double),
    Column("high", Double),
    Column("inferred", Boolean, nullable=False, default=False),
    _words("counted"),
    _words("unit"),
    _one_of("bound", v.Bound),
    _words("qualifier"),
    _one_of("kind", v.FigureKind),
    _one_of("measure", v.Measure),
    *_dated("as_of"),
    _ref("event_id", "events", required=False),
)

mentions = Table(
    "mentions",
    metadata,
    *_row(id_of="annotations.id"),
    Column("source_id", ForeignKey("sources.id"), index=True),
    _one_of("naming", v.Naming),
    _one_of("role", v.MentionRole),
)

attributions = Table(
    "attributions",
    metadata,
    *_row(),
    Column("annotation_id", ForeignKey("annotations.id"), nullable=False, index=True),
    Column("source_id", ForeignKey("sources.id"), nullable=False, index=True),
    _one_of("stance", v.Stance, required=True),
    _words("verb"),
    _one_of("basis", v.AttributionBasis, required=True),
    Column("via_id", ForeignKey("sources.id"), index=True),
    Column("mention_id", ForeignKey("annotations.id"), index=True),
)

links = Table(
    "links",
    metadata,
    *_row(),
    Column("from_id", ForeignKey("annotations.id"), nullable=False, index=True),
    Column("to_id", ForeignKey("annotations.id"), nullable=False, index=True),
    _one_of("relation", v.Relation, required=True),
    _words("note"),
    UniqueConstraint("from_id", "to_id", "relation"),
)

checks = Table(
    "checks",
    metadata,
    *_row(),
    Column("annotation_id", ForeignKey("annotations.id"), nullable=False, index=True),
    Column("checked_on", Date, nullable=False),
    _ref("analyst_id", "analysts"),
    _words("looked_at"),
    _words("url"),
    _words("archive_url"),
    _ref("file_id", "files", required=False),
    _one_of("primacy", v.Primacy),
    _one_of("shows", v.Shows),
    _words("limits"),
    _words("note"),
)

tags = Table(
    "tags",
    metadata,
    *_row(),
    Column("name", Text, nullable=False),
    _ref("parent_id", "tags", required=False),
    Column("colour", String(7), nullable=False),
    Column("key", String(1)),
    _words("meaning"),
    Column("position", Integer, nullable=False, default=0),
)

annotation_tags = Table(
    "annotation_tags",
    metadata,
    *_row(),
    Column("annotation_id", ForeignKey("annotations.id"), nullable=False),
    Column("tag_id", ForeignKey("tags.id"), nullable=False, index=True),
    UniqueConstraint("annotation_id", "tag_id"),
)

carryings = Table(
    "carryings",
    metadata,
    *_row(),
    Column("annotation_id", ForeignKey("annotations.id"), nullable=False, index=True),
    _ref("from_text_id", "texts"),
    _ref("to_text_id", "texts"),
    _one_of("outcome", v.CarryOutcome, required=True),
    Column("old_spans", JSON, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("similarity", Double, nullable=False),
    _words("reason"),
    _one_of("fate", v.Fate, required=True),
)

suggestions = Table(
    "suggestions",
    metadata,
    *_row(),
    _ref("text_id", "texts"),
    _one_of("kind", v.Kind, required=True),
    Column("spans", JSON, nullable=False),
    Column("record", JSON, nullable=False),
    Column("engine", Text, nullable=False),
    Column("engine_version", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Double, nullable=False),
    _one_of("fate", v.Fate, required=True),
    Index("suggestions_of_text", "text_id", "fate"),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Uid, nullable=False),
    Column("label", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    _ref("analyst_id", "analysts"),
    Column("made_at", Moment, nullable=False),
    _ref("target_id", "steps", required=False),
    Index("steps_to_undo", "analyst_id", "kind", "state", "id"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", ForeignKey("steps.id"), nullable=False, index=True),
    Column("table_name", String(32), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index("changes_of_row", "table_name", "row_id"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("last", Integer, nullable=False),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uid", Uid, nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    _ref("analyst_id", "analysts"),
    Column("last_change", Integer, nullable=False),
)

CONTENT_TABLES = frozenset({"file_contents", "text_bodies"})
"""Append-only content, never journalled."""

BOOKKEEPING_TABLES = frozenset({"analysts", "steps", "changes", "counters", "exports"})
"""Written beside the journal: who acts, what was done and handed on, which numbers were given out."""

RECORD_TABLES = {v.Kind.CLAIM: claims, v.Kind.FIGURE: figures, v.Kind.SOURCE: mentions}
"""Where the record of an annotation lies, by its kind."""
JOURNALLED = {name: table for name, table in metadata.tables.items() if name not in CONTENT_TABLES | BOOKKEEPING_TABLES}

for _table in JOURNALLED.values():
    if not _table.c.id.foreign_keys:
        # An id that was undone must never name another row: history, views and caches hold ids.
        _table.dialect_options["sqlite"]["autoincrement"] = True
