"""A project with something of everything in it, made once and copied: what files are made strange and damaged from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from annotate import commands as do
from annotate.history import undo
from annotate.project import Project
from annotate.sample import create_sample
from annotate.vocabulary import Kind
from tests.annotate.drafts import BOATS, span_of, take_in


@cache
def whole_bytes() -> bytes:
    """The file: the sample, an article with emoji, Arabic and every kind of mark, a tag, and an undone step."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "whole.pnote"
        with Project.create(path, "Ana", "Überblick 🌊") as project:
            create_sample(project)
            project.become("Ana")
            article = take_in(project)
            boats = take_in(project, BOATS, "boats.txt")
            claim = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "“Nobody told us,”")])
            do.add_span(project, claim, span_of(project, article, "“that the dam was weak.”"))
            do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "dozens of houses 🏚️")])
            do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "قال الدفاع المدني")])
            do.mark(project, boats.id, Kind.CLAIM, [span_of(project, boats, "قال شاهد إن عشرات القوارب غرقت")])
            do.toggle_tag(project, [claim], do.add_tag(project, "Flucht"))
            do.edit_annotation(project, claim, note="see the map 🗺️")
            do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "Zoe\u0301 Nu\u0308rsen")])
            undo(project)
        return path.read_bytes()


def whole_project(folder: Path, name: str = "case.pnote") -> Path:
    """A file of its own with that project."""
    path = folder / name
    path.write_bytes(whole_bytes())
    return path


def altered(path: Path, *statements: str) -> None:
    """Raw SQL, past all rules of the program and of the schema."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            raw.execute(statement)


def schema_rewritten(path: Path, name: str, was: str, now: str) -> None:
    """Change the words by which a table or index is made, as nobody can by SQL alone."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("PRAGMA writable_schema = ON")
        done = raw.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ? AND instr(sql, ?)", (was, now, name, was)
        )
        assert done.rowcount == 1, f"{name} is not made with {was}"
