"""Portraits of people who are not tuned: no face is denoised, so that no seed varies it."""

from __future__ import annotations

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.wildcards import request_has_wildcards


def distinct_request(request: PortraitRequest) -> PortraitRequest:
    """The request where everybody in it is painted at first sight, so that one scene gives one picture.

    Pictures that would share a painted scene get one each; of a picture of the user's, one is made. Words that are
    drawn may give other pictures.
    """
    if request.count == 1 or not request.shares_scene or request_has_wildcards(request):
        return request
    return request.model_copy(update={"scene_seed": None} if request.picture is None else {"count": 1})
