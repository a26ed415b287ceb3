"""Questions about suggestions: what waits for a judgement, what was judged, and how far a text has come."""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import String, bindparam, func, select, type_coerce

from annotate import model as m
from annotate.store import rows
from annotate.store.queries.base import Queries
from annotate.store.schema import suggestions, texts
from annotate.vocabulary import Fate, Kind


class SuggestionQueries(Queries):
    def suggestions(self, text_id: int) -> list[m.Suggestion]:
        """Suggestions for a text that wait for a judgement, in the order of the text."""
        waiting = (suggestions.c.text_id == text_id) & (suggestions.c.fate == Fate.OPEN)
        found = [rows.suggestion(row) for row in self._rows(select(suggestions).where(waiting))]
        return sorted(found, key=lambda one: one.place)

    def suggestion(self, suggestion_id: int) -> m.Suggestion | None:
        """A suggestion, judged or not."""
        row = self._first(select(suggestions).where(suggestions.c.id == suggestion_id))
        return None if row is None else rows.suggestion(row)

    def open_suggestions(self, suggestion_ids: Collection[int], text_id: int) -> list[m.Suggestion]:
        """Those of some suggestions that wait for a judgement in a text."""
        waiting = (suggestions.c.text_id == text_id) & (suggestions.c.fate == Fate.OPEN)
        query = select(suggestions).where(waiting)
        return [rows.suggestion(row) for row in self._rows_by(query, suggestions.c.id, suggestion_ids)]

    def judged_suggestions(self, article_id: int) -> list[m.Suggestion]:
        """Suggestions for any text of an article that were accepted or rejected."""
        judged = select(suggestions).join_from(suggestions, texts)
        judged = judged.where(texts.c.article_id == article_id, suggestions.c.fate != Fate.OPEN)
        return [rows.suggestion(row) for row in self._rows(judged.order_by(suggestions.c.id))]

    def suggestion_on(self, text_id: int, kind: Kind, spans: Iterable[m.Span]) -> int | None:
        """The suggestion that waits on exactly these words of a text."""
        words = json.dumps([[span.start, span.end] for span in spans])
        return self.connection.scalar(_ON_WORDS, {"text": text_id, "of": kind, "words": words})

    def suggestions_judged(self, text_id: int) -> tuple[int, int]:
        """How many suggestions for a text were judged, and how many there are."""
        query = select(suggestions.c.fate, func.count()).where(suggestions.c.text_id == text_id)
        counts = {fate: int(count) for fate, count in self.connection.execute(query.group_by(suggestions.c.fate))}
        total = sum(counts.values())
        return total - counts.get(Fate.OPEN, 0), total

    def judged_by_rule(self) -> dict[tuple[Kind, str], tuple[int, int]]:
        """How many suggestions of each rule for each kind were accepted and rejected in the project."""
        counted = select(suggestions.c.kind, suggestions.c.rule, suggestions.c.fate, func.count())
        counted = counted.where(suggestions.c.fate != Fate.OPEN)
        counts: dict[tuple[Kind, str], tuple[int, int]] = {}
        grouped = counted.group_by(suggestions.c.kind, suggestions.c.rule, suggestions.c.fate)
        for kind, rule, fate, count in self.connection.execute(grouped):
            accepted, rejected = counts.get((kind, rule), (0, 0))
            is_accepted = fate == Fate.ACCEPTED
            counts[kind, rule] = (accepted + count * is_accepted, rejected + count * (not is_accepted))
        return counts

    def has_suggestions_by(self, text_id: int, engine: str, version: str) -> bool:
        """Whether a text has suggestions of this engine in this version."""
        made = (suggestions.c.engine == engine) & (suggestions.c.engine_version == version)
        found = select(suggestions.c.id).where(suggestions.c.text_id == text_id, made).limit(1)
        return self.connection.scalar(found) is not None


_ON_WORDS = select(suggestions.c.id).where(
    suggestions.c.text_id == bindparam("text"),
    suggestions.c.fate == Fate.OPEN,
    suggestions.c.kind == bindparam("of"),
    type_coerce(suggestions.c.spans, String) == bindparam("words"),
)
"""Asked at every mark, and so built once."""
