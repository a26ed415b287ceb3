"""Web addresses as people paste them: a line each, with bullets, titles, brackets and full stops around them."""

from __future__ import annotations

import re

# Ends at white space, at quotation marks and angle brackets, and where the address of a Markdown link follows.
_ADDRESS = re.compile(r"(?:https?://|(?<![\w./@-])www\.(?=[^\s.]))(?:(?!\]\()[^\s<>\"“”„«»‹›])+", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}
# Signs that only steer the direction of a line, or cannot be seen at all.
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
# Full stops and the like, and the marks that a quotation ends with.
_BEHIND = f".,;:!?…'’‘`*_|،؛؟。，、；：！？{_UNSEEN}"
_AROUND = re.compile(rf"(?:[{_UNSEEN}\s<>()\[\]\"'“”„«»‹›|*•·‣◦–—-]|\d+[.)](?=\s))*")


def is_address(words: str) -> bool:
    """Whether words begin as a web address does, which is how the command line tells them from a file's name."""
    return words[:8].lower().startswith(("http://", "https://"))


def addresses_in(text: str) -> tuple[str, ...]:
    """Every web address in a text, in order and once each; those that begin with "www." get the https that is meant."""
    found = (_trimmed(match[0]) for match in _ADDRESS.finditer(text))
    whole = (words if is_address(words) else f"https://{words}" for words in found)
    return tuple(dict.fromkeys(words for words in whole if words.partition("://")[2]))


def only_addresses(text: str) -> tuple[str, ...]:
    """The addresses of a text that is nothing but a list of them; none where any line says something else.

    A post of one sentence with a link behind it is an article and no list.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not all(_ADDRESS.search(line) and _AROUND.fullmatch(_without_addresses(line)) for line in lines):
        return ()
    return addresses_in(text)


def _without_addresses(line: str) -> str:
    return _ADDRESS.sub(lambda match: match[0][len(_trimmed(match[0])) :].strip(_BEHIND), line).strip(_BEHIND)


def _trimmed(address: str) -> str:
    """Without what the sentence put behind it; a bracket that was opened in the address belongs to it."""
    while address:
        last = address[-1]
        opening = _CLOSING.get(last)
        if last not in _BEHIND and (opening is None or address.count(last) <= address.count(opening)):
            break
        address = address[:-1]
    return address
