"""A brief of two to four pages for those who do not open workbooks, as a Word document.

Why it exists: most readers need what was found, who says so, who denies it and how far it can be relied on; whoever
wants more finds every row of the workbook by the reference behind each sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotate.report.brief_content import Brief, Contested, Found, Said, brief_of
from annotate.report.evidence import Evidence
from annotate.report.tables import INKS
from annotate.report.word_document import (
    LESS,
    add_style,
    letters,
    new_document,
    paragraph,
    runs,
    save_with_body,
    spacing,
    table,
)
from annotate.vocabulary import Credibility, Kind, Reliability
from annotate.writing import Written, replacing

_REFERENCE = letters(bold=True, colour=INKS[Kind.CLAIM].removeprefix("#").upper(), size=9)
_FIGURE_REFERENCE = letters(bold=True, colour=INKS[Kind.FIGURE].removeprefix("#").upper(), size=9)
_LESS = letters(colour=LESS)
_STRONG = letters(bold=True)
_FIGURE_WIDTHS = (1_180, 1_560, 2_140, 1_420, 2_172, 940)
_GRADE_WIDTHS = (500, 4_206, 500, 4_206)
_RIGHT = '<w:jc w:val="right"/>'
_WITH_NEXT = "<w:keepNext/>"


def write_brief(evidence: Evidence, target: Path) -> Written:
    """Write the brief of what `evidence` holds at `target`. Raises ExportFailed where the file cannot be written; what
    stood at `target` is untouched then."""
    brief = brief_of(evidence)
    made = ", ".join(part for part in (brief.analyst, brief.date) if part)
    with replacing(target) as temporary:
        document = new_document(brief.title, brief.marking, made, brief.analyst)
        add_style(document, "Lead", spacing(after=6, line=1.15), letters(size=11))
        add_style(document, "About", spacing(after=2), letters(colour=LESS, size=9))
        add_style(document, "Sentence", f"<w:keepNext/><w:keepLines/>{spacing(before=7, line=1.1)}", "")
        add_style(document, "Behind", f"<w:keepLines/>{spacing(after=3)}", letters(size=9))
        add_style(document, "Side", f'<w:keepLines/>{spacing(after=2)}<w:ind w:left="284" w:hanging="284"/>', "")
        add_style(document, "Cell", spacing(before=1.5, after=1.5), letters(size=9))
        save_with_body(document, temporary, _body(brief))
    return Written(target, {"Claims": brief.claims_shown, "Figures": len(brief.amounts)}, tuple(_left_out(brief)))


def _body(brief: Brief) -> Iterator[str]:
    yield paragraph("Title", runs(brief.title), text=brief.title)
    facts = [("Analyst", brief.analyst), ("Date", brief.date), ("Marking", brief.marking)]
    yield paragraph("About", runs("   ".join(f"{name}: {words}" for name, words in facts if words)))
    yield paragraph("About", runs(f"{brief.scope}."))
    yield paragraph("Heading1", runs("What is found"))
    yield paragraph("Lead", runs(brief.in_short))
    for found in brief.found:
        yield from _found(found)
    left = brief.claims_in_all - brief.claims_shown
    if left:
        yield _remark(f"{_more(left, 'claim')} in the workbook, on the sheet Claims.")
    if brief.contested:
        yield paragraph("Heading1", runs("What is contested"))
        for contested in brief.contested:
            yield from _contested(contested)
        left = brief.contested_in_all - len(brief.contested)
        if left:
            yield _remark(f"{left:,} more in the workbook, on the sheet Cross-check.")
    if brief.amounts:
        yield paragraph("Heading1", runs("Figures"))
        yield from _figures(brief)
    if brief.still_open:
        yield paragraph("Heading1", runs("What is still open"))
        work = "; ".join(f"{name}: {number:,}" for name, number in brief.still_open)
        yield paragraph("Normal", runs(f"{work[0].upper()}{work[1:]}. The sheet To do has each of them."))
    yield from _grades()


def _found(found: Found) -> Iterator[str]:
    shown = len(found.claims)
    number = f"{found.in_all:,}" if shown == found.in_all else f"{shown:,} of {found.in_all:,}"
    if not shown:
        return
    yield paragraph("Heading2", f"{runs(found.heading)}{runs(f'  {number}', letters(colour=LESS, size=10))}")
    for claim in found.claims:
        yield paragraph("Sentence", runs(claim.sentence), text=claim.sentence)
        yield paragraph("Behind", _behind(claim))


def _behind(claim: Said) -> str:
    """Who says so, who denies, grade, where, and the row, in one line."""
    facts = (
        ("says so", claim.says_so or "nobody is named"),
        ("denied by", claim.denied_by),
        ("grade", claim.grade or "none"),
        ("in", claim.where),
    )
    made = [runs(claim.label, _REFERENCE)]
    made += [f"{runs(f'  ·  {name} ', _LESS)}{runs(words)}" for name, words in facts if words]
    return "".join(made)


def _contested(contested: Contested) -> Iterator[str]:
    if contested.about:
        yield paragraph("Sentence", runs(contested.about, _STRONG), text=contested.about)
    for place, (words, who, label) in enumerate(contested.sides):
        sign = "–\t" if place and not contested.about else "•\t"
        look = _FIGURE_REFERENCE if label.startswith(Kind.FIGURE.letter) else _REFERENCE
        behind = f"{runs('  (')}{runs(who or 'nobody is named')}{runs('; ')}{runs(label, look)}{runs(')')}"
        last = place == len(contested.sides) - 1
        yield paragraph("Side", f"{runs(sign, _LESS)}{runs(words)}{behind}", "" if last else _WITH_NEXT)
    yield paragraph("Side", "", spacing(line=0.4))


def _figures(brief: Brief) -> Iterator[str]:
    headings = ("Value", "Low – high", "What", "As of", "Who says so", "Row")
    rows = [[_cell(heading, _STRONG, right=place < 2) for place, heading in enumerate(headings)]]
    for amount in brief.amounts:
        words = (amount.value, amount.low_high, amount.what, amount.as_of, amount.says_so)
        cells = [_cell(one, right=place < 2) for place, one in enumerate(words)]
        rows.append([*cells, _cell(amount.label, _FIGURE_REFERENCE)])
    yield from table(_FIGURE_WIDTHS, rows)
    remarks = []
    if any(amount.as_of.startswith("(") for amount in brief.amounts):
        remarks.append("Days in brackets are those of the articles, where the words name none.")
    left = brief.figures_in_all - len(brief.amounts)
    if left:
        remarks.append(f"{_more(left, 'figure')} in the workbook, on the sheet Figures.")
    yield _remark(" ".join(remarks))


def _grades() -> Iterator[str]:
    yield paragraph("Heading1", runs("How to read grades and references"))
    yield paragraph(
        "Normal",
        runs(
            "A grade such as B2 joins two judgements: how reliable the source is, and how credible the claim. F and 6 "
            "are judgements too; what has no grade was not judged. C-0004 is a row of the workbook’s sheet Claims, "
            "F-0004 one of its sheet Figures."
        ),
        _WITH_NEXT,
    )
    rows = [
        [
            _cell(words, look, together=letter is not Reliability.F)
            for words, look in ((letter, _STRONG), (letter.meaning, ""), (number, _STRONG), (number.meaning, ""))
        ]
        for letter, number in zip(Reliability, Credibility, strict=True)
    ]
    yield from table(_GRADE_WIDTHS, rows, heading=False)
    yield _remark("")


def _cell(words: str, look: str = "", *, right: bool = False, together: bool = False) -> str:
    """A cell; `together` keeps its row on the page of the next one."""
    settings = (_WITH_NEXT if together else "") + (_RIGHT if right else "")
    return paragraph("Cell", runs(str(words), look), settings)


def _remark(words: str) -> str:
    return paragraph("About", runs(words), spacing(before=3))


def _more(number: int, noun: str) -> str:
    return f"{number:,} more {noun}{' is' if number == 1 else 's are'}"


def _left_out(brief: Brief) -> Iterator[str]:
    left = brief.claims_in_all - brief.claims_shown
    if left:
        shown = f"{brief.claims_shown:,} of {brief.claims_in_all:,} claims"
        yield f"The brief shows {shown}: what was found, then what is graded, then what most sources speak about."
