"""The head of the inspector: what is shown, and the way to the next one of its kind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from annotate.model import Annotation, Mark
from ui.inspector.layout import QuietButton
from ui.session import Session
from ui.swatches import square
from ui.theme import Theme


class Header(QFrame):
    """A square in the kind's ink, the kind, the ID, and "‹ 2 of 6 ›" through the article's annotations of the kind."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._marks: list[Mark] | None = None
        self._ids: list[int] = []
        self._at = 0
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
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 2, 4)
        row.setSpacing(6)
        for widget in (self.swatch, self.kind, self.label):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self.before, self.place, self.after):
            row.addWidget(widget)

    def show_annotation(self, annotation: Annotation, theme: Theme) -> None:
        marks = self._session.read.marks(annotation.text_id) if self._marks is None else self._marks
        self._marks = marks
        self._ids = list(dict.fromkeys(mark.annotation_id for mark in marks if mark.kind is annotation.kind))
        if annotation.id not in self._ids:  # an orphan, or one in an older version of the text
            self._ids.append(annotation.id)
        self._at = self._ids.index(annotation.id)
        self.swatch.setPixmap(square(theme.ink(annotation.kind), 11).pixmap(11, 11))
        kind = annotation.kind.label
        self._show(kind, annotation.label, f"{self._at + 1} of {len(self._ids)}")
        for button, way in ((self.before, "previous"), (self.after, "next")):
            button.setToolTip(f"The {way} {kind.lower()} in this article")
            button.setAccessibleName(f"The {way} {kind.lower()}")
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(self._ids))

    def count_again(self) -> None:
        """Marks of the article have come or gone, or another article is shown."""
        self._marks = None

    def show_title(self, title: str, label: str = "") -> None:
        """A head for what is no annotation."""
        self._ids = []
        self._show(title, label, "")

    def _show(self, kind: str, label: str, place: str) -> None:
        self.kind.setText(kind)
        self.label.setText(label)
        self.place.setText(place)
        for widget in (self.before, self.place, self.after):
            widget.setVisible(bool(place))
        self.swatch.setVisible(bool(place))

    def _step(self, by: int) -> None:
        at = self._at + by
        if 0 <= at < len(self._ids):
            self._session.select(self._ids[at])
