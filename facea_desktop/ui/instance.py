"""One window a data folder: a second start brings the first one's window to the front."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 2000


class SingleInstance(QObject):
    """Holds the data folder's lock for as long as it lives.

    Attributes:
        first: whether this process has the folder to itself.
    """

    called = Signal()
    """Another start wants the window to be seen."""

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._name = "facea-" + hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(root / ".window.lock"))
        self._lock.setStaleLockTime(0)  # however long the window is open; a dead process's lock is taken over
        self._server = QLocalServer(self)
        self.first = self._lock.tryLock(100)
        if self.first:
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            QLocalServer.removeServer(self._name)  # of a process that died
            self._server.listen(self._name)
            self._server.newConnection.connect(self._answer)

    def call_first(self) -> bool:
        """Ask the first process to show its window; whether it answered."""
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(_ANSWER_MS)
        socket.disconnectFromServer()
        return reached

    def close(self) -> None:
        """Give the folder free."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        self.called.emit()
