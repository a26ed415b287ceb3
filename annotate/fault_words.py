"""Which messages of errors quote nothing but names of the program, so that they may stand in a log.

The sentences are those of CPython 3.11 to 3.13 and PySide 6. A name in one of them is kept where the program uses
it too (the caller says which it uses) or where it is that of a class; any other is shown as an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

_SENTENCES = frozenset(
    {
        "division by zero",
        "float division by zero",
        "integer division or modulo by zero",
        "integer modulo by zero",
        "list index out of range",
        "list assignment index out of range",
        "string index out of range",
        "tuple index out of range",
        "range object index out of range",
        "pop from empty list",
        "pop from an empty deque",
        "pop from an empty set",
        "pop index out of range",
        "maximum recursion depth exceeded",
        "maximum recursion depth exceeded in comparison",
        "maximum recursion depth exceeded while calling a Python object",
        "dictionary changed size during iteration",
        "dictionary keys changed during iteration",
        "Set changed size during iteration",
        "deque mutated during iteration",
        "I/O operation on closed file.",
        "can't start new thread",
        "generator already executing",
        "generator raised StopIteration",
        "max() arg is an empty sequence",
        "min() arg is an empty sequence",
        "max() iterable argument is empty",
        "min() iterable argument is empty",
        "Cannot operate on a closed database.",
        "This Connection is closed",
        "substring not found",
        "bytes must be in range(0, 256)",
        "math domain error",
        "cannot convert float NaN to integer",
        "cannot convert float infinity to integer",
        "no active exception to reraise",
        "list.remove(x): x not in list",
    }
)
# What follows an ellipsis is left out.
_TEMPLATES = (
    "'NAME' object has no attribute 'NAME'",
    "type object 'NAME' has no attribute 'NAME'",
    "module 'NAME' has no attribute 'NAME'",
    "name 'NAME' is not defined",
    "cannot access local variable 'NAME' where it is not associated with a value",
    "cannot access free variable 'NAME' where it is not associated with a value in enclosing scope",
    "No module named 'NAME'",
    "'NAME' object is not callable",
    "'NAME' object is not iterable",
    "'NAME' object is not subscriptable",
    "'NAME' object is not an iterator",
    "'NAME' object is not reversible",
    "'NAME' object cannot be interpreted as an integer",
    "'NAME' object does not support item assignment",
    "'NAME' object does not support item deletion",
    "'NAME' object does not support the context manager protocol",
    "argument of type 'NAME' is not iterable",
    "argument of type 'NAME' is not a container or iterable",
    "object of type 'NAME' has no len()",
    "unhashable type: 'NAME'",
    "unsupported operand type(s) for SIGN: 'NAME' and 'NAME'",
    "bad operand type for unary SIGN: 'NAME'",
    "'SIGN' not supported between instances of 'NAME' and 'NAME'",
    "NAME() missing NUMBER required positional argument: 'NAME'",
    "NAME() missing NUMBER required positional arguments: 'NAME' and 'NAME'",
    "NAME() missing NUMBER required keyword-only argument: 'NAME'",
    "NAME() got an unexpected keyword argument 'NAME'",
    "NAME() got multiple values for argument 'NAME'",
    "NAME() takes NUMBER positional argument but NUMBER were given",
    "NAME() takes NUMBER positional argument but NUMBER was given",
    "NAME() takes NUMBER positional arguments but NUMBER were given",
    "NAME() takes NUMBER positional arguments but NUMBER was given",
    "NAME() takes from NUMBER to NUMBER positional arguments but NUMBER were given",
    "cannot unpack non-iterable NAME object",
    "not enough values to unpack (expected NUMBER, got NUMBER)",
    "not enough values to unpack (expected at least NUMBER, got NUMBER)",
    "too many values to unpack (expected NUMBER)",
    'can only concatenate NAME (not "NAME") to NAME',
    "must be str, not NAME",
    "sequence item NUMBER: expected str instance, NAME found",
    "expected str, bytes or os.PathLike object, not NAME",
    "expected string or bytes-like object, got 'NAME'",
    "descriptor 'NAME' for 'NAME' objects doesn't apply to a 'NAME' object",
    "cannot assign to field 'NAME'",
    "Object of type NAME is not JSON serializable",
    "NAME indices must be integers or slices, not NAME",
    "NAME indices must be integers, not 'NAME'",
    "Internal C++ object (NAME) already deleted.",
    "'NAME' called with wrong argument types:\n  NAME(NAMES)…",
    "'NAME' called with wrong argument values:…",
    "invalid literal for int() with base NUMBER:…",
    "could not convert string to float:…",
    "invalid isoformat string:…",
    "can't set attribute of 'NAME'",
    "property 'NAME' of 'NAME' object has no setter",
    "property of 'NAME' object has no setter",
    "int too large to convert to NAME",
    'Value NUMBER exceeds limits of type [signed] "NAME" (NUMBERbytes).',
)
_PARTS = {
    "NAME": r"([A-Za-z_][\w.]*(?:<locals>[\w.]*)*)",
    "NAMES": r"((?:[A-Za-z_][\w.]*(?:, )?)*)",
    "NUMBER": r"(?:-?\d+)",
    "SIGN": r"(?:[-+*/%@&|^<>=~!]{1,3}|in|divmod\(\)|\*\* or pow\(\))",
    "…": r"(?P<rest>.*)",
}


def known_sentence(words: str, names: Collection[str]) -> str:
    """The message, with names that the program does not use as an ellipsis; empty where it is none of the known."""
    if words in _SENTENCES:
        return words
    for pattern in _patterns():
        found = pattern.fullmatch(words)
        if found is not None:
            return "".join(_masked(words, found, names))
    return ""


def _masked(words: str, found: re.Match[str], names: Collection[str]) -> Iterator[str]:
    done = 0
    open_ended = "rest" in found.re.groupindex
    for start, end in map(found.span, range(1, found.re.groups + 1 - open_ended)):
        yield words[done:start]
        yield words[start:end] if _all_known(words[start:end], names) else "…"
        done = end
    yield words[done : found.start("rest") if open_ended else None]


def _all_known(dotted: str, names: Collection[str]) -> bool:
    parts = [part for part in re.split(r"\.|<locals>|, ", dotted) if part]
    return all(part in names or part in _class_names() for part in parts)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    made = []
    for template in _TEMPLATES:
        pieces = re.split(r"(NAMES|NAME|NUMBER|SIGN|…)", template)
        pattern = "".join(_PARTS.get(piece, re.escape(piece)) for piece in pieces)
        made.append(re.compile(pattern, re.DOTALL))
    return tuple(made)


@lru_cache(maxsize=1)
def _class_names() -> frozenset[str]:
    """Names of all classes and of the modules they come from: code, and no words of anybody."""
    names: set[str] = set()
    waiting: list[type] = [object]
    seen: set[type] = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        names.add(kind.__name__)
        names.update(str(kind.__module__).split("."))
        waiting += type.__subclasses__(kind)
    return frozenset(names)
