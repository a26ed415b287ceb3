"""The strip beside the text: where in the article its marks are and which part is in view; also the scroll bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotate.segments import Laned
from annotate.summaries import Mark
from annotate.vocabulary import Kind
from ui.theme import Theme, colour

WIDTH = 14
TICK = 3
FOUND_ROOM = 4
"""A lane at the right edge that is there while hits are shown: place tells them from marks, not colour alone."""
PLACES = 1_000
"""Marks are counted by thousandths of the article: a change costs one count, painting never more than this."""


class Overview(QWidget):
    """Positions are UTF-16 units of the document."""

    place_wanted = Signal(int)
    """The position to bring into the middle of the view."""
    wheel_turned = Signal(QWheelEvent)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._length = 1
        self._seen = (0, 0)
        self._ticks: QPixmap | None = None
        self._counts: Counter[tuple[int, Kind]] = Counter()
        self._found: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Where the marks are")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 80)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._redraw_ticks()

    def reset(self, length: int, entries: Iterable[Laned[Mark]]) -> None:
        """Shows the marks of another article; `length` is the article's."""
        self._length = max(1, length)
        self._found = frozenset()
        self._counts = Counter((entry.start * PLACES // self._length, entry.item.kind) for entry in entries)
        self._redraw_ticks()

    def count(self, entry: Laned[Mark], change: int) -> None:
        """Counts a mark in (1) or out (-1)."""
        place = entry.start * PLACES // self._length, entry.item.kind
        shown = self._counts[place] > 0
        self._counts[place] += change
        if shown != (self._counts[place] > 0):
            self._redraw_ticks()

    def show_found(self, starts: Sequence[int]) -> None:
        """Shows where words were found, in place of what was shown before."""
        found = frozenset(start * PLACES // self._length for start in starts)
        if found != self._found:
            if bool(found) != bool(self._found):
                self._ticks = None  # marks make room
            self._found = found
            self.update()

    def set_seen(self, start: int, end: int) -> None:
        """Shows which part of the article is in view."""
        if (start, end) != self._seen:
            self._seen = start, end
            self.update()

    def kinds_at(self, position: int) -> set[Kind]:
        """Kinds with a tick at a position."""
        place = position * PLACES // self._length
        return {kind for kind in Kind if self._counts[place, kind] > 0}

    def has_found_at(self, position: int) -> bool:
        """Whether words were found in the thousandth of a position."""
        return position * PLACES // self._length in self._found

    def y_of(self, position: int) -> float:
        """Height in pixels at which a position is shown."""
        return position * max(1, self.height() - TICK) / self._length

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.field))
        painter.fillRect(0, 0, 1, self.height(), QColor(self._theme.line))
        start, end = self._seen
        if end - start < self._length:
            top = self.y_of(start)
            seen = QRectF(1, top, self.width() - 1, max(18.0, self.y_of(end) - top))
            painter.fillRect(seen, colour(self._theme.secondary, 0.18))
            painter.setPen(QColor(self._theme.secondary))
            painter.drawRect(seen.adjusted(0, 0, -1, -1))
        if self._ticks is None:
            self._ticks = self._drawn_ticks()
        painter.drawPixmap(0, 0, self._ticks)
        for y in {place * (self.height() - TICK) // PLACES for place in self._found}:
            painter.fillRect(self.width() - FOUND_ROOM, y, FOUND_ROOM, TICK - 1, QColor(self._theme.text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._redraw_ticks()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._ask(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.wheel_turned.emit(event)

    def _redraw_ticks(self) -> None:
        self._ticks = None
        self.update()

    def _drawn_ticks(self) -> QPixmap:
        """The ticks on a clear ground: drawn when marks come or go, not whenever the text is scrolled."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap((QSizeF(self.size()) * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        inks = {kind: QColor(self._theme.ink(kind)) for kind in Kind}
        ticks: dict[int, set[Kind]] = {}
        for (place, kind), count in self._counts.items():
            if count > 0:
                ticks.setdefault(place * (self.height() - TICK) // PLACES, set()).add(kind)
        painter = QPainter(picture)
        for y, kinds in ticks.items():
            width = (self.width() - 5 - (FOUND_ROOM if self._found else 0)) / len(kinds)
            for number, kind in enumerate(sorted(kinds)):
                painter.fillRect(QRectF(3 + number * width, y, width, TICK), inks[kind])
        painter.end()
        return picture

    def _ask(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            share = min(max(event.position().y() / max(1, self.height()), 0.0), 1.0)
            self.place_wanted.emit(min(int(share * self._length), self._length - 1))
