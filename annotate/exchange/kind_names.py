"""Codes of other programs that are named like a kind of marks here: "Claim", "figures", "Source: official"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotate.exchange.told import names
from annotate.vocabulary import Kind

_LIKE_A_KIND = re.compile(r"\s*(claim|figure|source)s?\s*(?:[:/\\|](.*))?", re.IGNORECASE | re.DOTALL)
_KINDS = {kind.value: kind for kind in Kind}


def kind_named(name: str) -> tuple[Kind | None, str]:
    """The kind that a code is named like, and what its name says beyond that: SOURCE and "official"."""
    like = _LIKE_A_KIND.fullmatch(name)
    return (None, "") if like is None else (_KINDS[like[1].lower()], (like[2] or "").strip())


def is_just_a_kind(name: str) -> bool:
    """Whether a code is named like a kind and says nothing more."""
    kind, more = kind_named(name)
    return kind is not None and not more


def taken_for_kinds(what: str, named_so: Iterable[str]) -> str:
    """The sentence about such codes; `what` is what that program calls them."""
    return f"{what} named like the kinds of marks here were taken for them: {names(named_so)}."
