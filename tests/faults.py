"""Faults for tests: a process that is killed at its n-th call to the disk, and a disk whose n-th call fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest

needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
quiet_fork = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # NumPy's BLAS keeps a thread

CALLS = ("replace", "rename", "fsync", "unlink", "rmdir", "mkdir")
"""What of ``os`` touches names or durability; opening to append, and writing over a file or to its end, count too."""


@contextmanager
def before_each(doing: Callable[[str, tuple[Any, ...]], None], calls: tuple[str, ...] = CALLS) -> Iterator[None]:
    """Call ``doing`` with name and arguments before each of these calls, and each write over a file or to its end."""
    real = {name: getattr(os, name) for name in calls}
    opened = Path.open

    def call(name: str, *args: Any, **rest: Any) -> Any:
        doing(name, args)
        return real[name](*args, **rest)

    def open_watched(path: Path, mode: str = "r", *args: Any, **rest: Any) -> IO[Any]:
        if mode == "ab":
            doing("open", (path,))
        file = opened(path, mode, *args, **rest)
        return _Watched(file, doing) if mode in ("r+b", "ab") else file  # type: ignore[return-value]

    for name in calls:
        setattr(os, name, partial(call, name))
    Path.open = open_watched  # type: ignore[assignment]
    try:
        yield
    finally:
        Path.open = opened  # type: ignore[method-assign]
        for name, one in real.items():
            setattr(os, name, one)


class _Watched:
    def __init__(self, file: IO[bytes], doing: Callable[[str, tuple[Any, ...]], None]) -> None:
        self._file, self._doing = file, doing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        half = len(data) // 2
        self._file.write(data[:half])
        self._file.flush()
        self._doing("write", ())
        return half + self._file.write(data[half:])

    def seek(self, *where: int) -> int:
        return self._file.seek(*where)


def dies_at(moment: int, action: Callable[[], object]) -> bool:
    """Run ``action`` in a child that is killed right before its ``moment``-th call; whether it came so far."""
    child = os.fork()
    if child == 0:
        left = moment

        def count(name: str, args: tuple[Any, ...]) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(9)

        status = 1
        try:
            with before_each(count):
                action()
            status = 0
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 9


@contextmanager
def failing_at(moment: int, error: int, *, sticky: bool = False) -> Iterator[list[str]]:
    """The ``moment``-th call to the disk fails with this errno, and with ``sticky`` all after it; yields their names.

    Calls are those of ``before_each``, making temporary files, and writing into them. A full disk still unlinks.
    """
    import errno
    import tempfile

    failed: list[str] = []
    left = moment
    made, fdopen = tempfile.mkstemp, os.fdopen

    def count(name: str, args: tuple[Any, ...]) -> None:
        nonlocal left
        if error == errno.ENOSPC and name in ("unlink", "rmdir", "rename", "replace"):
            return
        left -= 1
        if left < 0 and (sticky or not failed):
            failed.append(name)
            raise OSError(error, os.strerror(error))

    def mkstemp(*args: Any, **rest: Any) -> tuple[int, str]:
        count("mkstemp", ())
        return made(*args, **rest)

    def fdopen_watched(handle: int, *args: Any, **rest: Any) -> Any:
        return _Watched(fdopen(handle, *args, **rest), count)

    tempfile.mkstemp, os.fdopen = mkstemp, fdopen_watched  # type: ignore[assignment]
    try:
        with before_each(count):
            yield failed
    finally:
        tempfile.mkstemp, os.fdopen = made, fdopen


def bytes_below(root: Path, *words: str) -> list[str]:
    """Files and folders below ``root`` that hold one of these words, in whatever case, or bear it in their name."""
    found = []
    for path in root.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        about = content.lower() + path.relative_to(root).as_posix().lower().encode()
        if any(word.lower().encode() in about for word in words):
            found.append(path.relative_to(root).as_posix())
    return found
