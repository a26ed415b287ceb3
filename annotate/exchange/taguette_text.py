"""The text of a document of Taguette: as it counts it, and as people read it.

Taguette keeps documents as HTML and highlights as bytes (UTF-8) of the text nodes, one after the other
(taguette/extract.py, taguette.js: describePos). In that count nothing stands between two paragraphs, and the white
space of the source is in it. A text for reading has blank lines between paragraphs and none of that white space.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from annotate.canonical import REPLACEMENT
from annotate.exchange.foreign_offsets import ForeignText, Utf8Places
from annotate.importers.assembly import CELL_GAP
from annotate.importers.draft import DraftPart
from annotate.vocabulary import PartRole

_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)
    |<(?P<end>/?)(?P<tag>[a-zA-Z][^\s/<>]*+)(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>
    |[^<]++
    |<""",
    re.DOTALL | re.VERBOSE,
)
_NO_CHARACTER = re.compile(r"&#\d{20,}+;?")
_WORDS = re.compile(r"[^ \t\n\r\f]+")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LINES = {"br", "li", "ul", "ol", "tr", "dl", "dt", "dd", "caption"}
_CELLS = {"td", "th"}
"""What begins on the next line, and behind a tab; other elements that are blocks begin behind a blank line."""
_GAPS = ("", " ", CELL_GAP, "\n", "\n\n")
_BLOCKS = {"p", "div", "blockquote", "table", "pre", "hr", *_HEADINGS, *_LINES, *_CELLS}


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that stand together in both texts."""

    counted: int
    shown: int
    length: int


class TaguetteText:
    """A document's text; `shown` is canonical."""

    def __init__(self, contents: str) -> None:
        raw, self._breaks = _text_nodes(contents)
        self._bytes = Utf8Places(raw)
        self._foreign = ForeignText(raw)
        self._runs: list[_Run] = []
        self.parts: tuple[DraftPart, ...] = ()
        self.shown = self._lay_out()
        self._counted = [run.counted for run in self._runs]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The code points of `shown` for a stretch in bytes as Taguette counts; None where no words stand there."""
        first = self._foreign.place(self._bytes.place(start))
        last = self._foreign.place(self._bytes.place(end))
        if not 0 <= start < end <= self._bytes.length or first >= last:
            return None
        at = max(0, bisect_right(self._counted, first) - 1)
        if at < len(self._runs) and first >= self._runs[at].counted + self._runs[at].length:
            at += 1
        upto = bisect_left(self._counted, last) - 1
        if at > upto:
            return None
        begin, stop = self._runs[at], self._runs[upto]
        shown = begin.shown + max(0, first - begin.counted), stop.shown + min(stop.length, last - stop.counted)
        return shown if shown[0] < shown[1] else None

    def _lay_out(self) -> str:
        text = self._foreign.text
        pieces: list[str] = []
        length = place = 0
        gap = ""
        in_lines = False  # text that keeps its line ends
        heading: int | None = None  # the run that it begins with
        parts = []
        for at, tag, opens in [*self._breaks, (len(self._foreign.raw), "p", False)]:
            end = self._foreign.place(at)
            for words in _WORDS.finditer(text, place, end):
                start = words.start()
                if start > place:
                    gap = _wider(gap, "\n" if in_lines and "\n" in text[place:start] else " ")
                if not pieces:  # at the beginning of a text a byte order mark is none of it
                    gap, start = "", start + len(words[0]) - len(words[0].lstrip("\ufeff"))
                place = words.end()
                if start == place:
                    continue
                length += len(gap)
                self._runs.append(_Run(start, length, place - start))
                pieces += [gap, text[start:place]]
                length += place - start
                gap = ""
            if end > place:
                gap, place = _wider(gap, " "), end
            if heading is not None and heading < len(self._runs):
                parts.append(DraftPart(PartRole.HEADLINE, self._runs[heading].shown, length))
            heading = len(self._runs) if opens and tag in _HEADINGS else None
            in_lines = opens if tag == "pre" else in_lines
            new = "\n" if tag in _LINES else CELL_GAP if tag in _CELLS else "\n\n"
            gap = "\n\n" if tag == "br" and gap == "\n" else _wider(gap, new)
        self.parts = tuple(parts)
        return "".join(pieces)


def _wider(one: str, other: str) -> str:
    return max(one, other, key=_GAPS.index)


def words_in(snippet: str) -> str:
    """The words of a stretch of HTML as people read them."""
    return TaguetteText(snippet).shown


def _text_nodes(contents: str) -> tuple[str, list[tuple[int, str, bool]]]:
    """The text nodes as one text, and the elements between them: where, which, and whether one begins there."""
    pieces: list[str] = []
    breaks: list[tuple[int, str, bool]] = []
    length = 0
    begins_lines = False
    for token in _TOKEN.finditer(contents.replace("\r\n", "\n").replace("\r", "\n")):
        tag = (token["tag"] or "").lower()
        if tag:
            if tag in _BLOCKS:
                breaks.append((length, tag, not token["end"]))
        elif not token[0].startswith("<!--"):
            source = token[0].removeprefix("\n") if begins_lines else token[0]  # HTML drops the one behind <pre>
            text = html.unescape(_NO_CHARACTER.sub(REPLACEMENT, source))
            pieces.append(text)
            length += len(text)
        begins_lines = tag == "pre" and not token["end"]
    return "".join(pieces), breaks
