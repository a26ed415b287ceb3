"""`python -m tests.benchmarks.export_once PROJECT WORKBOOK`: what one export takes, in a process of its own.

Prints seconds and bytes of memory beyond what the program had in use with the project open and the libraries loaded;
the bytes are left out where the system does not say.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from annotate.project import Project
from annotate.report.workbook import export_workbook
from tests.benchmarks.reading import peak_bytes


def main(path: Path, target: Path) -> None:
    import openpyxl  # noqa: F401  (part of the base, like pandas)
    import pandas  # noqa: F401

    with Project.open(path, "Bench") as project:
        before = peak_bytes()
        began = time.perf_counter()
        export_workbook(project.read, target, analyst="Bench")
        seconds = time.perf_counter() - began
        after = peak_bytes()
    print(seconds, *([] if before is None or after is None else [after - before]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
