"""The commands `info` and `check`, which change nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotate import cli
from annotate.commands import mark
from annotate.model import Span
from annotate.project import Project, uid_of
from annotate.vocabulary import Kind
from tests.safety.salvaging import PAGE, page_of
from tests.safety.whole_project import altered

ROOT = Path(__file__).resolve().parents[3]


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
    assert capsys.readouterr().out == f"{project} is whole: 1 article, 0 marks.\n"


def test_check_tells_of_damage_and_ends_with_one(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    with sqlite3.connect(project) as raw:
        raw.execute("UPDATE text_bodies SET body = replace(body, '900', '90O')")
    raw.close()
    assert cli.main(["check", str(project)]) == 1
    printed = capsys.readouterr().out
    assert "The text of “Flood 🌊 in the valley” is not the one that was imported" in printed


@pytest.mark.parametrize(
    ("command", "table"), [("info", "articles"), ("history", "changes"), ("history", "steps"), ("export", "spans")]
)
def test_damage_that_shows_only_when_a_page_is_read_is_a_sentence_too(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, table: str
) -> None:
    with Project.open(project, "Ana Ünal") as opened:
        mark(opened, opened.read.articles()[0].id, Kind.FIGURE, [Span(0, 5)])
    data = bytearray(project.read_bytes())
    first_row = (page_of(project, table) - 1) * PAGE + 8
    data[first_row : first_row + 2] = b"\xff\xff"
    project.write_bytes(data)
    assert cli.main([command, str(project), *([str(tmp_path / "out.xlsx")] if command == "export" else [])]) == 1
    told = capsys.readouterr().err
    assert re.match(
        rf"run {command}: flood\.pnote is damaged \(.+\), so it was left as it is\. Go back to a backup", told
    )
    assert "run salvage" in told


ROWS_THAT_NO_COMMAND_LEAVES = {
    "no JSON": ("UPDATE projects SET columns = '1 2'", "info"),
    "bytes that are no text": ("UPDATE annotations SET words = CAST(x'ff' AS TEXT)", "export"),
    "an entry of no list": ("UPDATE annotations SET origin = 'thin air'", "export"),
    "a record less": ("DELETE FROM figures", "export"),
    "a text less": ("DELETE FROM text_bodies", "suggest"),
}


@pytest.mark.parametrize("kind", ROWS_THAT_NO_COMMAND_LEAVES)
def test_rows_that_no_command_leaves_end_a_command_in_a_sentence(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    statement, command = ROWS_THAT_NO_COMMAND_LEAVES[kind]
    with Project.open(project, "Ana Ünal") as opened:
        mark(opened, opened.read.articles()[0].id, Kind.FIGURE, [Span(0, 5)])
    altered(project, statement)
    assert cli.main([command, str(project), *([str(tmp_path / "out.xlsx")] if command == "export" else [])]) in (0, 1)
    assert "Something went wrong" not in capsys.readouterr().err
    assert uid_of(project) is None or kind != "no JSON"


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
