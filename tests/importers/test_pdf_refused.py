"""Scans, and PDFs without words, with a password, too large or damaged, end in text or in a sentence that says so."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.importers import Draft, read_bytes
from annotate.importers.pdf import MOST_PAGES
from tests.importers.pdf_pages import LEFT_TEXT, PLAIN, imported, pages_with_heads, refusal, sample
from tests.importers.pdf_writer import PICTURE, Drawn, Said, pdf


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


def test_a_page_with_more_letters_than_a_page_can_hold_is_refused() -> None:
    page = [Said(10, 10 + 0.9 * number, "letters" * 100, 0.8) for number in range(800)]
    assert refusal(pdf(page)).startswith("a report.pdf is more than can be read safely: a page of it has 5")


def test_a_password_is_told(shared: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        sample(shared, "encrypted.pdf")
    assert str(refused.value) == (
        "encrypted.pdf is protected with a password; open it in a PDF reader, print it to a new PDF and import that."
    )


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
