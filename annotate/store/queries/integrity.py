"""Questions about whether a project is whole, asked so that damaged rows can be told of and not only stumbled over.

Words are read as bytes, closed lists as plain text: one flipped bit in either must not end the look at the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, LargeBinary, String, Table, cast, func, select, text, type_coerce
from sqlalchemy.exc import DatabaseError

from annotate.store.fitting import fits, is_change
from annotate.store.known_schema import misfits
from annotate.store.queries.base import Queries
from annotate.store.schema import (
    JOURNALLED,
    RECORD_TABLES,
    annotations,
    articles,
    changes,
    file_contents,
    files,
    metadata,
    parts,
    projects,
    spans,
    steps,
    text_bodies,
    texts,
)


@dataclass(frozen=True, slots=True)
class StoredText:
    """A Text as it lies there: its title, the hash and length it should have, its body as UTF-8."""

    id: int
    title: str
    sha256: str
    length: int
    body: bytes


@dataclass(frozen=True, slots=True)
class StoredSpan:
    """A span with the annotation it belongs to; words as UTF-8."""

    kind: str
    number: int
    on_text: int
    """The text of its annotation; the same as its own, unless something is wrong."""
    start: int
    end: int
    exact: bytes
    before: bytes
    after: bytes


class IntegrityQueries(Queries):
    def damage(self, *, quickly: bool = False) -> list[str]:
        """What SQLite itself finds wrong with the file's structure; at most twenty lines.

        `quickly` leaves out whether indexes hold what their tables do.
        """
        check = "quick_check" if quickly else "integrity_check"
        lines = self.connection.exec_driver_sql(f"PRAGMA {check}(20)").scalars()
        return [str(line) for line in lines if line != "ok"]

    def broken_references(self) -> list[tuple[str, int, str]]:
        """Table and id of rows that point to a row that is not there, and the table in which it is missing."""
        return [(row[0], row[1], row[2]) for row in self.connection.exec_driver_sql("PRAGMA foreign_key_check")]

    def unreadable_rows(self) -> Iterator[tuple[str, Any]]:
        """Table and id (or hash) of rows that hold what none can: no entry of a closed list, no date, no JSON."""
        for name, table in metadata.tables.items():
            misfit = select(*table.primary_key.columns).where(text(misfits(table)))
            odd = list(self.connection.scalars(misfit))
            yield from ((name, key) for key in odd)
            if odd or "id" not in table.c:
                continue
            if self._is_readable(select(table)):
                yield from ((name, row_id) for row_id in self._unfit(table))
                continue
            for row_id in self.connection.scalars(select(table.c.id).order_by(table.c.id)).all():
                if not self._is_readable(select(table).where(table.c.id == row_id)):
                    yield name, row_id

    def _unfit(self, table: Table) -> Iterator[int]:
        """Ids of rows that can be read, but of which the journal could not tell so that it is understood."""
        if table.name in JOURNALLED:
            for row in self.connection.exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY id').mappings():
                if not fits(table, dict(row)):
                    yield int(row["id"])

    def unreadable_history(self) -> list[str]:
        """Labels of steps with a change that cannot be undone: no JSON, or of no table, column or value there is."""
        names = ("table_name", "before", "after")
        query = select(changes.c.step_id, *(changes.c[name] for name in names))
        broken = {
            row.step_id for row in self._tuples(query) if not is_change({name: getattr(row, name) for name in names})
        }
        return [
            label
            for some in self._batches(broken)
            for label in self.connection.scalars(select(steps.c.label).where(steps.c.id.in_(some)))
        ]

    def uids_used_twice(self) -> Iterator[tuple[str, int]]:
        """Table and id of rows that have the uid of an earlier row of their table."""
        for name, table in metadata.tables.items():
            if "uid" in table.c:
                first = select(func.min(table.c.id)).group_by(table.c.uid)
                query = select(table.c.id).where(table.c.id.not_in(first))
                yield from ((name, row_id) for row_id in self.connection.scalars(query))

    def numbers_given_out_again(self) -> list[tuple[str, int]]:
        """Series of numbers, and tables of ids, that would go on below the highest one there is; and that one."""
        given = (
            "SELECT kind, max(number) FROM annotations GROUP BY kind "
            "UNION ALL SELECT 'register', coalesce(max(number), 0) FROM sources"
        )
        last = self._whole_numbers("SELECT name, last FROM counters")
        highest = self._whole_numbers(given)
        found = [(series, number) for series, number in highest.items() if last.get(series, 0) < number]
        ids = self._whole_numbers("SELECT name, seq FROM sqlite_sequence")
        for name, table in JOURNALLED.items():
            number = int(self.connection.scalar(select(func.max(table.c.id))) or 0)
            if table.dialect_options["sqlite"]["autoincrement"] and ids.get(name, 0) < number:
                found.append((name, number))
        return found

    def unused_texts(self) -> Iterator[tuple[str, bytes]]:
        """Hash and body (UTF-8) of texts that only an undone import needs."""
        query = select(text_bodies.c.sha256).where(text_bodies.c.sha256.not_in(select(texts.c.sha256)))
        for sha256 in self.connection.scalars(query).all():
            body = select(cast(text_bodies.c.body, LargeBinary)).where(text_bodies.c.sha256 == sha256)
            yield sha256, bytes(self.connection.scalar(body) or b"")

    def stored_files(self) -> Iterator[tuple[str, str, bytes]]:
        """Hash, name and bytes of everything imported; the name is empty where an undone import left only bytes."""
        name = select(func.min(files.c.name)).where(files.c.sha256 == file_contents.c.sha256).scalar_subquery()
        for sha256 in self.connection.scalars(select(file_contents.c.sha256)).all():
            query = select(name, cast(file_contents.c.data, LargeBinary)).where(file_contents.c.sha256 == sha256)
            row = self.connection.execute(query).first()  # none where an index is damaged that names it
            found, data = ("", b"") if row is None else row
            yield sha256, found or "", bytes(data)

    def stored_texts(self) -> Iterator[StoredText]:
        """Every text version with its body, one at a time: together they may not fit into memory."""
        ids = self.connection.scalars(select(texts.c.id).order_by(texts.c.article_id, texts.c.number)).all()
        query = (
            select(
                texts.c.id,
                articles.c.title,
                texts.c.sha256,
                cast(texts.c.length, Integer),
                cast(text_bodies.c.body, LargeBinary),
            )
            .join_from(texts, articles, articles.c.id == texts.c.article_id)
            .join(text_bodies, text_bodies.c.sha256 == texts.c.sha256)
        )
        for text_id in ids:
            row = self.connection.execute(query.where(texts.c.id == text_id)).first()
            if row is not None:
                yield StoredText(*row)

    def stored_parts(self, text_id: int) -> list[tuple[int, int]]:
        """Starts and ends of a text's parts."""
        query = select(cast(parts.c.start, Integer), cast(parts.c.end, Integer)).where(parts.c.text_id == text_id)
        return [(row[0], row[1]) for row in self.connection.execute(query)]

    def stored_spans(self, text_id: int) -> list[StoredSpan]:
        """The spans of a text, by annotation."""
        words = [cast(spans.c[name], LargeBinary) for name in ("exact", "before", "after")]
        places = [cast(spans.c.start, Integer), cast(spans.c.end, Integer)]
        query = select(_KIND, _NUMBER, annotations.c.text_id, *places, *words)
        query = query.join_from(spans, annotations, spans.c.annotation_id == annotations.c.id)
        query = query.where(spans.c.text_id == text_id).order_by(annotations.c.id, spans.c.position)
        return [StoredSpan(*row) for row in self.connection.execute(query)]

    def annotations_and_words(self) -> Iterator[tuple[str, int, bytes, list[bytes]]]:
        """Kind, number and words of every annotation, and the words of its spans in order."""
        query = select(_KIND, _NUMBER, cast(annotations.c.words, LargeBinary), annotations.c.id)
        exact: dict[int, list[bytes]] = {}
        of_spans = select(spans.c.annotation_id, cast(spans.c.exact, LargeBinary)).order_by(spans.c.position)
        for annotation_id, words in self.connection.execute(of_spans):
            exact.setdefault(annotation_id, []).append(words)
        for kind, number, words, annotation_id in self.connection.execute(query.order_by(annotations.c.id)):
            yield kind, number, words, exact.get(annotation_id, [])

    def annotations_without_record(self) -> list[tuple[str, int]]:
        """Kind and number of annotations that have no record of their kind, or one of another kind."""
        found: list[tuple[str, int]] = []
        for kind, table in RECORD_TABLES.items():
            recorded = annotations.c.id.in_(select(table.c.id))
            query = select(_KIND, _NUMBER).where(recorded != (_KIND == kind.value))  # noqa: SIM300
            found += [(row[0], row[1]) for row in self.connection.execute(query)]
        return list(dict.fromkeys(found))

    def articles_without_text(self) -> list[str]:
        """Titles of articles that have no text."""
        query = select(articles.c.title).where(articles.c.id.not_in(select(texts.c.article_id)))
        return list(self.connection.scalars(query))

    def orphan_count(self) -> int:
        """How many annotations outside the bin have words and no place in their text."""
        query = select(func.count()).select_from(annotations).join(articles, articles.c.id == annotations.c.article_id)
        placed = annotations.c.id.in_(select(spans.c.annotation_id))
        return int(self.connection.scalar(query.where(articles.c.deleted.is_(False), ~placed)) or 0)

    def project_rows(self) -> int:
        """How many rows say what the project is; one, unless something is wrong."""
        return self._count(projects)

    def _whole_numbers(self, query: str) -> dict[str, int]:
        rows = self.connection.exec_driver_sql(query)
        return {str(name): number for name, number in rows if isinstance(number, int)}

    def _is_readable(self, query: Any) -> bool:
        try:
            for _ in self.connection.execute(query):
                pass
        except (DatabaseError, ValueError, TypeError):
            return False
        return True


_KIND = type_coerce(annotations.c.kind, String)
_NUMBER = cast(annotations.c.number, Integer)
