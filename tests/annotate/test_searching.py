"""Words in all articles: what counts as one place, in which texts is looked, and what stands around."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import commands as do
from annotate.errors import NotAllowed
from annotate.finding import Finder, Wanted
from annotate.project import Project
from annotate.searching import AROUND, search_articles
from tests.annotate.drafts import BOATS, FLOOD, imported, take_in

ARABIC = "سد وادي أورا\n\nقال المحافظ إن السد انهار 🌊 at the harbour.\n"


def test_every_place_is_found_with_its_article_and_the_line_around_it(project: Project) -> None:
    first = take_in(project, "Fire\n\nThe  Harbour\u2028burned. No\u00a0harbour is safe.\nNext day", "fire.txt")
    second = take_in(project, ARABIC, "dam.txt")
    found = search_articles(project.read, Wanted("harbour"))
    assert [(hit.article.id, hit.before, hit.words, hit.after) for hit in found.hits] == [
        (first.id, "The ", "Harbour", " burned. No harbour is safe."),
        (first.id, "The Harbour burned. No ", "harbour", " is safe."),
        (second.id, "قال المحافظ إن السد انهار 🌊 at the ", "harbour", "."),
    ]
    assert (found.articles, found.are_all) == (2, True)
    bodies = {article.id: project.read.body(article.text_id) for article in (first, second)}
    assert [bodies[hit.article.id][hit.span.start : hit.span.end] for hit in found.hits] == [
        "Harbour", "harbour", "harbour",
    ]  # fmt: skip


def test_how_it_is_meant_is_heeded(project: Project) -> None:
    take_in(project, "Port\n\nThe port of Porto, port 12.", "port.txt")
    assert len(search_articles(project.read, Wanted("port")).hits) == 4
    assert len(search_articles(project.read, Wanted("port", case=True)).hits) == 2
    assert len(search_articles(project.read, Wanted("port", whole_words=True)).hits) == 3
    assert [hit.words for hit in search_articles(project.read, Wanted(r"port \d+", expression=True)).hits] == [
        "port 12"
    ]
    with pytest.raises(NotAllowed):
        search_articles(project.read, Wanted("(", expression=True))


def test_neither_the_bin_nor_an_earlier_text_is_looked_through(project: Project) -> None:
    thrown, updated = take_in(project, FLOOD, "flood.txt"), take_in(project, BOATS, "boats.txt")
    do.move_to_bin(project, [thrown.id])
    changed = imported(BOATS.replace("boats", "ships"), "boats 2.txt")
    do.update_article(project, updated.id, changed.articles[0], changed)
    assert search_articles(project.read, Wanted("left their homes")).hits == ()
    assert search_articles(project.read, Wanted("boats", whole_words=True)).hits == ()
    assert {hit.article.id for hit in search_articles(project.read, Wanted("ships")).hits} == {updated.id}


def test_no_more_are_told_than_anybody_reads(project: Project) -> None:
    for number in range(3):
        take_in(project, f"{number} " + "e " * 10, f"{number}.txt")
    found = search_articles(project.read, Wanted("e"), most=15)
    assert (len(found.hits), found.articles, found.are_all) == (15, 2, False)
    assert search_articles(project.read, Wanted("e"), most=30).are_all


def test_it_is_given_up_between_two_articles(project: Project) -> None:
    for number in range(3):
        take_in(project, f"{number} flood", f"{number}.txt")
    answers = iter([True, False])
    assert len(search_articles(project.read, Wanted("flood"), lambda: next(answers)).hits) == 1


def test_nothing_is_found_for_blanks(project: Project) -> None:
    take_in(project, FLOOD, "flood.txt")
    assert search_articles(project.read, Wanted(" \u2028")).hits == ()


letters = st.sampled_from(["a", "b", " ", "\n", "🇵🇸", "e\u0301", "بيت", "👩\u200d👩\u200d👧", "\u2028", "A"])
texts = st.lists(letters, min_size=1, max_size=300)


@settings(max_examples=60)
@given(
    st.lists(texts, min_size=1, max_size=3), st.sampled_from(["a", "e\u0301", "ab", "بيت", "b a", "🇵🇸"]), st.booleans()
)
def test_the_places_are_those_that_each_article_alone_has(bodies: list[list[str]], words: str, case: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, Project.create(Path(folder) / "p.pnote", "Ana") as project:
        for number, body in enumerate(bodies):
            do.import_file(project, imported("x" + "".join(body) + f"{number}", f"{number}.txt"))
        wanted = Wanted(words, case=case)
        alone = []
        for article in project.read.articles():
            spans = Finder(project.read.body(article.text_id)).find(wanted)
            alone += [(article.id, span.start, span.end) for span in spans]
        found = search_articles(project.read, wanted).hits
        assert [(hit.article.id, hit.span.start, hit.span.end) for hit in found] == alone
        assert all("\n" not in hit.before + hit.after and len(hit.before) <= AROUND + 20 for hit in found)
