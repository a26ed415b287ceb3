"""The word, figure, sentence and quotation around a place, in text of many scripts and against slow plain versions."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotate.figures import figures_in
from annotate.model import Span
from annotate.sentences import quotations, sentences
from annotate.surroundings import (
    figure_at,
    one_more_sentence,
    quotation_around,
    sentences_around,
    whole_figures,
    whole_words,
    word_at,
)

TEXT = (
    "He said 1.5 million people don't leave rebel-held Harrow Mills 🌊🇳🇴 (cafe\u0301). "
    "قال المُتَحَدِّث أمس، می\u200cخواهم. 東京都は安全です ประเทศไทย ❤️abc 1️⃣ U+1F600!"
)
PIECES = st.sampled_from(
    [
        *"ab1-.,'’ \n",
        "e\u0301",
        "\u0301",
        "🌊",
        "🇳🇴",
        "👩\u200d⚕️",
        "1️⃣",
        "قا",
        "لُ",
        "می\u200c",
        "東",
        "は",
        "ไท",
        "\u0600",
        "\u200d",
        "\r\n",
        "\u2028",
        " at least 40 km ",
        "two-thirds of ",
        "$1.2 billion",
        "dozens ",
        "“",
        "” ",
        ". The ",
        "؟ ",
    ]
)
texts = st.lists(PIECES, max_size=30).map("".join)


def taken(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("pointed_at", "word"),
    [
        ("5", "1.5"),
        ("n't", "don't"),
        ("held", "rebel-held"),
        ("🌊", "🌊"),
        ("\U0001f1f4", "🇳🇴"),
        ("\u0301", "cafe\u0301"),
        (")", ")"),
        ("تَحَ", "المُتَحَدِّث"),
        ("خواهم", "می\u200cخواهم"),
        ("京", "東京都"),
        ("は", "は"),
        ("ท", "ประเทศไทย"),
        ("❤", "❤️"),
        ("bc 1", "abc"),
        ("1️", "1️⃣"),
        (" ", None),
    ],
)
def test_a_word_is_what_a_reader_of_its_script_would_take(pointed_at: str, word: str | None) -> None:
    assert taken(TEXT, word_at(TEXT, TEXT.index(pointed_at))) == word


@pytest.mark.parametrize("position", [-1, 3, 4])
def test_beside_the_text_there_is_nothing(position: int) -> None:
    assert word_at("abc", position) is None
    assert figure_at("abc", position) is None


FIGURES = (
    "As many as 10,000 civilians fled, at least $1.2 billion was lost and about 30 percent of homes burnt. "
    "More than 40 km of road, two-thirds of the boats and dozens of cars were lost 🌊; 50+ people came each day. "
    "On 6 November at 6:30, 1,200 boats and roughly 25 people a week came in 2016."
)


@pytest.mark.parametrize(
    ("pointed_at", "figure"),
    [
        ("10,000", "As many as 10,000 civilians"),
        ("$", "at least $1.2 billion"),
        ("billion", "at least $1.2 billion"),
        ("percent", "about 30 percent of homes"),
        ("40", "More than 40 km of road"),
        ("km", "More than 40 km of road"),
        ("thirds", "two-thirds of the boats"),
        ("dozens", "dozens of cars"),
        ("50", "50+ people"),
        ("1,200", "1,200 boats"),
        ("25", "roughly 25 people a week"),
        ("civilians", None),
        ("many", None),
        ("6 November", None),
        ("30, 1", None),
        ("2016", None),
    ],
)
def test_a_figure_is_its_number_with_qualifier_unit_and_what_it_counts(pointed_at: str, figure: str | None) -> None:
    assert taken(FIGURES, figure_at(FIGURES, FIGURES.index(pointed_at))) == figure


def test_a_figure_far_into_a_paragraph_is_found_as_at_its_beginning() -> None:
    text = "filler " * 5_000 + "at least 40 boats sank"
    assert taken(text, figure_at(text, text.index("40"))) == "at least 40 boats sank"[:17]


SENTENCES = 'It burned. The mayor said: "We ran. We hid." Dr. Lund agreed.\n\nهل احترقت؟ نعم احترقت. 🌊 It is over'


@pytest.mark.parametrize(
    ("pointed_at", "sentence"),
    [
        ("burned", "It burned."),
        ("We hid", 'The mayor said: "We ran. We hid."'),
        ("Lund", "Dr. Lund agreed."),
        ("احترقت؟", "هل احترقت؟"),
        ("نعم", "نعم احترقت."),
        ("over", "🌊 It is over"),
    ],
)
def test_a_sentence_is_found_from_any_place_in_it(pointed_at: str, sentence: str) -> None:
    place = SENTENCES.index(pointed_at)
    for start, end in ((place, place), (place, place + 2), (place + 1, place + 1)):
        assert taken(SENTENCES, sentences_around(SENTENCES, start, end)) == sentence


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("Fled؟ \u0301. Home", 0, "Fled؟ \u0301."),
        ("Fled؟ \u0301. Home", 6, "Fled؟ \u0301."),
        ("東。\u0301西。南", 0, "東。\u0301西。"),
    ],
)
def test_no_sentence_begins_inside_a_grapheme(text: str, place: int, sentence: str) -> None:
    assert taken(text, sentences_around(text, place, place)) == sentence


@pytest.mark.parametrize("text", ["“Fled \u0600 ", "\u0600'we fled' x", "'we fled'\u0301 x"])
def test_a_quotation_holds_whole_graphemes_and_is_found_again(text: str) -> None:
    span = quotation_around(text, text.index("led"), text.index("led"))
    assert span is not None
    assert {span.start, span.end} <= edges(text)
    assert quotation_around(text, span.start, span.end) == span


def test_an_empty_line_holds_no_sentence() -> None:
    assert sentences_around(SENTENCES, SENTENCES.index("\n") + 1, SENTENCES.index("\n") + 1) is None


def test_sentences_are_added_one_by_one_up_to_the_end_of_the_article() -> None:
    start = SENTENCES.index("The mayor")
    end = start + len("The mayor")
    added = []
    while (span := one_more_sentence(SENTENCES, start, end)) is not None:
        assert span.start == start
        added.append(SENTENCES[end : span.end].strip())
        end = span.end
    assert added == ['said: "We ran. We hid."', "Dr. Lund agreed.", "هل احترقت؟", "نعم احترقت.", "🌊 It is over"]


QUOTES = (
    "“We ran,” she said. “And hid.” Nobody 'else' came.\n“It goes on\n“and ends here,” he said.\n«نعم» قال, and \"open"
)


@pytest.mark.parametrize(
    ("first", "last", "quotation"),
    [
        ("ran", "ran", "“We ran,”"),
        ("hid", "hid", "“And hid.”"),
        ("else", "else", "'else'"),
        ("نعم", "نعم", "«نعم»"),
        ("goes", "ends", "“It goes on\n“and ends here,”"),
        ("ran", "hid", None),
        ("Nobody", "Nobody", None),
    ],
)
def test_a_quotation_is_taken_with_its_marks(first: str, last: str, quotation: str | None) -> None:
    start, end = QUOTES.index(first), QUOTES.index(last) + len(last)
    assert taken(QUOTES, quotation_around(QUOTES, start, end)) == quotation


# -- against slow plain versions -----------------------------------------------------------------------------------


def edges(text: str) -> set[int]:
    """Places between graphemes."""
    return {0, *(found.end() for found in regex.finditer(r"\X", text))}


def script(grapheme: str) -> str | None:
    """The script that a grapheme's words are cut by, "" where blanks cut them; None for what is in no word."""
    letter = next((sign for sign in grapheme if unicodedata.category(sign)[0] in "LN" or sign == "_"), None)
    if letter is None:
        return None
    name = unicodedata.name(letter, "")
    return next((known for known in ("CJK", "HIRAGANA", "THAI") if name.startswith(known)), "")


def joins(graphemes: list[str], at: int) -> bool:
    """Whether what stands left and right of a grapheme edge belongs to one word."""
    before, after = graphemes[at - 1], graphemes[at]
    if script(before) is None:  # "a-b": seen from behind the hyphen
        return before in tuple(".,'’-") and at > 1 and script(graphemes[at - 2]) == "" == script(after) and plain(after)
    if script(after) is None:
        return after in tuple(".,'’-") and at + 1 < len(graphemes) and joins(graphemes, at + 1)
    return script(before) == script(after) and plain(after)


def plain(grapheme: str) -> bool:
    return unicodedata.category(grapheme[0]) != "Cf"  # a sign written around what follows begins anew


def plain_word(text: str, position: int) -> str | None:
    """Grapheme by grapheme outwards, without windows or patterns."""
    spans = [found.span() for found in regex.finditer(r"\X", text)]
    graphemes = [text[start:end] for start, end in spans]
    first = last = next(index for index, span in enumerate(spans) if position < span[1])
    if not graphemes[first].strip():
        return None
    while first > 0 and joins(graphemes, first):
        first -= 1
    while last + 1 < len(graphemes) and joins(graphemes, last + 1):
        last += 1
    return f"{spans[first][0]} {''.join(graphemes[first : last + 1])}"


@given(texts, st.data())
def test_words_near_a_place_are_those_of_the_whole_text(text: str, data: st.DataObject) -> None:
    if text:
        position = data.draw(st.integers(0, len(text) - 1))
        word = word_at(text, position)
        assert (None if word is None else f"{word.start} {taken(text, word)}") == plain_word(text, position)


@given(texts, st.integers(450, 550), st.data())
def test_what_stands_far_before_a_word_changes_nothing(text: str, blanks: int, data: st.DataObject) -> None:
    if text and not unicodedata.combining(text[0]) and text[0] != "\u200d":
        position = data.draw(st.integers(0, len(text) - 1))
        here, there = word_at(text, position), word_at(" " * blanks + text, blanks + position)
        assert (here is None) == (there is None)
        if here is not None and there is not None:
            assert (here.start + blanks, here.end + blanks) == (there.start, there.end)


@pytest.mark.parametrize("unit", [word_at, figure_at], ids=["word", "figure"])
@given(text=texts, data=st.data())
def test_what_is_taken_holds_the_place_and_splits_no_grapheme(
    unit: Callable[[str, int], Span | None], text: str, data: st.DataObject
) -> None:
    if not text:
        return
    position = data.draw(st.integers(0, len(text) - 1))
    span = unit(text, position)
    if span is not None:
        assert span.start <= position < span.end
        assert {span.start, span.end} <= edges(text)


@given(texts, st.data())
def test_every_place_of_a_word_takes_that_word(text: str, data: st.DataObject) -> None:
    if text:
        word = word_at(text, data.draw(st.integers(0, len(text) - 1)))
        if word is not None:
            assert {word_at(text, place) for place in range(word.start, word.end)} == {word}


@given(texts)
def test_figures_are_those_of_their_lines(text: str) -> None:
    start = 0
    for line in regex.split(r"[\n\r\u2028\u2029]", text):
        for figure in figures_in(line):
            found = figure_at(text, start + figure.number_start)
            assert found is not None
            assert found.start <= start + figure.start
            assert found.end >= start + figure.end
        start += len(line) + 1


@pytest.mark.parametrize("around", [sentences_around, quotation_around], ids=["sentence", "quotation"])
@given(text=texts, data=st.data())
def test_what_stands_around_words_holds_them_and_stays_as_it_is(around, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = around(text, start, end)
    if span is None:
        return
    assert {span.start, span.end} <= edges(text)
    assert span.start <= start or not text[start : span.start].strip()
    assert span.end >= end or not text[span.end : end].strip()
    again = around(text, span.start, span.end)
    assert again is not None
    assert (again.start, again.end) == (span.start, span.end)


@given(texts, st.data())
def test_the_sentence_of_a_place_is_one_of_all_sentences(text: str, data: st.DataObject) -> None:
    everything = sentences(text, 0, len(text))
    letters = [place for place, letter in enumerate(text) if letter.isalnum()]
    if letters:
        place = data.draw(st.sampled_from(letters))
        span = sentences_around(text, place, place + 1)
        (plain,) = [(start, end) for start, end in everything if start <= place < end]
        assert span is not None
        assert span.start <= plain[0]
        assert span.end >= plain[1]
        assert {span.start, span.end} == {
            max(e for e in edges(text) if e <= plain[0]),
            min(e for e in edges(text) if e >= plain[1]),
        }


@given(texts, st.data())
def test_the_quotation_of_a_place_is_one_of_all_quotations(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    span = quotation_around(text, place, place)
    holding = [found for found in quotations(text, 0, len(text)) if found.start <= place <= found.end]
    assert (span is None) == (not holding)


@given(texts, st.data())
def test_sentences_only_ever_grow(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = one_more_sentence(text, start, end)
    if span is not None:
        assert span.end > end or span.start < start or start == end
        assert text[span.start : span.end].strip()


@given(texts, st.data())
def test_dragged_words_lie_in_the_text_and_are_never_empty(text: str, data: st.DataObject) -> None:
    if len(text) >= 2:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        span = whole_words(text, start, end)
        assert 0 <= span.start < span.end <= len(text)
        if text[start:end].strip():
            assert whole_words(text, span.start, span.end) == span


@given(st.text(alphabet="5% 🌊e\u0301\n٤", max_size=60), st.data())
def test_figures_of_many_stretches_are_those_of_each(text: str, data: st.DataObject) -> None:
    edge = st.integers(0, len(text))
    edges = data.draw(st.lists(st.tuples(edge, edge).map(sorted), max_size=6))
    stretches = [Span(start, end) for start, end in sorted(edges) if start < end]
    assert whole_figures(text, stretches) == [whole_figures(text, [stretch])[0] for stretch in stretches]


def test_a_stretch_over_several_figures_takes_them_whole() -> None:
    text = "🌊 At least 40 boats and 7 homes burnt.\n12 more."
    start, end = text.index("0 boats"), text.index(" homes")
    [both, beyond, none] = whole_figures(text, [Span(start, end), Span(start, len(text)), Span(end, end + 3)])
    assert both is not None
    assert beyond is not None
    assert text[both.start : both.end] == "At least 40 boats and 7 homes"
    assert text[beyond.start : beyond.end].endswith("burnt.\n12")
    assert none is None


@pytest.mark.parametrize(
    ("text", "pointed_at", "figure"),
    [
        ("🌊 قتل 43 مدنيا قتلوا وأصيب أكثر من عشرة", "43", "43 مدنيا"),
        ("Погибли 43 человека погибли вчера", "43", "43 человека"),
        ("نزح ١٢٠ شخصًا من المدينة", "٢", "١٢٠ شخصًا"),
        ("On Monday 11 of 58 trucks arrived", "11", "11 of 58 trucks"),
        ("On Monday 11 of the 58 trucks arrived", "58", "58 trucks"),
        ("within 250 metres of the market", "250", "within 250 metres"),
        ("at most 10 km of Aleppo", "10", "at most 10 km"),
        ("some 10 km of road is laid", "10", "some 10 km of road"),
        ("two tonnes of the grain", "two", "two tonnes of the grain"),
    ],
)
def test_a_figure_ends_where_its_noun_does(text: str, pointed_at: str, figure: str) -> None:
    found = figure_at(text, text.index(pointed_at))
    assert found is not None
    assert text[found.start : found.end] == figure
