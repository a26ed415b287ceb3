"""Proposes what an analyst would mark: figures, sources, claims. Pure: text in, proposals out; nothing is written.

`propose` is the rules' own engine. Another one is any function of the same shape; its name and version are kept with
what it proposes.
"""

from annotate.suggest.engine import ENGINE, VERSION, propose
from annotate.suggest.proposal import Proposal

__all__ = ["ENGINE", "VERSION", "Proposal", "propose"]
