"""Lists of articles in workbooks: their sheets, rows, numbers and times, and workbooks made to do harm."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import odfdo
import openpyxl

from annotate.importers import Columns, read_bytes
from annotate.project import Project
from annotate.report.workbook import export_workbook
from tests.importers.lists import HEADINGS, LONG, ROW, WORDS, imported, is_whole, only, refused, workbook


def test_a_workbook_gives_the_same_article() -> None:
    is_whole(only(workbook([HEADINGS, (*ROW[:4], date(2026, 3, 3), ROW[5])]), "list.xlsx"))


def test_a_workbook_is_told_by_its_bytes() -> None:
    is_whole(only(workbook([HEADINGS, ROW]), "list.docx"))


def test_numbers_and_times_of_a_workbook_are_written_as_people_do() -> None:
    rows = [("title", "text", "author", "date"), (40.0, 0.1 + 0.2, True, datetime(2026, 3, 3, 7, 59))]
    draft = only(workbook(rows), "a.xlsx")
    assert (draft.title, draft.text, draft.author, draft.published.words) == (
        "40",
        "0.3",
        "TRUE",
        "2026-03-03 07:59:00",
    )


def test_rows_of_a_workbook_have_the_numbers_that_excel_shows() -> None:
    read = imported(workbook([(), (), (None, "text", "title"), (), (None, "words", "A")]), "a.xlsx")
    assert [(draft.text, draft.place_in_file) for draft in read.articles] == [("words", "row 5")]
    assert read.heads is not None
    assert read.heads.guess == Columns(text=1, title=2)


def test_the_first_sheet_with_texts_is_read_and_the_others_are_told() -> None:
    data = workbook([("About",), ("us",)], [HEADINGS, ROW], [], names=("Notes", "Articles", "Empty"))
    read = imported(data, "a.xlsx")
    is_whole(read.articles[0])
    assert read.warnings == ("Only the sheet “Articles” was read, and not the 1 other sheet in the file.",)


def test_a_spreadsheet_of_libreoffice_is_read() -> None:
    sheet = odfdo.Table("S")
    sheet.set_values([["title", "text"], ["A", "Zoe\u0308 🇺🇦"]])
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    document.body.append(sheet)
    written = BytesIO()
    document.save(written)
    draft = only(written.getvalue(), "a.ods")
    assert (draft.title, draft.text) == ("A", "Zoe\u0308 🇺🇦")


def test_our_own_workbook_is_no_list(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.pnote", "Ana") as project:
        export_workbook(project.read, tmp_path / "evidence.xlsx", analyst="Ana")
    said = refused((tmp_path / "evidence.xlsx").read_bytes(), "evidence.xlsx")
    assert said.startswith("evidence.xlsx is an evidence workbook of Provenote and holds no articles;")


def test_one_cell_at_the_far_end_of_a_sheet_is_refused() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD1048576"] = "text", "far"
    written = BytesIO()
    book.save(written)
    assert "1,048,576 rows and 16,384 columns" in refused(written.getvalue(), "a.xlsx")


def test_a_workbook_that_would_unpack_to_too_much_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (101 * 1024**2))
    assert "too much to be safe" in refused(packed.getvalue(), "a.xlsx")


def test_a_workbook_cut_short_anywhere_ends_with_a_sentence() -> None:
    data = workbook([HEADINGS, ROW])
    for length in range(8, len(data), 97):
        assert refused(data[:length], "a.xlsx").endswith(".")


def test_a_hidden_sheet_is_read_after_those_that_can_be_seen() -> None:
    book = openpyxl.Workbook()
    hidden, seen = book.active, book.create_sheet("March")
    assert hidden is not None
    hidden.sheet_state = "hidden"
    hidden.append(["Text"])
    hidden.append(["lookup " * 20])
    seen.append(["Title", "Text"])
    seen.append(["Four streets", LONG])
    written = BytesIO()
    book.save(written)
    read = read_bytes(written.getvalue(), "a.xlsx")
    assert [draft.title for draft in read.articles] == ["Four streets"]
    assert read.warnings == ("Only the sheet “March” was read, and not the 1 other sheet in the file.",)


def test_sheets_with_the_same_headings_are_one_list() -> None:
    rows = [["Title", "Text"], ["Four streets", LONG]]
    other = [["Title", "Text"], ["Dam", WORDS]]
    read = read_bytes(workbook(rows, [["Notes"], ["About"]], other, names=["March", "Readme", "April"]), "a.xlsx")
    assert [(draft.title, draft.place_in_file) for draft in read.articles] == [
        ("Four streets", "row 2"),
        ("Dam", "sheet April, row 2"),
    ]
    told = "Only the 2 sheets with the same headings were read, and not the 1 other sheet in the file."
    assert read.warnings == (told,)
