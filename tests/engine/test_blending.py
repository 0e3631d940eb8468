"""Between two people: their weights in part, exactly, and a new person that says whom it is made of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import torch
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import PARTS, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.mix_requests import BlendPreviewRequest, BlendRequest
from facea_desktop.domain.people import Consent, Profile, Recipe, Tuning
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.engine import blending
from facea_desktop.engine.blending import blend_people, blended, preview_blend
from facea_desktop.engine.enrolment import enrol
from facea_desktop.engine.identity_model import IdentityModel, as_bytes
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_photos, read_weights
from facea_desktop.engine.photo_detail import PhotoShare
from facea_desktop.engine.tuning_service import tune_person, weight_files
from facea_desktop.resources import resource
from facea_desktop.workers.person_deletion import delete_person
from tests.families import of_family


def weights(seed: int, rank: int) -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    made = torch.Generator().manual_seed(seed)
    adapter = {
        "unet.a.lora_A.weight": torch.randn(rank, 6, generator=made),
        "unet.a.lora_B.weight": torch.randn(5, rank, generator=made),
        "unet.c.lora_A.weight": torch.randn(rank, 6, 3, 3, generator=made),
        "unet.c.lora_B.weight": torch.randn(5, rank, 1, 1, generator=made),
    }
    return adapter, {part: torch.randn(3, 4, generator=made) for part in PARTS}


def change(adapter: dict[str, torch.Tensor], module: str) -> torch.Tensor:
    """What an adapter adds to the weights of a module, B A."""
    return adapter[f"unet.{module}.lora_B.weight"].flatten(1) @ adapter[f"unet.{module}.lora_A.weight"].flatten(1)


@pytest.mark.parametrize("part", [0.0, 0.25, 0.5, 1.0])
def test_what_the_adapters_add_is_taken_in_part(part: float) -> None:
    first, second = weights(1, 2), weights(2, 3)
    adapter, features = blended(first, second, part)
    for module in "ac":
        expected = (1 - part) * change(first[0], module) + part * change(second[0], module)
        torch.testing.assert_close(change(adapter, module), expected)
    for name, value in features.items():
        torch.testing.assert_close(value, (1 - part) * first[1][name] + part * second[1][name])


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> ModelManager:
    """Adam and Eve, whose weights are noise: nothing here depends on what was learned."""
    made = ModelManager(tmp_path_factory.mktemp("data"), "cpu")
    for seed, (name, subject) in enumerate((("Adam", Subject.MAN), ("Eve", Subject.WOMAN))):
        photos = (resource("people", name.lower(), "0.jpg"),)
        until = date.today() + timedelta(days=3) if name == "Eve" else None
        consent = Consent(kind="self", until=until)
        person = enrol(made, EnrolRequest(name=name, subject=subject, photos=photos, consent=consent), Observer())
        model = made.identity(made.family(person.family))
        model.init_adapter(subject, 2, subject.feature_count, seed)
        noise = torch.Generator().manual_seed(seed)
        for weight in model.trained()[0]:
            weight.data += 0.02 * torch.randn(weight.shape, generator=noise)
        generation = generation_of(person.family)
        tuning = Tuning(recipe=Recipe(steps=1, rank=2), seed=seed, step=1, generation=generation)
        made.library.change(
            person.id, lambda now, tuning=tuning: now.model_copy(update={"tuning": tuning}), weight_files(model)
        )
    return made


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures of one step."""
    redraw = IdentityModel.redraw
    monkeypatch.setattr(IdentityModel, "redraw", lambda *args, **options: redraw(*args, **options | {"steps": 1}))


def test_a_blend_is_shown_with_the_photos_of_both(manager: ModelManager, monkeypatch: pytest.MonkeyPatch) -> None:
    adam, eve = manager.library.get("Adam"), manager.library.get("Eve")
    seen = []

    def watched(face: Image.Image, shares: list[PhotoShare], *_: object) -> Image.Image:
        seen.append([([photo.tobytes() for photo in share.photos], share.part) for share in shares])
        return face

    monkeypatch.setattr(blending, "with_photo_detail", watched)
    for part in (0, 0.25):
        preview_blend(manager, BlendPreviewRequest(person=adam.id, other=eve.id, part=part), Observer())
    mine, hers = ([photo.tobytes() for photo in read_photos(manager.library, one)] for one in (adam, eve))
    assert seen == [[(mine, 1)], [(mine, 0.75), (hers, 0.25)]]


def test_a_blend_is_a_person_who_forgets_a_parent_that_is_deleted(manager: ModelManager) -> None:
    adam, eve = manager.library.get("Adam"), manager.library.get("Eve")
    at_adam = preview_blend(manager, BlendPreviewRequest(person=adam.id, other=eve.id, part=0), Observer())
    halfway = preview_blend(manager, BlendPreviewRequest(person=adam.id, other=eve.id, part=0.5), Observer())
    assert at_adam.picture != halfway.picture
    with pytest.raises(UserError, match="choose another person"):
        preview_blend(manager, BlendPreviewRequest(person=adam.id, other=adam.id, part=0.5), Observer())
    request = BlendRequest(person=adam.id, other=eve.id, part=0.75, name="Eve with Adam")
    both = blend_people(manager, request, Observer())
    assert (both.state, both.subject, both.consent.until) == ("ready", Subject.WOMAN, eve.consent.until)
    assert [(one.name, one.part) for one in both.blended] == [("Adam", 0.25), ("Eve", 0.75)]
    assert both.tuning is not None
    assert (both.tuning.recipe.rank, both.tuning.recipe.features) == (4, 4)
    adapter, features = read_weights(manager.library, both)
    assert features is not None
    assert all(len(vectors) == 4 for vectors in features.values())
    mine, hers = (read_weights(manager.library, one)[0] for one in (adam, eve))
    module = next(key for key in mine if ".lora_A." in key).removesuffix(".lora_A.weight").removeprefix("unet.")
    expected = 0.25 * change(mine, module) + 0.75 * change(hers, module)
    torch.testing.assert_close(change(adapter, module), expected)
    again = TuneRequest(person=both.id, recipe=Recipe(steps=1, batch=1), further=True)
    with pytest.raises(UserError, match="made of others"):
        tune_person(manager, again, Observer())
    delete_person(manager.root, adam.id)
    left = manager.library.get(both.id)
    assert [(one.person, one.name) for one in left.blended] == [(None, None), (eve.id, "Eve")]
    assert left.name == "Eve with somebody"


def test_people_of_other_models_or_layouts_are_not_blended(manager: ModelManager) -> None:
    eve = manager.library.get("Eve")
    other = manager.library.duplicate(eve.id, "Olga")

    def refused(said: str) -> None:
        with pytest.raises(UserError, match=said):
            blend_people(manager, BlendRequest(person=eve.id, other=other.id, part=0.5, name="N"), Observer())

    def changed(now: Profile, **changes: object) -> Profile:
        return now.model_copy(update=changes)

    manager.library.change(other.id, lambda now: of_family(now, "sdxl-sd15"))
    refused("Olga was tuned with other models than Eve")
    bare = {name: value for name, value in read_weights(manager.library, eve)[0].items() if "attn1" not in name}
    manager.library.change(other.id, lambda now: of_family(now, "starter"), {"adapter.safetensors": as_bytes(bare)})
    refused("Eve and Olga were tuned in different ways")
    manager.library.change(other.id, lambda now: changed(now, tuning=None))
    refused("Olga is not tuned yet")
    assert {person.name for person in manager.library.people()} >= {"Eve", "Olga"}
    assert "N" not in {person.name for person in manager.library.people()}
