"""Whatever is done to the bytes of a valid file, it ends in articles that can be kept or in one plain sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importers.hostile.checks import ending
from tests.importers.hostile.samples import samples

NAMES = sorted(samples())
PLACES = st.integers(min_value=0, max_value=10**6)


@st.composite
def changed(draw: st.DrawFn, name: str) -> bytes:
    """The bytes with some of them flipped, cut out, doubled, or others put between."""
    data = samples()[name]
    for _ in range(draw(st.integers(min_value=1, max_value=4))):
        place = draw(PLACES) % max(1, len(data))
        length = draw(st.integers(min_value=0, max_value=60))
        put = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(
                    [b"\0", b"\xff\xfe", b"<", b">", b"\r", b"\xed\xa0\x80", b"&#0;", b"]]>", b"\\u-1?", b"\x1b["]
                ),
                st.just(data[place : place + length] * 2),
            )
        )
        data = data[:place] + put + data[place + draw(st.integers(min_value=0, max_value=length)) :]
    return data


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_bytes_end_in_articles_or_a_sentence(name: str, data: st.DataObject) -> None:
    ending(data.draw(changed(name)), name)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=1_500, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_very_many_changed_bytes_do_too(name: str, data: st.DataObject) -> None:
    ending(data.draw(changed(name)), name)
