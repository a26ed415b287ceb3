"""A changed version of an article that is there already: both texts stay, and the marks are carried over.

What moves by itself is on the new text at once. What a person must judge (annotate.carrying says when) stays in the
old text until then; what is not in the new text keeps its words and its record. Nothing is dropped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotate.anchoring import joined_words
from annotate.canonical import sha256_of
from annotate.carrying import Carried, carry
from annotate.commands.annotations import find_annotation, find_article, insert_spans
from annotate.commands.marking import anchored_words, put_on_words, settle_suggestion
from annotate.commands.texts import NewText, insert_files, insert_texts
from annotate.errors import NotAllowed
from annotate.importers.draft import Draft, ImportedFile
from annotate.model import Annotation, Article, Carrying, Span
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.vocabulary import CarryOutcome, Fate

_BY_ITSELF = (CarryOutcome.KEPT, CarryOutcome.MOVED, CarryOutcome.CHANGED)
_JUDGED = (CarryOutcome.CHANGED, CarryOutcome.REVIEW, CarryOutcome.LOST)


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of an article and its marks."""

    article_id: int
    text_id: int
    """Its newest text."""
    is_new: bool
    """False where it had exactly this text already, and nothing was changed."""
    outcomes: Mapping[CarryOutcome, int] = field(default_factory=dict)
    """How many marks had each outcome."""

    @property
    def sentence(self) -> str:
        """What became of the marks, for the analyst: "3 marks kept, 1 to be judged."."""
        if not self.outcomes:
            return "It had no marks." if self.is_new else "It has this text already."
        said = [f"{self.outcomes[each]:,} {each.label}" for each in CarryOutcome if self.outcomes.get(each)]
        return f"Marks: {', '.join(said)}."


def update_article(
    project: Project, article_id: int, draft: Draft, imported: ImportedFile, *, join: int | None = None
) -> Updated:
    """Take in a changed version of an article: its bytes, its text with the next number, and the marks, in one step.

    `draft` is one of `imported.articles`. What is known about the article stays; only what was not known is filled in.
    Raises NotAllowed where the article is gone or lies in the bin.
    """
    article = find_article(project, article_id)
    if article.deleted:
        raise NotAllowed(f"“{article.title}” lies in the bin. Restore it first, then import the new version.")
    if _has_text(project, article, draft):
        return Updated(article_id, article.text_id, is_new=False)
    with project.change(f"Update “{article.title[:60]}”", join=join) as transaction:
        [file_id] = insert_files(transaction, [imported])
        return update_within(project, transaction, article, draft, imported, file_id)


def update_within(
    project: Project, transaction: Transaction, article: Article, draft: Draft, imported: ImportedFile, file_id: int
) -> Updated:
    """`update_article` inside a transaction, for a file whose bytes are in already and a text that is another."""
    number = project.read.texts(article.id)[-1].number + 1
    new = NewText(article.id, number, draft, imported, file_id, sha256_of(draft.text))
    [text_id] = insert_texts(transaction, [new])
    transaction.update(t.articles, article.id, file_id=file_id, place_in_file=draft.place_in_file)
    transaction.update(t.articles, article.id, **_newly_known(article, draft))
    outcomes = _carry_marks(project, transaction, article.id, text_id, draft.text)
    return Updated(article.id, text_id, is_new=True, outcomes=Counter(outcomes))


def accept_carrying(project: Project, carrying_id: int) -> None:
    """Take the proposed place as the mark's; of one that moved with a flag, or is lost, note that a person has seen it.

    A figure's amount is read again from its new words while nobody has corrected it.
    """
    carrying, annotation = _open_carrying(project, carrying_id)
    verb = "Place" if carrying.outcome is CarryOutcome.REVIEW else "Accept"
    with project.change(f"{verb} {annotation.label}") as transaction:
        if carrying.outcome is CarryOutcome.REVIEW:
            put_on_words(project, transaction, replace(annotation, text_id=carrying.to_text_id), carrying.spans)
            settle_suggestion(project, transaction, carrying.to_text_id, annotation.kind, carrying.spans)
        transaction.update(t.carryings, carrying_id, fate=Fate.ACCEPTED)


def reject_carrying(project: Project, carrying_id: int) -> None:
    """The new words are not those that were marked: the mark keeps its old words and has no place any more."""
    carrying, annotation = _open_carrying(project, carrying_id)
    with project.change(f"Leave {annotation.label} without a place") as transaction:
        _leave_without_place(transaction, {annotation.id: carrying})
        transaction.update(t.carryings, carrying_id, fate=Fate.REJECTED)


def reanchor(project: Project, annotation_id: int, spans: Sequence[Span]) -> None:
    """Put an annotation on words of its article's newest text by hand; only start and end of `spans` count."""
    annotation = find_annotation(project, annotation_id)
    text_id = find_article(project, annotation.article_id).text_id
    new = anchored_words(project.read.body(text_id), spans)
    carrying = project.read.carrying_of(annotation_id)
    if carrying is None and (annotation.text_id, annotation.spans) == (text_id, new):
        return
    with project.change(f"Place {annotation.label} by hand") as transaction:
        if (annotation.text_id, annotation.spans) != (text_id, new):
            put_on_words(project, transaction, replace(annotation, text_id=text_id), new)
            settle_suggestion(project, transaction, text_id, annotation.kind, new)
        if carrying is not None:
            transaction.update(t.carryings, carrying.id, fate=Fate.ACCEPTED)


def _has_text(project: Project, article: Article, draft: Draft) -> bool:
    text = project.read.text(article.text_id)
    return text is not None and text.sha256 == sha256_of(draft.text)


def _newly_known(article: Article, draft: Draft) -> dict[str, Any]:
    """What the new version states and nobody knew of the article."""
    found: dict[str, Any] = {
        name: getattr(draft, name)
        for name in ("author", "url", "language", "platform", "account")
        if not getattr(article, name) and getattr(draft, name)
    }
    if not article.published.words and article.published.on is None:
        found |= {
            "published_words": draft.published.words,
            "published_on": draft.published.on,
            "published_precision": draft.published.precision,
        }
    return found


def _carry_marks(
    project: Project, transaction: Transaction, article_id: int, text_id: int, body: str
) -> list[CarryOutcome]:
    """Put all marks of an article on its new text as far as they move by themselves; those that wait from an earlier
    update are looked for anew, from the words that were marked. Returns what became of each."""
    annotations = {one.id: one for one in project.read.annotations(project.read.annotation_ids(article_id))}
    waiting = {one.annotation_id: one for one in project.read.carryings(article_id)}
    spans_of: dict[int, dict[int, Sequence[Span]]] = defaultdict(dict)
    for annotation in annotations.values():
        if annotation.spans:
            spans_of[annotation.text_id][annotation.id] = annotation.spans
        elif annotation.id in waiting:
            spans_of[waiting[annotation.id].from_text_id][annotation.id] = waiting[annotation.id].old_spans
    carried: dict[int, Carried] = {}
    rows: list[dict[str, Any]] = []
    for old_text_id, spans in spans_of.items():
        found = carry(project.read.body(old_text_id), body, spans)
        carried |= found
        rows += [_row(i, old_text_id, spans[i], text_id, one, waiting.get(i)) for i, one in found.items()]
    transaction.delete_where(t.carryings, t.carryings.c.id, [one.id for one in waiting.values()])
    _put_on_text(transaction, annotations, text_id, carried)
    lost = [i for i, one in carried.items() if one.outcome is CarryOutcome.LOST]
    transaction.delete_where(t.spans, t.spans.c.annotation_id, lost)
    transaction.insert_many(t.carryings, [row for row in rows if row["outcome"] in _JUDGED])
    return [row["outcome"] for row in rows]


def _put_on_text(
    transaction: Transaction, annotations: Mapping[int, Annotation], text_id: int, carried: Mapping[int, Carried]
) -> None:
    moved = {i: one.spans for i, one in carried.items() if one.outcome in _BY_ITSELF}
    transaction.delete_where(t.spans, t.spans.c.annotation_id, moved)
    insert_spans(transaction, text_id, moved)
    columns: dict[int, dict[str, Any]] = {}
    for annotation_id, spans in moved.items():
        words = joined_words(spans)
        same = words == annotations[annotation_id].words
        changed_at = annotations[annotation_id].changed_at if same else transaction.now
        columns[annotation_id] = {"text_id": text_id, "words": words, "changed_at": changed_at}
    transaction.update_many(t.annotations, columns)


def _row(
    annotation_id: int,
    old_text_id: int,
    old_spans: Sequence[Span],
    text_id: int,
    carried: Carried,
    waiting: Carrying | None,
) -> dict[str, Any]:
    """The row of a carrying. A flag that nobody has looked at yet stays, with the words from before it, unless the
    mark has those words again."""
    outcome, reason = carried.outcome, carried.reason
    if waiting is not None and waiting.outcome is CarryOutcome.CHANGED and outcome in _BY_ITSELF:
        old_text_id, old_spans = waiting.from_text_id, waiting.old_spans
        is_back = joined_words(old_spans) == joined_words(carried.spans)
        reason = reason if outcome is CarryOutcome.CHANGED else waiting.reason
        outcome = CarryOutcome.MOVED if is_back else CarryOutcome.CHANGED
    return {
        "annotation_id": annotation_id,
        "from_text_id": old_text_id,
        "to_text_id": text_id,
        "outcome": outcome,
        "old_spans": _as_lists(old_spans),
        "spans": _as_lists(carried.spans),
        "similarity": carried.similarity,
        "reason": reason,
        "fate": Fate.OPEN,
    }


def _as_lists(spans: Sequence[Span]) -> list[list[Any]]:
    return [[span.start, span.end, span.exact, span.before, span.after] for span in spans]


def _open_carrying(project: Project, carrying_id: int) -> tuple[Carrying, Annotation]:
    carrying = project.read.carrying(carrying_id)
    if carrying is None or carrying.fate is not Fate.OPEN:
        raise NotAllowed("That mark has been judged already, or its article was updated again.")
    return carrying, find_annotation(project, carrying.annotation_id)


def _leave_without_place(transaction: Transaction, carryings: Mapping[int, Carrying]) -> None:
    """Take marks out of the texts; their words are those of the old text again, which their records are about."""
    transaction.delete_where(t.spans, t.spans.c.annotation_id, carryings)
    for annotation_id, carrying in carryings.items():
        words = joined_words(carrying.old_spans)
        transaction.update(
            t.annotations, annotation_id, text_id=carrying.from_text_id, words=words, changed_at=transaction.now
        )
