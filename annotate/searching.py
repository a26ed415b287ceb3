"""Words in all articles at once: where they stand, with the line around each.

Why it exists: an analyst knows that something was said somewhere, and not in which article. Every text is read, so this
is for a thread and a reader of its own; nothing is kept that could be out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotate.finding import Finder, Wanted
from annotate.model import Article, Span
from annotate.offsets import grapheme_start
from annotate.store.queries import Reader

MOST_HITS = 2_000
"""Nobody reads more lines; whoever gets so many types another word."""
AROUND = 120
"""Code points on either side of a hit that are kept of its paragraph."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: its article, the span in code points of its text, and the line around it with single blanks."""

    article: Article
    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, in the order of articles and texts; `are_all` is False where there is more."""

    hits: tuple[Hit, ...] = ()
    are_all: bool = True

    @property
    def articles(self) -> int:
        """In how many articles something was found."""
        return len({hit.article.id for hit in self.hits})


def search_articles(
    reader: Reader, wanted: Wanted, go_on: Callable[[], bool] = lambda: True, *, most: int = MOST_HITS
) -> Hits:
    """Where words stand in the newest texts of all articles outside the bin; given up once `go_on` says no.

    Raises NotAllowed saying what is wrong with a regular expression, TooSlow when one takes too long in an article.
    """
    found: list[Hit] = []
    if not wanted.words.strip():
        return Hits()
    for article in reader.articles():
        if not go_on():
            break
        body = reader.body(article.text_id)
        spans = Finder(body).find(wanted, most=most + 1 - len(found))
        found += [_hit(article, body, span) for span in spans]
        if len(found) > most:
            return Hits(tuple(found[:most]), are_all=False)
    return Hits(tuple(found))


def _hit(article: Article, body: str, span: Span) -> Hit:
    first = grapheme_start(body, max(0, span.start - AROUND))
    last = grapheme_start(body, min(len(body), span.end + AROUND))
    before = body[first : span.start].rpartition("\n")[2]
    after = body[span.end : last].partition("\n")[0]
    return Hit(article, span, _in_one_line(before), _in_one_line(body[span.start : span.end]), _in_one_line(after))


def _in_one_line(text: str) -> str:
    """With single blanks; those at its ends stay, since they part it from what stands beside it."""
    line = " ".join(text.split())
    if not line:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{line}{' ' * text[-1].isspace()}"
