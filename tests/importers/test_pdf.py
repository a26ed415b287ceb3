"""PDFs: the words as a person reads the pages, with their pages, and a sentence for what holds none."""

from __future__ import annotations

from datetime import date
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.importers import Attachment, Draft, ImportedFile, read_bytes, read_file
from annotate.importers.draft import DraftPart
from annotate.importers.pdf import MOST_PAGES
from annotate.vocabulary import PartRole
from tests.importers.pdf_writer import PICTURE, Drawn, Said, column, pdf

LEFT = [
    "The council said on Monday that",
    "as many as forty homes had been",
    "destroyed and that it would ask",
    "for help from other towns. Many",
    "families had left before dawn.",
]
RIGHT = [
    "Officials in the capital gave a",
    "lower count and spoke of twenty",
    "homes 🇺🇦. Neither count can be",
    "checked, since roads were still",
    "closed to everyone on Tuesday.",
]
LEFT_TEXT, RIGHT_TEXT = " ".join(LEFT), " ".join(RIGHT)
PLAIN = column(50, 700, LEFT)
LEFT_OUT = "running heads, running feet and page numbers"


def imported(*pages: list[Drawn] | list[Said], **more: object) -> ImportedFile:
    return read_bytes(pdf(*pages, **more), "a report.pdf")  # type: ignore[arg-type]


def article(*pages: list[Drawn] | list[Said], **more: object) -> Draft:
    [draft] = imported(*pages, **more).articles
    return draft


def text(*pages: list[Drawn] | list[Said], **more: object) -> str:
    return article(*pages, **more).text


def refusal(data: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_bytes(data, "a report.pdf")
    return str(refused.value)


def lines(*words: str) -> str:
    """The text of a page whose lines these are, as wide as each other."""
    return text(column(50, 700, words))


def prose(number: int) -> list[str]:
    return [line.replace("Monday", f"day {number}") for line in LEFT]


# Reading order and paragraphs


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


def test_words_are_read_upright_however_the_page_is_turned() -> None:
    turned: list[Said] = [Said(100 + 12 * number, 50, line, angle=90) for number, line in enumerate(LEFT)]
    assert text(turned) == text(turned, rotate=90) == text(PLAIN, rotate=90) == LEFT_TEXT


def test_what_stands_askew_comes_after_the_page() -> None:
    assert text([Said(100, 100, "received", 10, 45), *PLAIN]) == f"{LEFT_TEXT}\n\nreceived"
    assert text([Said(580, 100, "A LETTER", 30, 90), *PLAIN]) == f"{LEFT_TEXT}\n\nA LETTER"


def test_arabic_is_read_from_right_to_left() -> None:
    words = ["قال المجلس يوم الاثنين إن نحو", "أربعين منزلا دمرت في القرية"]
    # On the page the first letter stands on the right.
    assert text([Said(400 - 5 * len(line), 700 - 12 * n, line[::-1]) for n, line in enumerate(words)]) == " ".join(
        words
    )


def test_chinese_is_joined_without_spaces() -> None:
    assert (
        lines("目录一二三四五六七八九十目录一二", "三四五六七八九十")
        == "目录一二三四五六七八九十目录一二三四五六七八九十"
    )


def test_letters_stay_as_written() -> None:
    written = "Łódź, e\u0301te\u0301, a\u00a0b, 👨\u200d👩\u200d👧 and 🇺🇦"
    assert lines(written) == written


def test_words_beyond_the_edge_of_the_page_are_not_read() -> None:
    assert text([*PLAIN, Said(50, 900, "Not to be seen"), Said(700, 400, "Nor this")]) == LEFT_TEXT


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


# Running heads and pages


def pages_with_heads(count: int) -> list[list[Said]]:
    return [
        [
            Said(50, 770, f"Quarterly report {'of the council' if number % 2 else 'on homes'}"),
            *column(50, 700, prose(number)),
            Said(290, 30, str(number + 11)),
        ]
        for number in range(count)
    ]


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


def test_a_document_of_nothing_but_what_runs_is_kept() -> None:
    assert text([Said(50, 770, "1")], [Said(50, 770, "2")]).split() == ["1", "2"]


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


# What a document says of itself


def test_a_title_is_confirmed_only_where_the_page_shows_what_is_stated() -> None:
    page = [Said(50, 740, "Homes lost in the north", 20), *PLAIN]
    shown = article(page, title="Homes lost in the north", author="Mara Lind", language="en-GB")
    assert (shown.title, shown.title_confirmed) == ("Homes lost in the north", True)
    assert (shown.author, shown.language) == ("Mara Lind", "en-GB")
    assert shown.parts == (DraftPart(PartRole.HEADLINE, 0, len(shown.title)),)
    hidden = article(page, title="Report for the council")
    assert (hidden.title, hidden.title_confirmed) == ("Homes lost in the north", False)
    plain = article(PLAIN, title="Report for the council")
    assert (plain.title, plain.title_confirmed) == ("Report for the council", False)


def test_author_and_day_are_read_from_the_lines_below_the_headline() -> None:
    head = Said(50, 740, "Homes lost in the north", 20)
    read = article([head, Said(50, 722, "By Ana Ruiz"), Said(50, 708, "12 March 2026"), *PLAIN], title="")
    assert (read.author, read.published.on) == ("Ana Ruiz", date(2026, 3, 12))


@pytest.mark.parametrize(
    "junk", ["", "Microsoft Word - x.doc", "Binder1.pdf", "untitled", "final_v3", "Layout 1", "12"]
)
def test_without_a_stated_title_the_largest_type_of_the_first_page_is_one(junk: str) -> None:
    page = [Said(50, 760, "NEWS", 14), Said(50, 740, "Homes lost 🇺🇦", 20), *PLAIN]
    read = article(page, [Said(50, 740, "Larger still", 40)], title=junk)
    assert (read.title, read.title_confirmed) == ("Homes lost 🇺🇦", False)


def test_where_no_type_is_larger_the_first_line_is_the_title_or_else_the_name() -> None:
    assert article([Said(50, 740, "Homes lost"), *PLAIN]).title == "Homes lost"
    assert article(PLAIN).title == "a report"


def test_the_day_a_file_was_made_is_no_day_of_publication() -> None:
    assert article(PLAIN).published.words is None
    assert article(PLAIN).published.on is None


def test_attached_files_are_offered() -> None:
    assert imported(PLAIN, attached=("note 🇺🇦.txt", b"Words")).attachments == (Attachment("note 🇺🇦.txt", b"Words"),)


def test_a_form_that_was_filled_in_is_told() -> None:
    filled = "It is a form: what was filled in was not read; print it to a new PDF and import that."
    assert imported(PLAIN, fields=[(60, 500, "Forty 🇺🇦")]).warnings == (filled,)
    assert imported(PLAIN, fields=[(60, 500, "")]).warnings == ()


# Scans, and what cannot be read


def test_a_scan_without_text_is_said_to_be_one() -> None:
    assert refusal(pdf([PICTURE])) == (
        "a report.pdf is a scan: it holds pictures of pages and no text. "
        "Have a program recognise its text (OCR) and import what that makes, or type its words into a text."
    )


@pytest.mark.parametrize("below", [True, False])
def test_a_scan_with_recognised_text_is_read_and_said_to_be_one(below: bool) -> None:
    hidden = [Said(one.x, one.y, one.text, invisible=True) for one in PLAIN]
    page: list[Drawn] = [*PLAIN, PICTURE] if below else [PICTURE, *hidden]
    read = imported(page, [PICTURE], title="From the scanner", author="Scanner 3")
    [draft] = read.articles
    assert draft.text == LEFT_TEXT
    assert (draft.title, draft.author) == ("a report", None)
    assert read.warnings == (
        "This is a scan whose words were recognised by a machine; compare what you quote with the pages.",
        "Page 2 is a picture without text, so what is on it was not read.",
    )


def test_words_on_a_picture_are_no_scan() -> None:
    assert imported([PICTURE, *PLAIN]).warnings == ()


def test_pages_without_anything_on_them_hold_no_words() -> None:
    assert refusal(pdf([], [])) == "a report.pdf holds no words; there is nothing to import."


def test_too_many_pages_are_refused() -> None:
    assert refusal(pdf(*[[]] * (MOST_PAGES + 1))) == (
        "a report.pdf has 3,001 pages; Provenote reads PDFs of up to 3,000. Split it."
    )


def test_something_before_the_signature_is_allowed_where_the_name_says_pdf() -> None:
    data = b"\r\n\r\n" + pdf(PLAIN)
    assert read_bytes(data, "a.PDF").articles[0].text == LEFT_TEXT


WHOLE = pdf(*pages_with_heads(3))


@given(st.integers(0, len(WHOLE)), st.binary(max_size=40))
@example(len(WHOLE) // 2, b"")
@settings(max_examples=60, deadline=None)
def test_cut_and_changed_documents_end_in_text_or_a_sentence(place: int, change: bytes) -> None:
    for data in (WHOLE[:place] + change, WHOLE[:place] + change + WHOLE[place + len(change) :]):
        if not data.startswith(b"%PDF-"):
            continue
        said = ""
        drafts: tuple[Draft, ...] = ()
        try:
            drafts = read_bytes(data, "cut.pdf").articles
        except ImportRefused as refused:
            said = str(refused)
        assert said.startswith("cut.pdf ") if said else drafts
        for draft in drafts:
            assert is_canonical(draft.text)
            assert all(before <= after for before, after in pairwise(draft.pages))
            assert draft.pages[0] == 0
            assert draft.pages[-1] <= len(draft.text)


def test_a_page_with_more_letters_than_a_page_can_hold_is_refused() -> None:
    page = [Said(10, 10 + 0.9 * number, "letters" * 100, 0.8) for number in range(800)]
    assert refusal(pdf(page)).startswith("a report.pdf is more than can be read safely: a page of it has 5")


# The shared samples


def sample(shared: Path, name: str) -> ImportedFile:
    return read_file(shared / "inputs" / "pdf" / name)


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


def test_a_password_is_told(shared: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        sample(shared, "encrypted.pdf")
    assert str(refused.value) == (
        "encrypted.pdf is protected with a password; open it in a PDF reader, print it to a new PDF and import that."
    )


@pytest.mark.parametrize("read", ["قال المتحدث إن الناس غادروا.", "من قال ذلك اليوم!"])
def test_the_sign_that_ends_words_from_right_to_left_stands_behind_them(read: str) -> None:
    assert article([Said(50, 740, read[-1]), Said(55, 740, read[-2::-1])]).text == read  # drawn from left to right


def test_a_sign_before_words_from_left_to_right_stays_there() -> None:
    assert article([Said(50, 740, ".com is an ending")]).text == ".com is an ending"


def from_right(words: str, y: float) -> Said:
    """A line from right to left: on the page the first letter stands on the right."""
    return Said(400 - 5 * len(words), y, words[::-1])


def test_letters_of_a_ligature_come_in_the_order_they_are_said() -> None:
    assert text([from_right("قال إن طف\ufefbً أصيب يوم ا\ufef7حد", 700)]) == "قال إن طفلاً أصيب يوم الأحد"


def test_brackets_open_before_the_words_they_hold_from_right_to_left_too() -> None:
    words = "قال الوزير (أمس) إن «الوضع خطير» هنا"
    drawn = "قال الوزير )أمس( إن »الوضع خطير« هنا"
    assert text([from_right(words, 700)]) == text([from_right(drawn, 700)]) == words


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


def test_a_page_that_says_that_it_is_the_only_one_is_not_read_so() -> None:
    assert text([*PLAIN, Said(280, 20, "Page 1 of 1")]) == text([*PLAIN, Said(280, 20, "– 1 –")]) == LEFT_TEXT
    assert text([*PLAIN, Said(280, 20, "1 / 1")]) == text([*PLAIN, Said(280, 20, "1/1")]) == LEFT_TEXT
    assert text([Said(50, 740, "1 / 1"), *PLAIN]).startswith("1 / 1")
    assert text([*PLAIN, Said(280, 20, "2")]).endswith("2")
    assert text([*PLAIN, Said(280, 20, "1/1 of the votes")]).endswith("1/1 of the votes")


def test_the_same_head_on_both_of_two_pages_runs() -> None:
    pages = [[Said(50, 775, "The Valley Courier"), *column(50, 700, prose(number))] for number in (1, 2)]
    assert "Valley Courier" not in text(*pages)


def test_what_stands_askew_is_no_title() -> None:
    headline = Said(50, 740, "Flood wall fails in the north", 20)
    assert article([Said(580, 200, "CONFIDENTIAL", 60, 90), headline, *PLAIN]).title == headline.text


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


def test_lines_that_are_one_paragraph_each_do_not_become_one() -> None:
    short = ["By Ana Ruiz and Tom Reed", "14 March 2026", *LEFT]
    page = [Said(50, 740, "Flood wall fails in the north", 20), *column(50, 700, short[:3], leading=20)]
    assert text([*page, *column(50, 648, LEFT[1:])]).split("\n\n")[1:] == [*short[:2], LEFT_TEXT]


def test_lines_of_an_address_keep_their_ends() -> None:
    letter = [*column(50, 760, ["Ana Ruiz", "12 rue du Port", "13002 Nice"]), *PLAIN]
    assert text(letter) == f"Ana Ruiz\n12 rue du Port\n13002 Nice\n\n{LEFT_TEXT}"


def test_prose_below_a_table_is_none_of_its_rows() -> None:
    rows = [
        Said(x, 700 - 12 * n, words)
        for n, row in enumerate(["North 4", "South 15"])
        for x, words in zip((50, 180), row.split(), strict=True)
    ]
    assert text([*rows, *column(50, 676, LEFT)]) == f"North\t4\nSouth\t15\n\n{LEFT_TEXT}"


def test_words_stretched_over_a_narrow_column_have_spaces_between_them() -> None:
    full = ["of the towns said so", "on a rather wet day."]
    page = [Said(50, 700, "The"), Said(100, 700, "commission"), *column(50, 688, full)]
    assert text(page) == "The commission of the towns said so on a rather wet day."


def test_points_of_a_list_with_white_between_them_are_one_list() -> None:
    points = ["• 140 stalls burned", "• three people treated", "• no deaths confirmed"]
    assert text([*PLAIN, *column(60, 620, points, leading=18)]) == "\n\n".join([LEFT_TEXT, "\n".join(points)])


@pytest.mark.parametrize("is_first", [True, False])
def test_a_box_beside_a_paragraph_is_none_of_its_lines(is_first: bool) -> None:
    box = column(260, 700, ["KEY FACTS: the bridge", "opened in 1974"])
    headline = Said(50, 740, "Flood wall fails in the north", 20)
    rows = [Said(x, 600, words) for x, words in ((50, "Side"), (180, "Cracks"))]
    page = [headline, *PLAIN, *rows]
    read = text([*box, *page] if is_first else [*page, *box])
    assert read.split("\n\n") == [headline.text, LEFT_TEXT, "Side\tCracks", "KEY FACTS: the bridge opened in 1974"]


def test_lines_that_a_caption_makes_shorter_are_one_paragraph_with_those_below() -> None:
    caption = column(220, 688, ["Volunteers fill bags", "on Monday in Dolna."])
    short = ["The mission visited 51 sites in", "May and spoke with all who were", "there. It counted 663 damaged"]
    body = [*short, "houses and 153 that were destroyed, most of them along the road north", "of the bridge."]
    page = [*caption, Said(50, 740, "Flood wall fails in the north", 20), *column(50, 700, body)]
    assert text(page).split("\n\n")[1:] == [" ".join(body), " ".join(one.text for one in caption)]
