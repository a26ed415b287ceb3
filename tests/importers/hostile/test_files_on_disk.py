"""Files that change while they are read, cannot be read, or have names that would harm a terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.errors import ImportRefused
from annotate.importers import read_file
from annotate.importers.file_contents import LARGEST, contents_of
from tests.importers.hostile.checks import assert_plain

WORDS = "Words of an article 🇸🇾 e\u0301.\n" * 50
CHANGED = "a.txt changed while it was read; wait until the program that writes it is done, and import it again."


def while_it_is_read(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Something happens to the file after its first bytes were read."""
    read = os.read
    done: list[bool] = []

    def reading(handle: int, count: int) -> bytes:
        piece = read(handle, min(count, 100))
        if not done:
            done.append(True)
            happens()
        return piece

    monkeypatch.setattr(os, "read", reading)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.txt"
    made.write_text(WORDS, "utf-8")
    os.utime(made, ns=(10**18, 10**18))
    return made


def longer(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("more")


def shorter(path: Path) -> None:
    os.truncate(path, 10)


def other_words_of_the_same_length(path: Path) -> None:
    path.write_text(WORDS.replace("article", "weather"), "utf-8")


def another_file(path: Path) -> None:
    other = path.with_name("b.txt")
    other.write_text(WORDS, "utf-8")
    os.utime(other, ns=(10**18, 10**18))
    other.replace(path)


@pytest.mark.parametrize("happens", [longer, shorter, other_words_of_the_same_length, another_file])
def test_a_file_that_changes_while_it_is_read_is_refused(
    path: Path, happens: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    while_it_is_read(monkeypatch, lambda: happens(path))
    with pytest.raises(ImportRefused) as refused:
        read_file(path)
    assert str(refused.value) == CHANGED


def test_a_file_that_vanishes_while_it_is_read_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    while_it_is_read(monkeypatch, path.unlink)
    with pytest.raises(ImportRefused, match=r"^a\.txt is not there any more"):
        read_file(path)


def test_a_file_that_grows_without_end_is_read_no_further_than_the_limit(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "read", lambda _handle, count: asked.append(count) or bytes(count))
    with pytest.raises(ImportRefused, match="changed while it was read"):
        contents_of(path)
    assert sum(asked) == LARGEST + 1


def test_a_file_that_rests_is_read_whole(path: Path) -> None:
    assert contents_of(path) == WORDS.encode()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_link_that_leads_nowhere_and_a_device_are_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    with pytest.raises(ImportRefused, match=r"^link\.txt is not there any more"):
        read_file(link)
    if Path("/dev/zero").exists():
        with pytest.raises(ImportRefused, match=r"^zero is not an ordinary file"):
            read_file(Path("/dev/zero"))


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
@pytest.mark.parametrize(
    "name",
    [
        b"line\nend.txt",
        b"\x1b[31mred.txt",
        "turned \u202etxt.exe".encode(),
        b"no letters \xff\xfe.txt",
        b"\xe2\x80\xa8.txt",
    ],
)
def test_a_name_is_told_on_one_line_without_what_steers_terminals(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_bytes(b"")
    with pytest.raises(ImportRefused) as refused:
        read_file(path)
    said = str(refused.value)
    assert_plain(said, said.partition(" is empty")[0])
    assert said.isprintable()
    path.write_text(WORDS, "utf-8")
    assert read_file(path).name.isprintable()
