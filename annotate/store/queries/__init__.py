"""Reading a project: every question is a method of Reader and answers with records of model.py."""

from annotate.store.queries.annotations import AnnotationQueries
from annotate.store.queries.bin import BinQueries
from annotate.store.queries.carryings import CarryingQueries
from annotate.store.queries.earlier import EarlierQueries
from annotate.store.queries.filters import FilterQueries
from annotate.store.queries.history import HistoryQueries
from annotate.store.queries.integrity import IntegrityQueries
from annotate.store.queries.register import RegisterQueries
from annotate.store.queries.suggestions import SuggestionQueries
from annotate.store.queries.ties import TieQueries
from annotate.store.queries.timeline import TimelineQueries

__all__ = ["Reader"]


class Reader(
    BinQueries,
    EarlierQueries,
    AnnotationQueries,
    CarryingQueries,
    FilterQueries,
    TieQueries,
    RegisterQueries,
    SuggestionQueries,
    HistoryQueries,
    TimelineQueries,
    IntegrityQueries,
):
    """All questions on one connection; of the thread that made the connection."""
