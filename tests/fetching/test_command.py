"""`import` with web addresses, as a script meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate import cli
from annotate.history import next_undo
from annotate.project import Project
from tests.fetching.site import Site

WORDS = "At least 900 people 🌊 left their homes, قال الدفاع المدني."


@pytest.fixture(autouse=True)
def named_analyst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVENOTE_ANALYST", "Ana Ünal")


def test_addresses_are_imported_after_the_files_in_one_step(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Notes on the flood", encoding="utf-8")
    site.redirect("/a", "/flood.txt")
    site.page("/flood.txt", WORDS.encode(), "text/plain")
    path = tmp_path / "flood.pnote"
    words = ["import", str(path), site.address("/a"), str(file), site.address("/gone"), site.address("/a")]
    assert cli.main([*words, "--allow-private"]) == 1
    where = f"127.0.0.1:{site.port}"
    assert capsys.readouterr().out.splitlines() == [
        f"imported   {file}: “Notes on the flood”",
        f"imported   http://{where}/a: “flood”. {where}/a led to {where}/flood.txt.",
        f"refused    http://{where}/gone: http://{where}/gone is not there (status 404). "
        "Check the address, or look for the page in a web archive.",
    ]
    with Project.open(path, "Ana Ünal") as project:
        [_, fetched] = sorted(project.read.articles(), key=lambda article: article.id)
        article = project.read.article(fetched.id)
        assert article is not None
        assert (article.url, article.collected_by) == (site.address("/flood.txt"), "Ana Ünal")
        assert article.collected_at is not None
        step = next_undo(project)
        assert step is not None
        assert step.label == "Import 3 files"


def test_addresses_inside_the_network_are_refused_without_the_option(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", str(tmp_path / "flood.pnote"), site.page("/a", WORDS.encode()), "--json"]) == 1
    [said] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (said["file"], said["outcome"], said["articles"]) == (site.address("/a"), "refused", [])
    assert "Allow addresses in your own network" in said["reason"]
    assert site.requests == []
