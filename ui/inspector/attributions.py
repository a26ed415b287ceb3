"""Who says so: the sources a claim is attributed to, those the sentence offers, and how each of them says it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotate import commands
from annotate.model import Annotation, Attribution, Source
from annotate.names import name_key
from annotate.vocabulary import AttributionBasis, Kind, Mode, Stance
from ui.bylines import joined
from ui.inspector.binding import Bindings, done
from ui.inspector.chips import ChipLook, ChipRow
from ui.inspector.fields import ChoiceBox, TextLine
from ui.inspector.layout import Fields, LinkButton, Words
from ui.inspector.picker import Entry, Picker, pick
from ui.session import Session
from ui.theme import Theme

_LONGEST_NAME = 32
"""Letters of a name over the details of its attribution; the chip's tip has all of them."""


def source_entries(session: Session, article_id: int | None, *, but: frozenset[int] = frozenset()) -> list[Entry]:
    """The register for a picker; unnamed sources of other articles are other people and left out."""
    return [
        Entry(source.id, source.name, " ".join((*source.aliases, source.affiliation)))
        for source in session.read.sources()
        if source.id not in but and source.article_id in (None, article_id)
    ]


def tell_added(session: Session, name: str) -> None:
    """Say that a register entry was made, since half a word and Enter make one as well."""
    session.tell_undoable(f"“{name}” added to the register.")


class AttributionDetail(QWidget):
    """How one source says so."""

    source_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._attribution: Attribution | None = None
        self._bindings = Bindings(session, self)
        self.name = Words(kind="title")
        self.name.setContentsMargins(0, 4, 0, 0)
        self.stance = ChoiceBox(tuple(Stance), empty=None)
        self.verb = TextLine(placeholder="said, claimed, denied …")
        self.via = ChipRow("Say through whom it came", "+ source")
        self.basis = ChoiceBox(tuple(AttributionBasis), empty=None)
        fields = Fields()
        fields.wide(self.name)
        fields.row("Via", self.via, tip="The outlet or source it came through")
        fields.row("Stance", self.stance, tip="What the source does with the claim")
        fields.row("Verb", self.verb, tip="As the article writes it")
        fields.row("Basis", self.basis, tip="Whether the text says whose claim it is")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields)
        for name in ("stance", "verb", "basis"):
            self._bindings.add(getattr(self, name), _getter(name), self._writer(name))
        self.via.adding.connect(self.pick_via)
        self.via.opened.connect(self.source_wanted)
        self.via.removed.connect(lambda _source: self._write("via_id", None, None))

    def show_attribution(self, attribution: Attribution, source: Source, theme: Theme, *, named: bool) -> None:
        self._attribution = attribution
        self.name.setText(source.name if len(source.name) <= _LONGEST_NAME else f"{source.name[: _LONGEST_NAME - 1]}…")
        self.name.setVisible(named)
        self._bindings.show(attribution)
        via = None if attribution.via_id is None else self._session.read.source(attribution.via_id)
        chips = [] if via is None else [ChipLook(via.id, via.name, theme.source, "Open its entry", "Not through it")]
        self.via.show_chips(chips)
        self.via.set_adding(via is None)

    def commit(self) -> None:
        self._bindings.commit()

    def forget(self) -> None:
        self._bindings.forget()

    def pick_via(self) -> Picker:
        but = frozenset() if self._attribution is None else frozenset({self._attribution.source_id})
        entries = source_entries(self._session, self._session.article_id, but=but)
        return pick(
            self.via.add,
            entries,
            lambda source_id: self._write("via_id", source_id, None),
            self._via_new,
            placeholder="Source or outlet it came through",
        )

    def _via_new(self, name: str) -> None:
        source_id = self._session.run(commands.add_source, name)
        if source_id is not None:
            self._write("via_id", source_id, self._session.project.last_step_id)
            tell_added(self._session, name)

    def _writer(self, name: str) -> Any:
        return lambda value, step: self._write(name, value, step)

    def _write(self, name: str, value: object, step: int | None) -> bool:
        if self._attribution is None:
            return False
        self._attribution = replace(self._attribution, **{name: value})
        return done(self._session, commands.edit_attribution, self._attribution.id, join=step, **{name: value})


def _getter(name: str) -> Any:
    return lambda record: getattr(record, name)


class AttributionsSection(QWidget):
    """The attributions of one claim, or of a figure that stands alone."""

    source_wanted = Signal(object)
    """Id of the register entry to show."""
    outlet_wanted = Signal()
    """The article's outlet should be named."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.theme = theme
        self._annotation: Annotation | None = None
        self._offers: list[commands.OfferedSpeaker] = []
        self.details: dict[int, AttributionDetail] = {}
        self.chips = ChipRow("Attribute to a source", "+ source")
        self.chips.opened.connect(self._open_source)
        self.chips.removed.connect(lambda key: self._session.run(commands.remove_attribution, cast(int, key)))
        self.chips.taken.connect(self._take)
        self.chips.adding.connect(self.open_picker)
        self.voice = Words("The outlet’s own voice, and the article’s outlet is not known.", "secondary")
        self.name_outlet = LinkButton("Name the outlet")
        self.name_outlet.clicked.connect(self.outlet_wanted)
        fields = Fields()
        fields.row("Attributed to", self.chips)
        fields.row("", self.voice, name="Own voice")
        fields.row("", self.name_outlet, name="Name the outlet")
        self._fields = fields
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(fields)

    def show_annotation(self, annotation: Annotation) -> None:
        self._annotation = annotation
        read = self._session.read
        said = [(a, source) for a in read.attributions([annotation.id]) if (source := read.source(a.source_id))]
        self._offers = []
        if annotation.kind is Kind.CLAIM:
            self._offers = self._session.run(commands.offered_speakers, annotation.id) or []
        self.chips.show_chips([*(self._look(a, s) for a, s in said), *map(self._offer_look, range(len(self._offers)))])
        self._show_details(said)
        article = read.article(annotation.article_id)
        voice = annotation.kind is Kind.CLAIM and annotation.claim.mode is Mode.VOICE
        nameless = voice and not said and article is not None and not article.outlet
        self._fields.show_row(self.voice, nameless)
        self._fields.show_row(self.name_outlet, nameless)

    def set_locked(self, locked: bool) -> None:
        """Whoever says so is not named from here."""
        self.name_outlet.setVisible(not locked and not self.voice.isHidden())

    def commit(self) -> None:
        for detail in self.details.values():
            detail.commit()

    def forget(self) -> None:
        for detail in self.details.values():
            detail.forget()

    def open_picker(self) -> Picker:
        """Choose a source by its name, or make one."""
        return pick(self.chips.add, self._entries(), self._attribute, self._attribute_new, placeholder="Who says so")

    def _entries(self) -> list[Entry]:
        """Those the sentence names, those marked in the article and not registered, and the register."""
        if self._annotation is None:
            return []
        mentions = self._session.run(commands.offered_mentions, self._annotation.id) or []
        speakers = [offer.name for offer in self._offers]
        entries = [
            Entry(("offer", at), name, self._offers[at].span.exact, "in this sentence")
            for at, name in enumerate(speakers)
        ]
        known = {name_key(name) for name in speakers}
        entries += [
            Entry(("mention", mention_id), name, note="in this article")
            for mention_id, name in mentions
            if name_key(name) not in known
        ]
        here = self._session.read.sources_in(self._annotation.article_id)
        register = [
            replace(entry, note="in this article") if entry.key in here else entry
            for entry in source_entries(self._session, self._annotation.article_id)
        ]
        named = Counter(name_key(entry.words) for entry in register)
        offered = {name_key(entry.words) for entry in entries}
        return entries + [
            entry for entry in register if name_key(entry.words) not in offered or named[name_key(entry.words)] > 1
        ]

    def _look(self, attribution: Attribution, source: Source) -> ChipLook:
        words = source.name
        if attribution.stance not in (Stance.ASSERTS, Stance.CONFIRMS):
            words = joined(source.name, attribution.stance.label)
        tip = f"{source.name} {attribution.verb or attribution.stance.label}. Click to open its entry in the register."
        return ChipLook(attribution.id, words, self.theme.source, tip, f"No longer attribute it to “{source.name}”")

    def _offer_look(self, position: int) -> ChipLook:
        offer = self._offers[position]
        verb = offer.verb or offer.stance.label
        via = f" via {offer.via_name}" if offer.via_name else ""
        tip = f"Attribute to “{offer.name}”{via}, as the sentence says"
        return ChipLook(("offer", position), f"+ {offer.name} · {verb}", "", tip, offered=True)

    def _show_details(self, said: list[tuple[Attribution, Source]]) -> None:
        kept = {attribution.id for attribution, _source in said}
        for attribution_id in [i for i in self.details if i not in kept]:
            detail = self.details.pop(attribution_id)
            self._column.removeWidget(detail)
            detail.hide()
            detail.deleteLater()
        for position, (attribution, source) in enumerate(said):
            detail = self.details.get(attribution.id)
            if detail is None:
                detail = self.details[attribution.id] = AttributionDetail(self._session, self)
                detail.source_wanted.connect(self.source_wanted)
                self._column.insertWidget(1 + position, detail)
                detail.show()
            detail.show_attribution(attribution, source, self.theme, named=len(said) > 1)

    def _open_source(self, attribution_id: object) -> None:
        for attribution in self._session.read.attributions([cast(Annotation, self._annotation).id]):
            if attribution.id == attribution_id:
                self.source_wanted.emit(attribution.source_id)

    def _take(self, key: object) -> None:
        position = cast(tuple[str, int], key)[1]
        if self._annotation is not None and position < len(self._offers):
            self._session.run(commands.take_offer, self._annotation.id, self._offers[position])

    def _attribute(self, key: object) -> None:
        match key:
            case ("offer", _):
                self._take(key)
            case ("mention", int(mention_id)):
                source_id = self._session.run(commands.register_mention, mention_id)
                self._attribute_to(source_id, self._session.project.last_step_id, mention_id)
            case int(source_id):
                self._attribute_to(source_id)

    def _attribute_to(self, source_id: int | None, step: int | None = None, mention_id: int | None = None) -> None:
        if self._annotation is not None and source_id is not None:
            self._session.run(commands.attribute, self._annotation.id, source_id, mention_id=mention_id, join=step)

    def _attribute_new(self, name: str) -> None:
        source_id = self._session.run(commands.add_source, name)
        if source_id is not None:
            self._attribute_to(source_id, self._session.project.last_step_id)
            tell_added(self._session, name)
