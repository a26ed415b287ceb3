"""Nobody who is protected can be found in what is handed on: in no byte of it."""

import shutil
import tempfile
import zipfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotate.project import Project
from annotate.report.sharing import gather_for_sharing
from annotate.report.workbook import write_workbook
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


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(names, aliases, st.data())
def test_no_protected_name_is_in_any_byte_of_a_shared_workbook(
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
            written = write_workbook(shared.evidence, Path(folder) / "shared.xlsx").path
            bodies = "\n".join(shared.body_of(text) for text in shared.evidence.texts)
        with zipfile.ZipFile(written) as package:
            parts = {part: package.read(part) for part in package.namelist()}
        found = {part: list(unseen(data, hidden)) for part, data in parts.items()}
        assert {part: names for part, names in found.items() if names} == {}
        assert list(unseen(bodies.encode(), hidden)) == []
        assert list(unseen(" ".join(parts).encode(), hidden)) == []
        assert b"Mara" not in b"".join(parts.values())
