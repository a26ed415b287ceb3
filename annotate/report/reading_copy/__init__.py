"""Articles to be read with their marks and notes: one model of the copy (copy, notes), and a module for each format.

The PDF is printed by Qt, so it is written in ui/reading_copy_pdf.py, from the same model.
"""
