"""Searching an article: held against a slow search that tries every stretch of graphemes."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from annotate import finding
from annotate.finding import Finder, FoldedText, Wanted, find_all

PIECES = [
    *"aAeEsSiIkK 4.,_'’\"\n",
    "ß", "ẞ", "\u0130", "ı", "ﬁ", "fi", "é", "e\u0301", "É", "\u0301", "\u0323", "Ǖ", "σ", "ς", "Σ",
    "😀", "👨\u200d👩\u200d👧", "🇳🇴", "🇳", "قَال", "قال", "َ",
    "\u00a0", "\u2028", "한", "\u1112\u1161\u11ab", "क्ष", "\u0345", "\r\n",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def slow_fold(text: str, case: bool) -> str:
    alike = {**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟«»", '"')}
    same = "".join(" " if c.isspace() else alike.get(c, c) for c in text)
    return normalize("NFD", same if case else "".join("i" if c == "\u0130" else c.casefold() for c in same))


def slow_find(text: str, words: str, case: bool) -> list[tuple[int, int]]:
    edges = [0, *(match.end() for match in regex.finditer(r"\X", text))]
    wanted, found, free = slow_fold(words, case), [], 0
    for number, start in enumerate(edges):
        if start < free or not words:
            continue
        end = next((e for e in edges[number + 1 :] if slow_fold(text[start:e], case) == wanted), None)
        if end is not None:
            found.append((start, end))
            free = end
    return found


def found(text: str, words: str, *, case: bool = False, whole_words: bool = False) -> list[str]:
    spans = find_all(FoldedText(text, case=case), words, whole_words=whole_words)
    return [text[span.start : span.end] for span in spans]


@given(TEXTS, st.one_of(TEXTS, st.lists(st.sampled_from(PIECES), max_size=2).map("".join)), st.booleans())
@example("ßs", "ss", False)
@example("a\u0301\u0323a", "a\u0323\u0301", True)
def test_what_is_found_is_what_a_slow_search_finds(text: str, words: str, case: bool) -> None:
    spans = find_all(FoldedText(text, case=case), words)
    assert [(span.start, span.end) for span in spans] == slow_find(text, words, case)


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_whole_words_are_some_of_all_hits_or_hits_that_others_covered(before, words, after, case) -> None:
    text = FoldedText(before + words + after, case=case)
    whole = find_all(text, words, whole_words=True)
    every = find_all(text, words)
    assert bool(every) >= bool(whole)
    assert all(any(one.start < other.end and other.start < one.end for other in every) for one in whole)


@given(TEXTS)
def test_every_edge_that_folding_leaves_is_told_in_order(text: str) -> None:
    folded = FoldedText(text, case=False)
    places = [folded.place_of(at) for at in range(len(folded.folded) + 1)]
    assert [place for place in places if place is not None] == list(range(len(text) + 1))


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Die Straße, die STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("İstanbul and ISTANBUL", "istanbul", ["İstanbul", "ISTANBUL"]),
        ("😀 Café 🇳🇴 cafe\u0301", "café", ["Café", "cafe\u0301"]),
        ("cafe\u0301s", "cafe", []),
        ("the ﬁre", "FIRE", ["ﬁre"]),
        ("the port\u00a0authority, the port\nauthority", "port authority", ["port\u00a0authority", "port\nauthority"]),
        ("it’s", "it's", ["it’s"]),
        ("قال مسؤول إن نحو 70 قاربا", "مسؤول", ["مسؤول"]),
        ("👨\u200d👩\u200d👧", "👩", []),
        ("aaaa", "aa", ["aa", "aa"]),
        ("anything", "", []),
    ],
)
def test_what_looks_the_same_is_found_as_it_is_written(text: str, words: str, hits: list[str]) -> None:
    assert found(text, words) == hits


def test_case_tells_capital_and_small_letters_apart() -> None:
    assert found("May, may and MAY", "May", case=True) == ["May"]


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("port, airport, ports, (port) port", "port", 3),
        ("40 boats, 40,000 boats, 1.40 and 40.", "40", 2),
        ("cafe\u0301 cafe", "cafe", 1),
        ("اليوم قال وقال", "قال", 1),
        ("snake_case", "case", 0),
        ("“port”", "“port”", 1),
        ("aaa aa", "aa", 1),
    ],
)
def test_whole_words_end_where_words_and_numbers_end(text: str, words: str, count: int) -> None:
    assert len(found(text, words, whole_words=True)) == count


def test_no_more_are_looked_for_than_asked() -> None:
    assert len(find_all(FoldedText("e" * 100, case=False), "e", most=7)) == 7


@given(TEXTS, st.booleans(), st.integers(1, 4))
def test_a_text_folded_in_pieces_is_the_text_folded_whole(text: str, case: bool, size: int) -> None:
    whole = FoldedText(text, case=case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "_PIECE", size)
        pieces = FoldedText(text, case=case)
    assert pieces.folded == whole.folded
    every = range(len(whole.folded) + 1)
    assert [pieces.place_of(at) for at in every] == [whole.place_of(at) for at in every]


def test_a_finder_tells_case_apart_only_while_it_is_asked_to() -> None:
    finder = Finder("Port 🔥 port")
    for case, count in ((False, 2), (True, 1), (False, 2)):
        assert len(finder.find(Wanted("port", case=case))) == count


# ---------------------------------------------------------------- regular expressions


def matched(text: str, expression: str, *, case: bool = False, whole_words: bool = False) -> list[str]:
    wanted = Wanted(expression, case, whole_words, expression=True)
    return [text[span.start : span.end] for span in Finder(text).find(wanted)]


EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "e", "s", "[aes]", "[^a]", ".", "4", "😀", "قال", "é", "\\n", "^", "$", "\\b"]),
    lambda parts: st.one_of(
        st.tuples(parts, parts).map("".join),
        st.tuples(parts, parts).map("(?:{0[0]}|{0[1]})".format),
        st.tuples(parts, st.sampled_from(["?", "*", "+", "{1,2}", "*?"])).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=5,
)
BREAKS = dict.fromkeys("\r\u2028", "\n") | {"\u00a0": " "}


@given(TEXTS, EXPRESSIONS)
@example("a\r\nb\u2028c", ".$")
@example("e\u0301e", "e")
@example("🇳🇴🇳", "[🇳🇴]")
def test_matches_are_those_of_the_standard_library_in_whole_graphemes(text: str, expression: str) -> None:
    if "\\b" in expression or "\\w" in expression:
        # To Unicode, and to what searches here, joiners and marks belong to words; not to the standard library.
        text = "".join(one for one in text if bool(re.match(r"\w", one)) == bool(regex.match(r"\w", one)))
    plain = "".join(BREAKS.get(character, character) for character in text)
    edges = [0, *(match.end() for match in regex.finditer(r"\X", text))]
    slow, free = [], 0
    for match in re.finditer(expression, plain, re.MULTILINE):
        start = max(edge for edge in edges if edge <= match.start())
        end = min(edge for edge in edges if edge >= match.end())
        if match.group() and start >= free:
            slow.append((start, end))
            free = end
    found = Finder(text).find(Wanted(expression, case=True, expression=True))
    assert [(span.start, span.end) for span in found] == slow


@pytest.mark.parametrize(
    ("text", "expression", "hits"),
    [
        ("40,000 boats, 7 boats", r"\d+ boats", ["000 boats", "7 boats"]),
        ("the port\u00a0authority", "port authority", ["port\u00a0authority"]),
        ("one\u2028two\r\nthree\nfour", r"^\w+$", ["one", "two", "three", "four"]),
        ("👨\u200d👩\u200d👧 left", "👩", ["👨\u200d👩\u200d👧"]),
        ("قَال قال", "قال", ["قال"]),
        ("She said: “Go”, then “Stay”.", "“[^”]+”", ["“Go”", "“Stay”"]),
        ("aaa", "x*", []),
        ("(a) b", r"\(a\)", ["(a)"]),
    ],
)
def test_expressions_see_the_text_as_written_but_for_blanks_and_line_ends(
    text: str, expression: str, hits: list[str]
) -> None:
    assert matched(text, expression) == hits


def test_case_and_whole_words_hold_for_expressions_too() -> None:
    text = "Port, port, airport, 40,000 and 40."
    assert matched(text, "port") == ["Port", "port", "port"]
    assert matched(text, "port", case=True) == ["port", "port"]
    assert matched(text, "port", whole_words=True) == ["Port", "port"]
    assert matched(text, r"\d+", whole_words=True) == ["40"]
    assert matched(text, "po|port", whole_words=True) == ["Port", "port"]
    assert matched("cafe\u0301 cafe", "cafe", whole_words=True) == ["cafe"]


def test_no_more_matches_are_looked_for_than_asked() -> None:
    assert len(Finder("e" * 100).find(Wanted("e", expression=True), most=7)) == 7
