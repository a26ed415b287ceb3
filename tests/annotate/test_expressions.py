"""Expressions that a careless or hostile hand types: refused in a few words or given up; none goes on for ever."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import NotAllowed, TooSlow
from annotate.expressions import compiled, literal, with_plain_blanks
from annotate.finding import Finder, Wanted

LONG = "The port 🔥 قال cafe\u0301 " * 20_000 + "a" * 200_000 + "!"


def found(expression: str, text: str = LONG, seconds: float = 0.2) -> int:
    return len(Finder(text).find(Wanted(expression, expression=True), most=50, seconds=seconds))


@pytest.mark.parametrize(
    "expression",
    ["(a+)+$", "(a|aa)+$", "(?:a*?)*?$", "((a{1,10}){1,10}){1,10}z?$", "(a*)*(a*)*(a*)*$", "(?:a|a|a)*b|zz"],
)
def test_an_expression_that_would_go_on_for_hours_is_given_up(expression: str) -> None:
    with pytest.raises(TooSlow, match="make it simpler"):
        found(expression)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("a{1000000000}", "Too many repeats, at character 2"),
        ("a{99999999999999999999}", "Too many repeats"),
        ("(?:a{1000}){1000}", "Too many repeats, at character 12"),
        ("(?:" * 12 + "a?" + "){20}" * 12, "Too many repeats"),
        ("(" * 100 + "a" + ")+" * 100, "Too many repeats"),
        ("(?<=a{1,1000000})b", "Too many repeats"),
        ("(?:port){e<=3}", "A number is missing in { }"),
        ("(?b)port", "What begins with (? is not for searching here, at character 1"),
        ("(?R)?a", "What begins with (?"),
        ("(a(?1)?)", "What begins with (?"),
        ("(?r)a", "What begins with (?"),
        ("a(*SKIP)", "What begins with (*"),
        ("(port", "A closing bracket ) is missing"),
        ("port)", "A closing bracket ) too many, at character 5"),
        ("[a-", "A closing bracket ] is missing"),
        ("*a", "Nothing stands before the repeat, at character 1"),
        ("a**", "Two repeats in a row, at character 3"),
        ("[b-a]", "The range is the wrong way round"),
        ("\\", "Bad escape"),
        ("a{", "A number is missing in { }; write \\{ for the brace itself, at character 2"),
        (r"\p{Foo}", "An unknown property"),
    ],
)
def test_what_is_wrong_is_said_in_a_few_words_with_its_place(expression: str, said: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        found(expression)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("expression", "text", "count"),
    [
        (r"[0-9]{1,3}(?:,[0-9]{3})*", "40,000 of 1,200,000", 2),
        (r"(?<=at least )\d+", "at least 40, at most 50", 1),
        (r"(?P<word>\w+) (?P=word)", "the the end", 1),
        (r"\p{Arabic}+", "port قال مسؤول", 2),
        (r"[[:upper:]][\]a-z]+", "Aa B] c", 2),
        (r"(?i:PORT)|(?>x+)y", "port xxy", 2),
        (r"a{,2}b", "aab ab b", 3),
        (r"\{\}", "{}", 1),
        (r"[*+{(]{2}", "a*+b", 1),
    ],
)
def test_what_searches_need_is_taken(expression: str, text: str, count: int) -> None:
    assert found(expression, text, 5.0) == count


@given(
    st.lists(st.sampled_from(["a", "b", "(", "(?:", ")", ")", "|", "*", "+", "?", "{9}", "{2,90}", "[a]", "\\w", "^"]))
)
def test_whatever_is_typed_is_taken_or_refused(pieces: list[str]) -> None:
    with suppress(NotAllowed, TooSlow):
        found("".join(pieces), "ab 😀 e\u0301 قال aaaa\r\nab\u2028b", 0.2)


@given(st.text(st.sampled_from("aB.*+?()[]{}\\|^$# 😀é\u0301قال\n\t")))
def test_words_made_an_expression_find_themselves(words: str) -> None:
    assert compiled(literal(words), case=True).fullmatch(words)
    assert not words or not compiled(literal(words), case=True).fullmatch(f"{words}x")


@given(st.text())
def test_plain_blanks_stand_where_the_blanks_stood(text: str) -> None:
    plain = with_plain_blanks(text)
    assert len(plain) == len(text)
    same = [(a, b) for a, b in zip(text, plain, strict=True) if a != b]
    assert all(a.isspace() and b in " \n" for a, b in same)
