"""Who says so: by hand, as offered from the sentence, and in the outlet's own voice."""

from dataclasses import replace

import pytest

from annotate.commands import (
    OfferedSpeaker,
    add_source,
    attribute,
    edit_attribution,
    edit_record,
    mark,
    offered_speakers,
    register_mention,
    remove_attribution,
    take_offer,
)
from annotate.errors import NotAllowed
from annotate.history import next_undo, undo
from annotate.model import Annotation, Article
from annotate.project import Project
from annotate.vocabulary import AttributionBasis, Kind, Mode, Naming, SourceType, Stance
from tests.annotate.drafts import span_of, tables_of, take_in

TOLD = (
    "Notes 🇸🇾\n\nعمال الإغاثة في المكان.\n\n"
    "The bridge is lost, Mayor Ana Silva told the Harbour Post.\n\n"
    "The army denied that shells had hit the bridge.\n\n"
    "The bridge 🌉 was built in 1931.\n"
)


def claim_of(project: Project, article: Article, words: str) -> Annotation:
    return project.read.annotations([mark(project, article.id, Kind.CLAIM, [span_of(project, article, words)])])[0]


def offered(project: Project, claim: Annotation) -> OfferedSpeaker:
    [offer] = offered_speakers(project, claim.id)
    return offer


def mode_of(project: Project, claim: Annotation) -> Mode | None:
    return project.read.annotations([claim.id])[0].claim.mode


@pytest.fixture
def told(project: Project) -> Article:
    return take_in(project, TOLD, "told.txt", outlet="Valley News")


def test_the_speaker_of_the_sentence_is_offered_with_verb_stance_and_channel(project: Project, told: Article) -> None:
    offer = offered(project, claim_of(project, told, "The bridge is lost"))
    assert (offer.name, offer.known, offer.verb, offer.stance) == ("Ana Silva", False, "told", Stance.ASSERTS)
    assert offer.via_name == "Harbour Post"
    assert TOLD[offer.span.start : offer.span.end] == offer.span.exact


def test_taking_an_offer_marks_registers_and_attributes_in_one_step(project: Project, told: Article) -> None:
    claim = claim_of(project, told, "The bridge is lost")
    before = tables_of(project)
    attribution_id = take_offer(project, claim.id, offered(project, claim))
    [attribution] = project.read.attributions([claim.id])
    assert attribution.id == attribution_id
    assert (attribution.verb, attribution.basis) == ("told", AttributionBasis.STATED)
    speaker, channel = project.read.source(attribution.source_id), project.read.source(attribution.via_id or 0)
    assert speaker is not None
    assert channel is not None
    assert (speaker.name, channel.name, speaker.reliability) == ("Ana Silva", "Harbour Post", None)
    mention = project.read.annotation(attribution.mention_id or 0)
    assert mention is not None
    assert (mention.kind, mention.mention.source_id) == (Kind.SOURCE, speaker.id)
    assert "Ana Silva" in mention.words
    assert offered_speakers(project, claim.id) == []
    undo(project)
    assert tables_of(project) == before


def test_an_offer_takes_up_marks_and_entries_that_are_there(project: Project, told: Article) -> None:
    claim = claim_of(project, told, "The bridge is lost")
    mention = mark(project, told.id, Kind.SOURCE, [span_of(project, told, "Mayor Ana Silva")])
    source = register_mention(project, mention)
    outlet = add_source(project, "The Harbour Post")
    offer = offered(project, claim)
    assert offer.known
    take_offer(project, claim.id, offer)
    [attribution] = project.read.attributions([claim.id])
    assert (attribution.source_id, attribution.mention_id, attribution.via_id) == (source, mention, outlet)
    assert len(project.read.sources()) == 2


def test_an_offer_ties_an_unregistered_mark_to_its_new_entry(project: Project, told: Article) -> None:
    claim = claim_of(project, told, "The bridge is lost")
    mention = mark(project, told.id, Kind.SOURCE, [span_of(project, told, "Mayor Ana Silva")])
    take_offer(project, claim.id, offered(project, claim))
    [attribution] = project.read.attributions([claim.id])
    assert attribution.mention_id == mention
    assert project.read.annotations([mention])[0].mention.source_id == attribution.source_id


def test_a_denial_is_offered_as_a_denial(project: Project, told: Article) -> None:
    assert offered(project, claim_of(project, told, "shells had hit the bridge")).stance is Stance.DENIES


def test_nobody_is_offered_for_the_outlets_own_voice_or_for_other_kinds(project: Project, told: Article) -> None:
    assert offered_speakers(project, claim_of(project, told, "The bridge 🌉 was built in 1931").id) == []
    figure = mark(project, told.id, Kind.FIGURE, [span_of(project, told, "1931")])
    assert offered_speakers(project, figure) == []
    assert offered_speakers(project, 99) == []


def test_attributing_a_claim_to_somebody_ends_the_outlets_own_voice(project: Project, told: Article) -> None:
    claim = claim_of(project, told, "The bridge 🌉 was built in 1931")
    [own] = project.read.attributions([claim.id])
    source = add_source(project, "City archive")
    attribute(project, claim.id, source, verb="records", stance=Stance.CONFIRMS)
    [attribution] = project.read.attributions([claim.id])
    assert (attribution.source_id, attribution.basis) == (source, AttributionBasis.INFERRED)
    assert mode_of(project, claim) is Mode.PARAPHRASE
    undo(project)
    assert [kept.id for kept in project.read.attributions([claim.id])] == [own.id]
    assert mode_of(project, claim) is Mode.VOICE


@pytest.mark.parametrize("stance", [Stance.DENIES, Stance.DOUBTS, Stance.DECLINES])
def test_what_somebody_denies_stays_the_outlets_claim(project: Project, told: Article, stance: Stance) -> None:
    claim = claim_of(project, told, "The bridge 🌉 was built in 1931")
    attribute(project, claim.id, add_source(project, "City archive"), stance=stance)
    assert [kept.stance for kept in project.read.attributions([claim.id])] == [Stance.ASSERTS, stance]
    assert mode_of(project, claim) is Mode.VOICE


def test_a_quoted_claim_keeps_its_mode_whoever_says_it(project: Project, article: Article) -> None:
    claim = claim_of(project, article, "“that the dam was weak.”")
    attribute(project, claim.id, add_source(project, "Zoé"))
    assert mode_of(project, claim) is claim.claim.mode is Mode.DIRECT


def test_a_figure_that_stands_alone_can_be_attributed_and_a_source_cannot(project: Project, told: Article) -> None:
    source = add_source(project, "City archive")
    figure = mark(project, told.id, Kind.FIGURE, [span_of(project, told, "1931")])
    attribute(project, figure, source)
    assert [attribution.source_id for attribution in project.read.attributions([figure])] == [source]
    mention = mark(project, told.id, Kind.SOURCE, [span_of(project, told, "The army")])
    with pytest.raises(NotAllowed, match="Only claims and figures"):
        attribute(project, mention, source)
    with pytest.raises(NotAllowed, match="not in the register any more"):
        attribute(project, figure, 99)


def test_a_claim_has_any_number_of_attributions(project: Project, article: Article) -> None:
    claim = claim_of(project, article, "At least 900 people left their homes")
    for name in ("a", "b", "c"):
        attribute(project, claim.id, add_source(project, name))
    assert len(project.read.attributions([claim.id])) == 3


def test_an_attribution_is_changed_and_removed(project: Project, told: Article) -> None:
    claim = claim_of(project, told, "The bridge is lost")
    source, channel = add_source(project, "Ana"), add_source(project, "Radio")
    made = attribute(project, claim.id, source)
    edit_attribution(project, made, stance=Stance.DOUBTS, verb="قال", via_id=channel)
    [attribution] = project.read.attributions([claim.id])
    assert (attribution.stance, attribution.verb, attribution.via_id) == (Stance.DOUBTS, "قال", channel)
    with pytest.raises(NotAllowed):
        edit_attribution(project, made, source_id=99)
    remove_attribution(project, made)
    assert project.read.attributions([claim.id]) == []
    undo(project)
    assert project.read.attributions([claim.id]) == [replace(attribution, revision=attribution.revision + 1)]


def test_the_outlet_is_entered_once_as_a_media_outlet(project: Project, told: Article) -> None:
    claim_of(project, told, "The bridge 🌉 was built in 1931")
    other = take_in(project, "Other\n\nIt rained. The road is wet.", "other.txt", outlet="the Valley News")
    claim_of(project, other, "The road is wet.")
    [outlet] = project.read.sources()
    assert (outlet.name, outlet.type, len(project.read.attributions_to(outlet.id))) == (
        "Valley News",
        SourceType.MEDIA,
        2,
    )


def test_unnamed_speakers_start_anew_in_each_article(project: Project) -> None:
    text = "Notes {}\n\nThe well was poisoned, a witness said.\n"
    sources = []
    for number in range(2):
        article = take_in(project, text.format(number), f"{number}.txt")
        claim = claim_of(project, article, "The well was poisoned")
        take_offer(project, claim.id, offered(project, claim))
        [attribution] = project.read.attributions([claim.id])
        source = project.read.source(attribution.source_id)
        assert source is not None
        sources.append(source)
        mention = project.read.annotations([attribution.mention_id or 0])[0].mention
        assert mention.naming in (Naming.ANONYMOUS, Naming.COLLECTIVE, Naming.ROLE)
    assert sources[0].id != sources[1].id
    assert [source.article_id for source in sources] == [article.id for article in project.read.articles()]


def test_a_failed_take_writes_nothing(project: Project, told: Article) -> None:
    claim = claim_of(project, told, "The bridge is lost")
    offer = offered(project, claim)
    before, step = tables_of(project), next_undo(project)
    with pytest.raises(NotAllowed):
        take_offer(project, 99, offer)
    assert (tables_of(project), next_undo(project)) == (before, step)


def test_the_same_attribution_twice_is_one_and_gains_the_verb(project: Project, article: Article) -> None:
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    who, outlet = add_source(project, "قاض"), add_source(project, "Post 📰")
    first = attribute(project, claim, who, via_id=outlet)
    assert attribute(project, claim, who, via_id=outlet, verb="said") == first
    assert [(said.id, said.verb) for said in project.read.attributions([claim])] == [(first, "said")]
    denied = attribute(project, claim, who, via_id=outlet, stance=Stance.DENIES)
    direct = attribute(project, claim, who)
    assert len({first, denied, direct}) == 3


def test_an_attribution_is_not_made_equal_to_another(project: Project, article: Article) -> None:
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    one, other = add_source(project, "one"), add_source(project, "other")
    attribute(project, claim, one)
    second = attribute(project, claim, other)
    before = tables_of(project)
    with pytest.raises(NotAllowed, match="“one” is there already"):
        edit_attribution(project, second, source_id=one)
    assert tables_of(project) == before


def test_nobody_is_the_channel_of_their_own_words(project: Project, article: Article) -> None:
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    who, outlet = add_source(project, "who"), add_source(project, "outlet")
    made = attribute(project, claim, who, via_id=who)
    assert project.read.attributions([claim])[0].via_id is None
    edit_attribution(project, made, via_id=outlet)
    edit_attribution(project, made, source_id=outlet)
    (said,) = project.read.attributions([claim])
    assert (said.source_id, said.via_id) == (outlet, None)


def test_the_outlets_own_voice_stays_its_own_when_it_is_attributed_to_the_outlet_again(project: Project) -> None:
    article = take_in(project, outlet="Valley Courier")
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, "The road to Alt-Moor was closed.")])
    (said,) = project.read.attributions([claim])
    remove_attribution(project, said.id)
    attribute(project, claim, said.source_id)
    annotation = project.read.annotation(claim)
    assert annotation is not None
    assert annotation.claim.mode is Mode.VOICE
    baker = add_source(project, "the baker")
    edit_attribution(project, project.read.attributions([claim])[0].id, source_id=baker)
    annotation = project.read.annotation(claim)
    assert annotation is not None
    assert annotation.claim.mode is Mode.PARAPHRASE


def test_a_claim_set_to_own_voice_by_hand_is_attributed_to_the_outlet(project: Project) -> None:
    article = take_in(project, outlet="Valley Courier")
    words = "At least 900 people left their homes on Monday"
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, words)])
    assert project.read.attributions([claim]) == []
    edit_record(project, claim, mode=Mode.VOICE)
    (said,) = project.read.attributions([claim])
    outlet = project.read.source(said.source_id)
    assert outlet is not None
    assert outlet.name == "Valley Courier"
    undo(project)
    assert project.read.attributions([claim]) == []


def test_own_voice_by_hand_leaves_who_says_so_already(project: Project) -> None:
    article = take_in(project, outlet="Valley Courier")
    words = "At least 900 people left their homes on Monday"
    claim = mark(project, article.id, Kind.CLAIM, [span_of(project, article, words)])
    made = attribute(project, claim, add_source(project, "civil defence"))
    edit_record(project, claim, mode=Mode.VOICE)
    assert [said.id for said in project.read.attributions([claim])] == [made]
