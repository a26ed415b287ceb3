"""Canonical text: stable, legal in XML, and otherwise exactly what was written."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.canonical import canonical, is_canonical, sha256_of

awkward = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs"]),
        st.sampled_from("\r\n\x00\x0b\x0c\x85\u2028\u2029\ufeff\ufffe\uffff\xa0\u200d\u0301🇺🇦👩مرح"),
    )
)


@given(awkward)
def test_doing_it_twice_changes_nothing_more(text: str) -> None:
    once = canonical(text)
    assert is_canonical(once.text)
    assert canonical(once.text).text == once.text
    assert canonical(once.text).notes == ()


@given(awkward)
def test_a_text_is_canonical_exactly_when_it_comes_back_unchanged(text: str) -> None:
    assert is_canonical(text) == (canonical(text).text == text)


@given(awkward)
def test_canonical_text_survives_xml_unchanged(text: str) -> None:
    kept = canonical(text).text
    element = ElementTree.Element("t")
    element.text = kept
    assert (ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text or "") == kept


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv 🇺🇦 said: 👩‍👩‍👧 fled",
        "می‌خواهم \u202bمرحبا\u202c \u2068a\u2069 \u200f",
        "cafe\u0301 is not café",
        "10\u00a0000 and 5\u202f%",
        "one\u2028two\u2029three\u0085four",
        "inner \ufeff mark",
    ],
)
def test_what_is_legal_stays_to_the_letter(text: str) -> None:
    assert canonical(text).text == text
    assert canonical(text).notes == ()


def test_line_ends_become_lf_without_a_word() -> None:
    assert canonical("a\r\nb\rc\nd\r\n\r\ne") == canonical("a\nb\nc\nd\n\ne")
    assert canonical("a\r\nb").notes == ()


def test_a_byte_order_mark_goes_without_a_word() -> None:
    assert canonical("\ufeffWords").text == "Words"
    assert canonical("\ufeffWords").notes == ()


def test_page_breaks_become_line_ends_and_are_told() -> None:
    result = canonical("page one\x0cpage two")
    assert result.text == "page one\npage two"
    assert result.notes == ("1 page or line break character was replaced by a line end.",)


def test_control_characters_are_removed_and_counted() -> None:
    result = canonical("a\x00b\x07c\x1fd")
    assert result.text == "abcd"
    assert result.notes == ("3 control characters were removed.",)


def test_halves_of_an_emoji_are_put_together_and_a_lone_half_is_replaced() -> None:
    assert canonical("\ud83d\ude00").text == "😀"
    assert canonical("\ud83d\ude00").notes == ()
    alone = canonical("x\ud83dy\uffff")
    assert alone.text == "x\ufffdy\ufffd"
    assert alone.notes == ("2 broken characters were replaced by \ufffd.",)


def test_the_hash_is_of_the_utf8_bytes() -> None:
    assert sha256_of("Aleppo حلب") == hashlib.sha256("Aleppo حلب".encode()).hexdigest()
