"""A small view of a picture in the review, decoded and scaled in a thread, within the limits of pictures.

One at a time, however quickly rows are gone through: each may take half a gigabyte while it is decoded.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from annotate.importers import Attachment, ImportedFile
from annotate.importers.file_contents import contents_of
from annotate.importers.picture import FORMAT as PICTURE
from ui.jobs import Job
from ui.picture.decoding import decoded
from ui.review.found import Found

LARGEST = QSize(300, 220)
"""In pixels of the window; on a finer screen the picture has more of its own."""


class Thumbnail(QLabel):
    """Hidden where there is no picture; says so where one cannot be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.setAccessibleName("The picture")
        self.setProperty("kind", "secondary")
        self._found: Found | None = None
        self._job: Job | None = None
        self.hide()

    def show_found(self, found: Found | None) -> None:
        """Show the picture of a file, as soon as it is decoded."""
        if found is self._found:
            return
        self._found = found
        self.clear()
        self.setVisible(_is_picture(found))
        if self._job is None:
            self._decode()

    def _decode(self) -> None:
        found = self._found
        if found is None or not _is_picture(found):
            return
        finer = self.devicePixelRatioF()
        job = self._job = Job("Opening a picture", lambda _job: _small(found, LARGEST * finer), self)
        job.succeeded.connect(lambda made: self._show(found, made, finer))
        job.failed.connect(lambda error: self._failed(found, error, finer))
        job.ended.connect(lambda: self._ended(found))
        job.start()

    def _failed(self, found: Found, error: Exception, finer: float) -> None:
        self._show(found, "This picture cannot be shown because of a fault in Provenote.", finer)
        raise error

    def _ended(self, found: Found) -> None:
        self._job = None
        if found is not self._found:
            self._decode()

    def _show(self, found: Found, made: QImage | str, finer: float) -> None:
        if found is not self._found:
            return
        if isinstance(made, str):
            self.setText(made)
            return
        pixmap = QPixmap.fromImage(made)
        pixmap.setDevicePixelRatio(finer)
        self.setPixmap(pixmap)
        policy = self.sizePolicy()  # after wrapped words a label goes on asking for a height that pictures do not tell
        policy.setHeightForWidth(False)
        self.setSizePolicy(policy)


def _is_picture(found: Found | None) -> bool:
    return found is not None and isinstance(found.result, ImportedFile) and found.result.importer == PICTURE.name


def _small(found: Found, largest: QSize) -> QImage | str:
    """In a thread: the picture no larger than that, or a sentence why it cannot be shown."""
    data = found.result.data if isinstance(found.result, ImportedFile) else b""
    if not data:
        data = found.source.data if isinstance(found.source, Attachment) else contents_of(Path(found.source))
    image = decoded(data)
    if isinstance(image, str) or (image.width() <= largest.width() and image.height() <= largest.height()):
        return image
    return image.scaled(largest, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
