"""The form of a source mention: which register entry it names, and that entry itself."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotate import commands
from annotate.commands.sources import read_source
from annotate.model import Annotation
from annotate.store.changes import Changes
from annotate.vocabulary import MentionRole, Naming
from ui.inspector.attributions import source_entries
from ui.inspector.chips import ChipLook, ChipRow
from ui.inspector.fields import ChoiceBox
from ui.inspector.form import AnnotationForm, Form
from ui.inspector.layout import LinkButton, Words
from ui.inspector.picker import Picker, pick
from ui.inspector.register_entry import RegisterEntry
from ui.keys import Keys
from ui.session import Session
from ui.theme import Theme


class SourceForm(AnnotationForm):
    """A mention; the register entry stands below it once it has one."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self._annotation: Annotation | None = None
        self.column.addWidget(self._offer())
        fields = self.group()
        self.source = ChipRow("Choose the register entry", "+ source")
        self.source.opened.connect(lambda _source: session.may_change() and self.open_picker())
        self.source.removed.connect(lambda _source: self._set(None))
        self.source.adding.connect(self.open_picker)
        self.naming = self.record_field("naming", ChoiceBox(tuple(Naming)))
        self.role = self.record_field("role", ChoiceBox(tuple(MentionRole)))
        fields.row("Source", self.source, name="Register entry")
        fields.row("Naming", self.naming, tip="How the source is named here")
        fields.row("Role", self.role, tip="What the source does here")
        self._fields = fields
        self.entry = RegisterEntry(session, theme)
        self.entry.annotation_wanted.connect(self.annotation_wanted)
        self.column.addWidget(self.entry)
        self.sections = (self.entry,)
        self.add_tags_and_note()
        self.add_custody()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.entry.theme = theme

    def show_record(self, annotation: Annotation) -> None:
        self._annotation = annotation
        read = self.session.read
        source_id = annotation.mention.source_id
        source = None if source_id is None else read.source(source_id)
        self.offer.setVisible(source is None)
        self._fields.show_row(self.source, source is not None)
        self.entry.setVisible(source is not None)
        if source is None:
            name = self._name_read(annotation)
            self.name_read.setText(name)
            self.register.setAccessibleName(f"Add “{name}” to the register")
            return
        tip = "Click to choose another entry"
        self.source.show_chips([ChipLook(source.id, source.name, self.theme.source, tip, "Names none of the entries")])
        self.source.set_adding(False)
        self.entry.show_source(source)

    def set_locked(self, locked: bool) -> None:
        """The mention stays what it is."""
        for widget in (self.register, self.choose):
            widget.setVisible(not locked)
        self.register_key.setVisible(not locked and bool(self.register_key.text()))

    def open_picker(self) -> Picker:
        """Choose which entry of the register is named here, or make one of another name."""
        article_id = None if self._annotation is None else self._annotation.article_id
        anchor: QWidget = self.choose if self.choose.isVisible() else self.source
        return pick(anchor, source_entries(self.session, article_id), self._set, self._make, placeholder="Source")

    def concerns(self, changes: Changes) -> bool:
        return super().concerns(changes) or bool(changes.annotations)

    def name_keys(self, keys: Keys) -> None:
        super().name_keys(keys)
        key = keys.shown("register_source")
        self.register_key.setText(key)
        self.register_key.setVisible(bool(key))

    def _offer(self) -> QWidget:
        """What is offered while the mention names no entry: the name that was read, and what to do with it."""
        self.offer = QWidget()
        self.name_read = Words(kind="title")
        self.register = QPushButton("Add to the register")
        self.register.setProperty("kind", "primary")
        self.register.clicked.connect(self._register)
        self.register_key = QLabel()
        self.register_key.setProperty("kind", "key")
        self.choose = LinkButton("or choose an entry …")
        self.choose.clicked.connect(lambda: self.open_picker())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.register)
        row.addWidget(self.register_key)
        row.addStretch(1)
        column = QVBoxLayout(self.offer)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.name_read)
        column.addLayout(row)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        return self.offer

    def _name_read(self, annotation: Annotation) -> str:
        if not annotation.spans:
            return annotation.words
        body = self.session.read.body(annotation.text_id)
        return read_source(self.session.project, annotation.article_id, body, annotation.spans[0]).name

    def _register(self) -> None:
        if self._annotation is None:
            return
        if self._annotation.spans:
            self.session.run(commands.register_mention, self._annotation.id)
        else:  # words read back from a sheet stand nowhere in the text
            self._make(self._annotation.words)

    def _make(self, name: str) -> None:
        source_id = self.session.run(commands.add_source, name)
        if source_id is not None:
            self._set(source_id, self.session.project.last_step_id)

    def _set(self, source_id: object, step: int | None = None) -> None:
        if self.shown_id is not None:
            self.session.run(commands.set_mention_source, self.shown_id, cast("int | None", source_id), join=step)


class EntryForm(Form):
    """A register entry by itself, reached from a chip; `shown_id` is the source's."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, theme, parent)
        self.back = LinkButton("‹ back")
        self.entry = RegisterEntry(session, theme)
        self.entry.annotation_wanted.connect(self.annotation_wanted)
        self.gone = Words("This source is not in the register any more.", "secondary")
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.entry, self.gone):
            column.addWidget(widget)
        self.column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(holder)
        self.column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.entry.theme = theme

    def commit(self) -> None:
        self.entry.commit()

    def forget(self) -> None:
        self.entry.forget()

    def concerns(self, changes: Changes) -> bool:
        return changes.touches("sources", "attributions", "mentions", "annotations", "articles")

    def refresh(self) -> None:
        source = None if self.shown_id is None else self.session.read.source(self.shown_id)
        self.entry.setVisible(source is not None)
        self.gone.setVisible(source is None)
        if source is not None:
            self.entry.show_source(source)
