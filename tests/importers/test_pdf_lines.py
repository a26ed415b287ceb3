"""Lines of a PDF become the paragraphs, lists and whole words that they were broken from, and no more than those."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.pdf_pages import LEFT, LEFT_TEXT, PLAIN, RIGHT, RIGHT_TEXT, lines, text
from tests.importers.pdf_writer import Said, column


def test_paragraphs_end_at_wider_white_at_an_indent_and_where_a_line_ends_early() -> None:
    wider = [*PLAIN, *column(50, 700 - 5 * 12 - 8, RIGHT)]
    assert text(wider) == f"{LEFT_TEXT}\n\n{RIGHT_TEXT}"
    indented = [*PLAIN, Said(65, 640, RIGHT[0]), *column(50, 628, RIGHT[1:])]
    assert text(indented) == f"{LEFT_TEXT}\n\n{RIGHT_TEXT}"
    early = [*column(50, 700, [*LEFT[:4], "families left.", *RIGHT])]
    assert text(early).split("\n\n") == [" ".join([*LEFT[:4], "families left."]), RIGHT_TEXT]


def test_points_of_a_list_keep_their_lines() -> None:
    assert lines("The team found the following:", "• forty homes", "• twenty cars", "• one bridge") == (
        "The team found the following:\n• forty homes\n• twenty cars\n• one bridge"
    )


def test_points_of_a_list_with_white_between_them_are_one_list() -> None:
    points = ["• 140 stalls burned", "• three people treated", "• no deaths confirmed"]
    assert text([*PLAIN, *column(60, 620, points, leading=18)]) == "\n\n".join([LEFT_TEXT, "\n".join(points)])


def test_a_sentence_goes_on_over_columns_and_pages() -> None:
    first, second = [*LEFT[:4], "families had left in"], ["the night before the storm came", *RIGHT]
    joined = " ".join([*first, *second])
    assert text([*column(50, 700, first), *column(320, 700, second)]) == joined
    assert text(list(column(50, 700, first)), list(column(50, 700, second))) == joined


def test_a_large_first_letter_begins_its_word() -> None:
    page = [
        Said(50, 676, "T", 40),
        *column(72, 693, ["he council said on Monday", "that forty homes had gone"]),
        *column(50, 669, RIGHT),
    ]
    assert text(page).startswith("The council said on Monday that forty homes had gone Officials")


def test_lines_that_are_one_paragraph_each_do_not_become_one() -> None:
    short = ["By Ana Ruiz and Tom Reed", "14 March 2026", *LEFT]
    page = [Said(50, 740, "Flood wall fails in the north", 20), *column(50, 700, short[:3], leading=20)]
    assert text([*page, *column(50, 648, LEFT[1:])]).split("\n\n")[1:] == [*short[:2], LEFT_TEXT]


def test_lines_of_an_address_keep_their_ends() -> None:
    letter = [*column(50, 760, ["Ana Ruiz", "12 rue du Port", "13002 Nice"]), *PLAIN]
    assert text(letter) == f"Ana Ruiz\n12 rue du Port\n13002 Nice\n\n{LEFT_TEXT}"


def test_words_stretched_over_a_narrow_column_have_spaces_between_them() -> None:
    full = ["of the towns said so", "on a rather wet day."]
    page = [Said(50, 700, "The"), Said(100, 700, "commission"), *column(50, 688, full)]
    assert text(page) == "The commission of the towns said so on a rather wet day."


def test_lines_that_a_caption_makes_shorter_are_one_paragraph_with_those_below() -> None:
    caption = column(220, 688, ["Volunteers fill bags", "on Monday in Dolna."])
    short = ["The mission visited 51 sites in", "May and spoke with all who were", "there. It counted 663 damaged"]
    body = [*short, "houses and 153 that were destroyed, most of them along the road north", "of the bridge."]
    page = [*caption, Said(50, 740, "Flood wall fails in the north", 20), *column(50, 700, body)]
    assert text(page).split("\n\n")[1:] == [" ".join(body), " ".join(one.text for one in caption)]


# Hyphens


HYPHENATED = [
    "The council was very much con-",
    "cerned about the des-",
    "truction of so many homes in-",
    "side the town.",
]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (["An infor-", "mation about information"], "An information about information"),
        (["A well-", "known man"], "A well-known man"),
        (["Between 2018-", "23 people"], "Between 2018-23 people"),
        (["Of the 1,204-", "strong force"], "Of the 1,204-strong force"),
        (["Cases of COVID-", "19 rose"], "Cases of COVID-19 rose"),
        (["In the years 2019–", "2021 alone"], "In the years 2019–2021 alone"),
        (["The SARA-", "JEVO office"], "The SARA-JEVO office"),
        (["By state-of-the-", "art means"], "By state-of-the-art means"),
        (["The mayor of Sankt-", "Pölten said"], "The mayor of Sankt-Pölten said"),
        (["Both pre-", "and post-war"], "Both pre- and post-war"),
        (["A land-", "mine, no landmine"], "A landmine, no landmine"),
        (["A cease-", "fire, then a cease-fire"], "A cease-fire, then a cease-fire"),
        (["He said —", "and left"], "He said — and left"),
        (["See https://", "example.org/a"], "See https://example.org/a"),
    ],
)
def test_hyphens_at_the_end_of_a_line_go_only_where_that_is_sure(broken: list[str], whole: str) -> None:
    assert lines(*broken) == whole


def test_a_document_that_breaks_words_throughout_has_them_put_together() -> None:
    assert lines(*HYPHENATED) == (
        "The council was very much concerned about the destruction of so many homes inside the town."
    )


def test_a_document_that_breaks_hardly_a_word_keeps_its_hyphens() -> None:
    assert "fire-brigade" in text([*PLAIN, *column(50, 600, ["They called the town's own fire-", "brigade at once."])])


def test_compounds_keep_their_hyphen_in_a_document_that_breaks_words() -> None:
    assert "oil-rich towns" in text(
        [*column(50, 700, HYPHENATED), *column(50, 600, ["One of the oil-", "rich towns."])]
    )


@given(st.integers(0, 99_999), st.integers(0, 99_999))
@settings(max_examples=20, deadline=None)
def test_digits_are_never_joined(before: int, after: int) -> None:
    read = text(column(50, 700, [*HYPHENATED, f"There were {before}-", f"{after} of them."]))
    assert f"There were {before}-{after} of them." in read
