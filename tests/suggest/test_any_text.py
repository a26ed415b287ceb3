"""Whatever the text, proposals lie in it, and it takes no longer than its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.suggest import propose
from tests.suggest.any_text import PIECES, assert_whole, calls_of


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map("".join))
def test_whatever_the_text_proposals_lie_in_it_and_split_no_letter(text: str) -> None:
    assert_whole(text, propose(text))


@pytest.mark.parametrize(
    "piece",
    [
        "“It rose,” said Ana Ruiz, a baker, who left e\u0301. He said that it fell. ",
        "Ana Ruiz, 43, spoke. “Yes.” ",
        "“No.” She nodded. Jo Roe, mayor of Alt-Moor, said so, adding that ",
        "said said said, said ",
        "X, and Y, and Z said that, but ",
        "“‘«",
        "according to according to ",
        "قال أحمد إن “نعم”. ",
    ],
)
@pytest.mark.parametrize("ends", ["", "\n\n"])
def test_four_times_the_text_takes_four_times_the_work(piece: str, ends: str) -> None:
    text = f"{piece}{ends}"
    calls_of(propose, text)  # what is made once is made
    assert calls_of(propose, text * 1_600) <= 4.6 * calls_of(propose, text * 400)
