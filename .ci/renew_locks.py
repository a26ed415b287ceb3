"""Writes requirements.txt and requirements-dev.txt anew from pyproject.toml.

A lock compiled for the machine at hand fails on another one, so uv resolves for Linux, Windows and macOS and every
Python from 3.11 on at once. uv reads its registry from the user's own settings; the locks name none.
"""

import subprocess
import sys
from pathlib import Path

HEADER = "# Pinned for Linux, Windows and macOS at once, from Python 3.11 on; written by .ci/renew_locks.py.\n"
COMPILE = "uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate"


def renew(project: Path, upgrade: bool) -> None:
    """Write both locks; versions already locked stay unless `upgrade`. Raises CalledProcessError where uv fails."""
    runtime, development = project / "requirements.txt", project / "requirements-dev.txt"
    for lock, inputs in (
        (runtime, ["pyproject.toml"]),
        (development, ["pyproject.toml", "--group", "dev", "--constraint", runtime.name]),
    ):
        command = [*COMPILE.split(), "--no-emit-index-url", "--no-emit-find-links", "--output-file", lock.name, *inputs]
        subprocess.run([*command, "--upgrade"] if upgrade else command, cwd=project, check=True)
        lock.write_text(HEADER + lock.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew(Path(__file__).resolve().parents[1], upgrade="--upgrade" in sys.argv[1:])
