"""All the words that a page would show, menus included: for pages in which no article can be made out.

One pass over the source that keeps no tree: however deep a page is nested, nothing is lost and nothing overflows
(libxml2 drops what lies deeper than 256 levels), and unclosed tags by the million take no longer than other text
(the standard library's HTMLParser is quadratic there).
"""

from __future__ import annotations

import html
import re

from annotate.canonical import REPLACEMENT
from annotate.importers.assembly import Block
from annotate.vocabulary import PartRole

# An unclosed comment or script reaches to the end, as in a browser. A tag stops at the next "<", so that every
# character is looked at a bounded number of times.
_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)
    |<(?P<silent>script|style|noscript|template|head|svg|math|select|textarea|iframe|object)\b[^<>]*+>
        .*?(?:</(?P=silent)\s*>|\Z)
    |<(?P<end>/?)(?P<tag>[a-z][a-z0-9:-]*+)(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>
    |<[!?][^<>]*+>
    |[^<]++
    |<""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"),
    *("label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt"),
    *("u", "var", "wbr", "img"),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDEABLE = {"div", "span"}
_IS_HIDDEN = re.compile(r"""(?i)\sstyle\s*=\s*["'][^"'<>]*\bdisplay\s*:\s*none""")
# Python refuses to read numbers of thousands of digits; no character has one of more than seven.
_NO_CHARACTER = re.compile(r"&#\d{20,}+;?")
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")


def visible_blocks(page: str, *, hidden_too: bool = True) -> list[Block]:
    """Paragraphs of a page's source, in order; white space is collapsed as a browser does.

    Without `hidden_too` what the page's styles hide is left out: in a web page that may be news folded away until a
    click, in a mail it is the line for the list of mails. An element without an end hides nothing.
    """
    blocks: list[Block] = []
    pieces: list[str] = []
    role = PartRole.BODY
    hidden, depth = "", 0
    for token in _TOKEN.finditer(page):
        tag = (token["tag"] or "").lower()
        if hidden:
            depth += (tag == hidden) * (-1 if token["end"] else 1)
            hidden = hidden if depth else ""
        elif not hidden_too and tag in _HIDEABLE and not token["end"] and _IS_HIDDEN.search(token[0]):
            hidden, depth = tag, 1
        elif tag == "br":
            pieces.append("\n")
        elif tag and tag not in _INLINE:
            if pieces:
                blocks.append(Block(_paragraph(pieces), role))
                pieces = []
            role = PartRole.HEADLINE if tag in _HEADINGS and not token["end"] else PartRole.BODY
        elif not tag and not token["silent"] and not token[0].startswith(("<!", "<?")):
            pieces.append(_WHITE_SPACE.sub(" ", html.unescape(_NO_CHARACTER.sub(REPLACEMENT, token[0]))))
    if hidden:
        return visible_blocks(page)
    blocks.append(Block(_paragraph(pieces), role))
    return blocks


def _paragraph(pieces: list[str]) -> str:
    return re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(pieces)))
