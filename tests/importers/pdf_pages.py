"""Pages of a report on lost homes, and what is read of a PDF that is made of pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, read_bytes, read_file
from tests.importers.pdf_writer import Drawn, Said, column, pdf

LEFT = [
    "The council said on Monday that",
    "as many as forty homes had been",
    "destroyed and that it would ask",
    "for help from other towns. Many",
    "families had left before dawn.",
]
RIGHT = [
    "Officials in the capital gave a",
    "lower count and spoke of twenty",
    "homes 🇺🇦. Neither count can be",
    "checked, since roads were still",
    "closed to everyone on Tuesday.",
]
LEFT_TEXT, RIGHT_TEXT = " ".join(LEFT), " ".join(RIGHT)
PLAIN = column(50, 700, LEFT)
LEFT_OUT = "running heads, running feet and page numbers"


def imported(*pages: list[Drawn] | list[Said], **more: object) -> ImportedFile:
    return read_bytes(pdf(*pages, **more), "a report.pdf")  # type: ignore[arg-type]


def article(*pages: list[Drawn] | list[Said], **more: object) -> Draft:
    [draft] = imported(*pages, **more).articles
    return draft


def text(*pages: list[Drawn] | list[Said], **more: object) -> str:
    return article(*pages, **more).text


def refusal(data: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_bytes(data, "a report.pdf")
    return str(refused.value)


def lines(*words: str) -> str:
    """The text of a page whose lines these are, as wide as each other."""
    return text(column(50, 700, words))


def prose(number: int) -> list[str]:
    return [line.replace("Monday", f"day {number}") for line in LEFT]


def pages_with_heads(count: int) -> list[list[Said]]:
    return [
        [
            Said(50, 770, f"Quarterly report {'of the council' if number % 2 else 'on homes'}"),
            *column(50, 700, prose(number)),
            Said(290, 30, str(number + 11)),
        ]
        for number in range(count)
    ]


def sample(shared: Path, name: str) -> ImportedFile:
    return read_file(shared / "inputs" / "pdf" / name)
