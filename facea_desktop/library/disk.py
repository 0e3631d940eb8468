"""What the library asks of a disk: one writer at a time, names that last, contents that go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_CHUNK = 1 << 20


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``; the system lets go of it when the process dies, however it dies."""
    with path.open("ab") as file:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
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
