"""The LoRA of a portrait's style: whether its scene can be painted with it, and how it gets to the painter."""

from __future__ import annotations

from functools import partial

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.scene_painter import SceneLora
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.models.catalogue import Family


def scene_lora(manager: ModelManager, family: Family, request: PortraitRequest) -> SceneLora | None:
    """What the request's scene is painted with; None where it has no LoRA, or one of strength 0, or is a picture.

    Raises:
        UserError: the family's scenes take no LoRA or not the shape, or its file is not here.
    """
    manager.models.check_scene(family, request)
    lora = request.scene_lora
    if lora is None:
        return None
    loras = OwnStyles(manager.root).loras
    loras.require(lora)
    return SceneLora(lora, partial(loras.tensors, lora))
