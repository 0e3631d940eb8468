"""The catalogue's scene models, each with tiny random weights of its real layout, from files to a picture."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLFlux2,
    AutoencoderKLQwenImage,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
    LCMScheduler,
    QwenImagePipeline,
    QwenImageTransformer2DModel,
    TCDScheduler,
    ZImagePipeline,
    ZImageTransformer2DModel,
)
from PIL import Image
from safetensors.torch import load_file, save_file
from tokenizers.pre_tokenizers import ByteLevel
from transformers import (
    CLIPTokenizer,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2TokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
    Qwen3Model,
)

from facea_desktop.domain.errors import UserError
from facea_desktop.engine.framing import trimmed
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.scene_painter import PipelinePainter, SceneRequest
from facea_desktop.engine.step_preview import decoded
from facea_desktop.models.catalogue import Family, load_catalogue
from facea_desktop.models.devices import Placement
from facea_desktop.models.loaders import load_context
from facea_desktop.models.model_store import ModelStore
from facea_desktop.models.weights_fingerprint import weights_fingerprint
from tests.comparison.conftest import tiny_context

CPU = Placement("cpu", "float32", offload=False)
SIDE = 64
WIDTH = 16
# Samplers of diffusers hand tensors to NumPy in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def qwen_tokenizer() -> Qwen2TokenizerFast:
    """A token for every byte, and Qwen's marks of a conversation."""
    marks = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    vocab = {sign: index for index, sign in enumerate([*sorted(ByteLevel.alphabet()), *marks])}
    made = Qwen2TokenizerFast(vocab=vocab, merges=[], pad_token="<|endoftext|>")
    made.chat_template = (
        "{% for message in messages %}"
        "<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
        "{% endfor %}"
        "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    return made


def qwen_config(layers: int, tied: bool) -> Qwen3Config:
    return Qwen3Config(
        vocab_size=300, hidden_size=WIDTH, intermediate_size=16, num_hidden_layers=layers, num_attention_heads=2,
        num_key_value_heads=1, head_dim=8, tie_word_embeddings=tied,
    )  # fmt: skip


def z_image(_: CLIPTokenizer) -> ZImagePipeline:
    transformer = ZImageTransformer2DModel(
        in_channels=16, dim=32, n_layers=2, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=WIDTH,
        axes_dims=[4, 6, 6], axes_lens=[1024, 64, 64],
    )  # fmt: skip
    for weights in (transformer.x_pad_token, transformer.cap_pad_token):  # made without numbers
        torch.nn.init.normal_(weights)
    vae = AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=1, norm_num_groups=4, latent_channels=16,
        scaling_factor=0.3611, shift_factor=0.1159, use_quant_conv=False, use_post_quant_conv=False,
    )  # fmt: skip
    return ZImagePipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0), vae=vae, text_encoder=Qwen3Model(qwen_config(3, True)),
        tokenizer=qwen_tokenizer(), transformer=transformer,
    )  # fmt: skip


def flux2_klein(_: CLIPTokenizer) -> Flux2KleinPipeline:
    transformer = Flux2Transformer2DModel(
        in_channels=128, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=3 * WIDTH, timestep_guidance_channels=8, axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    vae = AutoencoderKLFlux2(block_out_channels=(8, 8, 8, 8), layers_per_block=1, norm_num_groups=4)
    vae.bn.running_mean.normal_()
    vae.bn.running_var.uniform_(0.5, 2)
    return Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, base_shift=0.5, max_shift=1.15),
        vae=vae, text_encoder=Qwen3ForCausalLM(qwen_config(28, True)), tokenizer=qwen_tokenizer(),
        transformer=transformer, is_distilled=True,
    )  # fmt: skip


def qwen_image(_: CLIPTokenizer) -> QwenImagePipeline:
    transformer = QwenImageTransformer2DModel(
        in_channels=64, out_channels=16, num_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=WIDTH, axes_dims_rope=(8, 4, 4),
    )  # fmt: skip
    language = {
        "vocab_size": 300, "hidden_size": WIDTH, "intermediate_size": 16, "num_hidden_layers": 2,
        "num_attention_heads": 2, "num_key_value_heads": 2,
        "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [1, 1, 2]},
    }  # fmt: skip
    sight = {"depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": WIDTH}
    scheduler = FlowMatchEulerDiscreteScheduler(
        use_dynamic_shifting=True, base_shift=0.5, max_shift=0.9, max_image_seq_len=8192, shift_terminal=0.02
    )
    return QwenImagePipeline(
        scheduler=scheduler, vae=AutoencoderKLQwenImage(base_dim=8, num_res_blocks=1),
        text_encoder=Qwen2_5_VLForConditionalGeneration(Qwen2_5_VLConfig(text_config=language, vision_config=sight)),
        tokenizer=qwen_tokenizer(), transformer=transformer,
    )  # fmt: skip


MODELS: dict[str, Callable[[CLIPTokenizer], Any]] = {
    "sdxl-base": tiny_context,
    "z-image-turbo": z_image,
    "flux2-klein-4b": flux2_klein,
    "qwen-image": qwen_image,
}


@pytest.fixture(scope="module", params=MODELS)
def folder(
    request: pytest.FixtureRequest, letter_tokenizer: CLIPTokenizer, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A diffusers folder; its name is the model's."""
    torch.manual_seed(3)
    made = tmp_path_factory.mktemp("scenes") / request.param
    MODELS[request.param](letter_tokenizer).save_pretrained(made)
    return made


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "data")


def install(store: ModelStore, name: str, folder: Path) -> Path:
    """What fetching leaves, from a folder."""
    model = store.catalogue.model(name)
    target = store.folder(model)
    shutil.copytree(folder, target)
    receipt = {"source": model.repo, "revision": model.revision, "files": {}}
    (target / "installed.json").write_text(json.dumps(receipt))
    return target


def small(family: Family) -> Family:
    return family.model_copy(update={"context_side": SIDE})


def paint(store: ModelStore, **changed: Any) -> tuple[np.ndarray, list[int], list[np.ndarray]]:
    """The picture, the steps that were told, and the looks on the way."""
    family = small(store.family("sdxl-sd15"))
    painter = PipelinePainter(load_context(store, family, CPU), family, moving=False)
    steps, looks = [], []

    def watch(step: int, look: Any) -> None:
        steps.append(step)
        looks.append(np.asarray(look(), np.float32))

    asked = {"context": "a man in a park", "face": "", "unwanted": "", "seed": 5} | changed
    scene = painter.paint(SceneRequest(**asked), watch)
    return np.asarray(scene.picture, np.float32), steps, looks


def test_a_folder_of_ones_own_paints_with_the_settings_of_its_kind(store: ModelStore, folder: Path) -> None:
    used = store.use(str(folder))
    assert used.role == "context"
    scene = store.catalogue.model(folder.name).scene
    picture, steps, looks = paint(store)
    assert picture.shape == (SIDE, SIDE, 3)
    assert picture.std() > 1
    assert steps == list(range(1, 1 + (scene.steps if scene is not None else 30)))
    # The last look and the picture are the same latents, seen by two ways.
    assert np.abs(looks[-1] - picture).mean() < 2
    assert np.array_equal(paint(store)[0], picture)
    assert not np.array_equal(paint(store, seed=6)[0], picture)
    assert not np.array_equal(paint(store, context="a woman by the sea")[0], picture)


def test_a_scene_that_is_not_square_is_looked_at_on_the_way_in_its_shape(store: ModelStore, folder: Path) -> None:
    store.use(str(folder))
    family = store.family("sdxl-sd15").model_copy(update={"context_side": SIDE, "size_step": 16})
    painter = PipelinePainter(load_context(store, family, CPU), family, moving=False)
    looks: list[Image.Image] = []
    request = SceneRequest("a man in a park", "", "", 5, steps=2, shape="16:9")
    scene = painter.paint(request, lambda _, look: looks.append(look()))
    assert [look.size for look in looks] == [family.painted_size("16:9")] * 2
    seen = np.asarray(trimmed(looks[-1], scene.picture.size), np.float32)
    assert np.abs(seen - np.asarray(scene.picture, np.float32)).mean() < 2


def test_what_was_fetched_is_chosen_by_its_name(store: ModelStore, folder: Path) -> None:
    target = install(store, folder.name, folder)
    used = store.use(folder.name)
    assert used.family.context == folder.name
    assert folder.name not in used.missing
    assert store.weights(used.family, "context") == target
    assert paint(store, steps=2)[1] == [1, 2]


def test_a_scene_in_one_step_is_refused_where_the_model_cannot_do_it(
    store: ModelStore, letter_tokenizer: CLIPTokenizer, tmp_path: Path
) -> None:
    qwen_image(letter_tokenizer).save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    with pytest.raises(UserError, match="at least 2 steps"):
        paint(store, steps=1)


@pytest.mark.parametrize("part", ["denoiser", "text_encoder", "vae"])
def test_a_tensor_that_a_folder_lacks_is_the_users_to_mend(
    store: ModelStore, folder: Path, tmp_path: Path, part: str
) -> None:
    if part == "denoiser":
        part = "unet" if (folder / "unet").exists() else "transformer"
    mine = tmp_path / "mine"
    shutil.copytree(folder, mine)
    file = next((mine / part).glob("*.safetensors"))
    save_file(dict(list(load_file(file).items())[1:]), file, metadata={"format": "pt"})
    store.use(str(mine))
    with pytest.raises(UserError, match="damaged"):
        load_context(store, store.family("sdxl-sd15"), CPU)


def test_guidance_counts_from_one_for_all_models(store: ModelStore, folder: Path) -> None:
    store.use(str(folder))
    plain = paint(store, steps=2, guidance=1.0)[0]
    assert np.array_equal(paint(store, steps=2, guidance=1.0, unwanted="a hat")[0], plain)
    if folder.name != "flux2-klein-4b":  # distilled, and never guided
        assert not np.array_equal(paint(store, steps=2, guidance=4.0, unwanted="a hat")[0], plain)


def test_a_scheduler_that_is_asked_for_does_not_replace_the_only_one_of_a_model(
    store: ModelStore, folder: Path
) -> None:
    store.use(str(folder))
    usual, asked = (paint(store, steps=2, scheduler=name)[0] for name in (None, "ddim"))
    assert np.array_equal(usual, asked) == (folder.name != "sdxl-base")


def test_language_models_get_the_words_without_the_signs_of_weights(
    store: ModelStore, letter_tokenizer: CLIPTokenizer, tmp_path: Path
) -> None:
    z_image(letter_tokenizer).save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    weighted = paint(store, steps=1, context="a man in a (red:1.3) hat")[0]
    assert np.array_equal(weighted, paint(store, steps=1, context="a man in a red hat")[0])


def tiny_lora(unet: Any, size: float) -> dict[str, torch.Tensor]:
    """A LoRA of rank 1 for the attention of a UNet, as trainers of the original layout write it."""
    generator = torch.Generator().manual_seed(9)
    tensors = {}
    for name, part in unet.named_modules():
        if name.endswith(("to_q", "to_v")):
            stem = f"lora_unet_{name.replace('.', '_')}"
            tensors[f"{stem}.lora_down.weight"] = torch.randn(1, part.in_features, generator=generator)
            tensors[f"{stem}.lora_up.weight"] = size * torch.randn(part.out_features, 1, generator=generator)
            tensors[f"{stem}.alpha"] = torch.tensor(1.0)
    return tensors


@pytest.fixture
def fast(store: ModelStore, letter_tokenizer: CLIPTokenizer, tmp_path: Path) -> Callable[[str, float], Any]:
    """Installs tiny SDXL and a few-step LoRA of that size for it; gives the untouched pipeline."""

    def make(name: str, size: float) -> Any:
        pipe = tiny_context(letter_tokenizer)
        pipe.save_pretrained(tmp_path / "base")
        install(store, "sdxl-base", tmp_path / "base")
        (tmp_path / "lora").mkdir()
        save_file(tiny_lora(pipe.unet, size), tmp_path / "lora" / store.catalogue.model(name).files[0])
        install(store, name, tmp_path / "lora")
        return pipe

    return make


@pytest.mark.parametrize(
    ("name", "scheduler", "steps"),
    [
        ("sdxl-lightning", EulerDiscreteScheduler, 4),
        ("sdxl-lcm", LCMScheduler, 8),
        ("sdxl-hyper", TCDScheduler, 8),
    ],
)
def test_a_few_step_lora_lies_in_the_weights_and_brings_its_sampler(
    store: ModelStore, fast: Callable[[str, float], Any], name: str, scheduler: type, steps: int
) -> None:
    before = fast(name, 0.1).unet.state_dict()
    store.use(name)
    family = small(store.family("sdxl-sd15"))
    pipe = load_context(store, family, CPU)
    after = pipe.unet.state_dict()
    assert after.keys() == before.keys()  # no layer runs beside another
    touched = {key for key, value in after.items() if not torch.allclose(value, before[key])}
    assert touched == {key for key in before if key.endswith(("to_q.weight", "to_v.weight"))}
    told: list[int] = []
    PipelinePainter(pipe, family, moving=False).paint(
        SceneRequest("a man", "", "", 1), lambda step, _: told.append(step)
    )
    assert told == list(range(1, steps + 1))
    assert type(pipe.scheduler) is scheduler


def test_lightning_walks_its_four_timesteps(store: ModelStore, fast: Callable[[str, float], Any]) -> None:
    fast("sdxl-lightning", 0.1)
    store.use("sdxl-lightning")
    family = small(store.family("sdxl-sd15"))
    pipe = load_context(store, family, CPU)
    PipelinePainter(pipe, family, moving=False).paint(SceneRequest("a man", "", "", 1), lambda *_: None)
    assert pipe.scheduler.timesteps.tolist() == [999.0, 749.0, 499.0, 249.0]


def test_a_few_step_lora_goes_into_a_checkpoint_of_ones_own(
    store: ModelStore, fast: Callable[[str, float], Any], letter_tokenizer: CLIPTokenizer, tmp_path: Path
) -> None:
    fast("sdxl-lcm", 0.1)
    mine = tiny_context(letter_tokenizer)
    with torch.no_grad():
        mine.unet.conv_in.weight.mul_(2)
    mine.save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    plain = weights_fingerprint(store, store.family("sdxl-sd15"), "context")
    store.use("sdxl-lcm")
    family = store.family("sdxl-sd15")
    assert store.weights(family, "context") == tmp_path / "mine"
    assert torch.equal(load_context(store, family, CPU).unet.conv_in.weight, mine.unet.conv_in.weight)
    assert weights_fingerprint(store, family, "context") != plain


def test_a_damaged_lora_is_named(store: ModelStore, fast: Callable[[str, float], Any]) -> None:
    fast("sdxl-lcm", 0.1)
    store.use("sdxl-lcm")
    file = store.path("sdxl-lcm") / "pytorch_lora_weights.safetensors"
    file.write_bytes(file.read_bytes()[:-50])
    with pytest.raises(UserError, match=r"pytorch_lora_weights\.safetensors is damaged"):
        load_context(store, store.family("sdxl-sd15"), CPU)


def test_a_manager_paints_with_the_chosen_model_and_takes_up_another_choice(
    tmp_path: Path, letter_tokenizer: CLIPTokenizer
) -> None:
    manager = ModelManager(tmp_path, device="cpu")
    for name in ("z-image-turbo", "flux2-klein-4b"):
        MODELS[name](letter_tokenizer).save_pretrained(tmp_path / name)
        manager.models.use(str(tmp_path / name))
        family = manager.family("sdxl-sd15")
        assert family.context == name
        assert type(manager.context(family)).__name__ == load_catalogue().model(name).pipeline
    assert manager.family("starter").context == "starter-context"


@pytest.mark.parametrize("make", [z_image, flux2_klein, qwen_image])
def test_a_quantised_text_encoder_paints_nearly_the_same_from_smaller_matrices(
    store: ModelStore, letter_tokenizer: CLIPTokenizer, tmp_path: Path, make: Callable[[CLIPTokenizer], Any]
) -> None:
    pytest.importorskip("torchao")
    make(letter_tokenizer).save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    family = small(store.family("sdxl-sd15"))
    request = SceneRequest("a man in a park", "", "", 1, steps=2)
    pictures = []
    for quantised in (False, True):
        pipe = load_context(store, family, dataclasses.replace(CPU, dtype="bfloat16", quantised_text=quantised))
        scene = PipelinePainter(pipe, family, moving=False).paint(request, lambda *_: None)
        pictures.append(np.asarray(scene.picture, np.float32))
        matrix = next(part for part in pipe.text_encoder.modules() if isinstance(part, torch.nn.Linear)).weight
        assert (getattr(matrix, "qdata", matrix).dtype == torch.int8) == quantised
        assert type(next(pipe.transformer.parameters())) is torch.nn.Parameter
    assert not np.array_equal(*pictures)
    assert np.abs(pictures[0] - pictures[1]).mean() < 4


def test_a_look_at_packed_latents_is_small(letter_tokenizer: CLIPTokenizer) -> None:
    pipe = flux2_klein(letter_tokenizer)
    assert decoded(pipe, torch.randn(1, 32 * 32, 128), (512, 512)).size == (256, 256)
