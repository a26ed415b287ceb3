"""Lists come in the asked-for order, and with few questions to the database however long they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from annotate import commands as do
from annotate.model import Article, Span
from annotate.project import Project
from annotate.store.queries import Reader
from annotate.store.queries.annotations import SORTS
from annotate.vocabulary import Bound, Credibility, Kind, Progress, Relation, Reliability, Stance
from tests.annotate.drafts import FLOOD, span_of, take_in

SHORT = (
    "Up to 30 boats 🌊 sank, الدفاع المدني said. Ferry traffic stopped.\u2028"
    "At least 7 people drowned; the union said so."
)


@contextmanager
def questions(reader: Reader) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    event.listen(reader.connection.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(reader.connection.engine, "before_cursor_execute", note)


@pytest.fixture
def marked(project: Project) -> list[int]:
    """Annotations of every kind in two articles, with tags, sources, grades and progress that differ."""
    made = []
    tags = [do.add_tag(project, name) for name in ("zeal", "Ärger", "abuse")]
    sources = [do.add_source(project, name) for name in ("zz union", "Harbour Post", "الدفاع المدني")]
    for title in ("zebra", "Aleppo", "médecins"):
        article = take_in(project, f"{title}\n\n{SHORT}", f"{title}.txt")
        for kind, words in (
            (Kind.CLAIM, "Up to 30 boats 🌊 sank"),
            (Kind.CLAIM, "At least 7 people drowned"),
            (Kind.CLAIM, "Ferry traffic stopped."),
            (Kind.FIGURE, "Up to 30 boats 🌊"),
            (Kind.FIGURE, "At least 7 people"),
            (Kind.SOURCE, "الدفاع المدني"),
            (Kind.SOURCE, "the union"),
        ):
            made.append(do.mark(project, article.id, kind, [span_of(project, article, words)]))
    claims = [annotation for annotation in project.read.annotations(made) if annotation.kind is Kind.CLAIM]
    for number, claim in enumerate(claims):
        do.toggle_tag(project, [claim.id], tags[number % 3])
        if number % 2:
            do.toggle_tag(project, [claim.id], tags[(number + 1) % 3])
            do.attribute(project, claim.id, sources[number % 3])
        do.attribute(project, claim.id, sources[(number + 1) % 3], stance=Stance.DENIES)
        if number % 3:
            do.edit_record(
                project, claim.id, credibility=list(Credibility)[number % 6], progress=list(Progress)[number % 4]
            )
    do.register_mention(project, made[-1])
    return made


LISTS: dict[str, Callable[[Reader, int], object]] = {
    "annotations": lambda read, _: read.annotations(),
    "annotations by id": lambda read, _: read.annotations(read.annotation_ids()),
    "summaries": lambda read, _: read.summaries(read.annotation_ids()),
    "article counts": lambda read, _: read.article_counts(),
    "marks": lambda read, text_id: read.marks(text_id),
    "marks of": lambda read, text_id: read.marks_of(read.annotation_ids(), text_id=text_id),
    "attributions": lambda read, _: read.attributions(),
    "links": lambda read, _: read.links(read.annotation_ids()),
    "articles": lambda read, _: read.articles(),
    "overlapping": lambda read, text_id: read.overlapping(text_id, 0, 500),
    "tag counts": lambda read, _: read.tag_counts(),
    "totals": lambda read, _: read.totals(),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_number_of_questions_does_not_grow_with_the_annotations(project: Project, name: str) -> None:
    article = take_in(project, f"one\n\n{SHORT}", "one.txt")
    tag = do.add_tag(project, "water 🌊")

    def mark_some(number: int) -> None:
        for start in range(number):
            made = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, SHORT[start : start + 20])])
            claim = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "Ferry traffic")])
            do.toggle_tag(project, [made, claim], tag)
            do.attribute(project, claim, do.add_source(project, f"union {start}"))

    def asked() -> int:
        with questions(project.read) as sent:
            assert LISTS[name](project.read, article.text_id) is not None
        return len(sent)

    mark_some(2)
    few = asked()
    mark_some(6)
    assert asked() == few
    assert few <= 8


def test_annotations_come_in_the_order_of_every_column_both_ways(project: Project, marked: list[int]) -> None:
    keys: dict[str, Callable[[Any], Any]] = {
        "place": lambda line: starts[line.id],
        "id": lambda line: line.label,
        "words": lambda line: line.words.lower(),
        "attributed_to": lambda line: min((name.lower() for name in line.attributed_to.split("; ")), default=""),
        "value": lambda line: _amount(line.figure),
        "counted": lambda line: "" if line.figure is None else (line.figure.counted + line.figure.unit).lower(),
        "grade": lambda line: line.grade.strip("ABCDEF"),
        "progress": lambda line: line.progress or "",
        "tags": lambda line: min((name.lower() for name in line.tags), default=""),
        "article": lambda line: line.article.lower(),
    }
    assert set(keys) == set(SORTS), "a new column needs its order told here"
    starts = {annotation.id: annotation.spans[0].start for annotation in project.read.annotations(marked)}
    for sort, key in keys.items():
        for descending in (False, True):
            ids = project.read.annotation_ids(sort=sort, descending=descending)
            assert sorted(ids) == sorted(marked)
            lines = project.read.summaries(ids)
            found = [key(line) for line in lines]
            assert found == sorted(found, reverse=descending), sort
            assert len(set(found)) > 1, sort
            by_key: dict[Any, list[tuple[int, int]]] = {}
            for line in lines:
                by_key.setdefault(key(line), []).append((line.article_id, starts[line.id]))
            assert all(places == sorted(places) for places in by_key.values()), f"{sort}: ties go by article and place"


def _amount(figure: Any) -> float:
    """What a figure is ordered by; what has no amount comes first."""
    if figure is None:
        return float("-inf")
    return next(number for number in (figure.value, figure.low, figure.high, float("-inf")) if number is not None)


def test_summaries_keep_the_order_they_were_asked_for_and_pass_over_what_is_gone(
    project: Project, marked: list[int]
) -> None:
    wanted = list(reversed(marked))
    assert [line.id for line in project.read.summaries([*wanted, 99999])] == wanted


def test_a_summary_names_who_says_so_and_not_who_denies_it(project: Project, article: Article) -> None:
    claim = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left")])
    for name, stance in (("Union", Stance.DENIES), ("Zoé", Stance.CONFIRMS), ("Amt", Stance.ASSERTS)):
        source = do.add_source(project, name)
        do.edit_source(project, source, reliability=Reliability.C if name == "Zoé" else None)
        do.attribute(project, claim, source, stance=stance)
    do.edit_record(project, claim, credibility=Credibility.PROBABLE)
    [line] = project.read.summaries([claim])
    assert (line.attributed_to, line.grade) == ("Zoé; Amt", "C2")


def test_a_figure_keeps_its_record_in_its_summary(project: Project, article: Article) -> None:
    figure = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "At least 900 people")])
    [line] = project.read.summaries([figure])
    found = project.read.annotation(figure)
    assert found is not None
    assert line.figure == found.figure
    assert line.figure is not None
    assert (line.figure.bound, line.figure.value, line.label) == (Bound.MIN, 900.0, "F-0001")


def test_marks_come_by_their_starts_with_the_colour_of_the_first_tag(project: Project, article: Article) -> None:
    late = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed")])
    early = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "At least 900 people")])
    first, second = do.add_tag(project, "one", colour="#111111"), do.add_tag(project, "two", colour="#222222")
    do.toggle_tag(project, [late], second)
    do.toggle_tag(project, [late], first)
    found = [(mark.annotation_id, mark.kind, mark.colour) for mark in project.read.marks(article.text_id)]
    assert found == [(early, Kind.FIGURE, None), (late, Kind.CLAIM, "#222222")]
    assert set(project.read.marks_of([late, early], text_id=article.text_id)) == set(
        project.read.marks(article.text_id)
    )


def test_overlapping_shares_a_code_point_and_does_not_only_touch(project: Project, article: Article) -> None:
    span = span_of(project, article, "At least 900 people")
    made = do.mark(project, article.id, Kind.FIGURE, [span])
    assert project.read.overlapping(article.text_id, span.end - 1, span.end + 5) == [made]
    assert project.read.overlapping(article.text_id, span.end, span.end + 5) == []
    assert project.read.overlapping(article.text_id, 0, span.start) == []


def test_what_lies_in_the_bin_is_neither_listed_nor_counted(project: Project, marked: list[int]) -> None:
    before = project.read.totals()
    [article, *others] = project.read.articles()
    do.move_to_bin(project, [article.id])
    after = project.read.totals()
    assert (before["articles"], after["articles"]) == (3, 2)
    assert {name: after[name] * 3 for name in ("claims", "figures", "mentions")} == {
        name: before[name] * 2 for name in ("claims", "figures", "mentions")
    }
    assert after["attributions"] < before["attributions"]
    listed = {line.article_id for line in project.read.summaries(project.read.annotation_ids())}
    assert listed == {other.id for other in others}
    assert {annotation.article_id for annotation in project.read.annotations()} == listed
    assert [entry.id for entry in project.read.articles(deleted=True)] == [article.id]


def test_an_articles_counts_are_by_kind(project: Project, marked: list[int]) -> None:
    counts = project.read.article_counts()
    assert {(found.claims, found.figures, found.sources, found.suggestions) for found in counts.values()} == {
        (3, 2, 2, 0)
    }
    [one] = project.read.articles()[:1]
    assert project.read.article_counts([one.id]) == {one.id: counts[one.id]}


def test_annotations_of_one_article_or_one_tag_only(project: Project, marked: list[int]) -> None:
    article, tag = project.read.articles()[1], project.read.tags()[0]
    in_article = project.read.annotation_ids(article.id)
    assert len(in_article) == 7
    tagged = project.read.annotation_ids(tag_id=tag.id)
    assert len(tagged) == project.read.tag_counts()[tag.id]
    assert {i for i in tagged if tag.id in project.read.annotations([i])[0].tag_ids} == set(tagged)


def test_more_ids_than_a_statement_holds_are_asked_for_in_turns(project: Project, marked: list[int]) -> None:
    many = [*marked, *range(10_000, 12_000)]
    assert len(project.read.annotations(many)) == len(marked)
    assert len(project.read.links(many)) == 6


def test_neither_tags_nor_links_of_what_lies_in_the_bin_are_counted(project: Project) -> None:
    one, other = take_in(project), take_in(project, f"Again\n\n{FLOOD}", "again.txt")
    words = "The road to Alt-Moor was closed."
    here = do.mark(project, one.id, Kind.CLAIM, [span_of(project, one, words)])
    there = do.mark(project, other.id, Kind.CLAIM, [span_of(project, other, words)])
    do.link(project, here, there, Relation.CONTRADICTS)
    tag = do.add_tag(project, "roads 🛣️")
    do.toggle_tag(project, [here, there], tag)
    assert (project.read.totals()["links"], project.read.tag_counts()) == (1, {tag: 2})
    do.move_to_bin(project, [other.id])
    assert (project.read.totals()["links"], project.read.tag_counts()) == (0, {tag: 1})


def test_marks_that_begin_together_come_longer_first_then_by_number_everywhere(project: Project) -> None:
    article = take_in(project)
    start = FLOOD.index("At least 900")
    lengths = (12, 19, 12, 40)
    ids = [do.mark(project, article.id, Kind.FIGURE, [Span(start, start + length)]) for length in lengths]
    two = do.mark(project, article.id, Kind.CLAIM, [Span(start, start + 12), Span(start + 60, start + 80)])
    order = [ids[3], ids[1], ids[0], ids[2], two]
    assert project.read.annotation_ids() == order
    assert [one.id for one in project.read.annotations()] == order
    keys = project.read.order_keys(order)
    assert sorted(order, key=keys.__getitem__) == order


def test_a_figure_is_said_by_those_who_say_its_claims_unless_it_has_its_own(project: Project) -> None:
    article = take_in(project)
    claim = do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left")])
    figure = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "At least 900 people")])
    zoe, radio, denier = (do.add_source(project, name) for name in ("Zoe\u0301", "راديو 🌊", "Nobody"))

    def told() -> str:
        (line,) = project.read.summaries([figure])
        assert "; ".join(project.read.speakers([figure]).get(figure, [])) == line.attributed_to
        return line.attributed_to

    assert told() == ""
    do.attribute(project, claim, zoe)
    do.attribute(project, claim, denier, stance=Stance.DENIES)
    assert told() == "Zoe\u0301"
    first = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "dozens of houses")])
    assert project.read.annotation_ids(sort="attributed_to") == [first, claim, figure]
    assert project.read.figures_of([claim]) == {figure}
    do.attribute(project, figure, radio)
    assert told() == "راديو 🌊"
