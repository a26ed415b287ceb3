"""A project as an evidence workbook, written whole or not at all.

Why it exists: the workbook is what is handed on, so an old one stays untouched until the new one is complete. It is
streamed to a temporary file beside the target and moved into place at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import LargeZipFile

from annotate.errors import ExportFailed
from annotate.report.evidence import Evidence, gather
from annotate.report.page import Page
from annotate.report.sheet_writer import MOST_ROWS, SheetWriter
from annotate.report.sheets.claims import attributions_table, claims_table
from annotate.report.sheets.codebook import codebook_table
from annotate.report.sheets.figures import figures_table
from annotate.report.sheets.register import articles_table, checks_table, sources_table
from annotate.report.sheets.rows import RowIndex
from annotate.report.sheets.summary import summary
from annotate.report.styles import Styles
from annotate.report.summary_sheet import SUMMARY, SummarySheet
from annotate.report.tables import Table
from annotate.store.queries import Reader

Progress = Callable[[int, int], bool]
"""Is told rows written and rows in all, every so often; answers False to stop the export."""

_ROWS_BETWEEN_REPORTS = 100


class ExportCancelled(ExportFailed):
    """The analyst stopped the export."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: rows by sheet, and sentences for the analyst about what met Excel's limits."""

    path: Path
    rows: dict[str, int]
    warnings: tuple[str, ...] = ()


def export_workbook(reader: Reader, target: Path, *, analyst: str, progress: Progress | None = None) -> ExportReport:
    """Write what `reader` sees outside the bin as an Excel workbook at `target`.

    Raises ExportFailed where the file cannot be written and ExportCancelled where `progress` answers False; what
    stood at `target` is untouched then, and nothing else is left behind.
    """
    evidence = gather(reader, analyst)
    tables = workbook_tables(evidence)
    for table in tables:
        if len(table.rows) > MOST_ROWS:
            raise ExportFailed(
                f"{target.name} was not written: {table.name} has {len(table.rows):,} rows, and a sheet of Excel "
                f"holds {MOST_ROWS:,}. Export fewer articles."
            )
    with _replacing(target) as temporary:
        warnings = _write(evidence, tables, temporary, progress or _go_on, target.name)
    return ExportReport(target, {table.name: len(table.rows) for table in tables}, tuple(warnings))


def workbook_tables(evidence: Evidence) -> list[Table]:
    """The sheets after the summary, in their order."""
    index = RowIndex(evidence)
    return [
        claims_table(evidence, index),
        attributions_table(evidence, index),
        figures_table(evidence, index),
        sources_table(evidence),
        checks_table(evidence, index),
        articles_table(evidence),
        codebook_table(evidence),
    ]


def _write(evidence: Evidence, tables: list[Table], path: Path, progress: Progress, name: str) -> list[str]:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    try:
        made = f"{evidence.analyst}, {evidence.made_at:%Y-%m-%d %H:%M} UTC".removeprefix(", ")
        page = Page(evidence.project.title, evidence.project.marking, made)
        writer = SheetWriter(workbook, Styles(workbook), page, tables[-1])
        first = workbook.create_sheet(SUMMARY)
        total = sum(len(table.rows) for table in tables)
        written = 0
        for table in tables:
            for number in writer.write(table):
                if (written + number) % _ROWS_BETWEEN_REPORTS == 0:
                    _report(progress, written + number, total, name)
            written += len(table.rows)
        overflow = writer.overflow_table()
        if overflow is not None:
            for _ in writer.write(overflow):
                pass
        warnings = writer.closing_warnings()
        SummarySheet(writer, first).write(summary(evidence, RowIndex(evidence)), warnings)
        _describe(workbook, evidence)
        _report(progress, total, total, name)
        workbook.save(path)
    except BaseException:
        _discard(workbook)
        raise
    return warnings


def _report(progress: Progress, done: int, total: int, name: str) -> None:
    if not progress(done, total):
        raise ExportCancelled(f"The export was stopped; {name} was not written.")


def _go_on(_done: int, _total: int) -> bool:
    return True


def _describe(workbook: Any, evidence: Evidence) -> None:
    """Document properties: what is shown by file managers, and what a later reading-back knows the workbook by."""
    from openpyxl.packaging.custom import DateTimeProperty, StringProperty

    from annotate.report.cells import cell_text

    workbook.properties.title = cell_text(evidence.project.title)
    workbook.properties.creator = cell_text(evidence.analyst) or "Provenote"
    workbook.properties.lastModifiedBy = workbook.properties.creator
    made_at = evidence.made_at.replace(tzinfo=None, microsecond=0)
    workbook.custom_doc_props.append(StringProperty(name="Provenote project", value=str(evidence.project.uid)))
    workbook.custom_doc_props.append(DateTimeProperty(name="Provenote export", value=made_at))


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A temporary file beside `target` that takes its place when the block ends well and is removed otherwise."""
    temporary = target.with_name(f".{target.stem[:40]}-{uuid4().hex}.part")
    try:
        temporary.open("xb").close()  # fails now, not after minutes, where nothing can be written
        yield temporary
        if target.exists():
            with suppress(OSError):  # file systems without rights
                temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except (OSError, LargeZipFile) as error:
        raise _explained(error, target) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _explained(error: OSError | LargeZipFile, target: Path) -> ExportFailed:
    untouched = "What stood there before is untouched."
    if isinstance(error, PermissionError):
        return ExportFailed(
            f"{target.name} cannot be written in {target.parent}. If it is open in Excel, close it and export again. "
            f"{untouched}"
        )
    if isinstance(error, FileNotFoundError):
        return ExportFailed(f"{target.name} was not written: the folder {target.parent} does not exist.")
    if isinstance(error, IsADirectoryError):
        return ExportFailed(f"{target.name} is a folder. Choose another name for the workbook.")
    reason = getattr(error, "strerror", None) or str(error)
    return ExportFailed(f"{target.name} was not written: {reason}. {untouched}")


def _discard(workbook: Any) -> None:
    """Close and remove the temporary files in which openpyxl keeps the sheets of a workbook that is not saved."""
    for sheet in workbook.worksheets:
        with suppress(Exception):
            sheet.close()
        if sheet._writer is not None:
            with suppress(OSError, ValueError):
                sheet._writer.cleanup()
