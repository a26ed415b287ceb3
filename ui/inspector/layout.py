"""How a form is laid out: headings, labels with their controls, folds. Every form of the inspector is made of these."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.inspector.chips import ElidedButton
from ui.plain_tips import plain_tip

LABEL_WIDTH = 86
MARGIN = 14


class Heading(QLabel):
    """The small capitals over a group of a form."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.upper(), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "heading")
        self.setAccessibleName(words)
        font = QFont(self.font())
        font.setPixelSize(max(9, round(QFontInfo(font).pixelSize() * 0.86)))
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.7)
        self.setFont(font)
        self.setContentsMargins(0, 8, 0, 0)


class Words(QLabel):
    """Plain words that wrap; never rich text, whatever they hold."""

    def __init__(self, words: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMinimumWidth(20)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if kind:
            self.setProperty("kind", kind)


class QuietButton(QToolButton):
    """A button without a frame, for arrows and crosses."""

    def __init__(self, words: str, parent: QWidget | None = None, *, kind: str = "quiet") -> None:
        super().__init__(parent)
        self.setText(words)
        self.setProperty("kind", kind)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class LinkButton(ElidedButton):
    """Words in the accent that lead somewhere, flush with the words around them."""

    PAD = 1

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent, kind="link")
        self.setAccessibleName(words)


class Fields(QWidget):
    """Labels on the left, controls on the right, in the order in which they are added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[QWidget, QLabel] = {}

    def row(self, label: str, control: QWidget, *, tip: str = "", name: str = "") -> None:
        """Add a control with its label; `name` is for people who hear the form, where the label is not enough."""
        words = QLabel(label)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("kind", "secondary")
        words.setFixedWidth(LABEL_WIDTH)
        words.setWordWrap(True)
        words.setBuddy(control)
        words.setContentsMargins(0, 4 if not isinstance(control, QLabel) else 0, 0, 0)
        control.setAccessibleName(name or label)
        if tip:
            control.setToolTip(tip)
            words.setToolTip(tip)
        at = self._grid.rowCount()
        self._grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if isinstance(control, QAbstractButton) and not isinstance(control, QCheckBox):
            self._grid.addWidget(control, at, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(control, at, 1)
        self._labels[control] = words
        self._say_trouble_of(control, at + 1)

    def wide(self, control: QWidget, *, name: str = "") -> None:
        """Add a control over both columns."""
        if name:
            control.setAccessibleName(name)
        at = self._grid.rowCount()
        self._grid.addWidget(control, at, 0, 1, 2)
        self._say_trouble_of(control, at + 1)

    def show_row(self, control: QWidget, shown: bool) -> None:
        """Show or hide a control with its label."""
        control.setVisible(shown)
        if control in self._labels:
            self._labels[control].setVisible(shown)

    def set_label(self, control: QWidget, words: str) -> None:
        self._labels[control].setText(words)
        control.setAccessibleName(words)

    def _say_trouble_of(self, control: QWidget, at: int) -> None:
        """Keep a line below a field for the sentence that says why its words were not understood."""
        if not hasattr(control, "troubled"):
            return
        sentence = Words(kind="warning")
        sentence.hide()
        self._grid.addWidget(sentence, at, 1)

        def say(trouble: str) -> None:
            sentence.setText(trouble)
            sentence.setVisible(bool(trouble))

        control.troubled.connect(say)


class Fold(QWidget):
    """Fields that are seldom used, behind one button."""

    def __init__(self, words: str = "More", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QuietButton(words, kind="fold")
        self.button.setCheckable(True)
        self.button.setArrowType(Qt.ArrowType.RightArrow)
        self.button.setIconSize(QSize(9, 9))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self.unfold)
        self.fields = Fields()
        self.fields.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.fields)

    def unfold(self, open: bool) -> None:
        self.button.setChecked(open)
        self.button.setArrowType(Qt.ArrowType.DownArrow if open else Qt.ArrowType.RightArrow)
        self.fields.setVisible(open)


class Said(QLineEdit):
    """Something a form tells and nobody edits, such as a hash: short, and there to be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setMinimumWidth(40)

    def say(self, words: str) -> None:
        if words != self.text():
            self.setText(words)
            self.setCursorPosition(0)
            self.setToolTip(plain_tip(words))
