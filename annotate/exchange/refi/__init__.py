"""REFI-QDA, the exchange format of programs for qualitative analysis: projects (.qdpx) and codebooks (.qdc)."""

from annotate.exchange.refi.codebook_in import read_codebook
from annotate.exchange.refi.codebook_out import write_codebook
from annotate.exchange.refi.project_in import read_project
from annotate.exchange.refi.project_out import write_project

__all__ = ["read_codebook", "read_project", "write_codebook", "write_project"]
