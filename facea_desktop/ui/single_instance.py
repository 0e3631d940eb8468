"""One window a data folder: a second start brings the first one's window to the front, and files to it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_HERE = b"here"
_ANSWER_MS = 2000
_FREE_MS = 500
_LONGEST = 1 << 20
"""Bytes that a call may have: a line of JSON that lists paths."""
_PATIENCE_S = 12.0
"""How long a process may take that is ending, or too busy to answer."""


class SingleInstance(QObject):
    """Holds the data folder's lock for as long as it lives.

    Raises:
        OSError: the folder cannot be made or written to.

    Attributes:
        first: whether this process has the folder to itself.
    """

    called = Signal(object)
    """Another start wants the window to be seen, with these files in it (a list of paths, often empty)."""

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._name = "facea-" + hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(root / ".window.lock"))
        self._lock.setStaleLockTime(0)  # however long the window is open; a dead process's lock is taken over
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self.first = self._take(100)

    def call_or_follow(self, files: Sequence[Path] = ()) -> bool:
        """Have the first process show its window, or be the first once that one has ended; whether either came true.

        Args:
            files: what the first process is to open, as whole paths.
        """
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            if self.call_first(files):
                return True
            self.first = self._take(_FREE_MS)
            if self.first:
                return True
        return False

    def call_first(self, files: Sequence[Path] = ()) -> bool:
        """Ask the first process to show its window with ``files``; whether it answered."""
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        answered = socket.waitForConnected(_ANSWER_MS)
        if answered:
            socket.write(json.dumps([str(file) for file in files]).encode() + b"\n")
            answered = socket.waitForReadyRead(_ANSWER_MS)
        socket.abort()
        socket.deleteLater()
        return answered

    @Slot()
    def stop_answering(self) -> None:
        """The window is closing and cannot be shown; the folder is held until what runs behind it has ended."""
        self._server.close()

    def close(self) -> None:
        """Give the folder free."""
        self._server.close()
        self._lock.unlock()

    def _take(self, patience_ms: int) -> bool:
        if not self._lock.tryLock(patience_ms):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:  # nobody has it; it cannot be written
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return False
        QLocalServer.removeServer(self._name)  # of a process that died
        self._server.listen(self._name)
        return True

    @Slot()
    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        connection.readyRead.connect(self._read)
        self._hear(connection)  # what came with the connection is not told again

    @Slot()
    def _read(self) -> None:
        connection = self.sender()
        assert isinstance(connection, QLocalSocket)
        self._hear(connection)

    def _hear(self, connection: QLocalSocket) -> None:
        """Answer a call once all of it is there; who calls a window that began to close meanwhile is to follow it."""
        if not self._server.isListening():
            connection.abort()
        elif connection.canReadLine():
            try:
                files = [Path(name) for name in json.loads(bytes(connection.readLine().data()))]
            except (ValueError, TypeError):  # another program of this user's
                connection.abort()
                return
            connection.write(_HERE)
            connection.flush()
            self.called.emit(files)
        elif connection.bytesAvailable() > _LONGEST:
            connection.abort()
