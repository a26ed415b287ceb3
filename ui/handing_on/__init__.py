"""Exporting from the window: as what, which part, for whom, and what to know before."""

from ui.handing_on.dialog import ExportDialog
from ui.handing_on.sheet_columns import SheetColumnsDialog

__all__ = ["ExportDialog", "SheetColumnsDialog"]
