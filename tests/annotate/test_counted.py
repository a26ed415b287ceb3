"""How many of something, in words."""

import pytest

from annotate.counted import counted


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 marks"), (1, "1 mark"), (2, "2 marks"), (1_000, "1,000 marks"), (-1, "-1 marks")]
)
def test_one_is_told_as_one_and_thousands_are_parted(number: int, words: str) -> None:
    assert counted(number, "mark") == words


def test_words_with_a_plural_of_their_own_have_it() -> None:
    assert counted(1, "entry", "entries") == "1 entry"
    assert counted(2, "entry", "entries") == "2 entries"
