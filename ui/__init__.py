"""The window. Qt lives here and nowhere else; nothing here speaks SQL."""
