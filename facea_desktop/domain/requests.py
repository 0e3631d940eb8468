"""Requests: everything a job needs, in one frozen value that any executor can run."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.people import Consent, PersonName, Recipe, Value


class EnrolRequest(Value):
    """Make a person from photos."""

    name: PersonName
    subject: Subject
    photos: tuple[Path, ...] = Field(min_length=1, max_length=100)
    consent: Consent = Consent()


class TuneRequest(Value):
    """Tune a person's adapter with Eq. (2)."""

    person: str
    recipe: Recipe
    seed: int = Field(0, ge=0, lt=2**32)
    resume: bool = False


class Take(Value):
    """Take attribute v' of person p'."""

    attribute: Attribute
    person: str


class MixRequest(Value):
    """Move attributes of other people onto a copy of ``person`` (paper, manipulation at attribute level)."""

    person: str
    takes: tuple[Take, ...] = Field(min_length=1, max_length=len(Attribute))
    name: PersonName
    steps: int = Field(100, ge=1, le=5000)
    seed: int = Field(0, ge=0, lt=2**32)


class PortraitRequest(Value):
    """Paint portraits of a person in two stages; it is written into every picture it makes.

    Attributes:
        prompt: T; split by rules where the two parts are not given.
        context_prompt: T_c.
        face_prompt: T_id.
        picture: a context picture of the user's own in place of G_c's.
        mask: a mask for ``picture`` in place of the detected face; white is redrawn.
        face: which face to redraw, counted from the largest, 0 being the default.
        seed: of the first picture; the k-th uses seed + k.
        strength: how much of the old face is forgotten, 1 redraws it whole.
        identity: LoRA and [feat] on; off shows what the base model alone does.
    """

    version: Literal[1] = 1
    person: str
    prompt: str = Field("", max_length=2000)
    context_prompt: str | None = Field(None, max_length=2000)
    face_prompt: str | None = Field(None, max_length=2000)
    negative_prompt: str = Field("", max_length=2000)
    picture: Path | None = None
    mask: Path | None = None
    face: int = Field(0, ge=0, le=99)
    seed: int = Field(0, ge=0, lt=2**32)
    count: int = Field(1, ge=1, le=1000)
    scheduler: Literal["ddim", "dpmsolver", "euler"] | None = None
    context_steps: int | None = Field(None, ge=1, le=1000)
    context_guidance: float | None = Field(None, ge=1, le=50)
    steps: int | None = Field(None, ge=1, le=1000)
    guidance: float | None = Field(None, ge=1, le=50)
    strength: float = Field(1.0, gt=0, le=1)
    identity: bool = True
