"""A card that tells what happened without stopping the work, and shows the progress of a long job."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.announcing import announce
from ui.jobs import Job
from ui.pace import Pace
from ui.session import Notice
from ui.style import restyle

_SHOWN_MS = 8000
_MORE_A_CHARACTER_MS = 40


def _only_covers(notice: Notice, told: Notice) -> bool:
    """A hint takes nobody's way back away: what offers one is there again behind it."""
    is_hint = not (notice.trouble or notice.action)
    return is_hint and bool(told.action) and not told.trouble


class NoticeBar(QFrame):
    """One notice at a time; trouble stays until it is dismissed, the rest goes by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._notice: Notice | None = None
        self._waiting: list[Notice] = []
        self.label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.act_button = QPushButton()
        self.act_button.clicked.connect(self._do)
        self.other_button = QPushButton()
        self.other_button.clicked.connect(self._do_other)
        self.copy_button = QPushButton("Copy details")
        self.copy_button.clicked.connect(self._copy)
        self.dismiss_button = QToolButton(text="×", toolTip="Dismiss")
        self.dismiss_button.setAccessibleName("Dismiss")
        self.dismiss_button.setProperty("kind", "quiet")
        self.dismiss_button.clicked.connect(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 6, 8)
        column.setSpacing(8)
        self._beside, self._below = QHBoxLayout(), QHBoxLayout()
        for row in (self._beside, self._below):
            row.setSpacing(8)
            column.addLayout(row)
        self._beside.addWidget(self.label, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.act_button, self.copy_button, self.dismiss_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._beside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.other_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._below.addWidget(self.other_button)
        self._below.addStretch(1)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    @property
    def words(self) -> str:
        """What is told now; empty when nothing is."""
        return self._notice.words if self._notice is not None else ""

    @property
    def stays(self) -> bool:
        """Whether what is told now stays until it is dismissed."""
        return self._notice is not None and not self._timer.isActive()

    def wanted_width(self) -> int:
        """Pixels in which all stands in one line."""
        words = max(map(self.label.fontMetrics().horizontalAdvance, self.words.splitlines() or [""]))
        return self.sizeHint().width() - self.label.sizeHint().width() + words + 8

    def tell(self, notice: Notice) -> None:
        told = self._notice
        if told is not None and told.words != notice.words and (told.returns or _only_covers(notice, told)):
            self._waiting.append(told)
        self._waiting = [waits for waits in self._waiting if waits.words != notice.words]
        self._notice = notice
        self.label.setText(notice.words)
        self.label.setAccessibleName(notice.words)
        self.act_button.setVisible(bool(notice.action))
        self.act_button.setText(notice.action)
        self.other_button.setVisible(bool(notice.other))
        self.other_button.setText(notice.other)
        self._place_act_button(below=bool(notice.other))
        self.copy_button.setVisible(bool(notice.details))
        self.copy_button.setText("Copy details")
        self.setProperty("trouble", notice.trouble)
        restyle(self)
        self.show()
        announce(self.label, notice.words)
        self._timer.stop()
        if not notice.trouble:
            self._timer.start(_SHOWN_MS + _MORE_A_CHARACTER_MS * len(notice.words))

    def withdraw(self) -> None:
        """Something else was done: what was told of the time before goes, unless it is trouble."""
        self._waiting = [waits for waits in self._waiting if waits.returns or waits.trouble]
        if self._notice is not None and not self._notice.trouble:
            self.dismiss()

    def dismiss(self) -> None:
        self._notice = None
        self.hide()
        if self._waiting:
            self.tell(self._waiting.pop())

    def _do(self) -> None:
        act = self._notice.act if self._notice is not None else None
        self.dismiss()
        if act is not None:
            act()

    def _do_other(self) -> None:
        act = self._notice.act_other if self._notice is not None else None
        self.dismiss()
        if act is not None:
            act()

    def _place_act_button(self, *, below: bool) -> None:
        """Two things that can be done stand below the words, which would be squeezed beside them."""
        self._beside.removeWidget(self.act_button)
        self._below.removeWidget(self.act_button)
        if below:
            self._below.insertWidget(0, self.act_button)
        else:
            self._beside.insertWidget(1, self.act_button, 0, Qt.AlignmentFlag.AlignTop)

    def _copy(self) -> None:
        if self._notice is not None:
            QGuiApplication.clipboard().setText(f"{self._notice.words}\n\n{self._notice.details}")
            self.copy_button.setText("Copied")


class JobBar(QFrame):
    """Label, progress and Cancel of the running job; hidden while none runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._job: Job | None = None
        self._pace = Pace()
        self._label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel_button.clicked.connect(self._stop)
        self._label.setWordWrap(True)
        told = QVBoxLayout()
        told.setSpacing(6)
        told.addWidget(self._label)
        told.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 12, 8)
        row.setSpacing(12)
        row.addLayout(told, 1)
        row.addWidget(self.cancel_button)
        self.hide()

    def follow(self, job: Job) -> None:
        self._job = job
        self._pace = Pace()
        self._label.setText(f"{job.label} …")
        self._bar.setAccessibleName(job.label)
        self._bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)
        self.show()

    def _progressed(self, done: int, total: int) -> None:
        if self._job is not None:
            self._bar.setRange(0, max(1, total))
            self._bar.setValue(done)
            self._label.setText(f"{self._job.label} · {self._pace.words(done, total, time.monotonic())}")

    def _stop(self) -> None:
        if self._job is not None:
            self.cancel_button.setEnabled(False)
            self._label.setText(f"{self._job.label} · stopping …")
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self.hide()


class Bars(QWidget):
    """Notices above jobs, floating in the lower right corner of what is read: the text never moves under a hand, and
    little of it is hidden."""

    MOST_WIDTH = 460
    MARGIN = 12
    STRIP = 24
    """Room at the right for the scroll bar and the strip with the marks."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        over.installEventFilter(self)
        self.notices = NoticeBar(self)
        self.job = JobBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.notices)
        column.addWidget(self.job)
        for bar in (self.notices, self.job):
            bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == (QEvent.Type.Resize if watched is self._over else QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        room = self._over.size() - QSize(self.STRIP + self.MARGIN, self.MARGIN)
        wanted = self.MOST_WIDTH if not self.job.isHidden() else self.notices.wanted_width()
        width = min(wanted, self.MOST_WIDTH, room.width())
        height = self.layout().heightForWidth(width) if self.layout().hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry(room.width() - width + self.MARGIN, room.height() - height, width, height)
        self.raise_()
