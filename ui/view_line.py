"""The line over a project that is only looked at: why, and what to do; it stays as long as that is so.

It looks from time to time whether the file was written to since, which shows on its button.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from ui.actions import ActionSet
from ui.announcing import announce
from ui.plain_tips import plain_tip
from ui.session import Session

_LOOKS_MS = 3_000
_ROOM_FOR_WORDS = 300
"""Pixels."""


class ViewLine(QFrame):
    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("kind", "view_only")
        self.words = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.work_button = QPushButton("Work on it")
        self.again_button = QPushButton("Look again")
        self.copy_button = QPushButton("Save a copy to work on…")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(14, 6, 10, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self.words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        for button in (self.work_button, self.again_button, self.copy_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.addWidget(button)
        self._row.addLayout(self._buttons)
        self._row.setAlignment(self._buttons, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.work_button.setToolTip("It is not open there any more")
        self.work_button.clicked.connect(lambda: session.open(session.project.path, take_over=True))
        self._looking = QTimer(self, interval=_LOOKS_MS)
        self._looking.timeout.connect(self.follow_file)
        session.project_opened.connect(self.refresh)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the buttons the words need room; where there is none, the buttons stand below."""
        super().resizeEvent(event)
        beside = self.width() - self._buttons.sizeHint().width() >= _ROOM_FOR_WORDS
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def use(self, actions: ActionSet) -> None:
        """Have the buttons do what the menu does."""
        self.again_button.clicked.connect(actions["look_again"].trigger)
        self.copy_button.clicked.connect(actions["work_on_copy"].trigger)

    def refresh(self) -> None:
        """Say why the open project is only looked at; nothing where it may be changed."""
        why = self._session.view_only
        self.words.setText(why)
        self.words.setAccessibleName(why)
        if why:
            announce(self.words, why)
        self.work_button.setVisible(bool(why) and self._session.may_take_over)
        self.setVisible(bool(why))
        self._looking.start() if why else self._looking.stop()
        self._say(False)

    def follow_file(self) -> None:
        """Say whether there is something new to be seen."""
        self._say(bool(self._session.view_only) and self._session.project.is_outdated)

    def _say(self, outdated: bool) -> None:
        self.again_button.setText("Look again: it has changed" if outdated else "Look again")
        self.again_button.setToolTip("You see the project as it was when you opened it or looked last (F5)")


def switch_off(menu: QMenu, why: str) -> None:
    """Switch off all entries of a menu that would change a project that is only looked at; empty for another one."""
    menu.setToolTipsVisible(bool(why))
    for action in menu.actions() if why else ():
        action.setEnabled(False)
        action.setToolTip(plain_tip(why))
