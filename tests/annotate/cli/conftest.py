"""A project that the command `import` made of a text file."""

from pathlib import Path

import pytest

from annotate import cli
from tests.annotate.cli.flood_file import ARTICLE


@pytest.fixture(autouse=True)
def named_analyst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENOTE_ANALYST", "Ana Ünal")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "flood.txt"
    file.write_text(ARTICLE, encoding="utf-8", newline="\r\n")
    return file


@pytest.fixture
def project(tmp_path: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "flood.pnote"
    assert cli.main(["import", str(path), str(article)]) == 0
    capsys.readouterr()
    return path
