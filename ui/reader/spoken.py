"""What a screen reader says of the marks under the caret: which begin, which end, and which stand there.

The text itself is read through Qt's interface of QPlainTextEdit, which knows nothing of marks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from ui.announcing import announce
from ui.later import Later
from ui.reader.view import ArticleView

MOST_SPOKEN = 4
"""Marks that are told one by one; a caret in a dense page must not set off a speech."""

_BETWEEN = " · "
"""Between the pieces of what a mark's tool tip says; spoken, it is a pause."""


def change(before: Collection[int], now: Sequence[int], describe: Callable[[int], str]) -> str:
    """What to say when the caret has left some marks and entered others; empty if it has done neither.

    Both are annotation ids, the shortest mark first; `describe` gives what the tool tip over a mark says. Ends come
    before beginnings, as they do in the text, and a mark that stays is not repeated.
    """
    ended = [annotation_id for annotation_id in before if annotation_id not in now]
    begun = [annotation_id for annotation_id in now if annotation_id not in before]
    return _joined(
        [*_first(ended, lambda one: _ending(describe(one))), *_first(begun, lambda one: _all(describe(one)))]
    )


def standing(now: Sequence[int], describe: Callable[[int], str]) -> str:
    """What stands under the caret, the shortest mark first; empty where there are no marks."""
    return _joined(_first(now, lambda one: _all(describe(one))))


class Spoken(QObject):
    """Follows the caret of a view and the marks under it; does nothing while no assistive technology listens."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view)
        self._view = view
        self._under: list[int] = []
        self._described: dict[int, str] = {}
        self._following = Later(self._follow, self)
        view.cursorPositionChanged.connect(self.look)

    def look(self) -> None:
        """Tell what has come to stand under the caret once the event that changed it is done."""
        if QAccessible.isActive():
            self._following.ask()

    def forget(self) -> None:
        """Another article is shown: no mark of the last one ends in it."""
        self._following.drop()
        self._under = []
        self._described = {}
        self._view.setAccessibleDescription("")
        self.look()

    def _follow(self) -> None:
        before, at = self._under, self._view.textCursor().position()
        self._under = list(dict.fromkeys(entry.item.annotation_id for entry in self._view.marks.at(at)))
        told = change(before, self._under, self._describe)
        stands = standing(self._under, self._describe)
        self._described = {one: words for one, words in self._described.items() if one in self._under}
        if self._view.accessibleDescription() != stands:
            self._view.setAccessibleDescription(stands)
        announce(self._view, told)

    def _describe(self, annotation_id: int) -> str:
        """A mark that was removed from under the caret is still called by its name."""
        words = self._view.describe(annotation_id)
        if words:
            self._described[annotation_id] = words
        return words or self._described.get(annotation_id, "")


def _first(annotation_ids: Sequence[int], say: Callable[[int], str]) -> list[str]:
    more = len(annotation_ids) - MOST_SPOKEN
    said = [say(annotation_id) for annotation_id in annotation_ids[:MOST_SPOKEN]]
    return [*said, f"and {more:,} more"] if more > 0 else said


def _all(description: str) -> str:
    return ", ".join(description.split(_BETWEEN))


def _ending(description: str) -> str:
    name = description.split(_BETWEEN)[0]
    return f"End of {name[0].lower()}{name[1:]}" if name else ""


def _joined(sentences: Sequence[str]) -> str:
    return ". ".join(filter(None, sentences))
