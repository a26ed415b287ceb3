"""Which column of a claims list holds what: told by its headings, else by what stands in its cells; or chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotate.errors import ImportRefused
from annotate.exchange.hand_kept.words import HEADINGS, NUMBERS_OF_ROWS, status_of
from annotate.figures import read_figure
from annotate.importers.columns import folded, is_address
from annotate.importers.stated_date import published_in
from annotate.vocabulary import Choice, Precision


class Role(Choice):
    """What a column holds. Cells of a column without a role go into the note, with their heading."""

    CLAIM = "claim", "Claim", "The words of the claim, as the article has them where possible"
    PLAIN = "plain", "In plain words", "The claim in the analyst's own words"
    SOURCE = "source", "Source", "Who says so; several with a semicolon between them"
    FIGURE = "figure", "Figure", "A number of the claim, with or without what it counts"
    ARTICLE = "article", "Article", "Title, file name or ID of the article"
    URL = "url", "Web address", "The web address of the article"
    STATUS = "status", "Status", "How far the work is, or what it has found"
    DATE = "date", "Said on", "When it was said"
    TAGS = "tags", "Tags", "Tags, with commas or semicolons between them"
    NOTE = "note", "Note", "The analyst's note"


_ROLES = {role.value: role for role in Role}
ONCE = (Role.CLAIM, Role.PLAIN, Role.ARTICLE, Role.URL, Role.STATUS, Role.DATE)
"""Roles that one column alone can have."""
_ORDER = ("claim", "either", "plain", "source", "status", "figure", "article", "url", "date", "tags", "note")
"""In which headings are looked at, for a word that is called in two of them."""
_LONGEST_HEADING = 80
_MOST = 0.6
"""Share of the cells that hold anything, by which a column is one of addresses, dates, verdicts or figures."""
_SHORTEST_CLAIM = 15
"""Code points that claims have on average in a column without a heading that names them."""
_LONGEST_FIGURE = 60


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The role of each column of a list, from the first to the last; None for those that go into the note."""

    roles: tuple[Role | None, ...]

    def of(self, role: Role) -> tuple[int, ...]:
        """The columns with a role, counted from 0."""
        return tuple(column for column, own in enumerate(self.roles) if own is role)

    def with_role(self, column: int, role: Role | None) -> ListColumns:
        """The same with another role for one column."""
        return ListColumns((*self.roles[:column], role, *self.roles[column + 1 :]))

    @property
    def problem(self) -> str:
        """What has to be chosen before rows can be taken in, in one sentence; empty where nothing has."""
        twice = next((role for role in ONCE if len(self.of(role)) > 1), None)
        if twice is not None:
            return f"{twice.label} is chosen for more than one column; choose one."
        if not (self.of(Role.CLAIM) or self.of(Role.PLAIN)):
            return "Choose the column that holds the claims."
        return ""


def chosen(headings: Sequence[str], width: int, named: Mapping[Role, Sequence[int | str]], name: str) -> ListColumns:
    """Columns by their number, counted from 0, or by their heading; all others go into the note.

    Raises ImportRefused where a column is not there, or what is chosen cannot be; `name` is the list's.
    """
    keys = [folded(heading) for heading in headings]
    columns = ListColumns((None,) * width)
    for role, places in named.items():
        for place in places:
            if isinstance(place, str) and folded(place) not in keys:
                shown = ", ".join(f"{number} “{heading[:30]}”" for number, heading in enumerate(headings[:12], start=1))
                raise ImportRefused(f"{name} has no column “{place}”; its columns are {shown or 'without headings'}.")
            column = keys.index(folded(place)) if isinstance(place, str) else place
            if not 0 <= column < width:
                raise ImportRefused(f"{name} has no column {column + 1}; it has {width}.")
            columns = columns.with_role(column, role)
    if columns.problem:
        raise ImportRefused(f"{name}: {columns.problem}")
    return columns


def known_headings(row: Sequence[str]) -> dict[str, int]:
    """The columns by what the cells of a row call them, where the row may be one of headings; the surest of several."""
    if any(len(cell) > _LONGEST_HEADING or is_address(cell) for cell in row):
        return {}
    keys = [folded(cell) for cell in row]
    found: dict[str, int] = {}
    for name in _ORDER:
        ranks = HEADINGS[name]
        columns = [column for column, key in enumerate(keys) if key in ranks and column not in found.values()]
        if columns:
            found[name] = min(columns, key=lambda column: (ranks[keys[column]], column))
    return found


def guess(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> ListColumns:
    """The best guess, from the headings (none where a list has none) and the first rows."""
    width = max(len(headings), max((len(row) for row in rows), default=0))
    roles = _by_headings(headings)
    cells = [[row[column] for row in rows if column < len(row) and row[column]] for column in range(width)]
    left = [column for column in range(width) if column not in roles and cells[column]]
    left = [column for column in left if column >= len(headings) or folded(headings[column]) not in NUMBERS_OF_ROWS]
    tests: tuple[tuple[Role, Callable[[str], bool]], ...] = (
        (Role.URL, is_address),
        (Role.DATE, _is_day),
        (Role.STATUS, lambda cell: status_of(cell) != (None, None)),
    )
    for role, is_one in tests:
        column = next((column for column in left if _share(cells[column], is_one) >= _MOST), None)
        if role not in roles.values() and column is not None:
            roles[column] = role
            left.remove(column)
    if not {Role.CLAIM, Role.PLAIN} & set(roles.values()):
        prose = {column: sum(map(len, cells[column])) / len(cells[column]) for column in left}
        longest = max(prose, key=lambda column: prose[column], default=None)
        if longest is not None and prose[longest] >= _SHORTEST_CLAIM:
            roles[longest] = Role.CLAIM
            left.remove(longest)
    if not headings and Role.FIGURE not in roles.values():
        numbers = (column for column in left if _is_figures(cells[column]))
        roles |= {column: Role.FIGURE for column in [next(numbers, None)] if column is not None}
    return ListColumns(tuple(roles.get(column) for column in range(width)))


def _by_headings(headings: Sequence[str]) -> dict[int, Role]:
    """Whole headings first, then those that hold a known one among other words ("Date of first mention")."""
    found = known_headings(headings)
    either = found.pop("either", None)
    roles = {column: _ROLES[name] for name, column in found.items()}
    if either is not None:
        has_claim, has_plain = "claim" in found, "plain" in found
        if not has_claim:
            roles[either] = Role.CLAIM
        elif not has_plain:
            roles[either] = Role.PLAIN
    for column, heading in enumerate(headings):
        if column in roles or folded(heading) in NUMBERS_OF_ROWS:
            continue
        role = _named(folded(heading)) or _within(heading)
        if role is not None and not (role in ONCE and role in roles.values()):
            roles[column] = role
    return roles


def _named(key: str) -> Role | None:
    return next((_ROLES[name] for name in _ORDER if name != "either" and key in HEADINGS[name]), None)


def _within(heading: str) -> Role | None:
    """By a word of a heading of several: the web address first, then the most telling."""
    words = [folded(word) for word in re.split(r"[\W_]+", heading)]
    if len(words) < 2 or NUMBERS_OF_ROWS.intersection(words):
        return None
    for name in ("url", "date", "status", "note"):
        if any(word in HEADINGS[name] for word in words):
            return _ROLES[name]
    return None


def _is_day(words: str) -> bool:
    return len(words) <= _LONGEST_FIGURE and published_in(words).precision is Precision.DAY


def _is_figures(cells: Sequence[str]) -> bool:
    """Whether cells are amounts, and no numbers of rows, which rise by one."""
    if _share(cells, lambda cell: len(cell) <= _LONGEST_FIGURE and read_figure(cell).bound is not None) < _MOST:
        return False
    numbers = [int(cell) for cell in cells if cell.isdecimal()]
    rising = sum(later == one + 1 for one, later in pairwise(numbers))
    return len(numbers) < len(cells) or len(numbers) < 3 or rising < 0.8 * (len(numbers) - 1)


def _share(cells: Sequence[str], is_one: Callable[[str], bool]) -> float:
    return sum(map(is_one, cells)) / len(cells)
