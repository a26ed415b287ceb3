"""Other tools' projects, and archives of one's own, given to the command `import`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotate.commands import TakenIn, take_in
from annotate.counted import counted_records
from annotate.errors import AnnotateError
from annotate.exchange.archive import is_archive_file, project_from_archive
from annotate.exchange.coming_in import read_other_tool, tool_of
from annotate.project import Project


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of another tool: what was taken in, or why nothing was."""

    path: Path
    taken: TakenIn | None
    refusal: str = ""

    @property
    def line(self) -> str:
        """In a few words, for a person."""
        if self.taken is None:
            return f"refused    {self.path}: {self.refusal}"
        new = ", ".join(counted_records(number, name) for name, number in self.taken.new.items())
        known = f"{self.taken.known:,} there already" if self.taken.known else ""
        return f"taken in   {self.path}: {', '.join(filter(None, (new, known))) or 'nothing was in it'}"

    @property
    def as_json(self) -> str:
        """One object on one line, in ASCII."""
        said = [self.refusal] if self.taken is None else list(self.taken.said)
        new = {} if self.taken is None else dict(self.taken.new)
        known = 0 if self.taken is None else self.taken.known
        outcome = "refused" if self.taken is None else "taken in"
        return json.dumps({"file": str(self.path), "outcome": outcome, "new": new, "known": known, "said": said})


def parted(sources: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Files of other tools, and everything else."""
    others = [source for source in sources if tool_of(Path(source)) is not None]
    return [Path(source) for source in others], [source for source in sources if source not in others]


def take_in_others(project: Project, paths: Sequence[Path]) -> Iterator[Outcome]:
    """Take in one file after the other, each as a step of its own; one that is refused holds up no other."""
    for path in paths:
        try:
            yield Outcome(path, take_in(project, read_other_tool(path)))
        except AnnotateError as error:
            yield Outcome(path, None, str(error))


def archive_among(sources: Sequence[str]) -> Path | None:
    """The archive of a whole project, where one is among the files."""
    return next((Path(source) for source in sources if is_archive_file(Path(source))), None)


def make_of_archive(archive: Path, project: Path) -> str:
    """Make the project, and say what it holds. Raises ImportRefused or ProjectError."""
    rows = project_from_archive(archive, project)
    held = {"articles": rows["articles"], "marks": rows["annotations"], "steps of history": rows["steps"]}
    return f"{project}: made of {archive.name}, {', '.join(counted_records(held[name], name) for name in held)}"
