"""Quiet fills for how far a claim is and how good it is, which follow when somebody edits the cell.

Why it exists: a reader looks for what is refuted or not yet signed off. The fill only repeats what the cell says in
words, so that nothing is lost to those who see no colours, or print in black.
"""

from __future__ import annotations

from typing import Any

from annotate.report.styles import LINES
from annotate.vocabulary import Credibility, Finding, Progress, Reliability

_GOOD, _WARY, _BAD, _BUSY, _OPEN = "E4F3EA", "FFF3D9", "FBE4E1", "E6EEFC", "EEF0F3"

_FILLS: dict[str, dict[str, str]] = {
    "Progress": {
        Progress.OPEN.label: _OPEN,
        Progress.IN_PROGRESS.label: _BUSY,
        Progress.REVIEW.label: _WARY,
        Progress.SIGNED_OFF.label: _GOOD,
    },
    "Finding": {
        Finding.CONFIRMED.label: _GOOD,
        Finding.PARTLY.label: _WARY,
        Finding.LACKS_CONTEXT.label: _WARY,
        Finding.DISPUTED.label: _WARY,
        Finding.REFUTED.label: _BAD,
        Finding.UNVERIFIABLE.label: _OPEN,
    },
    "Reliability": {
        Reliability.A.label: _GOOD,
        Reliability.B.label: _GOOD,
        Reliability.C.label: _WARY,
        Reliability.D.label: _WARY,
        Reliability.E.label: _BAD,
        Reliability.F.label: _OPEN,
    },
    "Credibility": {
        Credibility.CONFIRMED.label: _GOOD,
        Credibility.PROBABLE.label: _GOOD,
        Credibility.POSSIBLE.label: _WARY,
        Credibility.DOUBTFUL.label: _WARY,
        Credibility.IMPROBABLE.label: _BAD,
        Credibility.UNJUDGED.label: _OPEN,
    },
}
"""Fills by heading and entry. A grade such as B2 has the fill of its credibility."""


def signal_rules(heading: str, first_cell: str) -> list[Any]:
    """The rules of a column with this heading, for a range that begins at `first_cell`; none for most columns."""
    graded = heading == "Grade"
    fills = _FILLS["Credibility"] if graded else _FILLS.get(heading, {})
    entry = f"RIGHT({first_cell},1)" if graded else f'{first_cell}&""'
    by_fill: dict[str, list[str]] = {}
    for label, fill in fills.items():
        by_fill.setdefault(fill, []).append(f'{entry}="{label}"')
    return [_rule(fill, cases) for fill, cases in by_fill.items()]


def _rule(fill: str, cases: list[str]) -> Any:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Border, PatternFill, Side
    from openpyxl.styles.differential import DifferentialStyle

    look = DifferentialStyle(
        fill=PatternFill("solid", start_color=f"FF{fill}", end_color=f"FF{fill}"),
        border=Border(bottom=Side("thin", color=f"FF{LINES}")),  # LibreOffice takes only the first rule that fits
    )
    formula = cases[0] if len(cases) == 1 else f"OR({','.join(cases)})"
    return Rule(type="expression", formula=[formula], dxf=look)
