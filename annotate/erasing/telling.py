"""A plan to erase, and what came of it, in words for an analyst: the same in the window and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from annotate.counted import counted, counted_records
from annotate.erasing.copying import Copied
from annotate.erasing.erase import Erased
from annotate.erasing.names import Standing
from annotate.erasing.plans import OUT_OF_REACH, Plan

CANNOT_BE_UNDONE = "This cannot be undone: nothing in the program brings it back."


class Weight(Enum):
    """What a section is about."""

    GOES = "goes"
    STAYS = "stays"
    """Where it still stands afterwards, as far as is known."""
    OUT_OF_REACH = "out of reach"


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its lines."""

    weight: Weight
    heading: str
    lines: tuple[str, ...]


def sections_of(plan: Plan) -> list[Section]:
    """What goes, what stays and what is out of reach; sections without a line are left out."""
    wish = plan.wish
    going, staying = Weight.GOES, Weight.STAYS
    counts = [counted_records(count, words) for words, count in plan.counts]
    shared = [f"{one.name}: {', '.join(one.others)} came from it, too" for one in plan.shared_files]
    named = [f"{one.label} “{one.title}”: {_times(one.count)}, …{one.words}…" for one in plan.named_in]
    found = [
        Section(going, "What goes for good", (", ".join(counts),) if counts else ()),
        Section(
            going if wish.register else staying,
            "Entries of the register that nothing else names" + _if(wish.register, "", ", which stay"),
            plan.register,
        ),
        Section(going, "Imported files, byte for byte", plan.files),
        Section(
            going if wish.shared_files else staying,
            _if(
                wish.shared_files,
                "Imported files that other articles lose, too",
                "Stays in an imported file that holds other articles, too",
            ),
            tuple(shared),
        ),
        Section(going, "“[erased]” will stand in the place of the name", _standing(plan.records)),
        Section(staying, "Marks that have the name in their words, which stay", _standing(plan.quotes)),
        Section(staying, "Stays in the text of these articles, for a text is never changed", tuple(named)),
        Section(staying, "Left as it is: names of analysts and of the project’s file", _standing(plan.untouched)),
        Section(
            staying,
            "Other projects in the same folder that hold it, and stay",
            tuple(path.name for path in plan.copies),
        ),
        Section(staying, "Other articles have the same text, word for word", plan.same_text),
        Section(
            going,
            "Backups that hold it, removed once a new one is made of what is left",
            tuple(path.name for path in plan.backups),
        ),
        Section(Weight.OUT_OF_REACH, "What no program can reach from here", (*OUT_OF_REACH, *_more_out_of_reach(plan))),
    ]
    return [section for section in found if section.lines]


def sentences_of(erased: Erased) -> list[str]:
    """What was done, and where it still stands."""
    plan = erased.plan
    said = [f"“{plan.name}” is erased for good."]
    if erased.removed:
        count = len(erased.removed)
        backups = counted(count, "backup that held it is", "backups that held it are")
        new = erased.backup.name if erased.backup else "a new one"
        said.append(f"{backups} removed; {new} takes {'its' if count == 1 else 'their'} place.")
    said += erased.warnings
    if plan.copies:
        said.append(f"Projects in the same folder that hold it: {', '.join(path.name for path in plan.copies)}.")
    if erased.remaining:
        said.append(f"Backups that still hold it: {', '.join(path.name for path in erased.remaining)}.")
    if erased.standing:
        where = list(dict.fromkeys(f"{one.record} ({one.field})" for one in erased.standing))
        more = f" and {len(where) - _MOST:,} more places" if len(where) > _MOST else ""
        what = "Its title" if plan.wish.source_id is None else "The name"
        said.append(f"{what} still stands in {', '.join(where[:_MOST])}{more}.")
    return said


def sentence_of_copy(copied: Copied) -> str:
    """What a copy without history holds, and what did not come along."""
    left = [
        (copied.steps, "step of history", "steps of history"),
        (copied.binned, "article in the bin", "articles in the bin"),
        (copied.texts, "earlier version of a text", "earlier versions of texts"),
    ]
    told = ", ".join(counted(*one) for one in left if one[0]) or "nothing"
    return f"{copied.path.name} has the project as it is now; left out: {told}."


_MOST = 12


def _standing(places: Sequence[Standing]) -> tuple[str, ...]:
    return tuple(f"{one.record}, {one.field}: {one.words}" for one in places)


def _more_out_of_reach(plan: Plan) -> Iterable[str]:
    """What is known of this project."""
    if plan.service:
        yield f"earlier versions of this folder that {plan.service} keeps, here and on other computers"
    if plan.exports:
        more = f" and {len(plan.exports) - _MOST:,} more" if len(plan.exports) > _MOST else ""
        yield f"exported from this project until now: {', '.join(plan.exports[:_MOST])}{more}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _if(is_so: bool, yes: str, no: str) -> str:
    return yes if is_so else no
