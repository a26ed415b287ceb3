"""The form of a claim, under the four questions of the trade."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from annotate.model import Annotation, Claim
from annotate.vocabulary import ClaimType, Credibility, Finding, Kind, Mode, Progress, Stance
from ui.inspector.attributions import AttributionsSection
from ui.inspector.checks import ChecksSection
from ui.inspector.events import EventSection
from ui.inspector.fields import ChoiceBox, TextBox, TextLine
from ui.inspector.form import AnnotationForm, add_dated_rows
from ui.inspector.grade import GradeLine
from ui.inspector.layout import Heading, Said
from ui.inspector.occasions import OccasionsRow
from ui.inspector.readings import show_date
from ui.inspector.segmented import Segmented
from ui.inspector.ties import ElsewhereSection, NestingRow
from ui.keys import Keys
from ui.session import Session
from ui.theme import Theme

_SAYS_SO = (Stance.ASSERTS, Stance.CONFIRMS)


class ClaimForm(AnnotationForm):
    """Who says so, what it holds, how good it is, tags and note."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self._who_says_so()
        self._what_it_holds()
        self._how_good_it_is()
        self.sections = (self.attributions, self.event, self.checks)
        self.add_tags_and_note()
        self._more()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for part in (self.attributions, self.figures, self.elsewhere):
            part.theme = theme

    def related(self) -> frozenset[int]:
        return self.figures.related | self.elsewhere.related

    def name_keys(self, keys: Keys) -> None:
        super().name_keys(keys)
        self.attributions.chips.add.show_key(keys.shown("attribute"))

    def show_record(self, annotation: Annotation) -> None:
        claim = annotation.claim
        self.attributions.show_annotation(annotation)
        self.figures.show_annotation(annotation)
        self.event.show_event(claim.event_id)
        self.occasions.show_annotation(annotation)
        self.checks.show_annotation(annotation)
        self.elsewhere.show_annotation(annotation)
        self._show_grade(annotation)
        signed = claim.progress is Progress.SIGNED_OFF and claim.signed_off_at is not None
        self._good.show_row(self.signed_off, signed)
        if signed and claim.signed_off_at is not None:
            on = show_date(claim.signed_off_at.astimezone().date())
            self.signed_off.say(f"{claim.signed_off_by or 'unnamed'}, {on}")

    def _who_says_so(self) -> None:
        self.column.addWidget(Heading("Who says so"))
        self.attributions = AttributionsSection(self.session, self.theme)
        self.attributions.source_wanted.connect(self.source_wanted)
        self.attributions.outlet_wanted.connect(self.outlet_wanted)
        self.column.addWidget(self.attributions)
        fields = self.group()
        self.mode = self.record_field("mode", ChoiceBox(tuple(Mode)))
        fields.row("Mode", self.mode, tip="How the claim is given in the text")

    def _what_it_holds(self) -> None:
        fields = self.group("What it holds")
        self.plain_words = self.record_field("plain_words", TextBox("The claim in one sentence"))
        self.figures = NestingRow(self.session, self.theme, Kind.FIGURE)
        self.type = self.record_field("type", ChoiceBox(tuple(ClaimType)))
        self.event = EventSection(self.session, lambda: self.shown_id)
        self.place = self.record_field("place", TextLine())
        self.occasions = OccasionsRow(self.session)
        fields.row("In plain words", self.plain_words)
        fields.row("Figures", self.figures)
        fields.row("Type", self.type)
        fields.wide(self.event)
        fields.row("Place", self.place)
        fields.wide(self.occasions)

    def _how_good_it_is(self) -> None:
        fields = self._good = self.group("How good it is")
        self.credibility = self.record_field(
            "credibility", Segmented(tuple(Credibility), may_be_empty=True, with_meaning=True)
        )
        self.grade = GradeLine()
        self.progress = ChoiceBox(tuple(Progress), empty=None)
        self.bindings.add(self.progress, lambda annotation: annotation.claim.progress, self._write_progress)
        self.signed_off = Said()
        self.finding = self.record_field("finding", ChoiceBox(tuple(Finding)))
        self.checks = ChecksSection(self.session)
        self.elsewhere = ElsewhereSection(self.session, self.theme)
        fields.row("Credibility", self.credibility)
        fields.row("Grade", self.grade)
        fields.row("Progress", self.progress)
        fields.row("Signed off", self.signed_off, name="Signed off by")
        fields.row("Finding", self.finding, tip="What the checks have shown so far")
        fields.wide(self.checks, name="Checks")
        fields.row("Elsewhere", self.elsewhere)

    def _more(self) -> None:
        fields = self.more.fields
        self.translation = self.record_field("translation", TextBox(lines=1))
        self.translated_by = self.record_field("translated_by", TextLine())
        fields.row("Translation", self.translation)
        fields.row("by", self.translated_by, name="Translated by")
        self.happened = add_dated_rows(
            fields,
            self.bindings,
            "Happened",
            lambda annotation: annotation.claim.happened,
            lambda dated, step: self.write_record(step, happened=dated),
            until=True,
        )
        self.said = add_dated_rows(
            fields,
            self.bindings,
            "Said",
            lambda annotation: annotation.claim.said,
            lambda dated, step: self.write_record(step, said=dated),
        )
        self.add_custody()

    def _write_progress(self, progress: Any, step: int | None) -> bool:
        signed = progress is Progress.SIGNED_OFF
        return self.write_record(
            step,
            progress=progress,
            signed_off_by=self.session.analyst if signed else None,
            signed_off_at=datetime.now(UTC) if signed else None,
        )

    def _show_grade(self, annotation: Annotation) -> None:
        read = self.session.read
        claim: Claim = annotation.claim
        sayers = [a.source_id for a in read.attributions([annotation.id]) if a.stance in _SAYS_SO]
        source = read.source(sayers[0]) if sayers else None
        alone = len(read.analysts()) == 1
        self.grade.show_grades(source, claim.credibility, by="you" if alone else "hand")
