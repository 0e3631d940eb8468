"""Titles and licences of the catalogue in the user's language; names of models stay as they are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facea_desktop.models.catalogue import Family, Model


def title_of(entry: Model | Family) -> str:
    """What a model or a family is called."""
    return QCoreApplication.translate("Models", entry.title)


def licence_of(model: Model) -> str:
    """What a model's licence is called."""
    return QCoreApplication.translate("Models", model.licence)
