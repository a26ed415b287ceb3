"""`python -m tests.safety.report`: run everything here at length, and write down what came of it.

What it writes is docs/safety-report.md. It takes some twenty minutes on two cores that are free; with `--at-length
MODULE…` these alone are run at length, and of the others all, or those named with `--short`, in short form. Numbers
come from the tests themselves (pytest's `record_property`); a run that fails or is stopped is written down as such.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import platform
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REPORT = ROOT / "docs" / "safety-report.md"
KILLED = ("kills", "in the middle of something", "acknowledged")


class Happened:
    """What pytest tells while it runs."""

    def __init__(self, at_length: Sequence[str]) -> None:
        self.at_length = at_length
        """The modules that were run at length; empty for all."""
        self.is_stopped = False
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        """By the name of the module."""
        self.reasons: Counter[str] = Counter()
        """Why tests were skipped."""
        self.numbers: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        """What tests recorded, by the name of the module and what it is about."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        module = Path(report.nodeid.partition("::")[0]).name  # the location may be within a library
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[module][report.outcome] += 1
        if report.skipped and isinstance(report.longrepr, tuple):
            self.reasons[str(report.longrepr[2]).removeprefix("Skipped: ")] += 1
        if report.when == "call":
            for name, value in report.user_properties:
                self.numbers[module][name].append(value)

    @property
    def failed(self) -> int:
        return sum(outcomes["failed"] for outcomes in self.outcomes.values())


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else str(cell) for cell in row)} |"
    yield ""


def promise_of(module: str) -> str:
    """The first sentence of a module's docstring."""
    words = " ".join((ast.get_docstring(ast.parse((HERE / module).read_text("utf-8"))) or "").split())
    return words.partition(". ")[0].rstrip(".").replace("|", "/")


def killed(numbers: dict[str, list[Any]]) -> Iterator[str]:
    modes = {mode: sum((Counter(found) for found in values), Counter()) for mode, values in numbers.items()}
    rows = [[mode, *(count[name] for name in KILLED)] for mode, count in modes.items()]
    yield from table(
        ["while it", "killed", "of these in the middle of it", "edits, exports, backups acknowledged before"],
        [*rows, ["all", *(sum(count[name] for count in modes.values()) for name in KILLED)]],
    )


def full(numbers: dict[str, list[Any]]) -> Iterator[str]:
    refused: dict[str, Counter[str]] = {
        room: sum((Counter(found) for found in values), Counter()) for room, values in numbers.items()
    }
    actions = sorted({action for counts in refused.values() for action in counts})
    rows = [[action, *(counts[action] for counts in refused.values())] for action in actions]
    head = [room.removeprefix("full: ") for room in refused]
    yield from table(["refused for want of room", *head], [*rows, ["all", *(one.total() for one in refused.values())]])


def costs() -> Iterator[str]:
    run = [sys.executable, "-m", "tests.benchmarks", "--json", "durable edit", "opening a project"]
    done = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    rows = [
        [case["name"], f"{case['median_ms']} ms", f"{case['low_ms']} ms", f"{case['target_ms']:g} ms", case["note"]]
        for case in json.loads(done.stdout)["cases"]
    ]
    yield from table(["", "median", "lowest", "to reach", ""], rows)


def paragraph(words: str) -> Iterator[str]:
    yield textwrap.fill(" ".join(words.split()), 120, break_long_words=False, break_on_hyphens=False)
    yield ""


def written(happened: Happened, seconds: float) -> Iterator[str]:
    from annotate import __version__

    numbers = happened.numbers
    nothing_failed = "Corrupt: 0. Half steps: 0. Acknowledged and lost: 0."
    outcome = "**Some of it failed.**" if happened.failed else nothing_failed
    stopped = ", and it was stopped before its end" if happened.is_stopped else ""
    at_length = ", ".join(f"`{name}`" for name in happened.at_length) or "all of it"
    yield "# Safety report"
    yield ""
    yield from paragraph(
        f"""Provenote {__version__}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, on {platform.system()} {platform.release()}
        ({platform.machine()}, {os.cpu_count()} cores), Python {platform.python_version()}, SQLite
        {sqlite3.sqlite_version}; {seconds / 60:.0f} minutes, {happened.failed or "nothing"} failed{stopped}.
        Written by `.venv/bin/python -m
        tests.safety.report`, which runs `tests/safety`, {at_length} at length. What is promised stands in
        [SECURITY.md](../SECURITY.md)."""
    )
    yield "## Killed"
    yield ""
    yield from paragraph(
        f"""A process works through the public commands, says on a pipe what is committed, and is killed with SIGKILL at
        random moments. After each kill the project is opened: every byte, row and quote is checked, the journal must
        tell the rows change by change, and everything that was said to be there must be there. {outcome}"""
    )
    yield from killed(numbers["test_killed.py"])
    yield "## Power loss"
    yield ""
    yield from paragraph(
        f"""The log is cut, emptied and flipped, and each copy opened under a fresh name: the state found must be that
        after the last commit before the damage. The file is torn while the log is folded in. And what a process really
        wrote is recorded with strace and written again up to a random call, where what was not synced is lost, whole or
        sector by sector. {outcome}"""
    )
    power = {**numbers["test_power_loss.py"], **numbers["test_power_loss_replayed.py"]}
    yield from table(["", "opened"], [[name, sum(values)] for name, values in power.items()])
    yield "## Disk full"
    yield ""
    yield from paragraph(
        """Each action is tried with no room, then with a little more, until it goes through: under a limit on the size
        of files, and on a small disk. Each time the project was whole, what stood there before untouched byte for byte,
        no temporary file left, one sentence said, and the same process went on when there was room."""
    )
    yield from full(numbers["test_disk_full.py"])
    yield "## Tests that were run"
    yield ""
    rows = [
        [f"`{module}`", promise_of(module), counts["passed"], counts["failed"], counts["skipped"]]
        for module, counts in sorted(happened.outcomes.items())
    ]
    yield from table(["tests", "what they hold Provenote to", "passed", "failed", "skipped"], rows)
    for reason, number in happened.reasons.items():
        yield from paragraph(f"Skipped, {number}: {reason}")
    yield "## What it costs"
    yield ""
    yield from costs()
    yield "## What is not shown"
    yield ""
    yield from paragraph(
        """No plug was pulled: power cuts are made of what was written and synced, on the promise that a disk has what
        it was told to sync. It is one machine, one system and one file system; on Windows and macOS the tests of
        killing, limits and small disks have not been run."""
    )


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.safety.report")
    parser.add_argument("--at-length", nargs="+", metavar="MODULE", default=[], help="only these with --long")
    parser.add_argument("--short", nargs="+", metavar="MODULE", default=[], help="with them these, in short form alone")
    options = parser.parse_args(words)
    at_length = sorted(options.at_length)
    happened = Happened(at_length)
    began = time.monotonic()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    run = ["-q", "-n", "4", "--dist", "loadfile"]  # more than there are cores: some tests wait for the disk
    long = [str(HERE / name) for name in at_length] or [str(HERE)]
    status = pytest.main([*run, "--long", *long], plugins=[happened])
    if at_length and status in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        others = [str(HERE / name) for name in options.short]
        others = others or [str(HERE), *(f"--ignore={name}" for name in long)]
        status = max(status, pytest.main([*run, *others], plugins=[happened]))
    happened.is_stopped = status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    REPORT.write_text("\n".join(written(happened, time.monotonic() - began)) + "\n", encoding="utf-8")
    print(REPORT)
    return int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
