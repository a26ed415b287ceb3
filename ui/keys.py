"""The keys of this window as they are now: kept in the settings, told to all who show one, and put into sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ui.actions import ACTIONS, ActionSpec
from ui.keymap import Keymap, canonical, keymap, native
from ui.settings import Settings

_SPECS = {spec.name: spec for spec in ACTIONS}


class Keys(QObject):
    changed = Signal()
    """Other keys work actions now."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._keymap = keymap({spec.name: spec.keys for spec in ACTIONS}, settings.keys)

    @property
    def keymap(self) -> Keymap:
        return self._keymap

    def change(self, keymap: Keymap) -> None:
        """Work with these keys from now on, also after the next start."""
        self._keymap = keymap
        self._settings.keys = dict(keymap.changes)
        self.changed.emit()

    def shown(self, name: str) -> str:
        """The first key of an action as this system writes it; empty without one."""
        return next(map(native, self._keymap.keys(name)), "")

    def way(self, name: str) -> str:
        """How to get at an action, to go on with in a sentence: "press Ctrl+I"."""
        key = self.shown(name)
        return f"press {key}" if key else f"choose “{_SPECS[name].label}” in the menu {_SPECS[name].menu}"

    def way_to_mark(self) -> str:
        """How to mark selected words: "press C, F or S"."""
        keys = list(filter(None, map(self.shown, ("mark_claim", "mark_figure", "mark_source"))))
        return f"press {either(keys)}" if keys else "choose a kind in the menu Mark"

    def user_of(self, key: str) -> str:
        """What a key does already, by the label of its action; empty for a free one."""
        owner = self._keymap.owner(canonical(key))
        return self.label(owner) if owner is not None else ""

    def label(self, name: str) -> str:
        """An action as a sentence names it."""
        return label_of(_SPECS[name])


def label_of(spec: ActionSpec) -> str:
    """An action's label where it stands in a sentence."""
    return spec.label.rstrip("…")


def either(keys: Sequence[str]) -> str:
    """Keys as a sentence lists them: "C, F or S"."""
    return " or ".join(filter(None, (", ".join(keys[:-1]), *keys[-1:])))
