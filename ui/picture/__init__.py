"""A picture beside the words that a person types of it."""

from ui.picture.desk import PictureDesk

__all__ = ["PictureDesk"]
