"""Editing a figure's fields one by one: whatever is typed, the record states one amount."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import NotAllowed
from annotate.figure_bounds import consistent
from annotate.figures import read_figure
from annotate.model import Figure
from annotate.vocabulary import Bound

numbers = st.none() | st.floats(-1e12, 1e12) | st.integers(-50, 50).map(float)
edits = st.fixed_dictionaries(
    {},
    optional={
        "value": numbers,
        "low": numbers,
        "high": numbers,
        "bound": st.none() | st.sampled_from(list(Bound)),
        "inferred": st.booleans(),
        "counted": st.sampled_from(["", "بيوت", "homes 🏚", "e\u0301tages"]),
    },
)
words = st.sampled_from(
    ["as many as 10,000 civilians", "at least 20", "between 3 and 5 dead", "dozens of homes", "about 40%", "no amount"]
)


def edited(figure: Figure, **fields: object) -> Figure:

    return replace(figure, **consistent(figure, fields))


def states_one_amount(figure: Figure) -> bool:
    """The rules of model.Figure; a number that nobody has typed yet may be missing everywhere."""
    value, low, high = figure.value, figure.low, figure.high
    if figure.inferred != (figure.bound is Bound.VAGUE and low is not None):
        return False
    if figure.bound is Bound.MIN:
        return value == low and high is None
    if figure.bound is Bound.MAX:
        return value == high and low is None
    if figure.bound is Bound.RANGE:
        return value is None and (low is None or high is None or low <= high)
    if figure.bound is Bound.VAGUE:
        return value is None and high is None
    return low is None and high is None


@given(words, st.lists(edits, max_size=8))
def test_a_figure_states_one_amount_after_any_row_of_edits(words: str, edits: list[dict[str, object]]) -> None:
    figure = read_figure(words)
    assert states_one_amount(figure)
    for fields in edits:
        figure = edited(figure, **fields)
        assert states_one_amount(figure), fields


@given(words, edits)
def test_a_number_given_alone_is_kept_as_it_was_given(words: str, fields: dict[str, object]) -> None:
    figure = read_figure(words)
    for name in ("value", "low", "high"):
        if isinstance(number := fields.get(name), float):
            assert getattr(edited(figure, **{name: number}), name) == number


@given(words, edits)
def test_the_bound_that_was_chosen_stays(words: str, fields: dict[str, object]) -> None:
    if "bound" in fields:
        assert edited(read_figure(words), **fields).bound is fields["bound"]


@given(words, edits)
def test_giving_what_stands_there_changes_nothing(words: str, fields: dict[str, object]) -> None:
    figure = edited(read_figure(words), **fields)
    whole = {name: getattr(figure, name) for name in ("value", "low", "high", "bound", "inferred")}
    assert edited(figure, **whole) == figure


def test_other_fields_leave_the_amount_alone() -> None:
    assert consistent(read_figure("up to 30 homes"), {"counted": "houses"}) == {"counted": "houses"}


def test_the_value_of_at_least_moves_with_its_low() -> None:
    figure = read_figure("at least 20 homes")
    assert (edited(figure, low=25.0).value, edited(figure, value=25.0).low) == (25.0, 25.0)


def test_at_least_becomes_at_most_with_the_same_number() -> None:
    figure = edited(read_figure("at least 20 homes"), bound=Bound.MAX)
    assert (figure.value, figure.low, figure.high) == (20.0, None, 20.0)


def test_an_exact_number_becomes_the_low_of_a_range_whose_high_is_still_to_be_typed() -> None:
    figure = edited(read_figure("20 homes"), bound=Bound.RANGE)
    assert (figure.value, figure.low, figure.high) == (None, 20.0, None)
    figure = edited(figure, high=30.0)
    assert (figure.bound, figure.low, figure.high) == (Bound.RANGE, 20.0, 30.0)


def test_a_high_given_to_at_least_makes_a_range() -> None:
    figure = edited(read_figure("at least 20 homes"), high=30.0)
    assert (figure.bound, figure.value, figure.low, figure.high) == (Bound.RANGE, None, 20.0, 30.0)


def test_a_low_typed_above_the_high_empties_the_high_instead_of_turning_the_range_round() -> None:
    figure = edited(read_figure("between 10 and 20 homes"), low=30.0)
    assert (figure.low, figure.high) == (30.0, None)
    assert edited(figure, high=40.0).low == 30.0


def test_emptying_a_number_empties_both_its_places() -> None:
    for name in ("value", "high"):
        figure = edited(read_figure("up to 30 homes"), **{name: None})
        assert (figure.bound, figure.value, figure.high) == (Bound.MAX, None, None)


def test_a_value_typed_for_dozens_is_approximate_and_no_longer_inferred() -> None:
    figure = edited(read_figure("dozens of homes"), value=40.0)
    assert (figure.bound, figure.value, figure.low, figure.inferred) == (Bound.APPROX, 40.0, None, False)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(NotAllowed, match="Type the number"):
        consistent(Figure(), {"value": number})
