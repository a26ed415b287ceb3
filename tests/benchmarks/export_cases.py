"""Exports measured: a workbook of a project as it stands before it is handed on, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import big_evidence
from tests.benchmarks.measured import Case, Measured

PROJECT = Path(__file__).resolve().parents[2]
MIB = 1024 * 1024


def export_a_workbook(annotations: int, runs: int) -> Measured:
    """Claims, figures and mentions, a third each, with all that belongs to them."""
    seconds, peaks = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.pnote"
        big_evidence.build(path, annotations)
        command = [sys.executable, "-m", "tests.benchmarks.export_once", str(path), str(Path(folder) / "bench.xlsx")]
        for _ in range(runs):
            printed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout.split()
            seconds.append(float(printed[0]))
            peaks += [int(peak) for peak in printed[1:]]
    note = f"{annotations:,} annotations, 39 columns of claims; memory beyond the open project"
    return Measured(seconds, note, max(peaks, default=None))


CASES = (
    Case("export: workbook", lambda: export_a_workbook(10_000, 3), 4_000, target_bytes=150 * MIB),
    Case("export: large workbook", lambda: export_a_workbook(100_000, 1), 40_000),
)
