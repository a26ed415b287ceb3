"""The work of filling a template, table by table: see `fill.fill_template` for what changes and what stays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotate.errors import ExportFailed
from annotate.report.sheet_writer import MOST_LINKS, OVERFLOW
from annotate.report.tables import Link, Table, Value
from annotate.report.template.around import carry_around
from annotate.report.template.comments import carry_comments
from annotate.report.template.drafts import finish_sheet, write_sheet
from annotate.report.template.followers import carry_others, renew_pivots
from annotate.report.template.found_tables import FoundTable, Sheet, find_tables, read_table, renew_table, sheets_of
from annotate.report.template.looks import Looks
from annotate.report.template.moving import plan_move
from annotate.report.template.old_sheet import Cell, KeptRow, OldSheet, read_sheet
from annotate.report.template.overflow import Overflow, add_sheet
from annotate.report.template.package import Package, rels_of
from annotate.report.template.references import Move, letters
from annotate.report.template.results import FORMULAS, forget_results
from annotate.report.template.row_keys import key_columns, key_of, key_of_old
from annotate.report.template.rows import NewRows
from annotate.report.template.shared_strings import forget_texts
from annotate.shortened import shortened
from annotate.writing import Progress, report

_ROWS_BETWEEN_REPORTS = 100
_MOST_TOLD = 20
_LONGEST_TOLD = 100
_CALCULATION = re.compile(rb"<(?P<p>(?:[\w.-]+:)?)calcPr\b(?P<attributes>[^<>]*?)/?>")
_BEFORE_CALCULATION = re.compile(
    rb".*</(?P<p>(?:[\w.-]+:)?)(?:definedNames|externalReferences|functionGroups|sheets)>", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A table of the template that is to be filled."""

    sheet: Sheet
    part: str
    table: Table


@dataclass(slots=True)
class Filling:
    """One template on its way to being filled; afterwards `rows` and `warnings` are as in `Written`."""

    package: Package
    workbook: str
    tables: Sequence[Table]
    progress: Progress
    target: str
    rows: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    done: int = 0
    _total: int = 0
    _names: set[str] = field(default_factory=set)
    """Names of the filled tables as the template has them."""
    _replaced: set[int] = field(default_factory=set)
    """Numbers of texts in the workbook's list that refilled cells had."""
    _sheets: set[str] = field(default_factory=set)
    """Names of the sheets they are on."""
    _overflow: Overflow = field(default_factory=Overflow)
    _links: dict[str, list[tuple[str, Link]]] = field(default_factory=lambda: defaultdict(list))
    """Links on cells that are to be put in, by the part of the sheet."""

    def fill(self) -> None:
        sheets = sheets_of(self.package, self.workbook)
        tables = [table for table in self.tables if table.name != OVERFLOW]
        places = [_Place(*found) for found in find_tables(self.package, sheets, tables)]
        if not places:
            raise ExportFailed(
                f"{self.package.name} has none of the tables that are filled: {', '.join(t.name for t in tables)}. "
                "Give a table of it one of these names (in Excel: Table Design, Table Name)."
            )
        self._total = sum(len(place.table.rows) for place in places)
        parts = self.package.related(self.workbook, "styles")
        looks = Looks(self.package, parts[0] if parts else None)
        had_formulas = self._has_formulas(places)
        for place in places:
            self._fill(place, sheets, looks)
        overflow = self._overflow.table()
        known = [_Place(*found) for found in find_tables(self.package, sheets, [overflow])]
        if overflow.rows and not known:
            known = [_Place(*add_sheet(self.package, self.workbook, sheets), overflow)]
            sheets.append(known[0].sheet)
        for place in known:
            self._fill(place, sheets, looks)
        forget_texts(self.package, sheets, self._replaced)
        self._put_links([*places, *known])
        looks.save()
        if had_formulas:
            self._drop_order_of_formulas()
        forget_results(self.package, self.workbook, sheets, self._sheets, self._names)
        self._reckon_anew(sheets)
        self.warnings += self._overflow.warnings

    def _fill(self, place: _Place, sheets: Sequence[Sheet], looks: Looks) -> None:
        found = read_table(self.package, place.sheet, place.part, place.table)
        if found is None or not _first_of_ours(found):
            self.warnings.append(
                f"The table called {place.table.name} on the sheet {place.sheet.name} of {self.package.name} has none "
                "of its columns and was left as it is."
            )
            return
        keys = key_columns(found)
        ours = [column.ours for column in found.columns]
        known_by = [found.area.left + ours.index(key) for key in keys]
        old = read_sheet(self.package, found, [*known_by, _first_of_ours(found)])
        move = plan_move(self.package, found, old, len(place.table.rows))
        kept = _kept_rows(found, old, keys)
        self._tell_what_goes(found, old, kept)
        new_rows = NewRows(
            found,
            old,
            move,
            looks,
            from_1904=self._from_1904(),
            continue_elsewhere=lambda label, row, column, rest: self._overflow.continue_elsewhere(
                place.table.name, label, row, column, rest
            ),
        )
        gone = carry_comments(self.package, found, move, kept)
        if gone:
            self.warnings.append(
                f"{found.name}: {gone:,} comment{'s' if gone > 1 else ''} on cells whose row is no longer there "
                f"{'were' if gone > 1 else 'was'} left out."
            )
        others = _placed(old, found, move)
        last_row = max(move.last + move.totals, *(number for number, row in others.items() if row.cells))
        carry_around(old.root, found, move, kept, last_row)
        own = {kept[row]: cells for row, cells in old.own.items() if row in kept}
        gone_cells = [cell for row, cells in old.own.items() if row not in kept for cell in cells.values()]
        self._replaced |= old.replaced
        self._replaced.update(number for cell in gone_cells if (number := cell.shared_text) is not None)
        write_sheet(self.package, place.sheet.part, old.root, self._rows(found, others, own, new_rows))
        if renew_table(self.package, found, move):
            self.warnings.append(f"{found.name}: the filter of the template was taken off, so that all rows show.")
        carry_others(self.package, self.workbook, sheets, move, (place.sheet.part, place.part))
        links = self._links[place.sheet.part]
        links[:] = [*((move.places(cell), link) for cell, link in links), *new_rows.links]
        if renew_pivots(self.package, place.sheet.name, found.name):
            self.warnings.append(
                f"{found.name}: the pivot tables over it are reckoned anew when Excel opens the file; until it is "
                "saved there, they keep the rows of before."
            )
        self._names.add(found.name)
        self._sheets.add(place.sheet.name)
        self.rows[place.table.name] = len(place.table.rows)

    def _rows(
        self,
        found: FoundTable,
        others: Mapping[int, KeptRow],
        own: Mapping[int, Mapping[int, Cell]],
        new_rows: NewRows,
    ) -> Iterator[str]:
        """The sheet's rows in their order; `own` has the analyst's own cells by row and column."""
        numbers = sorted(others)
        for number in numbers:
            if number < found.area.top:
                yield new_rows.kept_row(number, others[number])
        rows: Sequence[Sequence[Value]] = found.table.rows or [(None,) * len(found.table.columns)]
        nothing = KeptRow()
        for place, values in enumerate(rows):
            number = found.area.top + place
            yield new_rows.row(place, number, values, own.get(number, {}), others.get(number, nothing).cells)
            self.done += 1
            if self.done % _ROWS_BETWEEN_REPORTS == 0:
                report(self.progress, min(self.done, self._total), self._total, self.target)
        for number in numbers:
            if number >= found.area.top + len(rows):
                yield new_rows.kept_row(number, others[number])

    def _put_links(self, places: Sequence[_Place]) -> None:
        starts: dict[str, tuple[str, int, str]] = {}
        found = [read_table(self.package, place.sheet, place.part, place.table) for place in places]
        filled = [one for one in found if one is not None and _first_of_ours(one)]
        for one in sorted(filled, key=lambda one: one.name.casefold() != one.table.name.casefold()):
            starts.setdefault(one.table.name, (one.sheet.name, one.area.top, letters(_first_of_ours(one))))
        for part, links in self._links.items():
            if not finish_sheet(self.package, part, links, starts):
                name = next(place.sheet.name for place in places if place.sheet.part == part)
                self.warnings.append(
                    f"{name}: Excel allows {MOST_LINKS:,} links on a sheet; the rows after that have plain IDs."
                )

    def _tell_what_goes(self, found: FoundTable, old: OldSheet, kept: dict[int, int]) -> None:
        """What was typed beside rows that are no longer there is told word for word, since the template itself may be
        what is written."""
        lost = [row for row in old.typed if row not in kept]
        if not lost:
            return
        told = [
            f"{old.texts[row][-1] or f'row {row}'} ({shortened('; '.join(old.typed[row]), _LONGEST_TOLD)})"
            for row in lost[:_MOST_TOLD]
        ]
        more = f" and {len(lost) - _MOST_TOLD:,} more" if len(lost) > _MOST_TOLD else ""
        self.warnings.append(
            f"{found.name}: what stood in columns of your own went with rows that are no longer in the table: "
            f"{', '.join(told)}{more}."
        )

    def _from_1904(self) -> bool:
        properties = self.package.root(self.workbook).find("{*}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def _has_formulas(self, places: Sequence[_Place]) -> bool:
        return any(self.package.mentions(part, FORMULAS) for part in {place.sheet.part for place in places})

    def _drop_order_of_formulas(self) -> None:
        for part in self.package.related(self.workbook, "calcChain"):
            rels = rels_of(self.workbook)
            ties = self.package.root(rels)
            for tie in list(ties):
                if str(tie.get("Type", "")).endswith("/calcChain"):
                    ties.remove(tie)
            self.package.replace_root(rels, ties)
            self.package.remove(part)

    def _reckon_anew(self, sheets: Sequence[Sheet]) -> None:
        if not any(self.package.mentions(sheet.part, FORMULAS) for sheet in sheets):
            return
        data = self.package.read(self.workbook)
        element = _CALCULATION.search(data)
        if element is not None:
            attributes = re.sub(rb"""\s+fullCalcOnLoad=("[^"]*"|'[^']*')""", b"", element["attributes"])
            start = element.start("attributes")
            data = data[:start] + attributes + b' fullCalcOnLoad="1"' + data[element.end("attributes") :]
        else:
            before = _BEFORE_CALCULATION.match(data)
            if before is None:
                return
            data = data[: before.end()] + b"<" + before["p"] + b'calcPr fullCalcOnLoad="1"/>' + data[before.end() :]
        self.package.replace(self.workbook, data)


def _kept_rows(found: FoundTable, old: OldSheet, keys: Sequence[int]) -> dict[int, int]:
    """For the template's rows that are still there, which row of the sheet they are from now on."""
    if not keys:
        return {}
    new = {key_of(row, keys): found.area.top + place for place, row in enumerate(found.table.rows)}
    kept: dict[int, int] = {}
    for row, texts in old.texts.items():
        place = new.pop(key_of_old(texts[: len(keys)]), None)
        if place is not None:
            kept[row] = place
    return kept


def _placed(old: OldSheet, found: FoundTable, move: Move) -> dict[int, KeptRow]:
    """All rows but the table's data by where they are from now on; a row may be put together of two."""
    placed: dict[int, KeptRow] = {}
    across = found.area
    for number, row in sorted(old.rows.items()):
        moved = move.row(number, across.left)
        home = moved if move.whole_rows or number <= found.whole.bottom else number
        for cell in row.cells:
            placed.setdefault(move.row(cell.row, cell.column), KeptRow()).cells.append(cell)
        if not across.top <= number <= across.bottom:
            placed.setdefault(home, KeptRow()).attributes = row.attributes
    for row in placed.values():
        row.cells.sort(key=lambda cell: cell.column)
    return placed


def _first_of_ours(found: FoundTable) -> int:
    """The first column of the sheet that is filled, from 1; 0 where there is none."""
    return next((found.area.left + place for place, column in enumerate(found.columns) if column.ours is not None), 0)
