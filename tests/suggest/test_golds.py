"""The three articles with hand-made golds: what was reached there is held."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

REACHED = {"figures": (0.99, 0.99), "sources": (0.96, 0.99), "claims": (0.99, 0.99)}
"""Recall and precision at least."""


def test_the_golds_are_found_by_the_command_as_they_are_scored(shared: Path) -> None:
    golds = sorted((shared / "articles").glob("*.gold.json"))
    command = [sys.executable, str(PROJECT / "main.py"), "suggest", "--json"]
    scorer = [sys.executable, str(shared / "tools" / "score_suggestions.py"), *map(str, golds), "--", *command]
    done = subprocess.run(scorer, capture_output=True, text=True, check=True)
    totals = {words[1]: words for line in done.stdout.splitlines() if (words := line.split())[0] == "all"}
    for kind, (recall, precision) in REACHED.items():
        assert float(totals[kind][3]) >= recall, done.stdout
        assert float(totals[kind][5]) >= precision, done.stdout
    assert float(totals["figures"][7]) == float(totals["claims"][7]) == pytest.approx(1.0)


def test_what_the_command_prints_has_its_offsets_in_the_text(tmp_path: Path) -> None:
    text = "🇺🇦 At least 900 people left, the civil defence said. “It was e\u0301normous,” said Ana Ruiz.\n"
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, str(PROJECT / "main.py"), "suggest", str(path), "--json"], capture_output=True, check=True
    )
    found = json.loads(done.stdout)
    [figure] = found["figures"]
    assert text[figure["start"] : figure["end"]] == "At least 900 people"
    assert (figure["value"], figure["bound"], figure["kind"]) == (900, "min", "count")
    assert [text[one["start"] : one["end"]] for one in found["sources"]] == ["the civil defence", "Ana Ruiz"]
    assert [text[one["start"] : one["end"]] for one in found["claims"]] == [
        "At least 900 people left",
        "“It was e\u0301normous,”",
    ]
    assert all(text[one["source"]["start"] : one["source"]["end"]] for one in found["claims"])
