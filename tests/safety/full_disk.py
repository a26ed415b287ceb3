"""`python -m tests.safety.full_disk ROOM FOLDER FINENESS ACTION…`: does things where there is no room.

Run by test_disk_full.py. Each action is tried with no room at all, then with a little more, until it goes through, so
that every write of it was the one that failed. It is a process of its own since the limit on the size of files, or the
small disk that is mounted for it alone, holds for the whole process. What fails an assertion ends it with a traceback,
and the folder is copied to FOLDER-kept. A line of JSON for each action tells what was said each
time it was refused.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotate import commands as do
from annotate.backups import backups_folder, backups_of, make_backup, restore
from annotate.errors import AnnotateError, CanBeViewed
from annotate.handing_on import Form
from annotate.history import redo, undo
from annotate.model import Span
from annotate.project import Project, reading
from annotate.vocabulary import Kind
from tests.annotate.drafts import FLOOD, imported
from tests.safety.wholeness import (
    Looked,
    assert_export_is_whole,
    assert_whole,
    digest_of,
    digest_of_export,
    files_in,
)
from tests.safety.work import FORMS, Analyst, export_of, hand_on

PROJECT = "case.pnote"
OF_AN_OPEN_PROJECT = {PROJECT, f"{PROJECT}-wal", f"{PROJECT}-shm", f"{PROJECT}.owner"}
PAGE = 4096


def rooms(fineness: str) -> Iterator[int]:
    """Bytes of room, from none: coarse four times as much each time; fine by a quarter of a page, from 64 KiB on by a
    tenth."""
    room = 0
    while room < 2**28:
        yield room
        if fineness == "coarse":
            room = max(PAGE, 4 * room)
        else:
            room += room // 10 if room > 16 * PAGE else PAGE // 4


class Room(ABC):
    """What the process may still write."""

    @abstractmethod
    def leave(self, size: int, growing: Path) -> None:
        """No more than so many bytes, all in all or at the end of the file that grows."""

    @abstractmethod
    def make(self) -> None:
        """As much as is wanted."""


class Limit(Room):
    """No file may be larger. Python ignores the signal that comes with it, so that writing fails."""

    def leave(self, size: int, growing: Path) -> None:
        there = growing.stat().st_size if growing.exists() else 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (there + size, resource.RLIM_INFINITY))

    def make(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


class Disk(Room):
    """A disk in memory that is made smaller and larger."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder).encode()
        self._mount(0, "1g")

    def leave(self, size: int, growing: Path) -> None:
        disk = os.statvfs(self._folder)
        self._mount(_REMOUNT, str((disk.f_blocks - disk.f_bavail) * disk.f_frsize + size))

    def make(self) -> None:
        self._mount(_REMOUNT, "1g")

    def _mount(self, flags: int, size: str) -> None:
        system = ctypes.CDLL(None, use_errno=True)
        if system.mount(b"tmpfs", self._folder, b"tmpfs", ctypes.c_ulong(flags), f"size={size}".encode()):
            raise OSError(ctypes.get_errno(), "mount")


_REMOUNT = 32


@dataclass
class Tries:
    """One folder with a project in it, and the things that are tried there."""

    room: Room
    folder: Path
    fineness: str

    def __post_init__(self) -> None:
        self.path = self.folder / "work" / PROJECT
        self.path.parent.mkdir()
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        tempfile.tempdir = str(self.temporary)
        self.said: Counter[str] = Counter()
        self.looked = Looked()
        with Project.create(self.path, "Ana") as project:
            Analyst(project, "full").begin()

    def until_it_goes_through(self, action: Callable[[], object], growing: Path, look: Callable[[bool], None]) -> None:
        """Try with more and more room; `look` at what there is after each try, told whether it went through."""
        for size in rooms(self.fineness):
            self.room.leave(size, growing)
            try:
                action()
                done = True
            except AnnotateError as error:
                done = False
                self.said[a_sentence(str(error))] += 1
            finally:
                self.room.make()
            look(done)
            assert files_in(self.temporary) == {}, "a temporary file stays"
            if done:
                return
        raise AssertionError("it never went through")

    # ------------------------------------------------------------ what changes the project

    def edit(self) -> None:
        self._change(lambda project: do.edit_record(project, _claim(project), plain_words="بيت 🌊 " * 900))

    def mark(self) -> None:
        self._change(lambda project: do.mark(project, 1, Kind.FIGURE, [Span(80, 100)]))

    def undo_and_redo(self) -> None:
        self._change(undo)
        self._change(redo)

    def import_(self) -> None:
        files = [imported(f"{FLOOD}{number}\n" * 6, f"{number}.txt") for number in range(3)]
        self._change(lambda project: do.import_files(project, files, label="Import 3 files"))

    def update(self) -> None:
        file = imported(FLOOD.replace("900", "1,200"))
        self._change(lambda project: do.update_article(project, 1, file.articles[0], file))

    def _change(self, change: Callable[[Project], object]) -> None:
        with Project.open(self.path, "Ana") as project:
            before = self.looked.state_of(project.read)

            def look(done: bool) -> None:
                assert (self.looked.state_of(project.read) != before) is done
                self._nothing_else_is_there(OF_AN_OPEN_PROJECT)

            self.until_it_goes_through(lambda: change(project), self.path.with_name(f"{PROJECT}-wal"), look)
            after = digest_of(project.read)
        self._nothing_else_is_there({PROJECT})
        with Project.open(self.path, "Ana") as project:
            assert self.looked.state_of(project.read) == after

    # ------------------------------------------------------------ opening, closing, making

    def close(self) -> None:
        """Closing copies the log into the file; where that cannot grow, the log stays and is enough."""
        for number, size in enumerate(rooms(self.fineness)):
            if size > 16 * PAGE:
                return
            project = Project.open(self.path, "Ana")
            do.import_files(project, [imported(FLOOD * 20 + str(number), f"{number}.txt")], label="Import")
            after = digest_of(project.read)
            self.room.leave(size, self.path)
            try:
                project.fold_in()
                project.close()
            finally:
                self.room.make()
            with Project.open(self.path, "Ana") as project:
                assert self.looked.state_of(project.read) == after
            self._nothing_else_is_there({PROJECT})

    def open(self) -> None:
        def look(_done: bool) -> None:
            self._opens_whole(self.path)
            self._nothing_else_is_there({PROJECT})

        def open_or_view() -> None:
            try:
                Project.open(self.path, "Zoe\u0301").close()
            except CanBeViewed as error:
                with Project.view(self.path, "Zoe\u0301", error.because) as viewed:
                    self.looked.state_of(viewed.read)
                raise

        self.until_it_goes_through(open_or_view, self.folder / "nothing", look)

    def open_old(self) -> None:
        """A file of an older version, which has to grow to be opened."""
        import gzip

        old, stored = self.path.with_name("old.pnote"), Path("tests/annotate/schemas/version-1.pnote.gz")

        def again() -> None:
            Project.open(old, "Zoe\u0301").close()

        def look(done: bool) -> None:
            self._opens_whole(old)
            old.unlink()
            kept = backups_of(old)  # each try to bring it up to date keeps what it was
            self._nothing_else_is_there({PROJECT, *(f"{backups_folder(old).name}/{one.path.name}" for one in kept)})
            if done:
                shutil.rmtree(backups_folder(old))
            else:
                old.write_bytes(gzip.decompress(stored.read_bytes()))

        old.write_bytes(gzip.decompress(stored.read_bytes()))
        self.until_it_goes_through(again, self.folder / "nothing", look)

    def create(self) -> None:
        new = self.path.with_name("new.pnote")

        def look(done: bool) -> None:
            self._nothing_else_is_there({PROJECT, new.name} if done else {PROJECT})
            if done:
                self._opens_whole(new)
                new.unlink()

        nothing = self.folder / "nothing"
        self.until_it_goes_through(lambda: Project.create(new, "Ana").close(), nothing, look)

    def copy(self) -> None:
        """A copy to work on, over one that stands there already."""
        copy = self.path.with_name("copy.pnote")
        with Project.create(copy, "Ana", "what stood there"):
            pass
        stood = copy.read_bytes()

        def look(done: bool) -> None:
            assert (copy.read_bytes() != stood) is done
            self._nothing_else_is_there({PROJECT, copy.name})
            self._opens_whole(copy) if done else self._opens_whole(self.path)

        def save() -> None:
            with Project.view(self.path) as project:
                project.save_copy(copy)

        self.until_it_goes_through(save, self.folder / "nothing", look)
        copy.unlink()

    # ------------------------------------------------------------ backups

    def back_up(self) -> None:
        folder = backups_folder(self.path)
        with Project.open(self.path, "Ana") as project:
            before = {make_backup(self.path).backup.path}
            stood = files_in(folder)
            do.edit_project(project, note="since the backup")

            def look(done: bool) -> None:
                now = files_in(folder)
                assert {name: now[name] for name in stood} == stood, "a backup that was there was touched"
                assert (len(now) > len(stood)) is done
                for backup in {one.path for one in backups_of(self.path)} - before:
                    self._lies_whole(backup)
                self._nothing_else_is_there(OF_AN_OPEN_PROJECT | {f"{folder.name}/{name}" for name in now})
                assert not any(".part" in name for name in now)

            self.until_it_goes_through(lambda: make_backup(self.path), self.folder / "nothing", look)
        shutil.rmtree(folder)

    def restore(self) -> None:
        with Project.open(self.path, "Ana") as project:
            backup = make_backup(self.path).backup.path
            state = digest_of(project.read)
            do.edit_project(project, note="to be taken back by the backup")
            later = digest_of(project.read)

        def look(done: bool) -> None:
            with reading(self.path) as read:
                assert digest_of(read) == (state if done else later)
            self._lies_whole(self.path)
            kept = {f"{backups_folder(self.path).name}/{one.path.name}" for one in backups_of(self.path)}
            if done:  # where there is no room for a backup of it, what was replaced keeps its place under another name
                kept |= {file.name for file in self.path.parent.glob("case (set aside *")}
            self._nothing_else_is_there({PROJECT} | kept)

        self.until_it_goes_through(lambda: restore(self.path, backup, analyst="Ana"), self.folder / "nothing", look)
        shutil.rmtree(backups_folder(self.path))
        for aside in self.path.parent.glob("case (set aside *"):
            if aside.suffix == ".pnote":  # beside it may lie its log
                self._lies_whole(aside)
        for aside in self.path.parent.glob("case (set aside *"):
            aside.unlink()

    # ------------------------------------------------------------ exports

    def export(self, form: Form) -> None:
        target = export_of(form, self.path.parent)
        with Project.open(self.path, "Ana") as project:
            do.edit_project(project, note="before")
            hand_on(project, form, self.path.parent)
            stood = digest_of_export(target)
            do.edit_project(project, note="after")

            def look(done: bool) -> None:
                assert_export_is_whole(form, target)
                if not done:
                    assert digest_of_export(target) == stood, "the export that stood there was touched"
                within = {f"{target.name}/{name}" for name in files_in(target)} if target.is_dir() else {target.name}
                self._nothing_else_is_there(OF_AN_OPEN_PROJECT | within)

            self.until_it_goes_through(lambda: hand_on(project, form, self.path.parent), self.folder / "nothing", look)
            assert_whole(project.read)
            do.edit_project(project, note="it goes on")
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()

    def _opens_whole(self, path: Path) -> None:
        with Project.open(path, "Ana") as project:
            self.looked.state_of(project.read)

    def _lies_whole(self, path: Path) -> None:
        with reading(path) as read:
            self.looked.state_of(read)

    def _nothing_else_is_there(self, expected: set[str]) -> None:
        there = set(files_in(self.path.parent))
        assert there <= expected, f"something stays: {there - expected}"


def a_sentence(said: str) -> str:
    """What is said, where it can be said to an analyst."""
    assert said.endswith((".", "?"))
    assert "\n" not in said
    assert len(said) < 300
    assert not any(word in said for word in ("Errno", "sqlite3", "sqlalchemy", "Error(", ".part")), said
    return said


def _claim(project: Project) -> int:
    return next(one.id for one in project.read.annotations() if one.kind is Kind.CLAIM)


ACTIONS: dict[str, Callable[[Tries], object]] = {
    "edit": Tries.edit,
    "mark": Tries.mark,
    "undo and redo": Tries.undo_and_redo,
    "import": Tries.import_,
    "update": Tries.update,
    "close": Tries.close,
    "open": Tries.open,
    "open an old one": Tries.open_old,
    "create": Tries.create,
    "copy": Tries.copy,
    "backup": Tries.back_up,
    "restore": Tries.restore,
    **{f"export {form.value}": lambda tries, form=form: tries.export(form) for form in FORMS},  # type: ignore[misc]
}


def main(room: str, folder: Path, fineness: str, actions: list[str]) -> None:
    folder.mkdir()
    made: Room = Disk(folder) if room == "disk" else Limit()
    try:
        tries = Tries(made, folder, fineness)
        for action in actions:
            tries.said.clear()
            ACTIONS[action](tries)
            print(json.dumps({"action": action, "said": sorted(tries.said.elements())}), flush=True)
    except BaseException:
        shutil.copytree(folder, f"{folder}-kept")
        raise


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
