"""The verbs of the window: what keys, menus and toolbar do to the words and marks in the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotate import commands, history
from annotate.vocabulary import Kind
from ui.annotations_table import AnnotationsPanel
from ui.inspector import Inspector
from ui.inspector.fields import TextBox, TextLine
from ui.panel import Panel
from ui.reader import Reader
from ui.session import Notice, Session
from ui.tags_panel import TagsPanel
from ui.tie_walk import TieWalk


class Verbs:
    """Every one makes at most one step of history, or says why it did nothing."""

    def __init__(
        self,
        session: Session,
        reader: Reader,
        annotations: AnnotationsPanel,
        tags: TagsPanel,
        inspector: Inspector,
        panels: Mapping[str, Panel],
    ) -> None:
        self._session = session
        self._reader = reader
        self._annotations = annotations
        self._tags = tags
        self._inspector = inspector
        self._panels = panels
        self._walk = TieWalk(session)

    def mark(self, kind: Kind) -> None:
        """Mark the selected words, and select the new mark."""
        words = self._reader.selection()
        if self._session.article_id is None:
            return
        if words is None:
            self._session.tell(Notice(f"Drag over the words first, then press {kind.letter}."))
            return
        annotation_id = self._session.run(commands.mark, self._session.article_id, kind, [words])
        if annotation_id is not None:
            self._reader.clear_selection()
            self._session.select(annotation_id)
            self._reader.paint_now()  # before the panels, which follow when this event is done

    def add_words(self) -> None:
        """Add the selected words to the selected mark."""
        words, annotation_id = self._reader.selection(), self._session.annotation_id
        if words is not None and annotation_id is not None:
            self._session.run(commands.add_span, annotation_id, words)
            self._reader.clear_selection()

    def become(self, kind: Kind) -> None:
        """Give the selected mark another kind."""
        annotation = self._session.annotation
        if annotation is not None and annotation.kind is not kind:
            self._session.select(self._session.run(commands.change_kind, annotation.id, kind))

    def remove_marks(self) -> None:
        """Remove the selected mark, or all that are selected in the table when that has the focus."""
        ids = self._annotations.chosen_ids() if self._annotations.view.hasFocus() else []
        if not ids and self._session.annotation_id is not None:
            ids = [self._session.annotation_id]
        if ids:
            self._session.run(commands.remove_annotations, ids)
            step = history.next_undo(self._session.project)
            if step is not None:
                words = f"{step.label.replace('Remove ', '', 1)} removed."
                self._session.tell_undoable(words)

    def take_speaker(self) -> None:
        """Attribute the selected claim to everybody its sentence names as a speaker."""
        annotation_id = self._session.annotation_id
        if annotation_id is None:
            return
        offers = commands.offered_speakers(self._session.project, annotation_id)
        step = None
        for offer in offers:
            if self._session.run(commands.take_offer, annotation_id, offer, join=step) is not None:
                step = self._session.project.last_step_id
        if offers:
            names = " and ".join(
                f"{offer.name} via {offer.via_name}" if offer.via_name else offer.name for offer in offers
            )
            self._session.tell_undoable(f"Attributed to {names}.")
        else:
            self._session.tell(Notice("No other speaker was recognised in the sentence. Press L to choose a source."))

    def register_source(self) -> None:
        """Make a register entry from the selected mention."""
        if self._session.annotation_id is not None:
            self._session.run(commands.register_mention, self._session.annotation_id)

    def focus_tags(self) -> None:
        """Go to the tags; a tag's own key works from anywhere."""
        self._panels["tags"].show()
        self._tags.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._tags.view.currentRow() < 0:
            self._tags.view.setCurrentRow(0)

    def attribute(self) -> None:
        """Choose who says so, in the inspector."""
        self._panels["inspector"].show()
        self._inspector.focus_attribution()

    def add_check(self) -> None:
        """Begin to log a check, in the inspector."""
        self._panels["inspector"].show()
        self._inspector.focus_check()

    def through_history(self, step: Callable[[], None]) -> None:
        """Undo or redo; words that still rest in a field are written first, and so are what is taken back."""
        field = QApplication.focusWidget()
        if isinstance(field, TextLine | TextBox):
            field.commit()
        step()

    def step_mark(self, direction: int) -> None:
        """Select the next mark (1) or the one before (-1)."""
        annotation_id = self._reader.step_mark(direction)
        if annotation_id is not None:
            self._session.select(annotation_id)

    def step_tied(self, direction: int) -> None:
        """Select the next mark (1) that the one is linked to from which one set out, or the one before (-1)."""
        annotation = self._session.annotation
        if annotation is not None and not self._walk.step(direction):
            self._session.tell(Notice(f"Nothing in this article is linked to {annotation.label} yet."))

    def deselect(self) -> None:
        """Put away the find bar, else let go of the selected words, else of the selected mark."""
        if self._reader.find_bar.put_away():
            pass  # what was found stays selected
        elif self._reader.selection() is not None:
            self._reader.clear_selection()
        else:
            self._session.select(None)
        self._reader.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
