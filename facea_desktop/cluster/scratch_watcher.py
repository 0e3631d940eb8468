"""Program of the process beside a worker that erases its scratch folder when the worker is gone, however that ended.

The worker holds the other end of this process's standard input, which the system closes with the worker's last thread.
It leaves the worker's session and is no child of it, so that what ends workers with their children does not end it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from facea_desktop.library.erasure import erase

_TRIES, _PAUSE_S = 30, 1.0
"""How often, and how long after the last time, erasing is tried again where the disk refuses."""


def main(folder: Path) -> None:
    """Wait for the end of the worker, then erase ``folder``."""
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # where everything is ended, the worker is, too
        if os.fork():
            os._exit(0)  # the worker goes on: the folder is watched
    sys.stdin.buffer.read()
    for _ in range(_TRIES):
        with suppress(OSError):
            erase(folder)
        if not folder.exists():
            return
        time.sleep(_PAUSE_S)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
