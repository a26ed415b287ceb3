"""What the machine proposes for the article in the reader: asked for off the UI thread, listed, judged by keys."""

from ui.suggestions.learned import Learned
from ui.suggestions.panel import SuggestionsPanel
from ui.suggestions.proposing import Engine, Proposing
from ui.suggestions.waiting import Waiting

__all__ = ["Engine", "Learned", "Proposing", "SuggestionsPanel", "Waiting"]
