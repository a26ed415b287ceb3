"""The reading copy as a Word document.

Why it exists: Word is where copies are commented on and passed round. A mark has the ground of its kind; where marks
overlap the ground is that of the shortest, the next longer one is a line below in its colour, and brackets with IDs
show where each begins and ends, in black and white too. Paragraphs are written as they come: python-docx would take
minutes for a thousand articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from annotate.counted import counted
from annotate.report.evidence import Evidence
from annotate.report.reading_copy.copy import (
    ArticleCopy,
    BodyOf,
    Cover,
    Front,
    Paragraph,
    Piece,
    article_copies,
    front_of,
)
from annotate.report.reading_copy.notes import Note
from annotate.report.tables import INKS
from annotate.report.word_document import (
    LESS,
    LINE,
    TEXT_FONT,
    add_style,
    letters,
    new_document,
    paragraph,
    runs,
    save_with_body,
    spacing,
)
from annotate.vocabulary import Kind
from annotate.writing import Progress, Written, go_on, replacing, report

if TYPE_CHECKING:
    from docx.document import Document

_ARTICLES_BETWEEN_REPORTS = 20

_INK = {kind: ink.removeprefix("#").upper() for kind, ink in INKS.items()}
_GROUND = {Kind.CLAIM: "FBEECC", Kind.FIGURE: "D6E6F3", Kind.SOURCE: "D0EBE3"}
_LESS = letters(colour=LESS)
_LINKED = "0563C1"


def write_word(evidence: Evidence, body_of: BodyOf, target: Path, progress: Progress = go_on) -> Written:
    """Write all articles of `evidence` with their marks and notes as a Word document at `target`.

    Raises ExportFailed where the file cannot be written and ExportCancelled where `progress` answers False; what
    stood at `target` is untouched then.
    """
    total = len(evidence.articles)
    with replacing(target) as temporary:
        front = front_of(evidence)
        made = f"{evidence.analyst}, {evidence.made_at:%Y-%m-%d}".removeprefix(", ")
        document = new_document(front.title, front.marking, made, evidence.analyst)
        _add_styles(document)
        writer = _Body()

        def body() -> Iterator[str]:
            yield from writer.front(front)
            for number, article in enumerate(article_copies(evidence, body_of)):
                if number % _ARTICLES_BETWEEN_REPORTS == 0:
                    report(progress, number, total, target.name)
                yield from writer.article(article)
            report(progress, total, total, target.name)

        save_with_body(document, temporary, body())
    return Written(target, {"Articles": total, "Marks": len(evidence.annotations)})


def _add_styles(document: Document) -> None:
    add_style(
        document,
        "Article Text",
        f"<w:widowControl/>{spacing(before=12, after=5, line=1.35)}",
        letters(font=TEXT_FONT, verbatim=True),
    )
    add_style(document, "About", f"<w:keepNext/>{spacing(after=10)}", letters(colour=LESS, size=9))
    add_style(document, "Remark", spacing(after=4), letters(size=9.5))
    add_style(document, "Contents", spacing(after=3), letters(size=10))
    for kind in Kind:
        border = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="{_INK[kind]}"/></w:pBdr>'
        place = '<w:ind w:left="420"/>'
        add_style(document, f"Note {kind.letter}", f"<w:keepLines/>{border}{spacing(after=4)}{place}", letters(size=9))


class _Body:
    """Makes the paragraphs; numbers the bookmarks, which must differ in a document."""

    def __init__(self) -> None:
        self._bookmarks = count(1)

    def front(self, front: Front) -> Iterator[str]:
        yield paragraph("Title", runs(front.title), text=front.title)
        facts = "   ".join(f"{name}: {words}" for name, words in front.facts)
        yield paragraph("About", runs(facts))
        for kind, meaning in front.legend:
            sample = runs(kind.label, letters(verbatim=True, ground=_GROUND[kind]))
            yield paragraph("Remark", f"{sample}{_raised(f'{kind.letter}-0001', kind)}{runs(f'  {meaning}.')}")
        yield from (paragraph("Remark", runs(remark)) for remark in front.remarks)
        if front.contents:
            yield paragraph("Heading2", runs("Contents"))
        for entry in front.contents:
            label = _link(f"a_{_named(entry.label)}", entry.label, letters(colour=_LINKED))
            less = " · ".join(words for words in (entry.outlet, entry.published) if words)
            marks = counted(entry.marks, "mark")
            tail = runs(f"   {less}{' · ' if less else ''}{marks}", letters(colour=LESS, size=9))
            yield paragraph("Contents", f"{label}{runs(f'  {entry.title}')}{tail}")

    def article(self, article: ArticleCopy) -> Iterator[str]:
        before = "<w:pageBreakBefore/>" if article.on_new_page else ""
        border = f'<w:pBdr><w:top w:val="single" w:sz="8" w:space="8" w:color="{LINE}"/></w:pBdr>'
        named = self._bookmark(f"a_{_named(article.label)}")
        yield paragraph("Heading1", f"{named}{runs(article.title)}", f"{before}{border}", text=article.title)
        details = [runs(article.label)]
        for detail in article.details:
            words = " ".join(part for part in (detail.name, detail.words) if part)
            details.append(_web_link(words, detail.url) if detail.url else runs(words))
        yield paragraph("About", runs(" · ").join(details))
        for line in article.paragraphs:
            if line.number or line.notes:
                yield self._text(line)
                yield from (self._note(note, placed=True) for note in line.notes)
        if article.elsewhere:
            yield paragraph("Heading2", runs("Without a place in this text"))
            yield from (self._note(note, placed=False) for note in article.elsewhere)

    def _text(self, line: Paragraph) -> str:
        crossed = {cover.label for piece in line.pieces if len(piece.covers) > 1 for cover in piece.covers}
        made = "".join(self._piece(piece, crossed) for piece in line.pieces)
        return paragraph("ArticleText", made, "<w:keepNext/>" if line.notes else "", text=line.text)

    def _piece(self, piece: Piece, crossed: set[str]) -> str:
        covers = piece.by_length
        made = [self._bookmark(f"m_{_named(cover.label)}") for cover in covers if cover.opens]
        made += [_raised("[", cover.kind) for cover in reversed(covers) if cover.begins and cover.label in crossed]
        made.append(runs(piece.text, _look(covers)))
        for cover in piece.ending:
            closing = "]" if cover.label in crossed else ""
            made.append(_link(f"n_{_named(cover.label)}", cover.label + closing, _id_look(cover.kind)))
        return "".join(made)

    def _note(self, note: Note, *, placed: bool) -> str:
        look = letters(bold=True, colour=_INK[note.kind])
        name = _named(note.label)
        made = [self._bookmark(f"n_{name}"), _link(f"m_{name}", note.label, look) if placed else runs(note.label, look)]
        for number, fact in enumerate(note.facts):
            made.append(runs(" · " if number else "  ", _LESS))
            made.append(runs(f"{fact.name} ", _LESS) if fact.name else "")
            for place, words in enumerate(fact.words):
                made.append(runs("; " if place else ""))
                made.append(runs(f"{words.text} " if words.text and words.label else words.text))
                made.append(
                    _link(f"n_{_named(words.label)}", words.label, letters(colour=_LINKED)) if words.label else ""
                )
        made += [f"{runs('  ● ', _tag_look(tag.colour))}{runs(tag.name)}" for tag in note.tags]
        lines = [(note.plain_words, ""), (note.remark, letters(italic=True, colour=LESS))]
        if not placed:
            lines.insert(0, (note.words, letters(verbatim=True)))
        made += [f"<w:r><w:br/></w:r>{runs(words, look)}" for words, look in lines if words]
        return paragraph(f"Note{note.kind.letter}", "".join(made))

    def _bookmark(self, name: str) -> str:
        number = next(self._bookmarks)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def _look(covers: list[Cover]) -> str:
    """The ground of the shortest mark and a line for the next longer one."""
    if not covers:
        return ""
    underline = _INK[covers[1].kind] if len(covers) > 1 else ""
    return letters(underline=underline, ground=_GROUND[covers[0].kind])


def _id_look(kind: Kind) -> str:
    return letters(font="Calibri", bold=True, verbatim=True, colour=_INK[kind], size=12, raised=True)


def _tag_look(colour: str) -> str:
    return letters(colour=colour.removeprefix("#").upper() or LESS)


def _raised(words: str, kind: Kind) -> str:
    return runs(words, _id_look(kind))


def _link(anchor: str, words: str, look: str) -> str:
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{runs(words, look)}</w:hyperlink>'


def _web_link(words: str, url: str) -> str:
    """A field, which needs no entry among the document's relations. `url` has passed tables.web_link: ASCII, printable,
    without spaces; a quotation mark would end the field's argument."""
    address = url.replace("\\", "%5C").replace(chr(34), "%22")
    instruction = escape(f' HYPERLINK "{address}" ')
    parts = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        runs(words, letters(colour=_LINKED)),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    return "".join(parts)


def _named(label: str) -> str:
    """An ID as Word takes it in the name of a bookmark."""
    return label.replace("-", "_")
