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
from safetensors.torch import save_file
from torch import Tensor
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Progress
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Appearance
from facea_desktop.engine import appearance as reading
from facea_desktop.engine.identity import IdentityModel
from facea_desktop.engine.references import ReferencePicture
from facea_desktop.evaluation.dreambooth import MASKS, TokenPrompts, masked_at_random
from facea_desktop.evaluation.ip_adapter import FACE, WHOLE, PicturePrompted
from facea_desktop.evaluation.methods import IP_ADAPTER, NoPictureError, Photos, Shot, Workshop, make_method
from facea_desktop.evaluation.ours import Tuned
from facea_desktop.evaluation.outside import LICENCES
from facea_desktop.library.store import Library
from facea_desktop.resources import resource
from tests.engine.conftest import SIDE, WIDTH
from tests.evaluation.conftest import RECIPE, TinyStudio

pytestmark = pytest.mark.usefixtures("cheap_likeness")

PROMPT = "a man smiling, front face"
SHOTS = (Shot(PROMPT, 1, 0), Shot("a man in a park, front face", 2, 7))


@pytest.fixture
def shop(studio: TinyStudio, tmp_path: Path) -> Workshop:
    work = tmp_path / "out" / "work"
    work.mkdir(parents=True)
    studio.library = Library(work)
    return Workshop(studio, studio.models.active_family(), RECIPE, work, {}, ())


@pytest.fixture
def photos() -> Photos:
    return Photos("adam", Subject.MAN, tuple(resource("people", "adam", f"{i}.jpg") for i in range(3)), SHOTS)


def adapted(model: IdentityModel) -> bool:
    """Whether somebody's LoRA is on."""
    return "default" in getattr(model.pipe.unet, "peft_config", {})


def with_programs(shop: Workshop, programs: dict[str, Path], *accepted: str) -> Workshop:
    return Workshop(shop.studio, shop.family, shop.recipe, shop.work, programs, accepted)


@pytest.mark.parametrize(
    ("name", "features", "attribute_task"),
    [
        ("neither", 0, False), ("no-embeddings", 0, True), ("face-only", None, False), ("full", None, True),
        ("features:0", 0, True), ("features:8", 8, True),
    ],
)  # fmt: skip
def test_ablations_change_nothing_but_what_they_are_about(
    shop: Workshop, name: str, features: int | None, attribute_task: bool
) -> None:
    method = make_method(name, shop)
    assert isinstance(method, Tuned)
    assert method._recipe == RECIPE.model_copy(update={"features": features, "attribute_task": attribute_task})
    assert method.name == name


@pytest.mark.parametrize("name", ["best", "features:9", "features:-1", "features:", "full:2", "folder:", "folder", ""])
def test_a_name_that_is_no_method_is_answered_with_those_there_are(shop: Workshop, name: str) -> None:
    with pytest.raises(UserError, match=r"choose among untuned, .*features:N.*dreambooth-lora.*celeb-basis"):
        make_method(name, shop)


def test_the_number_of_feature_vectors_is_the_one_asked_for(shop: Workshop, photos: Photos) -> None:
    for name, count in (("features:0", 0), ("features:5", 5), ("full", 3), ("face-only", 3), ("neither", 0)):
        method = make_method(name, shop)
        method.prepare(photos, Observer())
        method.generate(PROMPT, 0, Observer())
        prompts = shop.studio.identity(shop.family).prompts
        assert prompts is not None
        assert len(prompts.features["face"]) == count
        method.finish()


@pytest.mark.parametrize(("name", "pieces"), [("neither", 1), ("no-embeddings", 6), ("face-only", 6), ("full", 6)])
def test_neither_alone_is_painted_with_the_words_of_the_prompt_alone(
    shop: Workshop, photos: Photos, name: str, pieces: int
) -> None:
    method = make_method(name, shop)
    method.prepare(photos, Observer())
    method.generate(PROMPT, 0, Observer())
    model = shop.studio.identity(shop.family)
    assert model.prompts is not None
    words = model.texts.encode(PROMPT)
    assert model.prompts.extend(words).shape[1] == pieces * words.shape[1]
    method.finish()


def test_untuned_paints_without_anybody_on(shop: Workshop, photos: Photos) -> None:
    tuned, untuned = make_method("full", shop), make_method("untuned", shop)
    tuned.prepare(photos, Observer())
    tuned.generate(PROMPT, 0, Observer())
    untuned.prepare(photos, Observer())
    untuned.generate(PROMPT, 0, Observer())
    model = shop.studio.identity(shop.family)
    assert model.prompts is None
    assert not adapted(model)


# DreamBooth


def test_prompts_get_no_words_that_were_read_off_the_photos(
    shop: Workshop, photos: Photos, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reader:
        def read(self, crop: Image.Image) -> dict[str, dict[str, float]]:
            return {"eyewear": {"glasses": 1.0}, "hair_colour": {"brown": 1.0}}

    monkeypatch.setattr(reading, "_own_reader", Reader)
    make_method("untuned", shop).prepare(photos, Observer())
    (person,) = shop.studio.library.people()
    assert person.appearance == Appearance()


def test_dreambooth_learns_the_token_prompt_under_random_masks(studio: TinyStudio) -> None:
    model = studio.face_model
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


def test_each_random_mask_goes_with_its_own_masked_picture(studio: TinyStudio) -> None:
    vae = studio.face_model.pipe.vae
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8))
    found = masked_at_random([ReferencePicture(picture, {"face": Image.new("L", (SIDE, SIDE))})], vae, SIDE)
    assert len({tuple(mask.flatten().tolist()) for mask in found.masks}) > MASKS / 2
    # A latent pixel far inside the mask does not depend on the picture; far outside it does not depend on the mask.
    assert len({tuple(masked.flatten().tolist()) for masked in found.masked}) == MASKS


def test_dreambooth_is_on_for_every_picture_also_where_scenes_had_to_be_painted(shop: Workshop, photos: Photos) -> None:
    fresh = make_method("dreambooth-lora", shop)
    fresh.prepare(photos, Observer())
    first = [fresh.generate(shot.prompt, shot.seed, Observer()).tobytes() for shot in SHOTS]
    fresh.finish()
    again = make_method("dreambooth-lora", shop)
    again.prepare(photos, Observer())
    assert [again.generate(shot.prompt, shot.seed, Observer()).tobytes() for shot in SHOTS] == first
    assert adapted(shop.studio.identity(shop.family))
    again.finish()
    assert not adapted(shop.studio.identity(shop.family))


def test_dreambooth_paints_from_t_id_with_the_token_alone(
    shop: Workshop, photos: Photos, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object, bool]] = []
    redraw = IdentityModel.redraw

    def watched(self: IdentityModel, picture: Image.Image, mask: Image.Image, prompt: str, **more: Any) -> Image.Image:
        asked.append((prompt, self.prompts, adapted(self)))
        return redraw(self, picture, mask, prompt, **more)

    method = make_method("dreambooth-lora", shop)
    method.prepare(photos, Observer())
    monkeypatch.setattr(IdentityModel, "redraw", watched)
    first = method.generate(PROMPT, 0, Observer())
    assert asked == [("a sks man, smiling, front face", None, True)]
    method.finish()
    untuned = make_method("untuned", shop)
    untuned.prepare(photos, Observer())
    assert untuned.generate(PROMPT, 0, Observer()).tobytes() != first.tobytes()

    again = make_method("dreambooth-lora", shop)  # as after a stop: nothing is learned a second time
    monkeypatch.setattr("facea_desktop.evaluation.dreambooth.tune", None)
    again.prepare(photos, Observer())
    assert again.generate(PROMPT, 0, Observer()).tobytes() == first.tobytes()


# IP-Adapter, with random weights in the format of its files


def write_ip_adapter(root: Path) -> None:
    """Image encoder, full-face weights for SD-1.5 and plus-face weights for SDXL, with their tensors' real names."""
    torch.manual_seed(0)
    seen = 32
    CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=seen, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, image_size=32,
            patch_size=8, projection_dim=16,
        )
    ).save_pretrained(root / "models" / "image_encoder")  # fmt: skip

    full_face = {
        "image_proj.proj.0.weight": torch.randn(seen, seen), "image_proj.proj.0.bias": torch.randn(seen),
        "image_proj.proj.2.weight": torch.randn(WIDTH, seen), "image_proj.proj.2.bias": torch.randn(WIDTH),
        "image_proj.proj.3.weight": torch.ones(WIDTH), "image_proj.proj.3.bias": torch.zeros(WIDTH),
    }  # fmt: skip
    save_file(full_face | projections(WIDTH), root / FACE.folder / FACE.name)

    inner, width = 64, 2 * WIDTH  # heads are 64 wide in the resampler
    plus_face = {
        "image_proj.latents": torch.randn(1, 4, inner), "image_proj.proj_in.weight": torch.randn(inner, seen),
        "image_proj.proj_in.bias": torch.randn(inner), "image_proj.proj_out.weight": torch.randn(width, inner),
        "image_proj.proj_out.bias": torch.randn(width), "image_proj.norm_out.weight": torch.ones(width),
        "image_proj.norm_out.bias": torch.zeros(width),
    }  # fmt: skip
    for layer in range(4):
        start = f"image_proj.layers.{layer}"
        plus_face |= {
            **{f"{start}.0.norm{n}.{kind}": torch.ones(inner) for n in (1, 2) for kind in ("weight", "bias")},
            f"{start}.0.to_q.weight": torch.randn(inner, inner),
            f"{start}.0.to_kv.weight": torch.randn(2 * inner, inner),
            f"{start}.0.to_out.weight": torch.randn(inner, inner),
            **{f"{start}.1.0.{kind}": torch.ones(inner) for kind in ("weight", "bias")},
            f"{start}.1.1.weight": torch.randn(4 * inner, inner), f"{start}.1.3.weight": torch.randn(inner, 4 * inner),
        }  # fmt: skip
    (root / WHOLE.folder).mkdir()
    save_file(plus_face | projections(width), root / WHOLE.folder / WHOLE.name)


def projections(width: int) -> dict[str, Tensor]:
    """Keys and values of the cross-attentions of a tiny UNet: two down, three up, the middle one last."""
    sizes = (16, 16, 16, 32)  # down, up, up, middle
    found = {}
    for place, size in enumerate(sizes):
        for name in ("to_k_ip", "to_v_ip"):
            found[f"ip_adapter.{2 * place + 1}.{name}.weight"] = torch.randn(size, width)
    return found


@pytest.fixture
def adapted_shop(shop: Workshop) -> Workshop:
    root = shop.studio.root / "models" / IP_ADAPTER
    write_ip_adapter(root)
    model = shop.studio.models.catalogue.model(IP_ADAPTER)
    receipt = {"source": model.repo, "revision": model.revision, "files": {}}
    (root / "installed.json").write_text(json.dumps(receipt))
    return shop


def processors(pipe: Any) -> int:
    return sum(isinstance(one, IPAdapterAttnProcessor2_0) for one in pipe.unet.attn_processors.values())


@pytest.mark.parametrize("name", ["ip-adapter", "ip-adapter-face"])
def test_ip_adapter_paints_with_the_persons_crops_and_leaves_the_model_as_it_was(
    adapted_shop: Workshop, photos: Photos, name: str
) -> None:
    studio = adapted_shop.studio
    pipe = studio.context(adapted_shop.family) if name == "ip-adapter" else studio.identity(adapted_shop.family).pipe
    untuned = make_method("untuned", adapted_shop)
    untuned.prepare(photos, Observer())
    before = untuned.generate(PROMPT, 0, Observer()).tobytes()

    method = make_method(name, adapted_shop)
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


def test_ip_adapter_inside_the_second_stage_changes_the_face_alone(adapted_shop: Workshop, photos: Photos) -> None:
    pictures = {}
    for name in ("untuned", "ip-adapter-face"):
        method = make_method(name, adapted_shop)
        method.prepare(photos, Observer())
        pictures[name] = np.asarray(method.generate(PROMPT, 0, Observer()))
        method.finish()
    assert np.array_equal(pictures["untuned"][:, :8], pictures["ip-adapter-face"][:, :8])
    assert not np.array_equal(pictures["untuned"], pictures["ip-adapter-face"])


def test_ip_adapter_of_another_model_is_the_users_to_mend_and_leaves_no_trace(
    adapted_shop: Workshop, photos: Photos
) -> None:
    pipe = adapted_shop.studio.identity(adapted_shop.family).pipe
    root = adapted_shop.studio.models.path(IP_ADAPTER)
    with pytest.raises(UserError, match="belongs to the family sdxl-sd15"):
        PicturePrompted(pipe, root, WHOLE, [Image.new("RGB", (64, 64))])
    assert processors(pipe) == 0


@pytest.mark.parametrize("name", ["ip-adapter", "ip-adapter-face"])
def test_ip_adapter_without_weights_says_how_to_get_them(shop: Workshop, name: str) -> None:
    with pytest.raises(UserError, match="models fetch ip-adapter"):
        make_method(name, shop)


# Outside


def test_a_folder_of_pictures_is_read_by_the_documented_names(shop: Workshop, photos: Photos, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs" / "adam"
    theirs.mkdir(parents=True)
    Image.new("RGB", (50, 40), "red").save(theirs / "001-0.png")
    Image.new("RGB", (50, 40), "blue").save(theirs / "002-7.jpg")
    method = make_method(f"folder:{tmp_path / 'theirs'}", shop)
    method.prepare(photos, Observer())
    assert method.generate(SHOTS[0].prompt, 0, Observer()).getpixel((0, 0)) == (255, 0, 0)
    assert method.generate(SHOTS[1].prompt, 7, Observer()).size == (50, 40)
    (theirs / "001-0.png").write_bytes(b"broken")
    with pytest.raises(NoPictureError, match=r"001-0\.png"):
        method.generate(SHOTS[0].prompt, 0, Observer())
    (theirs / "001-0.png").unlink()
    with pytest.raises(NoPictureError, match=r"001-0\.png is not there"):
        method.generate(SHOTS[0].prompt, 0, Observer())


def test_a_folder_that_is_not_there_is_the_users_to_mend(shop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no folder"):
        make_method(f"folder:{tmp_path / 'gone'}", shop)


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
    shop: Workshop, photos: Photos, stand_in: Any, tmp_path: Path
) -> None:
    method = make_method("photomaker", with_programs(shop, {"photomaker": stand_in()}, "photomaker"))
    events: list[Event] = []
    method.prepare(photos, Observer(tell=events.append))
    pictures = [method.generate(shot.prompt, shot.seed, Observer()) for shot in SHOTS]
    assert [picture.size for picture in pictures] == [(32, 32)] * 2
    assert any(isinstance(event, Progress) for event in events)
    seen = json.loads((tmp_path / "seen.json").read_text())
    assert [Path(path).name for path in seen["photos"]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert [(one["prompt"], one["seed"]) for one in seen["pictures"]] == [(shot.prompt, shot.seed) for shot in SHOTS]
    assert not list((shop.work / "outside").rglob("*.png"))
    method.finish()


@needs_scripts
def test_what_a_program_has_painted_is_there_for_the_next_run(
    shop: Workshop, photos: Photos, stand_in: Any, tmp_path: Path
) -> None:
    method = make_method("photomaker", with_programs(shop, {"photomaker": stand_in()}, "photomaker"))
    method.prepare(photos, Observer())
    method.generate(SHOTS[0].prompt, SHOTS[0].seed, Observer())
    method.finish()  # stopped before the second was taken over
    (tmp_path / "seen.json").unlink()
    method.prepare(photos, Observer())
    method.generate(SHOTS[1].prompt, SHOTS[1].seed, Observer())
    again = json.loads((tmp_path / "seen.json").read_text())["pictures"]
    assert [(one["prompt"], one["seed"]) for one in again] == [(SHOTS[0].prompt, SHOTS[0].seed)]


@needs_scripts
def test_a_picture_that_the_program_left_out_is_no_picture(shop: Workshop, photos: Photos, stand_in: Any) -> None:
    method = make_method("photomaker", with_programs(shop, {"photomaker": stand_in("skip")}, "photomaker"))
    method.prepare(photos, Observer())
    method.generate(SHOTS[0].prompt, 0, Observer())
    with pytest.raises(NoPictureError, match="did not write"):
        method.generate(SHOTS[1].prompt, 7, Observer())


@needs_scripts
def test_a_program_that_fails_is_quoted_with_its_last_line(shop: Workshop, photos: Photos, stand_in: Any) -> None:
    method = make_method("photomaker", with_programs(shop, {"photomaker": stand_in("fail")}, "photomaker"))
    with pytest.raises(UserError, match="ended with code 4: no weights here"):
        method.prepare(photos, Observer())


@needs_scripts
def test_cancelling_ends_the_program(shop: Workshop, photos: Photos, stand_in: Any) -> None:
    observer = Observer()

    def stop(event: Event) -> None:
        if isinstance(event, Progress) and event.total == len(SHOTS) and event.step == 0 and event.seconds_left == 0:
            observer.stop.set()

    make_method("untuned", shop).prepare(photos, Observer())
    method = make_method("photomaker", with_programs(shop, {"photomaker": stand_in("hang")}, "photomaker"))
    observer.tell = stop
    with pytest.raises(CancelledError):
        method.prepare(photos, observer)


@pytest.mark.parametrize("name", sorted(LICENCES))
def test_a_method_of_others_needs_a_program_and_its_licence_accepted_before_anything_starts(
    shop: Workshop, name: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=f"--program {name}=PATH"):
        make_method(name, shop)
    programs = {name: tmp_path / "nothing"}
    with pytest.raises(UserError, match=f"--accept-licence {name}") as caught:
        make_method(name, with_programs(shop, programs))
    assert LICENCES[name].url in str(caught.value)
    with pytest.raises(UserError, match="is no executable file"):
        make_method(name, with_programs(shop, programs, name))


@pytest.mark.parametrize("name", ["ip-adapter-faceid", "instantid"])
def test_insightface_is_named_as_non_commercial(name: str) -> None:
    assert "non-commercial" in LICENCES[name].text
