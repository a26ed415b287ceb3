"""Nobody who is protected can be found in a reading copy or a brief for sharing: in no byte of them."""

import zipfile
from itertools import count
from pathlib import Path

import pytest

from annotate.project import Project
from annotate.report.brief import write_brief
from annotate.report.reading_copy.html_copy import write_html
from annotate.report.reading_copy.word_copy import write_word
from annotate.report.sharing import Shared, gather_for_sharing
from tests.report.planted import FORMS, planted, unseen

NAME, ALIAS = "Ólafur Müller", "Nightjar"


@pytest.fixture
def shared(empty_project: Project) -> Shared:
    numbers = count()

    def next_form() -> str:
        number = next(numbers)
        return list(FORMS.values())[number % len(FORMS)]((NAME, ALIAS)[number // len(FORMS) % 2])

    planted(empty_project, NAME, (ALIAS,), next_form)
    return gather_for_sharing(empty_project.read, f"Mara {next_form()}")


def test_no_protected_name_is_in_a_shared_page(empty_project: Project, shared: Shared, tmp_path: Path) -> None:
    data = write_html(shared.evidence, shared.body_of, tmp_path / "copy.html").path.read_bytes()
    assert list(unseen(data, (NAME, ALIAS))) == []
    assert b"S-001" in data


@pytest.mark.parametrize("kind", ["copy", "brief"])
def test_no_protected_name_is_in_a_shared_document(
    empty_project: Project, shared: Shared, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / f"{kind}.docx"
    if kind == "copy":
        write_word(shared.evidence, shared.body_of, target)
    else:
        write_brief(shared.evidence, target)
    with zipfile.ZipFile(target) as package:
        for part in package.namelist():
            assert list(unseen(package.read(part), (NAME, ALIAS))) == [], part
        assert b"S-001" in package.read("word/document.xml")
