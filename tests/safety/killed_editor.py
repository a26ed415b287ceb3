"""`python -m tests.safety.killed_editor`: works on projects until it is killed; run by test_killed.py.

A line on its input is an order (mode, seed, folder) for a process of its own, which is forked so that nothing has to
be loaded again. That one tells on the output, a line each, that it begins something and that something is done and
durable; once it is dead, a last line says so. A line is one write to a pipe, so it is there whole, whatever comes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from annotate.backups import backups_of, make_backup, restore
from annotate.project import Project, reading
from tests.safety.wholeness import chained, digest_of, digest_of_export
from tests.safety.work import FORMS, Analyst, hand_on

PROJECT = "case.pnote"
OLD = "old.pnote"


def say(**words: object) -> None:
    os.write(1, f"{json.dumps(words)}\n".encode())


@dataclass
class Editor:
    """Edits the project of a folder and acknowledges what is committed: the last change, and a digest up to it."""

    folder: Path
    seed: str

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.last, self.chain = 0, ""

    def open(self) -> Project:
        project = Project.open(self.folder / PROJECT, "Ana")
        self.last, self.chain = chained(project.read)
        return project

    def acknowledge(self, project: Project) -> None:
        self.last, self.chain = chained(project.read, after=self.last, chain=self.chain)
        say(done="edit", change=self.last, chain=self.chain)

    def ready(self) -> tuple[Project, Analyst]:
        project = self.open()
        say(ready=True)
        return project, Analyst(project, self.seed)

    # ------------------------------------------------------------ modes

    def edits(self) -> None:
        project, analyst = self.ready()
        while True:
            say(begins="edit")
            analyst.edit()
            self.acknowledge(project)

    def undoing(self) -> None:
        project, analyst = self.ready()
        while True:
            say(begins="undo and redo")
            analyst.back_and_forth(self.chance.randint(1, 9), lambda: self.acknowledge(project))
            analyst.edit()
            self.acknowledge(project)

    def importing(self) -> None:
        project, analyst = self.ready()
        while True:
            say(begins="import")
            analyst.import_files(self.chance.randint(1, 4), long=self.chance.choice([0, 0, 100_000]))
            self.acknowledge(project)

    def updating(self) -> None:
        project, analyst = self.ready()
        while True:
            say(begins="update")
            analyst.update()
            self.acknowledge(project)

    def exporting(self) -> None:
        project, analyst = self.ready()
        while True:
            analyst.edit()
            self.acknowledge(project)
            form = self.chance.choice(FORMS)
            say(begins=f"export {form.value}")
            target = hand_on(project, form, self.folder)
            say(done="export", form=form.value, digest=digest_of_export(target))

    def closing(self) -> None:
        """Closing and folding in copy the log into the file; both may be cut short."""
        project, analyst = self.ready()
        while True:
            for _ in range(3):
                analyst.edit()
                self.acknowledge(project)
            say(begins="fold in")
            project.fold_in()
            analyst.import_files(1, long=100_000)
            self.acknowledge(project)
            say(begins="close and open")
            project.close()
            project = Project.open(self.folder / PROJECT, "Ana")
            analyst.project = project

    def creating(self) -> None:
        say(ready=True)
        for number in count():
            say(begins="create")
            name = f"new {self.seed} {number}.pnote"
            Project.create(self.folder / name, "Ana").close()
            say(done="create", name=name)

    def migrating(self) -> None:
        say(ready=True)
        say(begins="migrate")
        with Project.open(self.folder / OLD, "Ana") as project:
            say(done="migrate")
            analyst = Analyst(project, self.seed)
            while True:
                analyst.edit()

    def backing_up(self) -> None:
        project, analyst = self.ready()
        while True:
            analyst.edit()
            self.acknowledge(project)
            say(begins="backup")
            made = make_backup(project.path)
            say(done="backup", name=made.backup.path.name, state=digest_of(project.read))

    def restoring(self) -> None:
        """To and fro between what is there and a backup; told by the digests of all rows."""
        project, analyst = self.ready()
        while True:
            for _ in range(2):
                say(begins="edit")
                analyst.edit()
                say(done="state", state=digest_of(project.read))
            project.close()
            backup = self.chance.choice(backups_of(project.path))
            with reading(backup.path) as read:
                wanted = digest_of(read)
            say(begins="restore", state=wanted)
            restore(project.path, backup.path, analyst="Ana")
            say(done="state", state=wanted)
            project = analyst.project = Project.open(project.path, "Ana")


MODES: dict[str, Callable[[Editor], None]] = {
    "edit": Editor.edits,
    "undo and redo": Editor.undoing,
    "import": Editor.importing,
    "update": Editor.updating,
    "export": Editor.exporting,
    "fold in and close": Editor.closing,
    "create": Editor.creating,
    "migrate": Editor.migrating,
    "backup": Editor.backing_up,
    "restore": Editor.restoring,
}


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            say(pid=os.getpid())
            MODES[order["mode"]](Editor(Path(order["folder"]), order["seed"]))
        _, status = os.waitpid(child, 0)
        say(over=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
