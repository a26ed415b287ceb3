"""Taking in a claims list that was kept by hand, in one step: its claims, who says so, figures, tags, findings, notes.

What plan.py found is written. A row that is in the project already gives its claim what it does not have yet;
taking the same list in twice changes nothing the second time, except that quotes are put on the articles that have come
into the project since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from annotate.anchoring import joined_words
from annotate.canonical import canonical, sha256_of
from annotate.commands.attributions import attribute_to_outlet
from annotate.commands.hand_kept.figures import NewFigure, figures_of
from annotate.commands.hand_kept.joining import join
from annotate.commands.hand_kept.plan import IMPORTER, ListPlan, PlannedRow
from annotate.commands.hand_kept.writing import Writing, contradiction, gained, joined_notes
from annotate.commands.import_plan import FilePlan, Known, Prospect
from annotate.commands.importing import write_plans
from annotate.commands.marking import read_record
from annotate.commands.texts import insert_files
from annotate.commands.updating import update_within
from annotate.counted import counted
from annotate.errors import NotAllowed
from annotate.exchange.hand_kept import Entry, HandKeptSheet, list_text, squeezed
from annotate.importers.draft import Draft, DraftPart, ImportedFile
from annotate.model import Article, Claim, Span
from annotate.names import name_key
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.vocabulary import (
    ArticleStatus,
    ArticleType,
    AttributionBasis,
    Kind,
    Mode,
    PartRole,
    Relation,
    Stance,
)

_VERSION = "1"
"""Of how a list becomes a text."""


@dataclass(frozen=True, slots=True)
class TakenList:
    """What became of a claims list."""

    article_id: int
    """The article that holds its rows as its text."""
    claims: int
    """New ones; rows with the same words at the same place are one claim."""
    placed: int
    """Claims from before that stand in an article now."""
    joined: int
    """Rows that claims which were there have gained something from."""
    done: int
    """Rows that were in the project as they are."""
    first_id: int | None
    """A claim to show."""

    @property
    def sentence(self) -> str:
        """What became of it, for the analyst."""
        said = [f"{counted(self.claims, 'claim')} taken in"]
        if self.placed:
            said.append(f"{self.placed:,} from before put on {'its' if self.placed == 1 else 'their'} words")
        if self.joined:
            said.append(f"{counted(self.joined, 'row')} added to claims that were there")
        if self.done:
            said.append(f"{counted(self.done, 'row was', 'rows were')} in the project already")
        return f"{', '.join(said)}."


@dataclass(slots=True)
class _New:
    """A claim that is to be made of one row or of several."""

    article_id: int
    text_id: int
    spans: tuple[Span, ...]
    rows: list[PlannedRow] = field(default_factory=list)
    record: Claim = Claim()

    @property
    def words(self) -> str:
        return joined_words(self.spans) if self.spans else self.rows[0].entry.words


def take_in_list(project: Project, plan: ListPlan) -> TakenList:
    """Write what was planned, in one step. Raises NotAllowed, with nothing written, where the project has changed."""
    with project.change(canonical(f"Take in {plan.sheet.name}").text) as transaction:
        return _Taking(project, transaction, plan).write()


class _Taking:
    """One list being taken in."""

    def __init__(self, project: Project, transaction: Transaction, plan: ListPlan) -> None:
        self._project = project
        self._transaction = transaction
        self._plan = plan
        self._writing = Writing(project, transaction)

    def write(self) -> TakenList:
        rows = [row for row in self._plan.rows if row.is_claim and not row.is_done]
        self._refuse_stale(rows)
        home = self._list_article()
        new = self._grouped([row for row in rows if row.known_id is None], home)
        ids = self._insert_claims(new)
        self._attribute(ids, new)
        self._insert_figures(ids, new)
        placed = joined = 0
        for row in rows:
            if row.known_id is not None:
                was_placed, was_joined = join(self._writing, row, self._plan.sheet.name)
                placed, joined = placed + was_placed, joined + (was_joined and not was_placed)
        touched = {row.article_id for row in rows if row.article_id is not None}
        for article_id in touched | ({home.id} if new else set()):
            if self._writing.article(article_id).status is ArticleStatus.UNREAD:
                self._transaction.update(t.articles, article_id, status=ArticleStatus.IN_PROGRESS)
        first = min(zip((claim.spans == () for claim in new), ids, strict=True), default=(True, None))[1]
        return TakenList(home.id, len(ids), placed, joined, self._plan.done, first)

    def _refuse_stale(self, rows: Iterable[PlannedRow]) -> None:
        texts = {row.article_id: row.text_id for row in rows if row.article_id is not None}
        found = {article.id: article.text_id for article in self._project.read.articles(texts)}
        if found != texts:
            raise NotAllowed("The articles have changed since the list was looked through. Take it in once more.")
        self._writing.look_up(texts)
        known = {row.known_id for row in rows if row.known_id is not None}
        if len(self._project.read.existing(known)) < len(known):
            raise NotAllowed("Claims were removed since the list was looked through. Take it in once more.")

    # -- the list itself ---------------------------------------------------------------------------------------------

    def _list_article(self) -> Article:
        """The article that holds the rows as its text: a new one, or a new version of what the list was before."""
        sheet = self._plan.sheet
        imported = _as_import(sheet, [row.entry for row in self._plan.rows])
        [draft] = imported.articles
        known = None if self._plan.list_article_id is None else self._project.read.article(self._plan.list_article_id)
        if known is None or known.deleted:
            prospect = Prospect(draft, sha256_of(draft.text), "imported", Known(uuid4(), draft.title))
            [taken] = write_plans(self._project, self._transaction, [FilePlan(imported, (prospect,))])
            return self._writing.article(taken.articles[0].article_id)
        text = self._project.read.text(known.text_id)
        if text is None or text.sha256 != sha256_of(draft.text):
            [file_id] = insert_files(self._transaction, [imported])
            update_within(self._project, self._transaction, known, draft, imported, file_id)
        return self._writing.article(known.id)

    # -- new claims --------------------------------------------------------------------------------------------------

    def _grouped(self, rows: Iterable[PlannedRow], home: Article) -> list[_New]:
        """The claims to make: rows with the same words at the same place are one that several people make."""
        made: dict[tuple[int, object], _New] = {}
        for row in rows:
            article = home if row.article_id is None else self._writing.article(row.article_id)
            key = row.spans or squeezed(row.entry.words) or row.entry.words
            claim = made.setdefault((article.id, key), _New(article.id, article.text_id, row.spans))
            claim.rows.append(row)
        for claim in sorted(made.values(), key=_by_text):
            claim.record = self._record(claim)
        return list(made.values())

    def _record(self, claim: _New) -> Claim:
        read = Claim()
        if claim.spans:
            found = read_record(self._project, self._writing.article(claim.article_id), Kind.CLAIM, claim.spans)
            assert isinstance(found, Claim)
            read = found
            outlet = name_key(self._writing.article(claim.article_id).outlet or "")
            others = [name for row in claim.rows for name in row.entry.sources if name_key(name) != outlet]
            if read.mode is Mode.VOICE and others:
                read = replace(read, mode=Mode.PARAPHRASE)
        for row in claim.rows:
            read = replace(read, **gained(read, row.entry))
        return read

    def _notes(self, claim: _New) -> Iterable[str]:
        """The notes of its rows, with what they find where that is not what the first one does."""
        for row in claim.rows:
            yield row.note
            yield contradiction(claim.record, row.entry, self._plan.sheet.name)

    def _insert_claims(self, claims: Sequence[_New]) -> list[int]:
        notes = [joined_notes("", *self._notes(claim)) for claim in claims]
        rows = [(claim.article_id, claim.text_id, claim.words, note) for claim, note in zip(claims, notes, strict=True)]
        records = [claim.record for claim in claims]
        ids = self._writing.insert(Kind.CLAIM, rows, records, [claim.spans for claim in claims])
        tagged = [
            {"annotation_id": claim_id, "tag_id": tag_id}
            for claim_id, claim in zip(ids, claims, strict=True)
            for tag_id in self._writing.tag_ids(tag for row in claim.rows for tag in row.entry.tags)
        ]
        self._transaction.insert_many(t.annotation_tags, tagged)
        voices: dict[int, list[int]] = defaultdict(list)
        for claim_id, claim in zip(ids, claims, strict=True):
            if claim.record.mode is Mode.VOICE and not any(row.entry.sources for row in claim.rows):
                voices[claim.article_id].append(claim_id)
        for article_id, claim_ids in voices.items():
            attribute_to_outlet(self._project, self._transaction, self._writing.article(article_id), claim_ids)
        return ids

    def _insert_figures(self, ids: Sequence[int], claims: Sequence[_New]) -> None:
        """The figures of new claims: in their words where they stand there, without a place beside them elsewhere."""
        wanted: list[tuple[int, _New, NewFigure]] = []
        places: set[object] = set()
        for claim_id, claim in sorted(zip(ids, claims, strict=True), key=lambda one: _by_text(one[1])):
            body = self._project.read.body(claim.text_id) if claim.spans else ""
            cells = [cell for row in claim.rows for cell in row.entry.figures]
            for figure in figures_of(body, claim.spans, cells):
                place = (claim.text_id, figure.spans) if figure.spans else (claim_id, figure.words)
                if place not in places and not self._writing.is_marked(claim.text_id, figure):
                    wanted.append((claim_id, claim, figure))
                places.add(place)
        rows = [(claim.article_id, claim.text_id, figure.words, "") for _, claim, figure in wanted]
        records = [figure.record for _, _, figure in wanted]
        figure_ids = self._writing.insert(Kind.FIGURE, rows, records, [figure.spans for _, _, figure in wanted])
        beside = [
            {"from_id": claim_id, "to_id": figure_id, "relation": Relation.CONTAINS}
            for figure_id, (claim_id, _, figure) in zip(figure_ids, wanted, strict=True)
            if not figure.spans
        ]
        self._transaction.insert_many(t.links, beside)
        self._writing.link({*ids, *figure_ids}, [claim.text_id for claim in claims if claim.spans])

    def _attribute(self, ids: Sequence[int], claims: Sequence[_New]) -> None:
        """Attribute new claims to everybody their rows name."""
        said = {"stance": Stance.ASSERTS, "basis": AttributionBasis.INFERRED}
        rows = []
        for claim_id, claim in zip(ids, claims, strict=True):
            names = (name for row in claim.rows for name in row.entry.sources)
            sources = dict.fromkeys(self._writing.source(name, claim.article_id) for name in names)
            rows += [{**said, "annotation_id": claim_id, "source_id": source_id} for source_id in sources]
        self._transaction.insert_many(t.attributions, rows)


def _by_text(claim: _New) -> int:
    """The texts are read one after the other."""
    return claim.text_id


def _as_import(sheet: HandKeptSheet, entries: Sequence[Entry]) -> ImportedFile:
    """The list as a file with one article. Its text counts as boilerplate: nothing is suggested in it."""
    text = canonical(list_text(entries, sheet.above)).text
    title = " ".join(f"Claims list {sheet.name}".split())
    draft = Draft(
        text=text,
        title=title,
        title_confirmed=False,
        type=ArticleType.DOCUMENT,
        parts=(DraftPart(PartRole.BOILERPLATE, 0, len(text)),),
    )
    return ImportedFile(sheet.name, sheet.data, sheet.sha256, IMPORTER, _VERSION, (draft,), sheet.said)
