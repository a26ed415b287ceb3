"""What restoring a backup would change is told, and what was there before is kept whatever happens."""

import random
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from annotate import backups
from annotate import commands as do
from annotate.backup_preview import Difference, holdings_of, preview
from annotate.backups import Made, Occasion, make_backup, restore
from annotate.errors import BackupFailed, ProjectInUse
from annotate.history import undo
from annotate.integrity import check_project
from annotate.model import Article
from annotate.project import Project
from annotate.vocabulary import Kind
from tests.annotate.drafts import BOATS, files_beside, span_of, tables_of, take_in
from tests.safety.backup_files import NOON, in_folder, scramble
from tests.safety.killed_calls import calls_until_killed


def mark(project: Project, article: Article, words: str, kind: Kind = Kind.CLAIM) -> int:
    return do.mark(project, article.id, kind, [span_of(project, article, words)])


def bytes_beside(path: Path) -> dict[str, bytes]:
    """What each file in its folder holds."""
    return {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}


@pytest.fixture
def earlier(project: Project, article: Article) -> Made:
    """A backup; one mark was made since."""
    mark(project, article, "900 people", Kind.FIGURE)
    made = make_backup(project.path)
    mark(project, article, "Nobody told us")
    return made


def test_a_restored_project_is_byte_for_byte_the_backup(project: Project, earlier: Made) -> None:
    project.close()
    done = restore(project.path, earlier.backup.path, analyst="Ben")
    assert project.path.read_bytes() == earlier.backup.path.read_bytes()
    assert done.set_aside is None
    assert files_beside(project.path) == ["Überblick 🌊 backups", "Überblick 🌊.pnote"]
    with Project.open(project.path, "Ana") as opened:
        assert [each.words for each in opened.read.annotations()] == ["900 people"]
        assert undo(opened) is not None


def test_what_was_replaced_can_be_restored_too(project: Project, earlier: Made) -> None:
    latest = tables_of(project)
    project.close()
    before = restore(project.path, earlier.backup.path).before
    assert before is not None
    assert before.occasion is Occasion.RESTORE
    restore(project.path, before.path)
    with Project.open(project.path, "Ana") as opened:
        assert tables_of(opened) == latest


def test_an_open_project_is_not_restored_and_its_owner_is_named(project: Project, earlier: Made) -> None:
    before = tables_of(project)
    with pytest.raises(ProjectInUse, match="Ana"):
        restore(project.path, earlier.backup.path)
    assert tables_of(project) == before
    assert in_folder(project.path) == [earlier.backup.path.name]


def test_a_project_that_is_looked_at_is_not_restored(project: Project, earlier: Made) -> None:
    with project.reading_elsewhere() as looking:
        project.close()
        before = project.path.read_bytes()
        with pytest.raises(BackupFailed, match="looked at in another window"):
            restore(project.path, earlier.backup.path)
        assert len(looking.annotations()) == 2
    assert project.path.read_bytes()[100:] == before[100:]


def test_a_project_that_is_gone_is_restored(project: Project, earlier: Made) -> None:
    project.close()
    project.path.unlink()
    done = restore(project.path, earlier.backup.path)
    assert (done.before, done.set_aside) == (None, None)
    assert project.path.read_bytes() == earlier.backup.path.read_bytes()


def test_what_a_crash_left_in_the_log_is_kept_before_restoring(project: Project, earlier: Made, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed" / project.path.name
    crashed.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(project.path.with_name(project.path.name + ending), crashed.with_name(crashed.name + ending))
    before = restore(crashed, earlier.backup.path).before
    assert before is not None
    assert crashed.read_bytes() == earlier.backup.path.read_bytes()
    assert holdings_of(before.path).marks == 2
    with Project.open(crashed, "Ana") as opened:
        assert len(opened.read.annotations()) == 1


@pytest.mark.parametrize("damage", ["scrambled", "cut", "empty", "another format"])
def test_a_damaged_project_is_set_aside_and_kept(project: Project, earlier: Made, damage: str) -> None:
    project.close()
    whole = project.path.read_bytes()
    if damage == "scrambled":
        scramble(project.path)
    else:
        project.path.write_bytes({"cut": whole[: len(whole) // 2], "empty": b""}.get(damage, b"PK\x03\x04" + whole))
    damaged = project.path.read_bytes()
    done = restore(project.path, earlier.backup.path, now=NOON)
    assert done.before is None
    assert done.set_aside == project.path.with_name("Überblick 🌊 (set aside 2026-11-27 12.00.00Z).pnote")
    assert done.set_aside.read_bytes()[100:] == damaged[100:]
    assert project.path.read_bytes() == earlier.backup.path.read_bytes()
    with Project.open(project.path, "Ana") as opened:
        assert check_project(opened.read) == []


def test_a_damaged_backup_is_refused_and_the_project_unchanged(project: Project, earlier: Made) -> None:
    project.close()
    before = project.path.read_bytes()
    scramble(earlier.backup.path)
    with pytest.raises(BackupFailed, match=f"{earlier.backup.path.name} is damaged"):
        restore(project.path, earlier.backup.path)
    assert project.path.read_bytes() == before
    assert files_beside(project.path) == ["Überblick 🌊 backups", "Überblick 🌊.pnote"]


def test_the_log_of_a_damaged_project_goes_aside_with_it(project: Project, earlier: Made) -> None:
    project.close()
    scramble(project.path)
    project.path.with_name(project.path.name + "-wal").write_bytes(b"what was in the log")
    done = restore(project.path, earlier.backup.path)
    assert done.set_aside is not None
    assert not project.path.with_name(project.path.name + "-wal").exists()


@pytest.mark.parametrize("ending", ["", "-wal", "-journal"])
def test_a_restore_that_fails_at_the_last_moment_leaves_all_as_it_was(
    project: Project, earlier: Made, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    project.path.write_bytes(b"PK\x03\x04" + project.path.read_bytes())
    if ending:
        project.path.with_name(project.path.name + ending).write_bytes(b"what was done last")
    before = bytes_beside(project.path)

    def refused(*_names: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(BackupFailed, match=r"could not be restored: Permission denied\. .* is as it was\."):
        restore(project.path, earlier.backup.path)
    assert bytes_beside(project.path) == before


def test_a_disk_that_gives_nothing_back_is_not_said_to_hold_what_it_held(
    project: Project, earlier: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    project.path.write_bytes(b"PK\x03\x04" + project.path.read_bytes())
    project.path.with_name(f"{project.path.name}-wal").write_bytes(b"what was done last")
    before = bytes_beside(project.path)

    def gone(*_names: object, **_more: object) -> None:
        raise OSError(5, "Input/output error")

    def fails(_name: Path, _target: Path) -> None:
        monkeypatch.setattr("annotate.store.setting_aside.os.link", gone)
        monkeypatch.setattr("annotate.store.setting_aside.shutil.copyfile", gone)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(BackupFailed, match=r"Input/output error\. What stood there is kept beside it, set aside\."):
        restore(project.path, earlier.backup.path, now=NOON)
    monkeypatch.undo()
    aside = "Überblick 🌊 (set aside 2026-11-27 12.00.00Z).pnote"
    assert bytes_beside(project.path) == {name.replace(project.path.name, aside): held for name, held in before.items()}


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed otherwise there")
def test_killed_at_any_moment_a_restore_loses_neither_a_damaged_project_nor_its_log(
    project: Project, earlier: Made, tmp_path: Path
) -> None:
    project.close()
    project.path.write_bytes(b"PK\x03\x04" + project.path.read_bytes())  # so that its log cannot be folded in
    project.path.with_name(f"{project.path.name}-wal").write_bytes(b"what was done last")
    damaged, backup = project.path.read_bytes(), earlier.backup.path.read_bytes()
    whole = tmp_path / "whole"
    shutil.copytree(project.path.parent, whole)

    def killed_at(moment: int) -> int:
        shutil.rmtree(project.path.parent)
        shutil.copytree(whole, project.path.parent)
        calls = calls_until_killed(lambda: restore(project.path, earlier.backup.path), moment)
        files = bytes_beside(project.path)
        kept = [name for name, held in files.items() if held == damaged and not name.endswith(".part")]
        assert any(files.get(f"{name}-wal") == b"what was done last" for name in kept), sorted(files)
        beside = files.get(f"{project.path.name}-wal")
        if files.get(project.path.name) == backup:
            assert beside is None, "the backup would be read with a log that is not its own"
        elif project.path.name in files:
            assert (files[project.path.name], beside) == (damaged, b"what was done last")
        return calls

    calls = killed_at(0)
    assert calls
    chance = random.Random(5)
    for moment in [*range(calls - 600, calls, 6), *(chance.randrange(calls) for _ in range(10))]:
        killed_at(moment)


def test_a_backup_that_somebody_has_put_something_into_is_refused(project: Project, earlier: Made) -> None:
    project.close()
    before = project.path.read_bytes()
    with sqlite3.connect(earlier.backup.path) as raw:
        raw.execute("CREATE TRIGGER harm AFTER INSERT ON steps BEGIN DELETE FROM articles; END")
    raw.close()
    with pytest.raises(BackupFailed, match=earlier.backup.path.name):
        restore(project.path, earlier.backup.path)
    with pytest.raises(BackupFailed, match=earlier.backup.path.name):
        holdings_of(earlier.backup.path)
    assert project.path.read_bytes() == before


def test_a_restore_that_finds_the_disk_full_changes_nothing(
    project: Project, earlier: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    before = project.path.read_bytes()

    def full(_from: Path, _to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.shutil, "copyfile", full)
    with pytest.raises(BackupFailed, match="could not be restored: No space left on device"):
        restore(project.path, earlier.backup.path)
    assert project.path.read_bytes() == before
    assert files_beside(project.path) == ["Überblick 🌊 backups", "Überblick 🌊.pnote"]


# -- what differs ----------------------------------------------------------------------------------------------------


def test_what_differs_is_told_by_records_and_by_whom(project: Project, article: Article, earlier: Made) -> None:
    project.become("Ben")
    do.edit_annotation(project, project.read.annotations()[0].id, note="see 🌊")
    take_in(project, BOATS, "boats.txt")
    seen = preview(project.read.connection, earlier.backup.path)
    assert Difference("articles", 1, 0, 0) in seen.differences
    assert Difference("claims", 1, 0, 0) in seen.differences
    assert Difference("figures", 0, 1, 0) in seen.differences
    assert (seen.steps, dict(seen.by_analyst), seen.steps_only_in_backup) == (3, {"Ben": 2, "Ana": 1}, 0)
    assert (seen.newest_steps[0].analyst, len(seen.newest_steps)) == ("Ben", 3)
    assert seen.sentences[0].startswith("Since this backup: 1 article added; 1 claim added; 1 figure changed")
    assert seen.sentences[1] == "3 steps were made since, by Ben (2), Ana (1)."


def test_an_article_in_the_bin_counts_as_removed(project: Project, article: Article, earlier: Made) -> None:
    do.move_to_bin(project, [article.id])
    seen = preview(project.read.connection, earlier.backup.path)
    assert Difference("articles", 0, 0, 1) in seen.differences
    assert Difference("figures", 0, 0, 1) in seen.differences
    assert (seen.present.articles, seen.present.marks) == (0, 0)
    assert (seen.backup.articles, seen.backup.marks) == (1, 1)


def test_of_a_backup_of_the_present_state_nothing_differs(project: Project, earlier: Made) -> None:
    seen = preview(project.read.connection, make_backup(project.path).backup.path)
    assert seen.is_equal
    assert seen.sentences == ("Nothing was changed since this backup.",)


def test_a_backup_that_knows_more_than_the_project_says_so(project: Project, earlier: Made) -> None:
    project.close()
    before = restore(project.path, earlier.backup.path).before
    assert before is not None
    with Project.open(project.path, "Ana") as opened:
        seen = preview(opened.read.connection, before.path)
    assert seen.differences == (Difference("claims", 0, 0, 1),)
    assert seen.sentences[-1] == "The backup holds 1 step that the project has not."


def test_a_backup_of_another_project_is_known(project: Project, earlier: Made, tmp_path: Path) -> None:
    with Project.create(tmp_path / "other.pnote", title="Quite another") as other:
        made = make_backup(other.path).backup
    seen = preview(project.read.connection, made.path)
    assert not seen.is_same_project
    assert "another project, “Quite another”" in seen.sentences[0]


def test_a_backup_that_cannot_be_read_is_told_by_name(project: Project, earlier: Made) -> None:
    earlier.backup.path.write_bytes(b"")
    with pytest.raises(BackupFailed, match=earlier.backup.path.name):
        holdings_of(earlier.backup.path)


def test_new_details_of_the_project_are_told_of(project: Project, earlier: Made) -> None:
    do.edit_project(project, note="Handed to the desk")
    assert "project details changed" in preview(project.read.connection, earlier.backup.path).sentences[0]
