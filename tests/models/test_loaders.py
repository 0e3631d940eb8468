from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest
import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    StableDiffusionInpaintPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from facea_desktop.domain.errors import UserError
from facea_desktop.models.catalogue import Family
from facea_desktop.models.devices import Placement
from facea_desktop.models.loaders import load_context, load_identity
from facea_desktop.models.model_store import ModelStore

CPU = Placement("cpu", "float32", offload=False)
WIDTH = 32
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def tiny_tokenizer(folder: Path) -> CLIPTokenizer:
    words = ["<|startoftext|>", "<|endoftext|>", *LETTERS, *(f"{letter}</w>" for letter in LETTERS)]
    (folder / "vocab.json").write_text(json.dumps({word: index for index, word in enumerate(words)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(vocab=str(folder / "vocab.json"), merges=str(folder / "merges.txt"), model_max_length=77)


def tiny_text_config() -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=60, hidden_size=WIDTH, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        projection_dim=WIDTH, bos_token_id=0, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip


def tiny_unet(channels: int, **extra: object) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        sample_size=8, in_channels=channels, block_out_channels=(32, 64), layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        attention_head_dim=2, norm_num_groups=8, **extra,
    )  # fmt: skip


def tiny_vae() -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=(32, 64), down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2, layers_per_block=1, norm_num_groups=8,
    )  # fmt: skip


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> StableDiffusionInpaintPipeline:
    torch.manual_seed(0)
    return StableDiffusionInpaintPipeline(
        vae=tiny_vae(), text_encoder=CLIPTextModel(tiny_text_config()),
        tokenizer=tiny_tokenizer(tmp_path_factory.mktemp("tokenizer")),
        unet=tiny_unet(9, cross_attention_dim=WIDTH), scheduler=DDIMScheduler(clip_sample=False, steps_offset=1),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> StableDiffusionXLPipeline:
    torch.manual_seed(1)
    tokenizer = tiny_tokenizer(tmp_path_factory.mktemp("tokenizer"))
    return StableDiffusionXLPipeline(
        vae=tiny_vae(), text_encoder=CLIPTextModel(tiny_text_config()),
        text_encoder_2=CLIPTextModelWithProjection(tiny_text_config()), tokenizer=tokenizer, tokenizer_2=tokenizer,
        unet=tiny_unet(
            4, cross_attention_dim=2 * WIDTH, addition_embed_type="text_time", addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=WIDTH + 6 * 8,
        ),
        scheduler=DDIMScheduler(clip_sample=False, steps_offset=1), add_watermarker=False,
    )  # fmt: skip


@pytest.fixture
def family(store: ModelStore) -> Family:
    return store.catalogue.families["sdxl-sd15"]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("a loader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def same_weights(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    ours, theirs = one.state_dict(), other.state_dict()
    return ours.keys() == theirs.keys() and all(torch.equal(ours[name].float(), theirs[name].float()) for name in ours)


def test_an_identity_model_comes_from_a_folder_without_a_safety_checker(
    store: ModelStore, family: Family, identity: StableDiffusionInpaintPipeline, tmp_path: Path
) -> None:
    identity.save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    loaded = load_identity(store, family, CPU)
    assert isinstance(loaded, StableDiffusionInpaintPipeline)
    assert loaded.safety_checker is None
    assert loaded.unet.dtype == torch.float32
    for name in ("unet", "vae", "text_encoder"):
        assert same_weights(getattr(loaded, name), getattr(identity, name))


def test_a_context_model_comes_from_a_folder_and_paints(
    store: ModelStore, family: Family, context: StableDiffusionXLPipeline, tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    context.save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    capfd.readouterr()
    loaded = load_context(store, family, CPU)
    assert same_weights(loaded.unet, context.unet)
    picture = loaded("a man", num_inference_steps=1, height=16, width=16).images[0]
    assert picture.size == (16, 16)
    assert capfd.readouterr().err == ""


def test_half_precision_files_are_taken_where_there_are_no_others(
    store: ModelStore, family: Family, identity: StableDiffusionInpaintPipeline, tmp_path: Path
) -> None:
    identity.save_pretrained(tmp_path / "mine", variant="fp16")
    store.use(str(tmp_path / "mine"))
    loaded = load_identity(store, family, Placement("cpu", "bfloat16", offload=False))
    assert {loaded.unet.dtype, loaded.vae.dtype, loaded.text_encoder.dtype} == {torch.bfloat16}


def test_offload_goes_to_the_device_of_the_placement(
    store: ModelStore, family: Family, identity: StableDiffusionInpaintPipeline, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    identity.save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    asked: list[object] = []
    monkeypatch.setattr(
        StableDiffusionInpaintPipeline, "enable_model_cpu_offload", lambda self, device: asked.append(device)
    )
    loaded = load_identity(store, family, Placement("cuda:1", "float32", offload=True))
    assert asked == ["cuda:1"]
    assert loaded.unet.device.type == "cpu"


@pytest.mark.parametrize(
    ("placement", "last"),
    [
        (Placement("cuda", "bfloat16", offload=True), True),
        (Placement("cuda", "float16", offload=True), False),
        (Placement("cpu", "bfloat16", offload=False), False),
    ],
)
def test_channels_come_last_on_cards_that_multiply_in_bfloat16(
    store: ModelStore, family: Family, identity: StableDiffusionInpaintPipeline, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, placement: Placement, last: bool,
) -> None:  # fmt: skip
    identity.save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    monkeypatch.setattr(StableDiffusionInpaintPipeline, "enable_model_cpu_offload", lambda *_, **__: None)
    loaded = load_identity(store, family, placement)
    for network, own in ((loaded.unet, identity.unet), (loaded.vae, identity.vae)):
        weights = network.state_dict()
        name = next(name for name, weight in weights.items() if weight.shape[-2:] == (3, 3))
        assert weights[name].is_contiguous(memory_format=torch.channels_last) == last
        assert torch.equal(weights[name], own.state_dict()[name].to(weights[name].dtype))


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def drop_a_tensor(file: Path) -> None:
    tensors = load_file(file)
    save_file(dict(list(tensors.items())[1:]), file, metadata={"format": "pt"})


def reshape_a_tensor(file: Path) -> None:
    tensors = load_file(file)
    save_file(tensors | {next(iter(tensors)): torch.zeros(3, 3)}, file, metadata={"format": "pt"})


@pytest.mark.parametrize("damage", [truncate, drop_a_tensor, reshape_a_tensor, Path.unlink])
@pytest.mark.parametrize("file", ["unet/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"])
def test_damaged_weights_are_the_users_to_mend_in_one_line(
    store: ModelStore, family: Family, identity: StableDiffusionInpaintPipeline, tmp_path: Path,
    damage: object, file: str,
) -> None:  # fmt: skip
    identity.save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    damage(tmp_path / "mine" / file)  # type: ignore[operator]
    with pytest.raises(UserError, match="damaged") as caught:
        load_identity(store, family, CPU)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("part", ["unet", "vae"])
def test_tensors_of_other_names_are_damage_as_missing_ones_are(
    store: ModelStore, family: Family, identity: StableDiffusionInpaintPipeline, tmp_path: Path, part: str
) -> None:
    identity.save_pretrained(tmp_path / "mine")
    store.use(str(tmp_path / "mine"))
    file = tmp_path / "mine" / part / "diffusion_pytorch_model.safetensors"
    tensors = load_file(file)
    name = next(iter(tensors))
    renamed = {f"{name}.base_layer" if other == name else other: value for other, value in tensors.items()}
    save_file(renamed, file, metadata={"format": "pt"})
    with pytest.raises(UserError, match="1 tensors of"):
        load_identity(store, family, CPU)


def original_layout(pipeline: StableDiffusionInpaintPipeline) -> dict[str, torch.Tensor]:
    """The tiny identity pipeline as a checkpoint of the original (LDM) layout, by hand for its two levels."""
    blocks = {
        "conv_in": "input_blocks.0.0",
        "time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2",
        "down_blocks.0.resnets.0": "input_blocks.1.0", "down_blocks.0.attentions.0": "input_blocks.1.1",
        "down_blocks.0.downsamplers.0.conv": "input_blocks.2.0.op", "down_blocks.1.resnets.0": "input_blocks.3.0",
        "mid_block.resnets.0": "middle_block.0", "mid_block.attentions.0": "middle_block.1",
        "mid_block.resnets.1": "middle_block.2",
        "up_blocks.0.resnets.0": "output_blocks.0.0", "up_blocks.0.resnets.1": "output_blocks.1.0",
        "up_blocks.0.upsamplers.0.conv": "output_blocks.1.1.conv",
        "up_blocks.1.resnets.0": "output_blocks.2.0", "up_blocks.1.attentions.0": "output_blocks.2.1",
        "up_blocks.1.resnets.1": "output_blocks.3.0", "up_blocks.1.attentions.1": "output_blocks.3.1",
        "conv_norm_out": "out.0", "conv_out": "out.2",
    }  # fmt: skip
    resnet = {
        "norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0",
        "conv2": "out_layers.3", "conv_shortcut": "skip_connection",
    }  # fmt: skip
    unet = rename(pipeline.unet.state_dict(), blocks, resnet, "model.diffusion_model.")
    levels = {
        "encoder.down_blocks.0.resnets": "encoder.down.0.block",
        "encoder.down_blocks.1.resnets": "encoder.down.1.block",
        "encoder.down_blocks.0.downsamplers.0": "encoder.down.0.downsample",
        "decoder.up_blocks.0.resnets": "decoder.up.1.block", "decoder.up_blocks.1.resnets": "decoder.up.0.block",
        "decoder.up_blocks.0.upsamplers.0": "decoder.up.1.upsample",
        "encoder.mid_block.resnets.0": "encoder.mid.block_1", "encoder.mid_block.resnets.1": "encoder.mid.block_2",
        "decoder.mid_block.resnets.0": "decoder.mid.block_1", "decoder.mid_block.resnets.1": "decoder.mid.block_2",
        "encoder.mid_block.attentions.0": "encoder.mid.attn_1", "decoder.mid_block.attentions.0": "decoder.mid.attn_1",
        "encoder.conv_norm_out": "encoder.norm_out", "decoder.conv_norm_out": "decoder.norm_out",
    }  # fmt: skip
    inside = {
        "conv_shortcut": "nin_shortcut", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out",
        "group_norm": "norm",
    }  # fmt: skip
    vae = rename(pipeline.vae.state_dict(), levels, inside, "first_stage_model.")
    vae = {name: value[..., None, None] if is_old_convolution(name, value) else value for name, value in vae.items()}
    words = pipeline.text_encoder.state_dict()
    prefix = "cond_stage_model.transformer." + ("" if next(iter(words)).startswith("text_model.") else "text_model.")
    return unet | vae | {prefix + name: value for name, value in words.items()}


def is_old_convolution(name: str, value: torch.Tensor) -> bool:
    return ".attn_1." in name and value.ndim == 2


def rename(
    tensors: dict[str, torch.Tensor], blocks: dict[str, str], inside: dict[str, str], prefix: str
) -> dict[str, torch.Tensor]:
    renamed = {}
    for name, value in tensors.items():
        block = next((block for block in blocks if name.startswith(block + ".")), "")
        rest = name.removeprefix(block)
        if "transformer_blocks" not in rest:
            for ours, theirs in inside.items():
                rest = rest.replace(f".{ours}.", f".{theirs}.")
        renamed[prefix + blocks.get(block, "") + rest] = value.contiguous()
    return renamed


@pytest.fixture
def checkpoint(store: ModelStore, identity: StableDiffusionInpaintPipeline, tmp_path: Path) -> Path:
    """A single file, and a folder that holds only the configuration and the tokenizer."""
    identity.save_pretrained(tmp_path / "whole")
    config = store.folder(store.catalogue.model("sd15-config"))
    shutil.copytree(tmp_path / "whole", config, ignore=shutil.ignore_patterns("*.safetensors"))
    model = store.catalogue.model("sd15-config")
    receipt = {"source": model.repo, "revision": model.revision, "files": {}}
    (config / "installed.json").write_text(json.dumps(receipt))
    path = tmp_path / "mine.safetensors"
    save_file(original_layout(identity), path)
    return path


def test_a_single_file_gives_the_same_pipeline_as_its_folder(
    store: ModelStore, family: Family, identity: StableDiffusionInpaintPipeline, checkpoint: Path
) -> None:
    assert store.use(str(checkpoint)).role == "identity"
    loaded = load_identity(store, family, CPU)
    assert loaded.safety_checker is None
    for name in ("unet", "vae", "text_encoder"):
        assert same_weights(getattr(loaded, name), getattr(identity, name)), name
    assert loaded.tokenizer("a man").input_ids == identity.tokenizer("a man").input_ids


@pytest.mark.parametrize("part", ["first_stage_model.", "cond_stage_model.transformer.text_model.encoder", "model."])
def test_a_single_file_that_lacks_tensors_is_the_users_to_mend(
    store: ModelStore, family: Family, checkpoint: Path, part: str
) -> None:
    tensors = load_file(checkpoint)
    first = "model.diffusion_model.input_blocks.0.0.weight"
    save_file(
        {name: value for name, value in tensors.items() if not name.startswith(part) or name == first}, checkpoint
    )
    store.use(str(checkpoint))
    with pytest.raises(UserError, match="damaged"):
        load_identity(store, family, CPU)
