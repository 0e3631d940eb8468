"""Warnings of the engine in the user's language, as far as they are known; the others are English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facea_desktop.domain.events import Warned

tr = QCoreApplication.translate


def warning_words(event: Warned) -> str:
    """What a warning says, and of which item of a batch."""
    match event.about:
        case "no face":
            words = tr("Warnings", "No face was found in the scene; it is made again with another seed.")
        case "scaled down":
            words = tr("Warnings", "The picture is scaled down, as it is very large.")
        case "smaller pieces":
            words = tr("Warnings", "Memory is low: each step now runs in smaller pieces.")
        case "calculated twice":
            words = tr("Warnings", "Memory is very low: each step now calculates much of the model twice.")
        case "loaded in parts":
            words = tr("Warnings", "Memory is low: the model is now loaded in parts, which is slower.")
        case "no sharper":
            words = tr("Warnings", "The picture is larger, but no sharper than plain enlarging makes it.")
        case "dull face":
            words = tr("Warnings", "The picture is sharper than plain enlarging makes it, but its face is not.")
        case "first sight":
            words = tr("Warnings", "Not tuned yet: painted after the photos alone. Tuning makes it more alike.")
        case "tuned for earlier models":
            words = tr("Warnings", "Tuned for earlier models, and so painted after the photos alone. Tune again.")
        case None:
            return event.message
    return f"{event.item}: {words}" if event.item else words
