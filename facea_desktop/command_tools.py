"""What the commands of the command line share."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.domain.scene_reading import SceneReading
from facea_desktop.executor import Executor

if TYPE_CHECKING:
    from facea_desktop.library.id_library import Library
    from facea_desktop.models.catalogue import Family

Answer = dict[str, Any]
"""What a command answers, for people and as JSON."""


def open_executor(root: Path, *, writes: bool = True) -> Executor:
    """The executor; fails at once, not after an hour, where the data folder is not writable."""
    library = open_library(root)
    if writes:
        library.check_writable()
    return Executor(root)


def open_library(root: Path) -> Library:
    """The people of the data folder, after cleaning up behind processes that died."""
    from facea_desktop.library.id_library import Library
    from facea_desktop.workers.person_deletion import finish_deletions

    library = Library(root)
    with contextlib.suppress(UserError):  # read-only commands also work in a folder that is not writable
        library.sweep()
        finish_deletions(root)
    return library


def unknown_words(family: Family, reading: SceneReading, observer: Observer) -> Answer:
    """Warn about words the family's models do not know, and return them; empty for models that take any text."""
    if not family.scene_words:
        return {}
    unknown, roughly = list(dict.fromkeys(reading.unknown)), dict(reading.roughly)
    told = [f"do not know {', '.join(unknown)}"] if unknown else []
    told += [f"take {', '.join(f'{phrase} as {meaning}' for phrase, meaning in roughly.items())}"] if roughly else []
    if told:
        observer.emit(
            Warned(f"the {family.name} models {' and '.join(told)}; facea-desktop words lists what they know")
        )
    return {"unknown_words": unknown, "taken_roughly": roughly}
