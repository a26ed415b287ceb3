"""What is special about the place where a project lies: a network share, or a folder that a service keeps in step.

Why it exists: SQLite's write-ahead log needs memory that all who have the file open share, which no network has, and a
service that copies files one by one copies the log without the file or the file without the log. In such a place the
journal is a rollback journal (engine.py), and the analyst is told what may go wrong there.

What is asked of the system is handed in, so that the rules can be tried for systems that are not there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path, PurePath

_NETWORK = frozenset(
    {
        *("9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre"),
        *("ncpfs", "nfs", "nfs4", "ocfs2", "panfs", "prl_fs", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "vmhgfs"),
        *("webdav", "wekafs"),
    }
)
"""Types of file systems that reach another computer, or the one that a virtual computer runs on."""

_LOCAL_FUSE = frozenset(
    {
        *("bcachefs", "bindfs", "cryfs", "ecryptfs", "encfs", "exfat", "ext2", "fuse-overlayfs", "fuseiso"),
        *("gocryptfs", "lxcfs", "mergerfs", "ntfs", "ntfs-3g", "portal", "securefs", "snapfuse", "squashfuse"),
        *("unionfs", "unionfs-fuse", "veracrypt", "zfs"),
    }
)
"""Programs that show a disk of this computer through FUSE; any other one, such as sshfs or rclone, may reach others."""

_NAMES = {
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "onedrive": "OneDrive",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "syncthing": "Syncthing",
    "seafile": "Seafile",
}
"""Folders as the services call them, in small letters."""

_BEGINNINGS = {
    "dropbox (": "Dropbox",
    "dropbox-": "Dropbox",
    "googledrive-": "Google Drive",
    "onedrive - ": "OneDrive",
    "onedrive-": "OneDrive",
}
"""How the names of such folders begin where an account or a company follows."""

_MARKERS = {
    ".dropbox.cache": "Dropbox",
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".sync": "Resilio Sync",
    ".seafile-data": "Seafile",
}
"""What the services leave in the folder that they keep in step, in small letters."""

_DATABASE = re.compile(r"\._?sync_[0-9a-f]+\.db$")
"""Where Nextcloud and ownCloud keep what they know of a folder."""


@dataclass(frozen=True)
class Place:
    """Where a project lies, as far as that matters."""

    network: str = ""
    """The type of a file system that reaches other computers; empty for a disk of this one."""
    service: str = ""
    """Who keeps the folder in step with other computers, Dropbox for instance; empty where nobody does."""

    @property
    def is_shared(self) -> bool:
        """Whether a file here may be reached or replaced from another computer."""
        return bool(self.network or self.service)

    @property
    def words(self) -> str:
        """What the place is, in a few words; empty for one that is nothing special."""
        if self.service:
            return f"a folder that {self.service} keeps in step with other computers"
        return f"a network share ({self.network})" if self.network else ""


def place_of(path: Path) -> Place:
    """What is special about where a file lies; asks the system, and reads names of files in the folders above."""
    return Place(_network_of(path.parent), service_of(path, _names_in))


def warning(name: str, place: Place) -> str:
    """What may go wrong with a project of this name there; empty where nothing is special."""
    if not place.is_shared:
        return ""
    if place.service:
        return (
            f"{name} lies in {place.words}. Open it on one computer at a time, and close it before you go to another: "
            f"where two work at once, {place.service} keeps both files, one as a “conflicted copy”, and nobody joins "
            "them."
        )
    return (
        f"{name} lies on {place.words}. Work on it from one computer at a time: that a colleague has it open is not "
        "told to every computer there, and two who write at once can spoil the file."
    )


def service_of(path: PurePath, names_in: Callable[[PurePath], Collection[str]]) -> str:
    """Which service keeps the folder of `path` in step, by the names of the folders above it and what lies in them.

    `names_in` gives the names in a folder, none where it cannot be read.
    """
    for part in reversed(path.parts[:-1]):
        name = part.casefold()
        known = _NAMES.get(name) or next((who for words, who in _BEGINNINGS.items() if name.startswith(words)), "")
        if known:
            return known
    for folder in path.parents:
        for name in names_in(folder):
            marker = name.casefold()
            if marker in _MARKERS:
                return _MARKERS[marker]
            if _DATABASE.match(marker):
                return "Nextcloud or ownCloud"
    return ""


def file_system_of(path: PurePath, mountinfo: str) -> str:
    """The type of the file system that holds `path` (absolute), from the text of Linux's /proc/self/mountinfo."""
    best, found = -1, ""
    for line in mountinfo.splitlines():
        before, dash, after = line.partition(" - ")
        fields, kind = before.split(), after.split()
        if not dash or len(fields) < 5 or not kind:
            continue
        point = PurePath(_unescaped(fields[4]))
        if path.is_relative_to(point) and len(point.parts) >= best:  # the later of two at one point lies on top
            best, found = len(point.parts), kind[0]
    return found


def mounted_as(path: PurePath, mounts: str) -> str:
    """The same from what macOS's `mount` prints: "//ann@server/cases on /Volumes/cases (smbfs, nodev)"."""
    best, found = -1, ""
    for line in mounts.splitlines():
        match = re.fullmatch(r".* on (/.*) \(([^,)]+)[^)]*\)", line)
        if match is None:
            continue
        point = PurePath(match[1])
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), match[2]
    return found


def network_type(file_system: str) -> str:
    """The name of a network's file system from its type, empty for a disk of this computer.

    What FUSE shows counts as a network unless it is known to be a disk: a share that is taken for a disk can spoil a
    project, a disk that is taken for a share only makes it slower.
    """
    kind = file_system.casefold()
    if kind.startswith("fuse."):
        program = kind.removeprefix("fuse.")
        return "" if program in _LOCAL_FUSE else program
    return kind if kind in _NETWORK else ""


def conflict_copies(path: Path, place: Place) -> list[Path]:
    """Files beside a project that look like another computer's version of it, in the order of their names."""
    stem, ending = re.escape(path.stem), re.escape(path.suffix)
    looks = [
        rf"{stem} ?\([^)]*(conflict|conflit|conflic|konflik)[^)]*\){ending}",  # Dropbox, Nextcloud, in some languages
        rf"{stem}[-_ .](sync-)?conflict[^/]*{ending}",  # Syncthing, ownCloud, Seafile
    ]
    if place.service == "OneDrive":
        looks.append(rf"{stem}(?-i:-(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{{2,20}}){ending}")  # the name of the computer
    if place.service == "Google Drive":
        looks.append(rf"{stem} \(\d+\){ending}")
    look = re.compile("|".join(looks), re.IGNORECASE)
    names = (name for name in _names_in(path.parent) if name != path.name and look.fullmatch(name))
    return [path.with_name(name) for name in sorted(names)]


def conflict_words(path: Path, copies: Collection[Path]) -> str:
    """What to do about such files, naming the first; empty where there are none."""
    if not copies:
        return ""
    first, *others = copies
    what = f"{first.name} and {len(others):,} more lie" if others else f"{first.name} lies"
    them = "them" if others else "it"
    return (
        f"{what} beside {path.name}: that looks like a version which another computer has kept. "
        f"Open {them} and see whether work is in there that this one has not."
    )


def _network_of(folder: Path) -> str:
    if sys.platform == "win32":
        import ctypes

        remote = 4
        drive = folder.drive
        if drive.startswith("\\\\"):
            return "Windows share"
        return "Windows share" if drive and ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == remote else ""
    if sys.platform == "darwin":
        try:
            said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            return ""
        return network_type(mounted_as(folder, said))
    try:
        text = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    return network_type(file_system_of(folder, text))


_MOST_NAMES = 20_000
"""Names that are read of one folder."""


def _names_in(folder: PurePath) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry, _ in zip(entries, range(_MOST_NAMES), strict=False)]
    except OSError:
        return []


def _unescaped(words: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), words)
