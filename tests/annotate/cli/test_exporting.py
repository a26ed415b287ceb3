"""The command `export`: every form, every part, and what it says."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from annotate import cli
from annotate import commands as do
from annotate.model import Published
from annotate.project import Project
from annotate.vocabulary import Handling, Kind
from tests.annotate.drafts import FLOOD, span_of, tables_of, take_in

CLAIMS = ("At least 900 people left their homes", "dozens of houses 🏚️ stood empty")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with two articles; claims, a figure and a protected source in the first."""
    path = tmp_path / "flood.pnote"
    with Project.create(path, "Ana Ünal") as project:
        flood = take_in(project, outlet="Harbour Post", published=Published("March 2024"))
        take_in(project, "Fire 🔥 in town.\n", "fire.txt")
        for words in CLAIMS:
            do.mark(project, flood.id, Kind.CLAIM, [span_of(project, flood, words)])
        do.mark(project, flood.id, Kind.FIGURE, [span_of(project, flood, "At least 900 people")])
        source = do.add_source(project, "Zoe\u0301 Nu\u0308rsen")
        do.edit_source(project, source, handling=Handling.PROTECT)
        do.attribute(project, project.read.annotations()[0].id, source)
        tag = do.add_tag(project, "Homes 🏚️")
        do.toggle_tag(project, [project.read.annotations()[-1].id], tag)
    return path


def exported(*words: str) -> int:
    return cli.main(["export", *words])


def claims_in(workbook: Path) -> list[str]:
    sheet = openpyxl.load_workbook(workbook)["Claims"]
    headings = [cell.value for cell in sheet[1]]
    place = headings.index("Claim")
    return [row[place] for row in sheet.iter_rows(min_row=2, values_only=True) if row[place]]


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx", "a.html", "a.qdpx", "a.qdc", "a.jsonld", "a.json"])
def test_every_form_is_written_by_its_ending(
    path: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(str(path), str(tmp_path / name)) == 0
    assert (tmp_path / name).stat().st_size > 100
    said = capsys.readouterr()
    assert said.out.startswith(f"{tmp_path / name}: ")


def test_csv_goes_into_a_folder(path: Path, tmp_path: Path) -> None:
    assert exported(str(path), "--csv", str(tmp_path / "sheets")) == 0
    assert (tmp_path / "sheets" / "Claims.csv").read_text(encoding="utf-8-sig").startswith("ID,")


def test_a_brief_is_a_word_document_of_its_own(path: Path, tmp_path: Path) -> None:
    assert exported(str(path), str(tmp_path / "brief.docx"), "--brief", "--marking", "TLP:GREEN") == 0
    assert exported(str(path), str(tmp_path / "copy.docx")) == 0
    assert (tmp_path / "brief.docx").read_bytes() != (tmp_path / "copy.docx").read_bytes()


def test_a_pdf_is_written_by_whoever_can(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(str(path), str(tmp_path / "a.pdf")) == 1
    assert "needs the window system" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ([], list(CLAIMS)),
        (["--article", "A-0001"], list(CLAIMS)),
        (["--article", "2"], []),
        (["--tag", "homes 🏚️"], [CLAIMS[1]]),
        (["--without", "claim"], []),
        (["--published", "2024-01..2024-12"], []),
    ],
)
def test_a_part_of_the_project(path: Path, tmp_path: Path, words: list[str], claims: list[str]) -> None:
    assert exported(str(path), str(tmp_path / "part.xlsx"), *words) == 0
    assert claims_in(tmp_path / "part.xlsx") == claims


def test_what_is_new_since_the_last_export(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(str(path), str(tmp_path / "new.xlsx"), "--since", "last") == 1
    assert "there is no export “last” of this project (none yet)" in capsys.readouterr().err
    assert exported(str(path), str(tmp_path / "all.xlsx")) == 0
    with Project.open(path, "Ana Ünal") as project:
        do.edit_annotation(project, project.read.annotations()[0].id, note="seen 🌊")
        changed = project.read.annotations()[0].words
    assert exported(str(path), str(tmp_path / "new.xlsx"), "--since", "all.xlsx") == 0
    assert claims_in(tmp_path / "new.xlsx") == [changed]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--article", "9"], "there is no article A-0009 outside the bin"),
        (["--tag", "Fire"], "there is no tag “Fire” in the codebook"),
        (["--share", "a.qdpx"], "For sharing choose a workbook"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_written(
    path: Path, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / (words.pop() if words[-1].startswith("a.") else "a.xlsx")
    assert exported(str(path), str(target), *words) == 1
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_for_sharing_no_protected_name_is_in_the_file_and_it_is_said_what_was_replaced(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(str(path), str(tmp_path / "shared.html"), "--share") == 0
    written = (tmp_path / "shared.html").read_text(encoding="utf-8")
    assert "rsen" not in written
    assert "S-001" in written
    assert re.search(r"^run export: Replaced: .* → S-001.* \[", capsys.readouterr().err, re.M)


def test_a_template_is_filled_and_can_be_read_back(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(str(path), str(tmp_path / "mine.xlsx")) == 0
    assert exported(str(path), str(tmp_path / "filled.xlsx"), "--template", str(tmp_path / "mine.xlsx")) == 0
    assert claims_in(tmp_path / "filled.xlsx") == list(CLAIMS)
    capsys.readouterr()
    assert cli.main(["readback", str(path), str(tmp_path / "filled.xlsx")]) == 0
    assert "nothing was edited" in capsys.readouterr().out


def test_a_template_that_names_who_is_protected_is_not_shared(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(str(path), str(tmp_path / "mine.xlsx"), "--share") == 0
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    book.create_sheet("Ours")["A1"] = "Ask Zoe\u0301 Nu\u0308rsen again"
    book.save(tmp_path / "mine.xlsx")
    capsys.readouterr()
    assert exported(str(path), str(tmp_path / "out.xlsx"), "--template", str(tmp_path / "mine.xlsx"), "--share") == 1
    assert "mine.xlsx" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()


def test_what_a_reader_would_stumble_over_is_said(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(str(path), str(tmp_path / "a.xlsx")) == 0
    said = capsys.readouterr().err
    assert "run export: Would surprise: 1 claim without a source [C-0002]\n" in said
    assert "run export: Would surprise: 1 source not open, and named unless you export for sharing [SRC-001]\n" in said
    assert "without a grade" not in said
    assert exported(str(path), str(tmp_path / "a.qdpx")) == 0
    assert capsys.readouterr().err.splitlines() == [line for line in said.splitlines() if "not open" in line]


def test_parts_go_to_other_tools_and_come_back(path: Path, tmp_path: Path) -> None:
    for name in ("a.qdpx", "a.jsonld"):
        assert exported(str(path), str(tmp_path / name)) == 0
        assert cli.main(["import", str(tmp_path / f"{name}.pnote"), str(tmp_path / name)]) == 0
        with Project.open(tmp_path / f"{name}.pnote") as again, Project.open(path) as project:
            parts = [
                [(part.role, part.start, part.end) for part in one.read.parts(one.read.articles()[0].text_id)]
                for one in (again, project)
            ]
        assert parts[0] == parts[1] != []


def test_an_archive_becomes_an_equal_project(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(str(path), str(tmp_path / "all.json")) == 0
    told = capsys.readouterr().out
    assert "3 marks, 1 source, 1 tag" in told
    assert not any(name in told for name in ("file_contents", "text_bodies", "annotation"))
    assert cli.main(["import", str(tmp_path / "again.pnote"), str(tmp_path / "all.json")]) == 0
    assert exported(str(tmp_path / "again.pnote"), str(tmp_path / "again.json")) == 0

    def content(name: str) -> Any:
        tables = json.loads((tmp_path / name).read_text(encoding="utf-8"))["tables"]
        return tables | {"exports": [], "analysts": []}

    assert content("again.json") == content("all.json")


@pytest.mark.parametrize("name", ["a.qdpx", "a.jsonld"])
def test_another_tools_file_goes_into_a_project_by_import(
    path: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(str(path), str(tmp_path / name)) == 0
    capsys.readouterr()
    assert cli.main(["import", str(tmp_path / "again.pnote"), str(tmp_path / name)]) == 0
    assert "2 articles" in capsys.readouterr().out
    with Project.open(tmp_path / "again.pnote") as again, Project.open(path) as project:
        marks = [(one.label, one.words, one.record) for one in again.read.annotations()]
        assert [label for label, *_ in marks] == [one.label for one in project.read.annotations()]
        assert again.read.body(again.read.articles()[0].text_id) == FLOOD
        assert {one.uid for one in again.read.annotations()} == {one.uid for one in project.read.annotations()}


def test_export_writes_the_workbook_and_notes_nothing_but_that(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "evidence.xlsx"
    with Project.open(project, "Ana Ünal") as opened:
        before = tables_of(opened)
    assert cli.main(["export", str(project), str(target)]) == 0
    assert re.match(rf"{re.escape(str(target))}: .*\b1 article\b", capsys.readouterr().out)
    assert target.read_bytes().startswith(b"PK")
    with Project.open(project, "Ana Ünal") as opened:
        assert tables_of(opened) == before
        assert [one.name for one in opened.read.exports()] == ["evidence.xlsx"]


def test_an_export_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["export", str(project), str(tmp_path / "no folder" / "evidence.xlsx")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("run export: ")
    assert said.err.count("\n") == 1
