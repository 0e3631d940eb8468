"""Methods behind one protocol: what they are called, and which of them there are."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    from facea_desktop.engine.studio import Studio

MOST_FEATURES = 8
"""[feat] vectors a prompt that ``features:N`` may ask for."""


class NoPictureError(UserError):
    """There is no picture for this prompt and seed; the others may well exist."""


@dataclass(frozen=True)
class Shot:
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
    wanted: tuple[Shot, ...]


class Method(Protocol):
    """One way to make portraits of a person.

    Attributes:
        name: as the user wrote it.
        effort: units of work (see ``progress``) of preparing a person, and of a picture.
        reread: its pictures may change from run to run, so those that are there already are made again.
    """

    name: str
    effort: tuple[int, int]
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
class Workshop:
    """What methods work with.

    Attributes:
        studio: its library lies in ``work`` and holds the people of the evaluation alone.
        recipe: how ``full`` is tuned; ablations change single values of it.
        work: a folder for what is needed to go on after a stop.
        programs, accepted: as in ``EvaluateRequest``.
    """

    studio: Studio
    family: Family
    recipe: Recipe
    work: Path
    programs: dict[str, Path]
    accepted: tuple[str, ...]


OURS: dict[str, dict[str, object]] = {
    "neither": {"features": 0, "attribute_task": False},
    "no-embeddings": {"features": 0},
    "face-only": {"attribute_task": False},
    "full": {},
}
"""The paper's Table 2 and the global task alone, as what they change in the recipe."""

ABOUT = {
    "untuned": "the two stages without a person: the base models alone",
    "neither": "the two stages, tuned on the face task without [feat] vectors, T_id alone (first row of Table 2)",
    "no-embeddings": "tuned with L_A, without [feat] vectors (second row of Table 2)",
    "face-only": "tuned on the face task alone, with [feat] vectors",
    "full": "tuned with L_A and [feat] vectors: the method",
    "features:N": "full with N [feat] vectors a prompt, 0 to 8",
    "dreambooth-lora": "DreamBooth LoRA of the inpainting model: a rare token, random masks, the noise loss",
    "ip-adapter": "IP-Adapter in the context model, as published (weights: models fetch ip-adapter)",
    "ip-adapter-face": "IP-Adapter full-face inside the second stage (weights: models fetch ip-adapter)",
    "folder:PATH": "pictures that any other tool made: PATH/PERSON/NNN-SEED.png, NNN the prompt's number from 001",
}
"""Every method that runs in this program; ``outside.LICENCES`` has those that run outside it."""


IP_ADAPTER = "ip-adapter"
NEEDS = {"ip-adapter": IP_ADAPTER, "ip-adapter-face": IP_ADAPTER}
"""The model of the catalogue that a method needs beside those of the family."""


def is_tuned(method: str) -> bool:
    """Whether somebody is learned by tuning, which is what takes long."""
    return method in OURS or method.startswith("features:") or method == "dreambooth-lora"


def make_method(name: str, shop: Workshop) -> Method:
    """The method of that name.

    Raises:
        UserError: there is none, or something that it needs is missing.
    """
    from facea_desktop.evaluation import dreambooth, ip_adapter, ours, outside

    kind, _, rest = name.partition(":")
    makers: dict[str, Callable[[], Method]] = {
        "untuned": lambda: ours.Untuned(shop),
        "dreambooth-lora": lambda: dreambooth.DreamBooth(shop),
        "ip-adapter": lambda: ip_adapter.WholePicture(shop),
        "ip-adapter-face": lambda: ip_adapter.SecondStage(shop),
        "folder": lambda: outside.Folder(name, Path(rest)),
    }
    if name in OURS:
        return ours.Tuned(name, shop, shop.recipe.model_copy(update=OURS[name]))
    if kind == "features" and re.fullmatch(r"\d", rest) and int(rest) <= MOST_FEATURES:
        return ours.Tuned(name, shop, shop.recipe.model_copy(update={"features": int(rest)}))
    if kind in makers and bool(rest) == (kind == "folder"):
        return makers[kind]()
    if name in outside.LICENCES:
        return outside.Program(name, shop)
    known = ", ".join([*ABOUT, *outside.LICENCES])
    raise UserError(f"There is no method {name!r}; choose among {known}.")
