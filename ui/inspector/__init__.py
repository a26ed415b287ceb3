"""The inspector: forms for what is selected."""

from ui.inspector.inspector import Inspector

__all__ = ["Inspector"]
