"""What would surprise a reader is told before anything is written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from annotate import commands
from annotate.model import DatedWords, Published, Span
from annotate.report.evidence import Evidence, gather
from annotate.report.preflight import Severity, Surprise, Surprising, preflight
from annotate.report.sharing import for_sharing
from annotate.vocabulary import ArticleStatus, Finding, Handling, Kind, Origin, Precision, Primacy, Relation, Shows
from tests.report.flood import Flood, take_in


def told(flood: Flood) -> dict[Surprising, Surprise]:
    return {surprise.kind: surprise for surprise in preflight(gather(flood.project.read, "Mara Lind"))}


def test_the_worst_comes_first_and_each_says_how_many(flood: Flood) -> None:
    found = preflight(gather(flood.project.read, ""))
    kinds = [surprise.kind for surprise in found]
    assert kinds == sorted(kinds, key=list(Surprising).index)
    severities = [surprise.severity for surprise in found]
    assert severities == sorted(severities, key=list(Severity).index)
    assert all(surprise.sentence.endswith(".") and "{" not in surprise.sentence for surprise in found)
    assert all(kind.meaning and kind.label for kind in Surprising)


def test_records_are_named_so_that_a_window_can_lead_to_them(flood: Flood) -> None:
    for said in flood.project.read.attributions([flood.ids["fell"]]):
        commands.remove_attribution(flood.project, said.id)
    found = told(flood)
    assert found[Surprising.NO_SOURCE].annotation_ids == (flood.ids["fell"],)
    assert found[Surprising.NO_SOURCE].sentence == "1 claim without a source."
    assert found[Surprising.CLAIM_NOT_GRADED].count == 2
    untagged = {flood.ids[name] for name in ("held", "fell", "people", "cost", "homes")}
    assert set(found[Surprising.UNTAGGED].annotation_ids) == untagged
    assert found[Surprising.UNTAGGED].sentence == "2 claims and 3 figures without a tag."
    assert flood.ids["board"] in found[Surprising.SOURCE_NOT_GRADED].source_ids
    assert flood.ids["duarte"] not in found[Surprising.SOURCE_NOT_GRADED].source_ids
    assert found[Surprising.NO_DATE].annotation_ids == (flood.ids["held"],)


def test_tags_are_not_missed_where_nobody_uses_any(flood: Flood) -> None:
    evidence = replace(gather(flood.project.read, ""), tags={})
    assert Surprising.UNTAGGED not in {surprise.kind for surprise in preflight(evidence)}


def test_a_finding_without_a_check_or_against_its_checks_is_told(flood: Flood) -> None:
    project = flood.project
    commands.edit_record(project, flood.ids["fell"], finding=Finding.CONFIRMED)
    commands.edit_record(project, flood.ids["held"], finding=Finding.CONFIRMED)
    commands.add_check(
        project,
        flood.ids["held"],
        checked_on=date(2024, 6, 7),
        looked_at="Video",
        primacy=Primacy.PRIMARY,
        shows=Shows.CONTRADICTS,
    )
    found = told(flood)
    assert found[Surprising.NO_CHECK].annotation_ids == (flood.ids["fell"],)
    assert found[Surprising.AGAINST_CHECK].annotation_ids == (flood.ids["held"],)
    commands.add_check(
        project, flood.ids["held"], checked_on=date(2024, 6, 8), looked_at="Gauges", shows=Shows.SUPPORTS
    )
    assert Surprising.AGAINST_CHECK not in told(flood)


def test_articles_without_date_outlet_or_confirmed_title_and_unread_ones_are_told(flood: Flood) -> None:
    bare = take_in(flood.project, "bare.txt", "Nobody knows 🌊.", title_confirmed=False)
    found = told(flood)
    for kind in (Surprising.UNDATED, Surprising.NO_OUTLET, Surprising.GUESSED_TITLE, Surprising.UNREAD):
        assert found[kind].article_ids == (bare,)
        assert found[kind].sentence.startswith("1 article ")
    commands.set_status(flood.project, [bare], ArticleStatus.DONE)
    assert Surprising.UNREAD not in told(flood)


def test_marks_that_left_the_newest_text_are_told(flood: Flood) -> None:
    evidence = gather(flood.project.read, "")
    gone = flood.ids["held"]
    changed = evidence.annotations | {gone: replace(evidence.annotations[gone], spans=())}
    found = {surprise.kind: surprise for surprise in preflight(replace(evidence, annotations=changed))}
    assert found[Surprising.NOT_PLACED].annotation_ids == (gone,)
    assert found[Surprising.NOT_PLACED].severity is Severity.SURPRISE


@pytest.mark.parametrize(("length", "told_of"), [(32_767, False), (32_768, True)])
def test_only_what_is_too_long_for_a_cell_is_told_as_that(flood: Flood, length: int, told_of: bool) -> None:
    commands.edit_annotation(flood.project, flood.ids["left"], note="é" * (length - 2) + "🌊")
    assert (Surprising.OVERLONG in told(flood)) is told_of


def test_a_figure_is_old_where_a_later_one_is_of_the_same_thing(flood: Flood) -> None:
    project = flood.project
    other = take_in(
        project, "later.txt", "At least 4,000 people left.", published=Published("", date(2024, 7, 1), Precision.DAY)
    )
    later = commands.mark(project, other, Kind.FIGURE, [Span(0, 21)])
    event = project.read.events()[0].id
    for figure, day in ((flood.ids["people"], date(2024, 6, 4)), (later, date(2024, 6, 30))):
        commands.edit_record(
            project, figure, event_id=event, as_of=DatedWords(None, day, None, Precision.DAY), counted="people"
        )
    assert told(flood)[Surprising.OLDER].annotation_ids == (flood.ids["people"],)


def test_what_is_not_open_is_told_unless_the_export_is_for_sharing(flood: Flood) -> None:
    project = flood.project
    commands.edit_source(project, flood.ids["board"], handling=Handling.PROTECT)
    commands.edit_annotation(project, flood.ids["left"], handling=Handling.PROTECT)
    evidence = gather(project.read, "")
    concerned = [one for one in preflight(evidence) if one.kind is Surprising.PROTECTED]
    assert [(one.annotation_ids, one.source_ids) for one in concerned] == [
        ((flood.ids["left"],), ()),
        ((), (flood.ids["board"],)),
    ]
    shared = for_sharing(evidence, project.read.body).evidence
    assert Surprising.PROTECTED not in {surprise.kind for surprise in preflight(shared)}


def test_an_empty_project_and_one_without_a_marking_are_told(flood: Flood) -> None:
    evidence = gather(flood.project.read, "")
    assert Surprising.NO_MARKING not in told(flood)
    bare = replace(evidence, annotations={}, checks=[], project=replace(evidence.project, marking=" "))
    kinds = [surprise.kind for surprise in preflight(bare)]
    assert (kinds[0], kinds[-1]) == (Surprising.EMPTY, Surprising.NO_MARKING)


@pytest.fixture
def many(flood: Flood) -> Callable[[int], Evidence]:
    """The evidence with so many claims, all alike."""

    def evidence_of(number: int) -> Evidence:
        evidence = gather(flood.project.read, "")
        claim = evidence.annotations[flood.ids["fell"]]
        claims = {place: replace(claim, id=place, origin=Origin.BULK) for place in range(1_000, 1_000 + number)}
        return replace(evidence, annotations=evidence.annotations | claims)

    return evidence_of


def test_thousands_are_one_sentence(many: Callable[[int], Evidence]) -> None:
    found = {surprise.kind: surprise for surprise in preflight(many(10_000))}
    bulk = found[Surprising.NOT_REVIEWED]
    assert (bulk.count, bulk.sentence) == (10_000, "10,000 claims accepted in bulk and not reviewed one by one.")


def test_links_alone_are_no_surprise(flood: Flood) -> None:
    before = set(told(flood))
    commands.link(flood.project, flood.ids["held"], flood.ids["left"], Relation.UPDATES)
    assert set(told(flood)) == before
