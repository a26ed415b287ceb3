"""Title and byline above the text, in line with it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.direction import begins_right_to_left
from ui.plain_tips import plain_tip
from ui.theme import Theme

LARGEST_TITLE, LARGEST_BYLINE = 28.0, 16.0
"""Points; above these a headline would leave no room for its article."""


class ClampedText(QWidget):
    """Plain text over a few lines at most; what does not fit ends in an ellipsis and stands in the tool tip."""

    def __init__(self, lines: int, ink: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._ink = ink
        self._text = ""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        self.setVisible(bool(self._text))
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: str) -> None:
        self._ink = ink
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(len(self._broken(width)) * self._line_height())

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(self._ink))
        right_to_left = begins_right_to_left(self._text)
        metrics = QFontMetricsF(self.font())
        for number, line in enumerate(self._broken(self.width())):
            x = max(0.0, self.width() - metrics.horizontalAdvance(line)) if right_to_left else 0.0
            painter.drawText(QPointF(x, number * self._line_height() + metrics.ascent()), line)

    def _line_height(self) -> float:
        return QFontMetricsF(self.font()).height() + 2

    def _broken(self, width: int) -> list[str]:
        """The lines as they are shown at a width in pixels."""
        layout = QTextLayout(self._text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        units = self._text.encode("utf-16-le", "surrogatepass")
        lines: list[str] = []
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid() and len(lines) < self._lines:
            line.setLineWidth(max(1, width))
            first, last = line.textStart(), line.textStart() + line.textLength()
            if len(lines) == self._lines - 1:
                last = len(units) // 2
            lines.append(units[2 * first : 2 * last].decode("utf-16-le", "replace").strip())
            line = layout.createLine()
        layout.endLayout()
        if lines:
            full = lines[-1]
            lines[-1] = QFontMetricsF(self.font()).elidedText(full, Qt.TextElideMode.ElideRight, width)
            self.setToolTip(plain_tip(self._text) if lines[-1] != full else "")
        return lines


class Header(QWidget):
    """Title in large bold letters, byline below it; above them a line for controls, so that no words give way."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ClampedText(3, theme.text, self)
        self.byline = ClampedText(2, theme.secondary, self)
        self._controls = QHBoxLayout()
        self._controls.setContentsMargins(0, 4, 8, 0)
        self._controls.addStretch(1)
        self._box = QVBoxLayout()
        self._box.setSpacing(2)
        self._box.addWidget(self.title)
        self._box.addWidget(self.byline)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._controls)
        whole.addLayout(self._box)
        self.set_point_size(self.font().pointSizeF())
        self.set_theme(theme)
        self.align(0, 400)

    def set_words(self, title: str, byline: str) -> None:
        self.title.set_text(title)
        self.byline.set_text(byline)

    def set_point_size(self, points: float) -> None:
        """Sizes for a text of so many points: the title stays above it, the byline can be read beside it."""
        usual = self.font().pointSizeF()
        title_font, byline_font = self.font(), self.font()
        title_font.setBold(True)
        title_font.setPointSizeF(min(max(usual * 1.4, points * 1.15), max(usual, LARGEST_TITLE)))
        byline_font.setPointSizeF(min(max(usual * 0.85, points * 0.7), max(usual, LARGEST_BYLINE)))
        self.title.setFont(title_font)
        self.byline.setFont(byline_font)

    def add(self, control: QWidget) -> None:
        """Put a control at the right end of the line above the title."""
        control.setFont(self.byline.font())
        self._controls.addWidget(control)

    def set_theme(self, theme: Theme) -> None:
        self.title.set_ink(theme.text)
        self.byline.set_ink(theme.secondary)

    def align(self, left: int, width: int) -> None:
        """Puts the words over the reading column."""
        self._column = left, width
        right = max(0, self.width() - left - width)
        self._box.setContentsMargins(left, 4 if self._controls.count() > 1 else 18, right, 10)
        self._box.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.align(*self._column)
