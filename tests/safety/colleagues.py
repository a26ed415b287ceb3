"""A process of its own that has a project open and writes to it when it is asked to."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

WORKING = """
import sys
from pathlib import Path
from annotate import commands
from annotate.project import Project
project = Project.open(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
number = 0
for asked in sys.stdin:
    number += 1
    commands.add_source(project, f"{sys.argv[2]} {number} 🌊")
    print(number, flush=True)
project.close()
"""


class Colleague:
    """A process of its own that has a project open and writes to it when it is asked to."""

    def __init__(self, path: Path, name: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKING, str(path), name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._said() == "open"

    def write(self) -> None:
        """Have one source written; returns when the colleague has said that it is."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self._said().isdecimal()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def leave(self) -> None:
        """Close the project and end."""
        _out, err = self.process.communicate()
        assert (self.process.returncode, err) == (0, "")

    def _said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def colleague(path: Path, name: str = "Büşra") -> Iterator[Colleague]:
    made = Colleague(path, name)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.kill()
