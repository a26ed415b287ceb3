"""What was changed since the backup that is selected: by kinds of records, by whom, and step by step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout, QWidget

from annotate.backup_preview import Preview
from annotate.counted import counted
from ui.announcing import announce
from ui.dates import moment_label

COMPARING = "Comparing …"


class Details(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.title.setProperty("kind", "title")
        self.words = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.heading = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.heading.setProperty("kind", "secondary")
        self._steps = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._steps)
        self.list.setAccessibleName("Steps since this backup")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.words, self.heading):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self.say("")

    def say(self, words: str) -> None:
        """A sentence in place of what differs."""
        self._fill("", words, "", [])

    def show_preview(self, preview: Preview) -> None:
        """What restoring would take back, and bring back."""
        if not preview.is_same_project or preview.is_equal:
            self.say(preview.sentences[0])
            return
        lines = [_capital(difference.words) for difference in preview.differences]
        if not lines:
            lines = ["Nothing that stayed so."]
        if preview.steps_only_in_backup:
            lines.append(preview.sentences[-1])
        steps = [f"{moment_label(step.made_at)} · {step.analyst}: {step.label}" for step in preview.newest_steps]
        if preview.steps > len(steps):
            steps.append(f"and {preview.steps - len(steps):,} steps before")
        who = ", ".join(f"{name or 'no name'} ({count:,})" for name, count in preview.by_analyst)
        heading = f"{counted(preview.steps, 'step')} by {who}" if steps else ""
        self._fill("Changed since this backup", "\n".join(lines), heading, steps)

    def _fill(self, title: str, words: str, heading: str, steps: list[str]) -> None:
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.words.setText(words)
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self._steps.clear()
        for line in steps:
            self._steps.appendRow(QStandardItem(" ".join(line.split())))
        if words != COMPARING:
            announce(self.words, ". ".join(filter(None, (title, *words.splitlines(), heading))))
        self.list.setVisible(bool(steps))
        self._rest.setVisible(not steps)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
