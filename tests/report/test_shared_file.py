"""A last look at a written file finds protected names wherever they stand in it."""

import zipfile
from pathlib import Path

import pytest

from annotate import commands
from annotate.errors import ExportFailed
from annotate.exchange.csv_files import write_csv
from annotate.handing_on import BodyOf, Form, Handing, Order
from annotate.report.evidence import Evidence, gather
from annotate.report.shared_file import still_named
from annotate.report.sharing import Shared, gather_for_sharing
from annotate.report.workbook import workbook_tables, write_workbook
from annotate.vocabulary import Handling
from annotate.writing import Progress, Written, replacing
from tests.report.flood import Flood


@pytest.fixture
def shared(flood: Flood) -> Shared:
    commands.edit_source(flood.project, flood.ids["duarte"], handling=Handling.PROTECT)
    return gather_for_sharing(flood.project.read, "Mara Lind")


def test_what_was_written_for_sharing_names_nobody(shared: Shared, tmp_path: Path) -> None:
    workbook = write_workbook(shared.evidence, tmp_path / "shared.xlsx").path
    write_csv(workbook_tables(shared.evidence), tmp_path / "csv")
    assert still_named(shared, workbook) == ()
    assert still_named(shared, tmp_path / "csv") == ()


def test_an_export_that_is_not_for_sharing_names_the_protected(flood: Flood, shared: Shared, tmp_path: Path) -> None:
    whole = write_workbook(gather(flood.project.read, "Mara Lind"), tmp_path / "whole.xlsx").path
    found = still_named(shared, whole)
    assert any(part.startswith("xl/worksheets/") and "Ines Duarte" in words for part, words in found)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/drawings/drawing1.xml", "<a:p><a:r><a:t>Ines Du</a:t></a:r><a:r><a:t>arte</a:t></a:r></a:p>"),
        ("xl/workbook.xml", '<definedName name="Ines_Duarte">A1</definedName>'),
        ("xl/comments1.xml", "<t>&#73;nes Duarte</t>"),
        ("docProps/app.xml", "<?xml version='1.0'?><Company>INES&#160;DUARTE</Company>"),
        ("xl/media/ines-duarte.png", "x"),
        ("customXml/item1.xml", "\ufeff<x>Ines Duarte</x>"),
    ],
)
def test_names_are_found_in_every_part_of_a_package(shared: Shared, tmp_path: Path, part: str, content: str) -> None:
    path = tmp_path / "package.bin"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/other.xml", "<t>Nobody 🌊</t>")
        package.writestr(part, content.encode("utf-16" if content.startswith("\ufeff") else "utf-8"))
    found = still_named(shared, path)
    assert found
    assert {name for name, _ in found} <= {part, path.name}


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(shared: Shared, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match=r"gone\.xlsx was written and cannot be looked through"):
        still_named(shared, tmp_path / "gone.xlsx")


def write_with_a_name(_evidence: Evidence, _body_of: BodyOf, target: Path, _progress: Progress) -> Written:
    """A writer of reading copies that lets a name through."""
    with replacing(target) as temporary:
        temporary.write_text("🌊 told by Ines Duarte, who saw it", encoding="utf-8")
    return Written(target, {}, ("Of the writer.",))


def test_whoever_exports_for_sharing_is_told_of_a_name_that_was_let_through(flood: Flood, tmp_path: Path) -> None:
    commands.edit_source(flood.project, flood.ids["duarte"], handling=Handling.PROTECT)
    order = Order(Form.PDF, tmp_path / "copy.pdf", sharing=True)
    written = Handing(flood.project.read, order, analyst="Mara").write(write_pdf=write_with_a_name)
    assert written.warnings == (
        "Do not send copy.pdf on: a protected name stands in it, in copy.pdf: “🌊 told by Ines Duarte, who saw it”.",
        "Of the writer.",
    )


@pytest.mark.parametrize("form", [Form.WORKBOOK, Form.BRIEF, Form.WORD, Form.HTML, Form.CSV])
def test_what_names_nobody_protected_is_handed_on_without_a_word(flood: Flood, tmp_path: Path, form: Form) -> None:
    commands.edit_source(flood.project, flood.ids["duarte"], handling=Handling.PROTECT)
    order = Order(form, tmp_path / f"out{form.suffix}", sharing=True)
    written = Handing(flood.project.read, order, analyst="Mara").write()
    assert not [words for words in written.warnings if "protected" in words]


def test_an_export_for_the_team_may_name_anybody(flood: Flood, tmp_path: Path) -> None:
    commands.edit_source(flood.project, flood.ids["duarte"], handling=Handling.PROTECT)
    order = Order(Form.PDF, tmp_path / "copy.pdf")
    written = Handing(flood.project.read, order, analyst="Mara").write(write_pdf=write_with_a_name)
    assert written.warnings == ("Of the writer.",)
