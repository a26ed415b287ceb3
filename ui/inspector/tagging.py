"""The tags of an annotation as chips."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from annotate import commands
from annotate.model import Annotation
from ui.inspector.chips import ChipLook, ChipRow
from ui.inspector.picker import Entry, Picker, pick
from ui.session import Session


class TagsRow(ChipRow):
    """Tags of one annotation; + opens the codebook, and makes a new tag of a name it does not have."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Add a tag", "+ tag", parent)
        self._session = session
        self._annotation: Annotation | None = None
        self.removed.connect(self._toggle)
        self.opened.connect(lambda _tag: session.may_change() and self.open_picker())
        self.adding.connect(self.open_picker)

    def show_annotation(self, annotation: Annotation) -> None:
        self._annotation = annotation
        tags = {tag.id: tag for tag in self._session.read.tags()}
        worn = [tags[i] for i in annotation.tag_ids if i in tags]
        self.show_chips(
            [ChipLook(tag.id, tag.name, tag.colour, tag.meaning, f"Take off the tag “{tag.name}”") for tag in worn]
        )

    def open_picker(self) -> Picker:
        worn = () if self._annotation is None else self._annotation.tag_ids
        tags = [tag for tag in self._session.read.tags() if tag.id not in worn]
        entries = [Entry(tag.id, tag.name, tag.meaning, tag.colour) for tag in tags]
        return pick(self.add, entries, self._toggle, self._make, placeholder="Tag")

    def _toggle(self, tag_id: object, step: int | None = None) -> None:
        if self._annotation is not None:
            self._session.toggle_tag([self._annotation.id], cast(int, tag_id), join=step)

    def _make(self, name: str) -> None:
        tag_id = self._session.run(commands.add_tag, name)
        if tag_id is not None:
            self._toggle(tag_id, self._session.project.last_step_id)
