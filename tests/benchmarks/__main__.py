"""`python -m tests.benchmarks [--json] [NAME…]`: run the cases and print a table, or JSON with `--json`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.cases import CASES
from tests.benchmarks.measured import Case, Measured

MIB = 1024 * 1024


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench", description="Measure what an analyst waits for.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only the cases whose name holds one of these words")
    parser.add_argument("--json", action="store_true", help="print figures instead of a table")
    options = parser.parse_args()
    wanted = [case for case in CASES if not options.names or any(name in case.name for name in options.names)]
    rows = []
    for case in wanted:
        print(f"{case.name} …", file=sys.stderr, flush=True)
        rows.append(_row(case, case.run()))
    if options.json:
        print(json.dumps({"python": platform.python_version(), "cores": os.cpu_count(), "cases": rows}, indent=2))
    else:
        _table(rows)
    return 0


def _row(case: Case, measured: Measured) -> dict[str, object]:
    seconds = sorted(measured.seconds)
    return {
        "name": case.name,
        "runs": len(seconds),
        "median_ms": round(statistics.median(seconds) * 1000, 2),
        "low_ms": round(seconds[0] * 1000, 2),
        "p95_ms": round(seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))] * 1000, 2),
        "target_ms": case.target_ms,
        "target_95th_ms": case.target_95th_ms,
        "peak_mib": None if measured.peak_bytes is None else round(measured.peak_bytes / MIB),
        "target_mib": None if case.target_bytes is None else case.target_bytes // MIB,
        "note": measured.note,
    }


def _table(rows: list[dict[str, object]]) -> None:
    head = ("case", "median ms", "lowest", "95th", "peak MiB", "to reach", "runs", "")
    lines = [
        (
            str(row["name"]),
            f"{row['median_ms']:,.2f}",
            f"{row['low_ms']:,.2f}",
            f"{row['p95_ms']:,.2f}",
            "" if row["peak_mib"] is None else f"{row['peak_mib']:,}",
            _targets(row),
            str(row["runs"]),
            str(row["note"]),
        )
        for row in rows
    ]
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    for line in [head, *lines]:
        cells = zip(line, widths, strict=True)
        print("  ".join(cell.ljust(w) if i in (0, 7) else cell.rjust(w) for i, (cell, w) in enumerate(cells)))


def _targets(row: dict[str, object]) -> str:
    """What is to be reached: the median, the 95th percentile, the memory; a target that was missed has an !."""
    targets = (("median_ms", "target_ms", ""), ("p95_ms", "target_95th_ms", ""), ("peak_mib", "target_mib", " MiB"))
    words = []
    for measured, target, unit in targets:
        wanted, reached = row[target], row[measured]
        if isinstance(wanted, (int, float)) and isinstance(reached, (int, float)):
            words.append(f"{wanted:,.0f}{unit}{' !' if reached > wanted else ''}")
    return " / ".join(words)


if __name__ == "__main__":
    sys.exit(main())
