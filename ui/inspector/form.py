"""What the forms of claims, figures and source mentions have in common: the quote, tags, note, and how they refresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotate import commands
from annotate.model import Annotation, DatedWords
from annotate.store.changes import Changes
from annotate.vocabulary import DateBasis, Handling, Precision
from ui.inspector.binding import Bindings, Field, done
from ui.inspector.fields import ChoiceBox, DateLine, TextBox, TextLine
from ui.inspector.layout import MARGIN, Fields, Fold, Heading, Said
from ui.inspector.quote import Quote
from ui.inspector.readings import OPTIONAL, show_date
from ui.inspector.tagging import TagsRow
from ui.keys import Keys
from ui.session import Session
from ui.theme import Theme


class Form(QWidget):
    """A column of groups about one record."""

    source_wanted = Signal(object)
    """Id of the register entry to show."""
    annotation_wanted = Signal(object)
    """Id of an annotation to go to, perhaps the selected one."""
    outlet_wanted = Signal()
    """The article's form should be shown, at its outlet."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = theme
        self.shown_id: int | None = None
        self.bindings = Bindings(session, self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        self.column.setSpacing(6)

    def group(self, heading: str = "") -> Fields:
        """Begin a group of fields under a heading."""
        if heading:
            self.column.addWidget(Heading(heading))
        fields = Fields()
        self.column.addWidget(fields)
        return fields

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def commit(self) -> None:
        """Write what was typed and still rests."""
        self.bindings.commit()

    def forget(self) -> None:
        """Drop what was typed: another record will be shown."""
        self.bindings.forget()

    def concerns(self, changes: Changes) -> bool:
        """Whether a change touches what this form shows."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the record as it is now."""
        raise NotImplementedError


class Section(Protocol):
    """A part of a form with fields or an editor of its own."""

    def commit(self) -> None: ...
    def forget(self) -> None: ...


class AnnotationForm(Form):
    """The form of an annotation; `shown_id` is the annotation's."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.quote = Quote()
        self.quote.span_removed.connect(self._remove_span)
        self.column.addWidget(self.quote)
        self.tags = TagsRow(session)
        self.note = TextBox("Note", lines=2)
        self.handling = ChoiceBox(tuple(Handling), empty=None)
        self.origin, self.made, self.changed = Said(), Said(), Said()
        self.more = Fold()
        self.sections: tuple[Section, ...] = ()

    def name_keys(self, keys: Keys) -> None:
        """Show beside what adds or takes something the keys that do the same."""
        self.tags.add.show_key(keys.shown("tag"))

    def commit(self) -> None:
        super().commit()
        for section in self.sections:
            section.commit()

    def forget(self) -> None:
        super().forget()
        for section in self.sections:
            section.forget()

    def show_annotation(self, annotation: Annotation) -> None:
        if annotation.id != self.shown_id:
            self.forget()
            self.shown_id = annotation.id
        self.quote.show_annotation(annotation, self.theme)
        self.bindings.show(annotation)
        self.tags.show_annotation(annotation)
        self._tell_custody(annotation)
        self.show_record(annotation)

    def show_record(self, annotation: Annotation) -> None:
        """Show what the bindings do not."""

    def refresh(self) -> None:
        annotation = None if self.shown_id is None else self.session.read.annotation(self.shown_id)
        if annotation is not None:
            self.show_annotation(annotation)

    def related(self) -> frozenset[int]:
        """Other annotations whose words or amounts stand in the form."""
        return frozenset()

    def concerns(self, changes: Changes) -> bool:
        return (
            self.shown_id in changes.annotations
            or bool(self.related() & changes.annotations)
            or self.session.article_id in changes.ids("articles")
            or changes.touches("sources", "tags", "events", "attributions", "mentions")
        )

    def record_field(self, name: str, field: Field) -> Any:
        """Tie a field to the record's field of that name; returns the field."""
        self.bindings.add(field, lambda annotation: getattr(annotation.record, name), self.record_writer(name))
        return field

    def record_writer(self, name: str) -> Callable[[Any, int | None], bool]:
        def write(value: Any, step: int | None) -> bool:
            return self.write_record(step, **{name: value})

        return write

    def write_record(self, step: int | None, **fields: Any) -> bool:
        if self.shown_id is None:
            return False
        return done(self.session, commands.edit_record, self.shown_id, join=step, **fields)

    def add_tags_and_note(self) -> None:
        """The last group, the same for every kind."""
        self.column.addWidget(Heading("Tags and note"))
        self.tags.setAccessibleName("Tags")
        self.note.setAccessibleName("Note")
        self.column.addWidget(self.tags)
        self.column.addWidget(self.note)
        self.column.addWidget(self.more)
        self.column.addStretch(1)
        self.bindings.add(self.note, lambda annotation: annotation.note, self._annotation_writer("note"))

    def add_custody(self) -> None:
        """Rows at the end of the fold: who may see it, where it comes from."""
        fields = self.more.fields
        fields.row("Handling", self.handling, tip="Who may see it")
        fields.row("Origin", self.origin)
        fields.row("Made", self.made)
        fields.row("Changed", self.changed)
        self.bindings.add(self.handling, lambda annotation: annotation.handling, self._annotation_writer("handling"))

    def _annotation_writer(self, name: str) -> Callable[[Any, int | None], bool]:
        def write(value: Any, step: int | None) -> bool:
            if self.shown_id is None:
                return False
            return done(self.session, commands.edit_annotation, self.shown_id, join=step, **{name: value})

        return write

    def _tell_custody(self, annotation: Annotation) -> None:
        analyst = self.session.read.analyst(annotation.analyst_id)
        by = f" by {analyst.name}" if analyst is not None and analyst.name else ""
        rule = f" ({annotation.rule}, {annotation.engine})" if annotation.rule else ""
        self.origin.say(f"{annotation.origin.label}{rule}")
        self.made.say(f"{_moment(annotation.created_at)}{by}")
        self.changed.say(_moment(annotation.changed_at))

    def _remove_span(self, position: int) -> None:
        annotation = None if self.shown_id is None else self.session.read.annotation(self.shown_id)
        if annotation is not None and len(annotation.spans) > 1:
            kept = [span for at, span in enumerate(annotation.spans) if at != position]
            self.session.run(commands.set_spans, annotation.id, kept, "Take words out of")


def _moment(at: Any) -> str:
    local = at.astimezone()
    return f"{show_date(local.date())}, {local:%H:%M}"


def add_dated_rows(
    fields: Fields,
    bindings: Bindings,
    label: str,
    get: Callable[[Any], DatedWords],
    write: Callable[[DatedWords, int | None], bool],
    *,
    until: bool = False,
) -> dict[str, QWidget]:
    """Rows for a date from a text: the words as written, and what was made of them."""
    latest = [DatedWords()]

    def remember(record: Any) -> DatedWords:
        latest[0] = get(record)
        return latest[0]

    def writer(name: str) -> Callable[[Any, int | None], bool]:
        def changed(value: Any, step: int | None) -> bool:
            latest[0] = replace(latest[0], **{name: value})
            if name == "on" and value is not None and latest[0].precision is None:
                latest[0] = replace(latest[0], precision=Precision.DAY, basis=latest[0].basis or DateBasis.ANALYST)
            return write(latest[0], step)

        return changed

    controls: dict[str, QWidget] = {"words": TextLine(OPTIONAL, "as written"), "on": DateLine()}
    if until:
        controls["until"] = DateLine()
    controls |= {"precision": ChoiceBox(tuple(Precision)), "basis": ChoiceBox(tuple(DateBasis))}
    labels = {"words": label, "on": "from" if until else "on", "until": "to"}
    for name, control in controls.items():
        said = f"{label}, {labels.get(name, name) if name != 'words' else 'as written'}"
        fields.row(labels.get(name, name), control, name=said)
        bindings.add(control, lambda record, name=name: getattr(remember(record), name), writer(name))
    return controls
