"""Which of Qt's own messages quote nothing, so that they may stand in a log; of the others, who speaks.

Qt warns of a missing file with its path and of a string with the string itself, so a message is kept only where it is
known word for word. Who speaks, like QPixmap::scaled or qt.svg, is a name in Qt's code.
"""

from __future__ import annotations

import re

_KNOWN = re.compile(
    "|".join(
        (
            r"This plugin does not support \w+\(\)",
            r"QObject::(startTimer|killTimer): Timers can(not| only) be [\w ]+",
            r"QObject: Cannot create children for a parent that is in a different thread\.",
            r"QPainter::\w+: Painter not active",
            r"QPainter::begin: Paint device returned engine == 0, type: \d+",
            r"QPainter::begin: A paint device can only be painted by one painter at a time\.",
            r"QPaintDevice: Cannot destroy paint device that is being painted",
            r"QBackingStore::endPaint\(\) called with active painter; did you forget to destroy it or call "
            r"QPainter::end\(\) on it\?",
            r"QWidget::paintEngine: Should no longer be called",
            r"QWidget::repaint: Recursive repaint detected",
            r"QPixmap::scaled: Pixmap is a null pixmap",
            r'QLayout: Attempting to add QLayout "" to \w+ "", which already has a layout',
            r"QFont::setPointSizeF?: Point size <= 0 \([-\d.]+\), must be greater than 0",
            r"The (X11|Wayland) connection (broke|experienced a fatal error)[\w .?()]*",
        )
    )
)
_SPEAKER = re.compile(r"(Q[A-Za-z]\w*(?:::~?\w+)*(?:\(\))?|qt\.[\w.]+)(?=[\s:])")
_CATEGORY = re.compile(r"[A-Za-z]+(\.\w+)*")


def safe_words(message: str, category: str | None) -> str:
    """What may be written down of a message; `category` is the one Qt logs it under."""
    if _KNOWN.fullmatch(message):
        return message
    speaker = _SPEAKER.match(message)
    known = category if category and _CATEGORY.fullmatch(category) else "default"
    return f"{speaker[1] if speaker else known}: (message left out, {len(message):,} characters)"
