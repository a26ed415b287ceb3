"""The command `suggest`: what waits is counted and exported nowhere."""

from pathlib import Path

import pytest

from annotate import cli
from annotate.commands import reject_suggestion
from annotate.history import next_undo
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.cli.flood_file import lines

ROOT = Path(__file__).resolve().parents[3]


def test_suggest_stores_what_waits_for_every_article_and_counts_none_of_it(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dry.txt").write_text("Nothing 🌵 here.\n", encoding="utf-8")
    cli.main(["import", str(project), str(tmp_path / "dry.txt")])
    capsys.readouterr()
    assert cli.main(["suggest", str(project)]) == 0
    first, second, last = capsys.readouterr().out.splitlines()
    with Project.open(project, "Ana Ünal") as opened:
        flood, dry = opened.read.articles()
        waiting = [one.kind for one in opened.read.suggestions(flood.text_id)]
        assert {Kind.CLAIM, Kind.FIGURE} <= set(waiting)
        assert opened.read.suggestions(dry.text_id) == []
        step = next_undo(opened)
        assert step is not None
        assert step.label == "Import dry.txt"
        rejected = opened.read.suggestions(flood.text_id)[0]
        reject_suggestion(opened, rejected.id)
    assert first == f"1 of 2  {len(waiting):>5}  “Flood 🌊 in the valley”"
    assert second == "2 of 2      0  “dry”"
    assert last == f"{len(waiting)} suggestions to be judged in 2 articles."
    assert cli.main(["suggest", str(project), "--json"]) == 0
    told = lines(capsys.readouterr().out)
    assert [(one["title"], one["suggestions"]) for one in told] == [
        ("Flood 🌊 in the valley", len(waiting) - 1),
        ("dry", 0),
    ]
    assert cli.main(["info", str(project), "--json"]) == 0
    [totals] = lines(capsys.readouterr().out)
    assert totals == dict.fromkeys(totals, 0) | {"articles": 2, "suggestions": len(waiting) - 1}


def test_suggest_for_a_project_that_is_not_there_is_a_wrong_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["suggest", str(tmp_path / "none.pnote")]) == 2
    assert "there is no such project" in capsys.readouterr().err


def test_what_waits_is_not_in_the_workbook(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["suggest", str(project)])
    capsys.readouterr()
    assert cli.main(["export", str(project), str(tmp_path / "out.xlsx")]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{tmp_path / 'out.xlsx'}: 0 claims, 0 attributions, 0 figures, 0 sources, ")
    assert ", 1 to-do, 1 article, " in said
