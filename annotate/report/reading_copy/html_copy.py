"""The reading copy as one HTML file: no script, nothing loaded from anywhere, every word of an article escaped.

Why it exists: a browser is what everybody has. Marks and notes lead to each other; the IDs in the text cannot be
selected, so that words copied out of the page are the article's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from annotate.canonical import canonical
from annotate.counted import counted
from annotate.report.evidence import Evidence
from annotate.report.reading_copy.copy import (
    ArticleCopy,
    BodyOf,
    Cover,
    Detail,
    Front,
    Paragraph,
    Piece,
    article_copies,
    front_of,
)
from annotate.report.reading_copy.html_style import STYLE
from annotate.report.reading_copy.notes import Note, Words
from annotate.segments import DRAWN_LANES
from annotate.writing import Progress, Written, go_on, replacing, report

_ARTICLES_BETWEEN_REPORTS = 20

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Should a fault ever let markup through, the browser still loads and runs nothing."""


def write_html(evidence: Evidence, body_of: BodyOf, target: Path, progress: Progress = go_on) -> Written:
    """Write all articles of `evidence` with their marks and notes as one HTML file at `target`.

    Raises ExportFailed where the file cannot be written and ExportCancelled where `progress` answers False; what
    stood at `target` is untouched then.
    """
    total = len(evidence.articles)
    with replacing(target) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as out:
        front = front_of(evidence)
        out.writelines(_opening(front))
        for number, article in enumerate(article_copies(evidence, body_of)):
            if number % _ARTICLES_BETWEEN_REPORTS == 0:
                report(progress, number, total, target.name)
            out.writelines(_article(article))
        out.writelines(_closing(front))
        report(progress, total, total, target.name)
    return Written(target, {"Articles": total, "Marks": len(evidence.annotations)})


def _opening(front: Front) -> Iterator[str]:
    title = _safe(front.title)
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    )
    if front.marking:
        yield f'<div class="marking head"><span dir="auto">{_safe(front.marking)}</span></div>\n'
    yield f'<main>\n<header>\n<h1 dir="auto">{title}</h1>\n<p class="facts">'
    yield " &#160; ".join(f"{name} <b><bdi>{_safe(words)}</bdi></b>" for name, words in front.facts)
    yield '</p>\n<div class="legend">\n<p>'
    yield " &#160; ".join(
        f'<span class="m l0 g {_letter(kind)}">{kind.label}</span> '
        f'<span class="r {_letter(kind)}">{kind.letter}-0001</span> {_safe(meaning)}.'
        for kind, meaning in front.legend
    )
    yield "</p>\n"
    yield "".join(f"<p>{_safe(remark)}</p>\n" for remark in front.remarks)
    yield "</div>\n"
    if front.contents:
        yield '<nav class="contents">\n<h3>Contents</h3>\n<ol>\n'
        for entry in front.contents:
            less = " · ".join(f"<bdi>{_safe(words)}</bdi>" for words in (entry.outlet, entry.published) if words)
            marks = counted(entry.marks, "mark")
            yield (
                f'<li><a href="#{entry.label}">{entry.label}</a> <bdi>{_safe(entry.title)}</bdi> '
                f'<span class="less">{less}{" · " if less else ""}{marks}</span></li>\n'
            )
        yield "</ol>\n</nav>\n"
    yield "</header>\n"


def _closing(front: Front) -> Iterator[str]:
    yield "</main>\n"
    if front.marking:
        yield f'<div class="marking foot"><span dir="auto">{_safe(front.marking)}</span></div>\n'
    yield "</body>\n</html>\n"


def _article(article: ArticleCopy) -> Iterator[str]:
    begins = ' class="new"' if article.on_new_page else ""
    yield f'<article id="{article.label}"{begins}>\n<h2 dir="auto">{_safe(article.title)}</h2>\n'
    details = "".join(f"<span>{_detail(detail)}</span>" for detail in article.details)
    yield f'<p class="about"><span>{article.label}</span>{details}</p>\n'
    for paragraph in article.paragraphs:
        yield from _paragraph(paragraph)
    if article.elsewhere:
        yield '<h3>Without a place in this text</h3>\n<div class="ns">\n'
        yield from (_note(note, placed=False) for note in article.elsewhere)
        yield "</div>\n"
    yield "</article>\n"


def _detail(detail: Detail) -> str:
    words = f"<bdi>{_safe(detail.words)}</bdi>"
    if detail.url:
        words = f'<a href="{_safe(detail.url)}" rel="noopener noreferrer nofollow">{words}</a>'
    return f"{detail.name} {words}" if detail.name else words


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    lanes = max((cover.lane for piece in paragraph.pieces for cover in piece.covers), default=0)
    depth = " deeper" if lanes > 3 else " deep" if lanes > 1 else ""
    yield f'<div class="p"><p class="t{depth}" dir="auto">'
    for piece in paragraph.pieces:
        yield _piece(piece)
    yield "</p>"
    if paragraph.notes:
        yield '<div class="ns">'
        yield from (_note(note, placed=True) for note in paragraph.notes)
        yield "</div>"
    yield "</div>\n"


def _piece(piece: Piece) -> str:
    if not piece.covers:
        return _safe(piece.text)
    made = [_layered(_safe(piece.text), piece.covers, first=True)]
    going_on = list(piece.covers)
    for cover in piece.ending:
        going_on.remove(cover)
        reference = f'<a class="r {_letter(cover.kind)}" href="#n-{cover.label}">{cover.label}</a>'
        made.append(_layered(reference, going_on, first=False))
    return "".join(made)


def _layered(inner: str, covers: Sequence[Cover], *, first: bool) -> str:
    """A box for each mark, the lowest band innermost; `first` where a note may lead here."""
    if not covers:
        return inner
    shortest = Piece("", tuple(covers)).by_length[0]
    for cover in covers:
        folded = cover.lane >= DRAWN_LANES
        kind = "o" if folded else _letter(cover.kind)
        ground = " g" if cover is shortest and not folded else ""
        anchor = f' id="m-{cover.label}"' if first and cover.opens else ""
        inner = f'<span class="m l{min(cover.lane, DRAWN_LANES)}{ground} {kind}"{anchor}>{inner}</span>'
    return inner


def _note(note: Note, *, placed: bool) -> str:
    identity = f'<a class="id" href="#m-{note.label}">{note.label}</a>' if placed else f'<b class="id">{note.label}</b>'
    words = "" if placed else f'<div class="w" dir="auto">{_safe(note.words)}</div>'
    facts = "".join(
        f'<span class="x">{f"<i>{_safe(fact.name)}</i> " if fact.name else ""}{_linked(fact.words)}</span>'
        for fact in note.facts
    )
    tags = "".join(f'<span class="tag">{_dot(tag.colour)}<bdi>{_safe(tag.name)}</bdi></span>' for tag in note.tags)
    plain = f'<div class="w" dir="auto">{_safe(note.plain_words)}</div>' if note.plain_words else ""
    remark = f'<div class="w v" dir="auto">{_safe(note.remark)}</div>' if note.remark else ""
    return (
        f'<div class="n {_letter(note.kind)}" id="n-{note.label}">{identity} {facts}{tags}{words}{plain}{remark}</div>'
    )


def _linked(words: Iterable[Words]) -> str:
    made = []
    for one in words:
        link = f'<a href="#n-{one.label}">{one.label}</a>' if one.label else ""
        made.append(" ".join(part for part in (f"<bdi>{_safe(one.text)}</bdi>" if one.text else "", link) if part))
    return "; ".join(made)


def _dot(colour: str) -> str:
    return f'<span class="dot" style="background:{colour}"></span>' if colour else ""


def _letter(kind: object) -> str:
    """The class of a kind: c, f or s."""
    return str(kind)[0]


def _safe(text: str) -> str:
    """Text as it stands in markup: nothing in it is a tag or a character that HTML does not take."""
    return escape(canonical(text).text)
