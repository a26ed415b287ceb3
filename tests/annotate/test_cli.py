"""The command line as a script meets it: what is printed where, and with which status it ends."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate import cli
from annotate.commands import mark, reject_suggestion
from annotate.history import next_undo, undo
from annotate.importers import Read, read_in_batches
from annotate.model import Span
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import tables_of

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "Flood 🌊 in the valley\n\nAt least 900 people left their homes, الدفاع المدني said.\u2028More is to come.\n"


@pytest.fixture(autouse=True)
def named_analyst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENOTE_ANALYST", "Ana Ünal")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "flood.txt"
    file.write_text(ARTICLE, encoding="utf-8", newline="\r\n")
    return file


@pytest.fixture
def project(tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "flood.pnote"
    assert cli.main(["import", str(path), str(article)]) == 0
    capsys.readouterr()
    return path


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_import_creates_the_project_and_says_what_it_took(
    tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.pnote"
    assert cli.main(["import", str(path), str(article)]) == 0
    assert capsys.readouterr().out == f"imported   {article}: “Flood 🌊 in the valley”\n"
    with Project.open(path, "Ana Ünal") as opened:
        assert [entry.title for entry in opened.read.articles()] == ["Flood 🌊 in the valley"]
        assert [entry.name for entry in opened.read.analysts()] == ["Ana Ünal"]


def test_import_takes_a_changed_version_as_an_update_where_asked(
    project: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article.write_text(ARTICLE.replace("900", "950"), encoding="utf-8")
    assert cli.main(["import", str(project), str(article), "--update"]) == 0
    assert capsys.readouterr().out == (
        f"updated    {article}: A new version of “Flood 🌊 in the valley”. It had no marks.\n"
    )
    with Project.open(project, "Ana Ünal") as opened:
        [entry] = opened.read.articles()
        assert "950 people" in opened.read.body(entry.text_id)
        assert len(opened.read.texts(entry.id)) == 2


def test_import_as_json_is_one_object_a_file_and_one_refusal_stops_nothing(
    tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a empty.txt").touch()
    twin = tmp_path / "twin.txt"
    twin.write_text(ARTICLE, encoding="utf-8", newline="\n")
    path = tmp_path / "new.pnote"
    assert cli.main(["import", str(path), str(tmp_path / "a empty.txt"), str(article), str(twin), "--json"]) == 1
    refused, imported, duplicate = lines(capsys.readouterr().out)
    assert refused["outcome"] == "refused"
    assert refused["articles"] == []
    assert "a empty.txt is empty" in str(refused["reason"])
    assert imported["file"] == str(article)
    assert imported["outcome"] == "imported"
    assert duplicate["outcome"] == "duplicate"
    assert "same text as “Flood 🌊" in str(duplicate["reason"])
    with Project.open(path) as opened:
        [kept] = opened.read.articles()
        expected = [{"uid": str(kept.uid), "title": kept.title, "outcome": "imported"}]
        assert imported["articles"] == expected
        assert duplicate["articles"] == [{**expected[0], "outcome": "duplicate"}]
        assert len(opened.read.files()) == 1


def test_a_file_that_is_not_there_is_refused_and_the_others_are_taken(
    tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.pnote"
    assert cli.main(["import", "--json", str(path), str(tmp_path / "gone.txt"), str(article)]) == 1
    assert [line["outcome"] for line in lines(capsys.readouterr().out)] == ["refused", "imported"]


def test_a_folder_is_imported_with_what_lies_below_it_as_one_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    for number, name in enumerate(("b.txt", "a.txt", "deep/c.txt", "void.txt")):
        (folder / name).write_text("" if name == "void.txt" else f"Report {number} é\n\nWords.", encoding="utf-8")
    path = tmp_path / "new.pnote"
    assert cli.main(["import", str(path), str(folder)]) == 1
    assert capsys.readouterr().out.count("imported ") == 3
    with Project.open(path, "Ana Ünal") as opened:
        step = next_undo(opened)
        assert step is not None
        assert step.label == "Import 4 files"
        assert len(opened.read.articles()) == 3
        undo(opened)
        assert opened.read.articles() == []
        assert next_undo(opened) is None


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_file_whose_name_is_no_text_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("no headline here, only words.", "utf-8")
    path = tmp_path / "new.pnote"
    assert cli.main(["import", str(path), str(folder)]) == 0
    with Project.open(path) as opened:
        assert [article.title for article in opened.read.articles()] == ["caf\ufffd"]
        assert [file.name for file in opened.read.files()] == ["caf\ufffd.txt"]


def test_an_import_that_is_stopped_keeps_what_it_has(
    tmp_path: Path, article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped_after_one(paths: list[Path], **options: object) -> Iterator[list[Read]]:
        yield from read_in_batches(paths[:1], workers=1)
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "read_in_batches", stopped_after_one)
    path = tmp_path / "new.pnote"
    assert cli.main(["import", str(path), str(article), str(tmp_path / "never.txt")]) == 130
    assert capsys.readouterr().err == "run: stopped; what was done until now is kept.\n"
    assert cli.main(["check", str(path)]) == 0
    assert "1 article," in capsys.readouterr().out


def test_a_folder_without_files_imports_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "void").mkdir()
    assert cli.main(["import", str(tmp_path / "new.pnote"), str(tmp_path / "void")]) == 0
    assert "there are no files in" in capsys.readouterr().err
    assert not (tmp_path / "new.pnote").exists()


def test_each_outcome_is_one_line(
    tmp_path: Path, project: Path, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_text(ARTICLE, encoding="utf-8", newline="\n")
    empty = tmp_path / "empty.txt"
    empty.touch()
    assert cli.main(["import", str(project), str(article), str(twin), str(empty)]) == 1
    title = "“Flood 🌊 in the valley”"
    assert capsys.readouterr().out.splitlines() == [
        f"duplicate  {article}: flood.txt is in the project already, as {title}.",
        f"duplicate  {twin}: {title} has the same text as {title}, which is in the project already.",
        f"refused    {empty}: empty.txt is empty; there is nothing to import.",
    ]


def test_a_second_import_is_a_step_of_its_own(tmp_path: Path, project: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another one\n\nWords.", encoding="utf-8")
    assert cli.main(["import", str(project), str(other)]) == 0
    with Project.open(project, "Ana Ünal") as opened:
        undo(opened)
        assert [entry.title for entry in opened.read.articles()] == ["Flood 🌊 in the valley"]


def test_an_encoding_is_used_for_text_files(tmp_path: Path) -> None:
    file = tmp_path / "arabic.txt"
    file.write_bytes("قال الدفاع المدني\n\nكلمات".encode("cp1256"))
    path = tmp_path / "new.pnote"
    assert cli.main(["import", str(path), str(file), "--encoding", "cp1256"]) == 0
    with Project.open(path) as opened:
        assert opened.read.body(opened.read.articles()[0].text_id).startswith("قال الدفاع المدني")


def test_a_title_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<html><head><title>Bad \x1b[2J\x9b news</title></head><body><p>Some words.</p></body></html>", "utf-8"
    )
    assert cli.main(["import", str(tmp_path / "new.pnote"), str(file)]) == 0
    printed = capsys.readouterr().out
    assert all(character.isprintable() for character in printed.rstrip("\n"))


def test_info_counts_what_the_project_holds(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.open(project, "Ana Ünal") as opened:
        article = opened.read.articles()[0]
        start = opened.read.body(article.text_id).index("At least")
        mark(opened, article.id, Kind.FIGURE, [Span(start, start + 19)])
        totals = opened.read.totals()
    assert cli.main(["info", str(project), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == totals
    assert (told["articles"], told["figures"], told["claims"]) == (1, 1, 0)
    assert set(told) == set(cli.WORDS_OF_INFO)
    assert cli.main(["info", str(project)]) == 0
    assert re.search(r"^ +1  figures$", capsys.readouterr().out, re.M)


@pytest.mark.parametrize("command", ["info", "check"])
def test_looking_at_a_project_leaves_it_byte_for_byte(project: Path, command: str) -> None:
    before = project.read_bytes()
    names = sorted(file.name for file in project.parent.iterdir())
    assert cli.main([command, str(project)]) == 0
    assert project.read_bytes() == before
    assert sorted(file.name for file in project.parent.iterdir()) == names


def test_check_says_that_a_project_is_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(project)]) == 0
    assert capsys.readouterr().out == f"{project} is whole: 1 article, 0 annotations.\n"


def test_check_tells_of_damage_and_ends_with_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    with sqlite3.connect(project) as raw:
        raw.execute("UPDATE text_bodies SET body = replace(body, '900', '90O')")
    raw.close()
    assert cli.main(["check", str(project)]) == 1
    printed = capsys.readouterr().out
    assert "The text of “Flood 🌊 in the valley” is not the one that was imported" in printed


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


def test_columns_of_a_list_are_chosen_by_number_or_heading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("text,Kop,Stuk\nold,Flood 🌊,The river rose.\n", encoding="utf-8")
    path, file = tmp_path / "new.pnote", tmp_path / "list.csv"
    assert cli.main(["import", str(path), str(file), "--columns", "text=3, title=Kop"]) == 0
    assert "“Flood 🌊”" in capsys.readouterr().out
    with Project.open(path) as opened:
        [kept] = opened.read.articles()
        assert opened.read.body(kept.text_id) == "The river rose."
        assert kept.place_in_file == "row 2"


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


@pytest.mark.parametrize("command", ["import", "claims", "export", "readback", "info", "check"])
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    assert f"Example: run {command} my.pnote" in capsys.readouterr().out


def test_every_command_and_option_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert set(commands()) == {"import", "claims", "export", "readback", "suggest", "info", "check"}
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
    import os

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
    import os

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


def test_info_loads_neither_the_window_nor_the_heavy_libraries(project: Path) -> None:
    program = (
        "import sys; from main import main\n"
        f"assert main(['info', {str(project)!r}]) == 0\n"
        "heavy = {'PySide6', 'pandas', 'numpy', 'openpyxl', 'docx', 'lxml', 'trafilatura', 'ui'}\n"
        "print('heavy:', *{name.split('.')[0] for name in sys.modules} & heavy)"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "heavy:"
    assert "articles" in result.stdout


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
    assert ", 1 to do, 1 article, " in said
