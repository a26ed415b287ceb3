"""A figure in a few signs, for lists, chips and tables: "≤ 10,000 civilians", "4–6 missing".

Why it exists: everywhere a figure is listed it should look the same, and sheets and screen should not differ.
"""

from __future__ import annotations

from fractions import Fraction

from annotate.model import Figure
from annotate.vocabulary import Bound, FigureKind

_SIGNS = {Bound.APPROX: "≈ ", Bound.MIN: "≥ ", Bound.MAX: "≤ "}
_CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_IRREGULAR = {"feet": "foot", "inches": "inch", "centuries": "century"}
_VAGUE_WORDS = {10: "tens", 12: "dozens", 20: "scores"}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def format_amount(figure: Figure) -> str:
    """A figure in short, "" where it holds no amount."""
    if figure.bound is Bound.VAGUE:
        return _vague(figure)
    if figure.bound is Bound.RANGE and figure.low is not None and figure.high is not None:
        numbers = (figure.low, figure.high)
    else:
        number = next((n for n in (figure.value, figure.low, figure.high) if n is not None), None)
        if number is None:
            return ""
        numbers = (number, number)
    sign = _SIGNS.get(figure.bound, "") if figure.bound else ""
    return sign + _with_unit(_span(figure, *numbers), figure, one=numbers == (1.0, 1.0))


def _vague(figure: Figure) -> str:
    """ "dozens of homes (≥ 12)", or "≥ 300 people" where the low is no vague word's own."""
    if figure.low is None:
        return ""
    least = _number(figure.low)
    words = _vague_words(figure.low)
    if figure.qualifier or not words:
        return f"≥ {_with_unit(_span(figure, figure.low, figure.low), figure, one=False)}"
    thing = " ".join(part for part in (figure.unit, figure.counted) if part)
    return f"{words} of {thing} (≥ {least})" if thing else f"{words} (≥ {least})"


def _vague_words(low: float) -> str:
    for scale, name in (*_SCALES, (1e3, "thousand"), (100.0, "hundred")):
        times = low / scale
        if times == 1:
            return f"{name}s"
        if times in (10, 100):
            return f"{'tens' if times == 10 else 'hundreds'} of {name}s" if scale >= 1e3 else ""
    return _VAGUE_WORDS.get(int(low), "")


def _span(figure: Figure, low: float, high: float) -> str:
    """One number or two, with currency sign and scale."""
    code, _, _ = figure.unit.partition(" per ")
    before = _CURRENCIES.get(code, "") if figure.kind is FigureKind.MONEY else ""
    if figure.kind is FigureKind.FRACTION:
        return as_fraction(low) if low == high else f"{as_fraction(low)}–{as_fraction(high)}"
    if low == high:
        return f"-{before}{_number(-low)}" if low < 0 else f"{before}{_number(low)}"
    return f"{before}{_number(low)}{' to ' if low < 0 else '–'}{before}{_number(high)}"


def _with_unit(amount: str, figure: Figure, *, one: bool) -> str:
    code, per, noun = figure.unit.partition("per ")
    unit = code.strip()
    if figure.kind is FigureKind.MONEY and unit in _CURRENCIES:
        unit = ""
    if figure.kind is FigureKind.AGE:
        unit = f"{unit} old"
    if one and figure.kind in (FigureKind.DURATION, FigureKind.RATE, FigureKind.MEASURE):
        unit = _singular(unit)
    tight = unit in ("%", "‰")
    if figure.counted and (figure.kind is FigureKind.FRACTION or tight or unit):
        thing = f"of {figure.counted}"
    else:
        thing = figure.counted
    joined = amount + unit if tight else f"{amount} {unit}".strip()
    return " ".join(part for part in (joined, thing, f"per {noun}" if per else "") if part)


def _singular(unit: str) -> str:
    """ "cubic metre" of "cubic metres"; signs such as bps stay, and Celsius."""
    before, blank, last = unit.rpartition(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif len(last) > 3 and last.islower():
        last = last.removesuffix("s")
    return f"{before}{blank}{last}"


def as_fraction(value: float) -> str:
    """A part of a whole as people write it: 1/3."""
    near = Fraction(value).limit_denominator(1000)
    return f"{near.numerator}/{near.denominator}" if near.denominator > 1 else str(near.numerator)


def _number(value: float) -> str:
    """A number with thousands separators; millions and more in words where that is as exact."""
    for scale, name in _SCALES:
        if abs(value) >= scale:
            scaled = value / scale
            return f"{scaled:,.10g} {name}" if round(scaled, 3) == scaled else _plain(value)
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6f}".rstrip("0")
