from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors import SafetensorError
from torch import nn

from facea_desktop.domain.people import Value
from facea_desktop.engine.configured_weights import LARGE, read_config, read_weights, save_with_config


class Size(Value):
    """What the test's network is built from."""

    width: int


def network() -> nn.Module:
    torch.manual_seed(0)
    made = nn.Sequential(nn.Conv2d(3, 96, 5), nn.Linear(8, 8))
    with torch.no_grad():
        made[0].weight *= torch.logspace(-4, 2, 96)[:, None, None, None]  # rows of very different sizes
    made.register_buffer("count", torch.arange(3))
    return made


@pytest.mark.parametrize("bits", [16, 8])
def test_weights_come_back_row_by_row_and_integers_as_they_were(tmp_path: Path, bits: int) -> None:
    made = network()
    save_with_config(tmp_path / "net.safetensors", made, Size(width=96), bits=bits)
    assert read_config(tmp_path / "net.safetensors", Size) == Size(width=96)
    read = read_weights(tmp_path / "net.safetensors")
    assert read.keys() == made.state_dict().keys()
    assert read["count"].tolist() == [0, 1, 2]
    for name, value in made.named_parameters():
        rows, again = (x.float().flatten(1) if x.dim() > 1 else x.float()[None] for x in (value, read[name]))
        off = (rows - again).abs().amax(1) / rows.abs().amax(1)
        assert off.max() < 0.51 / 127, name


def test_eight_bits_take_half_the_place_of_sixteen_where_a_tensor_is_large(tmp_path: Path) -> None:
    made = network()
    assert made[0].weight.numel() > LARGE > made[1].weight.numel()
    sizes = []
    for bits in (8, 16):
        save_with_config(tmp_path / "net.safetensors", made, Size(width=96), bits=bits)
        sizes.append((tmp_path / "net.safetensors").stat().st_size)
    assert sizes[0] < 0.65 * sizes[1]


def test_a_row_of_zeros_stays_one(tmp_path: Path) -> None:
    made = network()
    nn.init.zeros_(made[0].weight)
    save_with_config(tmp_path / "net.safetensors", made, Size(width=96), bits=8)
    assert not read_weights(tmp_path / "net.safetensors")["0.weight"].any()


def test_what_is_no_such_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "net.safetensors").write_bytes(b"no tensors")
    with pytest.raises(SafetensorError):
        read_weights(tmp_path / "net.safetensors")
