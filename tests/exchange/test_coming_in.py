"""A file of another tool is told by what it is, and anything else is refused in one sentence."""

import sqlite3
import zipfile
from pathlib import Path

import pytest

from annotate.errors import ImportRefused
from annotate.exchange.coming_in import Tool, read_other_tool, tool_of
from annotate.project import Project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "renamed.zip", "w") as archive:
        archive.writestr("project.qde", "<Project/>")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("words.txt", "🌊")
    (tmp_path / "codes.QDC").write_text("<CodeBook/>")
    (tmp_path / "marks.json").write_text('[{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}]')
    (tmp_path / "plain.json").write_text('{"title": "Flood 🌊"}')
    (tmp_path / "article.txt").write_text("Flood")
    (tmp_path / "case.qda").mkdir()
    for name in ("case.qda/data.qda", "taguette export.db"):
        sqlite3.connect(tmp_path / name).executescript("create table one (two)").connection.close()
    Project.create(tmp_path / "mine.pnote").close()
    (tmp_path / "cut.qdpx").write_bytes(b"PK")
    (tmp_path / "empty.qdpx").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("renamed.zip", Tool.REFI_PROJECT),
        ("cut.qdpx", Tool.REFI_PROJECT),
        ("codes.QDC", Tool.REFI_CODEBOOK),
        ("marks.json", Tool.WEB_ANNOTATIONS),
        ("case.qda", Tool.QUALCODER),
        ("case.qda/data.qda", Tool.QUALCODER),
        ("taguette export.db", Tool.TAGUETTE),
        ("other.zip", None),
        ("plain.json", None),
        ("article.txt", None),
        ("mine.pnote", None),
        ("gone.txt", None),
        (".", None),
    ],
)
def test_a_file_is_told_by_what_it_is(folder: Path, name: str, tool: Tool | None) -> None:
    assert tool_of(folder / name) is tool


REFUSED = ["cut.qdpx", "empty.qdpx", "case.qda", "taguette export.db", "article.txt", "gone.qdpx"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_in_is_refused_in_one_sentence_that_names_it(folder: Path, name: str) -> None:
    with pytest.raises(ImportRefused, match=rf"^[^\n]*{name.partition('.')[0]}[^\n]*$"):
        read_other_tool(folder / name)


def test_a_file_that_is_gone_is_said_to_be_gone(folder: Path) -> None:
    with pytest.raises(ImportRefused, match=r"gone\.qdpx is not there any more"):
        read_other_tool(folder / "gone.qdpx")


def test_every_tool_has_endings_to_choose_files_by() -> None:
    assert all(ending.startswith(".") for tool in Tool for ending in tool.endings)
