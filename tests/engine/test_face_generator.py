"""The generator that ships: the same pictures as the graphs that it was converted from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import Tensor

from facea_desktop.engine.face_generator import LEVELS, SIDE, WIDTH, FaceGenerator, inverse_haar
from facea_desktop.resources import resource

GOLDEN = Path(__file__).with_name("golden") / "generator.json"
"""Written by ``packaging/starter/convert_generator.py``: what the original graphs make of two w's."""


@pytest.fixture(scope="module")
def generator() -> FaceGenerator:
    return FaceGenerator.load(resource("starter", "context", "generator.safetensors"))


def shrunk(pictures: Tensor) -> Tensor:
    """(n, 3, 16, 16), means of 32 x 32 pixels, 0 to 255."""
    return torch.nn.functional.avg_pool2d((pictures + 1) * 127.5, 32)


def test_w_and_pictures_are_those_of_the_original_graphs(generator: FaceGenerator) -> None:
    golden = json.loads(GOLDEN.read_text())
    z = torch.tensor(golden["z"])
    with torch.inference_mode():
        w = generator.mapping(z)
        pictures = generator(generator.mean_w + golden["truncation"] * (w - generator.mean_w))
    assert torch.allclose(w[:, :16], torch.tensor(golden["w"]), atol=5e-3)
    assert pictures.shape == (len(z), 3, SIDE, SIDE)
    assert (
        shrunk(pictures) - torch.tensor(golden["pictures"])
    ).abs().max() < 1.5  # of 255; the weights are rounded to half precision


def test_features_double_their_side_from_level_to_level(generator: FaceGenerator) -> None:
    with torch.inference_mode():
        made = generator.features(generator.mean_w[None], 64)
    assert {side: tuple(found.shape[1:]) for side, found in made.items()} == {
        side: (LEVELS[side], side, side) for side in (8, 16, 32, 64)
    }


def test_people_drawn_with_little_truncation_lie_near_the_mean_and_differ(generator: FaceGenerator) -> None:
    near = generator.draw(8, 0.2, torch.Generator().manual_seed(3))
    far = generator.draw(8, 0.8, torch.Generator().manual_seed(3))
    assert near.shape == (8, WIDTH)
    assert torch.allclose((far - generator.mean_w), 4 * (near - generator.mean_w), atol=1e-4)
    assert (far[0] - far[1]).abs().max() > 0.1


def test_an_inverse_haar_transform_gives_back_what_was_transformed() -> None:
    picture = torch.randn(1, 2, 6, 8, generator=torch.Generator().manual_seed(0))
    a, b, c, d = picture[..., ::2, ::2], picture[..., ::2, 1::2], picture[..., 1::2, ::2], picture[..., 1::2, 1::2]
    mean, rows, columns, both = (a + b + c + d) / 2, (a + b - c - d) / 2, (a - b + c - d) / 2, (a - b - c + d) / 2
    details = torch.stack([rows, columns, both], 2).flatten(1, 2)
    assert torch.allclose(inverse_haar(torch.cat([mean, details], 1)), picture, atol=1e-6)
