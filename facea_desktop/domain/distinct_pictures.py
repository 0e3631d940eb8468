"""Portraits of people who are not tuned: no face is denoised, so that no seed varies it."""

from __future__ import annotations

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.wildcards import request_has_wildcards


def distinct_request(request: PortraitRequest) -> PortraitRequest:
    """The request where everybody in it is painted at first sight, so that a painted scene gives one picture.

    Pictures that would share one get one each. Words that are drawn may give other pictures.
    """
    if request.count == 1 or not request.shares_scene or request.picture is not None or request_has_wildcards(request):
        return request
    return request.model_copy(update={"scene_seed": None})
