"""LibreOffice, through which tests look at workbooks and documents as other programs do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TIMEOUT = 180
"""Seconds that one conversion may take."""


def converted(path: Path, form: str, folder: Path) -> Path:
    """The file as LibreOffice saves it in `folder`; the test is skipped where there is none.

    `form` is an ending, and for one of several forms with that ending also its name, as in
    "xlsx:Calc MS Excel 2007 XML".
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        assert "CI" not in os.environ, "LibreOffice is missing; .ci/run installs it"
        pytest.skip("needs LibreOffice, which is not installed here")
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
    run = subprocess.run(
        [*command, "--outdir", str(folder), str(path)], capture_output=True, text=True, timeout=TIMEOUT
    )
    made = folder / f"{path.stem}.{form.partition(':')[0]}"
    assert run.returncode == 0, run.stderr
    assert made.exists(), run.stdout + run.stderr  # it ends well also where it lacks the part that would convert
    return made
