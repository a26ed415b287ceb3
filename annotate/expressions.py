"""Regular expressions that an analyst types, kept from holding anything up.

The `regex` module ends a search after a given time, but not the reading of an expression: a count of a million, or
counts within counts, are written out there and take gigabytes before the search begins. Such an expression is
therefore refused by its looks, and so is what no search for words needs and has no bounds of its own: recursion,
approximate matching, verbs, searching backwards.

An expression sees the text as it is written, but for two things that nobody can see: every blank is a space and every
line end a line feed, so ^ and $ stand at all of them. Both keep the length of the text.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotate.errors import NotAllowed, TooSlow

if TYPE_CHECKING:
    from regex import Pattern

LARGEST_WEIGHT = 4_000
"""Characters that an expression may come to with its repeats written out, each * and + within another counted twice."""

_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_GROUP = re.compile(r"\?(?:[:=!>|]|<[=!]|P?<[^\W\d]\w*>|P=\w+\)|[aims]+\)|[aims]+:)")
_COUNT = re.compile(r"\{(\d*)(?:(,)(\d*))?\}")
_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:[pP]\{[^}]*\}|N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|g<\w+>|.)", re.DOTALL)
_SAID = {
    "bad escape": "An escape that means nothing",
    "missing )": "A closing bracket ) is missing",
    "unbalanced parenthesis": "A closing bracket ) too many",
    "unterminated character set": "A closing bracket ] is missing",
    "nothing to repeat": "Nothing stands before the repeat",
    "multiple repeat": "Two repeats in a row",
    "bad character range": "The range is the wrong way round",
    "unknown property": "An unknown property",
}
"""The module's reasons in the analyst's words; others are told as they come."""


def with_plain_blanks(text: str) -> str:
    """The text as expressions see it: of the same length, all blanks spaces (tabs stay) and all line ends LF."""
    if text.isascii() and text.isprintable():
        return text
    for character in set(text):
        if character in _LINE_ENDS:
            text = text.replace(character, "\n")
        elif character.isspace() and character not in "\t\n ":
            text = text.replace(character, " ")
    return text


def compiled(expression: str, *, case: bool) -> Pattern[str]:
    """The expression, ready to search; `case`: capital and small letters are told apart.

    Raises NotAllowed saying in a few words what is wrong, and after which character where that is known.
    """
    import regex  # 20 ms that only searching needs

    _weigh(expression)
    try:
        return regex.compile(expression, regex.VERSION0 | regex.MULTILINE | (0 if case else regex.IGNORECASE))
    except regex.error as error:
        reason, _, place = str(error).partition(" at position ")
        at = int(place) if place.isdigit() and int(place) < len(expression) else None
        raise _refused(_SAID.get(reason, reason.capitalize()), at) from None
    except (ValueError, OverflowError, RecursionError) as error:
        raise _refused(str(error).capitalize(), None) from None


def matches(text: str, pattern: Pattern[str], seconds: float) -> Iterator[tuple[int, int]]:
    """Start and end (code points) of each match that holds something, from left to right.

    Other threads go on meanwhile. Raises TooSlow when all of it takes longer than `seconds`, or too much memory.
    """
    until = time.monotonic() + seconds
    try:
        for match in pattern.finditer(text, timeout=seconds, concurrent=True):
            if match.end() > match.start():
                yield match.span()
            if time.monotonic() > until:  # of the module's own clock only single matches are sure
                raise TimeoutError
    except (TimeoutError, MemoryError):
        raise TooSlow("Too slow, make it simpler") from None


def literal(words: str) -> str:
    """The expression that finds just these words."""
    import regex

    return str(regex.escape(words, special_only=True, literal_spaces=True))


def _weigh(expression: str) -> None:
    """Refuse what would take too much time or room before a search could be ended."""
    open_groups: list[int] = []  # the weights of what stands before each open group
    weight = piece = 0  # of the present group so far, and of the last piece of it, which a repeat multiplies
    at = 0
    while at < len(expression):
        character, end = expression[at], at + 1
        if character == "(":
            end = _after_opening(expression, at)
            open_groups.append(weight)
            weight = piece = 0
            character = expression[end - 1]  # what only sets a flag or refers back is closed already
        if character == ")" and open_groups:
            piece = weight + 1
            weight = open_groups.pop() + piece
        elif character in "*+{":
            end, times = _after_count(expression, at) if character == "{" else (end, 2)
            weight += piece * (times - 1)
            piece *= times
        elif character not in "(?|":
            known = _ESCAPE.match(expression, at) or _CLASS.match(expression, at)
            end = known.end() if known else end
            piece = 1
            weight += piece
        if weight > LARGEST_WEIGHT:
            raise _refused("Too many repeats", at)
        at = end


def _after_opening(expression: str, at: int) -> int:
    """The place after what opens a group, the name or the sign that says what it is for included."""
    if not expression.startswith(("(?", "(*"), at):
        return at + 1
    opening = _GROUP.match(expression, at + 1)
    if opening is None:
        raise _refused(f"What begins with {expression[at : at + 2]} is not for searching here", at)
    return opening.end()


def _after_count(expression: str, at: int) -> tuple[int, int]:
    """The place after a count in braces and how often it repeats at most; braces that count nothing are refused."""
    count = _COUNT.match(expression, at)
    if count is None or not (count[1] or count[3]):
        raise _refused("A number is missing in { }; write \\{ for the brace itself", at)
    numbers = [int(digits[:9]) for digits in (count[1], count[3]) if digits]
    return count.end(), max(2, *numbers)


def _refused(reason: str, at: int | None) -> NotAllowed:
    place = "" if at is None else f", at character {at + 1}"
    return NotAllowed(f"{reason}{place}")
