"""Watermarks: DRAFT or CONFIDENTIAL, drawn slanted over what a page says, which is none of its words.

Only slanted words can be one. They are if they are few and much larger than the body, or if every page has them at the
same place; labels below a diagram, a stamp and whatever else stands slanted once in small type are kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from annotate.importers.pdf_layout import Fragment
from annotate.shortened import shortened

_LARGER = 2.0
"""Type of a watermark over the type of most letters, at least."""
_LONGEST = 60
"""Letters of all the large slanted words of a page, each counted once: a page may be covered with one word."""
_MOST_TOLD = 3

Pages = Sequence[tuple[Fragment, ...]]


def without_watermarks(pages: Pages) -> tuple[list[tuple[Fragment, ...]], str]:
    """The words of each page without its watermark, and a sentence that tells what was left out; "" for nothing."""
    body = _body(pages)
    repeated = _repeated(pages)
    marks = [[*_large(fragments, body), *_among(fragments, repeated)] for fragments in pages]
    words = {one.text for mark in marks for one in mark}
    # Where a page says nothing else, only other pages tell that its slanted words are none to be read.
    marks = [
        [one for one in fragments if one.text in words] if all(one.slanted for one in fragments) else mark
        for fragments, mark in zip(pages, marks, strict=True)
    ]
    gone = {id(one) for mark in marks for one in mark}
    kept = [tuple(one for one in fragments if id(one) not in gone) for fragments in pages]
    return kept, _told([" ".join(dict.fromkeys(one.text for one in mark)) for mark in marks if mark])


def _body(pages: Pages) -> float:
    """The type of most letters, without what is slanted; infinite where there is nothing else."""
    sizes = Counter[float]()
    for one in (one for fragments in pages for one in fragments if not one.slanted):
        sizes[one.size] += len(one.text)
    return sizes.most_common(1)[0][0] if sizes else float("inf")


def _slanted(fragments: Sequence[Fragment]) -> list[Fragment]:
    """What is slanted on a page whose other words are not."""
    return [one for one in fragments if one.slanted and not one.upright]


def _large(fragments: Sequence[Fragment], body: float) -> list[Fragment]:
    large = [one for one in _slanted(fragments) if one.size >= _LARGER * body]
    return large if sum(map(len, {one.text for one in large})) <= _LONGEST else []


def _repeated(pages: Pages) -> dict[str, list[Fragment]]:
    """Slanted words, as the first page has them, that all pages with other words (at least two) have at one place."""
    with_words = [fragments for fragments in pages if not all(one.slanted for one in fragments)]
    if len(with_words) < 2:
        return {}
    found: dict[str, list[Fragment]] = defaultdict(list)
    for one in _slanted(with_words[0]):
        found[one.text].append(one)
    for fragments in with_words[1:]:
        here = defaultdict(list)
        for one in _slanted(fragments):
            here[one.text].append(one)
        found = {
            text: same
            for text, before in found.items()
            if (same := [one for one in before if any(_is_at_same_place(one, other) for other in here[text])])
        }
    return found


def _among(fragments: Sequence[Fragment], repeated: dict[str, list[Fragment]]) -> list[Fragment]:
    return [
        one for one in _slanted(fragments) if any(_is_at_same_place(one, other) for other in repeated.get(one.text, ()))
    ]


def _is_at_same_place(one: Fragment, other: Fragment) -> bool:
    return max(abs(one.left - other.left), abs(one.baseline - other.baseline), abs(one.size - other.size)) < one.size


def _told(marks: Sequence[str]) -> str:
    if not marks:
        return ""
    words = list(dict.fromkeys(marks))
    said = ", ".join(f"“{shortened(one, 80, at_word=True)}”" for one in words[:_MOST_TOLD])
    more = f" and {len(words) - _MOST_TOLD:,} more" if len(words) > _MOST_TOLD else ""
    where = "the page" if len(marks) == 1 else f"{len(marks):,} pages"
    return f"Slanted words drawn over {where} as a watermark were left out: {said}{more}."
