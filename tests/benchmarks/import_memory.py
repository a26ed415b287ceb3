"""How much memory an import takes beyond what the program has in use before it.

`python -m tests.benchmarks.import_memory FOLDER PROJECT` imports a folder in a process of its own and prints that in
bytes, or nothing where the system does not say. Worker processes are not counted: they are held to a limit each.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from annotate import commands
from annotate.importers import find_files, read_in_batches
from annotate.project import Project
from tests.benchmarks.reading import peak_bytes


def main(folder: Path, path: Path) -> None:
    with Project.create(path, "Bench") as project:
        before = peak_bytes()
        for batch in read_in_batches(find_files([folder]), workers=os.cpu_count() or 1):
            commands.import_files(project, [read.result for read in batch], label="Import", join=project.last_step_id)
        after = peak_bytes()
    if before is not None and after is not None:
        print(after - before)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
