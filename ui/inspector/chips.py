"""Chips: what a record is tied to, each with its name, a way to go there and a way to cut the tie.

Rows of chips are compared before they are rebuilt, so that a refresh takes nobody's focus away.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from ui.inspector.flow import FlowLayout
from ui.plain_tips import plain_tip
from ui.swatches import square

_CHIP_HEIGHT = 22


@dataclass(frozen=True)
class ChipLook:
    """One chip; `key` names what it stands for and is what the row's signals carry."""

    key: Hashable
    words: str
    ink: str = ""
    tip: str = ""
    remove_tip: str = ""
    """What the × does; empty for a chip without one."""
    offered: bool = False
    """Dashed: proposed, and taken over by a click."""


class ElidedButton(QToolButton):
    """A button whose words stand left and give way with "…" where there is no room for them.

    Painted here, since Qt centres a tool button's words, cuts them without a sign and sticks them to the icon.
    """

    PAD = 7
    GAP = 5

    def __init__(self, words: str, parent: QWidget | None = None, *, kind: str = "") -> None:
        super().__init__(parent)
        self.setText(words)
        if kind:
            self.setProperty("kind", kind)
        self.setIconSize(QSize(10, 10))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + self._lead() + self.PAD + 1, self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(36, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        room = QRect(self._lead(), 0, self.width() - self._lead() - self.PAD, self.height())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if not self.icon().isNull():
            top = (self.height() - self.iconSize().height()) // 2
            self.icon().paint(painter, QRect(QPoint(self.PAD, top), self.iconSize()))
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _lead(self) -> int:
        """Where the words begin."""
        return self.PAD if self.icon().isNull() else self.PAD + self.iconSize().width() + self.GAP


class Chip(QFrame):
    """A name with a coloured square before it and a × behind it."""

    clicked = Signal()
    removed = Signal()

    def __init__(self, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setProperty("kind", "chip")
        self.name = ElidedButton(look.words, self)
        self.name.setToolTip(plain_tip(look.tip or look.words))
        self.name.setAccessibleName(look.words)
        self.name.setAccessibleDescription(look.tip)
        if look.ink:
            self.name.setIcon(square(look.ink, 10))
        self.name.clicked.connect(self.clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 0, 2, 0)
        layout.setSpacing(0)
        layout.addWidget(self.name)
        self.remove: QToolButton | None = None
        if look.remove_tip:
            self.remove = QToolButton(self)
            self.remove.setText("×")
            self.remove.setFixedSize(18, 18)
            self.remove.setToolTip(plain_tip(look.remove_tip))
            self.remove.setAccessibleName(look.remove_tip)
            self.remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.remove.clicked.connect(self.removed)
            layout.addWidget(self.remove)
        self.setFixedHeight(_CHIP_HEIGHT)

    def focusables(self) -> list[QToolButton]:
        return [self.name] if self.remove is None else [self.name, self.remove]


class Offer(ElidedButton):
    """A dashed chip: one click takes what it proposes."""

    def __init__(self, look: ChipLook, parent: QWidget | None = None) -> None:
        super().__init__(look.words, parent, kind="offer")
        self.look = look
        self.setToolTip(plain_tip(look.tip or look.words))
        self.setAccessibleName(look.tip or look.words)
        self.setFixedHeight(_CHIP_HEIGHT)

    def focusables(self) -> list[QToolButton]:
        return [self]


class AddChip(QPushButton):
    """Says what it adds, and as a small cap the key that does the same."""

    def __init__(self, words: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._tip = tip
        self._cap = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._cap.setProperty("kind", "key")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 7, 2)
        row.addWidget(self._cap, 0, Qt.AlignmentFlag.AlignRight)
        self.setProperty("kind", "chip")
        self.setAccessibleName(tip)
        self.setFixedHeight(_CHIP_HEIGHT)
        self.show_key("")

    def show_key(self, key: str) -> None:
        """The key as this system writes it; a longer one than a letter is in the tip alone."""
        self._cap.setText(key)
        self._cap.setVisible(len(key) == 1)
        self.setToolTip(f"{self._tip} ({key})" if key else self._tip)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        cap = 0 if self._cap.isHidden() else self._cap.sizeHint().width() + 4
        return super().sizeHint() + QSize(cap, 0)


class ChipRow(QWidget):
    """Chips that wrap, with one behind them that adds. Signals carry the chip's key."""

    opened = Signal(object)
    removed = Signal(object)
    taken = Signal(object)
    """An offered chip was clicked."""
    adding = Signal()

    def __init__(self, add_tip: str = "", add_words: str = "+", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks: tuple[ChipLook, ...] | None = None
        self._may_add = bool(add_tip)
        self._locked = False
        self.chips: list[Chip | Offer] = []
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.add = AddChip(add_words, add_tip, self)
        self.add.setVisible(bool(add_tip))
        self.add.clicked.connect(self.adding)
        self._flow.addWidget(self.add)

    def show_chips(self, looks: Sequence[ChipLook]) -> None:
        """Show these chips, those that are not offered first; focus stays with the same chip, or the next best."""
        wanted = tuple(sorted(looks, key=lambda look: look.offered))
        if wanted == self._looks:
            return
        focus = self._focused()
        self._looks = wanted
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._made(look) for look in wanted]
        self._flow.removeWidget(self.add)
        before = [chip for chip in self.chips if isinstance(chip, Chip)]
        for chip in self.chips:
            self._show(chip)
        for widget in (*before, self.add, *(chip for chip in self.chips if chip not in before)):
            self._flow.addWidget(widget)
        if focus is not None:
            self._focus_again(*focus)
        self.updateGeometry()

    def set_adding(self, possible: bool) -> None:
        """Show or hide the +."""
        self._may_add = possible
        self.add.setVisible(possible and not self._locked)

    def set_locked(self, locked: bool) -> None:
        """Show what there is, to be gone to; nothing is added, taken or cut."""
        self._locked = locked
        self.add.setVisible(self._may_add and not locked)
        for chip in self.chips:
            self._show(chip)

    def _show(self, chip: Chip | Offer) -> None:
        chip.setVisible(not (self._locked and isinstance(chip, Offer)))
        if isinstance(chip, Chip) and chip.remove is not None:
            chip.remove.setVisible(not self._locked)

    def _made(self, look: ChipLook) -> Chip | Offer:
        key = look.key
        if look.offered:
            offer = Offer(look, self)
            offer.clicked.connect(lambda: self.taken.emit(key))
            return offer
        chip = Chip(look, self)
        chip.clicked.connect(lambda: self.opened.emit(key))
        chip.removed.connect(lambda: self.removed.emit(key))
        return chip

    def _focused(self) -> tuple[int, Hashable, int] | None:
        """Position, key and part of the chip that has the focus."""
        for position, chip in enumerate(self.chips):
            for part, stop in enumerate(chip.focusables()):
                if stop.hasFocus():
                    return position, chip.look.key, part
        return None

    def _focus_again(self, position: int, key: Hashable, part: int) -> None:
        same = next((chip for chip in self.chips if chip.look.key == key), None)
        if same is None and self.chips:
            same = self.chips[min(position, len(self.chips) - 1)]
        if same is None:
            self.add.setFocus()
        else:
            stops = same.focusables()
            stops[min(part, len(stops) - 1)].setFocus()
