"""`readback` as a script meets it."""

import json
from pathlib import Path

import pytest

from annotate import cli
from annotate.history import next_undo, undo
from annotate.project import Project
from annotate.sample import create_sample
from tests.exchange.readback.books import added, both, edited, exported, put


@pytest.fixture(autouse=True)
def named_analyst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENOTE_ANALYST", "Ana Ünal")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "sample.pnote"
    with Project.create(path, "Ana Ünal") as opened:
        create_sample(opened)
    return path


@pytest.fixture
def workbook(project: Path, tmp_path: Path) -> Path:
    with Project.open(project, "Ana Ünal") as opened:
        path = exported(opened, tmp_path)
    return edited(
        path,
        both(
            put("Claims", "C-0002", "Mode", "direct quote"),
            put("Claims", "C-0002", "Title", "Another"),
            put("Claims", "C-0001", "Credibility", 8),
            put("Claims", "C-0001", "Note", "two\nlines \u202e"),
            added("Claims", Article="A-0002", Claim="New words 🌊"),
            lambda book: book["Checks"].delete_rows(2),
        ),
    )


def test_it_says_one_line_a_change_and_changes_nothing(
    project: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = project.read_bytes()
    assert cli.main(["readback", str(project), str(workbook)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "not allowed            C-0001 Credibility: (empty) → 8  "
        "(“8” is not on the list. Allowed are: 1, 2, 3, 4, 5, 6.)",
        "edited                 C-0001 Note: (empty) → two lines",
        "not read back          C-0002 Title: River wall fails at Harrow Mills → Another  "
        "(It belongs to the article. Edit it on the sheet Articles.)",
        "edited                 C-0002 Mode: paraphrase → direct quote",
        "new row                Claims row 6: A-0002; New words 🌊  "
        "(Becomes a claim without a place in the text of A-0002.)",
    ]
    assert lines[5].startswith("row deleted            K-0001: C-0002; ")
    assert lines[6] == "evidence.xlsx: 2 edited, 1 new row, 1 row deleted, 1 not allowed, 1 not read back."
    assert len(lines) == 7
    assert project.read_bytes() == before


def test_apply_takes_over_what_needs_no_decision_as_one_step(
    project: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["readback", str(project), str(workbook), "--apply"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum("taken over  " in line for line in lines[:-1]) == 3
    assert lines[-1].endswith("1 not read back; 3 taken over.")
    with Project.open(project, "Ana Ünal") as opened:
        step = next_undo(opened)
        assert step is not None
        assert step.label == "Read back evidence.xlsx"
        assert len(opened.read.checks()) == 1
    assert cli.main(["readback", str(project), str(workbook), "--apply"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == ("evidence.xlsx: 1 row deleted, 1 not allowed, 1 not read back.")
    with Project.open(project, "Ana Ünal") as opened:
        assert next_undo(opened) == step
        undo(opened)


def test_json_is_one_object_a_change(project: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["readback", str(project), str(workbook), "--apply", "--json"]) == 0
    out = capsys.readouterr().out
    assert out.isascii()
    told = [json.loads(line) for line in out.splitlines()]
    assert [one["what"] for one in told if one["taken"]] == ["edit", "edit", "new"]
    assert set(told[0]) == {
        *("key", "what", "sheet", "row", "record", "column", "exported", "now", "workbook", "said", "taken"),
    }
    assert next(one for one in told if one["column"] == "Note")["workbook"] == "two\nlines \u202e"


def test_a_workbook_that_is_none_ends_with_one_and_a_sentence(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "odd.xlsx"
    odd.write_bytes(b"PK\x03\x04")
    assert cli.main(["readback", str(project), str(odd), "--apply"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("run readback: odd.xlsx is damaged or not an Excel workbook.")
    assert printed.err.count("\n") == 1
