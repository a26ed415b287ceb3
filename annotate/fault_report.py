"""What may be written down of an error nobody expected: where it happened, and never what it happened to.

A report is read by people who must not see what the analyst works on, so it is made of what the program's own files
hold: names of files in the program, lines, functions, kinds of errors. The message of an exception is the danger,
since it often quotes a value, and so are local variables. Locals are never looked at, and a message is kept only
where it is known to quote nothing: it stands word for word in the program, or it is one of the interpreter's own
sentences about names that the program uses.
"""

from __future__ import annotations

import errno
import hashlib
import linecache
import os
import platform
import re
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from traceback import clear_frames, walk_tb
from types import CodeType, TracebackType

from annotate import __version__
from annotate.fault_words import known_sentence

ROOT = Path(__file__).resolve().parents[1]
"""The program's own folder; what lies in it is named from here."""

_ROOMS = ("annotate", "ui", "main.py")
_MOST_FRAMES = 40
"""Of one error; of more, the first and the last half are kept."""
_WIDTH = 92
"""Characters of a line with values in it."""
_MOST_CAUSES = 8
_OVERRIDE = re.compile(r"^(?:Error calling Python override of [\w:]+(?:\(\))?: )+")
"""What PySide writes before the message of an error in a method that Qt called."""


@dataclass(frozen=True)
class Frame:
    """One line of a traceback; `source` is the program's own line, empty for other people's files."""

    file: str
    line: int
    function: str
    source: str = ""


@dataclass(frozen=True)
class Fault:
    """One unexpected error, as it may be written down."""

    key: str
    """Eight hexadecimal digits: the same for the same kind of error at the same place."""
    kind: str
    """The error's type, like ValueError."""
    where: str
    """Where it reached the program's edge, like "in a job"."""
    text: str
    """The traceback, several lines."""


def fault_of(error: BaseException, where: str) -> Fault:
    """What may be told of an error; its frames are looked at and not kept."""
    lines: list[str] = []
    places: list[object] = []
    for number, (one, relation) in enumerate(_chain(error)):
        frames = frames_of(one.__traceback__)
        codes = [frame.f_code for frame, _line in walk_tb(one.__traceback__)]
        if number:
            lines += ["", relation, ""]
        if frames:
            lines.append("Traceback (most recent call last):")
            lines += _shown(frames)
        message = message_of(one, codes)
        lines.append(f"{kind_of(one)}: {message}" if message else kind_of(one))
        lines += [f"  one of several: {kind_of(inner)}" for inner in getattr(one, "exceptions", ())[:_MOST_CAUSES]]
        places.append((kind_of(one), [(frame.file, frame.line) for frame in frames]))
    key = hashlib.sha256(repr(places).encode()).hexdigest()[:8]
    return Fault(key, kind_of(error), where, "\n".join(lines))


def remark(kind: str, words: str) -> Fault:
    """Something that was only warned of; `words` hold nothing of the analyst's."""
    key = hashlib.sha256(f"{kind} {words}".encode()).hexdigest()[:8]
    return Fault(key, kind, "a warning", f"{kind}: {words}")


def kind_of(error: BaseException) -> str:
    """ValueError, sqlalchemy.exc.OperationalError: the type with its module, where that is not Python's own."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def frames_of(trace: TracebackType | None) -> list[Frame]:
    """A traceback, outermost first, without anything that a variable holds."""
    return [
        Frame(
            shown_file(frame.f_code.co_filename),
            line,
            frame.f_code.co_qualname,
            linecache.getline(frame.f_code.co_filename, line).strip() if _is_own(frame.f_code.co_filename) else "",
        )
        for frame, line in walk_tb(trace)
    ]


@lru_cache(maxsize=512)
def shown_file(name: str) -> str:
    """A file of the program, a library or Python from its own folder on; anything else is only "elsewhere"."""
    if name.startswith("<"):
        return name if re.fullmatch(r"<(string|stdin|unknown|frozen [\w.]+)>", name) else "<made while running>"
    path = Path(name)
    parts = path.parts
    for place in ("site-packages", "dist-packages"):
        if place in parts:
            return "/".join(parts[parts.index(place) + 1 :])
    if _is_own(name):
        return path.relative_to(ROOT).as_posix()
    for folder in {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}:
        if folder and path.is_relative_to(folder):
            return f"python/{path.relative_to(folder).as_posix()}"
    return name if parts[:1] in (("shibokensupport",), ("signature",)) else "elsewhere"


def message_of(error: BaseException, codes: Sequence[CodeType]) -> str:
    """The message where it is known to quote nothing, else how long it was. `codes`: what the error went through."""
    try:
        words = _OVERRIDE.sub("", str(error))
    except Exception:  # a message that cannot even be made is one more reason to leave it out
        return "(its message cannot be read)"
    known = _of_the_system(error) or _of_the_database(error)
    if known:
        return known
    own = [code for code in codes if _is_program(code.co_filename)]
    constants = {one for code in own for one in _constants(code)}
    if not words or words in constants:
        return words
    names = constants.union(*(_names(code) for code in own))
    if isinstance(error, KeyError):
        return _key(error, names)
    if sentence := known_sentence(words, names):
        return sentence
    return f"(message left out, {len(words):,} characters)"


def report(fault: Fault, about: Sequence[tuple[str, str]], last_used: Sequence[str] = ()) -> str:
    """All of a fault as plain text: when and where, what is running (`about`, from `versions`), what was done last."""
    head = [("Time", f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"), ("Fault", f"{fault.key}, {fault.where}"), *about]
    if last_used:
        head.append(("Last used", ", ".join(last_used)))
    return "\n".join([*aligned(head), "", fault.text, ""])


def aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Labels and values in two columns, long values in several lines."""
    width = max((len(label) for label, _value in pairs), default=0) + 2
    return [
        line
        for label, value in pairs
        for line in wrap(value, _WIDTH, initial_indent=f"{label:<{width}}", subsequent_indent=" " * width)
    ]


def versions() -> list[tuple[str, str]]:
    """What is running: the program, Python, SQLite, the system; never the computer's or a person's name."""
    from sqlite3 import sqlite_version

    return [
        ("Provenote", __version__),
        ("Python", platform.python_version()),
        ("SQLite", sqlite_version),
        ("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
    ]


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """The error as it came out first, then what it came from, each once, with how the two hang together."""
    seen: set[int] = set()
    relation = ""
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(seen) < _MOST_CAUSES:
        seen.add(id(one))
        yield one, relation
        if one.__cause__ is not None:
            one, relation = one.__cause__, "It was raised because of this:"
        elif one.__context__ is not None and not one.__suppress_context__:
            one, relation = one.__context__, "It was raised while this was dealt with:"
        else:
            return


def _shown(frames: Sequence[Frame]) -> Iterator[str]:
    half = _MOST_FRAMES // 2
    left_out = len(frames) - _MOST_FRAMES
    for number, frame in enumerate(frames):
        if left_out > 0 and half <= number < len(frames) - half:
            if number == half:
                yield f"  … {left_out:,} more …"
            continue
        yield f'  File "{frame.file}", line {frame.line}, in {frame.function}'
        if frame.source:
            yield f"    {frame.source}"


@lru_cache(maxsize=512)
def _is_own(name: str) -> bool:
    path = Path(name)
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in _ROOMS


def _is_program(name: str) -> bool:
    """Whether a file's constants are the program's or a library's, and nothing that came in."""
    return not shown_file(name).startswith(("elsewhere", "<"))


def _constants(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple):  # the names of keyword arguments
            yield from (one for one in constant if isinstance(one, str))


def _names(code: CodeType) -> frozenset[str]:
    return frozenset((code.co_name, *code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars))


def _key(error: KeyError, names: set[str]) -> str:
    key = error.args[0] if len(error.args) == 1 else error.args
    if isinstance(key, Enum):
        return f"{type(key).__name__}.{key.name}"
    if key is None or isinstance(key, bool | int) or (isinstance(key, str) and key in names):
        return repr(key)
    return f"(a key left out, a {type(key).__name__})"


def _of_the_system(error: BaseException) -> str:
    """What the operating system said, without the file it said it about; where text could not be read, without it."""
    if isinstance(error, OSError) and isinstance(error.errno, int):
        return f"[{errno.errorcode.get(error.errno, error.errno)}] {os.strerror(error.errno)}"
    if isinstance(error, UnicodeDecodeError | UnicodeEncodeError):
        return f"at {error.start:,} to {error.end:,} of {len(error.object):,}"
    return ""


def _of_the_database(error: BaseException) -> str:
    """SQLite's name for what went wrong; statements, parameters and quoted words are left out."""
    name = getattr(getattr(error, "orig", error), "sqlite_errorname", None)
    return name if isinstance(name, str) and re.fullmatch(r"SQLITE_[A-Z_]+", name) else ""


def let_go(error: BaseException) -> None:
    """Let go of everything the frames of an error hold: a painter among it would go on painting, and so crash."""
    for one, _relation in _chain(error):
        clear_frames(one.__traceback__)
    for name in ("last_exc", "last_value", "last_traceback", "last_type"):
        if hasattr(sys, name):
            delattr(sys, name)
