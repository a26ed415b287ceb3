"""A protected name is found in any script and form, and what is not one stays as it is."""

from datetime import date
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.bare_letters import bare_letters, traced_letters
from annotate.model import Source
from annotate.report.name_parts import forms_of, name_words, own_words
from annotate.report.protected_names import REDACTED, ProtectedNames
from annotate.vocabulary import Handling, SourceType
from tests.report.planted import FORMS, unseen

words = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=3, max_size=8)
names = st.lists(words, min_size=1, max_size=3).map(" ".join).filter(lambda name: len(bare_letters(name)) >= 5)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def a_source(name: str, *aliases: str, number: int = 14, kind: SourceType = SourceType.UNSPECIFIED) -> Source:
    handling, day = Handling.PROTECT, date(2024, 6, 4)
    return Source(number, uuid4(), 1, number, name, aliases, kind, "", "", handling, None, "", day, None, "")


def finder(*sources: Source, quotations: tuple[str, ...] = (), open_names: tuple[str, ...] = ()) -> ProtectedNames:
    others = name_words(a_source(name) for name in open_names)
    return ProtectedNames(
        ((form, f"S-{source.number:03d}") for source in sources for form in forms_of(source, others)),
        map(bare_letters, quotations),
        kept=others,
        words={f"S-{source.number:03d}": own_words(source) for source in sources},
    )


@given(names, st.sampled_from(sorted(FORMS)), st.sampled_from(["a {} b", "{}", "x/{}/y", "({}, {})", "🇺🇦{}\n{}"]))
def test_a_name_of_any_script_is_found_in_any_form(name: str, form: str, around: str) -> None:
    written = FORMS[form](name)
    hidden = finder(a_source(name)).hidden(around.format(written, written))
    assert list(unseen(hidden.encode(), (name,))) == []
    assert "S-014" in hidden


@given(anything)
def test_letters_are_the_same_with_their_places_and_without(text: str) -> None:
    traced = traced_letters(text)
    assert traced.letters == bare_letters(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(traced.starts, traced.ends, strict=True))
    assert list(traced.starts) == sorted(traced.starts)


@given(anything, anything)
def test_hits_are_in_order_and_replace_only_what_they_cover(before: str, after: str) -> None:
    text = f"{before} Jane Doe {after}"
    hits = finder(a_source("Jane Doe")).find(text)
    assert hits
    assert all(first.end <= second.start for first, second in pairwise(hits))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


@pytest.mark.parametrize("length", [10, 3_000])
def test_long_texts_are_searched_like_short_ones(length: int) -> None:
    filling = "Nobody was there, they said. " * length
    long = f"{filling}Ja\u00adne Doe, {filling}Doe was. “I saw it, all of it, from the roof.” {filling}J. Doe"
    expected = f"{filling}S-014, {filling}S-014 was. “{REDACTED}.” {filling}S-014"
    assert finder(a_source("Jane Doe"), quotations=("I saw it, all of it, from the roof",)).hidden(long) == expected


def test_two_who_share_a_name_are_both_named_where_nobody_can_tell_them_apart() -> None:
    both = finder(a_source("Jane Doe"), a_source("Omar Doe", number=15))
    assert both.hidden("Jane Doe, Omar Doe, Mr Doe") == "S-014, S-015, Mr S-014/S-015"


def test_a_longer_name_of_somebody_open_stays_whole() -> None:
    found = finder(a_source("Karim"), open_names=("Leyla Karimov",))
    assert found.hidden("Karim, Leyla Karimov and @karim77") == "S-014, Leyla Karimov and @S-014"


def test_descriptions_are_found_whole_and_not_word_by_word() -> None:
    found = finder(a_source("a nurse from the Old Town"), a_source("Ministry of Health", number=15))
    text = "A nurse from the old town. The Old Town has a nurse, and a ministry of its own for health."
    assert found.hidden(text) == "S-014. The Old Town has a nurse, and a ministry of its own for health."
    assert found.hidden("ministry-of-health") == "S-015"


def test_nothing_is_found_where_nobody_is_protected() -> None:
    assert finder().find("Jane Doe") == []
    assert finder(a_source("Q")).find("Q and A") == []
