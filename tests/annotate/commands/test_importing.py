"""Taking many files in at once: the same as one by one, in few statements, and one fault keeps out one file only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.commands import Taken, import_file, import_files, move_to_bin
from annotate.errors import ImportRefused, NotAllowed
from annotate.history import next_undo, undo
from annotate.importers import Draft, ImportedFile
from annotate.importers.draft import DraftPart
from annotate.project import Project
from annotate.vocabulary import PartRole
from tests.annotate.drafts import FLOOD, imported, tables_of
from tests.statements import statements_to

TEXTS = ("Flood 🌊\n\nwords", "قال الدفاع المدني\u2028x", "Zoe\u0301 said\n\nno", "🇵🇸🇸🇾 flags")


def some(count: int, start: int = 0) -> list[ImportedFile]:
    return [imported(f"Report {number} 🚢\n\nwords", f"{number}.txt") for number in range(start, start + count)]


def unwritable(name: str = "broken.txt") -> ImportedFile:
    """A file whose second article a project cannot keep: half a character stands in its author's name."""
    file = imported("Broken\n\nwords", name)
    return replace(file, articles=(*file.articles, replace(imported("Second\n\nx").articles[0], author="Z\ud83d")))


def test_files_go_in_together_as_one_step_and_each_is_told_in_its_place(project: Project) -> None:
    empty = project.read.articles()
    first, second = some(2)
    twin = replace(first, name="twin.txt")
    taken = import_files(project, [first, ImportRefused("gone.txt is empty."), twin, second], label="Import 4 files")
    assert [one.outcome for one in taken] == ["imported", "refused", "duplicate", "imported"]
    assert [one.reason for one in taken] == [
        "",
        "gone.txt is empty.",
        "twin.txt is in the project already, as “Report 0 🚢”.",
        "",
    ]
    assert taken[2].articles[0].uid == taken[0].articles[0].uid
    assert [article.id for article in project.read.articles()] == [taken[n].articles[0].article_id for n in (0, 3)]
    step = next_undo(project)
    assert step is not None
    assert step.label == "Import 4 files"
    undo(project)
    assert project.read.articles() == empty


def test_batches_that_are_joined_are_undone_at_once(project: Project) -> None:
    for start in (0, 3, 6):
        import_files(project, some(3, start), label="Import 9 files", join=project.last_step_id)
    assert len(project.read.articles()) == 9
    undo(project)
    assert project.read.articles() == project.read.files() == []
    assert next_undo(project) is None


def test_a_file_that_cannot_be_written_stays_out_whole_and_holds_up_no_other(project: Project) -> None:
    before, after = some(2)
    told: list[object] = []
    project.subscribe(told.append)
    taken = import_files(project, [before, unwritable(), after], label="Import")
    assert [one.outcome for one in taken] == ["imported", "refused", "imported"]
    assert taken[1].reason.startswith("broken.txt was left out: a project cannot keep what it holds (")
    assert [file.name for file in project.read.files()] == ["0.txt", "1.txt"]
    assert len(project.read.texts()) == len(project.read.articles()) == 2
    assert len(told) == 1
    undo(project)
    assert project.read.files() == []


def test_what_the_schema_forbids_keeps_out_that_file_only(project: Project) -> None:
    good, file = some(2)
    nowhere = DraftPart(PartRole.BODY, 0, None)  # type: ignore[arg-type]
    bad = replace(file, articles=(replace(file.articles[0], parts=(nowhere, nowhere)),))
    assert [one.outcome for one in import_files(project, [bad, good], label="Import")] == ["refused", "imported"]


def test_a_copy_of_a_file_that_could_not_be_written_is_no_duplicate_of_it(project: Project) -> None:
    whole = imported("Broken\n\nwords", "whole.txt", data=b"other bytes")
    taken = import_files(project, [unwritable(), whole], label="Import")
    assert [one.outcome for one in taken] == ["refused", "imported"]


def test_alone_a_file_that_cannot_be_written_raises_and_changes_nothing(project: Project) -> None:
    before = tables_of(project)
    with pytest.raises(NotAllowed, match=r"broken\.txt was left out"):
        import_file(project, unwritable())
    assert tables_of(project) == before


def test_more_files_take_no_more_statements(project: Project) -> None:
    asked = []
    for files in (some(4), some(40, 4)):
        with statements_to(project.read) as statements:
            import_files(project, files, label="Import", join=project.last_step_id)
        asked.append(len(statements))
    assert asked[0] == asked[1] < 25


def test_a_changed_version_may_be_of_a_file_in_the_same_batch(project: Project) -> None:
    old = imported(FLOOD, "flood.txt", url="https://harbour.example/flood")
    new = imported(FLOOD.replace("900", "950"), "flood 2.txt", url="https://harbour.example/flood")
    taken = import_files(project, [old, new], label="Import", updating=True)
    assert [one.outcome for one in taken] == ["imported", "updated"]
    assert "A new version of" in taken[1].reason
    assert len(project.read.texts(taken[0].articles[0].article_id)) == 2


@st.composite
def files_of_few_texts(draw: st.DrawFn) -> ImportedFile:
    texts = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3))
    file = imported(texts[0], draw(st.sampled_from(("a.txt", "b.txt"))), data=draw(st.sampled_from((b"1", b"2", b"3"))))
    drafts = tuple(Draft(text=text, title=text[:5], title_confirmed=False) for text in texts)
    return replace(file, articles=drafts)


@settings(max_examples=30, deadline=None)
@given(st.lists(files_of_few_texts(), max_size=3), st.booleans(), st.lists(files_of_few_texts(), max_size=5))
def test_at_once_and_one_by_one_come_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, there: list[ImportedFile], binned: bool, files: list[ImportedFile]
) -> None:
    folder: Path = tmp_path_factory.mktemp("same")
    outcomes, kept = [], []
    for name in ("at once", "one by one"):
        with Project.create(folder / f"{name}.pnote") as project:
            for file in there:
                import_file(project, file)
            if binned and there:
                move_to_bin(project, [1])
            if name == "at once":
                taken = import_files(project, files, label="Import")
            else:
                taken = [import_file(project, file) for file in files]
            outcomes.append([_told(one) for one in taken])
            texts = [(article.file_id, project.read.body(article.text_id)) for article in project.read.articles()]
            kept.append((texts, [(file.name, file.sha256) for file in project.read.files()]))
    assert outcomes[0] == outcomes[1]
    assert kept[0] == kept[1]


def _told(taken: Taken) -> tuple[object, ...]:
    articles = [(article.article_id, article.title, article.outcome) for article in taken.articles]
    return taken.outcome, articles, taken.reason
