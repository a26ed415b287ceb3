"""Marks carried over to a changed text: what moves by itself, what a person judges, and that nothing is dropped."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.anchoring import anchored
from annotate.carrying import Carried, carry
from annotate.changed_numbers import changed_numbers
from annotate.changed_words import told_apart
from annotate.model import Span
from annotate.offsets import snap_to_graphemes
from annotate.vocabulary import CarryOutcome

KEPT, MOVED, CHANGED, REVIEW, LOST = CarryOutcome

FLOOD = (
    "Flood 🌊 in the upper valley\n\n"
    "🇵🇸🇸🇾 قال الدفاع المدني إن المياه تواصل الارتفاع بعد ٤٠ يوما.\n\n"
    "At least 40% of the homes were lost on Monday, the regional civil defence said. "
    "Nobody knew why the dam broke.\u2028"
    "“Nobody told us,” said Zoe\u0301 Nu\u0308rsen, a baker, “that the dam was weak.”\n\n"
    "The road to Alt-Moor was closed by the police in the evening.\n"
)

letters = st.sampled_from("ab \n.“”4٤é\u0301🌊🇵🇸ق\u2028洪")
texts = st.text(letters, max_size=120)


def carried(old: str, new: str, *words: str) -> Carried:
    """What becomes of words where they stand first; of several they are one annotation."""
    spans = [Span(old.index(each), old.index(each) + len(each)) for each in words]
    return carry(old, new, {7: spans})[7]


def exact(result: Carried) -> list[str]:
    return [span.exact for span in result.spans]


@st.composite
def marked(draw: st.DrawFn, text: str) -> dict[int, list[Span]]:
    """Annotations of one or two stretches that split no grapheme and do not touch."""
    found: dict[int, list[Span]] = {}
    for number in range(draw(st.integers(0, 5 if len(text) > 8 else 0))):
        edges = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True)))
        spans = [Span(*snap_to_graphemes(text, *two)) for two in zip(edges[::2], edges[1::2], strict=False)]
        if spans and all(one.end < two.start for one, two in pairwise(spans)):
            found[number] = spans
    return found


@given(texts.flatmap(lambda text: st.tuples(st.just(text), marked(text))))
def test_in_the_same_text_everything_stays(work: tuple[str, dict[int, list[Span]]]) -> None:
    text, spans = work
    result = carry(text, text, spans)
    assert result.keys() == spans.keys()
    for number, one in result.items():
        assert (one.outcome, one.similarity, one.reason) == (KEPT, 1.0, "")
        assert one.spans == tuple(anchored(text, span.start, span.end) for span in spans[number])


@given(st.data())
def test_what_is_put_in_or_taken_out_elsewhere_moves_marks_exactly(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["flood", "٤٠", "40%", "Zoe\u0301", "🌊", "said", "洪水"]), max_size=60))
    body = "".join(f"{number:x}{word} " for number, word in enumerate(words))
    before, after = data.draw(st.tuples(texts, texts))
    lead, tail = "lead " * 12 + "\n", "\n" + "tail " * 12
    spans = data.draw(marked(body))
    shift = len(lead)
    old = {number: [Span(s.start + shift, s.end + shift) for s in each] for number, each in spans.items()}
    new_text = before + lead + body + tail + after
    result = carry(lead + body + tail, new_text, old)
    assert result.keys() == spans.keys()
    for number, one in result.items():
        assert one.outcome is (KEPT if not before else MOVED)
        assert [(span.start, span.end) for span in one.spans] == [
            (span.start + shift + len(before), span.end + shift + len(before)) for span in spans[number]
        ]
        # And back again: what was put in is taken out.
    back = carry(new_text, lead + body + tail, {number: one.spans for number, one in result.items()})
    assert {number: [(s.start, s.end) for s in one.spans] for number, one in back.items()} == {
        number: [(s.start, s.end) for s in each] for number, each in old.items()
    }


@given(texts.flatmap(lambda text: st.tuples(st.just(text), marked(text), texts)))
def test_whatever_changed_every_result_has_the_words_that_stand_there(
    work: tuple[str, dict[int, list[Span]], str],
) -> None:
    old, spans, new = work
    result = carry(old, new, spans)
    assert result.keys() == spans.keys()
    for number, one in result.items():
        assert bool(one.spans) == (one.outcome is not LOST)
        assert 0 <= one.similarity <= 1
        assert bool(one.reason) == (one.outcome is not KEPT)
        assert one.spans == tuple(anchored(new, span.start, span.end) for span in one.spans)
        assert all(first.end <= second.start for first, second in pairwise(one.spans))
        if one.outcome in (KEPT, MOVED):
            assert exact(one) == [old[span.start : span.end] for span in spans[number]]
        if one.outcome is CHANGED:
            for span, there in zip(spans[number], one.spans, strict=True):
                assert not changed_numbers(old[span.start : span.end], there.exact)


def test_words_in_the_same_surroundings_move_by_themselves() -> None:
    new = FLOOD.replace("At least", "Today's second report follows.\n\nAt least")
    result = carried(FLOOD, new, "the regional civil defence")
    assert (result.outcome, result.similarity) == (MOVED, 1.0)
    assert result.spans[0].start == new.index("the regional civil defence")


def test_a_paragraph_put_before_a_marks_own_does_not_stop_it() -> None:
    new = FLOOD.replace("At least 40%", "Quite another thing was said about boats in the port.\n\nAt least 40%")
    assert carried(FLOOD, new, "At least 40%").outcome is MOVED
    assert carried(FLOOD, new, "Flood 🌊").outcome is KEPT


def test_a_figure_that_changed_waits_for_a_person_and_is_named() -> None:
    result = carried(FLOOD, FLOOD.replace("40%", "45%"), "40%")
    assert (result.outcome, exact(result)) == (REVIEW, ["45%"])
    assert result.reason == "This figure changed from 40% to 45%."


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("At least 40% of the homes were lost", "At least 45% of the homes were lost", "from 40% to 45%"),
        ("إن المياه تواصل الارتفاع بعد ٤٠ يوما", "إن المياه تواصل الارتفاع بعد ٤٥ يوما", "from ٤٠ to ٤٥"),
        (
            "killed nine people in the old town on Monday",
            "killed five people in the old town on Monday",
            "nine to five",
        ),
        ("lost €1.5 million in the first three weeks", "lost €15 million in the first three weeks", "to €15 million"),
    ],
)
def test_claims_alike_but_for_a_number_never_move_by_themselves(old: str, new: str, sentence: str) -> None:
    around = "Words before it stay as they were. {}, and so do the words that follow."
    result = carried(around.format(old), around.format(new), old)
    assert (result.outcome, exact(result)) == (REVIEW, [new])
    assert result.similarity > 0.85
    assert sentence in result.reason


def test_words_changed_a_little_move_and_are_flagged() -> None:
    new = FLOOD.replace("why the dam broke", "why the old dam broke")
    result = carried(FLOOD, new, "Nobody knew why the dam broke.")
    assert (result.outcome, exact(result)) == (CHANGED, ["Nobody knew why the old dam broke."])
    assert result.reason == "The words changed (93 % the same)."


def test_words_changed_more_are_proposed_and_not_moved() -> None:
    new = FLOOD.replace("why the dam broke", "whether the flood wall had ever been looked at")
    result = carried(FLOOD, new, "Nobody knew why the dam broke.")
    assert (result.outcome, exact(result)) == (
        REVIEW,
        ["Nobody knew whether the flood wall had ever been looked at."],
    )


def test_what_is_taken_out_is_lost() -> None:
    new = FLOOD.replace("The road to Alt-Moor was closed by the police in the evening.\n", "")
    result = carried(FLOOD, new, "The road to Alt-Moor was closed by the police")
    assert (result.outcome, result.spans) == (LOST, ())
    assert result.reason == "The words are not in the new text any more."


def test_the_same_words_of_another_sentence_are_not_taken_for_those_that_went() -> None:
    north, south = "In the north, 40 people died, officials said.\n", "In the south, 40 people died, officials said.\n"
    between = "Much was written about it by those who were there on that long day.\n"
    result = carry(
        south + between + north, south + between, {1: [Span(len(south + between) + 14, len(south) + 68 + 23)]}
    )
    assert result[1].outcome in (LOST, REVIEW)
    first = carried(south + between + north, between + north, "In the south, 40 people died")
    assert first.outcome in (LOST, REVIEW)


def test_of_several_places_with_the_same_words_each_mark_keeps_its_own() -> None:
    line = "The water rose, the agency said.\n"
    old, new = line * 3, "New words at the top of it all, for once.\n" + line * 3
    marks = {number: [Span(len(line) * number + 4, len(line) * number + 9)] for number in range(3)}
    result = carry(old, new, marks)
    assert [one.outcome for one in result.values()] == [MOVED] * 3
    assert [one.spans[0].start for one in result.values()] == [42 + len(line) * number + 4 for number in range(3)]


def test_in_a_text_that_holds_the_same_twice_each_mark_stays_in_its_own_copy() -> None:
    """As forms and templates do; what changed in one copy is not looked for in the other."""
    sentences = [f"Sentence {name} says what it says and goes on for some more words. " for name in "abcdefghijklmn"]
    copy = "".join(sentences)
    old = f"{copy}\n\nSecond part.\n\n{copy}"
    new = old.replace(sentences[0], "", 1).replace(sentences[5], sentences[5] + "A new one was put in. ", 1)
    first = {number: [Span(old.index(each), old.index(each) + 40)] for number, each in enumerate(sentences)}
    result = carry(old, new, first)
    assert result[0].outcome is not KEPT
    for number, each in enumerate(sentences[1:], 1):
        assert [span.start for span in result[number].spans] == [new.index(each)]


def test_a_title_that_went_is_not_found_in_the_first_word_below_it() -> None:
    old = "Wikipedia\n\nWikipedia is an encyclopaedia on the web, written by its readers.\n"
    result = carried(old, old.removeprefix("Wikipedia\n\n"), "Wikipedia")
    assert result.outcome in (CHANGED, REVIEW, LOST)


def test_a_paragraph_that_moved_takes_its_marks_along() -> None:
    paragraphs = FLOOD.split("\n\n")
    new = "\n\n".join([paragraphs[0], paragraphs[3].strip(), paragraphs[1], paragraphs[2]])
    result = carried(FLOOD, new, "closed by the police")
    assert (result.outcome, exact(result)) == (MOVED, ["closed by the police"])


def test_a_text_set_anew_keeps_its_marks_and_says_so() -> None:
    new = FLOOD.replace(" ", "\n").replace("“", '"')
    result = carried(FLOOD, new, "“Nobody told us,” said")
    assert result.outcome is CHANGED
    assert result.reason == "The same words, set differently."


def test_an_interrupted_quotation_moves_whole_or_waits_whole() -> None:
    pieces = ("“Nobody told us,”", "“that the dam was weak.”")
    moved = carried(FLOOD, "Late news:\n" + FLOOD, *pieces)
    assert (moved.outcome, exact(moved)) == (MOVED, list(pieces))
    half = carried(FLOOD, FLOOD.replace(", “that the dam was weak.”", ""), *pieces)
    assert (half.outcome, exact(half)) == (REVIEW, [pieces[0]])
    assert half.reason == "A part of the words is not there any more."
    flagged = carried(FLOOD, FLOOD.replace("the dam was weak", "the dams was weak"), *pieces)
    assert (flagged.outcome, len(flagged.spans)) == (CHANGED, 2)


def test_a_letter_that_got_an_accent_is_taken_whole() -> None:
    result = carried("a cafe by the sea, they said", "a cafe\u0301 by the sea, they said", "cafe")
    assert exact(result) == ["cafe\u0301"]
    assert result.outcome in (CHANGED, REVIEW)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("40%", "45%", "This figure changed from 40% to 45%."),
        ("40 per day", "forty per day", "This figure changed from 40 to forty."),
        ("1,000 boats", "1000 boats", ""),
        ("٤٠ boats", "40 boats", ""),
        ("1.5 km", "15 km", "This figure changed from 1.5 to 15."),
        ("no boats", "3 boats", "The figure 3 is new."),
        ("$3 and 4", "boats", "The figures $3, 4 are not there any more."),
        ("1, 2 and 3", "1, 7 and 3", "This figure changed from 2 to 7."),
        ("1 of 2", "3 of 4", "These figures changed from 1 to 3, from 2 to 4."),
        ("5 or 6", "5, 9 or 8", "The figures changed from 6 to 9, 8."),
        ("two boats", "two ships", ""),
    ],
)
def test_numbers_that_changed_are_told(old: str, new: str, sentence: str) -> None:
    assert changed_numbers(old, new) == sentence


def test_ten_thousand_marks_cost_no_more_each_than_ten() -> None:
    """Counted, not timed: how often texts are compared grows with the marks alone."""
    from unittest.mock import patch

    from annotate import carrying

    def compared(lines: int) -> int:
        random.seed(3)
        old = [f"{random.randrange(10**9):x} line {n} with words of its own\n" for n in range(lines)]
        new = [line.replace("words", "letters") if n % 3 == 0 else line for n, line in enumerate(old)]
        starts = [n * 10 for n in range(sum(map(len, old)) // 10 - 4)]
        with (
            patch.object(carrying, "_judge_calls", 0, create=True),
            patch.object(carrying._Texts, "_judge", autospec=True, side_effect=carrying._Texts._judge) as judge,
        ):
            carry("".join(old), "".join(new), {n: [Span(start, start + 12)] for n, start in enumerate(starts)})
        return int(judge.call_count / len(starts))

    assert compared(3_000) <= compared(30) + 1 <= 10


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("At least 40%", "At least 45%", ("At least [40]%", "At least [45]%")),
        ("the dam", "the old dam", ("the dam", "the [old ]dam")),
        ("بعد ٤٠ يوما", "بعد ٤٥ يوما", ("بعد [٤٠] يوما", "بعد [٤٥] يوما")),
        ("same 🌊", "same 🌊", ("same 🌊", "same 🌊")),
        ("gone", "", ("gone", "")),
    ],
)
def test_what_changed_in_words_stands_in_brackets(old: str, new: str, shown: tuple[str, str]) -> None:
    assert told_apart(old, new) == shown
