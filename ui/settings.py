"""What the program remembers between starts, on this computer and not in a project."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from annotate.account import home_folder

_RECENT = 8
_WARNED = 200
"""Projects of which it is kept that a warning was given."""


class Settings:
    """Typed access to QSettings; every key is named here."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store if store is not None else QSettings("Provenote", "Provenote")

    @property
    def analyst(self) -> str:
        return str(self._store.value("analyst", ""))

    @analyst.setter
    def analyst(self, name: str) -> None:
        self._store.setValue("analyst", name)

    @property
    def theme(self) -> str:
        """light, dark or system."""
        return str(self._store.value("theme", "system"))

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def text_size(self) -> float:
        """Size of the article's text in points."""
        return float(self._store.value("text_size", 11.5))  # type: ignore[arg-type]

    @text_size.setter
    def text_size(self, points: float) -> None:
        self._store.setValue("text_size", points)

    @property
    def suggests(self) -> bool:
        """Whether marks are suggested by themselves when an article is shown."""
        return bool(self._store.value("suggests", True, type=bool))

    @suggests.setter
    def suggests(self, by_itself: bool) -> None:
        self._store.setValue("suggests", by_itself)

    @property
    def untold(self) -> str:
        """Trouble that came up while the window was closing; told when a project is opened next."""
        return str(self._store.value("untold", ""))

    @untold.setter
    def untold(self, words: str) -> None:
        self._store.setValue("untold", words)

    @property
    def folder(self) -> Path:
        """Where the last file was chosen."""
        return Path(str(self._store.value("folder", str(home_folder()))))

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))

    @property
    def geometry(self) -> QByteArray | None:
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def layout(self) -> QByteArray | None:
        return self._bytes("window/layout")

    @layout.setter
    def layout(self, value: QByteArray) -> None:
        self._store.setValue("window/layout", value)

    @property
    def heights(self) -> dict[str, int]:
        """How high panels stood in their column, in pixels by their names; what cannot be read is left out."""
        try:
            stored = json.loads(str(self._store.value("window/heights", "{}")))
        except ValueError:
            return {}
        pairs = stored.items() if isinstance(stored, dict) else ()
        return {name: height for name, height in pairs if isinstance(height, int)}

    @heights.setter
    def heights(self, value: Mapping[str, int]) -> None:
        self._store.setValue("window/heights", json.dumps(dict(value)))

    @property
    def table_columns(self) -> QByteArray | None:
        return self._bytes("annotations/columns")

    @table_columns.setter
    def table_columns(self, value: QByteArray) -> None:
        self._store.setValue("annotations/columns", value)

    @property
    def keys(self) -> dict[str, list[str]]:
        """Keys in place of the usual ones, by names of actions; what cannot be read is left out."""
        try:
            stored = json.loads(str(self._store.value("keys", "{}")))
        except ValueError:
            return {}
        pairs = stored.items() if isinstance(stored, dict) else ()
        return {
            name: keys for name, keys in pairs if isinstance(keys, list) and all(isinstance(key, str) for key in keys)
        }

    @keys.setter
    def keys(self, changes: Mapping[str, Sequence[str]]) -> None:
        self._store.setValue("keys", json.dumps({name: list(keys) for name, keys in changes.items()}))

    @property
    def recent(self) -> list[Path]:
        """Projects opened lately that are still there, newest first."""
        stored = self._store.value("recent", [])
        paths = [stored] if isinstance(stored, str) else list(stored or [])  # type: ignore[call-overload]
        return [path for path in map(Path, paths) if path.exists()]

    def remember(self, project: Path) -> None:
        """Put a project at the head of the recent ones."""
        paths = [project, *(path for path in self.recent if path != project)]
        self._store.setValue("recent", [str(path) for path in paths[:_RECENT]])

    def was_warned(self, project: Path, words: str) -> bool:
        """Whether this was told of a project already."""
        return [str(project), words] in self._warned()

    def note_warning(self, project: Path, words: str) -> None:
        """Keep that this was told of a project."""
        others = [pair for pair in self._warned() if pair[0] != str(project)]
        self._store.setValue("warned", json.dumps([*others, [str(project), words]][-_WARNED:]))

    def _warned(self) -> list[list[str]]:
        try:
            stored = json.loads(str(self._store.value("warned", "[]")))
        except ValueError:
            return []
        return stored if isinstance(stored, list) else []

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None
