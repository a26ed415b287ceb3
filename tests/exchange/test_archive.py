"""A project goes out as JSON and comes back as it was, to the last row of its history; nothing else comes in."""

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate.canonical import canonical
from annotate.errors import ImportRefused, ProjectError
from annotate.exchange.archive import is_archive, project_from_archive, write_archive
from annotate.history import redo, undo
from annotate.integrity import check_project
from annotate.project import Project
from annotate.store.archive import TABLES, last_ids, plain_rows
from annotate.store.schema import metadata
from annotate.suggest import ENGINE, VERSION, propose
from annotate.vocabulary import Kind
from annotate.writing import ExportCancelled
from tests.annotate.drafts import FLOOD, files_beside, take_in
from tests.annotate.works import do_work, works
from tests.exchange.naughty import EVERYDAY, naughty_strings

ROOT = Path(__file__).resolve().parents[2]


def everything(project: Project) -> dict[str, list[dict[str, Any]]]:
    return {name: list(plain_rows(project.read, name)) for name in TABLES}


@settings(max_examples=20, deadline=None)
@given(work=works())
def test_out_and_in_gives_an_equal_project(work: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        one, two, archive = (Path(folder) / name for name in ("one.pnote", "zwei 🌊.pnote", "one.json"))
        with Project.create(one, "Ana") as project:
            flood = take_in(project)
            binned = take_in(project, "Another 🏚️ text.\n", "second.txt")
            for name in ("Press", "Bo"):
                do.add_tag(project, name)
            for name in ("Civil defence", "Zoe\u0301", "Harbour Post"):
                do.add_source(project, name)
            proposals = propose(FLOOD)
            do.store_proposals(project, flood.text_id, proposals, engine=ENGINE, version=VERSION)
            do_work(project, flood, work)
            do.move_to_bin(project, [binned.id])
            do.note_export(project, "evidence.xlsx", 3)
            undo(project)
            write_archive(project.read, archive)
            before, ids = everything(project), last_ids(project.read)
        project_from_archive(archive, two)
        with Project.open(two, "Ana") as again:
            assert everything(again) == before
            assert last_ids(again.read) == ids
            assert check_project(again.read) == []
            assert redo(again) is not None
        assert is_archive(archive.read_bytes())


def test_ids_that_were_given_out_once_are_not_given_out_again(empty_project: Project, tmp_path: Path) -> None:
    project = empty_project
    article = take_in(project)
    gone = do.mark(project, article.id, Kind.CLAIM, [do_span(5)])
    do.remove_annotations(project, [gone])
    write_archive(project.read, tmp_path / "a.json")
    project_from_archive(tmp_path / "a.json", tmp_path / "b.pnote")
    with Project.open(tmp_path / "b.pnote") as again:
        new = do.mark(again, article.id, Kind.CLAIM, [do_span(9)])
        made = again.read.annotation(new)
        assert made is not None
        assert (made.id, made.number) == (gone + 1, 2)


def do_span(end: int) -> Any:
    from annotate.model import Span

    return Span(0, end)


def come_back(text: str) -> None:
    with TemporaryDirectory() as folder:
        with Project.create(Path(folder) / "a.pnote", "Ana") as project:
            name = canonical(text).text
            do.add_source(project, f"x{name}")
            do.edit_project(project, title=name, note=name)
            write_archive(project.read, Path(folder) / "a.json")
        project_from_archive(Path(folder) / "a.json", Path(folder) / "b.pnote")
        with Project.open(Path(folder) / "b.pnote") as again:
            info = again.read.project_info()
            assert (info.title, info.note) == (name, name)
            assert again.read.sources()[0].name == f"x{name}".strip()


@given(text=st.text() | st.sampled_from(EVERYDAY))
@settings(max_examples=20, deadline=None)
def test_any_words_come_back(text: str) -> None:
    come_back(text)


def test_naughty_strings_come_back(shared: Path) -> None:
    come_back("\n".join(naughty_strings(shared)))


def changed(archive: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> str:
    change(archive)
    return json.dumps(archive)


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another format": lambda a: a.update(format="Something"),
    "a newer schema": lambda a: a.update(schema=99),
    "no tables": lambda a: a.pop("tables"),
    "an unknown table": lambda a: a["tables"].update(evil=[]),
    "an unknown column": lambda a: a["tables"]["sources"][0].update(evil=1),
    "a wrong choice": lambda a: a["tables"]["sources"][0].update(type="evil"),
    "a wrong type": lambda a: a["tables"]["texts"][0].update(uid=5),
    "a number too large": lambda a: a["tables"]["texts"][0].update(length=1 << 70),
    "a row that is none": lambda a: a["tables"]["texts"].append("evil"),
    "a reference to nothing": lambda a: a["tables"]["texts"][0].update(article_id=77),
    "a text that was changed": lambda a: a["tables"]["text_bodies"][0].update(body="evil"),
    "bytes that were changed": lambda a: a["tables"]["file_contents"][0].update(data="AAAA"),
    "a quote that stands elsewhere": lambda a: a["tables"]["spans"][0].update(start=0),
    "no project": lambda a: a["tables"]["projects"].clear(),
    "an id that is none": lambda a: a["last_ids"].update(texts="many"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_whole_is_refused_in_one_sentence_and_leaves_nothing(
    empty_project: Project, tmp_path: Path, name: str
) -> None:
    project = empty_project
    article = take_in(project)
    do.mark(project, article.id, Kind.CLAIM, [span_at(40)])
    do.add_source(project, "Zoë")
    write_archive(project.read, tmp_path / "good.json")
    archive = json.loads((tmp_path / "good.json").read_text(encoding="utf-8"))
    broken = tmp_path / "broken.json"
    broken.write_text(changed(archive, BROKEN[name]), encoding="utf-8")
    before = files_beside(broken)
    with pytest.raises(ImportRefused, match=r"^broken\.json [^\n]*$"):
        project_from_archive(broken, tmp_path / "case [1].pnote")
    assert files_beside(broken) == before


def span_at(start: int) -> Any:
    from annotate.model import Span

    return Span(start, start + 8)


@pytest.mark.parametrize(
    "words",
    ["", "[" * 100_000, '{"format": ', "\x00\xff", '{"format": "Provenote project", "format": 1}', "[]", "1e999"],
)
def test_what_is_no_json_is_refused_in_one_sentence(tmp_path: Path, words: str) -> None:
    (tmp_path / "bomb.json").write_bytes(words.encode("latin-1"))
    with pytest.raises(ImportRefused, match=r"^bomb\.json is [^\n]*$"):
        project_from_archive(tmp_path / "bomb.json", tmp_path / "new.pnote")
    assert files_beside(tmp_path / "bomb.json") == ["bomb.json"]


def test_a_project_that_is_there_is_left_alone(empty_project: Project, tmp_path: Path) -> None:
    project = empty_project
    write_archive(project.read, tmp_path / "a.json")
    (tmp_path / "b.pnote").write_bytes(b"mine")
    with pytest.raises(ProjectError, match="there already"):
        project_from_archive(tmp_path / "a.json", tmp_path / "b.pnote")
    assert (tmp_path / "b.pnote").read_bytes() == b"mine"


def test_an_archive_that_is_stopped_leaves_the_old_one(empty_project: Project, tmp_path: Path) -> None:
    project = empty_project
    for number in range(600):
        do.add_source(project, f"Source {number}")
    (tmp_path / "a.json").write_text("old")
    with pytest.raises(ExportCancelled):
        write_archive(project.read, tmp_path / "a.json", lambda done, total: False)
    assert (tmp_path / "a.json").read_text() == "old"
    assert [name for name in files_beside(tmp_path / "a.json") if name.endswith(".part")] == []


def test_the_page_on_json_describes_every_table_and_column() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    for table in metadata.tables.values():
        section = page.partition(f"### {table.name}\n")[2].partition("\n### ")[0]
        assert section, table.name
        assert [column.name for column in table.c if f"`{column.name}`" not in section] == [], table.name
