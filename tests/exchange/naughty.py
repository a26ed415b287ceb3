"""Strings that programs stumble over: those of the shared list, and some that news text has as a matter of course."""

import json
from pathlib import Path

EVERYDAY = [
    "Water over the old town 🌊🇺🇦",
    "👩‍👩‍👧‍👦 said “no”, 👍🏽 agreed",
    "قال شهود إن السد انهار",
    "e\u0301 and n\u0303\u0325",
    "one\r\ntwo\rthree\nfour\u2028five\u2029six\x85seven",
    "\ufeffbegins with a mark",
    "tab\there, form\x0cfeed, bell\x07, NUL\x00",
    '"quoted", and; more\ttext',
    "half of a character \ud83c and a whole \ud83c\udf0a",
    "\uffff and \ufdd0 and \u202eabc\u202c",
]


def naughty_strings(shared: Path) -> list[str]:
    """The list of naughty strings in the folder `shared`, and the everyday ones."""
    listed = json.loads((shared / "hostile" / "strings" / "blns.json").read_text(encoding="utf-8"))
    return [text for text in listed if text] + EVERYDAY
