"""Proposes figures: amounts with their number, unit, bound and what is counted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from annotate.figures import FigureWords, figures_in, read_figure
from annotate.model import Figure, Span
from annotate.offsets import snap_to_graphemes
from annotate.sentences import PARAGRAPH_ENDS
from annotate.suggest.proposal import Proposal
from annotate.vocabulary import Bound, FigureKind, Kind

_FIELDS = ("value", "low", "high", "inferred", "counted", "unit", "bound", "qualifier", "kind")
_PARAGRAPH = re.compile(f"[^{PARAGRAPH_ENDS}]+")


_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMES_A_YEAR = re.compile(
    r"(?:\b(?:the|of|in|since|by|its|their|his|her|our|from|until|till|and|to)|['’]s|[-–/(])\s?$"
)
_LABEL = re.compile(
    r"\b(?:Stage|Phase|Level|Tier|Grade|Class|Category|Resolution|Article|Section|Chapter|Clause|Rule|Act|Title|No\.?"
    r"|Number|Nos?\.|Route|Highway|Flight|Type|Covid|COVID|Region|Room|Page|Figure|Table|Avenue|Street|Channel|Radio|Group"
    r"|Apollo|Boeing|Airbus|Windows|iPhone|Galaxy|Formula|Division|Pier|Gate|Platform|Line|Ward|District|Zone|Area|Unit"
    r"|Exit|Junction|Interstate|Proposition|Prop|Catch|Windows|Model|Series|Season|Episode|Day|Week|Round|Game|Lot)\s?-?$"
)
_BARE_TIME = re.compile(
    r"(?i)(?:[a-z]+\s){0,3}(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries)\W*$"
)
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f]")
_NO_NUMBER = re.compile(r"(?i)several|a few|quite a few|some few|a handful(?: of)?|many|numerous|countless|multiple")
_ONE_OF_A_KIND = re.compile(
    r"(?i)(?:[a-z-]+\s)?(?:person|child|civilian|soldier|death|case|man|woman|boy|girl|officer|worker|student|passenger"
    r"|fighter|victim|survivor|patient|home|house|vehicle|plane|aircraft|ship|boat|tonne|vote|goal|point)\b"
)
"""What "one" counts; elsewhere it mostly stands for a name."""
_ORDINAL = re.compile(r"\s?(?:st|nd|rd|th)\b")


def _is_unread(words: str, one: FigureWords) -> bool:
    """Whether words of a script stand before the number whose qualifiers are not read."""
    return _OTHER_SCRIPT.search(words, max(0, one.number_start - 30), one.number_start) is not None


def _is_amount(words: str, one: FigureWords, figure: Figure) -> bool:
    """Whether a number counts or measures something, and is no year, no label and no mere "days"."""
    number = words[one.number_start : one.number_end]
    before = words[max(0, one.number_start - 20) : one.number_start]
    if figure.bound is None and figure.value is None and figure.low is None:
        return False
    if figure.bound is Bound.VAGUE and _BARE_TIME.fullmatch(number):
        return False
    if figure.bound is Bound.VAGUE and _NO_NUMBER.fullmatch(number):
        return False
    if number.lower() == "one" and figure.kind is FigureKind.COUNT and not _ONE_OF_A_KIND.match(figure.counted):
        return False
    if _LABEL.search(before) or _ORDINAL.match(words, one.number_end):
        return False
    if _YEAR.fullmatch(number) and not figure.qualifier:
        return bool(figure.counted) and figure.counted.endswith("s") and not _NAMES_A_YEAR.search(before)
    return True


def propose_figures(text: str) -> list[Proposal]:
    """Every figure of a text as an analyst would mark it, in the order of the numbers; linear."""
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        left = paragraph.start()
        for one in figures_in(paragraph.group()):
            start, end = snap_to_graphemes(text, left + one.start, left + one.end)
            figure = read_figure(text[start:end])
            if not _is_amount(paragraph.group(), one, figure):
                continue
            if figure.bound is Bound.EXACT and not figure.qualifier and _is_unread(paragraph.group(), one):
                figure = replace(figure, bound=None)
            record: dict[str, Any] = {name: getattr(figure, name) for name in _FIELDS}
            record |= {name: record[name] and record[name].value for name in ("bound", "kind")}
            record["number"] = [left + one.number_start, left + one.number_end]
            found.append(Proposal(Kind.FIGURE, (Span(start, end),), record, "amount", 0.9))
    return found
