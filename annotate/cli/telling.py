"""How commands speak: one line for a person, whatever an article is called."""

from __future__ import annotations

from typing import TextIO


def one_line(words: str) -> str:
    """Words out of articles on one line, without characters that would steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in words).strip()


def take_any_character(stream: TextIO) -> None:
    """A title in any script must not end the command on a terminal that has no letters for it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
