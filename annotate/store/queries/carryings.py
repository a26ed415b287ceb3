"""Questions about marks that an update of their article left for a person to judge."""

from sqlalchemy import select

from annotate import model as m
from annotate.store import rows
from annotate.store.queries.articles import NEWEST_TEXT
from annotate.store.queries.base import Queries
from annotate.store.schema import annotations, articles, carryings
from annotate.vocabulary import CarryOutcome, Fate


class CarryingQueries(Queries):
    def carryings(self, article_id: int | None = None, *, judged: bool = False) -> list[m.Carrying]:
        """Those of an article (None: of all) that nobody has judged, or with `judged` all: what waits first, then what
        was lost, then what moved with a flag, each in the order of the old text."""
        query = select(carryings).join_from(carryings, annotations)
        if article_id is not None:
            query = query.where(annotations.c.article_id == article_id)
        if not judged:
            query = query.where(carryings.c.fate == Fate.OPEN)
        found = [rows.carrying(row) for row in self._rows(query.order_by(carryings.c.id))]
        return sorted(found, key=lambda one: (_ORDER[one.outcome], one.old_spans[0].start, one.annotation_id))

    def carrying(self, carrying_id: int) -> m.Carrying | None:
        row = self._first(select(carryings).where(carryings.c.id == carrying_id))
        return None if row is None else rows.carrying(row)

    def carrying_of(self, annotation_id: int) -> m.Carrying | None:
        """What waits to be judged of an annotation."""
        waiting = (carryings.c.annotation_id == annotation_id) & (carryings.c.fate == Fate.OPEN)
        row = self._first(select(carryings).where(waiting).order_by(carryings.c.id.desc()))
        return None if row is None else rows.carrying(row)

    def is_in_newest_text(self, annotation_id: int) -> bool:
        """Whether an annotation counts its places in the newest text of its article, as an orphan of it, too."""
        query = select(annotations.c.text_id == NEWEST_TEXT).join_from(annotations, articles)
        return bool(self.connection.scalar(query.where(annotations.c.id == annotation_id)))


_ORDER = {CarryOutcome.REVIEW: 0, CarryOutcome.LOST: 1, CarryOutcome.CHANGED: 2}
