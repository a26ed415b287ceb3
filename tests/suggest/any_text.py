"""Pieces that any text is made of, and what holds of all that is proposed for it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from annotate.model import Span
from annotate.offsets import snap_to_graphemes
from annotate.suggest import Proposal

PIECES = [
    *(
        "said",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "«",
        "»",
        ",",
        ".",
        "\n",
        "\u2028",
        "\r\n",
        " according to ",
        "the ",
        "Police ",
        "40 ",
    ),
    *("قال", "сказал", "说", "🇺🇦", "e\u0301", "\u202e", "\0", "\ud800", "told Reuters ", "that ", "he ", "-", "(", ")"),
]


def assert_whole(text: str, proposals: list[Proposal]) -> None:
    for one in proposals:
        assert 0 <= one.confidence <= 1
        assert one.rule
        assert [(span.start, span.end) for span in one.spans] == sorted((span.start, span.end) for span in one.spans)
        for span in one.spans:
            assert 0 <= span.start < span.end <= len(text)
            assert snap_to_graphemes(text, span.start, span.end) == (span.start, span.end)
        for place in (one.record.get("via"), *one.record.get("speakers", ())):
            assert place is None or 0 <= place[0] < place[1] <= len(text)
    assert [one.spans[0].start for one in proposals] == sorted(one.spans[0].start for one in proposals)
    assert all(isinstance(span, Span) for one in proposals for span in one.spans)


def calls_of(propose: Callable[[str], object], text: str) -> int:
    """How many functions of Python are called while marks are proposed: what the time follows from."""
    count = 0

    def counting(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counting)
    try:
        propose(text)
    finally:
        sys.setprofile(None)
    return count
