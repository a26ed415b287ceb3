"""Makes the project's own environment, .venv, and looks for the system libraries that Qt needs.

The run scripts call this with a system Python, only when a cheap look says that something is missing or has changed.
It uses the standard library alone, speaks on standard error (standard output belongs to the commands), and may be
called twice at once: the second call waits and then finds nothing to do.
"""

import argparse
import contextlib
import ctypes
import errno
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


class Need(NamedTuple):
    """What the system must bring: a library, or another part in words, and the packages that hold it in apt and dnf."""

    name: str
    apt: str
    dnf: str


VENV_MODULE = Need("Python's venv module", "python{}.{}-venv".format(*sys.version_info), "python3")
QT_LIBRARIES = (
    Need("libGL.so.1", "libgl1", "libglvnd-glx"),
    Need("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
)
X11_LIBRARIES = (
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
)
WAYLAND_LIBRARIES = (
    Need("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Need("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)


def say(sentence: str) -> None:
    """Tell the person at the keyboard."""
    print(sentence, file=sys.stderr, flush=True)


def missing_libraries(libraries: tuple[Need, ...]) -> list[Need]:
    """Those that the system's loader does not find; none outside Linux, where Qt's wheels bring all they need."""
    missing = []
    if sys.platform == "linux":
        for library in libraries:
            try:
                ctypes.CDLL(library.name)
            except OSError:
                missing.append(library)
    return missing


def libraries_for(use: str) -> tuple[Need, ...]:
    """What `use` needs: "nothing" for commands, "offscreen" for tests, "screen" for a window that is looked at."""
    if use == "nothing":
        return ()
    if use == "offscreen" or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return QT_LIBRARIES
    return QT_LIBRARIES + (WAYLAND_LIBRARIES if os.environ.get("WAYLAND_DISPLAY") else X11_LIBRARIES)


def is_root() -> bool:
    """Whether this user may install packages; nobody is root on Windows."""
    return getattr(os, "geteuid", lambda: -1)() == 0


def how_to_bring(needs: list[Need]) -> str:
    """The exact line that brings these, or a plain statement of what is missing where no known tool is."""
    sudo = "" if is_root() or not shutil.which("sudo") else "sudo "
    type_it = f"{'' if is_root() or sudo else 'as root '}type this, then the same line again"
    if shutil.which("apt-get"):
        # Lists of packages that are absent or old are the commonest reason why apt finds nothing.
        return f"{type_it}: {sudo}apt-get update && {sudo}apt-get install {' '.join(need.apt for need in needs)}"
    if shutil.which("dnf"):
        return f"{type_it}: {sudo}dnf install {' '.join(need.dnf for need in needs)}"
    names = ", ".join(need.name for need in needs)
    return f"install what holds these with your system's package manager, then type the same line again: {names}"


def in_words(needs: list[Need]) -> str:
    """What these are, for the person at the keyboard."""
    words = [VENV_MODULE.name] if VENV_MODULE in needs else []
    return " and ".join(words + (["system libraries for its window"] if set(needs) - {VENV_MODULE} else []))


def quietly(command: list[str]) -> bool:
    """Run a command without a word unless it fails; whether it went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace", check=False
    )
    if done.returncode:
        say(done.stdout.rstrip())
    return done.returncode == 0


def bring(needs: list[Need]) -> bool:
    """Install what is needed where this user may (root, apt-get), else say what to type; whether all is there."""
    if not needs:
        return True
    if shutil.which("apt-get") and is_root():
        packages = [need.apt for need in needs]
        say(f"Installing {in_words(needs)}: {' '.join(packages)}")
        # A failing update is no reason to stop: what is wanted may be known already.
        quietly(["apt-get", "update", "-qq"])
        options = ["-o", "DPkg::Lock::Timeout=300", "--yes", "-qq", "--no-install-recommends"]
        if quietly(["apt-get", "install", *options, *packages]):
            return True
    say(f"Provenote needs {in_words(needs)}; {how_to_bring(needs)}")
    return False


def missing_venv_module() -> list[Need]:
    """Debian's Python comes without what makes a .venv."""
    there = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    return [] if there else [VENV_MODULE]


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
        say(
            "The packages could not be fetched or installed; what pip said stands above. They come over the network"
            " (behind a proxy, set HTTPS_PROXY; where an organisation has certificates of its own, set PIP_CERT)."
            " Type the same line again to go on."
        )
        return False
    shutil.copyfile(requirements, INSTALLED)
    return True


def is_installed(requirements: Path) -> bool:
    """Whether exactly these requirements were installed last, and to the end."""
    return INSTALLED.exists() and INSTALLED.read_bytes() == requirements.read_bytes()


def can_be_renewed() -> bool:
    """Whether other requirements may be installed over what is there.

    Not over what was cut short (killed, no room): a package can be half there and taken for whole.
    """
    return venv_is_usable() and INSTALLED.exists()


def misread_in_paths() -> str:
    """The character in the folder's path, if any, that venv or Qt's own settings read as something else."""
    misread = ";" if os.name == "nt" else ':;"\\'
    return next((character for character in str(PROJECT) if character in misread), "")


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
    if character := misread_in_paths():
        say(f"Provenote cannot work in {PROJECT}, because of the {character} in it: rename or move the folder.")
        return False
    with alone():
        ready = venv_is_usable() and is_installed(requirements)
        # The system first, all of it at once: who must ask somebody to install packages asks once, and before the wait.
        if not bring(([] if ready else missing_venv_module()) + missing_libraries(libraries_for(use))):
            return False
        if ready:
            return True
        say("Setting up Provenote in .venv, once: 150 MB to fetch, 600 MB of room, a minute or more ...")
        return (can_be_renewed() or make_venv()) and install(requirements)


def main(argv: list[str]) -> int:
    """`run_setup.py REQUIREMENTS USE` sets up; `run_setup.py mend` is 0 when it brought libraries that were missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("requirements", help="the lock file to install, or `mend` for missing libraries alone")
    parser.add_argument("use", choices=["nothing", "offscreen", "screen"], nargs="?", default="screen")
    words = parser.parse_args(argv)
    try:
        if words.requirements == "mend":
            missing = missing_libraries(libraries_for(words.use))
            return 0 if missing and bring(missing) else 1
        return 0 if set_up(PROJECT / words.requirements, words.use) else 1
    except KeyboardInterrupt:
        say("Stopped. Type the same line again to go on.")
        return 130
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            remedy = "Copy Provenote, without .venv, into a folder that you may write in, and type the same line there."
        else:
            remedy = "Set that right and type the same line again."
        say(f"The set-up could not write {error.filename or PROJECT} ({error.strerror}). {remedy}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
