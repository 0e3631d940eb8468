"""Writing files so that a crash leaves either the old content or the new, and saying what a disk refuses."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from facea_desktop.domain.errors import UserError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_PRIVATE, _OTHERS, _READERS = 0o700, 0o077, 0o044


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
        raise UserError(
            f"Could not {doing}: {error.strerror or error}. Check that the folder may be written to "
            "and that no other program has its files open."
        ) from error


def write_atomically(path: Path, data: bytes, *, shared: bool = False) -> None:
    """Replace ``path`` by ``data`` as a whole: temp file beside it, fsync, replace.

    Args:
        shared: whoever may read the folder may read the file, as of an export; else its owner alone.

    Raises:
        UserError: the disk is full; ``path`` is as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temp = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            if shared and sys.platform != "win32":
                os.fchmod(handle, 0o600 | (path.parent.stat().st_mode & _READERS))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
    except BaseException as error:
        temp.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise UserError(f"The disk is full: {path} could not be saved. Free some space and try again.") from error
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names inside ``folder`` durable; Windows neither needs nor allows it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "ab") as file:
        yield file
