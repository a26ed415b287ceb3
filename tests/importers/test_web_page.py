"""Saved web pages: the article's own words, and only what the page states about it."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, read_bytes, read_file
from annotate.importers.page_metadata import published_from
from annotate.importers.web_page import LARGEST
from annotate.model import Published
from annotate.vocabulary import PartRole, Precision

NOTHING_FOUND = "No article could be made out in {}; all words of the page were taken, menus included."
PARAGRAPHS = (
    "The river rose by 2\u00a0metres on Tuesday, the mayor’s office said, and forty families left their homes.",
    "“We have never seen it so high,” said Olena, 61, who waited 🇺🇦 with her cat 👩‍👩‍👧 on the bridge for hours.",
    "عدد الجرحى بلغ أربعين شخصا، بحسب ما أعلنته وزارة الصحة في بيان لها صباح اليوم الأربعاء.",
)


def page(head: str = "", body: str | None = None, html: str = 'lang="en"') -> str:
    if body is None:
        body = "<h1>River rises in the valley</h1>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html {html}><head>{head}</head><body><nav><ul><li><a href='/'>Home</a></li><li>"
        f"<a href='/s'>Sport today</a></li></ul></nav><article>{body}</article>"
        "<footer>© All rights reserved by the outlet</footer><script>var secret = 'scripted';</script></body></html>"
    )


def imported(source: str, name: str = "page.html") -> ImportedFile:
    return read_bytes(source.encode(), name)


def draft_of(source: str) -> Draft:
    return imported(source).articles[0]


def test_the_article_is_taken_without_menus_and_scripts() -> None:
    read = imported(page())
    draft = read.articles[0]
    assert draft.text == "\n\n".join(("River rises in the valley", *PARAGRAPHS))
    assert [(part.role, draft.text[part.start : part.end]) for part in draft.parts] == [
        (PartRole.HEADLINE, "River rises in the valley")
    ]
    assert (read.importer, read.warnings) == ("html", ())


def test_the_headline_is_not_written_into_a_body_that_lacks_it() -> None:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    source = page('<meta property="og:title" content="River rises">', body)
    draft = draft_of(source)
    assert draft.title == "River rises"
    assert draft.text.startswith(PARAGRAPHS[0])


def test_tables_lists_line_breaks_and_quotes_are_kept() -> None:
    body = (
        f"<p>{PARAGRAPHS[0]}</p><table><tr><th>Town</th><th>Dead</th></tr><tr><td>Abc</td><td>1&nbsp;200</td></tr></table>"
        f"<p>One line of it<br>and the next of them</p><ul><li>first of <b>all</b></li><li>second</li></ul>"
        f"<blockquote><p>{PARAGRAPHS[1]}</p></blockquote><p>{PARAGRAPHS[2]}</p>"
    )
    text = draft_of(page(body=body)).text
    assert "Town\tDead\nAbc\t1\u00a0200\n\nOne line of it\nand the next of them\n\nfirst of all\nsecond\n\n“We" in text


def test_paragraphs_of_a_very_short_article_stay_apart() -> None:
    short = (
        "<p>Two were hurt in the fire, said Olena.</p><figure><img src='a'><figcaption>By Smith</figcaption></figure>"
    )
    text = draft_of(page(body=f"{short}<p>The hospital has 12\u00a0beds, and all of them are taken.</p>")).text
    assert "said Olena.\n\nThe hospital has 12\u00a0beds" in text


def test_a_section_above_the_headline_and_a_heading_without_text_below_it_go() -> None:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    source = page(body=f"<h4>Valley news</h4><h1>River rises in the valley</h1>{body}<h3>More on this story</h3>")
    text = draft_of(source.replace("<head>", "<head><title>River rises in the valley</title>")).text
    assert text.startswith("River rises in the valley\n\nThe river rose")
    assert text.endswith(PARAGRAPHS[2])


def test_metadata_comes_from_what_the_page_states() -> None:
    head = (
        "<title>River rises in the valley | Valley Post</title>"
        '<meta property="og:title" content="Water! Water!"><meta property="og:site_name" content="Valley Post">'
        '<meta name="author" content="By Ana Petrova">'
        '<meta property="article:published_time" content="2018-03-05T22:10+02:00">'
        '<link rel="canonical" href="https://post.example/river">'
    )
    draft = draft_of(page(head, html='lang="en-GB"'))
    assert (draft.title, draft.title_confirmed) == ("River rises in the valley", True)
    assert (draft.outlet, draft.author, draft.language) == ("Valley Post", "Ana Petrova", "en-GB")
    assert draft.url == "https://post.example/river"
    assert draft.published == Published("2018-03-05T22:10+02:00", date(2018, 3, 5), Precision.DAY)


def test_metadata_comes_from_linked_data_however_deep() -> None:
    head = (
        '<script type="application/ld+json">{broken</script><script type="application/ld+json">'
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "River rises",'
        '"datePublished": "2018-03-05", "author": [{"@type": "Person", "name": "Ana Petrova"}, {"name": "Li Wei"}],'
        '"publisher": {"@type": "Organization", "name": "Valley Post"}, "inLanguage": "uk"}]}</script>'
    )
    draft = draft_of(page(head, "".join(f"<p>{words}</p>" for words in PARAGRAPHS), html=""))
    assert (draft.title, draft.outlet, draft.author) == ("River rises", "Valley Post", "Ana Petrova, Li Wei")
    assert (draft.published.on, draft.language) == (date(2018, 3, 5), "uk")


def test_a_page_that_states_nothing_gets_nothing_invented() -> None:
    body = "".join(f"<p>{words}</p>" for words in (*PARAGRAPHS, "It was built in 2012, on 3 May 2012, they say."))
    draft = draft_of(page(body=body, html="") + "<footer>© 2012</footer>")
    assert (draft.outlet, draft.author, draft.url, draft.language) == (None, None, None, None)
    assert draft.published == Published()
    assert draft.title_confirmed is False


def test_the_outlet_is_no_author_and_an_address_is_no_name() -> None:
    head = (
        '<meta property="og:site_name" content="Valley Post"><meta name="author" content="Valley Post">'
        '<meta property="article:author" content="https://social.example/valleypost">'
    )
    assert draft_of(page(head)).author is None


def test_a_script_address_is_no_article_address() -> None:
    assert draft_of(page('<link rel="canonical" href="javascript:alert(1)">')).url is None


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("2020-04-10T17:58:15+01:00", date(2020, 4, 10), Precision.DAY),
        ("20200816", date(2020, 8, 16), Precision.DAY),
        ("23.05.2011", date(2011, 5, 23), Precision.DAY),
        ("Aug. 16, 2020", date(2020, 8, 16), Precision.DAY),
        ("16 August 2020", date(2020, 8, 16), Precision.DAY),
        ("Sun, 16 Aug 2020 23:40:47 GMT", date(2020, 8, 16), Precision.DAY),
        ("2020-04", date(2020, 4, 1), Precision.MONTH),
        ("2020", date(2020, 1, 1), Precision.YEAR),
        ("0001-01-01T00:00:00", None, None),
        ("2020-13-45", None, None),
        ("04/05/2020", None, None),
        ("yesterday", None, None),
    ],
)
def test_dates_keep_their_words_and_say_only_what_is_sure(
    words: str, day: date | None, precision: Precision | None
) -> None:
    assert published_from(words) == Published(words, day, precision)


@given(st.text(max_size=60))
def test_any_words_for_a_date_are_survived(words: str) -> None:
    assert published_from(words).words == (" ".join(words.split()) or None)


@given(st.dates(min_value=date(1800, 1, 1)))
def test_iso_dates_are_read_right(day: date) -> None:
    assert published_from(f"{day.isoformat()}T08:00:00Z").on == day


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", ""),
        ("utf-16", ""),
    ],
)
def test_a_page_in_unicode_is_read_whatever_it_declares(encoding: str, declared: str) -> None:
    read = read_bytes(page(declared).encode(encoding), "page.html")
    assert PARAGRAPHS[1] in read.articles[0].text
    assert read.warnings == ()


def test_a_declared_encoding_is_followed() -> None:
    russian = "Вчера в городе прошли выборы мэра, сообщил журналистам глава избирательной комиссии области."
    source = page('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', f"<p>{russian}</p>" * 3)
    read = read_bytes(source.encode("koi8-r", "ignore"), "page.html")
    assert russian in read.articles[0].text
    assert read.warnings == ()


def test_without_an_article_all_visible_words_are_taken_and_it_is_told() -> None:
    shown = (
        "<nav><a href='/'>Home</a></nav><script>if (1 < 2) no('</p>')</script><style>p{}</style>"
        "<!-- not <p>this</p> --><h2>Head</h2>"
        "<p title='a > b'>Just &amp; <b>on</b>ly<br>this\n 🇺🇦</p><noscript>nor that</noscript>"
    )
    read = imported(f"<html><head><title>T</title></head><body>{'<div>' * 300}{shown}")
    assert read.articles[0].text == "Home\n\nHead\n\nJust & only\nthis 🇺🇦"
    assert [part.role for part in read.articles[0].parts] == [PartRole.HEADLINE]
    assert read.warnings == (NOTHING_FOUND.format("page.html"),)


@pytest.mark.parametrize("levels", [200, 300, 20_000])
def test_deep_nesting_loses_no_words(levels: int) -> None:
    source = f"<html><body>{'<div>' * levels}<p>Words at the bottom 🔥 of it all</p>{'</div>' * levels}</body></html>"
    read = imported(source, "deep.html")
    assert read.articles[0].text == "Words at the bottom 🔥 of it all"
    if levels > 250:
        assert read.warnings == (NOTHING_FOUND.format("deep.html"),)


@pytest.mark.parametrize("piece", ["<b", "<!--", "<script>", "<", '<p title="', "&amp", "<p>"])
def test_endless_unclosed_things_end(piece: str) -> None:
    source = "<html><body><p>Words first.</p>" + piece * 60_000
    assert imported(source).articles[0].text.startswith("Words first.")


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^page\.html holds no words"):
        imported("<html><head><title>Only a title</title></head><body><script>x</script></body></html>")


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^big\.html is a web page of 20 MB"):
        read_bytes(b"<html>" + b"x" * LARGEST, "big.html")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", "utf-8")
    head = f'<link rel="stylesheet" href="http://tracker.example/a.css"><base href="{secret.as_uri()}">'
    doctype = f'<!DOCTYPE html [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    source = page(head).replace("<!DOCTYPE html>", doctype).replace("</article>", "<p>&e;</p><img src='x'></article>")
    assert "hidden words" not in imported(source).articles[0].text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_whatever_stands_in_a_page_the_text_is_canonical_and_its_parts_fit(words: str) -> None:
    draft = draft_of(
        page(body=f"<h1>Heading of it {words}</h1><p>{PARAGRAPHS[0]}</p><p>{words}</p><p>{PARAGRAPHS[1]}</p>")
    )
    assert is_canonical(draft.text)
    assert all(0 <= part.start < part.end <= len(draft.text) for part in draft.parts)


@pytest.mark.parametrize(
    ("name", "title", "outlet", "author", "published", "url", "language", "begins", "ends"),
    [
        (
            "bbc.com.52241221.html",
            "Coronavirus: New York ramps up mass burials amid outbreak",
            "BBC News",
            None,
            Published("2020-04-10T17:58:15+01:00", date(2020, 4, 10), Precision.DAY),
            "https://www.bbc.com/news/world-us-canada-52241221",
            "en",
            "Coronavirus: New York ramps up mass burials amid outbreak\n\nMedia caption Drone footage shows",
            "Source: CDC, Chicago Department of Public Health",
        ),
        (
            "dw.com-elephants.html",
            "La perte des terres fertiles et les éléphants en Guinée-Conakry",
            "DW.COM",
            "Kossivi Tiassou",
            Published("23.05.2011", date(2011, 5, 23), Precision.DAY),
            "https://www.dw.com/fr/la-perte-des-terres-fertiles-et-les-%C3%A9l%C3%A9phants-en-guin%C3%A9e-conakry/a-6533123",
            "fr",
            "La perte des terres fertiles et les éléphants en Guinée-Conakry\n\n24 milliards de tonnes",
            "Auteur : Kossivi Tiassou\n\nEdition : M-A. Pioerron",
        ),
        (
            "nytimes.com.blackouts.html",
            "Rolling Blackouts in California Have Power Experts Stumped",
            "The New York Times",
            "Ivan Penn",
            Published("2020-08-16T23:40:47.000Z", date(2020, 8, 16), Precision.DAY),
            "https://www.nytimes.com/2020/08/16/business/california-blackouts.html",
            "en-US",
            "Rolling Blackouts in California Have Power Experts Stumped\n\nAs temperatures began to rise",
            "“Tomorrow evening, the wolf arrives.”",
        ),
    ],
)
def test_shared_pages_give_what_a_reader_sees(
    shared: Path,
    name: str,
    title: str,
    outlet: str,
    author: str | None,
    published: Published,
    url: str,
    language: str,
    begins: str,
    ends: str,
) -> None:
    read = read_file(shared / "inputs" / "html" / name)
    draft = read.articles[0]
    assert (draft.title, draft.title_confirmed, draft.outlet, draft.author) == (title, True, outlet, author)
    assert (draft.published, draft.url, draft.language) == (published, url, language)
    assert draft.text.startswith(begins)
    assert draft.text.endswith(ends)
    assert read.warnings == ()


def test_a_shared_arabic_page_without_a_declaration_is_guessed_right(shared: Path) -> None:
    name = "iso-8859-6-arabic._chromium_ISO-8859-6_with_no_encoding_specified.html"
    read = read_file(shared / "hostile" / "encodings" / name)
    assert read.articles[0].text.startswith("أعلنت كتائب")
    assert read.warnings == ("The encoding was guessed as ISO-8859-6; look whether the letters are right.",)


def test_a_row_of_comments_before_a_page_is_gone_through_once() -> None:
    comments = "<!---->" * 1000
    assert imported(f"{comments}{page()}", "a.txt").importer == "html"
    assert imported(f"{comments}No page.", "a.txt").importer == "txt"


def test_a_year_beyond_the_calendar_is_no_date() -> None:
    words = "Mon, 1 Jan 9999999999999999 12:00:00"
    assert published_from(words) == Published(words=words)
