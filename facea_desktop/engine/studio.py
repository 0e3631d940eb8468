"""The one owner of everything heavy in a process: the library, and the models that stay warm between jobs."""

from __future__ import annotations

import dataclasses
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import torch
from PIL import Image
from safetensors import SafetensorError
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile, Tuning
from facea_desktop.engine.crops import upright
from facea_desktop.engine.detect import Detector
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.feature_encoder import FOLDER, FeatureEncoder, mean_of
from facea_desktop.engine.identity import IdentityModel, load_tensors
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.references import ReferencePicture
from facea_desktop.engine.scene_painter import GeneratorPainter, PipelinePainter, ScenePainter, load_generator_painter
from facea_desktop.library.person_files import ADAPTER, FEATURES
from facea_desktop.library.store import Library
from facea_desktop.models.catalogue import Family, MtcnnSettings
from facea_desktop.models.devices import Placement, choose_placement
from facea_desktop.models.loaders import load_context, load_identity
from facea_desktop.models.store import ModelStore

PARKED = "parked"
"""Marks a model that waits in main memory and visits the device piece by piece."""


class Studio:
    """People and models of one data folder.

    Args:
        root: the data folder.
        device, precision: as ``choose_placement`` takes them.
        saving: move models through the device piece by piece, also where they would fit.
    """

    def __init__(
        self, root: Path, device: str | None = None, precision: str | None = None, *, saving: bool = False
    ) -> None:
        self.root = root
        self.library = Library(root)
        self.models = ModelStore(root)
        self._device, self._precision, self._saving = device, precision, saving
        self._loaded: dict[tuple[str, ...], Any] = {}
        self._placements: dict[str, Placement] = {}

    def family(self, name: str) -> Family:
        """The family of that name, with the context model that was chosen.

        Raises:
            UserError: there is none.
        """
        return self.models.family(name)

    def placement(self, family: Family) -> Placement:
        """Where and how the family's models run on this machine, decided before they take memory themselves."""
        if family.name not in self._placements:
            self._placements[family.name] = choose_placement(family, self._device, self._precision)
        placement = self._placements[family.name]
        return dataclasses.replace(placement, offload=True) if self._saves(placement) else placement

    def detector(self, family: Family) -> Detector:
        """The family's detector, loaded once."""
        key = ("detector", family.name)
        if key not in self._loaded:
            self._loaded[key] = self._load_detector(family)
        found: Detector = self._loaded[key]
        return found

    def identity(self, family: Family, *, tuning: bool = False, offload: bool = False) -> IdentityModel:
        """G_id of the family; in full precision for tuning where the device has only fp16, whose gradients vanish."""
        placement = self._where(family, offload)
        if tuning:
            dtype = "float32" if placement.dtype == "float16" else placement.dtype
            # A model that moves between memories layer by layer cannot be trained.
            placement = dataclasses.replace(placement, dtype=dtype, offload=False)
            self._forget_graphs()  # tuning takes more memory than painting

        def load() -> IdentityModel:
            pipe = load_identity(self.models, family, placement)
            return IdentityModel(pipe, family, placement, load_feature_encoder(self.models, family))

        model: IdentityModel = self._loaded_once("identity", family, placement, load)
        return model

    def scene_painter(self, family: Family, *, offload: bool = False) -> ScenePainter:
        """What paints the family's scenes; ``offload`` moves its models to the device piece by piece.

        Raises:
            UserError: weights are missing or damaged.
        """
        if not self.filters_styles(family):
            return self._pipeline_painter(family, offload)
        placement = self._where(family, offload)

        def load() -> GeneratorPainter:
            return load_generator_painter(self.models.weights(family, "context"), family, placement.device)

        staying = dataclasses.replace(placement, offload=False)  # it is small, and no pipeline that could move
        painter: GeneratorPainter = self._loaded_once("context", family, staying, load)
        return painter

    def filters_styles(self, family: Family) -> bool:
        """Whether the family's scenes get their style as a filter over a photograph; else the model paints it."""
        return self._context_format(family) != "diffusers"

    def context(self, family: Family, *, offload: bool = False) -> Any:
        """G_c of a family whose scenes a diffusers pipeline paints.

        Raises:
            UserError: they are made in another way, or weights are missing or damaged.
        """
        if self._context_format(family) != "diffusers":
            raise UserError(f"{family.title} has no Stable Diffusion XL model; choose a family that has one.")
        return self._pipeline_painter(family, offload).pipe

    def save_memory(self) -> None:
        """Give the memory of all models back, and load them piece by piece from now on."""
        self._saving = True
        self._loaded.clear()
        _release()

    def embedding(self, picture: Image.Image, family: Family) -> np.ndarray | None:
        """FaceNet embedding (512,) of the largest face in a picture, None where no face is found."""
        faces = self.detector(family).find(picture)
        return facenet().embed(*upright(picture, faces[0])) if faces else None

    def own_embeddings(self, profile: Profile) -> list[np.ndarray]:
        """FaceNet embeddings of the reference photos in which a face is found; there may be none."""
        family = self.family(profile.family)
        found = [self.embedding(ref.picture, family) for ref in self.references(profile)]
        return [embedding for embedding in found if embedding is not None]

    def references(self, profile: Profile) -> list[ReferencePicture]:
        """A person's reference crops and masks as pictures.

        Raises:
            UserError: one is missing or damaged.
        """
        folder = self.library.folder(profile.id)
        pictures = []
        with self.library.unchanged(), _reading_files_of(profile):
            for reference in profile.references:
                masks = {
                    part: Image.open(folder / "masks" / f"{reference.index}-{part}.png").convert("L")
                    for part in reference.parts
                }
                picture = Image.open(folder / "references" / f"{reference.index}.png").convert("RGB")
                pictures.append(ReferencePicture(picture, masks))
        return pictures

    def seen(self, model: IdentityModel, profile: Profile) -> dict[str, Tensor] | None:
        """[feat] vectors that the model's encoder makes of a person's photos; None without an encoder, or any face."""
        if model.encoder is None:
            return None
        detector, sets = self.detector(self.family(profile.family)), []
        for reference in self.references(profile):
            if faces := detector.find(reference.picture):
                embedding = facenet().embed(*upright(reference.picture, faces[0]))
                sets.append(model.encoder.read(model.encoder.seen(reference.picture, faces[0], embedding)))
        return mean_of(sets) if sets else None

    def put_on(self, model: IdentityModel, profile: Profile) -> None:
        """Give ``model`` the person's adapter and [feat] sets.

        Raises:
            UserError: the person has not been tuned, or a file is missing or damaged.
        """
        tuning = tuning_of(profile)
        folder = self.library.folder(profile.id)
        with self.library.unchanged(), _reading_files_of(profile):
            adapter = load_tensors(folder / ADAPTER)
            features = load_tensors(folder / FEATURES) if (folder / FEATURES).exists() else None
        model.put_on(profile.subject, adapter, features, words_alone=tuning.recipe.words_alone)

    def _pipeline_painter(self, family: Family, offload: bool) -> PipelinePainter:
        placement = self._where(family, offload)

        def load() -> PipelinePainter:
            return PipelinePainter(load_context(self.models, family, placement), family, moving=placement.offload)

        painter: PipelinePainter = self._loaded_once("context", family, placement, load)
        return painter

    def _forget_graphs(self) -> None:
        for model in self._loaded.values():
            if hasattr(model, "graphed"):
                model.graphed.forget()

    def _where(self, family: Family, offload: bool) -> Placement:
        placement = self.placement(family)
        return dataclasses.replace(placement, offload=placement.offload or offload)

    def _context_format(self, family: Family) -> str:
        return self.models.catalogue.model(family.context).format

    def _loaded_once(self, role: str, family: Family, placement: Placement, load: Callable[[], Any]) -> Any:
        model = family.context if role == "context" else family.identity
        key = (role, family.name, model, placement.dtype, PARKED if placement.offload else "")
        if key not in self._loaded:
            self._make_room(role, family, placement)
            self._loaded[key] = load()
        return self._loaded[key]

    def _saves(self, placement: Placement) -> bool:
        return self._saving and placement.device.startswith("cuda")

    def _load_detector(self, family: Family) -> Detector:
        settings = family.detector_settings
        if isinstance(settings, MtcnnSettings):
            return Mtcnn(settings.min_face_px, settings.score)
        from facea_desktop.engine.detect.grounding_dino import DinoSettings, GroundingDino  # seconds to import

        assert family.text is not None
        checkpoint = self.models.path(family.detector)
        found = next(checkpoint.glob("*.safetensors"), None) or next(checkpoint.glob("*.pth"))
        dino = DinoSettings(settings.caption, settings.box_threshold, settings.text_threshold)
        return GroundingDino.load(found, self.models.path(family.text), self.placement(family).device, dino)

    def _make_room(self, role: str, family: Family, placement: Placement) -> None:
        """Where memory is short, the other stage's model leaves before this one comes, unless it is parked."""
        models = [key for key in self._loaded if key[0] in ("identity", "context")]
        # Two precisions of one model are never wanted at a time.
        leaving = {key for key in models if key[:2] == (role, family.name)}
        if self.placement(family).offload or placement.offload:
            parked = {key for key in models if key[1] == family.name and key[-1] == PARKED}
            leaving |= set(models) - (parked if self._fits_beside_them(role, family, placement) else set())
        for key in leaving:
            del self._loaded[key]
        _release()

    def _fits_beside_them(self, role: str, family: Family, placement: Placement) -> bool:
        """Whether main memory holds the model that comes beside those that are parked there."""
        need = self.models.catalogue.model(family.context if role == "context" else family.identity).needs_mb
        need_mb = need.full if placement.dtype == "float32" else need.half
        available: int = psutil.virtual_memory().available
        return available > need_mb * 2**20


def load_feature_encoder(models: ModelStore, family: Family) -> FeatureEncoder | None:
    """What makes [feat] vectors of photos, where the family's identity model has it beside its parts.

    Raises:
        UserError: it is damaged, or the model is not installed.
    """
    folder = models.weights(family, "identity") / FOLDER
    if not folder.is_dir():
        return None
    try:
        return FeatureEncoder.load(folder)
    except (OSError, ValueError, SafetensorError, RuntimeError) as error:
        raise UserError(f"{folder} is damaged. Install the program or fetch the model again.") from error


@contextmanager
def _reading_files_of(profile: Profile) -> Iterator[None]:
    try:
        yield
    except (OSError, SyntaxError, SafetensorError) as error:  # Pillow calls a broken PNG a SyntaxError
        raise UserError(f"A file of {profile.name} is missing or damaged. Tune or enrol again.") from error


def tuning_of(profile: Profile) -> Tuning:
    """How the person was tuned.

    Raises:
        UserError: the person has not been tuned.
    """
    if profile.tuning is None:
        raise UserError(f"{profile.name} is not tuned yet; tune the person first.")
    return profile.tuning


def check_leave(*people: Profile) -> None:
    """Nobody is learned, mixed or painted whose leave is over.

    Raises:
        UserError: somebody's leave has ended.
    """
    for profile in people:
        if profile.consent.ended:
            raise UserError(
                f"The leave to portray {profile.name} ended on {profile.consent.until}; "
                "ask for it again and renew it on the person's page."
            )


def _release() -> None:
    """Give memory that nothing refers to any more back to the device."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
