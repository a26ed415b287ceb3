"""Nobody who is protected can be found in what other tools are given: in no byte of it."""

import shutil
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotate import commands
from annotate.exchange.csv_files import write_csv
from annotate.exchange.web_annotation_reading import read_web_annotations
from annotate.exchange.web_annotations import write_web_annotations
from annotate.project import Project
from annotate.report.evidence import gather
from annotate.report.scope import Scope
from annotate.report.sharing import gather_for_sharing
from annotate.report.workbook import workbook_tables
from annotate.vocabulary import Kind
from tests.report.flood import Flood, take_in
from tests.report.planted import FORMS, planted, unseen

_NAMES = ("Amira Haddad", "José Çelik", "Иван Петров", "أحمد الحداد", "Zoë O'Brien")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project with nothing in it, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.pnote"
    Project.create(path, "Mara Lind", title="Flood").close()
    return path


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.sampled_from(_NAMES), st.integers(0, len(FORMS) - 1))
def test_no_protected_name_is_in_any_byte_of_shared_annotations_and_csv_files(
    empty: Path, tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    hidden = (name, "Nightjar")
    numbers = count(seed)
    folder = tmp_path_factory.mktemp("shared")

    def next_form() -> str:
        number = next(numbers)
        return list(FORMS.values())[number % len(FORMS)](hidden[number // len(FORMS) % 2])

    path = folder / "planted.pnote"
    shutil.copy(empty, path)
    with Project.open(path, f"Mara {next_form()}") as project:
        planted(project, name, ("Nightjar",), next_form)
        shared = gather_for_sharing(project.read, "Mara Lind")
        target = folder / "shared.jsonld"
        write_web_annotations(shared.evidence, shared.body_of, target, parts_of=project.read.parts)
        written = write_csv(workbook_tables(shared.evidence), folder / "csv")
    files = [target, *written.path.iterdir()]
    assert {file.name: list(unseen(file.read_bytes(), hidden)) for file in files} == {file.name: [] for file in files}
    assert all(b"Mara" not in file.read_bytes() for file in files)
    read = read_web_annotations(target.name, target.read_bytes())
    texts = {article.key: article.draft.text for article in read.articles}
    assert read.annotations
    for one in read.annotations:
        assert all(texts[one.article][span.start : span.end].strip() for span in one.spans)


def test_a_part_of_a_project_goes_out_with_what_belongs_to_it(flood: Flood, tmp_path: Path) -> None:
    project = flood.project
    other = take_in(project, "other.txt", "The river rose by two metres.", title="Other")
    target = tmp_path / "part.jsonld"
    write_web_annotations(gather(project.read, "", Scope(article_ids=frozenset({other}))), project.read.body, target)
    read = read_web_annotations(target.name, target.read_bytes())
    assert [article.draft.title for article in read.articles] == ["Other"]
    assert not read.annotations
    commands.mark(project, other, Kind.CLAIM, [flood.span("Water over")])
    both = gather(project.read, "", Scope(article_ids=frozenset({flood.article_id})))
    write_web_annotations(both, project.read.body, target)
    assert len(read_web_annotations(target.name, target.read_bytes()).annotations) == 7
