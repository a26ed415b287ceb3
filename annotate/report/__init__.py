"""Project to evidence workbook: what is on the sheets (sheets/) apart from how Excel is told of it (workbook.py)."""
