"""What portraits of people who are not tuned are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from facea_desktop.domain.distinct_pictures import distinct_request
from facea_desktop.domain.requests import PortraitRequest

PICTURE = Path("a.png")


@pytest.mark.parametrize(
    ("asked", "changed"),
    [
        ({"count": 4, "scene_seed": 7}, {"scene_seed": None}),
        ({"count": 4, "picture": PICTURE}, {}),  # there the face is redrawn
        ({"count": 4}, {}),  # a scene each
        ({"scene_seed": 7}, {}),
        ({"count": 4, "scene_seed": 7, "face_words": "{smiling|serious}"}, {}),
    ],
)
def test_one_scene_gives_one_picture_unless_words_are_drawn(asked: dict[str, Any], changed: dict[str, Any]) -> None:
    request = PortraitRequest.model_validate({"person": "anna", "prompt": "a woman", "seed": 3, **asked})
    assert distinct_request(request) == request.model_copy(update=changed)
