"""What is dropped on the window from outside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from facea_desktop.ui.people.change import LORA, PACKAGE

PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".avif"})
"""Endings of files; whether they can be read is found out when they are."""


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of this machine that are dragged; of a folder, the photos right inside it."""
    files: list[Path] = []
    for url in data.urls() if data.hasUrls() else []:
        if not url.isLocalFile():
            continue
        path = Path(url.toLocalFile())
        if path.is_dir():
            files += sorted(inner for inner in path.iterdir() if is_photo(inner))
        else:
            files.append(path)
    return files


def is_photo(path: Path) -> bool:
    """Whether a file's name says that it is a photo."""
    return path.suffix.lower() in PHOTOS


def is_person_file(path: Path) -> bool:
    """Whether a file's name says that it holds a person, or a LoRA of one."""
    return path.suffix.lower() in (PACKAGE, LORA)
