"""A person of the library: the manifest that ``profile.json`` holds."""

from __future__ import annotations

import math
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from facea_desktop.domain.faces import PARTS, Attribute, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.plain_text import one_line, without_marks

PersonId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
NAME_CHARACTERS = 80
MOST_PHOTOS = 100
"""Reference photos of a person."""
PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_CHARACTERS, pattern=r"^[^\x00-\x1f]*$"),
    BeforeValidator(lambda name: without_marks(name) if isinstance(name, str) else name),
]
"""What a person is called; marks of direction are dropped, as a stranger's package may hold them."""
_SENTENCE_CHARACTERS = 1000
Sentence = Annotated[str, AfterValidator(lambda text: one_line(text)[:_SENTENCE_CHARACTERS])]
"""Something said in one line, cleaned and cut where a stranger's package says more."""
MOST_STEPS = 1_000_000
"""More than any tuning has, and no number that a database could not hold."""
_FIRST_MOMENT, _LAST_MOMENT = datetime(1980, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
Moment = Annotated[AwareDatetime, AfterValidator(lambda at: min(max(at, _FIRST_MOMENT), _LAST_MOMENT))]
"""A time that every calendar can show; what lies outside, as a broken clock has it, counts as the nearest one."""


def _path_as_text(path: Path) -> str:
    """JSON takes only Unicode; a name that is none is written as the hexadecimal digits of its bytes, behind a NUL."""
    try:
        path.as_posix().encode()
    except UnicodeEncodeError:
        return "\0" + os.fsencode(path).hex()
    return str(path)


def _path_from_text(value: object, read: ValidatorFunctionWrapHandler) -> object:
    if isinstance(value, str) and value.startswith("\0"):
        return Path(os.fsdecode(bytes.fromhex(value[1:])))
    return read(value)


FilePath = Annotated[
    Path, WrapValidator(_path_from_text), PlainSerializer(_path_as_text, return_type=str, when_used="json")
]
"""A path that JSON can hold, whatever bytes its name is made of."""
Png = Annotated[
    bytes,
    BeforeValidator(lambda data: b64decode(data) if isinstance(data, str) else data),
    PlainSerializer(lambda data: b64encode(data).decode(), return_type=str, when_used="json"),
]
"""A PNG file; base64 in JSON."""


class Value(BaseModel):
    """A validated value that never changes; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Recipe(Value):
    """How to tune (paper, implementation details).

    Attributes:
        steps: optimisation steps of Eq. (2).
        batch: pictures a task and step.
        rank: rank of the LoRA matrices; 0 tunes the [feat] vectors alone.
        lora_rate: learning rate of the LoRA matrices.
        feature_rate: learning rate of the [feat] vectors.
        features: [feat] vectors a prompt; None takes the subject's number, 0 tunes without them.
        attribute_task: the second term of Eq. (2); off only for the paper's ablation.
        gradient_norm: gradients are clipped to this norm.
        average: decay of the running average of the weights; 0 keeps the last weights.
        checkpoint_every: steps between checkpoints.
        measure_every: steps between likeness measurements; 0 measures at the end alone.
    """

    steps: int = Field(1000, ge=1, le=20_000)
    batch: int = Field(4, ge=1, le=64)
    rank: int = Field(48, ge=0, le=512)
    lora_rate: float = Field(1.2e-4, gt=0, le=1)
    feature_rate: float = Field(2e-3, gt=0, le=1)
    features: int | None = Field(None, ge=0, le=32)
    attribute_task: bool = True
    gradient_norm: float = Field(1.0, gt=0, le=1e6)
    average: float = Field(0.0, ge=0, lt=1)
    checkpoint_every: int = Field(100, ge=1, le=MOST_STEPS)
    measure_every: int = Field(0, ge=0, le=MOST_STEPS)

    @model_validator(mode="after")
    def _tunes_something(self) -> Recipe:
        if self.rank == 0 and self.features == 0:
            raise ValueError("neither LoRA nor [feat] vectors are tuned; choose a rank, or a number of vectors")
        return self

    @property
    def words_alone(self) -> bool:
        """Whether portraits come from T_id alone: no T_v was learned, and T_face has no vectors to bring along."""
        return self.features == 0 and not self.attribute_task


def consent_kind(word: str) -> str:
    """The kind of consent that a word stands for, also one that the first versions wrote."""
    return "with permission" if word == "with leave" else word


ConsentKind = Annotated[
    Literal["self", "with permission", "invented person", "not stated"],
    BeforeValidator(lambda word: consent_kind(word) if isinstance(word, str) else word),
]


class Consent(Value):
    """Why this face may be portrayed.

    Attributes:
        over: it was seen to have ended; a clock that goes back does not revive it.
    """

    kind: ConsentKind = "not stated"
    until: date | None = None
    over: bool = False

    @property
    def ended(self) -> bool:
        """Whether there was a consent that is over; its last day still counts."""
        return self.over or (self.until is not None and self.until < date.today())


class Appearance(Value):
    """How the person usually looks; None where it is not known or not to be said.

    It tells the scene what surrounds the face, see ``domain.appearance_prompts``. The values are those of the groups of
    the same names in ``resources/scene_words.toml``.
    """

    age: Literal["young", "middle-aged", "old"] | None = None
    hair_length: Literal["bald", "short", "medium", "long"] | None = None
    hair_texture: Literal["straight", "wavy", "curly"] | None = None
    hair_colour: Literal["black", "brown", "blond", "red", "grey"] | None = None
    beard: Literal["none", "stubble", "moustache", "beard"] | None = None
    skin: Literal["light", "medium", "dark"] | None = None
    eyewear: Literal["none", "glasses", "sunglasses"] | None = None

    @property
    def known(self) -> dict[str, str]:
        """What is known, by group."""
        return self.model_dump(exclude_none=True)


APPEARANCE_VALUES: dict[str, tuple[str, ...]] = {
    group: get_args(get_args(field.annotation)[0]) for group, field in Appearance.model_fields.items()
}
"""The values of each group of an ``Appearance``."""


class Reference(Value):
    """One reference photo: the face crop and the masks that lie beside it.

    Attributes:
        index: the crop is ``references/<index>.png``, its masks ``masks/<index>-<part>.png``.
        parts: which masks there are; "face" always is.
        masks_edited: the user corrected the masks; they are never made again.
    """

    index: int = Field(ge=0, le=999)
    parts: tuple[str, ...] = Field(max_length=len(PARTS))
    masks_edited: bool = False


class LikenessPoint(Value):
    """One point of the likeness curve; the likeness is a cosine, give or take rounding."""

    step: int = Field(ge=0, le=MOST_STEPS)
    likeness: float = Field(ge=-1.01, le=1.01)


class Taken(Value):
    """An attribute v' that came from another person p'.

    Attributes:
        person, name: id and name of p'; None once p' was deleted.
        strength: how much came from p' of what the attribute was before, 1 all of it; see ``taken_parts``.
    """

    attribute: Attribute
    person: PersonId | None
    name: PersonName | None
    steps: int = Field(ge=0, le=MOST_STEPS)
    strength: float = Field(1.0, gt=0, le=1)


def taken_parts(taken: Sequence[Taken]) -> list[tuple[Taken, float]]:
    """Each with how much of its attribute it is, 0 to 1: what is taken later takes its part of what was there."""
    parts = []
    for number, one in enumerate(taken):
        later = (other.strength for other in taken[number + 1 :] if other.attribute is one.attribute)
        parts.append((one, one.strength * math.prod(1 - strength for strength in later)))
    return parts


class Blended(Value):
    """Somebody whom a blend of two people is made of.

    Attributes:
        person, name: id and name; None once the person was deleted.
        part: how much of the blend, 0 to 1.
    """

    person: PersonId | None
    name: PersonName | None
    part: float = Field(gt=0, le=1)


class Tuning(Value):
    """What made ``adapter.safetensors`` and ``features.safetensors``.

    Attributes:
        step: step of the checkpoint in use.
        best_step: step of the best likeness measured, whose weights lie in ``checkpoints/best``.
        foreign: the adapter was imported from elsewhere; its recipe is not known.
        earlier_steps: of the tunings that this one went on from; 0 where it began anew.
        photos: indices of the references that it learned from; None where that was not written down.
        generation: of the family's models that it was made with; it does not fit those of another.
    """

    recipe: Recipe
    seed: int = Field(ge=0, lt=2**32)
    step: int = Field(ge=0, le=MOST_STEPS)
    curve: tuple[LikenessPoint, ...] = Field((), max_length=25_000)
    best_step: int | None = Field(None, ge=0, le=MOST_STEPS)
    foreign: bool = False
    earlier_steps: int = Field(0, ge=0, le=MOST_STEPS)
    photos: tuple[Annotated[int, Field(ge=0, le=999)], ...] | None = Field(None, max_length=MOST_PHOTOS)
    generation: int = Field(1, ge=1)


class Profile(Value):
    """``people/<id>/profile.json``.

    Attributes:
        family: the model family that the adapter belongs to.
        files: SHA-256 of every other file of the person, by its path inside the folder.
        appearance: read from the photos, corrected by the user; nothing is known of people made before it was read.
    """

    version: Literal[1] = 1
    id: PersonId
    name: PersonName
    subject: Subject
    family: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    created: Moment = Field(default_factory=lambda: datetime.now(UTC))
    consent: Consent = Consent()
    references: tuple[Reference, ...] = Field((), max_length=MOST_PHOTOS)
    tuning: Tuning | None = None
    taken: tuple[Taken, ...] = Field((), max_length=1000)
    blended: tuple[Blended, ...] = Field((), max_length=16)
    warnings: tuple[Sentence, ...] = Field((), max_length=1000)
    files: dict[str, Sha256] = {}
    appearance: Appearance = Appearance()

    @property
    def state(self) -> Literal["ready", "not tuned"]:
        """Whether the person was tuned, for the models of today; ``domain.permissions`` says what may be done."""
        return "not tuned" if self.fitting_tuning is None else "ready"

    @property
    def fitting_tuning(self) -> Tuning | None:
        """The tuning, if it is for the models of today."""
        fits = self.tuning is not None and self.tuning.generation == generation_of(self.family)
        return self.tuning if fits else None

    @property
    def has_photos(self) -> bool:
        """Whether there are reference photos."""
        return bool(self.references)

    @property
    def new_photos(self) -> int:
        """How many photos came after the person was tuned; 0 where nobody wrote down which were learned from."""
        learned = self.tuning.photos if self.tuning is not None else None
        return 0 if learned is None else len({reference.index for reference in self.references} - {*learned})

    @property
    def consent_until(self) -> date | None:
        """The last day of the consent, None where it has none."""
        return self.consent.until

    @property
    def consent_ended(self) -> bool:
        """Whether there was a consent that is over."""
        return self.consent.ended
