"""What a suggestion would make of its words, and why it is made, in a few words."""

from __future__ import annotations

from annotate.amount_format import format_amount
from annotate.commands.suggested_records import suggested_claim, suggested_figure, suggested_source, suggested_stance
from annotate.model import Suggestion
from annotate.vocabulary import Kind, Mode, Naming, SourceType, Stance
from ui.suggestions.learned import Learned

_TELLING = 5
"""Judged by hand: before that, the share accepted says nothing."""


def told(suggestion: Suggestion, body: str = "", *, learned: Learned) -> list[str]:
    """The pieces of a line: what is filled in, then the rule and how often it is right.

    With the article's `body`, a speaker whose name is not proposed is given in the article's words.
    """
    if learned.is_muted(suggestion):
        why = f"muted, {learned.why_muted(suggestion)}"
    else:
        rate = learned.rate(suggestion)
        here = f", {rate.accepted:,} of {rate.judged:,} accepted here" if rate.judged >= _TELLING else ""
        why = f"{suggestion.rule or 'proposed'}, {learned.confidence(suggestion):.0%}".replace("%", "\u00a0%") + here
    return [*filter(None, _FILLED[suggestion.kind](suggestion, body)), why]


def _figure(suggestion: Suggestion, _body: str) -> list[str]:
    figure = suggested_figure(suggestion.record)
    return [format_amount(figure)]


def _source(suggestion: Suggestion, body: str) -> list[str]:
    first = suggestion.spans[0]
    source = suggested_source(suggestion.record, body[first.start : first.end])
    kind = "" if source.type is SourceType.UNSPECIFIED else source.type.label
    naming = "" if source.naming is Naming.NAMED else source.naming.label
    return [source.name, kind, *(said for said in (naming, source.role.label) if said not in suggestion.rule)]


def _claim(suggestion: Suggestion, body: str) -> list[str]:
    claim, record = suggested_claim(suggestion.record), suggestion.record
    mode = "" if claim.mode is None else claim.mode.label
    speakers = [" ".join(body[start:end].split()) for start, end in record.get("speakers") or ()]
    name = str(record.get("source") or "")
    if name and speakers and speakers[0] != name:
        speakers[0] = f"{name} (“{speakers[0]}”)" if speakers[0] else name
    who = " and ".join(filter(None, speakers)) or name
    stance = suggested_stance(record)
    verb = "says" if stance is Stance.ASSERTS else stance.label
    return [mode] if claim.mode is Mode.VOICE or not who else [f"{who} {verb} so", mode]


_FILLED = {Kind.FIGURE: _figure, Kind.SOURCE: _source, Kind.CLAIM: _claim}
