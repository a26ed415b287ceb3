"""A project as an evidence workbook, written whole or not at all.

Why it exists: the workbook is what is handed on. Which sheets it has and what is written in which order is decided
here; what a sheet holds in sheets/, how Excel is told of it in sheet_writer.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from annotate.report.about import about_export
from annotate.report.evidence import Evidence, gather
from annotate.report.growing_workbook import growing_workbook
from annotate.report.notes_xml import Notes
from annotate.report.page import Page
from annotate.report.scope import EVERYTHING, Scope
from annotate.report.shared_tables import handed_on
from annotate.report.sheet_writer import MOST_ROWS, SheetWriter
from annotate.report.sheets.claims import attributions_table, claims_table
from annotate.report.sheets.codebook import CODEBOOK, codebook_table
from annotate.report.sheets.cross_check import cross_check_table
from annotate.report.sheets.figures import figures_table
from annotate.report.sheets.novelties import novelties_table
from annotate.report.sheets.over_time import over_time_table
from annotate.report.sheets.register import articles_table, checks_table, sources_table
from annotate.report.sheets.rows import RowIndex
from annotate.report.sheets.summary import summary
from annotate.report.sheets.to_do import to_do_table
from annotate.report.styles import Styles
from annotate.report.summary_sheet import SUMMARY, SummarySheet
from annotate.report.tables import Table, with_columns
from annotate.store.queries import Reader
from annotate.unfinished import working_folder
from annotate.writing import Progress, Written, go_on, replacing, report

_ROWS_BETWEEN_REPORTS = 100


def export_workbook(
    reader: Reader, target: Path, *, analyst: str, scope: Scope = EVERYTHING, progress: Progress = go_on
) -> Written:
    """Write what a scope keeps of what `reader` sees as an Excel workbook at `target`; see `write_workbook`."""
    return write_workbook(gather(reader, analyst, scope), target, progress)


def write_workbook(
    evidence: Evidence, target: Path, progress: Progress = go_on, *, most_rows: int = MOST_ROWS
) -> Written:
    """Write an Excel workbook at `target`, with the columns that the project has chosen; a table of more than
    `most_rows` rows goes on on further sheets.

    Raises ExportFailed where the file cannot be written and ExportCancelled where `progress` answers False; what
    stood at `target` is untouched then, and nothing else is left behind.
    """
    tables = workbook_tables(evidence)
    with replacing(target) as temporary:
        warnings = _write(evidence, tables, temporary, progress, target.name, most_rows)
    return Written(target, {table.name: len(table.rows) for table in tables}, tuple(warnings))


def workbook_tables(evidence: Evidence) -> list[Table]:
    """The sheets after the summary, in their order, with their columns as the project has chosen them.

    An ID leads to its words in the window, unless the workbook goes to those who do not have the project.
    """
    index = RowIndex(evidence, opens_window=not evidence.shared)
    over_time = over_time_table(evidence, index)
    changes = [novelties_table(evidence, index)] if evidence.scope.since else []
    tables = [
        *changes,
        claims_table(evidence, index),
        attributions_table(evidence, index),
        figures_table(evidence, index),
        *([over_time] if over_time.rows else []),
        sources_table(evidence, index),
        cross_check_table(evidence, index),
        checks_table(evidence, index),
        to_do_table(evidence, index),
        articles_table(evidence, index),
        codebook_table(evidence),
    ]
    chosen = [with_columns(table, evidence.project.columns.get(table.name)) for table in tables]
    return handed_on(chosen) if evidence.shared else chosen


def columns_of_sheets(reader: Reader) -> dict[str, tuple[str, ...]]:
    """The headings that each sheet may show beside its first column, in the usual order, by the sheet's name."""
    nothing = gather(reader, "", Scope(article_ids=frozenset()))
    usual = replace(nothing, project=replace(nothing.project, columns={}))
    shown = {
        table.name: tuple(column.heading for column in table.columns[1:] if not column.hidden)
        for table in workbook_tables(usual)
    }
    return {name: headings for name, headings in shown.items() if name != CODEBOOK}


def _write(
    evidence: Evidence, tables: Sequence[Table], path: Path, progress: Progress, name: str, most_rows: int
) -> list[str]:
    with working_folder() as folder:
        workbook = growing_workbook(folder)
        try:
            made = f"{evidence.analyst}, {evidence.made_at:%Y-%m-%d %H:%M} UTC".removeprefix(", ")
            page = Page(evidence.project.title, evidence.project.marking, made)
            codebook = next(table for table in tables if table.name == CODEBOOK)
            writer = SheetWriter(workbook, Styles(workbook), page, codebook, most_rows)
            first = workbook.create_sheet(SUMMARY)
            total = sum(len(table.rows) for table in tables)
            written = 0
            for table in tables:
                for number in writer.write(table):
                    if (written + number) % _ROWS_BETWEEN_REPORTS == 0:
                        report(progress, written + number, total, name)
                written += len(table.rows)
            overflow = writer.overflow_table()
            if overflow is not None:
                for _ in writer.write(overflow):
                    pass
            warnings = writer.closing_warnings()
            SummarySheet(writer, first).write(summary(evidence, RowIndex(evidence)), tables, warnings)
            _describe(workbook, evidence)
            report(progress, total, total, name)
            _pack(workbook, writer.notes, path)
        except BaseException:
            _discard(workbook)
            raise
    return warnings


def _pack(workbook: Any, notes: Sequence[Notes], path: Path) -> None:
    """As openpyxl saves a workbook, with the notes beside its own parts."""
    from openpyxl.writer.excel import ExcelWriter

    workbook.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    with ZipFile(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        excel: Any = ExcelWriter(workbook, archive)
        for of_sheet in notes:
            if of_sheet:
                archive.writestr(of_sheet.path.removeprefix("/"), "".join(of_sheet.words_xml()))
                archive.writestr(of_sheet.drawing, "".join(of_sheet.drawing_xml()))
                excel.manifest.append(of_sheet)
        excel.write_data()


def _describe(workbook: Any, evidence: Evidence) -> None:
    """Document properties: what is shown by file managers, and what a later reading-back knows the workbook by."""
    from openpyxl.packaging.custom import DateTimeProperty, StringProperty

    from annotate.report.cells import cell_text

    workbook.properties.title = cell_text(evidence.project.title)
    workbook.properties.creator = cell_text(evidence.analyst) or "Provenote"
    workbook.properties.lastModifiedBy = workbook.properties.creator
    for name, value in about_export(evidence).items():
        if isinstance(value, datetime):
            workbook.custom_doc_props.append(DateTimeProperty(name=name, value=value))
        else:
            workbook.custom_doc_props.append(StringProperty(name=name, value=value))


def _discard(workbook: Any) -> None:
    """Close and remove the temporary files in which openpyxl keeps the sheets of a workbook that is not saved."""
    for sheet in workbook.worksheets:
        with suppress(Exception):
            sheet.close()
        if sheet._writer is not None:
            with suppress(Exception):  # on a full disk this fails, too, and must not wait for the garbage collector
                sheet._writer.xf.close()
            with suppress(OSError, ValueError):
                sheet._writer.cleanup()
