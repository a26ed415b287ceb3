"""Words in all articles: a panel of the places where they stand, each a line that leads there."""

from ui.searching.panel import SearchPanel

__all__ = ["SearchPanel"]
