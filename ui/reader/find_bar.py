"""Finding words in the article: a slim bar over the upper edge of the reader, and the hits it shows in the text.

The current hit is the selection of the reader, so whatever is done to selected words can be done to it at once.
"""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from annotate.finding import FoldedText, find_all
from ui.announcing import announce
from ui.reader.hits import Hits
from ui.reader.view import ArticleView
from ui.tab_order import move_focus

MOST_HITS = 20_000
"""More are neither shown nor walked through: one letter in a long article must not hold up the typing."""
LONGEST_WORDS = 500
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    def __init__(self, view: ArticleView, over: QWidget) -> None:
        """`over` is what the bar floats on; the text never moves under a hand."""
        super().__init__(over)
        self._view = view
        self._over = over
        self._folded: FoldedText | None = None
        self._origin = 0
        """The caret when the bar was opened, in UTF-16 units; what is typed is looked for from there."""
        self.hits = Hits()
        self._are_all = True
        self.setProperty("kind", "header")
        self.setAutoFillBackground(True)
        self.setAccessibleName("Find in the article")
        self.words = QLineEdit(placeholderText="Find in the article", maxLength=LONGEST_WORDS)
        self.words.setAccessibleName("Words to find")
        self.words.setProperty("kind", "search")
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setProperty("kind", "secondary")
        self.previous_button = _button("↑", "Previous hit (Shift+Enter)")
        self.next_button = _button("↓", "Next hit (Enter)")
        self.case_button = _button("Aa", "Tell capital and small letters apart", checkable=True)
        self.whole_button = _button("Whole words", "Find whole words only", checkable=True)
        self.close_button = _button("×", "Close (Escape)")
        self.close_button.setProperty("kind", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        for part in (
            self.count,
            self.previous_button,
            self.next_button,
            self.case_button,
            self.whole_button,
            self.close_button,
        ):
            row.addWidget(part)
        self.words.textChanged.connect(self._look_from_origin)
        self.case_button.toggled.connect(self._look_from_origin)
        self.whole_button.toggled.connect(self._look_from_origin)
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.put_away)
        view.selectionChanged.connect(self._follow_selection)
        over.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the bar, ready for typing; words selected within a paragraph are what is looked for."""
        cursor = self._view.textCursor()
        chosen = self._view.createMimeDataFromSelection().text()
        self._origin = cursor.selectionStart()
        self._place()
        self.show()
        self.raise_()
        if chosen and len(chosen) <= LONGEST_WORDS and "\n" not in chosen and chosen != self.words.text():
            self.words.setText(chosen)
        else:
            self._look()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def put_away(self) -> bool:
        """Hide the bar and its hits, and go back to the text with the current hit selected; False if it was hidden."""
        if self.isHidden():
            return False
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.hide()
        self._folded = None
        self._show(Hits())
        if had_focus:
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def text_changed(self) -> None:
        """Another article is shown: look for the same words there, without going to any."""
        self._folded = None
        self._origin = 0
        if not self._view.text:
            self.put_away()
        elif not self.isHidden():
            self._look()

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) hit, round from the last to the first."""
        starts = self.hits.starts
        if not starts:
            return
        if self.hits.current is not None:
            number = bisect_left(starts, self.hits.current) + direction
        else:
            following = bisect_left(starts, self._view.textCursor().selectionStart())
            number = following if direction > 0 else following - 1
        self._go_to(number % len(starts))

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
        elif event.key() in _ENTER:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays in the bar while one is finding; Escape leads out."""
        return move_focus([self], forward=forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    # Inner workings

    def _place(self) -> None:
        self.setGeometry(0, 0, self._over.width(), self.sizeHint().height())

    def _look_from_origin(self) -> None:
        """Look for what is asked now, and go to the first hit from where finding began."""
        if self.isHidden():
            return
        self._look()
        starts = self.hits.starts
        if starts:
            self._go_to(bisect_left(starts, self._origin) % len(starts))
        else:
            cursor = self._view.textCursor()
            cursor.setPosition(self._origin)
            self._view.setTextCursor(cursor)

    def _look(self) -> None:
        case = self.case_button.isChecked()
        if self._folded is None or self._folded.case is not case:
            self._folded = FoldedText(self._view.text, case=case)
        found = find_all(self._folded, self.words.text(), whole_words=self.whole_button.isChecked(), most=MOST_HITS + 1)
        self._are_all = len(found) <= MOST_HITS
        to_utf16 = self._view.offsets.to_utf16
        found = found[:MOST_HITS]
        self._show(Hits([to_utf16(span.start) for span in found], [to_utf16(span.end) for span in found]))
        self._follow_selection()

    def _go_to(self, number: int) -> None:
        start, end = self.hits.starts[number], self.hits.ends[number]
        if not self._view.places.shows(start):
            self._view.places.scroll_to(start)
        cursor = self._view.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)

    def _follow_selection(self) -> None:
        """A hit is the current one while it is what is selected, however that came about."""
        if self.isHidden():
            return
        cursor, starts = self._view.textCursor(), self.hits.starts
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        number = bisect_left(starts, start)
        is_hit = number < len(starts) and (starts[number], self.hits.ends[number]) == (start, end)
        self._show(Hits(starts, self.hits.ends, start if is_hit else None))
        total = f"{len(starts):,}" if self._are_all else f"more than {len(starts):,}"
        if not self.words.text():
            said = ""
        elif not starts:
            said = "Not found"
        else:
            said = f"{number + 1:,} of {total}" if is_hit else f"{total} found"
        if said != self.count.text():
            self.count.setText(said)
            announce(self.words, said)
        self.previous_button.setEnabled(bool(starts))
        self.next_button.setEnabled(bool(starts))

    def _show(self, hits: Hits) -> None:
        if hits != self.hits:
            self.hits = hits
            self._view.show_hits(hits)


def _button(text: str, says: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton(text=text, toolTip=says, checkable=checkable)
    button.setAccessibleName(says)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
