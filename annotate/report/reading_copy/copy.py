"""What a reading copy shows, as plain values: the one model that HTML, Word and PDF draw.

Why it exists: three formats must agree on what is said, and what they say can be tested without any of them. Every
line of an article's text is a paragraph, whose pieces together are the line; everything else is apparatus beside it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotate.canonical import canonical
from annotate.counted import counted
from annotate.model import Annotation, Article
from annotate.report.evidence import Evidence
from annotate.report.reading_copy.notes import Note, note_of
from annotate.report.sheets.summary import scope_words
from annotate.report.tables import Link, date_value, web_link
from annotate.segments import LaneIndex, flat_runs
from annotate.vocabulary import Kind

BodyOf = Callable[[int], str]
"""The canonical text of a Text, by its row id."""

SHORT = 1_500
"""Code points. Articles that are longer begin on a new page; posts and wires follow each other."""

FEW = 10
"""Articles. A longer list of contents has its pages to itself."""


@dataclass(frozen=True, slots=True)
class Cover:
    """One mark over a piece of text. Lanes count from 0, as in the window; no two marks over a piece share one."""

    label: str
    kind: Kind
    lane: int
    length: int
    """Of the whole stretch in code points; the shortest mark gives a piece its ground."""
    begins: bool
    """The stretch begins with this piece."""
    opens: bool
    """And it is the first of the mark: where its note leads to."""
    ends: bool
    """The stretch ends with this piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same marks cover throughout, the lowest lane first; none for bare text."""

    text: str
    covers: tuple[Cover, ...] = ()

    @property
    def by_length(self) -> list[Cover]:
        """The covers, the shortest first; of one length a claim is the last, since others stand in it."""
        return sorted(self.covers, key=lambda cover: (cover.length, cover.kind is Kind.CLAIM, cover.lane))

    @property
    def ending(self) -> list[Cover]:
        """Those that end with this piece, the shortest first."""
        return [cover for cover in self.by_length if cover.ends]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text. Lines without words have number 0, the others count from 1, as in the workbook."""

    number: int
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    """Of the marks that begin here, in text order."""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail of an article: "outlet" Valley Post; `url` is set where it leads to the web (http, https)."""

    name: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ArticleCopy:
    label: str
    """A-0001, as in the workbook."""
    title: str
    details: tuple[Detail, ...]
    on_new_page: bool
    paragraphs: tuple[Paragraph, ...]
    elsewhere: tuple[Note, ...]
    """Of annotations that have no words in this text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    label: str
    title: str
    outlet: str
    published: str
    marks: int


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the articles."""

    title: str
    marking: str
    facts: tuple[tuple[str, str], ...]
    legend: tuple[tuple[Kind, str], ...]
    remarks: tuple[str, ...]
    """How to read the copy, a sentence each."""
    contents: tuple[Entry, ...]
    """Empty for a single article."""


def front_of(evidence: Evidence) -> Front:
    """Title, marking, legend and contents."""
    marks = Counter(annotation.article_id for annotation in evidence.annotations.values())
    entries = [_entry(article, marks[article.id]) for article in evidence.articles.values()]
    return Front(
        title=one_line(evidence.project.title) or "Reading copy",
        marking=one_line(evidence.project.marking),
        facts=tuple((name, words) for name, words in _facts(evidence, sum(marks.values())) if words),
        legend=tuple((kind, kind.meaning) for kind in Kind),
        remarks=(
            "Every marked stretch ends with its ID, the same as in the workbook; the note of that ID stands with its "
            "paragraph.",
            "Where marks overlap, the ground is that of the shortest and every mark has a line or bracket of its own.",
            "A grade such as B2 joins two judgements: how reliable the source is (A to E, F cannot be judged) and how "
            "credible the claim is (1 to 5, 6 cannot be judged). What nobody has graded has none.",
        ),
        contents=tuple(entries) if len(entries) > 1 else (),
    )


def article_copies(evidence: Evidence, body_of: BodyOf) -> Iterator[ArticleCopy]:
    """The articles in the order of the workbook, one at a time."""
    by_article: dict[int, list[Annotation]] = defaultdict(list)
    for annotation in evidence.annotations.values():
        by_article[annotation.article_id].append(annotation)
    long_before = len(evidence.articles) > FEW
    for article in evidence.articles.values():
        body = body_of(article.text_id)
        is_long = len(body) > SHORT
        yield _article(evidence, article, body, by_article[article.id], on_new_page=is_long or long_before)
        long_before = is_long


def one_line(text: str) -> str:
    """Names and titles in one line that every format takes."""
    return " ".join(canonical(text).text.split())


def _facts(evidence: Evidence, marks: int) -> Iterator[tuple[str, str]]:
    yield "Analyst", one_line(evidence.analyst)
    yield "Made", evidence.made_at.strftime("%Y-%m-%d %H:%M UTC")
    yield "Holds", counted(marks, "mark")
    yield "Scope", one_line(scope_words(evidence))


def _entry(article: Article, marks: int) -> Entry:
    published = _published(article)
    return Entry(article.label, one_line(article.title), one_line(article.outlet or ""), published, marks)


def _published(article: Article) -> str:
    published = article.published
    return one_line(str(date_value(published.on, published.precision, published.words) or ""))


def _article(
    evidence: Evidence, article: Article, body: str, annotations: Sequence[Annotation], *, on_new_page: bool
) -> ArticleCopy:
    placed = [one for one in annotations if evidence.is_placed(one)]
    placed.sort(key=lambda one: (one.spans[0].start, -one.spans[-1].end, one.number))
    stretches = list(_stretches(body, placed))
    drawn = {stretch.annotation.id for _, _, stretch in stretches}
    lines = _lines(body)
    starts = [start for _, start, _ in lines]
    notes: dict[int, list[Note]] = defaultdict(list)
    for start, _, stretch in stretches:
        if stretch.opens:
            notes[bisect_right(starts, start) - 1].append(note_of(evidence, stretch.annotation))
    index = LaneIndex(stretches)
    paragraphs = [
        Paragraph(number, _pieces(body, start, end, index), tuple(notes.get(place, ())))
        for place, (number, start, end) in enumerate(lines)
    ]
    return ArticleCopy(
        label=article.label,
        title=one_line(article.title) or "Without a title",
        details=tuple(detail for detail in _details(article) if detail.words),
        on_new_page=on_new_page,
        paragraphs=tuple(paragraphs),
        elsewhere=tuple(note_of(evidence, one) for one in annotations if one.id not in drawn),
    )


def _lines(body: str) -> list[tuple[int, int, int]]:
    """Number, start and end of every line."""
    lines: list[tuple[int, int, int]] = []
    position = number = 0
    for line in body.split("\n"):
        has_words = bool(line.strip())
        number += has_words
        lines.append((number if has_words else 0, position, position + len(line)))
        position += len(line) + 1
    return lines


@dataclass(frozen=True, slots=True)
class _Stretch:
    annotation: Annotation
    opens: bool


def _stretches(body: str, annotations: Sequence[Annotation]) -> Iterator[tuple[int, int, _Stretch]]:
    """What the spans cover without the line ends at their edges, which nothing can be drawn under."""
    for annotation in annotations:
        opens = True
        for span in annotation.spans:
            start, end = max(0, span.start), min(len(body), span.end)
            while start < end and body[start] == "\n":
                start += 1
            while start < end and body[end - 1] == "\n":
                end -= 1
            if start < end:
                yield start, end, _Stretch(annotation, opens)
                opens = False


def _pieces(body: str, start: int, end: int, index: LaneIndex[_Stretch]) -> tuple[Piece, ...]:
    """A line in pieces, which together are the line."""
    if start == end:
        return ()
    entries = index.overlapping(start, end) if len(index) else ()
    pieces: list[Piece] = []
    position = start
    for run in flat_runs(entries, start, end) if entries else ():
        if run.start > position:
            pieces.append(Piece(body[position : run.start]))
        covers = tuple(
            Cover(
                label=entry.item.annotation.label,
                kind=entry.item.annotation.kind,
                lane=entry.lane,
                length=entry.end - entry.start,
                begins=entry.start == run.start,
                opens=entry.item.opens and entry.start == run.start,
                ends=entry.end == run.end,
            )
            for entry in run.covering
        )
        pieces.append(Piece(body[run.start : run.end], covers))
        position = run.end
    if position < end:
        pieces.append(Piece(body[position:end]))
    return tuple(pieces)


def _details(article: Article) -> Iterator[Detail]:
    yield Detail("", one_line(article.outlet or ""))
    yield Detail("", _published(article))
    yield Detail("by", one_line(article.author or ""))
    yield Detail("account", one_line(" ".join(filter(None, (article.platform, article.account)))))
    for name, url in (("address", article.url), ("archived", article.archive_url)):
        found = web_link(url)
        if isinstance(found, Link):
            yield Detail(name, one_line(found.url), found.url)
        elif url:
            yield Detail(name, one_line(url))
