"""The numbers of an amount, as tests compare them."""

from __future__ import annotations

from annotate.model import Figure
from annotate.vocabulary import Bound


def amounts(figure: Figure) -> dict[str, float]:
    held = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {name: number for name, number in held.items() if number is not None}


def expected_amounts(bound: Bound, number) -> dict[str, float]:
    """Value, low and high as the model demands for a bound."""
    if bound is Bound.RANGE:
        return {"low": number[0], "high": number[1]}
    return {
        Bound.VAGUE: {"low": number},
        Bound.MIN: {"value": number, "low": number},
        Bound.MAX: {"value": number, "high": number},
    }.get(bound, {"value": number})
