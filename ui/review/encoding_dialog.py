"""How a text file's letters are written: the encodings that fit, and what each makes of the file's beginning."""

from __future__ import annotations

import codecs
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from annotate.canonical import canonical
from annotate.importers import Attachment, Source, encodings_for, name_of, script_of
from ui.dialog_frame import column_of, ok_and_cancel, size_of

_LOOKED_AT = 1024 * 1024
_SAMPLE = 24 * 1024
"""Bytes that are shown, from a little before the first letter that encodings write differently."""
_BEFORE = 400


class EncodingDialog(QDialog):
    """`encoding()` is the codec that was chosen, once the dialog was accepted."""

    def __init__(self, name: str, sample: bytes, guessed: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Encoding of a text")
        self._sample = sample
        said = QLabel(
            f"{name} does not say how its letters are written. Choose the line whose words read right.",
            textFormat=Qt.TextFormat.PlainText,
            wordWrap=True,
        )
        self.list = QListWidget()
        self.list.setAccessibleName("Encodings")
        self.list.setFixedWidth(250)
        self.preview = QPlainTextEdit(readOnly=True)
        self.preview.setAccessibleName("The text in this encoding")
        self.preview.setProperty("kind", "field")
        self.preview.setTabChangesFocus(True)
        self.buttons = ok_and_cancel(self)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.list)
        row.addWidget(self.preview, 1)
        column = column_of(self)
        column.addWidget(said)
        column.addLayout(row, 1)
        column.addWidget(self.buttons)
        size_of(self, 760, 460)
        for codec in encodings_for(sample):
            script = script_of(codec)
            item = QListWidgetItem(f"{script} · {name_of(codec)}" if script else name_of(codec), self.list)
            item.setData(Qt.ItemDataRole.UserRole, codec)
        codecs_shown = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        at = next((row for row, codec in enumerate(codecs_shown) if name_of(codec) == guessed), 0)
        self.list.setCurrentRow(at)
        self.list.setFocus()

    def encoding(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _show(self, _row: int) -> None:
        codec = self.encoding()
        words = codecs.getincrementaldecoder(codec)("replace").decode(self._sample) if codec else ""
        self.preview.setPlainText(canonical(words).text)


def sample_of(source: Source) -> bytes:
    """The bytes by which encodings can be told, b"" where the file cannot be read any more."""
    try:
        if isinstance(source, Attachment):
            data = source.data[:_LOOKED_AT]
        else:
            with Path(source).open("rb") as file:
                data = file.read(_LOOKED_AT)
    except OSError:
        return b""
    first = next((at for at, byte in enumerate(data) if byte > 127), 0)
    start = max(0, first - _BEFORE) // 4 * 4  # between characters also of UTF-16
    return data[start : start + _SAMPLE]
