"""The rules, all together: what an analyst would mark in a text, with the records filled in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotate.attribution import claim_type
from annotate.mentions import read_mention
from annotate.model import Span
from annotate.offsets import snap_to_graphemes
from annotate.sentences import sentences
from annotate.source_words import ROLE_NOUNS, SPEAKING_PRONOUNS, TITLES
from annotate.speech_words import OF_ENGLISH
from annotate.suggest.claims import Said
from annotate.suggest.figures import propose_figures
from annotate.suggest.proposal import Proposal
from annotate.suggest.reading import Named, Read, read_text
from annotate.suggest.registering import Registered, registered
from annotate.vocabulary import Kind, MentionRole, Mode, Naming, PartRole, Stance

ENGINE = "rules"
VERSION = "5"
"""Raised whenever the same text gives other proposals than before."""

_SILENT = (PartRole.CREDIT, PartRole.BOILERPLATE)
"""Parts without claims and figures."""
_CONFIDENCE = {MentionRole.CHANNEL: 0.95, MentionRole.CREDIT: 0.85}
_SPEAKER_CONFIDENCE = {Naming.NAMED: 0.93, Naming.ANONYMOUS: 0.93, Naming.ROLE: 0.87, Naming.COLLECTIVE: 0.82}
"""How often a person wants such a source, as counted in the articles of tests/suggest."""
_OWN_VOICE = 0.5
_WITHOUT_FIGURE = 0.3
_IN_REGISTER = 0.6
_LONGEST_WORD = 40
_BESIDE_NAMES = TITLES | ROLE_NOUNS | OF_ENGLISH
"""Words that may have a capital letter before a name and are no part of it."""
_CAPITAL_BEFORE = re.compile(r"(?<![\w’'-])([A-ZÀ-ÖØ-Þ][\w’'.-]*)[ \u00a0]$")
_CAPITAL_BEHIND = re.compile(r"[ \u00a0][A-ZÀ-ÖØ-Þ][\w’'-]+")
_UNREAD_LETTER = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")


def propose(text: str, *, known_names: Sequence[str] = (), every_sentence: bool = False) -> list[Proposal]:
    """Everything that the rules propose for a text, in the order of the words; linear in its length.

    With `every_sentence`, sentences that the outlet says itself are proposed without a figure too.
    `known_names` are names and aliases of the register of sources; they are found wherever they stand. Never raises,
    whatever the text.
    """
    read = read_text(text)
    figures = [figure for figure in propose_figures(text) if not _is_silent(read, figure.spans[0].start)]
    sources = registered(text, read.named, known_names)
    made = [*figures, *(_source(text, one) for one in sources), *_claims(text, read.claims, sources)]
    made += _own_voice(text, read, figures, every=every_sentence)
    made += _known(text, known_names, made)
    return sorted(made, key=lambda one: (one.spans[0].start, -one.spans[-1].end, one.kind.value))


def _is_silent(read: Read, place: int) -> bool:
    at = bisect_right(read.paragraphs, place, key=lambda paragraph: paragraph.start) - 1
    return at >= 0 and read.paragraphs[at].role in _SILENT


def _source(text: str, one: Registered) -> Proposal:
    reading = one.reading
    record = {
        "name": reading.name,
        "naming": reading.naming.value,
        "role": one.named.role.value,
        "type": reading.type.value,
        "affiliation": reading.affiliation,
    }
    span = Span(*snap_to_graphemes(text, one.named.start, one.named.end))
    if one.named.role is MentionRole.SPEAKER:
        rule = f"{one.named.role.label}, {reading.naming.label.lower()}"
        return Proposal(Kind.SOURCE, (span,), record, rule, _SPEAKER_CONFIDENCE[reading.naming])
    return Proposal(Kind.SOURCE, (span,), record, one.named.role.label, _CONFIDENCE.get(one.named.role, 0.8))


def _known(text: str, names: Sequence[str], made: Sequence[Proposal]) -> Iterator[Proposal]:
    """Further places where names stand that the register has, and what is said there is not read."""
    wanted = sorted({name for name in names if len(name) > 1 and name[0].isupper()}, key=len, reverse=True)
    if not wanted:
        return
    taken = sorted((one.spans[0].start, one.spans[0].end) for one in made if one.kind is Kind.SOURCE)
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", text):
        start, end = snap_to_graphemes(text, *found.span())
        if not _overlaps(taken, start, end) and not _is_part_of_a_name(text, start, end):
            mention = Named(start, end, read_mention(text, Span(start, end)).role)
            [one] = registered(text, [mention], names)
            yield replace(_source(text, one), rule="in the register", confidence=_IN_REGISTER)


def _is_part_of_a_name(text: str, start: int, end: int) -> bool:
    """Whether one word is the end or the beginning of a longer name: "Authority" in "the Velmar Port Authority"."""
    if " " in text[start:end]:
        return False
    before = _CAPITAL_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    is_name = before is not None and before[1].lower().rstrip(".") not in _BESIDE_NAMES
    return is_name or _CAPITAL_BEHIND.match(text, end) is not None


# ---------------------------------------------------------------- claims


def _claims(text: str, claims: Sequence[Said], sources: Sequence[Registered]) -> Iterator[Proposal]:
    names = {(one.named.start, one.named.end): one for one in sources}
    starts = [one.named.start for one in sources]
    for said in claims:
        spans = tuple(Span(*snap_to_graphemes(text, *bounds)) for bounds in said.spans)
        words = " ".join(text[span.start : span.end] for span in spans)
        kind = claim_type(words)
        record = {
            "mode": said.mode.value,
            "type": None if kind is None else kind.value,
            "verb": said.verb,
            "stance": said.stance.value,
            "speakers": [_bounds(text, bounds, names) for bounds in said.speakers],
            "source": _name(text, said.speakers[0], names, sources, starts),
            "via": None if said.via is None else _bounds(text, said.via, names),
        }
        yield Proposal(Kind.CLAIM, spans, record, said.rule, said.confidence)


def _bounds(text: str, words: tuple[int, int], names: Mapping[tuple[int, int], Registered]) -> list[int]:
    """Where a proposed source stands, as it is proposed: with the mark that is set on its last letter."""
    return list(snap_to_graphemes(text, *words) if words in names else words)


def _name(
    text: str,
    speaker: tuple[int, int],
    names: dict[tuple[int, int], Registered],
    sources: Sequence[Registered],
    starts: Sequence[int],
) -> str:
    """The name of a speaker; of a pronoun that of the last speaker before it that it can stand for, or none."""
    if speaker in names:
        return names[speaker].reading.name
    pronoun = text[slice(*speaker)].lower()
    if pronoun not in SPEAKING_PRONOUNS:
        return text[slice(*speaker)]
    for one in reversed(sources[: bisect_right(starts, speaker[0])]):
        if one.named.role is MentionRole.SPEAKER and _can_mean(pronoun, one):
            return one.reading.name
    return ""


def _can_mean(pronoun: str, one: Registered) -> bool:
    if pronoun in ("he", "she"):
        return one.reading.is_person
    if pronoun in ("they", "we"):
        return not one.reading.is_person
    return not one.reading.is_person and one.reading.naming is not Naming.COLLECTIVE


def _own_voice(text: str, read: Read, figures: Sequence[Proposal], *, every: bool) -> Iterator[Proposal]:
    """Sentences with a figure, or all, that nobody is named for: the outlet says so itself.

    None in scripts whose words for saying are not known, since there nobody would ever be named.
    """
    claimed = sorted((start, end) for said in read.claims for start, end in said.spans)
    places = [figure.spans[0].start for figure in figures]
    for paragraph in read.paragraphs:
        counts = _any_between(places, paragraph.start, paragraph.end)
        if paragraph.role is not PartRole.BODY or not (counts or every):
            continue
        for start, end in sentences(text, paragraph.start, paragraph.end):
            counts = _any_between(places, start, end)
            if not (counts or every) or _overlaps(claimed, start, end):
                continue
            if len(_UNREAD_LETTER.findall(text, start, end)) > (end - start) // 3:
                continue
            span = Span(*snap_to_graphemes(text, start, end))
            record: dict[str, Any] = {"mode": Mode.VOICE.value, "stance": Stance.ASSERTS.value, "speakers": []}
            record["type"] = "quantity" if counts else None
            rule, confidence = ("own voice with a figure", _OWN_VOICE) if counts else ("own voice", _WITHOUT_FIGURE)
            yield Proposal(Kind.CLAIM, (span,), record, rule, confidence)


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_right(places, start - 1)
    return at < len(places) and places[at] < end


def _overlaps(bounds: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether any of some stretches, sorted and apart from each other, shares words with another."""
    at = bisect_right(bounds, (start, end))
    return any(first < end and last > start for first, last in bounds[max(0, at - 2) : at + 1])
