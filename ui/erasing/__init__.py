"""The bin, erasing for good, and the copy without history, in the window."""

from ui.erasing.bin_dialog import BinDialog
from ui.erasing.desk import Erasing
from ui.erasing.erase_dialog import EraseDialog

__all__ = ["BinDialog", "EraseDialog", "Erasing"]
