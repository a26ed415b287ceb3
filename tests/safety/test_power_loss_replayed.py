"""The power goes at any call: what a process really wrote and synced is written again up to there, and looked at.

What was synced is on the disk; of the rest anything may be missing. Every edit that was acknowledged must be there.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from annotate.project import Project
from tests.safety.recorded_writes import Disk, record
from tests.safety.wholeness import Looked
from tests.safety.work import Analyst

HERE = Path(__file__).resolve().parents[2]
PROJECT = "case.pnote"
CUTS = {True: 600, False: 25}
"""With --long and without."""

WORKING = """
import os, sys
from pathlib import Path
from annotate.project import Project
from tests.safety.wholeness import digest_of
from tests.safety.work import Analyst

def say(word):
    os.write(1, f"{word} {digest_of(project.read)}".encode())

project = Project.open(Path(sys.argv[1]), "Ana")
analyst = Analyst(project, "replayed")
say("opened")
for number in range(30):
    analyst.import_files(1, long=6_000) if number % 9 == 4 else analyst.edit()
    say("done")
    if number in (10, 11, 20):
        project.fold_in()
project.close()
"""

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="writes are recorded with strace, which is not here"
)


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)], ids=["few", "many"])
def test_what_was_acknowledged_is_there_wherever_the_power_goes(
    every: bool, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    path = folder / PROJECT
    with Project.create(path, "Ana") as project:
        Analyst(project, "before").begin()
    before = {str(path): path.read_bytes()}
    calls = record([sys.executable, "-c", WORKING, str(path)], folder, HERE)
    states = [call.data.split()[1].decode() for call in calls if call.path == "1"]
    seed = os.environ.get("PROVENOTE_SEED", "2026")
    chance = Random(seed)
    print(f"seed {seed}, {len(calls)} calls")
    looked = Looked()
    for number in range(CUTS[every]):
        at = chance.randrange(len(calls) + 1)
        disk = Disk(before)
        for call in calls[:at]:
            disk.make(call)
        copy = tmp_path / f"cut {number}" / PROJECT
        copy.parent.mkdir()
        for name, data in disk.after_a_cut(chance):
            if not name.endswith(("-shm", ".owner")):
                (copy.parent / Path(name).name).write_bytes(data)
        try:
            with Project.open(copy, "Ana") as project:
                found = looked.state_of(project.read)
            acknowledged = max(0, len(disk.said) - 1)
            # The next may have been committed and not yet acknowledged.
            assert found in states[acknowledged : acknowledged + 2], "an acknowledged edit is lost"
        except BaseException as error:
            error.add_note(f"cut {number}, before call {at}, seed {seed}")
            raise
        shutil.rmtree(copy.parent)
    record_property("power cuts in what was really written", CUTS[every])
