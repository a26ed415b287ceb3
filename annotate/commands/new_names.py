"""Names that the project did not know, made once each and there for all that name them."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.commands.codebook import COLOURS, KEYS
from annotate.commands.sources import insert_source
from annotate.model import DatedWords
from annotate.names import name_key
from annotate.project import Project
from annotate.store import schema as t
from annotate.store.journal import Transaction
from annotate.store.rows import dated_columns
from annotate.vocabulary import SourceType

Named = int | str
"""A row id, or the name of what is to be made."""


class NewNames:
    """Ids of sources, tags and events by name, inside one transaction."""

    def __init__(self, project: Project, transaction: Transaction) -> None:
        self._project, self._transaction = project, transaction
        self._kept: dict[tuple[str, str], int] = {}
        self._new: dict[tuple[str, str], int] = {}

    def keep(self) -> None:
        """What was made since the last time stays."""
        self._kept |= self._new
        self._new = {}

    def forget(self) -> None:
        """What was made since the last time was taken back."""
        self._new = {}

    def source(self, named: Named) -> int:
        if isinstance(named, int):
            return named
        key = "source", name_key(named) or named
        if (known := self._known(key)) is None:
            known = self._new[key] = insert_source(self._transaction, named, SourceType.UNSPECIFIED)
        return known

    def sources(self, named: Iterable[Named]) -> list[int]:
        return list(dict.fromkeys(self.source(one) for one in named))

    def tag(self, named: Named, *, parent_id: int | None = None, meaning: str = "") -> int:
        """The tag; a new one gets the next free colour and key, as one made in the window does."""
        if isinstance(named, int):
            return named
        key = "tag", named.casefold()
        if (known := self._known(key)) is None:
            tags = self._project.read.tags()
            known = self._new[key] = self._transaction.insert(
                t.tags,
                name=named,
                parent_id=parent_id,
                colour=COLOURS[len(tags) % len(COLOURS)],
                key=next((free for free in KEYS if all(tag.key != free for tag in tags)), None),
                meaning=meaning,
                position=1 + max((tag.position for tag in tags), default=0),
            )
        return known

    def event(self, named: Named | None) -> int | None:
        if named is None or isinstance(named, int):
            return named
        key = "event", named.casefold()
        if (known := self._known(key)) is None:
            columns = dated_columns("happened", DatedWords())
            known = self._new[key] = self._transaction.insert(t.events, name=named, place="", **columns)
        return known

    def _known(self, key: tuple[str, str]) -> int | None:
        return self._kept.get(key, self._new.get(key))
