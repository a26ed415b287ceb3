"""The reader: an article as plain text, its marks painted under the words."""

from ui.reader.reader import Place, Reader

__all__ = ["Place", "Reader"]
