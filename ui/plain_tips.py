"""Tips that show words from articles as they are.

Qt takes a tip that looks like markup for markup, and would read the files that it names.
"""

from __future__ import annotations

import html


def plain_tip(words: str) -> str:
    """What shows these words, their line breaks kept and nothing in them followed, as a tip; "" for none."""
    return f"<qt>{html.escape(words).replace(chr(10), '<br>')}</qt>" if words else ""
