"""Who says a claim: mode, speaker, verb, stance and channel, read from the sentence around the marked words.

Why it exists: when the analyst marks a claim, the program offers who says so instead of asking. What is returned is
an offer: the speaker is looked for outside the marked words, in their sentence; where a quotation's sentence names
nobody, in the sentences before it in the paragraph; and "he" or "they" is led back to the speaker named before.
All offsets are code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotate.anchoring import anchored
from annotate.mentions import MentionReading, read_mention
from annotate.model import Span
from annotate.sentences import Quotation, paragraph_at, quotations, sentence_at, sentences
from annotate.source_words import SPEAKING_PRONOUNS
from annotate.speaker_phrases import BLANK, NEAR
from annotate.speakers import Cue, cues_in
from annotate.vocabulary import ClaimType, Mode, Stance

__all__ = ["ClaimReading", "MentionReading", "read_claim", "read_mention"]

SENTENCES_BACK = 6
"""How many sentences of a paragraph are searched for the speaker of a quotation or the name behind a pronoun."""


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """What the text says about who makes a claim."""

    mode: Mode
    speaker: Span | None = None
    more_speakers: tuple[Span, ...] = ()
    """Others who say the same in the same sentence ("both X and Y reported")."""
    verb: str = ""
    """As written: "told", "according to"."""
    stance: Stance = Stance.ASSERTS
    via: Span | None = None
    """The outlet it came through ("told Reuters")."""
    claim_type: ClaimType | None = None
    """None where the words do not make it sure."""


def read_claim(text: str, spans: Sequence[Span]) -> ClaimReading:
    """Who makes the claim whose words are marked by spans, in their order; linear in the paragraph.

    Spans outside the text count as none; without any the claim is the outlet's own voice.
    """
    marked = sorted((span.start, span.end) for span in spans if 0 <= span.start < span.end <= len(text))
    if not marked:
        return ClaimReading(Mode.VOICE)
    left, right = paragraph_at(text, marked[0][0], marked[-1][1])
    quoted = quotations(text, left, right)
    mode = _mode(text, marked, quoted)
    words = " ".join(text[start:end] for start, end in marked)
    reading = ClaimReading(mode or Mode.VOICE, claim_type=claim_type(words))
    cue = _cue_of(text, marked, quoted, mode)
    if cue is None:
        return reading
    speaker, *others = _named(text, cue)
    return replace(
        reading,
        mode=mode or Mode.PARAPHRASE,
        speaker=anchored(text, *speaker),
        more_speakers=tuple(anchored(text, *other) for other in others),
        verb=cue.verb,
        stance=cue.stance,
        via=None if cue.via is None else anchored(text, *cue.via),
    )


def _mode(text: str, marked: Sequence[tuple[int, int]], quoted: Sequence[Quotation]) -> Mode | None:
    """Direct or partial by how much of the marked words lies in quotation marks; None where nothing does."""
    inside = outside = False
    for start, end in marked:
        at = start
        for quotation in quoted:
            if quotation.end <= start or quotation.start >= end:
                continue
            inside = inside or any(map(str.isalnum, text[max(at, quotation.start) : min(end, quotation.end)]))
            outside = outside or any(map(str.isalnum, text[at : max(at, quotation.start)]))
            at = min(end, quotation.end)
        outside = outside or any(map(str.isalnum, text[at:end]))
    if not inside:
        return None
    return Mode.PARTIAL if outside else Mode.DIRECT


# Only what nearly always means the same: "will" promises or foretells, "caused by" names a cause.
_TYPE_SIGNS = (
    (re.compile(r"\b(?:will|won['’]t|is expected to|are expected to|is likely to)\b"), ClaimType.PREDICTION),
    (re.compile(r"\b(?:was|were|is|are|been) (?:caused by|responsible for|to blame for)\b"), ClaimType.CAUSAL),
    (re.compile(r"\b(?:must|is banned from|are banned from|is required to|are required to)\b"), ClaimType.RULE),
)


def claim_type(words: str) -> ClaimType | None:
    """The type that the words make sure, where exactly one does."""
    found = {claim_type for sign, claim_type in _TYPE_SIGNS if sign.search(words)}
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- where the speaker is looked for


def _cue_of(text: str, marked: Sequence[tuple[int, int]], quoted: Sequence[Quotation], mode: Mode | None) -> Cue | None:
    """The words that say who speaks, looked for outward from the claim."""
    left, right = sentence_at(text, marked[0][0], marked[-1][1])
    marks = [(quotation.start, quotation.end) for quotation in quoted]
    cues = cues_in(_blanked(text, left, right, [*marks, *marked]), left)
    if cues:
        return min(cues, key=lambda cue: min(_gap(cue, span) for span in marked))
    within = _cue_within(text, marked, marks)
    if within is not None or mode is not Mode.DIRECT:
        return within
    return _cue_behind(text, right, marks) or _cue_in_front(text, left)


def _gap(cue: Cue, span: tuple[int, int]) -> int:
    """How far a cue is from a marked stretch, in code points."""
    start, end = span
    return max(start - cue.end, cue.start - end, 0)


def _cue_within(text: str, marked: Sequence[tuple[int, int]], marks: Sequence[tuple[int, int]]) -> Cue | None:
    """A speaker inside the marked words who is set off from the claim itself.

    That is ", according to X," between commas, and "X said" where it interrupts a quotation.
    """
    for start, end in marked:
        frame = _blanked(text, start, end, marks)
        for cue in cues_in(frame, start):
            at = cue.start - start
            before = frame[max(0, at - NEAR) : at].rstrip()[-1:]
            at = cue.end - start
            after = frame[at : at + NEAR].lstrip()[:1]
            if (cue.verb == "according to" and before == "," and after in ",") or {before, after} <= {BLANK, ",", "."}:
                return cue
    return None


def _cue_behind(text: str, end: int, marks: Sequence[tuple[int, int]]) -> Cue | None:
    """The speaker behind a quotation that ends with ! or ?, which looks like the end of a sentence."""
    if text[end - 2 : end - 1] not in tuple("!?…—-") or not any(mark[1] == end for mark in marks):
        return None
    _, right = paragraph_at(text, end, end)
    following = sentences(text, end, right)[:1]
    for left, last in following:
        cues = cues_in(_blanked(text, left, last, marks), left)
        if cues and cues[0].start == left and len(text[cues[0].end : last].split()) < 8:
            return cues[0]
    return None


def _cue_in_front(text: str, place: int) -> Cue | None:
    """The nearest cue in the sentences before a quotation: in its paragraph, or the one that leads up to it."""
    left, _ = paragraph_at(text, place, place)
    cue = _last_cue(text, left, place)
    if cue is not None or left == 0:
        return cue
    end = len(text[:left].rstrip()) if left < 4096 else left - 4096 + len(text[left - 4096 : left].rstrip())
    before, _ = paragraph_at(text, max(0, end - 1), end)
    leads = text[end - 1 : end] == ":" or any(quotation.continues for quotation in quotations(text, before, end))
    return _last_cue(text, before, end) if leads and text[before:end].strip() else None


def _last_cue(text: str, left: int, right: int) -> Cue | None:
    """The main cue of the last sentence that has one, in a stretch that begins where a paragraph does."""
    marks = [(quotation.start, quotation.end) for quotation in quotations(text, left, right)]
    for start, end in reversed(sentences(text, left, right)[-SENTENCES_BACK:]):
        cues = cues_in(_blanked(text, start, end, marks), start)
        if cues:
            return cues[0]
    return None


def _named(text: str, cue: Cue) -> tuple[tuple[int, int], ...]:
    """The speakers of a cue; a pronoun is led back to the nearest speaker before it that it can stand for."""
    start, end = cue.speakers[0]
    pronoun = text[start:end].lower()
    if pronoun not in SPEAKING_PRONOUNS or pronoun in ("i", "we"):
        return cue.speakers
    left, _ = paragraph_at(text, start, end)
    place = sentence_at(text, start, end)[0]
    if place == left and left > 0:
        place = left - 1
        left, _ = paragraph_at(text, max(0, place - 1), place)
    before = _last_cue(text, left, place)
    for _ in range(SENTENCES_BACK):
        if before is None or text[slice(*before.speakers[0])].lower() not in SPEAKING_PRONOUNS:
            break
        before = _last_cue(text, left, sentence_at(text, *before.speakers[0])[0])
    if before is None or not _can_mean(pronoun, text[slice(*before.speakers[0])]):
        return cue.speakers
    return before.speakers


def _can_mean(pronoun: str, name: str) -> bool:
    """Whether a pronoun can stand for a name: "he" for no ministry, "they" for no single person."""
    person = read_mention(name, Span(0, len(name))).is_person
    return person if pronoun in ("he", "she") else not person


def _blanked(text: str, left: int, right: int, hidden: Sequence[tuple[int, int]]) -> str:
    """A stretch of the text with other stretches blanked out, of the same length."""
    pieces, at = [], left
    for start, end in sorted(hidden):
        start, end = max(start, at), min(end, right)
        if start < end:
            pieces += [text[at:start], BLANK * (end - start)]
            at = end
    return "".join([*pieces, text[at:right]])
