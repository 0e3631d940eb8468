from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest
from facea_desktop.models.catalogue import Family, load_catalogue, parse_catalogue
from facea_desktop.resources import resource

SHIPPED = resource("catalogue.toml").read_text(encoding="utf-8")


PICKLES = {
    "grounding-dino-swint": ["groundingdino_swint_ogc.pth"], "dino-vits16": ["pytorch_model.bin"],
    "ip-adapter-faceid": ["ip-adapter-faceid_sdxl.bin"], "instantid": ["ip-adapter.bin"],
    "photomaker": ["photomaker-v1.bin"],
}  # fmt: skip
"""Published in no other format; read with weights_only=True."""


def test_what_is_fetched_is_pinned_and_pickles_are_those_that_have_no_other_format() -> None:
    for model in load_catalogue().models.values():
        if model.repo is None:
            continue
        assert model.revision is not None
        pickles = [name for name in model.files if name.endswith((".pth", ".bin", ".ckpt", ".pt"))]
        assert pickles == PICKLES.get(model.name, [])


def test_the_starter_family_is_the_default_and_needs_no_download() -> None:
    catalogue = load_catalogue()
    family = catalogue.default_family
    assert family.name == "starter"
    assert all(catalogue.models[name].repo is None for name in family.models)


@pytest.mark.parametrize("name", ["sdxl-sd15", "sdxl-sdxl"])
def test_the_presets_of_large_models_have_the_papers_steps(name: str) -> None:
    recipe = load_catalogue().family(name).recipe
    assert (recipe("portrait").steps, recipe("expression").steps) == (1000, 600)


def test_the_large_models_are_tuned_at_the_papers_rates() -> None:
    portrait = load_catalogue().families["sdxl-sd15"].recipe("portrait")
    assert (portrait.rank, portrait.lora_rate, portrait.feature_rate) == (48, 1.2e-4, 2e-3)


@pytest.mark.parametrize("family", load_catalogue().families.values(), ids=lambda family: family.name)
def test_every_preset_draws_a_likeness_curve_of_at_least_five_points(family: Family) -> None:
    for name, recipe in family.presets.items():
        assert recipe.measure_every, name
        assert recipe.steps // recipe.measure_every >= 5, name


def test_a_recipe_takes_another_number_of_steps_and_the_default_preset() -> None:
    family = load_catalogue().families["starter"]
    assert family.recipe() == family.presets["quick"]
    assert family.recipe("quick", steps=7) == family.presets["quick"].model_copy(update={"steps": 7})


@pytest.mark.parametrize("steps", [0, -5, 20_001])
def test_steps_out_of_range_are_the_users_to_mend(steps: int) -> None:
    with pytest.raises(UserError, match="choose 1 to 20000"):
        load_catalogue().default_family.recipe("quick", steps=steps)


def test_an_unknown_preset_is_answered_with_the_presets() -> None:
    with pytest.raises(UserError, match="portrait, expression, quick"):
        load_catalogue().default_family.recipe("fast")


def test_unknown_names_are_answered_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="sd15-inpainting"):
        load_catalogue().model("sd16")
    with pytest.raises(UserError, match="starter, sdxl-sd15"):
        load_catalogue().family("flux")


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('kind = "identity"', 'kind = "identity"\ncolour = "red"', "colour"),
        ('identity = "starter-identity"', 'identity = "nobody"', "nobody"),
        ('identity = "starter-identity"', 'identity = "mtcnn"', "is not a identity model"),
        ('shipped = "starter/identity"', 'shipped = "a"\npackage = "b"', "exactly one of"),
        ("default = true", "default = false", "exactly one family"),
        ('preset = "quick"', 'preset = "slow"', "slow"),
        ('revision = "8a4288a7', 'revision = "main', "revision"),
        ('type = "mtcnn"', 'type = "haar"', "haar"),
        ("steps = 350", "steps = 0", "steps"),
    ],
)
def test_a_catalogue_that_does_not_fit_together_is_refused(before: str, after: str, complaint: str) -> None:
    changed = SHIPPED.replace(before, after, 1)
    assert tomllib.loads(changed) != tomllib.loads(SHIPPED)
    with pytest.raises(ValidationError, match=complaint):
        parse_catalogue(changed)


def test_reading_the_catalogue_and_the_store_loads_no_torch() -> None:
    code = "import sys, facea_desktop.models.model_store, facea_desktop.models.download, facea_desktop.models.loaders;"
    code += "import facea_desktop.models.devices; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_steps_are_those_of_all_faces_and_of_every_scene_that_is_painted() -> None:
    family = load_catalogue().family("starter")
    request = PortraitRequest(person="a", steps=10, context_steps=30, count=4)
    for changes, steps in (
        ({}, 160),
        ({"scene_seed": 1}, 70),
        ({"picture": Path("a.png")}, 40),
        ({"picture": Path("a.png"), "others": (FaceAssignment(face=1, person="b"),)}, 80),
        ({"steps": None, "context_steps": None}, 4 * (family.steps + family.context_steps)),
    ):
        assert family.denoising_steps(request.model_copy(update=changes)) == steps
