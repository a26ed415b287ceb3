"""What becomes of a row that somebody has added: a record where it says enough, else lines of the project's note.

Why it exists: nothing that a colleague wrote may be lost. What has a column of ours goes into its field, all else into
the note, each as "heading: what it says". A row has the same uid each time it is read, so that it comes in once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from annotate.errors import NotAllowed
from annotate.exchange.readback.cells import CellValue
from annotate.exchange.readback.diff import Addition, Change, What
from annotate.exchange.readback.fields import (
    ARTICLES,
    ATTRIBUTIONS,
    CHECKS,
    CLAIMS,
    CODEBOOK,
    CROSS_CHECK,
    FIELDS,
    FIGURES,
    SOURCES,
    added,
    created,
)
from annotate.exchange.readback.known import Known
from annotate.exchange.readback.tables import IDENTITY
from annotate.exchange.readback.values import same, shown_cell
from annotate.exchange.readback.workbook import ReadRow, ReadSheet, heading_key
from annotate.names import name_key
from annotate.vocabulary import Kind, Stance

_SHOWN = 8
_NOTHING = frozenset(map(heading_key, ("ID", "List", "Key", "Used", "Grade", "Origin", "Analyst", "Start", "End")))
"""Columns of ours that say nothing about a new row; a name in “Analyst” of a check is read all the same."""


@dataclass(frozen=True, slots=True)
class _Written:
    """Where the parts of a new row stand: what it is about, and its own words."""

    noun: str
    """With its article."""
    homes: tuple[str, ...] = ()
    words: str = ""


_KINDS: dict[str, _Written] = {
    CLAIMS: _Written("a claim without a place in the text", ("Article", "Title"), "Claim"),
    FIGURES: _Written("a figure without a place in the text", ("Article", "Title"), "Figure"),
    ATTRIBUTIONS: _Written("an attribution", ("Claim",)),
    CROSS_CHECK: _Written("a link", ("A",), "B"),
    CHECKS: _Written("a check", ("Claim",)),
    SOURCES: _Written("a source of the register"),
    CODEBOOK: _Written("a tag", ("Under",), "Entry"),
}


def new_row(name: str, sheet: ReadSheet, row: ReadRow, known: Known, before: set[UUID]) -> Change | None:
    """What would become of a new row of the sheet `name`; None for one that holds nothing or came in before.

    `before` holds the uids of the new rows before it.
    """
    cells = {
        heading_key(heading): value
        for heading, value in zip(sheet.headings, row.values, strict=True)
        if value is not None and heading_key(heading) not in IDENTITY
    }
    if not any(key not in _NOTHING and not same("", value) for key, value in cells.items()):
        return None
    if _is_of_figures(name, cells):
        return None
    uid = _uid(name, cells, known, before)
    if uid in known.uids:
        return None
    kept, said = _addition(name, sheet, cells, uid, known)
    if kept is not None and not kept.sheet and _has_lines(known.evidence.project.note, kept.rest):
        return None
    shown = "; ".join(shown_cell(cell) for cell in list(cells.values())[:_SHOWN])
    what = What.NOT_ALLOWED if kept is None else What.NEW
    return Change(f"{name}/new/{uid}", what, name, row.number, "", "", "", "", shown, said, kept, sheet.name)


def _is_of_figures(name: str, cells: Mapping[str, CellValue]) -> bool:
    """Whether it is one of the rows that tell figures which differ: those are reckoned anew each time."""
    return name == CROSS_CHECK and shown_cell(cells.get("a")).upper().startswith(Kind.FIGURE.letter)


def _addition(
    name: str, sheet: ReadSheet, cells: Mapping[str, CellValue], uid: UUID, known: Known
) -> tuple[Addition | None, str]:
    if name == ARTICLES:
        why = "An article needs its text; import it."
        return _as_note(name, sheet, cells, uid, why)
    kind = _KINDS[name]
    used = {heading_key(heading) for heading in (*kind.homes, kind.words)}
    fields: dict[str, object] = {}
    refused: dict[str, str] = {}
    new: list[tuple[str, str]] = []
    for heading, field in FIELDS[name].items():
        key = heading_key(heading)
        if key not in cells:
            continue
        try:
            value = field.read(cells[key], None, known)
        except NotAllowed as error:
            refused[key] = str(error)
            continue
        if value not in (None, "", ()):
            fields[field.name] = value
            new += created(field.name, value)
        used.add(key)
    words = shown_cell(cells.get(heading_key(kind.words))).strip() if kind.words else ""
    home_id = _home(name, kind, cells, known)
    missing = _missing(name, fields, words, home_id, known)
    if missing.startswith(_THERE):
        return None, missing
    if missing:
        return _as_note(name, sheet, cells, uid, missing)
    rest = _lines(sheet, {key: cell for key, cell in cells.items() if key not in used and key not in _NOTHING})
    said = f"Becomes {kind.noun}{_of(name, home_id, known)}."
    if refused:
        said += f" {' '.join(refused.values())} That goes into its note."
    said = f"{said} {added(new)}".rstrip()
    other_id = known.annotations.get(words.casefold(), 0) if name == CROSS_CHECK else 0
    return Addition(name, uid, home_id, words, fields, rest, other_id), said


_THERE = "There is "


def _missing(name: str, fields: Mapping[str, object], words: str, home_id: int, known: Known) -> str:
    """What a row lacks to be a record, as a sentence."""
    if name in (CLAIMS, FIGURES):
        if not home_id:
            return "It names no article of the project in the column Article."
        plain = fields.get("plain_words") or any(number in fields for number in ("value", "low", "high"))
        return "" if words or plain else "It says nothing that could be a claim or figure."
    if name in (ATTRIBUTIONS, CHECKS) and not home_id:
        return "It names no claim or figure of the project in the column Claim."
    if name == ATTRIBUTIONS:
        if "source_id" not in fields:
            return "It names no source."
        stance = fields.get("stance", Stance.ASSERTS)
        said = known.evidence.said_of.get(home_id, ())
        if any((one.source_id, one.stance) == (fields["source_id"], stance) for one in said):
            return f"{_THERE}an attribution to that source with that stance already. Edit that row instead."
    if name == CROSS_CHECK:
        other_id = known.annotations.get(words.casefold(), 0)
        claims = [known.evidence.annotations.get(one) for one in (home_id, other_id)]
        if (
            "relation" not in fields
            or home_id == other_id
            or any(one is None or one.kind is not Kind.CLAIM for one in claims)
        ):
            return "It does not tie two claims of the project with one of the relations."
        links = (*known.evidence.links_from.get(home_id, ()), *known.evidence.links_from.get(other_id, ()))
        if any({one.from_id, one.to_id} == {home_id, other_id} and one.relation is fields["relation"] for one in links):
            return f"{_THERE}that link already. Edit that row instead."
    if name == CHECKS and not (fields.get("looked_at") or fields.get("url")):
        return "It does not say what was looked at."
    if name == SOURCES:
        source_name = fields.get("name")
        if not isinstance(source_name, str):
            return "It names no source."
        if name_key(source_name) in known.sources:
            label = known.sources[name_key(source_name)][0].label
            return f"{_THERE}a source of that name already, {label}. Edit that row instead."
    if name == CODEBOOK and not words:
        return "It names no tag."
    return ""


def _as_note(
    name: str, sheet: ReadSheet, cells: Mapping[str, CellValue], uid: UUID, why: str
) -> tuple[Addition | None, str]:
    rest = f"{name}: {_lines(sheet, cells, joint='; ')}".rstrip()  # as a note is when more is put below it
    return Addition("", uid, 0, "", {}, rest), f"{why} The row goes into the project's note."


def _has_lines(note: str, lines: str) -> bool:
    """Whether lines stand in a note, whole: “B: C-0001” is not in “B: C-00012”."""
    return f"\n{lines}\n" in f"\n{note.rstrip()}\n"


def _home(name: str, kind: _Written, cells: Mapping[str, CellValue], known: Known) -> int:
    """The id of what the row belongs to; 0 where it says nothing of the kind."""
    for heading in kind.homes:
        words = shown_cell(cells.get(heading_key(heading))).strip().casefold()
        table = known.articles if name in (CLAIMS, FIGURES) else known.tags if name == CODEBOOK else known.annotations
        if words in table:
            return table[words]
    named = any(heading_key(heading) in cells for heading in kind.homes)
    if name in (CLAIMS, FIGURES) and not named and len(known.evidence.articles) == 1:
        return next(iter(known.evidence.articles))
    return 0


def _of(name: str, home_id: int, known: Known) -> str:
    if name in (CLAIMS, FIGURES):
        return f" of {known.evidence.articles[home_id].label}"
    if name in (ATTRIBUTIONS, CROSS_CHECK, CHECKS):
        return f" of {known.evidence.annotations[home_id].label}"
    return ""


def _lines(sheet: ReadSheet, cells: Mapping[str, CellValue], joint: str = "\n") -> str:
    """Cells as "heading: what it says", in the order of the sheet."""
    headings = {heading_key(heading): " ".join(heading.split()) for heading in sheet.headings}
    return joint.join(f"{headings[key]}: {shown_cell(cell)}" for key, cell in cells.items())


def _uid(name: str, cells: Mapping[str, CellValue], known: Known, before: set[UUID]) -> UUID:
    """From all that the row holds, wherever its columns stand; of several equal rows each has its own."""
    said = "\n".join(f"{key}={shown_cell(cell)}" for key, cell in sorted(cells.items()))
    number = 0
    while (uid := uuid5(known.evidence.project.uid, f"{name}\n{number}\n{said}")) in before:
        number += 1
    before.add(uid)
    return uid
