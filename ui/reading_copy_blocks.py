"""A reading copy as blocks for pages: which words stand in which style, and where marks lie on them.

Why it exists: what is shown is decided by annotate.report.reading_copy, how pages are filled by pdf_pages; this joins
the two and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtGui import QColor, QFont, QTextCharFormat

from annotate.counted import counted
from annotate.offsets import grapheme_end
from annotate.report.reading_copy.copy import ArticleCopy, Cover, Front, Paragraph, Piece
from annotate.report.reading_copy.notes import Note
from annotate.vocabulary import Kind
from ui.pdf_block import SANS, SERIF, Block, Style
from ui.theme import LIGHT

TITLE = Style(20, bold=True, after=4)
ABOUT = Style(8.5, colour=LIGHT.secondary, after=6)
LEGEND = Style(9, after=3)
HEADING = Style(12, bold=True, before=14, after=4, stays=True)
CONTENTS = Style(9.5, after=2)
ARTICLE = Style(15, bold=True, before=28, after=2, stays=True, rule=True)
TEXT = Style(10.5, tuple(SERIF), before=6, after=3, leading=4)
CONTINUED = Style(10.5, tuple(SERIF), after=3, leading=4)
NOTE = Style(8.5, indent=16, leading=1, whole=True)
REMARK = Style(8.5, indent=16, leading=1, italic=True, colour=LIGHT.secondary)
GAP = Style(2.5)
"""An empty line below a note."""

LONG = 8_000
"""Code points of a block, about; the time that Qt takes grows with the square of it."""


def front_blocks(front: Front, begins_on: Mapping[str, int]) -> Iterator[Block]:
    """Title, legend and contents; `begins_on` are the pages of articles by their IDs, as far as they are known."""
    title = Block(TITLE)
    title.add(front.title)
    yield title
    facts = Block(ABOUT)
    facts.add("   ".join(f"{name}: {words}" for name, words in front.facts))
    yield facts
    for kind, meaning in front.legend:
        block = Block(LEGEND)
        start, end = block.add(kind.label)
        block.grounds.append((kind, start, end))
        block.bands.append((kind, 0, start, end))
        block.add(f"{kind.letter}-0001", _raised(kind))
        block.add(f"   {meaning}.")
        yield block
    for remark in front.remarks:
        block = Block(LEGEND)
        block.add(remark)
        yield block
    if front.contents:
        heading = Block(HEADING)
        heading.add("Contents")
        yield heading
    for entry in front.contents:
        block = Block(CONTENTS, right_words=f"{begins_on.get(entry.label, 0):,}")
        _linked(block, entry.label, entry.label)
        block.add(f"  {entry.title}")
        less = [words for words in (entry.outlet, entry.published) if words]
        less.append(counted(entry.marks, "mark"))
        block.add(f"   {' · '.join(less)}", _coloured(LIGHT.secondary))
        yield block


def article_blocks(article: ArticleCopy) -> Iterator[Block]:
    """An article with its notes; the first block is its title."""
    title = Block(ARTICLE, new_page=article.on_new_page, names=[(article.label, 0)])
    title.add(article.title)
    yield title
    about = Block(ABOUT)
    about.add(article.label)
    for detail in article.details:
        about.add(f" · {detail.name} " if detail.name else " · ")
        if detail.url:
            _linked(about, detail.words, detail.url)
        else:
            about.add(detail.words)
    yield about
    for paragraph in article.paragraphs:
        if paragraph.number or paragraph.notes:
            yield from text_blocks(paragraph)
            for note in paragraph.notes:
                yield from note_blocks(note, placed=True)
    if article.elsewhere:
        heading = Block(HEADING)
        heading.add("Without a place in this text")
        yield heading
        for note in article.elsewhere:
            yield from note_blocks(note, placed=False)


def text_blocks(paragraph: Paragraph) -> Iterator[Block]:
    """A paragraph of the article: its words, with an ID behind each stretch that ends. One block, as long as it is not
    so long that Qt would take minutes for it."""
    block = Block(TEXT)
    begun: dict[str, tuple[Cover, int]] = {}
    for piece in paragraph.pieces:
        for words in _parts(piece.text):
            if block.length > LONG:
                yield _closed(block, begun)
                block = Block(CONTINUED)
                begun = {label: (cover, 0) for label, (cover, _) in begun.items()}
            start, end = block.add(words)
            for cover in piece.covers:
                begun.setdefault(cover.label, (cover, start))
                if cover.opens and (f"m-{cover.label}", start) not in block.names:
                    block.names.append((f"m-{cover.label}", start))
            _ground(block, piece.covers, start, end)
        going_on = list(piece.covers)
        for cover in piece.ending:
            going_on.remove(cover)
            _, began = begun.pop(cover.label)
            block.bands.append((cover.kind, cover.lane, began, block.length))
            start, end = block.add(cover.label, _raised(cover.kind))
            block.links.append((f"n-{cover.label}", start, end))
            _ground(block, going_on, start, end)
    yield _closed(block, begun)


def note_blocks(note: Note, *, placed: bool) -> Iterator[Block]:
    """The record of a mark in one block, and a block for each line that is in words."""
    block = Block(NOTE, bar=note.kind, names=[(f"n-{note.label}", 0)])
    block.links.append((f"m-{note.label}", *block.add(note.label, _coloured(LIGHT.ink(note.kind), bold=True))))
    less = _coloured(LIGHT.secondary)
    for number, fact in enumerate(note.facts):
        block.add(" · " if number else "  ", less)
        if fact.name:
            block.add(f"{fact.name} ", less)
        for place, one in enumerate(fact.words):
            block.add(("; " if place else "") + one.text + (" " if one.text and one.label else ""))
            if one.label:
                _linked(block, one.label, f"n-{one.label}")
    for tag in note.tags:
        block.add("  ● ", _coloured(tag.colour or LIGHT.secondary))
        block.add(tag.name)
    yield block
    lines = [(NOTE, note.plain_words), (REMARK, note.remark)]
    if not placed:
        lines.insert(0, (NOTE, note.words))
    for style, words in lines:
        for line in words.split("\n") if words else ():
            block = Block(style, bar=note.kind)
            block.add(line)
            yield block
    yield Block(GAP)


def _parts(text: str) -> Iterator[str]:
    """The text in parts of about LONG, cut behind a space where there is one before long, else between graphemes."""
    start = 0
    while len(text) - start > LONG:
        end = text.find(" ", start + LONG, start + 2 * LONG) + 1 or grapheme_end(text, start + LONG)
        yield text[start:end]
        start = end
    yield text[start:]


def _closed(block: Block, begun: Mapping[str, tuple[Cover, int]]) -> Block:
    """The block, with the bands of marks that go on behind it."""
    block.bands += [(cover.kind, cover.lane, began, block.length) for cover, began in begun.values()]
    return block


def _ground(block: Block, covers: Sequence[Cover], start: int, end: int) -> None:
    if covers:
        block.grounds.append((Piece("", tuple(covers)).by_length[0].kind, start, end))


def _linked(block: Block, words: str, target: str) -> None:
    block.links.append((target, *block.add(words, _coloured(LIGHT.accent))))


def _raised(kind: Kind) -> QTextCharFormat:
    look = _coloured(LIGHT.ink(kind), bold=True)
    look.setFontFamilies(SANS)
    look.setFontPointSize(10)
    look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
    return look


def _coloured(colour: str, *, bold: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colour))
    if bold:
        look.setFontWeight(QFont.Weight.Bold)
    return look
