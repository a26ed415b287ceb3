"""The words that name a speaker, before a verb of saying or behind it, without what else stands there.

Why it exists: "But on Monday the mayor, who had been away, also said" names the mayor. Offsets are those of the frame,
in which quotations and the claim are blanked out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotate.amount_words import PAST_VERBS
from annotate.numbers import ONES
from annotate.sentences import ABBREVIATIONS
from annotate.source_words import COLLECTIVES, ORGANISATION_NOUNS, PRONOUNS, SPEAKING_PRONOUNS
from annotate.speech_words import (
    ADVERBIAL_STARTS,
    AUXILIARIES,
    CLAUSE_STARTS,
    LEADING_CONJUNCTIONS,
    NOUNS_TOO,
    SAY_VERBS,
    TIME_WORDS,
    is_adverb,
)
from annotate.tokens import MARKS

BLANK = "\ufffc"
"""Stands for every blanked-out code point of a frame."""
REACH = 400
"""How far before a verb its subject may begin, in code points; longer appositions are not read."""
NEAR = 40
"""What stands beside a verb is looked for so far, in code points: longer runs of space are no sentence."""
LONGEST_SPEAKER = 14
"""Words."""

WORD = re.compile(rf"[^\W_](?:[\w{MARKS}'’&/.-]*[\w{MARKS}])?\.?")
"""With the marks that are set on its letters: “Hé” is no “He”, in whatever form it is written."""
_BREAK = re.compile(rf"[;{BLANK}]|(?<!NASDAQ)(?<!Nasdaq)(?<!NYSE):")
_COMMA = re.compile(r",\s|,$|\s[–—-]\s|\s[–—-]$|[()—]")
_CLAIM_OF = re.compile(
    r"^(?:an?\s)?(?:claim|allegation|charge|accusation|assertion|suggestion|account|figure|view|idea)s?\s(?:that\s|which\s)?"
    r"(?=(?:the|a|an|his|her|its|their)\s|[A-Z])"
)
""" "…, a claim the rebels rejected": what is judged stands before."""
_TIME_FIRST = re.compile(
    r"(?:[Ii]n|[Oo]n|By|Since|During|At|Late|Early)\s(?:(?:late|early|mid|the end of|the start of)[\s-])?"
    r"(?:(?:Jan|Febr|March|April|May|June|July|August|Sept|Octo|Nov|Dec)[a-z]*\s)?"
    r"(?:\d{4}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\s(?=(?:the|an?|his|her|its|their|one|two|three|some|it|he|she|they)(?:\s|$)|[A-Z])"
    r"|(?:Outside|Inside|In|At)\s(?:the\s)?(?:court|courtroom|parliament|hospital|stadium|scene|church)\s(?=[A-Z])"
    r"|(?:Last|This)\s(?:week|month|year|summer|winter|spring|autumn)\s"
)
_PARTICIPLE_FIRST = re.compile(
    r"(?:[a-z]+ed|seen|led|held|made|known|based|written|shown|born|sent|taken|set|run|built|found|driven|brought)\s"
    r"(?:by|in|on|at|to|from|as|with|for|under|over|out)\b"
)
_ENDS_NAME = re.compile(rf"[A-Z][\w{MARKS}’'-]+ [A-Z][\w{MARKS}’'-]+\Z")
BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "my", "this", "that", "these", "those"})
_PREPOSITIONS = frozenset({"in", "on", "at", "to", "for", "by", "from", "with", "of"})
_RELATIVES = frozenset({"who", "whose", "which", "that"})
FINITE = frozenset(
    {
        *BE,
        "broke",
        "hit",
        "led",
        "hurt",
        "burst",
        "drew",
        "cut",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "did",
        "does",
    }
)
_CLAUSAL = frozenset({"is", "are", "was", "were", "has", "had", "does", "did", "not"})
_NO_SUBJECT = frozenset({"of", "up", "down", "from", "with", "by", "for", "into", "about"})
_NOBODY = frozenset({"asked", "not", "no", "nobody", "none", "neither", "nothing", "whatever", "however"})
_MADE_PUBLIC = frozenset(
    {"released", "published", "issued", "posted", "filed", "unveiled", "conducted", "launched", "held"}
)
_AUTHOR = re.compile(r"(?:i|we|you)(?:['’]\w+)?")
"""Outside of quotations they are who writes or who reads."""
_STARTERS = DETERMINERS - {"this", "that", "these", "those"} | {"one", "two", "three", "four", "both", "another", "no"}


def subject_before(frame: str, verb: int) -> tuple[int, int] | None:
    """The subject of a verb that follows it, without adverbials and appositions."""
    begin = max(0, verb - REACH)
    for found in _BREAK.finditer(frame, begin, verb):
        begin = found.end()
    begin, end = without_lead(frame, begin, verb)
    end, apposed = _without_helpers(frame, begin, end)
    pieces = _pieces(frame, begin, end)
    if not pieces:
        return None
    if len(pieces) == 2 and frame[slice(*pieces[1])].strip() in ("and", "but"):  # "X was blunt, and said"
        pieces = [(pieces[0][0], pieces[1][1])]
    if not apposed:
        if len(pieces) > 1 and frame[slice(*pieces[-1])].startswith("who"):  # "Moy, who said"
            pieces.pop()
        return _noun_before(frame, *pieces[-1])
    while len(pieces) > 1 and _is_adverbial(frame, *pieces[0]):
        pieces.pop(0)
    clauses = [rank for rank, piece in enumerate(pieces[:-2]) if _is_clause(frame, *piece)]
    pieces = pieces[clauses[-1] + 1 :] if clauses else pieces
    for rank, piece in enumerate(pieces):
        noun = _noun_before(frame, *without_lead(frame, *piece))
        if noun is not None:
            follows = pieces[rank + 1] if rank + 1 < len(pieces) else None
            return (noun[0], follows[1]) if follows and _names_kin(frame, noun, follows) else noun
    return None


def without_lead(frame: str, start: int, end: int) -> tuple[int, int]:
    """Without the signs and conjunctions in front ("But", "Later")."""
    while True:
        while start < end and not (frame[start].isalnum() or frame[start] == BLANK):
            start += 1
        timed = _TIME_FIRST.match(frame, start, end)
        if timed is not None:
            start = timed.end()
        word = WORD.match(frame, start, end)
        if word is None or word.group().lower() not in LEADING_CONJUNCTIONS:
            return start, end
        start = word.end()


def without_adverbials(frame: str, start: int, end: int) -> tuple[int, int]:
    """Without what says when or where in front, up to its comma: "During a speech earlier in the day, …"."""
    pieces = _pieces(frame, start, end)
    while len(pieces) > 1 and _is_adverbial(frame, *pieces[0]):
        pieces.pop(0)
    return (pieces[0][0], end) if pieces else (start, end)


def _without_helpers(frame: str, start: int, end: int) -> tuple[int, bool]:
    """Without "has also", "on Thursday", "this week" behind; and whether an apposition ends there."""
    timed = False
    while True:
        kept = frame[start:end].rstrip()
        if kept.endswith((",", "–", "—", ")", " -")):
            return start + len(kept.rstrip(",–—- ")), True
        word = kept[kept.rfind(" ") + 1 :]
        plain = word.lower()
        is_time = plain in TIME_WORDS or (timed and (plain in ("on", "in", "at", "early", "late") or word.isdigit()))
        if not word or not (is_time or plain in AUXILIARIES or (is_adverb(plain) and plain == word)):
            return start + len(kept), False
        timed = timed or is_time
        end = start + len(kept) - len(word)


def _pieces(frame: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch between commas, dashes and brackets."""
    pieces, at = [], start
    for found in _COMMA.finditer(frame, start, end):
        pieces.append((at, found.start()))
        at = found.end()
    return [(first, last) for first, last in [*pieces, (at, end)] if frame[first:last].strip()]


def _is_clause(frame: str, start: int, end: int) -> bool:
    """Whether a stretch says something by itself, and so names nobody: "The fire broke out in a storage room"."""
    found = frame[start:end].split()
    if any(word in _RELATIVES for word in found):
        return False
    if len(found) > 1 and found[0] in FINITE:
        return True
    return len(found) > 3 and any(word in FINITE or word in PAST_VERBS or word.endswith("ed") for word in found[1:])


def _is_adverbial(frame: str, start: int, end: int) -> bool:
    words = frame[start:end].lower().split()
    return (words[0] in ADVERBIAL_STARTS and words[0] not in ONES) or words[-1] in TIME_WORDS


def with_name(frame: str, noun: tuple[int, int]) -> tuple[int, int]:
    """The noun with the name apposed to it, where it is none itself: "the Rovers manager, Phil Dunn"."""
    pieces = _pieces(frame, noun[1], min(len(frame), noun[1] + NEAR))
    if frame[noun[1] : noun[1] + 2] == ", " and pieces and _names_kin(frame, noun, pieces[0]):
        return noun[0], pieces[0][0] + len(frame[slice(*pieces[0])].rstrip(" ."))
    return noun


def _names_kin(frame: str, noun: tuple[int, int], piece: tuple[int, int]) -> bool:
    """ "her mother, Fatemah": the name belongs to the words, which name nobody by themselves."""
    words, name = frame[slice(*noun)].split(), frame[slice(*piece)].removeprefix("the ").split()
    proper = all(
        word[0].isupper() or word.startswith("al-") or word in ("de", "van", "von", "bin", "al") for word in name
    )
    return 0 < len(name) < 5 and proper and (words[-1].islower() or words == ["Another"])


def _noun_before(frame: str, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that a stretch before a verb ends with, or None where it names no speaker."""
    found = list(WORD.finditer(frame, start, end))
    relative = next(
        (rank for rank, word in enumerate(found) if rank and word.group() in ("who", "whose", "which")), None
    )
    if relative is not None and found[relative - 1].group() in _PREPOSITIONS:  # "a statement in which the firm says"
        found = found[relative + 1 :]
    elif relative is not None:
        found = found[:relative]
    whole = found
    for rank in range(len(found) - 1, -1, -1):
        joins = (rank and found[rank].group() == "and") or (rank == len(found) - 1 and found[rank].group() == "but")
        if found[rank].group() in CLAUSE_STARTS | {"but"} and not joins:
            found = found[rank + 1 :]
            break
    if found and found[-1].group() in ("and", "but"):
        pronoun = whole[:1] if whole[0].group().lower() in SPEAKING_PRONOUNS else []
        found = pronoun or first_subject(found) or first_subject(whole)
    while found and (found[0].group().lower() in ("both", "all") and len(found) > 1):
        found = found[1:]
    if not found:
        return None
    if len(found) > 1 and found[-1].group() in _MADE_PUBLIC:  # "a survey released on Thursday"
        found = found[:-1]
    start, end = found[0].start(), found[-1].end()
    if frame[end : end + 1] in ("'", "’") or (found[0].group().endswith("ing") and frame[start].islower()):
        return None
    return speaker_in(frame, start, end)


def first_subject(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The subject of the first of two verbs: "The airline apologised and said"."""
    for rank, word in enumerate(found[1:], start=1):
        plain = word.group()
        if plain in FINITE or plain in PAST_VERBS or (plain.endswith("ed") and plain.islower()):
            while rank > 1 and (found[rank - 1].group() in AUXILIARIES or is_adverb(found[rank - 1].group())):
                rank -= 1
            return found[:rank]
    return []


def speaker_in(frame: str, start: int, end: int) -> tuple[int, int] | None:
    """The stretch, where it can name a speaker."""
    if frame[start:end].endswith(" and"):  # "Hansen and his co-authors": what follows names nobody by itself
        end -= 4
    judged = _CLAIM_OF.match(frame[start:end])
    start += judged.end() if judged else 0
    words = frame[start:end].split()
    if len(words) > 1 and words[-1] in ("he", "she", "they") and words[-2] not in ("and", "than"):
        start, words = end - len(words[-1]), words[-1:]  # "In the mountains she put"
    if not words or len(words) > LONGEST_SPEAKER or BLANK in frame[start:end]:
        return None
    first, last = words[0].lower(), words[-1].lower()
    if first in _NOBODY or first in _NO_SUBJECT or _is_number(words) or _AUTHOR.fullmatch(first):
        return None
    if len(words) == 1 and first in SPEAKING_PRONOUNS:
        return start, end
    named = words[0].isupper() and len(words[0]) > 1  # WHO, IT
    if (
        (first in PRONOUNS - {"one"} and not named)
        or (last in DETERMINERS and not (len(words) > 2 and words[-2] in ("to", "with", "of", "for")))
        or last in ("to", "or", "despite", "amid", "after", "with", "of", "from")
        or not _CLAUSAL.isdisjoint(words)
        or last == "sides"
        or _PARTICIPLE_FIRST.match(frame, start, end)
        or (first in TIME_WORDS and len(words) == 1)
    ):
        return None
    if any(word in SAY_VERBS and word not in NOUNS_TOO for word in words):
        return None
    if "of" not in words and last.endswith(("'s", "’s")):
        return None
    plural = last in COLLECTIVES or last in ORGANISATION_NOUNS or (last.endswith("s") and not last.endswith("ss"))
    names = words[0][0].isupper() or first in _STARTERS or first in COLLECTIVES or plural
    names = names or any(word[0].isupper() or word.startswith("al-") for word in words)
    return (start, end) if names else None


def _is_number(words: Sequence[str]) -> bool:
    """ "At least 61": counts and names nobody; "Canal 9" does."""
    return words[-1].isdecimal() and not (len(words) > 1 and words[-2][0].isupper())


def noun_behind(frame: str, start: int, ends: frozenset[str]) -> tuple[int, int] | None:
    """The noun phrase that begins behind a verb, up to a sign or a word that ends it."""
    first = last = -1
    for found in WORD.finditer(frame, start, min(len(frame), start + REACH)):
        gap = frame[last if last >= 0 else start : found.start()]
        if (last >= 0 and gap.strip() not in ("", "-", "&")) or (last < 0 and gap.strip()):
            break
        word = found.group()
        if last >= 0 and (
            (word in ends and frame[first:last].rpartition(" ")[2] != "of")
            or (word == "for" and frame[last - 1].islower() and _ENDS_NAME.search(frame, first, last))
        ):
            break
        first = found.start() if first < 0 else first
        last = found.end()
        if word.endswith(".") and word[:-1].lower() not in ABBREVIATIONS and not (len(word) == 2 or "." in word[:-1]):
            last -= 1
            break
    if first < 0:
        return None
    return speaker_in(frame, first, last - (frame[last - 1] == "." and not frame[last:].strip()))


def several_speakers(frame: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Two speakers joined by "and": after "both", before "the", or two full names."""
    words = frame[start:end]
    joint = words.rfind(" and ")
    if joint < 0:
        return ((start, end),)
    left, right = words[:joint], words[joint + 5 :]
    named = all(
        len(side.split()) in (2, 3) and side.replace(" ", "").isalpha() and side.istitle() for side in (left, right)
    )
    both = frame[max(0, start - 5) : start].lower() == "both "
    split = both or named or (right.lower().startswith("the ") and " of " not in left[-20:])
    return ((start, start + joint), (start + joint + 5, end)) if split else ((start, end),)
