"""What Excel would call damaged in a written workbook, as sentences.

Why it exists: Excel says "We found a problem with some content" and nothing more, and other programs open what it
refuses. This looks for the limits and rules that are known to lead there (ECMA-376 part 1, and "Excel specifications
and limits"). Tests put every workbook through it.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from annotate.report.cells import utf16_units
from annotate.report.names import is_legal_name, is_legal_sheet_name
from tests.report.lint_sheet import Known, check_sheet, overlap, span_of

MOST_STYLES = 64_000
MOST_FORMATS = 250
MOST_FONTS = 1_024
LONGEST_HEADING = 255
LONGEST_COMMENT = 32_767
LONGEST_FORMAT = 255

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TYPES = "[Content_Types].xml"
_REFERENCE = re.compile(r"'((?:[^']|'')+)'!|([\w.]+)!")
_DATE_SIGNS = re.compile(r"[ymdhs]", re.IGNORECASE)
_CAREFULLY: Any = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(45, 48)))


def check_workbook(path: Path, formulas: Collection[str] = ()) -> list[str]:
    """Everything in an xlsx file that Excel would not take, each as a sentence; an empty list where all is well.

    `formulas` are those that may stand in cells, without "="; any other formula is told.
    """
    try:
        with ZipFile(path) as package:
            return list(_Workbook(package).problems(formulas))
    except BadZipFile:
        return [f"{path.name} is no zip package, or a damaged one."]


@dataclass(frozen=True, slots=True)
class _Relation:
    type: str
    target: str
    """The part's name, or an address outside."""
    outside: bool


class _Workbook:
    """The parts of a package, parsed as they are asked for."""

    def __init__(self, package: ZipFile) -> None:
        self._package = package
        self._names = set(package.namelist())

    def problems(self, formulas: Collection[str]) -> Iterator[str]:
        malformed = list(self._malformed())
        if malformed:
            yield from malformed
            return
        yield from self._package_problems()
        if not {_TYPES, "xl/workbook.xml", "xl/styles.xml"} <= self._names:
            yield "The package lacks its list of content types, its workbook or its styles."
            return
        workbook = self._tree("xl/workbook.xml")
        sheets = {
            sheet.get("name", ""): self._relations("xl/workbook.xml")[sheet.get(f"{_RELATIONS}id", "")].target
            for sheet in workbook.iter(f"{_MAIN}sheet")
        }
        yield from _names(workbook, list(sheets))
        yield from self._styles()
        styles = self._tree("xl/styles.xml")
        known = Known(
            sheets=frozenset(sheets),
            date_styles=_date_styles(styles),
            styles=len(styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf")),
            rules=len(styles.findall(f"{_MAIN}dxfs/{_MAIN}dxf")),
            strings=self._strings(),
            formulas=frozenset(formulas),
        )
        defined = {one.get("name", "").casefold() for one in workbook.iter(f"{_MAIN}definedName")}
        tables: Counter[str] = Counter()
        ids: Counter[str] = Counter()
        for name, part in sheets.items():
            relations = {key: one for key, one in self._relations(part).items() if self._is_there(one)}
            own_tables = [self._tree(one.target) for one in relations.values() if one.type == "table"]
            spans = [span_of(table.get("ref", "")) for table in own_tables]
            with self._package.open(part) as file:
                found = check_sheet(name, file, known, relations, {span.top for span in spans})
            yield from found.problems
            for table in own_tables:
                tables[table.get("displayName", "").casefold()] += 1
                ids[table.get("id", "")] += 1
                yield from _table(name, table, found.text_at, defined)
            for relation in relations.values():
                if relation.type == "comments":
                    yield from _comments(name, self._tree(relation.target))
                elif relation.type == "drawing":
                    yield from self._drawing(name, relation.target, sheets)
            if overlap([*spans, *found.merged]):
                yield f"{name}: tables or merged cells overlap."
            if not found.has_legacy_drawing and any(one.type == "comments" for one in relations.values()):
                yield f"{name}: there are notes, but nothing that draws them."
        yield from (f"Two tables are called {table}." for table, times in tables.items() if times > 1)
        yield from (f"Two tables have the id {table}." for table, times in ids.items() if times > 1)

    def _package_problems(self) -> Iterator[str]:
        folded = Counter(name.casefold() for name in self._package.namelist())
        yield from (f"The package has the part {name} twice." for name, times in folded.items() if times > 1)
        if _TYPES not in self._names:
            return
        types = self._tree(_TYPES)
        defaults = {one.get("Extension", "").casefold() for one in types if one.tag.endswith("}Default")}
        overrides = [one.get("PartName", "").removeprefix("/") for one in types if one.tag.endswith("}Override")]
        yield from (f"{name} has its content type twice." for name, n in Counter(overrides).items() if n > 1)
        yield from (f"{name} has a content type and is not there." for name in overrides if name not in self._names)
        for name in sorted(self._names - set(overrides) - {_TYPES}):
            ending = name.rpartition(".")[2].casefold()
            if not name.endswith("/") and (ending == "xml" or ending not in defaults):  # plain XML says nothing
                yield f"{name} has no content type."
        for name in sorted(self._names):
            if name.endswith(".rels"):
                yield from self._dangling(name)

    def _malformed(self) -> Iterator[str]:
        from lxml import etree

        for name in sorted(self._names):
            if name.endswith((".xml", ".rels", ".vml")):
                try:
                    with self._package.open(name) as file:
                        for _, element in etree.iterparse(file, **_CAREFULLY):
                            element.clear()
                            while element.getprevious() is not None:
                                del element.getparent()[0]
                except etree.XMLSyntaxError as error:
                    yield f"{name} is no well-formed XML: {error}."

    def _dangling(self, rels: str) -> Iterator[str]:
        folder, file = posixpath.split(rels)
        part = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        if part.strip("/") and part not in self._names:
            yield f"{rels} belongs to no part."
        ids = Counter(one.get("Id", "") for one in self._tree(rels))
        yield from (f"{rels} has the id {one} twice." for one, times in ids.items() if times > 1)
        for relation in self._relations(part).values():
            if not relation.outside and relation.target not in self._names:
                yield f"{rels} leads to {relation.target}, which is not there."

    def _relations(self, part: str) -> Mapping[str, _Relation]:
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self._names:
            return {}
        found = {}
        for one in self._tree(rels):
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).removeprefix("/")
            found[one.get("Id", "")] = _Relation(posixpath.basename(one.get("Type", "")), target, outside)
        return found

    def _is_there(self, relation: _Relation) -> bool:
        return relation.outside or relation.target in self._names

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._names:
            return []
        items = self._tree("xl/sharedStrings.xml").findall(f"{_MAIN}si")
        return ["".join(text.text or "" for text in item.iter(f"{_MAIN}t")) for item in items]

    def _styles(self) -> Iterator[str]:
        styles = self._tree("xl/styles.xml")
        for tag, what, most in (
            ("cellXfs/{}xf", "styles of cells", MOST_STYLES),
            ("numFmts/{}numFmt", "number formats", MOST_FORMATS),
            ("fonts/{}font", "fonts", MOST_FONTS),
        ):
            number = len(styles.findall(_MAIN + tag.format(_MAIN)))
            if number > most:
                yield f"There are {number:,} {what}; Excel takes {most:,}."
        for one in styles.iter(f"{_MAIN}numFmt"):
            if len(one.get("formatCode", "")) > LONGEST_FORMAT:
                yield f"The number format {one.get('formatCode', '')[:40]}… is longer than {LONGEST_FORMAT} characters."

    def _drawing(self, sheet: str, part: str, sheets: Mapping[str, str]) -> Iterator[str]:
        used = {value for one in self._tree(part).iter() for key, value in one.items() if key.startswith(_RELATIONS)}
        relations = self._relations(part)
        yield from (f"{sheet}: the drawing uses {one}, which leads nowhere." for one in used - set(relations))
        for relation in relations.values():
            if relation.type != "chart" or relation.target not in self._names:
                continue
            for one in self._tree(relation.target).iter():
                if isinstance(one.tag, str) and one.tag.endswith("}f"):
                    yield from (
                        f"{sheet}: a chart takes its data from the sheet {name}, which is not there."
                        for name in _sheets_in(one.text or "")
                        if name not in sheets
                    )

    def _tree(self, part: str) -> Any:
        from lxml import etree

        with self._package.open(part) as file:
            return etree.parse(file, etree.XMLParser(**_CAREFULLY)).getroot()


def _names(workbook: Any, sheets: list[str]) -> Iterator[str]:
    yield from (f"“{name}” cannot be the name of a sheet." for name in sheets if not is_legal_sheet_name(name))
    folded = Counter(name.casefold() for name in sheets)
    yield from (f"Two sheets are called {name}." for name, times in folded.items() if times > 1)
    numbers = Counter(sheet.get("sheetId") for sheet in workbook.iter(f"{_MAIN}sheet"))
    yield from (f"Two sheets have the number {number}." for number, times in numbers.items() if times > 1)
    defined: Counter[tuple[str, str]] = Counter()
    for one in workbook.iter(f"{_MAIN}definedName"):
        name = one.get("name", "")
        defined[name.casefold(), one.get("localSheetId", "")] += 1
        if not (name.startswith("_xlnm.") or is_legal_name(name)):
            yield f"“{name}” cannot be a defined name."
        yield from (
            f"The name {name} leads to the sheet {sheet}, which is not there."
            for sheet in _sheets_in(one.text or "")
            if sheet not in sheets
        )
    yield from (f"The name {name} is defined twice." for (name, _), times in defined.items() if times > 1)


def _table(sheet: str, table: Any, text_at: Mapping[str, str], defined: Collection[str]) -> Iterator[str]:
    name = table.get("displayName", "")
    if not is_legal_name(name):
        yield f"{sheet}: “{name}” cannot be the name of a table."
    if name.casefold() in defined:
        yield f"{sheet}: the table {name} is called like a defined name."
    span = span_of(table.get("ref", ""))
    headings = [column.get("name", "") for column in table.iter(f"{_MAIN}tableColumn")]
    if len(headings) != span.columns:
        yield f"{sheet}: the table {name} has {len(headings)} columns in a range of {span.columns}."
    if span.rows < 2:
        yield f"{sheet}: the table {name} has no row below its headings."
    folded = Counter(heading.casefold() for heading in headings)
    yield from (f"{sheet}: two columns are called {heading}." for heading, times in folded.items() if times > 1)
    for place, heading in zip(span.first_row(), headings, strict=False):
        if not heading or utf16_units(heading) > LONGEST_HEADING:
            yield f"{sheet}: a heading is empty or longer than {LONGEST_HEADING} characters."
        if text_at.get(place) != heading:
            yield f"{sheet}: the table calls a column {heading}, the cell {place} says {text_at.get(place)}."


def _comments(sheet: str, comments: Any) -> Iterator[str]:
    authors = len(comments.findall(f"{_MAIN}authors/{_MAIN}author"))
    places: Counter[str] = Counter()
    for one in comments.iter(f"{_MAIN}comment"):
        place = one.get("ref", "")
        places[place] += 1
        length = utf16_units("".join(text.text or "" for text in one.iter(f"{_MAIN}t")))
        if length > LONGEST_COMMENT:
            yield f"{sheet}!{place}: the note has {length:,} characters; Excel takes {LONGEST_COMMENT:,}."
        if not length:
            yield f"{sheet}!{place}: the note is empty."
        if not 0 <= int(one.get("authorId", "0")) < authors:
            yield f"{sheet}!{place}: the note has no author."
    yield from (f"{sheet}!{place} has two notes." for place, times in places.items() if times > 1)


def _date_styles(styles: Any) -> frozenset[int]:
    """The numbers of cell styles that show a number as a date."""
    own = {
        int(one.get("numFmtId", "0")): re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", one.get("formatCode", ""))
        for one in styles.iter(f"{_MAIN}numFmt")
    }
    dates = {number for number, code in own.items() if _DATE_SIGNS.search(code) and "General" not in code}
    formats = [int(one.get("numFmtId", "0")) for one in styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf")]
    return frozenset(
        place for place, number in enumerate(formats) if number in dates or number in _BUILT_IN_DATES - set(own)
    )


def _sheets_in(formula: str) -> Iterator[str]:
    for quoted, plain in _REFERENCE.findall(formula):
        yield quoted.replace("''", "'") or plain
