"""CSV files as other programs read them: nothing lost, nothing cut, and no text that becomes a formula."""

import csv
import re
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.errors import ExportFailed
from annotate.exchange.csv_files import write_csv
from annotate.report.evidence import gather
from annotate.report.tables import Amount, Column, ColumnKind, Link, Table, Value
from annotate.report.workbook import workbook_tables
from annotate.writing import ExportCancelled
from tests.exchange.naughty import naughty_strings
from tests.report.flood import Flood

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=120)
SIGNS = "=+-@＝＋－＠"


def table_of(*rows: tuple[Value, ...], headings: tuple[str, ...] = ("Words",), name: str = "Claims") -> Table:
    return Table(name, "What is claimed", tuple(Column(heading, 20) for heading in headings), rows)


def cells_of(file: Path) -> list[list[str]]:
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    csv.field_size_limit(1 << 24)
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def without_apostrophes(text: str) -> str:
    """What went in, from what came out: an apostrophe stands at the beginning or behind what splits a line."""
    guard = rf"""(\A|(?<=[;\t\r\n]))'(?=[\t\r\n]|[\s"\ufeff\u200b]*[{re.escape(SIGNS)}])"""
    return re.sub(guard, "", text)


def test_every_sheet_is_a_file_with_its_columns_and_the_identity_of_its_rows(flood: Flood, tmp_path: Path) -> None:
    tables = workbook_tables(gather(flood.project.read, "Mara Lind"))
    written = write_csv(tables, tmp_path / "csv")
    assert sorted(file.stem for file in written.path.iterdir()) == sorted(table.name for table in tables)
    assert written.rows["Claims"] == 3
    for table in tables:
        headings, *rows = cells_of(written.path / f"{table.name}.csv")
        shown = [column.heading for column in table.columns if not column.hidden]
        assert headings == shown + [column.heading for column in table.columns if column.hidden]
        assert len(rows) == len(table.rows)
        assert {len(row) for row in rows} <= {len(table.columns)}
    headings, *rows = cells_of(written.path / "Claims.csv")
    claims = [dict(zip(headings, row, strict=True)) for row in rows]
    assert claims[0]["ID"] == "C-0001"
    assert claims[0]["Claim"] == "At least 3,200 people left the old town on Tuesday"
    assert claims[0]["Happened from"] == "2024-06-04"
    assert claims[1]["Claim"] == "قال شهود إن السد انهار"
    assert len(claims[0]["uid"]) == 36
    assert claims[0]["revision"].isdecimal()


def test_the_files_have_a_mark_crlf_and_quotes_where_they_are_needed(tmp_path: Path) -> None:
    write_csv([table_of(("plain", 'a "b", c'), ("two\nlines", "é"), headings=("A", "B"))], tmp_path)
    expected = 'A,B\r\nplain,"a ""b"", c"\r\n"two\nlines",é\r\n'
    assert (tmp_path / "Claims.csv").read_bytes() == b"\xef\xbb\xbf" + expected.encode()


def test_numbers_dates_links_and_empty_cells_are_written_plainly(tmp_path: Path) -> None:
    row = (-4.5, 3, 1e-7, 2.0, Amount(-0.25, "0%"), date(2024, 6, 4), datetime(2024, 6, 4, 9, 5), Link("C-0001"), None)
    far = (
        float("inf"),
        12345678901234567890,
        1e300,
        0.1,
        Amount(7, "0"),
        date(999, 1, 2),
        None,
        Link("x", url="u"),
        "007",
    )
    headings = tuple("abcdefghi")
    write_csv([table_of(row, far, headings=headings)], tmp_path)
    _, first, second = cells_of(tmp_path / "Claims.csv")
    assert first == ["-4.5", "3", "1e-07", "2", "-0.25", "2024-06-04", "2024-06-04T09:05:00Z", "C-0001", ""]
    assert second[:2] == ["inf", "12345678901234567890"]
    assert float(second[2]) == 1e300
    assert second[3:] == ["0.1", "7", "0999-01-02", "", "x", "007"]


@pytest.mark.parametrize("sign", [*SIGNS, "\t", "\n"])
def test_text_that_would_be_a_formula_has_an_apostrophe_and_is_counted(sign: str, tmp_path: Path) -> None:
    written = write_csv([table_of((f"{sign}1+1",), ("plain",), (-1,))], tmp_path)
    assert cells_of(tmp_path / "Claims.csv")[1:] == [[f"'{sign}1+1"], ["plain"], ["-1"]]
    assert len(written.warnings) == 1
    assert "1 cell" in written.warnings[0]


@pytest.mark.parametrize("text", ["a = b", "3-4", "mail@example.org", "1 + 1", "“=” is a sign", "a; b", ""])
def test_other_text_is_left_as_it_is(text: str, tmp_path: Path) -> None:
    assert write_csv([table_of((text,))], tmp_path).warnings == ()
    assert cells_of(tmp_path / "Claims.csv")[1:] in ([[text]], [[]])


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
@example(['=HYPERLINK("http://x")', ' "=1', "x\n=1", "a;=cmd|' /C calc'!A0", "\ud83c", "\x00"])
def test_any_text_comes_back_and_no_program_finds_a_formula(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("csv")
    write_csv([table_of(*((text, "end") for text in texts), headings=("A", "B"))], folder)
    read = [row[0] for row in cells_of(folder / "Claims.csv")[1:]]
    assert [without_apostrophes(text) for text in read] == [without_apostrophes(canonical(text).text) for text in texts]
    for text in read:
        for part in re.split(r"[;\t\n]", text):
            assert not part.strip(' "\ufeff\u200b').startswith(tuple(SIGNS))


def test_naughty_strings_come_back_from_a_file(shared: Path, tmp_path: Path) -> None:
    texts = naughty_strings(shared)
    write_csv([table_of(*((text, "end") for text in texts), headings=("A", "B"))], tmp_path)
    read = [row[0] for row in cells_of(tmp_path / "Claims.csv")[1:]]
    assert [without_apostrophes(text) for text in read] == [without_apostrophes(canonical(text).text) for text in texts]


def test_no_cell_is_cut(tmp_path: Path) -> None:
    long = "🌊 water " * 20_000
    write_csv([table_of((long, "end"), headings=("A", "B"))], tmp_path)
    assert cells_of(tmp_path / "Claims.csv")[1] == [long, "end"]


def test_hidden_columns_are_the_last(tmp_path: Path) -> None:
    columns = (Column("uid", 36, hidden=True), Column("Words", 10), Column("Count", 5, ColumnKind.NUMBER))
    write_csv([Table("Claims", "", columns, [("u", "w", 3)])], tmp_path)
    assert cells_of(tmp_path / "Claims.csv") == [["Words", "Count", "uid"], ["w", "3", "u"]]


def test_other_files_in_the_folder_are_left_alone_and_old_ones_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "Claims.csv").write_text("old")
    write_csv([table_of(("new",))], tmp_path)
    assert cells_of(tmp_path / "Claims.csv")[1] == ["new"]
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_export_that_is_stopped_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "Claims.csv").write_text("old")
    tables = [table_of(("new",)), table_of(("new",), name="Figures")]
    with pytest.raises(ExportCancelled, match=tmp_path.name):
        write_csv(tables, tmp_path, lambda done, total: False)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("Claims.csv", "old")]
    with pytest.raises(ExportCancelled):
        write_csv(tables, tmp_path / "new" / "folder", lambda done, total: False)
    assert not (tmp_path / "new" / "folder").exists()


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    write_csv([table_of(*((str(number),) for number in range(1_200)))], tmp_path, progress)
    assert told == [(500, 1_200), (1_000, 1_200), (1_200, 1_200)]


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "csv").write_text("a file")
    with pytest.raises(ExportFailed, match="csv is a file"):
        write_csv([table_of(("new",))], tmp_path / "csv")
    with pytest.raises(ExportFailed, match="cannot be made"):
        write_csv([table_of(("new",))], tmp_path / "csv" / "below")


def test_a_folder_in_the_place_of_a_file_is_one_sentence_and_the_others_are_whole(tmp_path: Path) -> None:
    (tmp_path / "Claims.csv").mkdir()
    with pytest.raises(ExportFailed, match=r"Claims\.csv"):
        write_csv([table_of(("new",)), table_of(("new",), name="Figures")], tmp_path)
    assert {file.name for file in tmp_path.iterdir()} <= {"Claims.csv", "Figures.csv"}
