"""Checkpoints of a tuning: everything that a resumed run needs to end as an uninterrupted one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.errors import OtherSettingsError, UserError
from facea_desktop.domain.people import LikenessPoint
from facea_desktop.engine.identity_model import as_bytes
from facea_desktop.library.person_files import BEST, BEST_SO_FAR

_FEATURES = "features."
"""Before the names of [feat] sets among the best weights."""


@dataclass(frozen=True)
class Checkpoint:
    """A tuning at the end of a step.

    Attributes:
        step: steps done.
        key: what the run depends on (recipe, seed, tasks, weights and photos), to refuse another run's checkpoint.
        curve: likeness measured so far.
        tensors: weights, their running average and the optimizer's moments, by name.
    """

    step: int
    key: str
    curve: tuple[LikenessPoint, ...]
    tensors: dict[str, Tensor]


def check_resumable(checkpoint: Checkpoint, key: str, weights: Sequence[Tensor]) -> None:
    """Refuse the checkpoint of another run.

    Args:
        key: of the run to resume.
        weights: that it trains.

    Raises:
        OtherSettingsError: key or shapes are others.
    """
    shapes = {f"weight.{i}": weight.shape for i, weight in enumerate(weights)}
    saved = {name: value.shape for name, value in checkpoint.tensors.items() if name.startswith("weight.")}
    if checkpoint.key != key or saved != shapes:
        raise OtherSettingsError(
            "The interrupted tuning had other settings; resume it with those, or tune from the start."
        )


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Replace the checkpoint at ``path`` at once or not at all.

    Raises:
        UserError: the disk refuses, or the person's folder is gone.
    """
    metadata = {
        "step": str(checkpoint.step),
        "key": checkpoint.key,
        "curve": json.dumps([point.model_dump() for point in checkpoint.curve]),
    }
    content = as_bytes(checkpoint.tensors, metadata)
    try:
        # Never with its parents: a person who was deleted does not come back.
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_atomically(path, content)
    except FileNotFoundError as error:
        raise UserError("The person was deleted during tuning.") from error
    except OSError:
        with disk_trouble("keep the state of the tuning"):
            raise


def read_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint at ``path``.

    Raises:
        UserError: there is none, or it cannot be read.
    """
    if not path.is_file():
        raise UserError("There is no interrupted tuning to resume; tune from the start.")
    try:
        with safe_open(path, "pt") as file:
            metadata = file.metadata() or {}
            # Cloned, for what is read is mapped from the file, which the next checkpoint replaces.
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118 - not a dict
        curve = tuple(LikenessPoint(**point) for point in json.loads(metadata["curve"]))
        return Checkpoint(int(metadata["step"]), metadata["key"], curve, tensors)
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as error:
        raise UserError(f"The checkpoint {path.name} cannot be read; tune from the start.") from error


def write_best_weights(
    folder: Path, step: int, key: str, adapter: Mapping[str, Tensor], features: Mapping[str, Tensor]
) -> None:
    """Keep a person's weights as the best so far of a run.

    Raises:
        UserError: as of ``write_checkpoint``.
    """
    tensors = {**adapter, **{f"{_FEATURES}{part}": vectors for part, vectors in features.items()}}
    write_checkpoint(folder / BEST_SO_FAR, Checkpoint(step, key, (), tensors))


def read_best_weights(folder: Path) -> tuple[int, dict[str, Tensor], dict[str, Tensor]]:
    """The best weights of the tuning that a person has: their step, the adapter and the [feat] sets by part.

    Raises:
        UserError: there are none, or they cannot be read.
    """
    saved = read_checkpoint(folder / BEST)
    adapter = {name: value for name, value in saved.tensors.items() if not name.startswith(_FEATURES)}
    features = {n.removeprefix(_FEATURES): value for n, value in saved.tensors.items() if n not in adapter}
    return saved.step, adapter, features


def weight_tensors(weights: Sequence[Tensor]) -> dict[str, Tensor]:
    """Weights as named tensors on the CPU."""
    return {f"weight.{i}": weight.detach().cpu().clone() for i, weight in enumerate(weights)}


@torch.no_grad()
def restore_weights(weights: Sequence[Tensor], tensors: Mapping[str, Tensor]) -> None:
    """Give ``weights`` the values that ``weight_tensors`` named."""
    for i, weight in enumerate(weights):
        weight.copy_(tensors[f"weight.{i}"])


def optimizer_tensors(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Adam's moments as named tensors."""
    tensors = {}
    for index, state in optimizer.state_dict()["state"].items():
        for name, value in state.items():
            tensors[f"optimizer.{index}.{name}"] = torch.as_tensor(value).detach().cpu().clone()
    return tensors


def restore_optimizer(optimizer: torch.optim.Optimizer, tensors: Mapping[str, Tensor]) -> None:
    """Give ``optimizer`` the moments that ``optimizer_tensors`` named."""
    whole = optimizer.state_dict()
    state: dict[int, dict[str, Tensor]] = {}
    for name, value in tensors.items():
        if name.startswith("optimizer."):
            _, index, moment = name.split(".", 2)
            state.setdefault(int(index), {})[moment] = value
    optimizer.load_state_dict({"state": state, "param_groups": whole["param_groups"]})
