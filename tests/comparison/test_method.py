"""What each method does to its models and photos: recipes, DreamBooth, IP-Adapter, and what runs outside."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.models.attention_processor import IPAdapterAttnProcessor2_0
from PIL import Image

from facea_desktop.comparison.dreambooth import MASKS, TokenPrompts, masked_at_random
from facea_desktop.comparison.external_methods import LICENCES
from facea_desktop.comparison.facea_methods import Tuned
from facea_desktop.comparison.ip_adapter import WHOLE, PicturePrompted
from facea_desktop.comparison.method import (
    ABOUT,
    IP_ADAPTER,
    MethodContext,
    NoPictureError,
    Photos,
)
from facea_desktop.comparison.method_registry import make_method
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Progress
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Appearance
from facea_desktop.engine import appearance_reader as reading
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.reference_latents import ReferencePicture
from facea_desktop.resources import resource
from tests.comparison.adapter_files import installed, write_ip_adapter
from tests.comparison.conftest import PROMPT, RECIPE, SHOTS, TinyModels
from tests.engine.conftest import SIDE

pytestmark = pytest.mark.usefixtures("cheap_likeness")


def adapted(model: IdentityModel) -> bool:
    """Whether somebody's LoRA is on."""
    return "default" in getattr(model.pipe.unet, "peft_config", {})


def with_programs(context: MethodContext, programs: dict[str, Path], *accepted: str) -> MethodContext:
    return MethodContext(context.manager, context.family, context.recipe, context.work, programs, accepted)


@pytest.mark.parametrize(
    ("name", "features", "attribute_task"),
    [
        ("neither", 0, False), ("no-embeddings", 0, True), ("face-only", None, False), ("full", None, True),
        ("features:0", 0, True), ("features:8", 8, True),
    ],
)  # fmt: skip
def test_ablations_change_nothing_but_what_they_are_about(
    context: MethodContext, name: str, features: int | None, attribute_task: bool
) -> None:
    method = make_method(name, context)
    assert isinstance(method, Tuned)
    assert method._recipe == RECIPE.model_copy(update={"features": features, "attribute_task": attribute_task})
    assert method.name == name


@pytest.mark.parametrize("name", ["best", "features:9", "features:-1", "features:", "full:2", "folder:", "folder", ""])
def test_a_name_that_is_no_method_is_answered_with_those_there_are(context: MethodContext, name: str) -> None:
    with pytest.raises(UserError, match=r"choose one of untuned, .*features:N.*dreambooth-lora.*celeb-basis"):
        make_method(name, context)


def test_the_number_of_feature_vectors_is_the_one_asked_for(context: MethodContext, photos: Photos) -> None:
    for name, count in (("features:0", 0), ("features:5", 5), ("full", 3), ("face-only", 3), ("neither", 0)):
        method = make_method(name, context)
        method.prepare(photos, Observer())
        method.generate(PROMPT, 0, Observer())
        prompts = context.manager.identity(context.family).prompts
        assert prompts is not None
        assert len(prompts.features["face"]) == count
        method.finish()


@pytest.mark.parametrize(("name", "pieces"), [("neither", 1), ("no-embeddings", 6), ("face-only", 6), ("full", 6)])
def test_neither_alone_is_painted_with_the_words_of_the_prompt_alone(
    context: MethodContext, photos: Photos, name: str, pieces: int
) -> None:
    method = make_method(name, context)
    method.prepare(photos, Observer())
    method.generate(PROMPT, 0, Observer())
    model = context.manager.identity(context.family)
    assert model.prompts is not None
    words = model.texts.encode(PROMPT)
    assert model.prompts.extend(words).shape[1] == pieces * words.shape[1]
    method.finish()


def test_untuned_paints_without_anybody_on(context: MethodContext, photos: Photos) -> None:
    tuned, untuned = make_method("full", context), make_method("untuned", context)
    tuned.prepare(photos, Observer())
    tuned.generate(PROMPT, 0, Observer())
    untuned.prepare(photos, Observer())
    untuned.generate(PROMPT, 0, Observer())
    model = context.manager.identity(context.family)
    assert model.prompts is None
    assert not adapted(model)


# DreamBooth


def test_prompts_get_no_words_that_were_read_off_the_photos(
    context: MethodContext, photos: Photos, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reader:
        def read(self, crop: Image.Image) -> dict[str, dict[str, float]]:
            return {"eyewear": {"glasses": 1.0}, "hair_colour": {"brown": 1.0}}

    monkeypatch.setattr(reading, "_own_reader", Reader)
    make_method("untuned", context).prepare(photos, Observer())
    (person,) = context.manager.library.people()
    assert person.appearance == Appearance()


def test_dreambooth_learns_the_token_prompt_under_random_masks(manager: TinyModels) -> None:
    model = manager.face_model
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8))
    face = {"face": Image.new("L", (SIDE, SIDE), 255)}
    found = masked_at_random([ReferencePicture(picture, face)] * 2, model.pipe.vae, SIDE)
    again = masked_at_random([ReferencePicture(picture, face)] * 2, model.pipe.vae, SIDE)

    assert found.means.shape[0] == found.masks.shape[0] == found.masked.shape[0] == 2 * MASKS
    assert found.holders == {part: list(range(2 * MASKS)) if part == "face" else [] for part in found.holders}
    shares = found.masks.mean((1, 2, 3, 4))
    assert len(set(shares.tolist())) > MASKS / 2
    assert 0 < shares.min() < shares.max() < 1
    assert torch.equal(found.masked, again.masked)

    prompts = TokenPrompts(model.texts, Subject.WOMAN)
    expected = model.texts.encode("a photo of a sks woman")
    assert all(torch.equal(prompts[part], expected) for part in ("face", "nose"))
    assert sum(vector.numel() for vector in prompts.features.parameters()) == 0


def test_each_random_mask_goes_with_its_own_masked_picture(manager: TinyModels) -> None:
    vae = manager.face_model.pipe.vae
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8))
    found = masked_at_random([ReferencePicture(picture, {"face": Image.new("L", (SIDE, SIDE))})], vae, SIDE)
    assert len({tuple(mask.flatten().tolist()) for mask in found.masks}) > MASKS / 2
    # A latent pixel far inside the mask does not depend on the picture; far outside it does not depend on the mask.
    assert len({tuple(masked.flatten().tolist()) for masked in found.masked}) == MASKS


def test_dreambooth_is_on_for_every_picture_also_where_scenes_had_to_be_painted(
    context: MethodContext, photos: Photos
) -> None:
    fresh = make_method("dreambooth-lora", context)
    fresh.prepare(photos, Observer())
    first = [fresh.generate(task.prompt, task.seed, Observer()).tobytes() for task in SHOTS]
    fresh.finish()
    again = make_method("dreambooth-lora", context)
    again.prepare(photos, Observer())
    assert [again.generate(task.prompt, task.seed, Observer()).tobytes() for task in SHOTS] == first
    assert adapted(context.manager.identity(context.family))
    again.finish()
    assert not adapted(context.manager.identity(context.family))


def test_dreambooth_paints_from_t_id_with_the_token_alone(
    context: MethodContext, photos: Photos, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object, bool]] = []
    redraw = IdentityModel.redraw

    def watched(self: IdentityModel, picture: Image.Image, mask: Image.Image, prompt: str, **more: Any) -> Image.Image:
        asked.append((prompt, self.prompts, adapted(self)))
        return redraw(self, picture, mask, prompt, **more)

    method = make_method("dreambooth-lora", context)
    method.prepare(photos, Observer())
    monkeypatch.setattr(IdentityModel, "redraw", watched)
    first = method.generate(PROMPT, 0, Observer())
    assert asked == [("a sks man, smiling, front face", None, True)]
    method.finish()
    untuned = make_method("untuned", context)
    untuned.prepare(photos, Observer())
    assert untuned.generate(PROMPT, 0, Observer()).tobytes() != first.tobytes()

    again = make_method("dreambooth-lora", context)  # as after a stop: nothing is learned a second time
    monkeypatch.setattr("facea_desktop.comparison.dreambooth.Trainer", None)
    again.prepare(photos, Observer())
    assert again.generate(PROMPT, 0, Observer()).tobytes() == first.tobytes()


# IP-Adapter, with random weights in the format of its files


@pytest.fixture
def adapter_context(context: MethodContext) -> MethodContext:
    write_ip_adapter(installed(context.manager, IP_ADAPTER))
    return context


def processors(pipe: Any) -> int:
    return sum(isinstance(one, IPAdapterAttnProcessor2_0) for one in pipe.unet.attn_processors.values())


@pytest.mark.parametrize("name", ["ip-adapter", "ip-adapter-face"])
def test_ip_adapter_paints_with_the_persons_crops_and_leaves_the_model_as_it_was(
    adapter_context: MethodContext, photos: Photos, name: str
) -> None:
    manager = adapter_context.manager
    pipe = (
        manager.context(adapter_context.family)
        if name == "ip-adapter"
        else manager.identity(adapter_context.family).pipe
    )
    untuned = make_method("untuned", adapter_context)
    untuned.prepare(photos, Observer())
    before = untuned.generate(PROMPT, 0, Observer()).tobytes()

    method = make_method(name, adapter_context)
    method.prepare(photos, Observer())
    assert processors(pipe) > 0
    painted = method.generate(PROMPT, 0, Observer())
    assert painted.tobytes() == method.generate(PROMPT, 0, Observer()).tobytes()
    assert painted.size == (SIDE, SIDE)
    method.finish()
    assert processors(pipe) == 0
    assert pipe.image_encoder is None

    eve = Photos("eve", Subject.MAN, tuple(resource("people", "eve", f"{i}.jpg") for i in range(3)), SHOTS)
    method.prepare(eve, Observer())
    assert method.generate(PROMPT, 0, Observer()).tobytes() != painted.tobytes()
    method.finish()
    untuned.prepare(photos, Observer())
    assert untuned.generate(PROMPT, 0, Observer()).tobytes() == before


def test_ip_adapter_inside_the_second_stage_changes_the_face_alone(
    adapter_context: MethodContext, photos: Photos
) -> None:
    pictures = {}
    for name in ("untuned", "ip-adapter-face"):
        method = make_method(name, adapter_context)
        method.prepare(photos, Observer())
        pictures[name] = np.asarray(method.generate(PROMPT, 0, Observer()))
        method.finish()
    assert np.array_equal(pictures["untuned"][:, :8], pictures["ip-adapter-face"][:, :8])
    assert not np.array_equal(pictures["untuned"], pictures["ip-adapter-face"])


def test_ip_adapter_of_another_model_is_the_users_to_mend_and_leaves_no_trace(
    adapter_context: MethodContext, photos: Photos
) -> None:
    pipe = adapter_context.manager.identity(adapter_context.family).pipe
    root = adapter_context.manager.models.path(IP_ADAPTER)
    with pytest.raises(UserError, match="use it with the family sdxl-sd15"):
        PicturePrompted(pipe, root, WHOLE, {})
    assert processors(pipe) == 0


@pytest.mark.parametrize("name", ["ip-adapter", "ip-adapter-face"])
def test_ip_adapter_without_weights_says_how_to_get_them(context: MethodContext, name: str) -> None:
    with pytest.raises(UserError, match="models fetch ip-adapter"):
        make_method(name, context)


# Outside


def test_a_folder_of_pictures_is_read_by_the_documented_names(
    context: MethodContext, photos: Photos, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs" / "adam"
    theirs.mkdir(parents=True)
    Image.new("RGB", (50, 40), "red").save(theirs / "001-0.png")
    Image.new("RGB", (50, 40), "blue").save(theirs / "002-7.jpg")
    method = make_method(f"folder:{tmp_path / 'theirs'}", context)
    method.prepare(photos, Observer())
    assert method.generate(SHOTS[0].prompt, 0, Observer()).getpixel((0, 0)) == (255, 0, 0)
    assert method.generate(SHOTS[1].prompt, 7, Observer()).size == (50, 40)
    (theirs / "001-0.png").write_bytes(b"broken")
    with pytest.raises(NoPictureError, match=r"001-0\.png"):
        method.generate(SHOTS[0].prompt, 0, Observer())
    (theirs / "001-0.png").unlink()
    with pytest.raises(NoPictureError, match=r"001-0\.png is missing"):
        method.generate(SHOTS[0].prompt, 0, Observer())


def test_a_folder_that_is_not_there_is_the_users_to_mend(context: MethodContext, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not a folder"):
        make_method(f"folder:{tmp_path / 'gone'}", context)


STAND_IN = """#!{python}
import json, os, sys, time
from PIL import Image
request = json.load(open(sys.argv[1]))
assert request["version"] == 1 and request["method"] == "photomaker" and request["subject"] == "man"
for one in request["pictures"]:
    if "{mode}" == "hang":
        time.sleep(600)
    if "{mode}" == "fail":
        print("loading\\nno weights here", file=sys.stderr)
        sys.exit(4)
    if "{mode}" == "skip" and one["seed"] == 7:
        continue
    photo = Image.open(request["photos"][0]).convert("RGB").resize((32, 32))
    Image.open(one["scene"]).verify()
    photo.save(one["file"] + ".tmp", "PNG")
    os.replace(one["file"] + ".tmp", one["file"])
json.dump(request, open("{seen}", "w"))
"""

needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


@pytest.fixture
def stand_in(tmp_path: Path) -> Any:
    """Makes an executable that follows the contract, or breaks it in one way."""

    def make(mode: str = "good") -> Path:
        path = tmp_path / f"photomaker-{mode}"
        path.write_text(STAND_IN.format(python=sys.executable, mode=mode, seen=tmp_path / "seen.json"))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return make


@needs_scripts
def test_a_program_gets_the_references_and_writes_the_pictures(
    context: MethodContext, photos: Photos, stand_in: Any, tmp_path: Path
) -> None:
    method = make_method("photomaker", with_programs(context, {"photomaker": stand_in()}, "photomaker"))
    events: list[Event] = []
    method.prepare(photos, Observer(emit=events.append))
    pictures = [method.generate(task.prompt, task.seed, Observer()) for task in SHOTS]
    assert [picture.size for picture in pictures] == [(32, 32)] * 2
    assert any(isinstance(event, Progress) for event in events)
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert [Path(path).name for path in seen["photos"]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert [(one["prompt"], one["seed"]) for one in seen["pictures"]] == [(task.prompt, task.seed) for task in SHOTS]
    assert not list((context.work / "outside").rglob("*.png"))
    method.finish()


@needs_scripts
def test_what_a_program_has_painted_is_there_for_the_next_run(
    context: MethodContext, photos: Photos, stand_in: Any, tmp_path: Path
) -> None:
    method = make_method("photomaker", with_programs(context, {"photomaker": stand_in()}, "photomaker"))
    method.prepare(photos, Observer())
    method.generate(SHOTS[0].prompt, SHOTS[0].seed, Observer())
    method.finish()  # stopped before the second was taken over
    (tmp_path / "seen.json").unlink()
    method.prepare(photos, Observer())
    method.generate(SHOTS[1].prompt, SHOTS[1].seed, Observer())
    again = json.loads((tmp_path / "seen.json").read_text())["pictures"]
    assert [(one["prompt"], one["seed"]) for one in again] == [(SHOTS[0].prompt, SHOTS[0].seed)]


@needs_scripts
def test_a_picture_that_the_program_left_out_is_no_picture(
    context: MethodContext, photos: Photos, stand_in: Any
) -> None:
    method = make_method("photomaker", with_programs(context, {"photomaker": stand_in("skip")}, "photomaker"))
    method.prepare(photos, Observer())
    method.generate(SHOTS[0].prompt, 0, Observer())
    with pytest.raises(NoPictureError, match="did not write"):
        method.generate(SHOTS[1].prompt, 7, Observer())


@needs_scripts
def test_a_program_that_fails_is_quoted_with_its_last_line(
    context: MethodContext, photos: Photos, stand_in: Any
) -> None:
    method = make_method("photomaker", with_programs(context, {"photomaker": stand_in("fail")}, "photomaker"))
    with pytest.raises(UserError, match="exited with code 4: no weights here"):
        method.prepare(photos, Observer())


@needs_scripts
def test_cancelling_ends_the_program(context: MethodContext, photos: Photos, stand_in: Any) -> None:
    observer = Observer()

    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.total == len(SHOTS) and event.step == 0 and event.seconds_left == 0:
            observer.stop.set()

    make_method("untuned", context).prepare(photos, Observer())
    method = make_method("photomaker", with_programs(context, {"photomaker": stand_in("hang")}, "photomaker"))
    observer.emit = stop
    with pytest.raises(CancelledError):
        method.prepare(photos, observer)


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_a_method_of_others_needs_a_program_and_its_licence_accepted_before_anything_starts(
    context: MethodContext, name: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=f"--program {name}=PATH" if name not in ABOUT else f"models fetch {name}"):
        make_method(name, context)
    programs = {name: tmp_path / "nothing"}
    with pytest.raises(UserError, match=f"--accept-licence {name}") as caught:
        make_method(name, with_programs(context, programs))
    assert LICENCES[name].url in str(caught.value)
    with pytest.raises(UserError, match="is not an executable file"):
        make_method(name, with_programs(context, programs, name))


@pytest.mark.parametrize("name", ["ip-adapter-faceid", "instantid"])
def test_insightface_is_named_as_non_commercial(name: str) -> None:
    assert "non-commercial" in LICENCES[name].text
