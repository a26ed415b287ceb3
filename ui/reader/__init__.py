"""The reader: an article as plain text, its marks painted under the words."""

from ui.reader.reader import Reader

__all__ = ["Reader"]
