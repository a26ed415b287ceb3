"""Offsets of other tools: every place of a text as it was kept is a place of its canonical form."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from annotate.canonical import canonical
from annotate.exchange.foreign_offsets import ForeignText, Utf8Places

RAW = st.text(st.sampled_from("ab \r\n\r\n\x00\x0b\ufeff\ud83c\udf0a🌊🇺🇦ق\u0301\u2028\uffff"), max_size=30)


@given(RAW)
@example("\x00\ufeffa\r\nb")
@example("\ufeff\ufeff\x01\r\n\n\r")
@example("a\ufeffb\ud83c\udf0ac")
def test_what_stands_before_a_place_stands_before_it_in_the_canonical_text(raw: str) -> None:
    text = ForeignText(raw)
    assert text.text == canonical(raw).text
    assert text.place(len(raw)) == len(text.text)
    for offset in range(len(raw) + 1):
        if raw[offset - 1 : offset + 1] == "\r\n" or _within_pair(raw, offset):
            continue  # between two that become one
        before = canonical(raw[:offset]).text
        assert text.text[: text.place(offset)] == before


def _within_pair(raw: str, offset: int) -> bool:
    pairs = re.finditer("[\ud800-\udbff][\x00-\x08\x0e-\x1f]*[\udc00-\udfff]", raw)
    return any(pair.start() < offset < pair.end() for pair in pairs)


def test_places_outside_the_text_are_its_ends() -> None:
    text = ForeignText("a\r\nb")
    assert (text.place(-5), text.place(99)) == (0, 3)


@given(st.text(max_size=40))
def test_bytes_lead_to_the_characters_they_belong_to(text: str) -> None:
    places = Utf8Places(text)
    assert places.length == len(text.encode())
    for offset in range(len(text) + 1):
        begin = len(text[:offset].encode())
        assert places.place(begin) == offset
        for inside in range(begin + 1, begin + len(text[offset : offset + 1].encode())):
            assert places.place(inside) == offset
