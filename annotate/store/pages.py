"""The rows of a damaged project file, read from its pages without SQLite.

Why it exists: SQLite gives a file up at the first page that makes no sense, and with it the rows on all other pages.
Here each page is looked at by itself: a table is followed from its root, pages that cannot be read are left out, and
pages of rows that nothing leads to any more are found and told by what they hold. What the log or the journal beside
the file says of a page goes before the page in the file. The file is only read. The format is that of
https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, BinaryIO

from annotate.store.known_schema import known_entries
from annotate.store.migrations import NEWEST
from annotate.store.page_overlays import overlay_of_journal, overlay_of_log
from annotate.store.records import Cut, decoded, varint
from annotate.store.schema import metadata

_LEAF, _INTERIOR = 0x0D, 0x05
_INDEX_LEAF, _INDEX_INTERIOR = 0x0A, 0x02
_SPANS_BY_PLACE = "spans_of_text"
_USUAL_SIZE = 4096
_MOST_PAYLOAD = 2**31
_MOST_PAGES = 2**31
_HEADER = 100
"""Bytes at the start of the first page."""

Row = dict[str, Any]
"""A row by column, as SQLite holds it; texts with bytes that are no UTF-8 have surrogates in their place."""
Belongs = Callable[[str, Row], bool]
"""Whether a row can be one of a table of this name."""


class Pages:
    """A file's pages. Use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self._files: dict[str, BinaryIO] = {"": _opened(path)}
        for ending in ("-wal", "-journal"):
            with suppress(OSError):
                self._files[ending] = _opened(path.with_name(path.name + ending))
        header = bytes(_HEADER)
        with suppress(OSError):  # a disk that is going
            header = self._files[""].read(_HEADER).ljust(_HEADER, b"\0")
        self.size = _size_of_page(header)
        self._usable = self.size - (header[20] if header[20] <= self.size - 480 else 0)
        self._overlay: dict[int, tuple[str, int]] = {}
        for ending, read in (("-journal", overlay_of_journal), ("-wal", overlay_of_log)):
            if ending in self._files:
                with suppress(OSError):
                    found = read(self._files[ending], self.size)
                    self._overlay |= {page: (ending, offset) for page, offset in found.items()}
        length = path.stat().st_size
        said = int.from_bytes(header[28:32], "big")
        self.count = max([-(-length // self.size), *self._overlay])
        self._was = said if self.count < said < _MOST_PAGES else self.count
        self._seen: set[int] = set()
        self.unreadable: set[int] = set()
        """Numbers of pages that make no sense."""
        self._spans_by_place = 0
        self._roots = self._tables()

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *error: object) -> None:
        for file in self._files.values():
            file.close()

    def rows(self, table: str) -> Iterator[tuple[Row, bool]]:
        """The rows of a table that are found from its root, each with whether it is whole."""
        root, columns = self._roots.get(table, (0, ()))
        for page in self._leaves(root):
            yield from self._rows_on(page, columns)

    def stray_rows(self, belongs: Belongs) -> Iterator[tuple[str, Row, bool]]:
        """Rows on pages that no table leads to, once `rows` was asked for all tables, by what they look like.

        Pages that are known to be free are left out: what they hold was removed.
        """
        free = self._free_pages()
        for number in range(2, self.count + 1):
            if number in self._seen or number in free:
                continue
            page = self._page(number)
            if page[0] != _LEAF:
                continue
            for table in metadata.tables:
                found = list(self._rows_on(number, self._roots.get(table, (0, _usual_columns(table)))[1]))
                if found and all(belongs(table, row) for row, _ in found):
                    yield from ((table, row, is_whole) for row, is_whole in found)
                    break

    def spans_by_place(self) -> Iterator[Row]:
        """What the index of spans by their places says of each: all but their words and their order."""
        names = ("text_id", "start", "end", "annotation_id", "id")
        waiting, seen = [self._spans_by_place], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or not 1 < number <= self.count:
                continue
            seen.add(number)
            page = self._page(number)
            is_inner = page[0] == _INDEX_INTERIOR
            if is_inner:
                waiting += [int.from_bytes(page[8:12], "big"), *self._pointed(page, 0, 12)]
            elif page[0] != _INDEX_LEAF:
                continue
            for offset in self._cells(page, 0, 12 if is_inner else 8):
                try:
                    length, start = varint(page, offset + 4 * is_inner)
                    values = decoded(page[start : start + length])
                except (IndexError, ValueError, struct.error):
                    continue
                if len(values) == len(names) and all(isinstance(value, int) for value in values):
                    yield dict(zip(names, values, strict=True))

    def sequence(self) -> dict[str, int]:
        """The highest id that each table ever had, as far as that can be read."""
        found = {}
        for row, _ in self.rows("sqlite_sequence"):
            if isinstance(row.get("name"), str) and isinstance(row.get("seq"), int):
                found[row["name"]] = row["seq"]
        return found

    def _tables(self) -> dict[str, tuple[int, Sequence[str]]]:
        """Root page and columns of each table of ours; the first root that is said wins."""
        found: dict[str, tuple[int, Sequence[str]]] = {"sqlite_sequence": (0, ("name", "seq"))}
        entries = ("type", "name", "tbl_name", "rootpage", "sql")
        for page in self._leaves(1):
            for row, _ in self._rows_on(page, entries):
                name, root, sql = str(row.get("name")), row.get("rootpage"), row.get("sql")
                known = name in metadata.tables or name == "sqlite_sequence"
                if name == _SPANS_BY_PLACE and isinstance(root, int):
                    self._spans_by_place = self._spans_by_place or root
                if row.get("type") == "table" and known and isinstance(root, int) and name not in self._named(found):
                    columns = _columns_made_by(sql) or (found.get(name) or (0, _usual_columns(name)))[1]
                    found[name] = (root, columns)
        return found

    @staticmethod
    def _named(found: dict[str, tuple[int, Sequence[str]]]) -> set[str]:
        return {name for name, (root, _) in found.items() if root}

    def _leaves(self, root: int) -> Iterator[int]:
        """Numbers of the pages with a table's rows, in the order of their ids."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if self.count < number <= self._was:  # cut off
                self.unreadable.add(number)
            if number in self._seen or not 1 <= number <= self.count:
                continue
            self._seen.add(number)
            page = self._page(number)
            start = _HEADER if number == 1 else 0
            if page[start] == _LEAF:
                yield number
            elif page[start] == _INTERIOR:
                children = [*self._pointed(page, start, 12), int.from_bytes(page[start + 8 : start + 12], "big")]
                waiting += reversed(children)
            else:
                self.unreadable.add(number)

    def _pointed(self, page: bytes, start: int, first: int) -> Iterator[int]:
        for offset in self._cells(page, start, first):
            yield int.from_bytes(page[offset : offset + 4], "big")

    def _cells(self, page: bytes, start: int, first: int) -> list[int]:
        """Where cells begin on a page; `first`: where their list does, behind `start`."""
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        places = page[start + first : start + first + 2 * count]
        found = struct.unpack(f">{len(places) // 2}H", places[: len(places) // 2 * 2])
        return [offset for offset in found if start + first <= offset < self.size - 3]

    def _rows_on(self, number: int, columns: Sequence[str]) -> Iterator[tuple[Row, bool]]:
        page = self._page(number)
        for offset in self._cells(page, _HEADER if number == 1 else 0, 8):
            try:
                length, offset = varint(page, offset)
                row_id, offset = varint(page, offset)
                payload = self._payload(page, offset, length)
                values = decoded(payload)
            except (IndexError, ValueError, struct.error):
                self.unreadable.add(number)
                continue
            row = dict(zip(columns, values, strict=False))  # an older version's rows have fewer columns
            if len(values) > len(columns):
                row[""] = values[len(columns)]
            if "id" in row and row["id"] is None:
                row["id"] = row_id
            is_whole = len(payload) == length and not any(isinstance(value, Cut) for value in values)
            if not is_whole:
                self.unreadable.add(number)
            yield {name: value.part if isinstance(value, Cut) else value for name, value in row.items()}, is_whole

    def _payload(self, page: bytes, offset: int, length: int) -> bytes:
        """The bytes of a row, as many of them as can be read."""
        if not 0 < length < _MOST_PAYLOAD:
            raise ValueError("no row is as long as that")
        usable, most = self._usable, self._usable - 35
        if length <= most:
            return page[offset : offset + length]
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
        pieces = [page[offset : offset + local]]
        following = int.from_bytes(page[offset + local : offset + local + 4], "big")
        missing = length - local
        while missing > 0 and 1 < following <= self.count and following not in self._seen:
            self._seen.add(following)
            part = self._page(following)
            pieces.append(part[4 : min(usable, 4 + missing)])
            missing -= len(pieces[-1])
            following = int.from_bytes(part[:4], "big")
        if self.count < following <= self._was:
            self.unreadable.add(following)
        return b"".join(pieces)

    def _free_pages(self) -> set[int]:
        found: set[int] = set()
        trunk = int.from_bytes(self._page(1)[32:36], "big")
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self._page(trunk)
            count = min(int.from_bytes(page[4:8], "big"), self.size // 4 - 2)
            found |= set(struct.unpack(f">{count}I", page[8 : 8 + 4 * count]))
            trunk = int.from_bytes(page[:4], "big")
        return found

    def _page(self, number: int) -> bytes:
        ending, offset = self._overlay.get(number, ("", (number - 1) * self.size))
        file = self._files[ending]
        try:
            file.seek(offset)
            return file.read(self.size).ljust(self.size, b"\0")
        except OSError:  # a disk that is going
            self.unreadable.add(number)
            return bytes(self.size)


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _size_of_page(header: bytes) -> int:
    size = int.from_bytes(header[16:18], "big")
    size = 65536 if size == 1 else size
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else _USUAL_SIZE


def _usual_columns(table: str) -> Sequence[str]:
    """In the order in which a file that was made new has them."""
    for kind, name, _, sql in known_entries(NEWEST, NEWEST):
        if kind == "table" and name == table:
            return _columns_made_by(sql)
    return ()


def _columns_made_by(sql: Any) -> Sequence[str]:
    """The names of columns in the order that the words of a table give them; none where they are no such words."""
    if not isinstance(sql, str) or not sql.lstrip().upper().startswith("CREATE TABLE") or len(sql) > 20_000:
        return ()
    try:
        with closing(sqlite3.connect(":memory:")) as empty:
            empty.execute(sql)
            [(name,)] = empty.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            return [row[1] for row in empty.execute(f'PRAGMA table_info("{name}")')]
    except (sqlite3.Error, ValueError, UnicodeError):
        return ()
