"""Work that would hold up the window, done in Qt's pool of threads."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal


class _Carrier(QObject):
    """Takes a result from a worker to the window's thread; without a parent, so that it outlives the receiver."""

    done = Signal(object)


def run(work: Callable[[], object], done: Callable[..., object]) -> None:
    """Run ``work`` in the pool and hand what it returns to ``done``, a slot of a QObject of the calling thread.

    Where the receiver is gone by then, nothing is called.
    """
    carrier = _Carrier()
    carrier.done.connect(done)
    QThreadPool.globalInstance().start(lambda: carrier.done.emit(work()))
