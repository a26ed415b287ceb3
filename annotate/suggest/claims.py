"""Proposes claims that somebody makes: direct quotations, reported speech, "according to"; and who makes them.

One paragraph after the other, one sentence after the other. In a sentence, the words that name a speaker (a cue, see
annotate.speakers) divide what is said from who says it. A quotation is a claim of its own; so is what follows "said
that" or stands before ", she said". A quotation whose sentence names nobody belongs to the speaker before it, or to
one named right behind it. All offsets are code points of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate.sentences import Quotation, quotations, sentences
from annotate.source_words import SPEAKING_PRONOUNS
from annotate.speaker_phrases import BLANK, NEAR
from annotate.speakers import Cue, cues_in
from annotate.speech_words import GOING_ON
from annotate.suggest.clauses import (
    behind_adjuncts,
    claim_before,
    claim_behind,
    claim_resumed,
    ends_with,
    follows_that,
    is_enough,
    is_speech,
    runs_on,
    trimmed,
)
from annotate.suggest.people import people_before, persons
from annotate.vocabulary import Mode, Stance

Bounds = tuple[int, int]

LONGEST_SENTENCE = 4_000
"""Code points; what is longer is no sentence, and is not looked at."""
_SOON = 30
"""Code points of a sentence before the person that it is about."""
_NEAR_SPEAKER = 200
"""Code points behind a speaker within which a quotation that names nobody is likely theirs."""
_BETWEEN = re.compile(rf"[\s,;:.!?—–{BLANK}-]*")
_SUBORDINATE = re.compile(
    r"\b(?:after|before|when|because|since|if|while|until|unless|where|once|than|though|although|whether)\s+$"
)
"""Before a speaker: what is said there is told in passing."""
_CONTRASTS = re.compile(r"(?:,\s(?:but|while|and|though|although)|\s(?:but|while))\s*$")
_NICKNAMED = re.compile(r"\b(?:himself|herself|themselves|itself|nicknamed|alias|named)\s$")
_LONGEST_NICKNAME = 30
"""Code points; "a user calling himself "kilnfire" claimed" is one speaker."""
_OPENING_CLAUSES = frozenset({"although", "though", "while", "when", "after", "as", "since", "because", "if", "before"})
_WHO = re.compile(r",\swho\s(?:[\w]+\s){0,4}$")
_JOINED = re.compile(r",?\s(?:and|but)\s(?:[a-z]+ly\s|also\s|then\s|later\s|again\s)?[a-z]+$")
_JUDGED = re.compile(
    r"\b(?:claim|allegation|charge|accusation|assertion|suggestion|account|figure|view|idea)s?\s(?:that\s|which\s)?$"
)
_COLON = re.compile(r":\s*$")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with those who make it; spans are those of the claim's words."""

    spans: tuple[Bounds, ...]
    mode: Mode
    speakers: tuple[Bounds, ...]
    verb: str
    stance: Stance
    via: Bounds | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    frame: str
    """Its words with quotations blanked out."""
    quoted: tuple[Quotation, ...]
    cues: tuple[Cue, ...]


def said_in(
    text: str, left: int, right: int, before: Cue | None = None, people: Sequence[Bounds] = ()
) -> tuple[list[Said], Cue | None, list[Cue]]:
    """The claims of a paragraph in the order of their words, its last speaker, and all that name one.

    `before` is the speaker of a quotation that goes on in this paragraph, `people` the persons that it tells of.
    """
    found: list[Said] = []
    reported: list[list[Said]] = []
    """For each sentence."""
    last = before
    read = list(_read(text, left, right))
    for rank, sentence in enumerate(read):
        speech = [one for one in sentence.quoted if is_speech(text, sentence.start, sentence.end, one)]
        reported.append([])
        cue = _main_cue(sentence)
        if cue is None:
            following = read[rank + 1] if rank + 1 < len(read) else None
            since = read[rank - 1].start if rank else left
            told = people_before(people, speech[0].start) if speech else None
            if told is not None and told[0] >= max(since, last.end if last is not None else 0):
                last = Cue(*told, "", Stance.ASSERTS, (told,))
            found += _left_over(text, left, sentence, speech, last, following)
            continue
        last = cue
        found += _quoted(text, speech, cue)
        reported[-1] += _reported(text, sentence, speech)
        found += reported[-1]
    making = {speaker for said in found for speaker in said.speakers}
    naming = (_naming(text, *each, making) for each in zip(read, reported, strict=True))
    return found, last, [cue for cues in naming for cue in cues]


def _naming(text: str, sentence: _Sentence, reported: Sequence[Said], making: set[Bounds]) -> Iterator[Cue]:
    """The cues of a sentence that name a source: not those that are part of what another one claims or leaves open.
    `making` are the speakers of all claims around."""
    claimed = [(span, said.speakers) for said in reported for span in said.spans]
    declined = False
    for cue in sentence.cues:
        inside = any(start <= cue.start and cue.end <= end for (start, end), by in claimed if cue.speakers != by)
        idle = not making.intersection(cue.speakers)
        if not (_is_in_passing(text, sentence, cue) or (idle and (inside or declined))):
            yield cue
        declined = declined or cue.stance is Stance.DECLINES


def _read(text: str, left: int, right: int) -> Iterator[_Sentence]:
    quoted = quotations(text, left, right)
    starts = [one.start for one in quoted]
    for start, end in sentences(text, left, right):
        if end - start > LONGEST_SENTENCE:
            continue
        inside = tuple(quoted[bisect_left(starts, start) : bisect_left(starts, end)])
        pieces, at = [], start
        for one in inside:
            if (
                _NICKNAMED.search(text, max(start, one.start - 12), one.start)
                and one.end - one.start < _LONGEST_NICKNAME
            ):
                continue
            stop = min(one.end, end)
            pieces += [text[at : one.start], BLANK * (stop - one.start)]
            at = stop
        frame = "".join([*pieces, text[at:end]])
        yield _Sentence(start, end, frame, inside, tuple(cues_in(frame, start)))


def _main_cue(sentence: _Sentence) -> Cue | None:
    """The speaker of the sentence: the first that stands outside what another one says."""
    return sentence.cues[0] if sentence.cues else None


# ---------------------------------------------------------------- quotations


def _quoted(text: str, speech: Sequence[Quotation], cue: Cue) -> Iterator[Said]:
    """Each quotation is a claim; one that its speaker interrupts is a single one with several spans."""
    groups: list[list[Quotation]] = []
    for one in speech:
        interrupted = groups and groups[-1][-1].end <= cue.start and cue.end <= one.start and _goes_on_small(text, one)
        if interrupted:
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        yield _direct(group, cue, "quotation with its speaker", 0.96)


def _goes_on_small(text: str, one: Quotation) -> bool:
    """Whether a quotation begins in the midst of a sentence."""
    return text[one.start + 1 : one.start + 2].islower()


def _direct(group: Sequence[Quotation], cue: Cue, rule: str, confidence: float) -> Said:
    spans = tuple((one.start, one.end) for one in group)
    return Said(spans, Mode.DIRECT, cue.speakers, cue.verb, cue.stance, cue.via, rule, confidence)


def _left_over(
    text: str,
    left: int,
    sentence: _Sentence,
    speech: Sequence[Quotation],
    last: Cue | None,
    following: _Sentence | None,
) -> Iterator[Said]:
    """Quotations of a sentence that names nobody."""
    if not speech:
        return
    outside = _BETWEEN.sub("", sentence.frame)
    goes_on = last is not None and left <= last.start and sentence.start - last.end < _NEAR_SPEAKER
    behind = _speaker_behind(following) or (None if goes_on else _person_behind(text, following))
    for one in speech:
        if behind is not None and not outside:
            yield _direct([one], behind, "quotation before its speaker", 0.85)
        elif last is not None and (not outside or _COLON.search(text[sentence.start : one.start])):
            yield _direct([one], last, "quotation that goes on", 0.95)


def _speaker_behind(following: _Sentence | None) -> Cue | None:
    """Who speaks, where the next sentence is hardly more than that: "Jane Roe said." """
    if following is None or not following.cues or following.quoted:
        return None
    cue = following.cues[0]
    rest = following.frame[: max(0, cue.start - following.start)] + following.frame[cue.end - following.start :]
    return cue if len(rest.split()) < 5 and cue.start - following.start < 3 else None


def _person_behind(text: str, following: _Sentence | None) -> Cue | None:
    """Who is told of in the next sentence: "« We knew. » Nadia Bühler, mayor of …, does not raise her voice." """
    if following is None:
        return None
    told = persons(text, following.start, min(following.end, following.start + _NEAR_SPEAKER))
    near = [one for one in told if one[0] - following.start < _SOON]
    return Cue(*near[0], "", Stance.ASSERTS, (near[0],)) if near else None


# ---------------------------------------------------------------- reported speech


def _reported(text: str, sentence: _Sentence, speech: Sequence[Quotation]) -> Iterator[Said]:
    """What the cues of a sentence report outside its whole quotations; who stands at its end says all of it."""
    taken: list[Bounds] = []
    for cue in _in_turn(text, sentence):
        verb = cue.end - len(cue.verb)
        first = verb if _goes_on(text, cue) is not None else cue.start
        inside = any(start < cue.end and first < end for start, end in taken)
        if cue.stance is Stance.DECLINES or inside or _is_judged(text, cue) or _is_in_passing(text, sentence, cue):
            continue
        spans = _spans(text, sentence, speech, sentence.cues.index(cue))
        if not is_enough(" ".join(text[slice(*span)] for span in spans)) or _overlap(spans, taken):
            continue
        taken += spans
        rule, confidence = ("according to", 0.97) if cue.verb == "according to" else ("reported speech", 0.88)
        mode = _mode_of(sentence, spans)
        yield Said(tuple(spans), mode, cue.speakers, cue.verb, cue.stance, cue.via, rule, confidence)


def _in_turn(text: str, sentence: _Sentence) -> list[Cue]:
    """The cues, one that ends the sentence first: "…, X said on Monday."; of two that do so the first."""
    cues = list(sentence.cues)
    ending = [cue for cue in cues if _ends_sentence(text, sentence, cue)]
    return [*ending[:1], *(cue for cue in cues if cue not in ending[:1])]


def _ends_sentence(text: str, sentence: _Sentence, cue: Cue) -> bool:
    before = text[sentence.start : cue.start].rstrip()
    if _is_judged(text, cue):
        return False
    if before[-1:] != "," or _goes_on(text, cue) is not None:
        return False
    if cue.verb == "according to":
        return not any(map(str.isalnum, text[cue.end : sentence.end]))
    rest = behind_adjuncts(text, cue, sentence.end).lstrip(" ,")
    return ends_with(text, cue, sentence.end) and (rest[:1] in ("", ".") or rest.startswith("according to"))


def _is_in_passing(text: str, sentence: _Sentence, cue: Cue) -> bool:
    """Whether something is said only by the way: "after it warned of lower profits", "than investors hoped"."""
    found = _SUBORDINATE.search(text, max(sentence.start, cue.start - 20), cue.start)
    if found is None:
        return False
    if (
        cue.verb in ("told", "said")
        and cue.stance is Stance.ASSERTS
        and found.group().strip() in ("after", "when", "before")
    ):
        return False
    if found.group().strip() in ("although", "though", "while"):
        return False
    return found.group().strip() in ("than", "whether") or text[slice(*cue.speakers[0])].lower() in SPEAKING_PRONOUNS


def _is_judged(text: str, cue: Cue) -> bool:
    """ "…, a claim the rebels rejected": what they say of it is no claim of its own."""
    return _JUDGED.search(text, max(0, cue.start - 24), cue.start) is not None


def _overlap(spans: Sequence[Bounds], taken: Sequence[Bounds]) -> bool:
    return any(start < last and first < end for start, end in spans for first, last in taken)


def _spans(text: str, sentence: _Sentence, speech: Sequence[Quotation], rank: int) -> list[Bounds]:
    cue = sentence.cues[rank]
    later = (stop for other in sentence.cues[rank + 1 :] if (stop := _goes_on(text, other)) is not None)
    quoted = [one.start for one in speech if one.start >= cue.end]
    until = min([next(later, sentence.end), *quoted])
    since = max([sentence.start, *(one.end for one in speech if one.end <= cue.start)])
    leads_up = bool(quoted) and until == quoted[0]
    before_comma = text[since : cue.start].rstrip()[-1:] == "," and cue.verb not in GOING_ON
    if leads_up and before_comma and (before := claim_before(text, cue, since, until)):
        return before
    if cue.verb == "according to":
        return claim_before(text, cue, since, until)
    if ends_with(text, cue, until) and not leads_up:
        before = claim_before(text, cue, since, until, behind_speech=since > sentence.start)
        if (at := runs_on(text, cue, until)) is not None:
            first, last = trimmed(text, at, until)
            return [(before[0][0] if before else first, last)]
        if not before and follows_that(text, cue, until):
            return claim_behind(text, cue, until)
        return claim_resumed(text, cue, until, before)
    behind_speech = since > sentence.start and not any(map(str.isalnum, text[since : cue.start]))
    only_that = behind_speech and cue.verb not in GOING_ON
    until = _clause_end(text, sentence, cue, until)
    has_quotes = any(cue.end <= one.start < until for one in sentence.quoted)
    return claim_behind(text, cue, until, only_that=only_that, has_quotes=has_quotes)


def _clause_end(text: str, sentence: _Sentence, cue: Cue, until: int) -> int:
    """Where the clause of a speaker ends that another clause follows: "Although he said …, he would not …", "Moy, who
    said …, got the ruling"; else `until`."""
    verb = cue.end - len(cue.verb)
    lead = text[sentence.start : cue.start].strip().lower()
    if not (lead in _OPENING_CLAUSES or _WHO.search(text, max(sentence.start, verb - NEAR), verb)):
        return until
    found = sentence.frame.find(", ", cue.end - sentence.start, until - sentence.start)
    quoted = (one.end for one in sentence.quoted if cue.end <= one.start and text[one.end - 2] == ",")
    return min(next(quoted, until), until if found < 0 else sentence.start + found)


def _goes_on(text: str, cue: Cue) -> int | None:
    """Where the claim before a cue ends, if the cue is no part of it: "adding that …", ", but X said"."""
    if cue.verb in GOING_ON:
        return text.rfind(cue.verb, 0, cue.end)
    if joined := _JOINED.search(text, max(0, cue.end - len(cue.verb) - 20), cue.end):
        return joined.start()
    found = _CONTRASTS.search(text, max(0, cue.start - 12), cue.start)
    return None if found is None else found.start()


def _mode_of(sentence: _Sentence, spans: Sequence[Bounds]) -> Mode:
    inside = any(start <= one.start and one.end <= end for one in sentence.quoted for start, end in spans)
    return Mode.PARTIAL if inside else Mode.PARAPHRASE
