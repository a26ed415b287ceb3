"""What a PDF says of itself: title, author, day, what is attached, and that it is a form."""

from __future__ import annotations

from datetime import date

import pytest

from annotate.importers import Attachment
from annotate.importers.draft import DraftPart
from annotate.vocabulary import PartRole
from tests.importers.pdf_pages import PLAIN, article, imported
from tests.importers.pdf_writer import Said


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


def test_what_stands_askew_is_no_title() -> None:
    headline = Said(50, 740, "Flood wall fails in the north", 20)
    assert article([Said(580, 200, "CONFIDENTIAL", 60, 90), headline, *PLAIN]).title == headline.text


def test_the_day_a_file_was_made_is_no_day_of_publication() -> None:
    assert article(PLAIN).published.words is None
    assert article(PLAIN).published.on is None


def test_attached_files_are_offered() -> None:
    assert imported(PLAIN, attached=("note 🇺🇦.txt", b"Words")).attachments == (Attachment("note 🇺🇦.txt", b"Words"),)


def test_a_form_that_was_filled_in_is_told() -> None:
    filled = "It is a form: what was filled in was not read; print it to a new PDF and import that."
    assert imported(PLAIN, fields=[(60, 500, "Forty 🇺🇦")]).warnings == (filled,)
    assert imported(PLAIN, fields=[(60, 500, "")]).warnings == ()
