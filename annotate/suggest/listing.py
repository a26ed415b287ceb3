"""Proposals as the command prints them: plain lists by kind, one entry for each span of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotate.suggest.proposal import Proposal
from annotate.vocabulary import Kind

_OF_FIGURE = ("value", "low", "high", "unit", "counted", "bound", "qualifier", "kind")


def listing(proposals: Sequence[Proposal]) -> dict[str, list[dict[str, Any]]]:
    """`figures`, `sources` and `claims`; offsets in code points of the text. Own-voice claims have the source None."""
    by_kind: dict[Kind, list[dict[str, Any]]] = {kind: [] for kind in Kind}
    for proposal in proposals:
        of_kind = by_kind[proposal.kind]
        for span in proposal.spans:
            of_kind.append({"start": span.start, "end": span.end, **_told(proposal), "rule": proposal.rule})
    return {
        "figures": by_kind[Kind.FIGURE],
        "sources": by_kind[Kind.SOURCE],
        "claims": by_kind[Kind.CLAIM],
    }


def _told(proposal: Proposal) -> dict[str, Any]:
    record = proposal.record
    if proposal.kind is Kind.FIGURE:
        return {name: record.get(name) for name in _OF_FIGURE}
    if proposal.kind is Kind.SOURCE:
        return {"canonical": record["name"], "kind": record["type"], "role": record["role"]}
    first = next(iter(record["speakers"]), None)
    return {
        "mode": record["mode"],
        "verb": record.get("verb"),
        "stance": record["stance"],
        "source": None if first is None else {"start": first[0], "end": first[1]},
    }
