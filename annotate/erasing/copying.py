"""A copy of a project as it is now, without how it came to be so.

Why it exists: the journal remembers every word that ever stood in a record, which is for the team and not for whoever
gets the file. The copy is a project like any other, whose history begins with nothing. Left out are: journal and noted
exports; contents that nothing uses; versions of texts that no mark stands in; what was judged after an update;
suggestions for older texts, and accepted ones, which became marks. Rejected suggestions come along, so that nothing
comes back; so do analysts, tags and register. What lies in the bin is left out unless it is asked for.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from annotate.errors import EraseFailed, ProjectError
from annotate.integrity import check_project
from annotate.store import schema as t
from annotate.store.belonging import Belonging, Ids
from annotate.store.engine import connect
from annotate.store.ownership import kept_from_others
from annotate.store.queries import Reader
from annotate.store.replacing import remove_for_good
from annotate.store.selective_copy import Leaving, copy_selected
from annotate.store.setting_aside import put_in_new_place
from annotate.unfinished import name_beside
from annotate.vocabulary import Fate
from annotate.writing import Progress, go_on


@dataclass(frozen=True, slots=True)
class Copied:
    """The copy, and how much did not come along."""

    path: Path
    steps: int
    """Of history."""
    binned: int
    """Articles in the bin."""
    texts: int
    """Earlier versions of texts."""


def copy_without_history(reader: Reader, target: Path, *, with_bin: bool = False, progress: Progress = go_on) -> Copied:
    """Make the project `target` of what a project is now. Nothing stands there before, and nothing afterwards unless
    all of it is there and whole.

    Raises ProjectError where the file cannot be made, ProjectInUse where somebody works under its name, and EraseFailed
    where the copy would not be whole.
    """
    if target.exists():
        raise ProjectError(f"{target.name} is there already. Choose another name for the copy.")
    if not target.parent.is_dir():
        raise ProjectError(f"The folder {target.parent} does not exist.")
    fresh = name_beside(target)
    gone, binned, texts = _left_out(reader, with_bin=with_bin)

    def told(done: int, total: int) -> None:
        if not progress(done, total):
            raise EraseFailed(f"The copy was stopped; {target.name} was not written.")

    try:
        copy_selected(reader, fresh, Leaving(gone, history=False), told)
        with closing(connect(fresh, writable=True)) as connection:
            problems = check_project(Reader(connection))
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.engine.dispose()
        if problems:
            known = {problem.sentence for problem in check_project(reader)}
            new = [problem for problem in problems if problem.sentence not in known]
            if new:
                raise EraseFailed(f"{target.name} was not written, since it would not be whole: {new[0].sentence}")
        with kept_from_others(target):
            put_in_new_place(fresh, target)
    except (OSError, DatabaseError) as error:
        reason = getattr(error, "strerror", None) or getattr(error, "orig", None) or error
        raise ProjectError(f"{target.name} was not written: {str(reason).rstrip('.')}.") from error
    finally:
        remove_for_good(fresh)
    return Copied(target, reader.step_count(), binned, texts)


def _left_out(reader: Reader, *, with_bin: bool) -> tuple[Ids, int, int]:
    belonging = Belonging(reader)
    binned = set() if with_bin else {article.id for article in reader.articles(deleted=True)}
    gone = belonging.with_all_that_needs_them({"articles": binned})
    if binned:
        for name in ("sources", "events"):
            there, _former = belonging.used_only_by(gone, name)
            gone.setdefault(name, set()).update(there)
        gone.setdefault("sources", set()).update(_unnamed(reader, belonging, binned, gone))
    judged = {one.id for one in reader.carryings(judged=True) if one.fate is not Fate.OPEN}
    gone.setdefault("carryings", set()).update(judged)
    older = _unused_texts(reader, gone)
    gone.setdefault("texts", set()).update(older)
    newest = {article.text_id for article in (*reader.articles(), *reader.articles(deleted=True))}
    query = select(t.suggestions.c.id, t.suggestions.c.text_id, t.suggestions.c.fate)
    gone.setdefault("suggestions", set()).update(
        row_id
        for row_id, text_id, fate in reader.connection.execute(query)
        if fate is Fate.ACCEPTED or (fate is Fate.OPEN and text_id not in newest)
    )
    gone = belonging.with_all_that_needs_them(gone)
    users = belonging.users("files")
    files = belonging.present(t.files)
    gone["files"] = {
        row_id for row_id in files if all(one in gone.get(table, ()) for table, one in users.get(row_id, ()))
    }
    return gone, len(binned), len(older)


def _unnamed(reader: Reader, belonging: Belonging, binned: set[int], gone: Ids) -> set[int]:
    users = belonging.users("sources")
    return {
        source.id
        for source in reader.sources()
        if source.article_id in binned and all(one in gone.get(table, ()) for table, one in users.get(source.id, ()))
    }


def _unused_texts(reader: Reader, gone: Ids) -> set[int]:
    """Versions that are not the newest and that no mark or open judgement needs."""
    newest = {article.text_id for article in (*reader.articles(), *reader.articles(deleted=True))}
    used: set[int] = set()
    for table, names in ((t.annotations, ["text_id"]), (t.spans, ["text_id"]),
                         (t.carryings, ["from_text_id", "to_text_id"])):  # fmt: skip
        for row in reader.connection.execute(select(table.c.id, *(table.c[name] for name in names))):
            if row[0] not in gone.get(table.name, ()):
                used.update(row[1:])
    return Belonging(reader).present(t.texts) - newest - used - gone.get("texts", set())
