"""Which keys work which action: the usual keys, what the analyst changed, and what can be no key at all.

Keys are written as Qt writes them portably ("Ctrl+Shift+Z"), so that they are the same in the settings of every
system; `native` says them as this system does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

MOST_KEYS = 2
"""Keys an action can have."""

_MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_NO_KEYS = frozenset(
    {
        Qt.Key.Key_unknown, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Mode_switch,
    }
)  # fmt: skip
_S = QKeySequence.StandardKey
_CARET_MOVES = tuple(
    getattr(_S, f"{verb}{where}")
    for verb in ("MoveTo", "Select")
    for where in (
        "NextChar", "PreviousChar", "NextWord", "PreviousWord", "NextLine", "PreviousLine", "NextPage", "PreviousPage",
        "StartOfLine", "EndOfLine", "StartOfBlock", "EndOfBlock", "StartOfDocument", "EndOfDocument",
    )
)  # fmt: skip
_CLIPBOARD = {_S.Copy: "copies", _S.Cut: "cuts", _S.Paste: "pastes", _S.SelectAll: "selects everything"}
_CARET_KEYS = frozenset({"Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown"})
_REASONS = {
    "Tab": "goes from one field to the next",
    "Backtab": "goes from one field to the next",
    "Return": "finishes what is typed, and presses buttons",
    "Enter": "finishes what is typed, and presses buttons",
    "Space": "presses the button that has the focus",
    "Esc": "leaves what is open",
    "Backspace": "takes off what was typed",
    "Alt+F4": "belongs to the system",
    "Alt+Tab": "belongs to the system",
    "Ctrl+Alt+Del": "belongs to the system",
}


def canonical(key: str) -> str:
    """A key in the one way it is written and compared; empty for words that are no single key press."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.PortableText) if sequence.count() == 1 else ""


def native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def pressed(event: QKeyEvent) -> str:
    """The key of a key press; empty while only Shift and its like are held down.

    Shift is left out where it is what makes the sign: ? is ? on every keyboard, with Shift or without.
    """
    key = event.key()
    if key in _NO_KEYS or key == 0:
        return ""
    modifiers = event.modifiers() & _MODIFIERS
    if Qt.Key.Key_Space < key < Qt.Key.Key_Escape and not chr(key).isalnum():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return canonical(QKeySequence(modifiers.value | key).toString())


def is_caret_move(key: str) -> bool:
    """Whether the text view needs a key to move its caret or to select."""
    plain = key.removeprefix("Shift+") in _CARET_KEYS
    return plain or any(QKeySequence(key) in QKeySequence.keyBindings(move) for move in _CARET_MOVES)


def refusal(key: str) -> str:
    """Why a key cannot work an action, as a sentence; empty where it can."""
    shown = native(key)
    if is_caret_move(key):
        return f"{shown} moves the caret in the text. Choose another key."
    for standard, what in _CLIPBOARD.items():
        if QKeySequence(key) in QKeySequence.keyBindings(standard):
            return f"{shown} {what}, in the article and in every field. Choose another key."
    reason = _REASONS.get(key) or _REASONS.get(key.removeprefix("Shift+"))
    return f"{shown} {reason}. Choose another key." if reason else ""


@dataclass(frozen=True)
class Keymap:
    """The keys of every action by its name; made anew with each change. No key is that of two actions."""

    usual: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Only what differs from the usual."""

    def keys(self, name: str) -> tuple[str, ...]:
        """Of an action, the one that is shown first."""
        return self.changes.get(name, self.usual[name])

    def owner(self, key: str) -> str | None:
        """The action that a key works."""
        return next((name for name in self.usual if key in self.keys(name)), None)

    def with_key(self, name: str, place: int, key: str) -> Keymap:
        """An action with a key as its first (0) or second (1); an empty key takes off the one that is there."""
        keys = list(self.keys(name))
        if key in keys:
            keys.remove(key)
        keys[place : place + 1] = [key] if key else []
        return self._with(name, tuple(keys))

    def usually(self, name: str) -> Keymap:
        """An action with its usual keys again; who has them now loses them."""
        return self._with(name, self.usual[name])

    def all_usual(self) -> Keymap:
        return Keymap(self.usual)

    def _with(self, name: str, keys: tuple[str, ...]) -> Keymap:
        changed = {other: tuple(key for key in self.keys(other) if key not in keys) for other in self.usual}
        changed[name] = keys
        return Keymap(self.usual, {other: keys for other, keys in changed.items() if keys != self.usual[other]})


def keymap(usual: Mapping[str, Sequence[str]], stored: Mapping[str, Sequence[str]]) -> Keymap:
    """The keys of all actions with what the settings have in place of the usual keys.

    Names and keys that nobody knows any more are passed over. A stored key that is the usual key of another action
    stays with that action; it may have come with a newer version.
    """
    names = {name: tuple(filter(None, map(canonical, keys))) for name, keys in usual.items()}
    changes: dict[str, tuple[str, ...]] = {}
    for name in names.keys() & stored.keys():
        read = dict.fromkeys(filter(None, map(canonical, stored[name])))
        keys = tuple(key for key in read if key in names[name] or not refusal(key))[:MOST_KEYS]
        if (keys or not stored[name]) and keys != names[name]:
            changes[name] = keys
    while (clash := _clash(Keymap(names, changes))) is not None:
        name, key = clash
        keys = tuple(other for other in changes.pop(name) if other != key)
        if keys and keys != names[name]:
            changes[name] = keys
    return Keymap(names, changes)


def _clash(made: Keymap) -> tuple[str, str] | None:
    """An action that must give up a key that another has with more right."""
    first: dict[str, str] = {}
    for name in made.usual:
        for key in made.keys(name):
            other = first.setdefault(key, name)
            if other != name:
                return (other, key) if key in made.usual[name] else (name, key)
    return None
