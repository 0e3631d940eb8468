"""Owns everything heavy in a process: the library, and the models kept loaded between jobs."""

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
from facea_desktop.domain.faces import Face
from facea_desktop.domain.people import Profile
from facea_desktop.engine import feature_encoder
from facea_desktop.engine.crops import upright
from facea_desktop.engine.detect import Detector
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.feature_encoder import FeatureEncoder, mean_of
from facea_desktop.engine.head_outlines import HeadOutliner
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.language_models import LanguageModel, LocalModel, LocalServer
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.lookalike import ScenePerson, scene_person
from facea_desktop.engine.parsed_crop import forget_photos
from facea_desktop.engine.person_reader import read_photos, read_weights
from facea_desktop.engine.photo_shares import somebody
from facea_desktop.engine.refusal_errors import tuning_of
from facea_desktop.engine.scene_painter import (
    GeneratorPainter,
    PipelinePainter,
    Scene,
    ScenePainter,
    SceneRequest,
    load_generator_painter,
)
from facea_desktop.engine.upscaler import Upscaler
from facea_desktop.library.id_library import Library
from facea_desktop.models.catalogue import Family, MtcnnSettings
from facea_desktop.models.devices import Placement, choose_placement
from facea_desktop.models.loaders import decode_in_tiles, load_context, load_identity
from facea_desktop.models.model_store import ModelStore

PARKED = "parked"
"""Marks a model that waits in main memory and visits the device piece by piece."""


@dataclasses.dataclass(frozen=True, eq=False)
class _PhotoFace:
    """A face in a reference photo, and FaceNet's embedding of it, (512,)."""

    face: Face
    embedding: np.ndarray


class ModelManager:
    """People and models of one data folder.

    Args:
        root: the data folder.
        device, precision: as ``choose_placement`` takes them.
        offload: move models through the device piece by piece, also where they would fit.
        home: the data folder that models were fetched into, where that is another one.
    """

    def __init__(
        self,
        root: Path,
        device: str | None = None,
        precision: str | None = None,
        *,
        offload: bool = False,
        home: Path | None = None,
    ) -> None:
        self.root = root
        self.library = Library(root)
        self.models = ModelStore(root, home=home)
        self._device, self._precision, self._offload, self._tiling = device, precision, offload, False
        self._loaded: dict[tuple[str, ...], Any] = {}
        self._own: dict[str, tuple[list[str], list[_PhotoFace | None]]] = {}  # hashes of photos, and their faces
        self._placements: dict[str, Placement] = {}
        self._last_scene: tuple[tuple[str, Path], SceneRequest, Scene] | None = None

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
        return dataclasses.replace(placement, offload=self._moves(placement))

    def detector(self, family: Family) -> Detector:
        """The family's detector, loaded once."""
        key = ("detector", family.name)
        if key not in self._loaded:
            self._loaded[key] = self._load_detector(family)
        found: Detector = self._loaded[key]
        return found

    def outliner(self, family: Family) -> HeadOutliner | None:
        """What outlines heads for the family, loaded once; None where it has none, or it was not downloaded.

        Raises:
            UserError: it is damaged.
        """
        if family.outlines is None or not self.models.installed(family.outlines):
            return None
        key = ("outlines", family.outlines)
        if key not in self._loaded:
            folder = self.models.path(family.outlines)
            self._loaded[key] = HeadOutliner.load(folder, self.placement(family).device)
        found: HeadOutliner = self._loaded[key]
        return found

    def identity(self, family: Family, *, tuning: bool = False) -> IdentityModel:
        """G_id of the family; in full precision for tuning where the device has only fp16, whose gradients vanish."""
        placement = self.placement(family)
        if tuning:
            dtype = "float32" if placement.dtype == "float16" else placement.dtype
            # A model that moves between memories layer by layer cannot be trained.
            placement = dataclasses.replace(placement, dtype=dtype, offload=False)
            self._forget_graphs()  # tuning takes more memory than painting

        def load() -> IdentityModel:
            pipe = load_identity(self.models, family, placement)
            encoder = load_feature_encoder(self.models, family)
            return IdentityModel(pipe, family, placement, encoder)

        model: IdentityModel = self._loaded_once("identity", family, placement, load)
        return model

    def scene_painter(self, family: Family) -> ScenePainter:
        """What paints the family's scenes.

        Raises:
            UserError: weights are missing or damaged.
        """
        if not self.filters_styles(family):
            return self._pipeline_painter(family)
        placement = self.placement(family)

        def load() -> GeneratorPainter:
            return load_generator_painter(self.models.weights(family, "context"), family, placement.device)

        staying = dataclasses.replace(placement, offload=False)  # it is small, and no pipeline that could move
        painter: GeneratorPainter = self._loaded_once("context", family, staying, load)
        return painter

    def last_scene(self, family: Family, request: SceneRequest) -> Scene | None:
        """The scene that was painted last, if these models were asked for the same one; the same comes out again."""
        if self._last_scene is None or self._last_scene[:2] != (self._painted_by(family), request):
            return None
        return self._last_scene[2]

    def keep_scene(self, family: Family, request: SceneRequest, scene: Scene) -> None:
        """Keep what was painted last, for ``last_scene``."""
        self._last_scene = self._painted_by(family), request, scene

    def _painted_by(self, family: Family) -> tuple[str, Path]:
        return family.context, self.models.weights(family, "context")

    def filters_styles(self, family: Family) -> bool:
        """Whether the family's scenes get their style as a filter over a photograph; else the model paints it."""
        return self._context_format(family) != "diffusers"

    def context(self, family: Family) -> Any:
        """G_c of a family whose scenes a diffusers pipeline paints.

        Raises:
            UserError: they are made in another way, or weights are missing or damaged.
        """
        if self._context_format(family) != "diffusers":
            raise UserError(f"{family.title} has no Stable Diffusion XL model; choose a family that has one.")
        return self._pipeline_painter(family).pipe

    def language_model(self) -> LanguageModel:
        """The language model that was chosen to split prompts.

        Raises:
            UserError: it is not installed or damaged, or its server does not answer.
        """
        which = self.models.splitter
        if which not in self.models.catalogue.models:
            return LocalServer(which)
        if ("language", which) not in self._loaded:
            placement = self.placement(self.models.active_family())
            device, dtype = ("cpu", "float32") if placement.offload else (placement.device, placement.dtype)
            title = self.models.catalogue.model(which).title
            self._loaded["language", which] = LocalModel(self.models.path(which), title, device, dtype)
        model: LanguageModel = self._loaded["language", which]
        return model

    def enable_offload(self) -> bool:
        """Give the memory of all models back, and move them to the device piece by piece from now on.

        Returns:
            Whether that saves anything: not where models move already, nor on the processor.
        """
        saves = any(placement.device != "cpu" for placement in self._placements.values() if not self._moves(placement))
        self._offload = True
        if saves:
            self._loaded.clear()
            _release()
        return saves

    def enable_tiling(self) -> bool:
        """Decode pictures in tiles from now on, which needs less memory than whole ones and may show faint seams.

        Returns:
            Whether that saves anything: not where it is done already.
        """
        saves, self._tiling = not self._tiling, True
        for model in self._loaded.values():
            self._arrange_decoder(model)
        _release()
        return saves

    def upscaler(self, name_or_path: str | None) -> tuple[str, Upscaler]:
        """The name of what enlarges pictures, and the network, loaded once.

        Raises:
            UserError: it is not installed, or damaged.
            torch.OutOfMemoryError: the device has no room for it.
        """
        name, file = self.models.upscaler(name_or_path)
        key = ("upscaler", str(file))
        if key not in self._loaded:
            for other in [other for other in self._loaded if other[0] == "upscaler"]:
                del self._loaded[other]
            self._loaded[key] = Upscaler(file, self.placement(self.models.active_family()).device)
        return name, self._loaded[key]

    def embedding(self, picture: Image.Image, family: Family) -> np.ndarray | None:
        """FaceNet embedding (512,) of the largest face in a picture, None where no face is found."""
        faces = self.detector(family).find(picture)
        return facenet().embed(*upright(picture, faces[0])) if faces else None

    def own_embeddings(self, profile: Profile) -> list[np.ndarray]:
        """FaceNet embeddings of the reference photos in which a face is found; there may be none."""
        return [one.embedding for one in self._photo_faces(profile) if one is not None]

    def _photo_faces(self, profile: Profile) -> list[_PhotoFace | None]:
        """The largest face of each reference photo, None where none is found.

        They are kept until the photos change or the person is gone.
        """
        for gone in [person for person in self._own if not self.library.folder(person).exists()]:
            del self._own[gone]
            self._last_scene = None
            forget_photos()  # theirs may be among them
        photos = [profile.files.get(f"references/{reference.index}.png", "") for reference in profile.references]
        known = self._own.get(profile.id)
        if known is None or known[0] != photos:
            detector, found = self.detector(self.family(profile.family)), list[_PhotoFace | None]()
            for photo in read_photos(self.library, profile):
                faces = detector.find(photo)
                embedded = _PhotoFace(faces[0], facenet().embed(*upright(photo, faces[0]))) if faces else None
                found.append(embedded)
            known = self._own[profile.id] = photos, found
        return known[1]

    def scene_person(self, profile: Profile) -> ScenePerson | None:
        """Whom scenes of the person's family are painted for; None where they show strangers, or photos are missing."""
        if not self.filters_styles(self.family(profile.family)):
            return None
        return scene_person(profile, self._face_embeddings(profile))

    def _face_embeddings(self, profile: Profile) -> list[np.ndarray]:
        """Of the photos; of a blend one, between those of its people. There may be none."""
        if not profile.blended:
            return self.own_embeddings(profile)
        parents = [(one.part, somebody(self.library, one.person)) for one in profile.blended]
        seen = [(part, self._face_embeddings(one)) for part, one in parents if one is not None]
        means = [part * np.mean(found, 0) for part, found in seen if found]
        return [np.sum(means, 0)] if means else []

    def seen(self, model: IdentityModel, profile: Profile) -> dict[str, Tensor] | None:
        """[feat] vectors that the model's encoder makes of a person's photos; None without an encoder, or any face."""
        if model.encoder is None:
            return None
        faces, photos = self._photo_faces(profile), read_photos(self.library, profile)
        sets = [
            model.encoder.read(model.encoder.seen(photo, one.face, one.embedding))
            for photo, one in zip(photos, faces, strict=True)
            if one is not None
        ]
        return mean_of(sets) if sets else None

    def load_adapter(self, model: IdentityModel, profile: Profile) -> None:
        """Give ``model`` the person's adapter and [feat] sets; those of the photos where there is no adapter.

        Raises:
            UserError: the person has not been tuned and the model reads no photos, or a file is missing or damaged.
        """
        if profile.state == "not tuned" and (seen := self.seen(model, profile)) is not None:
            model.init_from_photos(profile.subject, seen)
            return
        tuning = tuning_of(profile)
        adapter, features = read_weights(self.library, profile)
        model.load_adapter(profile.subject, adapter, features, words_alone=tuning.recipe.words_alone)

    def _pipeline_painter(self, family: Family) -> PipelinePainter:
        placement = self.placement(family)

        def load() -> PipelinePainter:
            return PipelinePainter(load_context(self.models, family, placement), family, moving=placement.offload)

        painter: PipelinePainter = self._loaded_once("context", family, placement, load)
        return painter

    def _forget_graphs(self) -> None:
        for model in self._loaded.values():
            if hasattr(model, "graphed"):
                model.graphed.forget()

    def _context_format(self, family: Family) -> str:
        return self.models.catalogue.model(family.context).format

    def _loaded_once(self, role: str, family: Family, placement: Placement, load: Callable[[], Any]) -> Any:
        model = family.context if role == "context" else family.identity
        key = (role, family.name, model, placement.dtype, PARKED if placement.offload else "")
        if key not in self._loaded:
            self._make_room(role, family, placement)
            self._loaded[key] = load()
            self._arrange_decoder(self._loaded[key])
        return self._loaded[key]

    def _arrange_decoder(self, model: Any) -> None:
        if self._tiling and hasattr(model, "pipe"):
            decode_in_tiles(model.pipe)

    def _moves(self, placement: Placement) -> bool:
        """Whether models visit the device in turn; the processor has no memory but the one they wait in."""
        return placement.offload or (self._offload and placement.device != "cpu")

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
    folder = models.weights(family, "identity") / feature_encoder.FOLDER
    if not folder.is_dir():
        return None
    with _reading_network(folder):
        return FeatureEncoder.load(folder)


@contextmanager
def _reading_network(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, SafetensorError, RuntimeError) as error:
        raise UserError(f"{folder} is damaged. Reinstall the program or download the model again.") from error


def _release() -> None:
    """Give memory that nothing refers to any more back to the device."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if torch.xpu.is_available():
        torch.xpu.empty_cache()
