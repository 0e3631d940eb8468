"""The family of real models from the hub to a person on another computer: real layouts and files, tiny weights."""

from __future__ import annotations

import functools
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionXLPipeline, UNet2DConditionModel
from PIL import Image
from transformers import BertConfig, BertTokenizer, CLIPTokenizer

from facea_desktop import cli
from facea_desktop.domain.events import Event, Progress
from facea_desktop.domain.faces import Box
from facea_desktop.engine import curve_measurement
from facea_desktop.engine.detect import grounding_dino
from facea_desktop.engine.detect.dino_text import read_text_branch
from facea_desktop.engine.detect.face_assembly import Candidate
from facea_desktop.engine.detect.grounding_dino import DinoSettings, build_model
from facea_desktop.models.catalogue import Model, load_catalogue
from facea_desktop.terminal import EventPrinter
from tests.engine.conftest import tiny_pipe
from tests.engine.test_grounding_dino import TINY_BERT, VOCABULARY, as_published
from tests.engine.test_sdxl_faces import tiny_inpainting
from tests.models.conftest import FakeHub, serving
from tests.test_cli import facea, photo

# Samplers of diffusers hand tensors to NumPy in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

FAMILY = load_catalogue().family("sdxl-sd15")
FACE_PLACES = {
    "face": ((0.18, 0.14, 0.78, 0.97),),
    "eye": ((0.29, 0.42, 0.48, 0.56), (0.55, 0.42, 0.74, 0.56)),
    "nose": ((0.44, 0.49, 0.63, 0.75),),
    "mouth": ((0.35, 0.66, 0.67, 0.82),),
}
"""Where the sample photos show a face and its parts, 0 to 1 of the picture."""
FEW = ("--context-steps", 2, "--steps", 3)


def tiny_sdxl(tokenizer: CLIPTokenizer) -> StableDiffusionXLPipeline:
    parts = dict(tiny_inpainting(tokenizer).components)
    unet = UNet2DConditionModel.from_config({**parts.pop("unet").config, "in_channels": 4})
    known = {name: parts[name] for name in StableDiffusionXLPipeline.__init__.__annotations__ if name in parts}
    return StableDiffusionXLPipeline(**known, unet=unet, add_watermarker=False)


def write_bert(folder: Path) -> None:
    """The four files that the catalogue fetches of bert-base-uncased, among others that it leaves."""
    BertConfig(**TINY_BERT).save_pretrained(folder)
    BertTokenizer(vocab={word: number for number, word in enumerate(VOCABULARY)}).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    (folder / "pytorch_model.bin").write_bytes(b"stray")


def write_dino(folder: Path, bert: Path) -> None:
    torch.save({"model": as_published(build_model(*read_text_branch(bert)))}, folder / "groundingdino_swint_ogc.pth")


@pytest.fixture
def small_dino(monkeypatch: pytest.MonkeyPatch) -> None:
    """Grounding DINO with a layer each and small pictures; its random weights find nothing, so boxes are scripted."""
    from groundingdino.config import GroundingDINO_SwinT_OGC as swin_t

    for name, value in {"enc_layers": 1, "dec_layers": 1, "num_queries": 30}.items():
        monkeypatch.setattr(swin_t, name, value)
    monkeypatch.setattr(
        grounding_dino, "DinoSettings", functools.partial(DinoSettings, short_side=128, long_side=213)
    )  # fmt: skip

    def scripted(scores: torch.Tensor, boxes: torch.Tensor, tokens: dict[str, list[int]], *rest: Any) -> Any:
        size = rest[-1]
        assert (scores.shape, boxes.shape) == ((30, 256), (30, 4))
        assert bool(scores.isfinite().all())
        assert set(tokens) == set(FACE_PLACES)
        scale = np.array([*size, *size])
        return [
            Candidate(word, Box(*(place * scale).tolist()), 0.9)
            for word, places in FACE_PLACES.items()
            for place in np.array(places)
        ]

    monkeypatch.setattr(grounding_dino, "read_candidates", scripted)


def published(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def hub(
    small_dino: None, letter_tokenizer: CLIPTokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeHub]:
    """The family's four repositories at their pinned commits, in full and in half precision as the hub has them."""
    torch.manual_seed(2)
    repos = tmp_path / "hub"
    for name, pipe in (
        ("sdxl-base", tiny_sdxl(letter_tokenizer)),
        ("sd15-inpainting", tiny_pipe(letter_tokenizer, "epsilon")),
    ):
        pipe.save_pretrained(repos / name)
        pipe.save_pretrained(repos / name, variant="fp16")
    write_bert(repos / "bert-base-uncased")
    (repos / "grounding-dino-swint").mkdir()
    write_dino(repos / "grounding-dino-swint", repos / "bert-base-uncased")
    with serving() as server:
        for name in FAMILY.models:
            model = load_catalogue().model(name)
            server.repos[str(model.repo), str(model.revision)] = published(repos / name)
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        monkeypatch.setenv("FACEA_DEVICE", "cpu")
        yield server


class Impatient(EventPrinter):
    """Presses Ctrl-C once the first step of tuning is done."""

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        if isinstance(event, Progress) and event.step == 1 and self._what == "tuning":
            signal.raise_signal(signal.SIGINT)


def set_up(root: Path) -> list[Model]:
    models = [load_catalogue().model(name) for name in FAMILY.models]
    for model in models:
        folder = Path(facea(root, "models", "fetch", model.name).answer["path"])
        assert folder == root / "models" / model.name
    assert facea(root, "models", "use", FAMILY.name).answer["active"]
    return models


def pixels(path: str | Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB"))


@pytest.mark.timeout(1800)
@pytest.mark.usefixtures("hub")
def test_a_person_goes_all_the_way_through_the_family_of_real_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curve_measurement, "STEPS", 2)
    root = tmp_path / "data"
    for model in set_up(root):
        there = {path.name for path in (root / "models" / model.name).rglob("*") if path.is_file()}
        assert not there & {"pytorch_model.bin", "model.safetensors", "diffusion_pytorch_model.safetensors"}
    listed = {one["name"]: one for one in facea(root, "models", "list").answer["models"]}
    assert all(listed[name]["installed"] and listed[name]["active"] for name in FAMILY.models)

    ids = {}
    for name, subject in (("Adam", "man"), ("Eve", "woman")):
        photos = [photo(name.lower(), index) for index in range(3)]
        ids[name] = facea(root, "enrol", "--name", name, "--subject", subject, *photos).answer["id"]

    tune = ("tune", "Adam", "--preset", "quick", "--steps", 3)
    with monkeypatch.context() as context:
        context.setattr(cli, "EventPrinter", Impatient)
        stopped = facea(root, *tune)
    assert (stopped.code, "cancelled" in stopped.err) == (1, True)
    assert facea(root, "list").answer["people"][0]["state"] != "ready"
    tuned = facea(root, *tune, "--resume")
    assert "tuning 1/3" not in tuned.err
    assert (tuned.answer["state"], tuned.answer["steps"], tuned.answer["family"]) == ("ready", 3, FAMILY.name)
    assert [point["step"] for point in tuned.answer["likeness_curve"]] == [3]

    portrait = ("generate", "Adam", "--prompt", "a man in a park, smiling", *FEW, "--seed", 5)
    made = facea(root, *portrait, "--stages", "--out", tmp_path / "out").answer["images"][0]
    picture, scene, mask = (pixels(made[name]) for name in ("path", "context", "mask"))
    assert picture.shape == (FAMILY.context_side, FAMILY.context_side, 3)
    assert np.array_equal(picture[mask == 0], scene[mask == 0])
    assert not np.array_equal(picture, scene)

    mixed = facea(root, "mix", "Adam", "--take", f"nose={ids['Eve']}", "--steps", 2, "--name", "Both").answer
    assert mixed["taken"][0]["name"] == "Eve"
    both = facea(root, "generate", "Both", *portrait[2:], "--out", tmp_path / "both").answer["images"][0]
    assert not np.array_equal(pixels(both["path"]), picture)

    facea(root, "export", "Adam", tmp_path / "adam.facea").answer  # noqa: B018 - the answer is that it worked
    elsewhere = tmp_path / "elsewhere"
    set_up(elsewhere)
    there = facea(elsewhere, "import", tmp_path / "adam.facea", "--consent", "self").answer
    assert (there["state"], there["family"], there["references"]) == ("ready", FAMILY.name, 3)
    again = facea(elsewhere, *portrait, "--out", tmp_path / "again").answer["images"][0]
    assert np.array_equal(pixels(again["path"]), picture)
