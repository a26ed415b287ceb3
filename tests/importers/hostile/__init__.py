"""What strangers send on purpose, and what breaks on its way."""
