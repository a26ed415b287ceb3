"""The reading copy as a PDF, printed by Qt: the one export that needs Qt, with a window or without one.

Why it exists: a PDF looks the same everywhere and is not edited by accident. It is laid out twice, first to count
pages: the contents name them, and every page says how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from annotate.report.evidence import Evidence
from annotate.report.pdf_links import Bookmark, Link, UnknownLayout, add_links
from annotate.report.reading_copy.copy import BodyOf, Front, article_copies, front_of, one_line
from annotate.writing import Progress, Written, go_on, replacing, report
from ui.pdf_pages import DOTS, Pages, Running
from ui.reading_copy_blocks import article_blocks, front_blocks

_ARTICLES_BETWEEN_REPORTS = 20
_BLOCKS_BETWEEN_REPORTS = 500
"""Within an article, so that a very long one can be stopped."""
_MARGINS_MM = QMarginsF(21, 12, 21, 11)


@dataclass(frozen=True)
class _Copy:
    """What is to be written, and who is told how far it is."""

    evidence: Evidence
    body_of: BodyOf
    front: Front
    name: str
    progress: Progress


@dataclass(frozen=True)
class _Filled:
    pages: int
    begins_on: Mapping[str, int]
    """Pages of articles by their IDs."""
    links: Sequence[Link] = ()
    bookmarks: Sequence[Bookmark] = ()


def write_pdf(evidence: Evidence, body_of: BodyOf, target: Path, progress: Progress = go_on) -> Written:
    """Write all articles of `evidence` with their marks and notes as a PDF at `target`.

    Works in any thread while the window runs. Where no application of Qt's is there, one without a screen is made for
    as long as it takes, which only the main thread may do. Raises ExportFailed where the file cannot be written and
    ExportCancelled where `progress` answers False; what stood at `target` is untouched then.
    """
    articles = len(evidence.articles)
    application = QCoreApplication.instance() or QGuiApplication(["provenote", "-platform", "offscreen"])
    copy = _Copy(evidence, body_of, front_of(evidence), target.name, progress)
    with replacing(target) as temporary:
        writer = _writer(temporary, copy.front.title)
        counted = _fill(copy, writer, _Filled(0, {}), None)
        painter = QPainter()
        if not painter.begin(writer):
            raise OSError(f"it cannot be opened for writing ({temporary.name})")
        try:
            filled = _fill(copy, writer, counted, painter)
        finally:
            is_whole = painter.end()
        del painter, writer
        if not is_whole or not _ends_well(temporary):  # Qt does not tell that the disk is full
            raise OSError("it could not be written to its end; there may be no room for it")
        warnings = _make_it_lead(temporary, filled, target.name)
        report(progress, 2 * articles, 2 * articles, target.name)
    del application
    rows = {"Articles": articles, "Marks": len(evidence.annotations), "Pages": counted.pages}
    return Written(target, rows, warnings)


def _fill(copy: _Copy, writer: QPdfWriter, counted: _Filled, painter: QPainter | None) -> _Filled:
    """Place everything, drawn where there is a painter; returns how many pages it took and what begins on which."""
    evidence, total = copy.evidence, 2 * len(copy.evidence.articles)
    made = ", ".join(part for part in (one_line(evidence.analyst), f"{evidence.made_at:%Y-%m-%d}") if part)
    pages = Pages(writer, Running(copy.front.marking, made, counted.pages), painter)
    begins_on: dict[str, int] = {}
    bookmarks: list[Bookmark] = []
    for block in front_blocks(copy.front, counted.begins_on):
        pages.place(block)
    done = 0 if painter is None else len(evidence.articles)
    for number, article in enumerate(article_copies(evidence, copy.body_of)):
        if number % _ARTICLES_BETWEEN_REPORTS == 0:
            report(copy.progress, done + number, total, copy.name)
        blocks = article_blocks(article)
        begins_on[article.label] = pages.place(next(blocks))
        bookmarks += [Bookmark(f"{article.label}  {article.title}", place) for place in pages.places(article.label)]
        for placed, block in enumerate(blocks, start=1):
            if placed % _BLOCKS_BETWEEN_REPORTS == 0:
                report(copy.progress, done + number, total, copy.name)
            pages.place(block)
    return _Filled(pages.page, begins_on, pages.links(), bookmarks if len(bookmarks) > 1 else ())


def _make_it_lead(path: Path, filled: _Filled, name: str) -> tuple[str, ...]:
    """Add links and bookmarks; returns what the analyst is to know about them."""
    try:
        add_links(path, filled.links, filled.bookmarks)
    except UnknownLayout:
        return (f"In {name} the IDs and the contents lead nowhere when they are clicked; all else is there.",)
    return ()


def _ends_well(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 64))
        return b"%%EOF" in file.read()


def _writer(path: Path, title: str) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setResolution(DOTS)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            _MARGINS_MM,
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setTitle(title)
    writer.setCreator("Provenote")
    return writer
