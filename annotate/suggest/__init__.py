"""Proposes what an analyst would mark: figures, sources, claims. Pure: text in, proposals out; nothing is written."""

from annotate.suggest.proposal import Proposal

__all__ = ["Proposal"]
