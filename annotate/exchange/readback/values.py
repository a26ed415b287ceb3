"""Whether a cell still holds what was written into it, and what a cell holds where a record wants a number or a date.

Why it exists: other programs make 7 of "007", a day of "1/2" and text of 40, and none of that is anything that a
colleague has done. What a program made of a value counts as that value; what a person typed is read as they mean it.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from annotate.canonical import canonical
from annotate.errors import NotAllowed
from annotate.exchange.readback.cells import CellError, CellValue, Escaped, Percent, Unreckoned
from annotate.importers.stated_date import published_in
from annotate.report.cells import shown_text
from annotate.report.tables import Amount, Link, Value
from annotate.vocabulary import Choice, Precision

_BLANKS = re.compile(r"[\s\u00a0\u202f'’]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+$")
_FRACTION = re.compile(r"([+-]?\d+)[/⁄](\d+)$")
_SHORT_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-]\d{2,4})?$")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_DAY_ZERO = date(1899, 12, 30)
_MOMENT_ZERO = datetime(1899, 12, 30)
_DAYS = range(7_306, 73_050)
"""Numbers that may well be days whose format was lost: those of 1920 to 2099."""
_YEARS = range(1900, 2101)
"""Numbers of days that were years when somebody typed them."""
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Day:
    """A date as exactly as it is given: the first day of its year, month or itself."""

    on: date
    precision: Precision

    @property
    def last(self) -> date:
        """The last day of the stretch."""
        if self.precision is Precision.YEAR:
            return self.on.replace(month=12, day=31)
        if self.precision is Precision.MONTH:
            return self.on.replace(day=monthrange(self.on.year, self.on.month)[1])
        return self.on


def same(value: Value, cell: CellValue) -> bool:
    """Whether a cell holds a value as it was written, also where another program has changed its kind."""
    if isinstance(value, Link):
        value = value.text
    elif isinstance(value, Amount):
        value = value.value
    if value is None or value == "":
        return cell is None or (
            isinstance(cell, str) and not isinstance(cell, CellError | Unreckoned) and not cell.strip()
        )
    if isinstance(value, str):
        return _same_text(value, cell)
    if isinstance(value, date):  # a datetime is one too
        return _same_date(value, cell)
    return _same_number(float(value), cell)


def shown_value(value: Value) -> str:
    """A value of a sheet as a person reads it."""
    if isinstance(value, Link):
        return shown_cell(value.text)
    if isinstance(value, Amount):
        return shown_cell(value.value)
    return shown_cell(value)


def shown_cell(cell: CellValue) -> str:
    """A cell as a person reads it: dates as 2024-05-17, numbers in full, per cents with their sign."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, Percent):
        return f"{_number_words(float(cell) * 100)}%"
    if isinstance(cell, int | float):
        return _number_words(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds").removesuffix(":00")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds").removesuffix(":00")
    if isinstance(cell, Unreckoned):
        return "a formula without a result"
    return str(cell)


def text_in(cell: CellValue) -> str:
    """The words that a cell holds, whatever its kind. Raises NotAllowed for an error or a formula without a result."""
    if isinstance(cell, CellError):
        raise NotAllowed(f"The cell shows the error {cell}. Type what it should say.")
    if isinstance(cell, Unreckoned):
        raise NotAllowed("The cell holds a formula without a result. Open the workbook in Excel and save it.")
    return shown_cell(cell)


def number_in(cell: CellValue, *, hundredths: bool = False) -> float | None:
    """The number a cell holds; per cents count as whole ones with `hundredths` (45 for 45 %), else as parts of one.

    Raises NotAllowed for anything else.
    """
    words = text_in(cell)
    if isinstance(cell, Percent):
        return round(float(cell) * 100, 10) if hundredths else float(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if not words.strip():
        return None
    number = None if isinstance(cell, date | time | bool) else _number_of(words, hundredths=hundredths)
    if number is None or not math.isfinite(number):
        raise NotAllowed(f"“{_short(words)}” is not a number. Write it in digits, such as 3200 or 12.5.")
    return number


def day_in(cell: CellValue) -> Day | None:
    """The date a cell holds. Raises NotAllowed for anything else."""
    words = text_in(cell)
    if isinstance(cell, datetime):
        return Day(cell.date(), Precision.DAY)
    if isinstance(cell, date):
        if (year := (cell - _DAY_ZERO).days) in _YEARS:
            raise NotAllowed(
                f"{words} is what a sheet makes of the year {year} in a date cell. Write it with an apostrophe, "
                f"'{year}."
            )
        return Day(cell, Precision.DAY)
    if not words.strip():
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _DAYS:
        on = _DAY_ZERO + timedelta(days=int(cell))
        raise NotAllowed(f"{words} is how a sheet counts the day {on} where the cell has no date format. Write {on}.")
    day = None if isinstance(cell, bool | time) else _day_of(words.strip())
    if day is None:
        raise NotAllowed(f"“{_short(words)}” is not a date. Write it as 2024-05-17, 2024-05 or 2024.")
    return day


def entry_in(cell: CellValue, choices: type[Choice]) -> Choice | None:
    """The entry of a closed list that a cell names by its label or value, whatever its case. Raises NotAllowed."""
    words = text_in(cell)
    wanted = _key(words)
    if not wanted:
        return None
    for entry in choices:
        if wanted in (_key(entry.label), _key(entry.value), _key(entry.name)):
            return entry
    listed = ", ".join(entry.label for entry in choices)
    raise NotAllowed(f"“{_short(words)}” is not on the list. Allowed are: {listed}.")


def _same_text(text: str, cell: CellValue) -> bool:
    if cell is None:
        return not canonical(text).text.strip()
    if isinstance(cell, str):
        if cell == text:
            return True
        text = canonical(text).text.strip()
        return (
            cell.strip() == text
            or (isinstance(cell, Escaped) and cell.raw.strip() == text)
            or _bare(cell) == _bare(text)
        )
    words = text.strip()
    if isinstance(cell, bool):
        return words.upper() == str(cell).upper()
    if isinstance(cell, int | float):
        number = _number_of(words, hundredths=False)
        return number is not None and _near(number, float(cell))
    if isinstance(cell, time):
        return words in (cell.isoformat("minutes"), cell.isoformat("seconds"))
    on = cell.date() if isinstance(cell, datetime) else cell
    day, short = _day_of(words), _SHORT_DATE.match(words)
    if day is not None and day.on == on:
        return True
    return short is not None and {int(short[1]), int(short[2])} == {on.day, on.month}


def _bare(text: str) -> str:
    """Text without what LibreOffice loses: tabs in cells with links, and escapes of escapes."""
    while "_x" in text and (plain := shown_text(text)) != text:
        text = canonical(plain).text
    return text.replace("\t", "").strip()


def _same_date(value: date, cell: CellValue) -> bool:
    if isinstance(value, datetime):
        if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < _DAYS.stop:
            cell = _MOMENT_ZERO + timedelta(days=float(cell))  # its format was lost, as that of a day may be
        if isinstance(cell, datetime):
            return abs(cell - value) < timedelta(minutes=1)
        if value.time() != time():
            return isinstance(cell, str) and cell.replace("T", " ").startswith(value.isoformat(" ", "minutes"))
        value = value.date()
    if isinstance(cell, datetime):
        return cell.date() == value
    if isinstance(cell, date):
        return cell == value
    if isinstance(cell, bool | time) or cell is None:
        return False
    if isinstance(cell, int | float):  # the serial number of a day whose format was lost
        return cell == (value - _DAY_ZERO).days
    day = _day_of(cell.strip())
    return day is not None and day.on == value and day.precision is Precision.DAY


def _same_number(number: float, cell: CellValue) -> bool:
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, int | float):
        return _near(number, float(cell)) or (isinstance(cell, Percent) and _near(number, float(cell) * 100))
    if isinstance(cell, str):
        read = [_number_of(cell, hundredths=hundredths) for hundredths in (False, True)]
        return any(one is not None and _near(number, one) for one in read)
    return False


def _near(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=_CLOSE)


def _number_of(words: str, *, hundredths: bool) -> float | None:
    words = _BLANKS.sub("", words)
    percent = words.endswith(("%", "٪", "％"))
    words = words[:-1] if percent else words
    fraction = _FRACTION.match(words)
    try:
        if fraction:
            number = int(fraction[1]) / int(fraction[2])
        elif _GROUPED.match(words):
            number = float(words.replace(",", ""))
        elif _DECIMAL_COMMA.match(words):
            number = float(words.replace(",", "."))
        else:
            number = float(words.replace("−", "-")) if "_" not in words else math.nan
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if not math.isfinite(number):
        return None
    return number / 100 if percent and not hundredths else number


def _day_of(words: str) -> Day | None:
    iso = _ISO.match(words)
    try:
        if iso:
            year, month, day = (int(part) if part else None for part in iso.groups())
            precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
            return Day(date(year or 0, month or 1, day or 1), precision)
    except ValueError:
        return None
    published = published_in(words)
    if published.on is None:
        return None
    return Day(
        published.on, Precision.DAY if published.precision is Precision.TIME else published.precision or Precision.DAY
    )


def _number_words(number: float) -> str:
    if isinstance(number, int) or (number.is_integer() and abs(number) < 1e15):
        return str(int(number))
    return f"{number:.15g}"


def _key(words: str) -> str:
    return re.sub(r"[\s_-]", "", words).casefold()


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:60]}…"
