"""Words that stand nowhere else, and a look for them in the bytes of everything that lies in a folder."""

import json
from pathlib import Path

SECRET = "Zyxqarwen"
"""In Latin letters; with the others the title of what is erased."""
ARABIC = "قزحيطورنبلا"
EMOJI = "🦩🧿🪬🦩"


def forms(needle: str) -> dict[str, bytes]:
    """A needle as it may lie in a file."""
    escaped = json.dumps(needle)[1:-1]
    return {
        "UTF-8": needle.encode(),
        "UTF-16, little end first": needle.encode("utf-16-le"),
        "UTF-16, big end first": needle.encode("utf-16-be"),
        "escaped as in JSON": escaped.encode(),
        "escaped as in JSON, capitals": escaped.upper().encode(),
        "Latin, small": needle.lower().encode(),
        "Latin, capitals": needle.upper().encode(),
    }


def found_in(folder: Path, *needles: str) -> list[str]:
    """Where needles stand in any file of a folder and those below it: file, needle, form."""
    return [
        f"{file.relative_to(folder)}: {needle} ({form})"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for needle in needles
        for form, data in forms(needle).items()
        if data in file.read_bytes()
    ]
