"""What is read for a report, and in how many questions."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from annotate import commands, vocabulary
from annotate.model import Span
from annotate.report.evidence import gather
from annotate.report.places import Places
from annotate.report.sheets.codebook import LISTS
from annotate.report.sheets.figures import amount_value
from annotate.report.tables import Amount, date_value, web_link
from annotate.report.workbook import workbook_tables
from annotate.vocabulary import FigureKind, Kind, Precision
from tests.report.flood import FLOOD, Flood


def questions(flood: Flood) -> int:
    asked: Counter[str] = Counter()
    connection = flood.project.read.connection

    def count(*_: object) -> None:
        asked["all"] += 1

    event.listen(connection, "before_cursor_execute", count)
    try:
        workbook_tables(gather(flood.project.read, "Mara Lind"))
    finally:
        event.remove(connection, "before_cursor_execute", count)
    return asked["all"]


def test_more_annotations_do_not_ask_more_questions(flood: Flood) -> None:
    before = questions(flood)
    for words in ("Repairs will cost", "warned too late", "the old town on Tuesday", "homes"):
        claim = flood.mark(words, Kind.CLAIM, words)
        commands.attribute(flood.project, claim, flood.ids["duarte"])
        flood.mark(words + " figure", Kind.FIGURE, words)
        flood.mark(words + " source", Kind.SOURCE, words)
    assert questions(flood) == before > 5


def test_every_closed_list_is_in_the_codebook_but_the_fate_of_suggestions() -> None:
    assert vocabulary.__file__ is not None
    tree = ast.parse(Path(vocabulary.__file__).read_text(encoding="utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.ClassDef)} - {"Choice", "Fate"}
    assert {choices.__name__ for choices in LISTS} == names
    assert len(set(LISTS.values())) == len(LISTS)


@given(st.text("ab قa👩🏽\n ", min_size=1, max_size=400), st.data())
def test_a_context_has_the_marked_words_and_stays_in_their_paragraphs(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    place = Places(lambda _: body).of(1, [Span(start, end)])
    assert f"[{body[start:end]}]" in place.context
    before, _, after = place.context.partition(f"[{body[start:end]}]")
    assert "\n" not in before + after
    lines = [line for line in body[: start + 1].split("\n") if line.strip()]
    assert place.paragraph in (max(1, len(lines)), len(lines) + 1)


def test_paragraphs_are_counted_without_blank_lines() -> None:
    start = FLOOD.index("Repairs")
    assert Places(lambda _: FLOOD).of(1, [Span(start, start + 7)]).paragraph == 4


@pytest.mark.parametrize(
    ("number", "kind", "number_format"),
    [
        (40.0, FigureKind.PERCENT, "#,##0"),
        (2.5, FigureKind.MONEY, "#,##0.######"),
        (1 / 3, FigureKind.FRACTION, "# ??/??"),
        (0.123456, FigureKind.FRACTION, "#,##0.######"),
        (1e20, None, "#,##0"),
    ],
)
def test_a_number_is_shown_no_more_exactly_than_it_is_known(
    number: float, kind: FigureKind | None, number_format: str
) -> None:
    assert amount_value(number, kind) == Amount(number, number_format)


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_what_no_sheet_can_hold_as_a_number_is_text(number: float) -> None:
    assert amount_value(number, None) == str(number)


def test_no_amount_is_an_empty_cell() -> None:
    assert amount_value(None, FigureKind.COUNT) is None


@given(st.dates())
def test_a_date_is_never_more_exact_than_it_is_known(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    assert date_value(day, Precision.YEAR) == f"{day.year:04d}"
    assert date_value(day, Precision.MONTH) == f"{day.year:04d}-{day.month:02d}"
    assert date_value(day, Precision.DAY) == (day if day >= date(1900, 3, 1) else day.isoformat())


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///secret", "https://a b", "https://é.example", "https://x/" + "a" * 2000]
)
def test_an_address_that_is_not_of_the_web_or_not_legal_is_plain_text(url: str) -> None:
    assert web_link(url) == url
