"""How a source is named where the analyst marks it: name, naming, role, type, affiliation.

Why it exists: "the Syrian Observatory for Human Rights" should open its entry in the register under its own name,
and "a member of Jabha Shamiya" should be known as nobody's name. Types are guesses from plain word lists and
stay "unspecified" where the words do not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.model import Span
from annotate.sentences import paragraph_at
from annotate.source_words import (
    ANONYMITY,
    COLLECTIVES,
    GENERIC,
    ORGANISATION_NOUNS,
    OUTLET_WORDS,
    PLACES,
    ROLE_NOUNS,
    SPEAKING_PRONOUNS,
    TITLES,
    TYPE_PHRASES,
    TYPE_WORDS,
)
from annotate.tokens import MARKS
from annotate.vocabulary import MentionRole, Naming, SourceType

AROUND = 200
"""How many code points before and after the marked words are looked at."""

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_HEAD_END = re.compile(r",|\s(?:of|for|at|by|from|in|with|who|whose|which|on|near|to)\s|\s[–—(-]")
_BELONGS = re.compile(r"\s(?:at|of|for|from|with)\s+(?:the\s+)?(?=[A-Z])")
_AT = re.compile(r"\sat\s+(?:the\s+)?(?=[A-Z])")
_APPOSITION = re.compile(r"\s*(?:,|\s[–—-]|\()\s*")
_APPOSITION_END = re.compile(r"[;:.\n)“”\"]|\s[–—]\s|\b(?:told|said|says|tells|who|which)\b")
_TOLD = re.compile(
    r"\b(?:told|tells|telling|via|interview with|statement to|speaking to|quoted by|carried by)\s+(?:the\s+)?$"
)
_CREDIT_LINE = re.compile(
    r"\s*(?:photos?|photographs?|pictures?|images?|sources?|credits?|courtesy|video|by)\b\s*[:/]?\s", re.IGNORECASE
)
_BELONGING_TO = re.compile(r"[a-z]\s(?:at|of|for|from)\s+(?:the\s+)?$")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_KIND_OF_OUTLET = re.compile(r"\s(?:news agency|newspaper|news channel|television channel|magazine)$")
_OF_A_COUNTRY = re.compile(rf"^[A-Z][\w{MARKS}-]+['’]s (?=[A-Z][\w{MARKS}-]+ [A-Z][\w{MARKS}-]+$)")
""" "Poland's Marek Zielinski"."""
_DESCRIBED = re.compile(
    rf"(?P<role>[a-z][a-z-]+(?: [a-z][a-z-]+)?) (?P<name>[A-Z][\w{MARKS}’'-]+(?: [A-Z][\w{MARKS}’'.-]+){{1,2}})"
)
""" "astronomer Wei Chen": what somebody is in small letters, then the name."""
_NAME_TOKEN = re.compile(
    rf"(?:[A-Z]|al-|d['’]|O['’])[\w{MARKS}’'.-]*$|^(?:de|van|von|der|den|bin|ibn|la|del|di|da|al)$"
)


@dataclass(frozen=True, slots=True)
class MentionReading:
    """What marked source words say about the source."""

    name: str
    """As the register should have it; what the words say, where they are no name ("Council engineer (anonymous)")."""
    naming: Naming
    role: MentionRole
    type: SourceType
    affiliation: str
    is_person: bool
    """The words name one person, by name or not."""


def read_mention(text: str, span: Span) -> MentionReading:
    """What the marked words, and those beside them in the paragraph, say about a source. Never raises."""
    start, end = max(0, span.start), min(len(text), span.end)
    words = " ".join(text[start:end].split())
    first = max(0, start - AROUND - 1)
    # No further: a paragraph may be a whole book, and each of its mentions would be looked for from its beginning.
    left, right = (first + place for place in paragraph_at(text[first : end + AROUND], start - first, end - first))
    before, after = text[max(left, start - AROUND) : start], text[end : min(right, end + AROUND)]
    apposition = _apposition(after)
    naming = _naming(words, apposition)
    name, rest = _name(words) if naming is Naming.NAMED else (_unnamed(words, naming), "")
    person = _is_person(words, name, rest, naming)
    affiliation = _affiliation(words, rest, apposition if person else "", after)
    role = _role(before, after, text[left:start])
    kind = _type(words) if _type(words) is not SourceType.UNSPECIFIED else _type(f"{affiliation} {apposition}")
    return MentionReading(name, naming, role, kind, affiliation, person)


# ---------------------------------------------------------------- naming and name


def _head(words: str) -> str:
    """The noun that the words are about: "head" in "The head of the Syria Civil Defence"."""
    found = _HEAD_END.search(words)
    tokens = (words[: found.start()] if found and found.start() else words).split()
    return tokens[-1] if tokens else ""


def _naming(words: str, apposition: str) -> Naming:
    """Named, by role, anonymous or collective."""
    first, head = words.split(" ")[0].lower(), _head(words)
    if any(sign in f"{words} {apposition}".lower() for sign in ANONYMITY):
        return Naming.ANONYMOUS
    if words.lower() in SPEAKING_PRONOUNS:
        return Naming.COLLECTIVE if words.lower() in ("they", "we") else Naming.ROLE
    plain = head.lower().removesuffix("'s").removesuffix("’s")
    within = [word for word in _ARTICLE.sub("", words).split() if word[0].isupper() and word.lower() not in GENERIC]
    if TYPE_WORDS.get(plain) is SourceType.DOCUMENT and len(within) > (head in within):
        return Naming.NAMED
    capital = head[:1].isupper() or head.startswith(("al-", "@"))
    if plain in COLLECTIVES and (words.startswith(head) or not capital or first in ("the", "some", "many")):
        return Naming.COLLECTIVE
    if capital and not (words == head and plain in ROLE_NOUNS):
        return Naming.NAMED
    if within and (plain in ORGANISATION_NOUNS or plain in OUTLET_WORDS):
        return Naming.NAMED
    if within and _apposed_name(words):
        return Naming.NAMED
    if first in ("a", "an", "one", "another"):
        return Naming.ANONYMOUS
    if (plain.endswith("s") and not plain.endswith("ss")) or plain in ("people", "data", "police", "men", "women"):
        return Naming.COLLECTIVE
    if head.isascii() or not head:
        return Naming.ROLE
    return Naming.NAMED


def _unnamed(words: str, naming: Naming) -> str:
    """How an unnamed source is listed: without its article, and told to be anonymous where one person is."""
    plain = _ARTICLE.sub("", words).strip(' ,.;:"“”') or words
    listed = plain[:1].upper() + plain[1:]
    return f"{listed} (anonymous)" if naming is Naming.ANONYMOUS else listed


def _apposed_name(words: str) -> str:
    """ "Fatemah" in "her mother, Fatemah"."""
    _, comma, name = words.partition(", ")
    name = name.removeprefix("the ")
    return name if comma and all(_NAME_TOKEN.search(word) for word in name.split()) else ""


def _name(words: str) -> tuple[str, str]:
    """The name alone, and what stands before it ("New York City Mayor" in "New York City Mayor Bill de Blasio")."""
    apposed = _apposed_name(words)
    if apposed:
        return _name(apposed)[0], words.partition(", ")[0]
    plain = _ARTICLE.sub("", words).strip(' ,.;:"“”')
    plain = _POSSESSIVE.sub("", plain)
    plain = _OF_A_COUNTRY.sub("", plain)
    plain = _KIND_OF_OUTLET.sub("", plain) if plain[:1].isupper() else plain
    tokens = plain.split()
    title = -1
    for rank, token in enumerate(tokens[:-1]):
        if token.lower().strip(".,") in TITLES or token.lower() in ROLE_NOUNS:
            title = rank
    if tokens[title + 1 : title + 3] == ["of", "State"] and len(tokens) > title + 3:
        title += 2
    if title < 0 and (described := _DESCRIBED.fullmatch(plain)):
        return described["name"], described["role"]
    name = tokens[title + 1 :]
    if title < 0 or len(name) > 5 or not all(_NAME_TOKEN.search(token) for token in name):
        return plain or words, ""
    return " ".join(name), " ".join(tokens[: title + 1])


def _is_person(words: str, name: str, rest: str, naming: Naming) -> bool:
    if naming is Naming.COLLECTIVE or words.lower() in ("it", "they", "we"):
        return False
    if naming is not Naming.NAMED:
        return _head(words).lower() in ROLE_NOUNS or words.lower() in SPEAKING_PRONOUNS
    if rest:
        return True
    tokens = name.split()
    organised = any(token.lower() in ORGANISATION_NOUNS or (token.isupper() and len(token) > 1) for token in tokens)
    if tokens[-1].lower() in PLACES:
        return False
    joined = any(token in ("of", "for", "and", "on") for token in tokens)
    return not (organised or joined or _ARTICLE.match(words) or _type(words) is not SourceType.UNSPECIFIED)


# ---------------------------------------------------------------- role, type, affiliation


def _role(before: str, after: str, line: str) -> MentionRole:
    """Speaker, unless the words beside say channel, credit or affiliation."""
    if after.lstrip(" ").startswith("/") or before.rstrip(" ").endswith("/"):
        return MentionRole.CREDIT
    credit = _CREDIT_LINE.match(line)
    if credit and len(line) < AROUND and (":" in credit.group() or "/" in credit.group() or not _has_verb(after)):
        return MentionRole.CREDIT
    if _TOLD.search(before):
        return MentionRole.CHANNEL
    if _BELONGING_TO.search(before) and not re.search(r"\b(?:data|figures|according)\s\S*\s*(?:the\s+)?$", before):
        return MentionRole.AFFILIATION
    return MentionRole.SPEAKER


def _has_verb(after: str) -> bool:
    """Whether a credit line goes on like a sentence."""
    return bool(re.search(r"\b(?:is|was|were|has|had|said|will|would)\b", after))


def _type(words: str) -> SourceType:
    """The type that the words give away, or unspecified."""
    lowered = words.lower()
    if words.startswith("@"):
        return SourceType.SOCIAL
    if TYPE_WORDS.get(_head(words).lower()) is SourceType.DOCUMENT:
        return SourceType.DOCUMENT
    for phrase, source_type in TYPE_PHRASES.items():
        if phrase in lowered:
            return source_type
    tokens = [token.removesuffix("'s").removesuffix("’s").rstrip(".'’") for token in re.split(r"[\s,/]+", lowered)]
    found = {TYPE_WORDS[token]: rank for rank, token in enumerate(tokens) if token in TYPE_WORDS}
    head = _head(words).lower()
    if head in TYPE_WORDS:
        return TYPE_WORDS[head]
    return max(found, key=lambda source_type: found[source_type]) if found else SourceType.UNSPECIFIED


def _apposition(after: str) -> str:
    """What stands behind the words between commas, dashes or brackets and says who it is."""
    opened = _APPOSITION.match(after)
    if opened is None or not opened.group().strip():
        return ""
    closed = _APPOSITION_END.search(after, opened.end())
    return after[opened.end() : closed.start() if closed else len(after)].strip(" ,")


def _affiliation(words: str, rest: str, apposition: str, after: str) -> str:
    """Whom the source belongs to, from the words, what stands before the name, or the apposition."""
    slash = re.match(r"\s?/\s?(?P<outlet>[A-Z][\w&-]*(?: [A-Z][\w&-]*)*)", after)
    if slash is not None:
        return slash["outlet"]
    head = _head(words).lower()
    if head in ROLE_NOUNS or head in TITLES or head in COLLECTIVES:
        found = _BELONGS.search(words)
        if found is not None:
            return _without_tail(words[found.end() :])
    role = rest.split()[-1].lower() if rest else ""
    if role in ROLE_NOUNS and len(rest.split()) > 1 and rest.split()[-1].islower():
        owner = " ".join(rest.split()[:-1])
        owner = _POSSESSIVE.sub("", _ARTICLE.sub("", f"{owner} ").strip())
        if owner[:1].isupper():
            return owner
    first = apposition.split(" ")[0].lower()
    named_role = any(word.strip(",").lower() in ROLE_NOUNS | TITLES for word in apposition.split()[:8])
    if apposition and (first in ("a", "an", "the") or named_role):
        found = _AT.search(f" {apposition}") or _BELONGS.search(f" {apposition}")
        if found is not None:
            return _without_tail(f" {apposition}"[found.end() :])
    return ""


def _without_tail(words: str) -> str:
    """The owner alone, without a clause or a second apposition behind it."""
    return re.split(r",|\s(?:who|which|that|in|and (?:a|an|the|former))\s|\s[–—(-]", words, maxsplit=1)[0].strip(" .")
