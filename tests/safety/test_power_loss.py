"""The power goes: whatever of the log reached the disk, the project is as it was after one of its commits.

What is committed stands in the log beside the file until it is folded in. Here the log is cut at every frame and every
4 KiB, and bits in it are flipped: in its header, in the headers of frames and in their pages. Each copy is opened under
a name of its own, so that nothing the machine still knows of the file helps. Since it is known where each commit ends
in the log, it is known which state must be found: all commits before the damage, and nothing of those after it. While
the log is folded in, the file itself is torn: any of the writes to it may have reached the disk, whole or in part, and
the log still has all of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

import pytest

from annotate.project import Project
from tests.safety.wholeness import Looked, assert_whole, digest_of
from tests.safety.work import Analyst

PAGE = 4096
HEADER = 32
FRAME_HEADER = 24
FRAME = FRAME_HEADER + PAGE
SECTOR = 512
"""What a disk writes whole or not at all."""
COMMITS = 24
FEW = {"cuts": 14, "flips": 20, "torn": 5}
"""Without --long; with it every cut, a flip in every part of every frame, and so many torn files:"""
MANY_TORN = 100


@dataclass
class Recorded:
    """A project and its log as they lay on the disk, and what stood in it after each commit."""

    file: bytes
    log: bytes
    folded: bytes
    """The file once the log was folded in."""
    ends: list[int]
    """Where each commit ends in the log; the first is 0, before all of them."""
    states: list[str]

    def state_before(self, place: int) -> str:
        """What must be found where the log is right up to a place and wrong from there."""
        return self.states[max(number for number, end in enumerate(self.ends) if end <= place)]

    @property
    def last_end(self) -> int:
        return self.ends[-1]


def recorded(folder: Path, *, restarted: bool) -> Recorded:
    """Work on a project commit by commit. With `restarted` the log was folded in before and is written anew from its
    beginning, with what is left of the longer one behind it."""
    path = folder / "case.pnote"
    log = path.with_name("case.pnote-wal")
    with Project.create(path, "Ana") as project:
        analyst = Analyst(project, f"power {restarted}")
        analyst.begin()
        if restarted:
            for _ in range(COMMITS + 4):
                analyst.edit()
        project.fold_in()
        if restarted:
            before = log.stat().st_size
        else:
            project.close()
            project = analyst.project = Project.open(path, "Ana")
        file = path.read_bytes()
        ends, states = [0], [digest_of(project.read)]
        for number in range(COMMITS):
            if number % 8 == 5:
                analyst.import_files(1, long=9_000)
            else:
                analyst.edit()
            states.append(digest_of(project.read))
            ends.append(_end_of_log(log.read_bytes()))
        assert path.read_bytes() == file
        whole = log.read_bytes()
        if restarted:
            assert len(whole) >= before > ends[1]
        project.fold_in()
        folded = path.read_bytes()
        project.close()
    return Recorded(file, whole, folded, ends, states)


def _end_of_log(log: bytes) -> int:
    """Behind the last frame that is of this log and not left of one before: both begin with salts."""
    salts, end = log[16:24], HEADER
    while log[end + 8 : end + 16] == salts and end + FRAME <= len(log):
        end += FRAME
    return end


@pytest.fixture(scope="module", params=[False, True], ids=["a new log", "a log written anew over an older one"])
def power(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return recorded(tmp_path_factory.mktemp("power"), restarted=request.param)


@dataclass
class Bench:
    """Opens copies, each under a name that nothing knows."""

    folder: Path
    numbers: Iterator[int]
    looked: Looked

    def found(self, file: bytes, log: bytes) -> str:
        """The state that is found; the project is whole, also in its history. Copies that fail stay."""
        path = self.folder / f"copy {next(self.numbers)}.pnote"
        path.write_bytes(file)
        path.with_name(f"{path.name}-wal").write_bytes(log)
        try:
            with Project.open(path, "Ana") as project:
                state = self.looked.state_of(project.read)
        except BaseException as error:
            path.write_bytes(file)
            path.with_name(f"{path.name}-wal").write_bytes(log)
            error.add_note(f"the copy is kept: {path}")
            raise
        path.unlink()
        return state


@pytest.fixture(scope="module")
def looked() -> Looked:
    return Looked()


@pytest.fixture
def bench(tmp_path: Path, looked: Looked) -> Bench:
    return Bench(tmp_path, count(), looked)


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.long)], ids=["some", "all"])
def every(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def chance() -> Random:
    seed = os.environ.get("PROVENOTE_SEED", "2026")
    print(f"seed {seed}")
    return Random(seed)


def test_a_log_that_is_cut_anywhere_gives_the_commits_before_the_cut(
    power: Recorded, bench: Bench, every: bool, chance: Random, record_property: Callable[[str, object], None]
) -> None:
    frames = range(HEADER, power.last_end + 1, FRAME)
    cuts = {0, *frames, *(place + FRAME_HEADER for place in frames), *range(0, power.last_end, PAGE), *power.ends}
    cuts |= {1, HEADER - 1, HEADER + 1, power.last_end - 1}
    for cut in sorted(cuts) if every else sorted(chance.sample(sorted(cuts), FEW["cuts"])):
        assert bench.found(power.file, power.log[:cut]) == power.state_before(cut), cut
    record_property("cuts", len(cuts) if every else FEW["cuts"])


def test_zeros_in_place_of_what_was_to_be_written_give_the_commits_before_them(
    power: Recorded, bench: Bench, every: bool, chance: Random, record_property: Callable[[str, object], None]
) -> None:
    """A file may have grown before its contents came."""
    places = list(range(0, power.last_end, PAGE))
    places = places if every else chance.sample(places, FEW["torn"])
    for place in places:
        log = power.log[:place] + bytes(len(power.log) - place)
        assert bench.found(power.file, log) == power.state_before(place), place
    record_property("cuts, zeros after them", len(places))


def test_a_flipped_bit_gives_the_commits_before_it(
    power: Recorded, bench: Bench, every: bool, chance: Random, record_property: Callable[[str, object], None]
) -> None:
    places = list(range(HEADER))
    for frame in range(HEADER, power.last_end, FRAME):
        places += [frame + chance.randrange(FRAME_HEADER) for _ in range(2)]
        places += [frame + FRAME_HEADER + chance.randrange(PAGE)]
    places = places if every else chance.sample(places, FEW["flips"])
    for place in places:
        log = bytearray(power.log)
        log[place] ^= 1 << chance.randrange(8)
        frame = 0 if place < HEADER else HEADER + (place - HEADER) // FRAME * FRAME
        assert bench.found(power.file, bytes(log)) == power.state_before(frame), place
    record_property("flipped bits", len(places))


def test_a_file_that_is_torn_while_the_log_is_folded_in_is_mended_from_the_log(
    power: Recorded, bench: Bench, every: bool, chance: Random, record_property: Callable[[str, object], None]
) -> None:
    torn = MANY_TORN if every else FEW["torn"]
    for _ in range(torn):
        assert bench.found(_torn(power.file, power.folded, chance), power.log) == power.states[-1]
    record_property("torn files", torn)


def _torn(before: bytes, after: bytes, chance: Random) -> bytes:
    """Sectors of the file before and after, as chance has it; it may have grown, or not, or in part."""
    length = chance.choice([len(before), len(after), chance.randrange(len(before), len(after) + 1, SECTOR)])
    share = chance.random()
    parts = []
    for place in range(0, length, SECTOR):
        stood = before[place : place + SECTOR] or bytes(SECTOR)
        parts.append(after[place : place + SECTOR] if chance.random() < share else stood)
    return b"".join(parts)


def test_what_is_left_of_the_index_of_the_log_is_not_believed(power: Recorded, tmp_path: Path) -> None:
    """After a crash of the program, not the machine, it is still there, and may be of another log."""
    path = tmp_path / "case.pnote"
    path.write_bytes(power.file)
    path.with_name("case.pnote-wal").write_bytes(power.log)
    path.with_name("case.pnote-shm").write_bytes(Random(1).randbytes(32_768))
    with Project.open(path, "Ana") as project:
        assert digest_of(project.read) == power.states[-1]
        assert_whole(project.read)
