"""Rows whose parents are gone: given a stand-in where a person's words would be lost with them, else cut loose.

Why it exists: a claim is worth having also when its article is lost, and what a check says when its claim is. A
stand-in says of itself that it is one. What only ties two things together goes where one of them is gone.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Table

from annotate.store.agreement import bytes_of_text
from annotate.store.fitting import fallback
from annotate.store.refilling import Findings
from annotate.store.schema import metadata
from annotate.vocabulary import Handling, Kind

LOST_TEXT = "The text of this article was lost."
"""What stands where an article has no text any more."""
_RECORDS = {Kind.CLAIM.value: "claims", Kind.FIGURE.value: "figures", Kind.SOURCE.value: "mentions"}
_PARENTS_FIRST = ("steps", "texts", "annotations", "claims", "figures", "mentions", "checks")
"""Those whose missing parents get a stand-in, before what ties are cut."""


class Kinship:
    """Makes every reference of a refilled file lead somewhere."""

    def __init__(self, raw: sqlite3.Connection, findings: Findings, title: str) -> None:
        self._raw, self._findings, self._title = raw, findings, title
        self._now = datetime.now(UTC).isoformat(timespec="microseconds")
        self._stand_ins: dict[str, Callable[[Any, str], None]] = {
            "analysts": self._analyst,
            "steps": self._step,
            "articles": self._article,
            "sources": self._source,
            "tags": self._tag,
            "file_contents": self._contents,
        }

    def mend(self) -> None:
        self._one_project()
        self._own_uids()
        names = [table.name for table in metadata.sorted_tables if table.name not in _PARENTS_FIRST]
        for name in (*_PARENTS_FIRST, *names):
            for column in metadata.tables[name].c:
                if column.foreign_keys:
                    self._mend(metadata.tables[name], column)
        self._records()
        self._articles_without_text()

    def _mend(self, table: Table, column: Column[Any]) -> None:
        [key] = column.foreign_keys
        parent = key.column.table.name
        missing = f'"{column.name}" IS NOT NULL AND "{column.name}" NOT IN (SELECT "{key.column.name}" FROM "{parent}")'
        gone = self._rows(f'SELECT DISTINCT "{column.name}" FROM "{table.name}" WHERE {missing}')
        if not gone or parent == "text_bodies":  # bodies: see agreement.py
            return
        if column.nullable:
            for (row_id,) in self._rows(f'SELECT id FROM "{table.name}" WHERE {missing}'):
                self._note_changed(table.name, row_id, f"What its {_named(column)} was is lost")
            self._run(f'UPDATE "{table.name}" SET "{column.name}" = NULL WHERE {missing}')
        elif parent in self._stand_ins:
            for (value,) in gone:
                self._stand_ins[parent](value, table.name)
        elif parent == "texts" and table.name == "annotations":
            self._without_text(missing)
        elif parent == "annotations" and (table.name in _RECORDS.values() or table.name == "checks"):
            for (value,) in gone:
                self._annotation(value, table.name)
        else:
            self._drop(table.name, missing, f"The {parent[:-1]} it belongs to is lost")

    def _drop(self, name: str, where: str, why: str) -> None:
        for row in self._raw.execute(f'SELECT * FROM "{name}" WHERE {where}').fetchall():
            values = dict(zip(metadata.tables[name].c.keys(), row, strict=True))
            words = next((str(values[key]) for key in ("exact", "verb", "note") if values.get(key)), "")
            said = f"{why} (“{words[:80]}”)" if words else why
            if name not in ("parts", "changes"):
                self._findings.lost.append((name, values.get("id"), said))
        self._run(f'DELETE FROM "{name}" WHERE {where}')

    # -- stand-ins ---------------------------------------------------------------------------------------------------

    def _analyst(self, row_id: int, _of: str) -> None:
        self._insert("analysts", {"id": row_id, "name": f"Analyst {row_id} (name lost)"})

    def _step(self, row_id: int, _of: str) -> None:
        analyst = self._first("SELECT min(id) FROM analysts")
        if analyst is None:
            self._analyst(analyst := 1, "steps")
        when = self._first("SELECT max(made_at) FROM steps WHERE id < ?", row_id) or self._now
        row = {"id": row_id, "label": "A step whose name was lost", "kind": "edit", "state": "dropped"}
        self._insert("steps", row | {"analyst_id": analyst, "made_at": when, "target_id": None})
        self._note_changed("steps", row_id, "Who made it and when is lost, so it cannot be undone")

    def _article(self, row_id: int, _of: str) -> None:
        self._insert("articles", {"id": row_id, "title": f"Article {row_id} (its entry was lost)"})
        self._note_changed("articles", row_id, "Its title, outlet and dates are lost; its texts and marks are kept")

    def _source(self, row_id: int, _of: str) -> None:
        number = (self._first("SELECT max(number) FROM sources") or 0) + 1
        row = {"id": row_id, "number": number, "name": f"Source {row_id} (its entry was lost)", "type": "unspecified"}
        self._insert("sources", row)
        self._note_changed("sources", row_id, "Its name and grade are lost; what is attributed to it is kept")

    def _tag(self, row_id: int, _of: str) -> None:
        self._insert("tags", {"id": row_id, "name": f"Tag {row_id} (its entry was lost)"})
        self._note_changed("tags", row_id, "Its name is lost; what it was put on is kept")

    def _contents(self, sha256: str, _of: str) -> None:
        """A file keeps its name and when it came; its bytes are those of its text, where it was one, or none."""
        if (whole := bytes_of_text(self._raw, sha256)) is not None:
            self._run("INSERT INTO file_contents (sha256, data) VALUES (?, ?)", sha256, whole)
            return
        nothing = hashlib.sha256(b"").hexdigest()
        self._run("INSERT OR IGNORE INTO file_contents (sha256, data) VALUES (?, x'')", nothing)
        for (row_id,) in self._rows("SELECT id FROM files WHERE sha256 = ?", sha256):
            self._findings.lost.append(("files", row_id, "Its bytes are lost; the text that was read from it is kept"))
        self._run("UPDATE files SET sha256 = ?, size = 0 WHERE sha256 = ?", nothing, sha256)

    def _annotation(self, row_id: int, of: str) -> None:
        """For a record, or a check, of an annotation that is lost: with the words of its spans, else those of its
        record."""
        kind = next((kind for kind, table in _RECORDS.items() if table == of), Kind.CLAIM.value)
        spans = self._rows("SELECT text_id, exact FROM spans WHERE annotation_id = ? ORDER BY position", row_id)
        text_id = spans[0][0] if spans else None
        article_id = self._first("SELECT article_id FROM texts WHERE id = ?", text_id)
        if article_id is None:
            self._run("DELETE FROM spans WHERE annotation_id = ?", row_id)
            article_id, text_id = self._place_for_the_lost()
        words = " […] ".join(exact for _, exact in spans)
        if not words and kind == Kind.CLAIM.value:
            words = self._first("SELECT plain_words FROM claims WHERE id = ?", row_id) or ""
        number = (self._first("SELECT max(number) FROM annotations WHERE kind = ?", kind) or 0) + 1
        row = {"id": row_id, "article_id": article_id, "text_id": text_id, "kind": kind, "number": number}
        self._insert("annotations", row | {"words": words or "(words lost)", "analyst_id": self._any_analyst()})
        self._note_changed("annotations", row_id, "The mark itself is lost; it has a new number")

    def _without_text(self, missing: str) -> None:
        """Annotations of a lost text stand in the newest text of their article, without a place."""
        for row_id, article_id in self._rows(f"SELECT id, article_id FROM annotations WHERE {missing}"):
            text_id = self._first("SELECT id FROM texts WHERE article_id = ? ORDER BY number DESC LIMIT 1", article_id)
            if text_id is None:
                text_id = self._text(article_id)
            words = " […] ".join(
                exact
                for (exact,) in self._rows("SELECT exact FROM spans WHERE annotation_id = ? ORDER BY position", row_id)
            )
            self._run("DELETE FROM spans WHERE annotation_id = ?", row_id)
            self._run("UPDATE annotations SET text_id = ? WHERE id = ?", text_id, row_id)
            self._run("UPDATE annotations SET words = ? WHERE id = ? AND trim(words) = ''", words, row_id)
            self._note_changed("annotations", row_id, "Its text is lost; its words are kept, without a place")

    def _articles_without_text(self) -> None:
        for (row_id,) in self._rows("SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM texts)"):
            self._text(row_id)
            self._findings.lost.append(("articles", row_id, "Its text is lost"))

    def _text(self, article_id: int) -> int:
        sha256 = hashlib.sha256(LOST_TEXT.encode()).hexdigest()
        self._run("INSERT OR IGNORE INTO text_bodies (sha256, body) VALUES (?, ?)", sha256, LOST_TEXT)
        row = {"article_id": article_id, "number": 1, "sha256": sha256, "length": len(LOST_TEXT)}
        return self._insert("texts", row | {"words": len(LOST_TEXT.split()), "importer": "salvage"})

    def _place_for_the_lost(self) -> tuple[int, int]:
        """An article that holds what has no article any more."""
        title = "What was saved without its article"
        found = self._first("SELECT id FROM articles WHERE title = ?", title)
        article_id = found or self._insert("articles", {"title": title})
        text_id = self._first("SELECT id FROM texts WHERE article_id = ?", article_id) or self._text(article_id)
        return article_id, text_id

    # -- what must be so ---------------------------------------------------------------------------------------------

    def _one_project(self) -> None:
        kept = self._first("SELECT min(id) FROM projects")
        if kept is None:
            self._insert("projects", {"title": self._title, "created_at": self._now})
            self._findings.lost.append(("projects", None, "The title and notes of the project"))
        else:
            self._run("DELETE FROM projects WHERE id <> ?", kept)

    def _own_uids(self) -> None:
        for name, table in metadata.tables.items():
            if "uid" in table.c:
                query = f'SELECT id FROM "{name}" WHERE id NOT IN (SELECT min(id) FROM "{name}" GROUP BY uid)'
                for (row_id,) in self._rows(query):
                    self._run(f'UPDATE "{name}" SET uid = ? WHERE id = ?', uuid4().bytes, row_id)
                    self._note_changed(name, row_id, "It had the identity of another one and has its own now")

    def _records(self) -> None:
        """Each annotation has one record, of its kind."""
        for kind, name in _RECORDS.items():
            others = f"id IN (SELECT id FROM annotations WHERE kind <> '{kind}')"
            self._drop(name, others, "It is the record of a mark of another kind")
            query = f"SELECT id FROM annotations WHERE kind = ? AND id NOT IN (SELECT id FROM {name})"
            for (row_id,) in self._rows(query, kind):
                self._insert(name, {"id": row_id})
                self._findings.lost.append(
                    ("annotations", row_id, "What was filled in for it is lost; its words are kept")
                )

    def _any_analyst(self) -> int:
        found = self._first("SELECT min(id) FROM analysts")
        if found is None:
            self._analyst(1, "annotations")
        return found or 1

    def _insert(self, name: str, row: dict[str, Any]) -> int:
        table = metadata.tables[name]
        values = {column.name: _usual(column) for column in table.c if column.name != "id"} | row
        if name == "sources" or name == "annotations":
            values["handling"] = row.get("handling", Handling.INTERNAL.value)
        names = ", ".join(f'"{key}"' for key in values)
        marks = ", ".join("?" for _ in values)
        done = self._raw.execute(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', tuple(values.values()))
        return int(done.lastrowid or 0)

    def _note_changed(self, name: str, row_id: int, said: str) -> None:
        self._findings.changed.append((name, row_id, said))

    def _run(self, statement: str, *values: Any) -> None:
        self._raw.execute(statement, values)

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return self._raw.execute(query, values).fetchall()

    def _first(self, query: str, *values: Any) -> Any:
        row = self._raw.execute(query, values).fetchone()
        return None if row is None else row[0]


def _usual(column: Column[Any]) -> Any:
    return None if column.nullable else fallback(column)


def _named(column: Column[Any]) -> str:
    return column.name.removesuffix("_id").replace("_", " ")
