"""Erasing that is cut short: the project is as it was or erased, whatever the moment."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.backups import backups_of, make_backup
from annotate.integrity import check_project
from annotate.project import Project
from tests.safety.entangled import NEEDLES, taken
from tests.safety.needles import found_in

PROJECT = Path(__file__).resolve().parents[2]
ERASING = """
import os, signal, sys
from pathlib import Path
from annotate.erasing import Wish, erase, plan_erasing
from annotate.project import Project

path, article, stop = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
calls = 0

def count(frame, event, arg):
    global calls
    calls += 1
    if calls == stop:
        os.kill(os.getpid(), signal.SIGKILL)

project = Project.open(path, "Ana")
plan = plan_erasing(project.read, path, Wish((article,)))
sys.setprofile(count)
erase(project, plan)
sys.setprofile(None)
project.close()
print(calls)
"""
"""Erases an article, and kills itself when so many functions were called or have returned."""

needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="a process is killed otherwise there")


def erased_until(path: Path, article_id: int, stop: int) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", ERASING, str(path), str(article_id), str(stop)]
    return subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)


@pytest.fixture
def made(project: Project) -> tuple[Path, int]:
    """A closed project with two backups that hold what is to be erased."""
    secret, _other = taken(project)
    make_backup(project.path)
    project.close()
    with Project.open(project.path, "Ana") as again:
        make_backup(again.path)
    return project.path, secret.id


def see_either(path: Path, article_id: int) -> bool:
    """Whether it was erased; where it was, nothing of it is left, and where not, nothing of it is missing."""
    with Project.open(path, "Ana") as project:
        assert check_project(project.read) == []
        erased = project.read.article(article_id) is None
        if not erased:
            assert len(project.read.ids_in_articles([article_id])) == 3
            assert len(backups_of(path)) == 2
    if erased:
        assert found_in(path.parent, *NEEDLES) == []
        assert len(backups_of(path)) >= 1
    left = {file.name for file in path.parent.iterdir()} - {path.name, f"{path.stem} backups"}
    assert left == set()
    return erased


def see_killed_at(made: tuple[Path, int], tmp_path: Path, moments: list[float], *, late: int) -> None:
    path, article_id = made
    whole = tmp_path / "whole"
    shutil.copytree(path.parent, whole)
    done = erased_until(path, article_id, 0)
    assert done.returncode == 0, done.stderr
    calls = int(done.stdout)
    stops = [round(moment * calls) for moment in moments]
    stops += [calls - round(calls * back / (20 * late)) for back in range(late)]
    outcomes = set()
    for stop in stops:
        shutil.rmtree(path.parent)
        shutil.copytree(whole, path.parent)
        killed = erased_until(path, article_id, max(1, stop))
        assert killed.returncode < 0 or killed.stdout, killed.stderr
        outcomes.add(see_either(path, article_id))
    assert outcomes == {True, False}


@needs_kill
def test_killed_at_any_moment_it_is_as_before_or_erased(made: tuple[Path, int], tmp_path: Path) -> None:
    see_killed_at(made, tmp_path, [random.random() for _ in range(5)] + [0.01], late=6)


@needs_kill
@pytest.mark.long
def test_killed_at_hundreds_of_moments(made: tuple[Path, int], tmp_path: Path) -> None:
    see_killed_at(made, tmp_path, [random.random() for _ in range(150)] + [0.01], late=100)
