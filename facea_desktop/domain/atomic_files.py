"""Writing files so that a crash leaves either the old content or the new, with clear errors from the disk."""

from __future__ import annotations

import errno
import logging
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

from facea_desktop.domain.errors import UserError

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

TEMPORARY = ".facea.tmp"
"""How the names end of files that are being written."""
_ABANDONED_SECONDS = 3600
_LONGEST_NAME = 200
"""Bytes; most file systems take 255, and a temporary name is longer."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_PRIVATE, _OTHERS, _READERS = 0o700, 0o077, 0o044
_LONGEST_TEXT = 16 << 20


@contextmanager
def disk_trouble(doing: str) -> Iterator[None]:
    """Say in one line what the disk refused while ``doing`` ("save Anna").

    Raises:
        UserError: in place of an OSError.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise UserError(f"Could not {doing}: the disk is full. Free some space and try again.") from error
        if isinstance(error, FileNotFoundError):
            raise UserError(f"Could not {doing}: it does not exist. Check the name and the folder.") from error
        remedy = "Check that the folder is writable and that no other program has its files open."
        if doing.startswith("read "):
            remedy = "Check the file, or copy it to another disk."
        raise UserError(f"Could not {doing}: {error.strerror or error}. {remedy}") from error


@contextmanager
def erasing_trouble(what: str) -> Iterator[None]:
    """Say in one line that ``what`` is deleted, but that the disk refused to erase its contents.

    Raises:
        UserError: in place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise UserError(
            f"{what} is deleted, but its contents could not all be erased yet: {error.strerror or error}. Check that "
            "no other program has its files open; erasing continues at the next start."
        ) from error


def write_atomically(path: Path, data: bytes, *, shared: bool = False) -> None:
    """Replace ``path`` by ``data`` as a whole: temp file beside it, fsync, replace.

    Args:
        shared: readable by everyone who can read the folder, as an export is; else by its owner only.

    Raises:
        UserError: the disk is full; ``path`` is as it was.
    """
    _put(path, data, shared, lambda temp: temp.replace(path))


def write_new(path: Path, data: bytes) -> None:
    """``write_atomically`` for a file to share that must not be there yet; nobody sees it empty or in parts.

    Raises:
        FileExistsError: it is there.
        UserError: the disk is full.
    """
    _put(path, data, True, lambda temp: _name(temp, path))


def _put(path: Path, data: bytes, shared: bool, name: Callable[[Path], object]) -> None:
    """Write a temp file and have it named; it is locked until then, so that no sweep takes it for a dead one's."""
    try:
        _put_once(path, data, shared, name)
    except FileNotFoundError:  # swept before it was locked, if the folder is there
        if not path.parent.is_dir():
            raise
        _put_once(path, data, shared, name)
    sync_folder(path.parent)


def _put_once(path: Path, data: bytes, shared: bool, name: Callable[[Path], object]) -> None:
    called = path.name if len(os.fsencode(path.name)) <= _LONGEST_NAME else "long"
    handle, temp_name = tempfile.mkstemp(dir=path.parent, prefix=f".{called}.", suffix=TEMPORARY)
    temp = Path(temp_name)
    try:
        with os.fdopen(handle, "wb") as file:
            _is_locked(file)
            if shared and sys.platform != "win32":
                os.fchmod(handle, 0o600 | (path.parent.stat().st_mode & _READERS))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if sys.platform != "win32":
                name(temp)
        if sys.platform == "win32":  # it moves no open file
            name(temp)
    except BaseException as error:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise UserError(f"The disk is full: {path} could not be saved. Free some space and try again.") from error
        raise


def _name(temp: Path, path: Path) -> None:
    if sys.platform == "win32":
        temp.rename(path)  # refuses where there is one
        return
    try:
        path.hardlink_to(temp)
    except FileExistsError:
        raise
    except OSError:  # no links on this file system: a name is taken first
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            temp.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    else:
        with suppress(OSError):  # it is saved; the next sweep takes the other name
            temp.unlink()


def sweep_temporary(files: Iterable[Path]) -> None:
    """Remove temp files, of those given, that a process left when it died; a living one holds a lock on its own.

    What the system refuses is left for the next time.
    """
    for path in files:
        if not (path.name.startswith(".") and path.name.endswith(".tmp")):
            continue
        try:
            with path.open("r+b") as file:
                age = time.time() - path.stat().st_mtime
                if not _is_locked(file) or (sys.platform == "win32" and age < _ABANDONED_SECONDS):
                    continue
                if sys.platform != "win32":
                    path.unlink()
            if sys.platform == "win32":
                path.unlink()
        except OSError as error:
            log.info("a temporary file is left: %s", error)


def _is_locked(file: IO[bytes]) -> bool:
    """Lock an open file for this process, unless another one did; whether it is locked now, as far as can be known."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def shown_name(path: Path) -> str:
    """A file's name for people to read: what cannot be printed, or is no text, stands as a question mark."""
    return "".join(letter if letter.isprintable() else "?" for letter in path.name or str(path))


def cut_name(name: str, longest: int) -> str:
    """A name of at most ``longest`` bytes, without half a letter at its end."""
    return os.fsencode(name)[:longest].decode("utf-8", "ignore")


def sync_folder(folder: Path) -> None:
    """Make the names inside ``folder`` durable, where the file system can; what was renamed is renamed all the same.

    Windows neither needs nor allows it.
    """
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        log.info("the names in a folder could not be made durable: %s", error)


def private_folder(folder: Path) -> None:
    """Make a folder that its owner alone may read, where it is missing; what lies above it is as the system has it."""
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)


def shared_folder(folder: Path) -> None:
    """Make a folder for files that go to others, where it is missing, whatever the process keeps to itself."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        one.chmod(0o755)


def make_private(folder: Path) -> None:
    """Take a folder and all in it from other users, as versions before left them open; quick where they are not.

    Raises:
        OSError: somebody else owns it.
    """
    if sys.platform == "win32" or not folder.is_dir() or not folder.stat().st_mode & _OTHERS:
        return
    for base, folders, files in os.walk(folder):
        for path in (Path(base, name) for name in (*folders, *files)):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~_OTHERS)
    folder.chmod(_PRIVATE)  # last: it says that all the others are done


@contextmanager
def appending(path: Path) -> Iterator[IO[bytes]]:
    """Open a file of the owner's alone to add to it."""
    new = not path.exists()
    with path.open("ab") as file:
        if new:
            path.chmod(0o600)
        yield file


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read; nobody waits for the other end of a pipe.

    Raises:
        OSError: it is missing, or no plain file.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a file but a folder, pipe or device")
        yield file


def read_text_file(path: Path) -> bytes:
    """The bytes of a text that the user wrote, of at most 16 MiB.

    Raises:
        OSError: it is missing, no plain file, or larger.
    """
    with open_file(path) as file:
        data = file.read(_LONGEST_TEXT + 1)
    if len(data) > _LONGEST_TEXT:
        raise OSError(errno.EFBIG, f"it is larger than {_LONGEST_TEXT >> 20} MiB")
    return data


def target_file(path: Path) -> Path:
    """Where what the user wants to have saved as ``path`` goes: behind a link, to the file that it points to.

    Raises:
        UserError: a folder, a pipe or a device has the name.
    """
    with disk_trouble(f"save {path}"):
        real = path.resolve()
        if real.exists() and not real.is_file():
            raise UserError(f"{path} is not a file but a folder, pipe or device. Choose another name.")
    return real
