"""The same words at other places of the project: found apart from the window, marked in one step when asked for.

Why it exists: whoever has marked a name twice will mark it twenty times more. Looking for it takes as long as reading
all texts, so that is done with a reader of its own, in any thread; what is found is checked again when it is marked.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotate.commands.marking_all import MOST_AT_ONCE, MarkedAll, marked_in, places_in
from annotate.counted import counted
from annotate.errors import NotAllowed
from annotate.finding import Finder, Wanted
from annotate.model import Article, Span
from annotate.project import Project
from annotate.store.queries import Reader
from annotate.vocabulary import Kind, Origin

FEWEST_MARKS = 2
"""Marks of the same words from which it is worth to look for more of them."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Unmarked places of the same words; spans by the ids of article and text."""

    kind: Kind
    words: str
    places: tuple[tuple[int, int, tuple[Span, ...]], ...] = ()

    @property
    def count(self) -> int:
        return sum(len(spans) for _article, _text, spans in self.places)


def find_elsewhere(reader: Reader, kind: Kind, words: str) -> Elsewhere:
    """Where words stand as whole words and without a mark of the kind, in all articles outside the bin.

    Nothing is looked for before the words have been marked FEWEST_MARKS times; capital letters must be the same.
    """
    wanted = " ".join(words.split())
    if not any(map(str.isalnum, wanted)) or reader.count_marked(kind, words) < FEWEST_MARKS:
        return Elsewhere(kind, words)
    first = max(wanted.split(), key=len)
    found = []
    for article in reader.articles():
        body = reader.body(article.text_id)
        if first not in body:
            continue
        spans = Finder(body).find(Wanted(wanted, case=True, whole_words=True), most=MOST_AT_ONCE)
        unmarked = places_in(reader, article, kind, spans)[0] if spans else []
        if unmarked:
            found.append((article.id, article.text_id, tuple(unmarked)))
    return Elsewhere(kind, words, tuple(found))


def mark_elsewhere(project: Project, elsewhere: Elsewhere) -> MarkedAll:
    """Mark what was found, in one step; such marks count as not reviewed until somebody looks at each.

    Articles whose text is another by now are left out, and what has a mark of the kind meanwhile. Raises NotAllowed
    where there are more than MOST_AT_ONCE places, or none any more.
    """
    if elsewhere.count > MOST_AT_ONCE:
        raise NotAllowed(f"More than {MOST_AT_ONCE:,} places cannot be marked at once. Mark them article by article.")
    kind = elsewhere.kind
    wanted: list[tuple[Article, list[Span], int]] = []
    for article_id, text_id, spans in elsewhere.places:
        known = project.read.article(article_id)
        if known is not None and not known.deleted and known.text_id == text_id:
            wanted.append((known, *places_in(project.read, known, kind, spans)))
    count = sum(len(new) for _article, new, _already in wanted)
    already = sum(there for _article, _new, there in wanted)
    if not count:
        raise NotAllowed("All of these places are marked by now.")
    made: list[int] = []
    with project.change(f"Mark {counted(count, kind.label.lower())}") as transaction:
        for article, new, _already in wanted:
            if new:
                made += marked_in(project, transaction, article, kind, new, origin=Origin.BULK)
    return MarkedAll(tuple(made), already)
