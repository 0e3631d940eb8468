"""The session bus of a Linux desktop: notifications, and progress on the program's icon in the dock."""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, SLOT, QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusMessage

from facea_desktop.ui.background_thread import BackgroundThread

log = logging.getLogger(__name__)

NOTIFICATIONS = "org.freedesktop.Notifications"
"""Service and interface of the Desktop Notifications Specification 1.2 (specifications.freedesktop.org)."""
NOTIFICATIONS_PATH = "/org/freedesktop/Notifications"
LAUNCHER = "com.canonical.Unity.LauncherEntry"
"""Interface of Unity's launcher API, which the docks of GNOME, KDE and others read."""
_NOTIFY = "Notify(QString,uint,QString,QString,QString,QStringList,QVariantMap,int)"
_ANSWER_MS = 5000


class DesktopBus(QObject):
    """Shows one notification at a time, the newest in place of the one before; where there is no bus, nothing.

    Args:
        app: name of the desktop file, without its ending.
        name: what the program is called.
    """

    clicked = Signal()
    """The notification that was shown last was clicked."""

    def __init__(self, app: str, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._name = app, name
        self._shown = 0
        self._thread = BackgroundThread(self, name="notifications")
        self._bus = QDBusConnection.sessionBus()
        for signal, slot in (("ActionInvoked", "_act(uint,QString)"), ("ActivationToken", "_take_token(uint,QString)")):
            receiver = cast(Any, SLOT(slot))  # the stubs call it bytes
            self._bus.connect("", NOTIFICATIONS_PATH, NOTIFICATIONS, signal, self, receiver)

    def notify(self, summary: str, body: str) -> None:
        """Show a notification; ``body`` is read as markup."""
        if self._bus.isConnected():
            self._thread.run(partial(_notify, self._app, self._name, self._shown, summary, body), self._remember)

    def show_progress(self, fraction: float | None) -> None:
        """Show from 0 to 1 how far the program is; None takes it away."""
        message = QDBusMessage.createSignal(f"/{self._app.replace('-', '_')}", LAUNCHER, "Update")
        shown = {"progress": fraction or 0.0, "progress-visible": fraction is not None}
        message.setArguments([f"application://{self._app}.desktop", shown])
        self._bus.send(message)

    def close(self) -> None:
        """Take the progress away, and wait for a notification that is under way."""
        self.show_progress(None)
        self._thread.close()

    def _remember(self, shown: int) -> None:
        self._shown = shown

    @Slot("uint", str)
    def _act(self, notification: int, action: str) -> None:
        if notification == self._shown:
            self.clicked.emit()

    @Slot("uint", str)
    def _take_token(self, notification: int, token: str) -> None:
        """Comes before the click; without it, Wayland lets no window come forward. Qt takes it from there."""
        if notification == self._shown:
            os.environ["XDG_ACTIVATION_TOKEN"] = token


def _notify(app: str, name: str, before: int, summary: str, body: str) -> int:
    """In a thread: the server may have to be started. Returns the notification's number; 0 where it was not shown."""
    service = QDBusInterface(NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS, QDBusConnection.sessionBus())
    service.setTimeout(_ANSWER_MS)
    if service.metaObject().indexOfMethod(_NOTIFY) < 0:
        log.info("nothing on this desktop shows notifications")
        return 0
    # Not by QDBusMessage, which makes every number of Python's a signed one.
    shown: Any = QMetaObject.invokeMethod(
        service,
        "Notify",
        Qt.ConnectionType.DirectConnection,
        Q_RETURN_ARG("uint"),
        Q_ARG(str, name),
        Q_ARG("uint", before),
        Q_ARG(str, app),
        Q_ARG(str, summary),
        Q_ARG(str, body),
        Q_ARG("QStringList", ["default", summary]),
        Q_ARG("QVariantMap", {"desktop-entry": app}),
        Q_ARG(int, -1),
    )
    return shown
