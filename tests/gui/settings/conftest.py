"""A machine, models that count as installed, and weights that count as the user's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from facea_desktop.domain.outcomes import Device, Machine
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.ui.session import Session
from tests.gui.scripted_workers import ScriptedWorkers

BIG = "sdxl-sd15"
"""The family that is fetched and takes own weights."""
CPU = Device("cpu", "Processor, 8 threads", 16_000, 9_000)
GPU = Device("cuda:0", "RTX 4070", 12_282, 10_000)


@pytest.fixture(autouse=True)
def machine(workers: ScriptedWorkers) -> Machine:
    """What the engine says of this machine."""
    workers.answers["machine"] = Machine((GPU, CPU))
    return workers.answers["machine"]


@pytest.fixture
def install(session: Session) -> Callable[..., None]:
    """Let models of the catalogue count as fetched."""

    def put(*names: str) -> None:
        for name in names:
            model = load_catalogue().model(name)
            folder = session.root / "models" / name
            folder.mkdir(parents=True)
            receipt = {"source": model.repo, "revision": model.revision, "files": {}}
            (folder / "installed.json").write_text(json.dumps(receipt))

    return put


@pytest.fixture
def own_identity(tmp_path: Path) -> Path:
    """A checkpoint whose header is that of a Stable Diffusion 1 inpainting model."""
    path = tmp_path / "mine.safetensors"
    tensors = {
        "model.diffusion_model.input_blocks.0.0.weight": np.zeros((1, 9, 1, 1), np.float16),
        "cond_stage_model.transformer.x": np.zeros(1, np.float16),
    }
    save_file(tensors, path)
    return path
