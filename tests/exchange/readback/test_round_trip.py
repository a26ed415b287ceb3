"""What nobody has edited is not told as edited, whatever stands in it and whichever program saved it."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands
from annotate.model import DatedWords, Published, Span
from annotate.project import Project
from annotate.report.cells import LONGEST
from annotate.vocabulary import Kind, Precision
from tests.exchange.naughty import EVERYDAY, naughty_strings
from tests.exchange.readback.books import edited, exported, through_libreoffice, told
from tests.report.flood import Flood, take_in

LOOKALIKES = ["007", "NA", "N/A", "1/2", "1-2", "2024", "2024-05", "TRUE", "=1+1", "+5", "-3", "@cmd", "'quoted", "1e5"]
ODD = ["_x0041_", "_x005F_x0041_", "_x000D_", " blanks ", "line\nbreak\n", "50%", "٪50", "#N/A", "3,200", "a; b", "\t"]


def filled(flood: Flood, texts: list[str]) -> None:
    """Puts each text wherever a person can type text."""
    project = flood.project
    for number, written in enumerate(texts):
        text = written.encode("utf-8", "ignore").decode()  # a project cannot hold halves of characters
        start = number % 40
        claim = commands.mark(project, flood.article_id, Kind.CLAIM, [Span(start, start + 5)])
        commands.edit_record(project, claim, plain_words=text, translation=text, place=text)
        commands.edit_annotation(project, claim, note=text)
        figure = commands.mark(project, flood.article_id, Kind.FIGURE, [Span(start, start + 5)])
        commands.edit_record(project, figure, unit=text, counted=text, qualifier=text)
        check = commands.add_check(project, claim, checked_on=date(2024, 6, 5), looked_at="x")
        commands.edit_check(project, check, looked_at=text, url=text, archive_url=text, limits=text, note=text)
        if text.strip():
            source = commands.add_source(project, f"{text} {number}")
            commands.edit_source(project, source, affiliation=text, controlled_by=text, reliability_basis=text)
            commands.attribute(project, claim, source, verb=text)


def test_nothing_is_told_of_a_workbook_nobody_edited(flood: Flood, tmp_path: Path) -> None:
    diff = told(flood.project, exported(flood.project, tmp_path))
    assert (diff.changes, diff.said) == ((), ())


def test_text_that_looks_like_something_else_survives(flood: Flood, tmp_path: Path) -> None:
    filled(flood, LOOKALIKES + ODD + EVERYDAY)
    path = exported(flood.project, tmp_path)
    assert told(flood.project, path).changes == ()
    assert told(flood.project, edited(path, lambda _book: None)).changes == ()


def test_libreoffice_changes_nothing_by_saving(flood: Flood, tmp_path: Path) -> None:
    filled(flood, LOOKALIKES + ODD + EVERYDAY)
    path = through_libreoffice(exported(flood.project, tmp_path), tmp_path)
    assert told(flood.project, path).changes == ()


def test_naughty_strings_survive(flood: Flood, tmp_path: Path, shared: Path) -> None:
    filled(flood, naughty_strings(shared)[::5])
    path = exported(flood.project, tmp_path)
    assert told(flood.project, path).changes == ()
    assert told(flood.project, through_libreoffice(path, tmp_path)).changes == ()


@settings(max_examples=25)
@given(texts=st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=8))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("any")
    with Project.create(folder / "any.pnote", "Mara Lind") as project:
        flood = Flood(project, take_in(project, "flood.txt", "Nothing is known of the dam yet, he said on Monday.\n"))
        for one in texts:
            filled(flood, [one])
        assert told(project, exported(project, folder)).changes == ()


def test_a_text_of_several_cells_is_put_together_again(flood: Flood, tmp_path: Path) -> None:
    long = "".join(f"{number} 🌊 قال _x0041_ " for number in range(LONGEST // 10))
    commands.edit_annotation(flood.project, flood.ids["left"], note=long)
    path = exported(flood.project, tmp_path)
    assert told(flood.project, path).changes == ()
    assert told(flood.project, through_libreoffice(path, tmp_path)).changes == ()
    edited(path, lambda book: book.remove(book["Overflow"]))
    assert told(flood.project, path).changes == ()


def test_dates_and_numbers_of_every_kind_survive(flood: Flood, tmp_path: Path) -> None:
    project = flood.project
    dates: list[tuple[date, Precision]] = [
        (date(1899, 12, 31), Precision.DAY),
        (date(1900, 3, 1), Precision.DAY),
        (date(1700, 1, 1), Precision.YEAR),
        (date(2024, 2, 1), Precision.MONTH),
        (date(9999, 12, 31), Precision.DAY),
    ]
    for on, precision in dates:
        claim = commands.mark(project, flood.article_id, Kind.CLAIM, [flood.span("Repairs will cost")])
        dated = DatedWords("1/2", on, on, precision)
        commands.edit_record(project, claim, happened=dated, said=DatedWords("soon"))
    for number in (0.5, 1 / 3, 1e-7, 1e300, -4.0, 123456789.123456789, 45.0):
        figure = commands.mark(project, flood.article_id, Kind.FIGURE, [flood.span("Repairs will cost")])
        commands.edit_record(project, figure, value=number, unit="%")
    commands.edit_article(project, flood.article_id, published=Published("1/2", date(2024, 2, 1), Precision.TIME))
    path = exported(project, tmp_path)
    assert told(project, path).changes == ()
    assert told(project, through_libreoffice(path, tmp_path)).changes == ()


def without_marks(path: Path) -> None:
    """What a program drops that keeps values only: custom properties, styles, hidden columns."""
    whole = zipfile.ZipFile(path)
    parts = {name: whole.read(name) for name in whole.namelist() if name != "docProps/custom.xml"}
    whole.close()
    for name, part in parts.items():
        if name == "_rels/.rels":
            part = re.sub(rb"<Relationship [^>]*custom[^>]*/>", b"", part)
        elif name.startswith("xl/worksheets/sheet"):
            part = re.sub(rb' hidden="(1|true)"', b"", part)
        parts[name] = part
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def test_a_workbook_without_its_properties_is_known_by_its_rows(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)
    commands.edit_record(flood.project, flood.ids["left"], plain_words="since then")
    without_marks(path)
    diff = told(flood.project, path)
    assert (diff.changes, diff.said) == ((), ())
    assert diff.exported_at is not None


def as_a_dumb_program_would(book: Any) -> None:
    """Makes numbers and dates of text that looks like them, and text of numbers."""
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.value == "007":
                    cell.value, cell.data_type = 7, "n"
                elif isinstance(cell.value, int) and sheet.title == "Figures":
                    cell.value, cell.data_type = f"{cell.value:,}", "s"
                elif cell.value == "1/2":
                    cell.value, cell.number_format = date(2026, 2, 1), "d/m"
                elif cell.value == "45%":
                    cell.value, cell.number_format = 0.45, "0%"
                elif cell.value == "2024-05":
                    cell.value, cell.number_format = date(2024, 5, 1), "mmm yy"


def test_what_a_program_makes_of_a_value_is_no_edit(flood: Flood, tmp_path: Path) -> None:
    filled(flood, ["007", "1/2", "45%", "2024-05", "TRUE"])
    path = edited(exported(flood.project, tmp_path), as_a_dumb_program_would)
    assert told(flood.project, path).changes == ()
