"""An entry of the register of sources: who it is, how reliable, where it is named and what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotate import commands
from annotate.model import Source
from annotate.vocabulary import Handling, Reliability, SourceType
from ui.bylines import joined
from ui.inspector.attributions import source_entries
from ui.inspector.binding import Bindings, Field, done
from ui.inspector.chips import ElidedButton
from ui.inspector.fields import ChoiceBox, DateLine, TextBox, TextLine
from ui.inspector.layout import Fields, Heading, Words
from ui.inspector.picker import Picker, pick
from ui.inspector.readings import NAMES
from ui.inspector.segmented import Segmented
from ui.inspector.ties import short_words
from ui.plain_tips import plain_tip
from ui.session import Session
from ui.swatches import square
from ui.theme import Theme

_LISTED = 30
"""Mentions and claims listed at most; the tables show all of them."""


class GoList(QWidget):
    """Annotations as lines that lead to them."""

    chosen = Signal(object)
    """Id of an annotation."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[object, ...] = ()
        self.lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_annotations(self, ids: list[int], theme: Theme) -> None:
        read = self._session.read
        found = read.annotations(ids[:_LISTED])
        titles = {article.id: article.title for a in found if (article := read.article(a.article_id)) is not None}
        shown = (theme.name, len(ids), *((a.id, a.words, titles.get(a.article_id)) for a in found))
        if shown == self._shown:
            return
        self._shown = shown
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for annotation in found:
            words = short_words(annotation)
            line = ElidedButton(joined(words, titles.get(annotation.article_id, "")), self, kind="quiet")
            line.setIcon(square(theme.ink(annotation.kind), 10))
            line.setToolTip(plain_tip(f"{annotation.label} in “{titles.get(annotation.article_id, '')}”: {words}"))
            line.clicked.connect(lambda _checked=False, i=annotation.id: self.chosen.emit(i))
            self._add(line)
        if len(ids) > _LISTED:
            self._add(Words(f"and {len(ids) - _LISTED:,} more", "secondary", self))
        if not ids:
            self._add(Words("none", "secondary", self))

    def _add(self, line: QWidget) -> None:
        self._column.addWidget(line)
        self.lines.append(line)
        line.show()


class RegisterEntry(QWidget):
    """The fields of one Source."""

    annotation_wanted = Signal(object)
    """Id of a mention or claim to go to."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.theme = theme
        self.source_id: int | None = None
        self.bindings = Bindings(session, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._who()
        self._how_good()
        self._where()

    def show_source(self, source: Source) -> None:
        if source.id != self.source_id:
            self.forget()
            self.source_id = source.id
        read = self._session.read
        self.bindings.show(source)
        article = None if source.article_id is None else read.article(source.article_id)
        self._fields.show_row(self.only_here, article is not None)
        if article is not None:
            self.only_here.setText(f"Unnamed: belongs to “{article.title}” alone until you join it with another.")
        mentions = read.mentions_of(source.id, with_bin=False)
        to_it = read.attributions_to(source.id, with_bin=False)
        said = [one.annotation_id for one in to_it if one.source_id == source.id]
        self.mentions.show_annotations(mentions, self.theme)
        self.claims.show_annotations(list(dict.fromkeys(said)), self.theme)
        self.mentions_heading.setText(f"Mentioned · {len(mentions):,}".upper())
        self.claims_heading.setText(f"Says · {len(set(said)):,}".upper())
        self.remove.setVisible(not read.mentions_of(source.id) and not read.attributions_to(source.id))

    def commit(self) -> None:
        self.bindings.commit()

    def forget(self) -> None:
        self.bindings.forget()

    def set_locked(self, locked: bool) -> None:
        """The register stays as it is."""
        self.join.setVisible(not locked)
        if locked:
            self.remove.hide()

    def open_join_picker(self) -> Picker:
        """Choose the entry that is the same as this one; this one's name stays."""
        but = frozenset() if self.source_id is None else frozenset({self.source_id})
        entries = source_entries(self._session, self._session.article_id, but=but)
        return pick(self.join, entries, self._join, placeholder="Entry that is the same source")

    def _who(self) -> None:
        self.heading = Heading("Register entry")
        self._column.addWidget(self.heading)
        fields = self._fields = Fields()
        self._column.addWidget(fields)
        self.name = self._bound("name", TextLine())
        self.aliases = self._bound("aliases", TextLine(NAMES, "separated by ;"))
        self.type = self._bound("type", ChoiceBox(tuple(SourceType), empty=None))
        self.affiliation = self._bound("affiliation", TextLine())
        self.controlled_by = self._bound("controlled_by", TextLine())
        self.only_here = Words(kind="secondary")
        fields.row("Name", self.name)
        fields.row("", self.only_here, name="Unnamed source")
        fields.row("Also called", self.aliases, name="Aliases")
        fields.row("Type", self.type, name="Type of source")
        fields.row("Affiliation", self.affiliation)
        fields.row("Controlled by", self.controlled_by)

    def _how_good(self) -> None:
        self._column.addWidget(Heading("How good it is"))
        fields = Fields()
        self._column.addWidget(fields)
        self.reliability = Segmented(tuple(Reliability), may_be_empty=True, with_meaning=True)
        self.bindings.add(self.reliability, lambda source: source.reliability, self._grade)
        self.basis = self._bound("reliability_basis", TextLine(placeholder="Why this grade"))
        self.graded_on = self._bound("reliability_on", DateLine())
        self.handling = self._bound("handling", ChoiceBox(tuple(Handling), empty=None))
        self.note = self._bound("note", TextBox(lines=2))
        fields.row("Reliability", self.reliability)
        fields.row("Basis", self.basis, name="Basis of the grade")
        fields.row("Graded on", self.graded_on)
        fields.row("Handling", self.handling, name="Handling of the source", tip="Who may see it")
        fields.row("Note", self.note, name="Note on the source")

    def _where(self) -> None:
        self.mentions_heading, self.claims_heading = Heading("Mentioned"), Heading("Says")
        self.mentions, self.claims = GoList(self._session), GoList(self._session)
        for going in (self.mentions, self.claims):
            going.chosen.connect(self.annotation_wanted)
        self.join = QPushButton("Join with another source…")
        self.join.clicked.connect(self.open_join_picker)
        self.remove = QPushButton("Remove from the register")
        self.remove.setProperty("kind", "danger")
        self.remove.clicked.connect(self._remove)
        for widget in (self.claims_heading, self.claims, self.mentions_heading, self.mentions):
            self._column.addWidget(widget)
        self._column.addSpacing(6)
        for button in (self.join, self.remove):
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _bound(self, name: str, field: Field) -> Any:
        self.bindings.add(field, lambda source: getattr(source, name), self._writer(name))
        return field

    def _writer(self, name: str) -> Callable[[Any, int | None], bool]:
        return lambda value, step: self._write(step, **{name: value})

    def _write(self, step: int | None, **columns: Any) -> bool:
        if self.source_id is None:
            return False
        return done(self._session, commands.edit_source, self.source_id, join=step, **columns)

    def _grade(self, reliability: Reliability | None, step: int | None) -> bool:
        """A grade is dated when it is given; a cleared one has no date."""
        on = None if reliability is None else date.today()
        return self._write(step, reliability=reliability, reliability_on=on)

    def _join(self, other_id: object) -> None:
        if self.source_id is None:
            return
        keep, other = (self._session.read.source(one) for one in (self.source_id, cast(int, other_id)))
        if keep is not None and other is not None and done(self._session, commands.join_sources, keep.id, other.id):
            self._session.tell_undoable(_joined(keep, other))

    def _remove(self) -> None:
        if self.source_id is not None:
            self._session.run(commands.remove_source, self.source_id)


def _joined(keep: Source, other: Source) -> str:
    told = f"“{other.name}” is now “{keep.name}”, and one more name of it."
    if keep.reliability is not None and other.reliability not in (None, keep.reliability):
        told += f" Its grade stays {keep.reliability.label}; {other.reliability.label} of the other is gone."
    return told
