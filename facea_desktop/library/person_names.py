"""Names of people: which can be given, and who is meant by one."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import NAME_CHARACTERS, PersonName, Profile

_SHORTEST_PREFIX = 4
"""Names such as Ada are also beginnings of ids; shorter ones never mean an id."""
_NAME = TypeAdapter[str](PersonName)


def checked_name(name: str) -> str:
    """``name`` as a person may bear it.

    Raises:
        UserError: it is empty, too long or holds control characters.
    """
    try:
        return _NAME.validate_python(name)
    except ValidationError as error:
        raise UserError(
            f"{name[:NAME_CHARACTERS]!r} cannot be a name: use 1 to {NAME_CHARACTERS} characters on one line."
        ) from error


def people_called(key: str, people: Sequence[Profile]) -> list[Profile]:
    """Who has this name, however its accents are put together, large or small; else whose id begins so."""
    name = _compared(key)
    return [profile for profile in people if _compared(profile.name) == name] or [
        profile for profile in people if len(key) >= _SHORTEST_PREFIX and profile.id.startswith(key)
    ]


def _compared(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip()).casefold()
