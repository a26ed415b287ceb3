"""Keeps a figure saying one thing only while its fields are edited one by one.

Why it exists: a form changes one field at a time, but value, low, high, bound and inferred state one amount together
(see model.Figure). What the analyst has just set leads, and the other fields follow; a number that would contradict
it is left empty rather than guessed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from annotate.errors import NotAllowed
from annotate.model import Figure
from annotate.vocabulary import Bound

NUMBERS = ("value", "low", "high")


def consistent(figure: Figure, fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` with all that follows from them for `figure`, by the names of model.Figure.

    A low or high given to an amount without room for it makes room: exact becomes at least, at most or a range. A
    low above the high that stood there empties the high, and the other way round. Raises NotAllowed for numbers that
    are no amounts (infinite, not a number).
    """
    if not fields.keys() & {*NUMBERS, "bound", "inferred"}:
        return dict(fields)
    given = {name: fields[name] for name in NUMBERS if fields.get(name) is not None}
    if not all(math.isfinite(number) for number in given.values()):
        raise NotAllowed("An amount is a number that can be written out. Type the number, or leave the field empty.")
    bound = fields["bound"] if "bound" in fields else _bound_for(figure.bound, given)
    numbers = _range(figure, fields, given) if bound is Bound.RANGE else _single(figure, fields, given, bound)
    inferred = bound is Bound.VAGUE and numbers["low"] is not None
    return {**fields, **numbers, "bound": bound, "inferred": inferred}


def _bound_for(bound: Bound | None, given: Mapping[str, float]) -> Bound | None:
    """The bound that has room for the numbers given, as near to the old one as can be."""
    low, high = "low" in given, "high" in given
    if bound is Bound.RANGE:
        return Bound.EXACT if "value" in given and not (low or high) else bound
    if (low and high) or (high and bound in (Bound.MIN, Bound.VAGUE)) or (low and bound is Bound.MAX):
        return Bound.RANGE
    if bound is Bound.VAGUE:
        return Bound.APPROX if "value" in given and not low else bound
    return Bound.MIN if low else Bound.MAX if high else bound


def _single(
    figure: Figure, fields: Mapping[str, Any], given: Mapping[str, float], bound: Bound | None
) -> dict[str, float | None]:
    """Value, low and high of an amount with one number: what was given, else what stood there and was not emptied."""
    names = _LEADING.get(bound, NUMBERS)
    old = {name: getattr(figure, name) for name in names}
    emptied = any(name in fields and old[name] is not None for name in names)
    known: Mapping[str, float | None] = given if given or emptied else old
    number = next((known[name] for name in names if known.get(name) is not None), None)
    return {
        "value": None if bound is Bound.VAGUE else number,
        "low": number if bound in (Bound.MIN, Bound.VAGUE) else None,
        "high": number if bound is Bound.MAX else None,
    }


_LEADING: dict[Bound | None, tuple[str, ...]] = {
    Bound.MIN: ("low", "value", "high"),
    Bound.VAGUE: ("low", "value", "high"),
    Bound.MAX: ("high", "value", "low"),
}
"""Where the number of a bound is looked for first, where it is not the value."""


def _range(figure: Figure, fields: Mapping[str, Any], given: Mapping[str, float]) -> dict[str, float | None]:
    low = fields.get("low", figure.low)
    high = fields.get("high", figure.high)
    if low is None and high is None:
        low = fields.get("value", figure.value)
    if low is not None and high is not None and low > high:
        if "low" in given and "high" in given:
            low, high = high, low
        elif "low" in given:
            high = None
        else:
            low = None
    return {"value": None, "low": low, "high": high}
