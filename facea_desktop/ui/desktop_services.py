"""Showing folders, files and web pages in the programs that the desktop has for them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from facea_desktop.domain.errors import UserError

tr = QCoreApplication.translate


def show_path(path: Path) -> None:
    """Show a folder in the file manager, or a file in the program for its kind.

    Raises:
        UserError: it is gone, or the desktop has no program for it.
    """
    if not path.exists():
        raise UserError(tr("Outside", "{} no longer exists.").format(path))
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise UserError(tr("Outside", "No program was found to open {}. Open it manually.").format(path))


def show_address(address: str) -> None:
    """Show a web page in the browser.

    Raises:
        UserError: the desktop has no browser.
    """
    if not QDesktopServices.openUrl(QUrl(address)):
        raise UserError(tr("Outside", "No browser was found to open {}. Open it manually.").format(address))
