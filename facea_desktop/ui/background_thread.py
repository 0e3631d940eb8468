"""Work beside the window, in a thread that ends when there is nothing to do."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from facea_desktop.domain.errors import CancelledError, UserError

log = logging.getLogger(__name__)

Work = Callable[[], Any]
Failed = Callable[[str], object]


class BackgroundThread(QObject):
    """Does one thing after the other; what comes of it is told in the thread of the window.

    It belongs to the object that waits for the results: once that is gone, nothing that waits is begun any more, and
    nothing is reported. To be sure that the work is done and no thread is left, call ``close``.
    """

    def __init__(self, parent: QObject | None = None, *, name: str = "background") -> None:
        super().__init__(parent)
        self._queue = _Queue(name)
        self._number = 0
        self._listeners: dict[int, tuple[Callable[[Any], object], Failed, Callable[[], object]]] = {}
        self._closed = False
        self._queue.carrier.ended.connect(self._tell)
        self.destroyed.connect(self._queue.clear)

    def run(
        self,
        work: Work,
        done: Callable[[Any], object] = lambda result: None,
        failed: Failed = lambda sentence: None,
        cancelled: Callable[[], object] = lambda: None,
    ) -> None:
        """Do ``work`` there, then call one of the others here.

        Args:
            work: must not keep its owner alive or touch widgets.
            done: takes what ``work`` returned.
            failed: takes a sentence: an error the user can fix, or that it is a bug, which is then in the log.
            cancelled: where ``work`` raised ``CancelledError``.
        """
        if self._closed:
            return
        self._number += 1
        self._listeners[self._number] = done, failed, cancelled
        self._queue.add(self._number, work)

    def close(self, *, finish: bool = False) -> None:
        """Wait for what runs, and tell nobody any more; what waits is dropped, or done before with ``finish``."""
        self._closed = True
        if not finish:
            self._queue.clear()
        self._queue.join()
        self._listeners.clear()

    @Slot(int, object, object)
    def _tell(self, number: int, result: object, error: BaseException | None) -> None:
        if self._closed:
            return
        done, failed, cancelled = self._listeners.pop(number)
        if error is None:
            done(result)
        elif isinstance(error, CancelledError):
            cancelled()
        elif isinstance(error, UserError):
            failed(str(error))
        else:
            failed(self.tr("Something went wrong. See Help > Show log for details."))


class _Carrier(QObject):
    """Takes results to the window's thread; without a parent, so that it outlives the receiver."""

    ended = Signal(int, object, object)
    """Number of the work, what it returned, and what it raised, or None."""


class _Queue:
    """What the thread itself knows: nothing of who waits, so that these can go while it works."""

    def __init__(self, name: str) -> None:
        self.carrier = _Carrier()
        self._name = name
        self._lock = threading.Lock()  # guards the waiting ones and whether a thread takes them
        self._waiting: deque[tuple[int, Work]] = deque()
        self._thread: threading.Thread | None = None

    def add(self, number: int, work: Work) -> None:
        with self._lock:
            self._waiting.append((number, work))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name)
                self._thread.start()

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()

    def join(self) -> None:
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                number, work = self._waiting.popleft()
            self._work(number, work)
            del work  # what it holds is not kept until the next

    def _work(self, number: int, work: Work) -> None:
        try:
            result = work()
        except (UserError, CancelledError) as error:
            self.carrier.ended.emit(number, None, error)
        except Exception as error:
            log.exception("work beside the window failed")
            self.carrier.ended.emit(number, None, error)
        else:
            self.carrier.ended.emit(number, result, None)
