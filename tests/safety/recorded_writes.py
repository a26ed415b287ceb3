"""What a process wrote to the files of a project and had synced, in its order, and what a power cut could leave of it.

Recorded with strace. A disk may keep or lose, whole or sector by sector and in any order, whatever was written and not
synced; what was synced it has. A new file is there for certain once its folder was synced.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
CALLS = "openat,pwrite64,write,ftruncate,fdatasync,fsync,unlink"
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += +(-?\d+)(?:<([^>]*)>)?")
_BYTE = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True)
class Call:
    """A call that succeeded."""

    name: str
    path: str
    """Of the file that it is about."""
    data: bytes = b""
    place: int = 0
    """Where the data goes; how long the file is, after ftruncate."""
    makes: bool = False
    """Whether a file was opened that is made where it is not there."""


def record(command: Sequence[str], folder: Path, cwd: Path) -> list[Call]:
    """Run a process to its end and hand back the calls that are about its output and the files of a folder."""
    trace = folder.with_name(f"{folder.name}.trace")
    strace = ["strace", "-f", "-qq", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(trace)]
    done = subprocess.run([*strace, *command], cwd=cwd, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    with trace.open(encoding="ascii", errors="replace") as lines:
        calls = [call for line in lines if (call := _call(line)) is not None]
    of_it = [call for call in calls if call.path == "1" or call.path.startswith(str(folder))]
    assert len(of_it) > 10, "strace wrote something else than was expected"
    return of_it


def _call(line: str) -> Call | None:
    found = _LINE.match(line)
    if found is None or int(found[3]) < 0:
        return None
    name, words = found[1], found[2]
    if name == "openat":
        return Call(name, _text(found[4] or ""), makes="O_CREAT" in words)
    if name == "unlink":
        return Call(name, _text(words))
    number, path = words.split("<", 1)
    path, _, rest = path.partition(">")
    path = "1" if number == "1" else _text(path)
    if name in ("pwrite64", "write"):
        data = bytes.fromhex("".join(_BYTE.findall(rest.split('"')[1])))
        assert len(data) == int(found[3])
        return Call(name, path, data, int(rest.rsplit(",", 1)[1]) if name == "pwrite64" else 0)
    return Call(name, path, place=int(rest.strip(", ")) if name == "ftruncate" else 0)


def _text(words: str) -> str:
    return bytes.fromhex("".join(_BYTE.findall(words))).decode() if "\\x" in words else words.strip('"')


@dataclass
class _File:
    on_disk: bytes = b""
    waiting: list[Call] = field(default_factory=list)
    is_certain: bool = True
    """Whether its folder is known to have it."""


class Disk:
    """A disk on which calls are made again, one by one."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = {path: _File(data) for path, data in files.items()}
        self.said: list[bytes] = []
        """What was written to the output so far."""

    def make(self, call: Call) -> None:
        if call.path == "1":
            self.said.append(call.data)
        elif call.name == "openat":
            if call.makes and call.path not in self._files:
                self._files[call.path] = _File(is_certain=False)
        elif call.name == "unlink":
            self._files.pop(call.path, None)
        elif call.name in ("fsync", "fdatasync"):
            self._sync(call.path)
        elif call.path in self._files:
            self._files[call.path].waiting.append(call)

    def _sync(self, path: str) -> None:
        if path in self._files:
            file = self._files[path]
            file.on_disk, file.waiting = _written(file.on_disk, file.waiting), []
        else:
            for name, file in self._files.items():
                file.is_certain |= str(Path(name).parent) == path

    def after_a_cut(self, chance: Random) -> Iterator[tuple[str, bytes]]:
        """The files as they may be when the power comes back."""
        for path, file in self._files.items():
            if file.is_certain or chance.random() < 0.5:
                kept = [part for call in file.waiting for part in _kept(call, chance)]
                yield path, _written(file.on_disk, kept)


def _kept(call: Call, chance: Random) -> Iterator[Call]:
    """What of a write that was not synced reached the disk: all of it, nothing, or some sectors."""
    how = chance.choice(["all", "all", "nothing", "some"])
    if how == "all":
        yield call
    elif how == "some" and call.data:
        first = call.place
        while first < call.place + len(call.data):
            last = min(first // SECTOR * SECTOR + SECTOR, call.place + len(call.data))
            if chance.random() < 0.5:
                yield Call(call.name, call.path, call.data[first - call.place : last - call.place], first)
            first = last


def _written(stood: bytes, calls: Sequence[Call]) -> bytes:
    now = bytearray(stood)
    for call in calls:
        if call.name == "ftruncate":
            del now[call.place :]
            now.extend(bytes(call.place - len(now)))
        else:
            now.extend(bytes(max(0, call.place + len(call.data) - len(now))))
            now[call.place : call.place + len(call.data)] = call.data
    return bytes(now)
