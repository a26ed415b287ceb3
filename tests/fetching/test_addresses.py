"""Which words of a pasted list are web addresses, and what exactly each of them asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import FetchFailed
from annotate.fetching import addresses_in, is_address, only_addresses
from annotate.fetching.target import redirected, target_of


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("  - https://example.org/a.", "https://example.org/a"),
        ("• <https://example.org/a>", "https://example.org/a"),
        ("3. https://example.org/a;", "https://example.org/a"),
        ("Flood in the valley 🌊 – https://example.org/a", "https://example.org/a"),
        ("“https://example.org/a”,", "https://example.org/a"),
        ("(see https://example.org/a).", "https://example.org/a"),
        ("https://example.org/Harrow_(town)", "https://example.org/Harrow_(town)"),
        ("(https://example.org/Harrow_(town))", "https://example.org/Harrow_(town)"),
        ("[Flood](https://example.org/a)", "https://example.org/a"),
        ("[https://example.org/a](https://example.org/a)", "https://example.org/a"),
        ("‏https://example.org/أخبار‏،", "https://example.org/أخبار"),
        ("HTTP://EXAMPLE.ORG/A?b=c&d=e#f", "HTTP://EXAMPLE.ORG/A?b=c&d=e#f"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("http://[2001:db8::1]:8080/a]", "http://[2001:db8::1]:8080/a"),
        ('<a href="https://example.org/a">', "https://example.org/a"),
        ("**https://example.org/a**", "https://example.org/a"),
    ],
)
def test_an_address_is_found_in_what_stands_around_it(line: str, address: str) -> None:
    assert addresses_in(line) == (address,)


def test_every_address_comes_once_and_in_order() -> None:
    text = (
        "b https://b.example/1\r\nhttps://a.example/\u2028https://b.example/1 https://c.example/x, https://a.example/y"
    )
    assert addresses_in(text) == (
        "https://b.example/1",
        "https://a.example/",
        "https://c.example/x",
        "https://a.example/y",
    )


@pytest.mark.parametrize(
    "words",
    ["", "no address 🌊", "hxxps://example[.]org/a", "ftp://example.org/a", "file:///etc/passwd", "javascript:alert(1)",
     "https://", "a@www.example.org", "wwwexample.org", "http://."],
)  # fmt: skip
def test_other_words_are_no_address(words: str) -> None:
    assert addresses_in(words) == ()
    assert only_addresses(words) == ()


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a",
        "https://example.org/a\n\n • https://example.org/b.\r\n",
        "1. <https://example.org/a>\n2) https://example.org/b\n",
        "https://example.org/a, https://example.org/b",
        "\u200fhttps://example.org/a\u200f",
    ],
)
def test_a_list_of_addresses_is_known_as_one(text: str) -> None:
    assert only_addresses(text) == addresses_in(text) != ()


@pytest.mark.parametrize(
    "text",
    [
        "Forty homes flooded in the valley https://example.org/a",
        "https://example.org/a\nForty homes are flooded.",
        "Flood\nhttps://example.org/a",
        "900 https://example.org/a",
    ],
)
def test_words_with_a_link_are_an_article_and_no_list(text: str) -> None:
    assert only_addresses(text) == ()


@given(st.text())
def test_what_is_found_in_any_text_is_an_address_without_white_space(text: str) -> None:
    for address in addresses_in(f"https://a{text} {text}"):
        assert is_address(address)
        assert len(address.split()) == 1


def test_the_command_line_tells_addresses_from_files() -> None:
    assert is_address("https://example.org")
    assert is_address("HTTP://example.org")
    assert not is_address("http/example.html")
    assert not is_address("httpsomething.txt")


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/A", "https://example.org/A"),
        ("http://example.org:8081/a#part", "http://example.org:8081/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://straße.example/a", "https://xn--strae-oqa.example/a"),
        ("https://أخبار.example/", "https://xn--igbh0ihq.example/"),
        ("https://ＥＸＡＭＰＬＥ。org/", "https://example.org/"),
        ("https://example.org/ü?q=ñ 🌊".replace(" ", "%20"), "https://example.org/%C3%BC?q=%C3%B1%20%F0%9F%8C%8A"),
        ("https://example.org/a%2Fb?c=%41", "https://example.org/a%2Fb?c=%41"),
        ("https://example.org?q=1", "https://example.org/?q=1"),
        ("http://[::1]:80/", "http://[::1]/"),
    ],
)
def test_an_address_is_asked_for_in_one_form(address: str, asked: str) -> None:
    if "أخبار" in address:
        asked = f"https://xn--{'أخبار'.encode('punycode').decode()}.example/"
    assert target_of(address).address == asked


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://ana:secret@example.org/a", "name or password"),
        ("https://example.org\\@evil.example/", "name or password"),
        ("https://evil.example\\.example.org/", "names no site"),
        ("https://example.org/a\r\nX-Evil: 1", "line break"),
        ("https://exam\tple.org/", "line break"),
        ("https://example.org/a b", "space"),
        ("https://example.org/\x00", "line break"),
        ("file:///etc/passwd", "http:// or https://"),
        ("ftp://example.org/a", "http:// or https://"),
        ("gopher://127.0.0.1:6379/_x", "http:// or https://"),
        ("https://example.org:99999/", "not a web address"),
        ("https://example.org:0/", "names no site"),
        ("https:///a", "names no site"),
        ("https://exam℀ple.org/", "not a web address"),
        ("https://a..example.org/", "names no site"),
        ("https://exa\u200bmple.org/", "names no site"),
        ("http://[fe80::1%25eth0]/", "names no site"),
        ("http://[::1/", "not a web address"),
        (f"https://{'a' * 64}.org/", "names no site"),
        (f"https://example.org/{'a' * 9000}", "too long"),
        ("", "not a web address"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_in_one_sentence(address: str, said: str) -> None:
    with pytest.raises(FetchFailed, match=said) as refused:
        target_of(address)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


@given(st.text(max_size=40))
def test_any_words_are_an_address_in_ascii_or_are_refused(words: str) -> None:
    for address in (words, f"https://{words}", f"https://example.org/{words}"):
        try:
            target = target_of(address)
        except FetchFailed:
            continue
        assert target.address.isascii()
        assert target.address.isprintable()
        assert " " not in target.address
        assert target_of(target.address) == target


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("b", "https://example.org/news/b"),
        ("/b?c#d", "https://example.org/b?c"),
        ("//other.example/b", "https://other.example/b"),
        ("http://other.example", "http://other.example/"),
        ("/ü".encode().decode("latin-1"), "https://example.org/%C3%BC"),
        ("/ü", "https://example.org/%C3%BC"),
    ],
)
def test_a_redirect_leads_to_where_the_header_says(location: str, leads_to: str) -> None:
    assert redirected(target_of("https://example.org/news/a"), location).address == leads_to
