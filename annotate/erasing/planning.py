"""What erasing an article or a source means for a project: worked out from rows and journal; nothing is changed.

What belongs to an article is every row that cannot be without it, now or at any time; the same words taken in before
and undone again go with it. Of a source it is its entry, its mentions and what is attributed to it; where its name
stands in other records it is taken out of them, and articles that name it are told, for a text is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from annotate.erasing import names as n
from annotate.erasing.backups import backups_holding, copies_holding
from annotate.erasing.plans import Named, Plan, SharedFile, Wish
from annotate.errors import NotAllowed
from annotate.references import Named as Id
from annotate.references import label_of
from annotate.report.protected_names import ProtectedNames
from annotate.shortened import shortened
from annotate.store import schema as t
from annotate.store.belonging import Belonging, Ids
from annotate.store.places import place_of
from annotate.store.queries import Reader
from annotate.vocabulary import Kind

_COUNTED = {
    "articles": "articles",
    "texts": "versions of its text",
    "sources": "entries of the register",
    "events": "events",
    "files": "imported files",
    "attributions": "attributions",
    "links": "links",
    "checks": "checks",
    "suggestions": "suggestions",
}
_KINDS = {Kind.CLAIM: "claims", Kind.FIGURE: "figures", Kind.SOURCE: "mentions"}


def plan_erasing(reader: Reader, path: Path, wish: Wish) -> Plan:
    """What would go. `path` is the project's, beside which its backups lie. Raises NotAllowed for what is not there."""
    plan = plan_in_project(reader, path, wish)
    backups = tuple(backups_holding(path, plan.uids))
    return replace(plan, backups=backups, copies=tuple(copies_holding(path, plan.uids)))


def plan_in_project(reader: Reader, path: Path, wish: Wish) -> Plan:
    """The same without a look into the files that lie beside: no backups and no copies."""
    return _Planning(reader, path, wish).plan()


class _Planning:
    def __init__(self, reader: Reader, path: Path, wish: Wish) -> None:
        self._reader = reader
        self._path = path
        self._wish = wish
        self._belonging = Belonging(reader)
        self._in_marks: list[n.Standing] = []
        self._in_records: list[n.Standing] = []
        found = {one: reader.article(one) for one in wish.article_ids}
        self._articles = [article for article in found.values() if article is not None]
        self._source = None if wish.source_id is None else reader.source(wish.source_id)
        if len(self._articles) < len(found):
            raise NotAllowed("An article that is to be erased is not in the project any more. Look again.")
        if wish.source_id is not None and self._source is None:
            raise NotAllowed("The source that is to be erased is not in the register any more. Look again.")
        if not (found or self._source):
            raise NotAllowed("Nothing was chosen that is to be erased. Choose an article or a source.")

    def plan(self) -> Plan:
        search = self._search()
        self._in_marks = [] if search is None else list(n.standing_in_marks(self._reader, search))
        self._in_records = [] if search is None else list(n.standing_in_records(self._reader, search))
        gone, register = self._gone(search)
        files, shared = self._files(gone)
        named = list(self._named_in(search, gone))
        label, name, answers = self._called()
        records = self._staying(self._in_records, gone)
        return Plan(
            wish=self._wish,
            name=name,
            label=label,
            answers=answers,
            counts=tuple(self._counts(gone)),
            register=tuple(register),
            files=tuple(files),
            shared_files=tuple(shared),
            same_text=tuple(self._same_text(gone)),
            named_in=tuple(named),
            quotes=self._staying(self._in_marks, gone),
            records=tuple(one for one in records if not n.is_untouched(one)),
            untouched=(*filter(n.is_untouched, records), *n.standing_in_file_name(self._path, search)),
            uids=tuple(self._uids(gone)),
            backups=(),
            copies=(),
            service=place_of(self._path).service,
            exports=tuple(dict.fromkeys(export.name for export in self._reader.exports())),
            gone=gone,
            names=tuple(self._titles(gone)),
            titles=tuple(self._titles(gone, [t.articles])),
            search=search,
        )

    def _called(self) -> tuple[str, str, tuple[str, ...]]:
        if self._source is not None:
            one = self._source
            return one.label, one.name, (one.name, one.label)
        if len(self._articles) == 1:
            article = self._articles[0]
            return article.label, article.title, tuple(filter(str.strip, (article.title, article.label)))
        several = f"{len(self._articles):,} articles"
        return "", several, (f"erase {several}",)

    def _search(self) -> ProtectedNames | None:
        if self._source is None:
            return None
        return n.name_search(self._source, self._reader.sources(), parts=self._wish.parts)

    def _gone(self, search: ProtectedNames | None) -> tuple[Ids, list[str]]:
        seeds: dict[str, set[int]] = {"articles": {article.id for article in self._articles} | self._taken_in_before()}
        if self._source is not None:
            seeds["sources"] = {self._source.id}
            seeds["annotations"] = self._mentions(self._source.id)
        if search is not None:
            there = self._belonging.present(t.annotations)
            remembered = n.remembered_with(self._reader, "annotations", "words", search)
            seeds["annotations"] |= remembered - there
            if self._wish.quotes:
                seeds["annotations"] |= remembered | {one.row_id for one in self._in_marks}
            seeds["suggestions"] = self._proposing(search)
        gone = self._belonging.with_all_that_needs_them(seeds)
        register: list[str] = []
        for table in (t.sources, t.events):
            there, former = self._belonging.used_only_by(gone, table.name)
            there |= self._unnamed_here(gone) if table is t.sources else set()
            register += sorted(self._names(table, there))
            if self._wish.register:
                gone.setdefault(table.name, set()).update(there | former)
            elif table is t.sources:
                gone.setdefault(table.name, set()).update(former)
        return self._belonging.with_all_that_needs_them(gone), register

    def _taken_in_before(self) -> set[int]:
        """Articles that had the same text and are not there any more: an import that was undone."""
        ids = {article.id for article in self._articles}
        if not ids:
            return set()
        bodies = {text.sha256 for article_id in ids for text in self._reader.texts(article_id)}
        remembered = list(self._belonging.remembered(t.texts))
        bodies |= {v["sha256"] for _, v in remembered if v.get("article_id") in ids and "sha256" in v}
        same = {v["article_id"] for _, v in remembered if v.get("sha256") in bodies and "article_id" in v}
        return same - self._belonging.present(t.articles)

    def _mentions(self, source_id: int) -> set[int]:
        remembered = {i for i, v in self._belonging.remembered(t.mentions) if v.get("source_id") == source_id}
        there = self._belonging.present(t.mentions)
        return set(self._reader.mentions_of(source_id)) | (remembered - there)

    def _proposing(self, search: ProtectedNames) -> set[int]:
        found = {one.row_id for one in self._in_records if one.table == t.suggestions.name}
        return found | n.remembered_with(self._reader, t.suggestions.name, "record", search)

    def _unnamed_here(self, gone: Ids) -> set[int]:
        """Unnamed sources of articles that go, unless something that stays names them."""
        query = select(t.sources.c.id, t.sources.c.article_id).where(t.sources.c.article_id.is_not(None))
        users = self._belonging.users("sources")
        return {
            row_id
            for row_id, article_id in self._reader.connection.execute(query)
            if article_id in gone.get("articles", ())
            and all(one in gone.get(table, ()) for table, one in users.get(row_id, ()))
        }

    def _names(self, table: Table, ids: Iterable[int]) -> list[str]:
        query = select(table.c.id, table.c.name)
        wanted = set(ids)
        return [name for row_id, name in self._reader.connection.execute(query) if row_id in wanted]

    def _files(self, gone: Ids) -> tuple[list[str], list[SharedFile]]:
        """Adds the files that only go with this to `gone`, and tells which others have something else from them."""
        there, former = self._belonging.used_only_by(gone, "files")
        users = self._belonging.users("files")
        files = {one.id: one for one in self._reader.files()}
        touched = {i for i, by in users.items() if any(one in gone.get(table, ()) for table, one in by)}
        bytes_of = {files[i].sha256 for i in touched if i in files}
        alike = {i for i, one in files.items() if one.sha256 in bytes_of}
        stays = {files[i].sha256 for i in alike - there}
        own = {i for i in there if files[i].sha256 not in stays}
        shared = sorted(alike - own)
        going = own | (set(shared) if self._wish.shared_files else there)
        gone.setdefault("files", set()).update(going | former)
        told = []
        for file_id in shared:
            others = sorted(self._others(users.get(file_id, set()), gone))
            if others:
                told.append(SharedFile(files[file_id].name, tuple(label_of(Id.ARTICLE, i) for i in others)))
        named = own if not self._wish.shared_files else going
        return sorted(files[i].name for i in named), told

    def _others(self, users: set[tuple[str, int]], gone: Ids) -> set[int]:
        """Articles among the users of a file that stay."""
        found = set()
        for table, row_id in users:
            if row_id in gone.get(table, ()):
                continue
            if table == "articles":
                found.add(row_id)
            elif table == "texts":
                text = self._reader.text(row_id)
                found.update([text.article_id] if text else [])
            else:
                check = self._reader.connection.execute(
                    select(t.annotations.c.article_id)
                    .join_from(t.checks, t.annotations, t.checks.c.annotation_id == t.annotations.c.id)
                    .where(t.checks.c.id == row_id)
                ).first()
                found.update([check[0]] if check else [])
        return found

    def _same_text(self, gone: Ids) -> list[str]:
        leaving = gone.get("texts", set())
        bodies = {text.sha256 for text in self._reader.texts() if text.id in leaving}
        others = self._reader.articles_of_texts(bodies)
        found = {
            one.id: one for several in others.values() for one in several if one.id not in gone.get("articles", ())
        }
        return [f"{one.label} “{shortened(one.title)}”" for one in found.values()]

    def _named_in(self, search: ProtectedNames | None, gone: Ids) -> Iterable[Named]:
        for standing, count in n.standing_in_texts(self._reader, search) if search else ():
            if standing.row_id not in gone.get("articles", ()):
                article = self._reader.article(standing.row_id)
                title = article.title if article else ""
                yield Named(standing.row_id, standing.record, title, count, standing.words)

    def _staying(self, places: Iterable[n.Standing], gone: Ids) -> tuple[n.Standing, ...]:
        return tuple(one for one in places if one.row_id not in gone.get(one.table, ()))

    def _counts(self, gone: Ids) -> Iterable[tuple[str, int]]:
        for name, words in _COUNTED.items():
            count = len(gone.get(name, set()) & self._belonging.present(t.metadata.tables[name]))
            if count:
                yield words, count
            if name == "texts":
                yield from self._marks(gone)
        steps = self._steps(gone)
        if steps:
            yield "steps of history", steps

    def _marks(self, gone: Ids) -> Iterable[tuple[str, int]]:
        leaving = gone.get("annotations", set())
        query = select(t.annotations.c.id, t.annotations.c.kind)
        kinds = [kind for row_id, kind in self._reader.connection.execute(query) if row_id in leaving]
        for kind, words in _KINDS.items():
            if count := kinds.count(kind):
                yield words, count

    def _steps(self, gone: Ids) -> int:
        """How many steps have changed something of it."""
        query = select(t.changes.c.step_id, t.changes.c.table_name, t.changes.c.row_id)
        rows = self._reader.connection.execute(query)
        return len({step for step, table, row_id in rows if row_id in gone.get(table, ())})

    def _titles(self, gone: Ids, tables: Iterable[Table] = (t.articles, t.sources, t.events, t.files)) -> list[str]:
        """Every title and name that a row that goes ever had, the longest first."""
        found: set[str] = set()
        for table in tables:
            columns = [name for name in ("title", "name", "aliases") if name in table.c]
            leaving = gone.get(table.name, set())
            if not leaving:
                continue
            for row in self._reader.connection.execute(select(table.c.id, *(table.c[name] for name in columns))):
                if row[0] in leaving:
                    found.update(words for value in row[1:] for words in _listed(value))
            for row_id, values in self._belonging.remembered(table):
                if row_id in leaving:
                    found.update(words for name in columns for words in _listed(values.get(name)))
        return sorted((words for words in found if words.strip()), key=len, reverse=True)

    def _uids(self, gone: Ids) -> list[tuple[str, UUID]]:
        """What a backup is known by to hold it."""
        found: set[tuple[str, UUID]] = set()
        for table in (t.articles, t.sources, t.annotations):
            leaving = gone.get(table.name, set())
            if table is t.annotations and not self._source:
                continue
            for row_id, uid in self._reader.connection.execute(select(table.c.id, table.c.uid)):
                if row_id in leaving:
                    found.add((table.name, uid))
            for row_id, values in self._belonging.remembered(table):
                if row_id in leaving and "uid" in values:
                    found.add((table.name, UUID(hex=values["uid"])))
        return sorted(found, key=str)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
