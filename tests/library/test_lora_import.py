from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load, save

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.facea_file import export_person, import_person
from facea_desktop.library.id_library import Library
from facea_desktop.library.lora_import import import_lora

Tensors = dict[str, np.ndarray]
Person = tuple[Profile, dict[str, bytes]]


def imported(library: Library, path: Path, tensors: Tensors, layout: AdapterLayout) -> tuple[Profile, Tensors]:
    path.write_bytes(save(tensors))
    profile = import_lora(library, path, "Gina", Subject.WOMAN, "small", layout)
    return profile, load((library.folder(profile.id) / "adapter.safetensors").read_bytes())


def renamed(adapter: Tensors, name: Callable[[str, str], str]) -> Tensors:
    """``name`` makes another tool's key of a module's path and of "down" or "up"."""
    tensors = {}
    for key, tensor in adapter.items():
        module, half = re.fullmatch(r"unet\.(.+)\.lora_([AB])\.weight", key).groups()
        tensors[name(module, "down" if half == "A" else "up")] = tensor
    return tensors


def processors(module: str, half: str) -> str:
    if ".attn" not in module:
        return f"unet.{module}.lora.{half}.weight"
    path, _, projection = module.removesuffix(".0").rpartition(".")
    return f"unet.{path}.processor.{projection}_lora.{half}.weight"


def original_blocks(module: str, half: str) -> str:
    names = {
        "down_blocks.0.attentions.0": "input_blocks.1.1",
        "down_blocks.0.resnets.1.conv1": "input_blocks.2.0.in_layers.2",
        "mid_block.attentions.0": "middle_block.1",
        "up_blocks.1.attentions.2": "output_blocks.5.1",
    }
    for ours, theirs in names.items():
        module = module.replace(ours, theirs)
    return f"lora_unet_{module.replace('.', '_')}.lora_{half}.weight"


NAMINGS = {
    "peft": lambda module, half: f"base_model.model.{module}.lora_{'A' if half == 'down' else 'B'}.weight",
    "ours": lambda module, half: f"unet.{module}.lora_{'A' if half == 'down' else 'B'}.weight",
    "diffusers": lambda module, half: f"unet.{module}.lora.{half}.weight",
    "no prefix": lambda module, half: f"{module}.lora.{half}.weight",
    "processors": processors,
    "kohya": lambda module, half: f"lora_unet_{module.replace('.', '_')}.lora_{half}.weight",
    "kohya, original blocks": original_blocks,
}


@pytest.mark.parametrize("naming", NAMINGS)
def test_every_layout_gives_the_same_weights(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout, naming: str
) -> None:
    profile, read = imported(library, tmp_path / "x.safetensors", renamed(adapter, NAMINGS[naming]), layout)
    assert read.keys() == adapter.keys()
    for key, tensor in adapter.items():
        np.testing.assert_array_equal(read[key], tensor, strict=True)
    assert profile.tuning.foreign
    assert profile.tuning.recipe.rank == 2
    assert profile.state == "ready"
    assert profile.files.keys() == {"adapter.safetensors"}
    assert library.people() == [profile]


def test_a_kernel_of_one_pixel_is_a_matrix_however_the_trainer_wrote_it(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout
) -> None:
    swapped = {}
    for key, tensor in adapter.items():
        if tensor.ndim == 2:
            swapped[key] = tensor[:, :, None, None]
        else:
            swapped[key] = tensor[:, :, 0, 0] if tensor.shape[2:] == (1, 1) and "conv_shortcut" in key else tensor
    _, read = imported(library, tmp_path / "x.safetensors", swapped, layout)
    for key, tensor in adapter.items():
        np.testing.assert_array_equal(read[key], tensor, strict=True)


def test_alpha_is_folded_so_that_the_product_is_what_the_trainer_meant(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout
) -> None:
    kohya = renamed(adapter, NAMINGS["kohya"])
    for key in [key for key in kohya if "lora_down" in key]:
        kohya[key.replace("lora_down.weight", "alpha")] = np.array(0.5, np.float16)
    _, read = imported(library, tmp_path / "x.safetensors", kohya, layout)
    for key, tensor in adapter.items():
        expected = tensor * np.float32(0.5 / 2) if "lora_B" in key else tensor
        np.testing.assert_array_equal(read[key], expected, strict=True)


def test_half_precision_is_kept_exactly(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout
) -> None:
    half = {key: tensor.astype(np.float16) for key, tensor in adapter.items()}
    _, read = imported(library, tmp_path / "x.safetensors", half, layout)
    assert all((read[key] == tensor).all() for key, tensor in half.items())


def test_the_text_encoder_s_part_is_left_out_with_a_warning(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout
) -> None:
    one = np.ones((2, 8), np.float32)
    extra = {"text_encoder.x.lora_A.weight": one, "lora_te1_text_model_x.lora_down.weight": one, "lora_te_x.alpha": one}
    profile, read = imported(library, tmp_path / "x.safetensors", adapter | extra, layout)
    assert read.keys() == adapter.keys()
    assert len(profile.warnings) == 1
    assert "3 tensors" in profile.warnings[0]


def test_an_embedding_bundled_with_a_lora_is_left_out_with_a_warning(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout
) -> None:
    extra = {
        "bundle_emb.anna.clip_l": np.full((2, 8), np.nan, np.float32),
        "bundle_emb.anna.string_to_param.*": np.ones((2, 8), np.float64),
    }
    profile, read = imported(library, tmp_path / "x.safetensors", adapter | extra, layout)
    assert read.keys() == adapter.keys()
    assert profile.warnings == ("The embedding bundled with the LoRA (2 tensors) was left out.",)


@pytest.mark.parametrize("kind", [np.int8, np.int64, np.uint16, np.float64, np.float16, np.float32])
@pytest.mark.parametrize("shape", [(), (1,)])
def test_an_alpha_may_be_any_number(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout, kind: type, shape: tuple[int, ...]
) -> None:
    kohya = renamed(adapter, NAMINGS["kohya"])
    for key in [key for key in kohya if "lora_down" in key]:
        kohya[key.replace("lora_down.weight", "alpha")] = np.full(shape, 1, kind)
    _, read = imported(library, tmp_path / "x.safetensors", kohya, layout)
    for key, tensor in adapter.items():
        expected = tensor * np.float32(1 / 2) if "lora_B" in key else tensor
        np.testing.assert_array_equal(read[key], expected, strict=True)


def test_the_name_that_peft_gives_an_adapter_does_not_matter(
    library: Library, tmp_path: Path, adapter: Tensors, layout: AdapterLayout
) -> None:
    named = {key.replace(".weight", ".default.weight"): tensor for key, tensor in adapter.items()}
    _, read = imported(library, tmp_path / "x.safetensors", named, layout)
    assert read.keys() == adapter.keys()


Q = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn1_to_q"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"lora_unet_nowhere.lora_down.weight": np.ones((2, 8), np.float32)}, "lora_unet_nowhere"),
        ({f"{Q}.hada_w1_a": np.ones((2, 8), np.float32)}, "hada_w1_a"),
        ({f"{Q}.dora_scale": np.ones((2, 8), np.float32)}, "dora_scale"),
        ({f"{Q}.lora_up.weight": np.ones((9, 2), np.float32)}, "to_q"),
        ({f"{Q}.lora_up.weight": None}, "to_q"),
        ({f"{Q}.alpha": np.ones(2, np.float32)}, "alpha"),
        ({f"{Q}.alpha": np.array(np.inf)}, "alpha"),
        ({f"{Q}.lora_up.weight": np.ones((8, 2), np.int64)}, "to_q"),
        ({f"{Q}.alpha": np.array(1e7, np.float32)}, "alpha"),
        ({f"{Q}.alpha": np.array(1e6, np.float32), f"{Q}.lora_up.weight": np.full((8, 2), 3e38, np.float32)}, "alpha"),
        ({"unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.alpha": np.ones(2, np.float32)}, "alpha"),
        ({NAMINGS["ours"]("mid_block.attentions.0.proj_in", "down"): np.ones((2, 8), np.float32)}, "mid_block"),
    ],
    ids=range(12),
)
def test_what_does_not_fit_is_refused_by_name_and_nothing_is_stored(
    library: Library,
    tmp_path: Path,
    adapter: Tensors,
    layout: AdapterLayout,
    changes: dict[str, np.ndarray | None],
    named: str,
) -> None:
    tensors = renamed(adapter, NAMINGS["kohya"]) | changes
    tensors = {key: tensor for key, tensor in tensors.items() if tensor is not None}
    with pytest.raises(UserError, match=named) as refused:
        imported(library, tmp_path / "x.safetensors", tensors, layout)
    assert "\n" not in str(refused.value)
    assert library.people() == []


def test_a_file_that_is_none_or_missing_is_refused(library: Library, tmp_path: Path, layout: AdapterLayout) -> None:
    (tmp_path / "x.safetensors").write_bytes(b"\x80\x04pickle")
    for name in ("x.safetensors", "missing.safetensors", "."):
        with pytest.raises(UserError):
            import_lora(library, tmp_path / name, "Gina", Subject.WOMAN, "small", layout)
    assert library.people() == []


def test_a_foreign_person_travels_and_is_not_changed_by_it(
    library: Library,
    tmp_path: Path,
    adapter: Tensors,
    layout: AdapterLayout,
    layout_of: Callable[[str], AdapterLayout],
) -> None:
    profile, _ = imported(library, tmp_path / "x.safetensors", renamed(adapter, NAMINGS["kohya"]), layout)
    export_person(library, profile.id, tmp_path / "gina.facea")
    elsewhere = Library(tmp_path / "elsewhere")
    assert import_person(elsewhere, tmp_path / "gina.facea", layout_of) == profile
    assert elsewhere.read_files(profile) == library.read_files(profile)


def test_a_package_around_another_tool_s_lora_is_brought_into_our_layout(
    library: Library,
    tmp_path: Path,
    adapter: Tensors,
    layout: AdapterLayout,
    layout_of: Callable[[str], AdapterLayout],
    package_of: Callable[[Profile, dict[str, bytes]], bytes],
) -> None:
    profile, _ = imported(library, tmp_path / "x.safetensors", adapter, layout)
    kohya = save(renamed(adapter, NAMINGS["kohya"]) | {"lora_te_x.alpha": np.ones(1, np.float32)})
    package = package_of(profile.model_copy(update={"files": {}}), {"adapter.safetensors": kohya})
    (tmp_path / "kohya.facea").write_bytes(package)
    again = import_person(library, tmp_path / "kohya.facea", layout_of)
    assert again.id != profile.id
    assert library.read_files(again) == library.read_files(profile)
    assert "text encoder" in again.warnings[0]

    own = profile.model_copy(update={"files": {}, "tuning": profile.tuning.model_copy(update={"foreign": False})})
    (tmp_path / "own.facea").write_bytes(package_of(own, {"adapter.safetensors": kohya}))
    with pytest.raises(UserError, match="not part of an adapter"):
        import_person(library, tmp_path / "own.facea", layout_of)


def test_the_package_fixture_is_what_export_writes(
    library: Library, tmp_path: Path, person: Person, package_of: Callable[[Profile, dict[str, bytes]], bytes]
) -> None:
    stored = library.create(*person)
    export_person(library, stored.id, tmp_path / "anna.facea")
    with zipfile.ZipFile(tmp_path / "anna.facea") as ours:
        manifest = json.loads(ours.read("manifest.json"))
    (tmp_path / "built.facea").write_bytes(package_of(*person))
    with zipfile.ZipFile(tmp_path / "built.facea") as built:
        assert json.loads(built.read("manifest.json")) == manifest
