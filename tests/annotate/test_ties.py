"""What a mark is tied to in its article, as seen from the selected one, with few questions to the database."""

import pytest

from annotate import commands as do
from annotate.model import Article
from annotate.project import Project
from annotate.store.queries.ties import SAID, SAYS
from annotate.vocabulary import Kind, Relation, Stance
from tests.annotate.drafts import span_of, take_in
from tests.statements import statements_to

STORM = (
    "Storm 🌀 over the bay\n\n"
    "The harbour office 🇳🇴 said that 12 boats sank. قال رئيس البلدية إن 15 قاربا غرقت.\r\n"
    "Later the harbour office told Bay Radio that the cafe\u0301 pier was gone.\u2028"
    "A fisherman doubted it: nine boats at most.\n"
)


class Bench:
    """Marks and ties in one article, by the words of the article."""

    def __init__(self, project: Project, text: str = STORM, name: str = "storm.txt") -> None:
        self.project = project
        self.article: Article = take_in(project, text, name)

    def mark(self, kind: Kind, words: str) -> int:
        return do.mark(self.project, self.article.id, kind, [span_of(self.project, self.article, words)])

    def mention(self, words: str, source_id: int) -> int:
        made = self.mark(Kind.SOURCE, words)
        do.edit_record(self.project, made, source_id=source_id)
        return made

    def ties(self, annotation_id: int) -> list[tuple[int, str]]:
        return [(tie.annotation_id, tie.words) for tie in self.project.read.ties_of(annotation_id)]


@pytest.fixture
def bench(project: Project) -> Bench:
    return Bench(project)


def test_a_claim_is_tied_to_who_says_so_to_the_channel_and_to_its_figures(project: Project, bench: Bench) -> None:
    office, radio = do.add_source(project, "Harbour office"), do.add_source(project, "Bay Radio")
    first = bench.mention("The harbour office 🇳🇴", office)
    second = bench.mention("harbour office told", office)
    channel = bench.mention("Bay Radio", radio)
    boats = bench.mark(Kind.FIGURE, "12 boats")
    claim = bench.mark(Kind.CLAIM, "12 boats sank")
    do.attribute(project, claim, office, mention_id=second, via_id=radio)
    assert bench.ties(claim) == [(second, "says so"), (channel, "via"), (boats, "is in it")]
    assert bench.ties(boats) == [(second, "says so"), (channel, "via"), (claim, "contains")]
    assert bench.ties(first) == bench.ties(second) == [(claim, "said by it")]
    assert bench.ties(channel) == [(claim, "passed on by it")]


def test_where_no_mention_was_noted_the_nearest_one_of_the_source_stands_for_it(project: Project, bench: Bench) -> None:
    office = do.add_source(project, "Harbour office")
    first = bench.mention("The harbour office 🇳🇴", office)
    second = bench.mention("harbour office told", office)
    near_first, near_second = (
        bench.mark(Kind.CLAIM, "12 boats sank"),
        bench.mark(Kind.CLAIM, "the cafe\u0301 pier was gone"),
    )
    for claim in (near_first, near_second):
        do.attribute(project, claim, office)
    assert bench.ties(near_first) == [(first, "says so")]
    assert bench.ties(near_second) == [(second, "says so")]


def test_a_mention_shows_first_what_was_read_from_it_then_all_else_of_its_source(
    project: Project, bench: Bench
) -> None:
    office = do.add_source(project, "Harbour office")
    first = bench.mention("The harbour office 🇳🇴", office)
    second = bench.mention("harbour office told", office)
    early, late = bench.mark(Kind.CLAIM, "12 boats sank"), bench.mark(Kind.CLAIM, "the cafe\u0301 pier was gone")
    do.attribute(project, early, office, mention_id=first)
    do.attribute(project, late, office, mention_id=second)
    assert bench.ties(first) == [(early, "said by it"), (late, "said by it")]
    assert bench.ties(second) == [(late, "said by it"), (early, "said by it")]


@pytest.mark.parametrize("stance", Stance)
def test_every_stance_has_words_from_either_side(project: Project, bench: Bench, stance: Stance) -> None:
    fisherman = do.add_source(project, "A fisherman")
    mention = bench.mention("A fisherman", fisherman)
    claim = bench.mark(Kind.CLAIM, "12 boats sank")
    do.attribute(project, claim, fisherman, stance=stance, mention_id=mention)
    assert bench.ties(claim) == [(mention, SAYS[stance])]
    assert bench.ties(mention) == [(claim, SAID[stance])]


@pytest.mark.parametrize(
    ("relation", "from_here", "from_there"),
    [
        (Relation.CONTRADICTS, "contradicts", "contradicts"),
        (Relation.CORROBORATES, "corroborates", "corroborates"),
        (Relation.REPEATS, "repeated by it", "repeats"),
        (Relation.UPDATES, "updated by it", "updates"),
    ],
)
def test_a_link_between_claims_is_said_of_the_other_claim(
    project: Project, bench: Bench, relation: Relation, from_here: str, from_there: str
) -> None:
    one, other = bench.mark(Kind.CLAIM, "12 boats sank"), bench.mark(Kind.CLAIM, "15 قاربا غرقت")
    do.link(project, one, other, relation)
    assert bench.ties(one) == [(other, from_here)]
    assert bench.ties(other) == [(one, from_there)]


def test_two_ties_to_one_mark_are_told_as_one(project: Project, bench: Bench) -> None:
    one, other = bench.mark(Kind.CLAIM, "12 boats sank"), bench.mark(Kind.CLAIM, "nine boats at most")
    do.link(project, one, other, Relation.CONTRADICTS)
    do.link(project, other, one, Relation.UPDATES)
    assert bench.ties(one) == [(other, "contradicts, updates")]


def test_a_figure_that_stands_alone_shows_its_own_source(project: Project, bench: Bench) -> None:
    fisherman = do.add_source(project, "A fisherman")
    mention = bench.mention("A fisherman", fisherman)
    figure = bench.mark(Kind.FIGURE, "nine boats")
    do.attribute(project, figure, fisherman)
    assert bench.ties(figure) == [(mention, "says so")]
    assert bench.ties(mention) == [(figure, "said by it")]


def test_nothing_of_other_articles_and_nothing_without_a_place_is_a_tie(project: Project, bench: Bench) -> None:
    elsewhere = Bench(project, f"Again\n\n{STORM}", "again.txt")
    office = do.add_source(project, "Harbour office")
    far = elsewhere.mention("The harbour office 🇳🇴", office)
    near = bench.mention("harbour office told", office)
    claim, same = bench.mark(Kind.CLAIM, "12 boats sank"), elsewhere.mark(Kind.CLAIM, "12 boats sank")
    do.link(project, claim, same, Relation.REPEATS)
    do.attribute(project, claim, office, mention_id=far)
    assert bench.ties(claim) == [(near, "says so")]
    assert elsewhere.ties(far) == []
    assert project.read.ties_of(10_000) == []


def test_a_mention_outside_the_register_has_no_ties_but_those_read_from_it(project: Project, bench: Bench) -> None:
    office = do.add_source(project, "Harbour office")
    loose = bench.mark(Kind.SOURCE, "A fisherman")
    do.edit_record(project, loose, source_id=None)
    claim = bench.mark(Kind.CLAIM, "12 boats sank")
    do.attribute(project, claim, office)
    assert bench.ties(loose) == []
    do.attribute(project, claim, office, mention_id=loose)
    assert bench.ties(loose) == [(claim, "said by it")]


def test_the_number_of_questions_does_not_grow_with_the_ties(project: Project, bench: Bench) -> None:
    office = do.add_source(project, "Harbour office")
    mention = bench.mention("The harbour office 🇳🇴", office)
    claim, figure = bench.mark(Kind.CLAIM, "12 boats sank"), bench.mark(Kind.FIGURE, "12 boats")
    marks = (claim, figure, mention)

    def asked() -> list[int]:
        counts = []
        for annotation_id in marks:
            with statements_to(project.read) as sent:
                assert project.read.ties_of(annotation_id)
            counts.append(len(sent))
        return counts

    do.attribute(project, claim, office, mention_id=mention, via_id=do.add_source(project, "Bay Radio"))
    with_one = asked()
    for number in range(12):
        other = bench.mark(Kind.CLAIM, f"{STORM[60 + number : 90 + number]}")
        do.link(project, claim, other, Relation.CORROBORATES)
        do.attribute(project, other, office)
        source = do.add_source(project, f"Boat {number}")
        bench.mention(STORM[100 + number : 104 + number], source)
        do.attribute(project, claim, source)
    assert len(project.read.ties_of(claim)) > 20
    assert asked() == with_one
    assert max(with_one) <= 6
