"""A picture's pixels, decoded in a thread of their own, within limits, by what its bytes say it is."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from annotate.importers.picture import picture_of

_MOST_MEGABYTES = 600
"""Of one decoded picture, as Qt counts it; the limits of annotate.importers.picture keep below."""
_MOST_SHOWN_PIXELS = 40_000_000
"""A larger picture is made smaller while it is decoded."""


def decoded(data: bytes) -> QImage | str:
    """The picture as it is to be seen (turned as its camera says), or a sentence why it cannot be shown."""
    picture = picture_of(data)
    if picture is None:
        return "This picture is damaged and cannot be shown."
    if not picture.can_be_shown:
        return f"This picture has {picture.width:,} × {picture.height:,} pixels, which is more than can be shown."
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(picture.format.encode("ascii")))
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    pixels = picture.width * picture.height
    if pixels > _MOST_SHOWN_PIXELS:
        factor = (_MOST_SHOWN_PIXELS / pixels) ** 0.5
        reader.setScaledSize(QSize(max(1, int(picture.width * factor)), max(1, int(picture.height * factor))))
    image = reader.read()
    return "This picture is damaged and cannot be shown." if image.isNull() else image
