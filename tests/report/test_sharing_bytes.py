"""Nobody who is protected can be found in what is handed on: in no byte of it."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotate.exchange.csv_files import write_csv
from annotate.exchange.refi.codebook_out import write_codebook
from annotate.exchange.refi.project_out import write_project
from annotate.exchange.web_annotations import write_web_annotations
from annotate.project import Project
from annotate.report.brief import write_brief
from annotate.report.reading_copy.html_copy import write_html
from annotate.report.reading_copy.word_copy import write_word
from annotate.report.sharing import Shared, gather_for_sharing
from annotate.report.workbook import workbook_tables, write_workbook
from tests.report.planted import FORMS, planted, unseen

_FIRST = ("Amira", "José", "Øystein", "Иван", "Ζωή", "أحمد", "Anne-Marie", "Zoë", "Bartłomiej", "Mira", "Ólafur")
_LAST = ("Haddad", "Çelik", "Müller", "Петров", "Καραμανλή", "الحداد", "O'Brien", "Straßer", "Nowak-Lis", "Vega")
names = st.builds("{} {}".format, st.sampled_from(_FIRST), st.sampled_from(_LAST))
aliases = st.lists(st.sampled_from(["Nightjar", "Abu Karim", "王小明", "witness-7b", "+49 170 5550123"]), max_size=2)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project with nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.pnote"
    Project.create(path, "Mara Lind", title="Flood").close()
    return path


def write_everything(shared: Shared, out: Path) -> None:
    """Every export that takes Evidence."""
    out.mkdir()
    evidence, body_of = shared.evidence, shared.body_of
    write_workbook(evidence, out / "shared.xlsx")
    write_csv(workbook_tables(evidence), out / "csv")
    write_html(evidence, body_of, out / "copy.html")
    write_word(evidence, body_of, out / "copy.docx")
    write_brief(evidence, out / "brief.docx")
    write_web_annotations(evidence, body_of, out / "marks.jsonld", parts_of=shared.parts_of)
    write_project(evidence, body_of, None, out / "project.qdpx", parts_of=shared.parts_of)
    write_codebook(evidence, out / "codes.qdc")


def members(out: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that was written, those in packages one by one."""
    for path in sorted(one for one in out.rglob("*") if one.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                yield from ((f"{path.name}/{part}", package.read(part)) for part in package.namelist())
        else:
            yield path.name, path.read_bytes()


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(names, aliases, st.data())
def test_no_protected_name_is_in_any_byte_of_what_is_shared(
    empty: Path, name: str, aliases: list[str], data: st.DataObject
) -> None:
    hidden = (name, *aliases)
    seed = data.draw(st.integers(0, len(FORMS) - 1))
    numbers = count(seed)

    def next_form() -> str:
        number = next(numbers)
        return list(FORMS.values())[number % len(FORMS)](hidden[number // len(FORMS) % len(hidden)])

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "planted.pnote"
        shutil.copy(empty, path)
        with Project.open(path, f"Mara {next_form()}") as project:
            planted(project, name, tuple(aliases), next_form)
            shared = gather_for_sharing(project.read, f"Mara {next_form()}")
            out = Path(folder) / "out"
            write_everything(shared, out)
        parts = dict(members(out))
        found = {part: list(unseen(data, hidden)) for part, data in parts.items()}
        assert {part: names for part, names in found.items() if names} == {}
        assert list(unseen(" ".join(parts).encode(), hidden)) == []
        assert b"Mara" not in b"".join(parts.values())
        assert {Path(part).suffix for part in parts} >= {".csv", ".html", ".jsonld", ".qdc", ".qde", ".xml"}
