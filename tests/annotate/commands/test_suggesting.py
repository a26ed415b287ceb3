"""Suggestions wait without counting; what is judged becomes a mark with all its ties, or never comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotate import commands as do
from annotate.errors import CannotUndo, NotAllowed
from annotate.history import next_undo, redo, undo
from annotate.importers.draft import DraftPart
from annotate.model import Annotation, Article, Figure, Span
from annotate.project import Project
from annotate.store.changes import Changes
from annotate.suggest import Proposal
from annotate.vocabulary import (
    ArticleStatus,
    AttributionBasis,
    Bound,
    Fate,
    FigureKind,
    Kind,
    MentionRole,
    Mode,
    Naming,
    Origin,
    PartRole,
    Relation,
    SourceType,
    Stance,
)
from tests.annotate.drafts import FLOOD, imported, span_of, tables_of, take_in
from tests.annotate.proposals import (
    BAKER,
    CIVIL_DEFENCE,
    FIGURE,
    HOUSES,
    OUTLET,
    QUOTED,
    REPORTED,
    at,
    flood_proposals,
    propose,
    suggested,
)
from tests.annotate.works import found


def accept(project: Project, article: Article, kind: Kind, words: str) -> Annotation:
    made = do.accept_suggestion(project, suggested(project, article, kind, words).id)
    return found(project, made)


def waiting(project: Project, article: Article) -> list[str]:
    body = project.read.body(article.text_id)
    return [body[one.spans[0].start : one.spans[0].end] for one in project.read.suggestions(article.text_id)]


def names_of(project: Project) -> set[str]:
    return {source.name for source in project.read.sources()}


# ---------------------------------------------------------------- waiting


def above(project: Project, article: Article, confidence: float) -> list[int]:
    """Ids of what waits with at least this confidence."""
    return [one.id for one in project.read.suggestions(article.text_id) if one.confidence >= confidence]


def test_proposals_wait_in_the_order_of_the_text_and_are_no_step(project: Project, article: Article) -> None:
    before = next_undo(project)
    told: list[Changes] = []
    project.subscribe(told.append)
    assert propose(project, article) == 8
    assert waiting(project, article) == [
        REPORTED, FIGURE, CIVIL_DEFENCE, QUOTED[0], BAKER, "A witness", OUTLET, HOUSES,
    ]  # fmt: skip
    assert next_undo(project) == before
    assert [changes.kind for changes in told] == ["aside"]
    assert (project.read.article_counts()[article.id].suggestions, project.read.totals()["suggestions"]) == (8, 8)
    assert project.read.totals()["claims"] == 0
    assert project.read.has_suggestions_by(article.text_id, "rules", "1")
    assert not project.read.has_suggestions_by(article.text_id, "rules", "2")


def test_proposing_again_keeps_ids_and_replaces_what_is_not_proposed_any_more(
    project: Project, article: Article
) -> None:
    propose(project, article)
    figure = suggested(project, article, Kind.FIGURE, FIGURE)
    once_more = [replace(flood_proposals()[0], rule="a better rule", confidence=0.99), flood_proposals()[2]]
    assert propose(project, article, once_more, version="2") == 2
    now = suggested(project, article, Kind.FIGURE, FIGURE)
    assert (now.id, now.rule, now.confidence, now.engine_version) == (figure.id, "a better rule", 0.99, "2")
    assert waiting(project, article) == [FIGURE, CIVIL_DEFENCE]


def test_what_was_judged_or_marked_is_not_proposed_again(project: Project, article: Article) -> None:
    propose(project, article)
    do.reject_suggestion(project, suggested(project, article, Kind.SOURCE, OUTLET).id)
    accepted = accept(project, article, Kind.FIGURE, FIGURE)
    do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, BAKER)])
    do.mark(project, article.id, Kind.CLAIM, [span_of(project, article, "A witness")])
    do.remove_annotations(project, [accepted.id])
    propose(project, article)
    assert waiting(project, article) == [REPORTED, CIVIL_DEFENCE, QUOTED[0], "A witness", HOUSES]


def test_marking_suggested_words_by_hand_judges_the_suggestion_and_undo_brings_it_back(
    project: Project, article: Article
) -> None:
    propose(project, article)
    words = [span_of(project, article, each) for each in QUOTED]
    made = found(project, do.mark(project, article.id, Kind.CLAIM, words))
    assert made.origin is Origin.HAND
    assert QUOTED[0] not in waiting(project, article)
    undo(project)
    assert QUOTED[0] in waiting(project, article)


def test_what_was_rejected_stays_away_from_a_later_text_unless_it_stands_elsewhere(
    project: Project, article: Article
) -> None:
    propose(project, article)
    do.reject_suggestion(project, suggested(project, article, Kind.FIGURE, FIGURE).id)
    text = (
        f"Rain went on 🌧️.\n\n{FLOOD}\n\nIn the lower valley, too, all stood under water.\n\n{FIGURE} were brought away."
    )
    file = imported(text, "new.txt")
    do.update_article(project, article.id, file.articles[0], file)
    newest = project.read.article(article.id)
    assert newest is not None
    assert article.id not in project.read.article_counts()
    assert project.read.totals()["suggestions"] == 0
    elsewhere = Span(text.rindex(FIGURE), text.rindex(FIGURE) + len(FIGURE))
    propose(project, newest, [*flood_proposals(text), replace(flood_proposals()[0], spans=(elsewhere,))])
    figures = [one for one in project.read.suggestions(newest.text_id) if one.kind is Kind.FIGURE]
    assert [one.spans for one in figures] == [(elsewhere,)]
    old = next(one for one in project.read.suggestions(article.text_id) if one.kind is Kind.CLAIM)
    with pytest.raises(NotAllowed, match="older text"):
        do.accept_suggestion(project, old.id)


def test_proposals_outside_the_text_and_twice_the_same_are_left_out(project: Project, article: Article) -> None:
    figure = flood_proposals()[0]
    beyond = replace(figure, spans=(Span(3, len(FLOOD) + 1),))
    nothing = [replace(figure, spans=(Span(3, 3),)), replace(figure, spans=())]
    assert propose(project, article, [figure, beyond, *nothing, replace(figure, rule="second")]) == 1
    assert suggested(project, article, Kind.FIGURE, FIGURE).rule == "number and noun"


def test_an_import_with_suggestions_can_be_undone_and_done_again(project: Project) -> None:
    article = take_in(project)
    propose(project, article)
    undo(project)
    assert project.read.article(article.id) is None
    assert project.read.totals()["suggestions"] == 0
    redo(project)
    assert propose(project, article) == 8


def test_an_import_is_not_undone_under_what_somebody_else_has_judged(project: Project, article: Article) -> None:
    propose(project, article)
    project.become("Ben")
    do.reject_suggestion(project, suggested(project, article, Kind.FIGURE, FIGURE).id)
    project.become("Ana")
    with pytest.raises(CannotUndo):
        undo(project)
    assert len(waiting(project, article)) == 7


def test_an_engine_is_told_the_names_that_the_register_knows_for_this_article(
    project: Project, article: Article
) -> None:
    other = take_in(project, "Other words.", "other.txt")
    named = do.add_source(project, "Civil Defence")
    do.edit_source(project, named, aliases=("CD", "The Civil Defence"))
    do.add_source(project, "Residents", article_id=other.id)
    assert do.known_names(project.read, article.id) == ["Civil Defence", "CD"]
    assert do.known_names(project.read, other.id) == ["Civil Defence", "CD", "Residents"]


def test_nothing_waits_in_credits_and_boilerplate(project: Project) -> None:
    text = "Photo: Zoe\u0301 Ali 📷\nAt least 900 people left.\nShare 3 times"
    parts = [(PartRole.CREDIT, 0, 18), (PartRole.BODY, 19, 45), (PartRole.BOILERPLATE, 45, len(text))]
    file = imported(text, "credits.txt")
    draft = replace(file.articles[0], parts=tuple(DraftPart(*part) for part in parts))
    taken = do.import_file(project, replace(file, articles=(draft,)))
    article = project.read.article(taken.articles[0].article_id)
    assert article is not None
    words = ("Zoe\u0301 Ali", "At least 900 people", "3 times")
    assert propose(project, article, [Proposal(Kind.FIGURE, (Span(*at(one, text)),)) for one in words]) == 1
    assert waiting(project, article) == ["At least 900 people"]


# ---------------------------------------------------------------- accepting


def test_an_accepted_figure_has_what_was_suggested_and_says_which_rule_made_it(
    project: Project, article: Article
) -> None:
    propose(project, article)
    figure = accept(project, article, Kind.FIGURE, FIGURE)
    assert figure.record == Figure(
        900.0, 900.0, counted="people", bound=Bound.MIN, qualifier="At least", kind=FigureKind.COUNT
    )
    assert (figure.words, figure.origin, figure.rule, figure.engine) == (
        FIGURE, Origin.SUGGESTED, "number and noun", "rules 1",
    )  # fmt: skip
    now = project.read.article(article.id)
    assert now is not None
    assert now.status is ArticleStatus.IN_PROGRESS
    assert project.read.suggestions_judged(article.text_id) == (1, 8)
    step = next_undo(project)
    assert step is not None
    assert step.label == "Accept suggested figure"


def test_an_accepted_claim_brings_its_speaker_and_channel_along(project: Project, article: Article) -> None:
    propose(project, article)
    claim = accept(project, article, Kind.CLAIM, HOUSES)
    assert claim.claim.mode is Mode.PARAPHRASE
    [said] = project.read.attributions([claim.id])
    assert (said.stance, said.verb, said.basis) == (Stance.ASSERTS, "told", AttributionBasis.STATED)
    by, via = (project.read.source(i) for i in (said.source_id, said.via_id or 0))
    assert by is not None
    assert via is not None
    assert (by.name, by.article_id) == ("Witness (anonymous)", article.id)
    assert (via.name, via.type, via.article_id) == ("Harbour Post", SourceType.MEDIA, None)
    mention = found(project, said.mention_id or 0)
    assert (mention.words, mention.mention.naming, mention.mention.role) == (
        "A witness", Naming.ANONYMOUS, MentionRole.SPEAKER,
    )  # fmt: skip
    assert waiting(project, article) == [REPORTED, FIGURE, CIVIL_DEFENCE, QUOTED[0], BAKER]


def test_an_interrupted_quotation_is_one_claim_of_several_spans(project: Project, article: Article) -> None:
    propose(project, article)
    claim = accept(project, article, Kind.CLAIM, QUOTED[0])
    assert [span.exact for span in claim.spans] == list(QUOTED)
    assert names_of(project) == {BAKER}


@pytest.mark.parametrize("first", [Kind.CLAIM, Kind.FIGURE])
def test_a_figure_in_a_claim_is_linked_once_both_are_accepted(project: Project, article: Article, first: Kind) -> None:
    propose(project, article)
    words = {Kind.CLAIM: REPORTED, Kind.FIGURE: FIGURE}
    one = accept(project, article, first, words[first])
    assert project.read.links([one.id]) == []
    second = Kind.FIGURE if first is Kind.CLAIM else Kind.CLAIM
    other = accept(project, article, second, words[second])
    [link] = project.read.links([one.id])
    pair = (one.id, other.id) if first is Kind.CLAIM else (other.id, one.id)
    assert (link.from_id, link.to_id, link.relation) == (*pair, Relation.CONTAINS)


def test_an_accepted_source_joins_the_one_of_the_register_with_that_name(project: Project, article: Article) -> None:
    known = do.add_source(project, "SDF")
    do.edit_source(project, known, aliases=("the civil defence",))
    propose(project, article)
    mention = accept(project, article, Kind.SOURCE, CIVIL_DEFENCE)
    assert mention.mention.source_id == known
    assert names_of(project) == {"SDF"}


def test_a_claim_is_attributed_to_a_speaker_that_was_marked_by_hand(project: Project, article: Article) -> None:
    mention = do.mark(project, article.id, Kind.SOURCE, [span_of(project, article, "civil defence")])
    propose(project, article)
    claim = accept(project, article, Kind.CLAIM, REPORTED)
    [said] = project.read.attributions([claim.id])
    assert said.mention_id == mention
    assert found(project, mention).mention.source_id == said.source_id
    assert CIVIL_DEFENCE in waiting(project, article)


def test_a_speaker_that_was_rejected_does_not_come_back_with_its_claim(project: Project, article: Article) -> None:
    propose(project, article)
    do.reject_suggestion(project, suggested(project, article, Kind.SOURCE, CIVIL_DEFENCE).id)
    claim = accept(project, article, Kind.CLAIM, REPORTED)
    assert project.read.attributions([claim.id]) == []
    assert names_of(project) == set()


def pronoun_proposals(text: str, name: str) -> list[Proposal]:
    claim = {"mode": "paraphrase", "verb": "said", "stance": "denies", "speakers": [at("He ", text)], "source": name}
    claim["speakers"] = [[text.index("He said"), text.index("He said") + 2]]
    speaker = Proposal(Kind.SOURCE, (Span(*at("Omar Haddad", text)),), {"name": "Omar Haddad", "naming": "named"})
    return [speaker, Proposal(Kind.CLAIM, (Span(*at("nobody was hurt", text)),), claim, "reported speech")]


def test_whom_a_pronoun_means_is_attributed_as_inferred(project: Project) -> None:
    text = "Omar Haddad came 🚑. He said that nobody was hurt."
    article = take_in(project, text, "haddad.txt")
    propose(project, article, pronoun_proposals(text, "Omar Haddad"))
    claim = accept(project, article, Kind.CLAIM, "nobody was hurt")
    [said] = project.read.attributions([claim.id])
    assert (said.stance, said.basis, said.mention_id) == (Stance.DENIES, AttributionBasis.INFERRED, None)
    assert (names_of(project), waiting(project, article)) == ({"Omar Haddad"}, [])


def test_a_pronoun_for_somebody_unknown_leaves_the_claim_open(project: Project) -> None:
    text = "Omar Haddad came 🚑. He said that nobody was hurt."
    article = take_in(project, text, "haddad.txt")
    propose(project, article, pronoun_proposals(text, "Somebody Else"))
    claim = accept(project, article, Kind.CLAIM, "nobody was hurt")
    assert project.read.attributions([claim.id]) == []


def test_a_claim_in_the_outlets_own_voice_is_attributed_to_the_outlet(project: Project) -> None:
    article = take_in(project, FLOOD, "flood.txt", outlet="Valley Courier")
    words = (Span(*at("The road to Alt-Moor was closed.")),)
    propose(project, article, [Proposal(Kind.CLAIM, words, {"mode": "voice", "speakers": []}, "own voice", 0.4)])
    claim = accept(project, article, Kind.CLAIM, "The road to Alt-Moor was closed.")
    [said] = project.read.attributions([claim.id])
    source = project.read.source(said.source_id)
    assert source is not None
    assert source.name == "Valley Courier"


def test_other_words_are_read_anew_and_count_as_edited(project: Project, article: Article) -> None:
    propose(project, article)
    wider = span_of(project, article, "900 people left")
    made = do.accept_suggestion(project, suggested(project, article, Kind.FIGURE, FIGURE).id, [wider])
    figure = found(project, made)
    assert (figure.words, figure.figure.value, figure.figure.bound) == ("900 people left", 900.0, Bound.EXACT)
    assert figure.origin is Origin.EDITED


def test_accepting_words_that_were_marked_meanwhile_gives_that_mark(project: Project, article: Article) -> None:
    propose(project, article)
    other = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "900 people")])
    suggestion = suggested(project, article, Kind.FIGURE, FIGURE)
    do.set_spans(project, other, [span_of(project, article, FIGURE)])
    assert do.accept_suggestion(project, suggestion.id) == other
    assert project.read.totals()["figures"] == 1


def test_a_judgement_is_one_step_and_undo_brings_the_suggestion_back_as_open(
    project: Project, article: Article
) -> None:
    propose(project, article)
    before = tables_of(project)
    for judge in (
        lambda: do.accept_suggestion(project, suggested(project, article, Kind.CLAIM, HOUSES).id),
        lambda: do.reject_suggestion(project, suggested(project, article, Kind.SOURCE, OUTLET).id),
        lambda: do.accept_all(project, article.id, Kind.CLAIM),
    ):
        judge()
        after = tables_of(project)
        undo(project)
        assert tables_of(project) == before
        propose(project, article)  # the same again: what can be redone stays
        redo(project)
        assert {name: rows for name, rows in tables_of(project).items() if name != "suggestions"} == {
            name: rows for name, rows in after.items() if name != "suggestions"
        }
        undo(project)


def test_a_suggestion_is_judged_once(project: Project, article: Article) -> None:
    propose(project, article)
    figure = suggested(project, article, Kind.FIGURE, FIGURE)
    do.accept_suggestion(project, figure.id)
    for judge in (do.accept_suggestion, do.reject_suggestion):
        with pytest.raises(NotAllowed, match="judged already"):
            judge(project, figure.id)
    judged = project.read.suggestion(figure.id)
    assert judged is not None
    assert judged.fate is Fate.ACCEPTED


def test_a_record_that_cannot_be_read_is_left_open(project: Project, article: Article) -> None:
    nonsense = {"value": "many", "bound": "somehow", "kind": 7, "counted": None}
    propose(project, article, [replace(flood_proposals()[0], record=nonsense)])
    assert accept(project, article, Kind.FIGURE, FIGURE).record == Figure()


# ---------------------------------------------------------------- many at once, and looked at


def test_all_of_a_kind_above_a_confidence_are_accepted_in_one_step_and_not_reviewed(
    project: Project, article: Article
) -> None:
    propose(project, article)
    made = do.accept_all(project, article.id, Kind.CLAIM, above(project, article, 0.8))
    assert [found(project, i).words.split(" […]")[0] for i in made] == [REPORTED, QUOTED[0]]
    assert {one.origin for one in project.read.annotations()} == {Origin.BULK}
    assert names_of(project) == {"Civil Defence", BAKER}
    step = next_undo(project)
    assert step is not None
    assert step.label == "Accept 2 suggested claims"
    with pytest.raises(NotAllowed, match="No suggested claim waits"):
        do.accept_all(project, article.id, Kind.CLAIM, above(project, article, 0.8))
    undo(project)
    assert len(waiting(project, article)) == 8


def test_a_mark_accepted_in_bulk_is_reviewed_by_a_look_or_an_edit(project: Project, article: Article) -> None:
    propose(project, article)
    [figure] = do.accept_all(project, article.id, Kind.FIGURE)
    first, second = do.accept_all(project, article.id, Kind.CLAIM, above(project, article, 0.8))
    assert do.review_annotations(project, [first, figure]) == 2
    assert found(project, first).origin is Origin.SUGGESTED
    assert do.review_annotations(project, [first]) == 0
    undo(project)
    assert found(project, first).origin is Origin.BULK
    do.edit_record(project, figure, counted="inhabitants")
    assert found(project, figure).origin is Origin.EDITED
    [said] = project.read.attributions([second])
    do.edit_attribution(project, said.id, stance=Stance.DOUBTS)
    assert found(project, second).origin is Origin.EDITED
    do.set_spans(project, first, [span_of(project, article, "900 people left their homes")])
    assert found(project, first).origin is Origin.EDITED


def test_editing_an_accepted_one_is_remembered_and_a_mark_by_hand_stays_one(project: Project, article: Article) -> None:
    propose(project, article)
    claim = accept(project, article, Kind.CLAIM, REPORTED)
    [said] = project.read.attributions([claim.id])
    do.remove_attribution(project, said.id)
    assert found(project, claim.id).origin is Origin.EDITED
    by_hand = do.mark(project, article.id, Kind.FIGURE, [span_of(project, article, "dozens")])
    do.edit_record(project, by_hand, counted="houses")
    assert found(project, by_hand).origin is Origin.HAND


def test_waiting_suggestions_survive_closing_and_are_no_harm_to_the_project(tmp_path: Path) -> None:
    from annotate.integrity import check_project

    with Project.create(tmp_path / "case.pnote", "Ana") as project:
        article = take_in(project)
        propose(project, article)
        do.accept_suggestion(project, suggested(project, article, Kind.CLAIM, REPORTED).id)
    with Project.open(tmp_path / "case.pnote", "Ana") as project:
        assert len(waiting(project, article)) == 6
        assert check_project(project.read) == []
        undo(project)
        assert len(waiting(project, article)) == 8
