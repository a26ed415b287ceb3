"""An article made of what is quoted of it, where another tool's file does not hold its text.

Why it exists: annotations of a page on the web name its address and quote words, and without a text they would have no
place. The quotes, each a paragraph in the order of the page, are what is known of it; once the page itself is taken in
as an update, the marks are carried to where the words stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from annotate.canonical import canonical
from annotate.exchange.incoming import IncomingArticle
from annotate.exchange.quotes import Quote
from annotate.importers.draft import Draft
from annotate.importers.one_line import one_line
from annotate.model import Span


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Quoted words, and where they begin in the page as the other tool counts; None where it does not say."""

    start: int | None
    words: str


@dataclass(slots=True)
class QuotedArticle:
    """What is known of one text; `source` is its address, `file` the name of the file that quotes it."""

    source: str
    file: str
    title: str = ""
    notes: list[str] = field(default_factory=list)
    """What is said of the whole."""
    _stretches: dict[str, list[_Stretch]] = field(default_factory=dict)
    _places: dict[_Stretch, Span] = field(default_factory=dict)
    _text: str = ""

    @property
    def key(self) -> str:
        return f"quoted {self.source}"

    @property
    def is_empty(self) -> bool:
        return not self._stretches and not self.notes

    def add(self, mark: str, quotes: list[Quote]) -> bool:
        """Words of the mark with the key `mark`; False where none are quoted."""
        for quote in quotes:
            words = canonical(quote.exact or "").text
            begins = len(words) - len(words.lstrip())
            start = None if quote.start is None else quote.start + begins
            if words.strip():
                self._stretches.setdefault(mark, []).append(_Stretch(start, words.strip()))
        return mark in self._stretches

    def lay_out(self) -> None:
        """Put the quotes into one text; to be called when all are added, before what follows is asked."""
        wanted = dict.fromkeys(stretch for stretches in self._stretches.values() for stretch in stretches)
        placed = sorted((one for one in wanted if one.start is not None), key=lambda one: (one.start, -len(one.words)))
        blocks: list[str] = []
        length = 0
        by_words: dict[str, int] = {}
        last: tuple[int, int, str] | None = None  # where it began in the page, where it begins here, its words
        for one in [*placed, *(one for one in wanted if one.start is None)]:
            begin: int | None = None
            if last is not None and one.start is not None:
                inside = one.start - last[0]
                if last[2][inside : inside + len(one.words)] == one.words:
                    begin = last[1] + inside
            if begin is None and one.start is None:
                begin = by_words.get(one.words)
            if begin is None:
                begin = length
                blocks.append(one.words)
                length += len(one.words) + 2
                by_words.setdefault(one.words, begin)
                last = None if one.start is None else (one.start, begin, one.words)
            self._places[one] = Span(begin, begin + len(one.words))
        self._text = "\n\n".join(blocks)

    def spans_of(self, mark: str) -> tuple[Span, ...]:
        spans = {self._places[stretch] for stretch in self._stretches.get(mark, ())}
        return tuple(sorted(spans, key=lambda span: (span.start, span.end)))

    def as_article(self) -> IncomingArticle:
        return article_of(self.source, self.file, self._text, title=self.title, note="\n".join(self.notes))


def article_of(source: str, file: str, text: str, *, title: str = "", note: str = "") -> IncomingArticle:
    """An article of the canonical `text`, known by the address that a file gives for it."""
    address = one_line(source) or ""
    on_the_web = address.startswith(("http://", "https://"))
    name = one_line(title) or address or file
    return IncomingArticle(
        key=f"quoted {source}",
        draft=Draft(text=text, title=name, title_confirmed=bool(one_line(title)), url=address if on_the_web else None),
        file_name=f"{file}.txt",
        data=text.encode("utf-8"),
        note=note,
    )
