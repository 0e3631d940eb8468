"""Requests: everything a job needs, in one frozen value that any executor can run; ``Request`` is any of them.

Those about photos are in ``photo_requests.py``, those that make a person of others in ``mix_requests.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from facea_desktop.domain.atomic_files import shown_name
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.mix_requests import BlendPreviewRequest, BlendRequest, MixPreviewRequest, MixRequest
from facea_desktop.domain.people import Appearance, Consent, FilePath, PersonName, Recipe, Sha256, Value
from facea_desktop.domain.photo_requests import (
    AddPhotosRequest,
    AppearanceRequest,
    EnrolRequest,
    FirstSightRequest,
    InspectRequest,
    MaskRequest,
)
from facea_desktop.domain.plain_text import one_line, without_controls
from facea_desktop.domain.shapes import Shape

Prompt = Annotated[
    str,
    Field(max_length=2000),
    BeforeValidator(lambda text: without_controls(text) if isinstance(text, str) else text),
]
"""A prompt, as typed or as a stranger's picture brings it."""


class TuneRequest(Value):
    """Tune a person's adapter with Eq. (2).

    Attributes:
        resume: an interrupted run, from its checkpoint.
        further: start from the person's present adapter and [feat] vectors, for example after photos were added; the
            recipe's steps come on top, its rank and number of vectors are those that the person has.
    """

    kind: Literal["tune"] = "tune"
    person: str
    recipe: Recipe
    seed: int = Field(0, ge=0, lt=2**32)
    resume: bool = False
    further: bool = False


class CheckpointRequest(Value):
    """Use the weights of another checkpoint of a person's tuning: the best one measured, or the last."""

    kind: Literal["checkpoint"] = "checkpoint"
    person: str
    which: Literal["best", "last"]


class FaceAssignment(Value):
    """Who goes into which face of a picture; faces count from the largest.

    Attributes:
        words: what is said of this face alone, in the place of what T and T_id say; T's style stays.
    """

    face: int = Field(ge=0, le=99)
    person: str
    words: Prompt = ""


class StyleLora(Value):
    """A LoRA of a style for Stable Diffusion XL, which scenes are painted with; it lies with the user's styles.

    Attributes:
        name: what its file was called, without the ending.
        sha256: of the file's contents, by which it is found.
        strength: 1 as it was trained, 0 not at all.
    """

    name: Annotated[
        str,
        BeforeValidator(lambda text: one_line(text).strip() if isinstance(text, str) else text),
        Field(min_length=1, max_length=100),
    ]
    sha256: Sha256
    strength: float = Field(1.0, ge=0, le=2)


class PromptTemplate(Value):
    """Prompts as they were written, with wildcards in them (``domain.wildcards``).

    Attributes:
        others: what is said of the others' faces, in their order.
    """

    prompt: Prompt = ""
    context_prompt: Prompt | None = None
    face_prompt: Prompt | None = None
    negative_prompt: Prompt = ""
    face_words: Prompt = ""
    others: tuple[Prompt, ...] = Field((), max_length=15)


class PromptSplit(Value):
    """T_c and T_id as a language model split T, kept so that the picture can be made again without it.

    Attributes:
        prompt, subject: what it is of; of another prompt or for another kind of person it says nothing.
        context, face, style: as in ``prompt_splitter.PromptParts``.
        model: what made it, as the user knows it.
    """

    prompt: Prompt
    subject: Subject | None
    context: Prompt
    face: Prompt
    style: Prompt
    model: str = Field(max_length=200)

    def fits(self, prompt: str, subject: Subject) -> bool:
        """Whether it is of this prompt and for such a person."""
        return (self.prompt, self.subject) == (prompt, subject)


class PortraitRequest(Value):
    """Paint portraits of a person in two stages; it is written into every picture it makes.

    Attributes:
        prompt: T; split by rules where the two parts are not given.
        split: the two parts by a language model, which stand in the place of the rules'.
        context_prompt: T_c.
        face_prompt: T_id.
        picture: a context picture of the user's own in place of G_c's.
        mask: a mask for ``picture`` in place of the detected face; white is redrawn.
        face: which face to redraw, counted from the largest, 0 being the default.
        face_words: what is said of that face alone, in the place of what T and T_id say; T's style stays.
        others: further people, each for a face of their own.
        seed: of the first picture; the k-th uses seed + k.
        scene_seed: of one scene for all pictures, in which each gets a face of its own seed; None paints a scene for
            each from that seed. A ``picture`` needs neither.
        shape: of the scene; None is square. A ``picture`` has its own.
        strength: how much of the old face is forgotten, 1 redraws it whole.
        identity: LoRA and [feat] on; off shows what the base model alone does.
        appearance: of the person, for what T leaves open, see ``domain.appearance_prompts``. None takes the person's
            own; a picture carries what was used. An empty one adds nothing. The others get no words of theirs.
        sources: SHA-256 of the contents of ``picture`` and ``mask``; a picture carries it, as it names them alone.
        template: what the prompts were drawn from, where they had wildcards; a picture carries both.
        style_lora: the scene is painted with it; a ``picture`` stays as it is.
        checkpoint: of the person's tuning, the best one measured or the last; "before" is the tuning that the present
            one replaced. None takes the weights in use.
    """

    kind: Literal["portrait"] = "portrait"
    version: Literal[1] = 1
    person: str
    prompt: Prompt = ""
    split: PromptSplit | None = None
    context_prompt: Prompt | None = None
    face_prompt: Prompt | None = None
    negative_prompt: Prompt = ""
    picture: FilePath | None = None
    mask: FilePath | None = None
    face: int = Field(0, ge=0, le=99)
    face_words: Prompt = ""
    others: tuple[FaceAssignment, ...] = Field((), max_length=15)
    seed: int = Field(0, ge=0, lt=2**32)
    scene_seed: int | None = Field(None, ge=0, lt=2**32)
    shape: Shape | None = None
    count: int = Field(1, ge=1, le=1000)
    scheduler: Literal["ddim", "dpmsolver", "euler"] | None = None
    context_steps: int | None = Field(None, ge=1, le=1000)
    context_guidance: float | None = Field(None, ge=1, le=50)
    steps: int | None = Field(None, ge=1, le=1000)
    guidance: float | None = Field(None, ge=1, le=50)
    strength: float = Field(1.0, gt=0, le=1)
    identity: bool = True
    appearance: Appearance | None = None
    sources: str | None = Field(None, max_length=64)
    template: PromptTemplate | None = None
    style_lora: StyleLora | None = None
    checkpoint: Literal["best", "last", "before"] | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in it, as it calls them, the leading person first."""
        return self.person, *(other.person for other in self.others)

    @property
    def shares_scene(self) -> bool:
        """Whether all its pictures stand in one scene."""
        return self.picture is not None or self.scene_seed is not None

    @property
    def scene_lora(self) -> StyleLora | None:
        """What its scene is painted with; None where it has no LoRA, or one of strength 0, or is a picture."""
        lora = self.style_lora
        return lora if lora is not None and lora.strength > 0 and self.picture is None else None

    def without_folders(self) -> PortraitRequest:
        """What goes into a picture: one that is shared must not tell where its maker keeps things."""
        files = {"picture": self.picture, "mask": self.mask}
        names = {name: path and Path(shown_name(path)) for name, path in files.items()}
        return self.model_copy(update=names)


MOST_VALUES = 30
"""Values of an axis of a grid."""


class GridAxis(Value):
    """A setting of a grid (``domain.grids``), and the values that it takes."""

    setting: str
    values: tuple[str, ...] = Field(min_length=1, max_length=MOST_VALUES)


class GridSheet(Value):
    """What a contact sheet shows, and carries: portraits by one request, but for two settings.

    Attributes:
        x, y: of the columns and the rows.
    """

    kind: Literal["grid"] = "grid"
    request: PortraitRequest
    x: GridAxis
    y: GridAxis


class FacesRequest(Value):
    """Find the faces of a picture."""

    kind: Literal["faces"] = "faces"
    picture: FilePath


class RecogniseRequest(Value):
    """Find the faces of a picture, and how like people of the library they are.

    Attributes:
        people: who may be in it, by id; somebody without photos is like nobody.
    """

    kind: Literal["recognise"] = "recognise"
    picture: FilePath
    people: tuple[str, ...] = Field(max_length=1000)


class PartsRequest(Value):
    """Tell skin, hair, eyes, lips and so on of every face of a picture."""

    kind: Literal["parts"] = "parts"
    picture: FilePath


class LikenessRequest(Value):
    """Measure how like a person a picture's largest face is."""

    kind: Literal["likeness"] = "likeness"
    picture: FilePath
    person: str


class EnlargeRequest(Value):
    """Make a larger copy of a picture, with all that it carries.

    Attributes:
        times: how much wider and higher.
        model: an upscaler of the catalogue, or a file of the user's; None takes the one in use.
        person: of whom it is a portrait, if of anybody in the library.
        out: folder for the copy; None is the gallery.
        save: whether it becomes a file; else the outcome holds its pixels.
    """

    kind: Literal["enlarge"] = "enlarge"
    picture: FilePath
    times: Literal[2, 4] = 2
    model: str | None = None
    person: str | None = None
    out: FilePath | None = None
    save: bool = True


class ImportRequest(Value):
    """Read a ``.facea`` file, or a LoRA in ``.safetensors`` whose name and subject have to be given.

    Attributes:
        consent: why the face may be portrayed here; consent in the file was given to someone else.
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


class AccelerateRequest(Value):
    """Install a build of PyTorch for the graphics card, and use it from the next job on."""

    kind: Literal["accelerate"] = "accelerate"
    build: str


class ComparisonRequest(Value):
    """Measure methods of portrayal on a folder of people (paper, experiments).

    Attributes:
        folder: a folder of photos for each person; ``people.json`` says who is a man and who a woman.
        prompts: a file with one prompt a line; ``{subject}`` stands for "man" or "woman".
        methods: names, see ``comparison.method_registry``.
        out: pictures, figures and the report go there; the same request resumes where it stopped.
        people: only the first so many of the folder.
        references: the first so many photos of a person may be learned from, the others are held out.
        subject: of everybody, where there is no ``people.json``.
        preset, steps: how the tuned methods are tuned.
        programs: the executable of each method that runs outside this program.
        accepted: methods whose licences the user has read and accepted.
        kind: "evaluate" in jobs of the first versions.
    """

    kind: Annotated[Literal["comparison", "evaluate"], AfterValidator(lambda _: "comparison")] = "comparison"
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


BatchItem = Annotated[EnrolRequest | TuneRequest | PortraitRequest, Field(discriminator="kind")]
"""What a batch consists of. People may be meant by name, as one item makes whom the next one paints."""


class BatchRequest(Value):
    """Carry out many requests, one after another; what is there already is not made again.

    Attributes:
        grid: where the items are the cells of a grid, row by row.
    """

    kind: Literal["batch"] = "batch"
    grid: GridSheet | None = None
    items: tuple[BatchItem, ...] = Field(min_length=1, max_length=10_000)


class MachineRequest(Value):
    """Tell which devices this machine has, how much memory, and what fits."""

    kind: Literal["machine"] = "machine"


Request = Annotated[
    InspectRequest
    | EnrolRequest
    | FirstSightRequest
    | AddPhotosRequest
    | MaskRequest
    | AppearanceRequest
    | TuneRequest
    | CheckpointRequest
    | MixPreviewRequest
    | MixRequest
    | BlendPreviewRequest
    | BlendRequest
    | PortraitRequest
    | FacesRequest
    | RecogniseRequest
    | PartsRequest
    | LikenessRequest
    | EnlargeRequest
    | ImportRequest
    | FetchRequest
    | AccelerateRequest
    | ComparisonRequest
    | BatchRequest
    | MachineRequest,
    Field(discriminator="kind"),
]
"""What an executor carries out and the queue takes; as JSON, ``kind`` says which it is."""
