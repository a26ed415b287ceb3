"""Beside the table: what is known of the selected rows, typed once for all of them, and how the text begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotate.shortened import shortened
from annotate.vocabulary import ArticleType
from ui.inspector.layout import Heading, Words
from ui.review.rows import Row
from ui.review.thumbnail import Thumbnail

FIELDS = {"title": "&Title", "outlet": "&Outlet", "author": "&Author", "published": "&Published", "url": "&URL"}
"""Labels with the letters that lead to them, by their names in Draft."""
_SHOWN = 6_000
"""Code points of a text that are looked at."""
_LINES_SAID = 8
"""How much of what is said is seen without scrolling."""
_SEVERAL = "several"


class Line(QLineEdit):
    """A field that is told once it is left or Enter is pressed, and only where it was typed in."""

    typed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.editingFinished.connect(self._finish)

    def _finish(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.typed.emit(self.text())

    def show_value(self, values: Sequence[str]) -> None:
        """The value of all, or that there are several."""
        same = len(set(values)) == 1
        self.setPlaceholderText("" if same or not values else _SEVERAL)
        self.setText(values[0] if same else "")
        self.setCursorPosition(0)


class Details(QWidget):
    corrected = Signal(str, object)
    """A field by its name in Draft, and its value, for all selected articles."""
    version_chosen = Signal(bool)
    """A new version of the article that is there, or one of its own."""
    columns_asked = Signal()
    encoding_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self.said = Words(kind="warning")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.saying = QScrollArea(widgetResizable=True)
        self.saying.setWidget(self.said)
        self.saying.setFrameShape(QFrame.Shape.NoFrame)
        self.saying.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.saying.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.saying.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.saying.setAccessibleName("What is to be said of what is selected")
        self.columns_button = QPushButton("Columns…", toolTip="Say which column of the list holds what")
        self.columns_button.clicked.connect(self.columns_asked)
        self.encoding_button = QPushButton("Encoding…", toolTip="Choose how the letters are written in the file")
        self.encoding_button.clicked.connect(self.encoding_asked)
        self.version = QComboBox()
        self.version.setAccessibleName("Goes in as")
        self.version.activated.connect(lambda at: self.version_chosen.emit(at == 0))
        self.version_label = QLabel("&Goes in as", textFormat=Qt.TextFormat.PlainText)
        self.version_label.setBuddy(self.version)
        self.lines = {name: Line(label.replace("&", "")) for name, label in FIELDS.items()}
        self.type = QComboBox()
        self.type.setAccessibleName("Type")
        self.type.addItem(_SEVERAL, None)
        for kind in ArticleType:
            self.type.addItem(kind.label, kind)
        self.type.activated.connect(self._type_chosen)
        self.picture = Thumbnail()
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("How the text begins")
        self.text.setProperty("kind", "field")
        self.text.setTabChangesFocus(True)
        for name, line in self.lines.items():
            line.typed.connect(lambda words, name=name: self.corrected.emit(name, words))
        self._lay_out()
        self.show_rows(())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """The selected rows; those that could not be read have a sentence only."""
        self._rows = rows
        articles = [row for row in rows if row.draft is not None]
        drafts = [row.draft for row in articles if row.draft is not None]
        one = rows[0] if len(rows) == 1 else None
        self.heading.setText(_heading(rows, len(articles)))
        self.said.setText("\n".join(_said(rows)))
        self.saying.setVisible(bool(self.said.text()))
        self.saying.verticalScrollBar().setValue(0)
        self._fit()
        self.columns_button.setVisible(one is not None and one.found.heads is not None)
        self.encoding_button.setVisible(one is not None and one.found.may_choose_encoding)
        for name, line in self.lines.items():
            line.setEnabled(bool(articles))
            line.show_value([_shown(draft, name) for draft in drafts])
        for name in ("title", "url"):
            self.lines[name].setEnabled(len(articles) == 1)
            self.lines[name].setToolTip("Corrected for one article at a time" if len(articles) > 1 else "")
        types = {draft.type for draft in drafts}
        self.type.setEnabled(bool(articles))
        several = 0 if types else -1
        self.type.setCurrentIndex(self.type.findData(types.pop()) if len(types) == 1 else several)
        self._show_version(articles)
        draft = drafts[0] if one is not None and drafts else None
        self.picture.show_found(one.found if one is not None else None)
        self.text.setVisible(draft is not None and bool(draft.text))
        self.text.setPlainText(draft.text[:_SHOWN] if draft is not None else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make room for what is said, up to some lines; the rest is scrolled."""
        width = self.width() - self.layout().contentsMargins().left()
        most = _LINES_SAID * QFontMetrics(self.said.font()).lineSpacing()
        wanted = self.said.heightForWidth(max(1, width))
        # A bar that comes for a moment takes the room of some letters, so that one line more is needed, and stays.
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.saying.setVerticalScrollBarPolicy(bar)
        self.saying.setFixedHeight(max(0, min(most, wanted)))

    def _show_version(self, articles: Sequence[Row]) -> None:
        updates = [row for row in articles if row.prospect is not None and row.prospect.outcome == "updated"]
        shown = bool(updates) and len(updates) == len(articles)
        self.version.setVisible(shown)
        self.version_label.setVisible(shown)
        if not shown:
            return
        titles = {row.prospect.known.title for row in updates if row.prospect is not None}
        named = f"a new version of “{shortened(titles.pop())}”" if len(titles) == 1 else "new versions of what is there"
        self.version.clear()
        self.version.addItems([named, "an article of its own" if len(updates) == 1 else "articles of their own"])
        self.version.setCurrentIndex(0 if updates[0].is_version else 1)

    def _type_chosen(self, at: int) -> None:
        if self.type.itemData(at) is not None:
            self.corrected.emit("type", self.type.itemData(at))

    def _lay_out(self) -> None:
        self.heading = Heading("")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.columns_button, self.encoding_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        labelled = [(FIELDS[name], line) for name, line in self.lines.items()]
        for at, (label, field) in enumerate([*labelled, ("T&ype", self.type)]):
            words = QLabel(label, textFormat=Qt.TextFormat.PlainText)
            words.setBuddy(field)
            words.setProperty("kind", "secondary")
            grid.addWidget(words, at, 0)
            grid.addWidget(field, at, 1)
        self.version_label.setProperty("kind", "secondary")
        grid.addWidget(self.version_label, len(labelled) + 1, 0)
        grid.addWidget(self.version, len(labelled) + 1, 1)
        self.version.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(grid)  # above what is said of a row, which comes and goes: the fields stay where they are
        column.addWidget(self.saying)
        column.addLayout(buttons)
        column.addWidget(self.picture)
        column.addWidget(self.text, 1)
        column.addStretch(0)
        self.setMinimumWidth(10 * QFontMetrics(self.font()).averageCharWidth() + 200)


def _heading(rows: Sequence[Row], articles: int) -> str:
    if not rows:
        return "NOTHING SELECTED"
    if len(rows) == 1:
        return "ARTICLE" if articles else "CANNOT BE READ"
    return f"ALL {articles:,} SELECTED ARTICLES" if articles else "CANNOT BE READ"


def _said(rows: Sequence[Row]) -> list[str]:
    """Each sentence once, however many of the rows it is about."""
    return list(dict.fromkeys(sentence for row in rows for sentence in row.told()))


def _shown(draft: object, name: str) -> str:
    value = getattr(draft, name)
    if name == "published":
        return value.words or ("" if value.on is None else value.on.isoformat())
    return value or ""
