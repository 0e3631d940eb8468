"""The LoRA of a portrait's style: whether its scene can be painted with it, and how it gets to the painter."""

from __future__ import annotations

from functools import partial

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import PortraitRequest, StyleLora
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.scene_painter import SceneLora
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.models.catalogue import Family


def scene_lora(manager: ModelManager, family: Family, request: PortraitRequest) -> SceneLora | None:
    """What the request's scene is painted with; None where it has no LoRA, or one of strength 0, or is a picture.

    Raises:
        UserError: the family's scenes take no LoRA, or its file is not here.
    """
    lora = _wanted(request)
    if lora is None:
        return None
    if not manager.models.takes_style_lora(family):
        title = manager.models.catalogue.model(family.context).title
        raise UserError(
            f"{title} cannot use the LoRA of the style ({lora.name}); choose another style, or scenes by Stable "
            "Diffusion XL under Models (on the command line: models use sdxl-base)."
        )
    loras = OwnStyles(manager.root).loras
    loras.require(lora)
    return SceneLora(lora, partial(loras.tensors, lora))


def _wanted(request: PortraitRequest) -> StyleLora | None:
    lora = request.style_lora
    return lora if lora is not None and lora.strength > 0 and request.picture is None else None
