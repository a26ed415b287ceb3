"""The analyst's own workbook as a template: its named tables are refilled, all else stays as it is.

What is written: the sheets that hold such a table, the table's part, and what must follow (see followers, comments).
Beyond that only styles.xml gets looks at its end, where a date or a text that looks like a formula needs one (see
looks); where there are formulas, the workbook's part is told to reckon all of them anew when it is opened
(fullCalcOnLoad), what they came to before is left out where it depends on the tables (see results), and so is the list
of the order in which they were reckoned (calcChain), which Excel makes anew; texts of replaced cells are blanked in the
workbook's list (see shared_strings); properties by which an export is read back are brought up to date (see
properties). Every other part is byte for byte the same, under the same name and in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from annotate.errors import ExportFailed
from annotate.report.about import About, about_export
from annotate.report.evidence import Evidence
from annotate.report.tables import Table
from annotate.report.template.filling import Filling
from annotate.report.template.package import KINDS, Package, damaged, opened
from annotate.report.template.properties import describe
from annotate.report.template.searching import forget_people, refuse_what_gives_away
from annotate.report.template.stated_numbers import NoNumber
from annotate.report.workbook import workbook_tables
from annotate.writing import Progress, Written, go_on, replacing, report

_ENDINGS = {".xlsx": (".xlsx",), ".xlsm": (".xlsm",), ".xltx": (".xlsx", ".xltx"), ".xltm": (".xlsm", ".xltm")}
"""What a workbook may be written as, by what the template is."""


def write_into_template(
    evidence: Evidence,
    template: Path,
    target: Path,
    progress: Progress = go_on,
    *,
    hidden: Callable[[str], str] | None = None,
) -> Written:
    """Write evidence into a copy of the analyst's own workbook, so that it can be read back; see `fill_template`.

    Evidence for sharing needs `hidden`, which replaces protected names in any words (see annotate.report.sharing): a
    template that names somebody protected is refused. Raises ValueError without it.
    """
    if evidence.shared and hidden is None:
        raise ValueError("a template for sharing is searched for protected names")
    tables, about = workbook_tables(evidence), about_export(evidence)
    return fill_template(template, tables, target, progress, about=about, hidden=hidden)


def fill_template(
    template: Path,
    tables: Sequence[Table],
    target: Path,
    progress: Progress = go_on,
    *,
    about: About | None = None,
    hidden: Callable[[str], str] | None = None,
) -> Written:
    """Write a copy of the workbook `template` (.xlsx, .xlsm, .xltx, .xltm) at `target`, its tables refilled.

    Tables and columns are known by their names (see found_tables); the analyst's own columns keep their formulas, and
    their values by the row's ID. `about` says what the workbook is known by when it is read back; what the template
    said of an earlier export is taken out. With `hidden`, a template that gives somebody away is refused. `target` may
    be the template itself. `Written.rows` has the tables that were filled.
    Raises ExportFailed with a sentence where the template cannot be used or the rows have no room on a sheet, and
    ExportCancelled where `progress` answers False; what stood at `target` is untouched then.
    """
    with replacing(target) as temporary, opened(template) as package:
        workbook = package.workbook()
        _check_ending(package, workbook, template, target)
        filling = Filling(package, workbook, tables, progress, target.name)
        try:
            filling.fill()
            describe(package, about or {})
        except NoNumber as error:
            raise damaged(package.name) from error
        if hidden is not None:
            forget_people(package)
            refuse_what_gives_away(package, hidden)
        package.write(temporary, lambda: report(progress, filling.done, filling.done, target.name))
    return Written(target, filling.rows, tuple(filling.warnings))


def _check_ending(package: Package, workbook: str, template: Path, target: Path) -> None:
    kind = package.kind(workbook) or ""
    allowed = _ENDINGS[kind]
    if target.suffix.casefold() not in allowed:
        macros = "with macros" if kind in (".xlsm", ".xltm") else "without macros"
        raise ExportFailed(
            f"{target.name} was not written: {template.name} is a workbook {macros}, so the file's name must end in "
            f"{' or '.join(allowed)}."
        )
    ending = target.suffix.casefold()
    if ending != kind:
        package.set_content_type(workbook, next(name for name, other in KINDS.items() if other == ending))
