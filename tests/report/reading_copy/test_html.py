"""The HTML copy as a browser reads it: the article's words, links that lead somewhere, and nothing that acts."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate import commands
from annotate.report.evidence import Evidence, gather
from annotate.report.reading_copy.html_copy import write_html
from annotate.vocabulary import Kind
from annotate.writing import ExportCancelled
from tests.report.flood import Flood, take_in
from tests.report.reading_copy.marked import of_names, of_text
from tests.report.reading_copy.test_copy import marked_texts

TAGS = {
    "a", "article", "b", "bdi", "body", "div", "h1", "h2", "h3", "head", "header", "html", "i", "li", "main", "meta",
    "nav", "ol", "p", "span", "style", "title",
}  # fmt: skip
ATTRIBUTES = {"charset", "class", "content", "dir", "href", "http-equiv", "id", "lang", "name", "rel", "style"}


class Page(HTMLParser):
    """What a browser makes of the file."""

    def __init__(self, file: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.styles: list[str] = []
        self.paragraphs: list[str] = []
        self.words = ""
        self._open: list[tuple[str, str]] = []
        self.feed(file.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs)
        self.tags.add(tag)
        self.attributes |= set(found)
        self.hrefs += [found["href"]] if "href" in found else []
        self.ids += [found["id"]] if "id" in found else []
        self.styles += [found["style"]] if "style" in found else []
        if tag != "meta":
            self._open.append((tag, found.get("class", "")))
        if tag == "p" and found.get("class", "").split()[:1] == ["t"]:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any(tag == "style" for tag, _ in self._open):
            return
        self.words += data
        classes = [name for _, name in self._open]
        if any(name.split()[:1] == ["t"] for name in classes) and not any(name.startswith("r ") for name in classes):
            self.paragraphs[-1] += data

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    def check_harmless(self) -> None:
        assert self.tags <= TAGS
        assert self.attributes <= ATTRIBUTES
        assert len(self.ids) == len(set(self.ids))
        inside = [href for href in self.hrefs if href.startswith("#")]
        assert {href[1:] for href in inside} <= set(self.ids)
        assert all(href.startswith(("#", "http://", "https://")) for href in self.hrefs)
        assert all(len(style) == len("background:#000000") for style in self.styles)


@given(example=marked_texts())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_page_without_its_apparatus_is_the_text(base: Evidence, tmp_path: Path, example: tuple) -> None:  # type: ignore[type-arg]
    body, marks = example
    evidence = of_text(base, body, marks)
    written = write_html(evidence, lambda _: body, tmp_path / "copy.html")
    page = Page(written.path)
    assert page.text == body
    page.check_harmless()
    for annotation in evidence.annotations.values():
        assert f"n-{annotation.label}" in page.ids


@given(words=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_things_are_called_a_page_stays_harmless(base: Evidence, tmp_path: Path, words: str) -> None:
    evidence = of_names(base, words)
    bodies = {1: "a\n\nand a figure", 2: ""}
    page = Page(write_html(evidence, bodies.__getitem__, tmp_path / "copy.html").path)
    page.check_harmless()


def test_naughty_strings_stay_words(base: Evidence, tmp_path: Path, naughty: list[str]) -> None:
    for words in naughty:
        evidence = of_names(base, words)
        bodies = {1: f"{words}\n\nand a figure", 2: ""}
        page = Page(write_html(evidence, bodies.__getitem__, tmp_path / "copy.html").path)
        page.check_harmless()
        assert page.text == f"{bodies[1]}\n"
        assert page.words.count(" ".join(words.split())) >= 3, words


def test_a_page_loads_and_runs_nothing(flood: Flood, tmp_path: Path) -> None:
    commands.edit_article(
        flood.project, flood.article_id, title="<img src=x onerror=alert(1)><script>alert(2)</script>"
    )
    commands.edit_annotation(flood.project, flood.ids["left"], note="</style><script>alert(3)</script>")
    written = write_html(gather(flood.project.read, "M"), flood.project.read.body, tmp_path / "copy.html")
    markup = written.path.read_text(encoding="utf-8")
    assert "<script" not in markup.lower()
    assert "<img" not in markup.lower()
    assert "url(" not in markup
    assert "@import" not in markup
    assert "default-src 'none'" in markup
    Page(written.path).check_harmless()


def test_marks_lead_to_notes_and_back_and_notes_to_each_other(flood: Flood, tmp_path: Path) -> None:
    page = Page(write_html(gather(flood.project.read, "M"), flood.project.read.body, tmp_path / "copy.html").path)
    assert page.hrefs.count("#n-C-0002") == 3  # two spans, and the note of what contradicts it
    assert page.hrefs.count("#m-C-0002") == 1
    assert {"m-C-0002", "n-C-0002", "A-0001"} <= set(page.ids)
    assert "https://valley.example/flood?a=1&b=2" in page.hrefs


def test_title_marking_maker_and_right_to_left_words_are_there(flood: Flood, tmp_path: Path) -> None:
    written = write_html(gather(flood.project.read, "Mara Lind"), flood.project.read.body, tmp_path / "copy.html")
    page = Page(written.path)
    assert page.words.count("TLP:AMBER & internal") == 2  # at the head and at the foot of every page
    assert "Mara Lind" in page.words
    assert "قال شهود إن السد انهار" in page.text
    assert 'class="t" dir="auto"' in written.path.read_text(encoding="utf-8")
    assert written.rows == {"Articles": 1, "Marks": 7}


def test_a_copy_that_is_stopped_leaves_what_stood_there(flood: Flood, tmp_path: Path) -> None:
    target = tmp_path / "copy.html"
    target.write_text("before")
    evidence = gather(flood.project.read, "M")
    with pytest.raises(ExportCancelled, match=r"copy\.html"):
        write_html(evidence, flood.project.read.body, target, lambda done, total: False)
    assert target.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_progress_counts_articles(flood: Flood, tmp_path: Path) -> None:
    for number in range(45):
        take_in(flood.project, f"{number}.txt", f"Words of number {number}.")
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    write_html(gather(flood.project.read, "M"), flood.project.read.body, tmp_path / "copy.html", progress)
    assert told == [(0, 46), (20, 46), (40, 46), (46, 46)]


def test_more_marks_than_lanes_are_folded_and_all_have_notes(base: Evidence, tmp_path: Path) -> None:
    body = "x" * 40
    marks = [(Kind.CLAIM, [(start, 40 - start)]) for start in range(12)]
    page = Page(write_html(of_text(base, body, marks), lambda _: body, tmp_path / "copy.html").path)
    assert page.text == body
    assert {f"n-C-{number:04d}" for number in range(1, 13)} <= set(page.ids)
    assert {f"m-C-{number:04d}" for number in range(1, 13)} <= set(page.ids)
