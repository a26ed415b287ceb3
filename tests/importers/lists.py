"""Lists of articles as csv and workbooks, and what comes of reading them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest

from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, ReadOptions, read_bytes
from annotate.model import Published
from annotate.vocabulary import Precision

WORDS = 'عدد الجرحى 40 شخصا 🇺🇦, said Zoe\u0308 👩‍👩‍👧;\u2028\nand “so on” | "quoted".'
LONG = "The water rose all night, and by the morning four streets were flooded. " * 3
HEADINGS = ("title", "text", "outlet", "author", "published", "url")
ROW = ("Four streets", WORDS, "The Day", "Zoe Ünal", "2026-03-03", "https://e.org/1")


def table(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    lines = StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows(rows)
    return lines.getvalue().encode(encoding)


def workbook(*sheets: Sequence[Sequence[object]], names: Sequence[str] = ("One", "Two", "Three")) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in zip(names, sheets, strict=False):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def imported(data: bytes, name: str = "list.csv", options: ReadOptions | None = None) -> ImportedFile:
    read = read_bytes(data, name, options or ReadOptions())
    assert read.importer == "list"
    return read


def only(data: bytes, name: str = "list.csv", options: ReadOptions | None = None) -> Draft:
    (draft,) = imported(data, name, options).articles
    return draft


def refused(data: bytes, name: str = "list.csv", options: ReadOptions | None = None) -> str:
    with pytest.raises(ImportRefused) as error:
        read_bytes(data, name, options or ReadOptions())
    return str(error.value)


def is_whole(draft: Draft) -> None:
    assert draft == Draft(
        text=WORDS,
        title="Four streets",
        title_confirmed=True,
        outlet="The Day",
        author="Zoe Ünal",
        published=Published("2026-03-03", date(2026, 3, 3), Precision.DAY),
        url="https://e.org/1",
        place_in_file="row 2",
    )
