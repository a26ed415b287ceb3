"""The form of a figure: only the numbers its bound states, and what they count."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotate.figures import format_amount
from annotate.model import Annotation
from annotate.vocabulary import Bound, FigureKind, Kind, Measure
from ui.inspector.attributions import AttributionsSection
from ui.inspector.checks import ChecksSection
from ui.inspector.events import EventSection
from ui.inspector.fields import ChoiceBox, TextLine
from ui.inspector.form import AnnotationForm, add_dated_rows
from ui.inspector.layout import Heading, Words
from ui.inspector.readings import NUMBER
from ui.inspector.ties import NestingRow
from ui.keys import Keys
from ui.session import Session
from ui.theme import Theme

AMOUNT_FIELDS: dict[Bound | None, tuple[str, ...]] = {
    None: ("value",),
    Bound.EXACT: ("value",),
    Bound.APPROX: ("value",),
    Bound.MIN: ("value",),
    Bound.MAX: ("value",),
    Bound.RANGE: ("low", "high"),
    Bound.VAGUE: ("low",),
}
"""The numbers a bound has to be typed; the low of a minimum and the high of a maximum follow from its value."""

_LABELS = {"value": "Value", "low": "Low", "high": "High"}


class FigureForm(AnnotationForm):
    """What it holds comes first: a figure is its number."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self._what_it_holds()
        self._who_says_so()
        self.column.addWidget(Heading("How good it is"))
        fields = self.group()
        self.checks = ChecksSection(session)
        fields.wide(self.checks, name="Checks")
        self.sections = (self.event, self.attributions, self.checks)
        self.add_tags_and_note()
        self.as_of = add_dated_rows(
            self.more.fields,
            self.bindings,
            "As of",
            lambda annotation: annotation.figure.as_of,
            lambda dated, step: self.write_record(step, as_of=dated),
        )
        self.add_custody()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in (self.attributions, self.claims):
            part.theme = theme

    def related(self) -> frozenset[int]:
        return self.claims.related

    def name_keys(self, keys: Keys) -> None:
        super().name_keys(keys)
        self.attributions.chips.add.show_key(keys.shown("attribute"))

    def show_record(self, annotation: Annotation) -> None:
        figure = annotation.figure
        for name, field in self.numbers.items():
            self._holds.show_row(field, name in AMOUNT_FIELDS[figure.bound])
        vague = figure.bound is Bound.VAGUE and figure.inferred
        self._holds.set_label(self.numbers["low"], "Low, inferred" if vague else "Low")
        self.amount.setText(format_amount(figure) or "no amount yet")
        self.event.show_event(figure.event_id)
        self.claims.show_annotation(annotation)
        self.checks.show_annotation(annotation)
        alone = not self.claims.related or bool(self.session.read.attributions([annotation.id]))
        self.attributions.setVisible(alone)
        self.through_claims.setVisible(not alone)
        if alone:
            self.attributions.show_annotation(annotation)
        names = self.session.read.speakers([annotation.id]).get(annotation.id)
        said = f"Through its claims: {'; '.join(names)}." if names else "Through its claims, which name nobody yet."
        self.through_claims.setText(said)

    def _what_it_holds(self) -> None:
        fields = self._holds = self.group("What it holds")
        self.amount = Words(kind="title")
        fields.row("Reads as", self.amount)
        self.numbers = {name: self.record_field(name, TextLine(NUMBER)) for name in _LABELS}
        for name, field in self.numbers.items():
            fields.row(_LABELS[name], field)
        self.bound = self.record_field("bound", ChoiceBox(tuple(Bound)))
        self.counted = self.record_field("counted", TextLine(placeholder="civilians, homes …"))
        self.unit = self.record_field("unit", TextLine(placeholder="km, USD, %"))
        self.qualifier = self.record_field("qualifier", TextLine(placeholder="as many as …"))
        self.kind = self.record_field("kind", ChoiceBox(tuple(FigureKind)))
        self.measure = self.record_field("measure", ChoiceBox(tuple(Measure)))
        self.event = EventSection(self.session, lambda: self.shown_id)
        fields.row("Bound", self.bound, tip="What the words say about the number")
        fields.row("Counted", self.counted, tip="The noun that is counted")
        fields.row("Unit", self.unit, tip="A measure or currency; empty for counts")
        fields.row("Qualifier", self.qualifier, tip="As written: “as many as”, “nearly”")
        fields.row("Kind", self.kind)
        fields.row("Measure", self.measure, tip="What it measures over time")
        fields.wide(self.event)

    def _who_says_so(self) -> None:
        fields = self.group("Who says so")
        self.claims = NestingRow(self.session, self.theme, Kind.CLAIM)
        fields.row("In claims", self.claims)
        self.through_claims = Words("", "secondary")
        fields.wide(self.through_claims)
        self.attributions = AttributionsSection(self.session, self.theme)
        self.attributions.source_wanted.connect(self.source_wanted)
        self.attributions.outlet_wanted.connect(self.outlet_wanted)
        self.column.addWidget(self.attributions)
