"""Everything Provenote knows and does without a window; nothing here imports Qt."""

__version__ = "0.1.0"
