"""What a reader of a news page sees: captions, byline and date around the headline, and none of what sites add."""

from __future__ import annotations

from datetime import date

import pytest

from annotate.vocabulary import PartRole
from tests.importers.test_web_page import PARAGRAPHS, draft_of, page

TITLE = "River rises in the valley"
BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)


def article(around: str = "", within: str = "", head: str = "") -> str:
    return page(head, f"<h1>{TITLE}</h1>{around}{BODY}{within}")


def test_a_caption_is_a_part_of_its_own_and_a_teaser_s_is_none() -> None:
    figure = (
        "<figure><img src='a.jpg' alt='x'><figcaption><span>Image caption</span>Families wait 🇺🇦 on the bridge e\u0301"
        "</figcaption></figure>"
    )
    teaser = "<a href='/other'><figure><figcaption>Another story that one could read</figcaption></figure></a>"
    draft = draft_of(article(figure, teaser))
    captions = [draft.text[part.start : part.end] for part in draft.parts if part.role is PartRole.CAPTION]
    assert captions == ["Image caption Families wait 🇺🇦 on the bridge e\u0301"]
    assert "Another story" not in draft.text


@pytest.mark.parametrize(
    "added",
    [
        "<div class='cookie-banner'><p>We use cookies to give you the best of our pages.</p></div>",
        "<p>Read more: <a href='/b'>Ten rivers that rose last year</a></p>",
        "<p><a href='/b'>Lesen Sie auch: Der Fluss im Tal</a></p>",
        "<p>Advertisement</p>",
    ],
)
def test_what_sites_put_between_paragraphs_is_no_part_of_the_article(added: str) -> None:
    assert draft_of(article(within=added + f"<p>{PARAGRAPHS[0]} Again.</p>")).text == "\n\n".join(
        (TITLE, *PARAGRAPHS, f"{PARAGRAPHS[0]} Again.")
    )


@pytest.mark.parametrize(
    "shell",
    [
        "<div class='cookies'><h1>{title}</h1>{body}</div>",
        "<section id='consent'><h1>{title}</h1><div class='text'>{body}</div></section>",
        "<h1>{title}</h1><div class='post tag-cookies'>{body}</div>",
        "<h1>{title}</h1><section class='law consent'>{body}</section>",
        "<div class='cookie-recipes'><article>{body}</article></div>",
    ],
)
def test_an_article_marked_with_the_words_of_consent_notices_is_read_whole(shell: str) -> None:
    notice = "<div class='cookie-banner'><p>We use cookies to give you the best of our pages.</p></div>"
    text = draft_of(page("", notice + shell.format(title=TITLE, body=BODY))).text
    assert text.endswith("\n\n".join(PARAGRAPHS))
    assert "We use cookies" not in text


def test_a_link_in_a_sentence_stays() -> None:
    sentence = "The office, whose <a href='/o'>report</a> had warned of it, asked people to read more about the dam."
    assert "whose report had warned" in draft_of(article(within=f"<p>{sentence}</p>")).text


def test_a_page_laid_out_in_tables_gives_paragraphs_and_a_table_of_figures_rows() -> None:
    old = (
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td><a href='/'>Home</a></td><td><h1>{TITLE}</h1>"
        f"{BODY}</td></tr></table></body></html>"
    )
    assert draft_of(old).text.endswith("\n\n".join(PARAGRAPHS))
    figures = "<table><tr><th>Place</th><th>Homes</th></tr><tr><td>Alt-Moor</td><td>40</td></tr></table>"
    assert "Alt-Moor\t40" in draft_of(article(within=figures)).text


@pytest.mark.parametrize(
    ("around", "author", "day"),
    [
        ("<p class='byline'>By Zoe\u0301 Nürsen</p><p>Published 3 May 2026</p>", "Zoe\u0301 Nürsen", date(2026, 5, 3)),
        ("<div>By <a href='/a'>Ana Ruiz</a> and Olena Koval</div>", "Ana Ruiz and Olena Koval", None),
        ("<p>Updated 4 May 2026</p><p>3 May 2026</p>", None, date(2026, 5, 3)),
        ("<p>Von Jörg Müller | 03.05.2026</p>", "Jörg Müller", date(2026, 5, 3)),
        ("<!-- byline --><p>By Ana Ruiz<!-- é 🇺🇦 --></p><!-- date -->3 May 2026", "Ana Ruiz", date(2026, 5, 3)),
    ],
)
def test_author_and_day_are_read_from_the_lines_around_the_headline(
    around: str, author: str | None, day: date | None
) -> None:
    draft = draft_of(article(around))
    assert (draft.author, draft.published.on) == (author, day)


def test_a_graph_of_statements_names_author_and_outlet_by_reference() -> None:
    head = """<script type="application/ld+json">{"@graph": [
        {"@type": "NewsArticle", "headline": "Rivers &amp; dams", "author": {"@id": "#p"}, "publisher": {"@id": "#o"},
         "datePublished": "2026-05-03T10:00:00Z"},
        {"@id": "#p", "@type": "Person", "name": "Ana Ruiz"}, {"@id": "#o", "@type": "Organization", "name": "The Day"}
    ]}</script>"""
    draft = draft_of(article(head=head))
    assert (draft.title, draft.author, draft.outlet) == ("Rivers & dams", "Ana Ruiz", "The Day")
    assert draft.published.on == date(2026, 5, 3)


def test_references_that_lead_back_to_themselves_end() -> None:
    head = """<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "A", "author": {"@id": "#a"}},
        {"@id": "#a", "name": {"@id": "#a"}}]</script>"""
    assert draft_of(article(head=head)).author is None


def test_references_to_characters_that_cannot_be_kept_cost_no_more_than_these() -> None:
    figure = "<figure><figcaption>Families wait&#2; on the long bridge</figcaption></figure>"
    draft = draft_of(
        article(figure, f"<p>Some&#1; forty&#x1f;\u00a0homes&#xFFFE; stood empty by then, {PARAGRAPHS[0]}</p>")
    )
    assert "Some forty\u00a0homes" in draft.text
    assert "Families wait on the long bridge" in draft.text
