"""Taking files in, many in one transaction: what is there already is asked once and what is new is written at once.

One by one, a file costs a dozen statements and a wait for the disk, which is most of the time of a long import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy.exc import DataError, IntegrityError

from annotate.canonical import canonical, sha256_of
from annotate.commands.texts import NewText, insert_files, insert_texts
from annotate.commands.updating import update_within
from annotate.errors import ImportRefused, NotAllowed
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Article
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.queries import Reader
from annotate.vocabulary import ArticleStatus

_FAULTS_OF_A_FILE = (IntegrityError, DataError, UnicodeError)
"""What the values of one file can be to blame for; a full disk is none of these and ends the import."""


@dataclass(frozen=True, slots=True)
class TakenArticle:
    """What became of one article of a file; outcome is imported, updated or duplicate."""

    article_id: int
    uid: UUID
    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; outcome is that of all its articles, partial where they differ, or refused."""

    outcome: str
    articles: tuple[TakenArticle, ...]
    reason: str = ""
    """A sentence for the analyst: warnings, which article is there already, why the file was refused."""


def import_file(
    project: Project,
    imported: ImportedFile,
    *,
    join: int | None = None,
    label: str | None = None,
    updating: bool = False,
) -> Taken:
    """Take in one file; see `import_files`. Raises NotAllowed where it cannot be written, with nothing written."""
    label = label or f"Import {imported.name}"
    [taken] = import_files(project, [imported], label=label, join=join, updating=updating)
    if taken.outcome == "refused":
        raise NotAllowed(taken.reason)
    return taken


def import_files(
    project: Project,
    files: Sequence[ImportedFile | ImportRefused],
    *,
    label: str,
    join: int | None = None,
    updating: bool = False,
) -> list[Taken]:
    """Take in what importers have read: bytes, articles, their texts and parts, in one transaction and one step.

    Hands back what became of each, in their order; a file that was refused when it was read is told as such. Each
    file is written whole or not at all, and one that cannot be written holds up no other. The same bytes, or the same
    text under another name, are recognised and not taken in again; what lies in the bin is not the same, so that a
    file can be read anew after its article was thrown away. With `join` the articles go into an earlier step, so that
    an import of many files is undone at once, under the `label` of its first. With `updating`, what is likely a
    changed version of an article updates that article (see updating.py).
    """
    readable = [file for file in files if isinstance(file, ImportedFile)]
    with project.change(canonical(label).text, join=join) as transaction:
        if updating:  # a file may be a new version of the one before it
            written = iter([_import(project, transaction, [file], updating=True)[0] for file in readable])
        else:
            written = iter(_import(project, transaction, readable))
    return [Taken("refused", (), str(file)) if isinstance(file, ImportRefused) else next(written) for file in files]


def _import(
    project: Project, transaction: Transaction, files: Sequence[ImportedFile], *, updating: bool = False
) -> list[Taken]:
    """All in one savepoint; where that fails, each file in one of its own, so that only the one at fault stays out."""
    try:
        with transaction.savepoint():
            plans = _plans(project.read, files, updating=updating)
            return _write(project, transaction, plans)
    except _FAULTS_OF_A_FILE as error:
        if len(files) > 1:
            return [taken for file in files for taken in _import(project, transaction, [file], updating=updating)]
        reason = f"{files[0].name} was left out: a project cannot keep what it holds ({getattr(error, 'orig', error)})."
        return [Taken("refused", (), reason)]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an article of a file is in the project; without an id, one that is about to be written."""

    uid: UUID
    title: str
    article_id: int | None = None
    outcome: str = "duplicate"


@dataclass(frozen=True, slots=True)
class _NewArticle:
    uid: UUID
    draft: Draft
    sha256: str
    """Of the text."""


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What is to be done with a file: an entry for each of its articles, those that are new, those that it updates."""

    file: ImportedFile
    entries: tuple[_Entry, ...]
    new: tuple[_NewArticle, ...] = ()
    updates: tuple[tuple[Article, Draft], ...] = ()
    said: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        return bool(self.new or self.updates)

    def taken(self, ids: Mapping[UUID, int], said: Sequence[str]) -> Taken:
        """What became of the file, once what is new has `ids`."""
        articles = tuple(
            TakenArticle(entry.article_id or ids[entry.uid], entry.uid, entry.title, entry.outcome)
            for entry in self.entries
        )
        outcomes = {article.outcome for article in articles}
        return Taken(outcomes.pop() if len(outcomes) == 1 else "partial", articles, " ".join((*self.said, *said)))


def _plans(reader: Reader, files: Sequence[ImportedFile], *, updating: bool) -> list[_Plan]:
    """What is new in each file, and what is in the project or in a file before it."""
    texts = [[sha256_of(draft.text) for draft in file.articles] for file in files]
    of_file = reader.articles_of_files({file.sha256 for file in files})
    of_text = reader.articles_of_texts({sha256 for hashes in texts for sha256 in hashes})
    in_bin = {sha256 for sha256, articles in of_file.items() if any(article.deleted for article in articles)}
    same_file = {sha256: _entries(articles) for sha256, articles in of_file.items()}
    same_text = {sha256: known[0] for sha256, articles in of_text.items() if (known := _entries(articles))}
    plans = []
    for file, hashes in zip(files, texts, strict=True):
        known = () if file.sha256 in in_bin else same_file.get(file.sha256, ())
        if known:
            said = f"{file.name} is in the project already, as “{known[0].title}”."
            plans.append(_Plan(file, known, said=(said,)))
        else:
            plans.append(_plan(reader, file, hashes, same_text, updating=updating))
            same_file[file.sha256] = tuple(same_text[article.sha256] for article in plans[-1].new)
    return plans


def _plan(
    reader: Reader, file: ImportedFile, hashes: Sequence[str], same_text: dict[str, _Entry], *, updating: bool
) -> _Plan:
    """One file, by its texts; those that it brings are known from then on."""
    entries: list[_Entry] = []
    new: list[_NewArticle] = []
    updates: list[tuple[Article, Draft]] = []
    said = list(file.warnings)
    for draft, sha256 in zip(file.articles, hashes, strict=True):
        known = same_text.get(sha256)
        if known is not None:
            entries.append(known)
            said.append(f"“{draft.title}” has the same text as “{known.title}”, which is in the project already.")
            continue
        seen = {entry.article_id for entry in entries if entry.article_id}  # two of one file are two, however alike
        earlier = reader.likely_earlier(draft, file.name, but=seen) if updating else None
        if earlier is None:
            same_text[sha256] = _Entry(uuid4(), draft.title)
            entries.append(replace(same_text[sha256], outcome="imported"))
            new.append(_NewArticle(same_text[sha256].uid, draft, sha256))
        else:
            same_text[sha256] = _Entry(earlier.uid, earlier.title, earlier.id)
            entries.append(replace(same_text[sha256], outcome="updated"))
            updates.append((earlier, draft))
    return _Plan(file, tuple(entries), tuple(new), tuple(updates), tuple(said))


def _entries(articles: Iterable[Article]) -> tuple[_Entry, ...]:
    return tuple(_Entry(article.uid, article.title, article.id) for article in articles if not article.deleted)


def _write(project: Project, transaction: Transaction, plans: Sequence[_Plan]) -> list[Taken]:
    """Write what is new; what became of each file."""
    writing = [plan for plan in plans if plan.writes]
    file_ids = dict(zip(writing, insert_files(transaction, [plan.file for plan in writing]), strict=True))
    new = [(plan, article) for plan in writing for article in plan.new]
    rows = [_article_row(transaction, article, file_ids[plan]) for plan, article in new]
    ids = transaction.insert_many(t.articles, rows)
    texts = [
        NewText(article_id, 1, article.draft, plan.file, file_ids[plan], article.sha256)
        for article_id, (plan, article) in zip(ids, new, strict=True)
    ]
    insert_texts(transaction, texts)
    by_uid = {article.uid: article_id for article_id, (_, article) in zip(ids, new, strict=True)}
    taken = []
    for plan in plans:
        said = []
        for article, draft in plan.updates:
            updated = update_within(project, transaction, article, draft, plan.file, file_ids[plan])
            said.append(f"A new version of “{article.title}”. {updated.sentence}")
        taken.append(plan.taken(by_uid, said))
    return taken


def _article_row(transaction: Transaction, article: _NewArticle, file_id: int) -> dict[str, object]:
    draft = article.draft
    return {
        "uid": article.uid,
        "file_id": file_id,
        "place_in_file": draft.place_in_file,
        "type": draft.type,
        "title": draft.title,
        "title_confirmed": draft.title_confirmed,
        "outlet": draft.outlet,
        "author": draft.author,
        "published_words": draft.published.words,
        "published_on": draft.published.on,
        "published_precision": draft.published.precision,
        "url": draft.url,
        "platform": draft.platform,
        "account": draft.account,
        "language": draft.language,
        "imported_at": transaction.now,
        "status": ArticleStatus.UNREAD,
    }
