"""What an analyst drops becomes the list of files to try."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotate.importers import find_files
from annotate.importers.folders import natural_key


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", "utf-8")


def found(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_files([folder])]


def test_folders_are_walked_in_natural_order(tmp_path: Path) -> None:
    touch(tmp_path, "page 10.txt", "page 2.txt", "Page 1.txt", "b/10.txt", "b/9.txt", "زيد.txt", "🇺🇦.txt")
    assert found(tmp_path) == ["b/9.txt", "b/10.txt", "Page 1.txt", "page 2.txt", "page 10.txt", "زيد.txt", "🇺🇦.txt"]


def test_what_no_person_put_there_is_left_out(tmp_path: Path) -> None:
    touch(
        tmp_path, "a.txt", ".DS_Store", ".hidden/b.txt", "Thumbs.db", "desktop.ini", "~$report.docx", "__MACOSX/c.txt"
    )
    assert found(tmp_path) == ["a.txt"]


def test_what_cannot_be_read_stays_on_the_list_to_be_refused(tmp_path: Path) -> None:
    touch(tmp_path, "a.pdf", "b.exe", "c")
    assert found(tmp_path) == ["a.pdf", "b.exe", "c"]


def test_the_folder_that_a_browser_saves_beside_a_page_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "Page.html", "Page_files/x.js", "other_files/note.txt")
    assert found(tmp_path) == ["other_files/note.txt", "Page.html"]


def test_named_files_are_kept_once_and_in_the_order_given(tmp_path: Path) -> None:
    touch(tmp_path, "b.txt", "a.txt", ".note.txt")
    missing = tmp_path / "gone.txt"
    named = [tmp_path / "b.txt", missing, tmp_path / ".note.txt", tmp_path, tmp_path / "b.txt"]
    assert find_files(named) == [tmp_path / "b.txt", missing, tmp_path / ".note.txt", tmp_path / "a.txt"]


def test_a_link_back_to_its_folder_does_not_go_round_for_ever(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path) == ["a.txt", "broken.txt"]


@given(st.data(), st.lists(st.text(min_size=1)))
def test_any_names_come_in_one_order_however_they_were_listed(data: st.DataObject, names: list[str]) -> None:
    one, other = sorted(names, key=natural_key), sorted(data.draw(st.permutations(names)), key=natural_key)
    assert [natural_key(name) for name in one] == [natural_key(name) for name in other]


@given(st.integers(min_value=0), st.integers(min_value=0))
def test_numbers_in_names_count_as_numbers(one: int, other: int) -> None:
    assert (natural_key(f"page {one}") < natural_key(f"page {other}")) == (one < other)
