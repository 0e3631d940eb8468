"""Requests: everything a job needs, in one frozen value that any executor can run."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.people import MOST_PHOTOS, Appearance, Consent, FilePath, PersonName, Recipe, Value
from facea_desktop.domain.plain_text import without_controls

Prompt = Annotated[
    str,
    Field(max_length=2000),
    BeforeValidator(lambda text: without_controls(text) if isinstance(text, str) else text),
]
"""A prompt, as typed or as a stranger's picture brings it."""
Part = Literal["face", "left_eye", "right_eye", "nose", "mouth"]
"""One of ``faces.PARTS``."""


class InspectRequest(Value):
    """Check photos before a person is made of them: the crop and masks of each, and what stands against it."""

    kind: Literal["inspect"] = "inspect"
    photos: tuple[FilePath, ...] = Field(min_length=1, max_length=MOST_PHOTOS)


class DrawnMask(Value):
    """A mask that the user drew for a photo, in place of the detector's.

    Attributes:
        photo: index into the request's photos.
        file: PNG of the crop's size, white where the part is.
    """

    photo: int = Field(ge=0, lt=MOST_PHOTOS)
    part: Part
    file: FilePath


class EnrolRequest(Value):
    """Make a person from photos.

    Attributes:
        appearance: what the user says of it; None reads it from the photos.
    """

    kind: Literal["enrol"] = "enrol"
    name: PersonName
    subject: Subject
    photos: tuple[FilePath, ...] = Field(min_length=1, max_length=MOST_PHOTOS)
    consent: Consent = Consent()
    masks: tuple[DrawnMask, ...] = ()
    appearance: Appearance | None = None


class MaskRequest(Value):
    """Put a drawn mask in the place of one of a person's; ``index`` is the reference's."""

    kind: Literal["mask"] = "mask"
    person: str
    index: int = Field(ge=0, le=999)
    part: Part
    file: FilePath


class AppearanceRequest(Value):
    """Read a person's appearance from the reference photos; nothing is stored."""

    kind: Literal["appearance"] = "appearance"
    person: str


class TuneRequest(Value):
    """Tune a person's adapter with Eq. (2)."""

    kind: Literal["tune"] = "tune"
    person: str
    recipe: Recipe
    seed: int = Field(0, ge=0, lt=2**32)
    resume: bool = False


class CheckpointRequest(Value):
    """Use the weights of another checkpoint of a person's tuning: the best one measured, or the last."""

    kind: Literal["checkpoint"] = "checkpoint"
    person: str
    which: Literal["best", "last"]


class Take(Value):
    """Take attribute v' of person p'; ``strength`` is how far it goes, 1 the whole way."""

    attribute: Attribute
    person: str
    strength: float = Field(1.0, gt=0, le=1)


class MixPreviewRequest(Value):
    """Show what a mix would look like, without tuning: each v' is redrawn with the adapter of its p'.

    Attributes:
        picture: what it is shown on; None takes the person's first reference.
    """

    kind: Literal["mix preview"] = "mix preview"
    person: str
    takes: tuple[Take, ...] = Field(min_length=1, max_length=len(Attribute))
    picture: FilePath | None = None
    seed: int = Field(0, ge=0, lt=2**32)


class MixRequest(Value):
    """Move attributes of other people onto a copy of ``person`` (paper, manipulation at attribute level)."""

    kind: Literal["mix"] = "mix"
    person: str
    takes: tuple[Take, ...] = Field(min_length=1, max_length=len(Attribute))
    name: PersonName
    steps: int = Field(100, ge=1, le=5000)
    seed: int = Field(0, ge=0, lt=2**32)


class Casting(Value):
    """Who goes into which face of a picture; faces count from the largest."""

    face: int = Field(ge=0, le=99)
    person: str


class PortraitRequest(Value):
    """Paint portraits of a person in two stages; it is written into every picture it makes.

    Attributes:
        prompt: T; split by rules where the two parts are not given.
        context_prompt: T_c.
        face_prompt: T_id.
        picture: a context picture of the user's own in place of G_c's.
        mask: a mask for ``picture`` in place of the detected face; white is redrawn.
        face: which face to redraw, counted from the largest, 0 being the default.
        others: further people, each for a face of their own.
        seed: of the first picture; the k-th uses seed + k.
        strength: how much of the old face is forgotten, 1 redraws it whole.
        identity: LoRA and [feat] on; off shows what the base model alone does.
        appearance: of the person, for what T leaves open, see ``domain.appearance``. None takes the person's own; a
            picture carries what was used. An empty one adds nothing. The others of the picture get no words of theirs.
    """

    kind: Literal["portrait"] = "portrait"
    version: Literal[1] = 1
    person: str
    prompt: Prompt = ""
    context_prompt: Prompt | None = None
    face_prompt: Prompt | None = None
    negative_prompt: Prompt = ""
    picture: FilePath | None = None
    mask: FilePath | None = None
    face: int = Field(0, ge=0, le=99)
    others: tuple[Casting, ...] = Field((), max_length=15)
    seed: int = Field(0, ge=0, lt=2**32)
    count: int = Field(1, ge=1, le=1000)
    scheduler: Literal["ddim", "dpmsolver", "euler"] | None = None
    context_steps: int | None = Field(None, ge=1, le=1000)
    context_guidance: float | None = Field(None, ge=1, le=50)
    steps: int | None = Field(None, ge=1, le=1000)
    guidance: float | None = Field(None, ge=1, le=50)
    strength: float = Field(1.0, gt=0, le=1)
    identity: bool = True
    appearance: Appearance | None = None


class FacesRequest(Value):
    """Find the faces of a picture."""

    kind: Literal["faces"] = "faces"
    picture: FilePath


class PartsRequest(Value):
    """Tell skin, hair, eyes, lips and so on of every face of a picture."""

    kind: Literal["parts"] = "parts"
    picture: FilePath


class LikenessRequest(Value):
    """Measure how like a person a picture's largest face is."""

    kind: Literal["likeness"] = "likeness"
    picture: FilePath
    person: str


class ImportRequest(Value):
    """Read a ``.facea`` file, or a LoRA in ``.safetensors`` whose name and subject have to be given.

    Attributes:
        consent: why the face may be portrayed here; what the file says of that was said to somebody else.
    """

    kind: Literal["import"] = "import"
    file: FilePath
    name: PersonName | None = None
    subject: Subject | None = None
    consent: Consent = Consent()


class FetchRequest(Value):
    """Download a model of the catalogue and verify it."""

    kind: Literal["fetch"] = "fetch"
    model: str


class EvaluateRequest(Value):
    """Measure methods of portrayal on a folder of people (paper, experiments).

    It is no ``EngineRequest``: evaluation stands above the engine.

    Attributes:
        folder: a folder of photos for each person; ``people.json`` says who is a man and who a woman.
        prompts: a file with one prompt a line; ``{subject}`` stands for "man" or "woman".
        methods: names, see ``evaluation.methods``.
        out: pictures, figures and the report go there; the same request goes on where it stopped.
        people: only the first so many of the folder.
        references: the first so many photos of a person may be learned from, the others are held out.
        subject: of everybody, where there is no ``people.json``.
        preset, steps: how the tuned methods are tuned.
        programs: the executable of each method that runs outside this program.
        accepted: methods whose licences the user has read and accepted.
    """

    kind: Literal["evaluate"] = "evaluate"
    folder: FilePath
    prompts: FilePath
    methods: tuple[str, ...] = Field(min_length=1, max_length=50)
    seeds: tuple[Annotated[int, Field(ge=0, lt=2**32)], ...] = Field((0,), min_length=1, max_length=1000)
    out: FilePath
    people: int | None = Field(None, ge=1)
    references: int = Field(3, ge=1, le=100)
    subject: Subject | None = None
    preset: str | None = None
    steps: int | None = None
    programs: dict[str, FilePath] = Field(default_factory=dict)
    accepted: tuple[str, ...] = ()


class MachineRequest(Value):
    """Tell which devices this machine has, how much memory, and what fits."""

    kind: Literal["machine"] = "machine"


EngineRequest = (
    InspectRequest
    | EnrolRequest
    | MaskRequest
    | AppearanceRequest
    | TuneRequest
    | CheckpointRequest
    | MixPreviewRequest
    | MixRequest
    | PortraitRequest
    | FacesRequest
    | PartsRequest
    | LikenessRequest
    | ImportRequest
    | FetchRequest
    | MachineRequest
)
"""What ``engine.run`` carries out."""
Request = Annotated[EngineRequest | EvaluateRequest, Field(discriminator="kind")]
"""What the queue takes."""
