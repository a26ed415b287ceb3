"""Network shares and folders that a service keeps in step are recognised; disks are left alone."""

from collections.abc import Collection, Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.store.places import (
    Place,
    conflict_copies,
    conflict_words,
    file_system_of,
    mounted_as,
    network_type,
    place_of,
    service_of,
    warning,
)

MOUNTINFO = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,discard
30 27 0:40 / /people/ann/share rw,relatime shared:15 master:2 - cifs //server/cases rw,vers=3.1.1
31 27 0:41 / /mnt/my\\040cases rw - nfs4 server:/export/cases rw,vers=4.2
32 27 0:42 / /people/ann/remote rw,nosuid,nodev - fuse.sshfs ann@desk: rw,user_id=1000
33 27 8:17 / /media/stick rw - fuseblk /dev/sdb1 rw
34 27 0:43 / /people/ann/.vault rw - fuse.gocryptfs /people/ann/.cipher rw
35 27 0:44 / /mnt/c rw - 9p C:\\134 rw,dirsync
36 27 0:45 / /mnt/two rw - ext4 /dev/vdb rw
37 27 0:46 / /mnt/two rw - nfs server:/two rw
38 30 254:2 / /people/ann/share/local rw - xfs /dev/vdc rw
a line that is none
39 27 0:47 / /broken
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/people/ann/cases/my.pnote", ""),
        ("/people/ann/share/my.pnote", "cifs"),
        ("/people/ann/share/2026/my.pnote", "cifs"),
        ("/people/ann/shared/my.pnote", ""),  # only begins like a mount point
        ("/people/ann/share/local/my.pnote", ""),  # a disk inside of a share
        ("/mnt/my cases/my.pnote", "nfs4"),
        ("/people/ann/remote/my.pnote", "sshfs"),
        ("/media/stick/my.pnote", ""),
        ("/people/ann/.vault/my.pnote", ""),
        ("/mnt/c/Users/ann/my.pnote", "9p"),
        ("/mnt/two/my.pnote", "nfs"),  # the later of two mounts lies on top
    ],
)
def test_a_network_is_told_from_a_disk_by_the_mount_points_of_linux(path: str, network: str) -> None:
    assert network_type(file_system_of(PurePosixPath(path), MOUNTINFO)) == network


def test_a_network_is_told_from_a_disk_by_what_mount_prints_on_macos() -> None:
    printed = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//ann@server._smb._tcp.local/cases on /Volumes/my cases (smbfs, nodev, nosuid, mounted by ann)\n"
        "server:/export on /Volumes/export (nfs)\n"
    )
    for path, network in (
        ("/Users/ann/my.pnote", ""),
        ("/Volumes/my cases/a/my.pnote", "smbfs"),
        ("/Volumes/export/my.pnote", "nfs"),
    ):
        assert network_type(mounted_as(PurePosixPath(path), printed)) == network


def test_what_fuse_shows_counts_as_a_network_unless_it_is_known_to_be_a_disk() -> None:
    assert network_type("fuse.rclone") == "rclone"
    assert network_type("fuse.somebodys-new-cloud") == "somebodys-new-cloud"
    for disk in ("fuse.ntfs-3g", "fuse.veracrypt", "fuseblk", "ext4", "btrfs", "tmpfs", "overlay", "apfs", ""):
        assert network_type(disk) == ""


@given(st.text(), st.text(min_size=1))
def test_whatever_the_system_says_is_survived(mounts: str, name: str) -> None:
    path = PurePosixPath("/") / name.replace("\0", "")
    assert isinstance(file_system_of(path, mounts), str)
    assert isinstance(mounted_as(path, mounts), str)


def nothing_in(_folder: PurePath) -> Collection[str]:
    return ()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PurePosixPath("/people/ann/Dropbox/cases/my.pnote"), "Dropbox"),
        (PurePosixPath("/Users/ann/Dropbox (Newsroom)/my.pnote"), "Dropbox"),
        (PurePosixPath("/Users/ann/Library/CloudStorage/OneDrive-Newsroom/my.pnote"), "OneDrive"),
        (
            PurePosixPath("/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/my.pnote"),
            "Google Drive",
        ),
        (PurePosixPath("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/my.pnote"), "iCloud"),
        (PureWindowsPath(r"C:\Users\ann\OneDrive - Newsroom\my.pnote"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\ann\iCloudDrive\my.pnote"), "iCloud"),
        (PurePosixPath("/people/ann/Nextcloud/my.pnote"), "Nextcloud"),
        (PurePosixPath("/people/ann/ownCloud/my.pnote"), "ownCloud"),
        (PurePosixPath("/people/ann/About Dropbox/my.pnote"), ""),
        (PurePosixPath("/people/ann/cases/dropbox.pnote"), ""),
        (PurePosixPath("/people/ann/onedriver/my.pnote"), ""),
    ],
)
def test_a_service_is_known_by_the_name_of_its_folder(path: PurePath, service: str) -> None:
    assert service_of(path, nothing_in) == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".stfolder", "Syncthing"),
        (".sync", "Resilio Sync"),
        (".dropbox.cache", "Dropbox"),
        ("._sync_0f3a9c.db", "Nextcloud or ownCloud"),
        (".sync_0f3a9c.db", "Nextcloud or ownCloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".synced", ""),
        (".dropbox", ""),  # lies in every home where Dropbox runs, and says nothing about its folders
    ],
)
def test_a_service_is_known_by_what_it_keeps_in_a_folder_above(marker: str, service: str) -> None:
    lying: Mapping[PurePath, Collection[str]] = {PurePosixPath("/people/ann/desk"): ("a.pnote", marker)}
    assert service_of(PurePosixPath("/people/ann/desk/2026/my.pnote"), lambda folder: lying.get(folder, ())) == service
    assert service_of(PurePosixPath("/people/ann/other/my.pnote"), lambda folder: lying.get(folder, ())) == ""


def test_a_folder_of_syncthing_is_recognised_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "2026").mkdir()
    assert place_of(tmp_path / "2026" / "my.pnote").service == "Syncthing"


def test_a_folder_that_is_not_there_or_cannot_be_read_is_no_trouble(tmp_path: Path) -> None:
    assert place_of(tmp_path / "no" / "such" / "my.pnote").service == ""


def test_the_conflict_copies_of_services_are_found_and_other_files_are_not(tmp_path: Path) -> None:
    path = tmp_path / "my [case] 🌊.pnote"
    conflicts = [
        "my [case] 🌊 (Ann's conflicted copy 2026-11-27).pnote",
        "my [case] 🌊 (conflicted copy 2026-11-27 081500).pnote",
        "my [case] 🌊 (Annas in Konflikt stehende Kopie 2026-11-27).pnote",
        "my [case] 🌊.sync-conflict-20261127-081500-ABCDEFG.pnote",
        "my [case] 🌊_conflict-20261127-081500.pnote",
    ]
    others = [
        "my [case] 🌊 2.pnote",
        "my [case] 🌊-DESKTOP-7A.pnote",
        "my [case] 🌊 (1).pnote",
        "other.pnote",
        "my c.pnote",
    ]
    for name in (path.name, *conflicts, *others, "my [case] 🌊 (conflicted copy).xlsx"):
        (tmp_path / name).touch()
    assert [copy.name for copy in conflict_copies(path, Place())] == sorted(conflicts)
    of_onedrive = conflict_copies(path, Place(service="OneDrive"))
    assert [copy.name for copy in of_onedrive] == sorted([*conflicts, others[1]])
    of_google = conflict_copies(path, Place(service="Google Drive"))
    assert [copy.name for copy in of_google] == sorted([*conflicts, others[2]])


def test_a_name_that_only_looks_like_a_computers_is_left_alone(tmp_path: Path) -> None:
    for name in ("my.pnote", "my-2026.pnote", "my-backup.pnote", "my-Final.pnote"):
        (tmp_path / name).touch()
    assert conflict_copies(tmp_path / "my.pnote", Place(service="OneDrive")) == []


def test_what_is_told_is_plain_and_names_the_file() -> None:
    assert warning("my.pnote", Place()) == ""
    assert warning("my.pnote", Place(network="smb3")).startswith("my.pnote lies on a network share (smb3). ")
    assert "“conflicted copy”" in warning("my.pnote", Place(service="Dropbox"))
    assert conflict_words(Path("my.pnote"), []) == ""
    one = conflict_words(Path("my.pnote"), [Path("my (conflicted copy).pnote")])
    assert one.startswith("my (conflicted copy).pnote lies beside my.pnote: ")
    assert "Open it and see" in one
    assert " and 2 more lie beside" in conflict_words(Path("my.pnote"), [Path("a"), Path("b"), Path("c")])
