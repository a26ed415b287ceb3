"""All commands: wrong words, help, documentation, terminals and pipes, projects that are open elsewhere."""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotate import cli
from annotate.cli.words import RUN
from annotate.project import Project

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("command", [["import", "{article}"], ["info"], ["check"], ["export", "{out}"]])
def test_a_project_open_elsewhere_is_refused_naming_the_owner(
    tmp_path: Path, project: Path, article: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word.format(article=article, out=tmp_path / "out.xlsx") for word in command[1:]]
    with Project.open(project, "Büşra"):
        assert cli.main([command[0], str(project), *words]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"run {command[0]}: flood.pnote is open already: Büşra on ")
    assert said.err.count("\n") == 1


def test_a_file_that_is_no_project_is_refused_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "words.pnote"
    path.write_text("only words", encoding="utf-8")
    for command in (["info"], ["check"], ["import", str(path)], ["export", str(tmp_path / "o.xlsx")]):
        assert cli.main([command[0], str(path), *command[1:]]) == 1
        assert capsys.readouterr().err == (
            f"run {command[0]}: words.pnote is not a Provenote project. It was left as it is.\n"
        )
    assert path.read_text(encoding="utf-8") == "only words"
    assert [file.name for file in tmp_path.iterdir()] == ["words.pnote"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "COMMAND"),
        (["sugest", "a.pnote"], "sugest"),
        (["import"], "PROJECT.pnote"),
        (["import", "a.pnote"], "FILE|FOLDER"),
        (["import", "article.txt", "other.txt"], "article.txt does not end in .pnote"),
        (["import", "a.pnote", "b.txt", "--encoding", "klingon"], "klingon is not the name of a text encoding"),
        (["import", "a.pnote", "b.txt", "--encoding", "rot13"], "rot13 is not the name of a text encoding"),
        (["import", "a.pnote", "b.csv", "--columns", "title=1"], "does not say which column holds the text"),
        (["import", "a.pnote", "b.csv", "--columns", "text=0"], "“text=0” does not say which column to take"),
        (["import", "a.pnote", "b.csv", "--columns", "text=1,words=2"], "“words=2” does not say which column to take"),
        (["import", "a.pnote", "b.csv", "--columns", "text=1,text=2"], "“text=2” does not say which column to take"),
        (["export", "a.pnote", "a.csv"], "a.csv does not end in one of .xlsx"),
        (["export", "a.pnote"], "name one file to write"),
        (["export", "a.pnote", "a.xlsx", "--brief"], "a file that ends in .docx"),
        (["export", "a.pnote", "a.xlsm"], "comes of --template only"),
        (["export", "a.pnote", "a.json", "--tag", "x"], "always of the whole project"),
        (["export", "a.pnote", "a.xlsx", "--said", "2024-13"], "2024-13 is no period"),
        (["export", "a.pnote", "a.xlsx", "--article", "C-1"], "C-1 is not the ID of an article"),
        (["export", "a.pnote", "a.xlsx", "--said", "2024", "--happened", "2024"], "choose one of"),
        (["info", "nowhere.pnote"], "nowhere.pnote: there is no such project"),
        (["check", "nowhere.pnote"], "nowhere.pnote: there is no such project"),
        (["info", "nowhere.pnote", "--jsn"], "--jsn"),
    ],
)
def test_wrong_words_end_with_two_and_say_which(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""
    assert list(tmp_path.iterdir()) == []


def commands() -> dict[str, argparse.ArgumentParser]:
    [entry] = [action for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(entry.choices)


@pytest.mark.parametrize("command", ["import", "claims", "export", "readback", "info", "check", "erase", "copy"])
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    assert f"Example: {RUN} {command} my.pnote" in capsys.readouterr().out


def test_help_of_suggestions_has_an_example_of_each_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["suggest", "--help"]) == 0
    assert f"Examples: {RUN} suggest article.txt --json; {RUN} suggest my.pnote" in capsys.readouterr().out


def test_every_command_and_option_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    known = {"import", "claims", "export", "readback", "suggest", "info", "check", "salvage", "backup", "history"}
    known |= {"erase", "copy"}
    assert set(commands()) == known
    for name, command in commands().items():
        [usage] = re.findall(rf"^\./run {name} .*$", page, re.M)
        [section] = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
        for action in command._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            assert (action.option_strings or [action.metavar])[0] in usage
            assert all(option in section for option in action.option_strings)
    assert set(re.findall(r"^## (\w+)$", page, re.M)) == set(commands())
    for key in cli.WORDS_OF_INFO:
        assert f"`{key}`" in page


def test_every_command_is_named_in_the_readme_and_in_the_run_script() -> None:
    for file in ("README.md", "run"):
        words = (ROOT / file).read_text(encoding="utf-8")
        assert all(name in words for name in commands()), file


def run_apart(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:

    return subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "main.py"), *words],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_a_terminal_without_the_letters_of_a_title_gets_their_numbers(tmp_path: Path, article: Path) -> None:
    result = run_apart("import", str(tmp_path / "new.pnote"), str(article), PYTHONIOENCODING="ascii")
    assert result.returncode == 0, result.stderr
    assert rb"\u201cFlood \U0001f30a in the valley\u201d" in result.stdout


def test_json_is_json_on_any_terminal(tmp_path: Path, article: Path) -> None:
    result = run_apart("import", str(tmp_path / "new.pnote"), str(article), "--json", PYTHONIOENCODING="cp1252")
    assert json.loads(result.stdout)["articles"][0]["title"] == "Flood 🌊 in the valley"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a shell")
def test_a_reader_that_leaves_early_is_no_error(project: Path) -> None:

    read_end, write_end = os.pipe()
    os.close(read_end)
    result = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "info", str(project)],
        stdout=write_end,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write_end)
    assert result.stderr == b""
