"""The command `backup`."""

import re
from pathlib import Path

import pytest

from annotate import cli
from annotate.backups import backups_of
from annotate.project import Project, reading
from tests.annotate.cli.flood_file import ARTICLE

Said = pytest.CaptureFixture[str]


@pytest.fixture
def backed_up(project: Path, tmp_path: Path, capsys: Said) -> Path:
    """A project with a backup; an article came in since."""
    assert cli.main(["backup", str(project)]) == 0
    other = tmp_path / "other.txt"
    other.write_text(f"Boats 🚤\n{ARTICLE[::-1]}", encoding="utf-8")
    assert cli.main(["import", str(project), str(other)]) == 0
    capsys.readouterr()
    return project


def test_a_backup_is_made_and_the_project_stays_byte_for_byte(project: Path, capsys: Said) -> None:
    before, names = project.read_bytes(), {file.name for file in project.parent.iterdir()}
    assert cli.main(["backup", str(project)]) == 0
    (backup,) = backups_of(project)
    assert capsys.readouterr().out == f"{backup.path} is made and verified.\n"
    assert project.read_bytes() == before
    assert {file.name for file in project.parent.iterdir()} == names | {"flood backups"}


def test_backups_are_listed_with_age_size_and_what_they_hold(backed_up: Path, capsys: Said) -> None:
    assert cli.main(["backup", str(backed_up), "--list"]) == 0
    name = re.escape(backups_of(backed_up)[0].path.name)
    assert re.fullmatch(rf"{name}: just now, \d+ KB, 1 article, 0 marks\n", capsys.readouterr().out)


def test_without_backups_the_list_says_where_they_would_be(project: Path, capsys: Said) -> None:
    assert cli.main(["backup", str(project), "--list"]) == 0
    assert capsys.readouterr().out == f"There is no backup of flood.pnote in {project.parent / 'flood backups'}.\n"


def test_a_damaged_backup_is_listed_as_such(backed_up: Path, capsys: Said) -> None:
    backups_of(backed_up)[0].path.write_bytes(b"only words")
    assert cli.main(["backup", str(backed_up), "--list"]) == 0
    assert "is not a Provenote project" in capsys.readouterr().out


def test_what_differs_is_told(backed_up: Path, capsys: Said) -> None:
    assert cli.main(["backup", str(backed_up), "--compare", "asked for"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Since this backup: 1 article added.", "1 step was made since, by Ana Ünal (1)."]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d  Ana Ünal: Import.*", lines[2])


def test_a_backup_is_restored_by_a_part_of_its_name(backed_up: Path, capsys: Said) -> None:
    (backup,) = backups_of(backed_up)
    assert cli.main(["backup", str(backed_up), "--restore", "asked for"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"{backed_up} is {backup.path.name} again."
    assert said[1] == f"What it was before is a backup, too: {backups_of(backed_up)[0].path.name}."
    with reading(backed_up) as reader:
        assert len(reader.articles()) == 1


def test_a_project_that_is_gone_comes_back(backed_up: Path, capsys: Said) -> None:
    backed_up.unlink()
    assert cli.main(["backup", str(backed_up), "--list"]) == 0
    assert cli.main(["backup", str(backed_up), "--restore", backups_of(backed_up)[0].path.name]) == 0
    Project.open(backed_up, "Ana").close()


def test_a_damaged_project_is_kept_under_another_name(backed_up: Path, capsys: Said) -> None:
    backed_up.write_bytes(backed_up.read_bytes()[:9_000])
    assert cli.main(["backup", str(backed_up), "--restore", "asked for"]) == 0
    assert re.search(r"kept as flood \(set aside .*Z\)\.pnote; no backup could be made of it", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "said"), [("1999", "is called “1999”"), ("", "is called “”"), ("Z", "2 backups of flood.pnote have “Z”")]
)
def test_a_name_must_be_that_of_one_backup(backed_up: Path, name: str, said: str, capsys: Said) -> None:
    assert cli.main(["backup", str(backed_up)]) == 0
    assert cli.main(["backup", str(backed_up), "--restore", name]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--restore", "asked for"]])
def test_a_project_open_elsewhere_is_refused_naming_the_owner(backed_up: Path, words: list[str], capsys: Said) -> None:
    before = len(backups_of(backed_up))
    with Project.open(backed_up, "Büşra"):
        assert cli.main(["backup", str(backed_up), *words]) == 1
    assert "is open already: Büşra on " in capsys.readouterr().err
    assert len(backups_of(backed_up)) == before


def test_of_a_project_that_is_not_there_no_backup_is_made(tmp_path: Path, capsys: Said) -> None:
    assert cli.main(["backup", str(tmp_path / "gone.pnote")]) == 1
    assert capsys.readouterr().err == "run backup: gone.pnote is not there any more. Was it moved or renamed?\n"
    assert list(tmp_path.iterdir()) == []
