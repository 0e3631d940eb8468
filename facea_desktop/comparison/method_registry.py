"""Methods by their names, as the user writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from facea_desktop.comparison import (
    dreambooth,
    external_methods,
    facea_methods,
    instant_id,
    ip_adapter,
    photomaker,
)
from facea_desktop.comparison.method import ABOUT, MOST_FEATURES, RECIPE_CHANGES, Method, MethodContext
from facea_desktop.domain.errors import UserError


def make_method(name: str, context: MethodContext) -> Method:
    """The method of that name.

    Raises:
        UserError: there is none, or something that it needs is missing.
    """
    kind, _, rest = name.partition(":")
    makers: dict[str, Callable[[], Method]] = {
        "untuned": lambda: facea_methods.Untuned(context),
        "dreambooth-lora": lambda: dreambooth.RareToken(name, context),
        "custom-diffusion": lambda: dreambooth.RareToken(name, context, dreambooth.KEYS_AND_VALUES),
        "ip-adapter": lambda: ip_adapter.WholePicture(context),
        "ip-adapter-face": lambda: ip_adapter.SecondStage(context),
        "ip-adapter-faceid": lambda: ip_adapter.FaceId(context),
        "instantid": lambda: instant_id.InstantId(context),
        "photomaker": lambda: photomaker.PhotoMaker(context),
        "folder": lambda: external_methods.Folder(name, Path(rest)),
    }
    if name in RECIPE_CHANGES:
        return facea_methods.Tuned(name, context, context.recipe.model_copy(update=RECIPE_CHANGES[name]))
    if kind == "features" and re.fullmatch(r"\d", rest) and int(rest) <= MOST_FEATURES:
        return facea_methods.Tuned(name, context, context.recipe.model_copy(update={"features": int(rest)}))
    if name in context.programs and name in external_methods.LICENCES:
        return external_methods.Program(name, context)
    if kind in makers and bool(rest) == (kind == "folder"):
        return makers[kind]()
    if name in external_methods.LICENCES:
        return external_methods.Program(name, context)
    known = ", ".join(dict.fromkeys([*ABOUT, *external_methods.LICENCES]))
    raise UserError(f"There is no method {name!r}; choose one of {known}.")
