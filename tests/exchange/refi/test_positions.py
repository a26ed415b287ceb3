"""Positions are read as whatever program wrote them counted."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotate.exchange.refi.positions import (
    READINGS,
    Places,
    Reading,
    Selected,
    are_the_words,
    file_text,
    taken_reading,
)
from tests.exchange.refi.packages import code, described, read, selection, text_source, words

TEXT = "Flood 🌊 in the valley\n\nقال الدفاع المدني 🇵🇸🇸🇾\nAt least 900 people left their homes,\nthe mayor said 🏚️.\n"
WORDS = ("Flood 🌊", "قال الدفاع", "At least 900 people left their homes", "the mayor", "🏚️")


def counted(text: str, place: int, reading: Reading, *, crlf: bool) -> int:
    """A position in code points as a program counts it; `crlf` says that the file's line ends are CR LF."""
    before = text[:place]
    if reading.line_ends == "CR LF" or (reading.line_ends == "as in the file" and crlf):
        before = before.replace("\n", "\r\n")
    before = ("\ufeff" if reading.marked else "") + before
    units = {"code points": "utf-32-le", "UTF-16 units": "utf-16-le", "bytes": "utf-8"}[reading.units]
    return len(before.encode(units)) // {"code points": 4, "UTF-16 units": 2, "bytes": 1}[reading.units]


def selections_as(reading: Reading, *, crlf: bool, named: bool) -> str:
    made = ""
    for one in WORDS:
        start = TEXT.index(one)
        end = start + len(one)
        last = counted(TEXT, end, reading, crlf=crlf) - (1 if reading.inclusive else 0)
        name = one if named else ""
        made += selection(counted(TEXT, start, reading, crlf=crlf), last, "Economy", name=name)
    return made


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["without mark", "with mark"])
@pytest.mark.parametrize("crlf", [False, True], ids=["LF", "CRLF"])
@pytest.mark.parametrize("reading", READINGS, ids=lambda one: one.sentence)
def test_passages_with_names_are_found_however_they_are_counted(reading: Reading, crlf: bool, bom: bytes) -> None:
    data = bom + (TEXT.replace("\n", "\r\n") if crlf else TEXT).encode()
    sources = text_source("t", selections_as(reading, crlf=crlf, named=True))
    incoming = read(described(codes=code("Economy"), sources=sources), data)
    assert words(incoming) == list(WORDS)
    assert sum(one.startswith("Positions were read as") for one in incoming.said) == 1


@pytest.mark.parametrize("units", ["code points", "UTF-16 units"])
def test_without_names_the_edges_of_words_decide(units: str) -> None:
    body = " ".join(f"word{number} 🌊 more{number}" for number in range(12))
    reading = Reading(units)
    made = ""
    for number in range(12):
        start = body.index(f"more{number}")
        ends = (counted(body, place, reading, crlf=False) for place in (start, start + len(f"more{number}")))
        made += selection(*ends, "Economy")
    incoming = read(described(codes=code("Economy"), sources=text_source("t", made)), body)
    assert words(incoming) == [f"more{number}" for number in range(12)]


def test_names_that_are_no_words_change_nothing() -> None:
    made = selection(6, 11, "Economy", name="line:6") + selection(0, 5, "Economy", name="a renamed passage")
    incoming = read(described(codes=code("Economy"), sources=text_source("t", made)), "words as they are")
    assert words(incoming) == ["as th", "words"]


@given(st.text("ab \r\n🌊قé", max_size=40), st.data())
def test_every_reading_leads_back_to_the_place(raw: str, data: st.DataObject) -> None:
    text = file_text(raw)
    crlf = raw == raw.replace("\r\n", "\n").replace("\r", "").replace("\n", "\r\n")
    assume(crlf or "\r\n" not in raw)
    reading = data.draw(st.sampled_from([one for one in READINGS if not one.inclusive]))
    start = data.draw(st.integers(0, len(text.body)))
    end = data.draw(st.integers(start, len(text.body)))
    assume(start < end)
    ends = [counted(text.body, place, reading, crlf=crlf and "\n" in raw) for place in (start, end)]
    assert Places(text, reading).span(*ends) == (start, end)


@given(st.text("ab \r\n🌊\x07", max_size=40), st.data())
def test_control_characters_of_the_file_are_counted_as_it_does(raw: str, data: st.DataObject) -> None:
    text = file_text(raw)
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    span = Places(text, Reading()).span(start, end)
    kept = raw[start:end].replace("\r\n", "\n").replace("\x07", "").replace("\r", "\n")
    assume(not raw[start:end].startswith("\n") and not raw[start:end].endswith("\r"))
    assert (text.body[slice(*span)] if span else "") == kept


def test_names_may_be_cut_and_have_other_blanks() -> None:
    text = "a\u00a0one\n two three"
    assert are_the_words(text, 2, len(text), "one two th…")
    assert are_the_words(text, 0, 5, "a one")
    assert not are_the_words(text, 2, 10, "one")
    assert not are_the_words(text, 2, 10, "…")


def test_with_nothing_selected_nothing_is_said() -> None:
    assert taken_reading([(file_text("abc"), [])]).tried == 0
    assert taken_reading([(file_text("abc"), [Selected(9, 12, "")])]).reading == READINGS[0]
