"""Taking files in, many in one transaction: what is there already is asked once and what is new is written at once.

One by one, a file costs a dozen statements and a wait for the disk, which is most of the time of a long import.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import DataError, IntegrityError

from annotate.canonical import canonical
from annotate.commands.import_plan import DecidedFile, FilePlan, Planner, Prospect
from annotate.commands.texts import NewText, insert_files, insert_texts
from annotate.commands.updating import update_within
from annotate.errors import ImportRefused, NotAllowed
from annotate.importers.draft import ImportedFile
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
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
    files: Sequence[ImportedFile | DecidedFile | ImportRefused],
    *,
    label: str,
    join: int | None = None,
    updating: bool = False,
) -> list[Taken]:
    """Take in what importers have read: bytes, articles, their texts and parts, in one transaction and one step.

    Hands back what became of each, in their order; a file that was refused when it was read is told as such. Each
    file is written whole or not at all, and one that cannot be written holds up no other. The same bytes, or the same
    text under another name, are recognised and not taken in again; what lies in the bin is not the same, so that a
    file can be read anew after its article was thrown away, and the same words under the names of two outlets are two
    articles. With `join` the articles go into an earlier step, so that an import of many files is undone at once,
    under the `label` of its first. With `updating`, what is likely a changed version of an article updates that
    article (see updating.py). What an analyst decided for the articles of a file (`DecidedFile`) is done.
    """
    readable = [file for file in files if not isinstance(file, ImportRefused)]
    with project.change(canonical(label).text, join=join) as transaction:
        if updating:  # a file may be a new version of the one before it
            written = iter([_import(project, transaction, [file], updating=True)[0] for file in readable])
        else:
            written = iter(_import(project, transaction, readable))
    return [Taken("refused", (), str(file)) if isinstance(file, ImportRefused) else next(written) for file in files]


def _import(
    project: Project, transaction: Transaction, files: Sequence[ImportedFile | DecidedFile], *, updating: bool = False
) -> list[Taken]:
    """All in one savepoint; where that fails, each file in one of its own, so that only the one at fault stays out."""
    try:
        with transaction.savepoint():
            return write_plans(project, transaction, Planner(project.read, updating=updating).plan(files))
    except _FAULTS_OF_A_FILE as error:
        if len(files) > 1:
            return [taken for file in files for taken in _import(project, transaction, [file], updating=updating)]
        reason = f"{files[0].name} was left out: a project cannot keep what it holds ({getattr(error, 'orig', error)})."
        return [Taken("refused", (), reason)]


def write_plans(project: Project, transaction: Transaction, plans: Sequence[FilePlan]) -> list[Taken]:
    """Write what is new, inside a transaction; what became of each file."""
    writing = [plan for plan in plans if plan.writes]
    file_ids = dict(zip(writing, insert_files(transaction, [plan.file for plan in writing]), strict=True))
    new = [(plan, prospect) for plan in writing for prospect in plan.prospects if prospect.is_new]
    rows = [
        {**_article_row(transaction, prospect, file_ids[plan]), **_collected(project, transaction, plan.file)}
        for plan, prospect in new
    ]
    ids = transaction.insert_many(t.articles, rows)
    texts = [
        NewText(article_id, 1, prospect.draft, plan.file, file_ids[plan], prospect.sha256)
        for article_id, (plan, prospect) in zip(ids, new, strict=True)
    ]
    insert_texts(transaction, texts)
    by_uid = {prospect.known.uid: article_id for article_id, (_, prospect) in zip(ids, new, strict=True)}
    return [_taken(plan, by_uid, _update(project, transaction, plan, file_ids)) for plan in plans]


def _update(project: Project, transaction: Transaction, plan: FilePlan, file_ids: Mapping[FilePlan, int]) -> list[str]:
    """Give articles the new versions that a file holds; a sentence for each."""
    said = []
    for prospect in plan.prospects:
        article_id = prospect.known.article_id
        article = project.read.article(article_id) if prospect.outcome == "updated" and article_id else None
        if article is not None:
            updated = update_within(project, transaction, article, prospect.draft, plan.file, file_ids[plan])
            said.append(f"A new version of “{article.title}”. {updated.sentence}")
    return said


def _taken(plan: FilePlan, ids: Mapping[UUID, int], said: Sequence[str]) -> Taken:
    """What became of a file, once what is new in it has `ids`."""
    articles = tuple(
        TakenArticle(one.known.article_id or ids[one.known.uid], one.known.uid, one.known.title, one.outcome)
        for one in plan.prospects
    )
    outcomes = {article.outcome for article in articles}
    reasons = (*plan.said, *(prospect.said for prospect in plan.prospects if prospect.said), *said)
    return Taken(outcomes.pop() if len(outcomes) == 1 else "partial", articles, " ".join(reasons))


def _collected(project: Project, transaction: Transaction, file: ImportedFile) -> dict[str, object]:
    """When and by whom, of a file that was fetched; nothing is known of others."""
    if file.collected_at is None:
        return {"collected_at": None, "collected_by": None}
    analysts = {analyst.id: analyst.name for analyst in project.read.analysts()}
    return {"collected_at": file.collected_at, "collected_by": analysts[transaction.analyst_id] or None}


def _article_row(transaction: Transaction, prospect: Prospect, file_id: int) -> dict[str, object]:
    draft = prospect.draft
    return {
        "uid": prospect.known.uid,
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
