"""The sheets as CSV files, one a table, for programs that read no workbooks.

Why it exists: statistics programs and databases take CSV, and so does Excel, which is the danger: it makes a formula of
text that begins with "=" also where the text is quoted. UTF-8 with a byte order mark, because Excel takes a file
without one for the system's code page; CRLF and quoting as RFC 4180 has them.

What keeps text from becoming a formula is an apostrophe before it (OWASP, "CSV Injection"). Excel splits lines at
semicolons where commas are decimal marks, and then a quotation mark in the middle of a line protects nothing, so what
follows a semicolon, a tab or a line end within a cell is looked at in the same way.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from annotate.canonical import canonical
from annotate.errors import ExportFailed
from annotate.report.tables import Amount, Link, Table, Value, number_value
from annotate.writing import Progress, Written, go_on, replacing, report

_ROWS_BETWEEN_REPORTS = 500
# Blanks and quotation marks before the sign do not keep every program from reading a formula; Excel reads the wide
# signs as the narrow ones in East Asian settings.
_FORMULA = re.compile(r"""(?:\A|(?<=[;\t\r\n]))(?=(?:\A[\t\r\n]|[\s"\ufeff\u200b]*+[=+\-@＝＋－＠]))""")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|]')


def write_csv(tables: Sequence[Table], folder: Path, progress: Progress = go_on) -> Written:
    """Write every table as `folder`/NAME.csv; the folder is made, and other files in it are left alone.

    Columns are those of the sheets, the hidden ones (uid, revision) at the end. Numbers have a point, dates are
    ISO 8601, times UTC, a link is its words, and nothing is cut. All files are complete before the first takes its
    place. Raises ExportFailed where something cannot be written and ExportCancelled where `progress` answers False;
    what stood there is untouched then.
    """
    existed = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ExportFailed(f"{folder.name} is a file. Choose a folder for the CSV files.") from error
    except OSError as error:
        raise ExportFailed(f"The folder {folder} cannot be made: {error.strerror or error}.") from error
    try:
        guarded = _write_all(tables, folder, progress)
    except BaseException:
        if not existed:
            with suppress(OSError):  # somebody put something there
                folder.rmdir()
        raise
    return Written(folder, {table.name: len(table.rows) for table in tables}, _warnings(guarded))


def _write_all(tables: Sequence[Table], folder: Path, progress: Progress) -> int:
    """The number of cells that got an apostrophe."""
    total = sum(len(table.rows) for table in tables)
    done = guarded = 0
    with ExitStack() as files:
        for table in tables:
            order = sorted(range(len(table.columns)), key=lambda place: table.columns[place].hidden)
            temporary = files.enter_context(replacing(folder / f"{_NOT_IN_NAMES.sub('_', table.name)}.csv"))
            with temporary.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(_safe(table.columns[place].heading) for place in order)
                for row in table.rows:
                    cells = [_cell(row[place]) for place in order]
                    guarded += sum(changed for _, changed in cells)
                    writer.writerow([text for text, _ in cells])
                    done += 1
                    if done % _ROWS_BETWEEN_REPORTS == 0:
                        report(progress, done, total, folder.name)
        report(progress, total, total, folder.name)
    return guarded


def _cell(value: Value) -> tuple[str, bool]:
    """A value as text, and whether an apostrophe was put in."""
    if isinstance(value, Link):
        value = value.text
    elif isinstance(value, Amount):
        value = value.value
    if isinstance(value, int | float):
        value = number_value(value)
        if isinstance(value, int | float):
            return repr(value), False
    if isinstance(value, datetime):
        in_utc = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return f"{in_utc.replace(tzinfo=None).isoformat(timespec='seconds')}Z", False
    if isinstance(value, date):
        return value.isoformat(), False
    if value is None:
        return "", False
    assert isinstance(value, str)
    text = canonical(value).text
    safe = _safe(text)
    return safe, safe != text


def _safe(text: str) -> str:
    """Text that no spreadsheet reads as a formula, however it splits the line."""
    return _FORMULA.sub("'", text)


def _warnings(guarded: int) -> tuple[str, ...]:
    if not guarded:
        return ()
    look, have = ("cell looks", "has") if guarded == 1 else ("cells look", "have")
    return (f"{guarded:,} {look} like a formula and {have} an apostrophe before it, so that no spreadsheet runs it.",)
