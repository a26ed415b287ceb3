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
    try:
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("needs git and the project's history to know what is committed")
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
        "annotate/fault_report.py",  # says which version is running
        "annotate/store/agreement.py",
        "annotate/store/backup.py",
        "annotate/store/engine.py",
        "annotate/store/faults.py",
        "annotate/store/kinship.py",
        "annotate/store/known_schema.py",
        "annotate/store/looking.py",
        "annotate/store/odd_rows.py",
        "annotate/store/opening.py",
        "annotate/store/pages.py",
        "annotate/store/peeking.py",
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


PAGE = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
TOPS = ("annotate", "ui")
DOWN = {
    "annotate/project.py imports annotate.erasing": "whoever opens a project finishes an erasing that was cut short",
}
"""Imports that go down, each with its reason."""


def rooms_of(top: str) -> list[tuple[str, list[str]]]:
    """The rooms that the page lists under a heading, in its order, each with the names in it."""
    listed = PAGE.partition(f"### {top}\n")[2].partition("\n#")[0]
    entries = re.split(r"^- ", listed, flags=re.MULTILINE)[1:]
    return [(entry.partition("**")[2].partition("**")[0], re.findall(r"`(\w+)/?`", entry)) for entry in entries]


def modules_in(top: str) -> set[str]:
    """Modules and packages that lie directly in a folder."""
    there = (PROJECT / top).iterdir()
    return {file.stem for file in there if file.suffix == ".py" or (file / "__init__.py").exists()} - {"__init__"}


def packages_in(top: str) -> set[str]:
    """All packages below a folder by their own name."""
    return {file.parent.name for file in (PROJECT / top).rglob("__init__.py")} - {top}


@pytest.mark.parametrize("top", TOPS)
def test_every_module_and_package_stands_in_one_room_of_the_page(top: str) -> None:
    shown = [name for _room, names in rooms_of(top) for name in names]
    outer = [name for name in shown if name in modules_in(top)]
    assert sorted(outer) == sorted(modules_in(top))
    assert packages_in(top) - set(shown) == set()
    assert set(shown) - modules_in(top) - packages_in(top) == set()


def imported_modules(file: Path) -> Iterator[str]:
    """The modules of the program that a file imports anywhere, also for types only, by their first two words."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (".".join(name.split(".")[:2]) for name in names if name.split(".")[0] in TOPS)


@pytest.mark.parametrize("top", TOPS)
def test_no_room_imports_one_below_it(top: str) -> None:
    place = {
        f"{top}.{name}": number
        for number, (_room, names) in enumerate(rooms_of(top))
        for name in names
        if name in modules_in(top)
    }
    down = {
        f"{file.relative_to(PROJECT).as_posix()} imports {imported}"
        for name, number in ((name.partition(".")[2], number) for name, number in place.items())
        for file in [PROJECT / top / f"{name}.py", *(PROJECT / top / name).rglob("*.py")]
        if file.exists()
        for imported in imported_modules(file)
        if place.get(imported, 0) > number
    }
    assert down - DOWN.keys() == set()
    assert {words for words in DOWN if words.startswith(top)} - down == set()


def names_defined() -> set[str]:
    """What modules define or hold as attributes, methods and signals among it, and the names of modules and files."""
    known = {"sha256"}
    for file in [PROJECT / "main.py", *(file for top in TOPS for file in (PROJECT / top).rglob("*.py"))]:
        relative = file.relative_to(PROJECT)
        known |= {relative.as_posix(), file.stem, file.parent.name}
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                known.add(node.name)
            elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
                known.add(node.id if isinstance(node, ast.Name) else node.attr)
    return known


def test_every_name_on_the_page_is_there() -> None:
    known = names_defined()
    quoted = [words.rstrip("/") for words in re.findall(r"`([^`]+)`", PAGE)]
    names = {words for words in quoted if re.fullmatch(r"[\w./]+", words) and not (PROJECT / words).exists()}
    assert len(names) > 100
    assert {name for name in names if not set(name.split(".")) <= known and name not in known} == set()


def test_the_page_stays_one_page() -> None:
    lines = PAGE.splitlines()
    assert len(lines) <= 120
    assert [line for line in lines if len(line) > 120] == []
