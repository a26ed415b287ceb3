"""The command `import`: what it took, what it refused, and that one file holds up no other."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate import cli
from annotate.history import next_undo, undo
from annotate.importers import Read, read_in_batches
from annotate.project import Project
from tests.annotate.cli.flood_file import ARTICLE, lines

ROOT = Path(__file__).resolve().parents[3]


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

    monkeypatch.setattr(cli.importing, "read_in_batches", stopped_after_one)
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


def test_columns_of_a_list_are_chosen_by_number_or_heading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "list.csv").write_text("text,Kop,Stuk\nold,Flood 🌊,The river rose.\n", encoding="utf-8")
    path, file = tmp_path / "new.pnote", tmp_path / "list.csv"
    assert cli.main(["import", str(path), str(file), "--columns", "text=3, title=Kop"]) == 0
    assert "“Flood 🌊”" in capsys.readouterr().out
    with Project.open(path) as opened:
        [kept] = opened.read.articles()
        assert opened.read.body(kept.text_id) == "The river rose."
        assert kept.place_in_file == "row 2"
