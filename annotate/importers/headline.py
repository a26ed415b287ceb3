"""A title for an article that states none: its first line where that looks like a headline."""

from __future__ import annotations

from pathlib import PurePath

LONGEST = 200
"""Code points; headlines of news sites stay well below, opening paragraphs seldom do."""

_SENTENCE_ENDS = (".", "…", "。", "।", "۔", ",", ";", ":", "،")


def first_line(text: str) -> str:
    """The first line with words in it, without white space around it; empty where there is none."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def headline_of(text: str) -> str | None:
    """The first line, if it has letters or digits, is short and does not end like a sentence of the body."""
    line = first_line(text)
    if not any(map(str.isalnum, line)) or len(line) > LONGEST or line.endswith(_SENTENCE_ENDS):
        return None
    return line


def guessed_title(text: str, name: str) -> str:
    """The headline, or else the file's name without its ending."""
    return headline_of(text) or PurePath(name).stem or name


def shortened(line: str, longest: int = 80) -> str:
    """A line cut at a space, with an ellipsis, to at most so many code points."""
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip() + "…"
