"""A picture from the clipboard, as a file like any other."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from annotate.importers import ImportedFile, read_bytes


def pasted_picture(image: QImage, now: datetime) -> ImportedFile:
    """Read as PNG, which loses nothing; `now` names it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return read_bytes(bytes(buffer.data().data()), f"Pasted picture {now:%Y-%m-%d %H.%M.%S}.png")
