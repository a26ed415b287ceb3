"""What a cell of a workbook holds, as its kind: text, number, per cent, date, time, yes or no, error, or nothing.

Why it exists: "007" and 7, 50 % and 0.5, 1/2 and the first of February look alike to programs that read values only,
and an analyst means each of them. A spreadsheet keeps the kind in three places (cell type, number format, value),
which are put together here (ECMA-376 part 1, 18.3.1.4, 18.8.30).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from annotate.canonical import canonical
from annotate.report.cells import shown_text


class Percent(float):
    """A number that the cell shows as hundredths: 0.5 as 50 %."""


class CellError(str):
    """What a spreadsheet shows where it could not reckon: #N/A."""


class Unreckoned(str):
    """A formula whose result is not in the file."""


class Escaped(str):
    """Text in which a sign was escaped; `raw` is as it stands in the file, should its writer not know escapes."""

    raw: str


CellValue: TypeAlias = (
    str | bool | int | float | date | datetime | time | Percent | CellError | Unreckoned | Escaped | None
)

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_BUILT_IN_PERCENTS = frozenset({9, 10})
_NO_SIGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What stands in a number format and stands for no part of a number: words, escapes, blanks, colours, currencies."""
_FIRST_DAY = datetime(1899, 12, 30)
_FIRST_DAY_1904 = datetime(1904, 1, 1)
_BEFORE_THE_29TH = 61
"""Excel has a 29 February 1900, so days before it are counted from another first day."""
_MOST_DAYS = 2_958_466
"""After 9999-12-31."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format makes of a number."""

    dated: bool = False
    percent: bool = False


PLAIN = Format()


def format_of(number: int, code: str | None) -> Format:
    """What the built-in format of a number, or a code of the workbook's own, does."""
    if code is None:
        return Format(number in _BUILT_IN_DATES, number in _BUILT_IN_PERCENTS)
    if "[h" in code.lower() or "[m" in code.lower() or "[s" in code.lower():
        return PLAIN  # hours that go on counting beyond the day: a length of time, and a number
    first = _NO_SIGN.sub("", code).partition(";")[0]
    if first.strip().lower() in ("general", "standard", "@"):
        return PLAIN
    return Format(re.search("[ymdhs]", first, re.IGNORECASE) is not None, "%" in first)


def cell_value(
    kind: str, value: str, inline: str, look: Format, shared: Sequence[CellValue], *, formula: bool, from_1904: bool
) -> CellValue:
    """A cell by the type and value that stand in the file. Raises ValueError, IndexError for what is no value."""
    if kind == "s":
        return shared[int(value)] if value else None
    if kind == "inlineStr":
        return text_value(inline)
    if kind == "str":
        return text_value(value)
    if not value:
        return Unreckoned() if formula else None
    if kind == "b":
        return value.strip() in ("1", "true")
    if kind == "e":
        return CellError(value)
    if kind == "d":
        moment = datetime.fromisoformat(value.removesuffix("Z"))
        return _day_or_moment(moment)
    number = float(value)
    if look.dated:
        return _dated(number, from_1904)
    if look.percent:
        return Percent(number)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def text_value(written: str) -> CellValue:
    """Text of a cell in canonical form, with its escapes undone; None for none."""
    if not written:
        return None
    plain = canonical(shown_text(written)).text if "_x" in written else canonical(written).text
    if "_x" in written and plain != written:
        text = Escaped(plain)
        text.raw = canonical(written).text
        return text
    return plain or None


def _dated(number: float, from_1904: bool) -> CellValue:
    if not 0 <= number < _MOST_DAYS:
        return number
    if number < 1 and not from_1904:
        seconds = round(number * 86_400)
        return (datetime.min + timedelta(seconds=seconds)).time() if seconds < 86_400 else number
    first = _FIRST_DAY_1904 if from_1904 else _FIRST_DAY
    if not from_1904 and number < _BEFORE_THE_29TH:
        first += timedelta(days=1)
    return _day_or_moment(first + timedelta(seconds=round(number * 86_400)))


def _day_or_moment(moment: datetime) -> date | datetime:
    return moment.date() if moment.time() == time() else moment


class Styles:
    """The number formats of a workbook, by the numbers that cells name them with."""

    def __init__(self) -> None:
        self.formats: list[Format] = []
        self._codes: dict[int, str] = {}
        self._in_cell_formats = False

    def of(self, style: str | None) -> Format:
        place = int(style) if style and style.isdecimal() else 0
        return self.formats[place] if place < len(self.formats) else PLAIN

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            self._codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cell_formats = True
        elif name == "xf" and self._in_cell_formats:
            number = attributes.get("numFmtId", "0")
            number = number if number.isdecimal() else "0"
            self.formats.append(format_of(int(number), self._codes.get(int(number))))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cell_formats = False

    def words(self, words: str) -> None:
        """Everything stands in the attributes."""


class SharedStrings:
    """The texts that cells name by number, each looked at once. Runs of letters in different looks are one text; how
    signs are read (furigana) is no part of it."""

    def __init__(self) -> None:
        self.strings: list[CellValue] = []
        self._pieces: list[str] = []
        self._reading = 0
        self._in_text = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._reading += 1
        self._in_text = name == "t" and not self._reading

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "si":
            self.strings.append(text_value("".join(self._pieces)))
        elif name == "rPh":
            self._reading -= 1

    def words(self, words: str) -> None:
        if self._in_text:
            self._pieces.append(words)
