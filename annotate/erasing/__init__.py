"""What removes for good: erasing an article or a source, and a copy of a project without its history.

Why it exists: everywhere else nothing is ever lost. These are the only two ways by which something goes, so they lie
apart, say beforehand what goes and afterwards what still stands.
"""

from annotate.erasing.copying import Copied, copy_without_history
from annotate.erasing.erase import Erased, clear_backups, erase, finish_erasing, prepare_erasing, replace_project
from annotate.erasing.planning import plan_erasing
from annotate.erasing.plans import Plan, Wish

__all__ = [
    "Copied",
    "Erased",
    "Plan",
    "Wish",
    "clear_backups",
    "copy_without_history",
    "erase",
    "finish_erasing",
    "plan_erasing",
    "prepare_erasing",
    "replace_project",
]
