"""Numbers as the parts of a template state them.

Why it exists: a damaged or hostile workbook says "x" or a thousand nines where a number stands; the template is refused
then, in whichever of its parts that is.
"""

from __future__ import annotations

import math
import re

_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,10}\s*")
"""Up to ten digits: no number of a row, look or part needs more."""


class NoNumber(ValueError):
    """What stands where a number belongs is none; `fill.fill_template` says so of the template."""


def whole(stated: str | bytes | None) -> int:
    """A whole number. Raises NoNumber for anything else, and where nothing is stated."""
    text = stated.decode("utf-8", "replace") if isinstance(stated, bytes) else stated or ""
    if not _WHOLE.fullmatch(text):
        raise NoNumber(text[:20])
    return int(text)


def number(stated: str | None) -> float:
    """A number, such as a width. Raises NoNumber for anything else, and for what is not finite."""
    try:
        found = float(stated or "")
    except ValueError as error:
        raise NoNumber((stated or "")[:20]) from error
    if not math.isfinite(found):
        raise NoNumber((stated or "")[:20])
    return found
