"""Whatever ends in .xlsx: it is read, or one plain sentence says why not."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import AnnotateError, ReadBackRefused
from annotate.exchange.readback.package import MOST_UNPACKED
from annotate.exchange.readback.workbook import read_workbook
from annotate.project import Project
from annotate.report.sharing import gather_for_sharing
from annotate.report.workbook import write_workbook
from tests.exchange.readback.books import edited, exported, told
from tests.importers.hostile.archives import broken
from tests.report.flood import Flood

LONG = "".join(f"f_x0041_{number}" for number in range(50_000))


def refusal(path: Path) -> str:
    with pytest.raises(ReadBackRefused) as refused:
        read_workbook(path)
    said = str(refused.value)
    assert path.name in said
    assert "\n" not in said
    assert said.endswith((".", "?"))
    return said


def refused_or_read(project: Project, path: Path) -> str:
    """Why it is refused, or the name of what was read."""
    try:
        return told(project, path).name
    except AnnotateError as error:
        return str(error)


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with other bytes in one of its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 and then nothing", "is damaged"),
        (b"ID;Note\nC-0001;x\n", "is damaged"),
        (b"<html><table></table></html>", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "odd.xlsx"
    path.write_bytes(data)
    assert words in refusal(path)


def test_what_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    assert "is not there" in refusal(tmp_path / "none.xlsx")
    assert "is a folder" in refusal(tmp_path)


def test_known_hostile_workbooks_are_read_as_foreign_or_refused(flood: Flood, shared: Path) -> None:
    for path in sorted((shared / "hostile" / "xlsx").iterdir()) + sorted((shared / "hostile" / "zip").glob("*.zip")):
        with pytest.raises(ReadBackRefused) as refused:
            told(flood.project, path)
        assert path.name in str(refused.value)
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml", "docProps/custom.xml"]
)
def test_a_document_type_is_refused_wherever_it_stands(
    flood: Flood, tmp_path: Path, part: str, declared: bytes
) -> None:
    path = edited(exported(flood.project, tmp_path), lambda _book: None)
    with zipfile.ZipFile(path) as archive:
        start = archive.read(part)
    head = start.index(b"<", 2) if start.startswith(b"<?xml") else 0
    rewritten(path, part, start, start[:head] + declared + start[head:])
    assert "document type" in refusal(path)


@pytest.mark.parametrize("how", ["shifted", "deflated", "stored", "bzip2", "lzma"])
def test_a_broken_archive_is_refused_whatever_it_makes_the_reading_of_it_raise(
    flood: Flood, tmp_path: Path, how: str
) -> None:
    path = exported(flood.project, tmp_path)
    path.write_bytes(broken(path.read_bytes())[how])
    assert "is damaged" in refusal(path)


def test_a_bomb_is_refused_before_it_is_unpacked(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.png", "w") as member:
        for _ in range(60):
            member.write(b"\0" * 1024 * 1024)
    assert "too much to be safe" in refusal(path)
    assert MOST_UNPACKED <= 1024**3


def test_a_text_that_many_cells_share_is_looked_at_once(tmp_path: Path) -> None:
    sheet = '<worksheet><sheetData><row r="3"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    sheet += '<row><c r="B4" t="s"><v>2</v></c></row>' * 20_000 + "</sheetData></worksheet>"
    strings = "<sst><si><t>uid</t></si><si><r><t>No</t></r><r><t>te</t></r><rPh><t>x</t></rPh></si>"
    strings += f"<si><t>{LONG}</t></si></sst>"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    path = tmp_path / "shared.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml", '<workbook><sheets><sheet name="Claims" r:id="a" xmlns:r="x"/></sheets></workbook>'
        )
        relations = f'<Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        relations += f'<Relationship Id="b" Type="{office}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", strings)
    [read] = read_workbook(path).sheets
    assert read.headings == ("uid", "Note")
    assert len(read.rows) == 20_000
    assert {read.value(row, "NOTE") for row in read.rows} == {LONG.replace("_x0041_", "A")}


@settings(max_examples=30)
@given(place=st.floats(0, 1), bytes_there=st.binary(min_size=0, max_size=40), cut=st.booleans())
def test_a_damaged_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: float, bytes_there: bytes, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    with Project.create(folder / "x.pnote", "Mara") as project:
        path = exported(project, folder)
        data = path.read_bytes()
        at = int(place * len(data))
        path.write_bytes(data[:at] + bytes_there + (b"" if cut else data[at + len(bytes_there) :]))
        assert path.name in refused_or_read(project, path)


@settings(max_examples=30)
@given(
    part=st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml", "docProps/custom.xml"]),
    place=st.floats(0, 1),
    words=st.sampled_from(
        [b"<", b"</row>", b"<v>99999999999</v>", b' r="ZZZ0"', b' t="s"', b' r="-1"', b"&amp;", b"9", b" "]
    ),
)
def test_broken_parts_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, part: str, place: float, words: bytes
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    with Project.create(folder / "x.pnote", "Mara") as project:
        path = exported(project, folder)
        with zipfile.ZipFile(path) as archive:
            whole = archive.read(part)
        at = int(place * len(whole))
        rewritten(path, part, whole, whole[:at] + words + whole[at:])
        assert path.name in refused_or_read(project, path)


def test_a_workbook_for_sharing_says_that_it_cannot_come_back(flood: Flood, tmp_path: Path) -> None:
    path = write_workbook(gather_for_sharing(flood.project.read, "Mara Lind").evidence, tmp_path / "shared.xlsx").path
    with pytest.raises(ReadBackRefused, match="exported for sharing never has"):
        told(flood.project, path)


def test_a_workbook_without_our_sheets_is_named_as_such(flood: Flood, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["ID", "Title", "Note", "Claim", "uid"])
    sheet.append(["C-0001", "x", "y", "z", "none"])
    book.save(tmp_path / "foreign.xlsx")
    with pytest.raises(ReadBackRefused, match="has none of the sheets of an evidence workbook"):
        told(flood.project, tmp_path / "foreign.xlsx")
