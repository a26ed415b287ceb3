"""Any number is read back from how it is written, and no words at all make reading fail or take long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import numbers
from annotate.figures import format_amount, read_figure
from annotate.model import Figure
from annotate.numbers import number_at
from annotate.tokens import tokenize
from annotate.vocabulary import Bound, FigureKind
from tests.amounts import amounts


def indian(number: int) -> str:
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        head, group = head[:-2], head[-2:]
        groups.insert(0, group)
    return ",".join([*groups, tail])


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "\u00a0", "\u2009", "\u202f", "'", "’", "٬", "", "indian"]))
def test_every_whole_number_written_with_separators_reads_back(number, separator):
    written = indian(number) if separator == "indian" else f"{number:,}".replace(",", separator)
    figure = read_figure(f"{written} people")
    assert (figure.value, figure.bound, figure.counted) == (number, Bound.EXACT, "people")


@given(st.integers(0, 10**9), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]))
def test_digits_of_other_scripts_read_back(number, script):
    assert read_figure("".join(script[int(digit)] for digit in str(number))).value == number


SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def spell(number: int, conjunction: str) -> str:
    """English number words below a million; its own tables, so that it shares no error with the reader."""
    small, tens = SMALL.split(), TENS.split()
    if number < 20:
        return small[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return tens[ten - 2] + (f"-{small[one]}" if one else "")
    scale, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    high, rest = divmod(number, scale)
    words = f"{spell(high, conjunction)} {name}"
    if not rest:
        return words
    return f"{words}{conjunction if rest < 100 else ' '}{spell(rest, conjunction)}"


@given(st.integers(0, 999_999), st.sampled_from([" ", " and "]), st.sampled_from(["-", " ", "\u2011"]))
def test_number_words_below_a_million_read_back(number, conjunction, hyphen):
    words = spell(number, conjunction).replace("-", hyphen)
    assert read_figure(f"{words} people").value == number


@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(["{:,}–{:,}", "{:,} to {:,}", "between {:,} and {:,}", "from {:,} to {:,}", "{:,} - {:,}"]),
)
def test_two_rising_numbers_read_back_as_a_range(low, step, form):
    figure = read_figure(form.format(low, low + step) + " people")
    assert (figure.bound, figure.value, figure.low, figure.high) == (Bound.RANGE, None, low, low + step)
    assert figure.counted == "people"


@given(st.integers(1, 999), st.sampled_from([("", 1), ("k", 10**3), ("m", 10**6), ("bn", 10**9), (" million", 10**6)]))
def test_scaled_money_reads_back(number, scale):
    figure = read_figure(f"€{number}{scale[0]}")
    assert (figure.value, figure.unit, figure.kind) == (number * scale[1], "EUR", FigureKind.MONEY)


WORDS = (
    "one two hundred thousand million billion a an half and of or to between from than as many about per % $ € - – , ."
    " 12 3.5 1,000 ½ dozens several few couple weeks year old °C times fold doubled in out every"
    " 🇸🇾 ك e\u0301 \r\n \u2028"
)
PIECES = st.sampled_from(WORDS.split(" "))


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)))
@settings(max_examples=400)
def test_no_words_make_it_raise_and_every_figure_keeps_the_rules_of_its_bound(words):
    figure = read_figure(words)
    format_amount(figure)
    held = set(amounts(figure))
    allowed = {
        None: set(),
        Bound.EXACT: {"value"},
        Bound.APPROX: {"value"},
        Bound.MIN: {"value", "low"},
        Bound.MAX: {"value", "high"},
        Bound.RANGE: {"low", "high"},
        Bound.VAGUE: {"low"},
    }
    # A number whose qualifier stands in a script that is not read has a value and an open bound.
    assert held == allowed[figure.bound] or (figure.bound is None and held == {"value"})
    assert figure.qualifier in words or figure.bound is Bound.VAGUE
    assert figure.counted in words


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "one ",
        "a ",
        "million ",
        "hundred and ",
        "1,",
        "- ",
        "about ",
        "of ",
        "half ",
        "thousands of ",
        "1 to ",
        "$",
        "a few ",
        "in ",
    ],
)
def test_the_work_grows_with_the_words_and_not_faster(piece, monkeypatch):
    def looks(words: str) -> int:
        count = 0

        def counted(tokens, index):
            nonlocal count
            count += 1
            return original(tokens, index)

        original = numbers.word_at
        from annotate import amounts as amounts_module
        from annotate import figures as figures_module

        with monkeypatch.context() as patch:
            for module in (numbers, amounts_module, figures_module):
                patch.setattr(module, "word_at", counted)
            read_figure(words)
        return count

    short, long = looks(piece * 500), looks(piece * 5000)
    assert long <= 11 * short + 100


def test_ten_thousand_digits_state_no_amount():
    assert read_figure("9" * 10_000) == Figure()


def test_a_number_word_that_cannot_continue_ends_the_number():
    number = number_at(tokenize("one one one"), 0)
    assert number is not None
    assert (number.value, number.end) == (1, 1)
