"""The look of every standard control, in one style sheet made from a Theme.

Why it exists: forms, tables, menus and dialogs should look like one program without any of them naming a colour. A
widget says what it is by a dynamic property, and this sheet says what that looks like.

Properties (set with `setProperty`, before the widget is shown or followed by `restyle(widget)`):

==============  =================  =================================================================================
widget          property           look
==============  =================  =================================================================================
QPushButton,    kind="primary"     filled with the accent: the one thing to do next
QToolButton     kind="quiet"       no frame until pointed at: arrows, folds, buttons inside rows
                kind="fold"        opens and closes what stands below it
                kind="link"        accent words without a frame
                kind="chip"        rounded; kind="offer" is the same, dashed: proposed, not yet part of the record
                kind="segment"     part of a segmented control; place="first", "middle", "last" or "only"
                kind="danger"      words in the warning ink
                kind="search"      looks like a line for typing, and opens one
                kind="opens"       an arrow inside a field, as that of a combo box
                kind="filtering"   something is hidden: accent words on a soft accent
QLabel          kind="heading"     small heading of a form group (write it in capitals)
                kind="title"       bold name of a panel or dialog
                kind="secondary"   quieter ink; kind="warning" warns; kind="key" is a key cap, kind="count" a number
QFrame          kind="panel"       panel ground; kind="header" a panel's title row with a line below it
                kind="chip"        rounded ground for a chip that holds buttons; kind="offer" dashed
                kind="notice"      a card over the reader's lower right; trouble="true" warns
                kind="picker"      a popup with a list to choose from
                kind="row"         a row of a form that holds a record of its own, in a soft frame
                kind="line"        a hairline (give it a fixed height or width of 1)
                kind="segments"    the frame around segments
QLineEdit …     wrong="true"       the value was not understood: frame in the warning ink
                kind="search"      rounder, for filters
QPlainTextEdit  kind="field"       a field of a form; without it (the reader) the sheet leaves it alone
==============  =================  =================================================================================
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
"""Arrows and ticks, one file a theme: a style sheet cannot colour a picture."""


def stylesheet(theme: Theme) -> str:
    """The application's style sheet in the colours of a theme."""
    words = colours(theme)
    for icon in ("chevron-down", "chevron-up", "chevron-left", "chevron-right", "check", "dash", "dot"):
        words[icon.replace("-", "_")] = f'url("{(ICONS / f"{icon}-{theme.name}.svg").as_posix()}")'
    return Template("".join(SECTIONS)).substitute(words)


def colours(theme: Theme) -> dict[str, str]:
    """The colours the sheet names, those of the theme and those between them, as hex strings."""
    edge, handle = (0.55, 0.6) if theme.dark else (0.7, 0.75)  # as quiet as 3 to 1 allows
    named = {name: value for name, value in asdict(theme).items() if isinstance(value, str)}
    return named | {
        "pressed": mixed(theme.hover, theme.line, 0.6),
        "edge": mixed(theme.line, theme.secondary, edge),
        "accent_soft": mixed(theme.panel, theme.accent, 0.12),
        "accent_hover": mixed(theme.accent, theme.text, 0.14),
        "faint": mixed(theme.panel, theme.secondary, 0.6),
        "handle": mixed(theme.panel, theme.secondary, handle),
        "chip": mixed(theme.panel, theme.secondary, 0.13),
    }


def palette(theme: Theme) -> QPalette:
    """The palette for what Qt paints without the style sheet: placeholders, selections, links, disabled words."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.ground,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.secondary,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.accent_text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.accent_text,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Light: theme.panel,
        QPalette.ColorRole.Midlight: theme.hover,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.secondary,
        QPalette.ColorRole.Shadow: theme.line,
        QPalette.ColorRole.Accent: theme.accent,
    }
    for role, code in roles.items():
        made.setColor(role, QColor(code))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(mixed(theme.panel, theme.secondary, 0.6)))
    return made


def restyle(widget: QWidget) -> None:
    """Have the sheet looked at again after a property of a shown widget has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def mixed(under: str, over: str, portion: float) -> str:
    """The colour of `over` laid on `under` with an opacity from 0 to 1."""
    low, high = QColor(under), QColor(over)
    channels = zip(low.getRgb()[:3], high.getRgb()[:3], strict=True)
    return QColor(*(round(a + (b - a) * portion) for a, b in channels)).name()


GROUND = """
QMainWindow, QDialog, QMessageBox, QWizard { background: $panel; color: $text; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QScrollArea, QStackedWidget { background: transparent; border: none; }
QFrame[kind="panel"] { background: $panel; border: none; }
QFrame[kind="header"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[kind="view_only"] { background: $ground; border: none; border-bottom: 1px solid $line; }
QFrame[kind="notice"] { background: $accent_soft; border: 1px solid $edge; border-radius: 6px; }
QFrame[kind="notice"][trouble="true"] { border-left: 3px solid $warning; }
QFrame[kind="picker"] { background: $panel; border: 1px solid $edge; border-radius: 0px; }
QFrame[kind="picker"] QListWidget::item { padding: 2px 4px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; button-layout: 0; }
QFrame[kind="row"] { background: transparent; border: 1px solid $line; border-radius: 6px; }
QFrame[kind="line"] { background: $line; border: none; }
QDockWidget { color: $text; font-weight: 600; }
QDockWidget::title { background: $panel; padding: 8px 12px; border-bottom: 1px solid $line; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button { background: transparent; border: none; border-radius: 4px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }
"""

LABELS = """
QLabel { color: $text; background: transparent; }
QLabel:disabled { color: $faint; }
QLabel[kind="heading"] { color: $secondary; font-weight: 600; }
QLabel[kind="title"] { font-weight: 600; }
QLabel[kind="secondary"] { color: $secondary; }
QLabel[kind="warning"] { color: $warning; }
QLabel[kind="key"] {
    color: $secondary; background: $panel; border: 1px solid $line; border-radius: 3px; padding: 0px 4px;
}
QLabel[kind="count"] { color: $secondary; border: 1px solid $line; border-radius: 4px; padding: 0px 4px; }
"""

BUTTONS = """
QPushButton, QToolButton {
    color: $text; background: $panel; border: 1px solid $line; border-radius: 5px; padding: 4px 10px;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; }
QPushButton:checked, QToolButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QPushButton:disabled, QToolButton:disabled { color: $faint; }
QPushButton:default { border-color: $edge; }
QFileDialog QToolButton { padding: 3px; }
QToolButton[kind="opens"] { background: transparent; border: none; padding: 6px 5px; image: $chevron_down; }
QToolButton[kind="opens"]:hover { background: $hover; }
QToolButton[kind="search"] { background: $field; border-color: $edge; border-radius: 6px; }
QToolButton[kind="search"]:hover { border-color: $secondary; }
QToolButton[kind="search"]:focus { border-color: $accent; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: $chevron_down; width: 12px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { subcontrol-position: right center; right: 4px; }

*[kind="primary"] { color: $accent_text; background: $accent; border: 1px solid $accent; font-weight: 600; }
*[kind="primary"]:hover { background: $accent_hover; }
*[kind="primary"]:pressed { background: $accent_hover; }
*[kind="primary"]:focus { border: 2px solid $text; padding: 3px 9px; }
*[kind="primary"]:disabled { color: $faint; background: $hover; border-color: $line; }

QPushButton[kind="quiet"], QToolButton[kind="quiet"] {
    background: transparent; border: 1px solid transparent; padding: 2px 5px; color: $secondary; text-align: left;
}
QToolButton[kind="quiet"][popupMode="2"] { padding-right: 18px; }
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover { background: $hover; color: $text; }
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus { border-color: $accent; color: $text; }
QPushButton[kind="quiet"]:checked, QToolButton[kind="quiet"]:checked { background: $hover; color: $text; }
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled { color: $faint; }

QToolButton[kind="fold"] {
    background: transparent; border: 1px solid transparent; padding: 2px 4px 2px 0px; color: $secondary;
}
QToolButton[kind="fold"]:hover { color: $text; }
QToolButton[kind="fold"]:focus { border-color: $accent; }
QToolButton[kind="fold"]:checked { background: transparent; }
QPushButton[kind="link"], QToolButton[kind="link"] {
    background: transparent; border: 1px solid transparent; padding: 2px 3px; color: $accent; text-align: left;
}
QPushButton[kind="link"]:hover, QToolButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus, QToolButton[kind="link"]:focus { border-color: $accent; }

QToolButton[kind="filtering"] {
    color: $accent; background: $accent_soft; border: 1px solid $accent; padding: 2px 8px; font-weight: 600;
}
QToolButton[kind="filtering"]:hover { background: $hover; }
QToolButton[kind="filtering"]:focus { border: 1px solid $text; }

QPushButton[kind="danger"] { color: $warning; }
QPushButton[kind="danger"]:disabled { color: $faint; }
QPushButton[kind="danger"]:focus { border-color: $warning; }
"""

CHIPS = """
QFrame[kind="chip"] { background: $chip; border: 1px solid $chip; border-radius: 10px; }
QFrame[kind="offer"] { background: transparent; border: 1px dashed $edge; border-radius: 10px; }
QFrame[kind="chip"] QToolButton {
    background: transparent; border: 1px solid transparent; border-radius: 9px; padding: 0px; color: $text;
}
QFrame[kind="chip"] QToolButton:hover { background: $pressed; }
QFrame[kind="chip"] QToolButton:focus { border-color: $accent; }
QPushButton[kind="chip"], QToolButton[kind="chip"] {
    background: $chip; border: 1px solid $chip; border-radius: 10px; padding: 1px 8px; color: $secondary;
    text-align: left;
}
QPushButton[kind="chip"]:hover, QToolButton[kind="chip"]:hover { background: $pressed; color: $text; }
QPushButton[kind="chip"]:focus, QToolButton[kind="chip"]:focus { border-color: $accent; }
QPushButton[kind="offer"], QToolButton[kind="offer"] {
    background: transparent; border: 1px dashed $edge; border-radius: 10px; padding: 1px 8px; color: $text;
    text-align: left;
}
QPushButton[kind="offer"]:hover, QToolButton[kind="offer"]:hover { background: $accent_soft; border-color: $accent; }
QPushButton[kind="offer"]:focus, QToolButton[kind="offer"]:focus { border: 1px solid $accent; }
"""

SEGMENTS = """
QFrame[kind="segments"] { background: $panel; border: 1px solid $line; border-radius: 5px; }
QPushButton[kind="segment"] {
    background: transparent; border: 1px solid transparent; border-right: 1px solid $line; border-radius: 0px;
    padding: 2px 6px;
}
QPushButton[kind="segment"]:hover { background: $hover; }
QPushButton[kind="segment"]:checked { background: $accent; color: $accent_text; border-color: $accent; }
QPushButton[kind="segment"]:focus { border: 1px solid $accent; }
QPushButton[kind="segment"]:checked:focus { border: 2px solid $text; padding: 1px 5px; }
QPushButton[kind="segment"][place="first"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QPushButton[kind="segment"][place="last"] { border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QPushButton[kind="segment"][place="last"]:!checked:!focus { border-right: 1px solid transparent; }
QPushButton[kind="segment"][place="only"] { border-radius: 4px; }
QPushButton[kind="segment"][place="only"]:!checked:!focus { border-right: 1px solid transparent; }
"""

FIELDS = """
QLineEdit, QPlainTextEdit[kind="field"], QTextEdit, QComboBox, QAbstractSpinBox {
    color: $text; background: $field; border: 1px solid $edge; border-radius: 5px; padding: 3px 7px;
    selection-background-color: $accent; selection-color: $accent_text; placeholder-text-color: $secondary;
}
QLineEdit:hover, QPlainTextEdit[kind="field"]:hover, QComboBox:hover, QAbstractSpinBox:hover {
    border-color: $secondary;
}
QLineEdit:focus, QPlainTextEdit[kind="field"]:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 1px solid $accent; background: $panel;
}
QLineEdit:read-only { background: transparent; border-color: transparent; }
QLineEdit:read-only:focus { border-color: $accent; }
QLineEdit[kind="key"]:read-only { background: $field; border-color: $edge; }
QLineEdit[kind="key"]:read-only:focus { background: $panel; border-color: $accent; }
QLineEdit:disabled, QPlainTextEdit[kind="field"]:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: $faint; background: $panel;
}
QLineEdit[locked="true"], QPlainTextEdit[locked="true"] { background: transparent; border-color: transparent; }
QPlainTextEdit[locked="true"]:hover, QLineEdit[locked="true"]:hover { border-color: transparent; }
QPlainTextEdit[locked="true"]:focus, QLineEdit[locked="true"]:focus { border-color: $accent; }
QComboBox[locked="true"]:disabled { color: $text; background: transparent; border-color: transparent; }
QComboBox[locked="true"]::down-arrow { image: none; }
QLineEdit[kind="search"] { border-radius: 6px; padding: 4px 9px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"] {
    border: 1px solid $warning;
}
QComboBox {
    padding-left: 9px; padding-right: 20px; selection-background-color: $selection; selection-color: $text;
}
QComboBox::drop-down { border: none; width: 20px; subcontrol-origin: padding; subcontrol-position: right center; }
QComboBox::down-arrow { image: $chevron_down; width: 12px; height: 12px; }
QComboBox QLineEdit { border: none; background: transparent; padding: 0px; }
QComboBox QAbstractItemView {
    color: $text; background: $panel; border: 1px solid $line; padding: 3px; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0px 6px; }
QDateEdit QLineEdit, QDateTimeEdit QLineEdit { padding: 0px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px; }
QAbstractSpinBox::up-arrow { image: $chevron_up; width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: $chevron_down; width: 10px; height: 10px; }
QDateEdit::drop-down, QDateTimeEdit::drop-down {
    border: none; width: 20px; subcontrol-origin: padding; subcontrol-position: right center;
}
QDateEdit::down-arrow, QDateTimeEdit::down-arrow { image: $chevron_down; width: 12px; height: 12px; }
QCalendarWidget QWidget { background: $panel; color: $text; alternate-background-color: $ground; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $accent_text; }
QCalendarWidget QAbstractItemView:disabled { color: $faint; }
QCalendarWidget QToolButton { border: none; }
QToolButton#qt_calendar_prevmonth { qproperty-icon: $chevron_left; }
QToolButton#qt_calendar_nextmonth { qproperty-icon: $chevron_right; }
"""

CHECKS = """
QCheckBox, QRadioButton { color: $text; spacing: 7px; background: transparent; padding: 1px; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox[locked="true"]:disabled { color: $text; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QAbstractItemView::indicator, QMenu::indicator {
    width: 13px; height: 13px; background: $field; border: 1px solid $edge; border-radius: 3px;
}
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $accent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked,
QMenu::indicator:checked { background: $accent; border-color: $accent; image: $check; }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: $dash;
}
QRadioButton::indicator:checked { background: $field; border-color: $accent; image: $dot; }
QGroupBox { border: none; margin-top: 20px; color: $secondary; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 2px 0px; color: $secondary; }
"""

TABLES = """
QTableView, QTreeView, QListView, QColumnView {
    color: $text; background: $panel; alternate-background-color: $ground; border: 1px solid transparent; outline: none;
    gridline-color: $line; selection-background-color: $selection; selection-color: $text;
}
QTableView:focus, QTreeView:focus, QListView:focus, QColumnView:focus { border-color: $accent; }
QAbstractItemView::item { border: none; padding: 3px 6px; }
QTableView::item { border-bottom: 1px solid $line; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $selection; }
QTableView::item:focus { border-bottom: 1px solid $accent; }
QCalendarWidget QTableView::item { border: none; padding: 0px; }
QCalendarWidget QTableView::item:selected { background: $accent; color: $accent_text; }
QTreeView::branch { background: transparent; }
QTreeView::branch:selected { background: $selection; }
QTreeView::branch:has-children:closed { image: $chevron_right; }
QTreeView::branch:has-children:open { image: $chevron_down; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    color: $secondary; background: $panel; border: none; border-bottom: 1px solid $line; padding: 4px 6px 4px 9px;
    font-weight: 400;
}
QHeaderView::section:hover { color: $text; background: $hover; }
QHeaderView::up-arrow { image: $chevron_up; width: 10px; height: 10px; subcontrol-position: right center; }
QHeaderView::down-arrow { image: $chevron_down; width: 10px; height: 10px; subcontrol-position: right center; }
QTableCornerButton::section { background: $panel; border: none; }
"""

TABS = """
QTabWidget::pane { border: none; border-top: 1px solid $line; background: $panel; }
QTabBar { background: $panel; qproperty-drawBase: 0; }
QTabBar::tab {
    color: $text; background: transparent; border: none; border-bottom: 2px solid transparent; padding: 6px 10px;
}
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; }
QTabBar::tab:disabled { color: $faint; }
"""

BARS = """
QMenuBar { color: $text; background: $panel; border-bottom: 1px solid $line; padding: 1px 4px; }
QMenuBar::item { background: transparent; padding: 3px 8px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { color: $text; background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 4px 22px 4px 26px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::indicator { left: 6px; }
QMenu::indicator:exclusive { border-radius: 7px; }
QMenu::indicator:exclusive:checked { background: $field; border-color: $accent; image: $dot; }
QMenu::right-arrow { image: $chevron_right; width: 12px; height: 12px; }
QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; padding: 5px 8px; spacing: 6px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px 5px; }
QStatusBar { color: $secondary; background: $panel; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $secondary; padding: 0px 4px; }
QToolTip { color: $text; background: $panel; border: 1px solid $edge; padding: 4px 6px; }
QProgressBar { color: $text; background: $hover; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

SCROLL_BARS = """
QScrollBar { background: transparent; border: none; margin: 0px; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""

SECTIONS = (GROUND, LABELS, BUTTONS, CHIPS, SEGMENTS, FIELDS, CHECKS, TABLES, TABS, BARS, SCROLL_BARS)
