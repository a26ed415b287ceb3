"""Temporary files of programs that were killed are cleared by the next one; those that are being written stay."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotate.errors import ProjectError
from annotate.project import Project
from annotate.report.workbook import export_workbook
from annotate.unfinished import clear_left_behind, name_beside, working_folder
from annotate.writing import ExportCancelled, replacing
from tests.annotate.drafts import files_beside, take_in

PROJECT = Path(__file__).resolve().parents[2]


def left_by_a_program_that_ended(target: Path, ending: str = "") -> Path:
    """What a program that did not clear up has left beside a target."""
    words = (
        "import sys; from pathlib import Path; from annotate.unfinished import name_beside; "
        f"left = Path(str(name_beside(Path(sys.argv[1]))) + {ending!r}); left.write_bytes(b'half'); print(left)"
    )
    run = subprocess.run(
        [sys.executable, "-c", words, str(target)], cwd=PROJECT, capture_output=True, encoding="utf-8", check=True
    )
    return Path(run.stdout.strip())


def test_the_next_export_clears_what_a_killed_one_left(tmp_path: Path) -> None:
    left = left_by_a_program_that_ended(tmp_path / "other.xlsx")
    log = left_by_a_program_that_ended(tmp_path / "case.pnote", "-wal")
    with replacing(tmp_path / "Übersicht 🌊.xlsx") as temporary:
        assert not left.exists()
        assert not log.exists()
        temporary.write_bytes(b"whole")
    assert files_beside(tmp_path / "any") == ["Übersicht 🌊.xlsx"]


def test_opening_a_project_clears_what_a_killed_export_left_beside_it(tmp_path: Path) -> None:
    Project.create(tmp_path / "case.pnote", "Ana").close()
    left_by_a_program_that_ended(tmp_path / "case.xlsx")
    Project.open(tmp_path / "case.pnote", "Ana").close()
    assert files_beside(tmp_path / "case.pnote") == ["case.pnote"]


def test_what_a_running_program_writes_stays_until_it_has_not_been_written_to_for_a_day(tmp_path: Path) -> None:
    growing = name_beside(tmp_path / "case.xlsx")
    growing.write_bytes(b"half")
    clear_left_behind(tmp_path)
    assert growing.exists()
    old = time.time() - 25 * 60 * 60
    os.utime(growing, (old, old))
    clear_left_behind(tmp_path)
    assert not growing.exists()


def test_what_another_machine_or_another_program_calls_part_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / f".case-{'0' * 8}{2**31 - 2:08x}{'1' * 16}.part"
    names = [elsewhere, tmp_path / "film.part", tmp_path / ".case-abc.part", tmp_path / ".part"]
    for name in names:
        name.write_bytes(b"theirs")
    clear_left_behind(tmp_path)
    assert all(name.exists() for name in names)


def test_a_working_folder_of_a_killed_program_goes_with_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (
        "import os; from annotate.unfinished import working_folder; folder = working_folder(); "
        "(folder.__enter__() / 'article.txt').write_text('words'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", words], cwd=PROJECT, env={**os.environ, "TMPDIR": str(tmp_path)})
    [left] = tmp_path.iterdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with working_folder() as folder, working_folder() as another:
        assert {entry.name for entry in tmp_path.iterdir()} == {folder.name, another.name}
        assert not left.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="TMPDIR is POSIX's")
def test_a_workbook_that_is_not_finished_leaves_nothing_among_temporary_files(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(project)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    seen: list[list[str]] = []

    def stop(_done: int, _total: int) -> bool:
        seen.append([entry.name for entry in (tmp_path / "temporary").iterdir()])
        return False

    with pytest.raises(ExportCancelled):
        export_workbook(project.read, tmp_path / "case.xlsx", analyst="Ana", progress=stop)
    assert all(name.startswith("provenote-") for names in seen for name in names), seen
    assert [len(names) for names in seen] == [1]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_folder_that_is_not_there_is_nothing_to_clear(tmp_path: Path) -> None:
    clear_left_behind(tmp_path / "gone")


def test_a_project_that_cannot_be_made_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_path: Path, _fill: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotate.store.engine._make", no_room)
    with pytest.raises(ProjectError, match="No space left on device"):
        Project.create(tmp_path / "case.pnote", "Ana")
    assert files_beside(tmp_path / "any") == []
