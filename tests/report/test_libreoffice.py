"""Another program opens the workbook and prints every sheet of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from annotate.report.workbook import export_workbook
from tests.report.flood import Flood

TIMEOUT = 180


def test_libreoffice_prints_the_workbook(flood: Flood, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        assert "CI" not in os.environ, "LibreOffice is missing; .ci/run installs it"
        pytest.skip("needs LibreOffice, which is not installed here")
    workbook = export_workbook(flood.project.read, tmp_path / "evidence.xlsx", analyst="Mara Lind").path
    profile = (tmp_path / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    run = subprocess.run(
        [*command, "--outdir", str(tmp_path), str(workbook)], capture_output=True, text=True, timeout=TIMEOUT
    )
    printed = tmp_path / "evidence.pdf"
    assert run.returncode == 0, run.stderr
    assert printed.exists(), run.stdout + run.stderr
    pages = printed.read_bytes().count(b"/Type/Page") + printed.read_bytes().count(b"/Type /Page")
    assert pages > 8
