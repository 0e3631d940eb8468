"""Writing files so that a crash leaves either the old content or the new, and saying what a disk refuses."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from facea_desktop.domain.errors import UserError

_FULL = (errno.ENOSPC, errno.EDQUOT)


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


def write_atomically(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` as a whole: temp file beside it, fsync, replace.

    Raises:
        UserError: the disk is full; ``path`` is as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temp = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
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
