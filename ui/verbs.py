"""The verbs of the window: what keys, menus and toolbar do to the words and marks in the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotate import commands, history
from annotate.vocabulary import Kind
from ui.annotations_table import AnnotationsPanel
from ui.announcing import announce
from ui.inspector import Inspector
from ui.inspector.fields import TextBox, TextLine
from ui.keys import Keys
from ui.marking_elsewhere import MarkingElsewhere
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
        keys: Keys,
        elsewhere: MarkingElsewhere,
    ) -> None:
        self._session = session
        self._reader = reader
        self._annotations = annotations
        self._tags = tags
        self._inspector = inspector
        self._panels = panels
        self._walk = TieWalk(session)
        self._keys = keys
        self._elsewhere = elsewhere

    def mark(self, kind: Kind) -> None:
        """Mark the selected words and select the new mark, or the one of this kind that has just these words."""
        words = self._reader.selection()
        if self._session.article_id is None:
            return
        if words is None:
            way = self._keys.way(f"mark_{kind.value}")
            self._session.tell(Notice(f"Drag over the words first, then {way}."))
            return
        marked = self._session.attempt(commands.mark_once, self._session.article_id, kind, [words])
        if marked is not None:
            annotation_id, is_new = marked
            self._reader.clear_selection()
            self._session.select(annotation_id)
            self._reader.paint_now()  # before the panels, which follow when this event is done
            known = None if is_new else self._session.annotation
            if known is not None:
                self._session.tell(Notice(f"Marked already: {known.label}."))
            elif is_new and self._session.annotation is not None:
                self._elsewhere.consider(self._session.annotation)

    def mark_all(self, kind: Kind) -> None:
        """Mark every hit that the find bar shows."""
        spans = self._reader.find_bar.spans()
        if self._session.article_id is None or not spans:
            return
        done = self._session.attempt(commands.mark_all, self._session.article_id, kind, spans)
        if done is None:
            return
        self._reader.view.setFocus(Qt.FocusReason.OtherFocusReason)  # in the bar, Ctrl+Z would take back typing
        made, kinds = len(done.annotation_ids), f"{kind.label.lower()}s"
        if not made:
            self._session.tell(Notice(f"All {done.already:,} are marked as {kinds} already."))
            return
        rest = f", {done.already:,} {'was' if done.already == 1 else 'were'} marked already" if done.already else ""
        self._session.tell_undoable(f"{made:,} marked as {kinds}{rest}.")

    def extend_to_sentence(self) -> None:
        """Select the sentence around the words, or the next one too."""
        self._reader.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._reader.extend_to_sentence():
            self._session.tell(Notice("No further sentence in this article."))

    def extend_to_quotation(self) -> None:
        """Select the quotation around the words."""
        self._reader.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._reader.extend_to_quotation():
            self._session.tell(Notice("No quotation around these words."))

    def add_words(self) -> None:
        """Add the selected words to the selected mark."""
        words, annotation_id = self._reader.selection(), self._session.annotation_id
        if words is not None and annotation_id is not None:
            placed = self._session.read.is_in_newest_text(annotation_id)
            if placed:
                self._session.attempt(commands.add_span, annotation_id, words)
            else:  # it waits since an update, and has no words here to add to
                self._session.attempt(commands.reanchor, annotation_id, [words])
            self._reader.clear_selection()

    def become(self, kind: Kind) -> None:
        """Give the selected mark another kind."""
        annotation = self._session.annotation
        if annotation is not None and annotation.kind is not kind:
            changed = self._session.attempt(commands.change_kind, annotation.id, kind)
            if changed is not None:
                self._session.select(changed)

    def remove_marks(self) -> None:
        """Remove the selected mark, or all that are selected in the table when that has the focus."""
        ids = self._chosen()
        if ids:
            self._session.attempt(commands.remove_annotations, ids)
            self._reader.paint_now()
            step = history.next_undo(self._session.project)
            if step is not None:
                words = f"{step.label.replace('Remove ', '', 1)} removed."
                self._session.tell_undoable(words)

    def merge_marks(self) -> None:
        """Make one mark of the rows selected in the table when that has the focus, else of the marks of one kind that
        the selected words touch."""
        ids = self._annotations.chosen_ids() if self._annotations.view.hasFocus() else []
        if len(ids) < 2:
            ids = self._marks_to_merge()
        if not ids:
            return
        kept = self._session.attempt(commands.merge_annotations, ids)
        step = history.next_undo(self._session.project)
        if kept is not None and step is not None:
            self._reader.clear_selection()
            self._session.select(kept)
            merged = self._session.annotation
            assert merged is not None
            self._session.tell_undoable(f"{step.label.replace('Merge ', '', 1)} are one now: {merged.label}.")

    def split_mark(self) -> None:
        """Make two marks of the selected one where the caret stands, and select the second."""
        annotation = self._session.annotation
        if annotation is None:
            return
        second = self._session.attempt(commands.split_annotation, annotation.id, self._reader.caret())
        if second is not None:
            self._reader.clear_selection()
            self._session.select(second)
            new = self._session.annotation
            assert new is not None
            self._session.tell_undoable(f"{annotation.label} is split; what stood after the caret is {new.label} now.")

    def repeat_tag(self) -> None:
        """Put the last tag on the selected mark or rows; where it is on already it stays."""
        tag = self._session.last_tag
        if tag is None:
            self._session.tell(Notice("Put a tag on a mark first; this puts the same one on others."))
            return
        chosen = self._session.read.annotations(self._chosen())
        without = [annotation.id for annotation in chosen if tag.id not in annotation.tag_ids]
        if without:
            self._session.toggle_tag(without, tag.id)
        elif chosen:
            on = chosen[0].label if len(chosen) == 1 else "all of them"
            self._session.tell(Notice(f"“{tag.name}” is on {on} already."))

    def take_speaker(self) -> None:
        """Attribute the selected claim to everybody its sentence names as a speaker."""
        annotation_id = self._session.annotation_id
        if annotation_id is None:
            return
        offers = commands.offered_speakers(self._session.project, annotation_id)
        step = None
        for offer in offers:
            if self._session.attempt(commands.take_offer, annotation_id, offer, join=step) is not None:
                step = self._session.project.last_step_id
        if offers:
            names = " and ".join(
                f"{offer.name} via {offer.via_name}" if offer.via_name else offer.name for offer in offers
            )
            self._session.tell_undoable(f"Attributed to {names}.")
        else:
            way = self._keys.way("attribute")
            self._session.tell(Notice(f"No other speaker was recognised in the sentence. To choose a source, {way}."))

    def register_source(self) -> None:
        """Make a register entry from the selected mention."""
        if self._session.annotation_id is not None:
            self._session.attempt(commands.register_mention, self._session.annotation_id)

    def focus_tags(self) -> None:
        """Go to the tags; a tag's own key works from anywhere."""
        self._bring("tags")
        self._tags.take_focus()

    def attribute(self) -> None:
        """Choose who says so, in the inspector."""
        self._bring("inspector")
        self._inspector.focus_attribution()

    def join_source(self) -> None:
        """Choose the entry of the register that is the same source, in the inspector."""
        self._bring("inspector")
        self._inspector.focus_join()

    def add_check(self) -> None:
        """Begin to log a check, in the inspector."""
        self._bring("inspector")
        self._inspector.focus_check()

    def _bring(self, name: str) -> None:
        """Show a panel, also one that lies behind another."""
        self._panels[name].show()
        self._panels[name].raise_()

    def through_history(self, step: Callable[[], None]) -> None:
        """Undo or redo; words that still rest in a field are written first, and so are what is taken back."""
        field = QApplication.focusWidget()
        if isinstance(field, TextLine | TextBox):
            field.commit()
        step()
        self._reader.paint_now()

    def step_mark(self, direction: int) -> None:
        """Select the next mark (1) or the one before (-1)."""
        annotation_id = self._reader.step_mark(direction)
        if annotation_id is not None:
            self._session.select(annotation_id)

    def step_tied(self, direction: int) -> None:
        """Select the next mark (1) that the one is linked to from which one set out, or the one before (-1)."""
        annotation = self._session.annotation
        if annotation is None:
            return
        words = self._walk.step(direction)
        if words:
            announce(self._reader.view, words)
        else:
            self._session.tell(Notice(f"Nothing in this article is linked to {annotation.label} yet."))

    def deselect(self) -> None:
        """Give up a drag, else put away the find bar, else let go of the selected words, else of the selected mark."""
        if self._reader.give_up_drag():
            return
        if self._reader.find_bar.put_away():
            pass  # what was found stays selected
        elif self._reader.selection() is not None:
            self._reader.clear_selection()
        else:
            self._session.select(None)
        self._reader.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _chosen(self) -> list[int]:
        """The rows selected in the table when that has the focus, else the selected mark."""
        ids = self._annotations.chosen_ids() if self._annotations.view.hasFocus() else []
        if not ids and self._session.annotation_id is not None:
            ids = [self._session.annotation_id]
        return ids

    def _marks_to_merge(self) -> list[int]:
        """The marks of one kind that the selected words touch; where that is not clear, says how to choose."""
        words = self._reader.selection()
        touched: dict[Kind, list[int]] = {}
        for mark in self._reader.marks_touching(words) if words is not None else ():
            touched.setdefault(mark.kind, []).append(mark.annotation_id)
        several = {kind: ids for kind, ids in touched.items() if len(set(ids)) > 1}
        selected = self._session.annotation
        if len(several) == 1:
            return next(iter(several.values()))
        if selected is not None and selected.kind in several:
            return several[selected.kind]
        if several:
            kinds = " and ".join(f"{kind.label.lower()}s" for kind in several)
            words_told = f"The words touch {kinds}. Select fewer words, or a mark of the kind to merge, or rows."
        elif len(touched) > 1:
            kinds = " and ".join(f"a {kind.label.lower()}" for kind in touched)
            words_told = f"The words touch {kinds}; only marks of one kind become one. Change the kind of one first."
        else:
            words_told = "Drag over words of the marks to merge, or select their rows in the table; then merge them."
        self._session.tell(Notice(words_told))
        return []
