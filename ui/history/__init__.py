"""The history panel: who did what when, what each step changed, and going back by new changes."""

from ui.history.panel import HistoryPanel, Whose

__all__ = ["HistoryPanel", "Whose"]
