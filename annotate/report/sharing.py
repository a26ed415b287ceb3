"""Evidence as it may be handed on: nobody recognisable who is protected, nothing that stays within the team.

Why it exists: sources and annotations carry a handling, and one forgotten cell gives a person away. So a whole
Evidence is made anew here, every text in it is searched, and every export (workbook, CSV, brief, reading copies,
exchange files) writes what it is given, as always. What the handlings mean:

- open: handed on, with protected names replaced in it.
- internal: stays within the team. An internal annotation is left out with everything tied to it. An internal source
  stays as "witness / civilian (SRC-007)"; its name, aliases, affiliation, control, basis and note are left out. Its
  name where articles or analysts write it is not searched for, and is shown as a possible leftover.
- protect: not recognisable. A protected source is "S-014" everywhere, and nothing else of its entry but type, grade
  and counts is given. The words and translation of what it says, and of figures in it, are "[redacted]", also where
  other cells quote them; plain words stay, with names replaced. A protected annotation keeps its row, choices,
  numbers and dates; its words and plain words are "[redacted]", and its note, place, checks and words of dates go.

Left out for all: context, analysts, names of files and their hashes, places in texts (start and end), moments of
work, notes of project and articles, what waits after updates, how a mark was suggested. Each record has a new uid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar
from uuid import uuid4

from annotate import model as m
from annotate.bare_letters import traced_letters
from annotate.report.evidence import Evidence, gather, grouped
from annotate.report.leftovers import Cell, Leftover, LeftoverSearch
from annotate.report.name_parts import forms_of, name_words, own_words, whole_names
from annotate.report.novelty import Novel
from annotate.report.places import Place
from annotate.report.protected_names import REDACTED, Hit, ProtectedNames
from annotate.report.redacted_text import Edits, edits_of
from annotate.report.scope import EVERYTHING, Scope
from annotate.report.searched_records import LEFT_OUT, Replacement, SearchedRecords, anew
from annotate.store.queries import Reader
from annotate.vocabulary import Handling, Kind, Relation, SourceType

_LEAST_QUOTATION = 20
"""Letters of a quotation from which it is also looked for where it is not marked; with as many words as this:"""
_LEAST_QUOTED_WORDS = 4
_BETWEEN_SPANS = " […] "
_ANYBODY = 0
"""The analyst of every shared record."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Evidence that may be handed on, and what an analyst must look at before."""

    evidence: Evidence
    replacements: tuple[Replacement, ...]
    leftovers: tuple[Leftover, ...]
    """What may still give somebody away, the likeliest first."""
    body_of: Callable[[int], str]
    """The text of an id, redacted; spans of `evidence` are places in it."""
    parts_of: Callable[[int], Sequence[m.Part]]
    """The parts of such a text."""
    hidden: Callable[[str], str]
    """Any other words, for instance a file's name, with protected names replaced."""


def for_sharing(
    evidence: Evidence,
    body_of: Callable[[int], str],
    *,
    parts_of: Callable[[int], Sequence[m.Part]] | None = None,
    whole: Evidence | None = None,
    register: Iterable[m.Source] = (),
    marking: str | None = None,
) -> Shared:
    """What may be handed on of `evidence`, whose texts `body_of` and their parts `parts_of` give by id.

    Where it is a part of a project, `whole` is everything and `register` every source, also those in the bin: who is
    protected elsewhere may be named here too. A `marking` stands in place of the project's own.
    """
    sources = {source.id: source for source in (*register, *evidence.sources.values())}
    sharing = _Sharing(evidence, whole or evidence, body_of, list(sources.values()))
    shared = sharing.evidence(marking)
    return Shared(
        shared,
        sharing.searched.replacements(),
        sharing.left.leftovers(sharing.findable()),
        lambda text_id: sharing.edits(text_id).applied(body_of(text_id)),
        lambda text_id: sharing.edits(text_id).parts(parts_of(text_id) if parts_of else ()),
        sharing.names.hidden,
    )


def gather_for_sharing(reader: Reader, analyst: str, scope: Scope = EVERYTHING, marking: str | None = None) -> Shared:
    """What may be handed on of what a scope keeps; bodies are read with `reader` as long as they are asked for."""
    evidence = gather(reader, analyst, scope)
    whole = evidence if scope.is_everything else gather(reader, analyst)
    return for_sharing(
        evidence, reader.body, parts_of=reader.parts, whole=whole, register=reader.sources(), marking=marking
    )


def pseudonym(source: m.Source) -> str:
    """What a protected source is called: "S-014". A mention's ID has four digits or more and no nought before five, so
    that the two are never the same."""
    return f"S-{source.number:03d}" if source.number < 1000 else f"S-0{source.number}"


R = TypeVar("R", bound=m.Row)


class _Sharing:
    """One Evidence on its way out."""

    def __init__(
        self, evidence: Evidence, whole: Evidence, body_of: Callable[[int], str], sources: list[m.Source]
    ) -> None:
        self._given = evidence
        self._whole = whole
        self._body_of = body_of
        protected = [source for source in sources if source.handling is Handling.PROTECT]
        self._protected = {source.id for source in protected}
        self._pseudonyms = {source.id: pseudonym(source) for source in protected}
        self._kept = {one.id: one for one in evidence.annotations.values() if one.handling is not Handling.INTERNAL}
        self._redacted = self._redactions()
        open_sources = [source for source in sources if source.handling is Handling.OPEN]
        others, others_whole = name_words(open_sources), whole_names(open_sources)
        self.names = ProtectedNames(
            ((form, pseudonym(source)) for source in protected for form in forms_of(source, others, others_whole)),
            (letters for one in self._redacted for letters in _quotations(whole.annotations[one].words)),
            kept=others,
            words={pseudonym(source): own_words(source) for source in protected},
        )
        self.left = LeftoverSearch(sources, self._pseudonyms)
        self.searched = SearchedRecords(self.names, self.left.see)
        self._places = self._redacted_places()
        self._edits: dict[int, Edits] = {}

    def edits(self, text_id: int) -> Edits:
        """What is replaced in a text."""
        if text_id not in self._edits:
            body = self._body_of(text_id)
            self._edits[text_id] = edits_of(body, self._places.get(text_id, ()), self.names.find)
        return self._edits[text_id]

    def findable(self) -> list[str]:
        """Articles whose addresses and titles lead to words that are redacted here, by their IDs."""
        found = {self._kept[one].article_id for one in self._redacted if one in self._kept}
        articles = (self._given.articles[article_id] for article_id in sorted(found))
        return [article.label for article in articles if article.url or article.archive_url or article.title]

    def evidence(self, marking: str | None) -> Evidence:
        given = self._given
        self._leave_out_of_all()
        attributions = [self._attribution(one) for one in given.attributions if one.annotation_id in self._kept]
        links = [
            self._link(link)
            for several in given.links_from.values()
            for link in several
            if link.from_id in self._kept and link.to_id in self._kept
        ]
        made: dict[str, Any] = {
            "project": self._project(marking),
            "analyst": "",
            "sources": {source.id: self._source(source) for source in given.sources.values()},
            "articles": {article.id: self._article(article) for article in given.articles.values()},
            "texts": {text.id: self._text(text) for text in given.texts.values() if text.article_id in given.articles},
            "files": {},
            "analysts": {_ANYBODY: ""},
            "annotations": self._annotations(),
            "events": {event.id: self._plain(event, f"Event {event.id}") for event in given.events.values()},
            "tags": {tag.id: self._plain(tag, f"Tag {tag.id}") for tag in given.tags.values()},
            "checks": [self._check(check) for check in given.checks if check.annotation_id in self._kept],
            "attributions": attributions,
            "said_of": grouped(attributions, lambda said: said.annotation_id),
            "links_from": grouped(links, lambda link: link.from_id),
            "links_to": grouped(links, lambda link: link.to_id),
            "places": {
                annotation_id: Place(place.paragraph, "")
                for annotation_id, place in given.places.items()
                if annotation_id in self._kept and annotation_id not in self._redacted
            },
            "carryings": {},
            "moment": None,
            "open_suggestions": {},
            "scope": self._scope(),
            "novelties": [self._novel(novel) for novel in given.novelties if self._is_told(novel)],
            "shared": True,
        }
        for other in fields(given):
            if other.name not in made:
                made[other.name] = self.searched.cleaned(getattr(given, other.name), "Project", other.name)
        return Evidence(**made)

    def _leave_out_of_all(self) -> None:
        given = self._given
        for what, count in (
            ("context", len(given.places)),
            ("analysts", len(given.analysts)),
            ("names of files and hashes", len(given.files)),
            ("marks that wait since an update", len(given.carryings)),
            ("uids, revisions, places in texts", len(given.annotations)),
        ):
            if count:
                self.searched.note("All records", what, "", LEFT_OUT, count)

    def _redactions(self) -> set[int]:
        """Annotations whose words are redacted, by id."""
        whole = self._whole
        found = {one.id for one in whole.annotations.values() if one.handling is Handling.PROTECT}
        for one in whole.annotations.values():
            if any(said.source_id in self._protected for said in whole.saying(one.id)):
                found.add(one.id)
        for claim_id in list(found):
            found.update(figure.id for figure in whole.linked(claim_id, Relation.CONTAINS))
        return found

    def _redacted_places(self) -> dict[int, list[Hit]]:
        """What is replaced in texts because of the marks on it, by text."""
        places: dict[int, list[Hit]] = {}
        for one in self._whole.annotations.values():
            if one.id in self._redacted:
                by = REDACTED
            elif one.kind is Kind.SOURCE and one.mention.source_id in self._protected:
                by = self._pseudonyms[one.mention.source_id]
            else:
                continue
            places.setdefault(one.text_id, []).extend(Hit(span.start, span.end, by) for span in one.spans)
        return places

    def _annotations(self) -> dict[int, m.Annotation]:
        made: dict[int, m.Annotation] = {}
        of_text, body = None, ""
        for one in self._given.annotations.values():
            if one.id not in self._kept:
                self.searched.note(one.label, "all of it", one.words, LEFT_OUT)
                continue
            if one.text_id != of_text:
                of_text, body = one.text_id, self.edits(one.text_id).applied(self._body_of(one.text_id))
            made[one.id] = self._annotation(one, body)
        return made

    def _annotation(self, one: m.Annotation, body: str) -> m.Annotation:
        protected = one.handling is Handling.PROTECT
        if protected and one.note:
            self.searched.note(one.label, "note", one.note, LEFT_OUT)
        spans = self.edits(one.text_id).spans(one.spans, body)
        words = _BETWEEN_SPANS.join(span.exact for span in spans) if spans else one.words
        if one.id in self._redacted:
            self.searched.note(one.label, "words", one.words, REDACTED)
            words = REDACTED
        elif one.kind is Kind.SOURCE and one.mention.source_id in self._protected:
            words = self._pseudonyms[one.mention.source_id]
            self.searched.note(one.label, "words", one.words, words)
        elif words != one.words:
            self.searched.note_found(one.words, one.label, "words")
        record = one.record
        if isinstance(record, m.Claim):
            record = replace(record, translated_by="", signed_off_by=None, signed_off_at=None)
            if one.id in self._redacted and record.translation:
                record = replace(record, translation=REDACTED)
        return self._plain(
            replace(
                one,
                words=words,
                note="" if protected else one.note,
                rule=None,
                engine=None,
                analyst_id=_ANYBODY,
                created_at=self._given.made_at,
                changed_at=self._given.made_at,
                spans=spans,
                record=_protected_record(record) if protected else record,
            ),
            one.label,
        )

    def _source(self, source: m.Source) -> m.Source:
        if source.handling is Handling.OPEN:
            return self._plain(source, source.label)
        if source.handling is Handling.PROTECT:
            name = self._pseudonyms[source.id]
        else:
            kind = "source" if source.type is SourceType.UNSPECIFIED else source.type.label
            name = f"{kind} ({source.label})"
        self.searched.note(source.label, "name", source.name, name)
        for field, words in (
            ("aliases", "; ".join(source.aliases)),
            ("affiliation", source.affiliation),
            ("controlled by", source.controlled_by),
            ("basis", source.reliability_basis),
            ("note", source.note),
        ):
            if words:
                self.searched.note(source.label, field, words, LEFT_OUT)
        bare = replace(source, aliases=(), affiliation="", controlled_by="", reliability_basis="", note="")
        return anew(replace(bare, name=name))

    def _article(self, article: m.Article) -> m.Article:
        if article.note:
            self.searched.note(article.label, "note", article.note, LEFT_OUT)
        bare = replace(article, file_id=None, place_in_file=None, collected_by=None, note="")
        return self._plain(bare, article.label)

    def _text(self, text: m.Text) -> m.Text:
        edits = self.edits(text.id)
        body = self._body_of(text.id)
        shared = edits.applied(body)
        label = self._given.articles[text.article_id].label
        for hit in edits.rounds[0] if edits.rounds else ():
            self.searched.note(label, "text", body[hit.start : hit.end], hit.by)
        self.left.see(Cell(label, "text", shared))
        return anew(
            replace(
                text,
                file_id=None,
                sha256="",
                length=len(shared),
                pages=tuple(edits.place(start, start)[0] for start in text.pages),
            )
        )

    def _check(self, check: m.Check) -> m.Check:
        bare = replace(check, analyst_id=_ANYBODY, file_id=None)
        annotation = self._given.annotations[check.annotation_id]
        if annotation.handling is Handling.PROTECT:
            self.searched.note(annotation.label, "check", check.looked_at or check.note, REDACTED)
            bare = replace(bare, looked_at=REDACTED, url="", archive_url="", limits="", note="")
        return self._plain(bare, check.label)

    def _attribution(self, said: m.Attribution) -> m.Attribution:
        mention = said.mention_id if said.mention_id in self._kept else None
        return self._plain(replace(said, mention_id=mention), self._given.annotations[said.annotation_id].label)

    def _link(self, link: m.Link) -> m.Link:
        ends = (self._given.annotations[link.from_id], self._given.annotations[link.to_id])
        hidden = any(end.handling is Handling.PROTECT for end in ends)
        label = "–".join(end.label for end in ends)
        if hidden and link.note:
            self.searched.note(label, "note of the link", link.note, LEFT_OUT)
        return self._plain(replace(link, note="" if hidden else link.note), label)

    def _scope(self) -> Scope:
        scope = self.searched.cleaned(self._given.scope, "Project", "scope")
        if scope.since is None:
            return scope
        return replace(scope, since=replace(scope.since, uid=uuid4(), analyst_id=_ANYBODY))

    def _is_told(self, novel: Novel) -> bool:
        known = self._whole.annotations.get(novel.annotation_id)
        return known is None or known.handling is not Handling.INTERNAL

    def _novel(self, novel: Novel) -> Novel:
        """What became of an annotation; of one that is there no more nobody knows its handling, so its words go."""
        known = self._whole.annotations.get(novel.annotation_id)
        redacted = known is None or known.id in self._redacted
        return self.searched.cleaned(replace(novel, words=REDACTED) if redacted else novel, novel.label, "words")

    def _project(self, marking: str | None) -> m.ProjectInfo:
        project = self._given.project
        if project.note:
            self.searched.note("Project", "note", project.note, LEFT_OUT)
        given = project.marking if marking is None else marking
        return self._plain(replace(project, note="", marking=given), "Project")

    def _plain(self, record: R, label: str) -> R:
        return anew(self.searched.cleaned(record, label, ""))


def _protected_record(record: m.Claim | m.Figure | m.Mention) -> m.Claim | m.Figure | m.Mention:
    """What an annotation that is protected itself keeps of its record."""
    if isinstance(record, m.Claim):
        return replace(
            record,
            plain_words=REDACTED if record.plain_words else "",
            translation=REDACTED if record.translation else "",
            happened=replace(record.happened, words=None),
            said=replace(record.said, words=None),
            place="",
        )
    if isinstance(record, m.Figure):
        return replace(record, qualifier="", as_of=replace(record.as_of, words=None))
    return record


def _quotations(words: str) -> Iterator[str]:
    """The bare letters of each stretch of a quotation that is long enough to be known by its words."""
    for stretch in words.split(_BETWEEN_SPANS):
        traced = traced_letters(stretch)
        if len(traced.letters) >= _LEAST_QUOTATION and len(traced.breaks) + 1 >= _LEAST_QUOTED_WORDS:
            yield traced.letters
