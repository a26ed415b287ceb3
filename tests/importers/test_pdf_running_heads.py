"""What pages carry besides the article, such as running heads, is left out; where each page begins is kept."""

from __future__ import annotations

import pytest

from tests.importers.pdf_pages import (
    LEFT,
    LEFT_OUT,
    LEFT_TEXT,
    PLAIN,
    RIGHT,
    article,
    imported,
    pages_with_heads,
    prose,
    text,
)
from tests.importers.pdf_writer import Said, column


def test_running_heads_and_page_numbers_are_left_out_and_counted() -> None:
    read = imported(*pages_with_heads(8))
    assert read.articles[0].text == "\n\n".join(" ".join(prose(number)) for number in range(8))
    assert read.warnings == (f"16 lines of {LEFT_OUT} were left out, such as “Quarterly report on homes”.",)


def test_a_head_that_carries_the_number_and_is_read_a_little_differently_runs() -> None:
    heads = ["THE SIEGE 49", "50 THE SIEGE", "THE SIECE 51", "52 THE SIEGE"]
    pages = [[Said(50, 770 + n % 2, head), *column(50, 700, prose(n))] for n, head in enumerate(heads)]
    assert imported(*pages).warnings == (f"4 lines of {LEFT_OUT} were left out, such as “50 THE SIEGE”.",)


def test_words_and_figures_that_stand_at_the_edge_once_or_do_not_count_stay() -> None:
    feet = ["1,204", "17", "3"]
    pages = [[*column(50, 700, prose(n)), Said(290, 30, foot)] for n, foot in enumerate(feet)]
    read = imported(*pages)
    assert all(foot in read.articles[0].text for foot in feet)
    assert read.warnings == ()


def test_two_pages_that_end_alike_keep_their_ends() -> None:
    pages = [[*column(50, 700, prose(n)), Said(50, 30, "Source: the council")] for n in range(2)]
    assert text(*pages).count("Source: the council") == 2


def test_the_same_head_on_both_of_two_pages_runs() -> None:
    pages = [[Said(50, 775, "The Valley Courier"), *column(50, 700, prose(number))] for number in (1, 2)]
    assert "Valley Courier" not in text(*pages)


def test_a_document_of_nothing_but_what_runs_is_kept() -> None:
    assert text([Said(50, 770, "1")], [Said(50, 770, "2")]).split() == ["1", "2"]


def test_a_page_that_says_that_it_is_the_only_one_is_not_read_so() -> None:
    assert text([*PLAIN, Said(280, 20, "Page 1 of 1")]) == text([*PLAIN, Said(280, 20, "– 1 –")]) == LEFT_TEXT
    assert text([*PLAIN, Said(280, 20, "1 / 1")]) == text([*PLAIN, Said(280, 20, "1/1")]) == LEFT_TEXT
    assert text([Said(50, 740, "1 / 1"), *PLAIN]).startswith("1 / 1")
    assert text([*PLAIN, Said(280, 20, "2")]).endswith("2")
    assert text([*PLAIN, Said(280, 20, "1/1 of the votes")]).endswith("1/1 of the votes")


def test_every_page_begins_where_its_first_word_stands() -> None:
    pages = pages_with_heads(6)
    read = article(*pages[:2], [], *pages[2:])
    assert [read.text[start:].split(" that")[0] for start in read.pages] == [
        f"The council said on day {number}" for number in (0, 1, 2, 2, 3, 4, 5)
    ]


def test_a_page_begins_within_the_paragraph_that_goes_on_there() -> None:
    read = article(
        column(50, 700, [*LEFT[:4], "families had des\u00ad"]), column(50, 700, ["erted the 🇺🇦 village"]), []
    )
    first, second, last = read.pages
    assert (first, last) == (0, len(read.text))
    assert read.text[second:] == "erted the 🇺🇦 village"


def printed(
    number: int, count: int, body: list[Said], address: str = "https://www.courier.example/2026/flood"
) -> list[Said]:
    """A page as a browser prints it."""
    return [
        *(Said(30, 780, "14/03/2026, 10:22", 8), Said(250, 780, "Flood warning | Valley Courier", 8)),
        *body,
        *(Said(30, 15, address, 8), Said(560, 15, f"{number}/{count}", 8)),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_browser_prints_around_a_page_is_left_out_and_its_address_kept(count: int) -> None:
    draft = article(*(printed(page, count, column(50, 700, prose(page))) for page in range(1, count + 1)))
    assert draft.text == "\n\n".join(" ".join(prose(page)) for page in range(1, count + 1))
    assert draft.url == "https://www.courier.example/2026/flood"
    assert draft.published.on is None


def test_an_address_that_the_browser_cut_short_is_none() -> None:
    assert article(printed(1, 1, PLAIN, "https://www.courier.example/a/very/long…")).url is None


def test_an_address_below_an_article_stays_where_no_browser_printed_it() -> None:
    source = Said(50, 15, "https://www.courier.example/source")
    assert text([*PLAIN, source]).endswith("https://www.courier.example/source")


def test_a_watermark_is_left_out_and_told() -> None:
    first, second = [*LEFT[:4], "families had left in"], ["the night before the storm came", *RIGHT]
    mark = Said(150, 400, "DO NOT COPY", 60, -45)
    pages = [[*column(50, 700, words[:2]), mark, *column(50, 676, words[2:])] for words in (first, second)]
    read = imported(*pages, [mark])
    assert read.articles[0].text == " ".join([*first, *second])
    assert read.warnings == ("Slanted words drawn over 3 pages as a watermark were left out: “DO NOT COPY”.",)
    assert text([Said(50, 740, "Annex"), Said(150, 200, "CONFIDENTIAL", 60, 45)]) == "Annex"


def test_small_slanted_words_are_a_watermark_where_every_page_has_them_at_one_place() -> None:
    mark, label = Said(300, 300, "Licensed to J. Doe", 10, 30), Said(300, 200, "January", 10, 45)
    read = imported([mark, label, *column(50, 700, prose(1))], [mark, *column(50, 700, prose(2))])
    assert read.warnings == ("Slanted words drawn over 2 pages as a watermark were left out: “Licensed to J. Doe”.",)
    assert "Licensed" not in read.articles[0].text
    assert "January" in read.articles[0].text


def test_many_large_slanted_words_are_read() -> None:
    assert "OUR DEMANDS" in text([*PLAIN, *(Said(50, 60 * n, f"OUR DEMANDS {n * 1001}", 24, 20) for n in range(1, 6))])
