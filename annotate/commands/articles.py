"""Taking articles in, and what is known about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotate.canonical import sha256_of
from annotate.commands.annotations import find_article
from annotate.commands.attributions import attribute_to_outlet
from annotate.commands.texts import insert_file, insert_text
from annotate.commands.updating import update_within
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Article, Published
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.vocabulary import ArticleStatus, AttributionBasis, Kind, Mode, Stance


@dataclass(frozen=True, slots=True)
class TakenArticle:
    """What became of one article of a file; outcome is imported, updated or duplicate."""

    article_id: int
    uid: UUID
    title: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; outcome is that of all its articles, or partial where they differ."""

    outcome: str
    articles: tuple[TakenArticle, ...]
    reason: str = ""
    """A sentence for the analyst: warnings, and which article is there already."""


def import_file(
    project: Project,
    imported: ImportedFile,
    *,
    join: int | None = None,
    label: str | None = None,
    updating: bool = False,
) -> Taken:
    """Take in a file that an importer has read: its bytes, its articles, their texts and parts, in one step.

    The same bytes, or the same text under another name, are recognised and not taken in again; what lies in the bin
    is not the same, so that a file can be read anew after its article was thrown away. With `join` the
    articles go into an earlier step, so that an import of many files is undone at once, under the `label` of all.
    With `updating`, what is likely a changed version of an article updates that article (see updating.py).
    """
    known = project.read.articles_of_file(imported.sha256)
    if known and not any(article.deleted for article in known):
        reason = f"{imported.name} is in the project already, as “{known[0].title}”."
        return Taken("duplicate", tuple(_taken(article, "duplicate") for article in known), reason)
    articles: list[TakenArticle] = []
    said = list(imported.warnings)
    with project.change(label or f"Import {imported.name}", join=join) as transaction:
        file_id: int | None = None
        for draft in imported.articles:
            sha256 = sha256_of(draft.text)
            same = [article for article in project.read.articles_of_text(sha256) if not article.deleted]
            if same:
                articles.append(_taken(same[0], "duplicate"))
                said.append(f"“{draft.title}” has the same text as “{same[0].title}”, which is in the project already.")
                continue
            if file_id is None:
                file_id = insert_file(transaction, imported)
            seen = {one.article_id for one in articles}  # two of one file are two, however alike
            earlier = project.read.likely_earlier(draft, imported.name, but=seen) if updating else None
            if earlier is None:
                articles.append(_insert_article(transaction, draft, imported, file_id, sha256))
                continue
            updated = update_within(project, transaction, earlier, draft, imported, file_id)
            articles.append(_taken(earlier, "updated"))
            said.append(f"A new version of “{earlier.title}”. {updated.sentence}")
    outcomes = {article.outcome for article in articles}
    outcome = outcomes.pop() if len(outcomes) == 1 else "partial"
    return Taken(outcome, tuple(articles), " ".join(said))


def edit_article(project: Project, article_id: int, *, join: int | None = None, **columns: Any) -> None:
    """Change what is known about an article, by the names of model.Article (`published` whole).

    Claims in the outlet's own voice go with the outlet's name, in the same step: they are attributed to it, moved to
    a corrected one, and wait where it is taken away. A register entry that half a name made, being typed, goes too.
    """
    article = find_article(project, article_id)
    published = columns.pop("published", None)
    if isinstance(published, Published):
        columns |= {
            "published_words": published.words,
            "published_on": published.on,
            "published_precision": published.precision,
        }
    with project.change(f"Edit “{_short(article.title)}”", join=join) as transaction:
        transaction.update(t.articles, article_id, **columns)
        if "outlet" in columns and (columns["outlet"] or "") != (article.outlet or ""):
            old = _leave_outlet(project, transaction, article)
            _attribute_waiting_voice(project, transaction, article_id)
            _remove_half_names(project, transaction, old, join)


def set_status(project: Project, article_ids: Collection[int], status: ArticleStatus) -> None:
    """Mark articles as unread, in progress or done."""
    with project.change(f"Mark as {status.label}") as transaction:
        for article_id in article_ids:
            transaction.update(t.articles, article_id, status=status)


def move_to_bin(project: Project, article_ids: Collection[int]) -> None:
    """Take articles and what is marked in them out of lists, counts and exports; nothing is removed."""
    with project.change(_label("Move to bin", project, article_ids)) as transaction:
        for article_id in article_ids:
            transaction.update(t.articles, article_id, deleted=True)


def restore_from_bin(project: Project, article_ids: Collection[int]) -> None:
    with project.change(_label("Restore", project, article_ids)) as transaction:
        for article_id in article_ids:
            transaction.update(t.articles, article_id, deleted=False)


def edit_project(project: Project, *, join: int | None = None, **columns: str) -> None:
    """Change the project's title, marking or note."""
    with project.change("Edit project details", join=join) as transaction:
        transaction.update(t.projects, project.read.project_info().id, **columns)


def _insert_article(
    transaction: Transaction, draft: Draft, imported: ImportedFile, file_id: int, sha256: str
) -> TakenArticle:
    article_id = transaction.insert(
        t.articles,
        file_id=file_id,
        place_in_file=draft.place_in_file,
        type=draft.type,
        title=draft.title,
        title_confirmed=draft.title_confirmed,
        outlet=draft.outlet,
        author=draft.author,
        published_words=draft.published.words,
        published_on=draft.published.on,
        published_precision=draft.published.precision,
        url=draft.url,
        platform=draft.platform,
        account=draft.account,
        language=draft.language,
        imported_at=transaction.now,
        status=ArticleStatus.UNREAD,
    )
    insert_text(transaction, article_id, 1, draft, imported, file_id, sha256)
    row = transaction.row(t.articles, article_id)
    assert row is not None
    return TakenArticle(article_id, row["uid"], draft.title, "imported")


def _own_voice(project: Project, article_id: int) -> list[int]:
    """An article's claims in its outlet's own voice."""
    found = project.read.annotations(project.read.annotation_ids(article_id))
    return [one.id for one in found if one.kind is Kind.CLAIM and one.claim.mode is Mode.VOICE]


def _leave_outlet(project: Project, transaction: Transaction, article: Article) -> set[int]:
    """Take own-voice claims from the name the outlet had; what a person added to an attribution stays. Returns the
    register entries that were left."""
    if not article.outlet:
        return set()
    named = {source.id for source in project.read.sources_named(article.outlet, article.id)}
    for said in project.read.attributions(_own_voice(project, article.id)):
        by_itself = said.basis is AttributionBasis.STATED and not said.verb and said.via_id is None
        if said.source_id in named and said.stance is Stance.ASSERTS and by_itself:
            transaction.delete(t.attributions, said.id)
    return named


def _attribute_waiting_voice(project: Project, transaction: Transaction, article_id: int) -> None:
    article = find_article(project, article_id)
    waiting = _own_voice(project, article_id)
    attributed = {said.annotation_id for said in project.read.attributions(waiting)}
    for annotation_id in waiting:
        if annotation_id not in attributed:
            attribute_to_outlet(project, transaction, article, [annotation_id])


def _remove_half_names(project: Project, transaction: Transaction, source_ids: set[int], step: int | None) -> None:
    """Remove entries that the same step has made and nothing refers to any more."""
    changes = [] if step is None else project.read.changes_of(step)
    made = {change.row_id for change in changes if change.table == t.sources.name and change.before is None}
    for source_id in source_ids & made:
        if not project.read.mentions_of(source_id) and not project.read.attributions_to(source_id):
            transaction.delete(t.sources, source_id)


def _taken(article: Article, outcome: str) -> TakenArticle:
    return TakenArticle(article.id, article.uid, article.title, outcome)


def _label(verb: str, project: Project, article_ids: Collection[int]) -> str:
    if len(article_ids) == 1:
        return f"{verb}: “{_short(find_article(project, next(iter(article_ids))).title)}”"
    return f"{verb}: {len(article_ids)} articles"


def _short(title: str) -> str:
    return title if len(title) <= 40 else title[:39].rstrip() + "…"
