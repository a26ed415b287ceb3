"""What may be handed on: who is protected is not recognisable, what is internal stays."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import commands
from annotate.model import Span
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.report.leftovers import Why
from annotate.report.protected_names import REDACTED, Hit
from annotate.report.redacted_text import edits_of
from annotate.report.scope import Scope
from annotate.report.sharing import LEFT_OUT, Shared, gather_for_sharing, pseudonym
from annotate.store import schema
from annotate.vocabulary import Handling, Kind, Relation, SourceType, Stance
from tests.report.flood import Flood, take_in


def share(project: Project, *, marking: str | None = None) -> Shared:
    return gather_for_sharing(project.read, "Mara Lind", marking=marking)


def protect(project: Project, name: str, *aliases: str, kind: SourceType = SourceType.WITNESS) -> int:
    source = commands.add_source(project, name, kind)
    commands.edit_source(project, source, aliases=aliases, handling=Handling.PROTECT)
    return source


def hidden(project: Project, *texts: str) -> list[str]:
    shared = share(project)
    return [shared.hidden(text) for text in texts]


@pytest.mark.parametrize(
    "written",
    [
        "Jane Doe",
        "JANE DOE",
        "jane-doe",
        "jane_doe",
        "JaneDoe",
        "Doe, Jane",
        "Jane M. Doe",
        "J. Doe",
        "jdoe",
        "Jane\u00a0Doe",
        "Ja\u00adne\u200b Doe",
        "Ja-\nne Doe",
        "Ｊａｎｅ Ｄｏｅ",
        "Jane%20Doe",
        "%4aane+doe",
        "Jane&nbsp;Doe",
        "the Heron",
        "Heron",
        "Doe",
        "jane",
    ],
)
def test_a_protected_name_is_found_however_it_is_written(empty_project: Project, written: str) -> None:
    protect(empty_project, "Dr Jane Doe", "the Heron")
    assert hidden(empty_project, f"Then {written} said so 🌊.") == ["Then S-001 said so 🌊."]


def test_names_in_other_scripts_are_found_with_what_hangs_on_them(empty_project: Project) -> None:
    protect(empty_project, "أحمد الحداد")
    protect(empty_project, "王小明")
    protect(empty_project, "Иван Петров")
    assert hidden(
        empty_project, "أَحْمَد ٱلْحَدَّاد", "وقال الحدّاد إن", "للحداد", "昨日王小明說", "Петрова видели", "ИВАНУ ПЕТРОВУ"
    ) == ["S-001", "وقال S-001 إن", "S-001", "昨日S-002說", "S-003 видели", "S-003"]


def test_addresses_handles_and_possessives_keep_what_is_not_the_name(empty_project: Project) -> None:
    protect(empty_project, "Jane Doe", "@heron7")
    assert hidden(
        empty_project,
        "Doe's house",
        "https://web.example/a/jane-doe?by=JaneDoe",
        "@janedoe1985",
        "jane.doe@mail.example",
        "https://xn--janedo-fva.example/",
        "t.me/heron7",
    ) == [
        "S-001's house",
        "https://web.example/a/S-001?by=S-001",
        "@S-001",
        "S-001@mail.example",
        "https://xn--janedo-fva.example/",
        "t.me/S-001",
    ]


def test_words_that_only_look_like_a_name_stay(empty_project: Project) -> None:
    protect(empty_project, "Mark Lee")
    protect(empty_project, "Water Board", kind=SourceType.COMPANY)
    kept = ["a market in Leeds", "water over the board", "they mark it", "remarkable", "sleep"]
    assert hidden(empty_project, *kept) == kept
    assert hidden(empty_project, "the water-board, Mark") == ["the S-002, S-001"]


def test_a_name_that_an_open_source_has_too_stays_and_is_a_leftover(empty_project: Project) -> None:
    protect(empty_project, "Jane Haddad")
    commands.add_source(empty_project, "Omar Haddad", SourceType.GOVERNMENT)
    commands.edit_project(empty_project, title="Haddad and Jane, Haddad alone, Jane Haddad")
    shared = share(empty_project)
    assert shared.evidence.project.title == "Haddad and S-001 alone, S-001"
    assert [one.name for one in shared.evidence.sources.values()] == ["S-001", "Omar Haddad"]
    left = {(one.why, one.words, one.about) for one in shared.leftovers}
    assert (Why.SHARED, "Haddad", "S-001") in left


def test_pseudonyms_are_never_ids_of_mentions() -> None:
    labels = {f"S-{number:04d}" for number in range(1, 20_000)}
    source = object.__new__(type("Numbered", (), {"number": 0}))
    names = []
    for number in range(1, 20_000):
        source.number = number
        names.append(pseudonym(source))
    assert len(set(names)) == len(names)
    assert not set(names) & labels
    assert names[13] == "S-014"


def test_what_a_protected_source_says_is_redacted_and_its_plain_words_stay(flood: Flood) -> None:
    project = flood.project
    commands.edit_source(project, flood.ids["board"], handling=Handling.PROTECT)
    commands.edit_record(
        project, flood.ids["held"], plain_words="The Water Board says the dam held", translation="Er hielt"
    )
    commands.edit_annotation(
        project, flood.ids["left"], note="See “the dam held all night”: and nobody was warned too late!"
    )
    shared = share(project)
    held, left = (shared.evidence.annotations[flood.ids[name]] for name in ("held", "left"))
    assert (held.words, held.claim.plain_words, held.claim.translation) == (
        REDACTED,
        "The S-003 says the dam held",
        REDACTED,
    )
    assert left.words == "At least 3,200 people left the old town on Tuesday"  # it only denies this
    assert left.note == f"See “the dam held all night”: {REDACTED}!"
    body = shared.body_of(held.text_id)
    assert f"\n{REDACTED} the S-003 said in a statement to Harbour Radio, {REDACTED}\n" in body
    assert {one.what for one in shared.replacements if one.record == "C-0002" and one.field == "words"} == {
        '"The dam held all night," […] "and nobody was warned too late."'
    }


def test_figures_in_a_redacted_claim_keep_their_numbers_and_lose_their_words(flood: Flood) -> None:
    commands.edit_annotation(flood.project, flood.ids["left"], handling=Handling.PROTECT, note="Where the shelter is")
    shared = share(flood.project)
    people = shared.evidence.annotations[flood.ids["people"]]
    assert (people.words, people.figure.low, people.figure.counted) == (REDACTED, 3200, "people")
    left = shared.evidence.annotations[flood.ids["left"]]
    assert (left.words, left.note, left.claim.happened.words) == (REDACTED, "", None)
    assert left.claim.happened.on is not None
    assert [check.looked_at for check in shared.evidence.checks] == [REDACTED, "Gauge readings"]


def test_spans_still_stand_on_their_words_in_the_redacted_text(flood: Flood) -> None:
    commands.edit_source(flood.project, flood.ids["duarte"], handling=Handling.PROTECT)
    shared = share(flood.project)
    for annotation in shared.evidence.annotations.values():
        body = shared.body_of(annotation.text_id)
        assert all(body[span.start : span.end] == span.exact for span in annotation.spans)
        assert all((span.before, span.after) == ("", "") for span in annotation.spans)
        if annotation.words != REDACTED:
            assert annotation.words == " […] ".join(span.exact for span in annotation.spans)
    mention = shared.evidence.annotations[flood.ids["mention"]]
    assert mention.words == "S-002"
    assert shared.evidence.annotations[flood.ids["fell"]].words == "قال شهود إن السد انهار"
    text = shared.evidence.texts[mention.text_id]
    assert (text.length, text.sha256) == (len(shared.body_of(mention.text_id)), "")


def test_what_is_internal_is_left_out_with_all_that_is_tied_to_it(flood: Flood) -> None:
    project = flood.project
    commands.edit_annotation(project, flood.ids["fell"], handling=Handling.INTERNAL)
    commands.edit_source(
        project, flood.ids["radio"], handling=Handling.INTERNAL, affiliation="Harbour Group", note="Friend of the mayor"
    )
    shared = share(project)
    evidence = shared.evidence
    assert flood.ids["fell"] not in evidence.annotations
    assert not any(link.relation is Relation.CONTRADICTS for links in evidence.links_from.values() for link in links)
    radio = evidence.sources[flood.ids["radio"]]
    assert (radio.name, radio.affiliation, radio.note) == ("media outlet (SRC-004)", "", "")
    assert any(one.why is Why.INTERNAL and one.words == "Harbour Radio" for one in shared.leftovers)
    assert any(one.record == "C-0003" and one.by == LEFT_OUT for one in shared.replacements)


def test_nobody_of_the_team_and_no_file_is_known_by_what_is_shared(flood: Flood) -> None:
    given = gather(flood.project.read, "Mara Lind")
    shared = share(flood.project, marking="TLP:CLEAR").evidence
    assert (shared.analyst, set(shared.analysts.values()), shared.files) == ("", {""}, {})
    assert all(place.context == "" for place in shared.places.values())
    assert shared.project.marking == "TLP:CLEAR"
    assert shared.shared
    for name in ("articles", "annotations", "sources", "events", "tags", "texts"):
        before, after = getattr(given, name), getattr(shared, name)
        assert {one.uid for one in before.values()}.isdisjoint({one.uid for one in after.values()})
        assert {one.revision for one in after.values()} <= {0}
    assert {article.file_id for article in shared.articles.values()} == {None}
    assert "Mara Lind" not in repr([getattr(shared, field.name) for field in fields(shared)])


def test_links_between_records_stay(flood: Flood) -> None:
    given, shared = gather(flood.project.read, ""), share(flood.project).evidence
    assert [(one.from_id, one.to_id) for links in given.links_from.values() for one in links] == [
        (one.from_id, one.to_id) for links in shared.links_from.values() for one in links
    ]
    assert {key: [one.source_id for one in said] for key, said in given.said_of.items()} == {
        key: [one.source_id for one in said] for key, said in shared.said_of.items()
    }


def test_who_is_protected_in_another_part_of_the_project_is_protected_in_this_one(flood: Flood) -> None:
    project = flood.project
    other = take_in(project, "other.txt", "Zoë Vega was there. Nobody else.")
    claim = commands.mark(project, other, Kind.CLAIM, [Span(0, 8)])
    protect(project, "Zoë Vega")
    unmarked = take_in(project, "third.txt", "It was ZOE VEGA, again.")
    shared = gather_for_sharing(project.read, "", Scope(article_ids=frozenset({unmarked})))
    assert claim not in shared.evidence.annotations
    assert [shared.body_of(text) for text in shared.evidence.texts] == ["It was S-005, again."]


def test_leftovers_are_listed_the_likeliest_first(empty_project: Project) -> None:
    protect(empty_project, "Jane Haddad", "Q")
    text = (
        "J.H. and JH met Hadad at the HaddadianHall. Call +49 170 5550123 on 2024-06-04, or x@mail.example, @nightowl."
    )
    take_in(empty_project, "x.txt", text, url="https://valley.example/a")
    found = [(one.why, one.words) for one in share(empty_project).leftovers]
    assert found == sorted(found, key=lambda one: list(Why).index(one[0]))
    assert {
        (Why.UNSEARCHED, "Q"),
        (Why.NEAR, "Hadad"),
        (Why.FRAGMENT, "HaddadianHall"),
        (Why.INITIALS, "J.H."),
        (Why.INITIALS, "JH"),
        (Why.MAIL, "x@mail.example"),
        (Why.PHONE, "+49 170 5550123"),
        (Why.HANDLE, "@nightowl"),
    } <= set(found)
    assert not any("2024" in words for _, words in found)


def test_a_project_without_anything_protected_goes_out_as_it_is(flood: Flood) -> None:
    shared = share(flood.project)
    given = gather(flood.project.read, "")
    assert {one.words for one in shared.evidence.annotations.values()} == {
        one.words for one in given.annotations.values()
    }
    assert {one.record for one in shared.replacements} == {"All records"}


texts = st.text(st.sampled_from("ab cé🇺🇦ا\n"), max_size=40)


@given(texts, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), max_size=5), st.data())
def test_places_beside_what_is_replaced_keep_their_words(
    text: str, places: list[tuple[int, int]], data: st.DataObject
) -> None:
    hits = [Hit(start, min(len(text), start + length), REDACTED) for start, length in places if start < len(text)]
    edits = edits_of(text, hits, lambda _: [])
    new = edits.applied(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new_start, new_end = edits.place(start, end)
    assert 0 <= new_start <= new_end <= len(new)
    if start < end and not any(hit.start < end and start < hit.end for hit in hits):
        assert new[new_start:new_end] == text[start:end]
    if any(hit.start < end and start < hit.end for hit in hits) and start < end:
        assert REDACTED in new[new_start:new_end]


def test_a_source_that_declines_is_not_quoted(flood: Flood) -> None:
    silent = protect(flood.project, "Zoë Vega")
    commands.attribute(flood.project, flood.ids["fell"], silent, stance=Stance.DECLINES)
    shared = share(flood.project).evidence
    assert shared.annotations[flood.ids["fell"]].words != REDACTED
    assert replace(shared.sources[silent], uid=shared.project.uid).name == "S-005"


def test_what_many_unnamed_sources_are_called_names_nobody(flood: Flood) -> None:
    for handling in (Handling.PROTECT, Handling.OPEN):
        source = commands.add_source(flood.project, "a resident", SourceType.WITNESS)
        commands.edit_source(flood.project, source, handling=handling)
        with flood.project.change("Unnamed") as transaction:
            transaction.update(schema.sources, source, article_id=flood.article_id)
    shared = share(flood.project)
    assert [one.name for one in shared.evidence.sources.values()][-2:] == ["S-005", "a resident"]
    assert (Why.SHARED, "a resident", "S-005") in {(one.why, one.words, one.about) for one in shared.leftovers}
