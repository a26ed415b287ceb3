"""What the window offers where a project cannot be opened since it is damaged or strange."""

from ui.mending.mending import Mending

__all__ = ["Mending"]
