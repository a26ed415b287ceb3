"""A short closed list as buttons side by side: one click sets the grade, a second one takes it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from annotate.vocabulary import Choice


class Segmented(QWidget):
    """Chooses one entry of a closed list, or none where it may be empty.

    Arrow keys go from segment to segment, Space chooses, Delete clears; the whole control is one stop of Tab.
    """

    committed = Signal(object)
    left = Signal()

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        may_be_empty: bool = False,
        with_meaning: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.value: Choice | None = None
        self._before: Choice | None = None
        self._may_be_empty = may_be_empty
        self._locked = False
        self._choices = tuple(choices)
        frame = QFrame(self)
        frame.setProperty("kind", "segments")
        frame.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.segments: list[QPushButton] = []
        for position, choice in enumerate(self._choices):
            segment = QPushButton(choice.label, frame)
            segment.setCheckable(True)
            segment.setProperty("kind", "segment")
            segment.setProperty("place", _place(position, len(self._choices)))
            segment.setToolTip(f"{choice.label}: {choice.meaning}" if with_meaning else choice.meaning)
            segment.setAccessibleName(f"{choice.label}: {choice.meaning}")
            segment.setMinimumWidth(22)
            segment.clicked.connect(lambda _checked, choice=choice: self._clicked(choice))
            segment.installEventFilter(self)
            row.addWidget(segment)
            self.segments.append(segment)
        self.clear = QToolButton(self)
        self.clear.setText("×")
        self.clear.setFixedWidth(18)
        self.clear.setProperty("kind", "quiet")
        self.clear.setToolTip("Clear")
        self.clear.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clear.clicked.connect(self._cleared)
        policy = self.clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear.setSizePolicy(policy)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(frame)
        if may_be_empty:
            line.addWidget(self.clear)
        line.addStretch(1)
        self.clear.setVisible(False)
        self._show()

    def show_value(self, value: Choice | None) -> None:
        self.value = value
        self._show()

    def set_locked(self, locked: bool) -> None:
        """Show what was chosen, and no choice."""
        self._locked = locked
        for segment in self.segments:
            segment.setEnabled(not locked)
        self._show()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.clear.setAccessibleName(f"Clear {name.lower()}")

    def commit(self) -> None:
        """Every click is committed at once."""

    def forget(self) -> None:
        """Nothing is ever pending."""

    def refuse(self) -> None:
        """Go back to what stands in the record."""
        self.show_value(self._before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self.segments:
            at = self.segments.index(watched)
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(event.key())
            if step is not None:
                self.segments[(at + step) % len(self.segments)].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._may_be_empty:
                self._cleared()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.segments[at].click()
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, choice: Choice) -> None:
        self._set(None if choice is self.value and self._may_be_empty else choice)

    def _cleared(self) -> None:
        if self.clear.hasFocus():
            self.segments[0].setFocus()
        self._set(None)

    def _set(self, value: Choice | None) -> None:
        self._before, self.value = self.value, value
        self._show()
        if value is not self._before:
            self.committed.emit(value)

    def _show(self) -> None:
        stop = self._choices.index(self.value) if self.value in self._choices else 0
        for position, (segment, choice) in enumerate(zip(self.segments, self._choices, strict=True)):
            segment.setChecked(choice is self.value)
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if position == stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.segments[stop])
        self.clear.setVisible(self._may_be_empty and self.value is not None and not self._locked)


def _place(position: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if position == 0 else "last" if position == count - 1 else "middle"
