"""An empty project's evidence, which examples fill, and the strings that break programs."""

import json
from pathlib import Path

import pytest

from annotate.canonical import canonical
from annotate.project import Project
from annotate.report.evidence import Evidence, gather


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    with Project.create(tmp_path_factory.mktemp("base") / "base.pnote", "Mara Lind", title="Base") as project:
        return gather(project.read, "Mara Lind")


@pytest.fixture(scope="session")
def naughty(shared: Path) -> list[str]:
    file = shared / "hostile" / "strings" / "blns.json"
    if not file.exists():
        pytest.skip("needs the naughty strings in the folder 'shared', which are not there")
    strings: list[str] = json.loads(file.read_text(encoding="utf-8"))
    return [string for string in (canonical(one).text for one in strings) if string.strip()]
