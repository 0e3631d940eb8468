"""Dialogs that ask for files: each kind opens where the last file of its kind was chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from facea_desktop.library.photo_reader import PHOTO_ENDINGS
from facea_desktop.ui.icons import icon

Kind = Literal["photos", "people", "weights", "folders of people", "results", "reports", "exports", "styles"]
_Place = QStandardPaths.StandardLocation
_FIRST: dict[str, _Place] = {"photos": _Place.PicturesLocation, "exports": _Place.PicturesLocation}
"""Where the first dialog of a kind opens; the others begin with the documents."""
_ICONS = {
    "backButton": "left",
    "forwardButton": "right",
    "toParentButton": "up",
    "newFolderButton": "add",
    "listModeButton": "gallery",
    "detailModeButton": "jobs",
}
"""Of Qt's own dialog, which shows where the desktop has none; its own icons are black on any ground."""


def window_state(root: Path) -> QSettings:
    """How the window and its dialogs were left, ``window.ini`` of the data folder."""
    return QSettings(str(root / "window.ini"), QSettings.Format.IniFormat)


def remember(dialog: QFileDialog, root: Path, kind: Kind) -> None:
    """Have a dialog that is not open yet begin in the folder of the last choice of its kind, and keep the next one.

    Args:
        root: the data folder.
    """
    key = f"folders/{kind}"
    folder = window_state(root).value(key)
    if not isinstance(folder, str) or not Path(folder).is_dir():
        folder = QStandardPaths.writableLocation(_FIRST.get(kind, _Place.DocumentsLocation))
    dialog.setDirectory(folder if Path(folder).is_dir() else str(Path.home()))
    dialog.accepted.connect(lambda: window_state(root).setValue(key, str(_folder(dialog))))
    dialog.installEventFilter(_Header(dialog))


def photos_dialog(parent: QWidget, title: str, kinds: str, root: Path, *, several: bool = True) -> QFileDialog:
    """A dialog, not open yet, that asks for photos, or for one.

    Args:
        kinds: what the files are; ``{endings}`` stands for the patterns of their names.
        root: the data folder.
    """
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    patterns = " ".join(f"*{ending} *{ending.upper()}" for ending in sorted(PHOTO_ENDINGS))
    any_file = QCoreApplication.translate("Files", "All files (*)")  # names do not always say what a file is
    dialog.setNameFilters([kinds.format(endings=patterns), any_file])
    remember(dialog, root, "photos")
    return dialog


def _folder(dialog: QFileDialog) -> Path:
    chosen = Path(dialog.selectedFiles()[0]) if dialog.selectedFiles() else Path(dialog.directory().absolutePath())
    return chosen if chosen.is_dir() else chosen.parent


class _Header(QObject):
    """Draws the icons of Qt's own dialog, which has them once it is shown."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QFileDialog):
            for name, picture in _ICONS.items():
                shown = watched.findChild(QToolButton, name)
                if shown is not None:
                    shown.setIcon(icon(picture))
        return False
