"""`python -m tests.benchmarks [--json] [NAME…]`: run the cases and print a table, or JSON with `--json`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks.cases import CASES, Case, Measured


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
        "note": measured.note,
    }


def _table(rows: list[dict[str, object]]) -> None:
    head = ("case", "median ms", "lowest", "95th", "to reach", "runs", "")
    lines = [
        (
            str(row["name"]),
            f"{row['median_ms']:,.2f}",
            f"{row['low_ms']:,.2f}",
            f"{row['p95_ms']:,.2f}",
            f"{row['target_ms']:,.0f}" if row["target_ms"] else "",
            str(row["runs"]),
            str(row["note"]),
        )
        for row in rows
    ]
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    for line in [head, *lines]:
        cells = zip(line, widths, strict=True)
        print("  ".join(cell.ljust(w) if i in (0, 6) else cell.rjust(w) for i, (cell, w) in enumerate(cells)))


if __name__ == "__main__":
    sys.exit(main())
