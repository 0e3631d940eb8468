"""Requests that make a person of others: attributes moved onto a copy, or a blend of two whole people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import FilePath, PersonName, Value

MOST_GIVERS = 3
"""Of one attribute."""
_MOST_TAKES = MOST_GIVERS * len(Attribute)


class AttributeSource(Value):
    """Take attribute v' of person p'.

    Attributes:
        strength: how much of the attribute is theirs, 1 all of it. Several people can give parts of one attribute;
            where they are more than the whole together, each has its share of it (``shared_takes``).
    """

    attribute: Attribute
    person: str
    strength: float = Field(1.0, gt=0, le=1)


def shared_takes(takes: Sequence[AttributeSource]) -> list[AttributeSource]:
    """The same takes, each attribute's together, with strengths that are at most the whole of it together.

    Raises:
        UserError: more than MOST_GIVERS share an attribute, or one of them is named twice.
    """
    shared = []
    for attribute in dict.fromkeys(take.attribute for take in takes):
        of_it = [take for take in takes if take.attribute is attribute]
        what = attribute.replace("_", " ")
        if len({take.person for take in of_it}) < len(of_it):
            raise UserError(f"The {what} is taken from one person twice; name each once.")
        if len(of_it) > MOST_GIVERS:
            raise UserError(f"The {what} can be of {MOST_GIVERS} people; name fewer.")
        whole = max(1.0, sum(take.strength for take in of_it))
        shared += [take.model_copy(update={"strength": take.strength / whole}) for take in of_it]
    return shared


def takes_in_turn(shared: Sequence[AttributeSource]) -> list[AttributeSource]:
    """Shared takes as if one came after another, each with how much it takes of what was there before it."""
    in_turn = []
    for number, take in enumerate(shared):
        later = sum(other.strength for other in shared[number + 1 :] if other.attribute is take.attribute)
        in_turn.append(take.model_copy(update={"strength": min(1.0, take.strength / (1 - later))}))
    return in_turn


class MixPreviewRequest(Value):
    """Show what a mix would look like, without tuning: each v' from photos of its p', or redrawn with the adapter.

    Attributes:
        picture: what it is shown on; None takes the person's first reference.
    """

    kind: Literal["mix preview"] = "mix preview"
    person: str
    takes: tuple[AttributeSource, ...] = Field(min_length=1, max_length=_MOST_TAKES)
    picture: FilePath | None = None
    seed: int = Field(0, ge=0, lt=2**32)


class MixRequest(Value):
    """Move attributes of other people onto a copy of ``person`` (paper, manipulation at attribute level)."""

    kind: Literal["mix"] = "mix"
    person: str
    takes: tuple[AttributeSource, ...] = Field(min_length=1, max_length=_MOST_TAKES)
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
