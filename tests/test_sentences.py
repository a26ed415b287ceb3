"""Sentences and quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.sentences import paragraph_at, quotations, sentence_at, sentences


def sentence_of(text: str, words: str) -> str:
    start = text.index(words)
    return text[slice(*sentence_at(text, start, start + len(words)))]


def quoted(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("The dam broke. Nobody was hurt. Rain fell.", "hurt", "Nobody was hurt."),
        ("Mr. Okafor left. Mrs. Lind stayed.", "left", "Mr. Okafor left."),
        ("J. R. Hale spoke to the U.S. Navy. It listened.", "spoke", "J. R. Hale spoke to the U.S. Navy."),
        ("He left the U.S. The ship stayed.", "left", "He left the U.S."),
        ("It began at 6 p.m. Friday evening. Then it ended.", "began", "It began at 6 p.m. Friday evening."),
        ("Prices rose 3.5 per cent. Wages fell.", "rose", "Prices rose 3.5 per cent."),
        ("“We ran. We hid,” she said. Later it rained.", "hid", "“We ran. We hid,” she said."),
        ('"We ran. We hid." They were safe.', "hid", '"We ran. We hid."'),
        ("Why now? Nobody knows! So it goes…", "knows", "Nobody knows!"),
        ("🇺🇦🚒 Fire! The e\u0301cole burned.\nNext line", "burned", "The e\u0301cole burned."),
        ("الحرب انتهت. 5 قتلى", "5", "5 قتلى"),
        ("水位上升。五人失踪。", "五人", "五人失踪。"),
    ],
)
def test_a_sentence_is_found_around_its_words(text, words, sentence):
    assert sentence_of(text, words) == sentence


def test_a_span_over_two_sentences_gives_both():
    text = "One came. Two went. Three stayed."
    start, end = text.index("came"), text.index("went") + 4
    assert text[slice(*sentence_at(text, start, end))] == "One came. Two went."


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\u2028", "\u2029"])
def test_a_sentence_never_leaves_its_paragraph(line_end):
    assert sentence_of(f"A headline without a stop{line_end}The body begins. It ends.", "body") == "The body begins."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ("Er sagte „ja“ und »nein«.", ["„ja“", "»nein«"]),
        ("Il a dit « oui » hier.", ["« oui »"]),
        ("她说「是」。", ["「是」"]),
        ("Hon sa ”ja” igår.", ["”ja”"]),
        ("‘The boys’ house is gone,’ he said.", ["‘The boys’ house is gone,’"]),
        ("'It's over,' she said. 'Don't go.'", ["'It's over,'", "'Don't go.'"]),
        ("It's the boys' house and the dogs' yard.", []),
        ("Back in the ’90s he wasn’t known.", []),
        ("“He called it ‘madness’ twice,” she said.", ["“He called it ‘madness’ twice,”"]),
        ('A 5\'10" man said "hello" to us.', ['"hello"']),
        ("“It goes on", ["“It goes on"]),
        ("no marks, ’tis said", []),
    ],
)
def test_quotations_are_found_with_their_marks(text, found):
    assert quoted(text) == found


def test_a_quotation_goes_on_where_the_next_paragraph_opens_again():
    text = "“We waited for days.\n\n“Nobody came,” she said."
    first, second = quotations(text, 0, len(text))
    assert (first.continues, second.continues) == (True, False)
    assert text[second.start : second.end] == "“Nobody came,”"


TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            ["“", "”", '"', "'", "’", "‘", "«", "»", ". ", "Mr. ", "A", "b", " ", "\n", "\r\n", "?", "🇸🇾", "ع"]
        )
    ).map("".join),
)


@given(TEXTS, st.data())
def test_spans_stay_inside_the_text_and_hold_what_was_asked_for(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = paragraph_at(text, start, end)
    assert 0 <= left <= right <= len(text)
    first, last = sentence_at(text, start, end)
    assert left <= first <= last <= right
    assert text[start:end].strip() in text[left:right] or "\n" in text[start:end] or not text[start:end].isprintable()


@given(TEXTS)
def test_quotations_and_sentences_come_in_order_without_overlap(text):
    for found in (
        [(quotation.start, quotation.end) for quotation in quotations(text, 0, len(text))],
        sentences(text, 0, len(text)),
    ):
        edges = [edge for span in found for edge in span]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(text) for start, end in found)


@given(TEXTS)
def test_no_sentence_ends_inside_a_quotation(text):
    quoted_spans = quotations(text, 0, len(text))
    for _, end in sentences(text, 0, len(text)):
        assert not any(quotation.start < end < quotation.end for quotation in quoted_spans)
