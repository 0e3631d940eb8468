"""Work beside the window, in a thread that ends when there is nothing to do."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from facea_desktop.domain.errors import CancelledError, UserError

log = logging.getLogger(__name__)


class Background(QObject):
    """Does one thing after the other; what comes of it is told in the thread of the window."""

    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()  # guards the waiting ones and whether a thread takes them
        self._waiting: deque[Callable[[], None]] = deque()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[str], None] = lambda sentence: None,
        cancelled: Callable[[], None] = lambda: None,
    ) -> None:
        """Do ``work`` there, then call one of the others here: with its result, or with what the user can mend."""
        if self._closed:
            return

        sentence = self.tr("Something went wrong. Help, Show log says what.")

        def run() -> None:
            try:
                result = work()
            except UserError as error:
                self._emit(failed, str(error))
            except CancelledError:
                self._emit(cancelled)
            except Exception:
                log.exception("work beside the window failed")
                self._emit(failed, sentence)
            else:
                self._emit(then, result)

        with self._lock:
            self._waiting.append(run)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="gallery")
                self._thread.start()

    def close(self) -> None:
        """Drop what waits, and wait for what runs."""
        self._closed = True
        with self._lock:
            self._waiting.clear()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                work = self._waiting.popleft()
            work()

    def _emit(self, listener: Callable[..., None], *values: Any) -> None:
        try:
            self._ended.emit(listener, values)
        except RuntimeError:  # the window is gone, and nobody is left to be told
            log.debug("nobody waits for what came of it")

    @Slot(object, object)
    def _tell(self, listener: Callable[..., None], values: tuple[Any, ...]) -> None:
        if not self._closed:
            listener(*values)
