"""Finding words in the article: a slim bar above the article, and the hits it shows in the text.

The current hit is the selection of the reader, so whatever is done to selected words can be done to it at once. What
was looked for stays known while the bar is closed: the next hit can be gone to from the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.expressions import literal
from annotate.finding import Wanted
from annotate.model import Span
from ui.announcing import announce
from ui.reader.hits import Hits
from ui.reader.how_to_find import LONGEST_WORDS, HowToFind, quiet_button
from ui.reader.search import Found, Search
from ui.reader.view import ArticleView
from ui.tab_order import move_focus

_WIDE_WORDS = 18
"""Letters of room for what is typed, below which the switches go to a row of their own."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    hits_shown = Signal()
    """Other hits, or none, are shown in the text: `hits`."""

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._search = Search(self)
        self._found = Found()
        self._looking = False
        self._stale = True
        """Nothing was looked for in this article yet."""
        self._then: Callable[[], None] = lambda: None
        """What is done once it is known where the words stand."""
        self._origin = 0
        """The caret when the bar was opened, in UTF-16 units; what is typed is looked for from there."""
        self.hits = Hits()
        """What is shown in the text: nothing while the bar is closed."""
        self.setProperty("kind", "header")
        self.setAutoFillBackground(True)
        self.setAccessibleName("Find in the article")
        self.words = QLineEdit(placeholderText="Find in the article", maxLength=LONGEST_WORDS)
        self.words.setAccessibleName("Words to find")
        self.words.setProperty("kind", "search")
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setProperty("kind", "secondary")
        self.trouble = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.trouble.setProperty("kind", "warning")
        self.previous_button = quiet_button("↑", "Previous hit (Shift+Enter)")
        self.next_button = quiet_button("↓", "Next hit (Enter)")
        self.how = HowToFind()
        self.mark_button = QPushButton("Mark all…", toolTip="Mark every hit (Alt+Enter, then C, F or S)")
        self.mark_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mark_menu = QMenu(self)
        self.mark_button.setMenu(self.mark_menu)
        self.close_button = quiet_button("×", "Close (Escape)")
        self.close_button.setProperty("kind", "quiet")
        self._lay_out()
        self.words.textChanged.connect(self._look_from_origin)
        self.how.changed.connect(self._look_from_origin)
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.put_away)
        self._search.found.connect(self._take)
        view.selectionChanged.connect(self._refresh)
        self.hide()

    @property
    def looking(self) -> bool:
        """Whether it is not known yet where the words stand."""
        return self._looking

    def offer(self, actions: Iterable[QAction]) -> None:
        """What can be done with all hits, for the bar's menu, where the first letter of the last word chooses."""
        for action in actions:
            entry = self.mark_menu.addAction("", action.trigger)
            follow = partial(_follow, entry, action)
            action.changed.connect(follow)
            follow()

    def open(self) -> None:
        """Show the bar, ready for typing; words selected within a paragraph are what is looked for."""
        cursor = self._view.textCursor()
        chosen = self._view.createMimeDataFromSelection().text()
        if self.how.expression.isChecked():
            # A hit of the expression is not to take its place.
            chosen = "" if self._current() is not None and not self._stale else literal(chosen)
        self._origin = cursor.selectionStart()
        self._show_in_layout(shown=True)
        if chosen and len(chosen) <= LONGEST_WORDS and "\n" not in chosen and chosen != self.words.text():
            self.words.setText(chosen)
        elif self._stale:
            self._look()
        self._refresh()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def look_for(self, wanted: Wanted, start: int) -> None:
        """Show the bar with this, and go to the hit at `start` (code points) or the next; the focus stays."""
        self._origin = self._view.offsets.to_utf16(min(start, len(self._view.text)))
        self.how.show_wanted(wanted)
        self.words.blockSignals(True)
        self.words.setText(wanted.words)
        self.words.blockSignals(False)
        self._show_in_layout(shown=True)
        self._look(self._go_from_origin)

    def put_away(self) -> bool:
        """Hide the bar and its hits, and go back to the text with the current hit selected; False if it was hidden."""
        if self.isHidden():
            return False
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._show_in_layout(shown=False)
        self._refresh()
        if had_focus:
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def text_changed(self) -> None:
        """Another article is shown: look for the same words there, without going to any."""
        self._search.set_text(self._view.text, self._view.offsets)
        self._found, self._looking, self._stale = Found(), False, True
        self._origin = 0
        if not self._view.text:
            self.put_away()
        elif not self.isHidden():
            self._look()
        self._refresh()

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) hit, round from the last to the first; also while the bar is closed.

        The bar opens where nothing was looked for yet, or nothing is found.
        """
        if not self.words.text():
            self.open()
        elif self._stale:
            self._look(lambda: self._step(direction))
        elif not self._looking:
            self._step(direction)

    def spans(self) -> list[Span]:
        """The hits that are shown, in code points."""
        to_code_point = self._view.offsets.to_code_point
        pairs = zip(self.hits.starts, self.hits.ends, strict=True)
        return [Span(to_code_point(start), to_code_point(end)) for start, end in pairs]

    # Qt's events

    def event(self, event: QEvent) -> bool:
        wanted = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Escape, *_ENTER)
        if wanted and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.mark_button.showMenu()
        elif event.key() in _ENTER:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays in the bar while one is finding; Escape leads out."""
        return move_focus([self], forward=forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """The window can be as narrow as the bar is in two rows."""
        margins = self._rows.contentsMargins()
        return QSize(self.how.minimumSizeHint().width() + margins.left() + margins.right(), 0)

    # How it looks

    def _lay_out(self) -> None:
        self.how.row.addWidget(self.mark_button)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self.words, 1)
        for part in (self.count, self.previous_button, self.next_button, self.how, self.close_button):
            self._row.addWidget(part)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 5, 8, 5)
        self._rows.setSpacing(5)
        self._rows.addLayout(self._row)
        self._rows.addWidget(self.trouble)
        self.trouble.hide()

    def _place(self) -> None:
        """In one row where what is typed has room enough in it, else in two."""
        parts = (self.count, self.previous_button, self.next_button, self.how, self.close_button)
        letters = self.words.fontMetrics().averageCharWidth() * _WIDE_WORDS
        needed = letters + sum(part.sizeHint().width() + self._row.spacing() for part in parts) + 20
        in_row = self._row.indexOf(self.how) >= 0
        if in_row and needed > self.width():
            self._row.removeWidget(self.how)
            self._rows.insertWidget(1, self.how)
        elif not in_row and needed <= self.width():
            self._rows.removeWidget(self.how)
            self._row.insertWidget(self._row.indexOf(self.close_button), self.how)

    def _show_in_layout(self, *, shown: bool) -> None:
        """The line that was the first in view stays so, and what is in view is known at once."""
        bar = self._view.verticalScrollBar()
        first = bar.value()
        self.setVisible(shown)
        self._place()
        above = self.parentWidget()
        if above is not None and above.layout() is not None:
            above.layout().activate()
        bar.setValue(first)

    # Inner workings

    def _look_from_origin(self) -> None:
        """Look for what is asked now, and go to the first hit from where finding began."""
        if self.isHidden():
            self._stale = True
        else:
            self._look(self._go_from_origin)

    def _look(self, then: Callable[[], None] = lambda: None) -> None:
        self._then, self._stale, self._looking = then, False, True
        self._search.ask(self.how.wanted(self.words.text()))
        if self._looking:
            self._found = Found()
            self._refresh()

    def _take(self, found: Found) -> None:
        self._found, self._looking = found, False
        self._refresh()
        self._then()

    def _step(self, direction: int) -> None:
        starts = self._found.hits.starts
        if starts:
            number = self._current()
            if number is None:
                following = bisect_left(starts, self._view.textCursor().selectionStart())
                number = following if direction > 0 else following - 1
            else:
                number += direction
            self._go_to(number % len(starts))
        elif self.isHidden():
            self.open()

    def _go_from_origin(self) -> None:
        starts = self._found.hits.starts
        if starts:
            self._go_to(bisect_left(starts, self._origin) % len(starts))
        else:
            cursor = self._view.textCursor()
            cursor.setPosition(self._origin)
            self._view.setTextCursor(cursor)

    def _go_to(self, number: int) -> None:
        start, end = self._found.hits.starts[number], self._found.hits.ends[number]
        if not self._view.places.shows(start):
            self._view.places.scroll_to(start)
        cursor = self._view.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)

    def _current(self) -> int | None:
        """The number of the hit that is what is selected, however that came about."""
        cursor, hits = self._view.textCursor(), self._found.hits
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        number = bisect_left(hits.starts, start)
        is_hit = number < len(hits.starts) and (hits.starts[number], hits.ends[number]) == (start, end)
        return number if is_hit else None

    def _refresh(self) -> None:
        """Show the hits in the text and say how many there are, while the bar is open."""
        found, current = self._found, self._current()
        starts = found.hits.starts
        hits = (
            Hits() if self.isHidden() else Hits(starts, found.hits.ends, None if current is None else starts[current])
        )
        others = hits.starts is not self.hits.starts
        if hits != self.hits or others:
            self.hits = hits
            self._view.show_hits(hits)
        if not self.isHidden():
            self._say(self._words_for(current))
            for button in (self.previous_button, self.next_button, self.mark_button):
                button.setEnabled(bool(starts))
        if others:
            self.hits_shown.emit()

    def _words_for(self, current: int | None) -> str:
        count = len(self._found.hits.starts)
        if not self.words.text() or self._found.trouble:
            return ""
        if self._looking:
            return "Looking…"
        if not count:
            return "Not found"
        total = f"{count:,}" if self._found.are_all else f"more than {count:,}"
        return f"{total} found" if current is None else f"{current + 1:,} of {total}"

    def _say(self, words: str) -> None:
        trouble = self._found.trouble
        if (words, trouble) != (self.count.text(), self.trouble.text()):
            self.count.setText(words)
            self.trouble.setText(trouble)
            self.trouble.setVisible(bool(trouble))
            for told in (self.count, self.trouble):
                told.setAccessibleName(told.text())
            self.words.setAccessibleDescription(words or trouble)
            if not self._looking:
                announce(self.words, words or trouble)
        self._place()


def _follow(entry: QAction, action: QAction) -> None:
    """Show an action in the bar's menu as it is now, with its letter."""
    words, _, kinds = action.text().rpartition(" ")
    entry.setText(f"{words} &{kinds}\t{kinds[0].upper()}")
    entry.setEnabled(action.isEnabled())
