"""Projects of Taguette (https://www.taguette.org), which are SQLite files: .sqlite3, or whatever they were called.

Tables and columns as in taguette/database/models.py; `parent_id` of tags came later. Nothing is read of its users but
the names under which highlights were made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from annotate.canonical import canonical
from annotate.errors import ImportRefused
from annotate.exchange.coded_passages import Code, Codebook, Marks, Passage
from annotate.exchange.foreign_database import ForeignDatabase, opened, text_of, whole_of
from annotate.exchange.incoming import Incoming, IncomingArticle
from annotate.exchange.kind_names import taken_for_kinds
from annotate.exchange.moments import moment_of
from annotate.exchange.quotes import QuotedText
from annotate.exchange.taguette_text import TaguetteText, words_in
from annotate.exchange.told import sentences
from annotate.importers.draft import Draft
from annotate.importers.one_line import one_line
from annotate.vocabulary import ArticleType

TOOL = "Taguette"
_TABLES = ("projects", "documents", "highlights", "tags", "highlight_tags")
_NOBODY = "admin"
"""Who works in Taguette where it runs on one's own computer."""
_LONGEST_PAYLOAD = 10_000


@dataclass(frozen=True, slots=True)
class _Made:
    """Who made a highlight first, and when it was made and last changed."""

    analyst: str
    first: datetime | None
    last: datetime | None


def read_taguette(path: Path) -> Incoming:
    """What a project of Taguette holds; the file is not touched.

    Raises ImportRefused with one sentence where it is none or cannot be read.
    """
    with opened(path) as database:
        if not database.has(*_TABLES):
            raise ImportRefused(f"{path.name} is no project of Taguette: its tables are not there.")
        return _Reading(path.name, database).result()


class _Reading:
    """One file on its way in. Keys are those of its rows."""

    def __init__(self, name: str, database: ForeignDatabase) -> None:
        self._name, self._database = name, database
        self._projects = {
            whole_of(row["id"]): row for row in database.rows("projects", ["id", "name", "description", "created"])
        }
        self._said: list[str] = []
        self._texts: dict[str, TaguetteText] = {}

    def result(self) -> Incoming:
        codes = list(self._codes())
        codebook = Codebook(codes)
        articles = list(self._articles())
        if not articles and not codes:
            raise ImportRefused(f"{self._name} holds neither documents nor tags; there is nothing to take in.")
        marks = Marks(codebook, {key: QuotedText(text.shown) for key, text in self._texts.items()})
        for passage in self._passages(marks):
            marks.add(passage)
        if codebook.named_like_kinds:
            self._said.append(taken_for_kinds("Tags", codebook.named_like_kinds))
        return Incoming(
            name=self._name,
            tool=TOOL,
            articles=articles,
            tags=codebook.tags,
            annotations=marks.annotations(),
            said=(*self._said, *sentences(marks.told)),
            note="\n\n".join(filter(None, (self._about(row) for row in self._projects.values()))),
        )

    def _about(self, row: dict[str, object]) -> str:
        name, description = text_of(row["name"]).strip(), canonical(text_of(row["description"])).text.strip()
        return f"{name}: {description}" if description else ""

    def _codes(self) -> Iterator[Code]:
        """Tags; those of several projects lie below the name of theirs, since each has a codebook of its own."""
        several = len(self._projects) > 1
        if several:
            for number, row in self._projects.items():
                yield Code(f"project {number}", text_of(row["name"]), is_category=True)
            self._said.append(
                f"The file holds {len(self._projects):,} projects; all were read, the tags of each below its name."
            )
        for row in self._database.rows("tags", ["id", "project_id", "path", "description", "parent_id"]):
            parent = whole_of(row["parent_id"])
            above = f"tag {parent}" if parent is not None else None
            if above is None and several:
                above = f"project {whole_of(row['project_id'])}"
            key = f"tag {whole_of(row['id'])}"
            yield Code(key, text_of(row["path"]), above, meaning=text_of(row["description"]))

    def _articles(self) -> Iterator[IncomingArticle]:
        empty = 0
        columns = ["id", "project_id", "name", "description", "filename", "created", "contents"]
        for row in self._database.rows("documents", columns):
            contents = text_of(row["contents"])
            text = TaguetteText(contents)
            key = f"document {whole_of(row['id'])}"
            if not text.shown or key in self._texts:
                empty += 1
                continue
            self._texts[key] = text
            file = one_line(text_of(row["filename"])) or "document"
            title = one_line(text_of(row["name"])) or file
            yield IncomingArticle(
                key=key,
                draft=Draft(
                    text=text.shown,
                    title=title,
                    title_confirmed=title != file,
                    type=ArticleType.DOCUMENT,
                    parts=text.parts,
                ),
                file_name=file if file.lower().endswith((".html", ".htm")) else f"{file}.html",
                data=contents.encode("utf-8", "replace"),
                collected_at=moment_of(text_of(row["created"])),
                note=canonical(text_of(row["description"])).text.strip(),
            )
        if empty:
            self._said.append(f"Documents without a text, left out: {empty:,}.")

    def _passages(self, marks: Marks) -> Iterator[Passage]:
        made = self._made()
        tags: dict[int | None, list[str]] = {}
        for row in self._database.rows("highlight_tags", ["highlight_id", "tag_id"]):
            tags.setdefault(whole_of(row["highlight_id"]), []).append(f"tag {whole_of(row['tag_id'])}")
        columns = ["id", "document_id", "start_offset", "end_offset", "snippet"]
        for row in self._database.rows("highlights", columns):
            article = f"document {whole_of(row['document_id'])}"
            text = self._texts.get(article)
            if text is None:
                marks.told["Highlights of documents that are not in the file or have no text, left out: {number}."] += 1
                continue
            start, end, number = (whole_of(row[name]) for name in ("start_offset", "end_offset", "id"))
            span = None if start is None or end is None else text.span(start, end)
            by = made.get(number, _Made("", None, None))
            yield Passage(
                article=article,
                span=span,
                words=words_in(text_of(row["snippet"])),
                codes=tuple(tags.get(number, ())),
                analyst=by.analyst,
                created_at=by.first,
                changed_at=by.last,
            )

    def _made(self) -> dict[int | None, _Made]:
        """Who made which highlight, from the log that Taguette keeps; it logs changes as additions too."""
        made: dict[int | None, _Made] = {}
        for row in self._database.rows("commands", ["date", "user_login", "payload"]):
            payload = text_of(row["payload"])
            if '"highlight_add"' not in payload or len(payload) > _LONGEST_PAYLOAD:
                continue
            try:
                number = json.loads(payload)["highlight_id"]
            except (ValueError, LookupError, TypeError, RecursionError):
                continue
            number, at = whole_of(number), moment_of(text_of(row["date"]))
            who = one_line(text_of(row["user_login"])) or ""
            before = made.get(number, _Made("" if who == _NOBODY else who, at, at))
            made[number] = _Made(before.analyst, before.first, at)
        return made
