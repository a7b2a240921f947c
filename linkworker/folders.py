"""Where a store's files lie: private folders, whole-file writes, and places that cannot be used.

Nothing here knows what is in a file. `cipher` and `vault` write through it, so that every file of
a store is readable by its owner alone and is either the old one or the new one, never half of each.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from linkworker.network_drives import is_network_path
from linkworker.refusal import Refused


class NetworkPath(Refused):
    """The folder lies on another machine."""

    def __init__(self) -> None:
        super().__init__(
            "The records cannot be kept there.",
            "That folder is on a network drive, where a lost connection can damage them.",
            "Choose a folder on this computer's own disk.",
        )


class ReadOnlyFolder(Refused):
    """The folder, or a file in it, cannot be written."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing can be saved in this folder.",
            "This account may read it but not write to it.",
            "Choose another folder, or ask whoever looks after this computer for the right to "
            "write there. What was saved before is unharmed.",
        )


class DiskFull(Refused):
    """There was no room; what was being written has been taken back whole."""

    def __init__(self, what: str = "That was not saved.") -> None:
        super().__init__(
            what,
            "The disk is full.",
            "Make some room (empty the recycle bin, move pictures away) and do it again. "
            "What was saved before is unharmed.",
        )


class DiskTrouble(Refused):
    """The operating system could not read or write, for a reason of its own."""

    def __init__(self, code: str) -> None:
        super().__init__(
            "The disk could not be read or written.",
            f"This computer answered {code}.",
            "Close linkworker and open it again. If it comes back, copy the folder to another "
            "disk and tell whoever looks after this computer.",
        )


class AlreadyThere(Refused):
    """A new file would have taken the place of one that is there."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing new was made.",
            "There is a file of that name already, and it is never written over.",
            "Choose another name or another folder.",
        )


class NotAFile(Refused):
    """A folder, a link in a circle or a pipe stands where a file should."""

    def __init__(self) -> None:
        super().__init__(
            "The records could not be opened.",
            "Something that is not a file has the name of one of the files of the records.",
            "Look what it is, move it away, and put the file back from a backup of this folder.",
        )


class LinkInTheWay(Refused):
    """A link, or a second name of another file, stands where a file of the records is written."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "The records were not opened.",
            f"{name} in their folder is a link to another file, which would be written over.",
            "Move the link away. If it led to a file of these records, put a copy of it there.",
        )


class NotAFolder(Refused):
    """A file stands where a folder was named."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "What was named as the folder of the records is a file.",
            "Name a folder; to set up records, one that is new.",
        )


class LinkToNowhere(Refused):
    """A link stands where a folder was named, and there is nothing at its end."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done.",
            "The folder of the records, or one above it, is a link that leads nowhere.",
            "Connect the disk that it leads to, or name another folder.",
        )


class HeldElsewhere(Refused):
    """Another program holds the folder for longer than was waited."""

    def __init__(self) -> None:
        super().__init__(
            "That was not done.",
            "Another program is using the folder of the records.",
            "Wait a moment and do it again, or close the other program.",
        )


def plain_os_error(error: OSError) -> Refused:
    """Return the refusal that says an `OSError` in plain words, without its path."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ReadOnlyFolder()
    if error.errno == errno.EEXIST:
        return AlreadyThere()
    if error.errno in (errno.EISDIR, errno.ELOOP, errno.ENXIO):
        return NotAFile()
    return DiskTrouble(errno.errorcode.get(error.errno or 0, type(error).__name__))


def data_folder() -> Path:
    """Return the folder of this user's stores: on this machine, never roaming with the account."""
    import platformdirs  # 35 ms: only when no folder was named

    return Path(platformdirs.user_data_dir("linkworker", appauthor=False, roaming=False))


def make_private_folder(folder: Path) -> None:
    """Make `folder`, and what is missing above it, for this user alone (0700).

    A folder that was there keeps the permissions it has above it and is itself made private.
    Raises `NetworkPath`, `NotAFolder`, `LinkToNowhere`, `ReadOnlyFolder`, `DiskFull`.
    """
    if is_network_path(folder):
        raise NetworkPath
    refuse_a_file(folder)
    try:
        for part in reversed([folder, *folder.parents]):
            if not part.exists():
                part.mkdir(mode=0o700)
        if os.name == "posix":
            folder.chmod(0o700)
    except FileExistsError:
        raise AlreadyThere from None
    except OSError as error:
        raise plain_os_error(error) from None


def refuse_a_file(folder: Path) -> None:
    """Raise `NotAFolder` where `folder`, or what is above it, is there and is none.

    Raises `LinkToNowhere` where it is a link with nothing at its end.
    """
    for part in (folder, *folder.parents):
        if os.path.exists(part):
            if not os.path.isdir(part):
                raise NotAFolder
            return
        if os.path.islink(part):
            raise LinkToNowhere


def _unused() -> str:
    """Return part of a name that nothing has yet."""
    import secrets  # 3 ms, on the way to the first frame

    return secrets.token_hex(4)


def refuse_unwritable(folder: Path) -> None:
    """Refuse where nothing could be made in `folder`, which need not exist: by trying, as rights
    alone do not tell (an administrator has them all, on a disk that is read-only too).

    Leaves nothing behind. Raises `NotAFolder`, `LinkToNowhere`, `ReadOnlyFolder`, `DiskFull`.
    """
    refuse_a_file(folder)
    nearest = next(part for part in (folder, *folder.absolute().parents) if os.path.isdir(part))
    tried = nearest / f".{_unused()}.new"
    try:
        tried.mkdir(mode=0o700)
        tried.rmdir()
    except PermissionError as error:
        # Of one's own folder, `make_private_folder` takes the right to write.
        if nearest != folder or os.name != "posix" or folder.stat().st_uid != os.geteuid():
            raise plain_os_error(error) from None
    except OSError as error:
        raise plain_os_error(error) from None


def make_private_file(path: Path) -> None:
    """Make an empty file that only this user can read (0600). Raises `AlreadyThere` and others."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise plain_os_error(error) from None


def write_whole(path: Path, data: bytes, *, also: Path | None = None) -> None:
    """Write a private file so that a power cut leaves the old one or the new one.

    Written beside, flushed to the disk, renamed over the old one, and the folder flushed. `also`
    gets the same bytes; room for both is made sure of before either is renamed. Raises `DiskFull`,
    `ReadOnlyFolder`, `DiskTrouble`; then the old files stand untouched.
    """
    written: list[tuple[Path, Path]] = []
    try:
        try:
            for target in [path] if also is None else [path, also]:
                beside = target.with_name(f".{target.name}.{_unused()}.new")
                handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
                written.append((beside, target))
                with open(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            for beside, target in written:
                os.replace(beside, target)
        except BaseException:
            for beside, _ in written:
                with contextlib.suppress(OSError):
                    beside.unlink()
            raise
        flush_folder(path.parent)
    except OSError as error:
        raise plain_os_error(error) from None


def open_to_write(path: Path, flags: int = 0) -> int:
    """Open a file of ours, made (0600) where there is none, and return its handle.

    Nothing is written or cut: only now is it known to be a plain file of one name, and no link to
    another, which Windows can only be asked beforehand. Raises `LinkInTheWay`, `OSError`.
    """
    refuse_link(path)
    wary = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    handle = os.open(path, os.O_RDWR | os.O_CREAT | flags | sum(wary), 0o600)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "not a file")
        if found.st_nlink > 1:
            raise LinkInTheWay(path.name)
    except BaseException:
        os.close(handle)
        raise
    return handle


def refuse_link(path: Path, *, also_second_name: bool = True) -> None:
    """Raise `LinkInTheWay` where `path` is a link or one name of several. May raise `OSError`."""
    with contextlib.suppress(FileNotFoundError):
        found = os.lstat(path)
        several = also_second_name and stat.S_ISREG(found.st_mode) and found.st_nlink > 1
        if stat.S_ISLNK(found.st_mode) or several:
            raise LinkInTheWay(path.name)


def read_file(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a file. Raises `OSError`, also for what is no plain file.

    A pipe of that name would have it wait for ever.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise IsADirectoryError(errno.EISDIR, "not a file")
        return file.read(most)


def unfinished(path: Path) -> list[Path]:
    """Return what writings of `path` that were cut off, as by a power cut, left beside it."""
    return sorted(path.parent.glob(f".{path.name}.*.new"))


def flush_folder(folder: Path) -> None:
    """Make a rename in `folder` outlast a power cut. Windows does so by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def held(folder: Path, lock: str, seconds: float = 0.0) -> Iterator[None]:
    """Hold a folder against other programs; the system lets go when this one is killed.

    The folder itself is locked where that can be (POSIX), the file `lock` in it on Windows. Raises
    `HeldElsewhere` where another has it for longer than `seconds`, and `OSError`.
    """
    if sys.platform == "win32":
        handle = open_to_write(folder / lock)
    else:
        handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + seconds
        while not _locks(handle):
            if time.monotonic() >= until:
                raise HeldElsewhere
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)


def _locks(handle: int) -> bool:
    """Lock what is open, without waiting, and say whether nobody else had it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # Windows answers EACCES
        return False
    return True


def no_core_dumps() -> None:
    """See to it that a crash of this process leaves no picture of its memory on the disk.

    Linux and macOS by the core size limit; Linux also by PR_SET_DUMPABLE, since a crash collector
    behind a pipe ignores the limit; Windows by turning its fault box off. Never fails.
    """
    import ctypes

    if sys.platform == "win32":
        windows = getattr(ctypes, "windll", None)
        if windows is not None:
            windows.kernel32.SetErrorMode(0x0001 | 0x0002)  # no critical error box, no fault box
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
