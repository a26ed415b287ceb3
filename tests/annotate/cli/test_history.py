"""The command `history`: who did what when, on lines or as JSON, and nothing is changed by asking."""

import json
import re
from pathlib import Path

import pytest

from annotate import cli
from annotate.commands import edit_record, mark, note_export, remove_annotations
from annotate.model import Span
from annotate.project import Project
from annotate.vocabulary import Credibility, Kind


@pytest.fixture
def worked_on(project: Project, capsys: pytest.CaptureFixture[str]) -> Path:
    """Ana marks a claim, Ben grades and removes it; it was exported in between."""
    with Project.open(project, "Ana Ünal") as opened:
        article = opened.read.articles()[0]
        start = opened.read.body(article.text_id).index("At least")
        claim = mark(opened, article.id, Kind.CLAIM, [Span(start, start + 19)])
        note_export(opened, "brief\x1b[2J.xlsx", opened.read.newest_moment().change_id)
        opened.become("Ben")
        edit_record(opened, claim, credibility=Credibility.POSSIBLE)
        remove_annotations(opened, {claim})
    capsys.readouterr()
    return project


def test_every_step_is_a_line_with_time_name_and_what_changed(
    worked_on: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["history", str(worked_on)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]{2} \d{4}", lines[0])
    said = [re.sub(r"^\d\d:\d\d  ", "", line) for line in lines[1:] if re.match(r"\d\d:\d\d", line)]
    assert said == [
        "Ben: Remove C-0001",
        "Ben: Edit C-0001",
        "Ana Ünal: Export brief[2J.xlsx",
        "Ana Ünal: Mark claim",
        "Ana Ünal: Import flood.txt",
    ]
    assert "       Credibility: 3" in lines


def test_a_removed_mark_an_article_and_an_analyst_can_be_asked_for(
    worked_on: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, count in (
        (["--id", "c-4"], None),
        (["--id", "C-0001"], 3),
        (["--article", "1"], 4),
        (["--article", "A-0001", "--analyst", "Ben"], 2),
        (["--id", "A-0001"], 4),
    ):
        assert cli.main(["history", str(worked_on), *words]) == (1 if count is None else 0)
        printed = capsys.readouterr()
        if count is None:
            assert printed.err == "run history: There is no C-0004 in this project, and there never was.\n"
        else:
            assert len(re.findall(r"^\d\d:\d\d  ", printed.out, re.M)) == count


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--id", "SRC-001"], "SRC-001 is neither a mark nor an article"),
        (["--id", "nonsense"], "nonsense is not the ID of a mark or an article"),
        (["--article", "C-0001"], "C-0001 is not the ID of an article"),
        (["--article", "99"], "There is no A-0099 in this project"),
        (["--analyst", "Zoë"], "Zoë has not worked on this project; Ana Ünal, Ben has"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(
    worked_on: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert cli.main(["history", str(worked_on), *words]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"run history: {said}")
    assert printed.err.count("\n") == 1


def test_json_holds_every_change_of_every_step(worked_on: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["history", str(worked_on), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [line["what"] for line in told] == [
        "Remove C-0001",
        "Edit C-0001",
        "Export brief[2J.xlsx",
        "Mark claim",
        "Import flood.txt",
    ]
    assert told[1]["changes"] == [{"record": "C-0001", "field": "Credibility", "old": "", "new": "3"}]
    assert told[1]["analyst"] == "Ben"
    assert cli.main(["history", str(worked_on), "--json", "--id", "C-0001", "--analyst", "Ana Ünal"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_looking_at_history_leaves_the_project_byte_for_byte(worked_on: Path) -> None:
    before = worked_on.read_bytes()
    assert cli.main(["history", str(worked_on)]) == 0
    assert worked_on.read_bytes() == before
