"""What one step changed: records by their IDs, fields by their names, words with what went and what came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from annotate.field_labels import day_words
from annotate.timeline import Details, Happened
from annotate.told_changes import Told
from ui.readback.model import NEW, OLD
from ui.readback.table import formats_of
from ui.readback.words import pieces
from ui.theme import Theme

_INDENT = 14
_GAP = 6
_LONGEST = 4_000
"""Characters of one value that are shown."""


class DetailsText(QTextEdit):
    """To read and to copy from. Words are only ever put in as plain text, whatever they hold, and nothing is pasted."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setStyleSheet("QTextEdit:!focus { background: transparent; border: 1px solid transparent; }")
        self.setAccessibleName("What the chosen step changed")
        self.document().setDocumentMargin(10)

    def show_nothing(self, words: str) -> None:
        self.clear()
        self._put([(words, self._quiet())])
        self._to_the_top()

    def show_day(self, day: date) -> None:
        self.show_nothing(f"{day_words(day)}. Choose a line to see what it changed.")

    def show_export(self, line: Happened) -> None:
        self.clear()
        self._put_head(line)
        self._put([("The project was handed on as this file.", self._quiet())], above=_GAP)
        self._to_the_top()

    def show_line(self, line: Happened, details: Details) -> None:
        self.clear()
        self._put_head(line)
        self._put_changes(line, details.lines)
        if details.left_out:
            self._put([(f"and {details.left_out:,} more changes", self._quiet())], above=_GAP)
        elif not details.lines and line.step_id is not None:
            self._put([("Nothing of what it changed is kept, or can be shown here.", self._quiet())], above=_GAP)
        self._to_the_top()

    def _put_head(self, line: Happened) -> None:
        self._put([(line.what, self._bold())])
        who = f"{line.analyst or '(no name)'}, {line.made_at.astimezone():%H:%M}"
        self._put([(f"{who}{' · undone since' if line.is_taken_back else ''}", self._quiet())])

    def _put_changes(self, of: Happened, lines: Sequence[Told]) -> None:
        """Under the record of each; where all are of the one that the line names, it is not named again."""
        names = {line.record for line in lines}
        record = names.pop() if len(names) == 1 and min(names) in of.what else ""
        for number, line in enumerate(lines):
            if line.record != record:
                record = line.record
                self._put([(record, self._bold())], above=_GAP)
            label = [(f"{line.field}  ", self._quiet())] if line.record else [(line.field, self._warning())]
            self._put([*label, *self._change(line)], above=_GAP if number == 0 else 2, indent=_INDENT)

    def _change(self, line: Told) -> list[tuple[str, QTextCharFormat]]:
        """What went, struck through, and what came, underlined; of a whole record its words alone."""
        old, new = line.old[:_LONGEST], line.new[:_LONGEST]
        if line.is_whole:
            return [(new or old, QTextCharFormat())]
        if not old and not new:
            return []
        went, came = pieces(old, new)
        arrow = [("  →  ", self._quiet())] if old and new else []
        return [*formats_of(went, OLD, self.theme), *arrow, *formats_of(came, NEW, self.theme)]

    def _put(self, parts: Sequence[tuple[str, QTextCharFormat]], *, above: int = 0, indent: int = 0) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setLeftMargin(indent)
        if self.document().isEmpty():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        for words, look in parts:
            cursor.insertText(" ".join(words.splitlines()), look)

    def _to_the_top(self) -> None:
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _quiet(self) -> QTextCharFormat:
        return self._ink(self.theme.secondary)

    def _warning(self) -> QTextCharFormat:
        return self._ink(self.theme.warning)

    @staticmethod
    def _ink(colour: str) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(QColor(colour))
        return look

    @staticmethod
    def _bold() -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.DemiBold)
        return look
