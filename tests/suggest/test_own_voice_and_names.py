"""What must not be proposed as somebody's words: because of who says it, or because nobody can tell."""

import unicodedata

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


@pytest.mark.parametrize(
    "text",
    [
        "José said the dam broke.",
        "“The dam broke,” said José Pérez 🇪🇸.",
        "According to Chloé Renée, an engineer, 3,200 people left.",
        "Poland's Marek Zieliński said the dam broke.",
        "The astronomer Wěi Chén said the dam broke.",
        "In Bogotá, Inés Nuñé’s office said 4 people died.",
        "Mayor Ana Ruiz spoke. Hé said the dam broke.",
        "Mayor Ana Ruiz spoke.\n\nhé said the dam broke.",
    ],
)
def test_names_keep_their_accents_also_where_these_are_marks_of_their_own(text: str) -> None:
    def found(text: str) -> list[tuple[str, str, object, object]]:
        return [
            tuple(  # type: ignore[misc]
                unicodedata.normalize("NFC", str(part))
                for part in (one.kind, words(text, [one])[0], one.record.get("name"), one.record.get("source"))
            )
            for one in propose(text)
        ]

    assert found(unicodedata.normalize("NFD", text)) == found(text)


@pytest.mark.parametrize("pronoun", ["He", "She", "he", "she"])
def test_a_pronoun_with_an_accent_is_a_name_or_none_and_no_pronoun(pronoun: str) -> None:
    text = f"Mayor Ana Ruiz spoke.\n\n{pronoun}\u0301 said the dam broke."
    name = f"{pronoun}\u0301"
    sources = words(text, of_kind(text, Kind.SOURCE))
    assert (name in sources) == pronoun[0].isupper()
    for claim in of_kind(text, Kind.CLAIM):
        [[start, end]] = claim.record["speakers"]
        assert text[start:end] == claim.record["source"] == name
