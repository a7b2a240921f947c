"""Where a store's files may lie, and how they are written."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from linkworker import folders, vault
from linkworker.__main__ import main
from linkworker.network_drives import is_network_path
from tests.vault.conftest import CHEAP, PASSPHRASE

posix = pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /home/ann nfs4 rw 0 0
//team/share /mnt/team\\040drive cifs rw 0 0
ann@far:/ /home/ann/far fuse.sshfs rw 0 0
tmpfs /home/ann/here tmpfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "far"),
    [
        ("/srv/linkworker", False),
        ("/home/bev/linkworker", False),
        ("/home/annette", False),
        ("/home/ann", True),
        ("/home/ann/not/made/yet", True),
        ("/home/ann/here/linkworker", False),
        ("/home/ann/far/linkworker", True),
        ("/mnt/team drive/linkworker", True),
        ("/mnt/c/linkworker", True),
    ],
)
@posix
def test_a_folder_on_another_machine_is_known_by_where_it_is_mounted(path: str, far: bool) -> None:
    assert is_network_path(Path(path), MOUNTS) is far


@posix
def test_a_link_does_not_hide_a_network_drive(tmp_path: Path) -> None:
    far = tmp_path / "far"
    far.mkdir()
    (tmp_path / "near").symlink_to(far)
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/ {far} nfs rw 0 0\n"
    assert is_network_path(tmp_path / "near" / "store", mounts)


@posix
def test_a_sandbox_whose_own_root_is_9p_is_not_a_network() -> None:
    mounts = "none / 9p rw 0 0\nnone /work 9p rw 0 0\nserver:/ /far nfs rw 0 0\n"
    assert not is_network_path(Path("/home/ann"), mounts)
    assert not is_network_path(Path("/work/ann"), mounts)
    assert is_network_path(Path("/far/ann"), mounts)


def test_unknown_and_broken_lines_of_mounts_stop_nobody() -> None:
    assert not is_network_path(Path("/srv"), "\n\nodd\n/dev/sda1 / somethingfs rw 0 0\n")
    assert not is_network_path(Path("/srv"), "")


def test_this_machine_s_own_temporary_folder_is_no_network(tmp_path: Path) -> None:
    assert not is_network_path(tmp_path)


@posix
def test_a_new_folder_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        folders.make_private_folder(tmp_path / "a" / "b")
        folders.make_private_file(tmp_path / "a" / "b" / "f")
        folders.write_whole(tmp_path / "a" / "b" / "g", b"words")
    finally:
        os.umask(old)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "a").rglob("*")}
    assert modes == {"b": 0o700, "f": 0o600, "g": 0o600}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


@posix
def test_a_folder_that_was_open_to_all_is_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    folders.make_private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_network_folder_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "is_network_path", lambda path: True)
    with pytest.raises(folders.NetworkPath):
        folders.make_private_folder(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_way_of_a_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(folders.Refused):
        folders.make_private_folder(tmp_path / "taken" / "inside")


def test_a_power_cut_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key.json"
    folders.write_whole(path, b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(folders.DiskFull):
        folders.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["key.json"]


@pytest.mark.skipif(os.name != "posix", reason="Windows makes a rename last by itself")
def test_a_file_is_on_the_disk_before_it_takes_its_name_and_its_name_before_it_is_called_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, int]] = []
    fsync, replace = os.fsync, os.replace

    def flushed(handle: int) -> None:
        done.append(("flushed", os.fstat(handle).st_ino))
        fsync(handle)

    def renamed(old: Path, new: Path) -> None:
        done.append(("renamed", old.stat().st_ino))
        replace(old, new)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    path = tmp_path / "key.json"
    folders.write_whole(path, b"new")
    file, folder = path.stat().st_ino, tmp_path.stat().st_ino
    assert done == [("flushed", file), ("renamed", file), ("flushed", folder)]


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (errno.ENOSPC, folders.DiskFull),
        (errno.EDQUOT, folders.DiskFull),
        (errno.EROFS, folders.ReadOnlyFolder),
        (errno.EACCES, folders.ReadOnlyFolder),
        (errno.EEXIST, folders.AlreadyThere),
        (errno.EIO, folders.DiskTrouble),
    ],
)
def test_what_the_disk_answers_is_said_plainly_and_without_the_path(
    number: int, name: type[folders.Refused]
) -> None:
    said = folders.plain_os_error(OSError(number, "x", "/home/ann/Agnes Okafor"))
    assert type(said) is name
    assert "Agnes" not in str(said)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(folders.ReadOnlyFolder):
            folders.write_whole(tmp_path / "f", b"words")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_a_crash_leaves_no_picture_of_memory() -> None:
    code = (
        "import ctypes, resource; from linkworker import folders\n"
        "folders.no_core_dumps()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0) 0\n"


def test_each_way_in_to_the_records_and_each_command_forbids_a_picture_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbidden: list[str] = []
    monkeypatch.setattr(folders, "no_core_dumps", lambda: forbidden.append("a command"))
    main(["people", "--data", str(tmp_path / "nowhere")])
    assert forbidden == ["a command"]

    monkeypatch.setattr(vault, "no_core_dumps", lambda: forbidden.append("the keys"))
    own = tmp_path / "own"
    own.mkdir()
    made = vault.create(own, PASSPHRASE, cost=CHEAP)
    vault.unlock(own, PASSPHRASE)
    vault.unlock_with_recovery(own, made.recovery_key)
    assert forbidden[1:] == ["the keys"] * 3


def test_the_usual_folder_does_not_roam_with_the_account() -> None:
    parts = [part.lower() for part in folders.data_folder().parts]
    assert parts[-1] == "linkworker"
    assert "roaming" not in parts
