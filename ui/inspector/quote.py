"""The marked words themselves, at the head of a form: plain, in their own direction, long ones folded.

Painted with Qt's text layout and not a label: a label cannot break a long word, and would measure a whole page of
text at every change of width.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotate.model import Annotation
from ui.direction import begins_right_to_left
from ui.inspector.layout import LinkButton, QuietButton
from ui.theme import Theme

FOLDED_LINES = 8
_MEASURED = 20_000
"""Characters laid out at most, when unfolded; the reader shows all of them."""


class Passage(QWidget):
    """Words in wrapped lines, at most `FOLDED_LINES` of them unless unfolded."""

    cut_changed = Signal(bool)
    """Whether lines are left out at the present width."""

    def __init__(self, words: str, ink: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words.replace("\n", "\u2028")
        self._ink = QColor(ink)
        self._unfolded = False
        self._cut = False
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(40)

    @property
    def is_cut(self) -> bool:
        return self._cut

    def unfold(self, unfolded: bool) -> None:
        self._unfolded = unfolded
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._lines(width)[1])

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, QFontMetrics(self.font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        cut = self._lines(self.width())[2]
        if cut != self._cut:
            self._cut = cut
            self.cut_changed.emit(cut)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._ink)
        layout, _height, cut = self._lines(self.width())
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if cut and number == layout.lineCount() - 1:
                metrics = QFontMetrics(self.font())
                rest = self._words[line.textStart() : line.textStart() + 400]
                words = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
                box = QRectF(0, line.y(), self.width(), line.height())
                option = QTextOption()
                option.setTextDirection(self._direction())
                option.setWrapMode(QTextOption.WrapMode.NoWrap)
                painter.drawText(box, words, option)
            else:
                line.draw(painter, QPointF(0, 0))

    def _direction(self) -> Qt.LayoutDirection:
        right = self._words.isascii() is False and begins_right_to_left(self._words)
        return Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight

    def _lines(self, width: int) -> tuple[QTextLayout, float, bool]:
        """The words laid out in a width, the height they take, and whether lines are left out."""
        most = _MEASURED if self._unfolded else FOLDED_LINES * 160
        layout = QTextLayout(self._words[:most], self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self._direction())
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        y, count, cut = 0.0, 0, False
        spacing = QFontMetrics(self.font()).lineSpacing() * 1.12
        while True:
            if count == FOLDED_LINES and not self._unfolded:
                last = layout.lineAt(count - 1)
                cut = last.textStart() + last.textLength() < len(self._words)
                break
            line = layout.createLine()
            if not line.isValid():
                cut = len(self._words) > most
                break
            line.setLineWidth(max(20, width))
            line.setPosition(QPointF(0, y))
            y += spacing
            count += 1
        layout.endLayout()
        return layout, y, cut


class Quote(QWidget):
    """The words of an annotation on the fill of its kind, with a bar in its ink; its spans one below another."""

    span_removed = Signal(int)
    """Position of the span whose × was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[object, ...] = ()
        self._fill = QColor()
        self._bar = QColor()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(13, 7, 8, 8)
        self._column.setSpacing(6)
        self.passages: list[Passage] = []
        self.removers: list[QToolButton] = []
        self._locked = False
        self._rows: list[QWidget] = []
        self.more = LinkButton("more")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._unfold)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_annotation(self, annotation: Annotation, theme: Theme) -> None:
        words = [span.exact for span in annotation.spans] or [annotation.words]
        shown = (annotation.id, theme.name, *words)
        if shown == self._shown:
            return
        self._shown = shown
        self._fill, self._bar = theme.fill(annotation.kind), QColor(theme.ink(annotation.kind))
        self._rebuild(words, theme)
        self.more.setChecked(False)
        self._offer_more()
        self.update()

    def set_locked(self, locked: bool) -> None:
        """No words are taken out."""
        self._locked = locked
        for remover in self.removers:
            remover.setVisible(not locked)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._fill)
        painter.fillRect(0, 0, 3, self.height(), self._bar)

    def _rebuild(self, words: Sequence[str], theme: Theme) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.passages, self.removers, self._rows = [], [], []
        for position, text in enumerate(words):
            row = QWidget(self)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(4)
            passage = Passage(text, theme.text, row)
            passage.cut_changed.connect(self._offer_more)
            line.addWidget(passage, 1)
            self.passages.append(passage)
            if len(words) > 1:
                remover = QuietButton("×", row)
                remover.setToolTip("Take these words out of the annotation")
                remover.setAccessibleName(f"Take out “{text[:40]}”")
                remover.clicked.connect(lambda _checked=False, at=position: self.span_removed.emit(at))
                line.addWidget(remover, 0, Qt.AlignmentFlag.AlignTop)
                remover.setVisible(not self._locked)
                self.removers.append(remover)
            self._column.insertWidget(position, row)
            self._rows.append(row)
            row.show()

    def _offer_more(self) -> None:
        self.more.setVisible(self.more.isChecked() or any(passage.is_cut for passage in self.passages))

    def _unfold(self, unfolded: bool) -> None:
        self.more.setText("less" if unfolded else "more")
        for passage in self.passages:
            passage.unfold(unfolded)
        self._offer_more()
