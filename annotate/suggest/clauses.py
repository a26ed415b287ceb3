"""Where what is said begins and ends in a sentence, seen from the words that name its speaker."""

from __future__ import annotations

import re

from annotate.amount_words import PAST_VERBS
from annotate.sentences import Quotation
from annotate.source_words import HEARERS, TYPE_WORDS
from annotate.speaker_phrases import NEAR
from annotate.speakers import Cue, is_so_called
from annotate.speech_words import ASKING, BIDDING, MOVES, NEEDING_THAT, OF_NOUNS, SPEAKING_AGAIN, TELLING_HOW, THINKING
from annotate.vocabulary import SourceType
from annotate.word_lists import any_of

Bounds = tuple[int, int]

_DAY = (
    r"(?:(?:late|early|last|this|next|on|earlier|later)\s+)*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|"
    r"tonight|tomorrow|(?:last|this|next|that|the same)\s+(?:week|month|year|morning|afternoon|evening|night|weekend)|"
    r"(?:a|an|one|two|three|several|\d+)\s+(?:hour|day|week|month|year)s?\s+(?:ago|later|earlier))"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
)
_PLACE = (
    r"(?:on|in|at|by|during|to|from|through|via|after|before|as|over|for|of|outside|inside|alongside)\s+"
    r"(?:(?:a|an|the|his|her|its|their|our|my|this|that|last|an?\s+emailed|state|national|local|social)\s+)*"
    r"(?:(?:[A-Z][\w'’.&-]*|(?:\d{1,2}|\d{4})(?![\d,.%]*\d|%|\s(?:million|billion|trillion|thousand|per))|(?:news|press|radio|television|TV|joint|written|brief|short|separate|recent|public"
    r"|emailed|text|voice|phone|telephone|weekly|daily|monthly|annual|new|open|video|court|online)?\s*(?:statement|briefing|interview|conference|tweet"
    r"|post|email|letter|report|filing|note|speech|hearing|court|parliament|media|message|call|address|bulletin|update"
    r"|visit|meeting|article|blog|study|paper|newspaper|broadcast|session|trial|inquest|evidence|affidavit|week|month|year"
    r"|morning|afternoon|evening|night|time|television|radio|phone|telephone|website|page|channel|service|app|documents"
    r"|papers|filings|comments|remarks|rally|ceremony|event|forum|summit|reporters|journalists|arrival))\s*)+"
)
_HEARER = rf"(?:(?:the|a|an|his|her|their|its|local|state|all)\s+)*(?i:{any_of(HEARERS)})\b"
_ADVERB = r"(?:also|however|meanwhile|again|earlier|later|further|only|then|yesterday|today|[a-z]+ly)"
_ADJUNCTS = re.compile(rf"(?:\s*,?\s+(?:{_DAY}|{_PLACE}|{_ADVERB})(?=[\s,:.]|$))*\s*,?")
_TOLD_TO = re.compile(rf"\s+{_HEARER}(?:\s+(?:at|in|on)\s+(?:a|an|the)?\s*{_HEARER}(?!\s+call))?")
_THAT = re.compile(r"\s*(?:,\s*)?that\s+")
_HOW = re.compile(r"\s*(?:[\w'’-]+\s+){0,2}?how\s+(?!to\b|many\b|much\b|long\b|old\b|often\b)")
_ABOUT = re.compile(r"\s*(?:for|about|of|over|back|twice|on|to)\s")
"""Behind these verbs: "she thinks for so long" claims nothing."""
_QUESTION = re.compile(r"\s*(?:,\s*)?(?!that\s)(?:[\w'’-]+\s+){0,3}?(?:how|whether|why|if|what|when|where|who)\s+")
_THAT_LATER = re.compile(r"^(?:[^,;:.“”\"]{0,90}?)(?<!\band)(?<!\bor)(?<!\bbut)\s(that)\s")
_IS_VERB = re.compile(
    r"also|was|were|is|are|has|have|had|will|would|can|could|may|might|did|never|later|then|[a-z]{2,}ed"
)
_BESIDES = re.compile(r"\s*(?:in|on|at|to|during|after|before|by|through|via|from|with|as|yesterday|today|[a-z]+ly)\s")
"""What may stand between a verb of saying and "that"."""
_LEAD = re.compile(
    r"(?:[A-Z][A-Z.,' /-]{2,40}(?:,\s+(?:[A-Z][\w. ]{2,20}|\d{1,2}\s[A-Z][a-z]+\.?)){0,2}"
    r"(?:\s\([\w ]{2,20}\))?\s*[—–-]+\s+)?"  # DETROIT (AP) —, HARROW, 13 March –
    r"(?:(?:But|And|However|Meanwhile|Also|So|Yet)\s*,?\s+)?"
)
_END = re.compile(r"[\s.,;:!?…—–-]+$")
_TOLD = frozenset({"told", "tells", "telling"})
_FINITE = re.compile(
    r"\s*(?:[^\s,;:.]+\s+){1,9}(?:had|has|have|was|were|is|are|would|will|could|can|may|might|did|do|to\s(?:be|have))\b"
)
"""A clause with a verb of its own: "unemployment claims had topped six million"."""
_TO_DO = re.compile(r"(?:[\w'’-]+\s){1,4}(?:not\s)?to\s[a-z]+\b")
""" "told the crowd to go home": what somebody is to do is no claim."""
_DIRECTLY_TO_DO = re.compile(r"\s+(?:not\s)?to\s[a-z]+\b")
_BELONGS = re.compile(r"(?:for|of|about|with|against|over|to|in|on|at|from)\s")
_PREPOSED = re.compile(r"\s+(?:in|for|on|at|during|to|from|through|after|before|by|via|as)\s")
_SETS_SCENE = re.compile(
    r"(?:Asked|Questioned|Pressed|Speaking|Writing|Addressing|Responding|Replying|Referring|Standing|Sitting|Quoted|Appearing"
    r"|Testifying)\b"
)
"""What stands before a speaker and claims nothing: "Asked whether he would resign, he said"."""
_RESUMED = re.compile(
    r",\s(?:(?P<link>and|but|or)\s(?:that\s)?|(?=(?:because|compared|up|down|though|although|unless|including)\s))"
)
_RUNS_ON = re.compile(
    r",\s(?!(?:and|but|or|who|whom|whose|which|as|after|before|when|while|though|although|because|citing|according|compared|up|down"
    r"|including|unless|a|an)\b"
    r"|[a-z]+ing\b|[“\"‘«])"
)
_LINKED = re.compile(r"\b(?:but|and|while|yet|although|though|because),?\s+$")
"""Before "according to", which then goes with what follows it."""
_JUDGED = re.compile(
    r",\s(?:an?|the)\s(?:claim|figure|number|toll|charge|allegation|accusation|assertion|account|statement|suggestion|view)\s"
    r"(?:that|which|he|she|they|it|the|[A-Z])"
    r"|,\swithout\s(?:giving|elaborating|providing|offering|citing|naming|specifying|saying|going|further)\b"
)
"""What the article says of a claim that it has just reported."""
_DOING_SO = re.compile(r"[a-z]{3,}ing\s")
"""Behind "described" and the like: "hearing three explosions"."""
_DOING = re.compile(r"[A-Z][a-z]{2,}ing\s")
_CLAUSE = re.compile(r"\b(?:that|had|has|have|was|were|is|are|does|did|would|will|could|can|may|might)\b")
_THEN_SPEAKS = re.compile(rf",?\s(?:and|but)\s(?:also\s|then\s|later\s)?(?:{any_of(SPEAKING_AGAIN)})\s")
"""Where the same speaker says something else: "denied any link and accused the press"."""
_FEWEST = 3
"""Words of a claim; what has fewer says nothing that could be true or false, except "37 deaths"."""
_THEN_ACTS = re.compile(
    rf"(?:(?<=[”\"’»\d]),?|,)\sand\s(?:[a-z]+ly\s|also\s)?(?:[a-z]{{2,}}ed|was|were|is|has|had|{'|'.join(sorted(PAST_VERBS))})\s"
)
"""What else somebody did: "condemned “…” and called for …", "put the toll at 71 and blamed …"."""


_BEGINS = frozenset("\"“”„«‘’'([$£€¥₹#@%~≈<>+-−")
"""Signs that a claim may begin with, besides letters and digits."""


def trimmed(text: str, start: int, end: int) -> Bounds:
    """Without white space and the signs that end a clause; what begins with a bracket keeps it."""
    while start < end and not (text[start].isalnum() or text[start] in _BEGINS):
        start += 1
    found = _END.search(text, start, end)
    if found and found.end() == end:
        kept = text[found.start() : end].strip()
        end = found.start() + (1 if kept and kept[0] in "!?" else 0)
    return start, end


def is_speech(text: str, left: int, right: int, one: Quotation) -> bool:
    """Whether a quotation stands by itself, and is no part of a sentence: `he took "solace" from it`."""
    before = text[left : one.start].rstrip()
    after = text[one.end : right].lstrip()
    inner = text[one.start + 1 : one.end - 1].strip()
    if len(inner.split()) < 2 and (before or after[:1] != ","):
        return False
    opens = not before or before[-1] in ",:;—–-(" or (inner[:1].isupper() and len(inner.split()) > 3)
    closes = inner[-1:] in ",.!?…—-" or not after or after[0] in ",.;—–"
    if not before and not closes:
        return True
    return opens and (closes or not before)


def claim_behind(text: str, cue: Cue, until: int, *, only_that: bool = False, has_quotes: bool = False) -> list[Bounds]:
    """What follows a speaker and a verb: "X said on Monday that …"; empty where hardly anything does. With `only_that`
    it must begin so: behind a quotation, "he said after the match" goes on about the match."""
    if not _speaker_first(text, cue):
        return []
    at = cue.end
    if cue.verb in _TOLD:
        told = _TOLD_TO.match(text, at, until)
        at = told.end() if told else at
    if cue.verb in BIDDING and _DIRECTLY_TO_DO.match(text, at, until):
        return []
    start = _past_adjuncts(text, at, until)
    how = _HOW.match(text, start, until) if cue.verb in TELLING_HOW else None
    if how is None and (
        (cue.verb in ASKING and _QUESTION.match(text, start, until)) or text.startswith("whether ", start)
    ):
        return []
    if cue.verb in THINKING and _ABOUT.match(text, start, until):
        return []
    that = how or _THAT.match(text, start, until)
    if that is not None:
        start = that.end()
    elif (later := _that_later(text[at : min(until, at + 120)], cue.verb)) is not None:
        start = at + later
    elif only_that or (cue.verb in NEEDING_THAT and not has_quotes and not _shows(text, cue, start, until)):
        return []
    stop = text.find(";", start, until)
    stop = until if stop < 0 else stop
    judged = _JUDGED.search(text, start, stop)
    start, end = trimmed(text, start, judged.start() if judged else stop)
    if that is None and cue.verb in BIDDING and _TO_DO.match(text, start, end):
        return []
    if (speaks := _THEN_SPEAKS.search(text, start, end)) is not None:
        end = speaks.start()
    if that is None and cue.verb in OF_NOUNS and (acts := _THEN_ACTS.search(text, start, end)) is not None:
        end = acts.start()
    return [(start, end)] if is_enough(text[start:end]) else []


def is_enough(words: str) -> bool:
    """Whether words can be a claim: three of them, or an amount of something."""
    return len(words.split()) >= (_FEWEST - 1 if words[:1].isdigit() or words.startswith("any ") else _FEWEST)


def _shows(text: str, cue: Cue, start: int, until: int) -> bool:
    """Whether a clause of its own follows, or a document speaks: "figures showed arrears at their highest"."""
    verb = cue.end - len(cue.verb)
    if (
        is_so_called(text, verb)
        or _FINITE.match(text, start, until)
        or (cue.verb in TELLING_HOW and _DOING_SO.match(text, start, until))
    ):
        return True
    words = text[slice(*cue.speakers[0])].lower().split()
    return any(TYPE_WORDS.get(word) is SourceType.DOCUMENT for word in words)


def _that_later(words: str, verb: str) -> int | None:
    """Where what follows "that" begins, some words behind the verb: "told the court on Monday that", "said in a note
    to clients that", and not "said many of them failed to see that"."""
    found = _THAT_LATER.match(words)
    if found is None or words.lstrip().startswith(",") or " so " in found.group():
        return None
    following = words[found.end() :].split(maxsplit=1)[:1]
    if following and _IS_VERB.fullmatch(following[0]):  # "during an interview that also included …"
        return None
    is_told = verb in BIDDING or _BESIDES.match(words) is not None
    says = _FINITE.match(found.group()) if verb in _TOLD else _says_something(f"it {found.group()}")
    return found.end(1) if is_told and not says else None


def claim_before(text: str, cue: Cue, since: int, until: int, *, behind_speech: bool = False) -> list[Bounds]:
    """What stands before a speaker: "…, X said."; with "according to" in its midst, all of the sentence. Behind a
    quotation, words that only belong to it are no claim."""
    colon = text.rfind(": ", since, cue.start)
    since = colon + 2 if colon >= 0 else since
    lead = _LEAD.match(text, since, cue.start)
    first = lead.end() if lead else since
    start, end = trimmed(text, first, cue.start)
    if cue.verb == "according to":
        if text.startswith(":", cue.end) and not _says_something(text[start:end]):
            return []  # "The bottom line, according to Voss: “…”"
        stop = text.find(";", cue.end, until)
        comma = text.find(", ", cue.end, until) if start >= end else -1  # "according to a complaint filed by …, X"
        behind = trimmed(text, max(cue.end, comma), until if stop < 0 else stop)
        follows = len(text[behind[0] : behind[1]].split())
        if start >= end or _LINKED.search(text, start, cue.start):
            return [behind] if follows >= _FEWEST else []
        if text[cue.end : cue.end + 1] == "," and follows > 1 and not _says_something(text[start:end]):
            return [(start, behind[1])]
        return [(start, end)]
    if start >= end or _sets_scene(text, start, end) or _is_adjunct(text, start, end):
        return []
    if behind_speech and _BELONGS.match(text, start, end) and not _says_something(text[start:end]):
        return []  # "“…” for their crimes, she said"
    return [(start, end)] if text[max(0, cue.start - 9) : cue.start].rstrip().rstrip('"”’»')[-1:] in ",–—-" else []


def runs_on(text: str, cue: Cue, until: int) -> int | None:
    """Where a sentence goes on behind a speaker in its midst, if it does: "Inventories, she said, stood at 90"."""
    if not _speaker_first(text, cue) or text[max(0, cue.start - 2) : cue.start] != ", ":
        return None
    told = _TOLD_TO.match(text, cue.end, until) if cue.verb in _TOLD else None
    end = told.end() if told else cue.end
    for at in (end, _past_place(text, end, until)):
        if _RUNS_ON.match(text, at, until) and len(text[at:until].split()) >= _FEWEST:
            return at
    return None


def _past_place(text: str, start: int, until: int) -> int:
    """Behind "earlier in the hearing", up to its comma."""
    end = _past_adjuncts(text, start, until)
    return end - 1 if text[end - 1 : end] == "," else end


def claim_resumed(text: str, cue: Cue, until: int, before: list[Bounds]) -> list[Bounds]:
    """The claim before a speaker with what goes on behind: as one, "…, she said, and the second fell among them", or as
    one of its own, "…, he insisted, but waves had made the search difficult"."""
    comma = text.find(",", cue.end, _past_adjuncts(text, cue.end, until) + 1)
    found = _RESUMED.match(text, comma, until) if comma >= 0 else None
    if found is None:
        return before
    start, end = trimmed(text, found.end(), until)
    words = text[start:end].split()
    if len(words) <= _FEWEST or (words[0] in MOVES and not words[1][0].isdigit()):
        return before
    if found["link"] in ("and", "but") and (words[0] in PAST_VERBS or words[0].endswith(("ed", "ing"))):
        return before
    is_one = bool(before) and found["link"] not in ("but", "or")
    return [(before[0][0], end)] if is_one else [*before, (start, end)]


def _sets_scene(text: str, start: int, end: int) -> bool:
    """Whether a stretch tells what somebody did while speaking: "Opening the case, she told jurors"."""
    if _SETS_SCENE.match(text, start, end):
        return True
    return _DOING.match(text, start, end) is not None and _CLAUSE.search(text, start, end) is None


def _is_adjunct(text: str, start: int, end: int) -> bool:
    """Whether a stretch only says when or where: "In a tweet on Sunday"."""
    return _PREPOSED.match(f" {text[start : min(end, start + 12)].lower()} ") is not None and not (
        _says_something(text[start:end]) or _CLAUSE.search(text, start, end)
    )


def _says_something(words: str) -> bool:
    """Whether words have a verb of their own, as far as their forms tell."""
    found = words.split()
    return any(word in PAST_VERBS or word.endswith("ed") for word in found[1:]) or _FINITE.match(words) is not None


def ends_with(text: str, cue: Cue, until: int) -> bool:
    """Whether a sentence ends with its speaker, or goes on in another way: "…, X said on Monday, citing …"."""
    at = cue.end
    if cue.verb in _TOLD:
        told = _TOLD_TO.match(text, at, until)
        at = told.end() if told else at
    rest = text[at:until]
    if rest.lstrip()[:1] in (",", ".", ";", "–", "—") or (
        rest.startswith((" who ", " whose ")) and not _speaker_first(text, cue)
    ):
        return True
    comma_before = text[max(0, cue.start - NEAR) : cue.start].rstrip(' "”’»').endswith(",")
    if comma_before and text.startswith(":", _past_adjuncts(text, at, until)):
        return True
    if comma_before and _PREPOSED.match(rest) and not _CLAUSE.search(rest):
        return True
    return not any(map(str.isalnum, text[_past_adjuncts(text, at, until) : until]))


def behind_adjuncts(text: str, cue: Cue, until: int) -> str:
    """What follows a speaker and "on Monday" and the like."""
    return text[_past_adjuncts(text, cue.end, until) : until]


def follows_that(text: str, cue: Cue, until: int) -> bool:
    """Whether "that" begins what a speaker says, behind no more than adverbs: "cautioned, however, that"."""
    return _THAT.match(text, _past_adjuncts(text, cue.end, until), until) is not None


def _past_adjuncts(text: str, start: int, until: int) -> int:
    """Behind "on Monday", "in a statement", "also"; a claim that follows "that" may begin with such words."""
    found = _ADJUNCTS.match(text, start, until)
    return found.end() if found else start


def _speaker_first(text: str, cue: Cue) -> bool:
    verb = text.find(cue.verb, cue.start, cue.end) if cue.verb else cue.start
    return verb < 0 or cue.speakers[0][0] < verb
