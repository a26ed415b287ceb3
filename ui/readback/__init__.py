"""What a colleague has changed in a workbook, shown cell by cell before any of it goes into the project.

The page itself is imported when it is first shown: the window opens without it.
"""

from ui.readback.reading import ReadingBack

__all__ = ["ReadingBack"]
