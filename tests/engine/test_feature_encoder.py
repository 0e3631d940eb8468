"""[feat] vectors from photos."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import FACE, PARTS, Attribute, Box, Face, Subject
from facea_desktop.engine.feature_encoder import FOLDER, VECTORS, EncoderConfig, FeatureEncoder, mean_of
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.model_manager import ModelManager, load_feature_encoder

WIDTH = 32
FACE_BOX = Box(30, 20, 90, 100)


@pytest.fixture
def encoder() -> FeatureEncoder:
    torch.manual_seed(0)
    return FeatureEncoder(EncoderConfig(width=WIDTH, face_side=32, part_side=16, widths=(8, 16), hidden=16)).eval()


@pytest.fixture
def face() -> Face:
    eyes = {Attribute.LEFT_EYE: Box(40, 40, 55, 50), Attribute.RIGHT_EYE: Box(65, 40, 80, 50)}
    return Face(FACE_BOX, eyes | {Attribute.MOUTH: Box(45, 75, 75, 90)}, 1.0)


def picture(seed: int = 0) -> Image.Image:
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (128, 128, 3), dtype=np.uint8))


def embedding(seed: int = 0) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=512).astype(np.float32)
    return drawn / np.linalg.norm(drawn)


def vectors(encoder: FeatureEncoder, face: Face, seed: int = 0) -> dict[str, Tensor]:
    return encoder.read(encoder.seen(picture(seed), face, embedding(seed)))


def test_every_part_that_was_found_has_vectors_and_no_other(encoder: FeatureEncoder, face: Face) -> None:
    made = vectors(encoder, face)
    assert list(made) == [part for part in PARTS if part != "nose"]
    assert all(one.shape == (VECTORS, WIDTH) for one in made.values())


def test_an_attribute_is_read_from_its_own_place(encoder: FeatureEncoder, face: Face) -> None:
    seen = encoder.seen(picture(), face, embedding())
    before = encoder.read(seen)
    after = encoder.read(seen | {"mouth": torch.zeros_like(seen["mouth"])})
    assert not torch.equal(before["mouth"], after["mouth"])
    assert all(torch.equal(before[part], after[part]) for part in before if part != "mouth")


def test_crops_show_the_box_with_its_margin_and_grey_beyond_the_picture(encoder: FeatureEncoder, face: Face) -> None:
    half_white = Image.new("RGB", (128, 128), "white")
    half_white.paste((0, 0, 0), (0, 0, 128, 60))  # the face's box has its middle at y = 60
    crop = encoder.seen(half_white, face, embedding())[FACE][0]
    assert crop[:14].max() == -1
    assert crop[18:].min() == 1
    corner = Face(Box(-20, -20, 20, 20), {}, 1.0)
    beyond = encoder.seen(Image.new("RGB", (128, 128), "white"), corner, embedding())[FACE][0]
    assert beyond[0, 0] == pytest.approx(0, abs=0.01)
    assert beyond[-1, -1] == 1


def test_it_reads_the_same_after_saving(encoder: FeatureEncoder, face: Face, tmp_path: Path) -> None:
    encoder.save(tmp_path)
    kept = FeatureEncoder.load(tmp_path)
    assert kept.config == encoder.config
    for part, made in vectors(encoder, face).items():
        torch.testing.assert_close(vectors(kept, face)[part], made, atol=0.02, rtol=0)  # in 8 bits


def test_it_lies_beside_the_parts_of_a_model_or_there_is_none(
    encoder: FeatureEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = ModelManager(tmp_path / "data")
    family = manager.models.active_family()
    monkeypatch.setattr(manager.models, "weights", lambda *_: tmp_path)
    assert load_feature_encoder(manager.models, family) is None
    encoder.save(tmp_path / FOLDER)
    kept = load_feature_encoder(manager.models, family)
    assert kept is not None
    assert kept.config == encoder.config
    next((tmp_path / FOLDER).iterdir()).write_bytes(b"no tensors")
    with pytest.raises(UserError, match="damaged"):
        load_feature_encoder(manager.models, family)


def test_the_mean_counts_the_photos_that_show_a_part(encoder: FeatureEncoder, face: Face) -> None:
    one, two = vectors(encoder, face, 0), vectors(encoder, face, 1)
    del two["mouth"]
    mean = mean_of([one, two])
    torch.testing.assert_close(mean[FACE], (one[FACE] + two[FACE]) / 2)
    torch.testing.assert_close(mean["mouth"], one["mouth"])
    assert "nose" not in mean


def test_tuning_starts_from_what_photos_show(model: IdentityModel, encoder: FeatureEncoder, face: Face) -> None:
    seen = vectors(encoder, face)
    model.init_adapter(Subject.MAN, rank=2, features=3, seed=0)
    padding = model.state()[1]
    model.init_adapter(Subject.MAN, rank=2, features=3, seed=0, seen=seen)
    features = model.state()[1]
    for part in seen:
        torch.testing.assert_close(features[part], seen[part][:3])
    torch.testing.assert_close(features["nose"], padding["nose"])


def test_somebody_untuned_is_painted_as_the_photos_show(
    model: IdentityModel, encoder: FeatureEncoder, face: Face
) -> None:
    def drawn(seed: int | None) -> np.ndarray:
        model.unload_adapter()
        if seed is not None:
            model.init_from_photos(Subject.WOMAN, vectors(encoder, face, seed))
        side = model.family.side
        mask = Image.new("L", (side, side), 255)
        return np.asarray(model.redraw(picture().resize((side, side)), mask, "a woman", seed=0), np.int16)

    nobody, one, two = drawn(None), drawn(0), drawn(1)
    assert np.abs(one - nobody).max() > 0
    assert np.abs(one - two).max() > 0
    np.testing.assert_array_equal(one, drawn(0))
