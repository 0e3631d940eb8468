"""Shapes of scenes, and their pixels."""

from __future__ import annotations

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.shapes import SHAPES, Shape, nearest_size, proportions, trimmed_size
from facea_desktop.models.catalogue import load_catalogue

SDXL: dict[Shape, tuple[int, int]] = {
    "1:1": (1024, 1024), "4:5": (896, 1152), "2:3": (832, 1216), "9:16": (768, 1344), "3:2": (1216, 832),
    "16:9": (1344, 768),
}  # fmt: skip
"""Buckets that SDXL was trained on, from its paper."""


@pytest.mark.parametrize("shape", SDXL)
def test_sdxl_paints_at_sizes_it_was_trained_on(shape: Shape) -> None:
    assert nearest_size(shape, 1024, 64) == SDXL[shape]


@pytest.mark.parametrize("family", [name for name, one in load_catalogue().families.items() if one.size_step])
@pytest.mark.parametrize("scenes", ["sdxl-base", "z-image-turbo", "flux2-klein-4b"])
@pytest.mark.parametrize("shape", SHAPES)
def test_scenes_have_exactly_their_shape_and_about_the_models_pixels(family: str, scenes: str, shape: Shape) -> None:
    catalogue = load_catalogue()
    found = catalogue.family(family).with_scenes(catalogue.model(scenes))
    painted, scene = found.painted_size(shape), found.scene_size(shape)
    assert found.size_step is not None
    assert [side % found.size_step for side in painted] == [0, 0]
    assert scene[0] * proportions(shape)[1] == scene[1] * proportions(shape)[0]
    assert 0.85 * 1024**2 <= scene[0] * scene[1] <= 1024**2
    assert scene[0] <= painted[0]
    assert scene[1] <= painted[1]


def test_the_starter_scenes_are_cut_out_of_their_square() -> None:
    family = load_catalogue().family("starter")
    assert {family.painted_size(shape) for shape in (None, *family.shapes)} == {(512, 512)}
    assert [family.scene_size(shape) for shape in family.shapes] == [(512, 512), (408, 510), (384, 512), (340, 510)]
    assert trimmed_size((512, 512), "16:9") == (512, 288)


def test_a_shape_that_the_models_cannot_make_is_answered_with_those_they_can() -> None:
    catalogue, request = load_catalogue(), PortraitRequest(person="Anna", shape="16:9")
    with pytest.raises(UserError, match="16:9 scenes; choose one of 1:1, 4:5, 3:4, 2:3"):
        catalogue.family("starter").check_shape(request)
    catalogue.family("sdxl-sd15").check_shape(request)


def test_requests_carry_their_shape_and_earlier_ones_stay_square() -> None:
    request = PortraitRequest(person="Anna", shape="4:5")
    assert PortraitRequest.model_validate_json(request.model_dump_json()) == request
    earlier = PortraitRequest.model_validate_json('{"kind": "portrait", "version": 1, "person": "Anna"}')
    assert earlier.shape is None
    with pytest.raises(ValueError, match="4:5"):
        PortraitRequest.model_validate({"person": "Anna", "shape": "7:3"})
