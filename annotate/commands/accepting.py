"""Judging suggestions: what is accepted becomes a mark with its record and ties, what is rejected never comes back.

A claim leans on its speaker: the suggested source is accepted with it. Who "he" is was only offered, so that a claim
accepted with it is attributed as inferred. Each judgement is one step, and undo brings the suggestion back as open.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotate.anchoring import joined_words
from annotate.commands.annotations import find_article, insert_annotation
from annotate.commands.attributions import attribute_to_outlet, tie
from annotate.commands.marking import anchored_words, link_nested
from annotate.commands.sources import mention_at, outlet_in_full, read_source, source_for
from annotate.commands.suggested_records import suggested_claim, suggested_figure, suggested_source, suggested_stance
from annotate.counted import counted
from annotate.errors import NotAllowed
from annotate.figures import read_figure
from annotate.model import Annotation, Article, Claim, Figure, Mention, Span, Suggestion
from annotate.names import name_key
from annotate.project import Project
from annotate.source_words import SPEAKING_PRONOUNS
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.vocabulary import ArticleStatus, AttributionBasis, Fate, Kind, Mode, Origin

MOST_AT_ONCE = 500
"""Suggestions accepted in one step: about two seconds of work for the window."""


def accept_suggestion(project: Project, suggestion_id: int, spans: Sequence[Span] | None = None) -> int:
    """Make a suggestion a mark of its article's newest text, in one step. Returns the annotation's id.

    With other `spans` (only start and end count) these words are marked; what a figure or a source states is then read
    from them, and the mark counts as edited. Raises NotAllowed where the suggestion is judged already.
    """
    suggestion, article = _open_suggestion(project, suggestion_id)
    with project.change(f"Accept suggested {suggestion.kind.label.lower()}") as transaction:
        accepting = _Accepting(project, transaction, article, Origin.SUGGESTED)
        return accepting.accept(suggestion, spans)


def reject_suggestion(project: Project, suggestion_id: int) -> None:
    """Refuse a suggestion; it is kept, so that nothing proposes it again. Raises NotAllowed where it is judged."""
    suggestion, _article = _open_suggestion(project, suggestion_id)
    with project.change(f"Reject suggested {suggestion.kind.label.lower()}") as transaction:
        transaction.update(t.suggestions, suggestion_id, fate=Fate.REJECTED)


def accept_all(
    project: Project, article_id: int, kind: Kind, suggestion_ids: Collection[int] | None = None
) -> list[int]:
    """Accept all suggestions of a kind for an article, or those of them that are named by id, in one step.

    Such marks, and the speakers that come with them, count as not reviewed until somebody looks at each. Returns their
    ids, those of the kind. Raises NotAllowed where there are none, or more than MOST_AT_ONCE.
    """
    article = find_article(project, article_id)
    named = None if suggestion_ids is None else frozenset(suggestion_ids)
    waiting = [one for one in project.read.suggestions(article.text_id) if one.kind is kind]
    chosen = [one for one in waiting if named is None or one.id in named]
    name = kind.label.lower()
    if not chosen:
        raise NotAllowed(f"No suggested {name} waits here with that confidence.")
    if len(chosen) > MOST_AT_ONCE:
        raise NotAllowed(f"More than {MOST_AT_ONCE:,} suggestions cannot be accepted at once. Ask for more confidence.")
    label = f"Accept suggested {name}" if len(chosen) == 1 else f"Accept {len(chosen):,} suggested {name}s"
    with project.change(label) as transaction:
        accepting = _Accepting(project, transaction, article, Origin.BULK)
        return [accepting.accept(suggestion) for suggestion in chosen]


def review_annotations(project: Project, annotation_ids: Collection[int]) -> int:
    """Note that a person has looked at marks that were accepted in bulk. Returns how many were not reviewed before."""
    bulk = [one for one in project.read.annotations(annotation_ids) if one.origin is Origin.BULK]
    if bulk:
        named = bulk[0].label if len(bulk) == 1 else counted(len(bulk), "mark")
        with project.change(f"Review {named}") as transaction:
            seen = {"origin": Origin.SUGGESTED, "changed_at": transaction.now}
            transaction.update_many(t.annotations, {one.id: seen for one in bulk})
    return len(bulk)


def _open_suggestion(project: Project, suggestion_id: int) -> tuple[Suggestion, Article]:
    suggestion = project.read.suggestion(suggestion_id)
    if suggestion is None or suggestion.fate is not Fate.OPEN:
        raise NotAllowed("That suggestion has been judged already.")
    text = project.read.text(suggestion.text_id)
    assert text is not None
    article = find_article(project, text.article_id)
    if article.text_id != suggestion.text_id:
        raise NotAllowed("That suggestion is for an older text of the article.")
    return suggestion, article


class _Accepting:
    """Accepts suggestions for one text inside one transaction."""

    def __init__(self, project: Project, transaction: Transaction, article: Article, origin: Origin) -> None:
        self._project = project
        self._transaction = transaction
        self._article = article
        self._origin = origin
        self._body = project.read.body(article.text_id)
        self._waiting = {suggestion.id: suggestion for suggestion in project.read.suggestions(article.text_id)}
        self._made: dict[int, int] = {}
        if article.status is ArticleStatus.UNREAD:
            transaction.update(t.articles, article.id, status=ArticleStatus.IN_PROGRESS)

    def accept(self, suggestion: Suggestion, spans: Sequence[Span] | None = None) -> int:
        """The mark of a suggestion: a new one, or the one that has these words by now."""
        if suggestion.id in self._made:  # with a claim that it speaks
            return self._made[suggestion.id]
        self._waiting.pop(suggestion.id, None)
        self._transaction.update(t.suggestions, suggestion.id, fate=Fate.ACCEPTED)
        words = anchored_words(self._body, suggestion.spans if spans is None else spans)
        is_edited = [(word.start, word.end) for word in words] != [(span.start, span.end) for span in suggestion.spans]
        near = self._project.read.overlapping(self._article.text_id, words[0].start, words[0].end)
        there = (one for one in self._project.read.annotations(near) if one.kind is suggestion.kind)
        known = next((one.id for one in there if one.spans == words), None)
        annotation_id = self._insert(suggestion, words, is_edited=is_edited) if known is None else known
        self._made[suggestion.id] = annotation_id
        return annotation_id

    def _insert(self, suggestion: Suggestion, words: Sequence[Span], *, is_edited: bool) -> int:
        record = self._record(suggestion, words, is_edited=is_edited)
        annotation_id = insert_annotation(
            self._transaction,
            self._article.id,
            self._article.text_id,
            suggestion.kind,
            words,
            record,
            origin=Origin.EDITED if is_edited else self._origin,
            rule=suggestion.rule,
            engine=f"{suggestion.engine} {suggestion.engine_version}",
        )
        if isinstance(record, Claim):
            self._say_who(annotation_id, record, suggestion)
        if suggestion.kind is not Kind.SOURCE:
            link_nested(self._project, self._transaction, self._article.text_id, annotation_id, suggestion.kind, words)
        return annotation_id

    def _record(self, suggestion: Suggestion, words: Sequence[Span], *, is_edited: bool) -> Claim | Figure | Mention:
        if suggestion.kind is Kind.FIGURE:
            return read_figure(joined_words(words)) if is_edited else suggested_figure(suggestion.record)
        if suggestion.kind is Kind.CLAIM:
            return suggested_claim(suggestion.record)
        if is_edited:
            reading = read_source(self._project, self._article.id, self._body, words[0])
        else:
            reading = outlet_in_full(suggested_source(suggestion.record, words[0].exact), self._article.outlet)
        source_id = source_for(self._project, self._transaction, reading, self._article.id)
        return Mention(source_id, reading.naming, reading.role)

    def _say_who(self, annotation_id: int, claim: Claim, suggestion: Suggestion) -> None:
        """Attribute a new claim to its suggested speakers; what nobody says is the outlet's own."""
        record = suggestion.record
        speakers = [Span(*place) for place in record.get("speakers") or ()]
        if not speakers:
            if claim.mode is Mode.VOICE:
                attribute_to_outlet(self._project, self._transaction, self._article, [annotation_id])
            return
        annotation = self._project.read.annotation(annotation_id)
        assert annotation is not None
        via = self._source_at(Span(*record["via"])) if record.get("via") else None
        for number, speaker in enumerate(speakers):
            name = str(record.get("source") or "") if number == 0 else ""
            self._attribute(annotation, speaker, name, suggestion, None if via is None else via[0])

    def _attribute(
        self, annotation: Annotation, speaker: Span, name: str, suggestion: Suggestion, via_id: int | None
    ) -> None:
        is_pronoun = self._body[speaker.start : speaker.end].lower() in SPEAKING_PRONOUNS
        found = self._source_called(name) if is_pronoun else self._source_at(speaker)
        if found is None:
            return
        tie(
            self._project,
            self._transaction,
            annotation,
            found[0],
            stance=suggested_stance(suggestion.record),
            verb=str(suggestion.record.get("verb") or ""),
            basis=AttributionBasis.INFERRED if is_pronoun else AttributionBasis.STATED,
            via_id=via_id,
            mention_id=found[1],
        )

    def _source_at(self, span: Span) -> tuple[int, int | None] | None:
        """Source and mention of words that name one: marked, or suggested and then accepted; None where neither is,
        since the analyst has refused it."""
        mention = mention_at(self._project, self._article.text_id, span)
        if mention is None:
            suggested = [one for one in self._waiting.values() if one.kind is Kind.SOURCE and _touch(one, span)]
            if not suggested:
                return None
            return self._source_of(self.accept(min(suggested, key=lambda one: _apart(one, span))))
        return self._source_of(mention.id)

    def _source_called(self, name: str) -> tuple[int, int | None] | None:
        """The source of that name: of the register, or the first suggested one that has it."""
        known = self._project.read.sources_named(name, self._article.id) if name else []
        if known:
            return known[0].id, None
        for one in self._waiting.values():
            if one.kind is Kind.SOURCE and name and name_key(str(one.record.get("name") or "")) == name_key(name):
                found = self._source_of(self.accept(one))
                return found[0], None
        return None

    def _source_of(self, mention_id: int) -> tuple[int, int]:
        """The register entry of a mention, made where it has none yet."""
        mention = self._project.read.annotation(mention_id)
        assert mention is not None
        source_id = mention.mention.source_id
        if source_id is None:
            reading = read_source(self._project, self._article.id, self._body, mention.spans[0])
            source_id = source_for(self._project, self._transaction, reading, self._article.id)
            self._transaction.update(t.mentions, mention_id, source_id=source_id)
        return source_id, mention_id


def _touch(suggestion: Suggestion, span: Span) -> bool:
    return any(one.start < span.end and span.start < one.end for one in suggestion.spans)


def _apart(suggestion: Suggestion, span: Span) -> int:
    """How differently a suggestion and words begin and end, in code points."""
    return abs(suggestion.spans[0].start - span.start) + abs(suggestion.spans[-1].end - span.end)
