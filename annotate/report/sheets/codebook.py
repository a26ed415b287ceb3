"""The sheet Codebook: the analyst's own tags, and every closed list with the meaning of its entries."""

from __future__ import annotations

from annotate import vocabulary as v
from annotate.report.evidence import Evidence
from annotate.report.tables import Column, ColumnKind, Table, Value

CODEBOOK = "Codebook"

LISTS: dict[type[v.Choice], str] = {
    v.Kind: "Annotation",
    v.Mode: "Mode",
    v.ClaimType: "Type of claim",
    v.Progress: "Progress",
    v.Finding: "Finding",
    v.Reliability: "Reliability",
    v.Credibility: "Credibility",
    v.Stance: "Stance",
    v.AttributionBasis: "Basis of an attribution",
    v.Relation: "Link",
    v.Bound: "Bound",
    v.FigureKind: "Kind of figure",
    v.Measure: "Measure",
    v.Precision: "Precision of a date",
    v.DateBasis: "Basis of a date",
    v.SourceType: "Type of source",
    v.Naming: "Naming",
    v.MentionRole: "Role of a mention",
    v.Handling: "Handling",
    v.Primacy: "Primary/secondary",
    v.Shows: "Shows",
    v.Origin: "Origin",
    v.ArticleType: "Type of article",
    v.ArticleStatus: "Status of an article",
    v.PartRole: "Part of an article",
    v.CarryOutcome: "After update",
}
"""Every closed list by the name it has on the sheet; what became of suggestions is never exported."""

ENTRY_COLUMN = 1
"""Place (from 0) of the column that dropdowns take their entries from."""

_COLUMNS = (
    Column("List", 24, ColumnKind.CODE),
    Column("Entry", 32),
    Column("Under", 24),
    Column("Meaning", 70),
    Column("Key", 7, ColumnKind.CODE),
    Column("Used", 8, ColumnKind.NUMBER),
)


def codebook_table(evidence: Evidence) -> Table:
    """The tags in the analyst's order, then the closed lists."""
    rows: list[tuple[Value, ...]] = []
    used = _uses(evidence)
    for tag in evidence.tags.values():
        parent = evidence.tags.get(tag.parent_id) if tag.parent_id else None
        rows.append(("Tag", tag.name, parent.name if parent else None, tag.meaning, tag.key, used.get(tag.id, 0)))
    rows += [
        (heading, entry.label, None, entry.meaning, None, None)
        for choices, heading in LISTS.items()
        for entry in choices
    ]
    return Table(CODEBOOK, "What the words mean", _COLUMNS, rows)


def entries_at(codebook: Table, choices: type[v.Choice]) -> tuple[int, int]:
    """First and last row (from 0) of a closed list in the codebook's table."""
    of_list = [place for place, row in enumerate(codebook.rows) if row[0] == LISTS[choices]]
    return of_list[0], of_list[-1]


def _uses(evidence: Evidence) -> dict[int, int]:
    used: dict[int, int] = {}
    for annotation in evidence.annotations.values():
        for tag_id in annotation.tag_ids:
            used[tag_id] = used.get(tag_id, 0) + 1
    return used
