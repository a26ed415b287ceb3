"""Backups in the window: made by themselves off its thread, listed with what differs, restored."""

from ui.backups.keeping import Keeping

__all__ = ["Keeping"]
