"""Markdown files: what they show, with the fields above them; text that only looks like Markdown stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import canonical, is_canonical
from annotate.importers import Draft, markdown, read_bytes
from annotate.vocabulary import PartRole

WORDS = "Zoë Ünal said: مرحبا 🇺🇦, e\u0301te\u0301 and 24\u00a0%."


def draft_of(text: str, name: str = "note.md") -> Draft:
    [draft] = read_bytes(text.encode(), name).articles
    return draft


def text_of(text: str) -> str:
    return draft_of(text).text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It rose by **4.2 percent** to *five* and ~~not~~ `six`.", "It rose by 4.2 percent to five and not six."),
        ('See [the report](https://e.org/1 "title") and <https://e.org>.', "See the report and https://e.org."),
        ("snake_case_name, 5*3*2 = 30, 5 * 3 and a \\*star\\*.", "snake_case_name, 5*3*2 = 30, 5 * 3 and a *star*."),
        ("One line\nand the next.  \nA third.", "One line and the next.\nA third."),
        ("![A bridge](b.png) under water", "A bridge under water"),
        ("Tom &amp; Ana, 5 &lt; 6, H<sub>2</sub>O<br>and so on", "Tom & Ana, 5 < 6, H2O\nand so on"),
        ("> “We knew.”\n>\n> “All of us.”", "“We knew.”\n\n“All of us.”"),
        ("Among:\n\n- one\n- two\n  1. three\n- four\n\nAfter.", "Among:\n\none\ntwo\nthree\nfour\n\nAfter."),
        ("| May | |\n|---|---|\n| | 12 |", "May\n\t12"),
        ("```\n5 * 3  = 15\n```\n\n<div>Said <b>so</b></div>", "5 * 3  = 15\n\nSaid so"),
        ("# Floods\n\n## North\nWater.", "Floods\n\nNorth\n\nWater."),
        ("Es brannte\n\n12. März 2026 war kalt.\n\n- so\n", "Es brannte\n\n12. März 2026 war kalt.\n\nso"),
        ("It broke in\n\n2019. A bad year.\n\nAfter.", "It broke in\n\n2019. A bad year.\n\nAfter."),
        ("1999\\. Early.\n\n2019.\n\n2024) Late.", "1999. Early.\n\n2019.\n\n2024) Late."),
        ("2018. Rain.\n2019. Snow.\n\n      More snow.", "2018. Rain.\n2019. Snow.\nMore snow."),
        ("998. one\n\nAfter.", "one\n\nAfter."),
        ("A note.[^1]\n\n[^1]: Of 2026.", "A note.[^1]\n\n[^1]: Of 2026."),
    ],
)
def test_the_words_are_those_that_are_shown(written: str, shown: str) -> None:
    assert text_of(written) == shown


def test_a_text_file_keeps_its_stars() -> None:
    assert draft_of("It rose by **4.2 percent**.", "note.txt").text == "It rose by **4.2 percent**."


def test_headings_are_parts_and_the_first_is_the_title() -> None:
    draft = draft_of(
        f"# **Floods** hit [north](https://e.org) #\nBy Zoë Ünal\n12 March 2026\n\n{WORDS}\n\n## More\n\nEnd."
    )
    assert (draft.title, draft.title_confirmed) == ("Floods hit north", False)
    heads = [draft.text[part.start : part.end] for part in draft.parts if part.role is PartRole.HEADLINE]
    assert heads == ["Floods hit north", "More"]
    assert WORDS in draft.text


def test_the_fields_above_are_those_of_the_article_and_no_part_of_it() -> None:
    stated = ['title: "Floods: the north"', "author: [Zoë Ünal]", "date: 2026-03-03", "source: https://e.org/1"]
    fields = "\n".join(["---", *stated, "tags:", "  - a", "---"])
    draft = draft_of(f"{fields}\n# Another\n\n{WORDS}")
    assert (draft.title, draft.title_confirmed, draft.author) == ("Floods: the north", True, "Zoë Ünal")
    assert (draft.published.on, draft.url) == (date(2026, 3, 3), "https://e.org/1")
    assert draft.text == f"{fields}\n\nAnother\n\n{WORDS}"
    assert (draft.parts[0].role, draft.parts[0].end) == (PartRole.BOILERPLATE, len(fields))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\n\nAfter a rule it was a dark night.\n\nWords.", "note"),
        ("---\ndate: 2026-03-03\n---\n\n## Floods 🇺🇦\n\nWords.", "Floods 🇺🇦"),
        ("snake_case_names stay\n\nWords.", "snake_case_names stay"),
    ],
)
def test_the_title_is_the_first_heading_or_a_line_like_one(text: str, title: str) -> None:
    assert draft_of(text).title == title


@pytest.mark.parametrize(
    "above", ["# PRESS RELEASE", "**Embargoed until Friday 3 May**\n\n# Comunicato stampa n. 14", "# MEDIA ADVISORY 📣"]
)
@pytest.mark.parametrize("headline", ["# {}", "**{}**", "City of Lisbon\n\n## {}"])
def test_a_heading_that_says_it_is_a_release_is_no_title_and_stays_a_heading(above: str, headline: str) -> None:
    title = "Shelters open in the north"
    shown = headline.format(title)
    draft = draft_of(f"{above}\n\n{shown}\n\nThe ministry said so on Monday.\n\n## Notes to editors\n\nNone.")
    assert draft.title == title
    label = above.rpartition("# ")[2]
    assert label in [draft.text[part.start : part.end] for part in draft.parts if part.role is PartRole.HEADLINE]


@pytest.mark.parametrize("title", ["Breaking news on the tram line", "Embargo on grain lifted"])
def test_a_heading_that_begins_like_a_label_is_the_title(title: str) -> None:
    assert draft_of(f"# {title}\n\nIt was late.\n\n## Later\n\nNothing.").title == title


def test_what_is_too_long_to_be_read_as_markdown_is_read_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "LARGEST", 40)
    assert text_of("**Floods**\n" * 10) == "**Floods**\n" * 10


@given(st.text(alphabet="*_`[]()<>#-|\\\n !&;:.~ aé👩‍👩‍👧\u0301م1", max_size=80))
def test_whatever_is_marked_no_letter_and_no_digit_is_lost(text: str) -> None:
    marked = "a word " + canonical(text).text.replace("<", "(").replace("&", "+").replace("[", "(").replace("`", "'")
    shown = text_of(marked)
    assert is_canonical(shown)
    assert [c for c in shown if c.isalpha()] == [c for c in marked if c.isalpha()]
