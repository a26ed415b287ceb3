"""A picture to read from: as wide as its place, larger and smaller by wheel and keys, dragged with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

_STEP = 1.2
_SMALLEST, _LARGEST = 0.05, 8.0


class _Sheet(QWidget):
    """The picture alone, at some scale."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull() or not self.width():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        factor = self.image.width() / self.width()
        shown = QRectF(event.rect())
        painter.drawImage(shown, self.image, QRectF(shown.topLeft() * factor, shown.size() * factor))


class PictureView(QScrollArea):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = _Sheet()
        self._scale: float | None = None
        """Screen pixels to a pixel of the picture; None: as wide as the place, never larger than it is."""
        self._grabbed: QPoint | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Picture")
        self.setWidget(self._sheet)
        self._sheet.installEventFilter(self)
        self._sheet.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_image(self, image: QImage) -> None:
        self._sheet.image = image
        self._scale = None
        self._fit()
        self.verticalScrollBar().setValue(0)

    @property
    def scale(self) -> float:
        """Screen pixels to a pixel of the picture."""
        if self._scale is not None:
            return self._scale
        width = self._sheet.image.width()
        return min(1.0, self.viewport().width() / width) if width else 1.0

    def zoom(self, direction: int) -> None:
        """Larger (1), smaller (-1), or as wide as the place (0); what is in the middle stays there."""
        if self._sheet.image.isNull():
            return
        middle = QPointF(self.viewport().rect().center())
        before = QPointF(self._sheet.mapFrom(self.viewport(), middle.toPoint())) / self.scale
        self._scale = None if direction == 0 else min(max(self.scale * _STEP**direction, _SMALLEST), _LARGEST)
        self._fit()
        place = before * self.scale - middle
        self.horizontalScrollBar().setValue(round(place.x()))
        self.verticalScrollBar().setValue(round(place.y()))

    def _fit(self) -> None:
        size = self._sheet.image.size()
        self._sheet.resize(QSize(max(1, round(size.width() * self.scale)), max(1, round(size.height() * self.scale))))
        self._sheet.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scale is None:
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        directions = {"+": 1, "=": 1, "-": -1, "0": 0}
        if event.text() in directions:
            self.zoom(directions[event.text()])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self._drag(event)
        return super().eventFilter(watched, event)

    def _drag(self, event: QMouseEvent) -> None:
        place = event.globalPosition().toPoint()
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = place
            self._sheet.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.type() == QEvent.Type.MouseMove and self._grabbed is not None:
            moved, self._grabbed = place - self._grabbed, place
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._grabbed = None
            self._sheet.setCursor(Qt.CursorShape.OpenHandCursor)
