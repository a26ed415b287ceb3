"""Undo and redo over any row of commands: what is read back is what stood there."""

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotate import commands as do
from annotate.errors import AnnotateError
from annotate.history import next_redo, next_undo, redo, undo
from annotate.integrity import check_project
from annotate.model import DatedWords, Published, Span
from annotate.project import Project
from annotate.vocabulary import (
    ArticleStatus,
    Bound,
    Credibility,
    Finding,
    Handling,
    Kind,
    Mode,
    Precision,
    Relation,
    Reliability,
    Shows,
    SourceType,
    Stance,
)
from tests.annotate.drafts import BOATS, FLOOD, imported, revisions_of, span_of, tables_of, take_in

TEXTS = (
    FLOOD,
    "Two lines\u2028of nothing 👩‍👩‍👧 \u0301",
    BOATS,
    "🇵🇸" * 9,
)
words = st.sampled_from(["", "بيت", "Zoe\u0301", "🌊 flood", "=1+1", "line\u2028break"])
indices = st.integers(0, 30)


class AnyRowOfCommands(RuleBasedStateMachine):
    """Every journalled row is dumped after each command; undoing and redoing must go through the same dumps."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project.create(self.folder / "case.pnote", "Ana")
        self.stood: list[dict[str, Any]] = [tables_of(self.project)]
        """What stood there after each step that still stands; the first before all."""
        self.revisions = revisions_of(self.project)
        self.numbers: dict[tuple[Kind, int], bytes] = {}

    def teardown(self) -> None:
        try:
            self._back_and_forth()
            assert [problem.sentence for problem in check_project(self.project.read)] == []
        finally:
            self.project.close()
            shutil.rmtree(self.folder)

    def _back_and_forth(self) -> None:
        now = tables_of(self.project)
        for earlier in reversed(self.stood[:-1]):
            undo(self.project)
            assert tables_of(self.project) == earlier
            self.revisions_only_grow()
        assert next_undo(self.project) is None
        self._reopen()
        for later in self.stood[1:]:
            redo(self.project)
            assert tables_of(self.project) == later
            self.revisions_only_grow()
        assert next_redo(self.project) is None
        assert tables_of(self.project) == now

    def _reopen(self) -> None:
        self.project.close()
        self.project = Project.open(self.project.path, "Ana")

    def run(self, command: Any, *args: Any, **fields: Any) -> None:
        """A command; a refusal is as good, and writes nothing."""
        step, before = next_undo(self.project), tables_of(self.project)
        try:
            command(self.project, *args, **fields)
        except AnnotateError:
            assert tables_of(self.project) == before
            assert next_undo(self.project) == step
            return
        if next_undo(self.project) != step:
            self.stood.append(tables_of(self.project))
            assert next_redo(self.project) is None
        else:
            assert tables_of(self.project) == before

    def pick(self, table: str, index: int) -> int | None:
        ids = [row[0] for row in tables_of(self.project)[table]]
        return ids[index % len(ids)] if ids else None

    def pick_annotation(self, index: int) -> int:
        return self.pick("annotations", index) or 0

    # ------------------------------------------------------------ commands

    @initialize()
    def begin_with_something_of_each_kind(self) -> None:
        """So that every command finds something to work on, and rows that have been changed already."""
        self.run(take_in, TEXTS[0], "0.txt", outlet="The Harbour Post")
        for where, kind in (
            ("At least 900 people left their homes", Kind.CLAIM),
            ("At least 900 people", Kind.FIGURE),
            ("the regional civil defence", Kind.SOURCE),
            ("The road to Alt-Moor was closed.", Kind.CLAIM),
        ):
            self.mark_what_is_named(kind, where)
        self.add_tag("Wasser 🌊")
        self.toggle_tag(0, 0, 3)
        self.register_mention(0)
        self.attribute(1, 0, Stance.ASSERTS)
        self.link(0, 3, Relation.CORROBORATES)
        self.add_check(0, "صورة", Shows.SUPPORTS)
        self.edit_record(0, "بيت", 5.0, Bound.MAX)
        self.edit_record(1, "بيت", 5.0, Bound.MAX)

    @rule(which=st.integers(0, 3), outlet=st.sampled_from([None, "Harbour Post"]))
    def import_article(self, which: int, outlet: str | None) -> None:
        self.run(take_in, TEXTS[which], f"{which}.txt", outlet=outlet)

    @rule(index=indices, which=st.integers(0, 3), at=st.integers(0, 400), put=st.sampled_from(["", "Later: ", "🌊 7"]))
    def update_article(self, index: int, which: int, at: int, put: str) -> None:
        text = TEXTS[which][:at] + put + TEXTS[which][at + 9 :]
        file = imported(text, f"{which} {at}.txt")
        self.run(do.update_article, self.pick("articles", index) or 0, file.articles[0], file)

    @rule(index=indices, accept=st.booleans())
    def judge_carrying(self, index: int, accept: bool) -> None:
        self.run(do.accept_carrying if accept else do.reject_carrying, self.pick("carryings", index) or 0)

    @rule(index=indices, at=st.integers(0, 300), length=st.integers(1, 60))
    def reanchor(self, index: int, at: int, length: int) -> None:
        self.run(do.reanchor, self.pick_annotation(index), [Span(at, at + length)])

    @rule(index=indices, kind=st.sampled_from(Kind), at=st.integers(0, 400), length=st.integers(0, 200))
    def mark(self, index: int, kind: Kind, at: int, length: int) -> None:
        article_id = self.pick("articles", index)
        if article_id is not None:
            self.run(do.mark, article_id, kind, [Span(at, at + length)])

    @rule(kind=st.sampled_from(Kind), where=st.sampled_from(["At least 900 people", "the regional civil defence"]))
    def mark_what_is_named(self, kind: Kind, where: str) -> None:
        for article in self.project.read.articles():
            if where in self.project.read.body(article.text_id):
                self.run(do.mark, article.id, kind, [span_of(self.project, article, where)])

    @rule(index=indices, at=st.integers(0, 300), length=st.integers(0, 60))
    def add_span(self, index: int, at: int, length: int) -> None:
        self.run(do.add_span, self.pick_annotation(index), Span(at, at + length))

    @rule(index=indices, at=st.integers(0, 300), length=st.integers(1, 60))
    def move_edge(self, index: int, at: int, length: int) -> None:
        found = self.project.read.annotation(self.pick_annotation(index))
        if found is not None and found.spans:
            self.run(do.move_edge, found.id, found.spans[0], Span(at, at + length))

    @rule(index=indices, kind=st.sampled_from(Kind))
    def change_kind(self, index: int, kind: Kind) -> None:
        self.run(do.change_kind, self.pick_annotation(index), kind)

    @rule(index=indices, many=st.integers(1, 3))
    def remove(self, index: int, many: int) -> None:
        ids = {self.pick_annotation(index + extra) for extra in range(many)}
        self.run(do.remove_annotations, ids)

    @rule(index=indices, note=words, handling=st.sampled_from(Handling))
    def edit_annotation(self, index: int, note: str, handling: Handling) -> None:
        self.run(do.edit_annotation, self.pick_annotation(index), note=note, handling=handling)

    @rule(index=indices, note=words, number=st.none() | st.floats(-1e6, 1e6), bound=st.none() | st.sampled_from(Bound))
    def edit_record(self, index: int, note: str, number: float | None, bound: Bound | None) -> None:
        found = self.project.read.annotation(self.pick_annotation(index))
        if found is None or found.kind is Kind.SOURCE:
            return
        when = DatedWords("الاثنين", date(2021, 2, 28), None, Precision.DAY)
        if found.kind is Kind.FIGURE:
            self.run(do.edit_record, found.id, counted=note, value=number, bound=bound, as_of=when)
        else:
            fields = {"credibility": Credibility.POSSIBLE, "finding": Finding.PARTLY, "mode": Mode.VOICE}
            self.run(do.edit_record, found.id, plain_words=note, happened=when, **fields)

    @rule(name=words)
    def add_tag(self, name: str) -> None:
        self.run(do.add_tag, name)

    @rule(index=indices, other=indices, key=st.sampled_from(["1", "2", "x"]))
    def edit_tag(self, index: int, other: int, key: str) -> None:
        self.run(do.edit_tag, self.pick("tags", index) or 0, parent_id=self.pick("tags", other), key=key)

    @rule(index=indices)
    def remove_tag(self, index: int) -> None:
        self.run(do.remove_tag, self.pick("tags", index) or 0)

    @rule(index=indices, tag=indices, many=st.integers(1, 3))
    def toggle_tag(self, index: int, tag: int, many: int) -> None:
        ids = {self.pick_annotation(index + extra) for extra in range(many)}
        self.run(do.toggle_tag, ids, self.pick("tags", tag) or 0)

    @rule(name=words, kind=st.sampled_from(SourceType))
    def add_source(self, name: str, kind: SourceType) -> None:
        self.run(do.add_source, name, kind)

    @rule(index=indices, name=words)
    def edit_source(self, index: int, name: str) -> None:
        fields = {"name": name, "aliases": ("Baker", "baker ", name), "reliability": Reliability.B}
        self.run(do.edit_source, self.pick("sources", index) or 0, reliability_on=date(2021, 3, 1), **fields)

    @rule(index=indices, other=indices)
    def join_sources(self, index: int, other: int) -> None:
        self.run(do.join_sources, self.pick("sources", index) or 0, self.pick("sources", other) or 0)

    @rule(index=indices)
    def remove_source(self, index: int) -> None:
        self.run(do.remove_source, self.pick("sources", index) or 0)

    @rule(index=indices)
    def register_mention(self, index: int) -> None:
        self.run(do.register_mention, self.pick("mentions", index) or 0)

    @rule(index=indices, source=indices, stance=st.sampled_from(Stance))
    def attribute(self, index: int, source: int, stance: Stance) -> None:
        via = self.pick("sources", source + 1)
        mention = self.pick("mentions", source)
        which = self.pick("sources", source) or 0
        self.run(do.attribute, self.pick_annotation(index), which, stance=stance, via_id=via, mention_id=mention)

    @rule(index=indices)
    def take_offer(self, index: int) -> None:
        annotation_id = self.pick_annotation(index)
        for offer in do.offered_speakers(self.project, annotation_id)[:1]:
            self.run(do.take_offer, annotation_id, offer)

    @rule(index=indices)
    def remove_attribution(self, index: int) -> None:
        self.run(do.remove_attribution, self.pick("attributions", index) or 0)

    @rule(index=indices, other=indices, relation=st.sampled_from(Relation))
    def link(self, index: int, other: int, relation: Relation) -> None:
        self.run(do.link, self.pick_annotation(index), self.pick_annotation(other), relation, note="wie oben")

    @rule(some=st.lists(indices, min_size=2, max_size=3))
    def merge(self, some: list[int]) -> None:
        self.run(do.merge_annotations, [self.pick_annotation(index) for index in some])

    @rule(index=indices, at=indices)
    def split(self, index: int, at: int) -> None:
        annotation = self.project.read.annotation(self.pick_annotation(index))
        if annotation is not None and annotation.spans:
            self.run(do.split_annotation, annotation.id, annotation.spans[0].start + at)

    @rule(index=indices)
    def unlink(self, index: int) -> None:
        self.run(do.unlink, self.pick("links", index) or 0)

    @rule(index=indices, looked_at=words, shows=st.none() | st.sampled_from(Shows))
    def add_check(self, index: int, looked_at: str, shows: Shows | None) -> None:
        day = date(2024, 2, 29)
        self.run(do.add_check, self.pick_annotation(index), checked_on=day, looked_at=looked_at, shows=shows)

    @rule(index=indices, to_bin=st.booleans())
    def bin_article(self, index: int, to_bin: bool) -> None:
        article_id = self.pick("articles", index)
        if article_id is not None:
            self.run(do.move_to_bin if to_bin else do.restore_from_bin, [article_id])

    @rule(index=indices, outlet=st.none() | words, status=st.sampled_from(ArticleStatus))
    def edit_article(self, index: int, outlet: str | None, status: ArticleStatus) -> None:
        article_id = self.pick("articles", index)
        if article_id is not None:
            published = Published("gestern", date(2020, 5, 1), Precision.DAY)
            self.run(do.edit_article, article_id, outlet=outlet, published=published)
            self.run(do.set_status, [article_id], status)

    # ------------------------------------------------------------ back and forth

    @precondition(lambda self: len(self.stood) > 1)
    @rule(steps=st.integers(1, 4))
    def undo_some_and_redo_them(self, steps: int) -> None:
        steps = min(steps, len(self.stood) - 1)
        for back in range(steps):
            undo(self.project)
            assert tables_of(self.project) == self.stood[-2 - back]
        for forth in range(steps):
            redo(self.project)
            assert tables_of(self.project) == self.stood[-steps + forth]

    @precondition(lambda self: len(self.stood) > 1)
    @rule()
    def undo_one_for_good(self) -> None:
        undo(self.project)
        self.stood.pop()
        assert tables_of(self.project) == self.stood[-1]
        self.run(do.edit_project, note=f"{len(self.stood)} steps, the last of them {next_undo(self.project)}")

    @rule()
    def close_and_open(self) -> None:
        self._reopen()

    # ------------------------------------------------------------ what always holds

    @invariant()
    def revisions_only_grow(self) -> None:
        now = revisions_of(self.project)
        assert all(now[row] >= revision for row, revision in self.revisions.items() if row in now)
        self.revisions |= now

    @invariant()
    def a_number_never_names_another_annotation(self) -> None:
        rows = self.project.read.connection.exec_driver_sql("SELECT kind, number, uid FROM annotations")
        for kind, number, uid in rows:
            assert self.numbers.setdefault((kind, number), uid) == uid


AnyRowOfCommands.TestCase.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
TestAnyRowOfCommands = AnyRowOfCommands.TestCase
