"""A grid of portraits: two settings against each other, a column for each value of one, a row for each of the other."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.prompt_edits import with_words
from facea_desktop.domain.requests import MOST_VALUES, GridAxis, PortraitRequest

SETTINGS = (
    *("person", "prompt", "expression", "style", "replace", "negative_prompt", "seed"),
    *("steps", "guidance", "strength", "scheduler", "context_steps", "context_guidance", "identity", "shape"),
    *("checkpoint", "style_strength"),
)
"""What an axis may vary. "expression" and "style" add words to the prompt, "none" adds none; "replace" puts each value
in the place of the first one; "style_strength" is that of the style's LoRA; all others are fields of the request."""
_ADDED = ("expression", "style")
_NONE = "none"


def read_axis(text: str) -> GridAxis:
    """An axis written as "guidance=2,4,6"; where values hold commas, semicolons stand between them.

    Raises:
        UserError: it is none.
    """
    setting, equals, values = text.partition("=")
    setting = setting.strip().replace("-", "_")
    if not equals or setting not in SETTINGS:
        raise UserError(f"{text!r} must be SETTING=VALUE,VALUE with one of {', '.join(SETTINGS)}.")
    found = tuple(value.strip() for value in values.split(";" if ";" in values else ","))
    if not all(found):
        raise UserError(f"A value of {setting} is empty; write none for no words.")
    if len(found) > MOST_VALUES:
        raise UserError(f"{setting} has {len(found)} values; a grid takes {MOST_VALUES} at most.")
    return GridAxis(setting=setting, values=found)


def grid_requests(request: PortraitRequest, x: GridAxis, y: GridAxis) -> tuple[PortraitRequest, ...]:
    """The portraits of a grid, row by row; each is one picture.

    Raises:
        UserError: both axes are of the same setting, or a value is not one of its setting.
    """
    if x.setting == y.setting:
        raise UserError(f"Both axes vary {x.setting}; choose two settings.")
    base = request.model_copy(update={"count": 1})
    rows = [_changed(base, y, value) for value in y.values]
    return tuple(_changed(row, x, value) for row in rows for value in x.values)


def _changed(request: PortraitRequest, axis: GridAxis, value: str) -> PortraitRequest:
    setting: str = axis.setting
    change: dict[str, Any] = {setting: value}
    if setting in _ADDED:
        change = {"prompt": request.prompt if value == _NONE else with_words(request.prompt, value)}
    elif setting == "replace":
        first = axis.values[0]
        if first not in request.prompt:
            raise UserError(f"{first!r} does not stand in the prompt; the first value of replace is what is replaced.")
        change = {"prompt": request.prompt.replace(first, value)}
    elif setting == "style_strength":
        if request.style_lora is None:
            raise UserError("The style has no LoRA that could have a strength; choose another setting or style.")
        change = {"style_lora": request.style_lora.model_dump() | {"strength": value}}
    elif setting == "negative_prompt":
        change = {setting: "" if value == _NONE else value}
    try:
        return PortraitRequest.model_validate(request.model_dump() | change)
    except ValidationError as error:
        said = error.errors(include_url=False)[0]["msg"]
        raise UserError(one_line(f"{setting} cannot be {value!r}: {said}.")) from error
