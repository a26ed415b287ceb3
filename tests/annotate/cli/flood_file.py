"""A text file about a flood, and lines of JSON that a command printed."""

import json

ARTICLE = "Flood 🌊 in the valley\n\nAt least 900 people left their homes, الدفاع المدني said.\u2028More is to come.\n"


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]
