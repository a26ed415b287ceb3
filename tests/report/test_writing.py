"""An export is written whole or not at all, and leaves nothing behind."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.errors import ExportFailed
from annotate.report.sheet_writer import SheetWriter
from annotate.report.tables import Table
from annotate.report.workbook import export_workbook
from annotate.writing import ExportCancelled
from tests.report.flood import Flood


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of the export's libraries go."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "evidence.xlsx").write_bytes(b"what stood there before")
    return folder / "evidence.xlsx"


def untouched(target: Path, scratch: Path) -> bool:
    alone = [file.name for file in target.parent.iterdir()] == [target.name]
    return alone and target.read_bytes() == b"what stood there before" and not list(scratch.iterdir())


def test_an_export_takes_the_place_of_the_old_file(flood: Flood, target: Path, scratch: Path) -> None:
    report = export_workbook(flood.project.read, target, analyst="Mara Lind")
    assert report.path == target
    assert target.read_bytes().startswith(b"PK")
    assert [file.name for file in target.parent.iterdir()] == [target.name]
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("stop_after", [0, 1])
def test_a_stopped_export_leaves_the_old_file(flood: Flood, target: Path, scratch: Path, stop_after: int) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return len(told) <= stop_after

    with pytest.raises(ExportCancelled, match=r"evidence\.xlsx was not written"):
        export_workbook(flood.project.read, target, analyst="Mara Lind", progress=progress)
    assert len(told) == stop_after + 1
    assert untouched(target, scratch)


def test_progress_ends_at_the_number_of_rows(flood: Flood, target: Path) -> None:
    told: list[tuple[int, int]] = []
    report = export_workbook(
        flood.project.read, target, analyst="Mara Lind", progress=lambda *now: told.append(now) or True
    )
    total = sum(report.rows.values())
    assert told[-1] == (total, total)
    assert all(done <= total for done, _ in told)


def test_a_fault_in_the_middle_leaves_the_old_file(
    flood: Flood, target: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = SheetWriter.write

    def failing(self: SheetWriter, table: Table) -> Iterator[int]:
        for number in write(self, table):
            if table.name == "Figures":
                raise RuntimeError("a fault")
            yield number

    monkeypatch.setattr(SheetWriter, "write", failing)
    with pytest.raises(RuntimeError, match="a fault"):
        export_workbook(flood.project.read, target, analyst="Mara Lind")
    assert untouched(target, scratch)


def test_a_full_disk_is_said_in_a_sentence(
    flood: Flood, target: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("openpyxl.writer.excel.ExcelWriter.write_data", full)
    with pytest.raises(ExportFailed, match=r"No space left on device.*untouched"):
        export_workbook(flood.project.read, target, analyst="Mara Lind")
    assert untouched(target, scratch)


def test_a_missing_folder_is_named(flood: Flood, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match=r"evidence\.xlsx was not written: the folder .*nowhere does not exist"):
        export_workbook(flood.project.read, tmp_path / "nowhere" / "evidence.xlsx", analyst="")


def test_a_folder_in_the_place_of_the_workbook_is_named(flood: Flood, tmp_path: Path) -> None:
    (tmp_path / "evidence.xlsx").mkdir()
    with pytest.raises(ExportFailed, match=r"evidence\.xlsx"):
        export_workbook(flood.project.read, tmp_path / "evidence.xlsx", analyst="")
    assert [file.name for file in tmp_path.glob(".*part")] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_new_file_has_the_rights_of_the_old_one(flood: Flood, target: Path) -> None:
    target.chmod(0o640)
    export_workbook(flood.project.read, target, analyst="Mara Lind")
    assert target.stat().st_mode & 0o777 == 0o640
