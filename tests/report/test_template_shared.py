"""A template for sharing brings words of its own, and none of them may give anybody away."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotate import commands
from annotate.errors import ExportFailed
from annotate.report.evidence import gather
from annotate.report.sharing import gather_for_sharing
from annotate.report.template import write_into_template
from annotate.vocabulary import Handling
from tests.report.analyst_template import SPARKLINE, analyst_template, damaged, opened, parts_of, write_parts
from tests.report.flood import Flood

NAME = "Ines Duarte"


@pytest.fixture(autouse=True)
def excel_takes_every_workbook(tmp_path: Path) -> Iterator[None]:
    """As for all workbooks, but formulas of the analyst's own may be in these."""
    yield
    for path in tmp_path.rglob("*.xlsx"):
        assert damaged(path) == []


def shared(flood: Flood, template: Path) -> Path:
    commands.edit_source(flood.project, flood.ids["duarte"], handling=Handling.PROTECT)
    handed_on = gather_for_sharing(flood.project.read, "Mara")
    target = template.with_name("out.xlsx")
    write_into_template(handed_on.evidence, template, target, hidden=handed_on.hidden)
    return target


def in_a_text_box(parts: dict[str, bytes]) -> None:
    box = parts["xl/drawings/drawing9.xml"]
    split = b"<a:t>Ask In</a:t></a:r><a:r><a:t>es Duarte first</a:t>"
    parts["xl/drawings/drawing9.xml"] = box.replace(b"<a:t>Read me first</a:t>", split)


def in_a_comment(parts: dict[str, bytes]) -> None:
    parts["xl/comments/comment1.xml"] = parts["xl/comments/comment1.xml"].replace(b"By hand", NAME.encode())


def in_a_name_of_a_sheet(parts: dict[str, bytes]) -> None:
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Board"', f'name="{NAME}"'.encode())


def in_an_own_column(parts: dict[str, bytes]) -> None:
    sheet = parts["xl/worksheets/sheet2.xml"]
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(b"<t>Beside</t>", f"<t>with {NAME}</t>".encode())


def in_what_sparklines_name(parts: dict[str, bytes]) -> None:
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    assert SPARKLINE in sheet
    named = SPARKLINE.replace("'My claims'!$F$5:$F$5", f"'{NAME}'!$F$5:$F$5")
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(SPARKLINE, named).encode()


def in_custom_xml(parts: dict[str, bytes]) -> None:
    parts["customXml/item1.xml"] = f"<case of='{NAME}'/>".encode()


@pytest.mark.parametrize(
    "put",
    [in_a_text_box, in_a_comment, in_a_name_of_a_sheet, in_an_own_column, in_what_sparklines_name, in_custom_xml],
)
def test_a_template_that_names_somebody_protected_is_refused(
    tmp_path: Path, flood: Flood, put: Callable[[dict[str, bytes]], None]
) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    parts = parts_of(template)
    before = dict(parts)
    put(parts)
    assert parts != before
    write_parts(template, parts)
    with pytest.raises(ExportFailed, match=r"board\.xlsx names somebody who is protected") as refused:
        shared(flood, template)
    assert "Duarte" not in str(refused.value)
    assert not (tmp_path / "out.xlsx").exists()


def test_what_pivot_tables_keep_is_refused(tmp_path: Path, flood: Flood) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    parts = parts_of(template)
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = b"<pivotCacheRecords/>"
    kind = '<Override PartName="/xl/pivotCache/pivotCacheRecords1.xml" ContentType="application/xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind.encode())
    write_parts(template, parts)
    with pytest.raises(ExportFailed, match="has pivot tables"):
        shared(flood, template)


def test_a_clean_template_is_filled_without_a_trace_of_the_protected_or_of_the_project(
    tmp_path: Path, flood: Flood
) -> None:
    template = analyst_template(tmp_path / "board.xlsx")
    evidence = gather(flood.project.read, "Mara")
    write_into_template(evidence, template, template)  # last month's, with everybody's names
    parts = parts_of(template)
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(b"openpyxl", b"Mara Lind")
    write_parts(template, parts)
    target = shared(flood, template)
    for name, part in parts_of(target).items():
        assert b"Duarte" not in part, name
        assert str(evidence.project.uid).encode() not in part, name
        assert b"Mara Lind" not in part, name
    assert opened(target)["My claims"]["B5"].value == "C-0001"


def test_evidence_for_sharing_is_never_written_without_the_search(tmp_path: Path, flood: Flood) -> None:
    handed_on = gather_for_sharing(flood.project.read, "Mara")
    template = analyst_template(tmp_path / "board.xlsx")
    with pytest.raises(ValueError, match="searched"):
        write_into_template(handed_on.evidence, template, tmp_path / "out.xlsx")
