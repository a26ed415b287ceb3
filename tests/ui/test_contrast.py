"""WCAG 2.2 AA in both themes: words 4.5 to 1 on whatever they stand on, and what must be seen to be used 3 to 1.

What is disabled is exempt, and so are the colours of tags: they are the analyst's, and no words stand on them.
"""

import re
from collections import Counter

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPalette, QTextCursor
from pytestqt.qtbot import QtBot

from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.reader import Reader
from ui.reader.hits import Hits
from ui.style import ICONS, colours, mixed, palette, stylesheet
from ui.theme import DARK, LIGHT, Theme

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
INKS = ("claim", "figure", "source")
WORDS, SHAPES = 4.5, 3.0


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("hue", range(0, 360, 15))
@pytest.mark.parametrize("lightness", [0, 60, 128, 200, 255])
def test_a_tag_can_be_told_from_the_page_whatever_its_colour(theme, hue: int, lightness: int) -> None:
    seen = theme.seen(QColor.fromHsl(hue, 200, lightness).name())
    assert contrast(seen.name(), theme.panel) >= 2.95  # rounded to 8 bits


def luminance(code: str) -> float:
    shares = (channel / 255 for channel in QColor(code).getRgb()[:3])
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_faint(theme: Theme, least: float, inks: dict[str, str]) -> dict[str, float]:
    """Of inks by name with the grounds they meet, those pairs that do not reach the least contrast."""
    known = colours(theme)
    pairs = [(ink, ground) for ink, grounds in inks.items() for ground in grounds.split()]
    found = {f"{ink} on {ground}": round(contrast(known[ink], known[ground]), 2) for ink, ground in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


def test_contrast_is_reckoned_as_the_guideline_has_it() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#123456", "#123456") == 1


@THEMES
def test_words_can_be_read_on_every_ground_they_stand_on(theme: Theme) -> None:
    rows = "panel selection hover"
    inks = {
        "text": f"{rows} ground field pressed accent_soft chip text_selection found",
        "secondary": f"{rows} ground field pressed accent_soft chip",
        "accent": f"{rows} ground field",
        "warning": f"{rows} ground field pressed",
        "accent_text": "accent accent_hover",
        **dict.fromkeys(INKS, rows),
    }
    assert too_faint(theme, WORDS, inks) == {}


@THEMES
def test_what_must_be_seen_to_be_used_stands_out(theme: Theme) -> None:
    inks = {
        "edge": "panel field",  # fields, check boxes
        "accent": "panel ground field accent_soft chip selection hover",  # focus, what is checked, the chosen tab
        "warning": "panel field accent_soft",  # a value that was not understood, trouble
        "handle": "panel ground",  # scroll bars
        "secondary": "panel ground field hover",  # arrows, and what the overview shows to be in view
        "accent_text": "accent",  # ticks in boxes
        "overflow": "panel",
        "found_edge": "panel found",
        "text": "found panel ground",  # the current hit, the focus on what is filled with the accent
        **dict.fromkeys(INKS, "panel field"),
    }
    assert too_faint(theme, SHAPES, inks) == {}


@THEMES
def test_bands_handles_and_ticks_stand_out_from_the_fills_and_the_overview_beneath_them(theme: Theme) -> None:
    in_view = mixed(theme.field, theme.secondary, 0.18)
    for kind in Kind:
        fill = theme.fill(kind)
        ground = mixed(theme.panel, fill.name(), fill.alphaF())
        assert contrast(theme.ink(kind), ground) >= SHAPES, kind
        assert contrast(theme.ink(kind), in_view) >= SHAPES, kind


@THEMES
def test_every_rule_of_the_sheet_with_ink_and_ground_can_be_read(theme: Theme) -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", stylesheet(theme))
    seen = 0
    for selector, body in rules:
        said = dict(
            re.findall(r"(?:^|[;\s])(color|background|selection-color|selection-background-color): (#\w+)", body)
        )
        for ink, ground in (("color", "background"), ("selection-color", "selection-background-color")):
            if ink in said and ground in said and ":disabled" not in selector:
                seen += 1
                assert contrast(said[ink], said[ground]) >= WORDS, selector.strip()
    assert seen > 20


@THEMES
def test_what_qt_paints_by_the_palette_can_be_read(theme: Theme) -> None:
    role = QPalette.ColorRole
    made = palette(theme)
    for ink, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.PlaceholderText, role.Base),
        (role.PlaceholderText, role.AlternateBase),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.Link, role.Base),
        (role.LinkVisited, role.Base),
        (role.ToolTipText, role.ToolTipBase),
    ):
        assert contrast(made.color(ink).name(), made.color(ground).name()) >= WORDS, (ink, ground)


@THEMES
@pytest.mark.parametrize("icon", ["chevron-down", "chevron-up", "chevron-left", "chevron-right", "check", "dash"])
def test_arrows_and_ticks_are_drawn_in_the_colours_of_the_theme(theme: Theme, icon: str) -> None:
    stroke = theme.secondary if icon.startswith("chevron") else theme.accent_text
    assert f'stroke="{stroke}"' in (ICONS / f"{icon}-{theme.name}.svg").read_text(encoding="utf-8")


def commonest(reader: Reader, words: str) -> str:
    """The colour most of the ground behind words has, as it was painted."""
    start = reader.view.text.index(words)
    box: QRect = reader.text_rect(start, start + len(words)).adjusted(1, 1, -1, -1)
    image = reader.view.viewport().grab().toImage()
    pixels = Counter(
        image.pixelColor(x, y).name()
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    )
    return pixels.most_common(1)[0][0]


@THEMES
def test_words_can_be_read_on_one_two_and_three_marks_selected_and_found(theme: Theme, qtbot: QtBot) -> None:
    text = "The harbour office of Aru said that 70 boats burnt, and 9 \U0001f6a4 sank. نحو 70 قاربا"
    stacks = [("The harbour office", Kind.SOURCE), ("70 boats", Kind.FIGURE), ("9 \U0001f6a4 sank", Kind.FIGURE)]
    stacks += [(text, Kind.CLAIM), ("Aru said that 70 boats burnt", Kind.SOURCE), ("70 قاربا", Kind.FIGURE)]
    marks = [Mark(n, kind, text.index(words), text.index(words) + len(words)) for n, (words, kind) in enumerate(stacks)]
    reader = Reader(theme)
    qtbot.addWidget(reader)
    reader.resize(900, 400)
    reader.show_article("", "", text, marks)
    with qtbot.waitExposed(reader):
        reader.show()
    places = ["harbour", "boats", "burnt", "sank", "قاربا", "and 9"]
    plain = {commonest(reader, words) for words in places}
    assert len(plain) == 3, "each kind has a ground of its own"
    starts = [reader.view.offsets.to_utf16(text.index(words)) for words in places]
    ends = [start + len(words.encode("utf-16-le")) // 2 for start, words in zip(starts, places, strict=True)]
    in_order = sorted(zip(starts, ends, strict=True))
    reader.view.show_hits(Hits([start for start, _ in in_order], [end for _, end in in_order]))
    found = {commonest(reader, words) for words in places}
    reader.view.show_hits(Hits())
    cursor = reader.view.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    reader.view.setTextCursor(cursor)
    selected = {commonest(reader, words) for words in places}
    assert (found, selected) == ({theme.found}, {theme.text_selection})
    for ground in plain | found | selected:
        assert contrast(theme.text, ground) >= WORDS, ground
