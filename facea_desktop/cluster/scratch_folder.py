"""The folder that a worker works in; it goes with the worker, whether that is closed, crashes or is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from facea_desktop.library.erasure import erase
from facea_desktop.library.file_locks import locked, locked_if_free

SCRATCH = "facea-worker-"
"""How the names of scratch folders begin."""
_LOCK = ".worker"
"""Held in the scratch folder of a living worker."""
_WATCHER = "facea_desktop.cluster.scratch_watcher"
_LEAVING_S = 10.0


class ScratchFolder:
    """A new folder for temporary files, and a process that erases it once this one is gone.

    Where both are lost at once, as when the machine stops, the next worker of the same machine erases it.

    Attributes:
        path: the folder.
    """

    def __init__(self) -> None:
        erase_abandoned(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=SCRATCH))
        self._held = ExitStack()
        self._held.enter_context(locked(self.path / _LOCK))
        self._watcher = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", _WATCHER, str(self.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.path.parent,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if sys.platform != "win32":
            self._watcher.wait()  # what was started leaves another process behind, and then the folder is watched

    def close(self) -> None:
        """Erase it."""
        self._held.close()
        try:
            erase(self.path)
        finally:
            assert self._watcher.stdin is not None
            self._watcher.stdin.close()  # it tries once more where the disk refused
            with suppress(subprocess.TimeoutExpired):
                self._watcher.wait(_LEAVING_S)


def erase_abandoned(folder: Path) -> None:
    """Erase the scratch folders of workers that died; those of other users are left alone."""
    for scratch in folder.glob(f"{SCRATCH}*"):
        if not (scratch / _LOCK).exists():
            continue  # of a worker that is just beginning
        with suppress(OSError), locked_if_free(scratch / _LOCK) as free:
            if free:
                erase(scratch)
