"""What formulas came to before the tables were refilled is taken out, where it depends on them.

Why it exists: a workbook keeps the result of every formula. Excel is told to reckon all anew, but other programs,
previews and telephones show what is kept (measured with LibreOffice): a cover sheet would say last month's numbers.
What depends on the tables is found sheet by sheet, through other sheets and defined names; sheets that do not keep
their results, and every byte.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence

from annotate.report.template.found_tables import Sheet
from annotate.report.template.package import Package

FORMULAS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/")
"""In lower case, what a sheet with a formula has in it."""

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^<>]*)?>([^<]*)</")
_RESULT = re.compile(
    rb"<(?P<p>(?:[\w.-]+:)?)c(?P<attributes>\s[^<>]*)>\s*"
    rb"(?P<formula><(?P=p)f(?:\s[^<>]*)?(?:/>|>[^<]*</(?P=p)f>))\s*<(?P=p)v>[^<]+</(?P=p)v>\s*</(?P=p)c>"
)
_KIND = re.compile(rb"""\st=(?:"[^"]*"|'[^']*')""")


def forget_results(
    package: Package, workbook: str, sheets: Sequence[Sheet], filled: Collection[str], tables: Collection[str]
) -> None:
    """Take the results out of sheets that depend on filled sheets or tables (by name); filled ones keep none anyway."""
    formulas = {
        sheet.name: _formulas(package, sheet.part)
        for sheet in sheets
        if sheet.name not in filled and package.mentions(sheet.part, FORMULAS)
    }
    names = {
        one.get("name", "").casefold(): (one.text or "").casefold()
        for one in package.root(workbook).iterfind("{*}definedNames/{*}definedName")
    }
    changed = {*(name.casefold() for name in filled), *(name.casefold() for name in tables)}
    stale: set[str] = set()
    while True:
        found = {name for name, text in formulas.items() if name not in stale and _mentions(text, changed)}
        found_names = {name for name, text in names.items() if name not in changed and _mentions(text, changed)}
        if not found and not found_names:
            break
        stale |= found
        changed |= {*(name.casefold() for name in found), *found_names}
    for sheet in sheets:
        if sheet.name in stale:
            data = package.read(sheet.part)
            without = _RESULT.sub(_without, data)
            if without != data:
                package.replace(sheet.part, without)


def _formulas(package: Package, part: str) -> str:
    return "\n".join(html.unescape(one.decode()) for one in _FORMULA.findall(package.read(part))).casefold()


def _mentions(formulas: str, names: Collection[str]) -> bool:
    """Whether one of the names is used; quoted names of sheets have their apostrophes twice."""
    return any(
        re.search(rf"(?<![\w.]){re.escape(one)}(?![\w.])", formulas)
        for name in names
        for one in {name, name.replace("'", "''")}
    )


def _without(cell: re.Match[bytes]) -> bytes:
    attributes = _KIND.sub(b"", cell["attributes"])
    return b"<%bc%b>%b</%bc>" % (cell["p"], attributes, cell["formula"], cell["p"])
