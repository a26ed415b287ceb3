"""Menus at the pointer: what can be done with the words and the mark under it, and with rows of the table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import ActionSet
from ui.annotations_table import AnnotationsPanel
from ui.availability import Availability
from ui.reader import Reader
from ui.session import Session

_WORDS = (
    "mark_claim", "mark_figure", "mark_source", "extend_to_sentence", "extend_to_quotation", "add_words", "copy_words",
)  # fmt: skip
_SUGGESTION = ("accept_suggestion", "accept_and_edit", "reject_suggestion")
_MARK = (
    ("attribute", "take_speaker", "register_source", "add_check", "tag", "repeat_tag"),
    ("merge_marks", "split_mark", "become_claim", "become_figure", "become_source"),
    ("history_of_mark", "remove_mark"),
)
"""Actions on a mark, in the order of a menu at the pointer; a line stands between the groups."""


class PointerMenus:
    def __init__(
        self,
        session: Session,
        reader: Reader,
        annotations: AnnotationsPanel,
        actions: ActionSet,
        availability: Availability,
        parent: QWidget,
    ) -> None:
        self._session = session
        self._reader = reader
        self._annotations = annotations
        self._actions = actions
        self._availability = availability
        self.menu = QMenu(parent)
        for view, show in ((reader.view, self.of_words), (annotations.view, self.of_rows)):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(show)

    def of_words(self, at: QPoint) -> None:
        """What can be done with the selected words, and with the mark under the pointer."""
        hit = self._reader.marks_under(at)
        self._reader.put_caret(at)  # where a mark would be split
        if hit and self._reader.selected_annotation() not in hit:
            self._reader.select(hit[0], reveal=False)
            self._reader.mark_clicked.emit(hit[0])
        view = self._reader.view
        view.setFocus(Qt.FocusReason.PopupFocusReason)
        self._availability.refresh()
        self._show(view.viewport().mapToGlobal(at), [_WORDS if self._reader.selection() else (), _SUGGESTION, *_MARK])

    def of_rows(self, at: QPoint) -> None:
        """What can be done with the annotations of the selected rows."""
        self._show(self._annotations.view.viewport().mapToGlobal(at), _MARK)

    def _show(self, at: QPoint, groups: Sequence[Sequence[str]]) -> None:
        self.menu.clear()
        for names in groups:
            usable = [self._actions[name] for name in names if self._actions[name].isEnabled()]
            if usable and not self.menu.isEmpty():
                self.menu.addSeparator()
            self.menu.addActions(usable)
        if not self.menu.isEmpty():
            self.menu.popup(at)
