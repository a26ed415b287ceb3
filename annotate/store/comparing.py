"""What two project files hold, record by record, so that it can be told what differs between them.

Why it exists: a backup may be of an older version of the schema, so only columns are asked for that every version has.
A record is known by its uid and its state by revisions, which only grow: reading 100,000 of them takes a moment, where
comparing words would read everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, LargeBinary, Select, String, Table, func, select, type_coerce

from annotate.steps import Moment
from annotate.store.queries import Reader
from annotate.store.schema import (
    analysts,
    annotation_tags,
    annotations,
    articles,
    attributions,
    checks,
    claims,
    events,
    figures,
    links,
    mentions,
    projects,
    sources,
    steps,
    tags,
    texts,
)
from annotate.vocabulary import Kind

PROJECT_DETAILS = "project details"
"""What the one record is called that a project has of itself."""

Stamps = dict[bytes, tuple[int, ...]]
"""By uid, the revisions of all rows that a record is made of."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a project file is known by, and how much it holds outside the bin."""

    project: UUID | None
    """None where the file does not say."""
    title: str
    articles: int
    marks: int
    moment: Moment
    """Where its journal ends."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of history, told of without its changes."""

    label: str
    analyst: str
    made_at: datetime


def holdings(connection: Connection) -> Holdings:
    """Raises SQLAlchemy's DatabaseError where the file is damaged."""
    project = connection.execute(select(projects.c.uid, projects.c.title).limit(1)).first()
    outside = select(func.count()).select_from(articles).where(articles.c.deleted.is_(False))
    marks = select(func.count()).select_from(annotations).join(articles, articles.c.id == annotations.c.article_id)
    return Holdings(
        None if project is None else project.uid,
        "" if project is None else project.title,
        int(connection.scalar(outside) or 0),
        int(connection.scalar(marks.where(articles.c.deleted.is_(False))) or 0),
        Reader(connection).newest_moment(),
    )


def stamps(connection: Connection) -> Iterator[tuple[str, Stamps]]:
    """Each sort of record outside the bin by what an analyst calls it in the plural, with its stamps."""
    outside = articles.c.deleted.is_(False)
    newest = select(func.max(texts.c.number)).where(texts.c.article_id == articles.c.id).scalar_subquery()
    yield "articles", _stamps(connection, select(_uid(articles), articles.c.revision, newest).where(outside))
    for kind, table, name in _MARKS:
        query = select(_uid(annotations), annotations.c.revision, table.c.revision)
        query = query.join_from(annotations, table, table.c.id == annotations.c.id)
        query = query.join(articles, articles.c.id == annotations.c.article_id)
        # A kind is compared as plain text: one that is unknown must not end the look at the others.
        of_kind = type_coerce(annotations.c.kind, String) == kind.value
        yield name, _stamps(connection, query.where(outside, of_kind))
    for name, table in _OTHERS:
        yield name, _stamps(connection, select(_uid(table), table.c.revision))
    yield PROJECT_DETAILS, _stamps(connection, select(_uid(projects), projects.c.revision))


def step_uids(connection: Connection) -> set[bytes]:
    """The identities of all steps."""
    return set(connection.scalars(select(_uid(steps))))


def steps_of(connection: Connection, uids: set[bytes]) -> list[StepDone]:
    """These steps, the newest first."""
    query = select(_uid(steps), steps.c.kind, steps.c.label, analysts.c.name, steps.c.made_at)
    query = query.join_from(steps, analysts, analysts.c.id == steps.c.analyst_id).order_by(steps.c.id.desc())
    return [
        StepDone(_AGAIN.get(kind, "") + label, name, made_at)
        for uid, kind, label, name, made_at in connection.execute(query)
        if uid in uids
    ]


_AGAIN = {"undo": "Undone: ", "redo": "Done again: "}
_MARKS = (
    (Kind.CLAIM, claims, "claims"),
    (Kind.FIGURE, figures, "figures"),
    (Kind.SOURCE, mentions, "mentions of sources"),
)
_OTHERS = (
    ("sources in the register", sources),
    ("attributions", attributions),
    ("links", links),
    ("checks", checks),
    ("events", events),
    ("tags of the codebook", tags),
    ("tags on marks", annotation_tags),
)


def _uid(table: Table) -> ColumnElement[Any]:
    return type_coerce(table.c.uid, LargeBinary)


def _stamps(connection: Connection, query: Select[Any]) -> Stamps:
    return {row[0]: tuple(row[1:]) for row in connection.execute(query)}
