"""Short things side by side in one line: outlet and date, words and the article they stand in.

Why it exists: a line takes its direction from its first letter, so an Arabic outlet would carry the day of an English
date over to its other side. What has letters that run from right to left therefore stands in an isolate of its own.
"""

from __future__ import annotations

from unicodedata import bidirectional

from annotate.model import Article
from ui.dates import published_label

_BETWEEN = " · "
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset(("R", "AL"))


def joined(*parts: str) -> str:
    """The parts that are not empty in their order, each in its own direction."""
    return _BETWEEN.join(map(_isolated, filter(None, parts)))


def byline(article: Article) -> str:
    """Outlet and date of an article; empty where neither is known."""
    return joined(article.outlet, published_label(article.published))


def _isolated(words: str) -> str:
    runs_back = any(bidirectional(letter) in _RIGHT_TO_LEFT for letter in words)
    return f"{_ISOLATE}{words}{_END}" if runs_back else words
