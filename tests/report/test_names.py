"""Names of sheets and tables that Excel takes, whatever they are made from."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate.report.names import is_legal_name, is_legal_sheet_name, legal_name

NAMES = st.text("ab A1RC_-.:/[]'*?\\ 🇺🇦👩🏽قé2", max_size=60)


@given(NAMES, st.lists(NAMES, max_size=4))
@example("A1", [])
@example("R1C1", ["_R1C1", "_r1c1_2"])
@example("'", [])
def test_any_name_becomes_one_that_excel_takes_and_nothing_else_has(name: str, others: list[str]) -> None:
    table = legal_name(name, others)
    assert is_legal_name(table)
    assert table.casefold() not in {one.casefold() for one in others}


@pytest.mark.parametrize("name", ["Claims", "To do", "Cross-check", "Claims (2)", "Überblick"])
def test_what_excel_takes_as_the_name_of_a_sheet_is_known(name: str) -> None:
    assert is_legal_sheet_name(name)


@pytest.mark.parametrize(
    ("name", "table"),
    [("Claims", "Claims"), ("To do", "To_do"), ("Claims (2)", "Claims_2"), ("AB12", "_AB12"), ("2024", "_2024")],
)
def test_a_table_is_called_like_its_sheet_as_far_as_excel_allows(name: str, table: str) -> None:
    assert legal_name(name) == table


def test_a_long_name_is_shortened_without_splitting_a_sign() -> None:
    name = legal_name("\U00010400" * 150)  # a letter of two units
    assert name == "\U00010400" * 127
    assert legal_name("\U00010400" * 150, [name]) == "\U00010400" * 126 + "_2"


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "[a]", "'a", "history"])
def test_what_excel_refuses_as_the_name_of_a_sheet_is_told(name: str) -> None:
    assert not is_legal_sheet_name(name)


@pytest.mark.parametrize("name", ["", "A1", "xfd10", "R", "c", "R1C1", "a b", "1a", "a-b", "a" * 256])
def test_what_excel_refuses_as_the_name_of_a_table_is_told(name: str) -> None:
    assert not is_legal_name(name)
