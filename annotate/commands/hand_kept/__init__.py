"""Taking in a claims list that was kept by hand: looked through first, then written in one step."""

from annotate.commands.hand_kept.plan import ListPlan, PlannedRow, plan_list
from annotate.commands.hand_kept.taking import TakenList, take_in_list

__all__ = ["ListPlan", "PlannedRow", "TakenList", "plan_list", "take_in_list"]
