"""People that are dragged from the library."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData

PERSON_MIME = "application/x-facea-person"
"""Format that holds a person's id as UTF-8."""

_ID = re.compile(r"[0-9a-f]{12}")


def dropped_person(data: QMimeData) -> str | None:
    """The id of the person that is dragged; the first one of several, None if it is something else."""
    if not data.hasFormat(PERSON_MIME):
        return None
    found = _ID.match(bytes(data.data(PERSON_MIME).data()).decode("utf-8", "replace"))
    return found.group() if found is not None else None
