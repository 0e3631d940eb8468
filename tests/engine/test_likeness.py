"""Likeness: what the numbers are, and that they tell people apart."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.faces import Box
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.likeness import SIDE, among_themselves, facenet, measure
from facea_desktop.resources import resource


@pytest.fixture(scope="module")
def embeddings() -> dict[str, list[np.ndarray]]:
    detector = Mtcnn(20, 0.9)
    found: dict[str, list[np.ndarray]] = {"adam": [], "eve": []}
    for who, own in found.items():
        for index in range(4):
            picture = Image.open(resource("people", who, f"{index}.jpg")).convert("RGB")
            own.append(facenet().embed(picture, detector.find(picture)[0].box))
    return found


def test_an_embedding_has_512_numbers_of_length_one(embeddings: dict[str, list[np.ndarray]]) -> None:
    for own in embeddings.values():
        for embedding in own:
            assert embedding.shape == (512,)
            assert np.linalg.norm(embedding) == pytest.approx(1, abs=1e-5)


def test_a_held_out_photo_is_near_its_person_and_far_from_others(embeddings: dict[str, list[np.ndarray]]) -> None:
    for who, other in (("adam", "eve"), ("eve", "adam")):
        references, held_out = embeddings[who][:3], embeddings[who][3]
        near, far = measure(held_out, references), measure(embeddings[other][3], references)
        assert near.score > 0.7
        assert far.score < 0.45
        assert near.own_photos == far.own_photos == among_themselves(references)
        assert near.own_photos is not None
        assert near.strangers < 0.45 < near.own_photos


def test_likeness_is_the_mean_cosine_with_the_photos() -> None:
    axes = np.eye(512, dtype=np.float32)
    between = (axes[0] + axes[1]) / np.sqrt(2)
    likeness = measure(between, [axes[0], axes[1], axes[2]])
    assert likeness.score == pytest.approx(2 / 3 / np.sqrt(2))
    assert likeness.own_photos == pytest.approx(0)


def test_a_single_photo_cannot_be_compared_with_itself() -> None:
    axes = np.eye(512, dtype=np.float32)
    assert measure(axes[0], [axes[0]]).own_photos is None
    assert among_themselves([axes[0], axes[0], axes[1]]) == pytest.approx(1 / 3)


def test_the_strangers_are_many_and_unlike_each_other() -> None:
    strangers = np.load(resource("strangers.npy")).astype(np.float32)
    assert strangers.shape[0] >= 50
    assert strangers.shape[1] == 512
    assert np.linalg.norm(strangers, axis=1) == pytest.approx(np.ones(len(strangers)), abs=2e-3)
    assert among_themselves(list(strangers)) == pytest.approx(0.25, abs=0.15)


def test_a_box_at_the_edge_is_cut_at_the_picture() -> None:
    picture = Image.open(resource("people", "adam", "0.jpg")).convert("RGB")
    over = facenet().embed(picture, Box(-30, -30, 542, 542))
    assert np.allclose(over, facenet().embed(picture, Box(0, 0, 512, 512)), atol=1e-5)


def test_the_light_of_a_photo_hardly_matters(embeddings: dict[str, list[np.ndarray]]) -> None:
    picture = Image.open(resource("people", "adam", "0.jpg")).convert("RGB")
    box = Mtcnn(20, 0.9).find(picture)[0].box
    darker = picture.point(lambda value: round(value * 0.6))
    assert facenet().embed(darker, box) @ embeddings["adam"][0] > 0.98
    assert SIDE == 160
