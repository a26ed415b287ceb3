"""The commands `erase` and `copy`."""

from pathlib import Path

import pytest

from annotate import cli
from annotate.commands import mark, register_mention
from annotate.model import Span
from annotate.project import Project
from annotate.vocabulary import Kind


@pytest.fixture
def article_id(project: Path) -> int:
    """The article of the project, with a mention that is in the register."""
    with Project.open(project, "Ana Ünal") as opened:
        article = opened.read.articles()[0]
        words = "الدفاع المدني"
        start = opened.read.body(article.text_id).index(words)
        register_mention(opened, mark(opened, article.id, Kind.SOURCE, [Span(start, start + len(words))]))
        return article.id


def test_without_yes_it_only_says_what_would_go(
    project: Path, article_id: int, capsys: pytest.CaptureFixture[str]
) -> None:
    before = project.read_bytes()
    assert cli.main(["erase", str(project), "--article", f"A-{article_id:04d}"]) == 0
    told = capsys.readouterr().out
    assert "What goes for good:\n  1 article, 1 version of its text, " in told
    assert "Imported files, byte for byte:\n  flood.txt\n" in told
    assert "Nothing was erased. Add --yes" in told
    assert project.read_bytes() == before


def test_with_yes_an_article_is_erased(project: Path, article_id: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["erase", str(project), "--article", str(article_id), "--yes"]) == 0
    assert "is erased for good." in capsys.readouterr().out
    assert cli.main(["check", str(project)]) == 0
    assert b"Flood" not in project.read_bytes()
    with Project.open(project, "Ana") as opened:
        assert opened.read.articles() == []


@pytest.mark.parametrize("name", ["SRC-001", "S-0001", "1"])
def test_a_source_is_known_by_its_id_and_by_a_mention(
    project: Path, article_id: int, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["erase", str(project), "--source", name, "--yes"]) == 0
    told = capsys.readouterr().out
    assert f"A-{article_id:04d} “" in told
    assert f"The name still stands in A-{article_id:04d} (Text)." in told
    with Project.open(project, "Ana") as opened:
        assert opened.read.sources() == []


@pytest.mark.parametrize("words", [["--article", "A-0999"], ["--source", "SRC-099"], ["--source", "S-0099"], []])
def test_what_is_not_there_is_said(project: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["erase", str(project), *words]) == 1
    assert capsys.readouterr().err.startswith("run erase: ")


def test_a_copy_without_history_is_whole(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "copy.pnote"
    assert cli.main(["copy", str(project), str(target), "--without-history"]) == 0
    assert capsys.readouterr().out == (f"{target.name} has the project as it is now; left out: 1 step of history.\n")
    assert cli.main(["check", str(target)]) == 0
    assert cli.main(["copy", str(project), str(target), "--without-history"]) == 1
    assert cli.main(["copy", str(project), str(tmp_path / "other.pnote")]) == 2
