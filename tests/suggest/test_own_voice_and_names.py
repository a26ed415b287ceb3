"""What must not be proposed as somebody's words: because of who says it, or because nobody can tell."""

import pytest

from annotate.suggest import propose
from annotate.suggest.proposal import Proposal
from annotate.vocabulary import Kind, Mode


def of_kind(text: str, kind: Kind, **options: object) -> list[Proposal]:
    return [one for one in propose(text, **options) if one.kind is kind]  # type: ignore[arg-type]


def words(text: str, found: list[Proposal]) -> list[str]:
    return [text[one.spans[0].start : one.spans[-1].end] for one in found]


def test_what_is_so_whatever_somebody_says_is_not_what_they_say() -> None:
    text = "He is one of the nine in hospital, not seven, whatever the authority says 😡."
    assert of_kind(text, Kind.SOURCE) == []
    assert all(one.record["speakers"] == [] for one in of_kind(text, Kind.CLAIM))


def test_who_is_told_to_do_something_says_nothing() -> None:
    text = "Seven hurt, thousands told to leave; officials at odds over gate 3"
    assert "thousands" not in words(text, of_kind(text, Kind.SOURCE))


def test_in_a_script_whose_words_for_saying_are_not_known_nothing_is_the_outlets_own_voice() -> None:
    text = "وقال المتحدث باسم النقابة إنّ عدد المصابين بلغ 12 شخصاً على الأقل. قدّرت الهيئة الخسائر بـ 57 مليون يورو.\n"
    assert of_kind(text, Kind.CLAIM) == []
    assert len(of_kind(text, Kind.FIGURE)) == 2, "figures are read"
    latin = "The surge was 3.42 metres above mean sea level at Beşiktaş."
    assert [one.record["mode"] for one in of_kind(latin, Kind.CLAIM)] == [Mode.VOICE.value]


def test_a_name_of_the_register_is_not_found_inside_a_longer_one() -> None:
    text = "Velmar Port Authority, 18 November. Then Mayor Reeve left, and Reeve Street with him. The Authority stayed."
    known = ("Authority", "Reeve")
    found = of_kind(text, Kind.SOURCE, known_names=known)
    places = [one.spans[0].start for one in found]
    assert places == [text.index("Reeve left"), text.index("Authority stayed")]


def test_numbers_that_count_the_rows_of_a_table_are_no_figures() -> None:
    text = "Gate\tInspected\n1\t14 October\n2\t14 October\n3\t15 October\n\nInjured\t9\n12\tmissing\n40\thurt\n"
    assert words(text, of_kind(text, Kind.FIGURE)) == ["9", "12\tmissing", "40\thurt"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The city’s fire brigade said nine were hurt.", "the city’s fire brigade", "government"),
        ("A spokesman for the Al-Shati Brigade said nine were hurt.", "Al-Shati Brigade", "armed_group"),
        ("“It did not close,” said Ilse Marrand, a crane operator on the night shift.", "Ilse Marrand", "unspecified"),
    ],
)
def test_the_kind_of_a_source_is_what_its_words_say(text: str, name: str, kind: str) -> None:
    [source] = [one for one in of_kind(text, Kind.SOURCE) if name.lower() in words(text, [one])[0].lower()]
    assert source.record["type"] == kind
