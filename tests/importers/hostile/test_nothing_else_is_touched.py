"""Reading a file opens that file and no other, and connects to nothing: watched from outside the process."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from tests.importers.hostile import entities
from tests.importers.hostile.archives import escaping, linked
from tests.importers.hostile.samples import page, samples

READING = """
import sys
from pathlib import Path
from annotate.errors import ImportRefused
from annotate.importers import read_file
for name in sys.argv[1:]:
    try:
        read_file(Path(name))
    except ImportRefused as refused:
        print(refused)
"""
_OPENED = re.compile(r'^(?:\d+ +)?(?:openat|open|creat)\([^"]*"(?P<path>(?:[^"\\]|\\.)*)"[^)]*\)\s*= \d')
_OF_THE_SYSTEM = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/null", "/dev/urandom", "/opt/", "/bin/")

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("strace") is None, reason="needs Linux and strace"
)


def test_no_other_file_is_opened_and_no_socket(tmp_path: Path) -> None:
    secret = tmp_path / "apart" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text("SECRET", "utf-8")
    folder = tmp_path / "chosen"
    folder.mkdir()
    made = dict(samples())
    for name, build in entities.HOLDERS.items():
        made[f"file {name}"] = entities.external(build, secret.as_uri())
        made[f"web {name}"] = entities.external(build, "http://127.0.0.1:9/other.dtd")
    made["escaping.docx"], made["linked.docx"] = escaping(), linked(str(secret))
    parts = "".join(f'<{tag} src="{secret.as_uri()}"></{tag}>' for tag in ("img", "iframe", "script", "object"))
    made["parts.html"] = page(f'<link rel="stylesheet" href="{secret.as_uri()}">{parts}<p>{"Words. " * 60}</p>')
    paths = []
    for name, data in made.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    trace = tmp_path / "trace"
    watched = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=open,openat,creat,socket,connect", "-o", str(trace)]
    done = subprocess.run(
        [*watched, sys.executable, "-c", READING, *map(str, paths)], cwd=PROJECT, capture_output=True, text=True
    )
    if "ptrace" in done.stderr and not trace.exists():
        pytest.skip("this system lets nobody watch another process")
    assert done.returncode == 0, done.stderr
    lines = trace.read_text("utf-8", "replace").splitlines()
    assert [line for line in lines if re.search(r"\b(?:socket|connect)\(", line)] == []
    opened = {found["path"] for line in lines if (found := _OPENED.match(line))}
    assert {str(path) for path in paths} <= opened
    own = (str(PROJECT), sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parents[1]))
    others = [path for path in opened if not path.startswith((*_OF_THE_SYSTEM, *own, str(folder)))]
    assert [path for path in others if path not in ("", ".") and Path(path).is_absolute()] == []
    assert str(secret) not in opened
    assert not (tmp_path / "escaped.txt").exists()
    assert not Path("/escaped.txt").exists()
