"""A colleague edits the workbook: the diff shows exactly that, it goes in as one step, and undo takes it back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotate import commands, history
from annotate.commands.reading_back import ReadBack, read_back
from annotate.exchange.readback.diff import Diff
from annotate.model import Annotation, DatedWords
from annotate.report.evidence import gather
from annotate.report.workbook import workbook_tables
from annotate.vocabulary import Bound, Credibility, DateBasis, Finding, Mode, Precision, Progress, Reliability, Stance
from tests.exchange.readback.books import added, both, edited, exported, lines, one_of, put, through_libreoffice, told
from tests.report.flood import Flood


def all_of(flood: Flood, diff: Diff) -> ReadBack:
    return read_back(flood.project, diff, [change.key for change in diff.changes])


def record(flood: Flood, name: str) -> Annotation:
    found = flood.project.read.annotation(flood.ids[name])
    assert found is not None
    return found


def tables(flood: Flood) -> list[Any]:
    """All that is exported, but for the revisions, which only grow."""
    return [
        [
            [value for column, value in zip(table.columns, row, strict=True) if column.heading != "revision"]
            for row in table.rows
        ]
        for table in workbook_tables(gather(flood.project.read, "Mara Lind"))
    ]


EDITS: list[tuple[str, str, str, object, str]] = [
    ("Claims", "C-0001", "In plain words", "=1+1 🌊", "=1+1 🌊"),
    ("Claims", "C-0001", "In plain words", "007", "007"),
    ("Claims", "C-0001", "Translation", "قال\nشهود", "قال\nشهود"),
    ("Claims", "C-0001", "Mode", "Direct  QUOTE", "direct quote"),
    ("Claims", "C-0001", "Type", None, ""),
    ("Claims", "C-0001", "Verb", "insisted", "insisted"),
    ("Claims", "C-0001", "Event", "Another flood", "Another flood"),
    ("Claims", "C-0002", "Event", "dam FAILURE ", "Dam failure"),
    ("Claims", "C-0001", "Happened from", date(2024, 6, 2), "2024-06-02"),
    ("Claims", "C-0001", "Happened from", "2024-05", "2024-05"),
    ("Claims", "C-0001", "Happened from", "2023", "2023"),
    ("Claims", "C-0001", "Happened to", date(2024, 6, 9), "2024-06-09"),
    ("Claims", "C-0001", "Precision", "month", "month"),
    ("Claims", "C-0001", "Place", "Old town", "Old town"),
    ("Claims", "C-0001", "Said on", "3 June 2024", "2024-06-03"),
    ("Claims", "C-0001", "Credibility", 5, "5"),
    ("Claims", "C-0001", "Credibility", "doubtful", "4"),
    ("Claims", "C-0001", "Progress", "signed off", "signed off"),
    ("Claims", "C-0001", "Finding", "REFUTED", "refuted"),
    ("Claims", "C-0001", "Tags", "evacuation; Dam; 🌊", "Evacuation; Dam; 🌊"),
    ("Claims", "C-0001", "Note", "1/2", "1/2"),
    ("Claims", "C-0001", "Attributed to", "Harbour Radio; A new one", "Harbour Radio; A new one"),
    ("Claims", "C-0001", "Denied by", None, ""),
    ("Claims", "C-0001", "Via", "Harbour Radio", "Harbour Radio"),
    ("Attributions", "C-0002", "Stance", "doubts", "doubts"),
    ("Attributions", "C-0002", "Verb", "muttered", "muttered"),
    ("Attributions", "C-0002", "Basis", "stated", "stated"),
    ("Attributions", "C-0002", "Source", "ines duarte", "Ines Duarte"),
    ("Figures", "F-0001", "Low", "4,000", "4000"),
    ("Figures", "F-0001", "Unit", "km", "km"),
    ("Figures", "F-0001", "Counted", "men", "men"),
    ("Figures", "F-0001", "Qualifier", "some", "some"),
    ("Figures", "F-0001", "Measure", "new in period", "new in period"),
    ("Figures", "F-0001", "As of", date(2024, 6, 4), "2024-06-04"),
    ("Figures", "F-0002", "Event", "Dam failure", "Dam failure"),
    ("Figures", "F-0001", "Tags", "Displacement", "Displacement"),
    ("Figures", "F-0001", "Note", "50%", "50%"),
    ("Sources", "SRC-002", "Source", "Inês Duarte", "Inês Duarte"),
    ("Sources", "SRC-002", "Type", "political figure", "political figure"),
    ("Sources", "SRC-002", "Reliability", "c", "C"),
    ("Sources", "SRC-002", "Basis", "NA", "NA"),
    ("Sources", "SRC-002", "Affiliation", "Town hall", "Town hall"),
    ("Sources", "SRC-002", "Note", " x ", " x "),
    ("Checks", "K-0001", "Date", "2024-06-07", "2024-06-07"),
    ("Checks", "K-0001", "Looked at", "Other lists", "Other lists"),
    ("Checks", "K-0001", "URL", "https://lists.example/x", "https://lists.example/x"),
    ("Checks", "K-0001", "Shows", "neither", "neither"),
    ("Checks", "K-0001", "Limits", "none", "none"),
    ("Articles", "A-0001", "Type", "statement", "statement"),
    ("Articles", "A-0001", "Title", "Another title", "Another title"),
    ("Articles", "A-0001", "Author", None, ""),
    ("Articles", "A-0001", "Outlet", "Valley Courier", "Valley Courier"),
    ("Articles", "A-0001", "Published", date(2024, 6, 4), "2024-06-04"),
    ("Articles", "A-0001", "URL", "not a link", "not a link"),
    ("Articles", "A-0001", "Status", "done", "done"),
]


@pytest.mark.parametrize(
    ("sheet", "label", "heading", "value", "shown"), EDITS, ids=[f"{one[1]} {one[2]} {one[3]}" for one in EDITS]
)
def test_one_edit_is_told_goes_in_is_exported_and_is_taken_back(
    flood: Flood, tmp_path: Path, sheet: str, label: str, heading: str, value: object, shown: str
) -> None:
    before = tables(flood)
    path = edited(exported(flood.project, tmp_path), put(sheet, label, heading, value))
    diff = told(flood.project, path)
    assert [(change.what.name, change.sheet, change.record, change.column) for change in diff.changes] == [
        ("EDIT", sheet, label, heading)
    ]
    done = all_of(flood, diff)
    assert (len(done.applied), done.left) == (1, ())
    assert told(flood.project, path).changes == ()
    again = exported(flood.project, tmp_path, "again.xlsx")
    assert one_of(told_anew(flood, again, put(sheet, label, heading, "🌊 999")), heading).now == shown
    undone = history.undo(flood.project)
    assert undone is not None
    assert undone.label == "Read back evidence.xlsx"
    assert tables(flood) == before
    assert [change.key for change in told(flood.project, path).changes] == [change.key for change in diff.changes]


def told_anew(flood: Flood, path: Path, edit: Callable[[Any], None]) -> Diff:
    return told(flood.project, edited(path, edit))


def test_many_edits_are_one_step_also_after_libreoffice(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            put("Claims", "C-0001", "Mode", "direct quote"),
            put("Claims", "C-0002", "Tags", "Dam"),
            put("Claims", "C-0003", "Tags", "dam; Displacement"),
            put("Claims", "C-0003", "Attributed to", "Witnesses"),
            put("Claims", "C-0003", "Verb", "told"),
            put("Figures", "F-0001", "Bound", "range"),
            put("Figures", "F-0001", "Low", 3000),
            put("Figures", "F-0001", "High", 3500),
            put("Claims", "C-0002", "Attributed to", "Witnesses; Water Board"),
        ),
    )
    path = through_libreoffice(path, tmp_path)
    before = tables(flood)
    diff = told(flood.project, path)
    assert len(diff.changes) == 9
    done = all_of(flood, diff)
    assert done.left == ()
    tags = {tag.id: tag.name for tag in flood.project.read.tags()}
    assert sorted(tags.values()) == ["Dam", "Displacement", "Evacuation"]
    assert [tags[tag] for tag in record(flood, "fell").tag_ids] == ["Dam", "Displacement"]
    figure = record(flood, "people").figure
    assert (figure.bound, figure.value, figure.low, figure.high) == (Bound.RANGE, None, 3000, 3500)
    named = {source.name for source in flood.project.read.sources()}
    assert named == {"Valley Post", "Ines Duarte", "Water Board", "Harbour Radio", "Witnesses"}
    [said] = flood.project.read.attributions([flood.ids["fell"]])
    assert said.verb == "told"
    assert told(flood.project, path).changes == ()
    history.undo(flood.project)
    assert tables(flood) == before


def test_what_stands_in_the_record_follows_the_rules_of_the_window(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            put("Claims", "C-0001", "Happened from", date(2024, 6, 3)),
            put("Claims", "C-0001", "Progress", "signed off"),
            put("Claims", "C-0001", "Finding", "confirmed"),
            put("Claims", "C-0001", "Credibility", 1),
            put("Claims", "C-0003", "Mode", "paraphrase"),
            put("Sources", "SRC-002", "Source", "Ines Duarte-Lima"),
            put("Sources", "SRC-002", "Reliability", "A"),
        ),
    )
    all_of(flood, told(flood.project, path))
    claim = record(flood, "left").claim
    assert claim.happened == DatedWords("on Tuesday", date(2024, 6, 3), None, Precision.DAY, DateBasis.ANALYST)
    assert (claim.progress, claim.finding, claim.credibility) == (
        Progress.SIGNED_OFF,
        Finding.CONFIRMED,
        Credibility.CONFIRMED,
    )
    assert claim.signed_off_by == "Mara Lind"
    assert claim.signed_off_at is not None
    assert record(flood, "fell").claim.mode is Mode.PARAPHRASE
    source = flood.project.read.source(flood.ids["duarte"])
    assert source is not None
    assert (source.name, source.aliases, source.reliability) == ("Ines Duarte-Lima", ("Ines Duarte",), Reliability.A)
    assert source.reliability_on is not None


def test_a_source_renamed_everywhere_stays_one_source(flood: Flood, tmp_path: Path) -> None:
    def renamed(book: Any) -> None:
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value == "Ines Duarte":
                        cell.value = "Inês Duarte"

    diff = told(flood.project, edited(exported(flood.project, tmp_path), renamed))
    assert [line[1:3] for line in lines(diff) if line[0] == "EDIT"] == [("SRC-002", "Source")]
    assert not any("Adds the" in change.said for change in diff.changes)


def test_values_that_are_not_allowed_say_what_is(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            put("Claims", "C-0001", "Mode", "shouted"),
            put("Claims", "C-0001", "Happened from", "soon"),
            put("Claims", "C-0001", "Progress", None),
            put("Claims", "C-0001", "Said on", date(1905, 7, 15)),
            put("Claims", "C-0001", "Note", "fine"),
            put("Figures", "F-0001", "Low", "many"),
            put("Sources", "SRC-002", "Source", None),
            put("Checks", "K-0001", "Analyst", "Nobody"),
            put("Checks", "K-0001", "Date", "June"),
        ),
    )
    diff = told(flood.project, path)
    said = {change.column: change.said for change in diff.changes if change.what.name == "NOT_ALLOWED"}
    assert said == {
        "Mode": "“shouted” is not on the list. Allowed are: direct quote, partial quote, paraphrase, outlet's own "
        "voice, caption.",
        "Happened from": "“soon” is not a date. Write it as 2024-05-17, 2024-05 or 2024.",
        "Said on": "1905-07-15 is what a sheet makes of the year 2023 in a date cell. Write it with an apostrophe, "
        "'2023.",
        "Progress": "It cannot be empty. Allowed are: open, in progress, for review, signed off.",
        "Low": "“many” is not a number. Write it in digits, such as 3200 or 12.5.",
        "Source": "A source needs a name.",
        "Analyst": "“Nobody” has not worked in this project. Those who have: Mara Lind.",
        "Date": "“June” is not a date. Write it as 2024-05-17, 2024-05 or 2024.",
    }
    done = all_of(flood, diff)
    assert [change.column for change in done.applied] == ["Note"]
    assert len(done.left) == 8


def test_cells_that_are_reckoned_are_told_as_not_read_back(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            put("Claims", "C-0001", "Claim", "Other words"),
            put("Claims", "C-0001", "Grade", "A1"),
            put("Claims", "C-0001", "Title", "Other title"),
            put("Claims", "C-0001", "Reliability", "A"),
            put("Figures", "F-0001", "Attributed to", "Somebody"),
            put("Articles", "A-0001", "Words", 5),
        ),
    )
    diff = told(flood.project, path)
    assert {change.what.name for change in diff.changes} == {"NOT_READ"}
    assert len(diff.changes) == 6
    assert one_of(diff, "Grade").said == "It follows from reliability (sheet Sources) and credibility. Edit those."
    assert all_of(flood, diff).applied == ()
    assert told(flood.project, path).changes == diff.changes


def test_columns_and_rows_may_move_hide_and_be_renamed_by_case(flood: Flood, tmp_path: Path) -> None:
    def disarranged(book: Any) -> None:
        claims = book["Claims"]
        rows = [[cell.value for cell in row] for row in claims.iter_rows()]
        headings, *rows = rows
        order = sorted(range(len(headings)), key=lambda place: str(headings[place])[::-1])
        order = [place for place in order if headings[place] not in ("Place", "Translation")]
        del book["Claims"]
        anew = book.create_sheet("My claims")
        anew.append(["Sent on by Ana"])
        anew.append([])
        anew.append([None, "Own column", *(str(headings[place]).upper() + " " for place in order)])
        for row in reversed(rows):
            anew.append([None, "mine", *(row[place] for place in order)])
        anew.row_dimensions[5].hidden = True
        anew.column_dimensions["D"].hidden = True
        for row in anew.iter_rows(min_row=4):
            for cell in row:
                if cell.value == "paraphrase":
                    cell.value = "caption"
        book.create_sheet("Own sheet").append(["ID", "Note", "Title"])

    diff = told(flood.project, edited(exported(flood.project, tmp_path), disarranged))
    assert lines(diff) == [("EDIT", "C-0001", "Mode", "paraphrase", "caption")]
    assert diff.said == (
        "Not of the export and not read: “Own sheet”.",
        "Not of the export and not read on “My claims”: the column “Own column” (3 cells).",
    )


def test_both_sides_changed_a_cell(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)
    commands.edit_annotation(flood.project, flood.ids["left"], note="ours")
    commands.edit_record(flood.project, flood.ids["left"], credibility=Credibility.DOUBTFUL)
    commands.edit_record(flood.project, flood.ids["held"], place="ours")
    edited(
        path,
        both(
            put("Claims", "C-0001", "Note", "theirs"),
            put("Claims", "C-0001", "Credibility", 4),
            put("Claims", "C-0001", "Place", "theirs"),
        ),
    )
    diff = told(flood.project, path)
    assert lines(diff) == [
        ("EDIT", "C-0001", "Place", "", "theirs"),
        ("CONFLICT", "C-0001", "Note", "ours", "theirs"),
    ]
    conflict = one_of(diff, "Note")
    assert (conflict.exported, conflict.now, conflict.goes_in_by_itself) == ("", "ours", False)
    read_back(flood.project, diff, [change.key for change in diff.changes if change.goes_in_by_itself])
    assert record(flood, "left").note == "ours"
    diff = told(flood.project, path)
    all_of(flood, diff)
    assert record(flood, "left").note == "theirs"
    assert record(flood, "held").claim.place == "ours"


def test_what_has_changed_since_the_comparison_is_left_out(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(put("Claims", "C-0001", "Note", "theirs"), put("Claims", "C-0001", "Place", "theirs")),
    )
    diff = told(flood.project, path)
    commands.edit_annotation(flood.project, flood.ids["left"], note="ours meanwhile")
    done = all_of(flood, diff)
    assert [change.column for change in done.applied] == ["Place"]
    [(left, why)] = done.left
    assert left.column == "Note"
    assert why == "The project has changed there since the workbook was compared. Compare it again."
    assert record(flood, "left").note == "ours meanwhile"


def test_a_record_that_is_gone_is_told_where_it_was_edited(flood: Flood, tmp_path: Path) -> None:
    path = exported(flood.project, tmp_path)
    commands.remove_annotations(flood.project, [flood.ids["left"]])
    assert told(flood.project, path).changes == ()
    diff = told(flood.project, edited(path, put("Claims", "C-0001", "Note", "theirs")))
    [change] = diff.changes
    assert (change.what.name, change.record) == ("NOT_READ", "C-0001")
    assert change.said == "It is not in the project any more: it was removed, or lies in the bin."


def test_an_attribution_that_would_stand_twice_is_left_out_alone(flood: Flood, tmp_path: Path) -> None:
    path = edited(
        exported(flood.project, tmp_path),
        both(
            put("Attributions", "C-0001", "Stance", "denies"),
            put("Attributions", "C-0001", "Source", "Water Board"),
            put("Attributions", "C-0001", "Verb", "repeated"),
        ),
    )
    done = all_of(flood, told(flood.project, path))
    assert [change.column for change in done.applied] in (["Stance", "Verb"], ["Source", "Verb"], ["Verb", "Stance"])
    assert len(done.left) == 1
    said = flood.project.read.attributions([flood.ids["left"]])
    assert len({(one.source_id, one.stance) for one in said}) == len(said) == 2
    assert {one.stance for one in said} <= {Stance.ASSERTS, Stance.DENIES}


def test_a_percent_cell_is_the_percent_that_it_shows(flood: Flood, tmp_path: Path) -> None:
    figure = flood.ids["homes"]
    commands.edit_record(flood.project, figure, unit="%", value=33.0)

    def typed(book: Any) -> None:
        put("Figures", "F-0003", "Value", 0.45)(book)
        sheet = book["Figures"]
        next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "F-0003")[
            [cell.value for cell in sheet[1]].index("Value")
        ].number_format = "0%"

    diff = told(flood.project, edited(exported(flood.project, tmp_path), typed))
    assert one_of(diff, "Value").workbook == "45%"
    all_of(flood, diff)
    assert record(flood, "homes").figure.value == 45


def test_errors_and_formulas_without_a_result_are_not_taken_for_values(flood: Flood, tmp_path: Path) -> None:
    def broken(book: Any) -> None:
        put("Claims", "C-0001", "Place", None)(book)
        cells = {cell.column_letter: cell for cell in book["Claims"][2]}
        for heading, value in (("Place", "#N/A"), ("Note", '="x"&"y"')):
            place = next(cell.column_letter for cell in book["Claims"][1] if cell.value == heading)
            cells[place].value = value

    diff = told(flood.project, edited(exported(flood.project, tmp_path), broken))
    assert {change.column: change.said for change in diff.changes} == {
        "Place": "The cell shows the error #N/A. Type what it should say.",
        "Note": "The cell holds a formula without a result. Open the workbook in Excel and save it.",
    }


def test_meanings_of_tags_are_read_back_and_new_tags_are_added(flood: Flood, tmp_path: Path) -> None:
    def meant(book: Any) -> None:
        sheet = book["Codebook"]
        row = next(row for row in sheet.iter_rows() if row[1].value == "Displacement")
        row[3].value = "People who left 🌊"

    path = edited(
        exported(flood.project, tmp_path),
        both(meant, added("Codebook", List="Tag", Entry="Dam", Under="evacuation", Meaning="Walls")),
    )
    diff = told(flood.project, path)
    assert [change.what.name for change in diff.changes] == ["EDIT", "NEW"]
    all_of(flood, diff)
    tags = {tag.name: tag for tag in flood.project.read.tags()}
    assert tags["Displacement"].meaning == "People who left 🌊"
    assert (tags["Dam"].meaning, tags["Dam"].parent_id) == ("Walls", tags["Evacuation"].id)
    assert told(flood.project, path).changes == ()
