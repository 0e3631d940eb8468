"""The paper's four figures, CLIP-T, CLIP-I, DINO and Face Sim., and two that no network of ours can please.

All but CLIP-T compare with held-out photos; the paper's are cosines. CLIP-T: prompt and picture in CLIP ViT-L/14.
CLIP-I and DINO: the mean over the held-out photos, whole photos against the whole picture; DINO's vector is the class
token of ViT-S/16 (Ruiz et al. 2023, DreamBooth). Face Sim.: the largest face of the picture, FaceNet, the mean over the
held-out photos that show a face. The starter models were trained to please FaceNet; Face Sim. (dlib) is likewise by a
network that nothing was trained with. Attribute Sim.: eyes, nose and mouth each by itself (``attribute_likeness``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, cast

import numpy as np
import torch
from PIL import Image
from safetensors import SafetensorError

from facea_desktop.comparison import dlib_recogniser
from facea_desktop.comparison.attribute_likeness import (
    Described,
    attribute_likeness,
    describe_attributes,
    mean_likeness,
)
from facea_desktop.comparison.dlib_recogniser import DlibRecogniser
from facea_desktop.comparison.scores import ATTRIBUTE_SIM, CLIP, DINO, FACE_SIM_DLIB, METRICS, Metric, Scores
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Face
from facea_desktop.engine.crops import upright
from facea_desktop.engine.likeness import facenet, measure
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.models.catalogue import Family
from facea_desktop.models.model_store import ModelStore


class Clip:
    """CLIP as transformers reads it from a folder in the hub's layout.

    Raises:
        UserError: the folder is damaged or holds something else.
    """

    def __init__(self, folder: Path, device: str) -> None:
        from transformers import AutoTokenizer, CLIPImageProcessor, CLIPModel

        self._device = device
        self._model = _load(CLIPModel, folder, device)
        self._tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._processor = CLIPImageProcessor.from_pretrained(folder, local_files_only=True)

    @torch.no_grad()
    def picture(self, picture: Image.Image) -> np.ndarray:
        """The unit embedding of an RGB picture."""
        pixels = self._processor(images=picture, return_tensors="pt")["pixel_values"].to(self._device)
        return _unit(self._model.get_image_features(pixel_values=pixels).pooler_output)

    @torch.no_grad()
    def words(self, prompt: str) -> np.ndarray:
        """The unit embedding of a prompt; what is longer than CLIP reads is cut."""
        length = self._model.config.text_config.max_position_embeddings
        read = self._tokenizer([prompt], truncation=True, max_length=length, return_tensors="pt").to(self._device)
        found = self._model.get_text_features(input_ids=read["input_ids"], attention_mask=read["attention_mask"])
        return _unit(found.pooler_output)


class Dino:
    """DINO as transformers reads it from a folder in the hub's layout; a ``.bin`` is read with weights_only=True.

    Raises:
        UserError: the folder is damaged or holds something else.
    """

    def __init__(self, folder: Path, device: str) -> None:
        from transformers import ViTImageProcessor, ViTModel

        self._device = device
        self._model = _load(ViTModel, folder, device, add_pooling_layer=False)  # DINO was trained without one
        self._processor = ViTImageProcessor.from_pretrained(folder, local_files_only=True)

    @torch.no_grad()
    def picture(self, picture: Image.Image) -> np.ndarray:
        """The unit class token of an RGB picture."""
        pixels = self._processor(images=picture, return_tensors="pt")["pixel_values"].to(self._device)
        return _unit(self._model(pixel_values=pixels).last_hidden_state[:, 0])


@dataclass(frozen=True)
class HeldOut:
    """The held-out photos of a person as embeddings, a row a photo.

    Attributes:
        faces: FaceNet's, of the photos that show a face.
        clip, dino: None where the model is not installed.
        attributes: of the photos that show a face.
        dlib: dlib's, of the photos that show a face; None where it is not installed.
    """

    faces: list[np.ndarray]
    clip: np.ndarray | None
    dino: np.ndarray | None
    attributes: list[Described] = field(default_factory=list)
    dlib: list[np.ndarray] | None = None


class Measures:
    """Everything that measures pictures, loaded when it is first needed.

    Attributes:
        installed: the columns that can be filled on this machine.
    """

    def __init__(self, manager: ModelManager, family: Family) -> None:
        self._manager = manager
        self._family = family
        self._clip: Clip | None = None
        self._dino: Dino | None = None
        self._recogniser: DlibRecogniser | None = None
        self.installed = tuple(m.name for m in METRICS if self._is_installed(m))
        self._words: dict[str, np.ndarray] = {}

    @property
    def versions(self) -> dict[str, str]:
        """For each column that can be filled, what fills it, so that figures of another model are not taken over."""
        catalogue = self._manager.models.catalogue
        revisions = {m.name: str(catalogue.model(m.model).revision) for m in METRICS if m.model is not None}
        revisions |= {
            "face_sim": "facenet",
            ATTRIBUTE_SIM: "oriented gradients",
            FACE_SIM_DLIB: dlib_recogniser.NETWORK,
        }
        return {name: revisions[name] for name in self.installed}

    def held_out(self, photos: Sequence[Path]) -> HeldOut:
        """Embed the photos that a person's pictures are measured against."""
        pictures = [read_photo(path) for path in photos]
        shown = [(picture, faces[0]) for picture in pictures if (faces := self._faces(picture))]
        clip, dino, recogniser = self.clip, self.dino, self.recogniser
        return HeldOut(
            [facenet().embed(*upright(picture, face)) for picture, face in shown],
            None if clip is None else np.stack([clip.picture(picture) for picture in pictures]),
            None if dino is None else np.stack([dino.picture(picture) for picture in pictures]),
            [describe_attributes(picture, face) for picture, face in shown],
            None if recogniser is None else [recogniser.embed(*upright(picture, face)) for picture, face in shown],
        )

    def scores(self, picture: Image.Image, prompt: str, held_out: HeldOut) -> Scores:
        """Measure an RGB picture that was made from ``prompt``."""
        faces = self._faces(picture)
        face_sim = attribute_sim = face_sim_dlib = None
        if faces:
            attribute_sim = mean_likeness(
                attribute_likeness(describe_attributes(picture, faces[0]), held_out.attributes)
            )
        if faces and held_out.faces:
            face_sim = measure(facenet().embed(*upright(picture, faces[0])), held_out.faces).score
        if faces and held_out.dlib and self.recogniser is not None:
            face_sim_dlib = dlib_recogniser.likeness(self.recogniser.embed(*upright(picture, faces[0])), held_out.dlib)
        clip_t = clip_i = dino = None
        if self.clip is not None and held_out.clip is not None:
            embedding = self.clip.picture(picture)
            clip_t = float(embedding @ self._prompt(self.clip, prompt))
            clip_i = float((held_out.clip @ embedding).mean())
        if self.dino is not None and held_out.dino is not None:
            dino = float((held_out.dino @ self.dino.picture(picture)).mean())
        return Scores(len(faces), face_sim, clip_t, clip_i, dino, attribute_sim, face_sim_dlib)

    @property
    def clip(self) -> Clip | None:
        """CLIP, None where it is not installed."""
        if self._clip is None and "clip_t" in self.installed:
            self._clip = Clip(*self._place(CLIP))
        return self._clip

    @property
    def dino(self) -> Dino | None:
        """DINO, None where it is not installed."""
        if self._dino is None and "dino" in self.installed:
            self._dino = Dino(*self._place(DINO))
        return self._dino

    @property
    def recogniser(self) -> DlibRecogniser | None:
        """dlib's network, None where it is not installed."""
        if self._recogniser is None and FACE_SIM_DLIB in self.installed:
            self._recogniser = DlibRecogniser()
        return self._recogniser

    def _is_installed(self, metric: Metric) -> bool:
        if metric.optional:
            return dlib_recogniser.is_installed()
        return metric.model is None or self._manager.models.installed(metric.model)

    def _faces(self, picture: Image.Image) -> list[Face]:
        return self._manager.detector(self._family).find(picture)

    def _place(self, model: str) -> tuple[Path, str]:
        models: ModelStore = self._manager.models
        return models.path(model), self._manager.placement(self._family).device

    def _prompt(self, clip: Clip, prompt: str) -> np.ndarray:
        if prompt not in self._words:
            self._words[prompt] = clip.words(prompt)
        return self._words[prompt]


def _load(model_class: Any, folder: Path, device: str, **more: Any) -> Any:
    """A transformers model with every tensor in its place: one that is missing would be random without a word."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    load = cast(Callable[..., Any], model_class.from_pretrained)
    try:
        model, told = load(folder, local_files_only=True, dtype=torch.float32, output_loading_info=True, **more)
    except (SafetensorError, UnpicklingError, OSError, ValueError, RuntimeError, KeyError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UserError(f"{folder} is damaged ({reason}); fetch it again: models fetch {folder.name}.") from error
    if told["missing_keys"] or told["mismatched_keys"]:
        count = len(told["missing_keys"]) + len(told["mismatched_keys"])
        raise UserError(f"{folder} lacks {count} tensors; fetch it again: facea-desktop models fetch {folder.name}.")
    return model.eval().to(device)


def _unit(rows: Any) -> np.ndarray:
    """The one row of (1, d) as a vector of length one."""
    row = rows[0].float().cpu().numpy().astype(np.float64)
    return np.asarray(row / np.linalg.norm(row))
