"""Landmarks are where the parser sees parts, and pictures are bent until theirs lie where they are wanted."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.face_alignment import LANDMARKS, aligned, landmarks, misfit
from facea_desktop.engine.face_parser import ORDER

SIDE = 64
FACE = torch.tensor([[[0.3, 0.4], [0.7, 0.4], [0.5, 0.55], [0.5, 0.75]]])


def spots(places: Tensor) -> Tensor:
    """(1, 4, SIDE, SIDE), a soft spot in a channel of its own for each landmark."""
    axis = (torch.arange(SIDE) + 0.5) / SIDE
    across, down = torch.meshgrid(axis, axis, indexing="xy")
    x, y = places[0, :, 0, None, None], places[0, :, 1, None, None]
    return torch.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * 0.03**2))[None]


def middles(picture: Tensor) -> Tensor:
    """(4, 2), where the spots are."""
    axis = (torch.arange(SIDE) + 0.5) / SIDE
    weights = picture[0] / picture[0].sum((1, 2), keepdim=True)
    return torch.stack([(weights.sum(1) * axis).sum(1), (weights.sum(2) * axis).sum(1)], 1)


def turned(places: Tensor, angle: float, scale: float, shift: tuple[float, float]) -> Tensor:
    spin = torch.tensor(angle)
    matrix = scale * torch.stack([torch.stack([spin.cos(), -spin.sin()]), torch.stack([spin.sin(), spin.cos()])])
    return (places - 0.5) @ matrix.T + 0.5 + torch.tensor(shift)


@pytest.mark.parametrize("bend", [(0.0, 0.0), (0.02, -0.03)])
def test_spots_come_to_lie_where_they_are_wanted(bend: tuple[float, float]) -> None:
    there = turned(FACE, 0.2, 1.15, (0.02, -0.03))
    there[0, 3] += torch.tensor(bend)  # a mouth elsewhere, as of another expression
    moved = aligned(spots(FACE), FACE, there)
    assert (middles(moved) - there[0]).abs().max() < 0.01
    assert (middles(spots(FACE)) - there[0]).abs().max() > 0.05


def test_what_is_somebody_elses_comes_to_lie_where_it_is_wanted_in_its_own_proportions() -> None:
    there = turned(FACE, 0.2, 1.15, (0.02, -0.03))
    there[0, 3] += torch.tensor([0.03, 0.05])
    mouth = middles(aligned(spots(FACE), FACE, there, FacePart.LIPS))
    assert (mouth[3] - there[0, 3]).abs().max() < 0.01
    ratios = (torch.cdist(mouth, mouth) / torch.cdist(FACE[0], FACE[0]))[~torch.eye(4, dtype=torch.bool)]
    assert ratios.std() < 0.01 * ratios.mean()
    bent = middles(aligned(spots(FACE), FACE, there))
    ratios = (torch.cdist(bent, bent) / torch.cdist(FACE[0], FACE[0]))[~torch.eye(4, dtype=torch.bool)]
    assert ratios.std() > 0.03 * ratios.mean()


def test_a_picture_whose_landmarks_are_right_already_stays_as_it_is() -> None:
    picture = torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    assert torch.allclose(aligned(picture, FACE, FACE), picture, atol=1e-4)


def test_turning_and_scaling_is_no_misfit_and_another_expression_is() -> None:
    there = turned(FACE, -0.3, 0.9, (0.05, 0.0))
    assert float(misfit(FACE, there)) < 1e-5
    there[0, 3, 1] += 0.05
    assert 0.01 < float(misfit(FACE, there)) < 0.05


def test_landmarks_are_the_middles_of_parts_and_a_face_without_one_is_known_for_it() -> None:
    labels = torch.full((2, 256, 256), ORDER.index(FacePart.SKIN), dtype=torch.uint8)
    for number, part in enumerate(LANDMARKS):
        labels[:, 40 * number : 40 * number + 10, 100:120] = ORDER.index(part)
    labels[1][labels[1] == ORDER.index(FacePart.NOSE)] = ORDER.index(FacePart.HAIR)
    places, known = landmarks(labels)
    assert known.tolist() == [True, False]
    assert torch.allclose(places[0] * 256, torch.tensor([[110.0, 40 * number + 5] for number in range(4)]))
