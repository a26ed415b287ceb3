"""An empty project's evidence, which examples fill, and the strings that break programs."""

from pathlib import Path

import pytest

from annotate.report.evidence import Evidence
from tests.report.reading_copy.marked import empty_evidence, naughty_strings


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return empty_evidence(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def naughty(shared: Path) -> list[str]:
    return naughty_strings(shared)
