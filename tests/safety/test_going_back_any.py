"""Going back after any row of commands to every earlier step, and forth again: each brings exactly what stood then."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from annotate.going_back import after, before, go_back, plan
from annotate.history import redo, undo
from annotate.project import Project
from annotate.steps import WHOLE, HistoryOf
from tests.annotate.drafts import tables_of
from tests.annotate.test_any_row_of_commands import AnyRowOfCommands


def contents_of(project: Project) -> set[tuple[str, str]]:
    """Which bytes and bodies are kept."""
    read = project.read.connection
    return {
        (table, sha256)
        for table in ("file_contents", "text_bodies")
        for (sha256,) in read.exec_driver_sql(f"SELECT sha256 FROM {table}")
    }


class GoingBackAfterAnyRowOfCommands(AnyRowOfCommands):
    """What stood after each step is kept; going back must bring exactly that, its undo what was there before."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: list[tuple[int, dict[str, Any]]] = [(0, tables_of(self.project))]
        """Where the journal stood, and the rows then."""
        self.bodies = contents_of(self.project)

    @invariant()
    def a_moment_is_kept(self) -> None:
        change_id = self.project.read.newest_moment().change_id
        if change_id != self.moments[-1][0]:
            self.moments.append((change_id, tables_of(self.project)))

    @invariant()
    def contents_stay(self) -> None:
        now = contents_of(self.project)
        assert self.bodies <= now
        self.bodies = now

    @precondition(lambda self: len(self.moments) > 1)
    @rule(index=st.integers(0, 60))
    def go_back_for_good(self, index: int) -> None:
        """What follows goes on from there."""
        step_id, rows = self._step_and_rows(index)
        self.run(lambda project: go_back(project, plan(project.read, after(project.read, step_id))))
        assert tables_of(self.project) == rows

    @rule(index=st.integers(0, 60), moment=st.integers(0, 60))
    def go_back_with_an_article(self, index: int, moment: int) -> None:
        self._go_back_in_part(HistoryOf(article_id=self.pick("articles", index)), moment)

    @rule(index=st.integers(0, 60), moment=st.integers(0, 60))
    def go_back_with_a_mark(self, index: int, moment: int) -> None:
        self._go_back_in_part(HistoryOf(annotation_id=self.pick("annotations", index)), moment)

    def teardown(self) -> None:
        try:
            self._back_to_each_and_forth()
        finally:
            super().teardown()

    def _go_back_in_part(self, of: HistoryOf, moment: int) -> None:
        if of == WHOLE or len(self.moments) < 2:
            return
        step_id, _ = self._step_and_rows(moment)
        earlier = tables_of(self.project)
        stood = len(self.stood)
        self.run(lambda project: go_back(project, plan(project.read, before(project.read, step_id), of)))
        if len(self.stood) > stood:
            later = tables_of(self.project)
            undo(self.project)
            assert tables_of(self.project) == earlier
            redo(self.project)
            assert tables_of(self.project) == later

    def _step_and_rows(self, index: int) -> tuple[int, dict[str, Any]]:
        change_id, rows = self.moments[1:][index % (len(self.moments) - 1)]
        query = "SELECT step_id FROM changes WHERE id = ?"
        return int(self.project.read.connection.exec_driver_sql(query, (change_id,)).scalar_one()), rows

    def _back_to_each_and_forth(self) -> None:
        """In the order in which they were, so that the last of them is there at the end."""
        self.a_moment_is_kept()
        for change_id, rows in self.moments[:]:
            if change_id == 0:
                continue
            earlier = tables_of(self.project)
            step_id = self.project.read.connection.exec_driver_sql(
                "SELECT step_id FROM changes WHERE id = ?", (change_id,)
            ).scalar_one()
            planned = plan(self.project.read, after(self.project.read, step_id))
            assert bool(planned) == (earlier != rows)
            assert bool(planned) == bool(planned.said), planned
            if go_back(self.project, planned) is None:
                continue
            self.stood.append(tables_of(self.project))
            assert tables_of(self.project) == rows
            self.revisions_only_grow()
            self.a_number_never_names_another_annotation()
            undo(self.project)
            assert tables_of(self.project) == earlier
            self.revisions_only_grow()
            self._reopen()
            redo(self.project)
            assert tables_of(self.project) == rows
            self.revisions_only_grow()


GoingBackAfterAnyRowOfCommands.TestCase.settings = settings(max_examples=10, stateful_step_count=15, deadline=None)


class GoingBackAfterLongRowsOfCommands(GoingBackAfterAnyRowOfCommands):
    """The same, for as long as somebody has time for it."""


GoingBackAfterLongRowsOfCommands.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestGoingBackAfterAnyRowOfCommands = GoingBackAfterAnyRowOfCommands.TestCase
TestGoingBackAfterLongRowsOfCommands = pytest.mark.long(GoingBackAfterLongRowsOfCommands.TestCase)
