"""The register: one entry for one source, however it is written."""

from datetime import date

import pytest

from annotate.commands import (
    add_source,
    attribute,
    edit_article,
    edit_source,
    join_sources,
    mark,
    register_mention,
    remove_source,
    set_mention_source,
)
from annotate.commands.sources import type_of_outlet
from annotate.errors import NotAllowed
from annotate.history import undo
from annotate.model import Article, Source
from annotate.project import Project
from annotate.store import schema as t
from annotate.vocabulary import Handling, Kind, Reliability, SourceType
from tests.annotate.drafts import span_of, tables_of, take_in


def source(project: Project, source_id: int) -> Source:
    found = project.read.source(source_id)
    assert found is not None
    return found


def mention(project: Project, article: Article, words: str) -> int:
    return mark(project, article.id, Kind.SOURCE, [span_of(project, article, words)])


def test_a_new_source_is_numbered_and_not_graded(project: Project) -> None:
    made = source(project, add_source(project, "  الدفاع المدني ", SourceType.GOVERNMENT))
    assert (made.name, made.type, made.label) == ("الدفاع المدني", SourceType.GOVERNMENT, "SRC-001")
    assert (made.reliability, made.aliases, made.handling) == (None, (), Handling.OPEN)


def test_numbers_of_sources_are_not_given_out_twice(project: Project) -> None:
    add_source(project, "a")
    undo(project)
    assert source(project, add_source(project, "b")).number == 2


@pytest.mark.parametrize("name", ["", "  ", "\u2028\u00a0"])
def test_a_source_needs_a_name(project: Project, name: str) -> None:
    with pytest.raises(NotAllowed, match="needs a name"):
        add_source(project, name)
    made = add_source(project, "a")
    with pytest.raises(NotAllowed, match="needs a name"):
        edit_source(project, made, name=name)


def test_a_source_is_graded_by_a_person_with_basis_and_date(project: Project) -> None:
    made = add_source(project, "a")
    edit_source(
        project, made, reliability=Reliability.B, reliability_basis="seit 2019 🌊", reliability_on=date(2024, 2, 29)
    )
    after = source(project, made)
    assert (after.reliability, after.reliability_basis, after.reliability_on) == (
        Reliability.B,
        "seit 2019 🌊",
        date(2024, 2, 29),
    )


def test_a_new_name_keeps_the_old_one_as_an_alias(project: Project) -> None:
    made = add_source(project, "SOHR")
    edit_source(project, made, name="Syrian Observatory for Human Rights")
    after = source(project, made)
    assert (after.name, after.aliases) == ("Syrian Observatory for Human Rights", ("SOHR",))
    edit_source(project, made, name="SOHR")
    assert source(project, made).aliases == ("Syrian Observatory for Human Rights",)


def test_half_a_name_that_is_being_typed_is_no_alias(project: Project) -> None:
    made = add_source(project, "SOHR")
    edit_source(project, made, note="typed first")
    step = project.last_step_id
    for name in ("Syr", "Syrian Obs", "Syrian Observatory"):
        edit_source(project, made, name=name, join=step)
        assert project.last_step_id == step
    assert source(project, made).aliases == ("SOHR",)
    undo(project)
    assert (source(project, made).name, source(project, made).aliases) == ("SOHR", ())


def test_aliases_are_kept_once_and_never_repeat_the_name(project: Project) -> None:
    made = add_source(project, "Civil Defence")
    edit_source(project, made, aliases=("the civil defence", "White Helmets", " white  helmets", "", "الدفاع"))
    assert source(project, made).aliases == ("White Helmets", "الدفاع")


def test_a_mention_is_registered_by_one_command(project: Project, article: Article) -> None:
    made = mention(project, article, "the regional civil defence")
    source_id = register_mention(project, made)
    assert project.read.annotations([made])[0].mention.source_id == source_id
    assert project.read.mentions_of(source_id) == [made]
    assert source(project, source_id).article_id is None
    undo(project)
    assert project.read.sources() == []
    assert project.read.annotations([made])[0].mention.source_id is None


def test_registering_finds_the_entry_that_is_there(project: Project, article: Article) -> None:
    made = mention(project, article, "Zoe\u0301 Nu\u0308rsen")
    known = add_source(project, "Zoé Nürsen")
    assert register_mention(project, made) == known


def test_an_unnamed_source_belongs_to_its_article_and_is_not_found_from_another(project: Project) -> None:
    made = []
    for number in range(2):
        article = take_in(project, f"N {number}\n\nResidents said so.", f"{number}.txt")
        made.append(register_mention(project, mention(project, article, "Residents")))
    assert made[0] != made[1]
    third = take_in(project, "N 3\n\nResidents said so.", "3.txt")
    assert project.read.annotations([mention(project, third, "Residents")])[0].mention.source_id is None
    first = project.read.articles()[0]
    assert project.read.annotations([mention(project, first, "Residents")])[0].mention.source_id == made[0]


def test_a_mention_is_given_another_source_or_none(project: Project, article: Article) -> None:
    made, other = mention(project, article, "A witness"), add_source(project, "Neighbour")
    set_mention_source(project, made, other)
    assert project.read.mentions_of(other) == [made]
    set_mention_source(project, made, None)
    assert project.read.mentions_of(other) == []
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "dozens of houses")])
    with pytest.raises(NotAllowed, match="not a source annotation"):
        set_mention_source(project, claim, other)


def test_joining_moves_mentions_attributions_and_names_over(project: Project, article: Article) -> None:
    keep, other = add_source(project, "Civil Defence"), add_source(project, "White Helmets")
    edit_source(project, other, aliases=("الدفاع المدني", "civil defence"))
    made = mention(project, article, "الدفاع المدني")
    assert project.read.mentions_of(other) == [made]
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left their homes")])
    attribute(project, claim, other)
    attribute(project, claim, keep, via_id=other)
    before = tables_of(project)
    join_sources(project, keep, other)
    assert project.read.source(other) is None
    assert source(project, keep).aliases == ("White Helmets", "الدفاع المدني")
    assert project.read.mentions_of(keep) == [made]
    assert [(a.source_id, a.via_id) for a in project.read.attributions([claim])] == [(keep, None)]
    undo(project)
    assert tables_of(project) == before


def test_joining_keeps_what_only_the_other_entry_says_and_protects_whom_either_protects(project: Project) -> None:
    keep, other = add_source(project, "Authority"), add_source(project, "Velmar Port Authority ⚓")
    graded = {
        "reliability": Reliability.D,
        "reliability_basis": "Corrected itself",
        "reliability_on": date(2025, 11, 25),
    }
    said = {"type": SourceType.GOVERNMENT, "affiliation": "Ministry", "controlled_by": "الوزارة", "note": "Board of 5"}
    edit_source(project, other, handling=Handling.PROTECT, **graded, **said)
    edit_source(project, keep, handling=Handling.INTERNAL, note="Four gates", affiliation="City")
    before = tables_of(project)
    join_sources(project, keep, other)
    joined = source(project, keep)
    assert {name: getattr(joined, name) for name in graded} == graded
    assert (joined.type, joined.affiliation, joined.controlled_by) == (SourceType.GOVERNMENT, "City", "الوزارة")
    assert (joined.handling, joined.note) == (Handling.PROTECT, "Four gates\nBoard of 5")
    undo(project)
    assert tables_of(project) == before


def test_joining_leaves_the_grade_of_the_entry_that_is_kept(project: Project) -> None:
    keep, other = add_source(project, "a"), add_source(project, "b")
    edit_source(project, keep, reliability=Reliability.B)
    edit_source(project, other, reliability=Reliability.E, reliability_basis="Rumours")
    join_sources(project, keep, other)
    assert (source(project, keep).reliability, source(project, keep).reliability_basis) == (Reliability.B, "")


def test_a_source_is_not_joined_with_itself_or_with_nothing(project: Project) -> None:
    made = add_source(project, "a")
    with pytest.raises(NotAllowed, match="two different"):
        join_sources(project, made, made)
    with pytest.raises(NotAllowed, match="not in the register"):
        join_sources(project, made, 99)


def test_a_source_in_use_is_not_removed(project: Project, article: Article) -> None:
    named, speaks, channel, free = (add_source(project, name) for name in ("Zoé Nürsen", "b", "c", "d"))
    mention(project, article, "Zoe\u0301 Nu\u0308rsen")
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "At least 900 people left their homes")])
    attribute(project, claim, speaks, via_id=channel)
    for used in (named, speaks, channel):
        with pytest.raises(NotAllowed, match="still named"):
            remove_source(project, used)
    remove_source(project, free)
    assert project.read.source(free) is None
    undo(project)
    assert source(project, free).name == "d"


def test_the_short_name_of_the_articles_own_outlet_is_the_outlet(project: Project) -> None:
    article = take_in(project, "🌊 A mayor told the Courier that 12 homes stood empty, and Courier House burnt.\n")
    edit_article(project, article.id, outlet="Valley Courier")
    made = source(project, register_mention(project, mention(project, article, "the Courier")))
    assert (made.name, made.type) == ("Valley Courier", SourceType.MEDIA)
    other = source(project, register_mention(project, mention(project, article, "Courier House")))
    assert other.name == "Courier House"


def test_the_outlets_name_is_written_as_the_article_has_it_and_a_body_that_speaks_for_itself_is_no_medium(
    project: Project,
) -> None:
    article = take_in(project, "🚢 The Quay asked him. The Velmar Port Authority answered on 3 pages.\n")
    edit_article(project, article.id, outlet="The Quay")
    made = source(project, register_mention(project, mention(project, article, "The Quay")))
    assert (made.name, made.type) == ("The Quay", SourceType.MEDIA)
    edit_article(project, article.id, outlet="Velmar Port Authority")
    mark(project, article.id, Kind.CLAIM, [span_of(project, article, "answered on 3 pages")])
    assert [one.type for one in project.read.sources() if one.name == "Velmar Port Authority"] == [
        SourceType.GOVERNMENT
    ]
    types = {
        name: type_of_outlet(name) for name in ("Velmar Fire Brigade", "Police Gazette", "The Economist", "الأهرام")
    }
    assert set(types.values()) == {SourceType.GOVERNMENT, SourceType.MEDIA}
    assert types["Velmar Fire Brigade"] is SourceType.GOVERNMENT


def test_joining_leaves_no_two_equal_attributions_and_no_channel_to_oneself(project: Project, article: Article) -> None:
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    keep, other, outlet = add_source(project, "Dr. ä"), add_source(project, "Dr. A 🩺"), add_source(project, "Post")
    attribute(project, claim, keep)
    attribute(project, claim, other, verb="said")
    attribute(project, claim, other, via_id=keep)
    attribute(project, claim, other, via_id=outlet)
    before = tables_of(project)
    join_sources(project, keep, other)
    said = [(one.source_id, one.verb, one.via_id) for one in project.read.attributions([claim])]
    assert said == [(keep, "said", None), (keep, "", outlet)]
    undo(project)
    assert tables_of(project) == before


def test_a_mention_without_a_place_is_registered_by_its_words(project: Project, article: Article) -> None:
    made = mention(project, article, "Zoe\u0301 Nu\u0308rsen")
    with project.change("Lose its place") as transaction:
        transaction.delete_where(t.spans, t.spans.c.annotation_id, [made])
    assert source(project, register_mention(project, made)).name == "Zoe\u0301 Nu\u0308rsen"
