"""The log of checks of a claim or figure, edited in place."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotate import commands
from annotate.model import Annotation, Check
from annotate.vocabulary import Primacy, Shows
from ui.inspector.binding import done
from ui.inspector.editor import Editor, take_away, text_of
from ui.inspector.fields import ChoiceBox, DateLine, TextBox, TextLine
from ui.inspector.layout import Fields, LinkButton, Words
from ui.inspector.locking import lock
from ui.inspector.readings import NotUnderstood, read_day, show_date
from ui.session import Session

_WORDS = ("looked_at", "url", "archive_url", "limits", "note")


class CheckEditor(Editor):
    """All fields of one check."""

    def __init__(self, check: Check | None, parent: QWidget | None = None) -> None:
        super().__init__("Log check" if check is None else "Save", parent, other="Remove" if check else "")
        self.check = check
        self.day = DateLine()
        self.looked_at = TextBox("Satellite image, phone call …")
        self.url = TextLine()
        self.archive_url = TextLine()
        self.primacy = ChoiceBox(tuple(Primacy))
        self.shows = ChoiceBox(tuple(Shows))
        self.limits = TextBox(lines=1)
        self.note = TextBox(lines=1)
        self.fields.row("Looked at", self.looked_at)
        self.fields.row("Shows", self.shows)
        self.fields.row("Date", self.day, name="Date of the check")
        self.fields.row("URL", self.url)
        self.fields.row("Archive link", self.archive_url)
        self.fields.row("Evidence", self.primacy, tip="From the thing itself, or through somebody else")
        self.fields.row("Limits", self.limits, tip="What it cannot show")
        self.fields.row("Note", self.note, name="Note on the check")
        self.day.show_value(date.today() if check is None else check.checked_on)
        for name in (*_WORDS, "primacy", "shows"):
            getattr(self, name).show_value(getattr(check, name) if check is not None else _blank(name))
        self._original = self.values()

    def values(self) -> dict[str, Any]:
        """What stands in the fields; a day that is not understood is the one that was there, or today."""
        words = {name: text_of(getattr(self, name)) for name in _WORDS}
        return {"checked_on": self._day(), **words, "primacy": self.primacy.value, "shows": self.shows.value}

    def worth_keeping(self) -> bool:
        """Whether something was entered, and says what was looked at."""
        values = self.values()
        return values != self._original and bool(values["looked_at"] or values["url"])

    def _day(self) -> date:
        try:
            read = read_day(self.day.text())
        except NotUnderstood:
            read = None
        return read or (self.check.checked_on if self.check is not None else date.today())


def _blank(name: str) -> str | None:
    return "" if name in _WORDS else None


class ChecksSection(QWidget):
    """What was looked at so far, one line a check; a click opens it, + logs another."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._annotation: Annotation | None = None
        self._checks: tuple[Check, ...] | None = None
        self.editor: CheckEditor | None = None
        self.lines: list[QWidget] = []
        self.add = QPushButton("+ Log a check")
        self.add.setProperty("kind", "chip")
        self.add.setAccessibleName("Log a check")
        self.add.clicked.connect(lambda: self.open_editor(None))
        log = QWidget()
        self._log = QVBoxLayout(log)
        self._log.setContentsMargins(0, 0, 0, 0)
        self._log.setSpacing(4)
        self._log.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        fields = Fields()
        fields.row("Checks", log)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(fields)

    def show_annotation(self, annotation: Annotation) -> None:
        if self._annotation is not None and annotation.id != self._annotation.id:
            self.close_editor()
        self._annotation = annotation
        checks = tuple(self._session.read.checks([annotation.id]))
        edited = None if self.editor is None else self.editor.check
        if edited is not None and all(check.id != edited.id for check in checks):
            self.close_editor()
        if checks == self._checks:
            return
        self._checks = checks
        for line in self.lines:
            self._log.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for position, check in enumerate(checks):
            line = self._line(check)
            self._log.insertWidget(position, line)
            line.show()
            self.lines.append(line)

    def open_editor(self, check: Check | None) -> CheckEditor:
        """Edit a check in place, or log a new one."""
        self.commit()
        self.close_editor()
        editor = CheckEditor(check, self)
        editor.saved.connect(self._save)
        editor.cancelled.connect(self.close_editor)
        editor.other.clicked.connect(self._remove)
        self.editor = editor
        self._column.addWidget(editor)
        self.add.hide()
        lock(editor, self._session.view_only)
        editor.show()
        editor.looked_at.setFocus()
        return editor

    def close_editor(self) -> None:
        if self.editor is not None:
            editor, self.editor = self.editor, None
            self.add.setVisible(not self._session.view_only)
            take_away(editor, self.add)

    def set_locked(self, locked: bool) -> None:
        """Checks can be opened, and none is logged."""
        self.add.setVisible(not locked and self.editor is None)

    def commit(self) -> None:
        """Save what is being entered, where it says enough."""
        if self.editor is not None and self.editor.worth_keeping():
            self._save(self.editor.values())

    def forget(self) -> None:
        """Drop what is being entered."""
        self.close_editor()

    def _line(self, check: Check) -> QWidget:
        shows = "" if check.shows is None else f" · {check.shows.label}"
        line = QWidget(self)
        words = LinkButton(f"{show_date(check.checked_on)}{shows}", line)
        words.setToolTip("Open this check")
        words.clicked.connect(lambda: self.open_editor(check))
        what = Words(check.looked_at or check.url, parent=line)
        what.setContentsMargins(0, 0, 0, 2)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(what)
        return line

    def _save(self, values: object) -> None:
        if self.editor is None or self._annotation is None:
            return
        fields = cast(dict[str, Any], values)
        if self.editor.check is None:
            saved = done(self._session, commands.add_check, self._annotation.id, **fields)
        else:
            saved = done(self._session, commands.edit_check, self.editor.check.id, **fields)
        if saved:
            self.close_editor()

    def _remove(self) -> None:
        if self.editor is not None and self.editor.check is not None:
            self._session.run(commands.remove_check, self.editor.check.id)
            self.close_editor()
