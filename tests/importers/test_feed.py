"""Feeds: one article an entry, with what the feed says about it; nothing in one is fetched, opened or expanded."""

from __future__ import annotations

import builtins
import socket
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import is_canonical
from annotate.errors import ImportRefused
from annotate.importers import Draft, ImportedFile, read_bytes, read_file
from annotate.importers.feed import LARGEST
from annotate.model import Published
from annotate.vocabulary import Precision

WORDS = "عدد الجرحى 40 شخصا 🇺🇦, said Zoe\u0308 👩‍👩‍👧."
RSS = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
RSS += 'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Feed</title><language>uk</language>'
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Feed</title>'
SUMMARY_ONLY = "The entry holds a summary only; get the article itself from its address."


def imported(source: str, name: str = "feed.xml") -> ImportedFile:
    read = read_bytes(source.encode(), name)
    assert read.importer == "feed"
    assert all(is_canonical(draft.text) and draft.title for draft in read.articles)
    return read


def ending(data: bytes, name: str) -> ImportedFile | str:
    """What was read, or the sentence that says why not."""
    try:
        return read_bytes(data, name)
    except ImportRefused as refused:
        return str(refused)


def rss(*items: str) -> ImportedFile:
    return imported(RSS + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>")


def atom(entry: str, before: str = "") -> Draft:
    (draft,) = imported(f"{ATOM}{before}<entry>{entry}</entry></feed>").articles
    return draft


def test_the_whole_content_goes_before_the_summary() -> None:
    content = escape(f"<h2>More</h2><p>{WORDS}</p><script>x()</script><p>One<br/>two</p>")
    read = rss(
        f"<title>Forty &lt;b&gt;hurt&lt;/b&gt; &amp;amp; two</title><description>Short</description>"
        f"<content:encoded>{content}</content:encoded><link>https://e.org/1</link><dc:creator>Olena</dc:creator>"
        f"<pubDate>Tue, 03 Mar 2026 07:59:58 GMT</pubDate>"
    )
    (draft,) = read.articles
    assert draft.text == f"More\n\n{WORDS}\n\nOne\ntwo"
    assert [draft.text[one.start : one.end] for one in draft.parts] == ["More"]
    assert (draft.title, draft.title_confirmed, draft.outlet) == ("Forty hurt & two", True, "The Feed")
    assert (draft.author, draft.url, draft.language) == ("Olena", "https://e.org/1", "uk")
    assert draft.published == Published("Tue, 03 Mar 2026 07:59:58 GMT", date(2026, 3, 3), Precision.DAY)
    assert (draft.place_in_file, read.warnings) == (None, ())


def test_what_holds_less_than_an_article_is_said() -> None:
    whole = f"<title>A</title><content:encoded>{escape(f'<p>{WORDS}</p>')}</content:encoded>"
    read = rss(
        whole, "<title>B</title><description>Short</description>", "<title>C</title>", "<link>https://e.org/</link>"
    )
    assert [(draft.title, draft.text, draft.place_in_file) for draft in read.articles] == [
        ("A", WORDS, "1 of 4"),
        ("B", "Short", "2 of 4"),
        ("C", "C", "3 of 4"),
    ]
    assert read.warnings == (
        "1 of 4 entries holds a summary only; get the article itself from its address.",
        "1 of 4 entries holds a title only; get the article itself from its address.",
        "1 of 4 entries holds no words; what has none was left out.",
    )


def test_an_atom_entry_has_its_own_authors_or_those_of_the_feed() -> None:
    two = "<author><name>Olena</name></author><author><name>Ivan</name><email>i@e.org</email></author>"
    words = f'<title>T</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></div></content>'
    assert atom(words + two).author == "Olena, Ivan"
    assert atom(words, "<author><name>The desk</name></author>").author == "The desk"
    assert atom(words).author is None
    assert atom(words).text == WORDS


def test_an_update_is_no_date_of_publication() -> None:
    words = "<title>T</title><summary>Words</summary><updated>2026-03-03T08:00:00Z</updated>"
    assert atom(words).published == Published()
    assert atom(f"{words}<published>2026-03-01T08:00:00Z</published>").published.on == date(2026, 3, 1)


def test_plain_text_keeps_what_looks_like_markup_in_it() -> None:
    assert (
        atom('<title type="text">a &lt;b&gt; c</title><content type="text">x &lt; y\n\nz</content>').text
        == "x < y\n\nz"
    )


def test_an_entry_taken_over_from_elsewhere_names_its_outlet() -> None:
    item = '<title>T</title><description>Words</description><source url="https://e.org">{}</source>'
    assert rss(item.format("The Herald")).articles[0].outlet == "The Herald"
    assert rss(item.format("https://e.org/rss")).articles[0].outlet == "The Feed"
    atom_source = "<title>T</title><summary>W</summary><source><title>The Herald</title></source>"
    assert atom(atom_source).outlet == "The Herald"


def test_an_entry_without_a_title_has_one_that_is_not_confirmed() -> None:
    draft = rss("<description>&lt;p&gt;Forty hurt, says e.org.&lt;/p&gt;</description>").articles[0]
    assert (draft.title, draft.title_confirmed) == ("Forty hurt, says e.org.", False)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[", "/relative"])
def test_only_an_address_of_the_web_is_taken_for_one(link: str) -> None:
    assert rss(f"<title>T</title><description>W</description><link>{link}</link>").articles[0].url is None


@pytest.mark.parametrize(
    "source",
    [
        '<rss version="0.91"><channel><title>F</title><item><title>T</title><description>W</description></item>'
        "</channel></rss>",
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">\n<rss version="0.91"><channel><title>F</title>'
        "<item><title>T</title><description>W</description></item></channel></rss>",
        '<?xml version="1.0"?><!-- a feed --><?xml-stylesheet href="x"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="a"><title>F</title></channel><item rdf:about="b"><title>T</title>'
        "<description>W</description><dc:date>2026-03-03</dc:date></item></rdf:RDF>",
        '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>F</atom:title><atom:entry>'
        "<atom:title>T</atom:title><atom:summary>W</atom:summary></atom:entry></atom:feed>",
        '<?xml version="1.0"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>F</title>'
        "<entry><title>T</title><summary>W</summary><issued>2026-03-03</issued></entry></feed>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_kind_of_feed_is_told_by_its_bytes(source: str, encoding: str) -> None:
    read = read_bytes(source.encode(encoding), "news.txt")
    assert read.importer == "feed"
    (draft,) = read.articles
    assert (draft.title, draft.outlet, draft.text) == ("T", "F", "W")
    assert read.warnings == (SUMMARY_ONLY,)
    dated = "dc:date" in source or "issued" in source
    assert draft.published == (Published("2026-03-03", date(2026, 3, 3), Precision.DAY) if dated else Published())


@pytest.mark.parametrize(
    "source",
    [
        '<?xml version="1.0"?><feeds/>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        "A word, then <rss>, is a text about feeds.",
        "<!doctype html><html><body><feed>Words of a page</feed></body></html>",
    ],
)
def test_what_only_looks_like_a_feed_is_none(source: str) -> None:
    read = ending(source.encode(), "a.txt")
    assert "is an XML file" in read if isinstance(read, str) else read.importer in ("txt", "html")


@pytest.mark.parametrize(
    "source", [f"{RSS}</channel></rss>", f"{ATOM}</feed>", "<rss>", f"{RSS}<item></item></channel></rss>"]
)
def test_a_feed_without_entries_or_words_is_refused(source: str) -> None:
    with pytest.raises(ImportRefused, match=r"^a\.rss (?:is a feed without entries|holds no words); there is nothing"):
        read_bytes(source.encode(), "a.rss")


def test_a_damaged_feed_still_gives_what_can_be_read() -> None:
    cut = f"{RSS}<item><title>A</title><description>{WORDS}</description></item><item><title>B & C</title><descr"
    assert [draft.title for draft in imported(cut).articles] == ["A", "B & C"]


def test_a_feed_that_is_too_large_is_refused() -> None:
    with pytest.raises(ImportRefused, match=r"^a\.rss is a feed of 10 MB; feeds of up to 10 MB are read\. Split it\.$"):
        read_bytes(RSS.encode() + bytes(LARGEST), "a.rss")


BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
ITEM = "<item><title>T</title><description>Words {}</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("doctype", "reference"),
    [
        (f'<!DOCTYPE rss [<!ENTITY a0 "lol">{BOMB}]>', "&a9;"),
        (f'<!DOCTYPE rss [<!ENTITY a "{"lol " * 2000}">]>', "&a;" * 20_000),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        ('<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>', ""),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">', ""),
    ],
)
def test_entities_are_neither_expanded_nor_fetched(
    doctype: str, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rss("<title>what importing the library opens is opened now</title>")
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: opened.append(address))
    monkeypatch.setattr(builtins, "open", lambda name, *_, **__: opened.append(name))
    source = RSS.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?>{doctype}') + ITEM.format(reference)
    text = imported(source).articles[0].text
    assert text.startswith("Words")
    assert "root:" not in text
    assert "lol" not in text
    assert opened == []


def test_a_feed_is_never_taken_for_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = "<rss><item><title>T</title></item>"
    (tmp_path / "<rss>").mkdir()
    assert imported(source).articles[0].text == "T"


HOSTILE = {
    "nested": "<div>" * 20_000 + "words" + "</div>" * 20_000,
    "unclosed": "<div>" * 20_000 + "words",
    "brackets": "<" * 50_000,
    "quotes": "<a b='" * 20_000,
    "comments": "<!-- " * 50_000,
    "sections": "<![CDATA[" * 50_000,
    "ampersands": "&a" * 50_000,
    "declarations": "<!x" * 50_000,
    "an attribute of 5 MB": f"<b c='{'x' * 5_000_000}'>words</b>",
    "namespaces": "".join(f"<a xmlns:b{n}='c'>" for n in range(10_000)),
    "items": "<item>" * 10_000,
    "controls": "wor\1ds \u202e and \ufffe",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("end", ["</description></item></channel></rss>", ""])
def test_a_hostile_feed_ends_in_words_or_a_sentence(hostile: str, end: str) -> None:
    read = ending(f"{RSS}<item><title>T</title><description>{hostile}{end}".encode(), "feed.xml")
    assert not isinstance(read, str)
    assert all(is_canonical(draft.text) and draft.text and draft.title for draft in read.articles)


def test_an_element_with_attributes_without_end_is_refused() -> None:
    attributes = " ".join(f"a{n}='x>y'" for n in range(100_000))
    with pytest.raises(ImportRefused, match=r"^feed\.xml is damaged: an element in it has over a thousand attributes"):
        imported(f"{RSS}<item {attributes}><title>T</title></item></channel></rss>")


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_feed_ends_in_articles_or_a_sentence(noise: bytes, place: int) -> None:
    whole = (RSS + ITEM.format(WORDS)).encode()
    data = whole[: 200 + place] + noise + whole[200 + place :]
    read = ending(data, "a.rss")
    if isinstance(read, str):
        assert read.startswith("a.rss ")
        assert "damaged or not a feed" not in read
    else:
        assert all(is_canonical(draft.text) and draft.title for draft in read.articles)


@pytest.mark.parametrize(
    ("name", "title", "author", "published", "url", "language", "warnings"),
    [
        (
            "atom10.xml",
            "First entry title",
            "Mark Pilgrim",
            "2005-11-09T00:23:47Z",
            "http://example.org/entry/3",
            "en-US",
            (),
        ),
        (
            "rss20.xml",
            "First item title",
            "mark@example.org",
            "Thu, 05 Sep 2002 00:00:01 GMT",
            "http://example.org/item/1",
            "en",
            (SUMMARY_ONLY,),
        ),
    ],
)
def test_the_shared_feeds_are_read_as_a_person_reads_them(
    shared: Path, name: str, title: str, author: str, published: str, url: str, language: str, warnings: tuple[str, ...]
) -> None:
    read = read_file(shared / "inputs" / "feeds" / name)
    (draft,) = read.articles
    assert (draft.title, draft.author, draft.outlet, draft.url) == (title, author, "Sample Feed", url)
    assert (draft.published.words, draft.published.precision) == (published, Precision.DAY)
    assert draft.published.on == (date(2005, 11, 9) if name == "atom10.xml" else date(2002, 9, 5))
    assert (draft.text, draft.language, read.warnings) == ("Watch out for nasty tricks", language, warnings)


@pytest.mark.parametrize(
    ("name", "count", "outlet", "title"),
    [
        ("SHIFT_JIS.accessories-brand.com.xml", 15, "アクセサリーブランド大辞典", "ブルーム(BLOOM）"),
        (
            "SHIFT_JIS.nextbeaut.com.xml",
            15,
            "ダイエットサプリメント通販ブログ【コエンザイムＱ１０・αリポ酸・Ｌ－カルニチン】",
            "SUINA スイナウォータル",
        ),
        ("windows-1251-russian.janulalife.blogspot.com.xml", 7, "JaNuLa's L1FE MOMENTS", "Первый снег... в этом году"),
        (
            "windows-1251-russian.forum.template-toolkit.ru.1.xml",
            20,
            "Форумы Template Toolkit : Работа с Template Toolkit",
            "Template::Plugin::XML::RSS",
        ),
    ],
)
def test_feeds_in_old_encodings_are_read(shared: Path, name: str, count: int, outlet: str, title: str) -> None:
    read = read_file(shared / "hostile" / "encodings" / name)
    assert len(read.articles) == count
    assert (read.articles[0].title, read.articles[0].outlet) == (title, outlet)
    assert read.articles[0].place_in_file == f"1 of {count}"


def item(inside: str, namespaces: str = "") -> Draft:
    source = RSS.replace("<rss ", f"<rss {namespaces} ") + f"<item><title>T</title>{inside}</item></channel></rss>"
    (draft,) = imported(source).articles
    return draft


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def test_the_caption_of_a_picture_is_not_taken_for_the_words_of_its_entry() -> None:
    picture = (
        '<media:content url="https://e.org/a.jpg"><media:description>A caption</media:description></media:content>'
    )
    assert item(f"<description>{WORDS}</description>{picture}", MEDIA).text == WORDS


def test_of_a_film_the_words_on_it_are_taken() -> None:
    group = f"<media:group><media:title>T</media:title><media:description>{WORDS}</media:description></media:group>"
    assert item(group, MEDIA).text == WORDS


def test_the_whole_text_that_a_feed_has_for_other_readers_goes_before_the_summary() -> None:
    full = f"<description>Short.</description><yandex:full-text>{WORDS}</yandex:full-text>"
    assert item(full, 'xmlns:yandex="http://news.yandex.ru"').text == WORDS


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Q&A with x & y &amp; z", "Q&A with x & y & z"),
        ("<![CDATA[Q&A <b>with</b> x &amp; y]]>", "Q&A with x & y"),
        ("&amp;lt;p&amp;gt;Words &amp;amp;amp; more&amp;lt;/p&amp;gt;", "Words & more"),
        ("Where &amp;lt;p&amp;gt; stands in a page", "Where <p> stands in a page"),
    ],
)
def test_ampersands_and_markup_escaped_too_little_or_too_often_are_read(written: str, read: str) -> None:
    assert item(f"<description>{written}</description>").text == read


@pytest.mark.parametrize(
    ("content", "summary", "read"),
    [
        ("Read more", WORDS, WORDS),
        (WORDS, "Short.", WORDS),
        (WORDS, WORDS + " More.", WORDS),
        ("Read more", "", "Read more"),
    ],
)
def test_a_content_that_only_points_to_the_page_gives_way_to_a_summary_with_the_words(
    content: str, summary: str, read: str
) -> None:
    offered = f"<description>{summary}</description><content:encoded>{content}</content:encoded>"
    assert item(offered).text == read


@pytest.mark.parametrize("address", ["ann@day.org", "ann@day.press", "ann@day.example"])
def test_the_name_beside_the_address_of_an_author_is_taken_whatever_its_ending(address: str) -> None:
    assert item(f"<author>{address} (Ann Ünal 🇺🇦)</author><description>{WORDS}</description>").author == "Ann Ünal 🇺🇦"
