"""PDFs: the words are read in the order in which a person reads the pages, and letter by letter as they are said."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from annotate.importers import read_bytes
from tests.importers.pdf_pages import LEFT, LEFT_OUT, LEFT_TEXT, PLAIN, RIGHT, RIGHT_TEXT, article, lines, sample, text
from tests.importers.pdf_writer import Said, column, pdf


def test_columns_drawn_one_after_the_other_are_read_one_after_the_other() -> None:
    headline = Said(50, 740, "A headline over both columns", 20)
    page = [*column(320, 700, RIGHT), *PLAIN, headline]
    assert text(page) == f"{headline.text}\n\n{LEFT_TEXT}\n\n{RIGHT_TEXT}"


def test_columns_drawn_line_by_line_are_read_one_after_the_other() -> None:
    page = list(chain.from_iterable(zip(PLAIN, column(320, 700, RIGHT), strict=True)))
    assert text(page) == f"{LEFT_TEXT}\n\n{RIGHT_TEXT}"


def test_three_columns_and_a_line_across_two_of_them() -> None:
    page = [
        Said(30, 740, "Across the first two of three columns here", 14),
        *column(30, 700, LEFT),
        *column(220, 700, RIGHT),
        *column(410, 740, [*LEFT, *RIGHT]),
    ]
    assert text(page).split("\n\n")[-3:] == [LEFT_TEXT, RIGHT_TEXT, f"{LEFT_TEXT} {RIGHT_TEXT}"]


def test_a_line_across_divides_the_columns_above_from_those_below() -> None:
    middle = Said(50, 600, "What follows was added on Tuesday, after the first reports had come in from there")
    page = [*PLAIN, *column(320, 700, RIGHT), middle, *column(50, 560, RIGHT), *column(320, 560, LEFT)]
    assert text(page).split("\n\n") == [LEFT_TEXT, RIGHT_TEXT, middle.text, RIGHT_TEXT, LEFT_TEXT]


def test_rows_of_a_table_stay_together_with_a_tab_between_cells() -> None:
    rows = [("Town", "Homes", "Killed"), ("Arden", "1,204", "17"), ("Bree", "98", "3"), ("Corin", "7", "0")]
    page = [
        Said(x, 700 - 14 * n, cell) for n, row in enumerate(rows) for x, cell in zip((50, 250, 400), row, strict=True)
    ]
    assert text(page) == "\n".join("\t".join(row) for row in rows)
    by_column = sorted(page, key=lambda one: one.x)
    assert text(by_column) == text(page)


def test_prose_below_a_table_is_none_of_its_rows() -> None:
    rows = [
        Said(x, 700 - 12 * n, words)
        for n, row in enumerate(["North 4", "South 15"])
        for x, words in zip((50, 180), row.split(), strict=True)
    ]
    assert text([*rows, *column(50, 676, LEFT)]) == f"North\t4\nSouth\t15\n\n{LEFT_TEXT}"


@pytest.mark.parametrize("is_first", [True, False])
def test_a_box_beside_a_paragraph_is_none_of_its_lines(is_first: bool) -> None:
    box = column(260, 700, ["KEY FACTS: the bridge", "opened in 1974"])
    headline = Said(50, 740, "Flood wall fails in the north", 20)
    rows = [Said(x, 600, words) for x, words in ((50, "Side"), (180, "Cracks"))]
    page = [headline, *PLAIN, *rows]
    read = text([*box, *page] if is_first else [*page, *box])
    assert read.split("\n\n") == [headline.text, LEFT_TEXT, "Side\tCracks", "KEY FACTS: the bridge opened in 1974"]


def test_words_are_read_upright_however_the_page_is_turned() -> None:
    turned: list[Said] = [Said(100 + 12 * number, 50, line, angle=90) for number, line in enumerate(LEFT)]
    assert text(turned) == text(turned, rotate=90) == text(PLAIN, rotate=90) == LEFT_TEXT


def test_what_stands_askew_comes_after_the_page() -> None:
    assert text([Said(100, 100, "received", 10, 45), *PLAIN]) == f"{LEFT_TEXT}\n\nreceived"
    assert text([Said(580, 100, "A LETTER", 30, 90), *PLAIN]) == f"{LEFT_TEXT}\n\nA LETTER"


def test_words_beyond_the_edge_of_the_page_are_not_read() -> None:
    assert text([*PLAIN, Said(50, 900, "Not to be seen"), Said(700, 400, "Nor this")]) == LEFT_TEXT


def test_something_before_the_signature_is_allowed_where_the_name_says_pdf() -> None:
    data = b"\r\n\r\n" + pdf(PLAIN)
    assert read_bytes(data, "a.PDF").articles[0].text == LEFT_TEXT


# Letters


def test_arabic_is_read_from_right_to_left() -> None:
    words = ["قال المجلس يوم الاثنين إن نحو", "أربعين منزلا دمرت في القرية"]
    # On the page the first letter stands on the right.
    assert text([Said(400 - 5 * len(line), 700 - 12 * n, line[::-1]) for n, line in enumerate(words)]) == " ".join(
        words
    )


def from_right(words: str, y: float) -> Said:
    """A line from right to left: on the page the first letter stands on the right."""
    return Said(400 - 5 * len(words), y, words[::-1])


def test_letters_of_a_ligature_come_in_the_order_they_are_said() -> None:
    assert text([from_right("قال إن طف\ufefbً أصيب يوم ا\ufef7حد", 700)]) == "قال إن طفلاً أصيب يوم الأحد"


def test_brackets_open_before_the_words_they_hold_from_right_to_left_too() -> None:
    words = "قال الوزير (أمس) إن «الوضع خطير» هنا"
    drawn = "قال الوزير )أمس( إن »الوضع خطير« هنا"
    assert text([from_right(words, 700)]) == text([from_right(drawn, 700)]) == words


@pytest.mark.parametrize("read", ["قال المتحدث إن الناس غادروا.", "من قال ذلك اليوم!"])
def test_the_sign_that_ends_words_from_right_to_left_stands_behind_them(read: str) -> None:
    assert article([Said(50, 740, read[-1]), Said(55, 740, read[-2::-1])]).text == read  # drawn from left to right


def test_a_sign_before_words_from_left_to_right_stays_there() -> None:
    assert article([Said(50, 740, ".com is an ending")]).text == ".com is an ending"


def test_chinese_is_joined_without_spaces() -> None:
    assert (
        lines("目录一二三四五六七八九十目录一二", "三四五六七八九十")
        == "目录一二三四五六七八九十目录一二三四五六七八九十"
    )


def test_letters_stay_as_written() -> None:
    written = "Łódź, e\u0301te\u0301, a\u00a0b, 👨\u200d👩\u200d👧 and 🇺🇦"
    assert lines(written) == written


# The shared samples


def test_the_crazy_ones(shared: Path) -> None:
    [draft] = sample(shared, "crazyones.pdf").articles
    assert (draft.title, draft.title_confirmed, draft.author) == ("The Crazy Ones", False, None)
    paragraphs = draft.text.split("\n\n")
    assert paragraphs[:2] == ["The Crazy Ones", "October 14, 1998"]
    assert len(paragraphs) == 10
    assert paragraphs[-1].endswith("think they can change the world, are the ones who do.")


def test_the_federal_register(shared: Path) -> None:
    read = sample(shared, "federal-register.pdf")
    [draft] = read.articles
    assert (draft.title, draft.title_confirmed, draft.author) == ("Proposed Rules", False, None)
    assert len(draft.pages) == 15
    assert "\n\nAirworthiness Directives; The Boeing Company Airplanes\n\n" in draft.text
    assert "which applies to all The Boeing Company Model 737–8 and 737–9 (737 MAX) airplanes. Since AD" in draft.text
    # From the first column of the first page to the top of the second, and from the last of it to the second page.
    assert "by any of the following methods:\n\n• Federal eRulemaking Portal: Go to https://www" in draft.text
    assert "accident after takeoff from Soekarno-Hatta International Airport in Jakarta" in draft.text
    assert draft.text[draft.pages[1] :].startswith("Hatta International Airport")
    assert draft.text[draft.pages[2] :].startswith("require operators to conduct an AOA sensor system test")
    assert not any(running in draft.text for running in ("VerDate", "jbell on", "47698", "47705", "Vol. 85, No. 152 /"))
    [warning] = read.warnings
    assert warning.startswith("5")
    assert f"lines of {LEFT_OUT} were left out, such as “Federal Register / Vol. 85" in warning


def test_the_siege_of_vicksburg_is_a_scan(shared: Path) -> None:
    read = sample(shared, "scan-with-ocr.pdf")
    [draft] = read.articles
    # The document's properties are the scanner's: "Binder1.pdf" by "DSI".
    assert (draft.title, draft.title_confirmed, draft.author) == ("scan-with-ocr", False, None)
    assert len(draft.pages) == 6
    assert draft.text.startswith(
        "however, did not last long; it became too conspicuous and dangerous for use.\n\nA report"
    )
    assert "SIEGE OF VICKSB" not in draft.text
    assert any(warning.startswith("This is a scan whose words") for warning in read.warnings)


def test_two_pages_of_latin(shared: Path) -> None:
    [draft] = sample(shared, "text.pdf").articles
    assert (draft.title, draft.title_confirmed, draft.language) == ("text", False, "de-DE")
    assert draft.text.startswith("Lorem ipsum dolor sit amet,")
    assert draft.text[draft.pages[1] :] == (
        "https://www.wikipedia.org/\nhttps://www.openstreetmap.org/\nhttps://www.opensuse.org/\nhttps://kde.org/"
    )
