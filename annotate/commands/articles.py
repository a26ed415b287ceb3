"""What is known about articles, and which of them are looked at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from annotate.commands.annotations import find_article
from annotate.commands.attributions import attribute_to_outlet
from annotate.model import Article, Published
from annotate.project import Project
from annotate.shortened import shortened
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.vocabulary import ArticleStatus, AttributionBasis, Kind, Mode, Stance


def edit_article(project: Project, article_id: int, *, join: int | None = None, **columns: Any) -> None:
    """Change what is known about an article, by the names of model.Article (`published` whole).

    Claims in the outlet's own voice go with the outlet's name, in the same step: they are attributed to it, moved to
    a corrected one, and wait where it is taken away. A register entry that half a name made, being typed, goes too.
    """
    article = find_article(project, article_id)
    with project.change(f"Edit “{shortened(article.title, 40)}”", join=join) as transaction:
        old = edit_article_within(project, transaction, article, columns)
        _remove_half_names(project, transaction, old, join)


def edit_article_within(
    project: Project, transaction: Transaction, article: Article, columns: Mapping[str, Any]
) -> set[int]:
    """Change what is known about an article inside a transaction; own-voice claims go with the outlet's name. Returns
    the register entries that were left."""
    written = dict(columns)
    published = written.pop("published", None)
    if isinstance(published, Published):
        written |= {
            "published_words": published.words,
            "published_on": published.on,
            "published_precision": published.precision,
        }
    transaction.update(t.articles, article.id, **written)
    if "outlet" not in written or (written["outlet"] or "") == (article.outlet or ""):
        return set()
    old = _leave_outlet(project, transaction, article)
    _attribute_waiting_voice(project, transaction, article.id)
    return old


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


def _label(verb: str, project: Project, article_ids: Collection[int]) -> str:
    if len(article_ids) == 1:
        return f"{verb}: “{shortened(find_article(project, next(iter(article_ids))).title, 40)}”"
    return f"{verb}: {len(article_ids):,} articles"
