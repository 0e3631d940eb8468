"""Erasing files: overwritten, then unlinked; what a crash left half done is finished later."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from facea_desktop.domain.atomic_files import sync_folder, write_atomically

_CHUNK = 1 << 20
ERASED = ".erased-"
"""How the names begin of files that are being erased."""


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


def replace_erased(path: Path, data: bytes) -> None:
    """Replace a file as a whole, and overwrite what it held; not on Windows, which replaces no open file.

    Raises:
        OSError, UserError: the disk refuses.
    """
    if sys.platform == "win32":
        write_atomically(path, data)
        return
    with path.open("r+b") as old:
        write_atomically(path, data)
        length = old.seek(0, os.SEEK_END)
        old.seek(0)
        old.write(bytes(length))
        old.flush()
        os.fsync(old.fileno())


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
        with suppress(FileNotFoundError):  # the process that began it is alive, and was faster
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
