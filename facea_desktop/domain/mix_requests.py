"""Requests that make a person of others: attributes moved onto a copy, or a blend of two whole people."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import FilePath, PersonName, Value


class AttributeSource(Value):
    """Take attribute v' of person p'; ``strength`` is how far it goes, 1 the whole way."""

    attribute: Attribute
    person: str
    strength: float = Field(1.0, gt=0, le=1)


class MixPreviewRequest(Value):
    """Show what a mix would look like, without tuning: each v' from photos of its p', or redrawn with the adapter.

    Attributes:
        picture: what it is shown on; None takes the person's first reference.
    """

    kind: Literal["mix preview"] = "mix preview"
    person: str
    takes: tuple[AttributeSource, ...] = Field(min_length=1, max_length=len(Attribute))
    picture: FilePath | None = None
    seed: int = Field(0, ge=0, lt=2**32)


class MixRequest(Value):
    """Move attributes of other people onto a copy of ``person`` (paper, manipulation at attribute level)."""

    kind: Literal["mix"] = "mix"
    person: str
    takes: tuple[AttributeSource, ...] = Field(min_length=1, max_length=len(Attribute))
    name: PersonName
    steps: int = Field(100, ge=1, le=5000)
    seed: int = Field(0, ge=0, lt=2**32)


class BlendPreviewRequest(Value):
    """Show what is between two whole people; nothing is stored.

    Attributes:
        part: how much of ``other``, 0 to 1.
    """

    kind: Literal["blend preview"] = "blend preview"
    person: str
    other: str
    part: float = Field(ge=0, le=1)
    seed: int = Field(0, ge=0, lt=2**32)


class BlendRequest(Value):
    """Make a new person between two: weights and [feat] vectors, each taken in part; nothing is tuned."""

    kind: Literal["blend"] = "blend"
    person: str
    other: str
    part: float = Field(ge=0, le=1)
    name: PersonName
    seed: int = Field(0, ge=0, lt=2**32)
