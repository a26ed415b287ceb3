"""The PDF of the reading copy: the article's words, marks under them, pages that are numbered and marked."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from ctypes import c_int, create_string_buffer
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from hypothesis import given
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotate import commands
from annotate.model import Link
from annotate.project import Project
from annotate.report.evidence import Evidence, gather
from annotate.report.reading_copy.copy import article_copies
from annotate.report.sharing import gather_for_sharing
from annotate.sample import create_sample
from annotate.vocabulary import Handling, Kind, Relation
from annotate.writing import ExportCancelled, Written
from tests.report.reading_copy.marked import annotation, article, empty_evidence, naughty_strings, of_text, text
from tests.report.reading_copy.test_copy import marked_texts
from ui import reading_copy_blocks
from ui.pdf_pages import Block
from ui.reading_copy_pdf import write_pdf

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return empty_evidence(tmp_path_factory.mktemp("base"))


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "sample.pnote", "Mara Lind", title="River flood") as project:
        create_sample(project)
        yield project


@pytest.fixture
def qt(qtbot: QtBot) -> QObject:
    """Qt's application, which the window has."""
    return qtbot


def pages_of(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def words_of(block: Block, start: int, end: int) -> str:
    """What stands from start to end (UTF-16 units), without IDs."""
    units = block.text.encode("utf-16-le")
    assert block.length == len(units) // 2
    ids = {place for first, length, _ in block.formats for place in range(first, first + length)}
    kept = [place for place in range(start, end) if place not in ids]
    return b"".join(units[2 * place : 2 * place + 2] for place in kept).decode("utf-16-le")


def ids_of(block: Block) -> str:
    units = block.text.encode("utf-16-le")
    return "".join(units[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length, _ in block.formats)


def one_line(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("long", [8_000, 5])
@given(example=marked_texts())
def test_blocks_without_ids_are_the_paragraph_and_bands_lie_under_the_marked_words(
    base: Evidence,
    long: int,
    example: tuple,  # type: ignore[type-arg]
) -> None:
    body, marks = example
    evidence = of_text(base, body, marks)
    (copy,) = article_copies(evidence, lambda _: body)
    banded = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading_copy_blocks, "LONG", long)
        for paragraph in copy.paragraphs:
            blocks = list(reading_copy_blocks.text_blocks(paragraph))
            assert "".join(words_of(block, 0, block.length) for block in blocks) == paragraph.text
            banded += "".join(words_of(block, start, end) for block in blocks for _, _, start, end in block.bands)
            ending = [cover.label for piece in paragraph.pieces for cover in piece.ending]
            assert "".join(ending) == "".join(ids_of(block) for block in blocks)
    spans = "".join(span.exact for one in evidence.annotations.values() for span in one.spans).replace("\n", "")
    assert sorted(banded) == sorted(spans)


def test_a_copy_has_words_notes_marking_and_numbered_pages(qt: QObject, sample: Project, tmp_path: Path) -> None:
    evidence = gather(sample.read, "Mara Lind")
    evidence = replace(evidence, project=replace(evidence.project, marking="TLP:GREEN"))
    written = write_pdf(evidence, sample.read.body, tmp_path / "copy.pdf")
    pages = pages_of(written.path)
    assert written.rows == {"Articles": 4, "Marks": len(evidence.annotations), "Pages": len(pages)}
    words = one_line(" ".join(pages))
    assert "River wall fails at Harrow Mills" in words
    assert "Some 340 homes" in words
    assert "C-0002 says so Regional civil defence (B)" in words
    assert "casualties" in words
    for number, page in enumerate(pages, start=1):
        assert page.count("TLP:GREEN") == 2
        assert f"{number} / {len(pages)}" in page
        assert "Mara Lind" in page


def test_marks_are_drawn_in_the_colours_of_their_kinds(qt: QObject, base: Evidence, tmp_path: Path) -> None:
    marks = [(Kind.CLAIM, [(0, 20)]), (Kind.FIGURE, [(4, 12)]), (Kind.SOURCE, [(22, 30)])]
    body = "All that stands here, is marked."
    write_pdf(of_text(base, body, marks), lambda _: body, tmp_path / "copy.pdf")
    with pypdfium2.PdfDocument(tmp_path / "copy.pdf") as document:
        page = document[0].render(scale=2)
        data = bytes(page.buffer)
    picture = QImage(data, page.width, page.height, page.stride, QImage.Format.Format_BGR888)
    seen = {picture.pixel(x, y) & 0xFFFFFF for y in range(picture.height()) for x in range(picture.width())}
    for colour in (0xA35200, 0x0062A8, 0x00795A, 0xFBEED1, 0xD1E5F1, 0xD1EDE6):  # bands in full, grounds in light
        assert any(max(abs((colour >> bits & 255) - (one >> bits & 255)) for bits in (0, 8, 16)) < 4 for one in seen)


def test_contents_name_the_pages_that_articles_begin_on(qt: QObject, base: Evidence, tmp_path: Path) -> None:
    bodies = {number: f"Begin {number}.\n\n" + "Many words that fill pages.\n\n" * 60 for number in range(1, 6)}
    evidence = replace(
        of_text(base, "", []),
        articles={number: article(number, f"Title {number}") for number in bodies},
        texts={number: text(number, body) for number, body in bodies.items()},
    )
    pages = pages_of(write_pdf(evidence, bodies.__getitem__, tmp_path / "copy.pdf").path)
    contents = one_line(pages[0])
    for number in bodies:
        begins_on = next(page for page, words in enumerate(pages, start=1) if f"Begin {number}." in words)
        assert f"A-{number:04d} Title {number} Title {number} · Title {number} · 0 marks {begins_on}" in contents


class Leading:
    """Links and bookmarks of a PDF, as a viewer finds them."""

    def __init__(self, path: Path) -> None:
        self.links: list[tuple[int, str, int | str]] = []
        """Page, the words that are clicked, page or address that they lead to."""
        raw = pypdfium2.raw
        with pypdfium2.PdfDocument(path) as document:
            self.bookmarks = [(one.get_title(), one.get_dest().get_index() + 1) for one in document.get_toc()]
            for number, page in enumerate(document, start=1):
                words = page.get_textpage()
                link, place, box = raw.FPDF_LINK(), c_int(0), raw.FS_RECTF()
                while raw.FPDFLink_Enumerate(page.raw, place, link):
                    raw.FPDFLink_GetAnnotRect(link, box)
                    clicked = words.get_text_bounded(box.left, box.bottom, box.right, box.top)
                    to = raw.FPDFLink_GetDest(document.raw, link)
                    leads = raw.FPDFDest_GetDestPageIndex(document.raw, to) + 1 if to else address(document, link)
                    self.links.append((number, clicked.strip(), leads))


def address(document: pypdfium2.PdfDocument, link: Any) -> str:
    raw, buffer = pypdfium2.raw, create_string_buffer(4_000)
    length = raw.FPDFAction_GetURIPath(document.raw, raw.FPDFLink_GetAction(link), buffer, len(buffer))
    return buffer.raw[: length - 1].decode("ascii")


def test_ids_lead_to_notes_and_back_contents_to_articles_and_addresses_to_the_web(
    qt: QObject, base: Evidence, tmp_path: Path
) -> None:
    bodies = {number: f"Begin {number}.\n\n" + "Many words that fill pages.\n\n" * 60 for number in range(1, 4)}
    url = "https://x.example/a?b=(c)&d=e"
    marks = {1: annotation(1, 1, bodies[1], Kind.CLAIM, [(0, 5)]), 2: annotation(2, 2, bodies[2], Kind.CLAIM, [(0, 5)])}
    contradicted = Link(1, uuid4(), 1, 1, 2, Relation.CONTRADICTS, "")
    evidence = replace(
        of_text(base, "", []),
        articles={number: article(number, f"Title {number}", url=url if number == 3 else None) for number in bodies},
        texts={number: text(number, body) for number, body in bodies.items()},
        annotations=marks,
        links_from={1: [contradicted]},
        links_to={2: [contradicted]},
    )
    written = write_pdf(evidence, bodies.__getitem__, tmp_path / "copy.pdf")
    pages = pages_of(written.path)
    begins_on = {
        number: next(page for page, words in enumerate(pages, start=1) if page > 1 and f"Title {number}" in words)
        for number in bodies
    }
    found = Leading(written.path)
    assert written.warnings == ()
    assert found.bookmarks == [(f"A-{number:04d}  Title {number}", page) for number, page in begins_on.items()]
    for number, page in begins_on.items():
        assert (1, f"A-{number:04d}", page) in found.links
    for page in (begins_on[1], begins_on[2]):
        assert len([one for one in found.links if one[0] == page and one[2] == page]) == 2  # to the note and back
    assert (begins_on[1], "C-0002", begins_on[2]) in found.links
    assert (begins_on[2], "C-0001", begins_on[1]) in found.links
    assert {leads for _, _, leads in found.links if isinstance(leads, str)} == {url}


def test_words_that_run_from_the_right_stand_on_the_right(qt: QObject, base: Evidence, tmp_path: Path) -> None:
    body = "قال شهود\n\nleft"
    write_pdf(of_text(base, body, [(Kind.CLAIM, [(0, 8)])]), lambda _: body, tmp_path / "copy.pdf")
    with pypdfium2.PdfDocument(tmp_path / "copy.pdf") as document:
        page = document[0]
        boxes = [shape.get_bounds() for shape in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])]
        assert any(right > 0.85 * page.get_width() and left > 0.5 * page.get_width() for left, _, right, _ in boxes)


def test_a_long_paragraph_with_many_lanes_goes_over_pages(qt: QObject, base: Evidence, tmp_path: Path) -> None:
    body = "word " * 3_000 + "end"
    marks = [(Kind.CLAIM, [(start, 15_000 - start)]) for start in range(0, 60, 5)]
    written = write_pdf(of_text(base, body, marks), lambda _: body, tmp_path / "copy.pdf")
    pages = pages_of(written.path)
    assert len(pages) > 4
    assert "".join(pages).count("word") == 3_000
    assert all(f"C-{number:04d}" in "".join(pages) for number in range(1, 13))


def test_it_is_written_in_a_thread_while_the_window_runs(qt: QObject, sample: Project, tmp_path: Path) -> None:
    done: list[Written | BaseException] = []

    def work() -> None:
        try:
            with sample.reading_elsewhere() as reader:
                done.append(write_pdf(gather(reader, "Mara Lind"), reader.body, tmp_path / "copy.pdf"))
        except BaseException as error:
            done.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    (written,) = done
    assert isinstance(written, Written), written
    assert "Some 340 homes" in one_line(" ".join(pages_of(written.path)))


def test_it_is_written_without_a_window_and_without_a_screen(sample: Project, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from annotate.project import reading; "
        "from annotate.report.evidence import gather; from ui.reading_copy_pdf import write_pdf\n"
        "with reading(Path(sys.argv[1]), 'Ana') as reader:\n"
        "    print(write_pdf(gather(reader, 'Ana'), reader.body, Path(sys.argv[2])).rows['Articles'])"
    )
    sample.close()
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    bare = {name: value for name, value in os.environ.items() if name not in screens}
    command = [sys.executable, "-c", program, str(sample.path), str(tmp_path / "copy.pdf")]
    run = subprocess.run(command, cwd=PROJECT, env=bare, capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stdout.strip()) == (0, "4"), run.stderr
    assert len(pages_of(tmp_path / "copy.pdf")) >= 2


def test_a_copy_that_is_stopped_leaves_what_stood_there(qt: QObject, sample: Project, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdf"
    target.write_text("before")
    evidence = gather(sample.read, "M")
    told: list[tuple[int, int]] = []

    def stop_while_drawing(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 4

    with pytest.raises(ExportCancelled, match=r"copy\.pdf"):
        write_pdf(evidence, sample.read.body, target, stop_while_drawing)
    assert told == [(0, 8), (4, 8)]
    assert target.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_no_protected_name_is_in_a_shared_copy(qt: QObject, sample: Project, tmp_path: Path) -> None:
    baker = next(one for one in sample.read.sources() if one.name == "Marta Lindqvist")
    commands.edit_source(sample, baker.id, handling=Handling.PROTECT)
    shared = gather_for_sharing(sample.read, "Marta Lindqvist")
    written = write_pdf(shared.evidence, shared.body_of, tmp_path / "copy.pdf")
    with pypdfium2.PdfDocument(written.path) as document:
        words = " ".join([*pages_of(written.path), *document.get_metadata_dict().values()])
    assert "Lindqvist" not in words
    assert "Marta" not in words
    assert f"S-{baker.number:03d}" in words


def test_naughty_strings_are_printed(
    qt: QObject,
    base: Evidence,
    shared: Path,
    tmp_path: Path,
) -> None:
    naughty = naughty_strings(shared)
    body = "\n\n".join(naughty)
    marks = {
        number: annotation(number, 1, body, list(Kind)[number % 3], [(start, start + len(words))], note=words)
        for number, (start, words) in enumerate(((body.index(words), words) for words in naughty), start=1)
    }
    evidence = replace(of_text(base, body, []), annotations=marks, articles={1: article(1, naughty[-1], naughty[-1])})
    written = write_pdf(evidence, lambda _: body, tmp_path / "copy.pdf")
    assert "undefined" in " ".join(pages_of(written.path))
