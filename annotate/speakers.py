"""Finds who speaks in one sentence: "X said", "said X", "according to X", "X, a Y, told Z".

Why it exists: these are the shapes in which English names a speaker, and claims, pronouns and suggestions all ask
for them. Quotations and the claim come in blanked out, so that nothing said is taken for a speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotate.amount_words import PAST_VERBS
from annotate.source_words import (
    AUDIENCES,
    COLLECTIVES,
    ORGANISATION_NOUNS,
    OUTLET_WORDS,
    ROLE_NOUNS,
    SPEAKING_PRONOUNS,
)
from annotate.speaker_phrases import (
    BE,
    BLANK,
    DETERMINERS,
    FINITE,
    NEAR,
    REACH,
    WORD,
    first_subject,
    noun_behind,
    several_speakers,
    speaker_in,
    subject_before,
    with_name,
    without_adverbials,
    without_lead,
)
from annotate.speech_words import (
    AUXILIARIES,
    BESIDE_QUOTES,
    CLAUSE_ONLY,
    CONVINCED,
    DECLINING,
    GOING_ON,
    JOINING,
    NOUNS_TOO,
    OTHERWISE_TOO,
    PARTICIPLES_TOO,
    RAISING,
    REPORTS_NOTHING_BEFORE,
    SAY_VERBS,
    SUBJECT_ENDS,
    WITH_QUOTES,
    is_adverb,
)
from annotate.vocabulary import Stance

_CUE = re.compile(rf"(?P<according>\b[Aa]ccording to\b)|\b(?P<declining>{DECLINING})\b|\b(?P<verb>[a-z]+)\b")
_CHANNEL = re.compile(r"\b(?:interview with|speaking to|statement to|quoted by|cited by|carried by|reported by|via)\s+")
_PREPOSITION = re.compile(r"\s(?:to|in|by|at|on|as|from|for|among|of)\s")
_WHEN = re.compile(
    r"\s(?:(?:late |early )?on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|in an? (?:\w+ )?statement|on (?:Twitter|X|Facebook))"
)
_CLAUSE = re.compile(
    r"\s(?!(?:was|were|is|are|had|has|have|will|would|could|can|may)\s)(?:[\w'’-]+\s){1,7}"
    r"(?:was|were|is|are|had|has|have|will|would|could|can|may|might|did)\s"
)
_GERUND = re.compile(r"\b(?:of|by|for|without|from|about|into|in|after|before|than)\s$")
"""Before "saying" and the like; what somebody does so is told in passing ("tired of telling us")."""
_USED_TO = re.compile(
    r"\b(?:(?:used|went on|goes on|likes?|liked|continued|continues|(?:was|were) quick|loves?|loved)\s+to"
    r"|(?:was|is|were|are|been)\s(?:also\s)?(?:quoted|cited|reported|heard)\s(?:by\s[\w ]{2,30}?\s)?as)\s$"
)
"""Between a subject and its verb of saying."""
_PRONOUN_BEFORE = re.compile(r"(?i)\b(?:he|she|they|it)\s$")
_IT = re.compile(r"(?i)\b(?:they|it)\s$")
"""Before "show": pictures show much, and claim nothing."""
_QUOTE_FOLLOWS = re.compile(rf"\s?[,:.]?\s{{0,2}}{BLANK}")
_AMOUNT = rf"(?:[a-z]+\s){{0,4}}(?:\d|[$€£{BLANK}]|one|two|three|four|five|six|seven|eight|nine|ten|half|a\s)"
_PUT_AT = re.compile(rf"\s(?:[\w'’-]+\s){{1,12}}at\s{_AMOUNT}")
_RAISED_TO = re.compile(
    r"\s(?:[\w'’-]+\s){0,5}(?:tolls?|numbers?|counts?|tally|estimates?|forecasts?|figures?|projections?|targets?)\s"
    rf"(?:[\w'’$€£.,%-]+\s){{0,8}}to\s{_AMOUNT}"
)
_PUTTING = dict.fromkeys(("put", "puts"), _PUT_AT) | dict.fromkeys(RAISING, _RAISED_TO)
"""Verbs that claim an amount, and what follows them: "put the toll at 71", "raised its forecast to 3 percent"."""
_SUM = re.compile(r"\s(?:(?:up to|about|some|another|more than|around|nearly|almost)\s)?[$€£]?\d")
_NAMED_BEFORE = re.compile(r",\s(?:the\s)?(?:[\w'’.-]+\s){0,5}[A-Z][\w'’-]+\s$")
""" "…, the Red Crescent estimates, and …"."""
_THEY_BEFORE = re.compile(r",\s(?:the|its|his|her|their)\s(?:[a-z]+\s)?[a-z]+s\s$")
""" "…, the researchers report, …"."""
_SO_CALLED = re.compile(r"\bwhat\s(?:[\w'’.-]+\s){1,8}$")
""" "in what residents called the deadliest attack in years"."""
_THAT = re.compile(r"(?:\s(?:on|in|at|late|early|to)\s[\w ]{2,24}?)?\sthat\s")
_TELLS = re.compile(r"\s(?:how|[a-z]{3,}ing)\s")
"""Behind "described": "how the roof came down", "hearing three explosions"."""
_CLAIMS_TO = frozenset({"claimed", "claims", "admitted", "admits", "denied", "denies"})
_FINITE_SOON = re.compile(
    r"\s(?:the|an?|his|her|its|their|no|nobody|everyone|everything|nothing|something|anything|someone|anyone|all|both"
    r"|such|there|most|some|many|one|he|she|it|they|this|these|those|\d\S*|[A-Z]\S*)\s(?:[^\s,;:.]+\s){0,6}?"
    r"(?:had|has|have|was|were|is|are|would|could|will|may|might|must|should|can|did|does)\b"
)
"""A clause with a verb of its own, right behind a verb of saying."""
_SEVERAL_OF = re.compile(r"\b\w+s\s(?:of|in|at|from|near|around|on)\s(?:the\s)?(?:[\w’'-]+\s){1,3}$")
_DOCUMENTS = re.compile(
    r"(?i)\b(?:figures|data|statistics|records|documents|reports?|stud(?:y|ies)|surveys?|polls?|tests?|images|videos?|footage"
    r"|analys[ie]s|audits?|review|inquiry|inspection|investigation|research)\b"
)
_OF_DOCUMENTS = frozenset({"show", "shows", "showed", "found", "finds", "find"})
_SAID_BEFORE = re.compile(rf"[,{BLANK}]")
"""What a sentence says before it ends with "the report states"; "a fund for the Alpine states" says nothing so."""
_COUNTS = re.compile(r"\s(?:[a-z]+|\d+)(?:\s(?:other|further|separate))?\s(?:counts?|charges?|offences)\b")
_JOINS = re.compile(r"\b(?:and|but)\s(?:[a-z]+ly\s|also\s|then\s|later\s|again\s)?$")
_AS_SAYING = re.compile(r"\s(?P<who>[\w’'. -]{2,60}?)\sas\ssaying\b")
_ALONE = 4
"""Words of a sentence that only says who speaks: "Vitter demanded." """
_QUOTED_WITHIN = 70
"""Code points between a verb such as "called" and the quotation that makes it one of saying."""
_PLURAL_VERBS = frozenset(
    {"show", "fear", "hope", "suspect", "claim", "find", "estimate", "note", "expect", "doubt", "question", "report"}
)
_FORECASTS = re.compile("forecasts|expects|predicts|estimates|projects|reports|claims|hopes|fears")
_FORECAST = re.compile(r"\s(?:a|an|the|its|their|his|her|this|it|they|up|more|at|between|about|some|around|\d\S*)\s")
_AFTER_CHANNEL = SPEAKING_PRONOUNS | frozenset({"there", "his", "her", "their", "its", "our", "my", "this", "these"})
_IN_CHANNELS = OUTLET_WORDS | frozenset({"the", "of", "and", "&", "for", "al", "state", "local", "national", "a"})
_HAVE = frozenset({"has", "have", "had"})
_NOT = frozenset({"not", "never", "nor"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb with its speakers; offsets in code points of the text."""

    start: int
    end: int
    """The whole of it: from the first of speaker and verb to the last of speaker, verb and channel."""
    verb: str
    stance: Stance
    speakers: tuple[tuple[int, int], ...]
    via: tuple[int, int] | None = None


def cues_in(frame: str, offset: int) -> list[Cue]:
    """All cues of a sentence, in order; `frame` has quotations and claim blanked out and begins at `offset`."""
    cues: list[Cue] = []
    for found in _CUE.finditer(frame):
        if found["verb"] in GOING_ON and _GERUND.search(frame, max(0, found.start() - 10), found.start()):
            continue
        joined = cues and found["verb"] in SAY_VERBS and _joins(frame, found.start(), found.end())
        if joined or (cues and found["verb"] in GOING_ON and _goes_on(frame, found.start(), found.end())):
            stance = SAY_VERBS[found["verb"]]
            cues.append(replace(cues[-1], end=found.end() + offset, verb=found["verb"], stance=stance, via=None))
            continue
        cue = _cue_at(frame, found)
        if cue is not None:
            speakers = tuple((start + offset, end + offset) for start, end in cue.speakers)
            via = None if cue.via is None else (cue.via[0] + offset, cue.via[1] + offset)
            cues.append(Cue(cue.start + offset, cue.end + offset, cue.verb, cue.stance, speakers, via))
    return cues


def _joins(frame: str, start: int, end: int) -> bool:
    """Whether a further verb has the speaker of the one before: "X said …, but insisted that …"."""
    goes_on = frame.startswith(" that ", end) or _FINITE_SOON.match(frame, end) is not None
    goes_on = goes_on or (frame[start:end] in JOINING and _CLAUSE.match(frame, end) is not None)
    return goes_on and _JOINS.search(frame, max(0, start - NEAR), start) is not None


def _goes_on(frame: str, start: int, end: int) -> bool:
    """Whether a participle reports further: behind a comma or a quotation, or with "that"; "a warning" does not."""
    before = frame[max(0, start - NEAR) : start].rstrip()
    return before.endswith((",", BLANK, "–", "—", " and", " but")) or frame.startswith(" that ", end)


def _cue_at(frame: str, found: re.Match[str]) -> Cue | None:
    start, end = found.span()
    if found["according"]:
        ends = _AFTER_CHANNEL | {"which", "who", "but", "that"}
        speaker = noun_behind(frame, end, ends) or noun_behind(
            frame, end, ends | {"filed", "published", "released", "by"}
        )
        speaker = None if speaker is None else with_name(frame, speaker)
        return _cue(frame, start, end, "according to", Stance.ASSERTS, speaker)
    if found["declining"]:
        subject = subject_before(frame, start)
        verb = found.group().split()[0] if found.group().split()[0][-1] == "d" else found.group()
        return _cue(frame, start, end, verb, Stance.DECLINES, subject)
    verb = found["verb"]
    stance = SAY_VERBS.get(verb)
    if verb in ("quoted", "quotes", "cited") and (quoted := _as_saying(frame, start, end)) is not None:
        return quoted
    if verb in GOING_ON and stance is not None:
        return _going_on(frame, start, end, verb, stance)
    if stance is None or _reports_nothing(frame, start, end, verb):
        return None
    pointed_out = verb.startswith("point") and frame.startswith(" out", end)
    end += len(" out") if pointed_out else 0
    if verb in _PUTTING:
        return _put(frame, start, end, verb)
    if verb in BESIDE_QUOTES and (beside := _beside_quotation(frame, start, end, verb, stance)) is not None:
        return beside
    if verb in BESIDE_QUOTES and verb not in OTHERWISE_TOO and _THAT.match(frame, end) is None:
        return None
    if (used := _USED_TO.search(frame, max(0, start - 2 * NEAR), start)) is not None:
        return _cue(frame, start, end, verb, stance, subject_before(frame, used.start()))
    if (
        verb in WITH_QUOTES
        and _TELLS.match(frame, end) is None
        and (BLANK not in frame[end : end + _QUOTED_WITHIN] or frame[end : end + 4] == " on ")
        and not is_so_called(frame, start)
    ):
        return None
    helpers = _helpers(frame, start)
    if verb in NOUNS_TOO and not (pointed_out or helpers & _HAVE or _governs(frame, start, end)):
        return None
    shown = verb in _OF_DOCUMENTS and not frame.startswith(" that ", end)
    if helpers & _NOT or (shown and _IT.search(frame, max(0, start - 8), start)):
        return None
    if verb in CONVINCED:
        is_so = helpers & BE and frame.startswith(" that ", end)
        return _cue(frame, start, end, verb, stance, subject_before(frame, start)) if is_so else None
    if helpers & BE and not verb.endswith("ing"):
        by = re.match(r"\s+by\s+", frame[end : end + 8])
        return _cue(frame, start, end, verb, stance, noun_behind(frame, end + by.end(), SUBJECT_ENDS)) if by else None
    if verb in _CLAIMS_TO and frame.startswith((" to be ", " to have "), end):
        return _cue(frame, start, end, verb, stance, subject_before(frame, start))
    if (
        verb in PARTICIPLES_TOO
        and _is_participle(frame, end)
        and not _PRONOUN_BEFORE.search(frame, max(0, start - 8), start)
    ):
        return None
    if _stands_behind_speech(frame, start) and verb not in ("told", "tells", "telling"):
        speaker = noun_behind(frame, end, SUBJECT_ENDS)
        if speaker is not None:
            speaker = with_name(frame, speaker)
        if speaker is not None and (
            frame[max(0, start - NEAR) : start].rstrip(", ")[-1:] in ("", BLANK) or _is_proper(frame, speaker, end)
        ):
            return _cue(frame, start, end, verb, stance, speaker)
    return _cue(frame, start, end, verb, stance, subject_before(frame, start))


def _reports_nothing(frame: str, start: int, end: int, verb: str) -> bool:
    """Whether what stands beside a verb of saying gives it another sense: "ruled out", "denied nine counts"."""
    if _GERUND.search(frame, max(0, start - 10), start) is not None:
        return True
    if verb in ("denied", "denies") and _COUNTS.match(frame, end) is not None:
        return True
    behind = (end + len(words) for words in REPORTS_NOTHING_BEFORE.get(verb, ()) if frame.startswith(words, end))
    return any(not frame[place : place + 1].isalnum() for place in behind)


def _going_on(frame: str, start: int, end: int, verb: str, stance: Stance) -> Cue | None:
    """ "Roux ruled out any change, telling deputies that …", where nothing was said before: the sentence's subject."""
    if verb == "adding" and _SUM.match(frame, end):  # "Copper bucked the trend, adding 0.7%"
        return None
    if not frame[max(0, start - NEAR) : start].rstrip().endswith(","):
        return (
            _cue(frame, start, end, verb, stance, subject_before(frame, start))
            if verb in ("saying", "telling")
            else None
        )
    first, last = without_adverbials(frame, *without_lead(frame, max(0, start - REACH), start))
    found = first_subject(list(WORD.finditer(frame, first, last)))
    if not found or BLANK in frame[first : found[-1].end()]:
        return None
    while found and (found[-1].group() in AUXILIARIES or is_adverb(found[-1].group())):
        found = found[:-1]
    subject = speaker_in(frame, found[0].start(), found[-1].end()) if found else None
    return None if subject is None else Cue(start, end, verb, stance, (subject,), _channel(frame, end, verb))


def _beside_quotation(frame: str, start: int, end: int, verb: str, stance: Stance) -> Cue | None:
    """A verb such as "murmured" with its subject, where a quotation stands right before or behind both."""
    cues = [_cue(frame, start, end, verb, stance, subject_before(frame, start))]
    if _stands_behind_speech(frame, start):
        speaker = noun_behind(frame, end, SUBJECT_ENDS)
        cues.insert(0, _cue(frame, start, end, verb, stance, speaker and with_name(frame, speaker)))
    for cue in cues:
        if cue is None:
            continue
        before = frame[max(0, cue.start - NEAR) : cue.start].rstrip(" ,")
        if before.endswith(BLANK) or _QUOTE_FOLLOWS.match(frame, cue.end):
            return cue
    return None


def is_so_called(text: str, verb: int) -> bool:
    """Whether a verb such as "called" gives somebody's word for what was told before: "in what he called …"."""
    return _SO_CALLED.search(text, max(0, verb - NEAR - NEAR), verb) is not None


def _as_saying(frame: str, start: int, end: int) -> Cue | None:
    """ "State media quoted him as saying": he speaks, through them."""
    found = _AS_SAYING.match(frame, end)
    if found is None:
        return None
    speaker = speaker_in(frame, *found.span("who")) if found["who"] not in ("him", "her", "them") else found.span("who")
    via = subject_before(frame, start)
    if speaker is None:
        return None
    return Cue(min(via[0] if via else start, start), found.end(), "saying", Stance.ASSERTS, (speaker,), via)


def _put(frame: str, start: int, end: int, verb: str) -> Cue | None:
    """ "as X puts it", beside a quotation; "a study put the cost at some 38 million"; "raised the toll to 71"."""
    if re.match(r" it\b", frame[end : end + 4]):
        cue = _cue(frame, start, end + 3, verb, Stance.ASSERTS, subject_before(frame, start))
        return cue if cue is not None and BLANK in frame else None
    if _PUTTING[verb].match(frame, end) is None:
        return None
    return _cue(frame, start, end, verb, Stance.ASSERTS, subject_before(frame, start))


def _cue(frame: str, start: int, end: int, verb: str, stance: Stance, subject: tuple[int, int] | None) -> Cue | None:
    if subject is None:
        return None
    via = _channel(frame, end, verb)
    last = max(end, subject[1], via[1] if via else 0)
    return Cue(min(start, subject[0]), last, verb, stance, several_speakers(frame, *subject), via)


def _governs(frame: str, start: int, end: int) -> bool:
    """Whether a form that may be a noun is a verb here: a claim, "that" or the end stands beside it."""
    following = frame[end : end + 8].lstrip(" ,:")
    return (
        (following[:1] in ("", ".") and _SAID_BEFORE.search(frame, max(0, start - REACH), start) is not None)
        or (following in ("", ".") and len(frame.split()) <= _ALONE)
        or following[:1] == BLANK
        or _THAT.match(frame, end) is not None
        or (_stands_behind_speech(frame, start))
        or _is_said_by_several(frame, start, end)
        or frame[start:end] in WITH_QUOTES
        or frame.startswith((" how ", " to know "), end)
        or _is_forecast(frame, start, end)
        or (
            frame[end : end + 2] == ", "
            and frame[start:end] in _PLURAL_VERBS
            and _THEY_BEFORE.search(frame, max(0, start - NEAR), start) is not None
        )
        or (frame[end : end + 2] == ", " and _NAMED_BEFORE.search(frame, max(0, start - 2 * NEAR), start) is not None)
        or (frame[start:end] in _OF_DOCUMENTS and _DOCUMENTS.search(frame, max(0, start - 100), start) is not None)
        or (frame[start:end] in CLAUSE_ONLY and _FINITE_SOON.match(frame, end) is not None)
    )


def _is_forecast(frame: str, start: int, end: int) -> bool:
    """ "MétéoLac forecasts a further 30 millimetres": behind a name, before what is expected."""
    if not (_FORECASTS.fullmatch(frame, start, end) and _FORECAST.match(frame, end)):
        return False
    return frame[max(0, start - NEAR) : start].split()[-1:][0][:1].isupper() if start else False


def _is_said_by_several(frame: str, start: int, end: int) -> bool:
    """ "Residents fear it could burst": behind a plural, before a clause."""
    if frame[start:end] not in _PLURAL_VERBS:
        return False
    before = frame[max(0, start - NEAR) : start].split()
    last = before[-1].lower() if before else ""
    plural = (last.endswith("s") and not last.endswith("ss")) or last in COLLECTIVES
    plural = plural or _SEVERAL_OF.search(frame, max(0, start - 80), start) is not None
    return plural and _CLAUSE.match(frame, end, end + 80) is not None


def _is_participle(frame: str, end: int) -> bool:
    """Whether a preposition follows, and no claim soon after it ("confirmed on Monday that")."""
    following = frame[end : end + 40]
    if _WHEN.match(following):
        return False
    return bool(_PREPOSITION.match(following)) and BLANK not in following and " that " not in following


def _stands_behind_speech(frame: str, start: int) -> bool:
    """Whether what was said ends right before a verb, so that its subject may follow it."""
    before = frame[max(0, start - NEAR) : start].rstrip()
    return before.endswith((BLANK, ",")) or (before.endswith(".") and before.rstrip(".").endswith(BLANK))


def _is_proper(frame: str, speaker: tuple[int, int], verb_end: int) -> bool:
    """Behind a mere comma only a name that the clause ends with is a speaker ("…, said Jane Roe.")."""
    tail = frame[speaker[1] : speaker[1] + NEAR].lstrip()
    words = frame[slice(*speaker)].split()
    if any(word in FINITE or word in PAST_VERBS for word in words):
        return False
    named = words[0][0].isupper()
    if not named:  # "…, said the utility, Norrkraft.", "…, said a senior official who …"
        known = words[-1] in ROLE_NOUNS or words[-1] in COLLECTIVES or words[-1] in ORGANISATION_NOUNS
        named = words[0] in DETERMINERS and (
            known
            or (any(word[0].isupper() for word in words) and (tail[:1] in ("", ".") or ", " in frame[slice(*speaker)]))
        )
        if named and known and tail.startswith(("who ", "whose ")):
            return speaker[0] - verb_end < 3
    return named and tail[:1] in ("", ".", ",") and speaker[0] - verb_end < 3


def _helpers(frame: str, start: int) -> set[str]:
    """The auxiliaries and adverbs right before a verb."""
    found = set()
    for word in reversed(frame[max(0, start - 60) : start].split()):
        if word.lower() not in AUXILIARIES and not is_adverb(word):
            break
        found.add(word.lower())
    return found


def _channel(frame: str, end: int, verb: str) -> tuple[int, int] | None:
    """The outlet that something was told to or that carried it."""
    start = end
    if verb not in ("told", "tells", "telling"):
        found = _CHANNEL.search(frame, end, min(len(frame), end + 80))
        if found is None:
            return None
        start = found.end()
    channel = noun_behind(frame, start, SUBJECT_ENDS | _AFTER_CHANNEL)
    if channel is None:
        return None
    channel = _without_claim(frame, *channel)
    if frame[slice(*channel)].rpartition(" ")[2].lower() in AUDIENCES:
        return None
    words = re.split(r"[\s’']+", frame[slice(*channel)].lower())
    if any(word in OUTLET_WORDS for word in words):
        return channel
    name = frame[slice(*channel)].split()
    proper = all(word[0].isupper() or word.startswith("al-") or word == "the" or word.isdigit() for word in name)
    return channel if proper and not AUDIENCES.intersection(words) else None


def _without_claim(frame: str, start: int, end: int) -> tuple[int, int]:
    """A channel without the claim that follows it without "that": "told Reuters Iran would respond"."""
    found = list(WORD.finditer(frame, start, end))
    if all(word.group()[0].isupper() or word.group().lower() in _IN_CHANNELS for word in found):
        return start, end
    for rank, word in enumerate(found[1:], start=1):
        known = found[rank - 1].group().lower() in OUTLET_WORDS
        owns = word.group().endswith(("'s", "’s"))  # "Radio Pennine's breakfast programme"
        if known and not owns and word.group().lower() not in (_IN_CHANNELS | AUDIENCES) - {"the", "a"}:
            return start, found[rank - 1].end()
    return start, end
