"""The Word copy as Word reads it: the article's words, links that lead somewhere, marks that show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.report.evidence import Evidence, gather
from annotate.report.reading_copy.word_copy import write_word
from annotate.vocabulary import Kind
from annotate.writing import ExportCancelled
from tests.report.flood import Flood
from tests.report.reading_copy.marked import of_names, of_text
from tests.report.reading_copy.test_copy import marked_texts


class Document:
    """A written copy, opened with python-docx."""

    def __init__(self, path: Path) -> None:
        self.document = docx.Document(str(path))
        self.body = self.document.element.body

    def paragraphs(self, style: str) -> list[Any]:
        return [one for one in self.body.iter(qn("w:p")) if one.style == style]

    @property
    def text(self) -> str:
        """The article's words: what stands in its paragraphs apart from IDs and brackets."""
        return "\n".join(
            "".join(
                words_of(run) for run in paragraph.findall(qn("w:r")) if run.find(f".//{qn('w:vertAlign')}") is None
            )
            for paragraph in self.paragraphs("ArticleText")
        )

    @property
    def bookmarks(self) -> list[str]:
        return [one.get(qn("w:name")) for one in self.body.iter(qn("w:bookmarkStart"))]

    @property
    def anchors(self) -> list[str]:
        return [one.get(qn("w:anchor")) for one in self.body.iter(qn("w:hyperlink"))]

    @property
    def instructions(self) -> list[str]:
        return [one.text for one in self.body.iter(qn("w:instrText"))]

    def check_links(self) -> None:
        assert len(self.bookmarks) == len(set(self.bookmarks))
        assert set(self.anchors) <= set(self.bookmarks)
        assert all(words.startswith((' HYPERLINK "http://', ' HYPERLINK "https://')) for words in self.instructions)
        assert all(words.count('"') == 2 for words in self.instructions)


def words_of(run: Any) -> str:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return "".join(signs.get(child.tag) or (child.text or "") for child in run if child.tag != qn("w:rPr"))


def with_words(text: str) -> list[str]:
    """The lines that hold words: space between paragraphs is the style's."""
    return [line for line in text.split("\n") if line.strip()]


def run_with(document: Document, words: str) -> Any:
    return next(run for run in document.body.iter(qn("w:r")) if words_of(run) == words)


def value(run: Any, name: str, attribute: str) -> str | None:
    found = run.find(f".//{qn(f'w:{name}')}")
    return None if found is None else found.get(qn(f"w:{attribute}"))


@given(example=marked_texts())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_a_document_without_its_apparatus_is_the_text(base: Evidence, tmp_path: Path, example: tuple) -> None:  # type: ignore[type-arg]
    body, marks = example
    evidence = of_text(base, body, marks)
    document = Document(write_word(evidence, lambda _: body, tmp_path / "copy.docx").path)
    assert with_words(document.text) == with_words(body)
    document.check_links()
    assert {f"n_{one.label.replace('-', '_')}" for one in evidence.annotations.values()} <= set(document.bookmarks)


@given(words=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_whatever_things_are_called_a_document_opens(base: Evidence, tmp_path: Path, words: str) -> None:
    bodies = {1: "a\n\nand a figure", 2: ""}
    Document(write_word(of_names(base, words), bodies.__getitem__, tmp_path / "copy.docx").path).check_links()


def test_naughty_strings_stay_words(base: Evidence, tmp_path: Path, naughty: list[str]) -> None:
    for words in naughty:
        bodies = {1: f"{words}\n\nand a figure", 2: ""}
        document = Document(write_word(of_names(base, words), bodies.__getitem__, tmp_path / "copy.docx").path)
        document.check_links()
        assert with_words(document.text) == with_words(bodies[1])


def test_marks_have_their_ground_and_overlaps_a_line_and_brackets(base: Evidence, tmp_path: Path) -> None:
    marks = [(Kind.CLAIM, [(0, 11)]), (Kind.FIGURE, [(4, 7)]), (Kind.SOURCE, [(12, 16)])]
    evidence = of_text(base, "all 900 left, said", marks)
    document = Document(write_word(evidence, lambda _: "all 900 left, said", tmp_path / "copy.docx").path)
    number, around, alone = run_with(document, "900"), run_with(document, "all "), run_with(document, ", sa")
    assert value(number, "shd", "fill") == "D6E6F3"
    assert value(number, "u", "color") == "B35C00"
    assert value(around, "shd", "fill") == "FBEECC"
    assert value(around, "u", "color") is None
    assert value(alone, "shd", "fill") == "D0EBE3"
    raised = [words_of(run) for run in document.body.iter(qn("w:r")) if value(run, "vertAlign", "val") == "superscript"]
    assert raised[3:] == ["[", "[", "F-0002]", "C-0001]", "S-0003"]


def test_marking_title_maker_and_page_numbers_are_on_every_page(flood: Flood, tmp_path: Path) -> None:
    evidence = gather(flood.project.read, "Mara Lind")
    document = Document(write_word(evidence, flood.project.read.body, tmp_path / "copy.docx").path).document
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "TLP:AMBER & internal"
    assert "TLP:AMBER & internal" in section.footer.paragraphs[0].text
    assert "Mara Lind" in section.footer.paragraphs[0].text
    fields = [one.get(qn("w:instr")).strip() for one in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (document.core_properties.title, document.core_properties.author) == ("Flood & dam", "Mara Lind")
    assert "python-docx" not in document.core_properties.comments
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_right_to_left_words_and_paragraphs_are_told_to_word(base: Evidence, tmp_path: Path) -> None:
    body = "قال شهود إن 3,200 غادروا Norvolt.\nOne said قال شهود here."
    document = Document(write_word(of_text(base, body, []), lambda _: body, tmp_path / "copy.docx").path)
    right, left = document.paragraphs("ArticleText")
    assert right.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    assert left.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is None
    flagged = [words_of(run) for run in document.body.iter(qn("w:r")) if run.find(f".//{qn('w:rtl')}") is not None]
    assert flagged == ["قال شهود إن 3,200 غادروا", "قال شهود"]


def test_an_address_leads_to_the_web_and_a_note_to_its_mark(flood: Flood, tmp_path: Path) -> None:
    evidence = gather(flood.project.read, "M")
    document = Document(write_word(evidence, flood.project.read.body, tmp_path / "copy.docx").path)
    assert document.instructions == [' HYPERLINK "https://valley.example/flood?a=1&b=2" ']
    assert document.anchors.count("n_C_0002") == 3  # two spans, and the note of what contradicts it
    assert document.anchors.count("m_C_0002") == 1


def test_a_document_that_is_stopped_leaves_what_stood_there(flood: Flood, tmp_path: Path) -> None:
    target = tmp_path / "copy.docx"
    target.write_text("before")
    evidence = gather(flood.project.read, "M")
    with pytest.raises(ExportCancelled, match=r"copy\.docx"):
        write_word(evidence, flood.project.read.body, target, lambda done, total: False)
    assert target.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []
