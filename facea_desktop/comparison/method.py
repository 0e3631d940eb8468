"""What a method of portrayal is, what it works with, and which there are; ``method_registry`` makes them by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.models.catalogue import Family

if TYPE_CHECKING:
    from facea_desktop.engine.model_manager import ModelManager

MOST_FEATURES = 8
"""[feat] vectors a prompt that ``features:N`` may ask for."""


class NoPictureError(UserError):
    """There is no picture for this prompt and seed; the others may well exist."""


@dataclass(frozen=True)
class GenerationTask:
    """One picture to be made: prompt T, its number in the file counted from 1, the seed."""

    prompt: str
    number: int
    seed: int


@dataclass(frozen=True)
class Photos:
    """All that a method gets to know of a person; no held-out photo is among it.

    Attributes:
        person: the name of the folder.
        files: the reference photos.
        wanted: all that ``generate`` will be asked for.
    """

    person: str
    subject: Subject
    files: tuple[Path, ...]
    wanted: tuple[GenerationTask, ...]


class Method(Protocol):
    """One way to make portraits of a person.

    Attributes:
        name: as the user wrote it.
        work_units: how much (see ``OverallProgress``) preparing a person is, and how much a picture.
        reread: its pictures may change from run to run, so those that are there already are made again.
    """

    name: str
    work_units: tuple[int, int]
    reread: bool

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Learn a person; where an earlier run did so already, take that up.

        Raises:
            UserError: these photos do not do for the method.
            CancelledError: stopped; what was learned so far is taken up the next time.
        """

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """A picture of the person that was prepared last, RGB.

        Raises:
            NoPictureError: there is none for this prompt and seed.
            CancelledError: stopped.
        """

    def finish(self) -> None:
        """Let go of the person."""


@dataclass(frozen=True)
class MethodContext:
    """What methods work with.

    Attributes:
        manager: its library lies in ``work`` and holds the people of the evaluation alone.
        recipe: how ``full`` is tuned; ablations change single values of it.
        work: a folder for what is needed to resume after a stop.
        programs, accepted: as in ``ComparisonRequest``.
    """

    manager: ModelManager
    family: Family
    recipe: Recipe
    work: Path
    programs: dict[str, Path]
    accepted: tuple[str, ...]


ABLATIONS: dict[str, dict[str, object]] = {
    "neither": {"features": 0, "attribute_task": False},
    "no-embeddings": {"features": 0},
    "face-only": {"attribute_task": False},
    "full": {},
}
"""The paper's Table 2 and the global task alone, as what they change in the recipe."""
RECIPE_CHANGES = ABLATIONS | {"textual-inversion": {"rank": 0, "attribute_task": False}}
"""Every method that is nothing but another recipe."""
TUNED_OTHERWISE = ("dreambooth-lora", "custom-diffusion")

ABOUT = {
    "untuned": "the two stages without a person: the base models alone",
    "neither": "the two stages, tuned on the face task without [feat] vectors, T_id alone (first row of Table 2)",
    "no-embeddings": "tuned with L_A, without [feat] vectors (second row of Table 2)",
    "face-only": "tuned on the face task alone, with [feat] vectors",
    "full": "tuned with L_A and [feat] vectors: the method",
    "features:N": "full with N [feat] vectors a prompt, 0 to 8",
    "dreambooth-lora": "DreamBooth LoRA of the inpainting model: a rare token, random masks, the noise loss",
    "custom-diffusion": "Custom Diffusion as a LoRA: as dreambooth-lora, in keys and values of cross-attention alone",
    "textual-inversion": "Textual Inversion: the face task tunes [feat] vectors alone, no weight of the model",
    "ip-adapter": "IP-Adapter in the context model, as published (weights: models fetch ip-adapter)",
    "ip-adapter-face": "IP-Adapter full-face inside the second stage (weights: models fetch ip-adapter)",
    "ip-adapter-faceid": "IP-Adapter-FaceID in the context model (weights: ip-adapter-faceid and insightface-buffalo)",
    "instantid": "InstantID in the context model, posed by our scene (weights: instantid and insightface-antelope)",
    "photomaker": "PhotoMaker v1 in the context model (weights: models fetch photomaker)",
    "folder:PATH": "pictures that any other tool made: PATH/PERSON/NNN-SEED.png, NNN the prompt's number from 001",
}
"""Every method that runs in this program; ``external_methods.LICENCES`` has those that run outside it."""

IP_ADAPTER, FACE_ID, INSTANT_ID, PHOTOMAKER = "ip-adapter", "ip-adapter-faceid", "instantid", "photomaker"
BUFFALO, ANTELOPE = "insightface-buffalo", "insightface-antelope"
NEEDS: dict[str, tuple[str, ...]] = {
    "ip-adapter": (IP_ADAPTER,),
    "ip-adapter-face": (IP_ADAPTER,),
    "ip-adapter-faceid": (FACE_ID, BUFFALO),
    "instantid": (INSTANT_ID, ANTELOPE),
    "photomaker": (PHOTOMAKER,),
}
"""The models of the catalogue that a method needs beside those of the family."""


def is_tuned(method: str) -> bool:
    """Whether somebody is learned by tuning, which is what takes long."""
    return method in RECIPE_CHANGES or method.startswith("features:") or method in TUNED_OTHERWISE
