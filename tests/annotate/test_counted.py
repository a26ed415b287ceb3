"""How many of something, in words."""

import pytest

from annotate.counted import counted, counted_records


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 marks"), (1, "1 mark"), (2, "2 marks"), (1_000, "1,000 marks"), (-1, "-1 marks")]
)
def test_one_is_told_as_one_and_thousands_are_parted(number: int, words: str) -> None:
    assert counted(number, "mark") == words


def test_words_with_a_plural_of_their_own_have_it() -> None:
    assert counted(1, "entry", "entries") == "1 entry"
    assert counted(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("records", "one"),
    [
        ("articles", "1 article"),
        ("mentions of sources", "1 mention of sources"),
        ("entries of the register", "1 entry of the register"),
        ("versions of its text", "1 version of its text"),
    ],
)
def test_one_of_a_list_of_records_is_told_as_one(records: str, one: str) -> None:
    assert counted_records(1, records) == one
    assert counted_records(3, records) == f"3 {records}"
