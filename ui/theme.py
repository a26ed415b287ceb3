"""One place for colours, spacing and type: two themes of the same names.

Inks of the three kinds are Okabe-Ito hues, safe for colour-blind eyes, darkened or lightened until text and bands
in them reach WCAG AA on the ground they stand on.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from annotate.vocabulary import Kind

_LEAST_CONTRAST = 3.0
_STEPS = 50


@dataclass(frozen=True)
class Theme:
    """Colours as hex strings; `colour()` makes a QColor of one, with an opacity from 0 to 1."""

    name: str
    dark: bool
    ground: str
    panel: str
    field: str
    line: str
    text: str
    secondary: str
    accent: str
    accent_text: str
    selection: str
    """Ground of the selected row."""
    text_selection: str
    """Ground of selected words in the reader."""
    found: str
    """Ground of words that were found in the reader, and the frame around it."""
    found_edge: str
    hover: str
    warning: str
    claim: str
    figure: str
    source: str
    claim_fill: str
    """Hue of a claim's ground; a darkened ink would leave it brown."""
    figure_fill: str
    source_fill: str
    overflow: str
    """The grey band for marks beyond the drawn lanes."""
    fill_opacity: float

    def ink(self, kind: Kind) -> str:
        """The colour in which a kind's letter and band are drawn."""
        return {Kind.CLAIM: self.claim, Kind.FIGURE: self.figure, Kind.SOURCE: self.source}[kind]

    def fill(self, kind: Kind) -> QColor:
        """The soft ground of a mark."""
        hue = {Kind.CLAIM: self.claim_fill, Kind.FIGURE: self.figure_fill, Kind.SOURCE: self.source_fill}[kind]
        return colour(hue, self.fill_opacity)

    def seen(self, hex_code: str) -> QColor:
        """A colour of the analyst's, lightened or darkened until it can be told from the panel (WCAG 1.4.11)."""
        made, panel = QColor(hex_code), _luminance(QColor(self.panel))
        for _ in range(_STEPS):
            bright, faint = sorted((_luminance(made), panel), reverse=True)
            if (bright + 0.05) / (faint + 0.05) >= _LEAST_CONTRAST:
                break
            hue, saturation, lightness, opacity = made.getHslF()
            made = QColor.fromHslF(
                max(0.0, hue), saturation, min(1.0, max(0.0, lightness + (1 if self.dark else -1) / _STEPS)), opacity
            )
        return made


def _luminance(made: QColor) -> float:
    """Relative luminance as WCAG 2 reckons it, from 0 to 1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in made.getRgbF()[:3]]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def colour(hex_code: str, opacity: float = 1.0) -> QColor:
    made = QColor(hex_code)
    made.setAlphaF(opacity)
    return made


LIGHT = Theme(
    name="light",
    dark=False,
    ground="#f6f7f9",
    panel="#ffffff",
    field="#f6f7f9",
    line="#dfe3e8",
    text="#1c2430",
    secondary="#5f6980",
    accent="#2457d6",
    accent_text="#ffffff",
    selection="#e8eefc",
    text_selection="#bcd0ff",
    found="#fff3b0",
    found_edge="#a08300",
    hover="#eef1f5",
    warning="#a35200",
    claim="#a35200",
    figure="#0062a8",
    source="#00795a",
    claim_fill="#e69f00",
    figure_fill="#0072b2",
    source_fill="#009e73",
    overflow="#838c9c",
    fill_opacity=0.18,
)

DARK = Theme(
    name="dark",
    dark=True,
    ground="#15181d",
    panel="#1c2026",
    field="#15181d",
    line="#2d333c",
    text="#e6e9ee",
    secondary="#98a2b3",
    accent="#7aa2ff",
    accent_text="#0f1420",
    selection="#22304d",
    text_selection="#34508f",
    found="#4a4218",
    found_edge="#a08c2e",
    hover="#262c35",
    warning="#f2b35a",
    claim="#f2b35a",
    figure="#6cb8f0",
    source="#5fd0ac",
    claim_fill="#f2b35a",
    figure_fill="#6cb8f0",
    source_fill="#5fd0ac",
    overflow="#7d8796",
    fill_opacity=0.20,
)
