"""What the library asks of a disk: one writer at a time, names that last, contents that go."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from facea_desktop.domain.files import appending, sync_folder

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_CHUNK = 1 << 20
ERASED = ".erased-"
"""How the names begin of files that are being erased."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; the system lets go of it when the process dies, however it dies."""
    with appending(path) as file:
        _lock(file, wait=True)
        try:
            yield
        finally:
            _unlock(file)


@contextmanager
def locked_if_free(path: Path) -> Iterator[bool]:
    """``locked`` where nobody else holds it; yields whether it is held now."""
    with appending(path) as file:
        try:
            _lock(file, wait=False)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            yield False
            return
        try:
            yield True
        finally:
            _unlock(file)


def _lock(file: IO[bytes], *, wait: bool) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unlock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_UN)


def erase_file(path: Path) -> None:
    """Overwrite the contents with zeros, then unlink; a link is only unlinked.

    On a disk that writes in place the contents are gone. SSDs, copy-on-write file systems (Btrfs, APFS, ZFS), snapshots
    and backups may keep the old blocks: there, only an encrypted disk keeps them from being read.
    """
    if not path.is_symlink():
        path.chmod(0o600)
        with path.open("r+b") as file:
            left = file.seek(0, os.SEEK_END)
            file.seek(0)
            while left > 0:
                left -= file.write(bytes(min(left, _CHUNK)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()


def erase_at_once(path: Path) -> None:
    """``erase_file`` for a file that others look for: its name goes first.

    Nobody meets it half erased, and ``erase_left`` goes on where the program ended in between.

    Raises:
        FileNotFoundError: it is not there.
    """
    gone = path.with_name(f"{ERASED}{secrets.token_hex(8)}")
    path.rename(gone)
    sync_folder(gone.parent)
    erase_file(gone)


def erase_left(folder: Path) -> None:
    """Go on with what ``erase_at_once`` had begun below ``folder`` when a process died."""
    for path in list(folder.rglob(f"{ERASED}*")):
        with suppress(FileNotFoundError):  # whoever began it lives, and was quicker
            erase_file(path)


def erase(folder: Path) -> None:
    """``erase_file`` for everything below ``folder``, then the folder itself."""
    for base, folders, files in os.walk(folder, topdown=False):
        for name in files:
            erase_file(Path(base, name))
        for name in folders:
            inner = Path(base, name)
            if inner.is_symlink():
                inner.unlink()
            else:
                inner.rmdir()
    folder.rmdir()
