"""The walls between the rooms: what may import what, and what no committed file may say."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
HEAVY = {"PySide6", "shiboken6", "ui", "pandas", "numpy", "openpyxl", "docx", "trafilatura", "lxml"}


def imports_of(file: Path) -> Iterator[str]:
    """The first word of every module that a file imports anywhere, also inside functions."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def who_imports(folder: str, forbidden: set[str]) -> list[str]:
    files = sorted((PROJECT / folder).rglob("*.py"))
    assert files, f"{folder}/ holds no Python file"
    return [
        f"{file.relative_to(PROJECT)} imports {word}"
        for file in files
        for word in imports_of(file)
        if word in forbidden
    ]


def committed_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("needs the project's git history to know what is committed")
    return [PROJECT / name for name in listing.stdout.split("\0") if name and (PROJECT / name).is_file()]


def lines_with(pattern: str, files: list[Path]) -> list[str]:
    return [
        f"{file.relative_to(PROJECT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if re.search(pattern, line)
    ]


CONNECTING = {"aiohttp", "asyncio", "certifi", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
              "socketserver", "ssl", "urllib3", "webbrowser", "xmlrpc"}  # fmt: skip
"""Modules that open connections. `socket` is apart: the store asks it for this computer's name."""


def test_only_the_fetching_room_can_connect() -> None:
    connecting = {*who_imports("annotate", CONNECTING), *who_imports("ui", CONNECTING)}
    assert {words.partition(" ")[0] for words in connecting} == {
        "annotate/fetching/connection.py",
        "annotate/fetching/failures.py",
        "annotate/fetching/fetch.py",
    }
    assert {words.partition(" ")[0] for words in who_imports("annotate", {"socket"})} == {
        "annotate/fetching/connection.py",
        "annotate/fetching/failures.py",
        "annotate/fetching/networks.py",
        "annotate/fetching/patience.py",
        "annotate/importers/web_page.py",  # keeps a library from trying one
        "annotate/store/ownership.py",
    }
    assert who_imports("ui", {"socket"}) == []
    python = [file for folder in ("annotate", "ui") for file in (PROJECT / folder).rglob("*.py")]
    assert lines_with(r"QtNetwork|urllib\.request|from urllib import|create_connection", python) == []


def test_the_core_knows_no_window() -> None:
    assert who_imports("annotate", {"PySide6", "shiboken6", "ui"}) == []


def test_the_window_knows_no_database() -> None:
    assert who_imports("ui", {"sqlalchemy", "sqlite3"}) == []


def test_only_the_store_and_the_reader_of_foreign_databases_speak_to_sqlite() -> None:
    assert {words.partition(" ")[0] for words in who_imports("annotate", {"sqlite3"})} == {
        "annotate/exchange/foreign_database.py",  # opens what strangers made, and believes none of it
        "annotate/store/agreement.py",
        "annotate/store/backup.py",
        "annotate/store/engine.py",
        "annotate/store/faults.py",
        "annotate/store/kinship.py",
        "annotate/store/known_schema.py",
        "annotate/store/looking.py",
        "annotate/store/odd_rows.py",
        "annotate/store/pages.py",
        "annotate/store/refilling.py",
        "annotate/store/rewinding.py",
        "annotate/store/saving.py",
        "annotate/store/untrusted.py",
    }


def loaded_after(statement: str) -> set[str]:
    """The first words of all modules that a fresh interpreter has loaded after a statement."""
    program = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    result = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_the_command_line_starts_without_qt_and_without_the_heavy_libraries() -> None:
    if not (PROJECT / "annotate" / "cli").exists():
        pytest.skip("annotate/cli is not written yet")
    assert loaded_after("import annotate.cli") & HEAVY == set()


@pytest.mark.parametrize("room", ["annotate.importers", "annotate.fetching", "annotate.cli", "ui.window"])
def test_nothing_that_connects_is_loaded_before_an_address_is_fetched(room: str) -> None:
    loaded = loaded_after(f"import {room}")
    assert "annotate" in loaded
    # SQLAlchemy brings asyncio, and that brings ssl; neither is used.
    brought = {"asyncio", "ssl"} if "sqlalchemy" in loaded else set()
    assert loaded & CONNECTING - brought == set()


def test_a_worker_process_that_imports_main_loads_next_to_nothing() -> None:
    loaded = loaded_after("import main")
    assert "main" in loaded
    assert loaded & (HEAVY | {"annotate", "sqlalchemy", "multiprocessing"}) == set()


def test_no_file_that_installs_names_a_host_or_an_index() -> None:
    installs = [
        file
        for file in committed_files()
        if file.name.startswith(("requirements", "run", "pyproject")) or file.parent.name in {".ci", "tools"}
    ]
    assert {file.name for file in installs} >= {"requirements.txt", "requirements-dev.txt", "run", "run.cmd"}
    host = r"://|\b[\w-]+\.(org|com|net|io|dev)\b"
    option = r"--(extra-)?index-url|--find-links|--trusted-host|^\s*-[if]\s"
    assert lines_with(f"{host}|{option}", installs) == []


def test_no_committed_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    text = [file for file in committed_files() if file.suffix not in {".png", ".docx", ".xlsx", ".ico", ".pnote"}]
    assert lines_with(r"(?<![\w.~/])/(work|root|tmp|home/\w+)/", text) == []


def test_the_development_lock_holds_all_of_the_other_one() -> None:
    runtime = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    development = (PROJECT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    pins = {line.removesuffix(" \\") for line in runtime if "==" in line}
    assert pins
    assert pins - {line.removesuffix(" \\") for line in development} == set()


def test_every_locked_package_is_held_to_hashes() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=[^\s#])", (PROJECT / lock).read_text(encoding="utf-8"))
        unhashed = [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry]
        assert unhashed == []
        assert len(entries) > 20


def modules_on_the_map() -> set[str]:
    """Modules that the map of ARCHITECTURE.md names: `name.py`, or in brackets behind the `…` of one they belong to."""
    page = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    belonging = re.findall(r"…[^(\n]*\(([\w, ]+)\)", page)
    return {*re.findall(r"(\w+)\.py\b", page), *(name for names in belonging for name in names.split(", "))}


def rooms_on_the_map() -> set[str]:
    """Folders that the map names as wholes; what is in them need not be on it."""
    page = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    return set(re.findall(r"(\w+)/", page)) - {"annotate", "ui"}


def test_the_map_shows_every_module_or_its_room_and_none_that_is_gone() -> None:
    modules = [file for folder in ("annotate", "ui") for file in (PROJECT / folder).rglob("*.py")]
    outside = {file.stem for file in modules if file.parent.name in {"annotate", "ui"}} - {"__init__"}
    shown = modules_on_the_map()
    assert outside - shown == set()
    assert shown - {file.stem for file in modules} == {"main", "run_setup"}
    assert rooms_on_the_map() - {"queries", "bundles"} == {
        file.name
        for folder in ("annotate", "ui")
        for file in (PROJECT / folder).iterdir()
        if (file / "__init__.py").exists()
    }
