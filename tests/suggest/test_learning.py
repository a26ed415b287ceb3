"""How judgements make a rule more or less sure, and when they mute it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotate.suggest.learning import FEWEST, Rate

COUNTS = st.integers(0, 10_000)
SHARES = st.floats(0, 1)


def test_a_rule_is_muted_only_after_enough_refusals() -> None:
    assert not Rate(0, FEWEST - 1).is_muted
    assert Rate(0, FEWEST).is_muted
    assert Rate(1, 9).is_muted
    assert not Rate(2, 8).is_muted


@given(COUNTS, COUNTS, SHARES)
def test_confidence_lies_between_what_is_stated_and_what_was_seen(accepted: int, rejected: int, stated: float) -> None:
    rate = Rate(accepted, rejected)
    seen = stated if not rate.judged else accepted / rate.judged
    low, high = sorted((stated, seen))
    assert low - 1e-9 <= rate.confidence(stated) <= high + 1e-9


@given(COUNTS, COUNTS, SHARES)
def test_one_more_acceptance_never_makes_a_rule_less_sure(accepted: int, rejected: int, stated: float) -> None:
    rate = Rate(accepted, rejected)
    assert rate.and_one(accepted=1).confidence(stated) >= rate.confidence(stated)
    assert rate.and_one(rejected=1).confidence(stated) <= rate.confidence(stated)
    assert rate.and_one(accepted=1).and_one(accepted=-1) == rate
