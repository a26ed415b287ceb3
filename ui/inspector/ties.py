"""Ties of an annotation to others: the figures a claim states, the claims it bears on."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from annotate import commands
from annotate.figures import format_amount
from annotate.model import Annotation, Link
from annotate.summaries import OtherClaim
from annotate.vocabulary import Kind, Relation
from ui.inspector.chips import ChipLook, ChipRow
from ui.inspector.picker import Entry, Picker, pick
from ui.session import Session
from ui.theme import Theme

_LONGEST = 60

_CLAIMS_WIDTH = 520
"""Pixels of a list of claims, wide enough for an outlet and the beginning of a sentence."""


def short_words(annotation: Annotation) -> str:
    """What a chip says of an annotation: a figure's amount, else the beginning of its words."""
    amount = format_amount(annotation.figure) if annotation.kind is Kind.FIGURE else ""
    words = amount or " ".join(annotation.words.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def look_of(annotation: Annotation, theme: Theme, remove_tip: str = "") -> ChipLook:
    tip = f"{annotation.label}: {' '.join(annotation.words.split())[:200]}"
    return ChipLook(annotation.id, short_words(annotation), theme.ink(annotation.kind), tip, remove_tip)


class NestingRow(ChipRow):
    """The figures a claim contains, or the claims a figure stands in."""

    def __init__(self, session: Session, theme: Theme, other: Kind, parent: QWidget | None = None) -> None:
        super().__init__(f"Add a {other.label.lower()} of this article", f"+ {other.label.lower()}", parent)
        self._session = session
        self.theme = theme
        self._other = other
        self._annotation: Annotation | None = None
        self.related: frozenset[int] = frozenset()
        self.opened.connect(session.select)
        self.removed.connect(self._cut)
        self.adding.connect(self.open_picker)

    def show_annotation(self, annotation: Annotation) -> None:
        self._annotation = annotation
        read = self._session.read
        tied = read.figures_in(annotation.id) if self._other is Kind.FIGURE else read.claims_with(annotation.id)
        self.related = frozenset(tied)
        remove = "Not part of this claim" if self._other is Kind.FIGURE else "Not part of that claim"
        self.show_chips([look_of(other, self.theme, remove) for other in read.annotations(tied)])

    def open_picker(self) -> Picker:
        return pick(
            self.add,
            entries_of(self._session, self._other, self.theme, but=self.related),
            self._tie,
            placeholder=f"{self._other.label} of this article",
        )

    def _tie(self, other_id: object) -> None:
        pair = self._pair(other_id)
        if pair is not None:
            self._session.run(commands.link, *pair, Relation.CONTAINS)

    def _cut(self, other_id: object) -> None:
        pair = self._pair(other_id)
        if pair is not None:
            self._session.run(commands.unlink_pair, *pair, Relation.CONTAINS)

    def _pair(self, other_id: object) -> tuple[int, int] | None:
        if self._annotation is None:
            return None
        other = cast(int, other_id)
        return (self._annotation.id, other) if self._other is Kind.FIGURE else (other, self._annotation.id)


def entries_of(session: Session, kind: Kind, theme: Theme, *, but: frozenset[int]) -> list[Entry]:
    """The annotations of a kind in the shown article, for a picker."""
    ids = [] if session.article_id is None else session.read.annotation_ids(session.article_id)
    found = session.read.annotations([i for i in ids if i not in but])
    return [
        Entry(other.id, f"{short_words(other)}  {other.label}", other.words[:300], ink=theme.ink(kind))
        for other in found
        if other.kind is kind
    ]


_FORWARD = {
    Relation.CONTRADICTS: "contradicts",
    Relation.CORROBORATES: "corroborates",
    Relation.REPEATS: "repeats",
    Relation.UPDATES: "updates",
}
_BACKWARD = {
    Relation.CONTRADICTS: "contradicted by",
    Relation.CORROBORATES: "corroborated by",
    Relation.REPEATS: "repeated by",
    Relation.UPDATES: "updated by",
}


class ElsewhereSection(QWidget):
    """How a claim bears on other claims."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.theme = theme
        self._annotation: Annotation | None = None
        self._links: dict[int, Link] = {}
        self.related: frozenset[int] = frozenset()
        self.chips = ChipRow("Say how it bears on another claim", "+ claim")
        self.chips.opened.connect(self._go)
        self.chips.removed.connect(lambda key: session.run(commands.unlink, cast(int, key)))
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        for relation, words in _FORWARD.items():
            action = self.menu.addAction(f"This claim {words} …")
            action.setToolTip(relation.meaning)
            action.triggered.connect(lambda _checked=False, relation=relation: self.open_picker(relation))
        self.chips.adding.connect(self._ask_how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chips)

    def show_annotation(self, annotation: Annotation) -> None:
        self._annotation = annotation
        there = self._session.read.links([annotation.id], with_bin=False)
        links = [link for link in there if link.relation in _FORWARD]
        self._links = {link.id: link for link in links}
        others = {other.id: other for other in self._session.read.annotations([self._other(link) for link in links])}
        self.related = frozenset(others)
        self.chips.show_chips([self._look(link, others[self._other(link)]) for link in links])

    def open_picker(self, relation: Relation) -> Picker:
        """Choose the claim, of this article or any other, that the shown one bears on."""
        this = self._annotation
        others = [] if this is None else self._session.read.other_claims(this.id)

        def tie(other_id: object) -> None:
            if self._annotation is not None:
                self._session.run(commands.link, self._annotation.id, cast(int, other_id), relation)

        placeholder = f"Claim that this one {_FORWARD[relation]}"
        entries = [self._entry(other) for other in others]
        return pick(self.chips.add, entries, tie, placeholder=placeholder, width=_CLAIMS_WIDTH)

    def _entry(self, other: OtherClaim) -> Entry:
        said = " ".join((other.plain_words or other.words).split())
        words = f"{other.label}  {said}" if other.is_here else f"{other.label}  {other.outlet or other.article}: {said}"
        return Entry(other.id, words, f"{other.words} · {other.article}", ink=self.theme.ink(Kind.CLAIM))

    def _ask_how(self) -> None:
        self.menu.popup(self.chips.add.mapToGlobal(QPoint(0, self.chips.add.height() + 2)))

    def _look(self, link: Link, other: Annotation) -> ChipLook:
        forward = self._annotation is not None and link.from_id == self._annotation.id
        words = (_FORWARD if forward else _BACKWARD)[link.relation]
        tip = f"{other.label}: {' '.join(other.words.split())[:200]}"
        ink = self.theme.ink(Kind.CLAIM)
        return ChipLook(link.id, f"{words} {other.label} · {short_words(other)}", ink, tip, "Remove this link")

    def _other(self, link: Link) -> int:
        this = None if self._annotation is None else self._annotation.id
        return link.to_id if link.from_id == this else link.from_id

    def _go(self, link_id: object) -> None:
        link = self._links.get(cast(int, link_id))
        if link is not None:
            self._session.select(self._other(link))
