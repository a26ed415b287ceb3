"""The claims list that an analyst has kept by hand: its rows, what its columns hold, and where its quotes stand.

Pure: the sheet is read, its columns are guessed, its rows become entries, and quotes are looked for in texts.
commands/hand_kept_plan.py asks a project, commands/hand_kept.py writes to it.
"""

from annotate.exchange.hand_kept.columns import ONCE, ListColumns, Role, chosen, guess
from annotate.exchange.hand_kept.entries import Entry, FigureCell, entries_of, list_text, rows_in
from annotate.exchange.hand_kept.quotes import QuoteSearch, SqueezedText, squeezed
from annotate.exchange.hand_kept.sheet import ENDINGS, HandKeptSheet, is_claims_list, read_sheet, read_sheet_file

__all__ = [
    "ENDINGS",
    "ONCE",
    "Entry",
    "FigureCell",
    "HandKeptSheet",
    "ListColumns",
    "QuoteSearch",
    "Role",
    "SqueezedText",
    "chosen",
    "entries_of",
    "guess",
    "is_claims_list",
    "list_text",
    "read_sheet",
    "read_sheet_file",
    "rows_in",
    "squeezed",
]
