"""Erasing whichever article or source of a project that anything was done in."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate import history
from annotate.backups import make_backup
from annotate.erasing import Wish, erase, plan_erasing
from annotate.errors import AnnotateError, CannotUndo, NotAllowed
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.report.scope import Scope
from annotate.suggest import ENGINE, VERSION, propose
from annotate.vocabulary import Kind, Relation
from tests.annotate.drafts import imported, take_in
from tests.annotate.works import marked
from tests.safety.needles import found_in

NAMES = (
    ("Zyxqarwen", "قزحيطورنبلا", "🦩🧿🪬"),
    ("Wuvotlemi", "ضغثشخذوبلم", "🪤🪠🧴"),
    ("Quijbrafo", "ظثذخغشصضقف", "🛼🪀🪁"),
)
"""Of the first, second and third article: a person that it alone names, a word of its own, a sign of its own."""


def text_of(number: int, *, people: int = 40) -> str:
    person, word, sign = NAMES[number]
    return (
        f"{person} and the {word} {sign}\n\n“Nobody told us,” said {person}, a baker {sign}. At least {people} people "
        f"left, {word} said.\n\nThe road was closed on Monday, {person} said.\n"
    )


@st.composite
def doings(draw: st.DrawFn) -> list[tuple[str, int, int, int]]:
    verbs = ["claim", "figure", "source", "note", "plain", "link", "say", "check", "tag", "remove", "bin", "restore",
             "retitle", "update", "suggest", "judge", "undo", "redo", "again", "merge", "rename"]  # fmt: skip
    one = st.tuples(st.sampled_from(verbs), st.integers(0, 2), st.integers(0, 9), st.integers(0, 9))
    return draw(st.lists(one, min_size=5, max_size=40))


class Doing:
    """Three articles, and what is done in them; what is not allowed is left."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.articles: list[int] = [self._taken(number) for number in range(3)]
        self.tag_id = do.add_tag(project, "a tag")

    def _taken(self, number: int) -> int:
        return take_in(self.project, text_of(number), f"{NAMES[number][0]}.txt", author=NAMES[number][0]).id

    def all(self, doings: list[tuple[str, int, int, int]]) -> None:
        for verb, number, first, second in doings:
            try:
                getattr(self, verb)(number, first, second)
            except (NotAllowed, CannotUndo):
                continue

    def marks(self, kind: Kind | None = None, number: int | None = None) -> list[int]:
        articles = self.articles if number is None else [self.articles[number]]
        found = self.project.read.annotations(self.project.read.ids_in_articles(articles))
        return [one.id for one in found if kind in (None, one.kind)]

    def article(self, number: int) -> Article:
        article = self.project.read.article(self.articles[number])
        if article is None:
            raise NotAllowed("gone")
        return article

    def pick(self, index: int, kind: Kind | None = None, number: int | None = None) -> int:
        marks = self.marks(kind, number)
        if not marks:
            raise NotAllowed("none")
        return marks[index % len(marks)]

    def claim(self, number: int, first: int, _second: int) -> None:
        words = ("Nobody told us", f"said {NAMES[number][0]}, a baker", "The road was closed on Monday")
        marked(self.project, self.article(number), Kind.CLAIM, words[first % 3])

    def figure(self, number: int, _first: int, _second: int) -> None:
        marked(self.project, self.article(number), Kind.FIGURE, "people left")

    def source(self, number: int, _first: int, _second: int) -> None:
        do.register_mention(self.project, marked(self.project, self.article(number), Kind.SOURCE, NAMES[number][0]))

    def note(self, number: int, first: int, second: int) -> None:
        do.edit_annotation(self.project, self.pick(first, number=number), note=NAMES[number][second % 3])

    def plain(self, number: int, first: int, second: int) -> None:
        do.edit_record(self.project, self.pick(first, Kind.CLAIM, number), plain_words=f"{NAMES[number][second % 3]}!")

    def link(self, number: int, first: int, second: int) -> None:
        one, other = self.pick(first, Kind.CLAIM, number), self.pick(second, Kind.CLAIM)
        do.link(self.project, one, other, Relation.CORROBORATES, note="see there")

    def say(self, _number: int, first: int, second: int) -> None:
        sources = self.project.read.sources()
        if sources:
            do.attribute(self.project, self.pick(first, Kind.CLAIM), sources[second % len(sources)].id)

    def check(self, number: int, first: int, second: int) -> None:
        mark = self.pick(first, Kind.CLAIM, number)
        do.add_check(self.project, mark, checked_on=date(2024, 2, 29), looked_at=NAMES[number][second % 3])

    def tag(self, _number: int, first: int, _second: int) -> None:
        do.toggle_tag(self.project, [self.pick(first)], self.tag_id)

    def remove(self, _number: int, first: int, _second: int) -> None:
        do.remove_annotations(self.project, [self.pick(first)])

    def bin(self, number: int, _first: int, _second: int) -> None:
        do.move_to_bin(self.project, [self.article(number).id])

    def restore(self, number: int, _first: int, _second: int) -> None:
        do.restore_from_bin(self.project, [self.article(number).id])

    def retitle(self, number: int, first: int, second: int) -> None:
        do.edit_article(self.project, self.article(number).id, title=f"{NAMES[number][first % 3]} {second}")

    def update(self, number: int, first: int, _second: int) -> None:
        changed = imported(text_of(number, people=50 + first), f"{NAMES[number][0]}.txt")
        do.update_article(self.project, self.article(number).id, changed.articles[0], changed)

    def suggest(self, number: int, _first: int, _second: int) -> None:
        text_id = self.article(number).text_id
        proposals = propose(self.project.read.body(text_id))
        do.store_proposals(self.project, text_id, proposals, engine=ENGINE, version=VERSION)

    def judge(self, number: int, first: int, second: int) -> None:
        waiting = self.project.read.suggestions(self.article(number).text_id)
        if waiting:
            judge = do.accept_suggestion if second % 2 else do.reject_suggestion
            judge(self.project, waiting[first % len(waiting)].id)

    def undo(self, _number: int, first: int, _second: int) -> None:
        for _ in range(1 + first % 3):
            history.undo(self.project)

    def redo(self, _number: int, _first: int, _second: int) -> None:
        history.redo(self.project)

    def again(self, number: int, _first: int, _second: int) -> None:
        """Taken in anew, where its import was undone."""
        if self.project.read.article(self.articles[number]) is None:
            self.articles[number] = self._taken(number)

    def merge(self, number: int, first: int, second: int) -> None:
        one, other = self.pick(first, Kind.CLAIM, number), self.pick(second, Kind.CLAIM, number)
        do.merge_annotations(self.project, [one, other])

    def rename(self, number: int, first: int, _second: int) -> None:
        for source in self.project.read.sources():
            if NAMES[number][0] in source.name:
                do.edit_source(self.project, source.id, name=f"{source.name} {NAMES[number][first % 2]}")


def undone_as_far_as_it_goes(project: Project) -> None:
    while history.next_undo(project) is not None:
        try:
            history.undo(project)
        except CannotUndo:
            break
        assert check_project(project.read) == []


@settings(max_examples=8)
@given(doings=doings(), number=st.integers(0, 2))
def test_whichever_article_is_erased_no_byte_has_its_words(
    tmp_path_factory: pytest.TempPathFactory, doings: Any, number: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Project.create(folder / "a.pnote", "Ana") as project:
        doing = Doing(project)
        doing.all(doings)
        make_backup(project.path)
        article = project.read.article(doing.articles[number])
        if article is None:
            return
        others = [one for place, one in enumerate(doing.articles) if place != number]
        kept = {one.id: (one.words, one.note, one.spans) for one in _marks(project, others)}
        erase(project, plan_erasing(project.read, project.path, Wish((article.id,))))
        # A source whom something that stays names, too, stays in the register.
        named = "".join(name for source in project.read.sources() for name in (source.name, *source.aliases))
        needles = [needle for needle in NAMES[number] if needle not in named]
        assert found_in(folder, *needles) == []
        assert check_project(project.read) == []
        assert {one.id: (one.words, one.note, one.spans) for one in _marks(project, others)} == kept
        gather(project.read, "Ana")
        undone_as_far_as_it_goes(project)
        assert found_in(folder, *needles) == []


@settings(max_examples=8)
@given(doings=doings(), number=st.integers(0, 2))
def test_whichever_source_is_erased_with_the_articles_that_name_it_no_byte_has_its_name(
    tmp_path_factory: pytest.TempPathFactory, doings: Any, number: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Project.create(folder / "a.pnote", "Ana") as project:
        doing = Doing(project)
        doing.all([("source", number, 0, 0), *doings])
        make_backup(project.path)
        name = NAMES[number][0]
        source = next((one for one in project.read.sources() if name in one.name), None)
        if source is None:
            return
        wish = Wish(source_id=source.id)
        naming = tuple(one.article_id for one in plan_erasing(project.read, project.path, wish).named_in)
        assert set(naming) <= set(doing.articles)
        erased = erase(project, plan_erasing(project.read, project.path, Wish(naming, source.id)))
        assert erased.standing == ()
        assert [line for line in found_in(folder, name) if "backups" not in line] == []
        assert check_project(project.read) == []
        undone_as_far_as_it_goes(project)
        assert [line for line in found_in(folder, name) if "backups" not in line] == []


def _marks(project: Project, article_ids: list[int]) -> list[Any]:
    return project.read.annotations(project.read.ids_in_articles(article_ids))


def test_what_was_exported_before_can_still_be_compared(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        doing = Doing(project)
        for number in range(3):
            doing.claim(number, 0, 0)
        title = doing.article(0).title
        do.note_export(project, f"{title[:25]}.xlsx", project.read.newest_moment().change_id)
        doing.claim(1, 2, 0)
        erase(project, plan_erasing(project.read, project.path, Wish((doing.articles[0],))))
        (export,) = project.read.exports()
        assert NAMES[0][0] not in export.name
        evidence = gather(project.read, "Ana", Scope(since=export))
        assert all(one.article_id == doing.articles[1] for one in evidence.annotations.values())
        assert len(evidence.annotations) == 1


def _held(path: Path) -> int:
    return os.open(path, os.O_RDONLY)


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be replaced there")
def test_what_the_old_file_its_log_and_its_backups_held_is_written_over(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        doing = Doing(project)
        backup = make_backup(project.path).backup.path
        doing.claim(0, 1, 0)
        log = project.path.with_name("a.pnote-wal")
        files = [_held(path) for path in (project.path, log, backup)]
        assert NAMES[0][0].encode() in log.read_bytes()
        erase(project, plan_erasing(project.read, project.path, Wish((doing.articles[0],))))
        for file in files:
            assert os.fstat(file).st_nlink == 0
            assert os.pread(file, 1 << 24, 0).strip(b"\0") == b""
            os.close(file)


def test_where_there_is_no_room_nothing_is_erased_and_nothing_stays_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        doing = Doing(project)
        plan = plan_erasing(project.read, project.path, Wish((doing.articles[0],)))
        before = {path.name for path in tmp_path.iterdir()}

        def full(done: int, total: int) -> bool:
            raise OSError(28, "No space left on device")

        with pytest.raises(AnnotateError, match=r"Nothing was erased, a\.pnote is as it was: No space left"):
            erase(project, plan, full)
        assert {path.name for path in tmp_path.iterdir()} == before
        assert project.read.article(doing.articles[0]) is not None
        doing.claim(0, 0, 0)
        erase(project, plan_erasing(project.read, project.path, Wish((doing.articles[0],))))
        assert found_in(tmp_path, *NAMES[0]) == []
