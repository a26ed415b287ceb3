"""What another tool's file holds goes into a project once, whole, and as one step."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings

from annotate import commands as do
from annotate.exchange import incoming as i
from annotate.history import undo
from annotate.importers.draft import Draft
from annotate.model import Article, Span
from annotate.project import Project
from annotate.vocabulary import Kind, Origin, Relation, Stance
from tests.annotate.drafts import FLOOD, span_of, tables_of, take_in
from tests.annotate.works import do_work, everything_is_whole, works
from tests.exchange.carried import carried


def an_article(text: str = FLOOD, key: str = "a") -> i.IncomingArticle:
    return i.IncomingArticle(key, Draft(text, "Flood 🌊", False), "flood.txt", text.encode())


def a_mark(words: str, kind: Kind = Kind.CLAIM, **other: Any) -> i.IncomingAnnotation:
    start = FLOOD.index(words)
    values: dict[str, Any] = {"key": words, "article": "a", "kind": kind} | other
    return i.IncomingAnnotation(spans=(Span(start, start + len(words)),), **values)


@settings(max_examples=25, deadline=None)
@given(work=works())
def test_what_one_project_carries_arrives_whole_in_another(work: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        with Project.create(Path(folder) / "one.pnote", "Ana") as one:
            flood = take_in(one)
            take_in(one, "Another 🏚️ text.\n", "second.txt")
            event = do.add_event(one, "The flood 🌊", place="Alt-Moor")
            for name in ("Press", "Bo"):
                do.add_tag(one, name, meaning="قول")
            do.edit_tag(one, one.read.tags()[1].id, parent_id=one.read.tags()[0].id)
            for name in ("Civil defence", "Zoe\u0301", "Harbour Post"):
                do.add_source(one, name)
            marks = do_work(one, flood, work)
            for mark in one.read.annotations(marks):
                if mark.kind is not Kind.SOURCE:
                    do.edit_record(one, mark.id, event_id=event)
            sent = carried(one)
        with Project.create(Path(folder) / "two.pnote", "Bea") as two:
            taken = do.take_in(two, sent)
            assert carried(two) == sent
            assert taken.known == 0
            assert taken.said == ()
            everything_is_whole(two)
            before = tables_of(two)
            again = do.take_in(two, sent)
            assert tables_of(two) == before
            assert again.new == {}


def test_all_of_it_is_one_step_that_undo_takes_back(project: Project) -> None:
    before = tables_of(project)
    said = i.IncomingAttribution("900 people", "d")
    incoming = i.Incoming(
        "other.qdpx",
        "Other",
        articles=[an_article()],
        tags=[i.IncomingTag("t", "Flood 🌊")],
        sources=[i.IncomingSource("d", "Civil defence")],
        annotations=[a_mark("900 people", Kind.FIGURE, tags=("t",))],
        attributions=[said],
        checks=[i.IncomingCheck("900 people", date(2024, 2, 29), "map")],
    )
    taken = do.take_in(project, incoming)
    assert taken.new == {"articles": 1, "tags": 1, "sources": 1, "figures": 1, "attributions": 1, "checks": 1}
    [figure] = project.read.annotations()
    assert (figure.words, figure.figure.value, figure.figure.counted) == ("900 people", 900, "people")
    assert undo(project) is not None
    assert tables_of(project) == before


def test_marks_go_to_the_article_that_has_the_same_words_already(project: Project, article: Article) -> None:
    do.take_in(project, i.Incoming("other.qdpx", "Other", articles=[an_article()], annotations=[a_mark("dozens")]))
    [claim] = project.read.annotations()
    assert (claim.article_id, claim.words) == (article.id, "dozens")
    assert len(project.read.articles()) == 1


def test_an_article_in_the_bin_is_not_the_same(project: Project, article: Article) -> None:
    do.move_to_bin(project, [article.id])
    taken = do.take_in(project, i.Incoming("o.qdpx", "Other", articles=[replace(an_article(), uid=article.uid)]))
    assert len(taken.article_ids) == 1
    assert taken.article_ids != (article.id,)
    assert "in its bin" in taken.said[0]


def test_tags_sources_and_events_of_the_same_name_are_joined(project: Project, article: Article) -> None:
    tag, source = do.add_tag(project, "Flood"), do.add_source(project, "Harbour Post")
    event = do.add_event(project, "The Flood")
    incoming = i.Incoming(
        "o.qdpx",
        "Other",
        articles=[an_article()],
        tags=[i.IncomingTag("t", "FLOOD"), i.IncomingTag("u", "flood", parent="t")],
        events=[i.IncomingEvent("e", "the flood")],
        sources=[i.IncomingSource("s", "harbour post")],
        annotations=[
            a_mark("Harbour Post", Kind.SOURCE, source="s", tags=("t", "u")),
            a_mark("dozens", Kind.FIGURE, event="e"),
        ],
    )
    do.take_in(project, incoming)
    mention, figure = project.read.annotations()
    assert mention.mention.source_id == source
    assert figure.figure.event_id == event
    assert tag in mention.tag_ids
    assert [one.name for one in project.read.tags()] == ["Flood", "flood (FLOOD)"]
    assert project.read.tags()[1].parent_id == tag


def test_what_has_no_place_is_said_and_the_rest_goes_in(project: Project) -> None:
    outside = i.IncomingAnnotation("x", "a", Kind.CLAIM, (Span(5_000, 5_010),), words="gone 🌊")
    homeless = i.IncomingAnnotation("y", "nowhere", Kind.CLAIM, (Span(0, 1),))
    half = i.IncomingAnnotation("z", "a", Kind.CLAIM, (Span(FLOOD.index("🇵🇸"), FLOOD.index("🇵🇸") + 1),))
    incoming = i.Incoming(
        "o.qdpx",
        "Other",
        articles=[an_article()],
        annotations=[outside, homeless, half],
        attributions=[i.IncomingAttribution("x", "nobody")],
        links=[i.IncomingLink("x", "x", Relation.CORROBORATES), i.IncomingLink("x", "z", Relation.CONTAINS)],
        checks=[i.IncomingCheck("nothing", date(2024, 1, 1))],
    )
    taken = do.take_in(project, incoming)
    assert taken.new == {"articles": 1, "claims": 2}
    orphan, split = project.read.annotations()
    assert (orphan.spans, orphan.words) == ((), "gone 🌊")
    assert split.words == "\N{REGIONAL INDICATOR SYMBOL LETTER P}"
    assert [sentence.rpartition(": ")[2] for sentence in taken.said] == ["1.", "1.", "1.", "1.", "2.", "1."]
    everything_is_whole(project)


def test_numbers_that_were_given_out_are_given_to_nothing_else(project: Project, article: Article) -> None:
    first = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "900 people")])
    do.remove_annotations(project, [first])
    marks = [a_mark("dozens", number=1), a_mark("houses", number=7), a_mark("The road", number=7), a_mark("A witness")]
    do.take_in(project, i.Incoming("o.qdpx", "Other", articles=[an_article()], annotations=marks))
    numbers = {one.words: one.number for one in project.read.annotations()}
    assert numbers["houses"] == 7
    assert sorted(numbers.values()) == [7, 8, 9, 10]
    assert do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "baker")])
    assert max(one.number for one in project.read.annotations()) == 11


def test_who_made_a_mark_and_when_is_kept(project: Project) -> None:
    made = a_mark("dozens", analyst="Zoë", origin=Origin.BULK, uid=uuid4())
    do.take_in(project, i.Incoming("o.qdpx", "Other", articles=[an_article()], annotations=[made, a_mark("houses")]))
    names = {one.id: one.name for one in project.read.analysts()}
    makers = {one.words: names[one.analyst_id] for one in project.read.annotations()}
    assert makers == {"dozens": "Zoë", "houses": "Ana"}


@pytest.mark.parametrize("broken", ["a\x00b\ud800c", "line\r\nend\x0b"])
def test_words_that_no_project_can_keep_are_made_whole(project: Project, broken: str) -> None:
    incoming = i.Incoming(
        f"o{broken}.qdpx",
        "Other",
        articles=[replace(an_article(), note=broken)],
        tags=[i.IncomingTag("t", broken, meaning=broken)],
        sources=[i.IncomingSource("s", broken, aliases=(broken,), note=broken)],
        events=[i.IncomingEvent("e", broken, note=broken)],
        annotations=[a_mark("dozens", note=broken, analyst=broken)],
        attributions=[i.IncomingAttribution("dozens", "s", Stance.DENIES, verb=broken)],
    )
    assert do.take_in(project, incoming).new["claims"] == 1
    everything_is_whole(project)


def test_tags_that_lie_below_each_other_are_taken_in(project: Project) -> None:
    tags = [i.IncomingTag("a", "One", parent="b"), i.IncomingTag("b", "Two", parent="a")]
    do.take_in(project, i.Incoming("o.qdpx", "Other", tags=tags))
    assert {tag.name for tag in project.read.tags()} == {"One", "Two"}
    assert sum(tag.parent_id is None for tag in project.read.tags()) == 1


def test_tags_that_a_file_tells_apart_by_nothing_are_the_same_ones_when_it_comes_again(project: Project) -> None:
    tags = [i.IncomingTag("top", "Kind"), *(i.IncomingTag(str(n), "Same 🌊", parent="top") for n in range(300))]
    incoming = i.Incoming("o.qdc", "Other", tags=[*tags, i.IncomingTag("x", "Same 🌊")])
    assert do.take_in(project, incoming).new["tags"] == 302
    names = [tag.name for tag in project.read.tags()]
    again = do.take_in(project, incoming)
    assert (again.new.get("tags", 0), again.known) == (0, 302)
    assert [tag.name for tag in project.read.tags()] == names
    assert names[:4] == ["Kind", "Same 🌊", "Same 🌊 (Kind)", "Same 🌊 (Kind) 2"]
