"""Scores what is proposed for the project's own articles against what a person would mark there.

Why it exists: rules tuned on the articles they are judged by say nothing of the next one. Some of these articles are
never looked at while rules are written (KEPT, BLIND), the others are there to learn from (TUNING).

An article is NAME.txt with NAME.expected.json beside it, which names words and no offsets, in the order of the text:

- figures: `words` with qualifier and noun, `number` in them, `bound`, and what the words state: `value`, for a range
  `low` and `high`, for vague words `low`. A value of null is not judged (a score of 2-1 is no single amount).
- sources: `words` of the mention and the `name` that all mentions of the same source have.
- claims: `words` as they stand, with their quotation marks where they are quoted, `sources` by name and `stance`;
  without sources the outlet speaks itself. A quotation interrupted by its speaker is a claim for each piece.

`tier` is core for what must be found and optional for what is neither missed nor a false alarm. Words are sought as
whole words behind the start of the entry before; `nth` says which of them is meant where the first is not.

    python -m tests.suggest.scoring [NAME…] [-v] [--gold FOLDER]

prints the scores of all articles or of some; -v adds what was missed, what was false and what was read wrongly;
--gold writes articles and golds with offsets (code points) into a folder, for other scorers.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.suggest import Proposal, propose
from annotate.suggest.listing import listing

ARTICLES = Path(__file__).with_name("articles")
TUNING = [
    *("address", "beekeeper", "breach", "chips", "column", "crossing", "derby", "floods", "glaciers", "measles"),
    *("rates", "salt", "strike", "tram", "verdict", "wall"),
]
KEPT = ["ceasefire", "flats", "harbor", "shootout"]
BLIND = ["mineclosure", "offensive", "policechief", "robbery", "senate", "wildfire"]
"""Written and marked by others who had not seen the rules, and whose misses nobody looked at when these were mended:
how it goes with an article of tomorrow. Whoever looks at what is missed there moves the article to TUNING."""

Entry = dict[str, Any]
"""An expected mark or a proposed one, with start and end in code points."""
Marks = dict[str, list[Entry]]
"""Entries by kind: figures, sources, claims."""

FIGURE_BEFORE, FIGURE_BEHIND = 25, 45
"""How many code points a proposed figure may reach beyond the expected one."""


class NotInText(LookupError):
    """Expected words that do not stand in their article, or not where they are expected."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An article and what is to be proposed for it, with offsets."""

    name: str
    text: str
    marks: Marks


# ---------------------------------------------------------------- reading


def load(name: str) -> Expected:
    """Raises NotInText where expected words are not found."""
    text = (ARTICLES / f"{name}.txt").read_bytes().decode("utf-8")
    return resolve(name, text, json.loads((ARTICLES / f"{name}.expected.json").read_text("utf-8")))


def resolve(name: str, text: str, expected: Marks) -> Expected:
    """Gives entries their offsets. Raises NotInText, also for a number outside its figure and an unnamed source."""
    marks: Marks = {}
    for kind, entries in expected.items():
        marks[kind] = []
        last = -1
        for entry in entries:
            last = _place(name, text, entry["words"], last + 1, entry.get("nth", 1))
            placed = {**entry, "start": last, "end": last + len(entry["words"])}
            if kind == "figures":
                start = last + _place(name, entry["words"], entry["number"], 0, 1)
                placed.update(number_start=start, number_end=start + len(entry["number"]))
            marks[kind].append(placed)
    named = {source["name"] for source in marks["sources"]}
    for claim in marks["claims"]:
        if unnamed := set(claim["sources"]) - named:
            raise NotInText(f"{name}: nobody is called {sorted(unnamed)} of {claim['words'][:60]!r}")
    return Expected(name, text, marks)


def _place(name: str, text: str, words: str, start: int, nth: int) -> int:
    found = 0
    at = text.find(words, start)
    while at >= 0:
        found += _is_whole(text, at, at + len(words))
        if found == nth:
            return at
        at = text.find(words, at + 1)
    raise NotInText(f"{name}: {words!r} stands {found} times behind {text[max(0, start - 40) : start]!r}, not {nth}")


def _is_whole(text: str, start: int, end: int) -> bool:
    return not any(0 < edge < len(text) and re.fullmatch(r"\w\w", text[edge - 1 : edge + 1]) for edge in (start, end))


def as_gold(expected: Expected) -> dict[str, Any]:
    """The same expectations with offsets, as golds are handed between scorers."""
    return {
        "text_file": f"{expected.name}.txt",
        "figures": [
            {
                **_edges(figure),
                "num_start": figure["number_start"],
                "num_end": figure["number_end"],
                "value": figure.get("value"),
                "value_low": figure.get("low"),
                "value_high": figure.get("high"),
                "bound": figure.get("bound"),
            }
            for figure in expected.marks["figures"]
        ],
        "sources": [{**_edges(source), "canonical": source["name"]} for source in expected.marks["sources"]],
        "claims": [
            {**_edges(claim), "attributed": bool(claim["sources"]), "sources": claim["sources"]}
            for claim in expected.marks["claims"]
        ],
    }


def _edges(entry: Entry) -> Entry:
    return {name: entry[name] for name in ("start", "end", "tier")}


# ---------------------------------------------------------------- matching


def is_same_figure(found: Entry, wanted: Entry) -> bool:
    return (
        wanted["start"] - FIGURE_BEFORE <= found["start"] <= wanted["number_start"]
        and wanted["number_end"] <= found["end"] <= wanted["end"] + FIGURE_BEHIND
    )


def is_same_source(found: Entry, wanted: Entry) -> bool:
    """Four fifths of the shorter lie in the longer, which is at most five times as long."""
    shorter, longer = sorted((_length(found), _length(wanted)))
    return _shared(found, wanted) >= 0.8 * shorter and shorter >= 0.2 * longer


def is_same_claim(found: Entry, wanted: Entry) -> bool:
    """Half of the words of both together are shared."""
    together = max(found["end"], wanted["end"]) - min(found["start"], wanted["start"])
    return _shared(found, wanted) >= 0.5 * together


_IS_SAME: dict[str, Callable[[Entry, Entry], bool]] = {
    "figures": is_same_figure,
    "sources": is_same_source,
    "claims": is_same_claim,
}


def is_wanted(one: Proposal, expected: Expected) -> bool:
    """Whether any span of a proposal is one that must be found."""
    kind = f"{one.kind.value}s"
    core = [entry for entry in expected.marks[kind] if entry["tier"] == "core"]
    spans = [{"start": span.start, "end": span.end} for span in one.spans]
    return any(_IS_SAME[kind](span, entry) for span in spans for entry in core)


def _length(entry: Entry) -> int:
    return int(entry["end"] - entry["start"])


def _shared(one: Entry, other: Entry) -> int:
    return max(0, min(one["end"], other["end"]) - max(one["start"], other["start"]))


def has_same_amount(found: Entry, wanted: Entry) -> bool:
    """Bound and number as the words state them; vague words by their low, of which a value may stand in for."""
    if wanted["bound"] == "range":
        names = [("low", "low"), ("high", "high")]
    elif wanted["bound"] == "vague":
        names = [("value" if found.get("low") is None else "low", "low")]
    else:
        names = [("value", "value")]
    return bool(found["bound"] == wanted["bound"]) and all(
        _is_close(found.get(theirs), wanted[ours]) for theirs, ours in names
    )


def _is_close(found: float | None, wanted: float) -> bool:
    return found is not None and abs(found - wanted) <= 1e-6 * max(1.0, abs(wanted))


# ---------------------------------------------------------------- scoring


@dataclass(frozen=True, slots=True)
class Score:
    """How proposals of one kind fare in one article."""

    pairs: list[tuple[Entry, Entry]]
    """Core entries that were found, each with its proposal."""
    missed: list[Entry]
    false: list[Entry]
    wrong: list[tuple[Entry, Entry]]
    """Pairs whose amount or whose source is read wrongly."""
    judged: int
    """Pairs that can be wrong."""

    def counts(self) -> Counter[str]:
        return Counter(
            found=len(self.pairs),
            missed=len(self.missed),
            false=len(self.false),
            judged=self.judged,
            right=self.judged - len(self.wrong),
        )


def score(expected: Expected, proposed: Marks) -> dict[str, Score]:
    """Scores by kind of proposals in the shape that `annotate.suggest.listing` gives; claims are attributed ones."""
    return {kind: _score_kind(kind, expected.marks, proposed[kind]) for kind in _IS_SAME}


def _score_kind(kind: str, marks: Marks, found: list[Entry]) -> Score:
    is_same = _IS_SAME[kind]
    core = [entry for entry in marks[kind] if entry["tier"] == "core"]
    if kind == "claims":
        core = [claim for claim in core if claim["sources"]]
        found = [claim for claim in found if claim["source"]]
    used: set[int] = set()
    pairs, missed = [], []
    for entry in core:
        near = [
            (_shared(one, entry), -abs(_length(one) - _length(entry)), at)
            for at, one in enumerate(found)
            if at not in used and is_same(one, entry)
        ]
        if near:
            used.add(max(near)[2])
            pairs.append((entry, found[max(near)[2]]))
        else:
            missed.append(entry)
    false = [
        one for at, one in enumerate(found) if at not in used and not any(is_same(one, entry) for entry in marks[kind])
    ]
    if kind == "figures":
        judged = [(entry, one) for entry, one in pairs if entry["bound"] != "exact" or entry["value"] is not None]
        wrong = [(entry, one) for entry, one in judged if not has_same_amount(one, entry)]
    elif kind == "claims":
        judged = pairs
        wrong = [(entry, one) for entry, one in judged if not _has_same_source(one, entry, marks["sources"])]
    else:
        judged, wrong = [], []
    return Score(pairs, missed, false, wrong, len(judged))


def _has_same_source(found: Entry, claim: Entry, sources: list[Entry]) -> bool:
    return any(source["name"] in claim["sources"] and is_same_source(found["source"], source) for source in sources)


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares from 0 to 1 over any number of articles."""

    recall: float
    precision: float
    right: float
    """Of what was found: amounts or sources that are read rightly."""


def rates(counts: Counter[str]) -> Rates:
    return Rates(
        counts["found"] / max(1, counts["found"] + counts["missed"]),
        counts["found"] / max(1, counts["found"] + counts["false"]),
        counts["right"] / max(1, counts["judged"]),
    )


def score_articles(names: list[str]) -> dict[str, Rates]:
    """Rates by kind over some articles together, of what the rules propose for them."""
    total: dict[str, Counter[str]] = {kind: Counter() for kind in _IS_SAME}
    for expected in map(load, names):
        for kind, one in score(expected, listing(propose(expected.text))).items():
            total[kind] += one.counts()
    return {kind: rates(counts) for kind, counts in total.items()}


# ---------------------------------------------------------------- the command


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.suggest.scoring")
    parser.add_argument("names", nargs="*", metavar="NAME", help="articles; tuning, kept or blind for all of these")
    parser.add_argument("-v", "--verbose", action="store_true", help="print misses and false alarms")
    parser.add_argument("--gold", type=Path, metavar="FOLDER", help="write articles and golds with offsets there")
    words = parser.parse_args()
    groups = {"tuning": TUNING, "kept": KEPT, "blind": BLIND}
    names = [name for word in words.names or groups for name in groups.get(word, [word])]
    total: dict[str, Counter[str]] = {kind: Counter() for kind in _IS_SAME}
    for expected in map(load, names):
        if words.gold:
            write_gold(expected, words.gold)
        for kind, one in score(expected, listing(propose(expected.text))).items():
            total[kind] += one.counts()
            print(_line(expected.name, kind, one.counts()))
            if words.verbose:
                print(*_details(expected.text, one), sep="\n", end="\n" if one.missed or one.false or one.wrong else "")
    for kind, counts in total.items():
        print(_line("all", kind, counts))


def write_gold(expected: Expected, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{expected.name}.txt").write_bytes(expected.text.encode("utf-8"))
    gold = json.dumps(as_gold(expected), ensure_ascii=False, indent=1)
    (folder / f"{expected.name}.gold.json").write_text(gold, "utf-8")


def _line(name: str, kind: str, counts: Counter[str]) -> str:
    share = rates(counts)
    right = f"  right {share.right:.3f}" if counts["judged"] else ""
    return (
        f"{name:10} {kind:8} found {counts['found']:3} of {counts['found'] + counts['missed']:3}"
        f"  false {counts['false']:2}  recall {share.recall:.3f}  precision {share.precision:.3f}{right}"
    )


def _details(text: str, one: Score) -> Iterator[str]:
    for entry in one.missed:
        yield f"    missed {_words(text, entry)}"
    for entry in one.false:
        yield f"    false  {_words(text, entry)}" + (
            f" by {_words(text, entry['source'])}" if "source" in entry else ""
        )
    for wanted, found in one.wrong:
        if "number" in wanted:
            read = {name: found[name] for name in ("value", "low", "high", "bound")}
            stated = {name: wanted.get(name) for name in read}
            yield f"    wrong  {_words(text, wanted)}: {read}, not {stated}"
        else:
            yield f"    wrong  {_words(text, wanted)} by {_words(text, found['source'])}, not {wanted['sources']}"


def _words(text: str, entry: Entry) -> str:
    return repr(text[entry["start"] : entry["end"]][:100])


if __name__ == "__main__":
    main()
