"""The words that rules go by are data: well-formed, read by somebody, and consistent with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from annotate import speech_words
from annotate.word_lists import FOLDER, WordLists, any_of

FILES = sorted(FOLDER.glob("*.toml"))
PROGRAM = Path(__file__).resolve().parents[1] / "annotate"


def lists(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def texts(file: Path) -> list[tuple[str, str]]:
    """Every list of a file with its name."""
    found = []
    for name, entry in lists(file).items():
        entries = entry.items() if isinstance(entry, dict) else [(name, entry)]
        found += [(f"{name}.{key}", text) for key, text in entries if isinstance(text, str)]
    return found


def test_there_are_lists() -> None:
    assert [file.stem for file in FILES] == ["amounts", "claims_list", "sharing", "sources", "speech"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_list_is_read(file: Path) -> None:
    source = next(
        source for path in PROGRAM.rglob("*.py") if f'WordLists("{file.stem}")' in (source := path.read_text("utf-8"))
    )
    assert [name for name in lists(file) if f'"{name}"' not in source] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_word_stands_twice_in_a_list(file: Path) -> None:
    for name, text in texts(file):
        entries = [entry.strip() for entry in text.split(",")] if "," in text else text.split()
        assert sorted(entries) == sorted(set(entries)), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_words_are_in_lower_case_but_for_names_as_they_are_written(file: Path) -> None:
    as_written = {"agencies.agencies", "unit_signs.unit_signs", "currency_codes.currency_codes"}
    assert [name for name, text in texts(file) if text != text.lower() and name not in as_written] == []


def test_verbs_with_a_condition_are_verbs_of_saying() -> None:
    conditional = {
        "nouns_too": speech_words.NOUNS_TOO,
        "beside_quotes": speech_words.BESIDE_QUOTES,
        "clause_only": speech_words.CLAUSE_ONLY,
        "with_quotes": speech_words.WITH_QUOTES,
        "going_on": speech_words.GOING_ON,
        "otherwise_too": speech_words.OTHERWISE_TOO,
    }
    for name, verbs in conditional.items():
        assert sorted(verbs - speech_words.SAY_VERBS.keys()) == [], name
    assert speech_words.OTHERWISE_TOO <= speech_words.BESIDE_QUOTES


def test_phrases_are_divided_by_commas_and_words_by_blanks() -> None:
    amounts = WordLists("amounts")
    assert "no more than" in amounts.phrases_by("qualifiers")["max"]
    assert {"january", "sept"} <= amounts.words("months")


def test_any_of_finds_the_longest_phrase() -> None:
    found = re.match(any_of(["PA", "PA Media", "a.b"]), "PA Media/AP")
    assert found is not None
    assert found.group() == "PA Media"
    assert re.match(any_of(["a.b"]), "axb") is None
