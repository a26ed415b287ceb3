"""What a Word document is called and who wrote it: as it shows or states, past labels and what software fills in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import docx
import pytest

from tests.importers.word_files import draft_of


def test_a_styled_title_is_stated_by_the_document() -> None:
    document = docx.Document()
    document.add_heading("Ten years on", level=0)
    document.add_paragraph("Words.")
    document.core_properties.title = "Template of 2009"
    draft = draft_of(document)
    assert (draft.title, draft.title_confirmed) == ("Ten years on", True)


def test_a_title_in_the_properties_is_confirmed_only_where_the_text_shows_it() -> None:
    shown, unseen = docx.Document(), docx.Document()
    for document in (shown, unseen):
        document.core_properties.title = "Ten years on"
        document.add_paragraph("It was late in the day, and nobody knew what to do.")
    shown.add_paragraph("Ten years on")
    assert (draft_of(shown).title, draft_of(shown).title_confirmed) == ("Ten years on", True)
    assert (draft_of(unseen).title, draft_of(unseen).title_confirmed) == ("Ten years on", False)


def test_a_headline_that_is_seen_goes_before_a_title_in_the_properties_that_is_not() -> None:
    document = docx.Document()
    document.core_properties.title = "Template of the press office"
    for words in ("Dam above Alt-Moor was never inspected 🌊", "By Ines Maro", "12 March 2026", "It rose e\u0301."):
        document.add_paragraph(words)
    draft = draft_of(document)
    assert (draft.title, draft.title_confirmed) == ("Dam above Alt-Moor was never inspected 🌊", False)
    assert (draft.author, draft.published.on) == ("Ines Maro", date(2026, 3, 12))


@pytest.mark.parametrize("junk", ["", "Microsoft Word - final2.doc", "Document1", "untitled", "report.docx"])
def test_a_junk_title_in_the_properties_is_passed_over(junk: str) -> None:
    document = docx.Document()
    document.core_properties.title = junk
    document.add_paragraph("It was late in the day, and nobody knew what to do.")
    assert draft_of(document, "valley.docx").title == "valley"


def test_author_and_language_are_taken_and_a_publication_date_is_never_made_up() -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    document.core_properties.author = "Olena Kovalenko"
    document.core_properties.language = "uk-UA"
    document.core_properties.created = datetime(2012, 5, 6, tzinfo=UTC).replace(tzinfo=None)
    draft = draft_of(document)
    assert (draft.author, draft.language) == ("Olena Kovalenko", "uk-UA")
    assert (draft.published.words, draft.published.on, draft.outlet) == (None, None, None)


def test_the_author_that_software_fills_in_is_no_author() -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    document.core_properties.author = "python-docx"
    document.core_properties.language = "Language"
    draft = draft_of(document)
    assert (draft.author, draft.language) == (None, None)


@pytest.mark.parametrize(
    "above",
    [
        ["PRESS RELEASE"],
        ["FOR IMMEDIATE RELEASE", "Contact: Ana Silva, +351 555 0100"],
        ["Pressemitteilung Nr. 12/2026", "Berlin, 3. März 2026"],
        ["News release", "Embargoed until 6 a.m. on 3 March"],
    ],
)
def test_the_title_of_a_press_release_stands_below_what_says_so(above: list[str]) -> None:
    document = docx.Document()
    for words in [*above, "Ministry announces shelters for 5,000 people", "The ministry said so on Monday."]:
        document.add_paragraph(words)
    assert draft_of(document).title == "Ministry announces shelters for 5,000 people"


@pytest.mark.parametrize("label", ["PRESS RELEASE", "Press Release: 5 May 2026", "EMBARGOED UNTIL FRIDAY"])
@pytest.mark.parametrize(("style", "confirmed"), [("Title", True), ("Heading 1", False), ("Normal", False)])
@pytest.mark.parametrize("in_properties", [True, False])
def test_a_label_in_the_style_of_a_title_is_none(label: str, style: str, confirmed: bool, in_properties: bool) -> None:
    document = docx.Document()
    document.core_properties.title = label if in_properties else ""
    document.add_paragraph(label, style="Title")
    document.add_paragraph("Ministry announces shelters for 5,000 people", style=style)
    document.add_paragraph("The ministry said so on Monday.")
    document.add_paragraph("Notes to editors", style="Heading 1")
    draft = draft_of(document)
    assert (draft.title, draft.title_confirmed) == ("Ministry announces shelters for 5,000 people", confirmed)
    assert draft.text.startswith(f"{label}\n")


@pytest.mark.parametrize("title", ["Breaking news on the tram line", "Embargo on grain lifted"])
def test_a_styled_title_that_begins_like_a_label_is_kept(title: str) -> None:
    document = docx.Document()
    document.add_paragraph(title, style="Title")
    document.add_paragraph("It was late.")
    assert (draft_of(document).title, draft_of(document).title_confirmed) == (title, True)


def test_a_headline_may_begin_like_a_press_release() -> None:
    document = docx.Document()
    for words in ["Press freedom falls in 2026", "Statement by the president angers Lisbon", "The report says so."]:
        document.add_paragraph(words)
    assert draft_of(document).title == "Press freedom falls in 2026"
