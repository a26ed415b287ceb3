"""Makes the project's own environment, .venv, and looks for the system libraries that Qt needs.

The run scripts call this with a system Python, only when a cheap look says that something is missing or has changed.
It uses the standard library alone, speaks on standard error (standard output belongs to the commands), and may be
called twice at once: the second call waits and then finds nothing to do.
"""

import argparse
import contextlib
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MADE_FOR = VENV / "made-for"  # the folder and the Python that .venv was made for; written once it stands
INSTALLED = VENV / "installed"  # a copy of the requirements that were installed; written once they are


class Library(NamedTuple):
    """A shared library and the packages that bring it with apt and dnf."""

    name: str
    apt: str
    dnf: str


QT_LIBRARIES = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
)
X11_LIBRARIES = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
)


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    print(sentence, file=sys.stderr, flush=True)


def missing_libraries(libraries: tuple[Library, ...]) -> list[Library]:
    """Those that the system's loader does not find; none outside Linux, where Qt's wheels bring all they need."""
    missing = []
    if sys.platform == "linux":
        for library in libraries:
            try:
                ctypes.CDLL(library.name)
            except OSError:
                missing.append(library)
    return missing


def libraries_for(use: str) -> tuple[Library, ...]:
    """What `use` needs: "nothing" for commands, "offscreen" for tests, "screen" for a window that is looked at."""
    if use == "nothing":
        return ()
    if use == "offscreen" or os.environ.get("WAYLAND_DISPLAY"):
        return QT_LIBRARIES
    return QT_LIBRARIES + X11_LIBRARIES


def install_line(apt: list[str], dnf: list[str]) -> str:
    """The exact line that brings these packages, or a plain statement of what is missing where neither tool is."""
    if shutil.which("apt-get"):
        return f"type: sudo apt-get install {' '.join(apt)}"
    if shutil.which("dnf"):
        return f"type: sudo dnf install {' '.join(dnf)}"
    return f"install what holds these with your system's package manager: {' '.join(dnf)}"


def install_from_system(what: str, apt: list[str], dnf: list[str]) -> bool:
    """Bring packages where this user may (root, apt-get), else say what to type; whether they were brought."""
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: -1)() == 0:
        say(f"Installing {what}: {' '.join(apt)}")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # A failing update is no reason to stop: what is wanted may be known already.
        subprocess.run(["apt-get", "update", "-qq"], env=environment, stdout=sys.stderr, check=False)
        install = [
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=300",
            "install",
            "--yes",
            "-qq",
            "--no-install-recommends",
            *apt,
        ]
        if subprocess.run(install, env=environment, stdout=sys.stderr, check=False).returncode == 0:
            return True
    say(f"Provenote needs {what}; {install_line(apt, dnf)}")
    return False


def bring_libraries(use: str) -> bool:
    """Whether everything that `use` needs is there in the end."""
    missing = missing_libraries(libraries_for(use))
    if not missing:
        return True
    apt, dnf = [library.apt for library in missing], [library.dnf for library in missing]
    return install_from_system("system libraries for its window", apt, dnf)


def purpose_of_venv(python: Path) -> str:
    """What .venv must have been made for to be usable: this folder, and the Python that stands behind it now."""
    version = subprocess.run([python, "-V"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{PROJECT}\n{version}\n"


def venv_is_usable() -> bool:
    """False after the folder was moved or copied, or when the Python behind .venv went away or was replaced."""
    try:
        return MADE_FOR.read_text(encoding="utf-8") == purpose_of_venv(PYTHON)
    except (OSError, subprocess.CalledProcessError):
        return False


def make_venv() -> bool:
    """Make .venv anew with the Python that runs this; whether it stands."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not install_from_system("Python's venv module", [package], ["python3"]):
            return False
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    if subprocess.run([sys.executable, "-m", "venv", VENV], stdout=sys.stderr, check=False).returncode:
        say("Python could not make .venv in this folder; what it said stands above.")
        return False
    # With the system's own line ends: run.cmd cannot read a line that ends otherwise.
    MADE_FOR.write_text(purpose_of_venv(PYTHON), encoding="utf-8")
    return True


def install(requirements: Path) -> bool:
    """Install the locked packages into .venv, each checked against its hash; whether all are there."""
    INSTALLED.unlink(missing_ok=True)
    # Only wheels: building a package would bring tools that no hash pins.
    options = ["--require-hashes", "--only-binary=:all:", "-qq", "--no-input", "--disable-pip-version-check"]
    command = [PYTHON, "-m", "pip", "install", *options, "--requirement", requirements]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        say("The packages could not be installed; what pip said stands above. The next start tries again.")
        return False
    shutil.copyfile(requirements, INSTALLED)
    return True


def is_installed(requirements: Path) -> bool:
    """Whether exactly these requirements were installed last, and to the end."""
    return INSTALLED.exists() and INSTALLED.read_bytes() == requirements.read_bytes()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the set-up's lock; the system lets it go even when this process is killed."""
    with (PROJECT / ".venv.lock").open("a") as lock:
        if os.name == "nt":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(requirements: Path, use: str) -> bool:
    """Bring .venv to these requirements and the system to `use`; whether both are there."""
    with alone():
        if not (venv_is_usable() and is_installed(requirements)):
            say("Setting up Provenote in .venv (about 150 MB, needed once) ...")
            if not (venv_is_usable() or make_venv()) or not install(requirements):
                return False
        return bring_libraries(use)


def main(argv: list[str]) -> int:
    """`run_setup.py REQUIREMENTS USE` sets up; `run_setup.py mend` is 0 when it brought libraries that were missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("requirements", help="the lock file to install, or `mend` for missing libraries alone")
    parser.add_argument("use", choices=["nothing", "offscreen", "screen"], nargs="?", default="screen")
    words = parser.parse_args(argv)
    if words.requirements == "mend":
        return 0 if missing_libraries(libraries_for(words.use)) and bring_libraries(words.use) else 1
    return 0 if set_up(PROJECT / words.requirements, words.use) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
