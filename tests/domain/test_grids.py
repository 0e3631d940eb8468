"""Two settings of a portrait against each other."""

from __future__ import annotations

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.grids import SETTINGS, grid_requests, read_axis
from facea_desktop.domain.requests import GridAxis, PortraitRequest, StyleLora

LORA = StyleLora(name="ink", sha256="0" * 64)
BASE = PortraitRequest(person="Anna", prompt="a woman in a park", seed=4, count=3, style_lora=LORA)


def test_every_pair_of_values_is_a_picture_row_by_row() -> None:
    made = grid_requests(BASE, read_axis("guidance=2, 4.5"), read_axis("seed=1,2,3"))
    assert [(one.seed, one.guidance) for one in made] == [(1, 2), (1, 4.5), (2, 2), (2, 4.5), (3, 2), (3, 4.5)]
    assert {(one.person, one.count, one.prompt) for one in made} == {("Anna", 1, "a woman in a park")}


def test_words_are_added_or_put_in_the_place_of_others() -> None:
    made = grid_requests(BASE, read_axis("expression=none;smiling, looking left"), read_axis("replace=a park,a café"))
    assert [one.prompt for one in made] == [
        "a woman in a park",
        "a woman in a park, smiling, looking left",
        "a woman in a café",
        "a woman in a café, smiling, looking left",
    ]


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_can_be_varied(setting: str) -> None:
    values = {
        "replace": ("park", "café"),
        "scheduler": ("ddim", "euler"),
        "identity": ("true", "false"),
        "checkpoint": ("best", "last", "before"),
        "shape": ("1:1", "4:5"),
    }
    numbers = {"seed", "steps", "guidance", "strength", "context_steps", "context_guidance", "style_strength"}
    axis = GridAxis(setting=setting, values=values.get(setting, ("1",) if setting in numbers else ("x", "none")))
    other = GridAxis(setting="seed" if setting != "seed" else "person", values=("7",))
    made = grid_requests(BASE, axis, other)
    assert len(made) == len(axis.values)
    assert len({one.model_dump_json() for one in made}) == len(axis.values)


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ("guidanc=1", "seed=1", "must be SETTING"),
        ("guidance", "seed=1", "must be SETTING"),
        ("guidance=2,,3", "seed=1", "empty"),
        ("guidance=much", "seed=1", "guidance cannot be 'much'"),
        ("steps=0", "seed=1", "steps cannot be '0'"),
        ("style_strength=2.5", "seed=1", "style_strength cannot be '2.5'"),
        ("seed=2", "seed=1", "Both axes"),
        ("replace=sea,park", "seed=1", "does not stand in the prompt"),
        ("seed=" + ",".join(map(str, range(31))), "steps=1", "30 at most"),
    ],
)
def test_what_is_no_grid_is_said_in_one_line(x: str, y: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        grid_requests(BASE, read_axis(x), read_axis(y))


def test_the_strength_of_a_styles_lora_is_varied_and_needs_one() -> None:
    made = grid_requests(BASE, read_axis("style-strength=0,0.5,2"), read_axis("seed=1"))
    assert [one.style_lora and one.style_lora.strength for one in made] == [0, 0.5, 2]
    with pytest.raises(UserError, match="The style has no LoRA"):
        grid_requests(BASE.model_copy(update={"style_lora": None}), read_axis("style_strength=1"), read_axis("seed=1"))
