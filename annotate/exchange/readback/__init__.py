"""Workbooks that colleagues have edited, read back: what they hold (workbook), what differs (compare), in the plain
values of `diff`. Nothing here writes; annotate.commands.reading_back puts what was ticked into the project."""
