"""Whether a folder lies on another machine's disk, where records cannot be kept."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path

NETWORK_FILE_SYSTEMS = (
    r"9p|afpfs|afs|beegfs|ceph|cifs|coda|davfs|glusterfs|gpfs|lustre|ncpfs|nfs4?|ocfs2|orangefs"
    r"|pvfs2|smb3|smbfs|webdav"
    r"|fuse\.(ceph|curlftpfs|davfs2?|gcsfuse|glusterfs|gvfsd-fuse|rclone|s3fs|sshfs|vmhgfs-fuse)"
)
"""File systems whose locks and shared memory SQLite's write-ahead log cannot rely on
(https://www.sqlite.org/wal.html: "all processes must be on the same host computer")."""


def is_network_path(path: Path, mounts: str | None = None) -> bool:
    """Say whether `path` (which need not exist yet) lies on another machine's disk.

    `mounts` is the text of `/proc/mounts`, for tests. Linux and macOS go by the type of the file
    system, Windows by the drive. A type that is not known counts as this machine's own.
    """
    if sys.platform == "win32":
        return _is_windows_network(path)
    if mounts is None:
        mounts = _mounts()
    real = Path(os.path.realpath(path))
    best, kind, root_kind = "", "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = _unescape(fields[1])
        if point == "/":
            root_kind = fields[2]
        if len(point) >= len(best) and real.is_relative_to(point):
            best, kind = point, fields[2]
    # A sandbox or a light virtual machine may have all of its own disk on 9p: that is no network.
    network = re.fullmatch(NETWORK_FILE_SYSTEMS, kind) is not None
    return network and not (kind == root_kind == "9p")


def _unescape(field: str) -> str:
    """Undo the octal escapes of `/proc/mounts` (space, tab, newline, backslash)."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, letter)
    return field


def _mounts() -> str:
    """Return the mounted file systems in the form of `/proc/mounts`, "" when they are unknown."""
    with contextlib.suppress(OSError):
        return Path("/proc/mounts").read_text(errors="replace")
    if sys.platform == "darwin":
        return _mac_mounts()
    return ""


def _mac_mounts() -> str:
    """Return what macOS has mounted, in the form of `/proc/mounts`."""
    import subprocess

    try:
        told = subprocess.run(  # an absolute path and no value of ours: nothing to inject
            ["/sbin/mount"], capture_output=True, text=True, timeout=2, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.findall(r"^(.+) on (.+) \(([^,)]+)", told, re.MULTILINE)
    return "\n".join(f"x {point.replace(' ', chr(92) + '040')} {kind}" for _, point, kind in found)


def _is_windows_network(path: Path) -> bool:
    """Say whether a Windows path is a share (`\\\\server\\…`) or on a drive that stands for one."""
    import ctypes

    full = os.path.realpath(path)
    if full.startswith("\\\\") and not full.startswith(("\\\\?\\", "\\\\.\\")):
        return True
    if full.upper().startswith("\\\\?\\UNC\\"):
        return True
    drive = os.path.splitdrive(full.removeprefix("\\\\?\\"))[0]
    windows = getattr(ctypes, "windll", None)
    remote = 4  # DRIVE_REMOTE
    return windows is not None and windows.kernel32.GetDriveTypeW(drive + "\\") == remote
