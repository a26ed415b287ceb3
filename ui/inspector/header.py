"""The head of the inspector: what is shown, and the way to the next one of its kind."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from annotate.model import Annotation
from annotate.store.changes import Changes
from ui.inspector.kind_order import KindOrder, Neighbourhood
from ui.inspector.layout import QuietButton
from ui.session import Session
from ui.swatches import square
from ui.theme import Theme


class Header(QFrame):
    """A square in the kind's ink, the kind, ID, page if the file has pages, and "‹ 2 of 6 ›" through the article's
    annotations of the kind."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._order: KindOrder | None = None
        self._moved: set[int] = set()
        """Annotations whose place must be looked up again."""
        self._around: Neighbourhood | None = None
        self.swatch, self.kind, self.label, self.place = QLabel(), QLabel(), QLabel(), QLabel()
        self.kind.setProperty("kind", "title")
        self.label.setProperty("kind", "secondary")
        self.place.setProperty("kind", "secondary")
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for words in (self.kind, self.label, self.place):
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setMinimumWidth(1)  # in a narrow panel they give way, and the buttons stay
        self.before = QuietButton("‹")
        self.after = QuietButton("›")
        self.before.clicked.connect(lambda: self._go(self._around and self._around.before))
        self.after.clicked.connect(lambda: self._go(self._around and self._around.after))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 2, 4)
        row.setSpacing(6)
        for widget in (self.swatch, self.kind, self.label):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.before, self.place, self.after):
            row.addWidget(widget)

    def show_annotation(self, annotation: Annotation, theme: Theme) -> None:
        read, shown, article = self._session.read, self._session.filter, self._session.article
        text_id = annotation.text_id if article is None else article.text_id
        if self._order is None:
            self._order = KindOrder(read.marks(text_id, shown=shown))
        elif self._moved:
            self._order.replace(self._moved, read.marks_of(self._moved, text_id=text_id, shown=shown))
        self._moved = set()
        # An orphan, and one that waits in an older text, stands behind all others.
        is_placed = bool(annotation.spans) and annotation.text_id == text_id
        start, end = (annotation.spans[0].start, annotation.spans[0].end) if is_placed else (sys.maxsize, 0)
        around = self._around = self._order.around(annotation.kind, start, end, annotation.id)
        self.swatch.setPixmap(square(theme.ink(annotation.kind), 11).pixmap(11, 11))
        kind = annotation.kind.label
        self._show(kind, self._label(annotation), f"{around.place:,} of {around.count:,}")
        for button, way in ((self.before, "previous"), (self.after, "next")):
            button.setToolTip(f"The {way} {kind.lower()} in this article")
            button.setAccessibleName(f"The {way} {kind.lower()}")
        self.before.setEnabled(around.before is not None)
        self.after.setEnabled(around.after is not None)

    def count_again(self) -> None:
        """Another article is shown, or other marks of it are hidden."""
        self._order = None

    def follow(self, changes: Changes) -> None:
        """Marks of the article have come, gone or moved."""
        self._moved |= changes.annotations
        if changes.touches("texts"):
            self.count_again()

    def show_title(self, title: str, label: str = "") -> None:
        """A head for what is no annotation."""
        self._around = None
        self._show(title, label, "")

    def _label(self, annotation: Annotation) -> str:
        """The ID, and the page of the file where it has pages."""
        text = self._session.read.text(annotation.text_id) if annotation.spans else None
        page = text.page_of(annotation.spans[0].start) if text else None
        return annotation.label if page is None else f"{annotation.label} · p. {page:,}"

    def _show(self, kind: str, label: str, place: str) -> None:
        self.kind.setText(kind)
        self.label.setText(label)
        self.place.setText(place)
        for widget in (self.before, self.place, self.after):
            widget.setVisible(bool(place))
        self.swatch.setVisible(bool(place))

    def _go(self, annotation_id: int | None) -> None:
        if annotation_id is not None:
            self._session.select(annotation_id)
