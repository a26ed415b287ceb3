"""Words where there is no room for all of them."""

from hypothesis import given
from hypothesis import strategies as st

from annotate.offsets import grapheme_start
from annotate.shortened import shortened


def test_what_is_short_stands_on_one_line_and_what_is_long_is_cut_with_a_sign() -> None:
    assert shortened(" a\n b\u2028c ") == "a b c"
    assert shortened("a" * 61) == "a" * 59 + "…"
    assert shortened("a" * 60) == "a" * 60
    assert shortened("one two three", 8) == "one two…"
    assert shortened("one two three", 10) == "one two t…"
    assert shortened("one two three", 10, at_word=True) == "one two…"
    assert shortened("one two three", 13, at_word=True) == "one two three"
    assert shortened("one", 2, at_word=True) == "o…"


@given(st.text(), st.integers(1, 30))
def test_it_is_never_longer_than_asked_for_and_splits_no_grapheme(words: str, longest: int) -> None:
    short = shortened(words, longest)
    assert len(short) <= longest
    whole = " ".join(words[: longest * 4].split())
    if short != whole:
        kept = short.removesuffix("…")
        assert whole.startswith(kept)


def test_a_flag_and_a_letter_with_its_accent_stay_whole() -> None:
    assert shortened("abc🇺🇦def", 5) == "abc…"
    assert shortened("abce\u0301def", 5) == "abc…"
    assert shortened("abc🇺🇦def", 5, at_word=True) == "abc…"
    assert grapheme_start("abc🇺🇦def", 4) == 3
