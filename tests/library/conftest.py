"""A person of a made-up small model family, and what a library looks like from outside."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import save

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import PARTS, Subject
from facea_desktop.domain.people import LikenessPoint, Profile, Recipe, Reference, Tuning
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.id_library import Library

ATTENTION = "down_blocks.0.attentions.0.transformer_blocks.0.attn1"
LAYOUT = AdapterLayout(
    modules={
        f"{ATTENTION}.to_q": (8, 8),
        f"{ATTENTION}.to_out.0": (8, 8),
        "mid_block.attentions.0.proj_in": (8, 8),
        "up_blocks.1.attentions.2.transformer_blocks.0.attn2.to_k": (8, 12),
        "down_blocks.0.resnets.1.conv1": (8, 4 * 9),
        "down_blocks.0.resnets.1.conv_shortcut": (8, 4),
    },
    width=12,
    kernels={"down_blocks.0.resnets.1.conv1": (3, 3), "down_blocks.0.resnets.1.conv_shortcut": (1, 1)},
)


def png(mode: str, size: tuple[int, int] = (16, 16), seed: int = 0) -> bytes:
    numbers = np.random.default_rng(seed).integers(0, 256, (*reversed(size), 3), dtype=np.uint8)
    data = io.BytesIO()
    Image.fromarray(numbers).convert(mode).save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="session")
def layout() -> AdapterLayout:
    return LAYOUT


@pytest.fixture(scope="session")
def layout_of() -> Callable[[str], AdapterLayout]:
    def find(family: str) -> AdapterLayout:
        if family != "small":
            raise UserError(f"the model family {family} is not known.")
        return LAYOUT

    return find


@pytest.fixture(scope="session")
def adapter() -> dict[str, np.ndarray]:
    """A LoRA of rank 2 on every module, the convolutions in four dimensions."""
    rng = np.random.default_rng(1)
    tensors = {}
    for module in LAYOUT.modules:
        down, up = LAYOUT.shapes(module, 2)
        tensors[f"unet.{module}.lora_A.weight"] = rng.standard_normal(down, np.float32)
        tensors[f"unet.{module}.lora_B.weight"] = rng.standard_normal(up, np.float32)
    return tensors


@pytest.fixture(scope="session")
def person(adapter: dict[str, np.ndarray]) -> tuple[Profile, dict[str, bytes]]:
    """A tuned person with two references, one of which shows no left eye."""
    seen = [PARTS, tuple(part for part in PARTS if part != "left_eye")]
    files = {
        "adapter.safetensors": save(adapter),
        "features.safetensors": save({part: np.ones((3, LAYOUT.width), np.float16) for part in PARTS}),
    }
    for index, parts in enumerate(seen):
        files[f"references/{index}.png"] = png("RGB", seed=index)
        files |= {f"masks/{index}-{part}.png": png("L") for part in parts}
    profile = Profile(
        id="0123456789ab",
        name="Anna",
        subject=Subject.WOMAN,
        family="small",
        references=tuple(Reference(index=index, parts=parts) for index, parts in enumerate(seen)),
        tuning=Tuning(recipe=Recipe(steps=10, rank=2), seed=1, step=10, curve=(LikenessPoint(step=10, likeness=0.5),)),
    )
    return profile, files


@pytest.fixture(scope="session")
def package_of() -> Callable[[Profile, dict[str, bytes]], bytes]:
    """A ``.facea`` file as anybody's program may write it: the hashes are right, nothing else is checked."""

    def build(profile: Profile, files: dict[str, bytes]) -> bytes:
        members = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in files.items()
        }
        manifest = {
            "format": "facea-person",
            "version": 1,
            "profile": json.loads(profile.model_dump_json()),
            "members": members,
        }
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("manifest.json", json.dumps(manifest))
            for name, data in files.items():
                archive.writestr(name, data)
        return package.getvalue()

    return build


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


@pytest.fixture(scope="session")
def snapshot() -> Callable[[Path], dict[str, str]]:
    """Every path below a folder with its SHA-256; the lock file is no content."""

    def take(folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            for path in folder.rglob("*")
            if path.name != ".lock"
        }

    return take
