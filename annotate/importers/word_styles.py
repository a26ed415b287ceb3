"""What paragraphs and runs of a Word document have by their styles: being a heading, a list item, hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Package

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
"""What the names of elements and attributes begin with, as lxml writes them."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or a run has by its style."""

    heading: str = ""
    """title, heading or none."""
    listed: bool = False
    hidden: bool = False
    prompt: bool = False
    """What a field of a form shows that nobody has filled in."""


PLAIN = Style()


def styles_of(package: Package) -> dict[str, Style]:
    """Styles by id; one that is based on another has what that one has."""
    elements = {style.get(f"{W}styleId"): style for style in package.styles.element.iter(f"{W}style")}
    styles: dict[str, Style] = {}
    for style_id in elements:
        chain = {style_id: None}
        last = style_id
        while (base := value_of(elements[last], "basedOn")) in elements and base not in chain and base not in styles:
            last = base
            chain[last] = None
        below = styles.get(base or "", PLAIN)
        for above in reversed(chain):
            below = styles[above] = _style(elements[above], below)
    return styles


def _style(element: Any, below: Style) -> Style:
    # The names of the built-in styles are English in every Word.
    name = (value_of(element, "name") or "").lower()
    level = value_of(element, "pPr", "outlineLvl")
    if name == "title":
        heading = "title"
    elif level is not None:
        heading = "heading" if is_heading_level(level) else ""
    else:
        heading = "heading" if re.fullmatch(r"heading [1-9]|subtitle", name) else below.heading
    number = value_of(element, "pPr", "numPr", "numId")
    vanish = element.find(f"{W}rPr/{W}vanish")
    return Style(
        heading,
        below.listed if number is None else number != "0",
        below.hidden if vanish is None else is_on(vanish),
        below.prompt or name == "placeholder text",
    )


def is_heading_level(level: str) -> bool:
    """Outline levels count from 0; 9 is body text."""
    return level in ("0", "1", "2", "3", "4", "5", "6", "7", "8")


def value_of(element: Any, *path: str) -> str | None:
    """The value of an element below; None where there is none."""
    found = element.find("/".join(f"{W}{tag}" for tag in path))
    value: str | None = None if found is None else found.get(f"{W}val")
    return value


def is_on(toggle: Any) -> bool:
    return toggle.get(f"{W}val") not in ("0", "false", "off")
