"""Fields of a form: they show a value, and tell when a person has given another one.

All of them have the same face: `show_value`, `committed(value)`, `left()` when the focus goes, `commit` for what was
typed and still rests, `forget` to drop it, `refuse` when it could not be written. Words commit half a second after
the last key and on leaving. A value that comes from elsewhere never replaces words that are being typed, and Ctrl+Z
belongs to the field only while it has typing to undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate.vocabulary import Choice
from ui.inspector.locking import show_locked
from ui.inspector.readings import DAY, PLAIN, NotUnderstood, Reading
from ui.plain_tips import plain_tip
from ui.style import restyle

REST_MS = 500
"""How long typing rests before it is written."""

_MOST_LINES = 10
"""Lines of a text box before it scrolls."""
_LINES_OF_MONTH = 8
"""Six weeks, the names of their days, and the month with its arrows."""
_ROOM_OF_WEEK = 8
"""Pixels around the words of such a line."""


class _Typed:
    """What a line and a box of text share; stands before the Qt class."""

    def _begin(self, reading: Reading) -> None:
        self._reading = reading
        self._known: Any = None
        self._typing = False
        self._refused = False
        self._tip = ""
        self._hint = ""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.commit)

    def show_value(self, value: Any) -> None:
        """Show a value that comes from the record; words being typed stay."""
        if self._typing or value == self._known:
            return
        self._known = value
        self._put(self._reading.show(value))
        self._mark("")

    def commit(self) -> None:
        """Read and tell what was typed; words that make no sense stay, marked with a sentence."""
        self._rest.stop()
        self._refused = False
        if not self._typing:
            return
        try:
            value = self._reading.parse(self._words())
        except NotUnderstood as error:
            self._mark(str(error))
            return
        self._mark("")
        self._typing = False
        if value != self._known:
            before, self._known = self._known, value
            self._before = before
            self.committed.emit(value)

    def refuse(self) -> None:
        """What was committed could not be written: the words stay, to be mended."""
        self._known, self._typing, self._refused = self._before, True, True
        self._mark("Not saved yet: leave the field to try again.")

    def set_locked(self, locked: bool) -> None:
        """Show the words only, to be read and copied, and no hint on what to type."""
        if locked != self.isReadOnly():
            self._hint, hint = ("", self._hint) if not locked else (self.placeholderText(), "")
            self.setPlaceholderText(hint)
        self.setReadOnly(locked)
        show_locked(self, locked)
        QWidget.setToolTip(self, (locked and plain_tip(self._words())) or self._tip)  # a line may be cut

    def complain(self, trouble: str) -> None:
        """Mark words that make no sense beside those of another field."""
        self._mark(trouble)

    def forget(self) -> None:
        """Drop what was typed; the next value shown is taken as it is."""
        self._rest.stop()
        self._typing = self._refused = False
        self._known = _NOTHING
        self._mark("")

    @property
    def unsaved(self) -> str:
        """The words that could not be written; empty when they were."""
        return self._words() if self._refused else ""

    @property
    def trouble(self) -> str:
        """Why the words were not understood; empty when they were."""
        return self.toolTip() if self.property("wrong") == "true" else ""

    def setToolTip(self, tip: str) -> None:
        self._tip = tip
        super().setToolTip(tip)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undone = event.matches(QKeySequence.StandardKey.Undo) and not self._can_undo()
            redone = event.matches(QKeySequence.StandardKey.Redo) and not self._can_redo()
            if undone or redone:
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.commit()
        if not self._typing and self._known is not _NOTHING:
            tidy = self._reading.show(self._known)
            if tidy != self._words():
                self._put(tidy)
        self.left.emit()

    def _typed(self) -> None:
        self._typing = True
        self._rest.start()

    def _mark(self, trouble: str) -> None:
        wrong = "true" if trouble else "false"
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            restyle(self)
        super().setToolTip(trouble or self._tip)
        self.setAccessibleDescription(trouble)
        self.troubled.emit(trouble)


_NOTHING = object()


class TextLine(_Typed, QLineEdit):
    """One line of words, or of anything that can be read from words."""

    committed = Signal(object)
    left = Signal()
    troubled = Signal(str)
    """Why the words were not understood; empty when they are."""

    def __init__(self, reading: Reading = PLAIN, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin(reading)
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(40)
        self.textEdited.connect(self._typed)
        self.returnPressed.connect(self.commit)

    def _words(self) -> str:
        return self.text()

    def _put(self, words: str) -> None:
        self.setText(words)
        self.setCursorPosition(0)

    def _can_undo(self) -> bool:
        return self.isUndoAvailable()

    def _can_redo(self) -> bool:
        return self.isRedoAvailable()


class TextBox(_Typed, QPlainTextEdit):
    """Several lines of words; grows with them up to a limit. Tab goes to the next field."""

    committed = Signal(object)
    left = Signal()
    troubled = Signal(str)

    def __init__(self, placeholder: str = "", *, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begin(PLAIN)
        self._lines = lines
        self._putting = False
        self.setProperty("kind", "field")
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def _changed(self) -> None:
        self._fit()
        if not self._putting:
            self._typed()

    def _fit(self) -> None:
        needed = int(self.document().size().height())
        shown = min(max(self._lines, needed), _MOST_LINES)
        height = shown * ceil(QFontMetricsF(self.font()).lineSpacing()) + 13
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        if height != self.height():
            self.setFixedHeight(height)

    def _words(self) -> str:
        return self.toPlainText()

    def _put(self, words: str) -> None:
        self._putting = True
        self.setPlainText(words)
        self._putting = False

    def _can_undo(self) -> bool:
        return self.document().isUndoAvailable()

    def _can_redo(self) -> bool:
        return self.document().isRedoAvailable()


class DateLine(TextLine):
    """A day, typed or picked from a calendar; may be empty."""

    def __init__(self, reading: Reading = DAY, parent: QWidget | None = None) -> None:
        super().__init__(reading, "day month year", parent)
        self._button = QToolButton(self)
        self._button.setProperty("kind", "opens")
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setToolTip("Pick from a calendar (Alt+Down)")
        self._button.clicked.connect(self.open_calendar)
        self.setTextMargins(0, 0, 20, 0)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._button.setAccessibleName(f"Calendar for {name.lower()}")

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        self._button.setVisible(not locked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._button.setGeometry(self.width() - 24, 2, 22, self.height() - 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if asked and not self.isReadOnly():
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> QCalendarWidget:
        """Show the calendar below the field; a click or Enter on a day takes it."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("kind", "picker")
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, QTextCharFormat())
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(calendar)
        # Its own idea of its height forgets the room that the style sheet gives each line, and cuts the last week.
        calendar.setMinimumHeight(_LINES_OF_MONTH * (calendar.fontMetrics().height() + _ROOM_OF_WEEK))
        try:
            shown = DAY.parse(self.text())
        except NotUnderstood:
            shown = None
        if shown is not None:
            calendar.setSelectedDate(shown)

        def take(day: Any) -> None:
            self.setText(DAY.show(day.toPython()))
            self._typed()
            popup.close()
            self.commit()
            self.setFocus()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        calendar.setFocus()
        return calendar


class ChoiceBox(QComboBox):
    """One entry of a closed list; the wheel scrolls the form unless the box has the focus."""

    committed = Signal(object)
    left = Signal()

    def __init__(self, choices: Sequence[Choice], *, empty: str | None = "–", parent: QWidget | None = None) -> None:
        """With `empty`, an entry of that name stands for None; without it the list always has a value."""
        super().__init__(parent)
        self._values: list[Choice | None] = ([] if empty is None else [None]) + list(choices)
        self._known: Choice | None = self._values[0]
        for value in self._values:
            self.addItem(value.label if value is not None else empty)
            if value is not None:
                self.setItemData(self.count() - 1, value.meaning, Qt.ItemDataRole.ToolTipRole)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._chosen)

    @property
    def value(self) -> Choice | None:
        return self._values[self.currentIndex()]

    def event(self, event: QEvent) -> bool:
        """Letters choose an entry, as in any list; they are verbs of the window only outside of fields."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            if plain and event.text().isalnum():
                event.accept()
                return True
        return super().event(event)

    def show_value(self, value: Choice | None) -> None:
        self._known = value
        self.setCurrentIndex(self._values.index(value))

    def commit(self) -> None:
        """Every choice is committed at once."""

    def forget(self) -> None:
        """Nothing is ever pending."""

    def refuse(self) -> None:
        """Go back to what stands in the record."""
        self.show_value(self._before)

    def set_locked(self, locked: bool) -> None:
        """Show what was chosen, and no choice."""
        self.setEnabled(not locked)
        show_locked(self, locked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _chosen(self, index: int) -> None:
        value = self._values[index]
        if value is not self._known:
            self._before, self._known = self._known, value
            self.committed.emit(value)


class Tick(QCheckBox):
    """Yes or no."""

    committed = Signal(object)
    left = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.clicked.connect(lambda ticked: self.committed.emit(ticked))

    def set_locked(self, locked: bool) -> None:
        """Show what was ticked, and tick nothing."""
        self.setEnabled(not locked)
        show_locked(self, locked)

    def show_value(self, value: bool) -> None:
        self.setChecked(value)

    def commit(self) -> None:
        """Every click is committed at once."""

    def forget(self) -> None:
        """Nothing is ever pending."""

    def refuse(self) -> None:
        """Go back to what stands in the record."""
        self.setChecked(not self.isChecked())
