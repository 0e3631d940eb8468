"""Laying one face over another: where eyes, nose and lips are, and a picture bent so that they come to lie there.

Source: Bookstein 1989, "Principal Warps" (a global map and what radial functions about landmarks add to it).
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.face_parser import ORDER

LANDMARKS = (FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.NOSE, FacePart.LIPS)
LEAST = 0.00012
"""Part of a picture's area that each of them takes at least, or it is not believed."""
REACH = 0.12
"""How far about a landmark its own shift is felt, in sides of the picture."""


def landmarks(labels: Tensor) -> tuple[Tensor, Tensor]:
    """The middles of eyes, nose and lips.

    Args:
        labels: of the face parser, (n, s, s).

    Returns:
        (n, 4, 2), x and y from 0 to 1; and (n,) bool, False where one of them was not found.
    """
    masks = torch.stack([labels == ORDER.index(part) for part in LANDMARKS], 1).float()
    counts = masks.sum((2, 3))
    side = labels.shape[-1]
    places = (torch.arange(side, device=labels.device) + 0.5) / side
    middles = torch.stack([(masks.sum(dim) * places).sum(2) for dim in (2, 3)], 2) / counts.clamp(min=1)[..., None]
    return middles, (counts >= LEAST * side**2).all(1)


def aligned(pictures: Tensor, here: Tensor, there: Tensor, part: FacePart | None = None) -> Tensor:
    """Pictures turned, scaled and bent so that their landmarks come to lie elsewhere.

    Args:
        pictures: (n, c, s, s).
        here, there: their landmarks, and where they are wanted, (n, 4, 2) from 0 to 1.
        part: one of LANDMARKS that alone comes to lie there exactly: all is moved with it and nothing bent, so that
            it keeps its proportions.

    Returns:
        (n, c, s, s); what would lie beyond a picture's edge is the edge's.
    """
    n, _, side, _ = pictures.shape
    places = (torch.arange(side, device=pictures.device) + 0.5) / side
    wanted = torch.stack(torch.meshgrid(places, places, indexing="xy"), -1).flatten(0, 1).expand(n, -1, -1)
    moved, rest = _similarity(here, there)
    if part is not None:
        number = LANDMARKS.index(part)
        found = moved(wanted) + rest[:, number : number + 1]
    else:
        bends = torch.linalg.solve(_radial_weights(there, there), rest)  # (n, 4, 2)
        found = moved(wanted) + _radial_weights(wanted, there) @ bends
    return F.grid_sample(
        pictures, (2 * found - 1).unflatten(1, (side, side)), padding_mode="border", align_corners=False
    )


def misfit(here: Tensor, there: Tensor) -> Tensor:
    """How far landmarks are from where they are wanted after the best turn and scale.

    Args:
        here, there: as ``aligned`` takes them.

    Returns:
        (n,), in sides of the picture.
    """
    return _similarity(here, there)[1].square().sum(2).mean(1).sqrt()


def _similarity(here: Tensor, there: Tensor) -> tuple[Callable[[Tensor], Tensor], Tensor]:
    """The turn, scale and shift that leads from there to here by least squares, for (n, m, 2), and what it leaves."""
    middle, source = there.mean(1, keepdim=True), here.mean(1, keepdim=True)
    a, b = _complex(there - middle), _complex(here - source)
    turn = (a.conj() * b).sum(1, keepdim=True) / a.abs().square().sum(1, keepdim=True)

    def moved(places: Tensor) -> Tensor:
        return source + torch.view_as_real(turn * _complex(places - middle))

    return moved, here - moved(there)


def _radial_weights(places: Tensor, about: Tensor) -> Tensor:
    """(n, m, 2) and (n, k, 2): how much of what each of k points does is felt at m places, (n, m, k)."""
    return torch.exp(-0.5 * (torch.cdist(places, about) / REACH) ** 2)


def _complex(points: Tensor) -> Tensor:
    return torch.complex(points[..., 0], points[..., 1])
